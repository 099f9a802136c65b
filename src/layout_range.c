/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_check.h"

/* Ranges of one VM that meet. Where memory of type identical is one of them: a note. */

static const struct axvm_rule memory_overlap[] = {
	AXVM_RULE(AXVM_FINDING_MEMORY_OVERLAP, AXVM_SEVERITY_ERROR, "overlaps",
		  "Move one of them, or shrink one: they share pages."),
	AXVM_RULE(AXVM_FINDING_MEMORY_OVERLAP, AXVM_SEVERITY_NOTE, "overlaps, as configured,",
		  "See where the region of type identical really lies: its gpa is ignored."),
};
static const struct axvm_rule device_in_memory[] = {
	AXVM_RULE(AXVM_FINDING_DEVICE_IN_MEMORY, AXVM_SEVERITY_ERROR, "overlaps",
		  "Move the device out of the memory, or cut a hole into the memory around its "
		  "pages."),
	AXVM_RULE(AXVM_FINDING_DEVICE_IN_MEMORY, AXVM_SEVERITY_NOTE, "overlaps, as configured,",
		  "See where the region of type identical really lies: its gpa is ignored."),
};
static const struct axvm_rule device_overlap =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERLAP, AXVM_SEVERITY_ERROR, "overlaps",
		  "Move one of them, or take one out: they share pages or ports.");
static const struct axvm_rule two_hosts =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERLAP, AXVM_SEVERITY_ERROR, "gives a GPA another HPA than",
		  "Give both the same distance from base_gpa to base_hpa.");
static const struct axvm_rule host_twice =
	AXVM_RULE(AXVM_FINDING_DEVICE_HOST_TWICE, AXVM_SEVERITY_WARNING,
		  "is passed through under another GPA by", "Pass the host range through once.");

/* Compared by pages. */
static struct axvm_span *add_pages(struct axvm_check *c, size_t vm, axvm_layout_table table,
				   size_t index, axvm_gpa_range r)
{
	axvm_gpa_range pages = axvm_range_pages(r);

	return axvm_check_add(c, vm, table, index, pages.start.addr, pages.end.addr);
}

