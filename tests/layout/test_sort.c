/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of the layout check: the sort, in every way that it may take; runs, names, pairs. */
#include "guard.h"
#include "layout/path.h"
#include "tap.h"

#define MOST 6000

/* Where two lists end. */
static struct axvm_span *list_end, *spare_end;

/* Two lists of so many entries, behind which nothing can be touched. */
static struct axvm_spans lists_of(size_t count)
{
	struct axvm_spans spans = { list_end - count, spare_end - count, count };

	memset(spans.list, 0x55, count * sizeof(spans.list[0]));
	memset(spans.second, 0x55, count * sizeof(spans.second[0]));
	return spans;
}

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

/* Entries that compare equal are in the order of their index. */
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
	struct axvm_spans spans = lists_of(count);
	uint64_t before = 0, after = 0;
	bool sorted = true;

	for (size_t i = 0; i < count; i++) {
		struct axvm_span span = { .start = pick_key(kind), .index = (uint32_t)i };

		span.end = ~span.start;
		span.vm = (uint32_t)next_random() % 3;
		before += span.start * (i + 1) + span.vm;
		spans.list[i] = span;
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
	ok(spans.count == count && spans.list != spans.second, "two lists as before");
}

static const size_t counts[] = { 0,   1,   2,	3,   15,   16,	 17,   31,   33,   63,	64,
				 100, 127, 255, 256, 1000, 2047, 2048, 2049, 4096, MOST };

static void test_sort(void)
{
	each_row(i, counts) {
		for (unsigned int kind = 0; kind < 52; kind++)
			check_sort(counts[i], kind, NULL);
	}
}

static void test_sort_tie(void)
{
	each_row(i, counts) {
		for (unsigned int kind = 0; kind < 52; kind++)
			check_sort(counts[i], kind, tie_vm);
	}
}

/* What is in order stays where it is: one pass, and nothing is moved. */
static void test_sorted(void)
{
	struct axvm_spans all = lists_of(MOST), before;
	/* What stands before the first entry would be after it. */
	struct axvm_spans spans = { all.list + 1, all.second + 1, MOST - 1 };

	before = spans;
	for (size_t i = 0; i < spans.count; i++)
		spans.list[i].start = i / 2;
	axvm_spans_sort(&spans, NULL);
	axvm_spans_sort(&spans, tie_vm);
	ok(spans.list == before.list, "the list is the list");
	ok(spans.second[0].index == 0x55555555 && spans.second[MOST - 2].index == 0x55555555,
	   "nothing was moved");
}

/*
 * Keys that count down in so many groups of bits, all that differ: each pass of either way takes
 * the entries from one list to the other, so the way shows in where they end.
 */
struct way {
	size_t count;
	uint64_t common; /* bits that all keys have */
	unsigned int shifts[3]; /* of each group of bits, as many as the others have */
	unsigned int groups, bits; /* in each */
	bool tie, moved;
};

static void check_way(const struct way *way)
{
	struct axvm_spans spans = lists_of(way->count), before = spans;
	uint64_t mask = (UINT64_C(1) << way->bits) - 1;
	bool sorted = true;

	for (size_t i = 0; i < way->count; i++) {
		struct axvm_span span = { .start = way->common, .index = (uint32_t)i };

		for (unsigned int group = 0; group < way->groups; group++)
			span.start |= ((way->count - 1 - i) >> group * way->bits & mask)
				      << way->shifts[group];
		spans.list[i] = span;
	}
	axvm_spans_sort(&spans, way->tie ? tie_vm : NULL);
	for (size_t i = 1; i < way->count; i++)
		sorted = sorted &&
			 in_order(&spans.list[i - 1], &spans.list[i], way->tie ? tie_vm : NULL);
	ok(sorted, "in order");
	if (!ok((spans.list != before.list) == way->moved, "in the list of that way"))
		printf("# %zu entries, %u groups\n", way->count, way->groups);
}

static void test_ways(void)
{
	static const struct way ways[] = {
		/* One digit is one pass, where merging takes two, or a second after it. */
		{ 64, 0, { 0 }, 1, 6, false, true },
		{ 32, 0, { 0 }, 1, 5, false, true },
		/* 16 for a pass are enough; fewer are merged. */
		{ 33, 0, { 0 }, 1, 6, false, true },
		{ 40, 0, { 0, 16, 32 }, 3, 2, false, false },
		/* Digits of 8 bits below 2048 entries, of 11 bits from there. */
		{ 2047, 0, { 0, 8 }, 2, 1, false, false },
		{ 2048, 0, { 0, 8 }, 2, 1, false, true },
		/* What differs in no bit takes no pass, set or not. */
		{ 64, 0, { 8 }, 1, 6, false, true },
		{ 64, UINT64_C(1) << 40, { 0 }, 1, 6, false, true },
		/* The first and the last bit of two digits side by side. */
		{ 64, 0, { 0, 8 }, 2, 1, false, false },
		/* A digit that begins at its lowest bit, and no later. */
		{ 64, 0, { 0, 7, 16 }, 3, 2, false, false },
		/* Merged: as many passes as double the runs of 16. */
		{ 16, 0, { 0 }, 1, 4, true, false },
		{ 32, 0, { 0 }, 1, 5, true, true },
		{ 33, 0, { 0 }, 1, 6, true, false },
		{ 64, 0, { 0 }, 1, 6, true, false },
		{ 128, 0, { 0 }, 1, 7, true, true },
	};

	each_row(i, ways)
		check_way(&ways[i]);
}

