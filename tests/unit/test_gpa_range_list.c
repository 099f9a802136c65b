/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa_range_list.h>

#include "tap.h"

#define LAST UINT64_MAX
#define LAST_PAGE (UINT64_MAX - 0xfff)

static const axvm_gpa_range untouched = AXVM_GPA_RANGE_INIT(0x5ca1, 0xab1e);

/* Any two ends, in order or not. */
static axvm_gpa_range range(uint64_t start, uint64_t end)
{
	return axvm_gpa_range_new_unchecked(axvm_gpa_new(start), axvm_gpa_new(end));
}

static bool is(axvm_gpa_range r, uint64_t start, uint64_t end)
{
	return r.start.addr == start && r.end.addr == end;
}

static void test_none(void)
{
	axvm_gpa_range_list list = { NULL, 7, 7 };
	axvm_gpa_range out = untouched;

	axvm_gpa_range_list_init(&list, NULL, 0);
	ok(!list.ranges && list.count == 0 && list.capacity == 0, "init without storage");
	ok(!axvm_gpa_range_list_insert(&list, range(0, 1)), "nothing can be put in");
	ok(axvm_gpa_range_list_insert(&list, range(5, 5)), "but an empty range");
	ok(axvm_gpa_range_list_insert(&list, range(6, 5)), "and an inverted one");
	ok(axvm_gpa_range_list_remove(&list, range(0, LAST)), "everything is out already");
	eq_uint(list.count, 0, "nothing is in");
	ok(!axvm_gpa_range_list_contains(&list, axvm_gpa_new(0)), "contains");
	ok(!axvm_gpa_range_list_contains(&list, axvm_gpa_new(LAST)), "contains the last byte");
	ok(!axvm_gpa_range_list_contains_range(&list, range(0, 1)), "contains_range");
	ok(axvm_gpa_range_list_contains_range(&list, range(9, 9)), "contains_range of nothing");
	ok(!axvm_gpa_range_list_overlaps(&list, range(0, LAST)), "overlaps");
	ok(axvm_gpa_range_list_find_gap(&list, range(0, LAST), LAST, 1, &out), "all is free");
	ok(is(out, 0, LAST), "from the first to the last");
}

static void test_merge(void)
{
	axvm_gpa_range storage[4];
	axvm_gpa_range_list list;

	axvm_gpa_range_list_init(&list, storage, 4);
	ok(axvm_gpa_range_list_insert(&list, range(30, 40)), "the first");
	ok(axvm_gpa_range_list_insert(&list, range(10, 20)), "one before it");
	ok(axvm_gpa_range_list_insert(&list, range(50, 60)), "one behind it");
	ok(list.count == 3 && is(storage[0], 10, 20) && is(storage[1], 30, 40) &&
		   is(storage[2], 50, 60),
	   "in order");
	ok(axvm_gpa_range_list_insert(&list, range(20, 25)), "one that touches from behind");
	ok(list.count == 3 && is(storage[0], 10, 25), "is merged");
	ok(axvm_gpa_range_list_insert(&list, range(25, 30)), "one that fills the gap");
	ok(list.count == 2 && is(storage[0], 10, 40) && is(storage[1], 50, 60), "joins two");
	ok(axvm_gpa_range_list_insert(&list, range(15, 35)), "what is in already");
	ok(list.count == 2 && is(storage[0], 10, 40), "changes nothing");
	ok(axvm_gpa_range_list_insert(&list, list.ranges[1]), "nor does one of its own");
	eq_uint(list.count, 2, "of them");
	ok(axvm_gpa_range_list_insert(&list, range(LAST_PAGE, LAST)), "the last page");
	ok(axvm_gpa_range_list_insert(&list, range(0, 1)), "the first byte");
	ok(list.count == 4 && is(storage[0], 0, 1) && is(storage[3], LAST_PAGE, LAST), "are in");
	ok(axvm_gpa_range_list_insert(&list, range(0, LAST)), "all of it");
	ok(list.count == 1 && is(storage[0], 0, LAST), "is one range");
	ok(axvm_gpa_range_list_remove(&list, list.ranges[0]), "out again");
	eq_uint(list.count, 0, "nothing is left");
}

