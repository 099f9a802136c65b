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
#include <axvm/finding.h>
#include <axvm/gpa.h>
#include <axvm/hpa_range.h>
#include <axvm/inline.h>
#include <axvm/model.h>
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
 * and reports what the hypervisor would reject, panic at, ignore or get wrong. It opens
 * nothing and prints nothing. Not in axvm-types.
 *
 * **What is compared.** "By pages" is by the 4 KiB pages that two ranges touch. At the top
 * of the address space, where the end of the last page does not fit, the end counts as
 * 2^64 - 1: no page starts there, so nothing is missed and nothing is made up.
 *
 * - A memory region of type identical has its true place unknown; what overlaps it is a note, and
 *   so is what is wrong with its gpa alone. An error between two other ranges is not hidden by
 *   an identical one that overlaps both.
 * - A region that is empty or that overflows overlaps nothing. It counts as open at its end
 *   when boot addresses are looked for, so that one mistake is one finding.
 * - The footprint of an emulated device is that of axvm_emulated_device_config_footprint().
 *   One that is empty, overflows, has an unknown type, is skipped on the given architecture,
 *   or is a second one where a VM has one (console, PIT, interrupt controller, IVC channel;
 *   0.7: PLIC) overlaps nothing. Two of them are compared by pages at 0.7, byte by byte at 0.5.
 * - The console has the ports 0x3f8 to 0x3ff and the PIT 0x40 to 0x61, whatever is configured;
 *   ports are compared with ports only, and byte by byte.
 * - A passthrough device whose name starts with `/` and whose numbers are all 0 is
 *   discovered by the hypervisor and has no range. As the first entry it drops the ranges of
 *   its list, which then overlap nothing; on loongarch64 (0.7) "/" does so wherever it is.
 * - Of a passthrough range 0.7 maps each page that it touches; 0.5 its length, rounded up,
 *   from the beginning of its first page.
 * - Passthrough ranges with one offset between guest and host, in whole pages, may overlap in a
 *   VM: the hypervisor merges them. Addresses have the offset 0, as reserved memory has.
 * - The host range of a passthrough device is base_hpa and length as configured. Between VMs,
 *   at 0.5, it is base_gpa and length: that version maps each to the same host address.
 * - Addresses that are kept free are compared as devices are, at 0.7; 0.5 has none. It has no
 *   passthrough_ports either, and other architectures than x86_64 only read them.
 * - A kernel that the hypervisor moves, as it does when the first region is identical or reserved,
 *   is compared and reported where it goes, and so is the entry point; axvm_finding.moved_by says how
 *   far that is. A device tree blob has no known place then.
 * - Two ranges that do not overlap, but touch one page, are reported as such, with that page.
 * - Device tree paths are compared by whole components: `/soc/bus` is above `/soc/bus/uart`, not
 *   above `/soc/bus2`. A "/" at their end does not count. What a VM excludes or disables it does
 *   not have in common with others.
 *
 * **From 0.7.3 on** VM files have another format, and no device has an address in one. Of
 * passthrough_devices only the names are read, as device tree paths. Not read at all are
 * emu_devices, passthrough_addresses, passthrough_ports, reserved_addresses, interrupt_mode and
 * address_space_policy; their codes end with 0.7. Memory is compared, at its configured gpa and
 * byte by byte, with the devices that every guest has, see axvm/machine.h; a region is reported
 * against the lowest of them. An image may be in several regions that adjoin.
 *
 * **How much is reported.** When n ranges overlap, a sweep in order of start, then of table order,
 * reports each range that begins before the furthest end so far once, against the range that
 * owns that end: at most n findings a rule. Of equal names, ids of VMs, and CPUs in a VM, each
 * later one is reported against the first. An IRQ is one finding in a VM, however many devices
 * have it; two VMs that share CPUs, or physical IRQs, are one finding for all of them. Of a
 * list of paths and ranges each one that does not fit is reported against the entry that decides.
 * The time is O(n log n) in the number of all entries.
 *
 * **Order.** The findings of a VM come before those of the next one, those between VMs come
 * last; the same input always gives the same findings in the same order.
 *
 * **Absence.** What is not known of a VM is no finding. AXVM_LAYOUT_COMPLETE says that what is
 * not set is absent from the configuration. Without it these do not run: memory-none,
 * cpu-count for 0, cpu-list, irq-unused, what boot-protocol says of something that is missing,
 * enable_bios included, and what key-unused says for the lack of enable_bios or ramdisk_path; and
 * an id of 0 is not compared.
 *
 * **Growing structs.** axvm_layout_vm, axvm_layout_limits and axvm_finding start with their
 * size, and members will be added at their end. Of an input that is longer than this
 * version's struct, the rest must be zero; an output is cut to the caller's size. VMs in an
 * array all have one size, which is the distance from one to the next. The config structs
 * are frozen: an array of them needs no size.
 *
 * Every function is thread-safe for distinct objects. All are async-signal-safe but
 * axvm_layout_check() without a scratch buffer of the caller's, and axvm_layout_findings(),
 * which allocate and free one.
 *
 * @code
 * #include <stdio.h>
 * #include <axvm/layout.h>
 *
 * int main(void)
 * {
 * 	axvm_mem_config memory[2] = { AXVM_MEM_CONFIG_INIT, AXVM_MEM_CONFIG_INIT };
 * 	axvm_layout_vm vm;
 * 	axvm_finding findings[8];
 * 	char text[256];
 * 	size_t count = 0;
 *
 * 	memory[0].gpa = axvm_gpa_new(0x80000000);
 * 	memory[0].size = 0x10000000;
 * 	memory[1].gpa = axvm_gpa_new(0x8ff00000);
 * 	memory[1].size = 0x200000;
 * 	axvm_layout_vm_init(&vm);
 * 	vm.cpu_num = 1;
 * 	vm.memory_regions = memory;
 * 	vm.memory_region_count = 2;
 * 	if (axvm_layout_findings(&vm, 1, NULL, findings, sizeof(findings[0]),
 * 				 8, &count) != AXVM_OK)
 * 		return 1;
 * 	for (size_t i = 0; i < count && i < 8; i++) {
 * 		axvm_finding_format(&findings[i], text, sizeof(text));
 * 		puts(text);
 * 	}
 * 	// prints: error[memory-overlap]: memory_regions[0] GPA:0x80000000..GPA:0x90000000 overlaps memory_regions[1] GPA:0x8ff00000..GPA:0x90100000
 * 	return 0;
 * }
 * @endcode
 * @{
 */

/** axvm_layout_vm.flags: what a configuration gives, and its truths; of AXVM_LAYOUT_*. */
typedef uint32_t axvm_layout_flags;

enum axvm_layout_flags_values {
	AXVM_LAYOUT_HAS_ENTRY_POINT = 0x1, /**< entry_point is set. */
	AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR = 0x2, /**< kernel_load_addr is set. */
	AXVM_LAYOUT_HAS_DTB_LOAD_ADDR = 0x4, /**< dtb_load_addr is set. */
	AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR = 0x8, /**< ramdisk_load_addr is set. */
	AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR = 0x10, /**< bios_load_addr is set. */
	AXVM_LAYOUT_HAS_KERNEL_PATH = 0x20, /**< kernel_path is set, and is not empty. */
	AXVM_LAYOUT_HAS_DTB_PATH = 0x40, /**< dtb_path is set. */
	AXVM_LAYOUT_HAS_RAMDISK_PATH = 0x80, /**< ramdisk_path is set. */
	AXVM_LAYOUT_HAS_BIOS_PATH = 0x100, /**< bios_path is set. */
	AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH = 0x200, /**< uefi_firmware_path is set. */
	AXVM_LAYOUT_HAS_BOOT_PROTOCOL = 0x400, /**< boot_protocol is set. */
	AXVM_LAYOUT_ENABLE_BIOS = 0x800, /**< enable_bios is true. */
	AXVM_LAYOUT_HAS_PHYS_CPU_IDS = 0x1000, /**< phys_cpu_ids is set, or []. */
	AXVM_LAYOUT_HAS_PHYS_CPU_SETS = 0x2000, /**< phys_cpu_sets is set, or []. */
	AXVM_LAYOUT_HAS_CMDLINE = 0x4000, /**< cmdline is set, though it may be empty. */
	AXVM_LAYOUT_KERNEL_BZIMAGE = 0x8000, /**< The kernel is an x86 bzImage. */
	AXVM_LAYOUT_KERNEL_NOT_BZIMAGE = 0x10000, /**< It is none; without either: not known. */
	AXVM_LAYOUT_COMPLETE = 0x20000, /**< What is not set is absent, not just unknown. */
	AXVM_LAYOUT_HAS_DISK_PATH = 0x40000, /**< disk_path is set. */
	/** The kernel's image says itself where to enter it, as an ELF file does on LoongArch. */
	AXVM_LAYOUT_KERNEL_HAS_ENTRY = 0x80000
};

/**
 * @brief The configuration of one VM.
 *
 * A growing struct. Arrays are the caller's and may be NULL when they have no element. Zero
 * means not known for every member but the size, so that a designated initializer with
 * `.size` and what is known describes a VM; see AXVM_LAYOUT_COMPLETE.
 */
typedef struct axvm_layout_vm {
	size_t size; /**< Size of this struct in bytes. */
	const char *name; /**< Name; may be NULL. */
	axvm_vm_id id; /**< Id. */
	uint64_t cpu_num; /**< Number of vCPUs. */
	const uint64_t *phys_cpu_ids; /**< Hardware ids of CPUs. */
	size_t phys_cpu_id_count; /**< Number of them. */
	const axvm_vcpu_set *phys_cpu_sets; /**< Host CPUs of each vCPU. */
	size_t phys_cpu_set_count; /**< Number of them. */
	const axvm_mem_config *memory_regions; /**< Memory. */
	size_t memory_region_count; /**< Number of regions. */
	const axvm_emulated_device_config *emu_devices; /**< Emulated devices. */
	size_t emu_device_count; /**< Number of them. */
	const axvm_passthrough_device_config *passthrough_devices; /**< Passthrough devices. */
	size_t passthrough_device_count; /**< Number of them. */
	const axvm_passthrough_address_config *passthrough_addresses; /**< And addresses. */
	size_t passthrough_address_count; /**< Number of ranges. */
	const axvm_passthrough_port_config *passthrough_ports; /**< And x86 I/O ports. */
	size_t passthrough_port_count; /**< Number of ranges. */
	const axvm_reserved_address_config *reserved_addresses; /**< Kept free of all else. */
	size_t reserved_address_count; /**< Number of ranges. */
	/**
	 * Device tree paths that are kept from the guest: devices.disabled, before 0.7.3
	 * devices.excluded_devices. NULL and "" are no path.
	 */
	const char *const *disabled_paths;
	size_t disabled_path_count; /**< Number of them. */
	/**
	 * How many virtual devices need a range of guest addresses that the hypervisor chooses, in
	 * the window of axvm_machine_auto_window(); from 0.7.3 on.
	 */
	size_t auto_device_count;
	axvm_gpa entry_point; /**< Where the first vCPU starts; as all five, 0 without its flag. */
	axvm_gpa kernel_load_addr; /**< Where the kernel image goes. */
	axvm_gpa dtb_load_addr; /**< Where the device tree blob goes. */
	axvm_gpa ramdisk_load_addr; /**< Where the ramdisk image goes. */
	axvm_gpa bios_load_addr; /**< Where the BIOS or UEFI image goes. */
	uint64_t kernel_size; /**< Size of the kernel image in bytes; 0 when not known. */
	/**
	 * How many bytes from its load address the kernel needs when it runs; 0 when not known, and
	 * less than kernel_size counts as that. Of an Image of arm64 or riscv64 image_size in its
	 * header, of a bzImage init_size.
	 */
	uint64_t kernel_run_size;
	uint64_t dtb_size; /**< That of the device tree blob. */
	uint64_t ramdisk_size; /**< That of the ramdisk image. */
	uint64_t bios_size; /**< That of the BIOS or UEFI image. */
	uint64_t cmdline_length; /**< Length of cmdline in bytes, if that is set. */
	axvm_layout_flags flags; /**< AXVM_LAYOUT_*; no other bit. */
	/** Boot protocol if set; an unknown value means an unknown name. */
	axvm_boot_protocol boot_protocol;
	axvm_interrupt_mode interrupt_mode; /**< Interrupt mode; the default when not set. */
	/** Where images are; an unknown value means an unknown name. */
	axvm_image_location image_location;
	axvm_address_space_policy address_space_policy; /**< The default when absent; no rule reads it. */
	axvm_guest_type guest_type; /**< The default when not set; from 0.7.3 on. */
	uint8_t reserved[7]; /**< Zero. */
} axvm_layout_vm;

/** Initializer of an axvm_layout_vm without anything. */
#define AXVM_LAYOUT_VM_INIT                                                                        \
	{                                                                                          \
		sizeof(axvm_layout_vm), NULL, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0,   \
			NULL, 0, NULL, 0, NULL, 0, NULL, 0, 0, AXVM_GPA_INIT(0), AXVM_GPA_INIT(0), \
			AXVM_GPA_INIT(0), AXVM_GPA_INIT(0), AXVM_GPA_INIT(0), 0, 0, 0, 0, 0, 0, 0, \
			AXVM_BOOT_PROTOCOL_DEFAULT, AXVM_INTERRUPT_MODE_DEFAULT,                   \
			AXVM_IMAGE_LOCATION_UNKNOWN, AXVM_ADDRESS_SPACE_POLICY_DEFAULT,            \
			AXVM_GUEST_TYPE_DEFAULT,                                                   \
		{                                                                                  \
			0, 0, 0, 0, 0, 0, 0                                                        \
		}                                                                                  \
	}

/**
 * @brief Set a VM to nothing but its size, as AXVM_LAYOUT_VM_INIT does.
 *
 * The size is that of the caller's header. The function of the same name in the library, for
 * other languages, sets that of the library's.
 *
 * @param[out] vm VM.
 */
AXVM_INLINE void axvm_layout_vm_init(axvm_layout_vm *vm)
{
	const axvm_layout_vm none = AXVM_LAYOUT_VM_INIT;

	*vm = none;
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
	/** RAM of the host: in any order, and each address as often as you like. */
	const axvm_hpa_range *host_memory;
	size_t host_memory_count; /**< Number of ranges; 0 when they are not known. */
	axvm_vcpu_set host_cpus; /**< CPUs of the host; empty when they are not known. */
	uint32_t gpa_bits; /**< Width of guest physical addresses, up to 64; 0 when not known. */
	axvm_arch arch; /**< Architecture; AXVM_ARCH_UNKNOWN when it is not known. */
	axvm_model model; /**< Version of the hypervisor's model; AXVM_MODEL_DEFAULT is 0.5. */
	uint8_t reserved[2]; /**< Zero. */
} axvm_layout_limits;

/** Initializer of an axvm_layout_limits that knows nothing. */
#define AXVM_LAYOUT_LIMITS_INIT                                                                    \
	{                                                                                          \
		sizeof(axvm_layout_limits), NULL, 0, NULL, 0, { 0 }, 0, AXVM_ARCH_UNKNOWN,         \
			AXVM_MODEL_DEFAULT,                                                        \
		{                                                                                  \
			0, 0                                                                       \
		}                                                                                  \
	}

/**
 * @brief Set limits to nothing but their size, and the newest version of the model.
 *
 * AXVM_LAYOUT_LIMITS_INIT, and the model that is 0 in it, mean AXVM_MODEL_0_5. The size is
 * that of the caller's header. The function of the same name in the library, for other languages,
 * sets that of the library's, and its newest model.
 *
 * @param[out] limits Limits.
 */
AXVM_INLINE void axvm_layout_limits_init(axvm_layout_limits *limits)
{
	const axvm_layout_limits none = AXVM_LAYOUT_LIMITS_INIT;

	*limits = none;
	limits->model = AXVM_MODEL_NEWEST;
}

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
 * devices, addresses and paths together, or its CPU ids and masks; across VMs (or with ranges of
 * the hypervisor's) the same of all of them; the ranges of the host's memory.
 *
 * @param vms Array of VMs; may be NULL when there is none.
 * @param vm_count Number of VMs; may be 0.
 * @param limits What is known of the machine; may be NULL for nothing.
 * @param[out] out Receives the size in bytes; untouched on failure.
 * @return AXVM_OK; AXVM_ERROR_INVALID_INPUT as axvm_layout_check(); or
 *         AXVM_ERROR_NO_MEMORY for more than 2^32 - 1 entries, or when a size_t cannot
 *         hold the size.
 */
AXVM_MUST_CHECK axvm_error axvm_layout_scratch_size(const axvm_layout_vm *vms, size_t vm_count,
						    const axvm_layout_limits *limits, size_t *out);

/**
 * @brief Why an input is invalid, in words.
 *
 * For the message of a tool whose check returned AXVM_ERROR_INVALID_INPUT. A scratch buffer, and
 * the findings' array, are no part of the input.
 *
 * @param vms Array of VMs; may be NULL when there is none.
 * @param vm_count Number of VMs; may be 0.
 * @param limits What is known of the machine; may be NULL for nothing.
 * @return A string with static lifetime, as `dtb_load_addr is set without
 *         AXVM_LAYOUT_HAS_DTB_LOAD_ADDR`, about the first problem; NULL when there is none.
 */
const char *axvm_layout_problem(const axvm_layout_vm *vms, size_t vm_count,
				const axvm_layout_limits *limits);

/**
 * @brief Check the configurations of all VMs of a machine, alone and against each other.
 * @param vms Array of VMs; may be NULL when there is none.
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
 *         an array or a cfg_list NULL with elements, or misaligned; a size less than this
 *         version's, above 4096 or no multiple of the alignment, VMs of two sizes; unknown
 *         bytes or bits that are not zero, an unknown model, a kernel that is a bzImage and
 *         is none, an address that is not 0 without its flag; an inverted range of the
 *         hypervisor or of the host's memory, more than 64 bits of address, 2^32 - 1 or more
 *         VMs or elements of an array; a scratch buffer misaligned or too small.
 */
AXVM_MUST_CHECK axvm_error axvm_layout_check(const axvm_layout_vm *vms, size_t vm_count,
					     const axvm_layout_limits *limits,
					     axvm_finding_fn found, void *ctx, void *scratch,
					     size_t scratch_size);

/**
 * @brief Check as axvm_layout_check() does, and collect the findings in an array.
 * @param vms Array of VMs; may be NULL when there is none.
 * @param vm_count Number of VMs; may be 0.
 * @param limits What is known of the machine; may be NULL for nothing.
 * @param[out] findings Receives the first findings, each cut to @p finding_size or filled up
 *                      with zeros; may be NULL when @p capacity is 0.
 * @param finding_size Size of an element of it in bytes: `sizeof(axvm_finding)`; not 0.
 * @param capacity Number of elements that it can hold.
 * @param[out] count Receives how many findings there are in all, which may be more than
 *                   @p capacity; 0 on failure; may be NULL.
 * @return As axvm_layout_check().
 */
AXVM_MUST_CHECK axvm_error axvm_layout_findings(const axvm_layout_vm *vms, size_t vm_count,
						const axvm_layout_limits *limits,
						axvm_finding *findings, size_t finding_size,
						size_t capacity, size_t *count);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
