/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every formatter with a buffer of every size, each a block of its own: snprintf's
 * contract, and no byte beside the buffer, which the sanitizer sees.
 */
#include <axvm/types.h>

#include "fuzz.h"

/* One call of a formatter, on a value that is known there. */
typedef int (*format_fn)(const void *value, char *buf, size_t size);

static void every_size(format_fn format, const void *value, size_t text_size)
{
	int length = format(value, NULL, 0);
	char *whole;

	CHECK(length >= 0 && (text_size == 0 || (size_t)length < text_size));
	whole = malloc((size_t)length + 1);
	CHECK(whole != NULL && format(value, whole, (size_t)length + 1) == length);
	CHECK(strlen(whole) == (size_t)length);
	for (size_t size = 1; size <= (size_t)length + 2; size++) {
		size_t shown = size <= (size_t)length ? size - 1 : (size_t)length;
		char *buf = malloc(size);

		CHECK(buf != NULL && format(value, buf, size) == length);
		CHECK(memcmp(buf, whole, shown) == 0 && buf[shown] == '\0');
		free(buf);
	}
	free(whole);
}

/* A formatter that takes its value by value, and one that takes a pointer. */
#define BY_VALUE(function, type)                                                                   \
	static int do_##function(const void *value, char *buf, size_t size)                        \
	{                                                                                          \
		return function(*(const type *)value, buf, size);                                  \
	}
#define BY_POINTER(function)                                                                       \
	static int do_##function(const void *value, char *buf, size_t size)                        \
	{                                                                                          \
		return function(value, buf, size);                                                 \
	}

BY_VALUE(axvm_gpa_format, axvm_gpa)
BY_VALUE(axvm_gpa_format_upper, axvm_gpa)
BY_VALUE(axvm_hva_format, axvm_hva)
BY_VALUE(axvm_gpa_range_format, axvm_gpa_range)
BY_VALUE(axvm_gpa_range_format_upper, axvm_gpa_range)
BY_VALUE(axvm_vcpu_set_format_list, axvm_vcpu_set)
BY_VALUE(axvm_vcpu_set_format_mask, axvm_vcpu_set)
BY_VALUE(axvm_size_format, uint64_t)
BY_VALUE(axvm_error_format, axvm_error)
BY_VALUE(axvm_port_format, axvm_port)
BY_VALUE(axvm_port_format_upper, axvm_port)
BY_VALUE(axvm_sys_reg_addr_format, axvm_sys_reg_addr)
BY_VALUE(axvm_sys_reg_addr_format_upper, axvm_sys_reg_addr)
BY_VALUE(axvm_irq_line_id_format, axvm_irq_line_id)
BY_VALUE(axvm_mapping_flags_format, axvm_mapping_flags)
BY_POINTER(axvm_mem_config_format)
BY_POINTER(axvm_emulated_device_config_format)
BY_POINTER(axvm_passthrough_device_config_format)
BY_POINTER(axvm_passthrough_address_config_format)
BY_POINTER(axvm_passthrough_port_config_format)
BY_POINTER(axvm_reserved_address_config_format)
BY_POINTER(axvm_nested_paging_config_format)
BY_POINTER(axvm_nested_page_fault_info_format)
BY_POINTER(axvm_finding_owner_format)
BY_POINTER(axvm_finding_format)

static int do_message(const void *value, char *buf, size_t size)
{
	return axvm_finding_message_format(value, "here", NULL, buf, size);
}

static void numbers(struct input *in)
{
	axvm_gpa a = { take_uint64(in) };
	axvm_hva h = { a.addr };
	axvm_gpa_range r = { a, { take_uint64(in) } };
	axvm_vcpu_set s = { a.addr & r.end.addr };
	/* Sizes that units divide. */
	uint64_t bytes = a.addr << (r.end.addr & 63);
	axvm_error e = (axvm_error)(a.addr % 400) - 200;
	axvm_port port = (axvm_port)a.addr;

	every_size(do_axvm_gpa_format, &a, AXVM_GPA_TEXT_SIZE);
	every_size(do_axvm_gpa_format_upper, &a, AXVM_GPA_TEXT_SIZE);
	every_size(do_axvm_hva_format, &h, AXVM_HVA_TEXT_SIZE);
	every_size(do_axvm_gpa_range_format, &r, AXVM_GPA_RANGE_TEXT_SIZE);
	every_size(do_axvm_gpa_range_format_upper, &r, AXVM_GPA_RANGE_TEXT_SIZE);
	every_size(do_axvm_vcpu_set_format_list, &s, 0);
	every_size(do_axvm_vcpu_set_format_mask, &s, 0);
	every_size(do_axvm_size_format, &bytes, AXVM_SIZE_TEXT_SIZE);
	every_size(do_axvm_error_format, &e, AXVM_ERROR_TEXT_SIZE);
	e = (axvm_error)(uint32_t)r.end.addr;
	every_size(do_axvm_error_format, &e, AXVM_ERROR_TEXT_SIZE);
	every_size(do_axvm_port_format, &port, AXVM_PORT_TEXT_SIZE);
	every_size(do_axvm_port_format_upper, &port, AXVM_PORT_TEXT_SIZE);
	every_size(do_axvm_sys_reg_addr_format, &a.addr, AXVM_SYS_REG_ADDR_TEXT_SIZE);
	every_size(do_axvm_sys_reg_addr_format_upper, &a.addr, AXVM_SYS_REG_ADDR_TEXT_SIZE);
	every_size(do_axvm_irq_line_id_format, &a.addr, AXVM_IRQ_LINE_ID_TEXT_SIZE);
	every_size(do_axvm_mapping_flags_format, &a.addr, AXVM_MAPPING_FLAGS_TEXT_SIZE);
}

