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
 * Texts are proved for all values in a buffer that holds them all, whose last byte is the
 * object's last one: CBMC sees what is written behind it. Buffers of every other size are
 * for the fuzzers, as a size that could be any takes the solver hours.
 */
#define ROOM_SIZE 64

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
