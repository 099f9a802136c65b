/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_LAYOUT_H
#define AXVM_LAYOUT_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/arch.h>
#include <axvm/error.h>
#include <axvm/gpa.h>
#include <axvm/hpa_range.h>
#include <axvm/inline.h>
#include <axvm/vcpu_set.h>
#include <axvm/vm.h>
#include <axvm/vm_config.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup layout The layout check
 * @brief Finds what would break a VM before it boots.
 *
 * axvm_layout_check() looks at the configurations of one or more VMs of one machine
 * and tells what the hypervisor would reject, panic at, ignore or get wrong. It opens
 * nothing and prints nothing. Beyond the model.
 *
 * **What is compared.** "By pages" is by the 4 KiB pages that two ranges touch. At the top
 * of the address space, where the end of the last page does not fit, the end counts as
 * 2^64 - 1: no page starts there, so nothing is missed and nothing is made up.
 *
 * - A memory region of type identical has its true place unknown; what meets it is a note.
 *   An error between two other ranges is not hidden by an identical one that meets both.
 * - A region that is empty or that overflows meets nothing. It counts as open at its end
 *   when boot addresses are looked for, so that one mistake is one finding.
 * - The footprint of an emulated device is that of axvm_emulated_device_config_footprint();
 *   ports meet ports only, and byte by byte. One that is empty, overflows or has an unknown
 *   type meets nothing.
 * - A pass-through device whose name starts with `/` and whose numbers are all 0 is
 *   discovered by the hypervisor and has no range.
 * - Pass-through ranges with one offset between guest and host may meet in a VM: the
 *   hypervisor merges them. Addresses have the offset 0, as reserved memory has.
 * - The host range of a pass-through device is base_hpa and length as configured.
 *
 * **How much is told.** When n ranges meet, a sweep in order of start, then of table order,
 * reports each range that begins before the furthest end so far once, against the range that
 * owns that end: at most n findings a rule. Of equal numbers and names, each later one is
 * reported against the first. The time is O(n log n) in the number of all entries.
 *
 * **Order.** The findings of a VM come before those of the next one, those between VMs come
 * last; the same input always gives the same findings in the same order.
 *
 * **Growing structs.** axvm_layout_vm, axvm_layout_limits and axvm_finding start with their
 * size, and members will be added at their end. Of an input that is longer than this
 * version's struct, the rest must be zero; an output is cut to the caller's size.
 *
 * Every function is thread-safe for distinct objects. All are async-signal-safe but
 * axvm_layout_check() and axvm_layout_findings() without a scratch buffer of the caller's,
 * which allocate and free it.
 * @{
 */

/** How bad a finding is; one of AXVM_SEVERITY_*, which ascend. */
typedef uint8_t axvm_severity;

enum {
	AXVM_SEVERITY_NOTE = 1, /**< "note": true, and perhaps meant so. */
	AXVM_SEVERITY_WARNING = 2, /**< "warning": it boots, but hardly as meant. */
	AXVM_SEVERITY_ERROR = 3 /**< "error": it does not boot, or not as written. */
};

/**
 * @brief Turn a number into a severity if it is one.
 * @param value Number.
 * @param[out] out Receives the severity; untouched on failure.
 * @return false when this version knows no such severity.
 */
AXVM_MUST_CHECK bool axvm_severity_try_from_usize(uint64_t value, axvm_severity *out);

/**
 * @brief The stable name of a severity.
 * @param severity Severity.
 * @return A string with static lifetime, "unknown" for an unknown value.
 */
const char *axvm_severity_name(axvm_severity severity);

/**
 * @brief Find a severity by its name.
 * @param name "note", "warning" or "error"; NULL is no name.
 * @param[out] out Receives the severity; untouched on failure.
 * @return false when no severity has that name.
 */
AXVM_MUST_CHECK bool axvm_severity_from_name(const char *name, axvm_severity *out);

/**
 * @brief What is wrong; one of AXVM_FINDING_*.
 *
 * In brackets: the severity, and what axvm_finding.value holds. An owner b is there where
 * two things meet.
 */
typedef uint8_t axvm_finding_code;

enum {
	/** "memory-none": no region (error). */
	AXVM_FINDING_MEMORY_NONE = 0x01,
	/** "memory-empty": size 0 (error). */
	AXVM_FINDING_MEMORY_EMPTY = 0x02,
	/** "memory-overflow": gpa + size does not fit (error; size in bytes). */
	AXVM_FINDING_MEMORY_OVERFLOW = 0x03,
	/** "memory-beyond-width": past the guest address width (error; width in bits). */
	AXVM_FINDING_MEMORY_BEYOND_WIDTH = 0x04,
	/** "memory-map-type": unknown map_type (error; its number). */
	AXVM_FINDING_MEMORY_MAP_TYPE = 0x05,
	/** "memory-unaligned": gpa or size no multiple of 4 KiB (error if reserved, else warning). */
	AXVM_FINDING_MEMORY_UNALIGNED = 0x06,
	/** "memory-overlap": two regions meet, by pages (error; note if either is identical). */
	AXVM_FINDING_MEMORY_OVERLAP = 0x07,

	/** "boot-address": an address that lies in no region (error; note if any is identical). */
	AXVM_FINDING_BOOT_ADDRESS = 0x10,
	/** "boot-image-clash": two images at one address (warning). */
	AXVM_FINDING_BOOT_IMAGE_CLASH = 0x11,
	/** "boot-protocol": a protocol or a combination that the hypervisor rejects (error). */
	AXVM_FINDING_BOOT_PROTOCOL = 0x12,
	/** "boot-entry-below-load": direct boot, entry_point below kernel_load_addr (warning). */
	AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD = 0x13,

	/** "device-empty": length 0 (error). */
	AXVM_FINDING_DEVICE_EMPTY = 0x20,
	/** "device-overflow": base + length does not fit (error; length in bytes). */
	AXVM_FINDING_DEVICE_OVERFLOW = 0x21,
	/** "device-beyond-width": past the guest address width (error; width in bits). */
	AXVM_FINDING_DEVICE_BEYOND_WIDTH = 0x22,
	/** "device-page-offset": base_gpa and base_hpa differ within their page (error; base_hpa). */
	AXVM_FINDING_DEVICE_PAGE_OFFSET = 0x23,
	/** "device-host-ignored": base_hpa is not base_gpa, by whole pages (warning; base_hpa). */
	AXVM_FINDING_DEVICE_HOST_IGNORED = 0x24,
	/** "device-unaligned": pass-through base amid a page (warning). */
	AXVM_FINDING_DEVICE_UNALIGNED = 0x25,
	/** "device-in-memory": a device meets RAM, by pages (error; note if that is identical). */
	AXVM_FINDING_DEVICE_IN_MEMORY = 0x26,
	/** "device-overlap": two devices meet, by pages; one GPA with two HPAs (error). */
	AXVM_FINDING_DEVICE_OVERLAP = 0x27,
	/** "device-host-twice": one host range under two GPAs of a VM (warning). */
	AXVM_FINDING_DEVICE_HOST_TWICE = 0x28,
	/** "device-name": a name twice in one list (warning). */
	AXVM_FINDING_DEVICE_NAME = 0x29,
	/** "device-type": unknown emu_type (error; its number). */
	AXVM_FINDING_DEVICE_TYPE = 0x2A,
	/**
	 * "device-config": cfg_list too short (error; emu_type), or a GPPT redistributor
	 * whose cpu_num is not the VM's (warning; its cpu_num).
	 */
	AXVM_FINDING_DEVICE_CONFIG = 0x2B,
	/** "device-arch": not for this architecture, or a and b for two (warning; emu_type of a). */
	AXVM_FINDING_DEVICE_ARCH = 0x2C,
	/** "device-ivc": a second IVC channel (warning). */
	AXVM_FINDING_DEVICE_IVC = 0x2D,
	/** "device-reserved": pass-through over a page of the hypervisor's (warning; that page). */
	AXVM_FINDING_DEVICE_RESERVED = 0x2E,

	/** "irq-shared": one number twice in a VM (warning; the IRQ). */
	AXVM_FINDING_IRQ_SHARED = 0x40,
	/** "irq-unused": an IRQ in mode no_irq (warning; the IRQ). */
	AXVM_FINDING_IRQ_UNUSED = 0x41,
	/** "irq-conflict": one physical IRQ in two VMs (warning; the IRQ). */
	AXVM_FINDING_IRQ_CONFLICT = 0x42,

	/** "cpu-count": cpu_num 0 or above 64 (error; cpu_num). */
	AXVM_FINDING_CPU_COUNT = 0x50,
	/** "cpu-list": a list not of cpu_num entries, or missing (error, warning; its length). */
	AXVM_FINDING_CPU_LIST = 0x51,
	/** "cpu-mask": an empty mask, or one beyond the host's CPUs (error; the bits beyond). */
	AXVM_FINDING_CPU_MASK = 0x52,
	/** "cpu-repeated": one phys_cpu_id twice (warning; the id). */
	AXVM_FINDING_CPU_REPEATED = 0x53,
	/** "cpu-shared": one mask for two vCPUs (note; the mask). */
	AXVM_FINDING_CPU_SHARED = 0x54,
	/** "cpu-conflict": one CPU in two VMs (warning; the id, or the mask of one bit). */
	AXVM_FINDING_CPU_CONFLICT = 0x55,

	/** "vm-id": two VMs with one id (error; the id). */
	AXVM_FINDING_VM_ID = 0x60,
	/** "vm-name": two VMs with one name (warning). */
	AXVM_FINDING_VM_NAME = 0x61,
	/** "host-conflict": one host range in two VMs or the hypervisor's, by pages (error). */
	AXVM_FINDING_HOST_CONFLICT = 0x62,

	/** "file-syntax": for readers of files: not TOML. The check never gives it. */
	AXVM_FINDING_FILE_SYNTAX = 0x80,
	/** "file-key": for readers of files: a missing or unknown key. The check never gives it. */
	AXVM_FINDING_FILE_KEY = 0x81,
	/** "file-value": for readers of files: a bad value. The check never gives it. */
	AXVM_FINDING_FILE_VALUE = 0x82
};

/**
 * @brief All codes that this version knows.
 * @param[out] count Receives how many there are; may be NULL.
 * @return The codes in ascending order, with static lifetime.
 */
const axvm_finding_code *axvm_finding_code_all(size_t *count);

/**
 * @brief Turn a number into a code if it is one.
 * @param value Number.
 * @param[out] out Receives the code; untouched on failure.
 * @return false when this version knows no such code.
 */
AXVM_MUST_CHECK bool axvm_finding_code_try_from_usize(uint64_t value, axvm_finding_code *out);

/**
 * @brief The stable name of a code, for example "memory-overlap".
 * @param code Code.
 * @return A string with static lifetime, "unknown" for an unknown value.
 */
const char *axvm_finding_code_name(axvm_finding_code code);

/**
 * @brief Find a code by its name.
 * @param name A name that axvm_finding_code_name() gives; NULL is no name.
 * @param[out] out Receives the code; untouched on failure.
 * @return false when no code has that name.
 */
AXVM_MUST_CHECK bool axvm_finding_code_from_name(const char *name, axvm_finding_code *out);

/**
 * @brief What owns a finding: a table of a configuration, or one of its keys.
 *
 * Their order is "table order"; the name is that of the key in the file.
 */
typedef uint8_t axvm_layout_table;

enum {
	AXVM_LAYOUT_TABLE_NONE = 0, /**< "none": there is no such owner. */
	AXVM_LAYOUT_TABLE_ID = 1, /**< "id": of the VM. */
	AXVM_LAYOUT_TABLE_NAME = 2, /**< "name": of the VM. */
	AXVM_LAYOUT_TABLE_CPU_NUM = 3, /**< "cpu_num". */
	AXVM_LAYOUT_TABLE_PHYS_CPU_IDS = 4, /**< "phys_cpu_ids": a list. */
	AXVM_LAYOUT_TABLE_PHYS_CPU_SETS = 5, /**< "phys_cpu_sets": a list. */
	AXVM_LAYOUT_TABLE_ENTRY_POINT = 6, /**< "entry_point". */
	AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR = 7, /**< "kernel_load_addr". */
	AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR = 8, /**< "dtb_load_addr". */
	AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR = 9, /**< "ramdisk_load_addr". */
	AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR = 10, /**< "bios_load_addr". */
	AXVM_LAYOUT_TABLE_BOOT_PROTOCOL = 11, /**< "boot_protocol". */
	AXVM_LAYOUT_TABLE_ENABLE_BIOS = 12, /**< "enable_bios". */
	AXVM_LAYOUT_TABLE_MEMORY_REGIONS = 13, /**< "memory_regions": a list. */
	AXVM_LAYOUT_TABLE_EMU_DEVICES = 14, /**< "emu_devices": a list. */
	AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES = 15, /**< "passthrough_devices": a list. */
	AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES = 16, /**< "passthrough_addresses": a list. */
	AXVM_LAYOUT_TABLE_HYPERVISOR = 17 /**< "hypervisor": the hypervisor's ranges, a list. */
};

/**
 * @brief Turn a number into a table if it is one.
 * @param value Number.
 * @param[out] out Receives the table; untouched on failure.
 * @return false when this version knows no such table.
 */
AXVM_MUST_CHECK bool axvm_layout_table_try_from_usize(uint64_t value, axvm_layout_table *out);

/**
 * @brief The stable name of a table: its key in the file.
 * @param table Table.
 * @return A string with static lifetime, "unknown" for an unknown value.
 */
const char *axvm_layout_table_name(axvm_layout_table table);

/**
 * @brief Find a table by its name.
 * @param name A name that axvm_layout_table_name() gives; NULL is no name.
 * @param[out] out Receives the table; untouched on failure.
 * @return false when no table has that name.
 */
AXVM_MUST_CHECK bool axvm_layout_table_from_name(const char *name, axvm_layout_table *out);

/** What the numbers of a range are; one of AXVM_LAYOUT_SPACE_*. */
typedef uint8_t axvm_layout_space;

enum {
	AXVM_LAYOUT_SPACE_NONE = 0, /**< "none": there is no range. */
	AXVM_LAYOUT_SPACE_GUEST = 1, /**< "guest": guest physical addresses. */
	AXVM_LAYOUT_SPACE_HOST = 2, /**< "host": host physical addresses. */
	AXVM_LAYOUT_SPACE_PORT = 3 /**< "port": x86 I/O ports. */
};

/**
 * @brief Turn a number into a space if it is one.
 * @param value Number.
 * @param[out] out Receives the space; untouched on failure.
 * @return false when this version knows no such space.
 */
AXVM_MUST_CHECK bool axvm_layout_space_try_from_usize(uint64_t value, axvm_layout_space *out);

/**
 * @brief The stable name of a space.
 * @param space Space.
 * @return A string with static lifetime, "unknown" for an unknown value.
 */
const char *axvm_layout_space_name(axvm_layout_space space);

/**
 * @brief Find a space by its name.
 * @param name "none", "guest", "host" or "port"; NULL is no name.
 * @param[out] out Receives the space; untouched on failure.
 * @return false when no space has that name.
 */
AXVM_MUST_CHECK bool axvm_layout_space_from_name(const char *name, axvm_layout_space *out);

/** axvm_layout_vm.flags: what a configuration gives, and enable_bios. */
enum {
	AXVM_LAYOUT_HAS_ENTRY_POINT = 0x1, /**< entry_point is given. */
	AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR = 0x2, /**< kernel_load_addr is given. */
	AXVM_LAYOUT_HAS_DTB_LOAD_ADDR = 0x4, /**< dtb_load_addr is given. */
	AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR = 0x8, /**< ramdisk_load_addr is given. */
	AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR = 0x10, /**< bios_load_addr is given. */
	AXVM_LAYOUT_HAS_KERNEL_PATH = 0x20, /**< kernel_path is given; no rule asks yet. */
	AXVM_LAYOUT_HAS_DTB_PATH = 0x40, /**< dtb_path is given; no rule asks yet. */
	AXVM_LAYOUT_HAS_RAMDISK_PATH = 0x80, /**< ramdisk_path is given. */
	AXVM_LAYOUT_HAS_BIOS_PATH = 0x100, /**< bios_path is given. */
	AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH = 0x200, /**< uefi_firmware_path is given. */
	AXVM_LAYOUT_HAS_BOOT_PROTOCOL = 0x400, /**< boot_protocol is given. */
	AXVM_LAYOUT_ENABLE_BIOS = 0x800, /**< enable_bios is true. */
	AXVM_LAYOUT_HAS_PHYS_CPU_IDS = 0x1000, /**< phys_cpu_ids is given, though it may be empty. */
	AXVM_LAYOUT_HAS_PHYS_CPU_SETS = 0x2000 /**< phys_cpu_sets is given, though it may be empty. */
};

/**
 * @brief The configuration of one VM.
 *
 * A growing struct. Arrays are the caller's and may be NULL when they have no element.
 * Arrays of config structs come with the size of an element, `sizeof` of the struct that
 * the caller has compiled.
 */
typedef struct axvm_layout_vm {
	size_t size; /**< Size of this struct in bytes. */
	const char *name; /**< Name; may be NULL. */
	axvm_vm_id id; /**< Id. */
	uint64_t cpu_num; /**< Number of vCPUs. */
	const uint64_t *phys_cpu_ids; /**< Hardware ids of CPUs. */
	size_t phys_cpu_id_count; /**< Number of them. */
	const uint64_t *phys_cpu_sets; /**< Masks of host CPUs, bit n for CPU n. */
	size_t phys_cpu_set_count; /**< Number of them. */
	const axvm_mem_config *memory_regions; /**< Memory. */
	size_t memory_region_size; /**< Size of an element in bytes. */
	size_t memory_region_count; /**< Number of elements. */
	const axvm_emulated_device_config *emu_devices; /**< Emulated devices. */
	size_t emu_device_size; /**< Size of an element in bytes. */
	size_t emu_device_count; /**< Number of elements. */
	const axvm_passthrough_device_config *passthrough_devices; /**< Pass-through devices. */
	size_t passthrough_device_size; /**< Size of an element in bytes. */
	size_t passthrough_device_count; /**< Number of elements. */
	const axvm_passthrough_address_config *passthrough_addresses; /**< And addresses. */
	size_t passthrough_address_size; /**< Size of an element in bytes. */
	size_t passthrough_address_count; /**< Number of elements. */
	axvm_gpa entry_point; /**< Where the first vCPU starts. */
	axvm_gpa kernel_load_addr; /**< Where the kernel image goes. */
	axvm_gpa dtb_load_addr; /**< Where the device tree blob goes. */
	axvm_gpa ramdisk_load_addr; /**< Where the ramdisk image goes. */
	axvm_gpa bios_load_addr; /**< Where the BIOS or UEFI image goes. */
	uint32_t flags; /**< AXVM_LAYOUT_HAS_* and AXVM_LAYOUT_ENABLE_BIOS; no other bit. */
	/** Boot protocol if given; a value that is none stands for a name that is none. */
	axvm_boot_protocol boot_protocol;
	axvm_interrupt_mode interrupt_mode; /**< Interrupt mode; the default when not given. */
	uint8_t reserved[2]; /**< Zero. */
} axvm_layout_vm;

/** Initializer of an axvm_layout_vm without anything. */
#define AXVM_LAYOUT_VM_INIT                                                                        \
	{                                                                                          \
		sizeof(axvm_layout_vm), NULL, 0, 0, NULL, 0, NULL, 0,                              \
		NULL, sizeof(axvm_mem_config), 0,                                                  \
		NULL, sizeof(axvm_emulated_device_config), 0,                                      \
		NULL, sizeof(axvm_passthrough_device_config), 0,                                   \
		NULL, sizeof(axvm_passthrough_address_config), 0,                                  \
		AXVM_GPA_INIT(0), AXVM_GPA_INIT(0), AXVM_GPA_INIT(0), AXVM_GPA_INIT(0),            \
		AXVM_GPA_INIT(0), 0, AXVM_BOOT_PROTOCOL_DEFAULT, AXVM_INTERRUPT_MODE_DEFAULT,      \
		{ 0, 0 }                                                                           \
	}

/**
 * @brief What is known of the machine.
 *
 * A growing struct. All zero but the size: nothing is known.
 */
typedef struct axvm_layout_limits {
	size_t size; /**< Size of this struct in bytes. */
	const axvm_hpa_range *hypervisor; /**< Memory and devices of the hypervisor itself. */
	size_t hypervisor_count; /**< Number of ranges; 0 when they are not known. */
	axvm_vcpu_set host_cpus; /**< CPUs of the host; empty when they are not known. */
	uint32_t gpa_bits; /**< Width of guest physical addresses, up to 64; 0 when not known. */
	axvm_arch arch; /**< Architecture; AXVM_ARCH_UNKNOWN when it is not known. */
	uint8_t reserved[3]; /**< Zero. */
} axvm_layout_limits;

/** Initializer of an axvm_layout_limits that knows nothing. */
#define AXVM_LAYOUT_LIMITS_INIT                                                                    \
	{ sizeof(axvm_layout_limits), NULL, 0, { 0 }, 0, AXVM_ARCH_UNKNOWN, { 0, 0, 0 } }

/** axvm_finding_owner.vm of the hypervisor's ranges, which no VM owns. */
#define AXVM_LAYOUT_NO_VM SIZE_MAX
/** axvm_finding_owner.index of a finding about a list as a whole. */
#define AXVM_LAYOUT_WHOLE_TABLE SIZE_MAX

/** One of the things that a finding is about. Frozen. */
typedef struct axvm_finding_owner {
	const char *name; /**< Name of the device, or of the VM for its keys; NULL for none. */
	size_t vm; /**< Index of the VM, or AXVM_LAYOUT_NO_VM. */
	size_t index; /**< Index in the list, or AXVM_LAYOUT_WHOLE_TABLE; 0 for a key. */
	axvm_vm_id vm_id; /**< Id of the VM. */
	uint64_t start; /**< First address or port. */
	uint64_t end; /**< First one past it; 2^64 - 1 when that does not fit. */
	axvm_layout_table table; /**< Table or key; AXVM_LAYOUT_TABLE_NONE for no owner. */
	axvm_layout_space space; /**< What start and end are; AXVM_LAYOUT_SPACE_NONE for no range. */
} axvm_finding_owner;

/**
 * @brief What the check has found.
 *
 * A growing struct. Ranges are as configured, not rounded to pages; an address is a range
 * of length 0. Where there are two owners, a is the earlier one in order of VMs, tables and
 * indexes.
 */
typedef struct axvm_finding {
	size_t size; /**< Size of what is filled in, in bytes. */
	axvm_finding_owner a; /**< What it is about. */
	axvm_finding_owner b; /**< What that meets; its table is AXVM_LAYOUT_TABLE_NONE for none. */
	uint64_t value; /**< A number, by code; 0 where the code has none. */
	const char *text; /**< What is wrong, to stand between a and b; with static lifetime. */
	const char *hint; /**< What to do, a whole sentence; with static lifetime. */
	axvm_finding_code code; /**< Code. */
	axvm_severity severity; /**< Severity. */
} axvm_finding;

/**
 * @brief Takes a finding.
 * @param finding Finding; it goes with the call, the strings in it stay.
 * @param ctx What the caller of the check has passed.
 * @return false to have no more of them.
 */
typedef bool (*axvm_finding_fn)(const axvm_finding *finding, void *ctx);

/**
 * @brief The size of the scratch buffer that a check needs.
 *
 * At most 64 bytes for each entry of the longest list that it sorts: of one VM the regions,
 * devices and addresses together, its CPU ids, or its masks; across VMs (or with ranges of
 * the hypervisor's) the same of all of them.
 *
 * @param vms Array of VMs.
 * @param vm_size Size of an element of it in bytes: `sizeof(axvm_layout_vm)`.
 * @param vm_count Number of VMs; may be 0.
 * @param limits What is known of the machine; may be NULL for nothing.
 * @param[out] out Receives the size in bytes; untouched on failure.
 * @return AXVM_OK; AXVM_ERROR_INVALID_INPUT as axvm_layout_check(); or
 *         AXVM_ERROR_NO_MEMORY when a size_t cannot hold it.
 */
AXVM_MUST_CHECK axvm_error axvm_layout_scratch_size(const axvm_layout_vm *vms, size_t vm_size,
						    size_t vm_count,
						    const axvm_layout_limits *limits, size_t *out);

/**
 * @brief Check the configurations of all VMs of a machine, alone and against each other.
 * @param vms Array of VMs.
 * @param vm_size Size of an element of it in bytes: `sizeof(axvm_layout_vm)`. The `size` of
 *                each element is the same.
 * @param vm_count Number of VMs; may be 0.
 * @param limits What is known of the machine; may be NULL for nothing.
 * @param found Takes the findings, one by one.
 * @param ctx Passed on to @p found.
 * @param[out] scratch Buffer, aligned as malloc() does; or NULL to have it allocated and
 *                     freed by the function, its only allocation.
 * @param scratch_size Size of @p scratch in bytes, at least that of
 *                     axvm_layout_scratch_size(); not looked at when that is NULL.
 * @return AXVM_OK, also when there are findings, and when @p found has ended the check;
 *         AXVM_ERROR_NO_MEMORY; or, before anything is found, AXVM_ERROR_INVALID_INPUT:
 *         an array or a cfg_list NULL with elements, or misaligned; a size that no version
 *         has, unknown bytes or bits that are not zero, a hypervisor range that is inverted,
 *         more than 64 bits of address, 2^32 VMs, a scratch buffer misaligned or too small.
 */
AXVM_MUST_CHECK axvm_error axvm_layout_check(const axvm_layout_vm *vms, size_t vm_size,
					     size_t vm_count, const axvm_layout_limits *limits,
					     axvm_finding_fn found, void *ctx, void *scratch,
					     size_t scratch_size);

/**
 * @brief Check as axvm_layout_check() does, and collect the findings in an array.
 * @param vms Array of VMs.
 * @param vm_size Size of an element of it in bytes.
 * @param vm_count Number of VMs; may be 0.
 * @param limits What is known of the machine; may be NULL for nothing.
 * @param[out] findings Receives the first findings, each cut to @p finding_size or filled up
 *                      with zeros; may be NULL when @p capacity is 0.
 * @param finding_size Size of an element of it in bytes: `sizeof(axvm_finding)`; not 0.
 * @param capacity Number of elements that it can hold.
 * @param[out] count Receives how many findings there are in all, which may be more than
 *                   @p capacity; 0 on failure; may be NULL.
 * @param[out] scratch As in axvm_layout_check().
 * @param scratch_size As in axvm_layout_check().
 * @return As axvm_layout_check().
 */
AXVM_MUST_CHECK axvm_error axvm_layout_findings(const axvm_layout_vm *vms, size_t vm_size,
						size_t vm_count, const axvm_layout_limits *limits,
						axvm_finding *findings, size_t finding_size,
						size_t capacity, size_t *count, void *scratch,
						size_t scratch_size);

/**
 * @brief Write a finding as one line of text.
 *
 * Example: `error[device-in-memory]: memory_regions[0] GPA:0x80000000..GPA:0x90000000 overlaps
 * emu_devices[1] "uart" GPA:0x88000000..GPA:0x88001000`. Where the owners belong to two VMs,
 * each is told with its VM: `vms[0].passthrough_devices[1] ...`. In names the characters " and \
 * and control bytes are escaped as in C. The hint is not in it.
 *
 * @param finding Finding of this version's size or longer.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1
 *         when it is above INT_MAX.
 */
int axvm_finding_format(const axvm_finding *finding, char *buf, size_t size);

/**
 * @brief Write a finding as axvm_finding_format() does, without severity and code.
 *
 * For tools that show them in their own way, or know the VMs by their files.
 *
 * @param finding Finding of this version's size or longer.
 * @param a_where Text that is written before owner a, such as "vm1.toml: "; may be NULL.
 * @param b_where Text that is written before owner b if there is one; may be NULL.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1
 *         when it is above INT_MAX.
 */
int axvm_finding_message_format(const axvm_finding *finding, const char *a_where,
				const char *b_where, char *buf, size_t size);

/**
 * @brief Write an owner of a finding as text, without its VM.
 *
 * Example: `emu_devices[1] "uart" GPA:0x88000000..GPA:0x88001000`, `entry_point GPA:0x80200000`;
 * ports are written as `port 0x3f8..0x400`. The empty text for no owner.
 *
 * @param owner Owner.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1
 *         when it is above INT_MAX.
 */
int axvm_finding_owner_format(const axvm_finding_owner *owner, char *buf, size_t size);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
