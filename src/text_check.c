/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why the parsers refuse a text. They are fast and say yes or no; this goes through the same
 * forms a character at a time. Whether a number fits is left to them.
 */
#include <axvm/text.h>

#include <axvm/mapping_flags.h>
#include <axvm/vm.h>

#include "digits.h"
#include "export.h"
#include "names.h"

#define KINDS(NAME)                                                                                \
	NAME(AXVM_TEXT_UINT, "uint")                                                               \
	NAME(AXVM_TEXT_SIZE, "size")                                                               \
	NAME(AXVM_TEXT_GPA, "gpa")                                                                 \
	NAME(AXVM_TEXT_GVA, "gva")                                                                 \
	NAME(AXVM_TEXT_HPA, "hpa")                                                                 \
	NAME(AXVM_TEXT_HVA, "hva")                                                                 \
	NAME(AXVM_TEXT_GPA_RANGE, "gpa-range")                                                     \
	NAME(AXVM_TEXT_GVA_RANGE, "gva-range")                                                     \
	NAME(AXVM_TEXT_HPA_RANGE, "hpa-range")                                                     \
	NAME(AXVM_TEXT_HVA_RANGE, "hva-range")                                                     \
	NAME(AXVM_TEXT_VCPU_LIST, "vcpu-list")                                                     \
	NAME(AXVM_TEXT_VCPU_MASK, "vcpu-mask")                                                     \
	NAME(AXVM_TEXT_MAPPING_FLAGS, "mapping-flags")
AXVM_NAMES(names, axvm_text_kind, KINDS, )

AXVM_EXPORT bool axvm_text_kind_try_from_usize(uint64_t value, axvm_text_kind *out)
{
	return axvm_names_try_from_usize(names, AXVM_NAMES_COUNT(names), value, out);
}

AXVM_EXPORT const char *axvm_text_kind_name(axvm_text_kind kind)
{
	return axvm_names_name(names, AXVM_NAMES_COUNT(names), kind);
}

AXVM_EXPORT bool axvm_text_kind_from_name(const char *name, axvm_text_kind *out)
{
	return axvm_names_from_name(names, AXVM_NAMES_COUNT(names), name, out);
}

/* A function that returns false leaves `at` on the character that cannot be there. */
struct scan {
	const char *at;
	const char *number; /* where the last number begins */
	const char *large; /* the first number that is too large, or NULL */
};

static void note_large(struct scan *s)
{
	if (!s->large)
		s->large = s->number;
}

static bool take(struct scan *s, char c)
{
	if (*s->at != c)
		return false;
	s->at++;
	return true;
}

static bool take_word(struct scan *s, const char *word)
{
	while (*word != '\0') {
		if (!take(s, *word++))
			return false;
	}
	return true;
}

/* The base of a number, after moving past what says so; 0 for a 0 that is all of it. */
static unsigned int take_base(struct scan *s)
{
	if (!take(s, '0'))
		return 10;
	if (take(s, 'x'))
		return 16;
	if (take(s, 'o'))
		return 8;
	return take(s, 'b') ? 2 : 0;
}

/* What is too large counts as the greatest number. */
static bool scan_uint(struct scan *s, uint64_t *out)
{
	const char *rest;
	unsigned int base;

	s->number = s->at;
	*out = 0;
	base = take_base(s);
	if (base == 0)
		return true;
	do {
		if (axvm_digit_value(*s->at) >= base)
			return false;
		while (axvm_digit_value(*s->at) < base)
			s->at++;
	} while (take(s, '_'));
	if (!axvm_uint_parse_prefix(s->number, out, &rest)) {
		*out = UINT64_MAX;
		note_large(s);
	}
	return true;
}

static bool scan_size(struct scan *s, uint64_t *out)
{
	const char *rest;
	bool space;

	if (!scan_uint(s, out))
		return false;
	space = take(s, ' ');
	if (take(s, 'K') || take(s, 'M') || take(s, 'G') || take(s, 'T')) {
		if (*s->at == 'i' && !take_word(s, "iB"))
			return false;
	} else if (!take(s, 'k') && !take(s, 'm') && !take(s, 'g') && !take(s, 't') && space) {
		return false;
	}
	if (!axvm_size_parse_prefix(s->number, out, &rest))
		note_large(s);
	return true;
}

static bool scan_address(struct scan *s, const char *prefix, uint64_t *out)
{
	/* No number begins with a letter. */
	if (*s->at == *prefix && !take_word(s, prefix))
		return false;
	return scan_uint(s, out);
}

/* Points at the second number of an inverted range. */
static bool in_order(struct scan *s, uint64_t first, uint64_t last)
{
	if (first > last)
		s->at = s->number;
	return first <= last;
}

