/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/mapping_flags.h>

#include "tap.h"

#if AXVM_MAPPING_FLAGS_TEXT_SIZE < 1
#error "TEXT_SIZE does not work in #if"
#endif

static const struct {
	axvm_mapping_flags constant, value;
	const char *name;
} rows[] = {
	{ AXVM_MAPPING_READ, 0x1, "READ" },	  { AXVM_MAPPING_WRITE, 0x2, "WRITE" },
	{ AXVM_MAPPING_EXECUTE, 0x4, "EXECUTE" }, { AXVM_MAPPING_USER, 0x8, "USER" },
	{ AXVM_MAPPING_DEVICE, 0x10, "DEVICE" },  { AXVM_MAPPING_UNCACHED, 0x20, "UNCACHED" },
};

static void test_constants(void)
{
	axvm_mapping_flags all = 0;

	each_row(i, rows) {
		axvm_mapping_flags out = 0xee;

		eq_uint(rows[i].constant, rows[i].value, rows[i].name);
		eq_str(axvm_mapping_flags_name(rows[i].value), rows[i].name, "name");
		ok(axvm_mapping_flags_from_name(rows[i].name, &out), "from_name knows it");
		eq_uint(out, rows[i].value, "and gives it");
		all |= rows[i].value;
	}
	eq_uint(AXVM_MAPPING_ALL, all, "all is all of them");
}

static void test_names(void)
{
	static const axvm_mapping_flags unnamed[] = { 0,	 0x3,	0x3f,  0x40,
						      0x80,	 0x100, 0x101, UINT64_C(1) << 32,
						      UINT64_MAX };
	static const char *const no_names[] = { "", "read", "READ ", "READ | WRITE", "unknown" };
	axvm_mapping_flags out = 0xee;

	each_row(i, unnamed)
		eq_str(axvm_mapping_flags_name(unnamed[i]), "unknown", "not one known flag");
	each_row(i, no_names)
		ok(!axvm_mapping_flags_from_name(no_names[i], &out), no_names[i]);
	ok(!axvm_mapping_flags_from_name(NULL, &out), "NULL is no name");
	eq_uint(out, 0xee, "nothing was written");
}

static void test_bits(void)
{
	axvm_mapping_flags out;

	for (unsigned int bit = 0; bit < 64; bit++) {
		uint64_t value = UINT64_C(1) << bit;

		out = 0xee;
		eq_int(axvm_mapping_flags_try_from_usize(value, &out), bit < 6,
		       "six bits are flags");
		eq_uint(out, bit < 6 ? value : 0xee, "given, or untouched");
		eq_uint(axvm_mapping_flags_truncate(value | 1), bit < 6 ? value | 1 : 1,
			"truncate keeps those six");
	}
	ok(axvm_mapping_flags_try_from_usize(0, &out) && out == 0, "none is fine");
	ok(axvm_mapping_flags_try_from_usize(0x3f, &out) && out == 0x3f, "so are all");
	ok(!axvm_mapping_flags_try_from_usize(0x7f, &out), "all and one more is not");
	eq_uint(axvm_mapping_flags_complement(0), 0x3f, "the complement of none");
	eq_uint(axvm_mapping_flags_complement(0x3f), 0, "and of all");
	eq_uint(axvm_mapping_flags_complement(0x41), 0x3e, "which sets no unknown bit");
	ok(axvm_mapping_flags_contains(0x3, 0x1), "contains one of two");
	ok(axvm_mapping_flags_contains(0x3, 0), "and nothing");
	ok(axvm_mapping_flags_contains(0x43, 0x41), "and unknown bits");
	ok(!axvm_mapping_flags_contains(0x3, 0x5), "but not what is there in part");
}

