/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What CBMC reads in place of some builtins and of string.h, ahead of every source.
 *
 * Version 6.6.0 gets overflow wrong when signed and unsigned operands meet, so sums and
 * differences are made in 128 bits here. tests/build/test_proof_stubs.c holds all of
 * these to what they stand for.
 */
#ifndef PROOF_STUBS_H
#define PROOF_STUBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

__extension__ typedef unsigned __int128 stub_wide;
__extension__ typedef __int128 stub_signed_wide;

static inline bool stub_add_uint64(uint64_t a, uint64_t b, uint64_t *out)
{
	stub_wide sum = (stub_wide)a + b;

	*out = (uint64_t)sum;
	return sum > UINT64_MAX;
}

static inline bool stub_add_signed(uint64_t a, int64_t b, uint64_t *out)
{
	stub_signed_wide sum = (stub_signed_wide)a + b;

	*out = (uint64_t)sum;
	return sum < 0 || sum > (stub_signed_wide)UINT64_MAX;
}

static inline bool stub_sub_uint64(uint64_t a, uint64_t b, uint64_t *out)
{
	stub_signed_wide difference = (stub_signed_wide)a - b;

	*out = (uint64_t)difference;
	return difference < 0;
}

static inline bool stub_sub_to_signed(uint64_t a, uint64_t b, int64_t *out)
{
	stub_signed_wide difference = (stub_signed_wide)a - b;

	*out = (int64_t)difference;
	return difference < INT64_MIN || difference > INT64_MAX;
}

static inline bool stub_add_size(size_t a, size_t b, size_t *out)
{
	stub_wide sum = (stub_wide)a + b;

	*out = (size_t)sum;
	return sum > SIZE_MAX;
}

/*
 * The functions of string.h as loops over bytes: CBMC's own take it gigabytes where a
 * length is not constant.
 */
static inline void *stub_memcpy(void *dst, const void *src, size_t count)
{
	char *to = dst;
	const char *from = src;

	__CPROVER_assert(__CPROVER_POINTER_OBJECT(to) != __CPROVER_POINTER_OBJECT(from) ||
				 to + count <= from || from + count <= to,
			 "memcpy between places that do not overlap");
	for (size_t i = 0; i < count; i++)
		to[i] = from[i];
	return dst;
}

/* In words of 64 bits, as it serves lists of ranges alone. */
static inline void *stub_memmove(void *dst, const void *src, size_t count)
{
	uint64_t *to = dst;
	const uint64_t *from = src;
	size_t words = count / sizeof(*to);

	__CPROVER_assert(count % sizeof(*to) == 0, "memmove of whole words");
	if (__CPROVER_POINTER_OBJECT(to) != __CPROVER_POINTER_OBJECT(from) || to < from) {
		for (size_t i = 0; i < words; i++)
			to[i] = from[i];
	} else {
		for (size_t i = words; i-- != 0;)
			to[i] = from[i];
	}
	return dst;
}

static inline void *stub_memset(void *dst, int byte, size_t count)
{
	unsigned char *to = dst;

	for (size_t i = 0; i < count; i++)
		to[i] = (unsigned char)byte;
	return dst;
}

static inline size_t stub_strlen(const char *text)
{
	size_t length = 0;

	while (text[length] != '\0')
		length++;
	return length;
}

static inline int stub_strncmp(const char *a, const char *b, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (a[i] != b[i])
			return (unsigned char)a[i] < (unsigned char)b[i] ? -1 : 1;
		if (a[i] == '\0')
			return 0;
	}
	return 0;
}

static inline int stub_strcmp(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] == b[i] && a[i] != '\0')
		i++;
	return a[i] == b[i] ? 0 : (unsigned char)a[i] < (unsigned char)b[i] ? -1 : 1;
}

static inline int stub_memcmp(const void *a, const void *b, size_t count)
{
	const unsigned char *x = a, *y = b;

	for (size_t i = 0; i < count; i++) {
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	}
	return 0;
}

#ifdef PROOF
#if UINTPTR_MAX == UINT32_MAX
#define STUB_ADD_SIZE , size_t * : stub_add_size
#else
/* The same type as uint64_t. */
#define STUB_ADD_SIZE
#endif

/* A type that is not listed is an error, rather than a wrong proof. */
#define __builtin_add_overflow(a, b, out)                                                          \
	_Generic((out), uint64_t *                                                                 \
		 : _Generic((b), int64_t                                                           \
			    : stub_add_signed, default                                             \
			    : stub_add_uint64) STUB_ADD_SIZE)(a, b, out)
#define __builtin_sub_overflow(a, b, out)                                                          \
	_Generic((out), uint64_t * : stub_sub_uint64, int64_t * : stub_sub_to_signed)(a, b, out)

#define memcpy stub_memcpy
#define memmove stub_memmove
#define memset stub_memset
#define strlen stub_strlen
#define strncmp stub_strncmp
#define strcmp stub_strcmp
#define memcmp stub_memcmp

void proof_trap(void);
#define __builtin_trap proof_trap
#endif

#endif
