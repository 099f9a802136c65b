/* SPDX-License-Identifier: Apache-2.0 */
/* The format functions against snprintf: the same result, and the same bytes all over the buffer. */
#include <stdarg.h>
#include <stdlib.h>

#include <axvm/types.h>

#include "tap.h"
#include "writer.h"

#define ROOM 64 /* more than the longest text */

/* What one call wrote; the bytes that it left alone are 0x55. */
struct written {
	char buf[ROOM];
	int result;
};

typedef int (*format)(uint64_t a, uint64_t b, char *buf, size_t size);

static uint64_t next_random(void)
{
	static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/* A number of any length in digits: both ends of each length, then by chance. */
static uint64_t pick_number(unsigned int i)
{
	uint64_t edge = i / 4 < 64 ? UINT64_C(1) << (i / 4) : 0;

	if (edge != 0)
		return i % 4 == 0   ? edge
		       : i % 4 == 1 ? edge - 1
		       : i % 4 == 2 ? 0 - edge
				    : ~edge + 2;
	return next_random() >> (next_random() % 64);
}

static uint64_t pick_decimal(unsigned int i)
{
	uint64_t edge = 1;

	for (unsigned int power = 0; power < i / 2 % 20; power++)
		edge *= 10;
	return i < 40 ? edge - i % 2 : pick_number(i);
}

static struct written call(format function, uint64_t a, uint64_t b, size_t size)
{
	struct written w;

	memset(w.buf, 0x55, sizeof(w.buf));
	w.result = function(a, b, size == 0 ? NULL : w.buf, size);
	return w;
}

/* Every size of the buffer, from none to more than enough. */
static void compare(format ours, format wanted, uint64_t a, uint64_t b)
{
	for (size_t size = 0; size <= ROOM; size++) {
		struct written got = call(ours, a, b, size), want = call(wanted, a, b, size);

		eq_int(got.result, want.result, "the length");
		if (!ok(memcmp(got.buf, want.buf, ROOM) == 0, "the bytes"))
			printf("# %.*s\n# %.*s\n", ROOM - 1, got.buf, ROOM - 1, want.buf);
	}
}

/* An address, a range and their kin; snprintf's half is next to each. */
#define ADDRESS(A, prefix)                                                                         \
	static int A##_ours(uint64_t a, uint64_t b, char *buf, size_t size)                        \
	{                                                                                          \
		return b ? axvm_##A##_format(axvm_##A##_new(a), buf, size)                         \
			 : axvm_##A##_format_upper(axvm_##A##_new(a), buf, size);                  \
	}                                                                                          \
	static int A##_wanted(uint64_t a, uint64_t b, char *buf, size_t size)                      \
	{                                                                                          \
		return snprintf(buf, size, b ? prefix "0x%" PRIx64 : prefix "0x%" PRIX64, a);      \
	}                                                                                          \
	static int A##_range_ours(uint64_t a, uint64_t b, char *buf, size_t size)                  \
	{                                                                                          \
		axvm_##A##_range r = AXVM_RANGE(a, b);                                             \
                                                                                                   \
		return a % 2 ? axvm_##A##_range_format(r, buf, size)                               \
			     : axvm_##A##_range_format_upper(r, buf, size);                        \
	}                                                                                          \
	static int A##_range_wanted(uint64_t a, uint64_t b, char *buf, size_t size)                \
	{                                                                                          \
		return snprintf(buf, size,                                                         \
				a % 2 ? prefix "0x%" PRIx64 ".." prefix "0x%" PRIx64               \
				      : prefix "0x%" PRIX64 ".." prefix "0x%" PRIX64,              \
				a, b);                                                             \
	}                                                                                          \
	static void test_##A(void)                                                                 \
	{                                                                                          \
		for (unsigned int i = 0; i < 600; i++) {                                           \
			compare(A##_ours, A##_wanted, pick_number(i), i % 2);                      \
			compare(A##_range_ours, A##_range_wanted, pick_number(i),                  \
				pick_number(i / 2));                                               \
		}                                                                                  \
	}
#define AXVM_RANGE(a, b)                                                                           \
	{                                                                                          \
		{ (a) },                                                                           \
		{                                                                                  \
			(b)                                                                        \
		}                                                                                  \
	}
ADDRESS(gpa, "GPA:")
ADDRESS(gva, "GVA:")
ADDRESS(hpa, "PA:")
ADDRESS(hva, "VA:")

static int mask_ours(uint64_t a, uint64_t b, char *buf, size_t size)
{
	(void)b;
	return axvm_vcpu_set_format_mask(axvm_vcpu_set_from_bits(a), buf, size);
}

static int mask_wanted(uint64_t a, uint64_t b, char *buf, size_t size)
{
	(void)b;
	return snprintf(buf, size, "0x%" PRIx64, a);
}

static void test_mask(void)
{
	for (unsigned int i = 0; i < 600; i++)
		compare(mask_ours, mask_wanted, pick_number(i), 0);
}

static int decimal_ours(uint64_t a, uint64_t b, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	if (b)
		axvm_writer_uint(&w, a);
	else
		axvm_writer_int(&w, (int64_t)a);
	return axvm_writer_end(&w);
}

static int decimal_wanted(uint64_t a, uint64_t b, char *buf, size_t size)
{
	return b ? snprintf(buf, size, "%" PRIu64, a) : snprintf(buf, size, "%" PRId64, (int64_t)a);
}

static void test_decimal(void)
{
	for (unsigned int i = 0; i < 600; i++) {
		compare(decimal_ours, decimal_wanted, pick_decimal(i), 0);
		compare(decimal_ours, decimal_wanted, pick_decimal(i), 1);
	}
}

/* Text and quoted text without anything to escape, of any length. */
static int text_ours(uint64_t a, uint64_t b, char *buf, size_t size)
{
	static const char text[] = "the quick brown fox jumps over the lazy dog";
	const char *end = text + a % sizeof(text);
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	if (b)
		axvm_writer_quoted(&w, end);
	else
		axvm_writer_str(&w, end);
	return axvm_writer_end(&w);
}

static int text_wanted(uint64_t a, uint64_t b, char *buf, size_t size)
{
	static const char text[] = "the quick brown fox jumps over the lazy dog";

	return snprintf(buf, size, b ? "\"%s\"" : "%s", text + a % sizeof(text));
}

static void test_str(void)
{
	for (unsigned int i = 0; i < 44; i++) {
		compare(text_ours, text_wanted, i, 0);
		compare(text_ours, text_wanted, i, 1);
	}
}

/* What strtoull takes and what it gives, for the texts that both read. */
static void test_parse(void)
{
	for (unsigned int i = 0; i < 4000; i++) {
		uint64_t number = i % 2 ? pick_decimal(i) : pick_number(i), got = 1;
		char text[80];

		snprintf(text, sizeof(text),
			 i % 2	 ? "%" PRIu64
			 : i % 4 ? "0x%" PRIx64
				 : "0x%" PRIX64,
			 number);
		ok(axvm_uint_parse(text, &got), text);
		eq_uint(got, strtoull(text, NULL, 0), text);
		eq_uint(got, number, text);
	}
}

int main(void)
{
	test(test_gpa);
	test(test_gva);
	test(test_hpa);
	test(test_hva);
	test(test_mask);
	test(test_decimal);
	test(test_str);
	test(test_parse);
	return done();
}
