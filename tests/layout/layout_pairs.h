/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the sweeps of the layout check must find, by looking at each pair: for the test of
 * the sweeps and for the fuzzer. It covers a machine whose architecture is not given, where
 * a VM has at most one device of each type that may be there once, and no memory of type
 * identical.
 */
#ifndef LAYOUT_PAIRS_H
#define LAYOUT_PAIRS_H

#include <axvm/layout.h>

#define MAX_PAIR_ITEMS 512

/* A range that takes part, in table order. */
struct pair_item {
	uint64_t start, end;
	uint64_t offset; /* from guest to host; what has one offset may meet */
	axvm_layout_table table;
	uint32_t vm, index;
};

struct pair_items {
	struct pair_item list[MAX_PAIR_ITEMS];
	size_t count;
};

enum pair_unit { PAIR_BYTES, PAIR_PAGES };

__attribute__((__unused__)) static void pair_add(struct pair_items *items, size_t vm,
						 axvm_layout_table table, size_t index,
						 uint64_t start, uint64_t length, uint64_t offset,
						 enum pair_unit unit)
{
	const uint64_t in_page = AXVM_PAGE_SIZE_4K - 1;
	struct pair_item item = { start, start + length, offset,
				  table, (uint32_t)vm,	 (uint32_t)index };

	/* A range past the last address takes no part; that is a finding of its own. */
	if (length == 0 || length > UINT64_MAX - start || items->count == MAX_PAIR_ITEMS)
		return;
	if (unit == PAIR_PAGES) {
		item.start &= ~in_page;
		item.end = item.end > UINT64_MAX - in_page ? UINT64_MAX
							   : (item.end + in_page) & ~in_page;
	}
	items->list[items->count++] = item;
}

/* What is passed through: 0.5 maps a length, rounded up, from the beginning of a page. */
static void pair_add_mapped(struct pair_items *items, size_t vm, axvm_layout_table table,
			    size_t index, uint64_t start, uint64_t length, uint64_t offset,
			    axvm_model model, enum pair_unit unit)
{
	if (length > UINT64_MAX - start)
		return;
	if (model == AXVM_MODEL_0_5)
		start -= start % AXVM_PAGE_SIZE_4K;
	pair_add(items, vm, table, index, start, length, offset, unit);
}

/* An entry "/" that stands first and has no range makes the hypervisor drop all others. */
static bool pair_drops_passthrough(const axvm_layout_vm *vm)
{
	const axvm_passthrough_device_config *first = vm->passthrough_devices;

	return vm->passthrough_device_count != 0 && first->name && first->name[0] == '/' &&
	       first->base_gpa.addr == 0 && first->base_hpa.addr == 0 && first->length == 0 &&
	       first->irq_id == 0;
}

/* From the page of the guest to that of the host. */
static uint64_t pair_offset(const axvm_passthrough_device_config *device)
{
	return device->base_hpa.addr / AXVM_PAGE_SIZE_4K * AXVM_PAGE_SIZE_4K -
	       device->base_gpa.addr / AXVM_PAGE_SIZE_4K * AXVM_PAGE_SIZE_4K;
}