static void test_full(void)
{
	axvm_gpa_range storage[3] = { untouched, untouched, untouched };
	axvm_gpa_range_list list;

	axvm_gpa_range_list_init(&list, storage, 2);
	ok(axvm_gpa_range_list_insert(&list, range(10, 20)), "room for one");
	ok(axvm_gpa_range_list_insert(&list, range(30, 40)), "and a second");
	ok(!axvm_gpa_range_list_insert(&list, range(50, 60)), "none behind them");
	ok(!axvm_gpa_range_list_insert(&list, range(0, 5)), "none before them");
	ok(!axvm_gpa_range_list_insert(&list, range(21, 29)), "none between them");
	ok(!axvm_gpa_range_list_remove(&list, range(12, 18)), "no hole");
	ok(list.count == 2 && is(storage[0], 10, 20) && is(storage[1], 30, 40), "nothing changed");
	ok(axvm_gpa_range_list_insert(&list, range(20, 25)), "what touches needs no room");
	ok(axvm_gpa_range_list_remove(&list, range(24, 31)), "nor what cuts two at their ends");
	ok(is(storage[0], 10, 24) && is(storage[1], 31, 40), "which are shorter");
	ok(axvm_gpa_range_list_insert(&list, range(24, 31)), "what joins two");
	ok(list.count == 1 && is(storage[0], 10, 40), "makes room");
	ok(axvm_gpa_range_list_remove(&list, range(12, 18)), "for a hole");
	ok(list.count == 2 && is(storage[0], 10, 12) && is(storage[1], 18, 40), "in the middle");
	ok(axvm_gpa_range_list_remove(&list, range(0, 18)), "a whole one");
	ok(list.count == 1 && is(storage[0], 18, 40), "goes");
	ok(axvm_gpa_range_eq(storage[2], untouched), "what is after the capacity is untouched");
}

static void test_ask(void)
{
	axvm_gpa_range storage[3] = { AXVM_GPA_RANGE_INIT(10, 20), AXVM_GPA_RANGE_INIT(30, 40),
				      AXVM_GPA_RANGE_INIT(LAST_PAGE, LAST) };
	axvm_gpa_range_list list = { storage, 3, 3 };
	static const struct {
		uint64_t start, end;
		bool contains, overlaps;
	} rows[] = {
		{ 10, 20, true, true },		 { 12, 18, true, true },
		{ 9, 11, false, true },		 { 19, 21, false, true },
		{ 15, 35, false, true },	 { 0, LAST, false, true },
		{ 20, 30, false, false },	 { 0, 10, false, false },
		{ 40, LAST_PAGE, false, false }, { LAST_PAGE, LAST, true, true },
		{ LAST - 1, LAST, true, true },	 { 15, 15, true, false }, /* empty */
		{ 25, 25, true, false },	 { LAST, LAST, true, false },
		{ 35, 15, true, false }, /* inverted */
	};
	static const uint64_t in[] = { 10, 19, 30, 39, LAST_PAGE, LAST - 1 };
	static const uint64_t out[] = { 0, 9, 20, 29, 40, LAST_PAGE - 1, LAST };

	each_row(i, rows) {
		axvm_gpa_range r = range(rows[i].start, rows[i].end);

		eq_int(axvm_gpa_range_list_contains_range(&list, r), rows[i].contains,
		       "contains_range");
		eq_int(axvm_gpa_range_list_overlaps(&list, r), rows[i].overlaps, "overlaps");
	}
	each_row(i, in)
		ok(axvm_gpa_range_list_contains(&list, axvm_gpa_new(in[i])), "contains");
	each_row(i, out)
		ok(!axvm_gpa_range_list_contains(&list, axvm_gpa_new(out[i])), "contains not");
}

