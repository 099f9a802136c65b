/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/mapping_flags.h>

#include "proof_names.h"

/* Specifications ask of one bit that could be any of the 64: six of them are flags. */

static bool is_flag_bit(unsigned int i)
{
	return i < 6;
}

void prove_axvm_mapping_flags_try_from_usize(void)
{
	uint64_t value = nondet_uint64();
	unsigned int i = nondet_bit();
	axvm_mapping_flags before = nondet_uint64(), out = before;
	bool known = axvm_mapping_flags_try_from_usize(value, &out);

	if (known) {
		PROVE(!bit(value, i) || is_flag_bit(i));
		PROVE(out == value);
	} else {
		PROVE(value > 63);
		PROVE(out == before);
	}
	REACHED(known && out == AXVM_MAPPING_ALL);
	REACHED(!known && (uint32_t)value == 0);
}

void prove_axvm_mapping_flags_truncate(void)
{
	uint64_t value = nondet_uint64();
	unsigned int i = nondet_bit();

	PROVE(bit(axvm_mapping_flags_truncate(value), i) == (bit(value, i) && is_flag_bit(i)));
	REACHED(true);
}

void prove_axvm_mapping_flags_complement(void)
{
	axvm_mapping_flags flags = nondet_uint64();
	unsigned int i = nondet_bit();

	PROVE(bit(axvm_mapping_flags_complement(flags), i) == (!bit(flags, i) && is_flag_bit(i)));
	REACHED(true);
}

void prove_axvm_mapping_flags_contains(void)
{
	axvm_mapping_flags flags = nondet_uint64(), others = nondet_uint64();
	unsigned int i = nondet_bit();
	bool contains = axvm_mapping_flags_contains(flags, others);

	PROVE(contains == ((flags | others) == flags));
	PROVE(!contains || !bit(others, i) || bit(flags, i));
	REACHED(contains && others > AXVM_MAPPING_ALL);
	REACHED(!contains);
}

/* By the contract, from the lowest bit on. */
static const char flag_names[][9] = { "READ", "WRITE", "EXECUTE", "USER", "DEVICE", "UNCACHED" };

/* The flags in turn, and one number that could be any other. */
void prove_axvm_mapping_flags_name(void)
{
	axvm_mapping_flags other = nondet_uint64();

	for (unsigned int i = 0; is_flag_bit(i); i++) {
		const char *name = axvm_mapping_flags_name(UINT64_C(1) << i);
		axvm_mapping_flags back = 0;

		PROVE(same_text(name, flag_names[i]));
		PROVE(axvm_mapping_flags_from_name(flag_names[i], &back));
		PROVE(back == UINT64_C(1) << i);
	}
	ASSUME(!is_power(other) || other > AXVM_MAPPING_ALL);
	PROVE(same_text(axvm_mapping_flags_name(other), "unknown"));
	REACHED((uint8_t)other == AXVM_MAPPING_READ);
	REACHED(other == (AXVM_MAPPING_READ | AXVM_MAPPING_WRITE));
}

void prove_axvm_mapping_flags_from_name(void)
{
	char text[NAME_BLOCK];
	axvm_mapping_flags before = nondet_uint64(), out = before;
	bool known, named = false;

	PROVE(!axvm_mapping_flags_from_name(NULL, &out) && out == before);
	any_text(text);
	known = axvm_mapping_flags_from_name(text, &out);
	for (unsigned int i = 0; is_flag_bit(i); i++) {
		uint64_t flag = UINT64_C(1) << i;
		bool names_it = same_text(text, flag_names[i]);

		PROVE(!names_it || out == flag);
		named = named || names_it;
	}
	PROVE(known == named);
	PROVE(known || out == before);
	REACHED(known);
	REACHED(!known);
}

/* The names of the flags among these, and what is left in hexadecimal. */
static bool takes_flags(const char **at, axvm_mapping_flags flags)
{
	const char *first = *at;

	for (unsigned int i = 0; is_flag_bit(i); i++) {
		if (!bit(flags, i))
			continue;
		if (*at != first && !takes(at, " | "))
			return false;
		if (!takes(at, axvm_mapping_flags_name(UINT64_C(1) << i)))
			return false;
	}
	flags -= flags % 64;
	if (flags == 0 && *at != first)
		return true;
	return (*at == first || takes(at, " | ")) && takes_hex(at, flags, 'a');
}

static void is_text_of(const char *text, int length, axvm_mapping_flags flags)
{
	const char *at = text;

	PROVE(takes_flags(&at, flags));
	PROVE(ends(at, text, length));
}

/* All that have a name in turn, as CBMC then has nothing to solve. */
void prove_axvm_mapping_flags_format(void)
{
	char text[AXVM_MAPPING_FLAGS_TEXT_SIZE];

	for (axvm_mapping_flags flags = 0; flags <= AXVM_MAPPING_ALL; flags++)
		is_text_of(text, axvm_mapping_flags_format(flags, text, sizeof(text)), flags);
	REACHED(true);
}

/* Bits without a name, by themselves and behind the longest text of those that have one. */
void prove_axvm_mapping_flags_format_unknown(void)
{
	char text[AXVM_MAPPING_FLAGS_TEXT_SIZE];
	axvm_mapping_flags unknown = nondet_uint64(), all;
	int length;

	ASSUME(unknown != 0 && unknown % 64 == 0);
	is_text_of(text, axvm_mapping_flags_format(unknown, text, sizeof(text)), unknown);
	all = AXVM_MAPPING_ALL | unknown;
	length = axvm_mapping_flags_format(all, text, sizeof(text));
	PROVE(length > 0 && length < AXVM_MAPPING_FLAGS_TEXT_SIZE && text[length] == '\0');
	REACHED(length == AXVM_MAPPING_FLAGS_TEXT_SIZE - 1);
}
