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

void prove_axvm_access_width_name(void)
{
	PROVE_NAME(axvm_access_width, is_access_width);
}

void prove_axvm_access_width_from_name(void)
{
	PROVE_FROM_NAME(axvm_access_width, is_access_width, no_alias);
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
