/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/access.h>

#include "proof_names.h"

static bool is_access_width(uint64_t value)
{
	return value <= 3;
}

/* A number of bytes: the widths in ascending order, each twice as wide as the one before. */
void prove_axvm_access_width_try_from_usize(void)
{
	uint64_t value = nondet_uint64();
	axvm_access_width before = nondet_uint8(), out = before;
	bool known = axvm_access_width_try_from_usize(value, &out);

	PROVE(known == (is_power(value) && value <= 8));
	PROVE(known ? is_access_width(out) && axvm_access_width_size(out) == value : out == before);
	REACHED(known && out == AXVM_ACCESS_WIDTH_QWORD);
	REACHED(!known && (uint8_t)value == 1);
}

static const struct named access_width_names[] = {
	{ 0, "byte" },
	{ 1, "word" },
	{ 2, "dword" },
	{ 3, "qword" },
};

void prove_axvm_access_width_name(void)
{
	PROVE_NAME(axvm_access_width, is_access_width, access_width_names);
}

void prove_axvm_access_width_from_name(void)
{
	PROVE_FROM_NAME(axvm_access_width, access_width_names, no_alias);
}

static uint64_t bytes_of(axvm_access_width width)
{
	switch (width) {
	case AXVM_ACCESS_WIDTH_BYTE:
		return sizeof(uint8_t);
	case AXVM_ACCESS_WIDTH_WORD:
		return sizeof(uint16_t);
	case AXVM_ACCESS_WIDTH_DWORD:
		return sizeof(uint32_t);
	case AXVM_ACCESS_WIDTH_QWORD:
		return sizeof(uint64_t);
	default:
		return 0;
	}
}

void prove_axvm_access_width_size(void)
{
	axvm_access_width width = nondet_uint8();

	PROVE(axvm_access_width_size(width) == bytes_of(width));
	REACHED(width > AXVM_ACCESS_WIDTH_QWORD);
}

void prove_axvm_access_width_bits(void)
{
	axvm_access_width width = nondet_uint8();

	PROVE(axvm_access_width_bits(width) == bytes_of(width) * CHAR_BIT);
	REACHED(width > AXVM_ACCESS_WIDTH_QWORD);
}

void prove_axvm_port_try_from_usize(void)
{
	uint64_t value = nondet_uint64();
	axvm_port before = (axvm_port)nondet_uint32(), out = before;
	bool made = axvm_port_try_from_usize(value, &out);

	PROVE(made == (value >> 16 == 0));
	PROVE(made ? out == value : out == before);
	REACHED(made && out == 0xffff);
	REACHED(!made);
}

/* Such a text of this number. */
static void is_number(const char *text, int length, const char *type, uint64_t number, char ten)
{
	const char *at = text;

	PROVE(takes(&at, type));
	PROVE(takes_hex(&at, number, ten));
	PROVE(takes(&at, ")"));
	PROVE(ends(at, text, length));
}

void prove_axvm_port_format(void)
{
	char text[AXVM_PORT_TEXT_SIZE];
	axvm_port port = (axvm_port)nondet_uint32();
	int length = axvm_port_format(port, text, sizeof(text));

	is_number(text, length, "Port(", port, 'a');
	REACHED(length == AXVM_PORT_TEXT_SIZE - 1);
}

void prove_axvm_port_format_upper(void)
{
	char text[AXVM_PORT_TEXT_SIZE];
	axvm_port port = (axvm_port)nondet_uint32();
	int length = axvm_port_format_upper(port, text, sizeof(text));

	is_number(text, length, "Port(", port, 'A');
	REACHED(length == AXVM_PORT_TEXT_SIZE - 1);
}

void prove_axvm_sys_reg_addr_format(void)
{
	char text[AXVM_SYS_REG_ADDR_TEXT_SIZE];
	axvm_sys_reg_addr addr = nondet_uint64();
	int length = axvm_sys_reg_addr_format(addr, text, sizeof(text));

	is_number(text, length, "SysRegAddr(", addr, 'a');
	REACHED(length == AXVM_SYS_REG_ADDR_TEXT_SIZE - 1);
}

void prove_axvm_sys_reg_addr_format_upper(void)
{
	char text[AXVM_SYS_REG_ADDR_TEXT_SIZE];
	axvm_sys_reg_addr addr = nondet_uint64();
	int length = axvm_sys_reg_addr_format_upper(addr, text, sizeof(text));

	is_number(text, length, "SysRegAddr(", addr, 'A');
	REACHED(length == AXVM_SYS_REG_ADDR_TEXT_SIZE - 1);
}
