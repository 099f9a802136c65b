/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EXPORT_H
#define EXPORT_H

/* Is at the definition of every public function; all else is hidden. */
#define AXVM_EXPORT __attribute__((__visibility__("default")))

#endif