static void test_find_gap(void)
{
	axvm_gpa_range storage[3] = { AXVM_GPA_RANGE_INIT(0x1000, 0x1800),
				      AXVM_GPA_RANGE_INIT(0x3000, 0x4000),
				      AXVM_GPA_RANGE_INIT(LAST_PAGE, LAST) };
	axvm_gpa_range_list list = { storage, 3, 3 };
	static const struct {
		uint64_t start, end, size, align;
		bool found;
		uint64_t at;
	} rows[] = {
		{ 0, LAST, 1, 1, true, 0 },
		{ 0, LAST, 0x1000, 1, true, 0 },
		{ 0, LAST, 0x1001, 1, true, 0x1800 },
		{ 0, LAST, 0x1001, 0x1000, true, 0x4000 },
		{ 1, LAST, 0x1000, 0x1000, true, 0x2000 },
		{ 0x1000, LAST, 0x1000, 1, true, 0x1800 },
		{ 0x1200, LAST, 0x800, 0x800, true, 0x1800 },
		{ 0x1000, LAST, 0x1800, 1, true, 0x1800 },
		{ 0x1000, LAST, 0x1801, 1, true, 0x4000 },
		{ 0x3800, LAST, 0x1000, 0x4000, true, 0x4000 },
		{ 0x3800, LAST, 1, 0x100000, true, 0x100000 }, /* past a range by alignment */
		{ 0x2000, 0x3000, 0x1000, 0x1000, true, 0x2000 },
		{ 0x2000, 0x2fff, 0x1000, 0x1000, false, 0 },
		{ 0x2001, 0x3000, 0x1000, 1, false, 0 },
		{ 0x1000, 0x1800, 1, 1, false, 0 },
		{ 0x4000, LAST_PAGE, LAST_PAGE - 0x4000, 1, true, 0x4000 },
		{ 0x4000, LAST, LAST_PAGE - 0x4000, 1, true, 0x4000 },
		{ 0x4000, LAST, LAST_PAGE - 0x3fff, 1, false, 0 },
		{ LAST_PAGE, LAST, 1, 1, false, 0 },
		{ LAST, LAST, 1, 1, false, 0 },
		{ 0, LAST, LAST, 1, false, 0 },
		{ 0x4001, LAST, 1, UINT64_C(1) << 63, true, UINT64_C(1) << 63 },
		{ (UINT64_C(1) << 63) + 1, LAST, 1, UINT64_C(1) << 63, false, 0 },
		{ 0, LAST, 0, 1, false, 0 }, /* nothing to find */
		{ 0, LAST, 1, 0, false, 0 }, /* no power of two */
		{ 0, LAST, 1, 3, false, 0 },
		{ 0x100, 0x100, 1, 1, false, 0 }, /* empty */
		{ 0x200, 0x100, 1, 1, false, 0 }, /* inverted */
	};

	each_row(i, rows) {
		axvm_gpa_range out = untouched;

		eq_int(axvm_gpa_range_list_find_gap(&list, range(rows[i].start, rows[i].end),
						    rows[i].size, rows[i].align, &out),
		       rows[i].found, "find_gap returns");
		ok(rows[i].found ? is(out, rows[i].at, rows[i].at + rows[i].size)
				 : axvm_gpa_range_eq(out, untouched),
		   "and writes on success only");
	}
}

