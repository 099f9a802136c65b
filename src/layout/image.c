/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "report.h"
#include "rules.h"

/* Where images and the entry point lie. */

#define NOWHERE_TEXT "lies in no memory region"
#define NOWHERE_HINT "Move it into a region, or give a region that holds it."

static const struct axvm_rule nowhere =
	AXVM_RULE(AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_ERROR, NOWHERE_TEXT, NOWHERE_HINT);
static const struct axvm_rule perhaps_nowhere = AXVM_RULE(
	AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_NOTE, NOWHERE_TEXT,
	"See that the region of type identical really gets this address: its gpa is ignored.");
static const struct axvm_rule image_clash =
	AXVM_RULE(AXVM_FINDING_BOOT_IMAGE_CLASH, AXVM_SEVERITY_WARNING, "is the same address as",
		  "Load them apart: the image that is loaded later overwrites the other one.");

/* An address of the configuration, and whether the hypervisor loads an image to it. */
struct place {
	axvm_layout_table key;
	axvm_gpa addr;
	bool is_used, is_image;
};

#define PLACES 5

static void list_places(const axvm_layout_vm *vm, struct place places[PLACES])
{
	axvm_boot_protocol protocol;
	bool uefi = axvm_effective_protocol(vm, &protocol) && protocol == AXVM_BOOT_PROTOCOL_UEFI;
	bool firmware = axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH) ||
			(uefi && axvm_vm_has(vm, AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH));
	/* In identical main memory the hypervisor picks the place of the device tree. */
	bool dtb = vm->memory_region_count == 0 ||
		   vm->memory_regions[0].map_type != AXVM_MEM_MAPPING_IDENTICAL;

	places[0] = (struct place){ AXVM_LAYOUT_TABLE_ENTRY_POINT, vm->entry_point,
				    axvm_vm_has(vm, AXVM_LAYOUT_HAS_ENTRY_POINT), false };
	places[1] = (struct place){ AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR, vm->kernel_load_addr,
				    axvm_vm_has(vm, AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR), true };
	places[2] = (struct place){ AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR, vm->dtb_load_addr,
				    dtb && axvm_vm_has(vm, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR), true };
	places[3] = (struct place){ AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR, vm->ramdisk_load_addr,
				    axvm_vm_has(vm, AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR |
							    AXVM_LAYOUT_HAS_RAMDISK_PATH),
				    true };
	places[4] =
		(struct place){ AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR, vm->bios_load_addr,
				firmware && axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR), true };
}

/* A region whose end is wrong is open: the finding about it is enough. */
static bool may_hold(const axvm_mem_config *memory, axvm_gpa addr)
{
	axvm_gpa_range r;

	if (axvm_memory_range(memory, &r))
		return axvm_gpa_range_contains(r, addr);
	return axvm_gpa_cmp(memory->gpa, addr) <= 0;
}

static void check_places(struct axvm_check *c, size_t index, const struct place places[PLACES])
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool held[PLACES] = { false }, identical = false, used = false;

	for (size_t j = 0; j < PLACES; j++)
		used = used || places[j].is_used;
	if (!used || vm->memory_region_count == 0)
		return;
	for (size_t i = 0; i < vm->memory_region_count; i++) {
		const axvm_mem_config *memory = &vm->memory_regions[i];

		identical = identical || memory->map_type == AXVM_MEM_MAPPING_IDENTICAL;
		for (size_t j = 0; j < PLACES; j++)
			held[j] =
				held[j] || (places[j].is_used && may_hold(memory, places[j].addr));
	}
	for (size_t j = 0; j < PLACES; j++) {
		if (places[j].is_used && !held[j])
			axvm_report(c, identical ? &perhaps_nowhere : &nowhere, index,
				    places[j].key, 0, 0);
	}
}

/* Each image against the first one at its address. */
static void check_images(struct axvm_check *c, size_t vm, const struct place places[PLACES])
{
	for (size_t j = 1; j < PLACES; j++) {
		for (size_t i = 0; i < j; i++) {
			if (!places[i].is_used || !places[i].is_image || !places[j].is_used ||
			    !places[j].is_image || !axvm_gpa_eq(places[i].addr, places[j].addr))
				continue;
			axvm_report_keys(c, &image_clash, vm, places[i].key, places[j].key);
			break;
		}
	}
}

void axvm_rules_image(struct axvm_check *c, size_t vm)
{
	struct place places[PLACES];

	list_places(axvm_check_vm(c, vm), places);
	check_places(c, vm, places);
	check_images(c, vm, places);
}
