/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/machine.h>

#include <string.h>

#include "boot.h"
#include "devices.h"
#include "owners.h"
#include "range.h"
#include "report.h"

static void name_owner(axvm_finding_owner *owner, const char *name)
{
	owner->name = name && name[0] != '\0' ? name : NULL;
}

static void place_owner(axvm_finding_owner *owner, axvm_layout_space space, uint64_t start,
			uint64_t length)
{
	axvm_gpa_range r = axvm_range_saturated(axvm_gpa_new(start), length);

	owner->space = space;
	owner->start = r.start.addr;
	owner->end = r.end.addr;
}

static void place_emulated(const struct axvm_check *c, axvm_finding_owner *owner,
			   const axvm_emulated_device_config *device, enum axvm_side side)
{
	bool ports = axvm_emulated_device_type_bus(device->emu_type) == AXVM_DEVICE_BUS_PORT;
	axvm_layout_space space = ports ? AXVM_LAYOUT_SPACE_PORT : AXVM_LAYOUT_SPACE_GUEST;
	axvm_gpa_range r;
	bool fixed = axvm_emulated_fixed_place(device->emu_type, &r);
	bool configured = side == SIDE_CONFIGURED || axvm_emulated_is_skipped(c, device);

	name_owner(owner, device->name);
	/* Without a footprint it is reported as configured; one that is skipped has no fixed place. */
	if (fixed ? configured : !axvm_emulated_device_config_footprint(device, &r))
		r = axvm_range_saturated(device->base_gpa, device->length);
	/* A port has 16 bits: what is above is reported as the address that was intended. */
	if (r.end.addr > UINT16_MAX + 1)
		space = AXVM_LAYOUT_SPACE_GUEST;
	place_owner(owner, space, r.start.addr, axvm_gpa_range_size(r));
}

static bool is_of_host(enum axvm_side side)
{
	return side == SIDE_HOST || side == SIDE_HOST_MAPPED;
}

static void place_passthrough(const struct axvm_check *c, axvm_finding_owner *owner,
			      const axvm_passthrough_device_config *device, enum axvm_side side)
{
	uint64_t host = device->base_hpa.addr;

	name_owner(owner, device->name);
	if (axvm_passthrough_is_discovered(device) || !axvm_lists_devices(c))
		return;
	if (side == SIDE_HOST_MAPPED && c->limits.model < AXVM_MODEL_0_7)
		host = device->base_gpa.addr;
	if (is_of_host(side))
		place_owner(owner, AXVM_LAYOUT_SPACE_HOST, host, device->length);
	else
		place_owner(owner, AXVM_LAYOUT_SPACE_GUEST, device->base_gpa.addr, device->length);
}

/* Fills in what a finding says about an owner; it is all zero before. */
static void fill_owner(const struct axvm_check *c, axvm_finding_owner *owner, size_t vm_index,
		       axvm_layout_table table, size_t index, enum axvm_side side)
{
	axvm_layout_space space =
		is_of_host(side) ? AXVM_LAYOUT_SPACE_HOST : AXVM_LAYOUT_SPACE_GUEST;
	const axvm_layout_vm *vm;
	axvm_gpa address;

	owner->table = table;
	owner->index = (uint32_t)index;
	if (table == AXVM_LAYOUT_TABLE_HOST_MEMORY) {
		owner->vm = AXVM_LAYOUT_NO_VM;
		return;
	}
	if (table == AXVM_LAYOUT_TABLE_HYPERVISOR) {
		const axvm_hpa_range *r = &c->limits.hypervisor[index];

		owner->vm = AXVM_LAYOUT_NO_VM;
		place_owner(owner, AXVM_LAYOUT_SPACE_HOST, r->start.addr, axvm_hpa_range_size(*r));
		return;
	}
	vm = axvm_check_vm(c, vm_index);
	owner->vm = (uint32_t)vm_index;
	owner->vm_id = vm->id;
	if (index == AXVM_LAYOUT_WHOLE_TABLE)
		return;
	switch (table) {
	case AXVM_LAYOUT_TABLE_ID:
	case AXVM_LAYOUT_TABLE_NAME:
		name_owner(owner, vm->name);
		return;
	case AXVM_LAYOUT_TABLE_MEMORY_REGIONS: {
		const axvm_mem_config *memory = &vm->memory_regions[index];

		place_owner(owner, space, memory->gpa.addr, memory->size);
		return;
	}
	case AXVM_LAYOUT_TABLE_EMU_DEVICES:
		place_emulated(c, owner, &vm->emu_devices[index], side);
		return;
	case AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES:
		place_passthrough(c, owner, &vm->passthrough_devices[index], side);
		return;
	case AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES: {
		const axvm_passthrough_address_config *range = &vm->passthrough_addresses[index];

		place_owner(owner, space, range->base_gpa.addr, range->length);
		return;
	}
	case AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS: {
		const axvm_passthrough_port_config *ports = &vm->passthrough_ports[index];

		place_owner(owner, AXVM_LAYOUT_SPACE_PORT, ports->base, ports->length);
		return;
	}
	case AXVM_LAYOUT_TABLE_DISABLED_PATHS:
		name_owner(owner, vm->disabled_paths[index]);
		return;
	case AXVM_LAYOUT_TABLE_MACHINE: {
		axvm_machine_device devices[AXVM_MACHINE_MAX_DEVICES];

		axvm_machine_devices(c->limits.model, c->limits.arch, vm->cpu_num, devices,
				     AXVM_MACHINE_MAX_DEVICES);
		name_owner(owner, devices[index].name);
		place_owner(owner, AXVM_LAYOUT_SPACE_GUEST, devices[index].range.start.addr,
			    axvm_gpa_range_size(devices[index].range));
		return;
	}
	case AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES: {
		const axvm_reserved_address_config *range = &vm->reserved_addresses[index];

		place_owner(owner, space, range->base_gpa.addr, range->length);
		return;
	}
	default:
		if (!axvm_boot_address(vm, table, &address))
			return;
		if (side != SIDE_CONFIGURED)
			address = axvm_effective_address(c, vm, table, address);
		place_owner(owner, AXVM_LAYOUT_SPACE_GUEST, address.addr, 0);
	}
}