static void test_find_gap_high(void)
{
	axvm_gpa_range storage[3] = { AXVM_GPA_RANGE_INIT(0x1000, 0x1800),
				      AXVM_GPA_RANGE_INIT(0x3000, 0x4000),
				      AXVM_GPA_RANGE_INIT(LAST_PAGE, LAST) };
	axvm_gpa_range_list list = { storage, 3, 3 };
	static const struct {
		uint64_t start, end, size, align;
		bool found;
		uint64_t at;
	} rows[] = {
		{ 0, LAST, 1, 1, true, LAST_PAGE - 1 },
		{ 0, LAST, 0x1000, 0x1000, true, LAST_PAGE - 0xfff - 1 },
		{ 0, 0x5000, 0x1000, 1, true, 0x4000 },
		{ 0, 0x4fff, 0x1000, 1, true, 0x2000 },
		{ 0, 0x4fff, 0x1000, 0x1000, true, 0x2000 },
		{ 0, 0x3fff, 0x1001, 1, true, 0x1fff },
		{ 0, 0x3fff, 0x1001, 0x1000, false, 0 },
		{ 0, 0x3fff, 0x801, 0x1000, true, 0x2000 },
		{ 0, 0x2fff, 0x1801, 1, false, 0 },
		{ 0, 0x2fff, 0x1000, 0x1000, true, 0 }, /* past a range by alignment */
		{ 0, 0x3000, 0x1800, 1, true, 0x1800 },
		{ 0x1800, 0x3000, 0x1800, 0x800, true, 0x1800 },
		{ 0x1801, 0x3000, 0x1800, 1, false, 0 },
		{ 0, 0x1400, 0x1000, 1, true, 0 },
		{ 1, 0x1400, 0x1000, 1, false, 0 },
		{ 0, 0x1001, 0x1000, 1, true, 0 },
		{ 0, 0xfff, 0x1000, 1, false, 0 },
		{ 0x3000, 0x4000, 1, 1, false, 0 },
		{ 0x4000, LAST, LAST_PAGE - 0x4000, 1, true, 0x4000 },
		{ 0x4000, LAST, LAST_PAGE - 0x3fff, 1, false, 0 },
		{ LAST_PAGE, LAST, 1, 1, false, 0 },
		{ LAST, LAST, 1, 1, false, 0 },
		{ 0, LAST, LAST, 1, false, 0 },
		{ 0, LAST, 1, UINT64_C(1) << 63, true, UINT64_C(1) << 63 },
		{ 0, UINT64_C(1) << 63, 1, UINT64_C(1) << 63, true, 0 },
		{ 0, LAST, 0, 1, false, 0 }, /* nothing to find */
		{ 0, LAST, 1, 0, false, 0 }, /* no power of two */
		{ 0, LAST, 1, 3, false, 0 },
		{ 0x100, 0x100, 1, 1, false, 0 }, /* empty */
		{ 0x200, 0x100, 1, 1, false, 0 }, /* inverted */
	};
	axvm_gpa_range_list none = { NULL, 0, 0 };
	axvm_gpa_range all = untouched;

	each_row(i, rows) {
		axvm_gpa_range out = untouched;

		eq_int(axvm_gpa_range_list_find_gap_high(&list, range(rows[i].start, rows[i].end),
							 rows[i].size, rows[i].align, &out),
		       rows[i].found, "find_gap_high returns");
		if (!ok(rows[i].found ? is(out, rows[i].at, rows[i].at + rows[i].size)
				      : axvm_gpa_range_eq(out, untouched),
			"and writes on success only"))
			printf("# row %zu: 0x%" PRIx64 "\n", i, out.start.addr);
	}
	ok(axvm_gpa_range_list_find_gap_high(&none, range(0, LAST), 1, 1, &all), "all is free");
	ok(is(all, LAST - 1, LAST), "up to the last");
}

static void test_claim(void)
{
	axvm_gpa_range storage[2];
	axvm_gpa_range_list list;

	axvm_gpa_range_list_init(&list, storage, 2);
	eq_int(axvm_gpa_range_list_claim(&list, range(10, 20)), AXVM_OK, "the first");
	eq_int(axvm_gpa_range_list_claim(&list, range(30, 40)), AXVM_OK, "a second");
	eq_int(axvm_gpa_range_list_claim(&list, range(10, 20)), AXVM_ERROR_ALREADY_EXISTS, "again");
	eq_int(axvm_gpa_range_list_claim(&list, range(19, 21)), AXVM_ERROR_ALREADY_EXISTS,
	       "in part");
	eq_int(axvm_gpa_range_list_claim(&list, range(9, 11)), AXVM_ERROR_ALREADY_EXISTS,
	       "in part");
	eq_int(axvm_gpa_range_list_claim(&list, range(0, LAST)), AXVM_ERROR_ALREADY_EXISTS,
	       "around");
	eq_int(axvm_gpa_range_list_claim(&list, range(50, 60)), AXVM_ERROR_NO_MEMORY, "full");
	eq_int(axvm_gpa_range_list_claim(&list, range(15, 15)), AXVM_OK, "an empty one");
	eq_int(axvm_gpa_range_list_claim(&list, range(35, 15)), AXVM_OK, "an inverted one");
	ok(list.count == 2 && is(storage[0], 10, 20) && is(storage[1], 30, 40), "nothing changed");
	eq_int(axvm_gpa_range_list_claim(&list, range(20, 30)), AXVM_OK, "what touches both");
	ok(list.count == 1 && is(storage[0], 10, 40), "joins them");
}

