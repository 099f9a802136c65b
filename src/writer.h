/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WRITER_H
#define WRITER_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * Writes text into a buffer as snprintf does, without stdio: cuts what does not
 * fit and counts all the same. Every format function is init, writes, end.
 */
struct axvm_writer {
	char *buf;
	size_t size;
	uint64_t length; /* of the whole text; 64 bits, as escapes may outgrow size_t */
};

void axvm_writer_str(struct axvm_writer *w, const char *text);
/* Between quotes, with quotes, backslashes and control bytes escaped: \n, \x1b (two digits). */
void axvm_writer_quoted(struct axvm_writer *w, const char *text);
/* With a leading 0x. */
void axvm_writer_hex(struct axvm_writer *w, uint64_t value);
/* With zeros before it up to so many digits. */
void axvm_writer_hex_padded(struct axvm_writer *w, uint64_t value, unsigned int digits);
void axvm_writer_hex_upper(struct axvm_writer *w, uint64_t value);
void axvm_writer_uint(struct axvm_writer *w, uint64_t value);
void axvm_writer_int(struct axvm_writer *w, int64_t value);
/* Writes as much of the bytes as there is room for, and counts nothing. */
void axvm_writer_cut(struct axvm_writer *w, const char *bytes, size_t count);

static inline void axvm_writer_init(struct axvm_writer *w, char *buf, size_t size)
{
	w->buf = buf;
	w->size = size;
	w->length = 0;
}

/* The last byte is kept for the NUL. */
static inline bool axvm_writer_fits(const struct axvm_writer *w, size_t count)
{
	return w->length < w->size && count < w->size - w->length;
}

/* Inline, as a constant count is copied by a store or two. */
static inline void axvm_writer_bytes(struct axvm_writer *w, const char *bytes, size_t count)
{
	if (axvm_writer_fits(w, count))
		memcpy(w->buf + w->length, bytes, count);
	else
		axvm_writer_cut(w, bytes, count);
	w->length += count;
}

/* Ends the text by a NUL and gives the length to return: -1 above INT_MAX. */
static inline int axvm_writer_end(struct axvm_writer *w)
{
	if (w->size != 0)
		w->buf[w->length < w->size ? w->length : w->size - 1] = '\0';
	return w->length > INT_MAX ? -1 : (int)w->length;
}

#endif
