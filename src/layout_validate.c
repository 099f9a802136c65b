/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_check.h"

/* All that this version knows of axvm_layout_vm.flags. */
#define KNOWN_FLAGS 0x3fff

/* Members to come must not lie in what callers of today leave unset. */
_Static_assert(offsetof(axvm_layout_vm, reserved) + sizeof(((axvm_layout_vm *)0)->reserved) ==
		       sizeof(axvm_layout_vm),
	       "no padding at the end of a VM");
_Static_assert(offsetof(axvm_layout_limits, reserved) +
			       sizeof(((axvm_layout_limits *)0)->reserved) ==
		       sizeof(axvm_layout_limits),
	       "no padding at the end of the limits");
_Static_assert(AXVM_LAYOUT_HAS_PHYS_CPU_SETS == 0x2000, "the last flag is the highest known bit");

/* Bytes that this version does not know must be zero: they would change the meaning. */
static bool rest_is_zero(const void *object, size_t known, size_t size)
{
	const unsigned char *bytes = object;

	for (size_t i = known; i < size; i++) {
		if (bytes[i] != 0)
			return false;
	}
	return true;
}

/* An array of structs of which known bytes are known; size is that of an element. */
static bool array_is_valid(const void *array, size_t count, size_t size, size_t known, size_t align)
{
	if (count == 0)
		return true;
	if (!array || (uintptr_t)array % align != 0 || size < known || size % align != 0)
		return false;
	if (size == known)
		return true;
	for (size_t i = 0; i < count; i++) {
		if (!rest_is_zero((const char *)array + i * size, known, size))
			return false;
	}
	return true;
}

#define ARRAY_IS_VALID(array, count, size)                                                         \
	array_is_valid((array), (count), (size), sizeof(*(array)), _Alignof(__typeof__(*(array))))
#define NUMBERS_ARE_VALID(array, count) ARRAY_IS_VALID(array, count, sizeof(*(array)))

static bool vm_is_valid(const axvm_layout_vm *vm, size_t vm_size)
{
	if (vm->size != vm_size || (vm->flags & ~(uint32_t)KNOWN_FLAGS) != 0 ||
	    !rest_is_zero(vm->reserved, 0, sizeof(vm->reserved)))
		return false;
	if (!NUMBERS_ARE_VALID(vm->phys_cpu_ids, vm->phys_cpu_id_count) ||
	    !NUMBERS_ARE_VALID(vm->phys_cpu_sets, vm->phys_cpu_set_count) ||
	    !ARRAY_IS_VALID(vm->memory_regions, vm->memory_region_count, vm->memory_region_size) ||
	    !ARRAY_IS_VALID(vm->emu_devices, vm->emu_device_count, vm->emu_device_size) ||
	    !ARRAY_IS_VALID(vm->passthrough_devices, vm->passthrough_device_count,
			    vm->passthrough_device_size) ||
	    !ARRAY_IS_VALID(vm->passthrough_addresses, vm->passthrough_address_count,
			    vm->passthrough_address_size))
		return false;
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = axvm_vm_emulated(vm, i);

		if (!NUMBERS_ARE_VALID(device->cfg_list, device->cfg_list_len))
			return false;
	}
	return true;
}

static bool limits_are_valid(const axvm_layout_limits *limits)
{
	if (!limits)
		return true;
	if ((uintptr_t)limits % _Alignof(axvm_layout_limits) != 0 ||
	    limits->size < sizeof(*limits) || limits->gpa_bits > 64 ||
	    !rest_is_zero(limits->reserved, 0, sizeof(limits->reserved)) ||
	    !rest_is_zero(limits, sizeof(*limits), limits->size) ||
	    !NUMBERS_ARE_VALID(limits->hypervisor, limits->hypervisor_count))
		return false;
	for (size_t i = 0; i < limits->hypervisor_count; i++) {
		if (limits->hypervisor[i].start.addr > limits->hypervisor[i].end.addr)
			return false;
	}
	return true;
}

/* How many entries each list has: of ranges (and IRQs and names), CPU ids and masks. */
struct entries {
	size_t ranges, ids, sets;
};

static bool add_entries(struct entries *sum, const struct entries *n)
{
	return !__builtin_add_overflow(sum->ranges, n->ranges, &sum->ranges) &&
	       !__builtin_add_overflow(sum->ids, n->ids, &sum->ids) &&
	       !__builtin_add_overflow(sum->sets, n->sets, &sum->sets);
}

static bool count_entries(const axvm_layout_vm *vm, struct entries *out)
{
	struct entries emulated = { vm->emu_device_count, 0, 0 };
	struct entries passthrough = { vm->passthrough_device_count, 0, 0 };
	struct entries addresses = { vm->passthrough_address_count, 0, 0 };

	*out = (struct entries){ vm->memory_region_count, vm->phys_cpu_id_count,
				 vm->phys_cpu_set_count };
	return add_entries(out, &emulated) && add_entries(out, &passthrough) &&
	       add_entries(out, &addresses);
}

static size_t most_entries(const struct entries *n)
{
	size_t most = n->ids > n->sets ? n->ids : n->sets;

	return n->ranges > most ? n->ranges : most;
}

axvm_error axvm_layout_validate(const axvm_layout_vm *vms, size_t vm_size, size_t vm_count,
				const axvm_layout_limits *limits, size_t *entries)
{
	struct axvm_check c = { .vms = vms, .vm_size = vm_size };
	struct entries all = { 0, 0, 0 };
	size_t most = 0;

	if (vm_count >= UINT32_MAX || !ARRAY_IS_VALID(vms, vm_count, vm_size) ||
	    !limits_are_valid(limits))
		return AXVM_ERROR_INVALID_INPUT;
	if (limits)
		all.ranges = limits->hypervisor_count;
	for (size_t i = 0; i < vm_count; i++) {
		const axvm_layout_vm *vm = axvm_check_vm(&c, i);
		struct entries n;

		if (!vm_is_valid(vm, vm_size))
			return AXVM_ERROR_INVALID_INPUT;
		if (!count_entries(vm, &n) || !add_entries(&all, &n))
			return AXVM_ERROR_NO_MEMORY;
		if (most_entries(&n) > most)
			most = most_entries(&n);
	}
	if (vm_count > 1 || (limits && limits->hypervisor_count != 0)) {
		most = most_entries(&all);
		/* Ids and names of VMs. */
		if (most < vm_count)
			most = vm_count;
	}
	*entries = most;
	return AXVM_OK;
}
