/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/boot.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/*
 * boot-memory
 *
 * What: The VM has no memory where its boot protocol needs some: multiboot at 0x6000 and 0x8000, a
 * bzImage at 0x7000-0x8fff and 0x9f800-0x9ffff, uefi on loongarch64 (from 0.7 on) at 0x100000. A
 * note where a region is identical, since its address is chosen when the VM starts. From 0.7.3 on,
 * every VM of x86_64 needs a region of type alloc that begins at 0, and direct boot on loongarch64
 * needs 0-0x100fff, with the ramdisk above it.
 * Why: The hypervisor writes there before the guest starts: it panics, or refuses the VM.
 * How: Let a region begin at 0, or add a region for that memory.
 */
static const struct axvm_rule memory_lacks =
	AXVM_RULE(AXVM_FINDING_BOOT_MEMORY, AXVM_SEVERITY_ERROR,
		  "needs memory at an address that no region contains",
		  "Add a memory region that contains this address.");
static const struct axvm_rule memory_perhaps_lacks =
	AXVM_RULE(AXVM_FINDING_BOOT_MEMORY, AXVM_SEVERITY_NOTE,
		  "needs memory at an address that no region with a fixed address contains",
		  "Check that the region of type identical gets this address.");

static const struct axvm_rule lowest_lacks =
	AXVM_RULE_SINCE(AXVM_FINDING_BOOT_MEMORY, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
			"has no region of type alloc that begins at 0, which x86_64 needs",
			"Add one, [0, size, flags, 0]: the firmware of every x86_64 VM is there.");
static const struct axvm_rule ramdisk_too_low =
	AXVM_RULE_SINCE(AXVM_FINDING_BOOT_MEMORY, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
			"is below the end of the memory that direct boot on loongarch64 needs",
			"Load the ramdisk at 0x101000 or above.");

/* What protocols ask for beside the images. */
struct need {
	uint64_t start, size;
};

static const struct need multiboot_needs[] = { { 0x6000, 0x1000 }, { 0x8000, 0x1000 } };
static const struct need bzimage_needs[] = { { 0x7000, 0x2000 }, { 0x9f800, 0x800 } };
/* The firmware's own device tree. */
static const struct need loongarch_needs[] = { { 0x100000, 1 } };
/* From 0 to the device tree of a direct boot. */
#define LOONGARCH_BOOT_END 0x101000
static const struct need loongarch_direct_needs[] = { { 0, LOONGARCH_BOOT_END } };

static void check_memory(struct axvm_check *c, size_t index, axvm_layout_table key,
			 const struct need *needs, size_t count)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	/* Without memory that is the finding. */
	for (size_t i = 0; vm->memory_region_count != 0 && i < count; i++) {
		enum axvm_hold hold =
			axvm_memory_holds_range(c, index, needs[i].start, needs[i].size);

		if (hold == AXVM_HOLD_ALL)
			continue;
		axvm_report(c, hold == AXVM_HOLD_PERHAPS ? &memory_perhaps_lacks : &memory_lacks,
			    index, key, 0, needs[i].start);
		return;
	}
}

#define CHECK_MEMORY(c, index, key, needs)                                                         \
	check_memory(c, index, key, needs, sizeof(needs) / sizeof((needs)[0]))

static void check_loongarch(struct axvm_check *c, size_t index, axvm_layout_table key)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	CHECK_MEMORY(c, index, key, loongarch_direct_needs);
	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR | AXVM_LAYOUT_HAS_RAMDISK_PATH) &&
	    vm->ramdisk_load_addr.addr < LOONGARCH_BOOT_END)
		axvm_report(c, &ramdisk_too_low, index, AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR, 0,
			    LOONGARCH_BOOT_END);
}

/* Where the firmware of x86_64 goes. Without any memory that is the finding. */
static bool has_lowest_memory(const axvm_layout_vm *vm)
{
	for (size_t i = 0; i < vm->memory_region_count; i++) {
		if (vm->memory_regions[i].gpa.addr == 0 &&
		    vm->memory_regions[i].map_type == AXVM_MEM_MAPPING_ALLOC)
			return true;
	}
	return vm->memory_region_count == 0;
}

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
	if (axvm_boots_loongarch(c, vm))
		check_loongarch(c, index, key);
	if (!axvm_may_be(c, AXVM_ARCH_X86_64))
		return;
	if (c->limits.arch == AXVM_ARCH_X86_64 && c->limits.model >= AXVM_MODEL_0_7_3 &&
	    !has_lowest_memory(vm)) {
		axvm_report(c, &lowest_lacks, index, AXVM_LAYOUT_TABLE_MEMORY_REGIONS,
			    AXVM_LAYOUT_WHOLE_TABLE, 0);
		return;
	}
	if (protocol == AXVM_BOOT_PROTOCOL_MULTIBOOT && axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH))
		CHECK_MEMORY(c, index, key, multiboot_needs);
	if (axvm_is_bzimage(c, vm))
		CHECK_MEMORY(c, index, AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR, bzimage_needs);
}
