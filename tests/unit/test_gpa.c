/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa.h>

#include "tap.h"

#if AXVM_GPA_TEXT_SIZE < 1
#error "TEXT_SIZE does not work in #if"
#endif

#define LAST UINT64_MAX
#define LAST_PAGE (UINT64_MAX - 0xfff)
#define UNTOUCHED UINT64_C(0x5ca1ab1e)

static void test_values(void)
{
	static const uint64_t raw[] = { 0, 1, 0xfff, 0x1000, INT64_MAX, UINT64_C(1) << 63, LAST };
	axvm_gpa init = AXVM_GPA_INIT(0x1abc);

	eq_uint(init.addr, 0x1abc, "INIT holds the number");
	each_row(i, raw) {
		eq_uint(axvm_gpa_new(raw[i]).addr, raw[i], "new holds the number");
		eq_uint(axvm_gpa_value(axvm_gpa_new(raw[i])), raw[i], "value gives it back");
		each_row(j, raw) {
			axvm_gpa a = axvm_gpa_new(raw[i]), b = axvm_gpa_new(raw[j]);

			/* The table ascends, so indexes order as addresses do. */
			eq_int(axvm_gpa_cmp(a, b), (i > j) - (i < j), "cmp orders as numbers");
			eq_int(axvm_gpa_eq(a, b), i == j, "eq is equality of numbers");
		}
	}
}

static void test_align(void)
{
	static const struct {
		uint64_t addr, align, down, offset, up;
		bool up_fits;
	} rows[] = {
		{ 0, 1, 0, 0, 0, true },
		{ 1, 1, 1, 0, 1, true },
		{ LAST, 1, LAST, 0, LAST, true },
		{ 0, 0x1000, 0, 0, 0, true },
		{ 1, 0x1000, 0, 1, 0x1000, true },
		{ 0xfff, 0x1000, 0, 0xfff, 0x1000, true },
		{ 0x1000, 0x1000, 0x1000, 0, 0x1000, true },
		{ 0x1001, 0x1000, 0x1000, 1, 0x2000, true },
		{ 0x1fffff, 0x200000, 0, 0x1fffff, 0x200000, true },
		{ 0x40000001, 0x40000000, 0x40000000, 1, 0x80000000, true },
		{ LAST_PAGE - 1, 0x1000, LAST_PAGE - 0x1000, 0xfff, LAST_PAGE, true },
		{ LAST_PAGE, 0x1000, LAST_PAGE, 0, LAST_PAGE, true },
		{ LAST_PAGE + 1, 0x1000, LAST_PAGE, 1, 0, false },
		{ LAST, 0x1000, LAST_PAGE, 0xfff, 0, false },
		{ 1, UINT64_C(1) << 63, 0, 1, UINT64_C(1) << 63, true },
		{ LAST, UINT64_C(1) << 63, UINT64_C(1) << 63, INT64_MAX, 0, false },
	};

	each_row(i, rows) {
		axvm_gpa a = axvm_gpa_new(rows[i].addr), out = axvm_gpa_new(UNTOUCHED);
		uint64_t align = rows[i].align;

		eq_uint(axvm_gpa_align_down(a, align).addr, rows[i].down, "align_down");
		eq_uint(axvm_gpa_align_offset(a, align), rows[i].offset, "align_offset");
		eq_int(axvm_gpa_is_aligned(a, align), rows[i].offset == 0, "is_aligned");
		eq_uint(axvm_gpa_wrapping_align_up(a, align).addr, rows[i].up, "wrapping_align_up");
		eq_int(axvm_gpa_checked_align_up(a, align, &out), rows[i].up_fits,
		       "checked_align_up returns");
		eq_uint(out.addr, rows[i].up_fits ? rows[i].up : UNTOUCHED,
			"checked_align_up writes on success only");
		if (rows[i].up_fits)
			eq_uint(axvm_gpa_align_up(a, align).addr, rows[i].up, "align_up");
		else
			traps(axvm_gpa_align_up(a, align), "align_up past the end traps");
		if (align != 0x1000)
			continue;
		eq_uint(axvm_gpa_align_down_4k(a).addr, rows[i].down, "align_down_4k");
		eq_uint(axvm_gpa_align_offset_4k(a), rows[i].offset, "align_offset_4k");
		eq_int(axvm_gpa_is_aligned_4k(a), rows[i].offset == 0, "is_aligned_4k");
		if (rows[i].up_fits)
			eq_uint(axvm_gpa_align_up_4k(a).addr, rows[i].up, "align_up_4k");
		else
			traps(axvm_gpa_align_up_4k(a), "align_up_4k past the end traps");
	}
}

