/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_check.h"

/* Where the hypervisor puts the stub of its own when bios_path is not given. */
#define BUILTIN_BIOS_ADDR 0x8000

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
static const struct axvm_rule entry_below_load =
	AXVM_RULE(AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, AXVM_SEVERITY_WARNING, "lies below",
		  "See that a boot stub is there: the kernel image begins at kernel_load_addr.");

#define PROTOCOL_RULE(text, hint)                                                                  \
	AXVM_RULE(AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR, text, hint)

static const struct axvm_rule protocol_unknown = PROTOCOL_RULE(
	"is no boot protocol that the hypervisor knows", "Use direct, multiboot or uefi.");
static const struct axvm_rule protocol_wants_bios =
	PROTOCOL_RULE("is multiboot or uefi, which the hypervisor rejects without enable_bios",
		      "Set enable_bios = true, or boot_protocol = \"direct\".");
static const struct axvm_rule protocol_rejects_bios =
	PROTOCOL_RULE("is direct, which the hypervisor rejects with enable_bios",
		      "Set enable_bios = false, or boot_protocol = \"multiboot\" or \"uefi\".");
static const struct axvm_rule protocol_of_x86 =
	PROTOCOL_RULE("asks for multiboot or uefi, which x86_64 alone has",
		      "Use boot_protocol = \"direct\" without enable_bios on this architecture.");
static const struct axvm_rule uefi_wants_firmware = PROTOCOL_RULE(
	"is uefi without a firmware", "Give uefi_firmware_path (or bios_path) and bios_load_addr.");
static const struct axvm_rule bios_wants_address =
	PROTOCOL_RULE("is not given, though a BIOS or UEFI image is to be loaded",
		      "Give bios_load_addr, where that image goes.");
static const struct axvm_rule builtin_bios_address =
	PROTOCOL_RULE("is not 0x8000, where the built-in BIOS goes",
		      "Set bios_load_addr = 0x8000 or leave it out, or give bios_path.");

/* False for a protocol that is none. */
static bool effective_protocol(const axvm_layout_vm *vm, axvm_boot_protocol *out)
{
	if (vm->flags & AXVM_LAYOUT_HAS_BOOT_PROTOCOL)
		return axvm_boot_protocol_try_from_usize(vm->boot_protocol, out);
	*out = vm->flags & AXVM_LAYOUT_ENABLE_BIOS ? AXVM_BOOT_PROTOCOL_MULTIBOOT
						   : AXVM_BOOT_PROTOCOL_DIRECT;
	return true;
}

static bool has(const axvm_layout_vm *vm, uint32_t flags)
{
	return (vm->flags & flags) == flags;
}

static void check_bios_address(struct axvm_check *c, size_t index, axvm_boot_protocol protocol)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	const axvm_layout_table key = AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR;

	if (protocol == AXVM_BOOT_PROTOCOL_UEFI || has(vm, AXVM_LAYOUT_HAS_BIOS_PATH)) {
		if (!has(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR))
			axvm_check_report(c, &bios_wants_address, index, key, 0, 0);
		return;
	}
	if (has(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR) && vm->bios_load_addr.addr != BUILTIN_BIOS_ADDR)
		axvm_check_report(c, &builtin_bios_address, index, key, 0, 0);
}

