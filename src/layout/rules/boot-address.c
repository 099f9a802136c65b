/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/boot.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/*
 * boot-address
 *
 * What: The entry point, or the address of an image, is in no memory region; or an image whose size
 * is known does not fit into the rest of its region. Of a kernel that counts which needs most, its
 * file or its header: when it runs it may need more than its file has. Where the first region is
 * identical or reserved, the kernel goes to its start, and the entry point moves with it: that place
 * counts. A note where a region is identical, since its
 * address is chosen when the VM starts. For 0.7 also: dtb_load_addr is set on x86_64.
 * Why: 0.5 panics, 0.7 refuses the VM. Only addresses that are used count: bios_load_addr with
 * enable_bios, dtb_load_addr never on x86_64.
 * How: Move the address into a region, or add a region there. With identical memory, check that the
 * host has memory at this address.
 */
static const struct axvm_rule nowhere =
	AXVM_RULE(AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_ERROR, "is in no memory region",
		  "Move it into a region, or add a region that contains it.");
static const struct axvm_rule moved_out = AXVM_RULE(
	AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_ERROR,
	"is in no memory region, nor in the one that it is moved with,",
	"Enlarge the region: an identical or reserved first one moves the kernel to its start, and the entry point with it.");
static const struct axvm_rule too_long = AXVM_RULE(
	AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_ERROR, "begins an image that does not fit into",
	"Move it down, or enlarge the region: one region must contain the whole image.");
static const struct axvm_rule moved_too_long = AXVM_RULE(
	AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_ERROR, "begins an image that does not fit into",
	"Enlarge the region: if the first one is identical or reserved, the kernel goes to its start, whatever kernel_load_addr says.");
static const struct axvm_rule perhaps_nowhere = AXVM_RULE(
	AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_NOTE,
	"is in no memory region with a fixed address",
	"Check that the region of type identical gets this address: its gpa is ignored.");
static const struct axvm_rule dtb_refused = AXVM_RULE_SINCE(
	AXVM_FINDING_BOOT_ADDRESS, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR,
	"is set, but x86_64 has no device tree: the VM is refused", "Remove dtb_load_addr.");

/* Of an image against the region that decides about it. */
static void report_region(struct axvm_check *c, const struct axvm_rule *rule, size_t index,
			  const struct axvm_place *place, uint64_t value)
{
	const struct axvm_span image = { .vm = (uint32_t)index, .table = place->key };
	const struct axvm_span region = {
		.vm = (uint32_t)index,
		.table = AXVM_LAYOUT_TABLE_MEMORY_REGIONS,
		.index = (uint32_t)axvm_deciding_region(axvm_check_vm(c, index), place),
	};

	axvm_report_two(c, rule, SIDE_GUEST, &image, &region, value);
}

static void check_address(struct axvm_check *c, size_t index, const struct axvm_place *place)
{
	switch (axvm_memory_holds(c, index, place)) {
	case AXVM_HOLD_NO:
		if (place->is_moved)
			report_region(c, &moved_out, index, place, 0);
		else
			axvm_report(c, &nowhere, index, place->key, 0, 0);
		break;
	case AXVM_HOLD_PART:
		report_region(c, place->is_moved ? &moved_too_long : &too_long, index, place,
			      place->size);
		break;
	case AXVM_HOLD_PERHAPS:
		axvm_report(c, &perhaps_nowhere, index, place->key, 0, 0);
		break;
	default: /* all of it */
		break;
	}
}

void axvm_rules_boot_address(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_place places[AXVM_PLACES];

	axvm_places(c, vm, places);
	/* Without memory that is the finding. */
	for (size_t i = 0; vm->memory_region_count != 0 && i < AXVM_PLACES; i++) {
		if (places[i].is_used)
			check_address(c, index, &places[i]);
	}
	if (c->limits.arch == AXVM_ARCH_X86_64 && axvm_vm_has(vm, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR))
		axvm_report(c, &dtb_refused, index, AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR, 0, 0);
}
