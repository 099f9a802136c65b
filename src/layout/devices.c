/* SPDX-License-Identifier: Apache-2.0 */
#include "devices.h"

bool axvm_emulated_is_known(const struct axvm_check *c, const axvm_emulated_device_config *device)
{
	axvm_emulated_device_type known;

	return axvm_emulated_device_type_try_from_usize_in(c->limits.model, device->emu_type,
							   &known);
}

bool axvm_emulated_is_skipped(const struct axvm_check *c, const axvm_emulated_device_config *device)
{
	axvm_arch known;

	return axvm_arch_try_from_usize(c->limits.arch, &known) &&
	       !axvm_emulated_device_type_supports(device->emu_type, known);
}

axvm_arch axvm_emulated_arch(axvm_emulated_device_type type)
{
	axvm_arch arch, only = AXVM_ARCH_UNKNOWN;

	/* No list to forget one in: the numbers have no gap. */
	for (uint64_t value = AXVM_ARCH_UNKNOWN + 1; axvm_arch_try_from_usize(value, &arch);
	     value++) {
		if (!axvm_emulated_device_type_supports(type, arch))
			continue;
		if (only != AXVM_ARCH_UNKNOWN)
			return AXVM_ARCH_UNKNOWN;
		only = arch;
	}
	return only;
}

bool axvm_emulated_fixed_place(axvm_emulated_device_type type, axvm_gpa_range *out)
{
	const axvm_emulated_device_config anywhere = { .emu_type = type };

	switch (type) {
	case AXVM_EMULATED_DEVICE_CONSOLE:
		*out = axvm_gpa_range_from_start_size(axvm_gpa_new(0x3f8), 8);
		return true;
	case AXVM_EMULATED_DEVICE_X86_PIT:
		*out = axvm_gpa_range_from_start_size(axvm_gpa_new(0x40), 0x22);
		return true;
	case AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER:
		return axvm_emulated_device_config_footprint(&anywhere, out);
	default:
		return false;
	}
}

bool axvm_emulated_is_old_gppt(const axvm_emulated_device_config *device)
{
	return device->emu_type == AXVM_EMULATED_DEVICE_CONSOLE &&
	       device->base_gpa.addr > UINT16_MAX;
}

bool axvm_emulated_is_of_old_file(const axvm_emulated_device_config *device)
{
	return device->emu_type == AXVM_EMULATED_DEVICE_FW_CFG || axvm_emulated_is_old_gppt(device);
}

enum axvm_single axvm_emulated_single(const struct axvm_check *c,
				      const axvm_emulated_device_config *device)
{
	if (axvm_emulated_is_skipped(c, device))
		return SINGLE_NO;
	switch (device->emu_type) {
	case AXVM_EMULATED_DEVICE_CONSOLE:
		return SINGLE_CONSOLE;
	case AXVM_EMULATED_DEVICE_X86_PIT:
		return SINGLE_PIT;
	case AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER:
		return SINGLE_INTERRUPT_CONTROLLER;
	case AXVM_EMULATED_DEVICE_IVC_CHANNEL:
		return SINGLE_IVC;
	case AXVM_EMULATED_DEVICE_PPPT_GLOBAL:
		return c->limits.model < AXVM_MODEL_0_7 ? SINGLE_NO : SINGLE_PLIC;
	default:
		return SINGLE_NO;
	}
}

bool axvm_emulated_take_single(const struct axvm_check *c,
			       const axvm_emulated_device_config *device, unsigned *taken)
{
	enum axvm_single kind = axvm_emulated_single(c, device);
	unsigned before = *taken;

	if (kind == SINGLE_NO)
		return true;
	*taken |= 1U << kind;
	return *taken != before;
}

bool axvm_emulated_range(const struct axvm_check *c, const axvm_emulated_device_config *device,
			 axvm_gpa_range *out)
{
	axvm_gpa_range r;

	if (device->length == 0 || !axvm_emulated_is_known(c, device) ||
	    axvm_emulated_is_skipped(c, device) ||
	    !axvm_emulated_device_config_footprint(device, &r) || axvm_gpa_range_is_empty(r))
		return false;
	*out = r;
	return true;
}

axvm_gpa_range axvm_mapped_range(const struct axvm_check *c, axvm_gpa_range r)
{
	if (c->limits.model >= AXVM_MODEL_0_7)
		return r;
	return axvm_gpa_range_from_start_size(axvm_gpa_align_down_4k(r.start),
					      axvm_gpa_range_size(r));
}

