/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa_range.h>

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

static void test_new(void)
{
	static const struct {
		uint64_t start, end;
		bool valid;
	} rows[] = {
		{ 0, 0, true },
		{ 0, 1, true },
		{ 1, 0, false },
		{ LAST, LAST, true },
		{ 0, LAST, true },
		{ LAST, 0, false },
		{ LAST, LAST - 1, false },
		{ 0x1000, 0x2000, true },
	};
	axvm_gpa_range init = AXVM_GPA_RANGE_INIT(1, 2);

	ok(is(init, 1, 2), "INIT holds both ends");
	each_row(i, rows) {
		axvm_gpa start = axvm_gpa_new(rows[i].start), end = axvm_gpa_new(rows[i].end);
		axvm_gpa_range out = untouched;

		ok(is(axvm_gpa_range_new_unchecked(start, end), rows[i].start, rows[i].end),
		   "new_unchecked holds both ends");
		eq_int(axvm_gpa_range_try_new(start, end, &out), rows[i].valid, "try_new returns");
		ok(axvm_gpa_range_eq(out,
				     rows[i].valid ? range(rows[i].start, rows[i].end) : untouched),
		   "try_new writes on success only");
		if (rows[i].valid)
			ok(is(axvm_gpa_range_new(start, end), rows[i].start, rows[i].end), "new");
		else
			traps(axvm_gpa_range_new(start, end), "new of an inverted range traps");
	}
}

static void test_from_start_size(void)
{
	static const struct {
		uint64_t start, size, end;
		bool fits;
	} rows[] = {
		{ 0, 0, 0, true },
		{ 0, LAST, LAST, true },
		{ 1, LAST, 0, false },
		{ LAST, 0, LAST, true },
		{ LAST, 1, 0, false },
		{ LAST_PAGE, 0xfff, LAST, true },
		{ LAST_PAGE, 0x1000, 0, false },
		{ 0x1000, 0x1000, 0x2000, true },
	};

	each_row(i, rows) {
		axvm_gpa start = axvm_gpa_new(rows[i].start);
		uint64_t size = rows[i].size;
		axvm_gpa_range out = untouched;

		ok(is(axvm_gpa_range_from_start_size_unchecked(start, size), rows[i].start,
		      rows[i].end),
		   "from_start_size_unchecked wraps");
		eq_int(axvm_gpa_range_try_from_start_size(start, size, &out), rows[i].fits,
		       "try_from_start_size returns");
		ok(axvm_gpa_range_eq(out,
				     rows[i].fits ? range(rows[i].start, rows[i].end) : untouched),
		   "try_from_start_size writes on success only");
		if (rows[i].fits)
			ok(is(axvm_gpa_range_from_start_size(start, size), rows[i].start,
			      rows[i].end),
			   "from_start_size");
		else
			traps(axvm_gpa_range_from_start_size(start, size),
			      "from_start_size traps on overflow");
	}
}

static void test_first_last(void)
{
	static const struct {
		uint64_t first, last, end;
		bool valid;
	} rows[] = {
		{ 0, 0, 1, true },
		{ 0x1000, 0x1fff, 0x2000, true },
		{ 5, 4, 0, false },
		{ LAST, 0, 0, false },
		{ 0, LAST - 1, LAST, true },
		{ LAST_PAGE, LAST - 1, LAST, true },
		{ LAST - 1, LAST - 1, LAST, true },
		{ 0, LAST, 0, false },
		{ LAST_PAGE, LAST, 0, false },
		{ LAST, LAST, 0, false },
	};

	each_row(i, rows) {
		axvm_gpa first = axvm_gpa_new(rows[i].first), last = axvm_gpa_new(rows[i].last);
		axvm_gpa back = axvm_gpa_new(0x5ca1ab1e);
		axvm_gpa_range out = untouched;

		eq_int(axvm_gpa_range_try_from_first_last(first, last, &out), rows[i].valid,
		       "try_from_first_last returns");
		if (!rows[i].valid) {
			ok(axvm_gpa_range_eq(out, untouched), "and writes nothing");
			traps(axvm_gpa_range_from_first_last(first, last), "from_first_last traps");
			continue;
		}
		ok(is(out, rows[i].first, rows[i].end), "try_from_first_last");
		ok(is(axvm_gpa_range_from_first_last(first, last), rows[i].first, rows[i].end),
		   "from_first_last");
		ok(axvm_gpa_range_last(out, &back), "it has a last address");
		eq_uint(back.addr, rows[i].last, "which is that one");
	}
}

static void test_no_last(void)
{
	static const struct {
		uint64_t start, end;
	} rows[] = { { 0, 0 }, { 5, 5 }, { LAST, LAST }, { 5, 4 }, { LAST, 0 } };
	axvm_gpa out = axvm_gpa_new(0x5ca1ab1e);

	each_row(i, rows)
		ok(!axvm_gpa_range_last(range(rows[i].start, rows[i].end), &out),
		   "an empty range has no last address");
	eq_uint(out.addr, 0x5ca1ab1e, "and last writes nothing");
}