static void add_all(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_gpa_range r;

	c->span_count = 0;
	for (size_t i = 0; i < vm->memory_region_count; i++) {
		const axvm_mem_config *memory = axvm_vm_memory(vm, i);
		struct axvm_span *span;

		if (!axvm_memory_range(memory, &r))
			continue;
		span = add_pages(c, index, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i, r);
		if (memory->map_type == AXVM_MEM_MAPPING_IDENTICAL)
			span->flags |= SPAN_IDENTICAL;
	}
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		if (axvm_emulated_range(axvm_vm_emulated(vm, i), &r))
			add_pages(c, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i, r);
	}
	for (size_t i = 0; i < vm->passthrough_device_count; i++) {
		if (axvm_passthrough_range(axvm_vm_passthrough(vm, i), &r))
			add_pages(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i, r);
	}
	for (size_t i = 0; i < vm->passthrough_address_count; i++) {
		if (axvm_address_range(axvm_vm_address(vm, i), &r))
			add_pages(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, i, r);
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

/* Once for regions whose place is known; then for what meets an identical one, as a note. */
static void sweep_memory(struct axvm_check *c, bool identical)
{
	struct axvm_sweep sweep = { 0 };

	for (size_t i = 0; i < c->span_count; i++) {
		struct axvm_span *span = &c->spans[i];
		const struct axvm_span *owner;

		if (!is_memory(span) || (!identical && is_identical(span)))
			continue;
		owner = axvm_sweep_next(&sweep, span, 0, !identical || is_identical(span));
		if (!owner || (span->flags & SPAN_REPORTED))
			continue;
		axvm_check_report_two(c, &memory_overlap[identical], SIDE_GUEST, owner, span, 0);
		span->flags |= SPAN_REPORTED;
	}
}

/* As above, of devices with memory. */
static void sweep_devices_in_memory(struct axvm_check *c, bool identical)
{
	struct axvm_sweep sweep = { 0 };

	for (size_t i = 0; i < c->span_count; i++) {
		struct axvm_span *span = &c->spans[i];
		const struct axvm_span *owner;

		if (is_memory(span) && is_identical(span) != identical)
			continue;
		owner = axvm_sweep_next(&sweep, span, is_memory(span), false);
		if (!owner || (span->flags & SPAN_REPORTED))
			continue;
		axvm_check_report_two(c, &device_in_memory[identical], SIDE_GUEST, owner, span, 0);
		span->flags |= SPAN_REPORTED;
	}
}

static void forget_reported(struct axvm_check *c)
{
	for (size_t i = 0; i < c->span_count; i++)
		c->spans[i].flags &= (uint8_t)~SPAN_REPORTED;
}

/* From guest to host; what is passed through with one offset may meet. */
static uint64_t host_offset(const struct axvm_check *c, const struct axvm_span *span)
{
	const axvm_passthrough_device_config *device;

	if (span->table != AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES)
		return 0;
	device = axvm_vm_passthrough(axvm_check_vm(c, span->vm), span->index);
	return device->base_hpa.addr - device->base_gpa.addr;
}

static bool is_emulated(const struct axvm_span *span)
{
	return span->table == AXVM_LAYOUT_TABLE_EMU_DEVICES;
}

static void sweep_devices(struct axvm_check *c)
{
	struct axvm_sweep sweep = { 0 };

	for (size_t i = 0; i < c->span_count; i++) {
		const struct axvm_span *span = &c->spans[i], *owner;

		if (is_memory(span))
			continue;
		owner = axvm_sweep_next(&sweep, span, host_offset(c, span), is_emulated(span));
		if (owner)
			axvm_check_report_two(c,
					      is_emulated(span) || is_emulated(owner)
						      ? &device_overlap
						      : &two_hosts,
					      SIDE_GUEST, owner, span, 0);
	}
}

/* Ports are no pages: several devices share the first 4 KiB of them. */
static void check_ports(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_sweep sweep = { 0 };

	c->span_count = 0;
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = axvm_vm_emulated(vm, i);
		axvm_gpa_range r;

		if (axvm_emulated_device_type_bus(device->emu_type) == AXVM_DEVICE_BUS_PORT &&
		    device->length != 0 && axvm_emulated_device_config_range(device, &r))
			axvm_check_add(c, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i, r.start.addr,
				       r.end.addr);
	}
	axvm_check_sort(c, NULL);
	for (size_t i = 0; i < c->span_count; i++) {
		const struct axvm_span *span = &c->spans[i];
		const struct axvm_span *owner = axvm_sweep_next(&sweep, span, 0, true);

		if (owner)
			axvm_check_report_two(c, &device_overlap, SIDE_GUEST, owner, span, 0);
	}
}

static void check_host_twice(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_sweep sweep = { 0 };
	axvm_hpa_range host;
	axvm_gpa_range r;

	c->span_count = 0;
	for (size_t i = 0; i < vm->passthrough_device_count; i++) {
		const axvm_passthrough_device_config *device = axvm_vm_passthrough(vm, i);

		if (device->length != 0 && axvm_passthrough_device_config_host_range(device, &host))
			axvm_check_add(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
				       host.start.addr, host.end.addr);
	}
	for (size_t i = 0; i < vm->passthrough_address_count; i++) {
		if (axvm_address_range(axvm_vm_address(vm, i), &r))
			axvm_check_add(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, i,
				       r.start.addr, r.end.addr);
	}
	axvm_check_sort(c, NULL);
	for (size_t i = 0; i < c->span_count; i++) {
		const struct axvm_span *span = &c->spans[i];
		const struct axvm_span *owner =
			axvm_sweep_next(&sweep, span, host_offset(c, span), false);

		if (owner)
			axvm_check_report_two(c, &host_twice, SIDE_HOST, owner, span, 0);
	}
}

void axvm_check_ranges(struct axvm_check *c, size_t index)
{
	add_all(c, index);
	axvm_check_sort(c, NULL);
	sweep_memory(c, false);
	sweep_memory(c, true);
	forget_reported(c);
	sweep_devices_in_memory(c, false);
	sweep_devices_in_memory(c, true);
	sweep_devices(c);
	check_ports(c, index);
	check_host_twice(c, index);
}
