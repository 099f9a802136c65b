/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/*
 * memory-none
 *
 * What: memory_regions is empty.
 * Why: The first region is main memory: the hypervisor refuses a VM without one.
 * How: Give at least one region.
 */
static const struct axvm_rule none = AXVM_RULE(
	AXVM_FINDING_MEMORY_NONE, AXVM_SEVERITY_ERROR, "is empty: the VM has no memory",
	"Add at least one region [gpa, size, flags, map_type]; the first one is main memory.");

/*
 * memory-empty
 *
 * What: A memory region has size 0.
 * Why: Until 0.7 the hypervisor panics when it allocates an empty region, and every VM stops with
 * it; from 0.7.3 on it refuses the VM.
 * How: Give it a size; or remove it, if the VM has other memory.
 */
static const struct axvm_rule empty_panics = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_MEMORY_EMPTY,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_ERROR), AXVM_GONE(AXVM_MODEL_0_7_3)),
	"has size 0",
	"Set its size, or remove it if the VM has other memory: the hypervisor panics at an empty "
	"region.");
static const struct axvm_rule empty = AXVM_RULE_SINCE(
	AXVM_FINDING_MEMORY_EMPTY, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR, "has size 0",
	"Set its size, or remove it if the VM has other memory: the hypervisor refuses an empty "
	"region.");

/* Whose gpa is ignored: what is wrong with that alone is a note. */
#define IDENTICAL_HINT                                                                             \
	"Check that its gpa is intended: for type identical the hypervisor ignores it."

/*
 * memory-overflow
 *
 * What: gpa + size of a memory region does not fit into 64 bits. Until 0.7 a note where the region
 * is identical, since its gpa is ignored, unless the size alone is too large.
 * Why: Addresses would wrap around to 0, so the region cannot be mapped. From 0.7.3 on the
 * hypervisor first reserves every region at its configured gpa, identical ones as well.
 * How: Lower gpa or size; often one of them has a digit too many.
 */
static const struct axvm_rule overflow =
	AXVM_RULE(AXVM_FINDING_MEMORY_OVERFLOW, AXVM_SEVERITY_ERROR,
		  "has an end that does not fit into 64 bits", "Lower its gpa or its size.");
static const struct axvm_rule overflow_identical =
	AXVM_RULE(AXVM_FINDING_MEMORY_OVERFLOW, AXVM_SEVERITY_NOTE,
		  "has a configured end that does not fit into 64 bits", IDENTICAL_HINT);

/*
 * memory-beyond-width
 *
 * What: A memory region ends past the guest address width of --gpa-bits; without that option, past
 * 0x7ffffffff000. Until 0.7 a note where the region is identical, since its gpa is ignored, unless
 * the size alone is too large.
 * Why: No guest address is above 0x7ffffffff000, and the second-stage page table of a machine may
 * end earlier.
 * How: Move the region down, or correct --gpa-bits.
 */
static const struct axvm_rule beyond_width = AXVM_RULE(
	AXVM_FINDING_MEMORY_BEYOND_WIDTH, AXVM_SEVERITY_ERROR, "ends past the guest address width",
	"Move it to addresses that the guest can reach.");
static const struct axvm_rule beyond_width_identical =
	AXVM_RULE(AXVM_FINDING_MEMORY_BEYOND_WIDTH, AXVM_SEVERITY_NOTE,
		  "is configured to end past the guest address width", IDENTICAL_HINT);

/*
 * memory-map-type
 *
 * What: map_type of a memory region is a number that the hypervisor does not know.
 * Why: It is the last of a region's four numbers, and decides where its memory comes from; the
 * hypervisor refuses a file with another number.
 * How: Use 0 (alloc: any host memory), 1 (identical: the host's address becomes the guest's) or 2
 * (reserved: the same address in host and guest, as configured).
 */
static const struct axvm_rule map_type =
	AXVM_RULE(AXVM_FINDING_MEMORY_MAP_TYPE, AXVM_SEVERITY_ERROR, "has an unknown map_type",
		  "Use 0 (alloc), 1 (identical) or 2 (reserved).");

