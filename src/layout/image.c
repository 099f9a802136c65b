/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"
#include "report.h"
#include "rules.h"

/* Where images and the entry point lie. */

static const struct axvm_rule nowhere =
	AXVM_RULE(AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_ERROR, "lies in no memory region",
		  "Move it into a region, or give a region that holds it.");
static const struct axvm_rule too_long = AXVM_RULE(
	AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_ERROR,
	"is where an image begins that its memory region does not hold",
	"Move it down, or give a longer region: an image must lie in one region as a whole.");
static const struct axvm_rule perhaps_nowhere = AXVM_RULE(
	AXVM_FINDING_BOOT_ADDRESS, AXVM_SEVERITY_NOTE,
	"lies in no memory region whose place is known",
	"See that the region of type identical really gets this address: its gpa is ignored.");
static const struct axvm_rule dtb_refused = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_BOOT_ADDRESS, 0, AXVM_SEVERITY_ERROR,
	"is given, which is refused on x86_64: there is no device tree", "Take dtb_load_addr out.");
static const struct axvm_rule same_address =
	AXVM_RULE(AXVM_FINDING_BOOT_IMAGE_CLASH, AXVM_SEVERITY_WARNING, "is the same address as",
		  "Load them apart: the image that is loaded later overwrites the other one.");
static const struct axvm_rule images_meet = AXVM_RULE(
	AXVM_FINDING_BOOT_IMAGE_CLASH, AXVM_SEVERITY_ERROR, "is of an image that meets that of",
	"Load them apart: the image that is loaded later overwrites the other one.");

static void check_address(struct axvm_check *c, size_t index, const struct axvm_place *place)
{
	switch (axvm_memory_holds(axvm_check_vm(c, index), place)) {
	case AXVM_HOLD_NO:
		axvm_report(c, &nowhere, index, place->key, 0, 0);
		break;
	case AXVM_HOLD_PART:
		axvm_report(c, &too_long, index, place->key, 0, place->size);
		break;
	case AXVM_HOLD_PERHAPS:
		axvm_report(c, &perhaps_nowhere, index, place->key, 0, 0);
		break;
	default: /* all of it */
		break;
	}
}

static void check_addresses(struct axvm_check *c, size_t index,
			    const struct axvm_place places[AXVM_PLACES])
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	/* Without memory that is the finding. */
	for (size_t i = 0; vm->memory_region_count != 0 && i < AXVM_PLACES; i++) {
		if (places[i].is_used)
			check_address(c, index, &places[i]);
	}
	if (c->limits.arch == AXVM_ARCH_X86_64 && axvm_vm_has(vm, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR))
		axvm_report(c, &dtb_refused, index, AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR, 0, 0);
}

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

/* Each image against the first one that it meets. */
static void check_images(struct axvm_check *c, size_t index,
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

void axvm_rules_image(struct axvm_check *c, size_t vm)
{
	struct axvm_place places[AXVM_PLACES];

	axvm_places(c, axvm_check_vm(c, vm), places);
	check_addresses(c, vm, places);
	check_images(c, vm, places);
}
