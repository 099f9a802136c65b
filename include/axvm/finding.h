/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_FINDING_H
#define AXVM_FINDING_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/inline.h>
#include <axvm/vm.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup finding Findings
 * @brief What the layout check finds, and how it is reported.
 *
 * The enumerations are open: a value that this version does not know can be stored
 * and passed on, and its name is "unknown". Not in axvm-types. Every function is
 * thread-safe and async-signal-safe.
 * @{
 */

/** How bad a finding is; one of AXVM_SEVERITY_*, which ascend. */
typedef uint8_t axvm_severity;

enum axvm_severity_values {
	AXVM_SEVERITY_NOTE = 1, /**< "note": it may be intended. */
	AXVM_SEVERITY_WARNING = 2, /**< "warning": it boots, but probably not as intended. */
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
 * two things overlap or conflict.
 */
typedef uint8_t axvm_finding_code;

enum axvm_finding_code_values {
	/** "memory-none": no region (error). */
	AXVM_FINDING_MEMORY_NONE = 0x01,
	/** "memory-empty": size 0 (error). */
	AXVM_FINDING_MEMORY_EMPTY = 0x02,
	/** "memory-overflow": gpa + size does not fit (error; note if identical; size in bytes). */
	AXVM_FINDING_MEMORY_OVERFLOW = 0x03,
	/**
	 * "memory-beyond-width": past the guest address width (error; note if identical; width
	 * in bits), or past 0x7fff_ffff_f000 where that is not set (the same; 0).
	 */
	AXVM_FINDING_MEMORY_BEYOND_WIDTH = 0x04,
	/** "memory-map-type": unknown map_type (error; its number). */
	AXVM_FINDING_MEMORY_MAP_TYPE = 0x05,
	/** "memory-unaligned": size, or the gpa unless identical, no multiple of 4 KiB (error). */
	AXVM_FINDING_MEMORY_UNALIGNED = 0x06,
	/**
	 * "memory-overlap": two regions overlap, by pages (error; note if either is identical; where
	 * they only share a page, that page).
	 */
	AXVM_FINDING_MEMORY_OVERLAP = 0x07,
	/**
	 * "memory-reserved": over a page of the hypervisor's, on x86_64 (error; note if
	 * identical; that page).
	 */
	AXVM_FINDING_MEMORY_RESERVED = 0x08,

	/**
	 * "boot-address": an address that is in no region (error; note if a region is identical;
	 * 0), with the region that it is moved with, if any; of an image that does not fit into a
	 * region, with that (error; its size in bytes); one that is refused (0.7: error).
	 */
	AXVM_FINDING_BOOT_ADDRESS = 0x10,
	/** "boot-image-clash": two images at one address (warning), or that overlap by size (error). */
	AXVM_FINDING_BOOT_IMAGE_CLASH = 0x11,
	/**
	 * "boot-protocol": a protocol or a combination that the hypervisor rejects (error; the
	 * length of a command line in bytes, else 0).
	 */
	AXVM_FINDING_BOOT_PROTOCOL = 0x12,
	/**
	 * "boot-entry-below-load": entry_point below kernel_load_addr (error where the kernel is
	 * moved, warning where it may be, else note).
	 */
	AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD = 0x13,
	/** "boot-image-missing": what an image or a protocol needs is absent (error). */
	AXVM_FINDING_BOOT_IMAGE_MISSING = 0x14,
	/**
	 * "boot-memory": a protocol needs memory at a fixed place (error; note if a region is
	 * identical; its address).
	 */
	AXVM_FINDING_BOOT_MEMORY = 0x15,
	/**
	 * "boot-entry": direct boot enters where no image is loaded: past the kernel, or before it
	 * on an architecture without boot stubs (error where the kernel's size is known, else
	 * warning; that size in bytes, or 0).
	 */
	AXVM_FINDING_BOOT_ENTRY = 0x16,

	/** "device-empty": length 0 (error). */
	AXVM_FINDING_DEVICE_EMPTY = 0x20,
	/**
	 * "device-overflow": base + length does not fit (error; length in bytes or ports), or
	 * the frames of a redistributor do not (error; their stride in bytes).
	 */
	AXVM_FINDING_DEVICE_OVERFLOW = 0x21,
	/**
	 * "device-beyond-width": past the guest address width (error; width in bits), or past
	 * 0x7fff_ffff_f000 where that is not set (error; 0.5, emulated: warning; 0).
	 */
	AXVM_FINDING_DEVICE_BEYOND_WIDTH = 0x22,
	/**
	 * "device-page-offset": base_gpa and base_hpa differ within their page (0.5: warning;
	 * 0.7: error; base_hpa).
	 */
	AXVM_FINDING_DEVICE_PAGE_OFFSET = 0x23,
	/**
	 * "device-host-ignored": base_hpa is not base_gpa, by whole pages (0.5: warning; 0.7 on
	 * aarch64 and riscv64: error; base_hpa).
	 */
	AXVM_FINDING_DEVICE_HOST_IGNORED = 0x24,
	/** "device-unaligned": passthrough base inside a page (0.5 only: warning). */
	AXVM_FINDING_DEVICE_UNALIGNED = 0x25,
	/**
	 * "device-in-memory": a device overlaps RAM, by pages (error; note if that is identical; where
	 * they only share a page, that page).
	 */
	AXVM_FINDING_DEVICE_IN_MEMORY = 0x26,
	/**
	 * "device-overlap": two devices overlap, by pages, at 0.5 two emulated ones by bytes; one
	 * GPA with two HPAs (error; where they only share a page, that page).
	 */
	AXVM_FINDING_DEVICE_OVERLAP = 0x27,
	/** "device-host-twice": one host range under two GPAs of a VM (warning). */
	AXVM_FINDING_DEVICE_HOST_TWICE = 0x28,
	/** "device-name": a name twice in one list (warning). */
	AXVM_FINDING_DEVICE_NAME = 0x29,
	/** "device-type": unknown emu_type (error; its number). */
	AXVM_FINDING_DEVICE_TYPE = 0x2A,
	/**
	 * "device-config": cfg_list, or a length, that the type cannot do with (error; emu_type);
	 * or a GPPT redistributor whose cpu_num is not the VM's (warning; its cpu_num), or whose
	 * length is not its stride (warning; its stride in bytes).
	 */
	AXVM_FINDING_DEVICE_CONFIG = 0x2B,
	/**
	 * "device-arch": not for this architecture, or a and b for two (warning; emu_type of a);
	 * or for none (0.5: warning; 0.7: error; emu_type).
	 */
	AXVM_FINDING_DEVICE_ARCH = 0x2C,
	/** "device-ivc": a second IVC channel (warning); a base inside a page (error). */
	AXVM_FINDING_DEVICE_IVC = 0x2D,
	/** "device-reserved": passthrough over a page of the hypervisor's (error; that page). */
	AXVM_FINDING_DEVICE_RESERVED = 0x2E,
	/**
	 * "device-twice": two passthrough entries with one range (warning); a second emulated
	 * device of a type that a VM has one of (error).
	 */
	AXVM_FINDING_DEVICE_TWICE = 0x2F,
	/** "device-fixed": not where the hypervisor has it (warning; that address or port). */
	AXVM_FINDING_DEVICE_FIXED = 0x30,
	/**
	 * "device-discovery": a path of the device tree where none works, or after a range
	 * (error); a range that such a path drops (warning).
	 */
	AXVM_FINDING_DEVICE_DISCOVERY = 0x31,
	/**
	 * "device-path" (from 0.7.3 on): a device tree path that is not absolute, is "/", is both
	 * passed through and disabled, or is passed through on x86_64 or loongarch64 (error); one
	 * that is twice in a list (note).
	 */
	AXVM_FINDING_DEVICE_PATH = 0x32,
	/**
	 * "device-dma": a device that may read and write memory by itself is passed through, and
	 * memory of type alloc is elsewhere in the host (note).
	 */
	AXVM_FINDING_DEVICE_DMA = 0x33,
	/**
	 * "device-disabled": a device tree path is passed through, and it, or a node above it, is
	 * kept from the guest (warning; from 0.7.3 on only below such a node); or a path among the
	 * excluded or disabled ones differs from it by a slash at the end alone (warning).
	 */
	AXVM_FINDING_DEVICE_DISABLED = 0x34,

	/**
	 * "port-conflict": passed through ports overlap others or emulated ones (from 0.7 on: error),
	 * or are more ranges than 16 (from 0.7 on: error, about the list as a whole; how many).
	 */
	AXVM_FINDING_PORT_CONFLICT = 0x38,
	/**
	 * "machine-conflict" (from 0.7.3 on): memory, as configured, over a device of the machine
	 * (error; on aarch64 and riscv64, where that may be elsewhere, warning; 0); memory that
	 * fills the window for virtual devices, where there are some (error, about the list as a
	 * whole; the start of the window).
	 */
	AXVM_FINDING_MACHINE_CONFLICT = 0x39,

	/** "irq-shared": one number on several devices of a VM (note; the IRQ). */
	AXVM_FINDING_IRQ_SHARED = 0x40,
	/**
	 * "irq-unused": an IRQ in mode no_irq, once for a number (note; the IRQ); or a RISC-V
	 * PLIC in it, and no other (from 0.7 on: error; 0).
	 */
	AXVM_FINDING_IRQ_UNUSED = 0x41,
	/** "irq-conflict": physical IRQs in two VMs, once for two VMs (note; the lowest IRQ). */
	AXVM_FINDING_IRQ_CONFLICT = 0x42,

	/** "cpu-count": cpu_num 0 or above 64 (error; cpu_num). */
	AXVM_FINDING_CPU_COUNT = 0x50,
	/**
	 * "cpu-list": a list longer than cpu_num (0.5: error; 0.7: warning; its length), shorter
	 * (warning; its length), or ids that aarch64 or riscv64 needs (error; 0). Where masks
	 * are made from the ids, on these two, phys_cpu_sets may be of any length.
	 */
	AXVM_FINDING_CPU_LIST = 0x51,
	/**
	 * "cpu-mask": an empty mask, or one beyond the host's CPUs (0.5: error; 0.7: warning; the
	 * bits beyond). Where masks are ignored, on aarch64 and riscv64, that is "key-unused".
	 */
	AXVM_FINDING_CPU_MASK = 0x52,
	/**
	 * "cpu-repeated": one phys_cpu_id twice (warning; from 0.7.3 on, on aarch64: error; the id),
	 * or one that is the index of a vCPU without an id (the same error; the id).
	 */
	AXVM_FINDING_CPU_REPEATED = 0x53,
	/** "cpu-shared": one mask for two vCPUs, where masks count (note; the mask). */
	AXVM_FINDING_CPU_SHARED = 0x54,
	/**
	 * "cpu-conflict": CPUs in two VMs, once for two VMs (warning; of one its id, or, where
	 * masks count, its mask of one bit; of several, about the lists as a whole, the set of the
	 * host's CPUs that masks name, or of those vCPUs of a whose ids b has too).
	 */
	AXVM_FINDING_CPU_CONFLICT = 0x55,

	/**
	 * "vm-id": two VMs with one id (error; the id), or, on aarch64 with interrupts passed
	 * through, one that is not from 1 to 8 (warning; the id).
	 */
	AXVM_FINDING_VM_ID = 0x60,
	/** "vm-name": two VMs with one name (warning). */
	AXVM_FINDING_VM_NAME = 0x61,
	/**
	 * "host-conflict": one host range in two VMs or the hypervisor's, by pages (error; where
	 * only a page is shared, that page). That of a passthrough device at 0.5 is its guest
	 * range, as base_hpa is ignored. One device tree path in two VMs, or one above the other
	 * (warning; 0); the whole tree, or from 0.7.3 on two guests of type passthrough (note; 0).
	 */
	AXVM_FINDING_HOST_CONFLICT = 0x62,

	/**
	 * "key-unused": a key that is set, but has no effect in this configuration (of a firmware
	 * warning, else note). disk_path is known by AXVM_LAYOUT_HAS_DISK_PATH alone.
	 */
	AXVM_FINDING_KEY_UNUSED = 0x68,

	/**
	 * "tree-ram": reserved memory that is not all in the host's (warning; the first host
	 * address that is not), or memory that the host has not enough for (warning; the size of
	 * the host's in bytes). Owner b is the host's memory as a whole.
	 */
	AXVM_FINDING_TREE_RAM = 0x70,

	/** "file-syntax": for readers of files: not TOML. The check never gives it. */
	AXVM_FINDING_FILE_SYNTAX = 0x80,
	/** "file-key": for readers of files: a missing or unknown key. The check never gives it. */
	AXVM_FINDING_FILE_KEY = 0x81,
	/** "file-value": for readers of files: a bad value. The check never gives it. */
	AXVM_FINDING_FILE_VALUE = 0x82,
	/** "file-allow": for readers of files: a comment allows what is not found. The check never gives it. */
	AXVM_FINDING_FILE_ALLOW = 0x83,
	/** "file-format": for readers of files: of another version. The check never gives it. */
	AXVM_FINDING_FILE_FORMAT = 0x84,
	/** "virtual-id": for readers of files: a virtual device's id. The check never gives it. */
	AXVM_FINDING_VIRTUAL_ID = 0x85,
	/** "virtual-model": for readers of files: its model. The check never gives it. */
	AXVM_FINDING_VIRTUAL_MODEL = 0x86,
	/** "virtual-option": for readers of files: an option of it. The check never gives it. */
	AXVM_FINDING_VIRTUAL_OPTION = 0x87,
	/** "file-machine": for readers of files: of different machines. The check never gives it. */
	AXVM_FINDING_FILE_MACHINE = 0x88,

	/**
	 * "tree-path": for readers of the host's device tree: a path of no node. The check gives
	 * none of these.
	 */
	AXVM_FINDING_TREE_PATH = 0x90,
	AXVM_FINDING_TREE_CPU = 0x91, /**< "tree-cpu": a phys_cpu_id that the tree has not. */
	AXVM_FINDING_TREE_OWNED = 0x92, /**< "tree-owned": a device that the hypervisor needs. */
	AXVM_FINDING_TREE_NOTHING = 0x93, /**< "tree-nothing": a path that maps nothing. */
	AXVM_FINDING_TREE_DISABLED = 0x94, /**< "tree-disabled": a device that is disabled. */
	AXVM_FINDING_TREE_RESERVED = 0x95, /**< "tree-reserved": memory that is not reserved. */
	AXVM_FINDING_TREE_BOARD = 0x96 /**< "tree-board": the tree itself is refused. */
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

enum axvm_layout_table_values {
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
	AXVM_LAYOUT_TABLE_IMAGE_LOCATION = 13, /**< "image_location". */
	AXVM_LAYOUT_TABLE_CMDLINE = 14, /**< "cmdline". */
	AXVM_LAYOUT_TABLE_MEMORY_REGIONS = 15, /**< "memory_regions": a list. */
	AXVM_LAYOUT_TABLE_EMU_DEVICES = 16, /**< "emu_devices": a list. */
	AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES = 17, /**< "passthrough_devices": a list. */
	AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES = 18, /**< "passthrough_addresses": a list. */
	AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS = 19, /**< "passthrough_ports": a list. */
	AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES = 20, /**< "reserved_addresses": a list, no key. */
	AXVM_LAYOUT_TABLE_HYPERVISOR = 21, /**< "hypervisor": the hypervisor's ranges, a list. */
	/** "disabled_paths": a list; devices.disabled, before 0.7.3 excluded_devices. */
	AXVM_LAYOUT_TABLE_DISABLED_PATHS = 22,
	AXVM_LAYOUT_TABLE_MACHINE = 23, /**< "machine": axvm_machine_devices(), a list, no key. */
	AXVM_LAYOUT_TABLE_HOST_MEMORY = 24, /**< "host_memory": RAM of the host, a list. */
	AXVM_LAYOUT_TABLE_KERNEL_PATH = 25, /**< "kernel_path". */
	AXVM_LAYOUT_TABLE_BIOS_PATH = 26, /**< "bios_path". */
	AXVM_LAYOUT_TABLE_UEFI_FIRMWARE_PATH = 27, /**< "uefi_firmware_path". */
	AXVM_LAYOUT_TABLE_DISK_PATH = 28, /**< "disk_path". */
	AXVM_LAYOUT_TABLE_GUEST_TYPE = 29 /**< "guest_type". */
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

enum axvm_layout_space_values {
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

/** axvm_finding_owner.vm of the hypervisor's ranges, which no VM owns; a uint32_t, as that. */
#define AXVM_LAYOUT_NO_VM 0xffffffffU
/** axvm_finding_owner.index of a finding about a list as a whole; a uint32_t, as that. */
#define AXVM_LAYOUT_WHOLE_TABLE 0xffffffffU

/** One of the things that a finding is about. Frozen. */
typedef struct axvm_finding_owner {
	const char *name; /**< Name of the device, or of the VM for its keys; NULL for none. */
	uint32_t vm; /**< Index of the VM, or AXVM_LAYOUT_NO_VM. */
	uint32_t index; /**< Index in the list, or AXVM_LAYOUT_WHOLE_TABLE; 0 for a key. */
	axvm_vm_id vm_id; /**< Id of the VM. */
	uint64_t start; /**< First address or port. */
	uint64_t end; /**< First one past it; 2^64 - 1 when that does not fit. */
	axvm_layout_table table; /**< Table or key; AXVM_LAYOUT_TABLE_NONE for no owner. */
	axvm_layout_space space; /**< What start and end are, or AXVM_LAYOUT_SPACE_NONE. */
} axvm_finding_owner;

/**
 * @brief What the check has found.
 *
 * A growing struct. Ranges are as configured, not rounded to pages; an address is a range
 * of length 0, where the hypervisor puts what belongs there: with a first memory region that is
 * identical or reserved, it moves the kernel and the entry point to that. Where there are two
 * owners, a is the earlier one in order of VMs, tables and indexes.
 */
typedef struct axvm_finding {
	size_t size; /**< Size of what is filled in, in bytes. */
	axvm_finding_owner a; /**< What it is about. */
	axvm_finding_owner b; /**< What that overlaps or conflicts with; its table is AXVM_LAYOUT_TABLE_NONE for none. */
	uint64_t value; /**< A number, by code; 0 where the code has none. */
	/**
	 * How far the hypervisor moves the kernel or the entry point that a is, in bytes modulo
	 * 2^64: the configuration gives a.start - moved_by. 0 for what is not moved.
	 */
	uint64_t moved_by;
	const char *text; /**< What is wrong, to be put between a and b; with static lifetime. */
	const char *hint; /**< What to do, a whole sentence; with static lifetime. */
	axvm_finding_code code; /**< Code. */
	axvm_severity severity; /**< Severity. */
} axvm_finding;

/**
 * @brief Write a finding as one line of text.
 *
 * Example: `error[device-in-memory]: memory_regions[0] GPA:0x80000000..GPA:0x90000000 overlaps
 * emu_devices[1] "uart" GPA:0x88000000..GPA:0x88001000`. Where the owners belong to two VMs,
 * each is named with its VM: `vms[0].passthrough_devices[1] ...`. In names the characters " and \
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
