/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of vCPUs as text: lists and masks, written and read. */
#include <axvm/vcpu_set.h>

#include "tap.h"

#define FULL UINT64_MAX
#define TOP (UINT64_C(1) << 63)
#define UNTOUCHED UINT64_C(0x5ca1ab1e)
#define set(bits) axvm_vcpu_set_from_bits(bits)

static void test_list(void)
{
	static const struct {
		uint64_t bits;
		const char *list, *mask;
	} rows[] = {
		{ 0, "", "0x0" },
		{ 1, "0", "0x1" },
		{ 3, "0-1", "0x3" },
		{ 0x10f, "0-3,8", "0x10f" },
		{ 0x15, "0,2,4", "0x15" },
		{ TOP, "63", "0x8000000000000000" },
		{ TOP | 1, "0,63", "0x8000000000000001" },
		{ TOP >> 1 | TOP, "62-63", "0xc000000000000000" },
		{ FULL, "0-63", "0xffffffffffffffff" },
		{ FULL - 1, "1-63", "0xfffffffffffffffe" },
		{ UINT64_C(0x5555555555555555),
		  "0,2,4,6,8,10,12,14,16,18,20,22,24,26,28,30,32,34,36,38,40,42,44,46,48,50,52,54,"
		  "56,58,60,62",
		  "0x5555555555555555" },
	};
	char buf[AXVM_VCPU_SET_LIST_SIZE];

	each_row(i, rows) {
		axvm_vcpu_set s = set(rows[i].bits), out = set(UNTOUCHED);
		int length = (int)strlen(rows[i].list);

		eq_int(axvm_vcpu_set_format_list(s, NULL, 0), length, "format_list counts");
		eq_int(axvm_vcpu_set_format_list(s, buf, sizeof(buf)), length,
		       "format_list gives the length");
		eq_str(buf, rows[i].list, "format_list");
		ok(axvm_vcpu_set_parse_list(rows[i].list, &out), "parse_list reads it back");
		eq_uint(out.bits, rows[i].bits, "parse_list");

		length = (int)strlen(rows[i].mask);
		out = set(UNTOUCHED);
		eq_int(axvm_vcpu_set_format_mask(s, buf, sizeof(buf)), length,
		       "format_mask gives the length");
		eq_str(buf, rows[i].mask, "format_mask");
		ok(axvm_vcpu_set_parse_mask(rows[i].mask, &out), "parse_mask reads it back");
		eq_uint(out.bits, rows[i].bits, "parse_mask");
	}
	memset(buf, '#', sizeof(buf));
	eq_int(axvm_vcpu_set_format_list(set(0x10f), buf, 4), 5, "format_list cuts");
	ok(memcmp(buf, "0-3\0#", 5) == 0, "within the buffer");
	memset(buf, '#', sizeof(buf));
	eq_int(axvm_vcpu_set_format_mask(set(0x10f), buf, 1), 5, "format_mask cuts");
	ok(memcmp(buf, "\0#", 2) == 0, "within the buffer");
}

#if AXVM_VCPU_SET_LIST_SIZE < 1 || AXVM_VCPU_SET_MASK_SIZE < 1
#error "the sizes of texts do not work in #if"
#endif

/* How long `first-last` is, or `first` alone. */
static size_t item_length(unsigned int first, unsigned int last)
{
	size_t length = first < 10 ? 1 : 2;

	return first == last ? length : length + 1 + (last < 10 ? 1 : 2);
}

/* Of all sets: the best way to go on after each index is known before the one below. */
static void test_text_sizes(void)
{
	size_t longest[66] = { 0 }; /* of the items from an index on, each with its comma */
	uint64_t members[66] = { 0 };
	char buf[256];

	for (unsigned int i = 64; i-- != 0;) {
		longest[i] = longest[i + 1];
		members[i] = members[i + 1];
		for (unsigned int last = i; last < 64; last++) {
			/* The next item begins behind a gap. */
			size_t length = item_length(i, last) + 1 + longest[last + 2];

			if (length <= longest[i])
				continue;
			longest[i] = length;
			members[i] = axvm_vcpu_set_andnot(axvm_vcpu_set_mask(last + 1),
							  axvm_vcpu_set_mask(i))
					     .bits |
				     members[last + 2];
		}
	}
	eq_uint(AXVM_VCPU_SET_LIST_SIZE, longest[0], "LIST_SIZE: a NUL in place of the last comma");
	eq_int(axvm_vcpu_set_format_list(set(members[0]), buf, sizeof(buf)), (int)longest[0] - 1,
	       "and there is a set with that list");
	eq_int(axvm_vcpu_set_format_mask(set(FULL), buf, sizeof(buf)), AXVM_VCPU_SET_MASK_SIZE - 1,
	       "MASK_SIZE holds all digits");
}

