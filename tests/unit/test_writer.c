/* SPDX-License-Identifier: Apache-2.0 */
#include "writer.h"

#include <limits.h>

#include "tap.h"

static void test_numbers(void)
{
	static const struct {
		int64_t value;
		const char *text;
	} ints[] = {
		{ 0, "0" },
		{ -1, "-1" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};
	struct axvm_writer w;
	char buf[64];

	each_row(i, ints) {
		axvm_writer_init(&w, buf, sizeof(buf));
		axvm_writer_int(&w, ints[i].value);
		eq_int(axvm_writer_end(&w), (int)strlen(ints[i].text), "length of an int");
		eq_str(buf, ints[i].text, "int");
	}
	axvm_writer_init(&w, buf, sizeof(buf));
	axvm_writer_uint(&w, UINT64_MAX);
	axvm_writer_str(&w, " ");
	axvm_writer_hex(&w, UINT64_MAX);
	axvm_writer_str(&w, " ");
	axvm_writer_hex_upper(&w, 0xab);
	eq_int(axvm_writer_end(&w), 20 + 1 + 18 + 1 + 4, "length of three numbers");
	eq_str(buf, "18446744073709551615 0xffffffffffffffff 0xAB", "the greatest numbers");
}

static void test_quoted(void)
{
	struct axvm_writer w;
	char buf[64];

	axvm_writer_init(&w, buf, sizeof(buf));
	axvm_writer_quoted(&w, "a\"b\\c\n\t\x01\x1b\x1f \x7f\xc3\xa9");
	axvm_writer_end(&w);
	eq_str(buf, "\"a\\\"b\\\\c\\n\\t\\x01\\x1b\\x1f \\x7f\xc3\xa9\"",
	       "what hurts a terminal is escaped");
}

static void test_cut(void)
{
	struct axvm_writer w;
	char buf[] = "####";

	axvm_writer_init(&w, buf, 4);
	ok(axvm_writer_fits(&w, 3), "three fit into four bytes");
	ok(!axvm_writer_fits(&w, 4), "four do not, with the NUL");
	axvm_writer_cut(&w, "ab", 2);
	eq_str(buf, "ab##", "cut writes what there is room for");
	axvm_writer_cut(&w, "abcdef", 6);
	eq_str(buf, "abc#", "and leaves the last byte for the NUL");
	eq_uint(w.length, 0, "it counts nothing");
	w.length = 3;
	axvm_writer_cut(&w, "x", 1);
	w.length = 4;
	axvm_writer_cut(&w, "x", 1);
	eq_str(buf, "abc#", "a full buffer stays as it is");
}

/* Zeros before a number are cut as its digits are, and nothing past it is written. */
static void test_padded(void)
{
	static const struct {
		size_t size;
		unsigned int digits;
		uint64_t value;
		const char *text;
	} rows[] = {
		{ 5, 0, 0xa, "0xa#####" },   { 5, 1, 0xa, "0xa#####" },
		{ 5, 2, 0xa, "0x0a####" },   { 5, 3, 0xa, "0x00####" },
		{ 5, 300, 0xa, "0x00####" }, { 5, 2, 0xab, "0xab####" },
		{ 5, 2, 0xabc, "0xab####" }, { 5, 300, UINT64_MAX, "0x00####" },
		{ 9, 1, 0xa, "0xa#####" },   { 9, 2, 0xa, "0x0a####" },
		{ 9, 3, 0xab, "0x0ab###" },  { 9, 6, 0xab, "0x0000ab" },
		{ 2, 4, 0xa, "0#######" },   { 3, 4, 0xa, "0x######" },
		{ 0, 4, 0xa, "########" },
	};

	each_row(i, rows) {
		struct axvm_writer w;
		char buf[] = "########";

		axvm_writer_init(&w, buf, rows[i].size);
		axvm_writer_hex_padded(&w, rows[i].value, rows[i].digits);
		eq_str(buf, rows[i].text, "the last byte is left for the NUL");
	}
}

static void test_limits(void)
{
	struct axvm_writer w;
	char buf[4] = "###";

	axvm_writer_init(&w, buf, sizeof(buf));
	w.length = (uint64_t)INT_MAX - 1;
	axvm_writer_str(&w, "x");
	eq_int(axvm_writer_end(&w), INT_MAX, "INT_MAX is the greatest length");
	ok(buf[3] == '\0', "with a NUL in the last byte");
	axvm_writer_str(&w, "x");
	eq_int(axvm_writer_end(&w), -1, "above it there is none");
	w.length = UINT32_MAX;
	axvm_writer_str(&w, "x");
	eq_int(axvm_writer_end(&w), -1, "nor where a 32-bit size would wrap");
}

int main(void)
{
	test(test_numbers);
	test(test_quoted);
	test(test_cut);
	test(test_padded);
	test(test_limits);
	return done();
}
