/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Specifications of functions that write and read text.
 */
#ifndef PROOF_TEXT_H
#define PROOF_TEXT_H

#include <limits.h>

#include "proof.h"

/* ---------------------------------------------------------------- writing */

/*
 * Texts are proved in a buffer that holds them all, whose last byte is the object's last
 * one: CBMC sees what is written behind it. Buffers of every other size are for
 * prove_writer.c, as the writer is all that knows of sizes.
 */

/* Whether this text stands here, and moves behind it. */
static inline bool takes(const char **at, const char *text)
{
	size_t i = 0;

	for (; text[i] != '\0'; i++) {
		if ((*at)[i] != text[i])
			return false;
	}
	*at += i;
	return true;
}

/*
 * Whether `count` digits stand here, the first of which is not 0 unless it is all, and
 * what number they make.
 */
static inline bool takes_digits(const char *at, size_t count, unsigned int base, char ten,
				uint64_t *number)
{
	wide sum = 0;

	if (count == 0 || (count > 1 && at[0] == '0'))
		return false;
	for (size_t i = 0; i < count; i++) {
		char c = at[i];
		unsigned int digit =
			c <= '9' ? (unsigned int)(c - '0') : (unsigned int)(c - ten) + 10;

		if (c < '0' || (c > '9' && c < ten) || digit >= base)
			return false;
		sum = sum * base + digit;
		if (ABOVE_UINT64(sum))
			return false;
	}
	*number = (uint64_t)sum;
	return true;
}

/* Whether this number stands here in hexadecimal, and moves behind it. */
static inline bool takes_hex(const char **at, uint64_t number, char ten)
{
	size_t count = 1;

	while (count < 16 && number >> 4 * count != 0)
		count++;
	if (!takes(at, "0x"))
		return false;
	for (size_t i = 0; i < count; i++) {
		char digit = (char)(number >> 4 * (count - 1 - i) & 0xf);

		if ((*at)[i] != (digit < 10 ? '0' + digit : ten + (digit - 10)))
			return false;
	}
	*at += count;
	return true;
}

/* The same in decimal. */
static inline bool takes_uint(const char **at, uint64_t number)
{
	size_t count = 0;
	uint64_t back;

	while (count < 20 && (*at)[count] >= '0' && (*at)[count] <= '9')
		count++;
	if (!takes_digits(*at, count, 10, 'a', &back) || back != number)
		return false;
	*at += count;
	return true;
}

/* Behind all that was taken ends a text, and its length is what was returned. */
static inline bool ends(const char *at, const char *text, int length)
{
	return *at == '\0' && length == at - text;
}

/* ---------------------------------------------------------------- reading */

/*
 * A text of this length, of any characters but NUL: the last bytes of block, so that CBMC
 * sees what is read behind the NUL.
 */
static inline const char *make_text(char *block, size_t block_size, size_t length)
{
	char *text = block + block_size - 1 - length;

	for (size_t i = 0; i < length; i++) {
		text[i] = nondet_char();
		ASSUME(text[i] != '\0');
	}
	text[length] = '\0';
	return text;
}

static inline bool same_text(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] == b[i] && a[i] != '\0')
		i++;
	return a[i] == b[i];
}

#endif
