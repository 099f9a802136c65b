/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/text.h>

#include "proof_text.h"

/* The units in ascending order, each 1024 of the one before. */
static const char units[4][5] = { " KiB", " MiB", " GiB", " TiB" };

/* Every size: what is written ends within the room that the header says. */
void prove_axvm_size_format(void)
{
	char text[AXVM_SIZE_TEXT_SIZE];
	int length = axvm_size_format(nondet_uint64(), text, sizeof(text));

	PROVE(length > 0 && length < AXVM_SIZE_TEXT_SIZE && text[length] == '\0');
	REACHED(length == AXVM_SIZE_TEXT_SIZE - 1);
}

/* Every power of two, and three times it, in turn: the greatest unit that divides. */
void prove_axvm_size_format_units(void)
{
	char text[AXVM_SIZE_TEXT_SIZE];

	for (unsigned int i = 0; i < 64; i++) {
		unsigned int unit = i / 10 < 4 ? i / 10 : 4;

		for (uint64_t odd = 1; odd <= 3 && (i < 63 || odd == 1); odd += 2) {
			const char *at = text;
			int length = axvm_size_format(odd << i, text, sizeof(text));

			PROVE(takes_uint(&at, odd << (i - 10 * unit)));
			PROVE(unit == 0 || takes(&at, units[unit - 1]));
			PROVE(ends(at, text, length));
		}
	}
	PROVE(axvm_size_format(0, text, sizeof(text)) == 1 && same_text(text, "0"));
	REACHED(true);
}

/* ---------------------------------------------------------------- reading */

/*
 * Texts of every length up to this, of any characters; where a function is held to one whose proof
 * has those, texts up to SHORT. They need not be as long at 32 bits, of which they know nothing.
 */
#define LONGEST (sizeof(size_t) == 8 ? 5 : 4)
#define SHORT 3
#define BLOCK (LONGEST + 1)
#define BLOCK_SHORT (SHORT + 1)
#define BLOCK_UNIT 5
#define BLOCK_NEAR 24

/* A digit of any base, or 16. */
static unsigned int digit_of(char c)
{
	if (c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned int)(c - 'A') + 10;
	return c >= '0' && c <= '9' ? (unsigned int)(c - '0') : 16;
}

/* Whether the first characters are one number, by what the header says of each. */
static bool is_number(const char *text, size_t length, uint64_t *number)
{
	bool marked = length > 2 && text[0] == '0' &&
		      (text[1] == 'x' || text[1] == 'o' || text[1] == 'b');
	unsigned int base = !marked ? 10 : text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 2;
	size_t first = marked ? 2 : 0;
	uint64_t sum = 0;

	if (length <= first || text[first] == '_' || text[length - 1] == '_')
		return false;
	if (!marked && length > 1 && text[0] == '0')
		return false;
	for (size_t i = first; i < length; i++) {
		if (text[i] == '_' && text[i - 1] != '_')
			continue;
		if (digit_of(text[i]) >= base)
			return false;
		sum = sum * base + digit_of(text[i]);
	}
	*number = sum;
	return true;
}

/* How long the longest number is that the text begins with, 0 for none. */
static size_t number_length(const char *text, size_t length, uint64_t *number)
{
	size_t longest = 0;

	for (size_t i = 1; i <= length; i++) {
		if (is_number(text, i, number))
			longest = i;
	}
	if (longest == 1 && text[0] == '0' && length > 1) {
		/* A zero that leads, or a base without a digit. */
		if (text[1] == 'x' || text[1] == 'o' || text[1] == 'b' || digit_of(text[1]) < 10)
			return 0;
		if (text[1] == '_' && length > 2 && digit_of(text[2]) < 10)
			return 0;
	}
	return longest;
}

void prove_axvm_uint_parse_prefix(void)
{
	char block[BLOCK];
	const char *rest = block;
	uint64_t before = nondet_uint64(), out = before;

	PROVE(!axvm_uint_parse_prefix(NULL, &out, &rest) && out == before && rest == block);
	for (size_t length = 0; length <= LONGEST; length++) {
		const char *text = make_text(block, sizeof(block), length);
		uint64_t number = before;
		size_t wanted = number_length(text, length, &number);

		out = before;
		rest = NULL;
		PROVE(axvm_uint_parse_prefix(text, &out, &rest) == (wanted != 0));
		PROVE(out == (wanted != 0 ? number : before));
		PROVE(rest == (wanted != 0 ? text + wanted : NULL));
		REACHED(length == LONGEST && wanted == length);
	}
}

void prove_axvm_uint_parse(void)
{
	char block[BLOCK];
	uint64_t before = nondet_uint64(), out = before;

	PROVE(!axvm_uint_parse(NULL, &out) && out == before);
	for (size_t length = 0; length <= LONGEST; length++) {
		const char *text = make_text(block, sizeof(block), length);
		uint64_t number = before;
		bool wanted = is_number(text, length, &number);

		out = before;
		PROVE(axvm_uint_parse(text, &out) == wanted);
		PROVE(out == (wanted ? number : before));
		REACHED(length == LONGEST && wanted);
	}
}

