/* SPDX-License-Identifier: Apache-2.0 */
#include "owner.h"
#include "devices.h"
#include "facts.h"

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
	/* Without a footprint it is told as configured; one that is skipped has no fixed place. */
	if (fixed ? configured : !axvm_emulated_device_config_footprint(device, &r))
		place_owner(owner, space, device->base_gpa.addr, device->length);
	else
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
	if (axvm_passthrough_is_discovered(device))
		return;
	if (side == SIDE_HOST_MAPPED && c->limits.model == AXVM_MODEL_0_5)
		host = device->base_gpa.addr;
	if (is_of_host(side))
		place_owner(owner, AXVM_LAYOUT_SPACE_HOST, host, device->length);
	else
		place_owner(owner, AXVM_LAYOUT_SPACE_GUEST, device->base_gpa.addr, device->length);
}

void axvm_owner_fill(const struct axvm_check *c, axvm_finding_owner *owner, size_t vm_index,
		     axvm_layout_table table, size_t index, enum axvm_side side)
{
	axvm_layout_space space =
		is_of_host(side) ? AXVM_LAYOUT_SPACE_HOST : AXVM_LAYOUT_SPACE_GUEST;
	const axvm_layout_vm *vm;
	axvm_gpa address;

	owner->table = table;
	owner->index = (uint32_t)index;
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
	case AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES: {
		const axvm_reserved_address_config *range = &vm->reserved_addresses[index];

		place_owner(owner, space, range->base_gpa.addr, range->length);
		return;
	}
	default:
		if (axvm_boot_address(vm, table, &address))
			place_owner(owner, AXVM_LAYOUT_SPACE_GUEST, address.addr, 0);
	}
}
