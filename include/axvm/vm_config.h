/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_VM_CONFIG_H
#define AXVM_VM_CONFIG_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/access.h>
#include <axvm/device.h>
#include <axvm/error.h>
#include <axvm/gpa.h>
#include <axvm/gpa_range.h>
#include <axvm/hpa.h>
#include <axvm/hpa_range.h>
#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup vm_config VM configuration
 * @brief The memory and the devices of a virtual machine, as configured.
 *
 * The structs are frozen: members never change. Their members are in the
 * model's order. A NULL name equals the empty name. They have padding and pointers, so
 * they are no format for files or the network.
 *
 * Ownership: a struct that an `_init` function, an `_INIT` macro or the caller has
 * filled owns nothing. One that a `_copy` function has filled owns its name unless
 * that is empty, and its list unless that has no element, until `_clear` frees
 * them. So do not clear a struct that holds the caller's own strings, nor a plain
 * assignment of a copied one.
 *
 * Every function is thread-safe for distinct objects; all but the `_copy` and
 * `_clear` functions, which allocate and free, are async-signal-safe.
 * @{
 */

/** How a memory region is backed; one of AXVM_MEM_MAPPING_*. Model: VMMemMappingType. */
typedef uint8_t axvm_mem_mapping_type;

enum axvm_mem_mapping_type_values {
	/** "alloc": host memory of the hypervisor's choice. Model: MapAlloc. */
	AXVM_MEM_MAPPING_ALLOC = 0,
	/** "identical": the guest address becomes the host address. Model: MapIdentical. */
	AXVM_MEM_MAPPING_IDENTICAL = 1,
	/** "reserved": host memory at the configured address. Model: MapReserved. */
	AXVM_MEM_MAPPING_RESERVED = 2,
	AXVM_MEM_MAPPING_DEFAULT = AXVM_MEM_MAPPING_ALLOC /**< The model's Default. */
};

/**
 * @brief Turn a number into a memory mapping type if it is one.
 * @param value Number.
 * @param[out] out Receives the type; untouched on failure.
 * @return false when this version knows no such type.
 *
 * Model: the discriminants of VMMemMappingType.
 */
AXVM_MUST_CHECK bool axvm_mem_mapping_type_try_from_usize(uint64_t value,
							  axvm_mem_mapping_type *out);

/**
 * @brief The stable name of a memory mapping type.
 * @param type Type.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Not in axvm-types.
 */
const char *axvm_mem_mapping_type_name(axvm_mem_mapping_type type);

/**
 * @brief Find a memory mapping type by its name.
 * @param name "alloc", "identical" or "reserved"; NULL is no name.
 * @param[out] out Receives the type; untouched on failure.
 * @return false when no type has that name.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_mem_mapping_type_from_name(const char *name, axvm_mem_mapping_type *out);

/**
 * @brief Configuration of a memory region.
 *
 * Model: VMMemConfig.
 */
typedef struct axvm_mem_config {
	axvm_gpa gpa; /**< Start of the region. */
	uint64_t size; /**< Size in bytes. */
	uint64_t flags; /**< Mapping flags of the hypervisor. */
	axvm_mem_mapping_type map_type; /**< How the region is backed. */
} axvm_mem_config;

/** Initializer of an axvm_mem_config: the model's Default. */
#define AXVM_MEM_CONFIG_INIT { AXVM_GPA_INIT(0), 0, 0, AXVM_MEM_MAPPING_DEFAULT }

/**
 * @brief Set a configuration to the model's Default.
 * @param[out] config Configuration; its former contents are not looked at.
 *
 * Model: Default of VMMemConfig.
 */
void axvm_mem_config_init(axvm_mem_config *config);

/**
 * @brief Check whether two configurations are the same.
 * @param a Configuration.
 * @param b Configuration.
 * @return true when all their members are equal.
 *
 * Model: PartialEq of VMMemConfig.
 */
bool axvm_mem_config_eq(const axvm_mem_config *a, const axvm_mem_config *b);

/** Size of a buffer for every text that axvm_mem_config_format() writes, with its NUL. */
#define AXVM_MEM_CONFIG_TEXT_SIZE 95

/**
 * @brief Write a configuration as one line of text with every member.
 *
 * Example: `gpa=GPA:0x80000000 size=0x10000000 flags=0x7 map_type=identical`.
 * Unknown values of enumerations are written as hexadecimal numbers.
 *
 * @param config Configuration.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1
 *         when it is above INT_MAX.
 *
 * Model: Debug of VMMemConfig.
 */
int axvm_mem_config_format(const axvm_mem_config *config, char *buf, size_t size);

/**
 * @brief The guest range that is configured.
 * @param config Configuration.
 * @param[out] out Receives `gpa` and `size` as a range; untouched on failure.
 * @return false when the end does not fit.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_mem_config_range(const axvm_mem_config *config, axvm_gpa_range *out);

/**
 * @brief Configuration of an emulated device.
 *
 * Model: EmulatedDeviceConfig.
 */
typedef struct axvm_emulated_device_config {
	const char *name; /**< Name; may be NULL. */
	axvm_gpa base_gpa; /**< Start of its registers; of its ports for some types. */
	uint64_t length; /**< Length of its registers in bytes. */
	uint64_t irq_id; /**< Interrupt number. */
	axvm_emulated_device_type emu_type; /**< Type. */
	const uint64_t *cfg_list; /**< Parameters, by type; may be NULL when there are none. */
	size_t cfg_list_len; /**< Number of parameters. */
} axvm_emulated_device_config;

/** Initializer of an axvm_emulated_device_config: the model's Default. */
#define AXVM_EMULATED_DEVICE_CONFIG_INIT \
	{ "", AXVM_GPA_INIT(0), 0, 0, AXVM_EMULATED_DEVICE_DEFAULT, NULL, 0 }

/**
 * @brief Set a configuration to the model's Default.
 * @param[out] config Configuration; its former contents are not looked at.
 *
 * Model: Default of EmulatedDeviceConfig.
 */
void axvm_emulated_device_config_init(axvm_emulated_device_config *config);

/**
 * @brief Check whether two configurations are the same.
 * @param a Configuration.
 * @param b Configuration.
 * @return true when all their members are equal, names and parameters by content.
 *
 * Model: PartialEq of EmulatedDeviceConfig.
 */
bool axvm_emulated_device_config_eq(const axvm_emulated_device_config *a,
				    const axvm_emulated_device_config *b);

/**
 * @brief Write a configuration as one line of text with every member.
 *
 * Example: `name="gicd" base_gpa=GPA:0x8000000 length=0x10000 irq_id=0
 * emu_type=gppt-distributor cfg_list=[0x1,0x20000]`.
 * Unknown values of enumerations are written as hexadecimal numbers.
 * In names quotes and backslashes follow a backslash, and control bytes are escaped: by
 * C's letter, or by a backslash, an x and always two hexadecimal digits.
 *
 * @param config Configuration.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1
 *         when it is above INT_MAX.
 *
 * Model: Debug of EmulatedDeviceConfig.
 */
int axvm_emulated_device_config_format(const axvm_emulated_device_config *config, char *buf,
				       size_t size);

/**
 * @brief The guest range that is configured.
 * @param config Configuration.
 * @param[out] out Receives `base_gpa` and `length` as a range; untouched on failure.
 * @return false when the end does not fit.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_emulated_device_config_range(const axvm_emulated_device_config *config,
						       axvm_gpa_range *out);

/**
 * @brief The guest range that a device really occupies.
 *
 * A GPPT redistributor has cpu_num frames of `length` bytes each, `stride` apart: from
 * base_gpa on (cpu_num - 1) x stride + length bytes, where cpu_num and stride are the first
 * two members of its cfg_list; nothing for cpu_num 0. So its length is that of one frame,
 * not of all. An interrupt controller (type 0x1) occupies 64 KiB from 0x0800_0000 on, whatever
 * is configured. Other devices in memory occupy their length.
 *
 * @param config Configuration.
 * @param[out] out Receives the range, empty when the device occupies nothing there; untouched
 *                 on failure.
 * @return false when the device is not addressed in memory (ports, dummies, unknown types),
 *         a redistributor has fewer than two members, or the end does not fit.
 *
 * Not in axvm-types. See axvm_emulated_device_type_bus(): a type that an architecture or a
 * version of the model does not have occupies nothing there.
 */
AXVM_MUST_CHECK bool
axvm_emulated_device_config_footprint(const axvm_emulated_device_config *config,
				      axvm_gpa_range *out);

/**
 * @brief Copy a configuration with its name and parameters.
 * @param[out] dst Receives the copy, to be freed by axvm_emulated_device_config_clear(); its
 *                 former contents are not looked at. The default on failure.
 * @param src Configuration to copy.
 * @return AXVM_OK; AXVM_ERROR_NO_MEMORY when memory runs out; or
 *         AXVM_ERROR_INVALID_INPUT when the list is NULL but has a length.
 *
 * Allocates. Model: Clone of EmulatedDeviceConfig.
 */
AXVM_MUST_CHECK axvm_error axvm_emulated_device_config_copy(axvm_emulated_device_config *dst,
							    const axvm_emulated_device_config *src);

/**
 * @brief Free what a copy owns, and set it to the default.
 * @param[in,out] config Configuration that axvm_emulated_device_config_copy() has
 *                       filled, or that holds the default; harmless twice.
 *
 * Frees. Model: Drop of EmulatedDeviceConfig.
 */
void axvm_emulated_device_config_clear(axvm_emulated_device_config *config);

/**
 * @brief Configuration of a passthrough device.
 *
 * Model: PassThroughDeviceConfig.
 */
typedef struct axvm_passthrough_device_config {
	const char *name; /**< Name; may be NULL. */
	axvm_gpa base_gpa; /**< Start of its registers in the guest. */
	axvm_hpa base_hpa; /**< Start of its registers in the host. */
	uint64_t length; /**< Length of its registers in bytes. */
	uint64_t irq_id; /**< Interrupt number. */
} axvm_passthrough_device_config;

/** Initializer of an axvm_passthrough_device_config: the model's Default. */
#define AXVM_PASSTHROUGH_DEVICE_CONFIG_INIT { "", AXVM_GPA_INIT(0), AXVM_HPA_INIT(0), 0, 0 }

/**
 * @brief Set a configuration to the model's Default.
 * @param[out] config Configuration; its former contents are not looked at.
 *
 * Model: Default of PassThroughDeviceConfig.
 */
void axvm_passthrough_device_config_init(axvm_passthrough_device_config *config);

/**
 * @brief Check whether two configurations are the same.
 * @param a Configuration.
 * @param b Configuration.
 * @return true when all their members are equal, names by content.
 *
 * Model: PartialEq of PassThroughDeviceConfig.
 */
bool axvm_passthrough_device_config_eq(const axvm_passthrough_device_config *a,
				       const axvm_passthrough_device_config *b);

/**
 * @brief Write a configuration as one line of text with every member.
 *
 * Example: `name="uart" base_gpa=GPA:0xfd000000 base_hpa=PA:0xfd000000 length=0x1000
 * irq_id=23`.
 * Unknown values of enumerations are written as hexadecimal numbers.
 * In names quotes and backslashes follow a backslash, and control bytes are escaped: by
 * C's letter, or by a backslash, an x and always two hexadecimal digits.
 *
 * @param config Configuration.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1
 *         when it is above INT_MAX.
 *
 * Model: Debug of PassThroughDeviceConfig.
 */
int axvm_passthrough_device_config_format(const axvm_passthrough_device_config *config, char *buf,
					  size_t size);

/**
 * @brief The guest range that is configured.
 * @param config Configuration.
 * @param[out] out Receives `base_gpa` and `length` as a range; untouched on failure.
 * @return false when the end does not fit.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool
axvm_passthrough_device_config_range(const axvm_passthrough_device_config *config,
				     axvm_gpa_range *out);

/**
 * @brief The host range that is configured.
 * @param config Configuration.
 * @param[out] out Receives `base_hpa` and `length` as a range; untouched on
 *                 failure.
 * @return false when the end does not fit.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool
axvm_passthrough_device_config_host_range(const axvm_passthrough_device_config *config,
					  axvm_hpa_range *out);

/**
 * @brief Copy a configuration with its name.
 * @param[out] dst Receives the copy, to be freed by axvm_passthrough_device_config_clear(); its
 *                 former contents are not looked at. The default on failure.
 * @param src Configuration to copy.
 * @return AXVM_OK; AXVM_ERROR_NO_MEMORY when memory runs out.
 *
 * Allocates. Model: Clone of PassThroughDeviceConfig.
 */
AXVM_MUST_CHECK axvm_error axvm_passthrough_device_config_copy(
	axvm_passthrough_device_config *dst, const axvm_passthrough_device_config *src);

/**
 * @brief Free what a copy owns, and set it to the default.
 * @param[in,out] config Configuration that axvm_passthrough_device_config_copy() has
 *                       filled, or that holds the default; harmless twice.
 *
 * Frees. Model: Drop of PassThroughDeviceConfig.
 */
void axvm_passthrough_device_config_clear(axvm_passthrough_device_config *config);

/**
 * @brief Configuration of a passthrough address range.
 *
 * Model: PassThroughAddressConfig.
 */
typedef struct axvm_passthrough_address_config {
	axvm_gpa base_gpa; /**< Start of the range, in the guest and in the host. */
	uint64_t length; /**< Length in bytes. */
} axvm_passthrough_address_config;

/** Initializer of an axvm_passthrough_address_config: the model's Default. */
#define AXVM_PASSTHROUGH_ADDRESS_CONFIG_INIT { AXVM_GPA_INIT(0), 0 }

/**
 * @brief Set a configuration to the model's Default.
 * @param[out] config Configuration; its former contents are not looked at.
 *
 * Model: Default of PassThroughAddressConfig.
 */
void axvm_passthrough_address_config_init(axvm_passthrough_address_config *config);

/**
 * @brief Check whether two configurations are the same.
 * @param a Configuration.
 * @param b Configuration.
 * @return true when all their members are equal.
 *
 * Model: PartialEq of PassThroughAddressConfig.
 */
bool axvm_passthrough_address_config_eq(const axvm_passthrough_address_config *a,
					const axvm_passthrough_address_config *b);

/** Size of a buffer for every text that axvm_passthrough_address_config_format() writes, with its NUL. */
#define AXVM_PASSTHROUGH_ADDRESS_CONFIG_TEXT_SIZE 58

/**
 * @brief Write a configuration as one line of text with every member.
 *
 * Example: `base_gpa=GPA:0x28041000 length=0x1000000`.
 * Unknown values of enumerations are written as hexadecimal numbers.
 *
 * @param config Configuration.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1
 *         when it is above INT_MAX.
 *
 * Model: Debug of PassThroughAddressConfig.
 */
int axvm_passthrough_address_config_format(const axvm_passthrough_address_config *config, char *buf,
					   size_t size);

/**
 * @brief The guest range that is configured.
 * @param config Configuration.
 * @param[out] out Receives `base_gpa` and `length` as a range; untouched on failure.
 * @return false when the end does not fit.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool
axvm_passthrough_address_config_range(const axvm_passthrough_address_config *config,
				      axvm_gpa_range *out);

/**
 * @brief Configuration of passthrough x86 I/O ports.
 *
 * Model: PassThroughPortConfig, from 0.7 on.
 */
typedef struct axvm_passthrough_port_config {
	uint16_t base; /**< First port. */
	uint16_t length; /**< Number of ports. */
} axvm_passthrough_port_config;

/** Initializer of an axvm_passthrough_port_config: the model's Default. */
#define AXVM_PASSTHROUGH_PORT_CONFIG_INIT { 0, 0 }

/**
 * @brief Set a configuration to the model's Default.
 * @param[out] config Configuration; its former contents are not looked at.
 *
 * Model: Default of PassThroughPortConfig.
 */
void axvm_passthrough_port_config_init(axvm_passthrough_port_config *config);

/**
 * @brief Check whether two configurations are the same.
 * @param a Configuration.
 * @param b Configuration.
 * @return true when all their members are equal.
 *
 * Model: PartialEq of PassThroughPortConfig.
 */
bool axvm_passthrough_port_config_eq(const axvm_passthrough_port_config *a,
				     const axvm_passthrough_port_config *b);

/** Size of a buffer for every text that axvm_passthrough_port_config_format() writes, with its NUL. */
#define AXVM_PASSTHROUGH_PORT_CONFIG_TEXT_SIZE 26

/**
 * @brief Write a configuration as one line of text with every member.
 *
 * Example: `base=0x3f8 length=0x8`.
 *
 * @param config Configuration.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1
 *         when it is above INT_MAX.
 *
 * Model: Debug of PassThroughPortConfig.
 */
int axvm_passthrough_port_config_format(const axvm_passthrough_port_config *config, char *buf,
					size_t size);

/**
 * @brief The last port that is configured.
 * @param config Configuration.
 * @param[out] out Receives the port; untouched on failure.
 * @return false when there is none: no port is configured, or the last one would be above
 *         0xffff. The hypervisor refuses both.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_passthrough_port_config_last(const axvm_passthrough_port_config *config,
						       axvm_port *out);

/**
 * @brief Configuration of a guest range that nothing may be put into.
 *
 * Model: ReservedAddressConfig, from 0.7 on.
 */
typedef struct axvm_reserved_address_config {
	axvm_gpa base_gpa; /**< Start of the range. */
	uint64_t length; /**< Length in bytes. */
} axvm_reserved_address_config;

/** Initializer of an axvm_reserved_address_config: the model's Default. */
#define AXVM_RESERVED_ADDRESS_CONFIG_INIT { AXVM_GPA_INIT(0), 0 }

/**
 * @brief Set a configuration to the model's Default.
 * @param[out] config Configuration; its former contents are not looked at.
 *
 * Model: Default of ReservedAddressConfig.
 */
void axvm_reserved_address_config_init(axvm_reserved_address_config *config);

/**
 * @brief Check whether two configurations are the same.
 * @param a Configuration.
 * @param b Configuration.
 * @return true when all their members are equal.
 *
 * Model: PartialEq of ReservedAddressConfig.
 */
bool axvm_reserved_address_config_eq(const axvm_reserved_address_config *a,
				     const axvm_reserved_address_config *b);

/** Size of a buffer for every text that axvm_reserved_address_config_format() writes, with its NUL. */
#define AXVM_RESERVED_ADDRESS_CONFIG_TEXT_SIZE 58

/**
 * @brief Write a configuration as one line of text with every member.
 *
 * Example: `base_gpa=GPA:0x28041000 length=0x1000000`.
 *
 * @param config Configuration.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1
 *         when it is above INT_MAX.
 *
 * Model: Debug of ReservedAddressConfig.
 */
int axvm_reserved_address_config_format(const axvm_reserved_address_config *config, char *buf,
					size_t size);

/**
 * @brief The guest range that is configured.
 * @param config Configuration.
 * @param[out] out Receives `base_gpa` and `length` as a range; untouched on failure.
 * @return false when the end does not fit.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_reserved_address_config_range(const axvm_reserved_address_config *config,
							axvm_gpa_range *out);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
