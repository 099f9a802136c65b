/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/layout.h>

#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "layout_check.h"

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

static void place_emulated(axvm_finding_owner *owner, const axvm_emulated_device_config *device)
{
	bool ports = axvm_emulated_device_type_bus(device->emu_type) == AXVM_DEVICE_BUS_PORT;
	axvm_gpa_range r;

	name_owner(owner, device->name);
	/* Without a footprint it is told as configured. */
	if (axvm_emulated_device_config_footprint(device, &r))
		place_owner(owner, AXVM_LAYOUT_SPACE_GUEST, r.start.addr, axvm_gpa_range_size(r));
	else
		place_owner(owner, ports ? AXVM_LAYOUT_SPACE_PORT : AXVM_LAYOUT_SPACE_GUEST,
			    device->base_gpa.addr, device->length);
}

static void place_passthrough(axvm_finding_owner *owner,
			      const axvm_passthrough_device_config *device, enum axvm_side side)
{
	name_owner(owner, device->name);
	if (axvm_passthrough_is_discovered(device))
		return;
	if (side == SIDE_HOST)
		place_owner(owner, AXVM_LAYOUT_SPACE_HOST, device->base_hpa.addr, device->length);
	else
		place_owner(owner, AXVM_LAYOUT_SPACE_GUEST, device->base_gpa.addr, device->length);
}

/* False when the key is not given. */
static bool boot_address(const axvm_layout_vm *vm, axvm_layout_table table, uint64_t *out)
{
	static const struct {
		axvm_layout_table table;
		uint32_t flag;
	} keys[] = {
		{ AXVM_LAYOUT_TABLE_ENTRY_POINT, AXVM_LAYOUT_HAS_ENTRY_POINT },
		{ AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR, AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR },
		{ AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR },
		{ AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR, AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR },
		{ AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR },
	};
	const axvm_gpa addresses[] = { vm->entry_point, vm->kernel_load_addr, vm->dtb_load_addr,
				       vm->ramdisk_load_addr, vm->bios_load_addr };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (keys[i].table != table || !(vm->flags & keys[i].flag))
			continue;
		*out = addresses[i].addr;
		return true;
	}
	return false;
}

static void fill_owner(const struct axvm_check *c, axvm_finding_owner *owner, size_t vm_index,
		       axvm_layout_table table, size_t index, enum axvm_side side)
{
	axvm_layout_space space =
		side == SIDE_HOST ? AXVM_LAYOUT_SPACE_HOST : AXVM_LAYOUT_SPACE_GUEST;
	const axvm_layout_vm *vm;
	uint64_t address;

	owner->table = table;
	owner->index = index;
	if (table == AXVM_LAYOUT_TABLE_HYPERVISOR) {
		const axvm_hpa_range *r = &c->limits.hypervisor[index];

		owner->vm = AXVM_LAYOUT_NO_VM;
		place_owner(owner, AXVM_LAYOUT_SPACE_HOST, r->start.addr, axvm_hpa_range_size(*r));
		return;
	}
	vm = axvm_check_vm(c, vm_index);
	owner->vm = vm_index;
	owner->vm_id = vm->id;
	if (index == AXVM_LAYOUT_WHOLE_TABLE)
		return;
	switch (table) {
	case AXVM_LAYOUT_TABLE_ID:
	case AXVM_LAYOUT_TABLE_NAME:
		name_owner(owner, vm->name);
		return;
	case AXVM_LAYOUT_TABLE_MEMORY_REGIONS: {
		const axvm_mem_config *memory = axvm_vm_memory(vm, index);

		place_owner(owner, space, memory->gpa.addr, memory->size);
		return;
	}
	case AXVM_LAYOUT_TABLE_EMU_DEVICES:
		place_emulated(owner, axvm_vm_emulated(vm, index));
		return;
	case AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES:
		place_passthrough(owner, axvm_vm_passthrough(vm, index), side);
		return;
	case AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES: {
		const axvm_passthrough_address_config *range = axvm_vm_address(vm, index);

		place_owner(owner, space, range->base_gpa.addr, range->length);
		return;
	}
	default:
		if (boot_address(vm, table, &address))
			place_owner(owner, AXVM_LAYOUT_SPACE_GUEST, address, 0);
	}
}

static void init_finding(axvm_finding *finding, const struct axvm_rule *rule, uint64_t value)
{
	/* Its padding, too: it may be compared or stored as bytes. */
	memset(finding, 0, sizeof(*finding));
	finding->size = sizeof(*finding);
	finding->value = value;
	finding->text = rule->text;
	finding->hint = rule->hint;
	finding->code = rule->code;
	finding->severity = rule->severity;
}

static void tell(struct axvm_check *c, const axvm_finding *finding)
{
	if (!c->found(finding, c->ctx))
		c->stopped = true;
}

