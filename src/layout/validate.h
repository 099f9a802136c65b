/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_VALIDATE_H
#define LAYOUT_VALIDATE_H

#include <axvm/layout.h>

#include "span.h"

/* Of the scratch buffer, for each entry of the longest list: a place to sort it to, as well. */
#define AXVM_ENTRY_SIZE (2 * sizeof(struct axvm_span))

/* What is wrong with the arguments of a check; and how many entries its list needs. */
axvm_error axvm_layout_validate(const axvm_layout_vm *vms, size_t vm_count,
				const axvm_layout_limits *limits, size_t *entries);

#endif
