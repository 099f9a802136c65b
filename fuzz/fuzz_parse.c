/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every parser on any text: what it reads comes back from the formatter, what it refuses
 * leaves the out-parameter alone, and numbers are what a second reader makes of them.
 */
#include <axvm/types.h>

#include "fuzz.h"

#define OLD UINT64_C(0x5ca1ab1e)

/* The number that a text begins with, read another way; false for none. */
static bool second_reader(const char *text, uint64_t *out, const char **rest)
{
	static const char digits[] = "0123456789abcdef";
	const char *p = text;
	unsigned int base = 10;
	bool last_was_digit = false, overflow = false;
	size_t count = 0;
	uint64_t n = 0;

	if (p[0] == '0' && p[1] != '\0' && strchr("xob", p[1])) {
		base = p[1] == 'x' ? 16 : p[1] == 'o' ? 8 : 2;
		p += 2;
	}
	for (;; p++) {
		const char *digit;
		char c = *p;

		if (c == '_' && last_was_digit) {
			last_was_digit = false;
			continue;
		}
		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		digit = c == '\0' ? NULL : memchr(digits, c, base);
		if (!digit)
			break;
		if (n > (UINT64_MAX - (uint64_t)(digit - digits)) / base)
			overflow = true;
		n = n * base + (uint64_t)(digit - digits);
		last_was_digit = true;
		count++;
	}
	/* A line between digits alone belongs to the number. */
	if (count != 0 && !last_was_digit)
		p--;
	if (count == 0 || overflow || (base == 10 && text[0] == '0' && p != text + 1))
		return false;
	*out = n;
	*rest = p;
	return true;
}

static void numbers(const char *text)
{
	uint64_t got = OLD, wanted = OLD;
	const char *rest = NULL, *wanted_rest = NULL;
	char buf[AXVM_SIZE_TEXT_SIZE];

	CHECK(axvm_uint_parse_prefix(text, &got, &rest) ==
	      second_reader(text, &wanted, &wanted_rest));
	CHECK(got == wanted && rest == wanted_rest);
	wanted = got;
	got = OLD;
	CHECK(axvm_uint_parse(text, &got) == (rest && *rest == '\0'));
	CHECK(got == (rest && *rest == '\0' ? wanted : OLD));

	got = OLD;
	rest = NULL;
	if (axvm_size_parse_prefix(text, &got, &rest)) {
		uint64_t whole = OLD;

		CHECK(rest > text && rest <= text + strlen(text));
		CHECK(axvm_size_parse(text, &whole) == (*rest == '\0'));
		CHECK(whole == (*rest == '\0' ? got : OLD));
		CHECK(axvm_size_format(got, buf, sizeof(buf)) < (int)sizeof(buf));
		CHECK(axvm_size_parse(buf, &whole) && whole == got);
	} else {
		CHECK(got == OLD && rest == NULL && !axvm_size_parse(text, &got) && got == OLD);
	}
}

static void addresses(const char *text)
{
	axvm_gpa a = { OLD }, again;
	axvm_hva h = { OLD }, h_again;
	axvm_gpa_range r = { { OLD }, { OLD } }, r_again;
	char buf[AXVM_GPA_RANGE_TEXT_SIZE];

	if (axvm_gpa_parse(text, &a)) {
		axvm_gpa_format(a, buf, sizeof(buf));
		CHECK(axvm_gpa_parse(buf, &again) && axvm_gpa_eq(a, again));
		axvm_gpa_format_upper(a, buf, sizeof(buf));
		CHECK(axvm_gpa_parse(buf, &again) && axvm_gpa_eq(a, again));
	} else {
		CHECK(a.addr == OLD);
	}
	if (axvm_hva_parse(text, &h)) {
		axvm_hva_format(h, buf, sizeof(buf));
		CHECK(axvm_hva_parse(buf, &h_again) && axvm_hva_eq(h, h_again));
	} else {
		CHECK(h.addr == OLD);
	}
	if (axvm_gpa_range_parse(text, &r)) {
		CHECK(r.start.addr <= r.end.addr);
		axvm_gpa_range_format(r, buf, sizeof(buf));
		CHECK(axvm_gpa_range_parse(buf, &r_again) && axvm_gpa_range_eq(r, r_again));
	} else {
		CHECK(r.start.addr == OLD && r.end.addr == OLD);
	}
}

