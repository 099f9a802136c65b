/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa_range.h>

#include "proof_text.h"

static void is_text_of(const char *text, int length, axvm_gpa_range r, char ten)
{
	const char *at = text;

	PROVE(takes(&at, "GPA:"));
	PROVE(takes_hex(&at, r.start.addr, ten));
	PROVE(takes(&at, "..GPA:"));
	PROVE(takes_hex(&at, r.end.addr, ten));
	PROVE(ends(at, text, length));
	REACHED(length == AXVM_GPA_RANGE_TEXT_SIZE - 1);
}

/* Any two addresses, also where the end is below the start. */
static axvm_gpa_range nondet_range(void)
{
	axvm_gpa_range r = { { nondet_uint64() }, { nondet_uint64() } };

	return r;
}

void prove_axvm_gpa_range_format(void)
{
	char text[AXVM_GPA_RANGE_TEXT_SIZE];
	axvm_gpa_range r = nondet_range();

	is_text_of(text, axvm_gpa_range_format(r, text, sizeof(text)), r, 'a');
}

void prove_axvm_gpa_range_format_upper(void)
{
	char text[AXVM_GPA_RANGE_TEXT_SIZE];
	axvm_gpa_range r = nondet_range();

	is_text_of(text, axvm_gpa_range_format_upper(r, text, sizeof(text)), r, 'A');
}

/* ---------------------------------------------------------------- bare hexadecimal */

/* Texts of every length up to this, of any characters. */
#define LONGEST 5
#define BLOCK (LONGEST + 1)

static unsigned int digit_of(char c)
{
	if (c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned int)(c - 'A') + 10;
	return c >= '0' && c <= '9' ? (unsigned int)(c - '0') : 16;
}

/* How many digits stand here, and what number they make. */
static size_t digits_at(const char *text, uint64_t *number)
{
	size_t count = 0;

	*number = 0;
	for (; digit_of(text[count]) < 16; count++)
		*number = *number << 4 | digit_of(text[count]);
	return count;
}

/* How long the range is that the text begins with, 0 for none. */
static size_t range_length(const char *text, uint64_t *first, uint64_t *last)
{
	size_t dash = digits_at(text, first), count;

	if (dash == 0 || text[dash] != '-')
		return 0;
	count = digits_at(text + dash + 1, last);
	return count == 0 || *first > *last ? 0 : dash + 1 + count;
}

void prove_axvm_gpa_range_parse_hex_prefix(void)
{
	char block[BLOCK];
	const char *rest = block;
	axvm_gpa_range before = nondet_range(), out = before;

	PROVE(!axvm_gpa_range_parse_hex_prefix(NULL, &out, &rest) && rest == block);
	PROVE(out.start.addr == before.start.addr && out.end.addr == before.end.addr);
	for (size_t length = 0; length <= LONGEST; length++) {
		const char *text = make_text(block, sizeof(block), length);
		uint64_t first, last;
		size_t wanted = range_length(text, &first, &last);

		out = before;
		rest = NULL;
		PROVE(axvm_gpa_range_parse_hex_prefix(text, &out, &rest) == (wanted != 0));
		PROVE(out.start.addr == (wanted != 0 ? first : before.start.addr));
		PROVE(out.end.addr == (wanted != 0 ? last + 1 : before.end.addr));
		PROVE(rest == (wanted != 0 ? text + wanted : NULL));
		REACHED(length == LONGEST && wanted == LONGEST);
		REACHED(length == LONGEST && wanted == LONGEST - 1);
	}
}

void prove_axvm_gpa_range_parse_hex(void)
{
	char block[BLOCK];
	axvm_gpa_range before = nondet_range(), out = before, r;

	PROVE(!axvm_gpa_range_parse_hex(NULL, &out));
	for (size_t length = 0; length <= LONGEST; length++) {
		const char *text = make_text(block, sizeof(block), length), *rest;
		bool wanted = axvm_gpa_range_parse_hex_prefix(text, &r, &rest) && *rest == '\0';

		out = before;
		PROVE(axvm_gpa_range_parse_hex(text, &out) == wanted);
		PROVE(out.start.addr == (wanted ? r.start.addr : before.start.addr));
		PROVE(out.end.addr == (wanted ? r.end.addr : before.end.addr));
		REACHED(length == LONGEST && wanted);
	}
}