static void test_format(void)
{
	static const struct {
		axvm_mapping_flags flags;
		const char *text;
	} texts[] = {
		{ 0, "0x0" },
		{ 0x1, "READ" },
		{ 0x3, "READ | WRITE" },
		{ 0x24, "EXECUTE | UNCACHED" },
		{ 0x3f, "READ | WRITE | EXECUTE | USER | DEVICE | UNCACHED" },
		{ 0x41, "READ | 0x40" },
		{ 0x40, "0x40" },
		{ UINT64_MAX,
		  "READ | WRITE | EXECUTE | USER | DEVICE | UNCACHED | 0xffffffffffffffc0" },
	};
	char buf[AXVM_MAPPING_FLAGS_TEXT_SIZE];

	each_row(i, texts) {
		int length = (int)strlen(texts[i].text);

		eq_int(axvm_mapping_flags_format(texts[i].flags, NULL, 0), length, "counts");
		eq_int(axvm_mapping_flags_format(texts[i].flags, buf, sizeof(buf)), length,
		       "writes");
		eq_str(buf, texts[i].text, "the text");
	}
	eq_int(AXVM_MAPPING_FLAGS_TEXT_SIZE, axvm_mapping_flags_format(UINT64_MAX, NULL, 0) + 1,
	       "TEXT_SIZE holds the longest");
	memset(buf, '#', sizeof(buf));
	axvm_mapping_flags_format(0x3, buf, 7);
	ok(memcmp(buf, "READ |\0#", 8) == 0, "a short buffer gets what fits");
}

static void test_parse(void)
{
	static const struct {
		const char *text;
		axvm_mapping_flags flags;
	} texts[] = {
		{ "READ", 0x1 },
		{ "WRITE", 0x2 },
		{ "READ | WRITE", 0x3 },
		{ "WRITE | READ", 0x3 },
		{ "READ | READ", 0x1 },
		{ "0x0", 0 },
		{ "7", 0x7 },
		{ "0x40", 0x40 },
		{ "READ | 0x40", 0x41 },
		{ "0x40 | EXECUTE", 0x44 },
		{ "0 | USER", 0x8 },
		{ "1 | 2 | 0x40", 0x43 },
		{ "READ | 0x80 | WRITE | 0", 0x83 },
	};
	static const char *const bad[] = {
		NULL,
		"",
		" ",
		"|",
		" | ",
		"read",
		"Read",
		"REA",
		"READX",
		"READ ",
		" READ",
		"READ|WRITE",
		"READ| WRITE",
		"READ |WRITE",
		"READ |XWRITE",
		"READ  | WRITE",
		"READ | ",
		"READ |",
		"| READ",
		"READ | | WRITE",
		"READ, WRITE",
		"unknown",
		"ALL",
		"-1",
		"+1",
		"01",
		"0x",
		"0x1_",
		"18446744073709551616",
		"READ\n",
		"READ | 0x10000000000000000",
	};
	axvm_mapping_flags out = 0xee;

	each_row(i, bad)
		ok(!axvm_mapping_flags_parse(bad[i], &out), bad[i] ? bad[i] : "NULL");
	eq_uint(out, 0xee, "nothing was written");
	each_row(i, texts) {
		out = 0xee;
		ok(axvm_mapping_flags_parse(texts[i].text, &out), texts[i].text);
		eq_uint(out, texts[i].flags, texts[i].text);
	}
	/* All sets of flags, each with every other bit alone. */
	for (uint64_t i = 0; i < 64 * 58; i++) {
		axvm_mapping_flags flags = i % 64 | (i < 64 ? 0 : UINT64_C(1) << (6 + i / 64));
		char buf[AXVM_MAPPING_FLAGS_TEXT_SIZE];

		axvm_mapping_flags_format(flags, buf, sizeof(buf));
		ok(axvm_mapping_flags_parse(buf, &out) && out == flags,
		   "what format writes is read");
	}
}

int main(void)
{
	test(test_constants);
	test(test_names);
	test(test_bits);
	test(test_format);
	test(test_parse);
	return done();
}