static void test_one(void)
{
	static const struct {
		uint64_t start, end;
		bool empty;
		uint64_t size;
	} rows[] = {
		{ 0, 0, true, 0 },	 { 0, 1, false, 1 },
		{ 5, 5, true, 0 },	 { 0, LAST, false, LAST },
		{ LAST, LAST, true, 0 }, { 0x2000, 0x1000, true, 0 - UINT64_C(0x1000) },
		{ LAST, 0, true, 1 },
	};

	each_row(i, rows) {
		axvm_gpa_range r = range(rows[i].start, rows[i].end);

		eq_int(axvm_gpa_range_is_empty(r), rows[i].empty, "is_empty");
		eq_uint(axvm_gpa_range_size(r), rows[i].size, "size wraps");
	}
}

static void test_contains(void)
{
	static const struct {
		uint64_t start, end, addr;
		bool inside;
	} rows[] = {
		{ 0x1000, 0x2000, 0xfff, false },
		{ 0x1000, 0x2000, 0x1000, true },
		{ 0x1000, 0x2000, 0x1fff, true },
		{ 0x1000, 0x2000, 0x2000, false },
		{ 0, LAST, LAST - 1, true },
		{ 0, LAST, LAST, false },
		{ 5, 5, 5, false },
		{ 0x2000, 0x1000, 0x1800, false },
		{ 0x2000, 0x1000, 0x2000, false },
	};

	each_row(i, rows)
		eq_int(axvm_gpa_range_contains(range(rows[i].start, rows[i].end),
					       axvm_gpa_new(rows[i].addr)),
		       rows[i].inside, "contains");
}

static void test_two(void)
{
	/* For r and o: does r contain o, do they overlap, what do they share (if start < end)? */
	static const struct {
		uint64_t r_start, r_end, o_start, o_end;
		bool contains, overlaps;
		uint64_t shared_start, shared_end;
	} rows[] = {
		{ 10, 20, 10, 20, true, true, 10, 20 },
		{ 10, 20, 12, 18, true, true, 12, 18 },
		{ 10, 20, 9, 20, false, true, 10, 20 },
		{ 10, 20, 10, 21, false, true, 10, 20 },
		{ 10, 20, 19, 30, false, true, 19, 20 },
		{ 10, 20, 20, 30, false, false, 0, 0 },
		{ 10, 20, 0, 10, false, false, 0, 0 },
		{ 10, 20, 0, 11, false, true, 10, 11 },
		{ 10, 20, 15, 15, true, true, 0, 0 }, /* empty inside */
		{ 10, 20, 10, 10, true, false, 0, 0 }, /* empty at the start */
		{ 10, 20, 20, 20, true, false, 0, 0 }, /* empty at the end */
		{ 10, 20, 5, 5, false, false, 0, 0 },
		{ 10, 20, 18, 12, true, true, 0, 0 }, /* inverted inside */
		{ 20, 10, 12, 18, false, false, 0, 0 }, /* r inverted */
		{ 20, 10, 0, 30, false, true, 0, 0 },
		{ 0, LAST, LAST - 1, LAST, true, true, LAST - 1, LAST },
	};

	each_row(i, rows) {
		axvm_gpa_range r = range(rows[i].r_start, rows[i].r_end);
		axvm_gpa_range o = range(rows[i].o_start, rows[i].o_end);
		bool share = rows[i].shared_start < rows[i].shared_end;
		axvm_gpa_range out = untouched;

		eq_int(axvm_gpa_range_contains_range(r, o), rows[i].contains, "contains_range");
		eq_int(axvm_gpa_range_contained_in(o, r), rows[i].contains, "contained_in");
		eq_int(axvm_gpa_range_overlaps(r, o), rows[i].overlaps, "overlaps");
		eq_int(axvm_gpa_range_overlaps(o, r), rows[i].overlaps, "overlaps, exchanged");
		eq_int(axvm_gpa_range_intersect(r, o, &out), share, "intersect returns");
		ok(axvm_gpa_range_eq(out, share ? range(rows[i].shared_start, rows[i].shared_end)
						: untouched),
		   "intersect writes on success only");
	}
	ok(axvm_gpa_range_eq(range(1, 2), range(1, 2)), "eq");
	ok(!axvm_gpa_range_eq(range(1, 2), range(1, 3)), "eq looks at the end");
	ok(!axvm_gpa_range_eq(range(1, 3), range(2, 3)), "eq looks at the start");
	ok(!axvm_gpa_range_eq(range(1, 1), range(2, 2)), "empty ranges at two places differ");
}

