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
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		axvm_gpa start = axvm_gpa_new(rows[i].start), end = axvm_gpa_new(rows[i].end);
		axvm_gpa_range out = untouched;

		ok(is(axvm_gpa_range_new_unchecked(start, end), rows[i].start, rows[i].end),
		   "new_unchecked holds both ends");
		eq_int(axvm_gpa_range_try_new(start, end, &out), rows[i].valid, "try_new tells");
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

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		axvm_gpa start = axvm_gpa_new(rows[i].start);
		uint64_t size = rows[i].size;
		axvm_gpa_range out = untouched;

		ok(is(axvm_gpa_range_from_start_size_unchecked(start, size), rows[i].start,
		      rows[i].end),
		   "from_start_size_unchecked wraps");
		eq_int(axvm_gpa_range_try_from_start_size(start, size, &out), rows[i].fits,
		       "try_from_start_size tells");
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

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
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

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
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

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		axvm_gpa_range r = range(rows[i].r_start, rows[i].r_end);
		axvm_gpa_range o = range(rows[i].o_start, rows[i].o_end);
		bool share = rows[i].shared_start < rows[i].shared_end;
		axvm_gpa_range out = untouched;

		eq_int(axvm_gpa_range_contains_range(r, o), rows[i].contains, "contains_range");
		eq_int(axvm_gpa_range_contained_in(o, r), rows[i].contains, "contained_in");
		eq_int(axvm_gpa_range_overlaps(r, o), rows[i].overlaps, "overlaps");
		eq_int(axvm_gpa_range_overlaps(o, r), rows[i].overlaps, "overlaps, exchanged");
		eq_int(axvm_gpa_range_intersect(r, o, &out), share, "intersect tells");
		ok(axvm_gpa_range_eq(out, share ? range(rows[i].shared_start, rows[i].shared_end)
						: untouched),
		   "intersect writes on success only");
	}
	ok(axvm_gpa_range_eq(range(1, 2), range(1, 2)), "eq");
	ok(!axvm_gpa_range_eq(range(1, 2), range(1, 3)), "eq looks at the end");
	ok(!axvm_gpa_range_eq(range(1, 3), range(2, 3)), "eq looks at the start");
	ok(!axvm_gpa_range_eq(range(1, 1), range(2, 2)), "empty ranges at two places differ");
}