/* The guest ranges of a VM. */
__attribute__((__unused__)) static void
pair_guest_items(struct pair_items *items, const axvm_layout_vm *vm, size_t v, axvm_model model)
{
	bool dropped = pair_drops_passthrough(vm);

	items->count = 0;
	for (size_t i = 0; i < vm->memory_region_count; i++)
		pair_add(items, v, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i,
			 vm->memory_regions[i].gpa.addr, vm->memory_regions[i].size, 0, PAIR_PAGES);
	/* From 0.7.3 on no device has an address in a file. */
	if (model >= AXVM_MODEL_0_7_3)
		return;
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];
		uint64_t start = device->base_gpa.addr, length = device->length;

		if (device->emu_type == AXVM_EMULATED_DEVICE_DUMMY || length == 0)
			continue;
		if (device->emu_type == AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER) {
			start = 0x8000000;
			length = 0x10000;
		}
		/* 0.5 finds the device of an access by its address, 0.7 by its page. */
		pair_add(items, v, AXVM_LAYOUT_TABLE_EMU_DEVICES, i, start, length, 0,
			 model == AXVM_MODEL_0_5 ? PAIR_BYTES : PAIR_PAGES);
	}
	for (size_t i = 0; i < vm->passthrough_device_count && !dropped; i++) {
		const axvm_passthrough_device_config *device = &vm->passthrough_devices[i];

		pair_add_mapped(items, v, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
				device->base_gpa.addr, device->length, pair_offset(device), model,
				PAIR_PAGES);
	}
	for (size_t i = 0; i < vm->passthrough_address_count; i++)
		pair_add_mapped(items, v, AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, i,
				vm->passthrough_addresses[i].base_gpa.addr,
				vm->passthrough_addresses[i].length, 0, model, PAIR_PAGES);
	for (size_t i = 0; i < vm->reserved_address_count && model != AXVM_MODEL_0_5; i++)
		pair_add(items, v, AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES, i,
			 vm->reserved_addresses[i].base_gpa.addr, vm->reserved_addresses[i].length,
			 0, PAIR_PAGES);
}

/* The host ranges of all VMs, and the hypervisor's own. */
__attribute__((__unused__)) static void pair_host_items(struct pair_items *items,
							const axvm_layout_vm *vms, size_t vm_count,
							const axvm_layout_limits *limits)
{
	items->count = 0;
	for (size_t v = 0; v < vm_count; v++) {
		const axvm_layout_vm *vm = &vms[v];
		bool dropped = pair_drops_passthrough(vm);

		for (size_t i = 0; i < vm->memory_region_count; i++) {
			const axvm_mem_config *memory = &vm->memory_regions[i];

			if (memory->map_type == AXVM_MEM_MAPPING_RESERVED)
				pair_add(items, v, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i,
					 memory->gpa.addr, memory->size, 0, PAIR_PAGES);
		}
		if (limits->model >= AXVM_MODEL_0_7_3)
			continue;
		for (size_t i = 0; i < vm->passthrough_device_count && !dropped; i++) {
			const axvm_passthrough_device_config *device = &vm->passthrough_devices[i];

			/* 0.5 maps the guest's address to itself. */
			if (limits->model == AXVM_MODEL_0_5)
				pair_add_mapped(items, v, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
						device->base_gpa.addr, device->length, 0,
						limits->model, PAIR_PAGES);
			else
				pair_add(items, v, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
					 device->base_hpa.addr, device->length, 0, PAIR_PAGES);
		}
		for (size_t i = 0; i < vm->passthrough_address_count; i++)
			pair_add_mapped(items, v, AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, i,
					vm->passthrough_addresses[i].base_gpa.addr,
					vm->passthrough_addresses[i].length, 0, limits->model,
					PAIR_PAGES);
	}
	for (size_t i = 0; i < limits->hypervisor_count; i++) {
		const axvm_hpa_range *own = &limits->hypervisor[i];

		if (own->start.addr < own->end.addr)
			pair_add(items, AXVM_LAYOUT_NO_VM, AXVM_LAYOUT_TABLE_HYPERVISOR, i,
				 own->start.addr, own->end.addr - own->start.addr, 0, PAIR_PAGES);
	}
}

/* The host ranges that a VM passes through, byte by byte. */
__attribute__((__unused__)) static void pair_host_twice_items(struct pair_items *items,
							      const axvm_layout_vm *vm, size_t v,
							      axvm_model model)
{
	bool dropped = pair_drops_passthrough(vm);

	items->count = 0;
	if (model >= AXVM_MODEL_0_7_3)
		return;
	for (size_t i = 0; i < vm->passthrough_device_count && !dropped; i++) {
		const axvm_passthrough_device_config *device = &vm->passthrough_devices[i];

		pair_add(items, v, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i, device->base_hpa.addr,
			 device->length, pair_offset(device), PAIR_BYTES);
	}
	for (size_t i = 0; i < vm->passthrough_address_count; i++)
		pair_add_mapped(items, v, AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, i,
				vm->passthrough_addresses[i].base_gpa.addr,
				vm->passthrough_addresses[i].length, 0, model, PAIR_BYTES);
}

