/* SPDX-License-Identifier: Apache-2.0 */
#include "validate.h"
#include "context.h"

/* All that this version knows of axvm_layout_vm.flags. */
#define KNOWN_FLAGS UINT32_C(0x3ffff)

_Static_assert(AXVM_LAYOUT_COMPLETE == 0x20000, "the last flag is the highest known bit");

/*
 * No version's struct is as long. Trailing bytes are read as far as a size says: one that was
 * never set must not lead beyond the object.
 */
#define LONGEST_STRUCT 4096

/* Members to come must not lie in what callers of today leave unset. */
_Static_assert(offsetof(axvm_layout_vm, reserved) + sizeof(((axvm_layout_vm *)0)->reserved) ==
		       sizeof(axvm_layout_vm),
	       "no padding at the end of a VM");
_Static_assert(offsetof(axvm_layout_limits, reserved) +
			       sizeof(((axvm_layout_limits *)0)->reserved) ==
		       sizeof(axvm_layout_limits),
	       "no padding at the end of the limits");

static bool is_zero(const void *from, const void *to)
{
	for (const unsigned char *byte = from; byte != to; byte++) {
		if (*byte != 0)
			return false;
	}
	return true;
}

/* Bytes that this version does not know must be zero: they would change the meaning. */
static bool struct_is_valid(const void *object, size_t size, size_t known, size_t align)
{
	return size >= known && size <= LONGEST_STRUCT && size % align == 0 &&
	       is_zero((const char *)object + known, (const char *)object + size);
}

#define STRUCT_IS_VALID(object, size)                                                              \
	struct_is_valid((object), (size), sizeof(*(object)), _Alignof(__typeof__(*(object))))

/* Indexes are of 32 bits. */
static bool array_is_valid(const void *array, size_t count, size_t align)
{
	return count == 0 || (count < UINT32_MAX && array && (uintptr_t)array % align == 0);
}

#define ARRAY_IS_VALID(array, count)                                                               \
	array_is_valid((array), (count), _Alignof(__typeof__(*(array))))

static bool flags_are_valid(axvm_layout_flags flags)
{
	const axvm_layout_flags both = AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;

	return (flags & ~KNOWN_FLAGS) == 0 && (flags & both) != both;
}

static bool vm_is_valid(const axvm_layout_vm *vm, size_t stride)
{
	if (vm->size != stride || !STRUCT_IS_VALID(vm, stride) || !flags_are_valid(vm->flags) ||
	    !ARRAY_IS_VALID(vm->phys_cpu_ids, vm->phys_cpu_id_count) ||
	    !ARRAY_IS_VALID(vm->phys_cpu_sets, vm->phys_cpu_set_count) ||
	    !ARRAY_IS_VALID(vm->memory_regions, vm->memory_region_count) ||
	    !ARRAY_IS_VALID(vm->emu_devices, vm->emu_device_count) ||
	    !ARRAY_IS_VALID(vm->passthrough_devices, vm->passthrough_device_count) ||
	    !ARRAY_IS_VALID(vm->passthrough_addresses, vm->passthrough_address_count) ||
	    !ARRAY_IS_VALID(vm->passthrough_ports, vm->passthrough_port_count) ||
	    !ARRAY_IS_VALID(vm->reserved_addresses, vm->reserved_address_count) ||
	    !ARRAY_IS_VALID(vm->disabled_paths, vm->disabled_path_count) ||
	    !is_zero(vm->reserved, vm->reserved + sizeof(vm->reserved)))
		return false;
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];

		if (!ARRAY_IS_VALID(device->cfg_list, device->cfg_list_len))
			return false;
	}
	return true;
}

static bool model_is_valid(axvm_model model)
{
	axvm_model known;

	return axvm_model_try_from_usize(model, &known);
}

static bool limits_are_valid(const axvm_layout_limits *limits)
{
	if (!limits)
		return true;
	if ((uintptr_t)limits % _Alignof(axvm_layout_limits) != 0 ||
	    !STRUCT_IS_VALID(limits, limits->size) || limits->gpa_bits > 64 ||
	    !model_is_valid(limits->model) ||
	    !is_zero(limits->reserved, limits->reserved + sizeof(limits->reserved)) ||
	    !ARRAY_IS_VALID(limits->hypervisor, limits->hypervisor_count))
		return false;
	for (size_t i = 0; i < limits->hypervisor_count; i++) {
		if (limits->hypervisor[i].start.addr > limits->hypervisor[i].end.addr)
			return false;
	}
	return true;
}

/* An entry's place in a sorted list is a number of 32 bits, and its size is one of a size_t. */
#define MOST_ENTRIES                                                                               \
	(SIZE_MAX / AXVM_ENTRY_SIZE < UINT32_MAX ? SIZE_MAX / AXVM_ENTRY_SIZE : UINT32_MAX)

/* How many entries the lists have: of ranges (and IRQs and names), of CPU ids and masks. */
struct entries {
	uint64_t ranges, cpus;
};

/* Of arrays with less than 2^32 elements each, so it fits. */
static struct entries count_entries(const axvm_layout_vm *vm)
{
	struct entries n = { vm->memory_region_count, vm->phys_cpu_id_count };

	n.cpus += vm->phys_cpu_set_count;
	n.ranges += vm->emu_device_count;
	n.ranges += vm->passthrough_device_count;
	n.ranges += vm->passthrough_address_count;
	n.ranges += vm->passthrough_port_count;
	n.ranges += vm->reserved_address_count;
	n.ranges += vm->disabled_path_count;
	return n;
}

static uint64_t most_entries(const struct entries *n)
{
	return n->ranges > n->cpus ? n->ranges : n->cpus;
}

axvm_error axvm_layout_validate(const axvm_layout_vm *vms, size_t vm_count,
				const axvm_layout_limits *limits, size_t *entries)
{
	struct entries all = { 0, 0 };
	uint64_t most = 0;

	if (!ARRAY_IS_VALID(vms, vm_count) || !limits_are_valid(limits))
		return AXVM_ERROR_INVALID_INPUT;
	if (limits)
		all.ranges = limits->hypervisor_count;
	for (size_t i = 0; i < vm_count; i++) {
		const axvm_layout_vm *vm = axvm_layout_vm_at(vms, i);
		struct entries n;

		/* The first one is looked at before it leads to the second. */
		if (!vm_is_valid(vm, vms->size))
			return AXVM_ERROR_INVALID_INPUT;
		/* Before they are added up, so that less than 2^32 VMs cannot overflow. */
		n = count_entries(vm);
		if (most_entries(&n) > MOST_ENTRIES)
			return AXVM_ERROR_NO_MEMORY;
		all.ranges += n.ranges;
		all.cpus += n.cpus;
		if (most_entries(&n) > most)
			most = most_entries(&n);
	}
	if (vm_count > 1 || (limits && limits->hypervisor_count != 0)) {
		most = most_entries(&all);
		/* Ids and names of VMs. */
		if (most < vm_count)
			most = vm_count;
	}
	if (most > MOST_ENTRIES)
		return AXVM_ERROR_NO_MEMORY;
	*entries = (size_t)most;
	return AXVM_OK;
}
