/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "span.h"

/*
 * What is sorted already costs one pass, as people write tables in order. Else few entries,
 * and those with a tie, are merged; many are distributed by the digits of their start. Both
 * keep the order of equal entries.
 */

/* Runs of this length are sorted by insertion before they are merged. */
#define RUN 16

/* The bits of a digit, of few entries and of many: more of them make less passes. */
#define FEW_BITS 8
#define MANY_BITS 11
#define MANY 2048

/* Merging halves the list in as many steps; it is quicker once this few would be left by passes. */
#define RADIX_LEAST 16

static inline bool is_after(const struct axvm_span *a, const struct axvm_span *b, axvm_span_tie tie)
{
	return a->start > b->start || (tie && a->start == b->start && tie(a, b) > 0);
}

static inline void sort_run(struct axvm_span *spans, size_t count, axvm_span_tie tie)
{
	for (size_t i = 1; i < count; i++) {
		struct axvm_span span = spans[i];
		size_t j = i;

		for (; j != 0 && is_after(&spans[j - 1], &span, tie); j--)
			spans[j] = spans[j - 1];
		spans[j] = span;
	}
}

/* Merges left..middle and middle..right, each sorted, into as many entries of out. */
static inline void merge(struct axvm_span *out, const struct axvm_span *left,
			 const struct axvm_span *middle, const struct axvm_span *right,
			 axvm_span_tie tie)
{
	const struct axvm_span *a = left, *b = middle;

	/* Often sorted already, as people write tables in order. */
	if (middle == right || !is_after(middle - 1, middle, tie)) {
		memcpy(out, left, (size_t)(right - left) * sizeof(*out));
		return;
	}
	while (a != middle && b != right) {
		bool take_b = is_after(a, b, tie);

		*out++ = *(take_b ? b : a);
		b += take_b;
		a += !take_b;
	}
	/* One of them is at its end. */
	memcpy(out, a, (size_t)(middle - a) * sizeof(*out));
	memcpy(out, b, (size_t)(right - b) * sizeof(*out));
}

static inline void merge_sort(struct axvm_spans *spans, axvm_span_tie tie)
{
	size_t count = spans->count;

	for (size_t i = 0; i < count; i += RUN)
		sort_run(&spans->list[i], count - i < RUN ? count - i : RUN, tie);
	for (size_t width = RUN; width < count; width *= 2) {
		struct axvm_span *merged = spans->second;

		for (size_t i = 0; i < count;) {
			size_t left = count - i < width ? count - i : width;
			size_t right = count - i - left < width ? count - i - left : width;

			merge(&spans->second[i], &spans->list[i], &spans->list[i + left],
			      &spans->list[i + left + right], tie);
			i += left + right;
		}
		spans->second = spans->list;
		spans->list = merged;
	}
}

static inline bool is_sorted(const struct axvm_spans *spans, axvm_span_tie tie)
{
	for (size_t i = 1; i < spans->count; i++) {
		if (is_after(&spans->list[i - 1], &spans->list[i], tie))
			return false;
	}
	return true;
}

/* The bits in which some starts differ. */
static uint64_t differing_bits(const struct axvm_spans *spans)
{
	uint64_t bits = 0;

	for (size_t i = 1; i < spans->count; i++)
		bits |= spans->list[i].start ^ spans->list[0].start;
	return bits;
}

/* Takes the lowest digit out of the bits that differ, and gives its shift. */
static unsigned int take_digit(uint64_t *differing, unsigned int digit_bits)
{
	unsigned int shift = (unsigned int)__builtin_ctzll(*differing);

	*differing &= ~(((UINT64_C(1) << digit_bits) - 1) << shift);
	return shift;
}

/* Distributes the entries by one digit, in the order that they have. */
static void distribute(struct axvm_spans *spans, unsigned int shift, unsigned int digit_bits)
{
	struct axvm_span *list = spans->list, *out = spans->second;
	size_t count = spans->count, buckets = (size_t)1 << digit_bits;
	uint32_t places[1 << MANY_BITS], place = 0;
	uint64_t mask = buckets - 1;

	memset(places, 0, buckets * sizeof(places[0]));
	for (size_t i = 0; i < count; i++)
		places[list[i].start >> shift & mask]++;
	for (size_t bucket = 0; bucket < buckets; bucket++) {
		uint32_t entries = places[bucket];

		places[bucket] = place;
		place += entries;
	}
	for (size_t i = 0; i < count; i++)
		out[places[list[i].start >> shift & mask]++] = list[i];
	spans->list = out;
	spans->second = list;
}

/* False when merging takes less: too few entries, or too many digits. */
static bool radix_sort(struct axvm_spans *spans)
{
	unsigned int digit_bits = spans->count < MANY ? FEW_BITS : MANY_BITS, passes = 0;
	uint64_t differing = differing_bits(spans);

	for (uint64_t rest = differing; rest != 0; passes++)
		take_digit(&rest, digit_bits);
	if (spans->count >> passes < RADIX_LEAST)
		return false;
	while (differing != 0)
		distribute(spans, take_digit(&differing, digit_bits), digit_bits);
	return true;
}

void axvm_spans_sort(struct axvm_spans *spans, axvm_span_tie tie)
{
	if (tie) {
		if (!is_sorted(spans, tie))
			merge_sort(spans, tie);
	} else if (!is_sorted(spans, NULL) && !radix_sort(spans)) {
		/* NULL as a constant: without a call for each comparison. */
		merge_sort(spans, NULL);
	}
}
