/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_BOOT_H
#define LAYOUT_BOOT_H

#include "context.h"

/* What follows from the boot keys of a VM: protocol, and where its images are. */

/* Where the hypervisor puts its own stub when bios_path is absent. */
#define AXVM_BUILTIN_BIOS_ADDR 0x8000

/* False when the key is absent, or is not an address. */
bool axvm_boot_address(const axvm_layout_vm *vm, axvm_layout_table key, axvm_gpa *out);

/* The protocol that counts; false for a name that is none. */
bool axvm_effective_protocol(const axvm_layout_vm *vm, axvm_boot_protocol *out);

/* Where the hypervisor starts a VM and puts its images, after all that it moves. */
struct axvm_place {
	axvm_layout_table key;
	axvm_gpa start;
	uint64_t size; /* in bytes, of a kernel when it runs; 0 when it is not known */
	bool is_used; /* else the rest says nothing */
	bool is_moved; /* it goes along with the first region, wherever that is */
};

#define AXVM_PLACES 5
#define AXVM_FIRST_IMAGE 1 /* the entry point, before them, is none */

/* Where a key is, and not only configured: another place when the kernel is moved. */
axvm_gpa axvm_effective_address(const struct axvm_check *c, const axvm_layout_vm *vm,
				axvm_layout_table key, axvm_gpa configured);

/* In table order. */
void axvm_places(const struct axvm_check *c, const axvm_layout_vm *vm,
		 struct axvm_place places[AXVM_PLACES]);

/* How a region, or all of them, holds something. */
enum axvm_hold {
	AXVM_HOLD_NO,
	AXVM_HOLD_PART, /* its first byte, but not all of it */
	AXVM_HOLD_PERHAPS, /* no, but there is a region whose place is not known */
	AXVM_HOLD_ALL
};

/* From 0.7.3 on, regions that adjoin hold it together. Uses the list of the check. */
enum axvm_hold axvm_memory_holds(struct axvm_check *c, size_t vm, const struct axvm_place *place);
/*
 * The region that decides about a place: the one that it is moved with, or the first one that
 * holds its first byte, but not all of it. Of a place that is not moved there must be one.
 */
size_t axvm_deciding_region(const axvm_layout_vm *vm, const struct axvm_place *place);
/* As axvm_memory_holds(), of a range that nothing moves. */
enum axvm_hold axvm_memory_holds_range(struct axvm_check *c, size_t vm, uint64_t start,
				       uint64_t size);

/* Whether a VM may be of an architecture: true as well when that is not known. */
bool axvm_may_be(const struct axvm_check *c, axvm_arch arch);

/* Whether the architecture that a VM may be of has multiboot or uefi; not asked of direct. */
bool axvm_protocol_may_be(const struct axvm_check *c, axvm_boot_protocol protocol);

/* Whether the kernel goes to the start of the first region, and the entry point with it. */
bool axvm_kernel_is_moved(const struct axvm_check *c, const axvm_layout_vm *vm);

/* Whether it is a UEFI guest of LoongArch, whose firmware loads everything else. */
bool axvm_firmware_loads_all(const struct axvm_check *c, const axvm_layout_vm *vm);

/* Whether it is a direct boot on LoongArch, from 0.7.3 on: before, that is refused, or simple. */
bool axvm_boots_loongarch(const struct axvm_check *c, const axvm_layout_vm *vm);

/* Whether the protocol is direct, and the kernel is, or may be, an x86 bzImage. */
bool axvm_is_bzimage(const struct axvm_check *c, const axvm_layout_vm *vm);
bool axvm_may_be_bzimage(const struct axvm_check *c, const axvm_layout_vm *vm);

#endif