static void test_assign(void)
{
	axvm_gpa_range storage[3] = { AXVM_GPA_RANGE_INIT(1, 2), untouched, untouched };
	axvm_gpa_range ranges[] = {
		AXVM_GPA_RANGE_INIT(50, 60),
		AXVM_GPA_RANGE_INIT(10, 20),
		AXVM_GPA_RANGE_INIT(7, 7),
		AXVM_GPA_RANGE_INIT(12, 15),
		AXVM_GPA_RANGE_INIT(LAST_PAGE, LAST),
		AXVM_GPA_RANGE_INIT(20, 25),
		AXVM_GPA_RANGE_INIT(55, 5),
		AXVM_GPA_RANGE_INIT(24, 26),
	};
	axvm_gpa_range_list list = { storage, 1, 2 };

	eq_int(axvm_gpa_range_list_assign(&list, ranges, 8), AXVM_ERROR_NO_MEMORY, "room for two");
	ok(list.count == 1 && is(storage[0], 1, 2) && axvm_gpa_range_eq(storage[1], untouched),
	   "the list is unchanged");
	list.capacity = 3;
	eq_int(axvm_gpa_range_list_assign(&list, ranges, 8), AXVM_OK, "room for three");
	ok(list.count == 3 && is(storage[0], 10, 26) && is(storage[1], 50, 60) &&
		   is(storage[2], LAST_PAGE, LAST),
	   "sorted and merged");
	for (size_t i = 1; i < 8; i++)
		ok(ranges[i - 1].start.addr <= ranges[i].start.addr, "the array is sorted");
	storage[0] = range(30, 40);
	storage[1] = range(35, 45);
	storage[2] = range(0, 1);
	eq_int(axvm_gpa_range_list_assign(&list, storage, 3), AXVM_OK, "the list's own array");
	ok(list.count == 2 && is(storage[0], 0, 1) && is(storage[1], 30, 45), "in place");
	for (size_t i = 0; i < 2; i++) {
		storage[i] = range(0, 0);
		storage[1 - i] = range(0, 5);
		eq_int(axvm_gpa_range_list_assign(&list, storage, 2), AXVM_OK, "an empty one");
		ok(list.count == 1 && is(storage[0], 0, 5), "is left out");
	}
	eq_int(axvm_gpa_range_list_assign(&list, ranges, 0), AXVM_OK, "of none");
	eq_uint(list.count, 0, "is empty");
	list.count = 1;
	eq_int(axvm_gpa_range_list_assign(&list, NULL, 0), AXVM_OK, "NULL");
	eq_uint(list.count, 0, "is empty");
	axvm_gpa_range_list_init(&list, NULL, 0);
	eq_int(axvm_gpa_range_list_assign(&list, ranges, 8), AXVM_ERROR_NO_MEMORY, "no room");
	ranges[0] = range(5, 5);
	eq_int(axvm_gpa_range_list_assign(&list, ranges, 1), AXVM_OK, "none for an empty one");
}

int main(void)
{
	test(test_none);
	test(test_merge);
	test(test_full);
	test(test_ask);
	test(test_find_gap);
	test(test_find_gap_high);
	test(test_claim);
	test(test_assign);
	return done();
}
