/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/finding.h>

#include "export.h"
#include "names.h"

#define SEVERITIES(NAME)                                                                           \
	NAME(AXVM_SEVERITY_NOTE, "note")                                                           \
	NAME(AXVM_SEVERITY_WARNING, "warning")                                                     \
	NAME(AXVM_SEVERITY_ERROR, "error")
AXVM_NAMES(severities, axvm_severity, SEVERITIES, )

/* The codes, in ascending order. */
#define CODES(CODE)                                                                                \
	CODE(AXVM_FINDING_MEMORY_NONE, "memory-none")                                              \
	CODE(AXVM_FINDING_MEMORY_EMPTY, "memory-empty")                                            \
	CODE(AXVM_FINDING_MEMORY_OVERFLOW, "memory-overflow")                                      \
	CODE(AXVM_FINDING_MEMORY_BEYOND_WIDTH, "memory-beyond-width")                              \
	CODE(AXVM_FINDING_MEMORY_MAP_TYPE, "memory-map-type")                                      \
	CODE(AXVM_FINDING_MEMORY_UNALIGNED, "memory-unaligned")                                    \
	CODE(AXVM_FINDING_MEMORY_OVERLAP, "memory-overlap")                                        \
	CODE(AXVM_FINDING_MEMORY_RESERVED, "memory-reserved")                                      \
	CODE(AXVM_FINDING_BOOT_ADDRESS, "boot-address")                                            \
	CODE(AXVM_FINDING_BOOT_IMAGE_CLASH, "boot-image-clash")                                    \
	CODE(AXVM_FINDING_BOOT_PROTOCOL, "boot-protocol")                                          \
	CODE(AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, "boot-entry-below-load")                          \
	CODE(AXVM_FINDING_BOOT_IMAGE_MISSING, "boot-image-missing")                                \
	CODE(AXVM_FINDING_BOOT_MEMORY, "boot-memory")                                              \
	CODE(AXVM_FINDING_BOOT_ENTRY, "boot-entry")                                                \
	CODE(AXVM_FINDING_DEVICE_EMPTY, "device-empty")                                            \
	CODE(AXVM_FINDING_DEVICE_OVERFLOW, "device-overflow")                                      \
	CODE(AXVM_FINDING_DEVICE_BEYOND_WIDTH, "device-beyond-width")                              \
	CODE(AXVM_FINDING_DEVICE_PAGE_OFFSET, "device-page-offset")                                \
	CODE(AXVM_FINDING_DEVICE_HOST_IGNORED, "device-host-ignored")                              \
	CODE(AXVM_FINDING_DEVICE_UNALIGNED, "device-unaligned")                                    \
	CODE(AXVM_FINDING_DEVICE_IN_MEMORY, "device-in-memory")                                    \
	CODE(AXVM_FINDING_DEVICE_OVERLAP, "device-overlap")                                        \
	CODE(AXVM_FINDING_DEVICE_HOST_TWICE, "device-host-twice")                                  \
	CODE(AXVM_FINDING_DEVICE_NAME, "device-name")                                              \
	CODE(AXVM_FINDING_DEVICE_TYPE, "device-type")                                              \
	CODE(AXVM_FINDING_DEVICE_CONFIG, "device-config")                                          \
	CODE(AXVM_FINDING_DEVICE_ARCH, "device-arch")                                              \
	CODE(AXVM_FINDING_DEVICE_IVC, "device-ivc")                                                \
	CODE(AXVM_FINDING_DEVICE_RESERVED, "device-reserved")                                      \
	CODE(AXVM_FINDING_DEVICE_TWICE, "device-twice")                                            \
	CODE(AXVM_FINDING_DEVICE_FIXED, "device-fixed")                                            \
	CODE(AXVM_FINDING_DEVICE_DISCOVERY, "device-discovery")                                    \
	CODE(AXVM_FINDING_DEVICE_PATH, "device-path")                                              \
	CODE(AXVM_FINDING_DEVICE_DMA, "device-dma")                                                \
	CODE(AXVM_FINDING_DEVICE_DISABLED, "device-disabled")                                      \
	CODE(AXVM_FINDING_PORT_CONFLICT, "port-conflict")                                          \
	CODE(AXVM_FINDING_MACHINE_CONFLICT, "machine-conflict")                                    \
	CODE(AXVM_FINDING_IRQ_SHARED, "irq-shared")                                                \
	CODE(AXVM_FINDING_IRQ_UNUSED, "irq-unused")                                                \
	CODE(AXVM_FINDING_IRQ_CONFLICT, "irq-conflict")                                            \
	CODE(AXVM_FINDING_CPU_COUNT, "cpu-count")                                                  \
	CODE(AXVM_FINDING_CPU_LIST, "cpu-list")                                                    \
	CODE(AXVM_FINDING_CPU_MASK, "cpu-mask")                                                    \
	CODE(AXVM_FINDING_CPU_REPEATED, "cpu-repeated")                                            \
	CODE(AXVM_FINDING_CPU_SHARED, "cpu-shared")                                                \
	CODE(AXVM_FINDING_CPU_CONFLICT, "cpu-conflict")                                            \
	CODE(AXVM_FINDING_VM_ID, "vm-id")                                                          \
	CODE(AXVM_FINDING_VM_NAME, "vm-name")                                                      \
	CODE(AXVM_FINDING_HOST_CONFLICT, "host-conflict")                                          \
	CODE(AXVM_FINDING_KEY_UNUSED, "key-unused")                                                \
	CODE(AXVM_FINDING_TREE_RAM, "tree-ram")                                                    \
	CODE(AXVM_FINDING_FILE_SYNTAX, "file-syntax")                                              \
	CODE(AXVM_FINDING_FILE_KEY, "file-key")                                                    \
	CODE(AXVM_FINDING_FILE_VALUE, "file-value")                                                \
	CODE(AXVM_FINDING_FILE_ALLOW, "file-allow")                                                \
	CODE(AXVM_FINDING_FILE_FORMAT, "file-format")                                              \
	CODE(AXVM_FINDING_VIRTUAL_ID, "virtual-id")                                                \
	CODE(AXVM_FINDING_VIRTUAL_MODEL, "virtual-model")                                          \
	CODE(AXVM_FINDING_VIRTUAL_OPTION, "virtual-option")                                        \
	CODE(AXVM_FINDING_FILE_MACHINE, "file-machine")                                            \
	CODE(AXVM_FINDING_TREE_PATH, "tree-path")                                                  \
	CODE(AXVM_FINDING_TREE_CPU, "tree-cpu")                                                    \
	CODE(AXVM_FINDING_TREE_OWNED, "tree-owned")                                                \
	CODE(AXVM_FINDING_TREE_NOTHING, "tree-nothing")                                            \
	CODE(AXVM_FINDING_TREE_DISABLED, "tree-disabled")                                          \
	CODE(AXVM_FINDING_TREE_RESERVED, "tree-reserved")                                          \
	CODE(AXVM_FINDING_TREE_BOARD, "tree-board")

