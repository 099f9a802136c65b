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

/* The value of a digit in any base up to 16; 16 for what is none. */
static unsigned int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a' + 10);
	if (c >= 'A' && c <= 'F')
		return (unsigned int)(c - 'A' + 10);
	return 16;
}

/* Takes a prefix off and gives the base that it tells. */
static unsigned int read_base(const char **text)
{
	unsigned int base = 10;

	if ((*text)[0] != '0')
		return base;
	switch ((*text)[1]) {
	case 'x':
		base = 16;
		break;
	case 'o':
		base = 8;
		break;
	case 'b':
		base = 2;
		break;
	default:
		return base;
	}
	*text += 2;
	return base;
}

/* Reads a number up to the first character that is not of it, and moves there. */
static bool read_uint(const char **text, uint64_t *out)
{
	unsigned int base = read_base(text);
	const char *first = *text, *p = first;
	uint64_t value = 0;

	for (;; p++) {
		unsigned int digit;

		/* Between two digits only. */
		if (*p == '_' && p != first && digit_value(p[1]) < base)
			p++;
		digit = digit_value(*p);
		if (digit >= base)
			break;
		if (__builtin_mul_overflow(value, base, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return false;
	}
	if (p == first || (base == 10 && *first == '0' && p != first + 1))
		return false;
	*text = p;
	*out = value;
	return true;
}

AXVM_EXPORT bool axvm_uint_parse_prefix(const char *text, uint64_t *out, const char **rest)
{
	uint64_t value;

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