static void report_one(struct axvm_check *c, const struct axvm_rule *rule, enum axvm_side side,
		       size_t vm, axvm_layout_table table, size_t index, uint64_t value)
{
	axvm_finding finding;

	if (c->stopped)
		return;
	init_finding(&finding, rule, value);
	fill_owner(c, &finding.a, vm, table, index, side);
	tell(c, &finding);
}

void axvm_check_report(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		       axvm_layout_table table, size_t index, uint64_t value)
{
	report_one(c, rule, SIDE_GUEST, vm, table, index, value);
}

void axvm_check_report_host(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
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

void axvm_check_report_two(struct axvm_check *c, const struct axvm_rule *rule, enum axvm_side side,
			   const struct axvm_span *x, const struct axvm_span *y, uint64_t value)
{
	const struct axvm_span *a = is_earlier(x, y) ? x : y;
	const struct axvm_span *b = a == x ? y : x;
	axvm_finding finding;

	if (c->stopped)
		return;
	init_finding(&finding, rule, value);
	fill_owner(c, &finding.a, a->vm, a->table, a->index, side);
	fill_owner(c, &finding.b, b->vm, b->table, b->index, side);
	tell(c, &finding);
}

AXVM_EXPORT axvm_error axvm_layout_scratch_size(const axvm_layout_vm *vms, size_t vm_size,
						size_t vm_count, const axvm_layout_limits *limits,
						size_t *out)
{
	axvm_error error;
	size_t entries, size;

	error = axvm_layout_validate(vms, vm_size, vm_count, limits, &entries);
	if (error != AXVM_OK)
		return error;
	if (__builtin_mul_overflow(entries, 2 * sizeof(struct axvm_span), &size))
		return AXVM_ERROR_NO_MEMORY;
	*out = size;
	return AXVM_OK;
}

static void run(struct axvm_check *c)
{
	for (size_t vm = 0; vm < c->vm_count && !c->stopped; vm++) {
		axvm_check_memory(c, vm);
		axvm_check_boot(c, vm);
		axvm_check_devices(c, vm);
		axvm_check_ranges(c, vm);
		axvm_check_lists(c, vm);
		axvm_check_cpus(c, vm);
	}
	if (!c->stopped)
		axvm_check_machine(c);
}

AXVM_EXPORT axvm_error axvm_layout_check(const axvm_layout_vm *vms, size_t vm_size, size_t vm_count,
					 const axvm_layout_limits *limits, axvm_finding_fn found,
					 void *ctx, void *scratch, size_t scratch_size)
{
	struct axvm_check c = { .vms = vms, .vm_size = vm_size, .vm_count = vm_count };
	void *allocated = NULL;
	axvm_error error;
	size_t needed;

	error = axvm_layout_scratch_size(vms, vm_size, vm_count, limits, &needed);
	if (error != AXVM_OK)
		return error;
	if (scratch) {
		if (scratch_size < needed || (uintptr_t)scratch % _Alignof(struct axvm_span) != 0)
			return AXVM_ERROR_INVALID_INPUT;
	} else if (needed != 0) {
		scratch = allocated = malloc(needed);
		if (!allocated)
			return AXVM_ERROR_NO_MEMORY;
	}
	if (limits)
		c.limits = *limits;
	c.found = found;
	c.ctx = ctx;
	c.spans = scratch;
	c.spare = scratch ? (struct axvm_span *)scratch + needed / sizeof(*c.spans) / 2 : NULL;
	run(&c);
	free(allocated);
	return AXVM_OK;
}

/* A caller's array that is filled up. */
struct collection {
	char *findings;
	size_t finding_size;
	size_t capacity;
	size_t count;
};

static bool collect(const axvm_finding *finding, void *ctx)
{
	struct collection *into = ctx;

	if (into->count < into->capacity) {
		size_t known = sizeof(*finding);
		size_t size = into->finding_size < known ? into->finding_size : known;
		char *out = into->findings + into->count * into->finding_size;
		axvm_finding cut = *finding;

		cut.size = size;
		memcpy(out, &cut, size);
		memset(out + size, 0, into->finding_size - size);
	}
	into->count++;
	return true;
}

AXVM_EXPORT axvm_error axvm_layout_findings(const axvm_layout_vm *vms, size_t vm_size,
					    size_t vm_count, const axvm_layout_limits *limits,
					    axvm_finding *findings, size_t finding_size,
					    size_t capacity, size_t *count, void *scratch,
					    size_t scratch_size)
{
	struct collection into = { (char *)findings, finding_size, capacity, 0 };
	axvm_error error = AXVM_ERROR_INVALID_INPUT;

	if (finding_size != 0 && (findings || capacity == 0))
		error = axvm_layout_check(vms, vm_size, vm_count, limits, collect, &into, scratch,
					  scratch_size);
	if (count)
		*count = error == AXVM_OK ? into.count : 0;
	return error;
}
