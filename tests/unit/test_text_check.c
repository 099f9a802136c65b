/* SPDX-License-Identifier: Apache-2.0 */
/* axvm_text_check() of <axvm/text.h>, against the parsers of all kinds. */
#include <axvm/types.h>

#include "tap.h"

#define KINDS 13
#define EINVAL_CODE (-AXVM_LINUX_EINVAL)
#define ERANGE_CODE (-AXVM_LINUX_ERANGE)
#define UNTOUCHED ((size_t)12345)

/* Whether the parser of a kind reads it. */
static bool parses(axvm_text_kind kind, const char *text)
{
	uint64_t number;
	axvm_gpa gpa;
	axvm_gva gva;
	axvm_hpa hpa;
	axvm_hva hva;
	axvm_gpa_range gpa_range;
	axvm_gva_range gva_range;
	axvm_hpa_range hpa_range;
	axvm_hva_range hva_range;
	axvm_vcpu_set set;

	switch (kind) {
	case AXVM_TEXT_UINT:
		return axvm_uint_parse(text, &number);
	case AXVM_TEXT_SIZE:
		return axvm_size_parse(text, &number);
	case AXVM_TEXT_GPA:
		return axvm_gpa_parse(text, &gpa);
	case AXVM_TEXT_GVA:
		return axvm_gva_parse(text, &gva);
	case AXVM_TEXT_HPA:
		return axvm_hpa_parse(text, &hpa);
	case AXVM_TEXT_HVA:
		return axvm_hva_parse(text, &hva);
	case AXVM_TEXT_GPA_RANGE:
		return axvm_gpa_range_parse(text, &gpa_range);
	case AXVM_TEXT_GVA_RANGE:
		return axvm_gva_range_parse(text, &gva_range);
	case AXVM_TEXT_HPA_RANGE:
		return axvm_hpa_range_parse(text, &hpa_range);
	case AXVM_TEXT_HVA_RANGE:
		return axvm_hva_range_parse(text, &hva_range);
	case AXVM_TEXT_VCPU_LIST:
		return axvm_vcpu_set_parse_list(text, &set);
	case AXVM_TEXT_VCPU_MASK:
		return axvm_vcpu_set_parse_mask(text, &set);
	case AXVM_TEXT_MAPPING_FLAGS:
		return axvm_mapping_flags_parse(text, &number);
	default:
		return false;
	}
}

struct row {
	axvm_text_kind kind;
	const char *text;
	axvm_error code;
	size_t where;
};

