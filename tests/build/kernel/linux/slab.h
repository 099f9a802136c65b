/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FAKE_LINUX_SLAB_H
#define FAKE_LINUX_SLAB_H

#define GFP_KERNEL 1

void *kzalloc(unsigned long size, unsigned int flags);
void kfree(const void *memory);

#endif
