/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/text.h>

#include "tap.h"

#if AXVM_SIZE_TEXT_SIZE < 1 || AXVM_UINT_HEX_TEXT_SIZE < 1
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

static void test_uint(void)
{
	static const char *const sizes[] = { "1KiB", "1 MiB", "0x1GiB", "1k" };
	uint64_t out = UNTOUCHED;

	each_row(i, bad)
		ok(!axvm_uint_parse(bad[i], &out), bad[i] ? bad[i] : "NULL");
	each_row(i, sizes)
		ok(!axvm_uint_parse(sizes[i], &out), "a number has no unit");
	eq_uint(out, UNTOUCHED, "nothing was written");
	each_row(i, numbers) {
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

	each_row(i, bad)
		ok(!axvm_size_parse(bad[i], &out), bad[i] ? bad[i] : "NULL");
	each_row(i, bad_sizes)
		ok(!axvm_size_parse(bad_sizes[i], &out), bad_sizes[i]);
	eq_uint(out, UNTOUCHED, "nothing was written");
	each_row(i, numbers) {
		ok(axvm_size_parse(numbers[i].text, &out), "a number is a size");
		eq_uint(out, numbers[i].value, numbers[i].text);
	}
	each_row(i, sizes) {
		ok(axvm_size_parse(sizes[i].text, &out), sizes[i].text);
		eq_uint(out, sizes[i].value, sizes[i].text);
	}
}

/* What axvm_size_parse() reads, and what it does not. */
static void test_size_unit(void)
{
	static const struct {
		const char *text;
		uint64_t unit, value;
	} rows[] = {
		{ "512", 0x100000, 0x20000000 },
		{ "512", 1, 512 },
		{ "512", 0, 0 },
		{ "0", UINT64_MAX, 0 },
		{ "1", UINT64_MAX, UINT64_MAX },
		{ "0x10", 1000, 16000 },
		{ "512B", 0x100000, 512 },
		{ "512b", 0x100000, 512 },
		{ "512 B", 0x100000, 512 },
		{ "512M", 1, 0x20000000 },
		{ "512M", 0x400, 0x20000000 },
		{ "64k", 0x100000, 0x10000 },
		{ "1 GiB", 0x100000, 0x40000000 },
		{ "3T", 7, UINT64_C(3) << 40 },
		{ "3P", 7, UINT64_C(3) << 50 },
		{ "3p", 7, UINT64_C(3) << 50 },
		{ "3 PiB", 7, UINT64_C(3) << 50 },
		{ "15E", 7, UINT64_C(15) << 60 },
		{ "15e", 7, UINT64_C(15) << 60 },
		{ "15EiB", 7, UINT64_C(15) << 60 },
		{ "17592186044415", 0x100000, UINT64_MAX - 0xfffff },
		/* Digits of a number in hexadecimal, and suffixes after a space or another base. */
		{ "0x10B", 2, 2 * 0x10b },
		{ "0x1E", 2, 2 * 0x1e },
		{ "0x10 B", 2, 16 },
		{ "0x1 E", 2, UINT64_C(1) << 60 },
		{ "0o10B", 2, 8 },
		{ "0b10B", 4, 2 },
	};
	static const char *const refused[] = {
		"M", "B", " 1", "1 ", "1BB", "1KB", "1Ki", "1kiB", "1 kiB", "1BiB", "1Z", "1.5G", "-1", "01",
		"16E", "16384P", "17592186044416", "18446744073709551616B", "512M,",
		"0x7EiB",
	};
	uint64_t out = UNTOUCHED;
	const char *rest = bad[1];

	each_row(i, bad)
		ok(!axvm_size_parse_unit(bad[i], 1, &out), bad[i] ? bad[i] : "NULL");
	each_row(i, refused)
		ok(!axvm_size_parse_unit(refused[i], 0x100000, &out), refused[i]);
	ok(!axvm_size_parse_unit("2", UINT64_MAX, &out), "too large by the unit");
	ok(!axvm_size_parse_unit_prefix("17592186044416@0", 0x100000, &out, &rest), "as a prefix");
	ok(!axvm_size_parse_unit_prefix("@0", 0x100000, &out, &rest), "no number");
	ok(!axvm_size_parse_unit_prefix(NULL, 0x100000, &out, &rest), "NULL");
	eq_uint(out, UNTOUCHED, "nothing was written");
	ok(rest == bad[1], "not even where it stopped");
	each_row(i, rows) {
		out = UNTOUCHED;
		ok(axvm_size_parse_unit(rows[i].text, rows[i].unit, &out), rows[i].text);
		eq_uint(out, rows[i].value, rows[i].text);
		out = UNTOUCHED;
		ok(axvm_size_parse_unit_prefix(rows[i].text, rows[i].unit, &out, &rest), "prefix");
		ok(out == rows[i].value && *rest == '\0', "the same, and nothing is left");
	}
	rest = "512@2G";
	ok(axvm_size_parse_unit_prefix(rest, 0x100000, &out, &rest), "kvmtool's -m");
	eq_uint(out, 0x20000000, "MiB by default");
	eq_str(rest, "@2G", "the rest");
	ok(axvm_size_parse_unit_prefix("4KB", 1, &out, &rest) && out == 4096, "the longest size");
	eq_str(rest, "B", "and no unit after a unit");
	ok(axvm_size_parse_unit_prefix("4 @", 1, &out, &rest) && out == 4, "a space");
	eq_str(rest, " @", "belongs to a unit only");
}

static void test_uint_format_hex(void)
{
	static const struct {
		uint64_t value;
		unsigned int digits;
		const char *text;
	} rows[] = {
		{ 0, 0, "0x0" },
		{ 0, 1, "0x0" },
		{ 0, 4, "0x0000" },
		{ 0xabc, 0, "0xabc" },
		{ 0xabc, 3, "0xabc" },
		{ 0xabc, 4, "0x0abc" },
		{ 0xabcdef, 2, "0xabcdef" },
		{ 0x80000000, 10, "0x0080000000" },
		{ 0x80000000, 16, "0x0000000080000000" },
		{ UINT64_MAX, 16, "0xffffffffffffffff" },
		{ UINT64_MAX, 17, "0x0ffffffffffffffff" },
		{ 1, 20, "0x00000000000000000001" },
	};
	char buf[AXVM_UINT_HEX_TEXT_SIZE + 4];

	each_row(i, rows) {
		int length = (int)strlen(rows[i].text);
		uint64_t back = UNTOUCHED;

		eq_int(axvm_uint_format_hex(rows[i].value, rows[i].digits, NULL, 0), length, "counts");
		for (size_t size = 1; size <= sizeof(buf); size++) {
			size_t fits = size > (size_t)length ? (size_t)length : size - 1;

			memset(buf, '#', sizeof(buf));
			eq_int(axvm_uint_format_hex(rows[i].value, rows[i].digits, buf, size), length,
			       "length");
			ok(strncmp(buf, rows[i].text, fits) == 0 && buf[fits] == '\0', rows[i].text);
			ok(fits + 1 == sizeof(buf) || buf[fits + 1] == '#', "and no further");
		}
		ok(axvm_uint_parse(rows[i].text, &back) && back == rows[i].value, "is read back");
	}
	eq_int(axvm_uint_format_hex(UINT64_MAX, 16, buf, AXVM_UINT_HEX_TEXT_SIZE),
	       AXVM_UINT_HEX_TEXT_SIZE - 1, "TEXT_SIZE holds 16 digits");
	eq_int(axvm_uint_format_hex(5, INT32_MAX - 2, buf, 4), INT32_MAX, "the longest text");
	eq_str(buf, "0x0", "cut");
	eq_int(axvm_uint_format_hex(5, INT32_MAX - 1, buf, 4), -1, "one more is above INT_MAX");
	eq_int(axvm_uint_format_hex(5, UINT32_MAX, NULL, 0), -1, "and so are all digits");
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
	ok(rest >= row->text && rest <= row->text + strlen(row->text), "is in the text");
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

	each_row(i, numbers_first)
		check_prefix(axvm_uint_parse_prefix, &numbers_first[i]);
	each_row(i, sizes_first)
		check_prefix(axvm_size_parse_prefix, &sizes_first[i]);
	each_row(i, none) {
		const char *what = none[i] ? none[i] : "NULL";

		ok(!axvm_uint_parse_prefix(none[i], &out, &rest), what);
		ok(!axvm_size_parse_prefix(none[i], &out, &rest), what);
	}
	each_row(i, too_large)
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

	each_row(i, rows) {
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
	test(test_size_unit);
	test(test_uint_format_hex);
	return done();
}
