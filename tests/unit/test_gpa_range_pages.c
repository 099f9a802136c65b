/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of <axvm/gpa_range.h>. */
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
		{ 5, 7, 0x200000000, true, 0, 0x200000000 },
	};

	each_row(i, rows) {
		axvm_gpa_range out = untouched;

		eq_int(axvm_gpa_range_page_expand(range(rows[i].start, rows[i].end),
						  rows[i].page_size, &out),
		       rows[i].fits, "page_expand returns");
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

	each_row(i, rows) {
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

int main(void)
{
	test(test_page_expand);
	test(test_page_iter);
	return done();
}