/* What the last step up to the model says; 0 when that model has no such rule. */
static axvm_severity severity_of(const struct axvm_rule *rule, axvm_model model)
{
	axvm_severity severity = 0;

	for (size_t i = 0; i < AXVM_RULE_STEPS; i++) {
		if (rule->steps[i].severity != 0 && rule->steps[i].since <= model)
			severity = rule->steps[i].severity;
	}
	return severity == AXVM_RULE_GONE ? 0 : severity;
}

/* False when there is nothing to report: the model has no such rule, or the caller has enough. */
static bool init_finding(const struct axvm_check *c, axvm_finding *finding,
			 const struct axvm_rule *rule, uint64_t value)
{
	axvm_severity severity = severity_of(rule, c->limits.model);

	if (c->stopped || severity == 0)
		return false;
	/* Its padding, too: it may be compared or stored as bytes. */
	memset(finding, 0, sizeof(*finding));
	finding->size = sizeof(*finding);
	finding->value = value;
	finding->text = rule->texts;
	finding->hint = rule->texts + strlen(rule->texts) + 1;
	finding->code = rule->code;
	finding->severity = severity;
	return true;
}

/* Owner a, which is of a VM; the finding says whether it is moved. */
static void fill_first(const struct axvm_check *c, axvm_finding *finding, size_t vm,
		       axvm_layout_table table, size_t index, enum axvm_side side)
{
	axvm_gpa configured;

	fill_owner(c, &finding->a, vm, table, index, side);
	if (axvm_boot_address(axvm_check_vm(c, vm), table, &configured))
		finding->moved_by = finding->a.start - configured.addr;
}

/* Whether an owner looks like I/O ports of x86 that were given as memory. */
static bool is_like_ports(const axvm_finding_owner *owner)
{
	bool is_passed = owner->table == AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES ||
			 owner->table == AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES;

	return is_passed && owner->start < owner->end && owner->end <= UINT16_MAX + 1 &&
	       owner->end - owner->start < AXVM_PAGE_SIZE_4K;
}

/* What to do about memory is of no help where ports were meant. */
static const char *hint_of(const struct axvm_check *c, const axvm_finding *finding)
{
	static const char ports[] =
		"Remove the entry, if these are I/O ports of x86_64: they are no memory, and a guest "
		"gets those that are emulated without one. 0.7 passes others through by "
		"passthrough_ports.";

	switch (finding->code) {
	case AXVM_FINDING_DEVICE_PAGE_OFFSET:
	case AXVM_FINDING_DEVICE_UNALIGNED:
	case AXVM_FINDING_DEVICE_IN_MEMORY:
	case AXVM_FINDING_DEVICE_OVERLAP:
	case AXVM_FINDING_HOST_CONFLICT:
		if (axvm_may_be(c, AXVM_ARCH_X86_64) &&
		    (is_like_ports(&finding->a) || is_like_ports(&finding->b)))
			return ports;
		break;
	default:
		break;
	}
	return finding->hint;
}

