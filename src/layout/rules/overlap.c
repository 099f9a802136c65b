/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/devices.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Ranges of one VM that overlap. Where memory of type identical is one of them: a note. */

#define IDENTICAL_TEXT "overlaps, as configured,"
#define PAGE_TEXT "shares the 4 KiB page"
#define IDENTICAL_HINT "Check which address the region gets: for type identical, gpa is ignored."

/*
 * memory-overlap
 *
 * What: Two memory regions of a VM overlap or share a page. A note where one is identical: its address is
 * chosen when the VM starts.
 * Why: A page cannot be mapped twice: the hypervisor ends with the error AlreadyExists and nothing
 * else.
 * How: Move or shrink one of the two, or join them into one region.
 */
static const struct axvm_rule memory_overlap =
	AXVM_RULE(AXVM_FINDING_MEMORY_OVERLAP, AXVM_SEVERITY_ERROR, "overlaps",
		  "Move one of them, or shrink one: they share pages.");
static const struct axvm_rule memory_page =
	AXVM_RULE(AXVM_FINDING_MEMORY_OVERLAP, AXVM_SEVERITY_ERROR, PAGE_TEXT,
		  "Move one of them to another page: a page is mapped once, and as a whole.");
static const struct axvm_rule identical_overlap =
	AXVM_RULE(AXVM_FINDING_MEMORY_OVERLAP, AXVM_SEVERITY_NOTE, IDENTICAL_TEXT, IDENTICAL_HINT);
static const struct axvm_rule identical_page =
	AXVM_RULE(AXVM_FINDING_MEMORY_OVERLAP, AXVM_SEVERITY_NOTE, PAGE_TEXT, IDENTICAL_HINT);

/*
 * device-in-memory
 *
 * What: A passthrough device, a passthrough address range or an emulated device shares pages with a
 * memory region. A note where that region is identical: its address is chosen when the VM starts.
 * Why: A page cannot be both: mapping it is refused, or the guest never reaches the device because
 * memory answers.
 * How: Move the device, or leave a hole in the memory by two regions around it.
 */
static const struct axvm_rule device_in_memory = AXVM_RULE(
	AXVM_FINDING_DEVICE_IN_MEMORY, AXVM_SEVERITY_ERROR, "overlaps",
	"Move the device out of the memory, or cut a hole into the memory around its pages.");
static const struct axvm_rule device_in_page =
	AXVM_RULE(AXVM_FINDING_DEVICE_IN_MEMORY, AXVM_SEVERITY_ERROR, PAGE_TEXT,
		  "Move the device to another page, or end the memory before its page: whole pages "
		  "are mapped.");
static const struct axvm_rule device_in_identical = AXVM_RULE(
	AXVM_FINDING_DEVICE_IN_MEMORY, AXVM_SEVERITY_NOTE, IDENTICAL_TEXT, IDENTICAL_HINT);
static const struct axvm_rule device_in_identical_page =
	AXVM_RULE(AXVM_FINDING_DEVICE_IN_MEMORY, AXVM_SEVERITY_NOTE, PAGE_TEXT, IDENTICAL_HINT);

/*
 * device-overlap
 *
 * What: Two devices of a VM overlap, and at least one is emulated; or one guest address has
 * two host addresses. For 0.5, two emulated devices may share a page, but no emulated one may share
 * a page with a passthrough range. A GPPT redistributor takes (cpu_num - 1) x stride + length
 * bytes.
 * Why: Accesses to an emulated device must trap, so its pages cannot be passed through, and of two
 * emulated devices only one answers.
 * How: Move one, remove one, or cut the passthrough range around the emulated one.
 */
static const struct axvm_rule device_overlap =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERLAP, AXVM_SEVERITY_ERROR, "overlaps",
		  "Move or remove one of them: what they share can have one owner only.");
static const struct axvm_rule device_page =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERLAP, AXVM_SEVERITY_ERROR, PAGE_TEXT,
		  "Move one of them to another page, or remove one: whole pages are mapped.");
static const struct axvm_rule two_hosts =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERLAP, AXVM_SEVERITY_ERROR, "maps a GPA to another HPA than",
		  "Use the same distance from base_gpa to base_hpa in both.");
static const struct axvm_rule two_host_pages = AXVM_RULE(
	AXVM_FINDING_DEVICE_OVERLAP, AXVM_SEVERITY_ERROR, PAGE_TEXT,
	"Move one of them to another page, or use the same distance from base_gpa to base_hpa in both: a page is mapped to one page of the host.");

/*
 * 0.5 finds the device of an access by its address, so two of them may share a page. Against
 * all else this is by pages, too, as that is rounded.
 */
static void add_emulated(struct axvm_check *c, size_t vm, size_t index, axvm_gpa_range r)
{
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_EMU_DEVICES;

	if (c->limits.model < AXVM_MODEL_0_7)
		axvm_spans_add(&c->spans, vm, table, index, r.start.addr, r.end.addr);
	else
		axvm_add_pages(c, vm, table, index, r);
}

