/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vm.h>

#include "export.h"
#include "names.h"
#include "writer.h"

#define VM_TYPES(NAME)                                                                             \
	NAME(AXVM_VM_TYPE_HOST, "host")                                                            \
	NAME(AXVM_VM_TYPE_RTOS, "rtos")                                                            \
	NAME(AXVM_VM_TYPE_LINUX, "linux")
AXVM_NAMES(vm_types, axvm_vm_type, VM_TYPES, )

#define BOOT_PROTOCOLS(NAME, ALIAS)                                                                \
	NAME(AXVM_BOOT_PROTOCOL_DIRECT, "direct")                                                  \
	ALIAS(AXVM_BOOT_PROTOCOL_DIRECT, "kernel")                                                 \
	NAME(AXVM_BOOT_PROTOCOL_MULTIBOOT, "multiboot")                                            \
	ALIAS(AXVM_BOOT_PROTOCOL_MULTIBOOT, "bios")                                                \
	ALIAS(AXVM_BOOT_PROTOCOL_MULTIBOOT, "axvm-bios")                                           \
	NAME(AXVM_BOOT_PROTOCOL_UEFI, "uefi")                                                      \
	ALIAS(AXVM_BOOT_PROTOCOL_UEFI, "efi")
AXVM_NAMES_WITH_ALIASES(boot_protocols, axvm_boot_protocol, BOOT_PROTOCOLS, )

#define INTERRUPT_MODES(NAME, ALIAS)                                                               \
	NAME(AXVM_INTERRUPT_MODE_NO_IRQ, "no_irq")                                                 \
	ALIAS(AXVM_INTERRUPT_MODE_NO_IRQ, "no")                                                    \
	ALIAS(AXVM_INTERRUPT_MODE_NO_IRQ, "none")                                                  \
	NAME(AXVM_INTERRUPT_MODE_EMULATED, "emu")                                                  \
	ALIAS(AXVM_INTERRUPT_MODE_EMULATED, "emulated")                                            \
	NAME(AXVM_INTERRUPT_MODE_PASSTHROUGH, "passthrough")                                       \
	ALIAS(AXVM_INTERRUPT_MODE_PASSTHROUGH, "pt")
AXVM_NAMES_WITH_ALIASES(interrupt_modes, axvm_interrupt_mode, INTERRUPT_MODES, )

#define ADDRESS_SPACE_POLICIES(NAME, ALIAS)                                                        \
	NAME(AXVM_ADDRESS_SPACE_POLICY_VIRTUALIZED, "virtualized")                                 \
	ALIAS(AXVM_ADDRESS_SPACE_POLICY_VIRTUALIZED, "virtual")                                    \
	NAME(AXVM_ADDRESS_SPACE_POLICY_PASSTHROUGH, "passthrough")                                 \
	ALIAS(AXVM_ADDRESS_SPACE_POLICY_PASSTHROUGH, "pt")
AXVM_NAMES_WITH_ALIASES(address_space_policies, axvm_address_space_policy, ADDRESS_SPACE_POLICIES, )

#define GUEST_TYPES(NAME)                                                                          \
	NAME(AXVM_GUEST_TYPE_VIRTUALIZED, "virtualized")                                           \
	NAME(AXVM_GUEST_TYPE_PASSTHROUGH, "passthrough")
AXVM_NAMES(guest_types, axvm_guest_type, GUEST_TYPES, )

#define IMAGE_LOCATIONS(NAME)                                                                      \
	NAME(AXVM_IMAGE_LOCATION_FS, "fs")                                                         \
	NAME(AXVM_IMAGE_LOCATION_MEMORY, "memory")
AXVM_NAMES(image_locations, axvm_image_location, IMAGE_LOCATIONS, case AXVM_IMAGE_LOCATION_UNKNOWN:)

#define VCPU_STATES(NAME)                                                                          \
	NAME(AXVM_VCPU_STATE_INVALID, "invalid")                                                   \
	NAME(AXVM_VCPU_STATE_CREATED, "created")                                                   \
	NAME(AXVM_VCPU_STATE_FREE, "free")                                                         \
	NAME(AXVM_VCPU_STATE_READY, "ready")                                                       \
	NAME(AXVM_VCPU_STATE_RUNNING, "running")                                                   \
	NAME(AXVM_VCPU_STATE_BLOCKED, "blocked")                                                   \
	NAME(AXVM_VCPU_STATE_STARTING, "starting")
AXVM_NAMES(vcpu_states, axvm_vcpu_state, VCPU_STATES, )

#define TRIGGER_MODES(NAME, ALIAS)                                                                 \
	NAME(AXVM_INTERRUPT_TRIGGER_MODE_EDGE_TRIGGERED, "edge-triggered")                         \
	ALIAS(AXVM_INTERRUPT_TRIGGER_MODE_EDGE_TRIGGERED, "edge")                                  \
	NAME(AXVM_INTERRUPT_TRIGGER_MODE_LEVEL_TRIGGERED, "level-triggered")                       \
	ALIAS(AXVM_INTERRUPT_TRIGGER_MODE_LEVEL_TRIGGERED, "level")
AXVM_NAMES_WITH_ALIASES(interrupt_trigger_modes, axvm_interrupt_trigger_mode, TRIGGER_MODES, )

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
