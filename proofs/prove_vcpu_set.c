/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vcpu_set.h>

#include "proof.h"
#include "proof_text.h"

/* Specifications ask of one index that could be any of the 64, or of 2^64. */

static axvm_vcpu_set nondet_set(void)
{
	axvm_vcpu_set s = { nondet_uint64() };

	return s;
}

static bool has(axvm_vcpu_set s, uint64_t i)
{
	return i < 64 && bit(s.bits, (unsigned int)i);
}

void prove_axvm_vcpu_set_from_bits(void)
{
	uint64_t bits = nondet_uint64();
	axvm_vcpu_set initialized = AXVM_VCPU_SET_INIT(bits);

	PROVE(axvm_vcpu_set_from_bits(bits).bits == bits);
	PROVE(initialized.bits == bits);
	REACHED(true);
}

void prove_axvm_vcpu_set_to_bits(void)
{
	axvm_vcpu_set s = nondet_set();

	PROVE(axvm_vcpu_set_to_bits(s) == s.bits);
	REACHED(true);
}

void prove_axvm_vcpu_set_new(void)
{
	PROVE(!has(axvm_vcpu_set_new(), nondet_bit()));
	REACHED(true);
}

void prove_axvm_vcpu_set_full(void)
{
	PROVE(has(axvm_vcpu_set_full(), nondet_bit()));
	REACHED(true);
}

void prove_axvm_vcpu_set_mask(void)
{
	uint64_t n = nondet_uint64(), i = nondet_bit();
	axvm_vcpu_set s;

	TRAPS_IF(n > 64);
	s = axvm_vcpu_set_mask(n);
	RETURNED();
	PROVE(has(s, i) == (i < n));
	REACHED(n == 64);
}

void prove_axvm_vcpu_set_one_shot(void)
{
	uint64_t member = nondet_uint64(), i = nondet_bit();
	axvm_vcpu_set s;

	TRAPS_IF(member > 63);
	s = axvm_vcpu_set_one_shot(member);
	RETURNED();
	PROVE(has(s, i) == (i == member));
}

/* By induction over the members: without its lowest one, a set is one shorter. */
void prove_axvm_vcpu_set_len(void)
{
	axvm_vcpu_set s = nondet_set(), fewer = { s.bits & (s.bits - 1) };
	size_t len = axvm_vcpu_set_len(s);

	if (s.bits == 0)
		PROVE(len == 0);
	else
		PROVE(len == axvm_vcpu_set_len(fewer) + 1);
	REACHED(len == 64);
}

void prove_axvm_vcpu_set_is_empty(void)
{
	axvm_vcpu_set s = nondet_set();

	PROVE(axvm_vcpu_set_is_empty(s) ? !has(s, nondet_bit()) : axvm_vcpu_set_len(s) != 0);
	REACHED(!axvm_vcpu_set_is_empty(s));
}

void prove_axvm_vcpu_set_is_full(void)
{
	axvm_vcpu_set s = nondet_set();

	PROVE(axvm_vcpu_set_is_full(s) ? has(s, nondet_bit()) : axvm_vcpu_set_len(s) != 64);
	REACHED(axvm_vcpu_set_is_full(s));
}

void prove_axvm_vcpu_set_get(void)
{
	axvm_vcpu_set s = nondet_set();
	uint64_t i = nondet_uint64();

	PROVE(axvm_vcpu_set_get(s, i) == has(s, i));
	REACHED(axvm_vcpu_set_get(s, i) && i == 63);
	REACHED(i == 64);
}

void prove_axvm_vcpu_set_set(void)
{
	axvm_vcpu_set before = nondet_set(), s = before;
	uint64_t index = nondet_uint64(), i = nondet_bit();
	bool member = nondet_bool(), was;

	TRAPS_IF(index > 63);
	was = axvm_vcpu_set_set(&s, index, member);
	RETURNED();
	PROVE(was == has(before, index));
	PROVE(has(s, i) == (i == index ? member : has(before, i)));
}

void prove_axvm_vcpu_set_try_set(void)
{
	axvm_vcpu_set before = nondet_set(), s = before;
	uint64_t index = nondet_uint64(), i = nondet_bit();
	bool member = nondet_bool();

	PROVE(axvm_vcpu_set_try_set(&s, index, member) == (index < 64));
	PROVE(has(s, i) == (i == index ? member : has(before, i)));
	REACHED(index == 63);
	REACHED(index == 64);
}

void prove_axvm_vcpu_set_range(void)
{
	uint64_t first = nondet_uint64(), last = nondet_uint64(), i = nondet_bit();
	axvm_vcpu_set s;

	TRAPS_IF(first > last || last > 63);
	s = axvm_vcpu_set_range(first, last);
	RETURNED();
	PROVE(has(s, i) == (first <= i && i <= last));
	REACHED(first == 0 && last == 63);
	REACHED(first == 63);
}

/* The first index from `from` on that is one of s, or in its complement; -1 for none. */
static void is_first(int index, axvm_vcpu_set s, wide from, bool member)
{
	uint64_t i = nondet_bit();

	if (index < 0) {
		PROVE(index == -1);
		PROVE(i < from || has(s, i) != member);
	} else {
		PROVE((wide)index >= from && index < 64 && has(s, (uint64_t)index) == member);
		PROVE(i < from || i >= (uint64_t)index || has(s, i) != member);
	}
	REACHED(index < 0);
	REACHED(index == 63);
}

