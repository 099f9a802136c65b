/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/text.h>

#include "tap.h"

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
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_uint(void)
{
	static const char *const sizes[] = { "1KiB", "1 MiB", "0x1GiB" };
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
	};
	static const char *const bad_sizes[] = {
		"KiB", " KiB", "1  KiB", "1 KiB ", "1 kiB", "1 Kib", "1 KB", "1K", "1 B", "1 PiB",
		"1 KiB KiB", "1\tKiB", "-1 KiB", "01 KiB", "1_ KiB", "16777216 TiB",
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
	};
	char buf[32];

	for (size_t i = 0; i < COUNT(rows); i++) {
		int length = (int)strlen(rows[i].text);
		uint64_t back = UNTOUCHED;

		eq_int(axvm_size_format(rows[i].value, NULL, 0), length, "counts without a buffer");
		eq_int(axvm_size_format(rows[i].value, buf, sizeof(buf)), length, "length");
		eq_str(buf, rows[i].text, "text");
		ok(axvm_size_parse(buf, &back), "what it writes is read");
		eq_uint(back, rows[i].value, "as the same size");
	}
	memset(buf, '#', sizeof(buf));
	eq_int(axvm_size_format(0x10000000, buf, 4), 7, "cuts");
	ok(strcmp(buf, "256") == 0 && buf[4] == '#', "and ends within the buffer");
}

int main(void)
{
	test(test_uint);
	test(test_size);
	test(test_size_format);
	return done();
}
