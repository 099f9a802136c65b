/* SPDX-License-Identifier: Apache-2.0 */
#include "validate.h"
#include "context.h"
#include "export.h"

/* All that this version knows of axvm_layout_vm.flags. */
#define KNOWN_FLAGS UINT32_C(0xfffff)

_Static_assert(AXVM_LAYOUT_KERNEL_HAS_ENTRY == 0x80000, "the last flag is the highest known bit");

/*
 * No version's struct is as long. Trailing bytes are read as far as a size says: one that was
 * never set must not lead beyond the object.
 */
#define LONGEST_STRUCT 4096

/* Members to come must not be in what callers of today leave unset. */
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

#define UNKNOWN_BYTES                                                                              \
	" has bytes past its end that this version does not know and that are not zero"
#define BAD_SIZE " is below this version's, above 4096, or no multiple of the alignment"
#define BAD_ARRAY " is NULL with elements, misaligned, or has 2^32 - 1 elements or more"

static bool size_is_valid(size_t size, size_t known, size_t align)
{
	return size >= known && size <= LONGEST_STRUCT && size % align == 0;
}

#define SIZE_IS_VALID(object, size)                                                                \
	size_is_valid((size), sizeof(*(object)), _Alignof(__typeof__(*(object))))

/* Bytes that this version does not know must be zero: they would change the meaning. */
#define REST_IS_ZERO(object, size)                                                                 \
	is_zero((const char *)(object) + sizeof(*(object)), (const char *)(object) + (size))

/* Indexes are of 32 bits. */
static bool array_is_valid(const void *array, size_t count, size_t align)
{
	return count == 0 || (count < UINT32_MAX && array && (uintptr_t)array % align == 0);
}

#define ARRAY_IS_VALID(array, count)                                                               \
	array_is_valid((array), (count), _Alignof(__typeof__(*(array))))

static const char *flags_problem(axvm_layout_flags flags)
{
	const axvm_layout_flags both = AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;

	if ((flags & ~KNOWN_FLAGS) != 0)
		return "flags has a bit that this version does not know";
	if ((flags & both) == both)
		return "flags has AXVM_LAYOUT_KERNEL_BZIMAGE and AXVM_LAYOUT_KERNEL_NOT_BZIMAGE";
	return NULL;
}

/* An address that no rule would look at is a flag that was forgotten. */
static const char *address_problem(const axvm_layout_vm *vm)
{
#define TRY_ADDRESS(member, flag)                                                                  \
	if (vm->member.addr != 0 && (vm->flags & (flag)) == 0)                                     \
	return #member " is set without " #flag
	TRY_ADDRESS(entry_point, AXVM_LAYOUT_HAS_ENTRY_POINT);
	TRY_ADDRESS(kernel_load_addr, AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR);
	TRY_ADDRESS(dtb_load_addr, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR);
	TRY_ADDRESS(ramdisk_load_addr, AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR);
	TRY_ADDRESS(bios_load_addr, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR);
#undef TRY_ADDRESS
	return NULL;
}

static const char *array_problem(const axvm_layout_vm *vm)
{
#define TRY_ARRAY(array, count)                                                                    \
	if (!ARRAY_IS_VALID(vm->array, vm->count))                                                 \
	return #array BAD_ARRAY
	TRY_ARRAY(phys_cpu_ids, phys_cpu_id_count);
	TRY_ARRAY(phys_cpu_sets, phys_cpu_set_count);
	TRY_ARRAY(memory_regions, memory_region_count);
	TRY_ARRAY(emu_devices, emu_device_count);
	TRY_ARRAY(passthrough_devices, passthrough_device_count);
	TRY_ARRAY(passthrough_addresses, passthrough_address_count);
	TRY_ARRAY(passthrough_ports, passthrough_port_count);
	TRY_ARRAY(reserved_addresses, reserved_address_count);
	TRY_ARRAY(disabled_paths, disabled_path_count);
#undef TRY_ARRAY
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];

		if (!ARRAY_IS_VALID(device->cfg_list, device->cfg_list_len))
			return "cfg_list of an emulated device" BAD_ARRAY;
	}
	return NULL;
}

static const char *vm_problem(const axvm_layout_vm *vm, size_t stride)
{
	const char *problem;

	if (vm->size != stride)
		return "size of a VM is not that of the first one";
	if (!SIZE_IS_VALID(vm, stride))
		return "size of a VM" BAD_SIZE;
	if (!REST_IS_ZERO(vm, stride))
		return "axvm_layout_vm" UNKNOWN_BYTES;
	if (!is_zero(vm->reserved, vm->reserved + sizeof(vm->reserved)))
		return "reserved of a VM is not zero";
	problem = flags_problem(vm->flags);
	if (!problem)
		problem = address_problem(vm);
	return problem ? problem : array_problem(vm);
}

static bool model_is_valid(axvm_model model)
{
	axvm_model known;

	return axvm_model_try_from_usize(model, &known);
}

static bool has_inverted(const axvm_hpa_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ranges[i].start.addr > ranges[i].end.addr)
			return true;
	}
	return false;
}

static const char *limits_problem(const axvm_layout_limits *limits)
{
	if ((uintptr_t)limits % _Alignof(axvm_layout_limits) != 0)
		return "the limits are misaligned";
	if (!SIZE_IS_VALID(limits, limits->size))
		return "size of the limits" BAD_SIZE;
	if (!REST_IS_ZERO(limits, limits->size))
		return "axvm_layout_limits" UNKNOWN_BYTES;
	if (limits->gpa_bits > 64)
		return "gpa_bits is above 64";
	if (!model_is_valid(limits->model))
		return "model is a version that the library does not know";
	if (!is_zero(limits->reserved, limits->reserved + sizeof(limits->reserved)))
		return "reserved of the limits is not zero";
	if (!ARRAY_IS_VALID(limits->hypervisor, limits->hypervisor_count))
		return "hypervisor" BAD_ARRAY;
	if (has_inverted(limits->hypervisor, limits->hypervisor_count))
		return "a range of the hypervisor is inverted";
	if (!ARRAY_IS_VALID(limits->host_memory, limits->host_memory_count))
		return "host_memory" BAD_ARRAY;
	if (has_inverted(limits->host_memory, limits->host_memory_count))
		return "a range of the host's memory is inverted";
	return NULL;
}

AXVM_EXPORT const char *axvm_layout_problem(const axvm_layout_vm *vms, size_t vm_count,
					    const axvm_layout_limits *limits)
{
	const char *problem = NULL;

	if (!ARRAY_IS_VALID(vms, vm_count))
		return "vms" BAD_ARRAY;
	if (limits)
		problem = limits_problem(limits);
	/* The first one is looked at before it leads to the second. */
	for (size_t i = 0; !problem && i < vm_count; i++)
		problem = vm_problem(axvm_layout_vm_at(vms, i), vms->size);
	return problem;
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

	if (axvm_layout_problem(vms, vm_count, limits))
		return AXVM_ERROR_INVALID_INPUT;
	if (limits)
		all.ranges = limits->hypervisor_count;
	for (size_t i = 0; i < vm_count; i++) {
		struct entries n = count_entries(axvm_layout_vm_at(vms, i));

		/* Before they are added up, so that less than 2^32 VMs cannot overflow. */
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
	if (limits && most < limits->host_memory_count)
		most = limits->host_memory_count;
	if (most > MOST_ENTRIES)
		return AXVM_ERROR_NO_MEMORY;
	*entries = (size_t)most;
	return AXVM_OK;
}