static void test_bad_align(void)
{
	static const uint64_t bad[] = { 0, 3, 0x1001, LAST };

	each_row(i, bad) {
		axvm_gpa out = axvm_gpa_new(UNTOUCHED);

		ok(!axvm_gpa_checked_align_up(axvm_gpa_new(0), bad[i], &out),
		   "checked_align_up wants a power of two");
		eq_uint(out.addr, UNTOUCHED, "and leaves its out-parameter");
	}
	eq_uint(axvm_gpa_align_down(axvm_gpa_new(0x1234), 0).addr, 0, "align_down by 0");
	eq_uint(axvm_gpa_align_offset(axvm_gpa_new(0x1234), 0), 0x1234, "align_offset by 0");
	eq_uint(axvm_gpa_wrapping_align_up(axvm_gpa_new(0x1234), 0).addr, 0, "align up by 0");
	traps(axvm_gpa_align_up(axvm_gpa_new(0x1234), 0), "align_up by 0 falls below and traps");
}

static void test_add_sub(void)
{
	static const struct {
		uint64_t a, n, sum, difference;
		bool sum_fits, difference_fits;
	} rows[] = {
		{ 0, 0, 0, 0, true, true },
		{ 0, 1, 1, LAST, true, false },
		{ 1, 1, 2, 0, true, true },
		{ 0x1000, 0xfff, 0x1fff, 1, true, true },
		{ LAST, 0, LAST, LAST, true, true },
		{ LAST, 1, 0, LAST - 1, false, true },
		{ LAST, LAST, LAST - 1, 0, false, true },
		{ 1, LAST, 0, 2, false, false },
		{ 0, LAST, LAST, 1, true, false },
		{ LAST_PAGE, 0xfff, LAST, LAST_PAGE - 0xfff, true, true },
		{ LAST_PAGE, 0x1000, 0, LAST_PAGE - 0x1000, false, true },
	};

	each_row(i, rows) {
		axvm_gpa a = axvm_gpa_new(rows[i].a), b = axvm_gpa_new(rows[i].n), out;
		uint64_t n = rows[i].n, number;

		eq_uint(axvm_gpa_wrapping_add(a, n).addr, rows[i].sum, "wrapping_add");
		eq_int(axvm_gpa_overflowing_add(a, n, &out), !rows[i].sum_fits,
		       "overflowing_add returns");
		eq_uint(out.addr, rows[i].sum, "overflowing_add writes always");
		out.addr = UNTOUCHED;
		eq_int(axvm_gpa_checked_add(a, n, &out), rows[i].sum_fits, "checked_add returns");
		eq_uint(out.addr, rows[i].sum_fits ? rows[i].sum : UNTOUCHED,
			"checked_add writes on success only");
		if (rows[i].sum_fits)
			eq_uint(axvm_gpa_add(a, n).addr, rows[i].sum, "add");
		else
			traps(axvm_gpa_add(a, n), "add traps on overflow");

		eq_uint(axvm_gpa_wrapping_sub(a, n).addr, rows[i].difference, "wrapping_sub");
		eq_int(axvm_gpa_overflowing_sub(a, n, &out), !rows[i].difference_fits,
		       "overflowing_sub returns");
		eq_uint(out.addr, rows[i].difference, "overflowing_sub writes always");
		out.addr = UNTOUCHED;
		eq_int(axvm_gpa_checked_sub(a, n, &out), rows[i].difference_fits,
		       "checked_sub returns");
		eq_uint(out.addr, rows[i].difference_fits ? rows[i].difference : UNTOUCHED,
			"checked_sub writes on success only");
		if (rows[i].difference_fits)
			eq_uint(axvm_gpa_sub(a, n).addr, rows[i].difference, "sub");
		else
			traps(axvm_gpa_sub(a, n), "sub traps on overflow");

		eq_uint(axvm_gpa_wrapping_sub_addr(a, b), rows[i].difference, "wrapping_sub_addr");
		eq_int(axvm_gpa_overflowing_sub_addr(a, b, &number), !rows[i].difference_fits,
		       "overflowing_sub_addr returns");
		eq_uint(number, rows[i].difference, "overflowing_sub_addr writes always");
		number = UNTOUCHED;
		eq_int(axvm_gpa_checked_sub_addr(a, b, &number), rows[i].difference_fits,
		       "checked_sub_addr returns");
		eq_uint(number, rows[i].difference_fits ? rows[i].difference : UNTOUCHED,
			"checked_sub_addr writes on success only");
		if (rows[i].difference_fits)
			eq_uint(axvm_gpa_sub_addr(a, b), rows[i].difference, "sub_addr");
		else
			traps(axvm_gpa_sub_addr(a, b), "sub_addr traps on overflow");
	}
}