static void test_parse_list(void)
{
	static const struct {
		const char *text;
		uint64_t bits;
	} good[] = {
		{ "8,0-3", 0x10f },   { "1,1,1", 2 },	    { "0-3,2-5", 0x3f },
		{ "0-7,^3", 0xf7 },   { "0-7,^2-5", 0xc3 }, { "^3,0-7", 0xff },
		{ "^0", 0 },	      { "0-63,^0-63", 0 },  { "5-5", 0x20 },
		{ "0-7,^3,3", 0xff }, { "007", 0x80 },	    { "00000000000000000000063", TOP },
		{ "0-3,8\n", 0x10f }, { "1\n", 2 },	    { "\n", 0 },
		{ "9", 0x200 },	      { "9-19", 0xffe00 },  { "49,^9", UINT64_C(1) << 49 },
	};
	static const char *const bad[] = {
		"64",
		"0-64",
		"3-1",
		" 1",
		"1 ",
		"1, 2",
		"1,,2",
		",",
		",1",
		"1,",
		"-",
		"-1",
		"1-",
		"0-",
		"0-\n",
		"0-,1",
		"1--2",
		"+1",
		"^",
		"^^1",
		"1-^2",
		"^,1",
		"a",
		"0x1",
		/* the neighbours of the digits in ASCII */
		"/",
		":",
		"1/",
		"1:",
		"1-2-3",
		"1;2",
		"1\n\n",
		"\n\n",
		"\n1",
		"1,\n",
		"1-\n",
		"^\n",
		"1\n,2",
		"1\r\n",
		"1 \n",
		"18446744073709551616",
		"18446744073709551617",
		"99999999999999999999999999",
		"1-18446744073709551618",
	};

	each_row(i, good) {
		axvm_vcpu_set out = set(UNTOUCHED);

		ok(axvm_vcpu_set_parse_list(good[i].text, &out), good[i].text);
		eq_uint(out.bits, good[i].bits, "gives its set");
	}
	each_row(i, bad) {
		axvm_vcpu_set out = set(UNTOUCHED);

		ok(!axvm_vcpu_set_parse_list(bad[i], &out), "parse_list refuses");
		eq_uint(out.bits, UNTOUCHED, "and writes nothing");
	}
	ok(!axvm_vcpu_set_parse_list(NULL, &(axvm_vcpu_set){ 0 }), "NULL is no list");
}

static void test_parse_mask(void)
{
	static const struct {
		const char *text;
		uint64_t bits;
	} good[] = {
		{ "0xff", 0xff },
		{ "0xFF", 0xff },
		{ "0xAbCdEf", 0xabcdef },
		{ "0x00000000000000000000000000000001", 1 },
		{ "0x0", 0 },
		{ "0xff\n", 0xff },
		{ "0x9", 9 },
		{ "0xa", 10 },
		{ "0xA", 10 },
	};
	static const char *const bad[] = {
		"",
		"0",
		"0x",
		"ff",
		"0Xff",
		"0xg",
		"0x-1",
		" 0x1",
		"0x1 ",
		"0x1,2",
		"x1",
		"0x ",
		"0x10000000000000000",
		"0x0xff",
		"0xfffffffffffffffff",
		"-0x1",
		"0x1\n\n",
		"0x\n",
		"\n",
		"0x\n1",
		"0x1\n1",
		"0x1\r\n",
		"0b1",
		/* the neighbours of the digits in ASCII */
		"0x/",
		"0x:",
		"0x@",
		"0xG",
		"0x`",
	};

	each_row(i, good) {
		axvm_vcpu_set out = set(UNTOUCHED);

		ok(axvm_vcpu_set_parse_mask(good[i].text, &out), good[i].text);
		eq_uint(out.bits, good[i].bits, "gives its set");
	}
	each_row(i, bad) {
		axvm_vcpu_set out = set(UNTOUCHED);

		ok(!axvm_vcpu_set_parse_mask(bad[i], &out), "parse_mask refuses");
		eq_uint(out.bits, UNTOUCHED, "and writes nothing");
	}
	ok(!axvm_vcpu_set_parse_mask(NULL, &(axvm_vcpu_set){ 0 }), "NULL is no mask");
}

int main(void)
{
	test(test_list);
	test(test_text_sizes);
	test(test_parse_list);
	test(test_parse_mask);
	return done();
}
