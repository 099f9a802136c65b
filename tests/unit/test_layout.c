/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pins the ABI: size, alignment and offsets of every public struct, size and
 * constants of every public number type. With --dump it prints the layouts of
 * this host for the tests of other languages' bindings.
 */
#include <stddef.h>

#include <axvm/types.h>

#include "tap.h"

/* How the ABIs of the hosts differ: width of pointers, alignment of uint64_t. */
enum abi { ABI_64, ABI_32_ALIGNED, ABI_32_PACKED, ABI_COUNT };

struct align_probe {
	char c;
	uint64_t u;
};

static enum abi this_abi(void)
{
	if (sizeof(void *) == 8)
		return ABI_64;
	return offsetof(struct align_probe, u) == 8 ? ABI_32_ALIGNED : ABI_32_PACKED;
}

/* One row for a struct (member ""), then one for each of its members. */
struct row {
	const char *type, *member;
	size_t offset, size, align;
	struct {
		size_t offset, size;
	} wanted[ABI_COUNT];
	size_t narrow; /* the wanted alignment of a struct that holds no uint64_t, else 0 */
};

/* clang-format off */
#define NARROW(type, s64, s32a, s32p, align)                                                       \
	{                                                                                          \
		#type, "", 0, sizeof(type), _Alignof(type),                                        \
		{ { 0, s64 }, { 0, s32a }, { 0, s32p } }, align                                    \
	}
#define STRUCT(type, s64, s32a, s32p) NARROW(type, s64, s32a, s32p, 0)
#define MEMBER(type, member, o64, s64, o32a, s32a, o32p, s32p)                                     \
	{                                                                                          \
		#type, #member, offsetof(type, member), sizeof(((type *)0)->member), 0,            \
		{ { o64, s64 }, { o32a, s32a }, { o32p, s32p } }, 0                                \
	}
/* A member with the same offset everywhere. */
#define SAME(type, member, offset, size)                                                           \
	MEMBER(type, member, offset, size, offset, size, offset, size)
