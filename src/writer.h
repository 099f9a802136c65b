/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Writes text into a buffer as snprintf does, without stdio: cuts what does not
 * fit and counts all the same. Every format function is init, writes, end.
 */
struct axvm_writer {
	char *buf;
	size_t size;
	uint64_t length; /* of the whole text; 64 bits, as escapes may outgrow size_t */
};

void axvm_writer_init(struct axvm_writer *w, char *buf, size_t size);
void axvm_writer_str(struct axvm_writer *w, const char *text);
/* Between quotes, with quotes, backslashes and control bytes escaped: \n, \x1b (two digits). */
void axvm_writer_quoted(struct axvm_writer *w, const char *text);
/* With a leading 0x. */
void axvm_writer_hex(struct axvm_writer *w, uint64_t value);
void axvm_writer_hex_upper(struct axvm_writer *w, uint64_t value);
void axvm_writer_uint(struct axvm_writer *w, uint64_t value);
void axvm_writer_int(struct axvm_writer *w, int64_t value);
/* Ends the text by a NUL and gives the length to return: -1 above INT_MAX. */
int axvm_writer_end(struct axvm_writer *w);

#endif