static void test_offset(void)
{
	static const struct {
		uint64_t a;
		int64_t n;
		uint64_t moved;
		bool fits;
	} rows[] = {
		{ 0, 0, 0, true },
		{ 0, 1, 1, true },
		{ 0, -1, LAST, false },
		{ 1, -1, 0, true },
		{ 1, -2, LAST, false },
		{ LAST, 1, 0, false },
		{ LAST, -1, LAST - 1, true },
		{ LAST, INT64_MIN, INT64_MAX, true },
		{ 0, INT64_MAX, INT64_MAX, true },
		{ UINT64_C(1) << 63, INT64_MAX, LAST, true },
		{ (UINT64_C(1) << 63) + 1, INT64_MAX, 0, false },
		{ UINT64_C(1) << 63, INT64_MIN, 0, true },
		{ INT64_MAX, INT64_MIN, LAST, false },
	};

	each_row(i, rows) {
		axvm_gpa a = axvm_gpa_new(rows[i].a), out = axvm_gpa_new(UNTOUCHED);

		eq_uint(axvm_gpa_wrapping_offset(a, rows[i].n).addr, rows[i].moved,
			"wrapping_offset");
		eq_int(axvm_gpa_checked_offset(a, rows[i].n, &out), rows[i].fits,
		       "checked_offset returns");
		eq_uint(out.addr, rows[i].fits ? rows[i].moved : UNTOUCHED,
			"checked_offset writes on success only");
		if (rows[i].fits)
			eq_uint(axvm_gpa_offset(a, rows[i].n).addr, rows[i].moved, "offset");
		else
			traps(axvm_gpa_offset(a, rows[i].n), "offset traps on overflow");
	}
}

static void test_offset_from(void)
{
	static const struct {
		uint64_t a, base;
		int64_t distance;
		bool fits;
	} rows[] = {
		{ 0, 0, 0, true },
		{ 1, 0, 1, true },
		{ 0, 1, -1, true },
		{ LAST, LAST, 0, true },
		{ LAST, 0, 0, false },
		{ 0, LAST, 0, false },
		{ INT64_MAX, 0, INT64_MAX, true },
		{ UINT64_C(1) << 63, 0, 0, false },
		{ 0, UINT64_C(1) << 63, INT64_MIN, true },
		{ 0, (UINT64_C(1) << 63) + 1, 0, false },
		{ LAST, UINT64_C(1) << 63, INT64_MAX, true },
	};

	each_row(i, rows) {
		axvm_gpa a = axvm_gpa_new(rows[i].a), base = axvm_gpa_new(rows[i].base);
		int64_t out = 77;

		eq_int(axvm_gpa_checked_offset_from(a, base, &out), rows[i].fits,
		       "checked_offset_from returns");
		eq_int(out, rows[i].fits ? rows[i].distance : 77,
		       "checked_offset_from writes on success only");
		if (rows[i].fits)
			eq_int(axvm_gpa_offset_from(a, base), rows[i].distance, "offset_from");
		else
			traps(axvm_gpa_offset_from(a, base), "offset_from traps");
	}
}