static void test_hull(void)
{
	static const struct {
		uint64_t r_start, r_end, o_start, o_end, start, end;
	} rows[] = {
		{ 10, 20, 12, 18, 10, 20 },
		{ 10, 20, 15, 30, 10, 30 },
		{ 10, 20, 20, 30, 10, 30 },
		{ 10, 20, 40, 50, 10, 50 }, /* with what is between */
		{ 0, 1, LAST - 1, LAST, 0, LAST },
		{ 10, 20, 0, 0, 10, 20 }, /* empty adds nothing */
		{ 10, 20, 50, 50, 10, 20 },
		{ 10, 20, 50, 5, 10, 20 }, /* nor inverted */
		{ LAST, LAST, 10, 20, 10, 20 },
	};

	each_row(i, rows) {
		axvm_gpa_range r = range(rows[i].r_start, rows[i].r_end);
		axvm_gpa_range o = range(rows[i].o_start, rows[i].o_end);

		ok(is(axvm_gpa_range_hull(r, o), rows[i].start, rows[i].end), "hull");
		ok(is(axvm_gpa_range_hull(o, r), rows[i].start, rows[i].end), "hull, exchanged");
	}
	ok(is(axvm_gpa_range_hull(range(5, 5), range(7, 7)), 5, 5), "hull of nothing is the first");
	ok(is(axvm_gpa_range_hull(range(9, 5), range(7, 7)), 9, 5), "even inverted");
}

static void test_adjacent(void)
{
	static const struct {
		uint64_t r_start, r_end, o_start, o_end;
		bool adjacent;
	} rows[] = {
		{ 10, 20, 20, 30, true },
		{ 10, 20, 19, 30, false },
		{ 10, 20, 21, 30, false },
		{ 0, 1, 1, LAST, true },
		{ 0, LAST, 0, LAST, false },
		{ 10, 20, 20, 20, false }, /* empty touches nothing */
		{ 10, 20, 10, 10, false },
		{ 20, 20, 20, 20, false },
		{ 10, 20, 20, 10, false }, /* nor inverted */
		{ LAST_PAGE, LAST, 0, LAST_PAGE, true },
	};

	each_row(i, rows) {
		axvm_gpa_range r = range(rows[i].r_start, rows[i].r_end);
		axvm_gpa_range o = range(rows[i].o_start, rows[i].o_end);

		eq_int(axvm_gpa_range_is_adjacent(r, o), rows[i].adjacent, "is_adjacent");
		eq_int(axvm_gpa_range_is_adjacent(o, r), rows[i].adjacent,
		       "is_adjacent, exchanged");
	}
}

static void test_subtract(void)
{
	static const struct {
		uint64_t r_start, r_end, o_start, o_end;
		size_t left;
		uint64_t out[4];
	} rows[] = {
		{ 10, 20, 12, 18, 2, { 10, 12, 18, 20 } },
		{ 10, 20, 10, 18, 1, { 18, 20 } },
		{ 10, 20, 12, 20, 1, { 10, 12 } },
		{ 10, 20, 0, 15, 1, { 15, 20 } },
		{ 10, 20, 15, 30, 1, { 10, 15 } },
		{ 10, 20, 10, 20, 0, { 0 } },
		{ 10, 20, 0, LAST, 0, { 0 } },
		{ 10, 20, 20, 30, 1, { 10, 20 } },
		{ 10, 20, 0, 10, 1, { 10, 20 } },
		{ 10, 20, 15, 15, 1, { 10, 20 } }, /* empty takes nothing out */
		{ 10, 20, 18, 12, 1, { 10, 20 } }, /* nor inverted */
		{ 15, 15, 10, 20, 0, { 0 } },
		{ 15, 15, 30, 40, 0, { 0 } },
		{ 20, 10, 30, 40, 0, { 0 } },
		{ 0, LAST, 0, LAST, 0, { 0 } },
		{ 0, LAST, 0, LAST - 1, 1, { LAST - 1, LAST } },
		{ 0, LAST, 1, LAST_PAGE, 2, { 0, 1, LAST_PAGE, LAST } },
	};

	each_row(i, rows) {
		axvm_gpa_range out[2] = { untouched, untouched };
		size_t left = axvm_gpa_range_subtract(range(rows[i].r_start, rows[i].r_end),
						      range(rows[i].o_start, rows[i].o_end), out);

		eq_uint(left, rows[i].left, "subtract reports how many are left");
		for (size_t k = 0; k < 2; k++)
			ok(k < left ? is(out[k], rows[i].out[2 * k], rows[i].out[2 * k + 1])
				    : axvm_gpa_range_eq(out[k], untouched),
			   "and writes those");
	}
}

int main(void)
{
	test(test_new);
	test(test_from_start_size);
	test(test_first_last);
	test(test_no_last);
	test(test_one);
	test(test_contains);
	test(test_two);
	test(test_hull);
	test(test_adjacent);
	test(test_subtract);
	return done();
}
