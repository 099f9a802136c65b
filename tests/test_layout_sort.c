/* SPDX-License-Identifier: Apache-2.0 */
/* The sort of the layout check: every way that it may take, in order and stable. */
#include <stdlib.h>

#include "layout/span.h"
#include "tap.h"

#define MOST 6000

static uint64_t next_random(void)
{
	static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/* The kinds of keys: of some bits at one end, in two groups of bits, and those of few values. */
static uint64_t pick_key(unsigned int kind)
{
	uint64_t key = next_random();

	switch (kind % 4) {
	case 0:
		return key >> (kind / 4 * 5 % 64);
	case 1:
		return key << (kind / 4 * 5 % 64);
	case 2:
		return key & UINT64_C(0xff000000000ff000);
	default:
		return key % (kind + 1) << 40;
	}
}

static int tie_vm(const struct axvm_span *a, const struct axvm_span *b)
{
	return (a->vm > b->vm) - (a->vm < b->vm);
}

/* Entries that compare equal stand in the order of their index. */
static bool in_order(const struct axvm_span *a, const struct axvm_span *b, axvm_span_tie tie)
{
	if (a->start != b->start)
		return a->start < b->start;
	if (tie && tie(a, b) != 0)
		return tie(a, b) < 0;
	return a->index < b->index;
}

static void check_sort(size_t count, unsigned int kind, axvm_span_tie tie)
{
	static struct axvm_span list[MOST + 1], spare[MOST + 1];
	struct axvm_spans spans = { list, spare, count };
	uint64_t before = 0, after = 0;
	bool sorted = true;

	memset(list, 0x55, sizeof(list));
	memset(spare, 0x55, sizeof(spare));
	for (size_t i = 0; i < count; i++) {
		struct axvm_span span = { .start = pick_key(kind), .index = (uint32_t)i };

		span.end = ~span.start;
		span.vm = (uint32_t)next_random() % 3;
		before += span.start * (i + 1) + span.vm;
		list[i] = span;
	}
	axvm_spans_sort(&spans, tie);
	for (size_t i = 0; i < count; i++) {
		const struct axvm_span *span = &spans.list[i];

		after += span->start * (span->index + UINT64_C(1)) + span->vm;
		sorted = sorted && span->end == ~span->start &&
			 (i == 0 || in_order(span - 1, span, tie));
	}
	if (!ok(sorted && before == after, "in order, none lost"))
		printf("# %zu entries, keys of kind %u, %s tie\n", count, kind,
		       tie ? "with" : "no");
	ok(spans.count == count && spans.list != spans.spare, "two lists as before");
	ok(list[MOST].index == 0x55555555 && spare[MOST].index == 0x55555555, "none beyond");
}

static const size_t counts[] = { 0,   1,   2,	3,   15,   16,	 17,   31,   33,   63,	64,
				 100, 127, 255, 256, 1000, 2047, 2048, 2049, 4096, MOST };

static void test_sort(void)
{
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		for (unsigned int kind = 0; kind < 52; kind++)
			check_sort(counts[i], kind, NULL);
	}
}

static void test_sort_tie(void)
{
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		for (unsigned int kind = 0; kind < 52; kind++)
			check_sort(counts[i], kind, tie_vm);
	}
}

/* What is in order stays where it is: one pass, and nothing is moved. */
static void test_sorted(void)
{
	static struct axvm_span list[MOST], spare[MOST];
	struct axvm_spans spans = { list, spare, MOST };

	for (size_t i = 0; i < MOST; i++)
		list[i].start = i / 2;
	memset(spare, 0x55, sizeof(spare));
	axvm_spans_sort(&spans, NULL);
	axvm_spans_sort(&spans, tie_vm);
	ok(spans.list == list, "the list is the list");
	ok(spare[0].index == 0x55555555 && spare[MOST - 1].index == 0x55555555,
	   "nothing was moved");
}

int main(void)
{
	test(test_sort);
	test(test_sort_tie);
	test(test_sorted);
	return done();
}