bool axvm_reserved_range(const struct axvm_check *c, const axvm_reserved_address_config *reserved,
			 axvm_gpa_range *out)
{
	/* 0.5 has none. */
	return c->limits.model >= AXVM_MODEL_0_7 && reserved->length != 0 &&
	       axvm_gpa_range_try_from_start_size(reserved->base_gpa, reserved->length, out);
}

bool axvm_passthrough_is_discovered(const axvm_passthrough_device_config *device)
{
	return device->name && device->name[0] == '/' && device->base_gpa.addr == 0 &&
	       device->base_hpa.addr == 0 && device->length == 0 && device->irq_id == 0;
}

bool axvm_passthrough_discovery_works(const struct axvm_check *c,
				      const axvm_passthrough_device_config *device)
{
	switch (c->limits.arch) {
	case AXVM_ARCH_X86_64:
		return false;
	case AXVM_ARCH_LOONGARCH64:
		/* Without a device tree: all that the host's ACPI has, or nothing. */
		return c->limits.model >= AXVM_MODEL_0_7 && device->name[1] == '\0';
	default:
		return true;
	}
}

bool axvm_passthrough_drops_ranges(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	/* The first entry decides, but for the one "/" of LoongArch. */
	size_t count = vm->passthrough_device_count;

	if (count > 1 && c->limits.arch != AXVM_ARCH_LOONGARCH64)
		count = 1;
	for (size_t i = 0; i < count; i++) {
		const axvm_passthrough_device_config *device = &vm->passthrough_devices[i];

		if (axvm_passthrough_is_discovered(device) &&
		    axvm_passthrough_discovery_works(c, device))
			return true;
	}
	return false;
}

void axvm_passed_begin(struct axvm_passed *passed, const struct axvm_check *c, size_t vm)
{
	passed->vm = axvm_check_vm(c, vm);
	passed->next = 0;
	passed->drops_ranges = axvm_passthrough_drops_ranges(c, passed->vm);
}

bool axvm_passed_next(struct axvm_passed *passed)
{
	const axvm_layout_vm *vm = passed->vm;
	const axvm_passthrough_address_config *address;
	size_t at = passed->next++;

	if (at < vm->passthrough_device_count) {
		passed->table = AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES;
		passed->index = at;
		passed->device = &vm->passthrough_devices[at];
		passed->base_gpa = passed->device->base_gpa;
		passed->length = passed->device->length;
		passed->is_dropped = passed->drops_ranges;
		return true;
	}
	at -= vm->passthrough_device_count;
	if (at >= vm->passthrough_address_count)
		return false;
	address = &vm->passthrough_addresses[at];
	passed->table = AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES;
	passed->index = at;
	passed->device = NULL;
	passed->base_gpa = address->base_gpa;
	passed->length = address->length;
	passed->is_dropped = false;
	return true;
}

bool axvm_passed_range(const struct axvm_check *c, const struct axvm_passed *passed,
		       axvm_gpa_range *out)
{
	axvm_gpa_range r;

	if (passed->is_dropped || passed->length == 0 ||
	    !axvm_gpa_range_try_from_start_size(passed->base_gpa, passed->length, &r))
		return false;
	*out = axvm_mapped_range(c, r);
	return true;
}

bool axvm_passed_host(const struct axvm_check *c, const struct axvm_passed *passed,
		      axvm_gpa_range *out)
{
	if (!passed->device)
		return axvm_passed_range(c, passed, out);
	/* Host addresses and guest addresses are alike as numbers. */
	return !passed->is_dropped && passed->length != 0 &&
	       axvm_gpa_range_try_from_start_size(axvm_gpa_new(passed->device->base_hpa.addr),
						  passed->length, out);
}

bool axvm_passed_host_mapped(const struct axvm_check *c, const struct axvm_passed *passed,
			     axvm_gpa_range *out)
{
	return c->limits.model < AXVM_MODEL_0_7 ? axvm_passed_range(c, passed, out)
						: axvm_passed_host(c, passed, out);
}

uint64_t axvm_host_offset(const struct axvm_check *c, const struct axvm_span *span)
{
	const axvm_passthrough_device_config *device;

	if (span->table != AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES)
		return 0;
	device = &axvm_check_vm(c, span->vm)->passthrough_devices[span->index];
	return axvm_hpa_align_down_4k(device->base_hpa).addr -
	       axvm_gpa_align_down_4k(device->base_gpa).addr;
}