/*
 * Longer texts, around 2^64: its digits but for the last two, and any two digits. The value of all
 * of them is 128 bits wide here. prove_text_step.c has the values in between.
 */
static void near_limit(const char *digits, size_t count, unsigned int base, size_t marks)
{
	char block[BLOCK_NEAR];
	char *text = block + BLOCK_NEAR - 1 - count - 2;
	uint64_t before = nondet_uint64(), out = before;
	wide sum = 0;
	bool wanted;

	for (size_t i = 0; i < count; i++) {
		text[i] = digits[i];
		if (i == marks && digits[i] == '0')
			text[i] = nondet_bool() ? '1' : '0';
		if (i >= marks)
			sum = sum * base + digit_of(text[i]);
	}
	text[count] = nondet_char();
	text[count + 1] = nondet_char();
	text[count + 2] = '\0';
	ASSUME(digit_of(text[count]) < base && digit_of(text[count + 1]) < base);
	sum = (sum * base + digit_of(text[count])) * base + digit_of(text[count + 1]);
	wanted = !ABOVE_UINT64(sum);
	PROVE(axvm_uint_parse(text, &out) == wanted);
	PROVE(out == (wanted ? (uint64_t)sum : before));
	REACHED(wanted);
	REACHED(!wanted);
}

void prove_axvm_uint_parse_near_limit_10(void)
{
	near_limit("184467440737095516", 18, 10, 0);
}

void prove_axvm_uint_parse_near_limit_16(void)
{
	/* With a 1 in place of the first 0 it is too large. */
	near_limit("0x0ffffffffffffff", 17, 16, 2);
}

/* How long the unit is that stands here, and what power of two: 0 for none. */
static size_t unit_length(const char *text, unsigned int *shift)
{
	static const char short_units[4][2] = {
		{ 'K', 'k' }, { 'M', 'm' }, { 'G', 'g' }, { 'T', 't' }
	};
	size_t space = text[0] == ' ' ? 1 : 0;

	for (unsigned int i = 0; i < 4; i++) {
		const char *at = text + space;

		if (takes(&at, units[i] + 1)) {
			*shift = 10 * (i + 1);
			return space + 3;
		}
		if (text[space] == short_units[i][0] || text[space] == short_units[i][1]) {
			*shift = 10 * (i + 1);
			return space + 1;
		}
	}
	return 0;
}

/* The number is that of axvm_uint_parse_prefix(), whose proof says what it gives. */
void prove_axvm_size_parse_prefix(void)
{
	char block[BLOCK];
	const char *rest = block;
	uint64_t before = nondet_uint64(), out = before;

	PROVE(!axvm_size_parse_prefix(NULL, &out, &rest) && out == before && rest == block);
	for (size_t length = 0; length <= LONGEST; length++) {
		const char *text = make_text(block, sizeof(block), length), *behind = NULL;
		uint64_t number;
		unsigned int shift = 0;
		bool wanted = axvm_uint_parse_prefix(text, &number, &behind);

		if (wanted)
			behind += unit_length(behind, &shift);
		out = before;
		rest = NULL;
		PROVE(axvm_size_parse_prefix(text, &out, &rest) == wanted);
		PROVE(out == (wanted ? number << shift : before));
		PROVE(rest == behind);
		REACHED(length == LONGEST && shift == 40 && *rest == '\0');
	}
}

void prove_axvm_size_parse(void)
{
	char block[BLOCK_SHORT];
	uint64_t before = nondet_uint64(), out = before;

	PROVE(!axvm_size_parse(NULL, &out) && out == before);
	for (size_t length = 0; length <= SHORT; length++) {
		const char *text = make_text(block, sizeof(block), length), *rest;
		uint64_t number;
		bool wanted = axvm_size_parse_prefix(text, &number, &rest) && *rest == '\0';

		out = before;
		PROVE(axvm_size_parse(text, &out) == wanted);
		PROVE(out == (wanted ? number : before));
		REACHED(length == SHORT && wanted);
	}
}

/* ---------------------------------------------------------------- with a default unit */

/* How long the suffix is that stands here, and what power of two: 0 for none. */
static size_t suffix_length(const char *text, unsigned int *shift)
{
	static const char letters[7][2] = { { 'B', 'b' }, { 'K', 'k' }, { 'M', 'm' }, { 'G', 'g' },
					    { 'T', 't' }, { 'P', 'p' }, { 'E', 'e' } };
	size_t space = text[0] == ' ' ? 1 : 0;

	for (unsigned int i = 0; i < 7; i++) {
		const char *at = text + space;

		if (*at != letters[i][0] && *at != letters[i][1])
			continue;
		*shift = 10 * i;
		/* The lower case letter has no long form, nor has B. */
		if (i != 0 && *at == letters[i][0] && at[1] == 'i' && at[2] == 'B')
			return space + 3;
		return space + 1;
	}
	return 0;
}