static void configs(struct input *in)
{
	axvm_mem_config memory = {
		{ take_uint64(in) }, take_uint64(in), take_uint64(in), take_byte(in)
	};
	size_t len = take_byte(in) % 4;
	uint64_t list[3] = { take_uint64(in), take_uint64(in), take_uint64(in) };
	axvm_passthrough_address_config address = { memory.gpa, memory.size };
	axvm_reserved_address_config reserved = { memory.gpa, memory.size };
	axvm_passthrough_port_config ports = { (uint16_t)memory.size, (uint16_t)memory.flags };
	axvm_nested_paging_config paging = {
		{ memory.gpa.addr }, memory.size, memory.flags, list[0]
	};
	axvm_nested_page_fault_info fault = { memory.flags, memory.gpa };
	axvm_emulated_device_config emulated = {
		.base_gpa = memory.gpa,
		.length = list[0],
		.irq_id = list[1],
		.emu_type = take_byte(in),
		.cfg_list = take_byte(in) & 1 ? NULL : list,
		.cfg_list_len = len,
	};
	axvm_passthrough_device_config passthrough = { .base_hpa = { list[1] }, .length = list[2] };
	char *name = take_text(in, 40);

	emulated.name = passthrough.name = take_byte(in) % 8 == 0 ? NULL : name;
	every_size(do_axvm_mem_config_format, &memory, AXVM_MEM_CONFIG_TEXT_SIZE);
	every_size(do_axvm_emulated_device_config_format, &emulated, 0);
	every_size(do_axvm_passthrough_device_config_format, &passthrough, 0);
	every_size(do_axvm_passthrough_address_config_format, &address,
		   AXVM_PASSTHROUGH_ADDRESS_CONFIG_TEXT_SIZE);
	every_size(do_axvm_reserved_address_config_format, &reserved,
		   AXVM_RESERVED_ADDRESS_CONFIG_TEXT_SIZE);
	every_size(do_axvm_passthrough_port_config_format, &ports,
		   AXVM_PASSTHROUGH_PORT_CONFIG_TEXT_SIZE);
	every_size(do_axvm_nested_paging_config_format, &paging,
		   AXVM_NESTED_PAGING_CONFIG_TEXT_SIZE);
	every_size(do_axvm_nested_page_fault_info_format, &fault,
		   AXVM_NESTED_PAGE_FAULT_INFO_TEXT_SIZE);
	free(name);
}

static axvm_finding_owner take_owner(struct input *in, const char *name)
{
	axvm_finding_owner owner = {
		.name = take_byte(in) & 1 ? name : NULL,
		.vm = take_byte(in) & 1 ? AXVM_LAYOUT_NO_VM : 1,
		.index = take_byte(in) & 1 ? AXVM_LAYOUT_WHOLE_TABLE : 3,
		.vm_id = take_uint64(in),
		.start = take_uint64(in),
		.end = take_uint64(in),
		.table = take_byte(in) % 32,
		.space = take_byte(in) % 5,
	};

	return owner;
}

static void findings(struct input *in)
{
	char *name = take_text(in, 24);
	axvm_finding finding = {
		.size = sizeof(finding),
		.a = take_owner(in, name),
		.b = take_owner(in, name),
		.value = take_uint64(in),
		.text = "meets",
		.hint = "Move one.",
		.code = take_byte(in),
		.severity = take_byte(in) % 5,
	};

	every_size(do_axvm_finding_owner_format, &finding.a, 0);
	every_size(do_axvm_finding_format, &finding, 0);
	every_size(do_message, &finding, 0);
	free(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };

	switch (take_byte(&in) % 3) {
	case 0:
		numbers(&in);
		break;
	case 1:
		configs(&in);
		break;
	default:
		findings(&in);
		break;
	}
	return 0;
}
