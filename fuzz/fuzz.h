/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the fuzzers share: numbers out of the input, and checks that end the program, so
 * that the fuzzer keeps the input. Inputs that are too short read as zeros.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);    \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

struct input {
	const uint8_t *data;
	size_t size;
};

__attribute__((__unused__)) static uint8_t take_byte(struct input *in)
{
	if (in->size == 0)
		return 0;
	in->size--;
	return *in->data++;
}

__attribute__((__unused__)) static uint64_t take_uint64(struct input *in)
{
	uint64_t n = 0;

	for (int i = 0; i < 8; i++)
		n = n << 8 | take_byte(in);
	return n;
}

/* A copy that ends where its block ends, by a NUL: the sanitizer sees each byte beyond. */
__attribute__((__unused__)) static char *take_text(struct input *in, size_t size)
{
	char *text;

	if (size > in->size)
		size = in->size;
	text = malloc(size + 1);
	CHECK(text != NULL);
	if (size != 0)
		memcpy(text, in->data, size);
	text[size] = '\0';
	in->data += size;
	in->size -= size;
	return text;
}

#endif