/* The last index below `below`. */
static void is_last(int index, axvm_vcpu_set s, uint64_t below, bool member)
{
	uint64_t i = nondet_bit();

	if (index < 0) {
		PROVE(index == -1);
		PROVE(i >= below || has(s, i) != member);
	} else {
		PROVE((uint64_t)index < below && index < 64 && has(s, (uint64_t)index) == member);
		PROVE(i >= below || i <= (uint64_t)index || has(s, i) != member);
	}
	REACHED(index < 0);
	REACHED(index == 63);
}

void prove_axvm_vcpu_set_first_index(void)
{
	axvm_vcpu_set s = nondet_set();

	is_first(axvm_vcpu_set_first_index(s), s, 0, true);
}

void prove_axvm_vcpu_set_last_index(void)
{
	axvm_vcpu_set s = nondet_set();

	is_last(axvm_vcpu_set_last_index(s), s, UINT64_MAX, true);
}

void prove_axvm_vcpu_set_next_index(void)
{
	axvm_vcpu_set s = nondet_set();
	uint64_t i = nondet_uint64();

	is_first(axvm_vcpu_set_next_index(s, i), s, (wide)i + 1, true);
}

void prove_axvm_vcpu_set_prev_index(void)
{
	axvm_vcpu_set s = nondet_set();
	uint64_t i = nondet_uint64();

	is_last(axvm_vcpu_set_prev_index(s, i), s, i, true);
}

void prove_axvm_vcpu_set_first_false_index(void)
{
	axvm_vcpu_set s = nondet_set();

	is_first(axvm_vcpu_set_first_false_index(s), s, 0, false);
}

void prove_axvm_vcpu_set_last_false_index(void)
{
	axvm_vcpu_set s = nondet_set();

	is_last(axvm_vcpu_set_last_false_index(s), s, UINT64_MAX, false);
}

void prove_axvm_vcpu_set_next_false_index(void)
{
	axvm_vcpu_set s = nondet_set();
	uint64_t i = nondet_uint64();

	is_first(axvm_vcpu_set_next_false_index(s, i), s, (wide)i + 1, false);
}

void prove_axvm_vcpu_set_prev_false_index(void)
{
	axvm_vcpu_set s = nondet_set();
	uint64_t i = nondet_uint64();

	is_last(axvm_vcpu_set_prev_false_index(s, i), s, i, false);
}

void prove_axvm_vcpu_set_not(void)
{
	axvm_vcpu_set s = nondet_set();
	uint64_t i = nondet_bit();

	PROVE(has(axvm_vcpu_set_not(s), i) == !has(s, i));
	REACHED(true);
}

void prove_axvm_vcpu_set_invert(void)
{
	axvm_vcpu_set before = nondet_set(), s = before;
	uint64_t i = nondet_bit();

	axvm_vcpu_set_invert(&s);
	PROVE(has(s, i) == !has(before, i));
	REACHED(true);
}

void prove_axvm_vcpu_set_and(void)
{
	axvm_vcpu_set a = nondet_set(), b = nondet_set();
	uint64_t i = nondet_bit();

	PROVE(has(axvm_vcpu_set_and(a, b), i) == (has(a, i) && has(b, i)));
	REACHED(true);
}

void prove_axvm_vcpu_set_or(void)
{
	axvm_vcpu_set a = nondet_set(), b = nondet_set();
	uint64_t i = nondet_bit();

	PROVE(has(axvm_vcpu_set_or(a, b), i) == (has(a, i) || has(b, i)));
	REACHED(true);
}

void prove_axvm_vcpu_set_xor(void)
{
	axvm_vcpu_set a = nondet_set(), b = nondet_set();
	uint64_t i = nondet_bit();

	PROVE(has(axvm_vcpu_set_xor(a, b), i) == (has(a, i) != has(b, i)));
	REACHED(true);
}

void prove_axvm_vcpu_set_andnot(void)
{
	axvm_vcpu_set a = nondet_set(), b = nondet_set();
	uint64_t i = nondet_bit();

	PROVE(has(axvm_vcpu_set_andnot(a, b), i) == (has(a, i) && !has(b, i)));
	REACHED(true);
}

void prove_axvm_vcpu_set_eq(void)
{
	axvm_vcpu_set a = nondet_set(), b = nondet_set();
	uint64_t i = nondet_bit();

	if (axvm_vcpu_set_eq(a, b))
		PROVE(has(a, i) == has(b, i));
	else
		PROVE((a.bits ^ b.bits) != 0);
	REACHED(axvm_vcpu_set_eq(a, b));
	REACHED(!axvm_vcpu_set_eq(a, b));
}

void prove_axvm_vcpu_set_cmp(void)
{
	axvm_vcpu_set a = nondet_set(), b = nondet_set();
	signed_wide difference = (signed_wide)a.bits - b.bits;

	PROVE(axvm_vcpu_set_cmp(a, b) == (difference < 0 ? -1 : difference == 0 ? 0 : 1));
	REACHED(difference > INT64_MAX);
}

void prove_axvm_vcpu_set_intersects(void)
{
	axvm_vcpu_set a = nondet_set(), b = nondet_set();
	uint64_t i = nondet_bit();
	bool intersects = axvm_vcpu_set_intersects(a, b);

	PROVE(intersects == (axvm_vcpu_set_first_index(axvm_vcpu_set_and(a, b)) >= 0));
	PROVE(intersects || !has(a, i) || !has(b, i));
	REACHED(intersects);
	REACHED(!intersects);
}

void prove_axvm_vcpu_set_is_subset(void)
{
	axvm_vcpu_set a = nondet_set(), b = nondet_set();
	uint64_t i = nondet_bit();
	bool subset = axvm_vcpu_set_is_subset(a, b);

	PROVE(subset == ((a.bits | b.bits) == b.bits));
	PROVE(!subset || !has(a, i) || has(b, i));
	REACHED(subset);
	REACHED(!subset);
}