/* clang-format off */
static const struct row rows[] = {
	{ AXVM_TEXT_UINT, "0", AXVM_OK, 0 },
	{ AXVM_TEXT_UINT, "0xffff_ffff_ffff_ffff", AXVM_OK, 0 },
	{ AXVM_TEXT_UINT, "", EINVAL_CODE, 0 },
	{ AXVM_TEXT_UINT, "-1", EINVAL_CODE, 0 },
	{ AXVM_TEXT_UINT, "a", EINVAL_CODE, 0 },
	{ AXVM_TEXT_UINT, "0o8", EINVAL_CODE, 2 },
	{ AXVM_TEXT_UINT, "12a", EINVAL_CODE, 2 },
	{ AXVM_TEXT_UINT, "0x", EINVAL_CODE, 2 },
	{ AXVM_TEXT_UINT, "0xg", EINVAL_CODE, 2 },
	{ AXVM_TEXT_UINT, "0X1", EINVAL_CODE, 1 },
	{ AXVM_TEXT_UINT, "0o78", EINVAL_CODE, 3 },
	{ AXVM_TEXT_UINT, "0b2", EINVAL_CODE, 2 },
	{ AXVM_TEXT_UINT, "07", EINVAL_CODE, 1 },
	{ AXVM_TEXT_UINT, "0_1", EINVAL_CODE, 1 },
	{ AXVM_TEXT_UINT, "1_", EINVAL_CODE, 2 },
	{ AXVM_TEXT_UINT, "1__0", EINVAL_CODE, 2 },
	{ AXVM_TEXT_UINT, "0x_1", EINVAL_CODE, 2 },
	{ AXVM_TEXT_UINT, "1 ", EINVAL_CODE, 1 },
	{ AXVM_TEXT_UINT, "18446744073709551616", ERANGE_CODE, 0 },
	{ AXVM_TEXT_UINT, "0x1_0000_0000_0000_0000", ERANGE_CODE, 0 },
	{ AXVM_TEXT_UINT, "18446744073709551616x", EINVAL_CODE, 20 },
	{ AXVM_TEXT_SIZE, "256 MiB", AXVM_OK, 0 },
	{ AXVM_TEXT_SIZE, "1 GiB", AXVM_OK, 0 },
	{ AXVM_TEXT_SIZE, "4 k", AXVM_OK, 0 },
	{ AXVM_TEXT_SIZE, "4 m", AXVM_OK, 0 },
	{ AXVM_TEXT_SIZE, "4 g", AXVM_OK, 0 },
	{ AXVM_TEXT_SIZE, "4 t", AXVM_OK, 0 },
	{ AXVM_TEXT_SIZE, "4 p", EINVAL_CODE, 2 },
	{ AXVM_TEXT_SIZE, "4KB", EINVAL_CODE, 2 },
	{ AXVM_TEXT_SIZE, "4kiB", EINVAL_CODE, 2 },
	{ AXVM_TEXT_SIZE, "4Ki", EINVAL_CODE, 3 },
	{ AXVM_TEXT_SIZE, "4KiBs", EINVAL_CODE, 4 },
	{ AXVM_TEXT_SIZE, "4 ", EINVAL_CODE, 2 },
	{ AXVM_TEXT_SIZE, "4  K", EINVAL_CODE, 2 },
	{ AXVM_TEXT_SIZE, "1.5G", EINVAL_CODE, 1 },
	{ AXVM_TEXT_SIZE, "1P", EINVAL_CODE, 1 },
	{ AXVM_TEXT_SIZE, "M", EINVAL_CODE, 0 },
	{ AXVM_TEXT_SIZE, "16777216T", ERANGE_CODE, 0 },
	{ AXVM_TEXT_SIZE, "99999999999999999999", ERANGE_CODE, 0 },
	{ AXVM_TEXT_GPA, "GPA:0x1000", AXVM_OK, 0 },
	{ AXVM_TEXT_GPA, "0x1000", AXVM_OK, 0 },
	{ AXVM_TEXT_GPA, "GPA", EINVAL_CODE, 3 },
	{ AXVM_TEXT_GPA, "GPA:", EINVAL_CODE, 4 },
	{ AXVM_TEXT_GPA, "GPA:GPA:1", EINVAL_CODE, 4 },
	{ AXVM_TEXT_GPA, "GVA:1", EINVAL_CODE, 1 },
	{ AXVM_TEXT_GPA, "gpa:1", EINVAL_CODE, 0 },
	{ AXVM_TEXT_GPA, "PA:1", EINVAL_CODE, 0 },
	{ AXVM_TEXT_GPA, "GPA:0x1_0000_0000_0000_0000", ERANGE_CODE, 4 },
	{ AXVM_TEXT_GVA, "GVA:7", AXVM_OK, 0 },
	{ AXVM_TEXT_GVA, "GPA:7", EINVAL_CODE, 1 },
	{ AXVM_TEXT_HPA, "PA:7", AXVM_OK, 0 },
	{ AXVM_TEXT_HPA, "HPA:7", EINVAL_CODE, 0 },
	{ AXVM_TEXT_HVA, "VA:7", AXVM_OK, 0 },
	{ AXVM_TEXT_HVA, "VA:", EINVAL_CODE, 3 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000..0x2000", AXVM_OK, 0 },
	{ AXVM_TEXT_GPA_RANGE, "GPA:0x1000-GPA:0x1fff", AXVM_OK, 0 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000+4 KiB", AXVM_OK, 0 },
	{ AXVM_TEXT_GPA_RANGE, "5..5", AXVM_OK, 0 },
	{ AXVM_TEXT_GPA_RANGE, "0..1", AXVM_OK, 0 },
	{ AXVM_TEXT_GPA_RANGE, "", EINVAL_CODE, 0 },
	{ AXVM_TEXT_GPA_RANGE, "GPA:", EINVAL_CODE, 4 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000+", EINVAL_CODE, 7 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000", EINVAL_CODE, 6 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000:0x2000", EINVAL_CODE, 6 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000.", EINVAL_CODE, 7 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000.0x2000", EINVAL_CODE, 7 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000...0x2000", EINVAL_CODE, 8 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000..", EINVAL_CODE, 8 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000-", EINVAL_CODE, 7 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000+GPA:1", EINVAL_CODE, 7 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000..PA:1", EINVAL_CODE, 8 },
	{ AXVM_TEXT_GPA_RANGE, "0x1000+1 KiB ", EINVAL_CODE, 12 },
	{ AXVM_TEXT_GPA_RANGE, "fed00000-fed003ff", EINVAL_CODE, 0 },
	{ AXVM_TEXT_GPA_RANGE, "00001000-0009ffff", EINVAL_CODE, 1 },
	/* inverted */
	{ AXVM_TEXT_GPA_RANGE, "0x2000..0x1000", EINVAL_CODE, 8 },
	{ AXVM_TEXT_GPA_RANGE, "0x2000..GPA:0x1000", EINVAL_CODE, 12 },
	{ AXVM_TEXT_GPA_RANGE, "1..0", EINVAL_CODE, 3 },
	{ AXVM_TEXT_GPA_RANGE, "1-0", EINVAL_CODE, 2 },
	{ AXVM_TEXT_GPA_RANGE, "0x2000-0x1fff", EINVAL_CODE, 7 },
	{ AXVM_TEXT_GPA_RANGE, "0x100000001..0x2", EINVAL_CODE, 13 },
	{ AXVM_TEXT_GPA_RANGE, "0x2..0x100000001", AXVM_OK, 0 },
	{ AXVM_TEXT_GPA_RANGE, "0x10000000000000000..0", EINVAL_CODE, 21 },
	{ AXVM_TEXT_GPA_RANGE, "0x10000000000000000..0xfffffffffffffffe", EINVAL_CODE, 21 },
	/* an end above 2^64 - 1; such numbers compare as 2^64 - 1 */
	{ AXVM_TEXT_GPA_RANGE, "0x10000000000000000..0xffffffffffffffff", ERANGE_CODE, 0 },
	{ AXVM_TEXT_GPA_RANGE, "0x10000000000000001..0x10000000000000000", ERANGE_CODE, 0 },
	{ AXVM_TEXT_GPA_RANGE, "0x10000000000000000..0x10000000000000001", ERANGE_CODE, 0 },
	{ AXVM_TEXT_GPA_RANGE, "0..0x10000000000000000", ERANGE_CODE, 3 },
	{ AXVM_TEXT_GPA_RANGE, "0-0xffffffffffffffff", ERANGE_CODE, 2 },
	{ AXVM_TEXT_GPA_RANGE, "0x10000000000000000+1", ERANGE_CODE, 0 },
	{ AXVM_TEXT_GPA_RANGE, "0xfffffffffffff000+0x1000", ERANGE_CODE, 19 },
	{ AXVM_TEXT_GPA_RANGE, "0xfffffffffffff000+0xfff", AXVM_OK, 0 },
	{ AXVM_TEXT_GPA_RANGE, "1+16777216T", ERANGE_CODE, 2 },
	{ AXVM_TEXT_GVA_RANGE, "GVA:1..GVA:2", AXVM_OK, 0 },
	{ AXVM_TEXT_GVA_RANGE, "GVA:1..GPA:2", EINVAL_CODE, 8 },
	{ AXVM_TEXT_HPA_RANGE, "PA:1..PA:2", AXVM_OK, 0 },
	{ AXVM_TEXT_HVA_RANGE, "VA:1-VA:2", AXVM_OK, 0 },
	{ AXVM_TEXT_HVA_RANGE, "VA:1-PA:2", EINVAL_CODE, 5 },
	{ AXVM_TEXT_VCPU_LIST, "", AXVM_OK, 0 },
	{ AXVM_TEXT_VCPU_LIST, "\n", AXVM_OK, 0 },
	{ AXVM_TEXT_VCPU_LIST, "0-3,8\n", AXVM_OK, 0 },
	{ AXVM_TEXT_VCPU_LIST, "0-63,^5,^7-9", AXVM_OK, 0 },
	{ AXVM_TEXT_VCPU_LIST, "0063", AXVM_OK, 0 },
	{ AXVM_TEXT_VCPU_LIST, "\n1", EINVAL_CODE, 1 },
	{ AXVM_TEXT_VCPU_LIST, "0\n\n", EINVAL_CODE, 2 },
	{ AXVM_TEXT_VCPU_LIST, ",", EINVAL_CODE, 0 },
	{ AXVM_TEXT_VCPU_LIST, "1,", EINVAL_CODE, 2 },
	{ AXVM_TEXT_VCPU_LIST, "1,,2", EINVAL_CODE, 2 },
	{ AXVM_TEXT_VCPU_LIST, "1, 2", EINVAL_CODE, 2 },
	{ AXVM_TEXT_VCPU_LIST, "1-", EINVAL_CODE, 2 },
	{ AXVM_TEXT_VCPU_LIST, "^", EINVAL_CODE, 1 },
	{ AXVM_TEXT_VCPU_LIST, "^^1", EINVAL_CODE, 1 },
	{ AXVM_TEXT_VCPU_LIST, "0x3", EINVAL_CODE, 1 },
	{ AXVM_TEXT_VCPU_LIST, "1a", EINVAL_CODE, 1 },
	{ AXVM_TEXT_VCPU_LIST, "3-1", EINVAL_CODE, 2 },
	{ AXVM_TEXT_VCPU_LIST, "0,64-1", EINVAL_CODE, 5 },
	{ AXVM_TEXT_VCPU_LIST, "64", ERANGE_CODE, 0 },
	{ AXVM_TEXT_VCPU_LIST, "0-64", ERANGE_CODE, 2 },
	{ AXVM_TEXT_VCPU_LIST, "0,70,80", ERANGE_CODE, 2 },
	{ AXVM_TEXT_VCPU_LIST, "70,x", EINVAL_CODE, 3 },
	{ AXVM_TEXT_VCPU_LIST, "18446744073709551616", ERANGE_CODE, 0 },
	{ AXVM_TEXT_VCPU_LIST, "18446744073709551617", ERANGE_CODE, 0 },
	{ AXVM_TEXT_VCPU_LIST, "184467440737095516160001", ERANGE_CODE, 0 },
	{ AXVM_TEXT_VCPU_MASK, "0xff", AXVM_OK, 0 },
	{ AXVM_TEXT_VCPU_MASK, "0x00000000000000000000FF\n", AXVM_OK, 0 },
	{ AXVM_TEXT_VCPU_MASK, "", EINVAL_CODE, 0 },
	{ AXVM_TEXT_VCPU_MASK, "ff", EINVAL_CODE, 0 },
	{ AXVM_TEXT_VCPU_MASK, "0", EINVAL_CODE, 1 },
	{ AXVM_TEXT_VCPU_MASK, "0x", EINVAL_CODE, 2 },
	{ AXVM_TEXT_VCPU_MASK, "0x\n", EINVAL_CODE, 2 },
	{ AXVM_TEXT_VCPU_MASK, "0xf_f", EINVAL_CODE, 3 },
	{ AXVM_TEXT_VCPU_MASK, "0xff\n0", EINVAL_CODE, 5 },
	{ AXVM_TEXT_VCPU_MASK, "0x10000000000000000", ERANGE_CODE, 0 },
	{ AXVM_TEXT_VCPU_MASK, "0x10000000000000000g", EINVAL_CODE, 19 },
	{ AXVM_TEXT_MAPPING_FLAGS, "READ | WRITE | 0x40", AXVM_OK, 0 },
	{ AXVM_TEXT_MAPPING_FLAGS, "0x0", AXVM_OK, 0 },
	{ AXVM_TEXT_MAPPING_FLAGS, "9 | 8", AXVM_OK, 0 },
	{ AXVM_TEXT_MAPPING_FLAGS, "READ |", EINVAL_CODE, 6 },
	{ AXVM_TEXT_MAPPING_FLAGS, "", EINVAL_CODE, 0 },
	{ AXVM_TEXT_MAPPING_FLAGS, "read", EINVAL_CODE, 0 },
	{ AXVM_TEXT_MAPPING_FLAGS, "REA", EINVAL_CODE, 3 },
	{ AXVM_TEXT_MAPPING_FLAGS, "REAX", EINVAL_CODE, 3 },
	{ AXVM_TEXT_MAPPING_FLAGS, "READX", EINVAL_CODE, 4 },
	{ AXVM_TEXT_MAPPING_FLAGS, "UNCACHE", EINVAL_CODE, 7 },
	{ AXVM_TEXT_MAPPING_FLAGS, "USED", EINVAL_CODE, 3 },
	{ AXVM_TEXT_MAPPING_FLAGS, "READ|WRITE", EINVAL_CODE, 4 },
	{ AXVM_TEXT_MAPPING_FLAGS, "READ |WRITE", EINVAL_CODE, 6 },
	{ AXVM_TEXT_MAPPING_FLAGS, "READ | ", EINVAL_CODE, 7 },
	{ AXVM_TEXT_MAPPING_FLAGS, "0x | READ", EINVAL_CODE, 2 },
	{ AXVM_TEXT_MAPPING_FLAGS, "7 | 0x10000000000000000", ERANGE_CODE, 4 },
	{ AXVM_TEXT_MAPPING_FLAGS, "0x10000000000000000 | x", EINVAL_CODE, 22 },
};
/* clang-format on */

static void test_rows(void)
{
	each_row(i, rows) {
		const struct row *row = &rows[i];
		size_t where = UNTOUCHED;

		eq_int(axvm_text_check(row->kind, row->text, &where), row->code, row->text);
		eq_uint(where, row->code == AXVM_OK ? UNTOUCHED : row->where, row->text);
		eq_int(axvm_text_check(row->kind, row->text, NULL), row->code, "where may be NULL");
		eq_int(parses(row->kind, row->text), row->code == AXVM_OK, "the parser agrees");
	}
	for (unsigned int kind = 0; kind < KINDS; kind++) {
		size_t where = UNTOUCHED;

		eq_int(axvm_text_check((axvm_text_kind)kind, NULL, &where), EINVAL_CODE, "NULL");
		eq_uint(where, 0, "at 0");
		eq_int(axvm_text_check((axvm_text_kind)kind, NULL, NULL), EINVAL_CODE, "both NULL");
	}
	for (unsigned int kind = KINDS; kind <= UINT8_MAX; kind++) {
		size_t where = UNTOUCHED;

		eq_int(axvm_text_check((axvm_text_kind)kind, "", &where), EINVAL_CODE, "no kind");
		eq_int(axvm_text_check((axvm_text_kind)kind, "0", &where), EINVAL_CODE, "no kind");
		eq_uint(where, 0, "at 0");
	}
}

/* How long the texts are whose place is checked, and those that tell what can follow. */
#define LONGEST 4
#define FURTHEST 7

static size_t searched;

/*
 * Goes through every text that begins with this one. Whether one of them is well-formed: the
 * text can go on. One that cannot, by its last character, is refused there; one that can, but is
 * not whole, at its end.
 */
static bool search(axvm_text_kind kind, const char *characters, char *text, size_t length)
{
	axvm_error code;
	size_t where = UNTOUCHED;
	bool well_formed, goes_on;

	text[length] = '\0';
	code = axvm_text_check(kind, text, &where);
	well_formed = code != EINVAL_CODE;
	goes_on = well_formed;
	ok((code == AXVM_OK) == parses(kind, text), "the parser agrees");
	for (const char *c = characters; *c != '\0' && length < FURTHEST; c++) {
		/* Past the longest, one that can go on is all there is to know. */
		if (length >= LONGEST && goes_on)
			break;
		text[length] = *c;
		if (search(kind, characters, text, length + 1))
			goes_on = true;
		text[length] = '\0';
	}
	if (length <= LONGEST && !well_formed && goes_on) {
		eq_uint(where, length, text);
		searched++;
	}
	if (length <= LONGEST && !goes_on && ok(where < length, text)) {
		/* Refused where it, or what it begins with, cannot go on. */
		char wrong = text[where];
		size_t end = where;

		text[where] = '\0';
		code = axvm_text_check(kind, text, &end);
		ok(code != EINVAL_CODE || end == where, text);
		text[where] = wrong;
		searched++;
	}
	return goes_on;
}

static void test_search(void)
{
	static const struct {
		axvm_text_kind kind;
		const char *characters;
	} kinds[] = {
		{ AXVM_TEXT_UINT, "0x1b_9f" },
		{ AXVM_TEXT_SIZE, "0K7kiB " },
		{ AXVM_TEXT_VCPU_LIST, "07,^\nx" },
		{ AXVM_TEXT_VCPU_MASK, "0xfA\ng" },
	};
	char text[FURTHEST + 1];

	each_row(i, kinds)
		ok(search(kinds[i].kind, kinds[i].characters, text, 0), "the empty text can go on");
	ok(searched > 5000, "thousands of texts");
}

static void test_names(void)
{
	for (unsigned int number = 0; number < 0x101; number++) {
		axvm_text_kind kind = 0xee, named = 0xee;
		bool known = axvm_text_kind_try_from_usize(number, &kind);

		eq_int(known, number < KINDS, "13 kinds");
		eq_uint(kind, known ? number : 0xee, "given, or untouched");
		if (!known)
			continue;
		ok(axvm_text_kind_from_name(axvm_text_kind_name(kind), &named), "has a name");
		eq_uint(named, kind, "of its own");
	}
	eq_str(axvm_text_kind_name(AXVM_TEXT_HPA_RANGE), "hpa-range", "name");
	eq_str(axvm_text_kind_name(KINDS), "unknown", "unknown");
	eq_str(axvm_text_kind_name(UINT8_MAX), "unknown", "unknown");
}

int main(void)
{
	test(test_rows);
	test(test_search);
	test(test_names);
	return done();
}
