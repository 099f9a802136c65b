/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/text.h>

#include "tap.h"

#if AXVM_SIZE_TEXT_SIZE < 1
#error "TEXT_SIZE does not work in #if"
#endif

#define UNTOUCHED UINT64_C(0x5ca1ab1e)

struct row {
	const char *text;
	uint64_t value;
};

static const struct row numbers[] = {
	{ "0", 0 },
	{ "1", 1 },
	{ "10", 10 },
	{ "1_000", 1000 },
	{ "1_2_3", 123 },
	{ "0x0", 0 },
	{ "0x00ff", 0xff },
	{ "0xDEAD_beef", 0xdeadbeef },
	{ "0x1_ce80_0000", UINT64_C(0x1ce800000) },
	{ "0o17", 15 },
	{ "0o07", 7 },
	{ "0b101", 5 },
	{ "0b1_0", 2 },
	{ "18446744073709551615", UINT64_MAX },
	{ "0xffffffffffffffff", UINT64_MAX },
	{ "0x0000000000000000ffffffffffffffff", UINT64_MAX },
	{ "0o1777777777777777777777", UINT64_MAX },
	{ "0b1111111111111111111111111111111111111111111111111111111111111111", UINT64_MAX },
};

/* What neither a number nor a size is. */
static const char *const bad[] = {
	NULL, "", " ", "_", "+1", "-1", " 1", "1 ", "1\n", "00", "01", "0_1", "_1", "1_", "1__0",
	"0x", "0o", "0b", "0x_1", "0x1_", "0x1__2", "0X1", "0O7", "0B1", "0xg", "0o8", "0b2", "12a",
	"1.0", "1e3", "x1", "0x1 0", "18446744073709551616", "0x10000000000000000",
	"0o2000000000000000000000", "99999999999999999999999999999999", "\xd9\xa1",
	"0b10000000000000000000000000000000000000000000000000000000000000000",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_uint(void)
{
	static const char *const sizes[] = { "1KiB", "1 MiB", "0x1GiB", "1k" };
	uint64_t out = UNTOUCHED;

	for (size_t i = 0; i < COUNT(bad); i++)
		ok(!axvm_uint_parse(bad[i], &out), bad[i] ? bad[i] : "NULL");
	for (size_t i = 0; i < COUNT(sizes); i++)
		ok(!axvm_uint_parse(sizes[i], &out), "a number has no unit");
	eq_uint(out, UNTOUCHED, "nothing was written");
	for (size_t i = 0; i < COUNT(numbers); i++) {
		out = UNTOUCHED;
		ok(axvm_uint_parse(numbers[i].text, &out), numbers[i].text);
		eq_uint(out, numbers[i].value, numbers[i].text);
	}
}

static void test_size(void)
{
	static const struct row sizes[] = {
		{ "0KiB", 0 },
		{ "0 TiB", 0 },
		{ "1KiB", 1024 },
		{ "1 KiB", 1024 },
		{ "0x10 MiB", 0x1000000 },
		{ "0b1GiB", 0x40000000 },
		{ "1_0 TiB", UINT64_C(10) << 40 },
		{ "16777215 TiB", UINT64_C(16777215) << 40 },
		{ "18014398509481983 KiB", UINT64_C(18014398509481983) << 10 },
		{ "64k", 0x10000 },
		{ "64K", 0x10000 },
		{ "512M", 0x20000000 },
		{ "512m", 0x20000000 },
		{ "2G", UINT64_C(0x80000000) },
		{ "2g", UINT64_C(0x80000000) },
		{ "1T", UINT64_C(1) << 40 },
		{ "1t", UINT64_C(1) << 40 },
		{ "0x10 M", 0x1000000 },
		{ "0k", 0 },
		{ "16777215T", UINT64_C(16777215) << 40 },
	};
	static const char *const bad_sizes[] = {
		"KiB", " KiB", "1  KiB", "1 KiB ", "1 kiB", "1 Kib", "1 KB", "1KB", "1kB", "1 B", "1B",
		"1 PiB", "1P", "1Ki", "1K ", "1KK", "1M1", "M", "K1", "1 ", "1  K", "16777216T",
		"18014398509481984k", "1 KiB KiB", "1\tKiB", "-1 KiB", "01 KiB", "1_ KiB", "16777216 TiB",
		"18014398509481984 KiB", "1.5 GiB",
	};
	uint64_t out = UNTOUCHED;

	for (size_t i = 0; i < COUNT(bad); i++)
		ok(!axvm_size_parse(bad[i], &out), bad[i] ? bad[i] : "NULL");
	for (size_t i = 0; i < COUNT(bad_sizes); i++)
		ok(!axvm_size_parse(bad_sizes[i], &out), bad_sizes[i]);
	eq_uint(out, UNTOUCHED, "nothing was written");
	for (size_t i = 0; i < COUNT(numbers); i++) {
		ok(axvm_size_parse(numbers[i].text, &out), "a number is a size");
		eq_uint(out, numbers[i].value, numbers[i].text);
	}
	for (size_t i = 0; i < COUNT(sizes); i++) {
		ok(axvm_size_parse(sizes[i].text, &out), sizes[i].text);
		eq_uint(out, sizes[i].value, sizes[i].text);
	}
}

struct prefix_row {
	const char *text;
	uint64_t value;
	const char *rest;
};

static void check_prefix(bool parse(const char *, uint64_t *, const char **),
			 const struct prefix_row *row)
{
	const char *rest = row->text;
	uint64_t out = UNTOUCHED;

	/* The text and the rest may be one variable. */
	ok(parse(rest, &out, &rest), row->text);
	eq_uint(out, row->value, row->text);
	eq_str(rest, row->rest, "the rest");
	ok(rest >= row->text && rest <= row->text + strlen(row->text), "lies in the text");
}

static void test_prefix(void)
{
	static const struct prefix_row numbers_first[] = {
		{ "0", 0, "" },		   { "512@0x80000000", 512, "@0x80000000" },
		{ "0x1fz", 0x1f, "z" },	   { "1_000_", 1000, "_" },
		{ "1__0", 1, "__0" },	   { "12a", 12, "a" },
		{ "0b12", 1, "2" },	   { "0 ", 0, " " },
		{ "0X1", 0, "X1" },	   { "1\n", 1, "\n" },
		{ "64k", 64, "k" },	   { "18446744073709551615,", UINT64_MAX, "," },
		{ "0x10_g", 0x10, "_g" },   { "0_x", 0, "_x" },
		{ "1_a", 1, "_a" },	   { "0o7_8", 7, "_8" },
		{ "0b1_2", 1, "_2" },	   { "0o78", 7, "8" },
	};
	static const struct prefix_row sizes_first[] = {
		{ "512M@0x80000000", 0x20000000, "@0x80000000" },
		{ "1GiB,share", 0x40000000, ",share" },
		{ "1 GiB@0", 0x40000000, "@0" },
		{ "64k", 0x10000, "" },
		{ "4096", 4096, "" },
		{ "4KB", 4096, "B" },
		{ "4Ki", 4096, "i" },
		{ "4 @", 4, " @" },
		{ "4 ", 4, " " },
		{ "4  K", 4, "  K" },
		{ "4 KiBK", 4096, "K" },
		{ "4kk", 4096, "k" },
		{ "0x20M@0x4000_0000", 0x2000000, "@0x4000_0000" },
		{ "16777215T+", UINT64_C(16777215) << 40, "+" },
	};
	static const char *const none[] = {
		NULL, "", "@", " 1", "-1", "+1", "_1", "0x", "0xg", "0o8", "0b", "01", "00", "M", "x",
		"18446744073709551616@", "0x10000000000000000",
	};
	static const char *const too_large[] = { "16777216T", "18014398509481984K@1" };
	const char *rest = none[1];
	uint64_t out = UNTOUCHED;

	for (size_t i = 0; i < COUNT(numbers_first); i++)
		check_prefix(axvm_uint_parse_prefix, &numbers_first[i]);
	for (size_t i = 0; i < COUNT(sizes_first); i++)
		check_prefix(axvm_size_parse_prefix, &sizes_first[i]);
	for (size_t i = 0; i < COUNT(none); i++) {
		const char *what = none[i] ? none[i] : "NULL";

		ok(!axvm_uint_parse_prefix(none[i], &out, &rest), what);
		ok(!axvm_size_parse_prefix(none[i], &out, &rest), what);
	}
	for (size_t i = 0; i < COUNT(too_large); i++)
		ok(!axvm_size_parse_prefix(too_large[i], &out, &rest), too_large[i]);
	eq_uint(out, UNTOUCHED, "nothing was written");
	ok(rest == none[1], "not even where it stopped");
}

static void test_size_format(void)
{
	static const struct row rows[] = {
		{ "0", 0 },
		{ "1", 1 },
		{ "1023", 1023 },
		{ "1 KiB", 1024 },
		{ "1025", 1025 },
		{ "1023 KiB", 0xffc00 },
		{ "1 MiB", 0x100000 },
		{ "256 MiB", 0x10000000 },
		{ "1536 MiB", 0x60000000 },
		{ "1 GiB", 0x40000000 },
		{ "1048577 KiB", 0x40000400 },
		{ "1 TiB", UINT64_C(1) << 40 },
		{ "8388608 TiB", UINT64_C(1) << 63 },
		{ "18446744073709551615", UINT64_MAX },
		{ "18014398509481983 KiB", UINT64_MAX - 1023 },
		{ "17592186044415 MiB", UINT64_MAX - 0xfffff },
		{ "17179869183 GiB", UINT64_MAX - 0x3fffffff },
		{ "16777215 TiB", UINT64_MAX - ((UINT64_C(1) << 40) - 1) },
	};
	char buf[AXVM_SIZE_TEXT_SIZE];
	size_t longest = 0;

	for (size_t i = 0; i < COUNT(rows); i++) {
		int length = (int)strlen(rows[i].text);
		uint64_t back = UNTOUCHED;

		eq_int(axvm_size_format(rows[i].value, NULL, 0), length, "counts without a buffer");
		eq_int(axvm_size_format(rows[i].value, buf, sizeof(buf)), length, "length");
		eq_str(buf, rows[i].text, "text");
		ok(axvm_size_parse(buf, &back), "what it writes is read");
		eq_uint(back, rows[i].value, "as the same size");
		longest = (size_t)length > longest ? (size_t)length : longest;
	}
	/* The rows hold the greatest size of each unit. */
	eq_uint(AXVM_SIZE_TEXT_SIZE, longest + 1, "TEXT_SIZE holds the longest");
	memset(buf, '#', sizeof(buf));
	eq_int(axvm_size_format(0x10000000, buf, 4), 7, "cuts");
	ok(strcmp(buf, "256") == 0 && buf[4] == '#', "and ends within the buffer");
}

int main(void)
{
	test(test_uint);
	test(test_size);
	test(test_prefix);
	test(test_size_format);
	return done();
}