static bool pair_is_memory(const struct pair_item *item)
{
	return item->table == AXVM_LAYOUT_TABLE_MEMORY_REGIONS;
}

static bool pair_is_mapped(const struct pair_item *item)
{
	return item->table == AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES ||
	       item->table == AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES;
}

/* Whether two of them may not meet, by that code, and do. */
static bool pair_conflicts(axvm_finding_code code, const struct pair_item *a,
			   const struct pair_item *b)
{
	if (a->start >= b->end || b->start >= a->end)
		return false;
	switch (code) {
	case AXVM_FINDING_MEMORY_OVERLAP:
		return pair_is_memory(a) && pair_is_memory(b);
	case AXVM_FINDING_DEVICE_IN_MEMORY:
		return pair_is_memory(a) != pair_is_memory(b);
	case AXVM_FINDING_DEVICE_OVERLAP:
		return !pair_is_memory(a) && !pair_is_memory(b) &&
		       !(pair_is_mapped(a) && pair_is_mapped(b) && a->offset == b->offset);
	case AXVM_FINDING_HOST_CONFLICT:
		return a->vm != b->vm;
	case AXVM_FINDING_DEVICE_HOST_TWICE:
		return a->offset != b->offset;
	default:
		return true;
	}
}

/* In the order of the sweep: by start, then in table order. */
static bool pair_is_before(const struct pair_items *items, size_t i, size_t j)
{
	return items->list[i].start < items->list[j].start ||
	       (items->list[i].start == items->list[j].start && i < j);
}

static size_t pair_item_of(const struct pair_items *items, const axvm_finding_owner *owner)
{
	size_t i = 0;

	while (i < items->count &&
	       (items->list[i].vm != owner->vm || items->list[i].table != owner->table ||
		items->list[i].index != owner->index))
		i++;
	return i;
}

/*
 * Each one that meets an earlier one is found once, against one that reaches furthest, and no
 * other. NULL if it is so, or what is wrong. Findings of a code that belong to other VMs are
 * left alone, as their owners are not among the items.
 */
__attribute__((__unused__)) static const char *pairs_differ(const struct pair_items *items,
							    axvm_finding_code code,
							    const axvm_finding *found, size_t count)
{
	size_t reported[MAX_PAIR_ITEMS] = { 0 };
	uint64_t furthest[MAX_PAIR_ITEMS] = { 0 };

	for (size_t i = 0; i < items->count; i++) {
		for (size_t j = 0; j < items->count; j++) {
			if (pair_is_before(items, j, i) &&
			    pair_conflicts(code, &items->list[i], &items->list[j]) &&
			    items->list[j].end > furthest[i])
				furthest[i] = items->list[j].end;
		}
	}
	for (size_t k = 0; k < count; k++) {
		size_t a = pair_item_of(items, &found[k].a), b = pair_item_of(items, &found[k].b);
		size_t later, earlier;

		if (found[k].code != code || (a == items->count && b == items->count))
			continue;
		if (a >= b || b == items->count)
			return "a finding has two that take part, in table order";
		later = pair_is_before(items, a, b) ? b : a;
		earlier = later == a ? b : a;
		if (!pair_conflicts(code, &items->list[earlier], &items->list[later]))
			return "two that may meet, or do not, are found";
		if (items->list[earlier].end != furthest[later])
			return "it is not found against the one that reaches furthest";
		reported[later]++;
	}
	for (size_t i = 0; i < items->count; i++) {
		if (reported[i] != (furthest[i] != 0))
			return reported[i] ? "one is found more than once" : "one is not found";
	}
	return NULL;
}

#endif