/* One entry among equals, wherever it stands, and however few bits tell it apart. */
static void test_odd_one(void)
{
	for (size_t odd = 1; odd < 64; odd++) {
		struct axvm_spans spans = lists_of(64);

		for (size_t i = 0; i < 64; i++)
			spans.list[i] = (struct axvm_span){ .start = i == odd ? 3 : 5,
							    .index = (uint32_t)i };
		axvm_spans_sort(&spans, NULL);
		eq_uint(spans.list[0].index, odd, "comes first");
		eq_uint(spans.list[1].index, 0, "then the others");
	}
}

/* The first eight bytes of a name, as a number that orders as they do. */
static void test_names(void)
{
	static const struct {
		const char *name;
		uint64_t start;
	} rows[] = {
		{ "a", UINT64_C(0x6100000000000000) },
		{ "ab", UINT64_C(0x6162000000000000) },
		{ "\x80", UINT64_C(0x8000000000000000) },
		{ "\xff\xfe", UINT64_C(0xfffe000000000000) },
		{ "abcdefg", UINT64_C(0x6162636465666700) },
		{ "abcdefgh", UINT64_C(0x6162636465666768) },
		{ "abcdefghi", UINT64_C(0x6162636465666768) },
		{ "abcdefghj", UINT64_C(0x6162636465666768) },
	};
	const size_t count = sizeof(rows) / sizeof(rows[0]);
	struct axvm_spans spans = lists_of(count);

	axvm_spans_clear(&spans);
	axvm_spans_add_name(&spans, 1, AXVM_LAYOUT_TABLE_NAME, 0, NULL);
	axvm_spans_add_name(&spans, 1, AXVM_LAYOUT_TABLE_NAME, 0, "");
	eq_uint(spans.count, 0, "no name is none");
	for (size_t i = 0; i < count; i++) {
		axvm_spans_add_name(&spans, 7, AXVM_LAYOUT_TABLE_NAME, i, rows[i].name);
		eq_uint(spans.list[i].start, rows[i].start, rows[i].name);
		eq_uint(spans.list[i].vm, 7, "its VM");
		eq_uint(spans.list[i].index, i, "its index");
		ok(spans.list[i].name == rows[i].name, "the name");
	}
	for (size_t i = 0; i < count; i++)
		eq_uint(axvm_spans_run_end(&spans, i, axvm_span_tie_name), i + 1,
			"one that shares eight bytes is another");
	eq_uint(axvm_spans_run_end(&spans, 5, NULL), count, "but for the tie");
}

