/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arithmetic of addresses and ranges against the same on raw integers. Compiled twice, as
 * set.c is.
 */
#include "bench.h"

#include <axvm/types.h>

#ifdef BENCH_EXPORTED
#define FORM "exported"
#define GROUP bench_address_exported
#else
#define FORM "inlined"
#define GROUP bench_address_inlined
#endif

#define NUMBER(i) bench_numbers[(i) % BENCH_NUMBERS]

static uint64_t add_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		axvm_gpa end;

		if (axvm_gpa_checked_add(axvm_gpa_new(NUMBER(i)), NUMBER(i + 1), &end))
			sum ^= axvm_gpa_value(end);
	}
	return sum;
}

static uint64_t add_raw(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		uint64_t end;

		if (!__builtin_add_overflow(NUMBER(i), NUMBER(i + 1), &end))
			sum ^= end;
	}
	return sum;
}

static uint64_t align_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		axvm_gpa up;

		if (axvm_gpa_checked_align_up(axvm_gpa_new(NUMBER(i)), UINT64_C(1) << i % 32, &up))
			sum ^= axvm_gpa_value(up);
	}
	return sum;
}

static uint64_t align_raw(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		uint64_t align = UINT64_C(1) << i % 32,
			 up = (NUMBER(i) + (align - 1)) & ~(align - 1);

		if (align != 0 && (align & (align - 1)) == 0 && up >= NUMBER(i))
			sum ^= up;
	}
	return sum;
}

static uint64_t contains_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		uint64_t start = NUMBER(i), end = NUMBER(i + 1), a = NUMBER(i + 2);
		axvm_gpa_range r =
			axvm_gpa_range_new_unchecked(axvm_gpa_new(start), axvm_gpa_new(end));

		sum += axvm_gpa_range_contains(r, axvm_gpa_new(a));
	}
	return sum;
}

static uint64_t contains_raw(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		uint64_t start = NUMBER(i), end = NUMBER(i + 1), a = NUMBER(i + 2);

		sum += start <= a && a < end;
	}
	return sum;
}

static uint64_t overlaps_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		axvm_gpa_range r = axvm_gpa_range_new_unchecked(axvm_gpa_new(NUMBER(i)),
								axvm_gpa_new(NUMBER(i + 1)));
		axvm_gpa_range other = axvm_gpa_range_new_unchecked(axvm_gpa_new(NUMBER(i + 2)),
								    axvm_gpa_new(NUMBER(i + 3)));

		sum += axvm_gpa_range_overlaps(r, other);
	}
	return sum;
}

static uint64_t overlaps_raw(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		uint64_t start = NUMBER(i), end = NUMBER(i + 1);
		uint64_t other = NUMBER(i + 2), last = NUMBER(i + 3);

		sum += start < last && other < end;
	}
	return sum;
}

static const struct bench_row rows[] = {
	{ "checked_add", FORM, "raw integers", 0, 0, NULL, NULL, add_ours, add_raw, true, NULL },
	{ "checked_align_up", FORM, "raw integers", 0, 0, NULL, NULL, align_ours, align_raw, true,
	  NULL },
	{ "range contains", FORM, "raw integers", 0, 0, NULL, NULL, contains_ours, contains_raw,
	  true, NULL },
	{ "range overlaps", FORM, "raw integers", 0, 0, NULL, NULL, overlaps_ours, overlaps_raw,
	  true, NULL },
};

const struct bench_rows GROUP = BENCH_ROWS(rows);