#define ADDRESS(a)                                                                                 \
	STRUCT(axvm_##a, 8, 8, 8), SAME(axvm_##a, addr, 0, 8),                                     \
		STRUCT(axvm_##a##_range, 16, 16, 16), SAME(axvm_##a##_range, start, 0, 8),         \
		SAME(axvm_##a##_range, end, 8, 8), STRUCT(axvm_##a##_page_iter, 24, 24, 24),       \
		SAME(axvm_##a##_page_iter, next, 0, 8), SAME(axvm_##a##_page_iter, end, 8, 8),     \
		SAME(axvm_##a##_page_iter, page_size, 16, 8),                                      \
		NARROW(axvm_##a##_range_list, 24, 12, 12, sizeof(void *)),                         \
		MEMBER(axvm_##a##_range_list, ranges, 0, 8, 0, 4, 0, 4),                           \
		MEMBER(axvm_##a##_range_list, count, 8, 8, 4, 4, 4, 4),                            \
		MEMBER(axvm_##a##_range_list, capacity, 16, 8, 8, 4, 8, 4)

static const struct row rows[] = {
	ADDRESS(gpa),
	ADDRESS(gva),
	ADDRESS(hpa),
	ADDRESS(hva),

	STRUCT(axvm_guest_region, 32, 32, 28),
	SAME(axvm_guest_region, gpa, 0, 8),
	SAME(axvm_guest_region, size, 8, 8),
	MEMBER(axvm_guest_region, host, 16, 8, 16, 4, 16, 4),
	MEMBER(axvm_guest_region, tag, 24, 8, 24, 8, 20, 8),
	NARROW(axvm_guest_slice, 16, 8, 8, sizeof(void *)),
	MEMBER(axvm_guest_slice, ptr, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_guest_slice, length, 8, 8, 4, 4, 4, 4),

	STRUCT(axvm_vcpu_set, 8, 8, 8),
	SAME(axvm_vcpu_set, bits, 0, 8),

	STRUCT(axvm_mem_config, 32, 32, 28),
	SAME(axvm_mem_config, gpa, 0, 8),
	SAME(axvm_mem_config, size, 8, 8),
	SAME(axvm_mem_config, flags, 16, 8),
	SAME(axvm_mem_config, map_type, 24, 1),

	STRUCT(axvm_emulated_device_config, 56, 48, 40),
	MEMBER(axvm_emulated_device_config, name, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_emulated_device_config, base_gpa, 8, 8, 8, 8, 4, 8),
	MEMBER(axvm_emulated_device_config, length, 16, 8, 16, 8, 12, 8),
	MEMBER(axvm_emulated_device_config, irq_id, 24, 8, 24, 8, 20, 8),
	MEMBER(axvm_emulated_device_config, emu_type, 32, 1, 32, 1, 28, 1),
	MEMBER(axvm_emulated_device_config, cfg_list, 40, 8, 36, 4, 32, 4),
	MEMBER(axvm_emulated_device_config, cfg_list_len, 48, 8, 40, 4, 36, 4),

	STRUCT(axvm_passthrough_device_config, 40, 40, 36),
	MEMBER(axvm_passthrough_device_config, name, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_passthrough_device_config, base_gpa, 8, 8, 8, 8, 4, 8),
	MEMBER(axvm_passthrough_device_config, base_hpa, 16, 8, 16, 8, 12, 8),
	MEMBER(axvm_passthrough_device_config, length, 24, 8, 24, 8, 20, 8),
	MEMBER(axvm_passthrough_device_config, irq_id, 32, 8, 32, 8, 28, 8),

	STRUCT(axvm_passthrough_address_config, 16, 16, 16),
	SAME(axvm_passthrough_address_config, base_gpa, 0, 8),
	SAME(axvm_passthrough_address_config, length, 8, 8),

	NARROW(axvm_passthrough_port_config, 4, 4, 4, 2),
	SAME(axvm_passthrough_port_config, base, 0, 2),
	SAME(axvm_passthrough_port_config, length, 2, 2),

	STRUCT(axvm_reserved_address_config, 16, 16, 16),
	SAME(axvm_reserved_address_config, base_gpa, 0, 8),
	SAME(axvm_reserved_address_config, length, 8, 8),

	STRUCT(axvm_nested_paging_config, 32, 32, 32),
	SAME(axvm_nested_paging_config, root_paddr, 0, 8),
	SAME(axvm_nested_paging_config, levels, 8, 8),
	SAME(axvm_nested_paging_config, gpa_bits, 16, 8),
	SAME(axvm_nested_paging_config, mode, 24, 8),

	STRUCT(axvm_nested_page_fault_info, 16, 16, 16),
	SAME(axvm_nested_page_fault_info, access_flags, 0, 8),
	SAME(axvm_nested_page_fault_info, fault_guest_paddr, 8, 8),

	STRUCT(axvm_layout_vm, 288, 208, 204),
	MEMBER(axvm_layout_vm, size, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_layout_vm, name, 8, 8, 4, 4, 4, 4),
	MEMBER(axvm_layout_vm, id, 16, 8, 8, 8, 8, 8),
	MEMBER(axvm_layout_vm, cpu_num, 24, 8, 16, 8, 16, 8),
	MEMBER(axvm_layout_vm, phys_cpu_ids, 32, 8, 24, 4, 24, 4),
	MEMBER(axvm_layout_vm, phys_cpu_id_count, 40, 8, 28, 4, 28, 4),
	MEMBER(axvm_layout_vm, phys_cpu_sets, 48, 8, 32, 4, 32, 4),
	MEMBER(axvm_layout_vm, phys_cpu_set_count, 56, 8, 36, 4, 36, 4),
	MEMBER(axvm_layout_vm, memory_regions, 64, 8, 40, 4, 40, 4),
	MEMBER(axvm_layout_vm, memory_region_count, 72, 8, 44, 4, 44, 4),
	MEMBER(axvm_layout_vm, emu_devices, 80, 8, 48, 4, 48, 4),
	MEMBER(axvm_layout_vm, emu_device_count, 88, 8, 52, 4, 52, 4),
	MEMBER(axvm_layout_vm, passthrough_devices, 96, 8, 56, 4, 56, 4),
	MEMBER(axvm_layout_vm, passthrough_device_count, 104, 8, 60, 4, 60, 4),
	MEMBER(axvm_layout_vm, passthrough_addresses, 112, 8, 64, 4, 64, 4),
	MEMBER(axvm_layout_vm, passthrough_address_count, 120, 8, 68, 4, 68, 4),
	MEMBER(axvm_layout_vm, passthrough_ports, 128, 8, 72, 4, 72, 4),
	MEMBER(axvm_layout_vm, passthrough_port_count, 136, 8, 76, 4, 76, 4),
	MEMBER(axvm_layout_vm, reserved_addresses, 144, 8, 80, 4, 80, 4),
	MEMBER(axvm_layout_vm, reserved_address_count, 152, 8, 84, 4, 84, 4),
	MEMBER(axvm_layout_vm, disabled_paths, 160, 8, 88, 4, 88, 4),
	MEMBER(axvm_layout_vm, disabled_path_count, 168, 8, 92, 4, 92, 4),
	MEMBER(axvm_layout_vm, auto_device_count, 176, 8, 96, 4, 96, 4),
	MEMBER(axvm_layout_vm, entry_point, 184, 8, 104, 8, 100, 8),
	MEMBER(axvm_layout_vm, kernel_load_addr, 192, 8, 112, 8, 108, 8),
	MEMBER(axvm_layout_vm, dtb_load_addr, 200, 8, 120, 8, 116, 8),
	MEMBER(axvm_layout_vm, ramdisk_load_addr, 208, 8, 128, 8, 124, 8),
	MEMBER(axvm_layout_vm, bios_load_addr, 216, 8, 136, 8, 132, 8),
	MEMBER(axvm_layout_vm, kernel_size, 224, 8, 144, 8, 140, 8),
	MEMBER(axvm_layout_vm, kernel_run_size, 232, 8, 152, 8, 148, 8),
	MEMBER(axvm_layout_vm, dtb_size, 240, 8, 160, 8, 156, 8),
	MEMBER(axvm_layout_vm, ramdisk_size, 248, 8, 168, 8, 164, 8),
	MEMBER(axvm_layout_vm, bios_size, 256, 8, 176, 8, 172, 8),
	MEMBER(axvm_layout_vm, cmdline_length, 264, 8, 184, 8, 180, 8),
	MEMBER(axvm_layout_vm, flags, 272, 4, 192, 4, 188, 4),
	MEMBER(axvm_layout_vm, boot_protocol, 276, 1, 196, 1, 192, 1),
	MEMBER(axvm_layout_vm, interrupt_mode, 277, 1, 197, 1, 193, 1),
	MEMBER(axvm_layout_vm, image_location, 278, 1, 198, 1, 194, 1),
	MEMBER(axvm_layout_vm, address_space_policy, 279, 1, 199, 1, 195, 1),
	MEMBER(axvm_layout_vm, guest_type, 280, 1, 200, 1, 196, 1),
	MEMBER(axvm_layout_vm, reserved, 281, 7, 201, 7, 197, 7),

	STRUCT(axvm_machine_device, 24, 24, 20),
	MEMBER(axvm_machine_device, name, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_machine_device, range, 8, 16, 8, 16, 4, 16),

	STRUCT(axvm_layout_limits, 56, 40, 36),
	MEMBER(axvm_layout_limits, size, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_layout_limits, hypervisor, 8, 8, 4, 4, 4, 4),
	MEMBER(axvm_layout_limits, hypervisor_count, 16, 8, 8, 4, 8, 4),
	MEMBER(axvm_layout_limits, host_memory, 24, 8, 12, 4, 12, 4),
	MEMBER(axvm_layout_limits, host_memory_count, 32, 8, 16, 4, 16, 4),
	MEMBER(axvm_layout_limits, host_cpus, 40, 8, 24, 8, 20, 8),
	MEMBER(axvm_layout_limits, gpa_bits, 48, 4, 32, 4, 28, 4),
	MEMBER(axvm_layout_limits, arch, 52, 1, 36, 1, 32, 1),
	MEMBER(axvm_layout_limits, model, 53, 1, 37, 1, 33, 1),
	MEMBER(axvm_layout_limits, reserved, 54, 2, 38, 2, 34, 2),

	STRUCT(axvm_finding_owner, 48, 48, 40),
	MEMBER(axvm_finding_owner, name, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_finding_owner, vm, 8, 4, 4, 4, 4, 4),
	MEMBER(axvm_finding_owner, index, 12, 4, 8, 4, 8, 4),
	MEMBER(axvm_finding_owner, vm_id, 16, 8, 16, 8, 12, 8),
	MEMBER(axvm_finding_owner, start, 24, 8, 24, 8, 20, 8),
	MEMBER(axvm_finding_owner, end, 32, 8, 32, 8, 28, 8),
	MEMBER(axvm_finding_owner, table, 40, 1, 40, 1, 36, 1),
	MEMBER(axvm_finding_owner, space, 41, 1, 41, 1, 37, 1),

	STRUCT(axvm_finding, 144, 136, 112),
	MEMBER(axvm_finding, size, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_finding, a, 8, 48, 8, 48, 4, 40),
	MEMBER(axvm_finding, b, 56, 48, 56, 48, 44, 40),
	MEMBER(axvm_finding, value, 104, 8, 104, 8, 84, 8),
	MEMBER(axvm_finding, moved_by, 112, 8, 112, 8, 92, 8),
	MEMBER(axvm_finding, text, 120, 8, 120, 4, 100, 4),
	MEMBER(axvm_finding, hint, 128, 8, 124, 4, 104, 4),
	MEMBER(axvm_finding, code, 136, 1, 128, 1, 108, 1),
	MEMBER(axvm_finding, severity, 137, 1, 129, 1, 109, 1),
};

static const struct {
	const char *type;
	size_t size, wanted;
	bool is_unsigned;
} numbers[] = {
	{ "axvm_vm_id", sizeof(axvm_vm_id), 8, (axvm_vm_id)-1 > 0 },
	{ "axvm_vcpu_id", sizeof(axvm_vcpu_id), 8, (axvm_vcpu_id)-1 > 0 },
	{ "axvm_interrupt_vector", sizeof(axvm_interrupt_vector), 1, (axvm_interrupt_vector)-1 > 0 },
	{ "axvm_vm_type", sizeof(axvm_vm_type), 1, (axvm_vm_type)-1 > 0 },
	{ "axvm_boot_protocol", sizeof(axvm_boot_protocol), 1, (axvm_boot_protocol)-1 > 0 },
	{ "axvm_interrupt_mode", sizeof(axvm_interrupt_mode), 1, (axvm_interrupt_mode)-1 > 0 },
	{ "axvm_address_space_policy", sizeof(axvm_address_space_policy), 1,
	  (axvm_address_space_policy)-1 > 0 },
	{ "axvm_hypercall", sizeof(axvm_hypercall), 4, (axvm_hypercall)-1 > 0 },
	{ "axvm_guest_type", sizeof(axvm_guest_type), 1, (axvm_guest_type)-1 > 0 },
	{ "axvm_image_location", sizeof(axvm_image_location), 1, (axvm_image_location)-1 > 0 },
	{ "axvm_ivc_layout", sizeof(axvm_ivc_layout), 1, (axvm_ivc_layout)-1 > 0 },
	{ "axvm_ivc_problem", sizeof(axvm_ivc_problem), 1, (axvm_ivc_problem)-1 > 0 },
	{ "axvm_vcpu_state", sizeof(axvm_vcpu_state), 1, (axvm_vcpu_state)-1 > 0 },
	{ "axvm_interrupt_trigger_mode", sizeof(axvm_interrupt_trigger_mode), 1,
	  (axvm_interrupt_trigger_mode)-1 > 0 },
	{ "axvm_irq_line_id", sizeof(axvm_irq_line_id), 8, (axvm_irq_line_id)-1 > 0 },
	{ "axvm_access_width", sizeof(axvm_access_width), 1, (axvm_access_width)-1 > 0 },
	{ "axvm_port", sizeof(axvm_port), 2, (axvm_port)-1 > 0 },
	{ "axvm_sys_reg_addr", sizeof(axvm_sys_reg_addr), 8, (axvm_sys_reg_addr)-1 > 0 },
	{ "axvm_mapping_flags", sizeof(axvm_mapping_flags), 8, (axvm_mapping_flags)-1 > 0 },
	{ "axvm_backend_error", sizeof(axvm_backend_error), 1, (axvm_backend_error)-1 > 0 },
	{ "axvm_model", sizeof(axvm_model), 1, (axvm_model)-1 > 0 },
	{ "axvm_emulated_device_type", sizeof(axvm_emulated_device_type), 1,
	  (axvm_emulated_device_type)-1 > 0 },
	{ "axvm_arch", sizeof(axvm_arch), 1, (axvm_arch)-1 > 0 },
	{ "axvm_device_bus", sizeof(axvm_device_bus), 1, (axvm_device_bus)-1 > 0 },
	{ "axvm_severity", sizeof(axvm_severity), 1, (axvm_severity)-1 > 0 },
	{ "axvm_finding_code", sizeof(axvm_finding_code), 1, (axvm_finding_code)-1 > 0 },
	{ "axvm_layout_table", sizeof(axvm_layout_table), 1, (axvm_layout_table)-1 > 0 },
	{ "axvm_layout_space", sizeof(axvm_layout_space), 1, (axvm_layout_space)-1 > 0 },
	{ "axvm_layout_flags", sizeof(axvm_layout_flags), 4, (axvm_layout_flags)-1 > 0 },
	{ "axvm_mem_mapping_type", sizeof(axvm_mem_mapping_type), 1, (axvm_mem_mapping_type)-1 > 0 },
};
/* clang-format on */

static void dump(void)
{
	each_row(i, rows)
		printf("%s %s %zu %zu\n", rows[i].type, rows[i].member[0] ? rows[i].member : "-",
		       rows[i].offset, rows[i].size);
}

static void test_structs(void)
{
	enum abi abi = this_abi();
	size_t wide = offsetof(struct align_probe, u);

	each_row(i, rows) {
		char what[96];

		snprintf(what, sizeof(what), "offset of %s.%s", rows[i].type, rows[i].member);
		eq_uint(rows[i].offset, rows[i].wanted[abi].offset, what);
		snprintf(what, sizeof(what), "size of %s.%s", rows[i].type, rows[i].member);
		eq_uint(rows[i].size, rows[i].wanted[abi].size, what);
		if (rows[i].align == 0)
			continue;
		snprintf(what, sizeof(what), "alignment of %s", rows[i].type);
		eq_uint(rows[i].align, rows[i].narrow ? rows[i].narrow : wide, what);
	}
}

static void test_numbers(void)
{
	each_row(i, numbers) {
		eq_uint(numbers[i].size, numbers[i].wanted, numbers[i].type);
		ok(numbers[i].is_unsigned, "and it is unsigned");
	}
	eq_uint(sizeof(axvm_error), 4, "axvm_error");
	ok((axvm_error)-1 < 0, "and it is signed");
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--dump") == 0) {
		dump();
		return 0;
	}
	test(test_structs);
	test(test_numbers);
	return done();
}
