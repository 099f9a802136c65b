/* SPDX-License-Identifier: Apache-2.0 */
/* What the proofs read in place of builtins and of string.h gives what these give. */
#include "tap.h"

#ifdef __SIZEOF_INT128__

/* One array holds all that is copied, and CBMC's own assertions are checks. */
#define __CPROVER_assert(condition, text) ok(condition, text)
#define __CPROVER_POINTER_OBJECT(pointer) ((void)(pointer), 0)

#include "../../proofs/stubs.h"

static const uint64_t edges[] = {
	0,
	1,
	2,
	INT64_MAX - 1,
	INT64_MAX,
	(uint64_t)INT64_MAX + 1,
	(uint64_t)INT64_MAX + 2,
	UINT64_MAX - 1,
	UINT64_MAX,
};

static void compare(uint64_t a, uint64_t b)
{
	uint64_t got = 1, wanted = 2;
	int64_t signed_got = 1, signed_wanted = 2;

	ok(stub_add_uint64(a, b, &got) == __builtin_add_overflow(a, b, &wanted), "whether a + b");
	eq_uint(got, wanted, "a + b");
	ok(stub_add_signed(a, (int64_t)b, &got) == __builtin_add_overflow(a, (int64_t)b, &wanted),
	   "whether a + b, b signed");
	eq_uint(got, wanted, "a + b, b signed");
	ok(stub_sub_uint64(a, b, &got) == __builtin_sub_overflow(a, b, &wanted), "whether a - b");
	eq_uint(got, wanted, "a - b");
	ok(stub_sub_to_signed(a, b, &signed_got) == __builtin_sub_overflow(a, b, &signed_wanted),
	   "whether a - b, signed");
	eq_int(signed_got, signed_wanted, "a - b, signed");
}

static void compare_sizes(size_t a, size_t b)
{
	size_t got = 1, wanted = 2;

	ok(stub_add_size(a, b, &got) == __builtin_add_overflow(a, b, &wanted), "whether a + b");
	eq_uint(got, wanted, "a + b, sizes");
}

static void test_edges(void)
{
	each_row(i, edges) {
		each_row(j, edges) {
			compare(edges[i], edges[j]);
			compare_sizes((size_t)edges[i], (size_t)edges[j]);
		}
	}
}

static void test_numbers(void)
{
	uint64_t a = 1, b = 2;

	for (int i = 0; i < 10000; i++) {
		/* Of each length, as shifts make them. */
		a = a * UINT64_C(6364136223846793005) + 1442695040888963407;
		b = b * UINT64_C(6364136223846793005) + a;
		compare(a >> i % 64, b >> i / 64 % 64);
		compare_sizes((size_t)(a >> i % 64), (size_t)(b >> i / 64 % 64));
	}
}

/* ------------------------------------------------------------------ string.h */

#define WORDS 16
#define BYTES (WORDS * sizeof(uint64_t))

/* The same bytes twice: one for a stub, and one for what it stands for. */
static union both {
	uint64_t words[WORDS];
	char bytes[BYTES];
} stubbed, real;

static uint64_t random_state = 1;

static size_t random_below(size_t limit)
{
	random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (size_t)(random_state >> 33) % limit;
}

/* Bytes of few values, so that texts end and often are equal, and of the sign of char. */
static void fill(void)
{
	static const char values[] = { 'a', 'b', '\0', '\x7f', '\x80', '\xff' };

	for (size_t i = 0; i < BYTES; i++)
		stubbed.bytes[i] = values[random_below(sizeof(values))];
	stubbed.bytes[BYTES - 1] = '\0';
	real = stubbed;
}

static int sign(int order)
{
	return order < 0 ? -1 : order > 0;
}

static void test_copies(void)
{
	for (int i = 0; i < 20000; i++) {
		size_t low = random_below(BYTES), high = low + random_below(BYTES - low);
		size_t most = high - low < BYTES - high ? high - low : BYTES - high;
		size_t count = random_below(most + 1);
		bool up = random_below(2) == 0;
		size_t to = up ? high : low, from = up ? low : high;
		int byte = (int)random_below(1000) - 500;

		fill();
		ok(stub_memcpy(stubbed.bytes + to, stubbed.bytes + from, count) ==
			   stubbed.bytes + to,
		   "memcpy gives where it copied to");
		memcpy(real.bytes + to, real.bytes + from, count);
		ok(memcmp(stubbed.bytes, real.bytes, BYTES) == 0, "memcpy");
		ok(stub_memset(stubbed.bytes + to, byte, count) == stubbed.bytes + to,
		   "memset gives where it wrote");
		memset(real.bytes + to, byte, count);
		ok(memcmp(stubbed.bytes, real.bytes, BYTES) == 0, "memset");
	}
}

/* Each place, distance and length, also those that overlap. */
static void test_moves(void)
{
	for (size_t to = 0; to <= WORDS; to++) {
		for (size_t from = 0; from <= WORDS; from++) {
			size_t most = WORDS - (to > from ? to : from);

			for (size_t count = 0; count <= most; count++) {
				fill();
				ok(stub_memmove(stubbed.words + to, stubbed.words + from,
						count * sizeof(uint64_t)) == stubbed.words + to,
				   "memmove gives where it moved to");
				memmove(real.words + to, real.words + from,
					count * sizeof(uint64_t));
				ok(memcmp(&stubbed, &real, BYTES) == 0, "memmove");
			}
		}
	}
}

static void compare_texts(const char *a, const char *b, size_t count)
{
	eq_uint(stub_strlen(a), strlen(a), "strlen");
	eq_int(sign(stub_strcmp(a, b)), sign(strcmp(a, b)), "strcmp");
	eq_int(sign(stub_strncmp(a, b, count)), sign(strncmp(a, b, count)), "strncmp");
}

static void test_texts(void)
{
	static const char *const texts[] = { "", "a", "aa", "ab", "b", "\x7f", "\x80", "\xff" };

	each_row(i, texts) {
		each_row(j, texts) {
			for (size_t count = 0; count < 4; count++)
				compare_texts(texts[i], texts[j], count);
		}
	}
	for (int i = 0; i < 20000; i++) {
		size_t a = random_below(BYTES), b = random_below(BYTES);
		size_t most = BYTES - (a > b ? a : b), count = random_below(most + 1);

		fill();
		/* Now and then alike to the last byte. */
		if (random_below(2) == 0)
			memmove(stubbed.bytes + a, stubbed.bytes + b, most - 1);
		compare_texts(stubbed.bytes + a, stubbed.bytes + b, count);
		eq_int(sign(stub_memcmp(stubbed.bytes + a, stubbed.bytes + b, count)),
		       sign(memcmp(stubbed.bytes + a, stubbed.bytes + b, count)), "memcmp");
	}
}

int main(void)
{
	test(test_edges);
	test(test_numbers);
	test(test_copies);
	test(test_moves);
	test(test_texts);
	return done();
}

#else

int main(void)
{
	printf("1..0 # SKIP no numbers of 128 bits here\n");
	return 0;
}

#endif
