/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a number grows, a character at a time, from any value that it may have by then. So what
 * prove_text.c proves of short texts holds for texts of every length: after each character the
 * reader is in a state that these proofs begin in.
 */
#include "proof_text.h"

#include "text.c"

static unsigned int nondet_base(void)
{
	switch (nondet_uint8() % 4) {
	case 0:
		return 2;
	case 1:
		return 8;
	case 2:
		return 10;
	default:
		return 16;
	}
}

static unsigned int digit_of(char c)
{
	if (c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned int)(c - 'A') + 10;
	return c >= '0' && c <= '9' ? (unsigned int)(c - '0') : 16;
}

/* What is left of a text: at most so many characters, of which the second is needed for a _. */
#define REST 2

/* A digit, and the end or a character that ends every number. */
static void step(unsigned int base)
{
	char text[REST + 1] = { nondet_char(), '\0', '\0' };
	const char *at = text;
	uint64_t before = nondet_uint64(), value = before;
	unsigned int digit = digit_of(text[0]);
	wide wanted = (wide)before * base + digit;
	bool fits;

	text[1] = nondet_bool() ? '\0' : '-';
	ASSUME(digit < base);
	fits = read_rest(&at, nondet_bool() ? text : NULL, base, &value);
	PROVE(fits == !ABOVE_UINT64(wanted));
	PROVE(!fits || (value == wanted && at == text + 1));
	REACHED(fits && value == UINT64_MAX);
	REACHED(!fits);
}

/* A number grows by a digit to base * value + digit, and ends where that is 2^64 or more. */
void prove_axvm_uint_parse_step_2(void)
{
	step(2);
}

void prove_axvm_uint_parse_step_8(void)
{
	step(8);
}

void prove_axvm_uint_parse_step_10(void)
{
	step(10);
}

void prove_axvm_uint_parse_step_16(void)
{
	step(16);
}

/*
 * A character that is no digit leaves the value alone: a _ after the first digit and before another
 * one is read over, and all else ends the number.
 */
void prove_axvm_uint_parse_step_end(void)
{
	unsigned int base = nondet_base();
	char text[REST + 1] = { nondet_char(), nondet_char(), '\0' };
	const char *at = text, *first = nondet_bool() ? text : NULL;
	uint64_t before = nondet_uint64(), value = before;
	bool is_over;

	ASSUME(digit_of(text[0]) >= base);
	is_over = text[0] == '_' && !first && digit_of(text[1]) < base;
	/* The digit after a _ is the step above. */
	ASSUME(!is_over || text[1] == '0');
	ASSUME(!is_over || before == 0);
	PROVE(read_rest(&at, first, base, &value));
	PROVE(value == before);
	PROVE(at == (is_over ? text + 2 : text));
	REACHED(is_over && base == 2);
	REACHED(text[0] == '_' && !is_over);
	REACHED(text[0] == '\0');
}

/* The digits that are read without a look at 2^64 are below it: so many of the highest digit. */
void prove_axvm_uint_parse_step_fitting(void)
{
	static const struct {
		unsigned int base, fitting;
	} rows[] = { { 16, 16 }, { 8, 21 }, { 2, 64 }, { 10, 19 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		wide value = 0;

		for (unsigned int k = 0; k < rows[i].fitting; k++) {
			value = value * rows[i].base + (rows[i].base - 1);
			PROVE(!ABOVE_UINT64(value));
		}
	}
	REACHED(true);
}