static void check_protocol(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool given = has(vm, AXVM_LAYOUT_HAS_BOOT_PROTOCOL);
	axvm_layout_table key =
		given ? AXVM_LAYOUT_TABLE_BOOT_PROTOCOL : AXVM_LAYOUT_TABLE_ENABLE_BIOS;
	axvm_arch arch;
	axvm_boot_protocol protocol;

	if (!effective_protocol(vm, &protocol)) {
		axvm_check_report(c, &protocol_unknown, index, key, 0, 0);
		return;
	}
	if (protocol == AXVM_BOOT_PROTOCOL_DIRECT) {
		if (has(vm, AXVM_LAYOUT_ENABLE_BIOS))
			axvm_check_report(c, &protocol_rejects_bios, index, key, 0, 0);
		return;
	}
	if (!has(vm, AXVM_LAYOUT_ENABLE_BIOS))
		axvm_check_report(c, &protocol_wants_bios, index, key, 0, 0);
	if (axvm_arch_try_from_usize(c->limits.arch, &arch) && arch != AXVM_ARCH_X86_64)
		axvm_check_report(c, &protocol_of_x86, index, key, 0, 0);
	if (protocol == AXVM_BOOT_PROTOCOL_UEFI && !has(vm, AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH) &&
	    !has(vm, AXVM_LAYOUT_HAS_BIOS_PATH))
		axvm_check_report(c, &uefi_wants_firmware, index, key, 0, 0);
	check_bios_address(c, index, protocol);
}

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
	bool uefi = effective_protocol(vm, &protocol) && protocol == AXVM_BOOT_PROTOCOL_UEFI;
	bool firmware = has(vm, AXVM_LAYOUT_HAS_BIOS_PATH) ||
			(uefi && has(vm, AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH));
	/* In identical main memory the hypervisor picks the place of the device tree. */
	bool dtb = vm->memory_region_count == 0 ||
		   axvm_vm_memory(vm, 0)->map_type != AXVM_MEM_MAPPING_IDENTICAL;

	places[0] = (struct place){ AXVM_LAYOUT_TABLE_ENTRY_POINT, vm->entry_point,
				    has(vm, AXVM_LAYOUT_HAS_ENTRY_POINT), false };
	places[1] = (struct place){ AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR, vm->kernel_load_addr,
				    has(vm, AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR), true };
	places[2] = (struct place){ AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR, vm->dtb_load_addr,
				    dtb && has(vm, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR), true };
	places[3] = (struct place){
		AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR, vm->ramdisk_load_addr,
		has(vm, AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR | AXVM_LAYOUT_HAS_RAMDISK_PATH), true
	};
	places[4] = (struct place){ AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR, vm->bios_load_addr,
				    firmware && has(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR), true };
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
	bool held[PLACES] = { false }, identical = false;

	if (vm->memory_region_count == 0)
		return;
	for (size_t i = 0; i < vm->memory_region_count; i++) {
		const axvm_mem_config *memory = axvm_vm_memory(vm, i);

		identical = identical || memory->map_type == AXVM_MEM_MAPPING_IDENTICAL;
		for (size_t j = 0; j < PLACES; j++)
			held[j] = held[j] || may_hold(memory, places[j].addr);
	}
	for (size_t j = 0; j < PLACES; j++) {
		if (places[j].is_used && !held[j])
			axvm_check_report(c, identical ? &perhaps_nowhere : &nowhere, index,
					  places[j].key, 0, 0);
	}
}

static void report_keys(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
			axvm_layout_table a, axvm_layout_table b)
{
	const struct axvm_span x = { .vm = (uint32_t)vm, .table = a };
	const struct axvm_span y = { .vm = (uint32_t)vm, .table = b };

	axvm_check_report_two(c, rule, SIDE_GUEST, &x, &y, 0);
}

/* Each image against the first one at its address. */
static void check_images(struct axvm_check *c, size_t vm, const struct place places[PLACES])
{
	for (size_t j = 1; j < PLACES; j++) {
		for (size_t i = 0; i < j; i++) {
			if (!places[i].is_used || !places[i].is_image || !places[j].is_used ||
			    !places[j].is_image || !axvm_gpa_eq(places[i].addr, places[j].addr))
				continue;
			report_keys(c, &image_clash, vm, places[i].key, places[j].key);
			break;
		}
	}
}

void axvm_check_boot(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct place places[PLACES];
	axvm_boot_protocol protocol;

	list_places(vm, places);
	check_places(c, index, places);
	check_images(c, index, places);
	check_protocol(c, index);
	if (has(vm, AXVM_LAYOUT_HAS_ENTRY_POINT | AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR) &&
	    effective_protocol(vm, &protocol) && protocol == AXVM_BOOT_PROTOCOL_DIRECT &&
	    axvm_gpa_cmp(vm->entry_point, vm->kernel_load_addr) < 0)
		report_keys(c, &entry_below_load, index, AXVM_LAYOUT_TABLE_ENTRY_POINT,
			    AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR);
}
