/* SPDX-License-Identifier: Apache-2.0 */
#include "writer.h"

#include <limits.h>

#define LOWER_DIGITS "0123456789abcdef"
#define UPPER_DIGITS "0123456789ABCDEF"

void axvm_writer_init(struct axvm_writer *w, char *buf, size_t size)
{
	w->buf = buf;
	w->size = size;
	w->length = 0;
}

static void write_char(struct axvm_writer *w, char c)
{
	/* The last byte is kept for the NUL. */
	if (w->size != 0 && w->length < w->size - 1)
		w->buf[w->length] = c;
	w->length++;
}

void axvm_writer_str(struct axvm_writer *w, const char *text)
{
	while (*text != '\0')
		write_char(w, *text++);
}

static void write_escaped(struct axvm_writer *w, unsigned char c)
{
	static const char escaped[] = "\a\b\t\n\v\f\r";
	static const char letters[] = "abtnvfr";

	write_char(w, '\\');
	for (size_t i = 0; escaped[i] != '\0'; i++) {
		if (c == (unsigned char)escaped[i]) {
			write_char(w, letters[i]);
			return;
		}
	}
	write_char(w, 'x');
	write_char(w, LOWER_DIGITS[c >> 4]);
	write_char(w, LOWER_DIGITS[c & 0xf]);
}

void axvm_writer_quoted(struct axvm_writer *w, const char *text)
{
	write_char(w, '"');
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\') {
			write_char(w, '\\');
			write_char(w, *text);
		} else if (c < 0x20 || c == 0x7f) {
			write_escaped(w, c);
		} else {
			write_char(w, *text);
		}
	}
	write_char(w, '"');
}

static void write_number(struct axvm_writer *w, uint64_t value, unsigned int base,
			 const char *digits)
{
	char reversed[20]; /* as many digits as UINT64_MAX has in decimal */
	size_t count = 0;

	do {
		reversed[count++] = digits[value % base];
		value /= base;
	} while (value != 0);
	while (count != 0)
		write_char(w, reversed[--count]);
}

void axvm_writer_hex(struct axvm_writer *w, uint64_t value)
{
	axvm_writer_str(w, "0x");
	write_number(w, value, 16, LOWER_DIGITS);
}

void axvm_writer_hex_upper(struct axvm_writer *w, uint64_t value)
{
	axvm_writer_str(w, "0x");
	write_number(w, value, 16, UPPER_DIGITS);
}

void axvm_writer_uint(struct axvm_writer *w, uint64_t value)
{
	write_number(w, value, 10, LOWER_DIGITS);
}

void axvm_writer_int(struct axvm_writer *w, int64_t value)
{
	if (value < 0) {
		write_char(w, '-');
		write_number(w, 0 - (uint64_t)value, 10, LOWER_DIGITS);
		return;
	}
	write_number(w, (uint64_t)value, 10, LOWER_DIGITS);
}

int axvm_writer_end(struct axvm_writer *w)
{
	if (w->size != 0)
		w->buf[w->length < w->size ? w->length : w->size - 1] = '\0';
	return w->length > INT_MAX ? -1 : (int)w->length;
}