#define VALUE(code, name) code,
#define ROW(code, name) { code, name },
#define CASE(code, name) case code:

static const axvm_finding_code all_codes[] = { CODES(VALUE) };
static const struct axvm_name codes[] = { CODES(ROW) };
AXVM_NAMES_EVERY(axvm_finding_code, CODES(CASE))

#define TABLES(NAME)                                                                               \
	NAME(AXVM_LAYOUT_TABLE_NONE, "none")                                                       \
	NAME(AXVM_LAYOUT_TABLE_ID, "id")                                                           \
	NAME(AXVM_LAYOUT_TABLE_NAME, "name")                                                       \
	NAME(AXVM_LAYOUT_TABLE_CPU_NUM, "cpu_num")                                                 \
	NAME(AXVM_LAYOUT_TABLE_PHYS_CPU_IDS, "phys_cpu_ids")                                       \
	NAME(AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, "phys_cpu_sets")                                     \
	NAME(AXVM_LAYOUT_TABLE_ENTRY_POINT, "entry_point")                                         \
	NAME(AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR, "kernel_load_addr")                               \
	NAME(AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR, "dtb_load_addr")                                     \
	NAME(AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR, "ramdisk_load_addr")                             \
	NAME(AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR, "bios_load_addr")                                   \
	NAME(AXVM_LAYOUT_TABLE_BOOT_PROTOCOL, "boot_protocol")                                     \
	NAME(AXVM_LAYOUT_TABLE_ENABLE_BIOS, "enable_bios")                                         \
	NAME(AXVM_LAYOUT_TABLE_IMAGE_LOCATION, "image_location")                                   \
	NAME(AXVM_LAYOUT_TABLE_CMDLINE, "cmdline")                                                 \
	NAME(AXVM_LAYOUT_TABLE_MEMORY_REGIONS, "memory_regions")                                   \
	NAME(AXVM_LAYOUT_TABLE_EMU_DEVICES, "emu_devices")                                         \
	NAME(AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, "passthrough_devices")                         \
	NAME(AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, "passthrough_addresses")                     \
	NAME(AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS, "passthrough_ports")                             \
	NAME(AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES, "reserved_addresses")                           \
	NAME(AXVM_LAYOUT_TABLE_HYPERVISOR, "hypervisor")                                           \
	NAME(AXVM_LAYOUT_TABLE_DISABLED_PATHS, "disabled_paths")                                   \
	NAME(AXVM_LAYOUT_TABLE_MACHINE, "machine")                                                 \
	NAME(AXVM_LAYOUT_TABLE_HOST_MEMORY, "host_memory")                                         \
	NAME(AXVM_LAYOUT_TABLE_KERNEL_PATH, "kernel_path")                                         \
	NAME(AXVM_LAYOUT_TABLE_BIOS_PATH, "bios_path")                                             \
	NAME(AXVM_LAYOUT_TABLE_UEFI_FIRMWARE_PATH, "uefi_firmware_path")                           \
	NAME(AXVM_LAYOUT_TABLE_DISK_PATH, "disk_path")                                             \
	NAME(AXVM_LAYOUT_TABLE_GUEST_TYPE, "guest_type")