static void test_format(void)
{
	static const struct {
		uint64_t addr;
		const char *lower, *upper;
	} rows[] = {
		{ 0, "GPA:0x0", "GPA:0x0" },
		{ 0x1abc, "GPA:0x1abc", "GPA:0x1ABC" },
		{ 0x80000000, "GPA:0x80000000", "GPA:0x80000000" },
		{ LAST, "GPA:0xffffffffffffffff", "GPA:0xFFFFFFFFFFFFFFFF" },
	};
	char buf[40];

	eq_uint(AXVM_GPA_TEXT_SIZE, strlen(rows[3].lower) + 1, "TEXT_SIZE holds the last address");
	each_row(i, rows) {
		axvm_gpa a = axvm_gpa_new(rows[i].addr);
		int length = (int)strlen(rows[i].lower);

		eq_int(axvm_gpa_format(a, NULL, 0), length, "format counts without a buffer");
		eq_int(axvm_gpa_format(a, buf, sizeof(buf)), length, "format gives the length");
		eq_str(buf, rows[i].lower, "format writes the text");
		eq_int(axvm_gpa_format_upper(a, buf, sizeof(buf)), length,
		       "format_upper gives the length");
		eq_str(buf, rows[i].upper, "format_upper changes the digits only");

		memset(buf, '#', sizeof(buf));
		eq_int(axvm_gpa_format(a, buf, (size_t)length), length, "format cuts");
		ok(strncmp(buf, rows[i].lower, (size_t)length - 1) == 0 &&
			   buf[length - 1] == '\0' && buf[length] == '#',
		   "what is cut ends by a NUL within the buffer");
		memset(buf, '#', sizeof(buf));
		eq_int(axvm_gpa_format_upper(a, buf, 1), length, "a buffer of 1 holds the NUL");
		ok(buf[0] == '\0' && buf[1] == '#', "and nothing else");
	}
}

static void test_parse(void)
{
	static const struct {
		const char *text;
		uint64_t addr;
	} rows[] = {
		{ "0", 0 },
		{ "GPA:0x0", 0 },
		{ "GPA:0x1abc", 0x1abc },
		{ "0x1ABC", 0x1abc },
		{ "GPA:4096", 4096 },
		{ "0x1_0000_0000", UINT64_C(1) << 32 },
		{ "GPA:0xffffffffffffffff", LAST },
	};
	static const char *const bad[] = {
		NULL, "", "GPA:", "GPA", "gpa:0x1", "XGPA:0x1", ":0x1", " GPA:0x1", "GPA: 0x1",
		"GPA:0x1 ", "GPA:GPA:0x1", "GPA:-1", "GPA:01", "GPA:0x10000000000000000", "1 KiB",
	};
	axvm_gpa out = axvm_gpa_new(UNTOUCHED);
	char buf[40];

	each_row(i, bad)
		ok(!axvm_gpa_parse(bad[i], &out), bad[i] ? bad[i] : "NULL");
	eq_uint(out.addr, UNTOUCHED, "nothing was written");
	each_row(i, rows) {
		ok(axvm_gpa_parse(rows[i].text, &out), rows[i].text);
		eq_uint(out.addr, rows[i].addr, rows[i].text);
		axvm_gpa_format_upper(axvm_gpa_new(rows[i].addr), buf, sizeof(buf));
		ok(axvm_gpa_parse(buf, &out), "what format writes is read");
		eq_uint(out.addr, rows[i].addr, "as the same address");
	}
}

int main(void)
{
	test(test_values);
	test(test_align);
	test(test_bad_align);
	test(test_add_sub);
	test(test_offset);
	test(test_offset_from);
	test(test_format);
	test(test_parse);
	return done();
}
