/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What axvm_layout_check() is made of: the sort, the sweep, and one rule on top of them. All
 * for lists of a few entries, with any numbers in them.
 */
#include <string.h>

#include "layout/span.h"
#include "proof.h"

/* The sort copies entries and clears counts. Both are quicker to CBMC as what they are. */
static void *copy_spans(struct axvm_span *to, const struct axvm_span *from, size_t size)
{
	__CPROVER_assert(size % sizeof(*to) == 0, "memcpy of whole entries");
	for (size_t i = 0; i < size / sizeof(*to); i++)
		to[i] = from[i];
	return to;
}

static void *clear_counts(uint32_t *counts, int byte, size_t size)
{
	__CPROVER_assert(byte == 0 && size % sizeof(*counts) == 0, "memset of whole counts to 0");
	for (size_t i = 0; i < size / sizeof(*counts); i++)
		counts[i] = 0;
	return counts;
}

#undef memcpy
#define memcpy copy_spans
#undef memset
#define memset clear_counts
#include "layout/sort.c"

/* ------------------------------------------------------------------ sort */

#define MOST 4

/* Entries with any numbers, which know their places by their index, and the same in `copy`. */
static void nondet_entries(struct axvm_span list[MOST], struct axvm_span copy[MOST])
{
	for (uint32_t i = 0; i < MOST; i++) {
		list[i].start = nondet_uint64();
		list[i].end = nondet_uint64();
		list[i].index = i;
		list[i].vm = nondet_uint32();
		list[i].table = (axvm_layout_table)(nondet_bool() ? 1 : 0);
		list[i].flags = nondet_uint8();
		copy[i] = list[i];
	}
}

static size_t nondet_count(void)
{
	size_t count = nondet_size();

	ASSUME(count <= MOST);
	return count;
}

static bool same(const struct axvm_span *a, const struct axvm_span *b)
{
	return a->start == b->start && a->end == b->end && a->index == b->index && a->vm == b->vm &&
	       a->table == b->table && a->flags == b->flags;
}

/*
 * By key, and where that is equal by table, if that counts, and then by place: so these are
 * all different, and `sorted` has each of `before` once.
 */
static void is_stable_sort(const struct axvm_span *sorted, const struct axvm_span before[MOST],
			   size_t count, uint64_t key, bool by_table)
{
	for (size_t i = 0; i < MOST; i++) {
		const struct axvm_span *a = &sorted[i], *b = &sorted[i + 1];

		if (i < count)
			PROVE(a->index < count && same(a, &before[a->index]));
		if (i + 1 < MOST && i + 1 < count) {
			uint64_t low = a->start & key, high = b->start & key;
			bool tie = by_table && a->table != b->table;

			PROVE(low < high ||
			      (low == high && (tie ? a->table < b->table : a->index < b->index)));
		}
	}
}

/*
 * As axvm_spans_sort() does for so few, which are merged. The length is constant to CBMC, as
 * it is slow with others.
 */
static void sort(axvm_span_tie tie)
{
	struct axvm_span list[MOST], spare[MOST], before[MOST];
	size_t count = nondet_count();
	bool sorted = false;

	nondet_entries(list, before);
	for (size_t n = 0; n <= MOST; n++) {
		struct axvm_spans spans = { list, spare, n };

		if (n != count)
			continue;
		sorted = is_sorted(&spans, tie);
		merge_sort(&spans, tie);
		PROVE(spans.list == list && spans.second == spare && spans.count == n);
	}
	is_stable_sort(list, before, count, UINT64_MAX, tie);
	for (size_t i = 0; i < MOST; i++)
		PROVE(!sorted || same(&list[i], &before[i]));
	REACHED(sorted && count == MOST && list[0].start == list[1].start);
	REACHED(!sorted && count == MOST && list[0].start == list[1].start);
	REACHED(count == MOST && list[0].index == MOST - 1);
}

void prove_axvm_layout_check_sort(void)
{
	sort(NULL);
}

void prove_axvm_layout_check_sort_tie(void)
{
	sort(axvm_span_tie_table);
}