/*
 * Of one text; the number is that of axvm_uint_parse_prefix(), whose proof says what it gives. What
 * is behind a size that was read, or NULL.
 */
static const char *parse_unit_prefix(const char *text, uint64_t unit, uint64_t *out)
{
	uint64_t before = *out, number;
	const char *behind = NULL, *rest = NULL;
	unsigned int shift = 0;
	wide size = 0;
	bool wanted = axvm_uint_parse_prefix(text, &number, &behind);

	if (wanted) {
		size_t suffix = suffix_length(behind, &shift);

		behind += suffix;
		size = suffix != 0 ? (wide)number << shift : (wide)number * unit;
		wanted = !ABOVE_UINT64(size);
	}
	PROVE(axvm_size_parse_unit_prefix(text, unit, out, &rest) == wanted);
	PROVE(*out == (wanted ? (uint64_t)size : before));
	PROVE(rest == (wanted ? behind : NULL));
	REACHED(wanted && *rest == '\0');
	return rest;
}

/* The unit is constant to CBMC, which is slow at products. */
void prove_axvm_size_parse_unit_prefix(void)
{
	char block[BLOCK_UNIT];
	const char *rest = block;
	uint64_t before = nondet_uint64(), out = before;

	PROVE(!axvm_size_parse_unit_prefix(NULL, 1000, &out, &rest) && out == before &&
	      rest == block);
	for (size_t length = 0; length < BLOCK_UNIT; length++) {
		out = before;
		parse_unit_prefix(make_text(block, sizeof(block), length), 1000, &out);
	}
}

/* A digit, a blank and any three characters, which the longest unit has. */
void prove_axvm_size_parse_unit_prefix_blank(void)
{
	char text[6] = { nondet_char(), ' ', nondet_char(), nondet_char(), nondet_char(), '\0' };
	uint64_t out = 0;
	const char *rest;

	ASSUME(text[0] >= '1' && text[0] <= '9');
	rest = parse_unit_prefix(text, 1000, &out);
	REACHED(rest == text + 5 && out == UINT64_C(9) << 60);
	REACHED(rest == text + 1);
}

/* What has no suffix is above 2^64 - 1 from 2 on. */
void prove_axvm_size_parse_unit_prefix_large(void)
{
	char block[BLOCK_SHORT];
	uint64_t out = 0;
	const char *rest;

	rest = parse_unit_prefix(make_text(block, sizeof(block), SHORT), UINT64_MAX, &out);
	REACHED(rest == block + SHORT && out == UINT64_MAX);
	REACHED(!rest && block[0] == '9' && block[1] == '9' && block[2] == '9');
}

void prove_axvm_size_parse_unit(void)
{
	char block[BLOCK_SHORT];
	uint64_t before = nondet_uint64(), out = before, unit = UINT64_C(1) << 20;

	PROVE(!axvm_size_parse_unit(NULL, unit, &out) && out == before);
	for (size_t length = 0; length <= SHORT; length++) {
		const char *text = make_text(block, sizeof(block), length), *rest;
		uint64_t number;
		bool wanted =
			axvm_size_parse_unit_prefix(text, unit, &number, &rest) && *rest == '\0';

		out = before;
		PROVE(axvm_size_parse_unit(text, unit, &out) == wanted);
		PROVE(out == (wanted ? number : before));
		REACHED(length == SHORT && wanted);
	}
}

/* ---------------------------------------------------------------- hexadecimal */

/* Every number, each with every padding up to two digits more than it could have. */
void prove_axvm_uint_format_hex(void)
{
	char text[AXVM_UINT_HEX_TEXT_SIZE + 2];
	uint64_t value = nondet_uint64();
	unsigned int digits = nondet_uint8(), i = nondet_uint8();
	int length;
	unsigned int count = 1;

	ASSUME(digits <= 18);
	while (count < 16 && value >> 4 * count != 0)
		count++;
	if (count < digits)
		count = digits;
	length = axvm_uint_format_hex(value, digits, text, sizeof(text));
	PROVE(length == (int)count + 2 && text[0] == '0' && text[1] == 'x');
	PROVE(text[length] == '\0');
	/* The digit of this place, from the last one on. */
	ASSUME(i < count);
	PROVE(digit_of(text[length - 1 - (int)i]) == (i < 16 ? value >> 4 * i & 0xf : 0));
	PROVE(text[length - 1 - (int)i] < 'A' || text[length - 1 - (int)i] >= 'a');
	REACHED(length == AXVM_UINT_HEX_TEXT_SIZE + 1);
}
