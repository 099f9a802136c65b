/* SPDX-License-Identifier: Apache-2.0 */
/* All but addresses, from many threads at once; test_gpa_threads.c has those. */
#include <axvm/types.h>

#include "layout/layout_sample.h"
#include "threads.h"

/* Values in and out of the enumeration, and the names there and back. */
#define ENUMERATION(kind)                                                                          \
	static void kind##_values(struct record *r)                                                \
	{                                                                                          \
		for (uint64_t number = 0; number <= 0x101; number++) {                             \
			axvm_##kind value = 0, named = 0;                                          \
                                                                                                   \
			note(r, axvm_##kind##_try_from_usize(number, &value));                     \
			note(r, value);                                                            \
			value = (axvm_##kind)number;                                               \
			note_text(r, axvm_##kind##_name(value));                                   \
			note(r, axvm_##kind##_from_name(axvm_##kind##_name(value), &named));       \
			note(r, named);                                                            \
		}                                                                                  \
	}

ENUMERATION(access_width)
ENUMERATION(address_space_policy)
ENUMERATION(arch)
ENUMERATION(backend_error)
ENUMERATION(boot_protocol)
ENUMERATION(device_bus)
ENUMERATION(emulated_device_type)
ENUMERATION(finding_code)
ENUMERATION(guest_type)
ENUMERATION(image_location)
ENUMERATION(interrupt_mode)
ENUMERATION(interrupt_trigger_mode)
ENUMERATION(ivc_layout)
ENUMERATION(ivc_problem)
ENUMERATION(layout_space)
ENUMERATION(layout_table)
ENUMERATION(mapping_flags)
ENUMERATION(mem_mapping_type)
ENUMERATION(model)
ENUMERATION(severity)
ENUMERATION(text_kind)
ENUMERATION(vcpu_state)
ENUMERATION(vm_type)

static void enumerations(struct record *r)
{
	static void (*const all[])(struct record *) = {
		access_width_values,
		address_space_policy_values,
		arch_values,
		backend_error_values,
		boot_protocol_values,
		device_bus_values,
		emulated_device_type_values,
		finding_code_values,
		guest_type_values,
		image_location_values,
		interrupt_mode_values,
		interrupt_trigger_mode_values,
		ivc_layout_values,
		ivc_problem_values,
		layout_space_values,
		layout_table_values,
		mapping_flags_values,
		mem_mapping_type_values,
		model_values,
		severity_values,
		text_kind_values,
		vcpu_state_values,
		vm_type_values,
	};

	all[below_of(r, sizeof(all) / sizeof(all[0]))](r);
}

static void alignment(struct record *r)
{
	uint64_t a = number_of(r) >> 1, align = UINT64_C(1) << below_of(r, 62), out = 0;

	note(r, axvm_align_down(a, align));
	note(r, axvm_align_offset(a, align));
	note(r, axvm_is_aligned(a, align));
	note(r, axvm_wrapping_align_up(a, align));
	note(r, axvm_align_up(a, align));
	note(r, axvm_checked_align_up(a, align, &out));
	note(r, out);
}

static void small_values(struct record *r)
{
	uint64_t number = number_of(r);
	axvm_port port = 0;
	axvm_access_width width = (axvm_access_width)below_of(r, 4);
	axvm_backend_error error = (axvm_backend_error)below_of(r, 8);
	axvm_mapping_flags flags = axvm_mapping_flags_truncate(number);

	note(r, axvm_access_width_size(width));
	note(r, axvm_access_width_bits(width));
	note(r, axvm_port_try_from_usize(number >> 47, &port));
	note_format(r, axvm_port_format, port);
	note_format(r, axvm_port_format_upper, port);
	note_format(r, axvm_sys_reg_addr_format, number);
	note_format(r, axvm_sys_reg_addr_format_upper, number);
	note_format(r, axvm_irq_line_id_format, number);
	note_text(r, axvm_backend_error_message(error));
	note(r, axvm_vm_type_from_usize(below_of(r, 3)));
	note(r, axvm_vm_type_to_usize((axvm_vm_type)below_of(r, 3)));
	note(r, axvm_mapping_flags_complement(flags));
	note(r, axvm_mapping_flags_contains(flags, axvm_mapping_flags_truncate(number >> 32)));
	note_format(r, axvm_mapping_flags_format, flags);
	note_text(r, axvm_types_version());
	note_text(r, axvm_types_model());
	note_text(r, axvm_tlb_backend());
}

static void hypercalls(struct record *r)
{
	axvm_hypercall code = (axvm_hypercall)below_of(r, 10), out = 0;

	note(r, axvm_hypercall_try_from_u32(code, &out));
	note_text(r, axvm_hypercall_name(code));
	note(r, axvm_hypercall_from_name(axvm_hypercall_name(code), &out));
	note(r, out);
	note(r, axvm_hypercall_argument_count(code));
	note_text(r, axvm_hypercall_argument_name(code, (size_t)below_of(r, 5)));
	note(r, axvm_hypercall_is_implemented(code));
	note_text(r, axvm_hypercall_since(code));
	note(r, axvm_hypercall_known_in(code, (axvm_model)below_of(r, 4)));
}

static void ivc_regions(struct record *r)
{
	static const axvm_ivc_region_header header = { 0x49564332, 2, 32, 2240, 1, 64, 1152, 1088 };
	unsigned char copy[AXVM_IVC_HEADER_COPY_SIZE] = { 0 };
	axvm_ivc_layout layout = 0;

	memcpy(copy + 16, &header, sizeof(header));
	copy[below_of(r, sizeof(copy))] ^= 1;
	note(r, axvm_ivc_region_identify(copy, sizeof(copy), &layout));
	note(r, layout);
	note(r, axvm_ivc_region_check(copy, sizeof(copy), 0, 0));
}

static void machine(struct record *r)
{
	axvm_machine_device devices[2];
	axvm_gpa_range window = AXVM_GPA_RANGE_INIT(0, 0);
	axvm_arch arch = (axvm_arch)below_of(r, 5);

	memset(devices, 0, sizeof(devices));
	note(r, axvm_machine_devices(AXVM_MODEL_0_7_3, arch, below_of(r, 8), devices, 2));
	note(r, devices[1].range.end.addr);
	note(r, axvm_machine_auto_window(AXVM_MODEL_0_7_3, arch, &window));
	note(r, window.start.addr);
}

static void paging(struct record *r)
{
	axvm_nested_paging_config config, other;
	axvm_nested_page_fault_info fault, before;

	axvm_nested_paging_config_init(&config);
	axvm_nested_paging_config_init(&other);
	config.levels = below_of(r, 2);
	note(r, axvm_nested_paging_config_eq(&config, &other));
	note_format(r, axvm_nested_paging_config_format, &config);
	axvm_nested_page_fault_info_init(&fault);
	axvm_nested_page_fault_info_init(&before);
	fault.fault_guest_paddr = axvm_gpa_new(below_of(r, 2));
	note(r, axvm_nested_page_fault_info_eq(&fault, &before));
	note_format(r, axvm_nested_page_fault_info_format, &fault);
}

static void device_types(struct record *r)
{
	const axvm_emulated_device_type *all;
	axvm_model model = (axvm_model)below_of(r, 3);
	axvm_emulated_device_type type = 0;
	size_t count = 0;

	all = axvm_emulated_device_type_all(&count);
	note(r, count);
	type = all[below_of(r, count)];
	note(r, axvm_emulated_device_type_removable(type));
	note_text(r, axvm_emulated_device_type_describe(type));
	note(r, axvm_emulated_device_type_bus(type));
	note(r, axvm_emulated_device_type_supports(type, (axvm_arch)below_of(r, 5)));
	note(r, axvm_emulated_device_type_config_count(type));
	note_text(r, axvm_emulated_device_type_config_name(type, (size_t)below_of(r, 4)));
	note_text(r, axvm_emulated_device_type_old_name(below_of(r, 256)));
	all = axvm_emulated_device_type_all_in(model, &count);
	note(r, count);
	for (size_t i = 0; i < count; i++)
		note(r, all[i]);
	note(r, axvm_emulated_device_type_try_from_usize_in(model, below_of(r, 256), &type));
	note(r, type);
}

static void errors(struct record *r)
{
	axvm_error error = (axvm_error)below_of(r, 60), out = 0;

	if (below_of(r, 2))
		error = -error;
	note(r, (uint64_t)axvm_error_from_errno((int)below_of(r, 140), error));
	note(r, axvm_error_is_valid(error));
	note_text(r, axvm_error_name(error));
	note_text(r, axvm_error_message(error));
	note_format(r, axvm_error_format, error);
	if (!axvm_error_is_valid(error))
		return;
	note(r, (uint64_t)axvm_error_canonicalize(error));
	note(r, (uint64_t)axvm_error_to_linux(error));
	note(r, axvm_error_from_linux((int32_t)below_of(r, 140), &out));
	note(r, (uint64_t)out);
	note(r, axvm_error_to_kind(error, &out));
	note(r, (uint64_t)out);
}

static void numbers(struct record *r)
{
	static const char *const texts[] = { "0x10", "512M@0x8", "18446744073709551616", "7x",
					     "1_0" };
	const char *text = texts[below_of(r, 5)], *rest = text;
	uint64_t out = 0;

	note(r, axvm_uint_parse(text, &out));
	note(r, axvm_size_parse(text, &out));
	note(r, axvm_uint_parse_prefix(text, &out, &rest));
	note_text(r, rest);
	note(r, axvm_size_parse_prefix(text, &out, &rest));
	note_text(r, rest);
	note(r, axvm_size_parse_unit(text, 0x100000, &out));
	note(r, axvm_size_parse_unit_prefix(text, 0x100000, &out, &rest));
	note_text(r, rest);
	note(r, out);
	note_format(r, axvm_size_format, number_of(r) >> below_of(r, 64));
}

#define hex_format(value, buf, size) axvm_uint_format_hex(value, 16, buf, size)

static void checked_texts(struct record *r)
{
	static const char *const texts[] = { "0x10", "3-1", "READ | 0x40", "0..0x1g", "64" };
	const char *text = texts[below_of(r, 5)];
	axvm_mapping_flags flags = 0;
	size_t where = 0;

	note(r, (uint64_t)axvm_text_check((axvm_text_kind)below_of(r, 14), text, &where));
	note(r, where);
	note(r, axvm_mapping_flags_parse(text, &flags));
	note(r, flags);
	note_format(r, hex_format, number_of(r) >> below_of(r, 64));
}

static void set_searches(struct record *r)
{
	axvm_vcpu_set s = axvm_vcpu_set_from_bits(number_of(r));
	axvm_vcpu_id i = below_of(r, 64);

	note(r, axvm_vcpu_set_len(s));
	note(r, axvm_vcpu_set_is_empty(s));
	note(r, axvm_vcpu_set_is_full(s));
	note(r, axvm_vcpu_set_get(s, i));
	note(r, (uint64_t)axvm_vcpu_set_first_index(s));
	note(r, (uint64_t)axvm_vcpu_set_last_index(s));
	note(r, (uint64_t)axvm_vcpu_set_next_index(s, i));
	note(r, (uint64_t)axvm_vcpu_set_prev_index(s, i));
	note(r, (uint64_t)axvm_vcpu_set_first_false_index(s));
	note(r, (uint64_t)axvm_vcpu_set_last_false_index(s));
	note(r, (uint64_t)axvm_vcpu_set_next_false_index(s, i));
	note(r, (uint64_t)axvm_vcpu_set_prev_false_index(s, i));
}

static void sets(struct record *r)
{
	axvm_vcpu_set a = axvm_vcpu_set_from_bits(number_of(r) & number_of(r));
	axvm_vcpu_set b = axvm_vcpu_set_mask(below_of(r, 65)), parsed = axvm_vcpu_set_new();
	char text[200];

	note(r, axvm_vcpu_set_set(&b, below_of(r, 64), below_of(r, 2) != 0));
	note(r, axvm_vcpu_set_try_set(&b, below_of(r, 70), below_of(r, 2) != 0));
	note(r, axvm_vcpu_set_range(below_of(r, 32), 32 + below_of(r, 32)).bits);
	axvm_vcpu_set_invert(&b);
	note(r, axvm_vcpu_set_to_bits(axvm_vcpu_set_and(a, b)));
	note(r, axvm_vcpu_set_to_bits(axvm_vcpu_set_or(a, b)));
	note(r, axvm_vcpu_set_to_bits(axvm_vcpu_set_xor(a, b)));
	note(r, axvm_vcpu_set_to_bits(axvm_vcpu_set_andnot(a, b)));
	note(r, axvm_vcpu_set_to_bits(axvm_vcpu_set_not(a)));
	note(r, axvm_vcpu_set_eq(a, axvm_vcpu_set_full()));
	note(r, (uint64_t)axvm_vcpu_set_cmp(a, b));
	note(r, axvm_vcpu_set_intersects(a, b));
	note(r, axvm_vcpu_set_is_subset(axvm_vcpu_set_one_shot(below_of(r, 64)), a));
	note_format(r, axvm_vcpu_set_format_list, a);
	note_format(r, axvm_vcpu_set_format_mask, a);
	axvm_vcpu_set_format_list(a, text, sizeof(text));
	note(r, axvm_vcpu_set_parse_list(text, &parsed));
	note(r, axvm_vcpu_set_to_bits(parsed));
	axvm_vcpu_set_format_mask(b, text, sizeof(text));
	note(r, axvm_vcpu_set_parse_mask(text, &parsed));
	note(r, axvm_vcpu_set_to_bits(parsed));
}

/* One mapping that all threads read, and one for each to write. */
static void guest_memory(struct record *r)
{
	static const unsigned char shared[0x100] = "read by all";
	unsigned char own[0x100] = "written by one", copy[16] = { 0 };
	axvm_guest_region regions[2] = {
		{ AXVM_GPA_INIT(0x80000000), sizeof(own), own, 0 },
		{ AXVM_GPA_INIT(0x40000000), sizeof(shared), (void *)(uintptr_t)shared, 1 },
	};
	uint64_t offset = below_of(r, 0x110);
	axvm_gpa at = axvm_gpa_new(0x40000000 + offset), found = at;
	axvm_guest_slice slices[2];
	size_t hint;
	void *host = NULL;

	note(r, axvm_guest_memory_is_valid(regions, 2));
	axvm_guest_memory_sort(regions, 2);
	note(r, axvm_guest_memory_is_valid(regions, 2));
	note(r, axvm_guest_memory_find(regions, 2, at) == &regions[0]);
	host = axvm_guest_memory_at(regions, 2, at, 8);
	note(r, host ? (uint64_t)((const unsigned char *)host - shared) : UINT64_MAX);
	host = NULL;
	note(r, axvm_guest_memory_span(regions, 2, at, 0x80, &host));
	note(r, axvm_guest_memory_read(regions, 2, at, copy, sizeof(copy)));
	hint = (size_t)below_of(r, 3);
	note(r, axvm_guest_memory_at_hint(regions, 2, &hint, at, 8) != NULL);
	note(r, hint);
	note(r, axvm_guest_memory_slices(regions, 2, at, 0x80, slices, 2, &hint));
	note(r, hint);
	at = axvm_gpa_new(0x80000000 + offset);
	note(r, axvm_guest_memory_write(regions, 2, at, copy, sizeof(copy)));
	note(r, axvm_guest_memory_fill(regions, 2, at, (uint8_t)offset, offset / 2));
	note(r, axvm_guest_memory_gpa_of(regions, 2, &own[below_of(r, sizeof(own))], &found));
	note(r, axvm_gpa_value(found));
	note(r, axvm_hva_to_ptr(axvm_hva_from_ptr(own)) == own);
	for (size_t i = 0; i < sizeof(own); i++)
		note(r, own[i]);
}

static void devices(struct record *r)
{
	uint64_t list[3] = { number_of(r), 0x20000, 1 };
	axvm_emulated_device_config emulated, emulated_copy;
	axvm_passthrough_device_config passthrough, passthrough_copy;
	axvm_gpa_range range = AXVM_GPA_RANGE_INIT(0, 0);
	axvm_hpa_range host = AXVM_HPA_RANGE_INIT(0, 0);

	axvm_emulated_device_config_init(&emulated_copy);
	set_emulated(&emulated, "one of many", number_of(r), 0x1000,
		     AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR);
	emulated.cfg_list = list;
	emulated.cfg_list_len = (size_t)below_of(r, 4);
	note(r, (uint64_t)axvm_emulated_device_config_copy(&emulated_copy, &emulated));
	note(r, axvm_emulated_device_config_eq(&emulated_copy, &emulated));
	note_format(r, axvm_emulated_device_config_format, &emulated_copy);
	note(r, axvm_emulated_device_config_range(&emulated_copy, &range));
	note(r, axvm_emulated_device_config_footprint(&emulated_copy, &range));
	note(r, axvm_gpa_range_size(range));
	axvm_emulated_device_config_clear(&emulated_copy);

	axvm_passthrough_device_config_init(&passthrough);
	axvm_passthrough_device_config_init(&passthrough_copy);
	set_passthrough(&passthrough, "another", number_of(r), number_of(r), 0x1000, 33);
	note(r, (uint64_t)axvm_passthrough_device_config_copy(&passthrough_copy, &passthrough));
	note(r, axvm_passthrough_device_config_eq(&passthrough_copy, &passthrough));
	note_format(r, axvm_passthrough_device_config_format, &passthrough_copy);
	note(r, axvm_passthrough_device_config_range(&passthrough_copy, &range));
	note(r, axvm_passthrough_device_config_host_range(&passthrough_copy, &host));
	note(r, axvm_gpa_range_size(range) + axvm_hpa_range_size(host));
	axvm_passthrough_device_config_clear(&passthrough_copy);
}

static void places(struct record *r)
{
	axvm_mem_config memory, memory_other;
	axvm_passthrough_address_config address, address_other;
	axvm_passthrough_port_config ports, ports_other;
	axvm_reserved_address_config reserved, reserved_other;
	axvm_gpa_range range = AXVM_GPA_RANGE_INIT(0, 0);
	axvm_port last = 0;

	axvm_mem_config_init(&memory);
	axvm_mem_config_init(&memory_other);
	memory.gpa = axvm_gpa_new(number_of(r));
	memory.size = below_of(r, 2);
	note(r, axvm_mem_config_eq(&memory, &memory_other));
	note(r, axvm_mem_config_range(&memory, &range));
	note_format(r, axvm_mem_config_format, &memory);
	axvm_passthrough_address_config_init(&address);
	axvm_passthrough_address_config_init(&address_other);
	address.length = below_of(r, 2);
	note(r, axvm_passthrough_address_config_eq(&address, &address_other));
	note(r, axvm_passthrough_address_config_range(&address, &range));
	note_format(r, axvm_passthrough_address_config_format, &address);
	axvm_passthrough_port_config_init(&ports);
	axvm_passthrough_port_config_init(&ports_other);
	ports.length = (uint16_t)below_of(r, 2);
	note(r, axvm_passthrough_port_config_eq(&ports, &ports_other));
	note(r, axvm_passthrough_port_config_last(&ports, &last));
	note_format(r, axvm_passthrough_port_config_format, &ports);
	axvm_reserved_address_config_init(&reserved);
	axvm_reserved_address_config_init(&reserved_other);
	reserved.length = below_of(r, 2);
	note(r, axvm_reserved_address_config_eq(&reserved, &reserved_other));
	note(r, axvm_reserved_address_config_range(&reserved, &range));
	note_format(r, axvm_reserved_address_config_format, &reserved);
	note(r, axvm_gpa_range_size(range) + last);
}

/* A VM of its own: sample_init() also sets up a variable that the tests share. */
struct vm_parts {
	axvm_layout_vm vm;
	axvm_mem_config memory[2];
	axvm_passthrough_device_config passthrough[2];
};

static void vm_of(struct record *r, struct vm_parts *parts)
{
	static const axvm_layout_vm none = AXVM_LAYOUT_VM_INIT;

	parts->vm = none;
	for (size_t i = 0; i < 2; i++) {
		set_memory(&parts->memory[i], 0x40000000 + (below_of(r, 3) << 20), 0x200000,
			   AXVM_MEM_MAPPING_ALLOC);
		set_passthrough(&parts->passthrough[i], "uart", 0x9000000 + (i << 11), 0x9000000,
				0x1000, 33 + below_of(r, 2));
	}
	parts->vm.memory_regions = parts->memory;
	parts->vm.memory_region_count = 2;
	parts->vm.passthrough_devices = parts->passthrough;
	parts->vm.passthrough_device_count = 2;
}

static bool note_finding(const axvm_finding *finding, void *ctx)
{
	struct record *r = ctx;

	note(r, finding->code);
	note_format(r, axvm_finding_format, finding);
	note_format(r, axvm_finding_owner_format, &finding->a);
	return true;
}

static void layout(struct record *r)
{
	struct vm_parts parts;
	axvm_layout_limits known;
	axvm_layout_vm other;
	axvm_finding found[16];
	uint64_t scratch[0x400];
	char text[320];
	size_t count = 0;

	vm_of(r, &parts);
	axvm_layout_vm_init(&other);
	axvm_layout_limits_init(&known);
	known.model = AXVM_MODEL_0_5;
	known.gpa_bits = 30 + (uint32_t)below_of(r, 4);
	other.entry_point = axvm_gpa_new(below_of(r, 2));
	note_text(r, axvm_layout_problem(&other, 1, &known));
	note(r, (uint64_t)axvm_layout_scratch_size(&parts.vm, 1, &known, &count));
	note(r, (uint64_t)axvm_layout_check(&parts.vm, 1, &known, note_finding, r, scratch,
					    sizeof(scratch)));
	note(r, (uint64_t)axvm_layout_check(&parts.vm, 1, &known, note_finding, r, NULL, 0));
	note(r, (uint64_t)axvm_layout_findings(&parts.vm, 1, &known, found, sizeof(found[0]), 16,
					       &count));
	note(r, count);
	for (size_t i = 0; i < count && i < 16; i++) {
		note(r, (uint64_t)axvm_finding_message_format(&found[i], "one", "other", text,
							      sizeof(text)));
		note_text(r, text);
	}
	note_text(r, axvm_finding_code_name(axvm_finding_code_all(&count)[below_of(r, count)]));
}

/* User space has the backend none; others would kill the process where it is not the host's. */
static void flush(struct record *r)
{
	note_text(r, axvm_tlb_backend());
	if (strcmp(axvm_tlb_backend(), "none") == 0) {
		note(r, (uint64_t)axvm_gpa_flush_tlb(NULL));
		note(r, (uint64_t)axvm_gpa_flush_stage2(NULL));
	}
}

int main(void)
{
	static const struct subject subjects[] = {
		{ "enumerations", enumerations },
		{ "alignment", alignment },
		{ "small values", small_values },
		{ "hypercalls", hypercalls },
		{ "regions of IVC", ivc_regions },
		{ "machine", machine },
		{ "paging", paging },
		{ "device types", device_types },
		{ "errors", errors },
		{ "numbers as text", numbers },
		{ "texts checked", checked_texts },
		{ "vCPU sets searched", set_searches },
		{ "vCPU sets", sets },
		{ "guest memory", guest_memory },
		{ "device configs", devices },
		{ "other configs", places },
		{ "layout check", layout },
		{ "TLB", flush },
	};

	threads_compare(subjects, sizeof(subjects) / sizeof(subjects[0]));
	return done();
}
