/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vm.h>

#include "export.h"
#include "names.h"
#include "writer.h"

static const struct axvm_name vm_types[] = {
	{ AXVM_VM_TYPE_HOST, "host" },
	{ AXVM_VM_TYPE_RTOS, "rtos" },
	{ AXVM_VM_TYPE_LINUX, "linux" },
};

static const struct axvm_name boot_protocols[] = {
	{ AXVM_BOOT_PROTOCOL_DIRECT, "direct" },
	{ AXVM_BOOT_PROTOCOL_DIRECT, "kernel" },
	{ AXVM_BOOT_PROTOCOL_MULTIBOOT, "multiboot" },
	{ AXVM_BOOT_PROTOCOL_MULTIBOOT, "bios" },
	{ AXVM_BOOT_PROTOCOL_MULTIBOOT, "axvm-bios" },
	{ AXVM_BOOT_PROTOCOL_UEFI, "uefi" },
	{ AXVM_BOOT_PROTOCOL_UEFI, "efi" },
};

static const struct axvm_name interrupt_modes[] = {
	{ AXVM_INTERRUPT_MODE_NO_IRQ, "no_irq" },
	{ AXVM_INTERRUPT_MODE_NO_IRQ, "no" },
	{ AXVM_INTERRUPT_MODE_NO_IRQ, "none" },
	{ AXVM_INTERRUPT_MODE_EMULATED, "emu" },
	{ AXVM_INTERRUPT_MODE_EMULATED, "emulated" },
	{ AXVM_INTERRUPT_MODE_PASSTHROUGH, "passthrough" },
	{ AXVM_INTERRUPT_MODE_PASSTHROUGH, "pt" },
};

static const struct axvm_name address_space_policies[] = {
	{ AXVM_ADDRESS_SPACE_POLICY_VIRTUALIZED, "virtualized" },
	{ AXVM_ADDRESS_SPACE_POLICY_VIRTUALIZED, "virtual" },
	{ AXVM_ADDRESS_SPACE_POLICY_PASSTHROUGH, "passthrough" },
	{ AXVM_ADDRESS_SPACE_POLICY_PASSTHROUGH, "pt" },
};

static const struct axvm_name guest_types[] = {
	{ AXVM_GUEST_TYPE_VIRTUALIZED, "virtualized" },
	{ AXVM_GUEST_TYPE_PASSTHROUGH, "passthrough" },
};

static const struct axvm_name image_locations[] = {
	{ AXVM_IMAGE_LOCATION_FS, "fs" },
	{ AXVM_IMAGE_LOCATION_MEMORY, "memory" },
};

static const struct axvm_name vcpu_states[] = {
	{ AXVM_VCPU_STATE_INVALID, "invalid" }, { AXVM_VCPU_STATE_CREATED, "created" },
	{ AXVM_VCPU_STATE_FREE, "free" },	{ AXVM_VCPU_STATE_READY, "ready" },
	{ AXVM_VCPU_STATE_RUNNING, "running" }, { AXVM_VCPU_STATE_BLOCKED, "blocked" },
	{ AXVM_VCPU_STATE_STARTING, "starting" },
};

static const struct axvm_name interrupt_trigger_modes[] = {
	{ AXVM_INTERRUPT_TRIGGER_MODE_EDGE_TRIGGERED, "edge-triggered" },
	{ AXVM_INTERRUPT_TRIGGER_MODE_EDGE_TRIGGERED, "edge" },
	{ AXVM_INTERRUPT_TRIGGER_MODE_LEVEL_TRIGGERED, "level-triggered" },
	{ AXVM_INTERRUPT_TRIGGER_MODE_LEVEL_TRIGGERED, "level" },
};

AXVM_EXPORT bool axvm_vm_type_try_from_usize(uint64_t value, axvm_vm_type *out)
{
	return axvm_names_try_from_usize(vm_types, AXVM_NAMES_COUNT(vm_types), value, out);
}

AXVM_EXPORT axvm_vm_type axvm_vm_type_from_usize(uint64_t value)
{
	axvm_vm_type type = AXVM_VM_TYPE_RTOS;

	return axvm_vm_type_try_from_usize(value, &type) ? type : AXVM_VM_TYPE_RTOS;
}

AXVM_EXPORT uint64_t axvm_vm_type_to_usize(axvm_vm_type type)
{
	return type;
}

AXVM_EXPORT const char *axvm_vm_type_name(axvm_vm_type type)
{
	return axvm_names_name(vm_types, AXVM_NAMES_COUNT(vm_types), type);
}

AXVM_EXPORT bool axvm_vm_type_from_name(const char *name, axvm_vm_type *out)
{
	return axvm_names_from_name(vm_types, AXVM_NAMES_COUNT(vm_types), name, out);
}

AXVM_EXPORT bool axvm_boot_protocol_try_from_usize(uint64_t value, axvm_boot_protocol *out)
{
	return axvm_names_try_from_usize(boot_protocols, AXVM_NAMES_COUNT(boot_protocols), value,
					 out);
}