/* So few are not distributed, whatever is in them. */
void prove_axvm_layout_check_sort_few(void)
{
	struct axvm_span list[MOST], spare[MOST];
	size_t count = nondet_count();

	nondet_entries(list, list);
	for (size_t n = 0; n <= MOST; n++) {
		struct axvm_spans spans = { list, spare, n };

		if (n != count)
			continue;
		PROVE(!radix_sort(&spans));
		PROVE(spans.list == list && spans.second == spare);
	}
	REACHED(count == MOST);
}

/*
 * Two sorted runs become one. These would be of 16 entries and more; here they are of three
 * together, as CBMC is slow with more.
 */
void prove_axvm_layout_check_sort_merge(void)
{
	struct axvm_span list[MOST], out[MOST];
	size_t count = nondet_count(), middle = nondet_size();

	nondet_entries(list, list);
	ASSUME(count != 0 && count <= 3 && middle != 0 && middle <= count);
	for (size_t i = 0; i + 1 < MOST; i++)
		ASSUME(i + 1 == middle || i + 1 >= count || list[i].start <= list[i + 1].start);
	for (size_t n = 1; n <= 3; n++) {
		for (size_t m = 1; m <= n; m++) {
			if (n == count && m == middle)
				merge(out, list, list + m, list + n, NULL);
		}
	}
	is_stable_sort(out, list, count, UINT64_MAX, false);
	REACHED(count == 3 && out[0].index == 2);
	REACHED(count == 3 && out[0].index == 1);
}

/* One pass of many, by a digit of two bits where it would have 8 or 11. */
void prove_axvm_layout_check_sort_distribute(void)
{
	struct axvm_span list[MOST], spare[MOST], before[MOST];
	size_t count = nondet_count();
	unsigned int shift = nondet_bit();

	nondet_entries(list, before);
	for (size_t n = 0; n <= MOST; n++) {
		struct axvm_spans spans = { list, spare, n };

		if (n != count)
			continue;
		distribute(&spans, shift, 2);
		PROVE(spans.list == spare && spans.second == list && spans.count == n);
	}
	is_stable_sort(spare, before, count, UINT64_C(3) << shift, false);
	REACHED(count == MOST && spare[0].index == MOST - 1);
}

/* Digit by digit from below, until each bit that differs has been in one. */
void prove_axvm_layout_check_sort_digits(void)
{
	uint64_t differing = nondet_uint64(), before = differing, digit;
	unsigned int bits = nondet_bool() ? FEW_BITS : MANY_BITS, shift;

	ASSUME(differing != 0);
	shift = take_digit(&differing, bits);
	digit = ((UINT64_C(1) << bits) - 1) << shift;
	PROVE(shift < 64 && bit(before, shift) && before << (63 - shift) == UINT64_C(1) << 63);
	PROVE(differing == (before & ~digit));
	PROVE(differing < before && (differing == 0 || differing > digit));
	REACHED(differing != 0);
	REACHED(differing == 0);
}

/* ------------------------------------------------------------------ sweep */

#define SWEPT 4

/*
 * Each of a sorted list is against the one with the furthest end of those before it that it must
 * not meet: of equal ends, the first.
 */
void prove_axvm_layout_check_sweep(void)
{
	struct axvm_sweep sweep = { 0 };
	struct axvm_span list[SWEPT];
	uint64_t class[SWEPT];
	bool alone[SWEPT];

	for (size_t i = 0; i < SWEPT; i++) {
		const struct axvm_span *owner, *furthest = NULL;

		list[i].start = nondet_uint64();
		list[i].end = nondet_uint64();
		class[i] = nondet_uint64();
		alone[i] = nondet_bool();
		ASSUME(i == 0 || list[i - 1].start <= list[i].start);
		for (size_t k = 0; k < i; k++) {
			if (class[k] == class[i] && !alone[k] && !alone[i])
				continue;
			if (list[k].end > list[i].start &&
			    (!furthest || list[k].end > furthest->end))
				furthest = &list[k];
		}
		owner = axvm_sweep_next(&sweep, &list[i], class[i], alone[i]);
		PROVE(owner == furthest);
		REACHED(owner && i == SWEPT - 1);
		REACHED(owner == &list[0] && i == 2 && list[1].end == list[0].end);
		REACHED(!owner && i == SWEPT - 1);
	}
}
