/* SPDX-License-Identifier: Apache-2.0 */
#include "writer.h"

/* From the character after '9' in ASCII to the first letter among the digits. */
#define LOWER_GAP ('a' - '0' - 10)
#define UPPER_GAP ('A' - '0' - 10)

/* The same byte in each of eight. */
#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

void axvm_writer_cut(struct axvm_writer *w, const char *bytes, size_t count)
{
	size_t room;

	if (w->length >= w->size)
		return;
	room = w->size - (size_t)w->length - 1;
	memcpy(w->buf + w->length, bytes, count < room ? count : room);
}

void axvm_writer_str(struct axvm_writer *w, const char *text)
{
	axvm_writer_bytes(w, text, strlen(text));
}

static void write_char(struct axvm_writer *w, char c)
{
	axvm_writer_bytes(w, &c, 1);
}

static void write_escaped(struct axvm_writer *w, unsigned char c)
{
	static const char escaped[] = "\"\\\a\b\t\n\v\f\r";
	static const char letters[] = "\"\\abtnvfr";
	static const char digits[] = "0123456789abcdef";

	write_char(w, '\\');
	for (size_t i = 0; escaped[i] != '\0'; i++) {
		if (c == (unsigned char)escaped[i]) {
			write_char(w, letters[i]);
			return;
		}
	}
	write_char(w, 'x');
	write_char(w, digits[c >> 4]);
	write_char(w, digits[c & 0xf]);
}

static bool is_escaped(unsigned char c)
{
	return c < 0x20 || c == 0x7f || c == '"' || c == '\\';
}

void axvm_writer_quoted(struct axvm_writer *w, const char *text)
{
	const char *plain = text; /* the first byte that is not written yet */

	write_char(w, '"');
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (!is_escaped(c))
			continue;
		axvm_writer_bytes(w, plain, (size_t)(text - plain));
		write_escaped(w, c);
		plain = text + 1;
	}
	axvm_writer_bytes(w, plain, (size_t)(text - plain));
	write_char(w, '"');
}

/* The eight hexadecimal digits of a number below 2^32, the first one at the lowest address. */
static uint64_t eight_digits(uint64_t number, unsigned int gap)
{
	uint64_t digits = number, letters;

	/* A digit to each byte, by halves. */
	digits = (digits << 16 | digits) & UINT64_C(0x0000ffff0000ffff);
	digits = (digits << 8 | digits) & UINT64_C(0x00ff00ff00ff00ff);
	digits = (digits << 4 | digits) & EACH_BYTE(0x0f);
	/* 1 where the digit is 10 or above: those plus 6 carry into the upper half. */
	letters = (digits + EACH_BYTE(6)) >> 4 & EACH_BYTE(1);
	digits += EACH_BYTE('0') + letters * gap;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	digits = __builtin_bswap64(digits);
#endif
	return digits;
}

/* Writes a number of count hexadecimal digits. */
static void put_digits(char *out, uint64_t value, size_t count, unsigned int gap)
{
	uint64_t first, last;

	if (count < sizeof(first)) {
		first = eight_digits(value << (32 - 4 * count), gap);
		memcpy(out, &first, count);
		return;
	}
	/* Two times eight; they overlap where there are less than 16. */
	first = eight_digits(value >> (4 * count - 32), gap);
	last = eight_digits((uint32_t)value, gap);
	memcpy(out, &first, sizeof(first));
	memcpy(out + count - sizeof(last), &last, sizeof(last));
}

static size_t count_digits(uint64_t value)
{
	return (size_t)(67 - __builtin_clzll(value | 1)) / 4;
}

/* The digits alone. */
static void write_digits(struct axvm_writer *w, uint64_t value, unsigned int gap)
{
	size_t count = count_digits(value);
	char digits[16];

	if (axvm_writer_fits(w, count)) {
		put_digits(w->buf + w->length, value, count, gap);
	} else {
		put_digits(digits, value, count, gap);
		axvm_writer_cut(w, digits, count);
	}
	w->length += count;
}

void axvm_writer_hex(struct axvm_writer *w, uint64_t value)
{
	axvm_writer_bytes(w, "0x", 2);
	write_digits(w, value, LOWER_GAP);
}

void axvm_writer_hex_upper(struct axvm_writer *w, uint64_t value)
{
	axvm_writer_bytes(w, "0x", 2);
	write_digits(w, value, UPPER_GAP);
}

void axvm_writer_hex_padded(struct axvm_writer *w, uint64_t value, unsigned int digits)
{
	size_t count = count_digits(value), room;

	axvm_writer_bytes(w, "0x", 2);
	if (digits > count) {
		/* At once: there may be more than anybody waits for one by one. */
		room = w->length < w->size ? w->size - (size_t)w->length - 1 : 0;
		if (room != 0)
			memset(w->buf + w->length, '0',
			       digits - count < room ? digits - count : room);
		w->length += digits - count;
	}
	write_digits(w, value, LOWER_GAP);
}

void axvm_writer_uint(struct axvm_writer *w, uint64_t value)
{
	char digits[20]; /* as many as UINT64_MAX has */
	size_t first = sizeof(digits);

	do {
		digits[--first] = (char)('0' + value % 10);
		value /= 10;
	} while (value != 0);
	axvm_writer_bytes(w, &digits[first], sizeof(digits) - first);
}

void axvm_writer_int(struct axvm_writer *w, int64_t value)
{
	if (value < 0)
		write_char(w, '-');
	axvm_writer_uint(w, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}