AXVM_EXPORT const char *axvm_boot_protocol_name(axvm_boot_protocol protocol)
{
	return axvm_names_name(boot_protocols, AXVM_NAMES_COUNT(boot_protocols), protocol);
}

AXVM_EXPORT bool axvm_boot_protocol_from_name(const char *name, axvm_boot_protocol *out)
{
	return axvm_names_from_name(boot_protocols, AXVM_NAMES_COUNT(boot_protocols), name, out);
}

AXVM_EXPORT bool axvm_interrupt_mode_try_from_usize(uint64_t value, axvm_interrupt_mode *out)
{
	return axvm_names_try_from_usize(interrupt_modes, AXVM_NAMES_COUNT(interrupt_modes), value,
					 out);
}

AXVM_EXPORT const char *axvm_interrupt_mode_name(axvm_interrupt_mode mode)
{
	return axvm_names_name(interrupt_modes, AXVM_NAMES_COUNT(interrupt_modes), mode);
}

AXVM_EXPORT bool axvm_interrupt_mode_from_name(const char *name, axvm_interrupt_mode *out)
{
	return axvm_names_from_name(interrupt_modes, AXVM_NAMES_COUNT(interrupt_modes), name, out);
}

AXVM_EXPORT bool axvm_address_space_policy_try_from_usize(uint64_t value,
							  axvm_address_space_policy *out)
{
	return axvm_names_try_from_usize(address_space_policies,
					 AXVM_NAMES_COUNT(address_space_policies), value, out);
}

AXVM_EXPORT const char *axvm_address_space_policy_name(axvm_address_space_policy policy)
{
	return axvm_names_name(address_space_policies, AXVM_NAMES_COUNT(address_space_policies),
			       policy);
}

AXVM_EXPORT bool axvm_address_space_policy_from_name(const char *name,
						     axvm_address_space_policy *out)
{
	return axvm_names_from_name(address_space_policies,
				    AXVM_NAMES_COUNT(address_space_policies), name, out);
}

AXVM_EXPORT bool axvm_guest_type_try_from_usize(uint64_t value, axvm_guest_type *out)
{
	return axvm_names_try_from_usize(guest_types, AXVM_NAMES_COUNT(guest_types), value, out);
}

AXVM_EXPORT const char *axvm_guest_type_name(axvm_guest_type type)
{
	return axvm_names_name(guest_types, AXVM_NAMES_COUNT(guest_types), type);
}

AXVM_EXPORT bool axvm_guest_type_from_name(const char *name, axvm_guest_type *out)
{
	return axvm_names_from_name(guest_types, AXVM_NAMES_COUNT(guest_types), name, out);
}

AXVM_EXPORT bool axvm_image_location_try_from_usize(uint64_t value, axvm_image_location *out)
{
	return axvm_names_try_from_usize(image_locations, AXVM_NAMES_COUNT(image_locations), value,
					 out);
}

AXVM_EXPORT const char *axvm_image_location_name(axvm_image_location location)
{
	return axvm_names_name(image_locations, AXVM_NAMES_COUNT(image_locations), location);
}

AXVM_EXPORT bool axvm_image_location_from_name(const char *name, axvm_image_location *out)
{
	return axvm_names_from_name(image_locations, AXVM_NAMES_COUNT(image_locations), name, out);
}

AXVM_EXPORT bool axvm_vcpu_state_try_from_usize(uint64_t value, axvm_vcpu_state *out)
{
	return axvm_names_try_from_usize(vcpu_states, AXVM_NAMES_COUNT(vcpu_states), value, out);
}

AXVM_EXPORT const char *axvm_vcpu_state_name(axvm_vcpu_state state)
{
	return axvm_names_name(vcpu_states, AXVM_NAMES_COUNT(vcpu_states), state);
}

AXVM_EXPORT bool axvm_vcpu_state_from_name(const char *name, axvm_vcpu_state *out)
{
	return axvm_names_from_name(vcpu_states, AXVM_NAMES_COUNT(vcpu_states), name, out);
}

AXVM_EXPORT bool axvm_interrupt_trigger_mode_try_from_usize(uint64_t value,
							    axvm_interrupt_trigger_mode *out)
{
	return axvm_names_try_from_usize(interrupt_trigger_modes,
					 AXVM_NAMES_COUNT(interrupt_trigger_modes), value, out);
}

AXVM_EXPORT const char *axvm_interrupt_trigger_mode_name(axvm_interrupt_trigger_mode mode)
{
	return axvm_names_name(interrupt_trigger_modes, AXVM_NAMES_COUNT(interrupt_trigger_modes),
			       mode);
}

AXVM_EXPORT bool axvm_interrupt_trigger_mode_from_name(const char *name,
						       axvm_interrupt_trigger_mode *out)
{
	return axvm_names_from_name(interrupt_trigger_modes,
				    AXVM_NAMES_COUNT(interrupt_trigger_modes), name, out);
}

AXVM_EXPORT int axvm_irq_line_id_format(axvm_irq_line_id line, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_str(&w, "IrqLineId(");
	axvm_writer_uint(&w, line);
	axvm_writer_str(&w, ")");
	return axvm_writer_end(&w);
}
