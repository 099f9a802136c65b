/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/boot.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/*
 * boot-memory
 *
 * What: The VM has no memory where its boot protocol needs some: multiboot at 0x6000 and 0x8000, a
 * bzImage at 0x7000-0x8fff and 0x9f800-0x9ffff, uefi on loongarch64 (0.7) at 0x100000. A note where
 * a region is identical, since its address is chosen when the VM starts.
 * Why: The hypervisor writes there before the guest starts: it panics, or refuses the VM.
 * How: Let a region begin at 0, or add a region for that memory.
 */
static const struct axvm_rule memory_lacks =
	AXVM_RULE(AXVM_FINDING_BOOT_MEMORY, AXVM_SEVERITY_ERROR,
		  "asks for memory at an address that no region holds",
		  "Give a memory region that holds this address.");
static const struct axvm_rule memory_perhaps_lacks =
	AXVM_RULE(AXVM_FINDING_BOOT_MEMORY, AXVM_SEVERITY_NOTE,
		  "asks for memory at an address that no region of a known place holds",
		  "See that the region of type identical really gets this address.");

/* What protocols ask for beside the images. */
struct need {
	uint64_t start, size;
};

static const struct need multiboot_needs[] = { { 0x6000, 0x1000 }, { 0x8000, 0x1000 } };
static const struct need bzimage_needs[] = { { 0x7000, 0x2000 }, { 0x9f800, 0x800 } };
/* The firmware's own device tree. */
static const struct need loongarch_needs[] = { { 0x100000, 1 } };

static void check_memory(struct axvm_check *c, size_t index, axvm_layout_table key,
			 const struct need *needs, size_t count)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	/* Without memory that is the finding. */
	for (size_t i = 0; vm->memory_region_count != 0 && i < count; i++) {
		enum axvm_hold hold = axvm_memory_holds_range(vm, needs[i].start, needs[i].size);

		if (hold == AXVM_HOLD_ALL)
			continue;
		axvm_report(c, hold == AXVM_HOLD_PERHAPS ? &memory_perhaps_lacks : &memory_lacks,
			    index, key, 0, needs[i].start);
		return;
	}
}

#define CHECK_MEMORY(c, index, key, needs)                                                         \
	check_memory(c, index, key, needs, sizeof(needs) / sizeof((needs)[0]))

void axvm_rules_boot_memory(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_layout_table key = axvm_vm_has(vm, AXVM_LAYOUT_HAS_BOOT_PROTOCOL)
					? AXVM_LAYOUT_TABLE_BOOT_PROTOCOL
					: AXVM_LAYOUT_TABLE_ENABLE_BIOS;
	/* It stays so for an unknown name, which is a finding already. */
	axvm_boot_protocol protocol = AXVM_BOOT_PROTOCOL_DIRECT;

	axvm_effective_protocol(vm, &protocol);
	/* 0.5 refuses the protocol there, and that is the finding. */
	if (axvm_firmware_loads_all(c, vm) && c->limits.model >= AXVM_MODEL_0_7)
		CHECK_MEMORY(c, index, key, loongarch_needs);
	if (!axvm_may_be(c, AXVM_ARCH_X86_64))
		return;
	if (protocol == AXVM_BOOT_PROTOCOL_MULTIBOOT && axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH))
		CHECK_MEMORY(c, index, key, multiboot_needs);
	if (axvm_is_bzimage(c, vm))
		CHECK_MEMORY(c, index, AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR, bzimage_needs);
}