AXVM_NAMES(tables, axvm_layout_table, TABLES, )

#define SPACES(NAME)                                                                               \
	NAME(AXVM_LAYOUT_SPACE_NONE, "none")                                                       \
	NAME(AXVM_LAYOUT_SPACE_GUEST, "guest")                                                     \
	NAME(AXVM_LAYOUT_SPACE_HOST, "host")                                                       \
	NAME(AXVM_LAYOUT_SPACE_PORT, "port")
AXVM_NAMES(spaces, axvm_layout_space, SPACES, )

AXVM_EXPORT bool axvm_severity_try_from_usize(uint64_t value, axvm_severity *out)
{
	return axvm_names_try_from_usize(severities, AXVM_NAMES_COUNT(severities), value, out);
}

AXVM_EXPORT const char *axvm_severity_name(axvm_severity severity)
{
	return axvm_names_name(severities, AXVM_NAMES_COUNT(severities), severity);
}

AXVM_EXPORT bool axvm_severity_from_name(const char *name, axvm_severity *out)
{
	return axvm_names_from_name(severities, AXVM_NAMES_COUNT(severities), name, out);
}

AXVM_EXPORT const axvm_finding_code *axvm_finding_code_all(size_t *count)
{
	if (count)
		*count = sizeof(all_codes);
	return all_codes;
}

AXVM_EXPORT bool axvm_finding_code_try_from_usize(uint64_t value, axvm_finding_code *out)
{
	return axvm_names_try_from_usize(codes, AXVM_NAMES_COUNT(codes), value, out);
}

AXVM_EXPORT const char *axvm_finding_code_name(axvm_finding_code code)
{
	return axvm_names_name(codes, AXVM_NAMES_COUNT(codes), code);
}

AXVM_EXPORT bool axvm_finding_code_from_name(const char *name, axvm_finding_code *out)
{
	return axvm_names_from_name(codes, AXVM_NAMES_COUNT(codes), name, out);
}

AXVM_EXPORT bool axvm_layout_table_try_from_usize(uint64_t value, axvm_layout_table *out)
{
	return axvm_names_try_from_usize(tables, AXVM_NAMES_COUNT(tables), value, out);
}

AXVM_EXPORT const char *axvm_layout_table_name(axvm_layout_table table)
{
	return axvm_names_name(tables, AXVM_NAMES_COUNT(tables), table);
}

AXVM_EXPORT bool axvm_layout_table_from_name(const char *name, axvm_layout_table *out)
{
	return axvm_names_from_name(tables, AXVM_NAMES_COUNT(tables), name, out);
}

AXVM_EXPORT bool axvm_layout_space_try_from_usize(uint64_t value, axvm_layout_space *out)
{
	return axvm_names_try_from_usize(spaces, AXVM_NAMES_COUNT(spaces), value, out);
}

AXVM_EXPORT const char *axvm_layout_space_name(axvm_layout_space space)
{
	return axvm_names_name(spaces, AXVM_NAMES_COUNT(spaces), space);
}

AXVM_EXPORT bool axvm_layout_space_from_name(const char *name, axvm_layout_space *out)
{
	return axvm_names_from_name(spaces, AXVM_NAMES_COUNT(spaces), name, out);
}