static void test_page_expand(void)
{
	static const struct {
		uint64_t start, end, page_size;
		bool fits;
		uint64_t out_start, out_end;
	} rows[] = {
		{ 0, 1, 0x1000, true, 0, 0x1000 },
		{ 0xfff, 0x1001, 0x1000, true, 0, 0x2000 },
		{ 0x1000, 0x2000, 0x1000, true, 0x1000, 0x2000 },
		{ 0x1001, 0x1002, 0x200000, true, 0, 0x200000 },
		{ 0x1001, 0x1001, 0x1000, true, 0x1000, 0x1000 }, /* empty stays empty */
		{ 0x2001, 0x1001, 0x1000, true, 0x2000, 0x2000 }, /* inverted becomes empty */
		{ LAST, LAST, 0x1000, true, LAST_PAGE, LAST_PAGE },
		{ 0, LAST_PAGE, 0x1000, true, 0, LAST_PAGE },
		{ 0, LAST_PAGE + 1, 0x1000, false, 0, 0 },
		{ 0, 1, 0, false, 0, 0 },
		{ 0, 0, 0, false, 0, 0 },
		{ 0, 1, 3, false, 0, 0 },
		{ 1, 1, 0x1800, false, 0, 0 },
		{ 5, 7, 1, true, 5, 7 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		axvm_gpa_range out = untouched;

		eq_int(axvm_gpa_range_page_expand(range(rows[i].start, rows[i].end),
						  rows[i].page_size, &out),
		       rows[i].fits, "page_expand tells");
		ok(axvm_gpa_range_eq(out, rows[i].fits ? range(rows[i].out_start, rows[i].out_end)
						       : untouched),
		   "page_expand writes on success only");
	}
}

static void test_page_iter(void)
{
	static const struct {
		uint64_t start, end, page_size;
		bool valid;
		uint64_t pages;
	} rows[] = {
		{ 0, 0, 0x1000, true, 0 },
		{ 0x1000, 0x4000, 0x1000, true, 3 },
		{ 0x4000, 0x1000, 0x1000, true, 0 },
		{ LAST_PAGE - 0x1000, LAST_PAGE, 0x1000, true, 1 },
		{ 0, 0x40000000, 0x200000, true, 512 },
		{ 7, 9, 1, true, 2 },
		{ 0, UINT64_C(1) << 63, UINT64_C(1) << 63, true, 1 },
		{ 1, 0x1000, 0x1000, false, 0 },
		{ 0, 0x1001, 0x1000, false, 0 },
		{ 0, 0, 0, false, 0 },
		{ 0, 0, 3, false, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		axvm_gpa_page_iter it = { AXVM_GPA_INIT(1), AXVM_GPA_INIT(2), 3 };
		uint64_t pages = 0, wanted = rows[i].start;
		axvm_gpa page = axvm_gpa_new(0);
		bool in_order = true;

		if (!axvm_gpa_page_iter_init(&it, axvm_gpa_new(rows[i].start),
					     axvm_gpa_new(rows[i].end), rows[i].page_size)) {
			ok(!rows[i].valid, "page_iter_init refuses");
			ok(it.next.addr == 1 && it.end.addr == 2 && it.page_size == 3,
			   "page_iter_init leaves the iterator on failure");
			continue;
		}
		ok(rows[i].valid, "page_iter_init accepts");
		for (; pages <= 512 && axvm_gpa_page_iter_next(&it, &page); pages++) {
			in_order = in_order && page.addr == wanted;
			wanted += rows[i].page_size;
		}
		eq_uint(pages, rows[i].pages, "page_iter_next gives each page");
		ok(in_order, "in order");
		page = axvm_gpa_new(0x5ca1ab1e);
		ok(!axvm_gpa_page_iter_next(&it, &page), "the end stays the end");
		eq_uint(page.addr, 0x5ca1ab1e, "where page_iter_next writes nothing");
	}
}

static void test_format(void)
{
	static const struct {
		uint64_t start, end;
		const char *lower, *upper;
	} rows[] = {
		{ 0, 0, "GPA:0x0..GPA:0x0", "GPA:0x0..GPA:0x0" },
		{ 0x1000, 0x2abc, "GPA:0x1000..GPA:0x2abc", "GPA:0x1000..GPA:0x2ABC" },
		{ LAST, 0, "GPA:0xffffffffffffffff..GPA:0x0", "GPA:0xFFFFFFFFFFFFFFFF..GPA:0x0" },
	};
	char buf[64];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		axvm_gpa_range r = range(rows[i].start, rows[i].end);
		int length = (int)strlen(rows[i].lower);

		eq_int(axvm_gpa_range_format(r, NULL, 0), length, "format counts without a buffer");
		eq_int(axvm_gpa_range_format(r, buf, sizeof(buf)), length, "format: length");
		eq_str(buf, rows[i].lower, "format: text");
		eq_int(axvm_gpa_range_format_upper(r, buf, sizeof(buf)), length,
		       "format_upper: length");
		eq_str(buf, rows[i].upper, "format_upper: text");
		memset(buf, '#', sizeof(buf));
		eq_int(axvm_gpa_range_format(r, buf, 5), length, "format cuts");
		ok(strncmp(buf, rows[i].lower, 4) == 0 && buf[4] == '\0' && buf[5] == '#',
		   "within the buffer");
	}
}

int main(void)
{
	test(test_new);
	test(test_from_start_size);
	test(test_one);
	test(test_contains);
	test(test_two);
	test(test_page_expand);
	test(test_page_iter);
	test(test_format);
	return done();
}