static bool scan_range(struct scan *s, const char *prefix)
{
	uint64_t first, other;

	if (!scan_address(s, prefix, &first))
		return false;
	if (take(s, '+')) {
		if (!scan_size(s, &other))
			return false;
		if (other > UINT64_MAX - first)
			note_large(s);
		return true;
	}
	if (take(s, '-')) {
		if (!scan_address(s, prefix, &other))
			return false;
		/* The end is one past it. */
		if (other == UINT64_MAX)
			note_large(s);
	} else if (!take_word(s, "..") || !scan_address(s, prefix, &other)) {
		return false;
	}
	return in_order(s, first, other);
}

static bool scan_cpu(struct scan *s, uint64_t *out)
{
	unsigned int digit;

	s->number = s->at;
	*out = 0;
	if (axvm_digit_value(*s->at) > 9)
		return false;
	for (; (digit = axvm_digit_value(*s->at)) <= 9; s->at++) {
		if (__builtin_mul_overflow(*out, 10, out) ||
		    __builtin_add_overflow(*out, digit, out))
			*out = UINT64_MAX;
	}
	if (*out >= AXVM_MAX_VCPU_NUM)
		note_large(s);
	return true;
}

static bool scan_list(struct scan *s)
{
	uint64_t first, last;

	/* The empty set. */
	if (*s->at == '\0' || take(s, '\n'))
		return true;
	do {
		take(s, '^');
		if (!scan_cpu(s, &first))
			return false;
		if (take(s, '-') && (!scan_cpu(s, &last) || !in_order(s, first, last)))
			return false;
	} while (take(s, ','));
	take(s, '\n');
	return true;
}

static bool scan_mask(struct scan *s)
{
	const char *digits;
	uint64_t bits;

	/* The number is all of the text, as at the start. */
	if (!take_word(s, "0x") || axvm_digit_value(*s->at) > 15)
		return false;
	digits = s->at;
	if (!axvm_digits_hex(&digits, &bits))
		note_large(s);
	while (axvm_digit_value(*s->at) <= 15)
		s->at++;
	take(s, '\n');
	return true;
}

/* As far as the name goes that fits best: none of them begins another one. */
static bool scan_flag(struct scan *s)
{
	const char *first = s->at, *furthest = first;

	for (axvm_mapping_flags flag = 1; flag <= AXVM_MAPPING_ALL; flag <<= 1) {
		s->at = first;
		if (take_word(s, axvm_mapping_flags_name(flag)))
			return true;
		if (s->at > furthest)
			furthest = s->at;
	}
	s->at = furthest;
	return false;
}

static bool scan_flags(struct scan *s)
{
	uint64_t number;

	for (;;) {
		bool is_number = axvm_digit_value(*s->at) <= 9;

		if (is_number ? !scan_uint(s, &number) : !scan_flag(s))
			return false;
		if (*s->at == '\0')
			return true;
		if (!take_word(s, " | "))
			return false;
	}
}

static bool scan_kind(struct scan *s, axvm_text_kind kind)
{
	/* In the order of the kinds. */
	static const char prefixes[][5] = { "GPA:", "GVA:", "PA:", "VA:" };
	uint64_t out;

	switch (kind) {
	case AXVM_TEXT_UINT:
		return scan_uint(s, &out);
	case AXVM_TEXT_SIZE:
		return scan_size(s, &out);
	case AXVM_TEXT_GPA:
	case AXVM_TEXT_GVA:
	case AXVM_TEXT_HPA:
	case AXVM_TEXT_HVA:
		return scan_address(s, prefixes[kind - AXVM_TEXT_GPA], &out);
	case AXVM_TEXT_GPA_RANGE:
	case AXVM_TEXT_GVA_RANGE:
	case AXVM_TEXT_HPA_RANGE:
	case AXVM_TEXT_HVA_RANGE:
		return scan_range(s, prefixes[kind - AXVM_TEXT_GPA_RANGE]);
	case AXVM_TEXT_VCPU_LIST:
		return scan_list(s);
	case AXVM_TEXT_VCPU_MASK:
		return scan_mask(s);
	case AXVM_TEXT_MAPPING_FLAGS:
		return scan_flags(s);
	default:
		return false;
	}
}

AXVM_EXPORT axvm_error axvm_text_check(axvm_text_kind kind, const char *text, size_t *where)
{
	struct scan s = { text, text, NULL };
	const char *wrong;
	bool well_formed;

	well_formed = text && scan_kind(&s, kind) && *s.at == '\0';
	if (well_formed && !s.large)
		return AXVM_OK;
	wrong = well_formed ? s.large : s.at;
	if (where)
		*where = text ? (size_t)(wrong - text) : 0;
	return well_formed ? -AXVM_LINUX_ERANGE : -AXVM_LINUX_EINVAL;
}
