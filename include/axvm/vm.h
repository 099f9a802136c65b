/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_VM_H
#define AXVM_VM_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup vm Virtual machines
 * @brief Identifiers and the enumerations that describe a virtual machine.
 *
 * The enumerations are open: a value that this version does not know can be
 * stored and passed on, and its name is "unknown". A number from outside becomes
 * a value through the `_try_from_usize` functions, never through a cast.
 *
 * Every function is thread-safe and async-signal-safe.
 * @{
 */

/** Identifier of a virtual machine. Model: VMId. */
typedef uint64_t axvm_vm_id;

/** Index of a virtual CPU in its virtual machine. Model: VCpuId. */
typedef uint64_t axvm_vcpu_id;

/** Interrupt vector that is injected into a guest. Model: InterruptVector. */
typedef uint8_t axvm_interrupt_vector;

/** Most virtual CPUs that a virtual machine can have. Model: MAX_VCPU_NUM. */
#define AXVM_MAX_VCPU_NUM 64

/** What a virtual machine runs; one of AXVM_VM_TYPE_*. Model: VMType. */
typedef uint8_t axvm_vm_type;

enum axvm_vm_type_values {
	AXVM_VM_TYPE_HOST = 0, /**< "host": the host VM. Model: VMTHostVM. */
	AXVM_VM_TYPE_RTOS = 1, /**< "rtos": a real-time guest. Model: VMTRTOS. */
	AXVM_VM_TYPE_LINUX = 2, /**< "linux": a Linux guest. Model: VMTLinux. */
	AXVM_VM_TYPE_DEFAULT = AXVM_VM_TYPE_RTOS /**< The model's Default. */
};

/**
 * @brief Turn a number into a VM type if it is one.
 * @param value Number.
 * @param[out] out Receives the type; untouched on failure.
 * @return false when this version knows no such type.
 *
 * Model: VMType::from, which reports nothing; see axvm_vm_type_from_usize().
 */
AXVM_MUST_CHECK bool axvm_vm_type_try_from_usize(uint64_t value, axvm_vm_type *out);

/**
 * @brief Turn a number into a VM type.
 * @param value Number.
 * @return The type, AXVM_VM_TYPE_RTOS for every number that this version does not
 *         know.
 *
 * Model: From<usize> for VMType.
 */
axvm_vm_type axvm_vm_type_from_usize(uint64_t value);

/**
 * @brief The number of a VM type.
 * @param type Type, known or not.
 * @return The number.
 *
 * Model: From<VMType> for usize.
 */
uint64_t axvm_vm_type_to_usize(axvm_vm_type type);

/**
 * @brief The stable name of a VM type.
 * @param type Type.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Not in axvm-types.
 */
const char *axvm_vm_type_name(axvm_vm_type type);

/**
 * @brief Find a VM type by its name.
 * @param name "host", "rtos" or "linux"; NULL is no name.
 * @param[out] out Receives the type; untouched on failure.
 * @return false when no type has that name.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_vm_type_from_name(const char *name, axvm_vm_type *out);

/** How a guest is started; one of AXVM_BOOT_PROTOCOL_*. Model: VMBootProtocol. */
typedef uint8_t axvm_boot_protocol;

enum axvm_boot_protocol_values {
	AXVM_BOOT_PROTOCOL_DIRECT = 0, /**< "direct": jump to the kernel. Model: Direct. */
	AXVM_BOOT_PROTOCOL_MULTIBOOT = 1, /**< "multiboot": by a boot stub. Model: Multiboot. */
	AXVM_BOOT_PROTOCOL_UEFI = 2, /**< "uefi": by UEFI firmware. Model: Uefi. */
	AXVM_BOOT_PROTOCOL_DEFAULT = AXVM_BOOT_PROTOCOL_DIRECT /**< The model's Default. */
};

/**
 * @brief Turn a number into a boot protocol if it is one.
 * @param value Number.
 * @param[out] out Receives the protocol; untouched on failure.
 * @return false when this version knows no such protocol.
 *
 * Model: the discriminants of VMBootProtocol.
 */
AXVM_MUST_CHECK bool axvm_boot_protocol_try_from_usize(uint64_t value, axvm_boot_protocol *out);

/**
 * @brief The stable name of a boot protocol.
 * @param protocol Protocol.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Model: the names in VM configurations.
 */
const char *axvm_boot_protocol_name(axvm_boot_protocol protocol);

/**
 * @brief Find a boot protocol by its name.
 * @param name "direct" (alias "kernel"), "multiboot" ("bios", "axvm-bios") or
 *             "uefi" ("efi"); NULL is no name.
 * @param[out] out Receives the protocol; untouched on failure.
 * @return false when no protocol has that name.
 *
 * Model: the names and aliases in VM configurations.
 */
AXVM_MUST_CHECK bool axvm_boot_protocol_from_name(const char *name, axvm_boot_protocol *out);

/** Who handles a guest's interrupts; one of AXVM_INTERRUPT_MODE_*. Model: VMInterruptMode. */
typedef uint8_t axvm_interrupt_mode;

enum axvm_interrupt_mode_values {
	AXVM_INTERRUPT_MODE_NO_IRQ = 0, /**< "no_irq": no interrupts. Model: NoIrq. */
	AXVM_INTERRUPT_MODE_EMULATED = 1, /**< "emu": by the hypervisor. Model: Emulated. */
	AXVM_INTERRUPT_MODE_PASSTHROUGH = 2, /**< "passthrough": guest. Model: Passthrough. */
	AXVM_INTERRUPT_MODE_DEFAULT = AXVM_INTERRUPT_MODE_NO_IRQ /**< The model's Default. */
};

/**
 * @brief Turn a number into an interrupt mode if it is one.
 * @param value Number.
 * @param[out] out Receives the mode; untouched on failure.
 * @return false when this version knows no such mode.
 *
 * Model: the discriminants of VMInterruptMode.
 */
AXVM_MUST_CHECK bool axvm_interrupt_mode_try_from_usize(uint64_t value, axvm_interrupt_mode *out);

/**
 * @brief The stable name of an interrupt mode.
 * @param mode Mode.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Model: the names in VM configurations.
 */
const char *axvm_interrupt_mode_name(axvm_interrupt_mode mode);

/**
 * @brief Find an interrupt mode by its name.
 * @param name "no_irq" (aliases "no", "none"), "emu" ("emulated") or
 *             "passthrough" ("pt"); NULL is no name.
 * @param[out] out Receives the mode; untouched on failure.
 * @return false when no mode has that name.
 *
 * Model: the names and aliases in VM configurations.
 */
AXVM_MUST_CHECK bool axvm_interrupt_mode_from_name(const char *name, axvm_interrupt_mode *out);

/**
 * Whether a guest has an address space of its own; one of AXVM_ADDRESS_SPACE_POLICY_*.
 * Model: AddressSpacePolicy, from 0.7 on.
 */
typedef uint8_t axvm_address_space_policy;

enum axvm_address_space_policy_values {
	/** "virtualized": it has what is configured. Model: Virtualized. */
	AXVM_ADDRESS_SPACE_POLICY_VIRTUALIZED = 0,
	/** "passthrough": it has the host's, where nothing is configured. Model: Passthrough. */
	AXVM_ADDRESS_SPACE_POLICY_PASSTHROUGH = 1,
	/** The model's Default. */
	AXVM_ADDRESS_SPACE_POLICY_DEFAULT = AXVM_ADDRESS_SPACE_POLICY_VIRTUALIZED
};

/**
 * @brief Turn a number into an address space policy if it is one.
 * @param value Number.
 * @param[out] out Receives the policy; untouched on failure.
 * @return false when this version knows no such policy.
 *
 * Model: the discriminants of AddressSpacePolicy.
 */
AXVM_MUST_CHECK bool axvm_address_space_policy_try_from_usize(uint64_t value,
							      axvm_address_space_policy *out);

/**
 * @brief The stable name of an address space policy.
 * @param policy Policy.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Model: the names in VM configurations.
 */
const char *axvm_address_space_policy_name(axvm_address_space_policy policy);

/**
 * @brief Find an address space policy by its name.
 * @param name "virtualized" (alias "virtual") or "passthrough" ("pt"); NULL is no name.
 * @param[out] out Receives the policy; untouched on failure.
 * @return false when no policy has that name.
 *
 * Model: the names and aliases in VM configurations.
 */
AXVM_MUST_CHECK bool axvm_address_space_policy_from_name(const char *name,
							 axvm_address_space_policy *out);

/**
 * Whether a guest has the host's devices and addresses; one of AXVM_GUEST_TYPE_*.
 * Model: GuestType of axvmconfig, from 0.7.3 on, where it takes the place of AddressSpacePolicy
 * in VM configurations.
 */
typedef uint8_t axvm_guest_type;

enum axvm_guest_type_values {
	/** "virtualized": it has what is configured. Model: Virtualized. */
	AXVM_GUEST_TYPE_VIRTUALIZED = 0,
	/** "passthrough": it has the host's addresses where it has nothing else. Model: Passthrough. */
	AXVM_GUEST_TYPE_PASSTHROUGH = 1,
	/** The model's Default. */
	AXVM_GUEST_TYPE_DEFAULT = AXVM_GUEST_TYPE_VIRTUALIZED
};

/**
 * @brief Turn a number into a guest type if it is one.
 * @param value Number. It is not that of `guest_type` in a VM configuration, which for
 *              compatibility with vm_type takes 1 for passthrough, and 0 and 2 for virtualized.
 * @param[out] out Receives the type; untouched on failure.
 * @return false when this version knows no such type.
 *
 * Model: the discriminants of GuestType.
 */
AXVM_MUST_CHECK bool axvm_guest_type_try_from_usize(uint64_t value, axvm_guest_type *out);

/**
 * @brief The stable name of a guest type.
 * @param type Type.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Model: the names in VM configurations.
 */
const char *axvm_guest_type_name(axvm_guest_type type);

/**
 * @brief Find a guest type by its name.
 * @param name "virtualized" or "passthrough"; NULL is no name.
 * @param[out] out Receives the type; untouched on failure.
 * @return false when no type has that name.
 *
 * Model: the names in VM configurations.
 */
AXVM_MUST_CHECK bool axvm_guest_type_from_name(const char *name, axvm_guest_type *out);

/**
 * Where the hypervisor takes a guest's images from; one of AXVM_IMAGE_LOCATION_*.
 * Not in axvm-types, which has a string: image_location of the hypervisor's VM configuration.
 */
typedef uint8_t axvm_image_location;

enum axvm_image_location_values {
	AXVM_IMAGE_LOCATION_UNKNOWN = 0, /**< Not known; no location has this number. */
	AXVM_IMAGE_LOCATION_FS = 1, /**< "fs": a file system of the host. */
	AXVM_IMAGE_LOCATION_MEMORY = 2 /**< "memory": built into the hypervisor's image. */
};

/**
 * @brief Turn a number into an image location if it is one.
 * @param value Number.
 * @param[out] out Receives the location; untouched on failure.
 * @return false when this version knows no such location; so for 0.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_image_location_try_from_usize(uint64_t value, axvm_image_location *out);

/**
 * @brief The stable name of an image location.
 * @param location Location.
 * @return A string with static lifetime, "unknown" for 0 and for an unknown value.
 *
 * Model: the names in VM configurations.
 */
const char *axvm_image_location_name(axvm_image_location location);

/**
 * @brief Find an image location by its name.
 * @param name "fs" or "memory"; NULL is no name, and "unknown" is none.
 * @param[out] out Receives the location; untouched on failure.
 * @return false when no location has that name.
 *
 * Model: the names in VM configurations.
 */
AXVM_MUST_CHECK bool axvm_image_location_from_name(const char *name, axvm_image_location *out);

/** What a virtual CPU is about; one of AXVM_VCPU_STATE_*. Model: VmVcpuState, from 0.7 on. */
typedef uint8_t axvm_vcpu_state;

enum axvm_vcpu_state_values {
	AXVM_VCPU_STATE_INVALID = 0, /**< "invalid": something failed. Model: Invalid. */
	AXVM_VCPU_STATE_CREATED = 1, /**< "created": it is not set up yet. Model: Created. */
	AXVM_VCPU_STATE_FREE = 2, /**< "free": on no host CPU. Model: Free. */
	AXVM_VCPU_STATE_READY = 3, /**< "ready": on a host CPU, not running. Model: Ready. */
	AXVM_VCPU_STATE_RUNNING = 4, /**< "running". Model: Running. */
	AXVM_VCPU_STATE_BLOCKED = 5, /**< "blocked": it waits for something. Model: Blocked. */
	/** "starting": it is reserved, and cannot run yet. Model: Starting, from 0.7.3 on. */
	AXVM_VCPU_STATE_STARTING = 6
};

/**
 * @brief Turn a number into a vCPU state if it is one.
 * @param value Number.
 * @param[out] out Receives the state; untouched on failure.
 * @return false when this version knows no such state.
 *
 * Model: the discriminants of VmVcpuState.
 */
AXVM_MUST_CHECK bool axvm_vcpu_state_try_from_usize(uint64_t value, axvm_vcpu_state *out);

/**
 * @brief The stable name of a vCPU state.
 * @param state State.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Not in axvm-types.
 */
const char *axvm_vcpu_state_name(axvm_vcpu_state state);

/**
 * @brief Find a vCPU state by its name.
 * @param name "invalid", "created", "free", "ready", "running" or "blocked"; NULL is no name.
 * @param[out] out Receives the state; untouched on failure.
 * @return false when no state has that name.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_vcpu_state_from_name(const char *name, axvm_vcpu_state *out);

/**
 * How an interrupt line asks; one of AXVM_INTERRUPT_TRIGGER_MODE_*.
 * Model: InterruptTriggerMode, from 0.7 on.
 */
typedef uint8_t axvm_interrupt_trigger_mode;

enum axvm_interrupt_trigger_mode_values {
	/** "edge-triggered": by a change of its level. Model: EdgeTriggered. */
	AXVM_INTERRUPT_TRIGGER_MODE_EDGE_TRIGGERED = 0,
	/** "level-triggered": as long as it has that level. Model: LevelTriggered. */
	AXVM_INTERRUPT_TRIGGER_MODE_LEVEL_TRIGGERED = 1
};

/**
 * @brief Turn a number into an interrupt trigger mode if it is one.
 * @param value Number.
 * @param[out] out Receives the mode; untouched on failure.
 * @return false when this version knows no such mode.
 *
 * Model: the order of InterruptTriggerMode.
 */
AXVM_MUST_CHECK bool axvm_interrupt_trigger_mode_try_from_usize(uint64_t value,
								axvm_interrupt_trigger_mode *out);

/**
 * @brief The stable name of an interrupt trigger mode.
 * @param mode Mode.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Not in axvm-types.
 */
const char *axvm_interrupt_trigger_mode_name(axvm_interrupt_trigger_mode mode);

/**
 * @brief Find an interrupt trigger mode by its name.
 * @param name "edge-triggered" (alias "edge") or "level-triggered" ("level"); NULL is no name.
 * @param[out] out Receives the mode; untouched on failure.
 * @return false when no mode has that name.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_interrupt_trigger_mode_from_name(const char *name,
							   axvm_interrupt_trigger_mode *out);

/** Number of an interrupt line of a virtual machine. Model: IrqLineId, from 0.7 on. */
typedef uint64_t axvm_irq_line_id;

/** Size of a buffer for every text of the number of an interrupt line, with its NUL. */
#define AXVM_IRQ_LINE_ID_TEXT_SIZE 32

/**
 * @brief Write the number of an interrupt line as text.
 *
 * `IrqLineId(5)`
 *
 * @param line Line.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: Debug of IrqLineId.
 */
int axvm_irq_line_id_format(axvm_irq_line_id line, char *buf, size_t size);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
