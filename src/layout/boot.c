/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "place.h"
#include "report.h"
#include "rules.h"

/* What a boot needs: addresses for its images, a device, memory at places that are fixed. */

static const struct axvm_rule ramdisk_address =
	AXVM_RULE(AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_SEVERITY_ERROR,
		  "is not given, though there is a ramdisk_path", "Say where the ramdisk goes.");
static const struct axvm_rule dtb_address = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_SEVERITY_ERROR, 0,
	"is not given, though there is a dtb_path",
	"Say where the device tree goes: on loongarch64 a path without that is refused.");
static const struct axvm_rule bios_address = AXVM_RULE(
	AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_SEVERITY_ERROR,
	"is not given, though a BIOS or UEFI image is to be loaded", "Say where that image goes.");
static const struct axvm_rule location = AXVM_RULE(
	AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_SEVERITY_ERROR, "is not given or no place of images",
	"Set it to \"fs\" or \"memory\": without it the hypervisor refuses the VM.");
static const struct axvm_rule fw_cfg =
	AXVM_RULE_BY_MODEL(AXVM_FINDING_BOOT_IMAGE_MISSING, 0, AXVM_SEVERITY_ERROR,
			   "has no device of type 0x3 (fw-cfg)",
			   "Add one: UEFI on loongarch64 does not boot without it.");

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

static bool has_fw_cfg(const axvm_layout_vm *vm)
{
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		if (vm->emu_devices[i].emu_type == AXVM_EMULATED_DEVICE_FW_CFG)
			return true;
	}
	return false;
}

static void check_uefi_of_loongarch(struct axvm_check *c, size_t index, axvm_layout_table key)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	/* At 0.5 the protocol is refused there, and that is the finding. */
	if (c->limits.model == AXVM_MODEL_0_5)
		return;
	if (!has_fw_cfg(vm) && axvm_vm_is_complete(vm))
		axvm_report(c, &fw_cfg, index, AXVM_LAYOUT_TABLE_EMU_DEVICES,
			    AXVM_LAYOUT_WHOLE_TABLE, 0);
	CHECK_MEMORY(c, index, key, loongarch_needs);
}

/* Whether an image is given for bios_load_addr. */
static bool loads_firmware(const axvm_layout_vm *vm, axvm_boot_protocol protocol)
{
	return protocol == AXVM_BOOT_PROTOCOL_UEFI || (protocol == AXVM_BOOT_PROTOCOL_MULTIBOOT &&
						       axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH));
}

static void check_images(struct axvm_check *c, size_t index, axvm_boot_protocol protocol)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool uefi = protocol == AXVM_BOOT_PROTOCOL_UEFI;
	bool is_loongarch = c->limits.arch == AXVM_ARCH_LOONGARCH64;

	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_RAMDISK_PATH) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR) && !(uefi && is_loongarch))
		axvm_report(c, &ramdisk_address, index, AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR, 0, 0);
	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_DTB_PATH) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR) && is_loongarch)
		axvm_report(c, &dtb_address, index, AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR, 0, 0);
	/* Where the protocol is refused, that is the finding. */
	if (loads_firmware(vm, protocol) && axvm_protocol_may_be(c, protocol) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR))
		axvm_report(c, &bios_address, index, AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR, 0, 0);
	if (vm->image_location == AXVM_IMAGE_LOCATION_UNKNOWN)
		axvm_report(c, &location, index, AXVM_LAYOUT_TABLE_IMAGE_LOCATION, 0, 0);
}

static void check_needs(struct axvm_check *c, size_t index, axvm_boot_protocol protocol)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_layout_table key = axvm_vm_has(vm, AXVM_LAYOUT_HAS_BOOT_PROTOCOL)
					? AXVM_LAYOUT_TABLE_BOOT_PROTOCOL
					: AXVM_LAYOUT_TABLE_ENABLE_BIOS;

	if (protocol == AXVM_BOOT_PROTOCOL_UEFI && c->limits.arch == AXVM_ARCH_LOONGARCH64)
		check_uefi_of_loongarch(c, index, key);
	if (!axvm_may_be(c, AXVM_ARCH_X86_64))
		return;
	if (protocol == AXVM_BOOT_PROTOCOL_MULTIBOOT && axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH))
		CHECK_MEMORY(c, index, key, multiboot_needs);
	if (axvm_is_bzimage(c, vm))
		CHECK_MEMORY(c, index, AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR, bzimage_needs);
}

void axvm_rules_boot(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_image_location known;
	/* It stays so for a name that is none, which is a finding already. */
	axvm_boot_protocol protocol = AXVM_BOOT_PROTOCOL_DIRECT;

	if (vm->image_location != AXVM_IMAGE_LOCATION_UNKNOWN &&
	    !axvm_image_location_try_from_usize(vm->image_location, &known))
		axvm_report(c, &location, index, AXVM_LAYOUT_TABLE_IMAGE_LOCATION, 0, 0);
	axvm_effective_protocol(vm, &protocol);
	if (axvm_vm_is_complete(vm))
		check_images(c, index, protocol);
	check_needs(c, index, protocol);
}
