/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/finding.h>

#include "proof_names.h"

static bool is_severity(uint64_t value)
{
	return value >= 1 && value <= 3;
}

void prove_axvm_severity_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_severity, is_severity);
}

static const struct named severity_names[] = {
	{ 1, "note" },
	{ 2, "warning" },
	{ 3, "error" },
};

void prove_axvm_severity_name(void)
{
	PROVE_NAME(axvm_severity, is_severity, severity_names);
}

void prove_axvm_severity_from_name(void)
{
	PROVE_FROM_NAME(axvm_severity, severity_names, no_alias);
}

/* One of those that the library lists. */
static bool is_finding_code(uint64_t value)
{
	size_t count;
	const axvm_finding_code *all = axvm_finding_code_all(&count);
	bool found = false;

	for (size_t i = 0; i < count; i++)
		found = found || all[i] == value;
	return found;
}

void prove_axvm_finding_code_all(void)
{
	size_t count, i = nondet_size(), j = nondet_size();
	const axvm_finding_code *all = axvm_finding_code_all(&count);

	PROVE(axvm_finding_code_all(NULL) == all);
	ASSUME(i < j && j < count);
	PROVE(all[i] < all[j]);
	REACHED(true);
}

void prove_axvm_finding_code_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_finding_code, is_finding_code);
}

static bool is_layout_table(uint64_t value)
{
	return value <= 29;
}

void prove_axvm_layout_table_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_layout_table, is_layout_table);
}

static const struct named layout_table_names[] = {
	{ 0, "none" },
	{ 1, "id" },
	{ 2, "name" },
	{ 3, "cpu_num" },
	{ 4, "phys_cpu_ids" },
	{ 5, "phys_cpu_sets" },
	{ 6, "entry_point" },
	{ 7, "kernel_load_addr" },
	{ 8, "dtb_load_addr" },
	{ 9, "ramdisk_load_addr" },
	{ 10, "bios_load_addr" },
	{ 11, "boot_protocol" },
	{ 12, "enable_bios" },
	{ 13, "image_location" },
	{ 14, "cmdline" },
	{ 15, "memory_regions" },
	{ 16, "emu_devices" },
	{ 17, "passthrough_devices" },
	{ 18, "passthrough_addresses" },
	{ 19, "passthrough_ports" },
	{ 20, "reserved_addresses" },
	{ 21, "hypervisor" },
	{ 22, "disabled_paths" },
	{ 23, "machine" },
	{ 24, "host_memory" },
	{ 25, "kernel_path" },
	{ 26, "bios_path" },
	{ 27, "uefi_firmware_path" },
	{ 28, "disk_path" },
	{ 29, "guest_type" },
};

void prove_axvm_layout_table_name(void)
{
	PROVE_NAME(axvm_layout_table, is_layout_table, layout_table_names);
}

void prove_axvm_layout_table_from_name(void)
{
	PROVE_FROM_NAME(axvm_layout_table, layout_table_names, no_alias);
}

static bool is_layout_space(uint64_t value)
{
	return value <= 3;
}

void prove_axvm_layout_space_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_layout_space, is_layout_space);
}

static const struct named layout_space_names[] = {
	{ 0, "none" },
	{ 1, "guest" },
	{ 2, "host" },
	{ 3, "port" },
};

void prove_axvm_layout_space_name(void)
{
	PROVE_NAME(axvm_layout_space, is_layout_space, layout_space_names);
}

void prove_axvm_layout_space_from_name(void)
{
	PROVE_FROM_NAME(axvm_layout_space, layout_space_names, no_alias);
}