#define UNALIGNED_HINT "Round it to whole pages: the hypervisor refuses the VM."

/*
 * memory-unaligned
 *
 * What: gpa or size of a memory region is not a multiple of 4 KiB. The gpa of identical memory does
 * not count.
 * Why: Memory is mapped in whole pages, and the hypervisor refuses a region that does not fill
 * them.
 * How: Round gpa down and the end up to whole pages, if those are free.
 * Fix: A size alone is rounded down to whole pages, unless it is less than one.
 */
static const struct axvm_rule unaligned_size =
	AXVM_RULE(AXVM_FINDING_MEMORY_UNALIGNED, AXVM_SEVERITY_ERROR,
		  "has a size that is not a multiple of 4 KiB", UNALIGNED_HINT);
static const struct axvm_rule unaligned_gpa =
	AXVM_RULE(AXVM_FINDING_MEMORY_UNALIGNED, AXVM_SEVERITY_ERROR,
		  "has a gpa that is not a multiple of 4 KiB", UNALIGNED_HINT);
static const struct axvm_rule unaligned_both =
	AXVM_RULE(AXVM_FINDING_MEMORY_UNALIGNED, AXVM_SEVERITY_ERROR,
		  "has a gpa and a size that are not multiples of 4 KiB",
		  "Round both to whole pages: the hypervisor refuses the VM.");

#define RESERVED_TEXT "covers a page that the hypervisor maps itself on Intel processors"
#define LOCAL_APIC_TEXT "covers the page of the local APIC, which the hypervisor maps itself"
#define IDENTICAL_RESERVED_HINT                                                                    \
	"Check which address the region gets: for type identical, gpa is ignored."

/*
 * memory-reserved
 *
 * What: A memory region of an x86_64 VM covers the page 0xfee00000. A note where the region is
 * identical, since its address is chosen when the VM starts.
 * Why: On Intel processors the hypervisor maps the local APIC there itself, and refuses the VM. On
 * AMD processors it does so from 0.7.3 on.
 * How: Leave the page out, by two regions around it.
 */
static const struct axvm_rule reserved = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_MEMORY_RESERVED,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_ERROR), AXVM_GONE(AXVM_MODEL_0_7_3)),
	RESERVED_TEXT,
	"Leave that page out: the VM is refused on Intel processors, and starts on AMD "
	"processors.");
static const struct axvm_rule reserved_identical = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_MEMORY_RESERVED,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_NOTE), AXVM_GONE(AXVM_MODEL_0_7_3)),
	RESERVED_TEXT, IDENTICAL_RESERVED_HINT);
static const struct axvm_rule local_apic =
	AXVM_RULE_SINCE(AXVM_FINDING_MEMORY_RESERVED, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
			LOCAL_APIC_TEXT, "Leave that page out, by two regions around it.");
static const struct axvm_rule local_apic_identical =
	AXVM_RULE_SINCE(AXVM_FINDING_MEMORY_RESERVED, AXVM_MODEL_0_7_3, AXVM_SEVERITY_NOTE,
			LOCAL_APIC_TEXT, IDENTICAL_RESERVED_HINT);

static bool is_identical(const axvm_mem_config *memory)
{
	return memory->map_type == AXVM_MEM_MAPPING_IDENTICAL;
}

/* What is wrong with a region, as bits. */
enum {
	FAULT_MAP_TYPE = 0x1,
	FAULT_EMPTY = 0x2,
	FAULT_OVERFLOW = 0x4,
	FAULT_BEYOND_WIDTH = 0x8,
	FAULT_RESERVED = 0x10,
	FAULT_UNALIGNED_SIZE = 0x20,
	FAULT_UNALIGNED_GPA = 0x40,
	FAULT_UNALIGNED = FAULT_UNALIGNED_SIZE | FAULT_UNALIGNED_GPA
};

