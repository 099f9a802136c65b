/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/boot.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/*
 * boot-image-clash
 *
 * What: Two images are loaded to the same address; or, an error, two images whose sizes are known
 * overlap. Of a kernel that counts which needs most, its file or its header: arm64 and riscv64
 * kernels have image_size there, a bzImage has init_size. Where the first region is identical or
 * reserved, the kernel goes to its start, whatever kernel_load_addr says: that place counts.
 * Why: The image that is loaded later overwrites the first one, and the guest fails early without a
 * message.
 * How: Load them at least as far apart as the lower one is long.
 */
static const struct axvm_rule same_address =
	AXVM_RULE(AXVM_FINDING_BOOT_IMAGE_CLASH, AXVM_SEVERITY_WARNING, "is the same address as",
		  "Load them apart: the image that is loaded later overwrites the earlier one.");
static const struct axvm_rule images_meet = AXVM_RULE(
	AXVM_FINDING_BOOT_IMAGE_CLASH, AXVM_SEVERITY_ERROR, "is the address of an image that overlaps the one at",
	"Load them apart: the image that is loaded later overwrites the earlier one.");

/*
 * boot-image-missing
 *
 * What: An image has a path but not the address that it needs, the boot protocol needs an address
 * or a device that is absent, or image_location is absent; from 0.7.3 on, kernel_path is absent or
 * empty; or, with --root, an image cannot be read.
 * Why: The hypervisor refuses the VM when it loads the images. image_location has no default:
 * without fs or memory no VM starts.
 * How: Add the key that the message names, or remove the path.
 */
static const struct axvm_rule ramdisk_address =
	AXVM_RULE(AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_SEVERITY_ERROR,
		  "is missing, but ramdisk_path is set", "Set the address of the ramdisk.");
static const struct axvm_rule dtb_address = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_BOOT_IMAGE_MISSING,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_ERROR), AXVM_GONE(AXVM_MODEL_0_7)),
	"is missing, but dtb_path is set",
	"Set the address of the device tree: loongarch64 needs it.");
static const struct axvm_rule bios_address = AXVM_RULE(
	AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_SEVERITY_ERROR,
	"is missing, but a BIOS or UEFI image is set", "Set the address of that image.");
static const struct axvm_rule location = AXVM_RULE(
	AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_SEVERITY_ERROR, "is missing, or not a place of images",
	"Set it to \"fs\" or \"memory\": without it the hypervisor refuses the VM.");
static const struct axvm_rule fw_cfg = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_BOOT_IMAGE_MISSING,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR), AXVM_GONE(AXVM_MODEL_0_7_3)),
	"has no device of type 0x3 (fw-cfg)",
	"Add one: UEFI on loongarch64 does not boot without it.");
static const struct axvm_rule kernel_path = AXVM_RULE_SINCE(
	AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
	"is missing or empty",
	"Set it to the path of the kernel: without it the hypervisor refuses the VM.");

/* Whether an image begins in another one; without its size, at its first byte. */
static bool begins_in(const struct axvm_place *image, const struct axvm_place *other)
{
	uint64_t distance = image->start.addr - other->start.addr;

	return distance == 0 || distance < other->size;
}

/* Whether their distance is known: an identical region goes to no known place. */
static bool are_comparable(const axvm_layout_vm *vm, const struct axvm_place *a,
			   const struct axvm_place *b)
{
	if (!a->is_used || !b->is_used)
		return false;
	return a->is_moved == b->is_moved ||
	       vm->memory_regions[0].map_type != AXVM_MEM_MAPPING_IDENTICAL;
}

/* Each image against the first one that it overlaps. */
static void check_clashes(struct axvm_check *c, size_t index,
			  const struct axvm_place places[AXVM_PLACES])
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t j = AXVM_FIRST_IMAGE; j < AXVM_PLACES; j++) {
		for (size_t i = AXVM_FIRST_IMAGE; i < j; i++) {
			const struct axvm_place *a = &places[i], *b = &places[j];
			bool sizes_are_known = a->size != 0 && b->size != 0;

			if (!are_comparable(vm, a, b) || !(begins_in(a, b) || begins_in(b, a)))
				continue;
			if (!sizes_are_known && !axvm_gpa_eq(a->start, b->start))
				continue;
			axvm_report_keys(c, sizes_are_known ? &images_meet : &same_address, index,
					 a->key, b->key);
			break;
		}
	}
}

static bool has_fw_cfg(const axvm_layout_vm *vm)
{
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		if (vm->emu_devices[i].emu_type == AXVM_EMULATED_DEVICE_FW_CFG)
			return true;
	}
	return false;
}

/* Whether there is an image for bios_load_addr. */
static bool loads_firmware(const axvm_layout_vm *vm, axvm_boot_protocol protocol)
{
	return protocol == AXVM_BOOT_PROTOCOL_UEFI || (protocol == AXVM_BOOT_PROTOCOL_MULTIBOOT &&
						       axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH));
}

static void check_missing(struct axvm_check *c, size_t index, axvm_boot_protocol protocol)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool by_firmware = axvm_firmware_loads_all(c, vm);
	/* The firmware of x86_64 loads it as well, from 0.7.3 on. */
	bool by_uefi = protocol == AXVM_BOOT_PROTOCOL_UEFI && c->limits.model >= AXVM_MODEL_0_7_3;
	bool is_loongarch = c->limits.arch == AXVM_ARCH_LOONGARCH64;

	if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_KERNEL_PATH))
		axvm_report(c, &kernel_path, index, AXVM_LAYOUT_TABLE_KERNEL_PATH, 0, 0);
	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_RAMDISK_PATH) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR) && !by_firmware && !by_uefi)
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
	if (by_firmware && !has_fw_cfg(vm))
		axvm_report(c, &fw_cfg, index, AXVM_LAYOUT_TABLE_EMU_DEVICES,
			    AXVM_LAYOUT_WHOLE_TABLE, 0);
}

void axvm_rules_boot_image(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_place places[AXVM_PLACES];
	axvm_image_location known;
	/* It stays so for an unknown name, which is a finding already. */
	axvm_boot_protocol protocol = AXVM_BOOT_PROTOCOL_DIRECT;

	axvm_places(c, vm, places);
	check_clashes(c, index, places);
	if (vm->image_location != AXVM_IMAGE_LOCATION_UNKNOWN &&
	    !axvm_image_location_try_from_usize(vm->image_location, &known))
		axvm_report(c, &location, index, AXVM_LAYOUT_TABLE_IMAGE_LOCATION, 0, 0);
	axvm_effective_protocol(vm, &protocol);
	if (axvm_vm_is_complete(vm))
		check_missing(c, index, protocol);
}
