/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FAKE_LINUX_IO_H
#define FAKE_LINUX_IO_H

/* The one of the kernel's memory types that a channel may have. */
#define MEMREMAP_WB 1

u64 virt_to_phys(volatile void *address);
void *memremap(u64 address, unsigned long size, unsigned long flags);
void memunmap(void *address);

#endif
