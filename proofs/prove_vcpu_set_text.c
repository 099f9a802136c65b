/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vcpu_set.h>

#include "proof_text.h"

void prove_axvm_vcpu_set_format_mask(void)
{
	char text[AXVM_VCPU_SET_MASK_SIZE];
	const char *at = text;
	axvm_vcpu_set s = { nondet_uint64() };
	int length = axvm_vcpu_set_format_mask(s, text, sizeof(text));

	PROVE(takes_hex(&at, s.bits, 'a'));
	PROVE(ends(at, text, length));
	REACHED(length == AXVM_VCPU_SET_MASK_SIZE - 1);
}

/* Texts of every length up to this, of any characters; longer ones are two ranges, below. */
#define LONGEST 3
#define BLOCK (LONGEST + 1)

/* Its length without a newline at the end. */
static size_t without_newline(const char *text, size_t length)
{
	return length > 0 && text[length - 1] == '\n' ? length - 1 : length;
}

/* A number of digits alone, up to 63. */
static bool is_index(const char *text, size_t length, uint64_t *index)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		sum = sum * 10 + (uint64_t)(text[i] - '0');
	}
	*index = sum;
	return length != 0 && sum < 64;
}

/* Whether this is one item, and what it has; `out` says that it takes these out. */
static bool is_item(const char *text, size_t length, bool *out, axvm_vcpu_set *items)
{
	uint64_t first, last;
	size_t dash = 0;

	*out = length > 0 && text[0] == '^';
	if (*out) {
		text++;
		length--;
	}
	while (dash < length && text[dash] != '-')
		dash++;
	if (!is_index(text, dash, &first))
		return false;
	last = first;
	if (dash < length && !is_index(text + dash + 1, length - dash - 1, &last))
		return false;
	if (last < first)
		return false;
	items->bits = (UINT64_MAX >> (63 - (last - first))) << first;
	return true;
}

/* Whether this is a list: items between commas, each of which is whole. */
static bool is_list(const char *text, size_t length, axvm_vcpu_set *set)
{
	size_t first = 0;

	set->bits = 0;
	if (length == 0)
		return true;
	for (size_t i = 0; i <= length; i++) {
		axvm_vcpu_set items;
		bool out;

		if (i < length && text[i] != ',')
			continue;
		if (!is_item(text + first, i - first, &out, &items))
			return false;
		set->bits = out ? set->bits & ~items.bits : set->bits | items.bits;
		first = i + 1;
	}
	return true;
}

void prove_axvm_vcpu_set_parse_list(void)
{
	char block[BLOCK];
	axvm_vcpu_set before = { nondet_uint64() }, out = before, set;

	PROVE(!axvm_vcpu_set_parse_list(NULL, &out) && out.bits == before.bits);
	for (size_t length = 0; length <= LONGEST; length++) {
		const char *text = make_text(block, sizeof(block), length);
		bool wanted = is_list(text, without_newline(text, length), &set);

		out = before;
		PROVE(axvm_vcpu_set_parse_list(text, &out) == wanted);
		PROVE(out.bits == (wanted ? set.bits : before.bits));
		REACHED(length == LONGEST && wanted);
	}
}

static char nondet_digit(void)
{
	char c = nondet_char();

	ASSUME(c >= '0' && c <= '9');
	return c;
}

static uint64_t digit_of(char c)
{
	return (uint64_t)(c - '0');
}

static uint64_t number_of(const char *text)
{
	return 10 * digit_of(text[0]) + digit_of(text[1]);
}

/* The members from one index to another, or none where that is no range. */
static bool is_range(uint64_t first, uint64_t last, uint64_t *bits)
{
	*bits = first <= last && last < 64 ? (UINT64_MAX >> (63 - (last - first))) << first : 0;
	return first <= last && last < 64;
}

/* Two ranges from one digit to two, from the left; the places are constant to CBMC. */
static void parse_two(char *text, bool takes_out)
{
	char *second = text + (takes_out ? 6 : 5);
	uint64_t first_bits, second_bits;
	axvm_vcpu_set before = { nondet_uint64() }, out = before;
	bool wanted;

	text[0] = nondet_digit();
	text[2] = nondet_digit();
	text[3] = nondet_digit();
	second[0] = nondet_digit();
	second[2] = nondet_digit();
	second[3] = nondet_digit();
	wanted = is_range(digit_of(text[0]), number_of(text + 2), &first_bits);
	wanted = is_range(digit_of(second[0]), number_of(second + 2), &second_bits) && wanted;
	PROVE(axvm_vcpu_set_parse_list(text, &out) == wanted);
	PROVE(out.bits == (!wanted     ? before.bits
			   : takes_out ? first_bits & ~second_bits
				       : first_bits | second_bits));
	REACHED(wanted && out.bits == (takes_out ? 1 : UINT64_MAX));
	REACHED(!wanted);
}

void prove_axvm_vcpu_set_parse_list_two(void)
{
	char text[] = "0-00,0-00";

	parse_two(text, false);
}

/* The second one takes out. */
void prove_axvm_vcpu_set_parse_list_two_out(void)
{
	char text[] = "0-00,^0-00";

	parse_two(text, true);
}

/* 0x and a digit more than a mask could have. */
#define LONGEST_MASK 19
#define MASK_BLOCK (LONGEST_MASK + 1)

/* Whether this is 0x and hexadecimal digits, which make 64 bits at most. */
static bool is_mask(const char *text, size_t length, uint64_t *bits)
{
	wide sum = 0;

	if (length < 3 || text[0] != '0' || text[1] != 'x')
		return false;
	for (size_t i = 2; i < length; i++) {
		char c = text[i] >= 'A' && text[i] <= 'F' ? (char)(text[i] + 'a' - 'A') : text[i];

		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return false;
		sum = sum << 4 | (unsigned int)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*bits = (uint64_t)sum;
	return !ABOVE_UINT64(sum);
}

/* Texts of up to LONGEST characters, and of LONGEST_MASK: of any characters. */
void prove_axvm_vcpu_set_parse_mask(void)
{
	char block[MASK_BLOCK];
	axvm_vcpu_set before = { nondet_uint64() }, out = before;

	PROVE(!axvm_vcpu_set_parse_mask(NULL, &out) && out.bits == before.bits);
	for (size_t i = 0; i <= LONGEST + 1; i++) {
		size_t length = i <= LONGEST ? i : LONGEST_MASK;
		const char *text = make_text(block, sizeof(block), length);
		uint64_t bits;
		bool wanted = is_mask(text, without_newline(text, length), &bits);

		out = before;
		PROVE(axvm_vcpu_set_parse_mask(text, &out) == wanted);
		PROVE(out.bits == (wanted ? bits : before.bits));
		REACHED(length == LONGEST_MASK && wanted);
	}
}
