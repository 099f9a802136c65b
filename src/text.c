/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/text.h>

#include <string.h>

#include "digits.h"
#include "export.h"
#include "writer.h"

/* Each is 1024 of the one before. */
static const char units[][4] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };

#define UNITS (sizeof(units) / sizeof(units[0]))
/* Without a default unit, up to TiB. */
#define PLAIN_UNITS 4

/* The value of each digit plus 1; 0 for what is none. */
static const uint8_t digits[UINT8_MAX + 1] = {
	['0'] = 1,  ['1'] = 2,	['2'] = 3,  ['3'] = 4,	['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,	['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

unsigned int axvm_digit_value(char c)
{
	return digits[(unsigned char)c] - 1U;
}

bool axvm_digits_hex(const char **text, uint64_t *out)
{
	const char *p = *text;
	uint64_t value = 0;
	unsigned int digit;

	for (; (digit = axvm_digit_value(*p)) < 16; p++) {
		if (value >> 60 != 0)
			return false;
		value = value << 4 | digit;
	}
	if (p == *text)
		return false;
	*text = p;
	*out = value;
	return true;
}

/*
 * Goes on with a number whose value so far is *value, at the first character or after it, up to the
 * first character that is no part of it. False when the number is above 2^64 - 1.
 */
static inline bool read_rest(const char **text, const char *first, unsigned int base,
			     uint64_t *value)
{
	const char *p;
	unsigned int digit;

	for (p = *text;; p++) {
		digit = axvm_digit_value(*p);
		if (digit >= base) {
			/* Between two digits only. */
			if (*p == '_' && p != first && axvm_digit_value(p[1]) < base)
				continue;
			break;
		}
		if (__builtin_mul_overflow(*value, base, value) ||
		    __builtin_add_overflow(*value, digit, value))
			return false;
	}
	*text = p;
	return true;
}

/*
 * Reads digits up to the first character that is none, and moves there. Inline, for each
 * base; any number of so many fitting digits is below 2^64.
 */
static inline bool read_digits(const char **text, unsigned int base, size_t fitting, uint64_t *out)
{
	const char *first = *text, *p;
	uint64_t value = 0;
	unsigned int digit;
	size_t count = 0;

	for (; count < fitting && (digit = axvm_digit_value(first[count])) < base; count++)
		value = value * base + digit;
	/* Mostly that was all; what is left is a _ or a number of many digits. */
	p = first + count;
	if (!read_rest(&p, first, base, &value))
		return false;
	*text = p;
	*out = value;
	return p != first;
}

/* Reads a number up to the first character that is not of it, and moves there. */
static bool read_uint(const char **text, uint64_t *out)
{
	const char *first = *text;

	if (first[0] == '0') {
		*text = first + 2;
		switch (first[1]) {
		case 'x':
			return read_digits(text, 16, 16, out);
		case 'o':
			return read_digits(text, 8, 21, out);
		case 'b':
			return read_digits(text, 2, 64, out);
		default:
			*text = first;
			break;
		}
	}
	/* No zero before other digits. */
	return read_digits(text, 10, 19, out) && (first[0] != '0' || *text == first + 1);
}

AXVM_EXPORT bool axvm_uint_parse_prefix(const char *text, uint64_t *out, const char **rest)
{
	uint64_t value = 0; /* gcc -O1 does not see that it is written */

	if (!text || !read_uint(&text, &value))
		return false;
	*out = value;
	*rest = text;
	return true;
}

AXVM_EXPORT bool axvm_uint_parse(const char *text, uint64_t *out)
{
	uint64_t value;

	if (!axvm_uint_parse_prefix(text, &value, &text) || *text != '\0')
		return false;
	*out = value;
	return true;
}

/* Moves past one of so many units, if there is one, and gives its power of two; else -1. */
static int read_unit(const char **text, size_t count)
{
	const char *p = **text == ' ' ? *text + 1 : *text;

	for (size_t i = 0; i < count; i++) {
		char letter = units[i][0];

		if (strncmp(p, units[i], sizeof(units[i]) - 1) == 0)
			*text = p + sizeof(units[i]) - 1;
		else if (*p == letter || *p == letter - 'A' + 'a')
			*text = p + 1;
		else
			continue;
		return 10 * ((int)i + 1);
	}
	if (count == PLAIN_UNITS || (*p != 'B' && *p != 'b'))
		return -1;
	*text = p + 1;
	return 0;
}

/* A number and one of so many units; without one, it counts so many bytes. */
static bool read_size(const char **text, size_t count, uint64_t unit, uint64_t *out)
{
	const char *rest;
	uint64_t value;
	int shift;

	if (!axvm_uint_parse_prefix(*text, &value, &rest))
		return false;
	shift = read_unit(&rest, count);
	if (shift < 0 ? __builtin_mul_overflow(value, unit, &value)
		      : value > UINT64_MAX >> shift)
		return false;
	*text = rest;
	*out = shift < 0 ? value : value << shift;
	return true;
}

AXVM_EXPORT bool axvm_size_parse_prefix(const char *text, uint64_t *out, const char **rest)
{
	if (!read_size(&text, PLAIN_UNITS, 1, out))
		return false;
	*rest = text;
	return true;
}

AXVM_EXPORT bool axvm_size_parse(const char *text, uint64_t *out)
{
	uint64_t value;

	if (!read_size(&text, PLAIN_UNITS, 1, &value) || *text != '\0')
		return false;
	*out = value;
	return true;
}

AXVM_EXPORT bool axvm_size_parse_unit_prefix(const char *text, uint64_t unit, uint64_t *out,
					     const char **rest)
{
	if (!read_size(&text, UNITS, unit, out))
		return false;
	*rest = text;
	return true;
}

AXVM_EXPORT bool axvm_size_parse_unit(const char *text, uint64_t unit, uint64_t *out)
{
	uint64_t value;

	if (!read_size(&text, UNITS, unit, &value) || *text != '\0')
		return false;
	*out = value;
	return true;
}

/* In the largest unit that divides it. */
AXVM_EXPORT int axvm_size_format(uint64_t bytes, char *buf, size_t size)
{
	struct axvm_writer w;
	size_t count = 0;

	while (bytes != 0 && count < PLAIN_UNITS && bytes % 1024 == 0) {
		bytes /= 1024;
		count++;
	}
	axvm_writer_init(&w, buf, size);
	axvm_writer_uint(&w, bytes);
	if (count != 0) {
		axvm_writer_str(&w, " ");
		axvm_writer_str(&w, units[count - 1]);
	}
	return axvm_writer_end(&w);
}

AXVM_EXPORT int axvm_uint_format_hex(uint64_t value, unsigned int count, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_hex_padded(&w, value, count);
	return axvm_writer_end(&w);
}
