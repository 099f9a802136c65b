/* SPDX-License-Identifier: Apache-2.0 */
/* The text forms of <axvm/gpa_range.h>. */
#include <axvm/gpa_range.h>

#include "tap.h"

#if AXVM_GPA_RANGE_TEXT_SIZE < 1
#error "TEXT_SIZE does not work in #if"
#endif

#define LAST UINT64_MAX

static const axvm_gpa_range untouched = AXVM_GPA_RANGE_INIT(0x5ca1, 0xab1e);

/* Any two ends, in order or not. */
static axvm_gpa_range range(uint64_t start, uint64_t end)
{
	return axvm_gpa_range_new_unchecked(axvm_gpa_new(start), axvm_gpa_new(end));
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
		{ LAST, LAST, "GPA:0xffffffffffffffff..GPA:0xffffffffffffffff",
		  "GPA:0xFFFFFFFFFFFFFFFF..GPA:0xFFFFFFFFFFFFFFFF" },
	};
	char buf[AXVM_GPA_RANGE_TEXT_SIZE];

	eq_uint(AXVM_GPA_RANGE_TEXT_SIZE, strlen(rows[3].lower) + 1, "TEXT_SIZE holds the longest");
	each_row(i, rows) {
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

static void test_parse(void)
{
	static const struct {
		const char *text;
		uint64_t start, end;
	} rows[] = {
		{ "0x1000..0x2000", 0x1000, 0x2000 },
		{ "GPA:0x1000..GPA:0x2000", 0x1000, 0x2000 },
		{ "GPA:0x1000..0x2000", 0x1000, 0x2000 },
		{ "0x1000..GPA:0x2000", 0x1000, 0x2000 },
		{ "4096..8192", 0x1000, 0x2000 },
		{ "0x1A00..0x2b_00", 0x1a00, 0x2b00 },
		{ "0..0", 0, 0 },
		{ "0x5..0x5", 5, 5 },
		{ "0..0xffffffffffffffff", 0, LAST },
		{ "0xffffffffffffffff..0xffffffffffffffff", LAST, LAST },
		{ "0x1000-0x1fff", 0x1000, 0x2000 },
		{ "GPA:0x1000-GPA:0x1fff", 0x1000, 0x2000 },
		{ "0-0", 0, 1 },
		{ "0-0xfffffffffffffffe", 0, LAST },
		{ "0x1000+0x1000", 0x1000, 0x2000 },
		{ "GPA:0x1000+0x1000", 0x1000, 0x2000 },
		{ "0x80000000+512M", 0x80000000, 0xa0000000 },
		{ "0x80000000+256 MiB", 0x80000000, 0x90000000 },
		{ "7+0", 7, 7 },
		{ "0xffffffffffffffff+0", LAST, LAST },
		{ "0xfffffffffffff000+0xfff", LAST - 0xfff, LAST },
	};
	static const char *const bad[] = {
		NULL, "", "GPA:", "0x1000", "..", "-", "+", "0x1000..", "..0x2000", "0x1000-", "0x1000+",
		"0x1000.0x2000", "0x1000...0x2000", "0x1000--0x2000", "0x1000 .. 0x2000", " 0x1000..0x2000",
		"0x1000..0x2000 ", "0x1000..0x2000\n", "0x1000..0x2000..0x3000", "0x1000-0x1fff-0x2fff",
		"0x1000..+0x1000", "0x1000+-1", "0x1000-+1", "0x1000:0x2000", "0x1000,0x2000", "0x1000@0x1000",
		"gpa:0x1000..0x2000", "GPA:GPA:0x1000..0x2000", "X:0x1000..0x2000",
		"GPA", "GPAx0x1000..0x2000", "GPA0x1000..0x2000", "GPA::0x1000..0x2000",
		/* not in order, or without an address for the last one */
		"0x2000..0x1000", "1..0", "0x2000-0x1000", "0x1000-0xfff", "1-0",
		/* an end above 2^64 - 1 */
		"0-0xffffffffffffffff", "0xffffffffffffffff-0xffffffffffffffff",
		"0xfffffffffffff000+0x1000", "1+0xffffffffffffffff", "0..0x10000000000000000",
		"0x10000000000000000..0", "0+16777216T",
		/* a size is no address, and an address no size */
		"1M..2M", "0x1000+GPA:0x1000", "0x1000+1KB",
		/* as /proc/iomem has them */
		"00001000-0009ffff", "fed00000-fed003ff", "10000000-1fffffff : System RAM",
	};
	axvm_gpa_range out = untouched;

	each_row(i, bad)
		ok(!axvm_gpa_range_parse(bad[i], &out), bad[i] ? bad[i] : "NULL");
	ok(axvm_gpa_range_eq(out, untouched), "nothing was written");
	each_row(i, rows) {
		axvm_gpa_range back = untouched, wanted = range(rows[i].start, rows[i].end);
		char buf[AXVM_GPA_RANGE_TEXT_SIZE];

		out = untouched;
		ok(axvm_gpa_range_parse(rows[i].text, &out), rows[i].text);
		ok(axvm_gpa_range_eq(out, wanted), rows[i].text);
		axvm_gpa_range_format_upper(wanted, buf, sizeof(buf));
		ok(axvm_gpa_range_parse(buf, &back), "what format writes is read");
		ok(axvm_gpa_range_eq(back, wanted), "as the same range");
	}
}

static void test_parse_hex(void)
{
	static const struct {
		const char *text;
		uint64_t start, end;
		const char *rest;
	} rows[] = {
		{ "40000000-47ffffff", 0x40000000, 0x48000000, "" },
		{ "40000000-47999999", 0x40000000, 0x4799999a, "" },
		{ "00001000-0009ffff", 0x1000, 0xa0000, "" },
		{ "fed00000-FED003ff", 0xfed00000, 0xfed00400, "" },
		{ "0-0", 0, 1, "" },
		{ "00000000-00000000", 0, 1, "" },
		{ "a-a", 10, 11, "" },
		{ "0-fffffffffffffffe", 0, LAST, "" },
		{ "00000000000000000000001000-0001fff", 0x1000, 0x2000, "" },
		{ "40000000-47ffffff : System RAM", 0x40000000, 0x48000000, " : System RAM" },
		{ "1-2-3", 1, 3, "-3" },
		{ "1-fg", 1, 16, "g" },
		{ "1-0x2", 0, 0, NULL },
		{ "1-2_0", 1, 3, "_0" },
		{ "1-2\n", 1, 3, "\n" },
		{ "1-2 ", 1, 3, " " },
	};
	static const char *const bad[] = {
		NULL, "", "-", "1", "1-", "-1", " 1-2", "1 -2", "1- 2", "1--2", "1..2", "1+2", "0x1-0x2",
		"GPA:1-2", "1_0-20", "g-h", "2-1", "1000-fff", "0-ffffffffffffffff",
		"ffffffffffffffff-ffffffffffffffff", "0-10000000000000000", "10000000000000000-0",
		"\xd9\xa1-2",
	};
	axvm_gpa_range out = untouched;
	const char *rest = bad[1];

	each_row(i, bad) {
		ok(!axvm_gpa_range_parse_hex(bad[i], &out), bad[i] ? bad[i] : "NULL");
		ok(!axvm_gpa_range_parse_hex_prefix(bad[i], &out, &rest), "nor as a prefix");
	}
	ok(axvm_gpa_range_eq(out, untouched) && rest == bad[1], "nothing was written");
	each_row(i, rows) {
		axvm_gpa_range wanted = range(rows[i].start, rows[i].end);

		if (!rows[i].rest) {
			/* Of "1-0x2" the last digit is the 0. */
			ok(!axvm_gpa_range_parse_hex_prefix(rows[i].text, &out, &rest), "inverted");
			continue;
		}
		/* The text and the rest may be one variable. */
		rest = rows[i].text;
		out = untouched;
		ok(axvm_gpa_range_parse_hex_prefix(rest, &out, &rest), rows[i].text);
		ok(axvm_gpa_range_eq(out, wanted), rows[i].text);
		eq_str(rest, rows[i].rest, "the rest");
		out = untouched;
		eq_int(axvm_gpa_range_parse_hex(rows[i].text, &out), rows[i].rest[0] == '\0', "whole");
		ok(axvm_gpa_range_eq(out, rows[i].rest[0] == '\0' ? wanted : untouched), "the same");
	}
}

int main(void)
{
	test(test_format);
	test(test_parse);
	test(test_parse_hex);
	return done();
}