static void hand_over(struct axvm_check *c, axvm_finding *finding)
{
	finding->hint = hint_of(c, finding);
	if (!c->found(finding, c->ctx))
		c->stopped = true;
}

static void report_one(struct axvm_check *c, const struct axvm_rule *rule, enum axvm_side side,
		       size_t vm, axvm_layout_table table, size_t index, uint64_t value)
{
	axvm_finding finding;

	if (!init_finding(c, &finding, rule, value))
		return;
	fill_first(c, &finding, vm, table, index, side);
	hand_over(c, &finding);
}

void axvm_report(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		 axvm_layout_table table, size_t index, uint64_t value)
{
	report_one(c, rule, SIDE_GUEST, vm, table, index, value);
}

void axvm_report_configured(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
			    axvm_layout_table table, size_t index, uint64_t value)
{
	report_one(c, rule, SIDE_CONFIGURED, vm, table, index, value);
}

void axvm_report_host(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		      axvm_layout_table table, size_t index, uint64_t value)
{
	report_one(c, rule, SIDE_HOST, vm, table, index, value);
}

static bool is_earlier(const struct axvm_span *x, const struct axvm_span *y)
{
	if (x->vm != y->vm)
		return x->vm < y->vm;
	if (x->table != y->table)
		return x->table < y->table;
	return x->index < y->index;
}

static bool fill_two(const struct axvm_check *c, axvm_finding *finding,
		     const struct axvm_rule *rule, enum axvm_side side, const struct axvm_span *x,
		     const struct axvm_span *y, uint64_t value)
{
	const struct axvm_span *a = is_earlier(x, y) ? x : y;
	const struct axvm_span *b = a == x ? y : x;

	if (!init_finding(c, finding, rule, value))
		return false;
	fill_first(c, finding, a->vm, a->table, a->index, side);
	fill_owner(c, &finding->b, b->vm, b->table, b->index, side);
	return true;
}

void axvm_report_two(struct axvm_check *c, const struct axvm_rule *rule, enum axvm_side side,
		     const struct axvm_span *x, const struct axvm_span *y, uint64_t value)
{
	axvm_finding finding;

	if (fill_two(c, &finding, rule, side, x, y, value))
		hand_over(c, &finding);
}

void axvm_report_ranges(struct axvm_check *c, const struct axvm_rule *overlap,
			const struct axvm_rule *page, enum axvm_side side,
			const struct axvm_span *x, const struct axvm_span *y)
{
	axvm_finding finding;
	uint64_t start;

	if (!fill_two(c, &finding, overlap, side, x, y, 0))
		return;
	if (axvm_owners_are_apart(&finding.a, &finding.b)) {
		/* Of two ranges that are apart, that page is all. */
		start = finding.a.start > finding.b.start ? finding.a.start : finding.b.start;
		fill_two(c, &finding, page, side, x, y, axvm_align_down(start, AXVM_PAGE_SIZE_4K));
	}
	hand_over(c, &finding);
}

void axvm_report_elements(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
			  axvm_layout_table table, size_t x, size_t y, uint64_t value)
{
	const struct axvm_span a = { .vm = (uint32_t)vm, .table = table, .index = (uint32_t)x };
	const struct axvm_span b = { .vm = (uint32_t)vm, .table = table, .index = (uint32_t)y };

	axvm_report_two(c, rule, SIDE_CONFIGURED, &a, &b, value);
}

void axvm_report_keys(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		      axvm_layout_table x, axvm_layout_table y)
{
	const struct axvm_span a = { .vm = (uint32_t)vm, .table = x };
	const struct axvm_span b = { .vm = (uint32_t)vm, .table = y };

	axvm_report_two(c, rule, SIDE_GUEST, &a, &b, 0);
}

void axvm_report_runs(struct axvm_check *c, const struct axvm_rule *rule, axvm_span_tie tie)
{
	const struct axvm_span *first = c->spans.list;

	for (size_t i = 1; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i];

		if (span->start != first->start || (tie && tie(first, span) != 0)) {
			first = span;
			continue;
		}
		axvm_report_two(c, rule, SIDE_GUEST, first, span, tie ? 0 : span->start);
	}
}
