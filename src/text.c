/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/text.h>

#include <string.h>

#include "export.h"
#include "writer.h"

/* The greatest one first: the first that divides a size is the one to write. */
static const struct {
	char name[4];
	unsigned int shift;
} units[] = { { "TiB", 40 }, { "GiB", 30 }, { "MiB", 20 }, { "KiB", 10 } };

#define UNITS (sizeof(units) / sizeof(units[0]))

/* The value of each digit plus 1; 0 for what is none. */
static const uint8_t digits[UINT8_MAX + 1] = {
	['0'] = 1,  ['1'] = 2,	['2'] = 3,  ['3'] = 4,	['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,	['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* The value of a digit in any base up to 16; above that for what is none. */
static unsigned int digit_value(char c)
{
	return digits[(unsigned char)c] - 1U;
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

	for (; count < fitting && (digit = digit_value(first[count])) < base; count++)
		value = value * base + digit;
	/* Mostly that was all; what is left is a _ or a number of many digits. */
	for (p = first + count;; p++) {
		digit = digit_value(*p);
		if (digit >= base) {
			/* Between two digits only. */
			if (*p == '_' && p != first && digit_value(p[1]) < base)
				continue;
			break;
		}
		if (__builtin_mul_overflow(value, base, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return false;
	}
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

/* Moves past a unit, if there is one, and gives its power of two. */
static unsigned int read_unit(const char **text)
{
	const char *p = **text == ' ' ? *text + 1 : *text;

	for (size_t i = 0; i < UNITS; i++) {
		char letter = units[i].name[0];

		if (strncmp(p, units[i].name, sizeof(units[i].name) - 1) == 0)
			*text = p + sizeof(units[i].name) - 1;
		else if (*p == letter || *p == letter - 'A' + 'a')
			*text = p + 1;
		else
			continue;
		return units[i].shift;
	}
	return 0;
}

AXVM_EXPORT bool axvm_size_parse_prefix(const char *text, uint64_t *out, const char **rest)
{
	uint64_t value;
	unsigned int shift;

	if (!axvm_uint_parse_prefix(text, &value, &text))
		return false;
	shift = read_unit(&text);
	if (value > UINT64_MAX >> shift)
		return false;
	*out = value << shift;
	*rest = text;
	return true;
}

AXVM_EXPORT bool axvm_size_parse(const char *text, uint64_t *out)
{
	uint64_t value;

	if (!axvm_size_parse_prefix(text, &value, &text) || *text != '\0')
		return false;
	*out = value;
	return true;
}

AXVM_EXPORT int axvm_size_format(uint64_t bytes, char *buf, size_t size)
{
	struct axvm_writer w;
	size_t i = 0;

	axvm_writer_init(&w, buf, size);
	while (i < UNITS && (bytes & ((UINT64_C(1) << units[i].shift) - 1)) != 0)
		i++;
	if (bytes == 0 || i == UNITS) {
		axvm_writer_uint(&w, bytes);
		return axvm_writer_end(&w);
	}
	axvm_writer_uint(&w, bytes >> units[i].shift);
	axvm_writer_str(&w, " ");
	axvm_writer_str(&w, units[i].name);
	return axvm_writer_end(&w);
}