static unsigned int place_faults(const struct axvm_check *c, const axvm_mem_config *memory)
{
	unsigned int faults = 0;
	axvm_gpa_range r;

	if (!axvm_gpa_range_try_from_start_size(memory->gpa, memory->size, &r))
		return FAULT_OVERFLOW;
	if (axvm_range_is_beyond_width(r, c->limits.gpa_bits))
		faults |= FAULT_BEYOND_WIDTH;
	if (axvm_range_covers_apic(c, r))
		faults |= FAULT_RESERVED;
	return faults;
}

static unsigned int region_faults(const struct axvm_check *c, const axvm_mem_config *memory)
{
	axvm_mem_mapping_type known;
	unsigned int faults = 0;

	if (!axvm_mem_mapping_type_try_from_usize(memory->map_type, &known))
		faults |= FAULT_MAP_TYPE;
	if (memory->size == 0)
		return faults | FAULT_EMPTY;
	if (!axvm_is_aligned(memory->size, AXVM_PAGE_SIZE_4K))
		faults |= FAULT_UNALIGNED_SIZE;
	if (!is_identical(memory) && !axvm_gpa_is_aligned_4k(memory->gpa))
		faults |= FAULT_UNALIGNED_GPA;
	return faults | place_faults(c, memory);
}

/* Whether the configured place is wrong, but does not count. */
static bool is_place_ignored(const struct axvm_check *c, const axvm_mem_config *memory)
{
	/* From 0.7.3 on memory is reserved where it is configured, before it is allocated. */
	if (!is_identical(memory) || c->limits.model >= AXVM_MODEL_0_7_3)
		return false;
	/* Not if it is too large for any place. */
	return !axvm_range_is_beyond_width(axvm_range_saturated(axvm_gpa_new(0), memory->size),
					   c->limits.gpa_bits);
}

static const struct axvm_rule *unaligned_rule(unsigned int faults)
{
	switch (faults & FAULT_UNALIGNED) {
	case FAULT_UNALIGNED_SIZE:
		return &unaligned_size;
	case FAULT_UNALIGNED_GPA:
		return &unaligned_gpa;
	default:
		return &unaligned_both;
	}
}

static void report_region(struct axvm_check *c, size_t vm, size_t index, unsigned int faults)
{
	const axvm_mem_config *memory = &axvm_check_vm(c, vm)->memory_regions[index];
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_MEMORY_REGIONS;
	bool identical = is_identical(memory), note = is_place_ignored(c, memory);

	if (faults & FAULT_MAP_TYPE)
		axvm_report(c, &map_type, vm, table, index, memory->map_type);
	if (faults & FAULT_EMPTY) {
		axvm_report(c, &empty_panics, vm, table, index, 0);
		axvm_report(c, &empty, vm, table, index, 0);
	}
	if (faults & FAULT_OVERFLOW)
		axvm_report(c, note ? &overflow_identical : &overflow, vm, table, index,
			    memory->size);
	if (faults & FAULT_BEYOND_WIDTH)
		axvm_report(c, note ? &beyond_width_identical : &beyond_width, vm, table, index,
			    c->limits.gpa_bits);
	if (faults & FAULT_RESERVED) {
		axvm_report(c, identical ? &reserved_identical : &reserved, vm, table, index,
			    AXVM_X86_LOCAL_APIC);
		axvm_report(c, identical ? &local_apic_identical : &local_apic, vm, table, index,
			    AXVM_X86_LOCAL_APIC);
	}
	if (faults & FAULT_UNALIGNED)
		axvm_report(c, unaligned_rule(faults), vm, table, index, 0);
}

void axvm_rules_memory(struct axvm_check *c, size_t vm)
{
	const axvm_layout_vm *config = axvm_check_vm(c, vm);
	size_t count = config->memory_region_count;

	if (count == 0 && axvm_vm_is_complete(config))
		axvm_report(c, &none, vm, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, AXVM_LAYOUT_WHOLE_TABLE,
			    0);
	for (size_t i = 0; i < count; i++) {
		unsigned int faults = region_faults(c, &config->memory_regions[i]);

		if (faults != 0)
			report_region(c, vm, i, faults);
	}
}