/* So those of a path, in the order of a tree: its end, with or without a slash, then a slash. */
static void test_paths(void)
{
	/* In this order. */
	static const struct {
		const char *path;
		uint64_t start;
	} rows[] = {
		{ "/", 0 },
		{ "/\x01", UINT64_C(0x0102000000000000) },
		{ "/a", UINT64_C(0x0161000000000000) },
		{ "/a/b", UINT64_C(0x0161016200000000) },
		{ "/a/c/", UINT64_C(0x0161016300000000) },
		{ "/a\x01", UINT64_C(0x0161020000000000) },
		{ "/a-b", UINT64_C(0x01612e6200000000) },
		{ "/a.b", UINT64_C(0x01612f6200000000) },
		{ "/a0", UINT64_C(0x0161300000000000) },
		{ "/abcdef", UINT64_C(0x0161626364656600) },
		{ "/abcdef/g", UINT64_C(0x0161626364656601) },
		{ "/abcdefg/", UINT64_C(0x0161626364656667) },
		{ "/abcdefg/h", UINT64_C(0x0161626364656667) },
		{ "/abcdefg-h", UINT64_C(0x0161626364656667) },
		{ "/abcdefg0", UINT64_C(0x0161626364656667) },
		{ "/b\x81z", UINT64_C(0x0162817a00000000) },
		{ "/b\xff\xfe", UINT64_C(0x0162fffe00000000) },
		{ "/c", UINT64_C(0x0163000000000000) },
	};
	const size_t count = sizeof(rows) / sizeof(rows[0]);
	struct axvm_spans spans = lists_of(count);

	axvm_spans_clear(&spans);
	axvm_spans_add_path(&spans, 1, AXVM_LAYOUT_TABLE_DISABLED_PATHS, 0, NULL);
	axvm_spans_add_path(&spans, 1, AXVM_LAYOUT_TABLE_DISABLED_PATHS, 0, "");
	axvm_spans_add_path(&spans, 1, AXVM_LAYOUT_TABLE_DISABLED_PATHS, 0, "a/b");
	eq_uint(spans.count, 0, "what does not begin with a slash is none");
	for (size_t i = count; i-- != 0;) {
		const struct axvm_span *span = &spans.list[spans.count];

		axvm_spans_add_path(&spans, 7, AXVM_LAYOUT_TABLE_DISABLED_PATHS, i, rows[i].path);
		eq_uint(span->start, rows[i].start, rows[i].path);
		eq_uint(span->vm, 7, "its VM");
		eq_uint(span->index, i, "its index");
		ok(span->name == rows[i].path, "the path");
	}
	axvm_spans_sort(&spans, axvm_span_tie_path);
	for (size_t i = 0; i < count; i++) {
		eq_uint(spans.list[i].index, i, rows[i].path);
		eq_uint(axvm_spans_run_end(&spans, i, axvm_span_tie_path), i + 1, "alone");
	}
}

/* A run ends with the list, whatever is behind it. */
static void test_runs(void)
{
	struct axvm_spans spans = lists_of(4);

	for (size_t i = 0; i < 4; i++)
		spans.list[i] = (struct axvm_span){ .start = 9, .vm = i < 2 };
	spans.count = 3;
	eq_uint(axvm_spans_run_end(&spans, 0, NULL), 3, "all of the list");
	eq_uint(axvm_spans_run_end(&spans, 0, tie_vm), 2, "those of one VM");
	eq_uint(axvm_spans_run_end(&spans, 2, NULL), 3, "the last one");
	spans.count = 2;
	eq_uint(axvm_spans_run_end(&spans, 0, tie_vm), 2, "a shorter list");
}

/* What pairs of VMs share: in order of the pairs, each with both VMs and indexes. */
static void test_pairs(void)
{
	/* Start, VM and index of what is shared; the last one is shared by nobody. */
	static const uint32_t entries[][3] = { { 10, 3, 1 }, { 10, 5, 2 }, { 11, 0, 3 },
					       { 11, 5, 4 }, { 12, 3, 5 }, { 12, 4, 6 },
					       { 12, 4, 7 }, { 12, 5, 8 }, { 13, 9, 9 } };
	/* First VM and its index, second VM and its index. */
	static const uint32_t pairs[][4] = {
		{ 0, 3, 5, 4 }, { 3, 5, 4, 6 }, { 3, 1, 5, 2 }, { 3, 5, 5, 8 }
	};
	const size_t count = sizeof(entries) / sizeof(entries[0]);
	struct axvm_spans spans = lists_of(count);

	axvm_spans_clear(&spans);
	for (size_t i = 0; i < count; i++)
		axvm_spans_add(&spans, entries[i][1], AXVM_LAYOUT_TABLE_PHYS_CPU_IDS, entries[i][2],
			       entries[i][0], 0);
	axvm_spans_pair(&spans, NULL);
	eq_uint(spans.count, sizeof(pairs) / sizeof(pairs[0]), "each later VM against the first");
	for (size_t i = 0; i < spans.count && i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct axvm_span a, b;

		axvm_spans_split(&spans.list[i], &a, &b);
		eq_uint(a.vm, pairs[i][0], "first VM");
		eq_uint(a.index, pairs[i][1], "its index");
		eq_uint(b.vm, pairs[i][2], "second VM");
		eq_uint(b.index, pairs[i][3], "its index");
		ok(a.table == AXVM_LAYOUT_TABLE_PHYS_CPU_IDS && b.table == a.table,
		   "of that table");
	}
	eq_uint(axvm_spans_run_end(&spans, 2, NULL), 4, "entries of one pair have one start");
}

int main(void)
{
	unsigned char *list = guard_end_of(MOST * sizeof(*list_end));
	unsigned char *spare = guard_end_of(MOST * sizeof(*spare_end));

	if (!list || !spare)
		return 99;
	list_end = (void *)list;
	spare_end = (void *)spare;
	test(test_sort);
	test(test_sort_tie);
	test(test_sorted);
	test(test_ways);
	test(test_odd_one);
	test(test_names);
	test(test_paths);
	test(test_runs);
	test(test_pairs);
	return done();
}