/* Bare hexadecimal is what the other form reads after 0x, but for its lines. */
static void hex_ranges(const char *text)
{
	axvm_gpa_range r = { { OLD }, { OLD } }, whole = r, again = r;
	const char *rest = NULL;
	char buf[2 * AXVM_UINT_HEX_TEXT_SIZE];
	uint64_t last;

	if (!axvm_gpa_range_parse_hex_prefix(text, &r, &rest)) {
		CHECK(r.start.addr == OLD && r.end.addr == OLD && rest == NULL);
		CHECK(!axvm_gpa_range_parse_hex(text, &r) && r.start.addr == OLD);
		return;
	}
	CHECK(r.start.addr < r.end.addr && rest > text && rest <= text + strlen(text));
	CHECK(strspn(rest, "0123456789abcdefABCDEF") == 0);
	CHECK(axvm_gpa_range_parse_hex(text, &whole) == (*rest == '\0'));
	last = r.end.addr - 1;
	snprintf(buf, sizeof(buf), "0x%llx-0x%llx", (unsigned long long)r.start.addr,
		 (unsigned long long)last);
	CHECK(axvm_gpa_range_parse(buf, &again) && axvm_gpa_range_eq(again, r));
	CHECK(strtoull(text, NULL, 16) == r.start.addr);
	/* Which would go on after the 0 of 0x. */
	if (*rest != 'x' && *rest != 'X')
		CHECK(strtoull(strchr(text, '-') + 1, NULL, 16) == last);
}

static void padded(const char *text)
{
	char buf[64], wanted[64];
	uint64_t value;

	if (!axvm_uint_parse(text, &value))
		return;
	for (unsigned int digits = 0; digits < 24; digits++) {
		int length = snprintf(wanted, sizeof(wanted), "0x%0*llx", (int)digits,
				      (unsigned long long)value);

		CHECK(axvm_uint_format_hex(value, digits, buf, sizeof(buf)) == length);
		CHECK(strcmp(buf, wanted) == 0);
	}
}

/* A size with a unit: as without one where both read it. */
static void unit_sizes(const char *text)
{
	uint64_t plain = OLD, by_one = OLD, out = OLD, number = OLD;
	const char *rest = NULL, *number_rest = NULL;

	if (axvm_size_parse(text, &plain))
		CHECK(axvm_size_parse_unit(text, 1, &by_one) && by_one == plain);
	if (axvm_size_parse_unit_prefix(text, 4096, &out, &rest)) {
		CHECK(rest > text && rest <= text + strlen(text));
		CHECK(axvm_uint_parse_prefix(text, &number, &number_rest));
		CHECK(number_rest <= rest);
		if (number_rest == rest)
			CHECK(out / 4096 == number && out % 4096 == 0);
		by_one = OLD;
		CHECK(axvm_size_parse_unit(text, 4096, &by_one) == (*rest == '\0'));
		CHECK(by_one == (*rest == '\0' ? out : OLD));
	} else {
		CHECK(out == OLD && rest == NULL);
	}
}

#define CHECK_KIND(kind, parse, type)                                                              \
	do {                                                                                       \
		type value;                                                                        \
		size_t where = 7777777, cut = 7777777;                                             \
		axvm_error code = axvm_text_check(kind, text, &where);                             \
                                                                                                   \
		CHECK(parse(text, &value) == (code == AXVM_OK));                                   \
		if (code == AXVM_OK) {                                                             \
			CHECK(where == 7777777);                                                   \
			break;                                                                     \
		}                                                                                  \
		CHECK(code == -AXVM_LINUX_EINVAL || code == -AXVM_LINUX_ERANGE);                   \
		CHECK(where < length || (code == -AXVM_LINUX_EINVAL && where == length));          \
		/* What comes before it has nothing that is wrong, but may lack something. */      \
		memcpy(copy, text, where);                                                         \
		copy[where] = '\0';                                                                \
		if (axvm_text_check(kind, copy, &cut) == -AXVM_LINUX_EINVAL)                       \
			CHECK(cut == where);                                                       \
	} while (0)

