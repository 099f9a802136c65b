/* SPDX-License-Identifier: Apache-2.0 */
/* What the proofs read in place of builtins gives what these give. */
#include "tap.h"

#ifdef __SIZEOF_INT128__

#include "../proofs/stubs.h"

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

#define EDGES (sizeof(edges) / sizeof(edges[0]))

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

static void test_edges(void)
{
	for (size_t i = 0; i < EDGES; i++) {
		for (size_t j = 0; j < EDGES; j++)
			compare(edges[i], edges[j]);
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
	}
}

int main(void)
{
	test(test_edges);
	test(test_numbers);
	return done();
}

#else

int main(void)
{
	printf("1..0 # SKIP no numbers of 128 bits here\n");
	return 0;
}

#endif