/* Whether one of the regions is of type identical. */
static bool add_memory(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool identical = false;
	axvm_gpa_range r;

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->memory_region_count; i++) {
		const axvm_mem_config *memory = &vm->memory_regions[i];
		struct axvm_span *span;

		if (!axvm_memory_range(memory, &r))
			continue;
		span = axvm_add_pages(c, index, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i, r);
		if (memory->map_type == AXVM_MEM_MAPPING_IDENTICAL) {
			span->flags |= SPAN_IDENTICAL;
			identical = true;
		}
	}
	return identical;
}

static void add_devices(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_passed passed;
	unsigned taken = 0;
	axvm_gpa_range r;

	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];

		if (axvm_emulated_take_single(c, device, &taken) &&
		    axvm_emulated_range(c, device, &r))
			add_emulated(c, index, i, r);
	}
	axvm_passed_begin(&passed, c, index);
	while (axvm_passed_next(&passed)) {
		if (axvm_passed_range(c, &passed, &r))
			axvm_add_pages(c, index, passed.table, passed.index, r);
	}
	for (size_t i = 0; i < vm->reserved_address_count; i++) {
		if (axvm_reserved_range(c, &vm->reserved_addresses[i], &r))
			axvm_add_pages(c, index, AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES, i, r);
	}
}

static bool is_memory(const struct axvm_span *span)
{
	return span->table == AXVM_LAYOUT_TABLE_MEMORY_REGIONS;
}

static bool is_identical(const struct axvm_span *span)
{
	return (span->flags & SPAN_IDENTICAL) != 0;
}

/* Once for regions whose place is known; then for what overlaps an identical one, as a note. */
static void sweep_memory(struct axvm_check *c, bool identical)
{
	struct axvm_sweep sweep = { 0 };

	for (size_t i = 0; i < c->spans.count; i++) {
		struct axvm_span *span = &c->spans.list[i];
		const struct axvm_span *owner;

		if (!is_memory(span) || (!identical && is_identical(span)))
			continue;
		owner = axvm_sweep_next(&sweep, span, 0, !identical || is_identical(span));
		if (!owner || (span->flags & SPAN_REPORTED))
			continue;
		axvm_report_ranges(c, identical ? &identical_overlap : &memory_overlap,
				   identical ? &identical_page : &memory_page, SIDE_GUEST, owner,
				   span);
		span->flags |= SPAN_REPORTED;
	}
}

/* As above, of devices with memory. */
static void sweep_devices_in_memory(struct axvm_check *c, bool identical)
{
	struct axvm_sweep sweep = { 0 };

	for (size_t i = 0; i < c->spans.count; i++) {
		struct axvm_span *span = &c->spans.list[i];
		const struct axvm_span *owner;

		if (is_memory(span) && is_identical(span) != identical)
			continue;
		owner = axvm_sweep_next(&sweep, span, is_memory(span), false);
		if (!owner || (span->flags & SPAN_REPORTED))
			continue;
		axvm_report_ranges(c, identical ? &device_in_identical : &device_in_memory,
				   identical ? &device_in_identical_page : &device_in_page,
				   SIDE_GUEST, owner, span);
		span->flags |= SPAN_REPORTED;
	}
}

static void forget_reported(struct axvm_check *c)
{
	for (size_t i = 0; i < c->spans.count; i++)
		c->spans.list[i].flags &= (uint8_t)~SPAN_REPORTED;
}

static bool is_passthrough(const struct axvm_span *span)
{
	return span->table == AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES ||
	       span->table == AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES;
}

/* What is passed through with one offset may overlap; nothing else may. */
static void sweep_devices(struct axvm_check *c)
{
	struct axvm_sweep sweep = { 0 };

	for (size_t i = 0; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i], *owner;

		if (is_memory(span))
			continue;
		owner = axvm_sweep_next(&sweep, span, axvm_host_offset(c, span),
					!is_passthrough(span));
		if (owner && is_passthrough(span) && is_passthrough(owner))
			axvm_report_ranges(c, &two_hosts, &two_host_pages, SIDE_GUEST, owner, span);
		else if (owner)
			axvm_report_ranges(c, &device_overlap, &device_page, SIDE_GUEST, owner,
					   span);
	}
}

void axvm_rules_overlap(struct axvm_check *c, size_t index)
{
	/* Sweeps that find nothing without the one or the other are left out. */
	bool identical = add_memory(c, index);
	size_t memory_count = c->spans.count;

	if (axvm_lists_devices(c))
		add_devices(c, index);
	axvm_spans_sort(&c->spans, NULL);
	sweep_memory(c, false);
	if (identical)
		sweep_memory(c, true);
	if (c->spans.count == memory_count)
		return;
	forget_reported(c);
	sweep_devices_in_memory(c, false);
	if (identical)
		sweep_devices_in_memory(c, true);
	sweep_devices(c);
}