static void checked(const char *text)
{
	size_t length = strlen(text);
	char *copy = malloc(length + 1);

	CHECK(copy != NULL);
	CHECK_KIND(AXVM_TEXT_UINT, axvm_uint_parse, uint64_t);
	CHECK_KIND(AXVM_TEXT_SIZE, axvm_size_parse, uint64_t);
	CHECK_KIND(AXVM_TEXT_GPA, axvm_gpa_parse, axvm_gpa);
	CHECK_KIND(AXVM_TEXT_GVA, axvm_gva_parse, axvm_gva);
	CHECK_KIND(AXVM_TEXT_HPA, axvm_hpa_parse, axvm_hpa);
	CHECK_KIND(AXVM_TEXT_HVA, axvm_hva_parse, axvm_hva);
	CHECK_KIND(AXVM_TEXT_GPA_RANGE, axvm_gpa_range_parse, axvm_gpa_range);
	CHECK_KIND(AXVM_TEXT_GVA_RANGE, axvm_gva_range_parse, axvm_gva_range);
	CHECK_KIND(AXVM_TEXT_HPA_RANGE, axvm_hpa_range_parse, axvm_hpa_range);
	CHECK_KIND(AXVM_TEXT_HVA_RANGE, axvm_hva_range_parse, axvm_hva_range);
	CHECK_KIND(AXVM_TEXT_VCPU_LIST, axvm_vcpu_set_parse_list, axvm_vcpu_set);
	CHECK_KIND(AXVM_TEXT_VCPU_MASK, axvm_vcpu_set_parse_mask, axvm_vcpu_set);
	CHECK_KIND(AXVM_TEXT_MAPPING_FLAGS, axvm_mapping_flags_parse, axvm_mapping_flags);
	free(copy);
}

static void flags(const char *text)
{
	char buf[AXVM_MAPPING_FLAGS_TEXT_SIZE];
	axvm_mapping_flags value = OLD, again;

	if (axvm_mapping_flags_parse(text, &value)) {
		axvm_mapping_flags_format(value, buf, sizeof(buf));
		CHECK(axvm_mapping_flags_parse(buf, &again) && again == value);
	} else {
		CHECK(value == OLD);
	}
}

static void sets(const char *text)
{
	axvm_vcpu_set s = { OLD }, again;
	char buf[256];

	if (axvm_vcpu_set_parse_list(text, &s)) {
		CHECK(axvm_vcpu_set_format_list(s, buf, sizeof(buf)) < (int)sizeof(buf));
		CHECK(axvm_vcpu_set_parse_list(buf, &again) && axvm_vcpu_set_eq(s, again));
	} else {
		CHECK(s.bits == OLD);
	}
	s.bits = OLD;
	if (axvm_vcpu_set_parse_mask(text, &s)) {
		axvm_vcpu_set_format_mask(s, buf, sizeof(buf));
		CHECK(axvm_vcpu_set_parse_mask(buf, &again) && axvm_vcpu_set_eq(s, again));
	} else {
		CHECK(s.bits == OLD);
	}
}

/* A name that is read has a value whose own name reads as the same value. */
#define NAME(E)                                                                                    \
	do {                                                                                       \
		uint8_t value = 0xee, again = 0;                                                   \
                                                                                                   \
		if (E##_from_name(text, &value))                                                   \
			CHECK(E##_from_name(E##_name(value), &again) && again == value);           \
		else                                                                               \
			CHECK(value == 0xee);                                                      \
	} while (0)

static void hypercall_name(const char *text)
{
	axvm_hypercall code = 0xee, again = 0xee;

	if (axvm_hypercall_from_name(text, &code))
		CHECK(axvm_hypercall_from_name(axvm_hypercall_name(code), &again) && again == code);
	else
		CHECK(code == 0xee);
}

static void names(const char *text)
{
	NAME(axvm_vm_type);
	NAME(axvm_boot_protocol);
	NAME(axvm_interrupt_mode);
	NAME(axvm_emulated_device_type);
	NAME(axvm_mem_mapping_type);
	NAME(axvm_arch);
	NAME(axvm_model);
	NAME(axvm_device_bus);
	NAME(axvm_severity);
	NAME(axvm_finding_code);
	NAME(axvm_layout_table);
	NAME(axvm_layout_space);
	NAME(axvm_address_space_policy);
	NAME(axvm_guest_type);
	NAME(axvm_image_location);
	NAME(axvm_vcpu_state);
	NAME(axvm_interrupt_trigger_mode);
	NAME(axvm_access_width);
	NAME(axvm_backend_error);
	NAME(axvm_text_kind);
	NAME(axvm_ivc_layout);
	NAME(axvm_ivc_problem);
	hypercall_name(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	char *text = take_text(&in, size);

	numbers(text);
	unit_sizes(text);
	padded(text);
	addresses(text);
	hex_ranges(text);
	flags(text);
	checked(text);
	sets(text);
	names(text);
	free(text);
	return 0;
}
