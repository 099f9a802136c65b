/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_DEVICE_H
#define AXVM_DEVICE_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/arch.h>
#include <axvm/inline.h>
#include <axvm/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup device Emulated device types
 * @brief The devices that the hypervisor emulates, by number.
 *
 * The model allocates the numbers in blocks:
 *
 * | numbers   | for                                                       |
 * |-----------|-----------------------------------------------------------|
 * | 0x00-0x1F | special and abstract devices; 0x06 to 0x09 were IOMMU, ICC SRE, SGIR and GICR and are never used again |
 * | 0x20-0x2F | concrete devices: interrupt controllers                   |
 * | 0x30-0x3F | concrete devices: reserved, but for 0x30                  |
 * | 0x40-0x7F | concrete devices                                          |
 * | 0x80-0xDF | reserved                                                  |
 * | 0xE0-0xEF | virtio devices                                            |
 * | 0xF0-0xFF | reserved                                                  |
 *
 * The constants are those of all versions of the model, and names, texts and all that is
 * asked about a type know each of them. Which types a version has is reported by
 * axvm_emulated_device_type_all_in() and axvm_emulated_device_type_try_from_usize_in().
 *
 * The enumeration is open: a value that the library does not know can be stored
 * and passed on. A number from outside becomes a value through
 * axvm_emulated_device_type_try_from_usize(), never through a cast.
 *
 * Every function is thread-safe and async-signal-safe.
 * @{
 */

/** Type of an emulated device; one of AXVM_EMULATED_DEVICE_*. Model: EmulatedDeviceType. */
typedef uint8_t axvm_emulated_device_type;

enum axvm_emulated_device_type_values {
	AXVM_EMULATED_DEVICE_DUMMY = 0x00, /**< "dummy": a meta device. Model: Dummy. */
	/** "interrupt-controller": of the architecture. Model: InterruptController. */
	AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER = 0x01,
	AXVM_EMULATED_DEVICE_CONSOLE = 0x02, /**< "console". Model: Console. */
	/** "fw-cfg": QEMU's firmware configuration. Model: FwCfg, from 0.7 on. */
	AXVM_EMULATED_DEVICE_FW_CFG = 0x03,
	/** "ivc-channel": inter-VM communication. Model: IVCChannel. */
	AXVM_EMULATED_DEVICE_IVC_CHANNEL = 0x0A,
	/** "gppt-redistributor": GIC partial passthrough. Model: GPPTRedistributor. */
	AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR = 0x20,
	/** "gppt-distributor": GIC partial passthrough. Model: GPPTDistributor. */
	AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR = 0x21,
	/** "gppt-its": GIC partial passthrough. Model: GPPTITS. */
	AXVM_EMULATED_DEVICE_GPPT_ITS = 0x22,
	AXVM_EMULATED_DEVICE_X86_IO_APIC = 0x23, /**< "x86-io-apic". Model: X86IoApic. */
	AXVM_EMULATED_DEVICE_X86_PIT = 0x24, /**< "x86-pit". Model: X86Pit. */
	/** "loongarch-pch-pic": interrupts of the bridge. Model: LoongArchPchPic, from 0.7 on. */
	AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC = 0x25,
	/** "pppt-global": PLIC partial passthrough. Model: PPPTGlobal. */
	AXVM_EMULATED_DEVICE_PPPT_GLOBAL = 0x30,
	AXVM_EMULATED_DEVICE_VIRTIO_BLK = 0xE1, /**< "virtio-blk". Model: VirtioBlk. */
	AXVM_EMULATED_DEVICE_VIRTIO_NET = 0xE2, /**< "virtio-net". Model: VirtioNet. */
	AXVM_EMULATED_DEVICE_VIRTIO_CONSOLE = 0xE3, /**< "virtio-console". Model: VirtioConsole. */
	/** The model's Default. */
	AXVM_EMULATED_DEVICE_DEFAULT = AXVM_EMULATED_DEVICE_DUMMY
};

/**
 * @brief All device types of the model's version 0.5.
 * @param[out] count Receives how many there are; may be NULL.
 * @return The types in ascending order, with static lifetime.
 *
 * Model: EmulatedDeviceType::all of 0.5; see axvm_emulated_device_type_all_in().
 */
const axvm_emulated_device_type *axvm_emulated_device_type_all(size_t *count);

/**
 * @brief All device types of a version of the model.
 * @param model Version.
 * @param[out] count Receives how many there are, 0 for an unknown version and from 0.7.3 on, where
 *                   VM files name models of virtual devices instead; may be NULL.
 * @return The types in ascending order, with static lifetime; never NULL.
 *
 * Model: EmulatedDeviceType::all.
 */
const axvm_emulated_device_type *axvm_emulated_device_type_all_in(axvm_model model, size_t *count);

/**
 * @brief Turn a number into a device type if it is one in the model's version 0.5.
 * @param value Number.
 * @param[out] out Receives the type; untouched on failure.
 * @return false when that version knows no such type; so for 3, which is one in 0.7.
 *
 * Model: EmulatedDeviceType::from_usize of 0.5; see
 * axvm_emulated_device_type_try_from_usize_in().
 */
AXVM_MUST_CHECK bool axvm_emulated_device_type_try_from_usize(uint64_t value,
							      axvm_emulated_device_type *out);

/**
 * @brief Turn a number into a device type if it is one in a version of the model.
 * @param model Version.
 * @param value Number.
 * @param[out] out Receives the type; untouched on failure.
 * @return false when that version knows no such type, or the library no such version.
 *
 * Model: EmulatedDeviceType::from_usize.
 */
AXVM_MUST_CHECK bool axvm_emulated_device_type_try_from_usize_in(axvm_model model, uint64_t value,
								 axvm_emulated_device_type *out);

/**
 * @brief Check whether a device can be taken from a running guest.
 * @param type Type.
 * @return true when it can; false for an unknown value.
 *
 * Model: EmulatedDeviceType::removable.
 */
bool axvm_emulated_device_type_removable(axvm_emulated_device_type type);

/**
 * @brief What a device type is, for people.
 * @param type Type.
 * @return A string with static lifetime, "unknown device" for an unknown value.
 *
 * Model: Display of EmulatedDeviceType.
 */
const char *axvm_emulated_device_type_describe(axvm_emulated_device_type type);

/**
 * @brief The stable name of a device type.
 * @param type Type.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Not in axvm-types.
 */
const char *axvm_emulated_device_type_name(axvm_emulated_device_type type);

/**
 * @brief Find a device type by its name.
 * @param name A name that axvm_emulated_device_type_name() gives; NULL is no name.
 * @param[out] out Receives the type; untouched on failure.
 * @return false when no type has that name.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_emulated_device_type_from_name(const char *name,
							 axvm_emulated_device_type *out);

/** Where a device is addressed; one of AXVM_DEVICE_BUS_*. Not in axvm-types. */
typedef uint8_t axvm_device_bus;

enum axvm_device_bus_values {
	AXVM_DEVICE_BUS_NONE = 0, /**< "none": it has no address. */
	AXVM_DEVICE_BUS_MEMORY = 1, /**< "memory": guest physical addresses. */
	AXVM_DEVICE_BUS_PORT = 2 /**< "port": x86 I/O ports. */
};

/**
 * @brief Turn a number into a bus if it is one.
 * @param value Number.
 * @param[out] out Receives the bus; untouched on failure.
 * @return false when this version knows no such bus.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_device_bus_try_from_usize(uint64_t value, axvm_device_bus *out);

/**
 * @brief The stable name of a bus.
 * @param bus Bus.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Not in axvm-types.
 */
const char *axvm_device_bus_name(axvm_device_bus bus);

/**
 * @brief Find a bus by its name.
 * @param name "none", "memory" or "port"; NULL is no name.
 * @param[out] out Receives the bus; untouched on failure.
 * @return false when no bus has that name.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_device_bus_from_name(const char *name, axvm_device_bus *out);

/**
 * @brief Where devices of a type are addressed.
 * @param type Type.
 * @return AXVM_DEVICE_BUS_PORT for the x86 console and timer, AXVM_DEVICE_BUS_NONE for
 *         dummies and unknown values, else AXVM_DEVICE_BUS_MEMORY.
 *
 * Not in axvm-types: how Axvisor reads base_gpa.
 */
axvm_device_bus axvm_emulated_device_type_bus(axvm_emulated_device_type type);

/**
 * @brief Check whether Axvisor implements a device type on an architecture.
 * @param type Type.
 * @param arch Architecture.
 * @return true when a version that has the type does: dummies and IVC channels on each
 *         architecture, virtio devices on none; false for an unknown type or architecture.
 *
 * Not in axvm-types. The hypervisor skips a device of another architecture.
 */
bool axvm_emulated_device_type_supports(axvm_emulated_device_type type, axvm_arch arch);

/**
 * @brief How many members of cfg_list a device type needs.
 * @param type Type.
 * @return Number of members, 0 for an unknown value. The hypervisor panics at less.
 *
 * Not in axvm-types.
 */
size_t axvm_emulated_device_type_config_count(axvm_emulated_device_type type);

/**
 * @brief What a member of cfg_list is, for example "stride".
 * @param type Type.
 * @param index Index in cfg_list.
 * @return A string with static lifetime, "unknown" for a member that the type does not need.
 *
 * Not in axvm-types.
 */
const char *axvm_emulated_device_type_config_name(axvm_emulated_device_type type, size_t index);

/**
 * @brief What an emu_type meant in configurations before July 2025.
 *
 * 0 to 11 were console, interrupt-controller, gppt, virtio-blk, virtio-net, virtio-console,
 * iommu, icc-sre, sgir, gicr, ivc and meta. Some of them are types today, too.
 *
 * @param number Number.
 * @return A string with static lifetime, "unknown" for a number that meant nothing.
 *
 * Not in axvm-types.
 */
const char *axvm_emulated_device_type_old_name(uint64_t number);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
