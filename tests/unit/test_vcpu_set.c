/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vcpu_set.h>

#include "tap.h"

#define FULL UINT64_MAX
#define TOP (UINT64_C(1) << 63)
#define set(bits) axvm_vcpu_set_from_bits(bits)

static const uint64_t samples[] = {
	0, 1, 2, 3, TOP, TOP | 1, FULL, FULL - 1, FULL >> 1, 0xf0, UINT64_C(0x00ff00000000ff00),
};

/* The truth that indexes are held against: one bit at a time. */
static bool member(uint64_t bits, uint64_t i)
{
	return i < 64 && (bits & (UINT64_C(1) << i)) != 0;
}

/* The nearest index to from that is in, upwards or downwards, or -1. */
static int search(uint64_t bits, int from, int step, bool in)
{
	for (int i = from; i >= 0 && i < 64; i += step) {
		if (member(bits, (uint64_t)i) == in)
			return i;
	}
	return -1;
}

static void test_make(void)
{
	static const struct {
		uint64_t n, bits;
	} masks[] = { { 0, 0 }, { 1, 1 }, { 2, 3 }, { 63, FULL >> 1 }, { 64, FULL } };
	axvm_vcpu_set init = AXVM_VCPU_SET_INIT(0x55);

	eq_uint(init.bits, 0x55, "INIT holds the mask");
	eq_uint(axvm_vcpu_set_new().bits, 0, "new is empty");
	eq_uint(axvm_vcpu_set_full().bits, FULL, "full has all");
	each_row(i, masks)
		eq_uint(axvm_vcpu_set_mask(masks[i].n).bits, masks[i].bits, "mask of the first n");
	traps(axvm_vcpu_set_mask(65), "mask of 65 traps");
	traps(axvm_vcpu_set_mask(UINT64_C(0x100000001)), "mask of 2^32 + 1 traps");
	traps(axvm_vcpu_set_mask(UINT64_MAX), "mask of the greatest number traps");
	eq_uint(axvm_vcpu_set_one_shot(0).bits, 1, "one_shot of 0");
	eq_uint(axvm_vcpu_set_one_shot(63).bits, TOP, "one_shot of 63");
	traps(axvm_vcpu_set_one_shot(64), "one_shot of 64 traps");
	traps(axvm_vcpu_set_one_shot(UINT64_C(1) << 32), "one_shot of 2^32 traps");
	for (axvm_vcpu_id first = 0; first < 64; first++) {
		for (axvm_vcpu_id last = first; last < 64; last++) {
			axvm_vcpu_set r = axvm_vcpu_set_range(first, last);

			eq_int(axvm_vcpu_set_first_index(r), (int)first, "range: its first");
			eq_int(axvm_vcpu_set_last_index(r), (int)last, "its last");
			eq_uint(axvm_vcpu_set_len(r), last - first + 1, "and all between");
		}
	}
	traps(axvm_vcpu_set_range(1, 0), "range out of order traps");
	traps(axvm_vcpu_set_range(63, 0), "range out of order traps");
	traps(axvm_vcpu_set_range(0, 64), "range to 64 traps");
	traps(axvm_vcpu_set_range(64, 64), "range of 64 traps");
	traps(axvm_vcpu_set_range(0, UINT64_MAX), "range to the greatest number traps");
	each_row(i, samples)
		eq_uint(axvm_vcpu_set_to_bits(set(samples[i])), samples[i], "to_bits of from_bits");
}

static void test_members(void)
{
	each_row(s, samples) {
		uint64_t bits = samples[s];
		size_t len = 0;
		bool right = true;

		for (uint64_t i = 0; i < 64; i++) {
			len += member(bits, i);
			right = right && axvm_vcpu_set_get(set(bits), i) == member(bits, i);
		}
		ok(right, "get finds each member");
		ok(!axvm_vcpu_set_get(set(bits), 64), "get of 64 is false");
		ok(!axvm_vcpu_set_get(set(bits), UINT64_MAX),
		   "get of the greatest number is false");
		eq_uint(axvm_vcpu_set_len(set(bits)), len, "len counts");
		eq_int(axvm_vcpu_set_is_empty(set(bits)), bits == 0, "is_empty");
		eq_int(axvm_vcpu_set_is_full(set(bits)), bits == FULL, "is_full");
	}
}

static void test_set(void)
{
	axvm_vcpu_set s = axvm_vcpu_set_new();

	ok(!axvm_vcpu_set_set(&s, 63, true), "set reports that 63 was out");
	eq_uint(s.bits, TOP, "set puts it in");
	ok(axvm_vcpu_set_set(&s, 63, true), "set reports that it was in");
	eq_uint(s.bits, TOP, "and leaves it in");
	ok(!axvm_vcpu_set_set(&s, 0, false), "set reports that 0 was out");
	eq_uint(s.bits, TOP, "and leaves it out");
	ok(axvm_vcpu_set_set(&s, 63, false), "set reports that 63 was in");
	eq_uint(s.bits, 0, "and takes it out");
	traps(axvm_vcpu_set_set(&s, 64, true), "set of 64 traps");
	traps(axvm_vcpu_set_set(&s, 64, false), "even to take it out");

	s.bits = 1;
	ok(axvm_vcpu_set_try_set(&s, 63, true) && s.bits == (TOP | 1), "try_set puts 63 in");
	ok(axvm_vcpu_set_try_set(&s, 63, true) && s.bits == (TOP | 1), "once more");
	ok(axvm_vcpu_set_try_set(&s, 0, false) && s.bits == TOP, "and takes 0 out");
	ok(!axvm_vcpu_set_try_set(&s, 64, true) && s.bits == TOP, "not 64");
	ok(!axvm_vcpu_set_try_set(&s, UINT64_C(1) << 32, false) && s.bits == TOP, "nor 2^32");
	ok(!axvm_vcpu_set_try_set(&s, UINT64_MAX, true) && s.bits == TOP,
	   "nor the greatest number");
}

static void test_indexes(void)
{
	static const uint64_t past[] = { 64, 65, UINT64_C(1) << 32, UINT64_MAX };

	each_row(n, samples) {
		uint64_t bits = samples[n];
		axvm_vcpu_set s = set(bits);
		bool next = true, prev = true, next_false = true, prev_false = true;

		eq_int(axvm_vcpu_set_first_index(s), search(bits, 0, 1, true), "first_index");
		eq_int(axvm_vcpu_set_last_index(s), search(bits, 63, -1, true), "last_index");
		eq_int(axvm_vcpu_set_first_false_index(s), search(bits, 0, 1, false),
		       "first_false_index");
		eq_int(axvm_vcpu_set_last_false_index(s), search(bits, 63, -1, false),
		       "last_false_index");
		for (int i = 0; i < 64; i++) {
			axvm_vcpu_id id = (axvm_vcpu_id)i;

			next &= axvm_vcpu_set_next_index(s, id) == search(bits, i + 1, 1, true);
			prev &= axvm_vcpu_set_prev_index(s, id) == search(bits, i - 1, -1, true);
			next_false &= axvm_vcpu_set_next_false_index(s, id) ==
				      search(bits, i + 1, 1, false);
			prev_false &= axvm_vcpu_set_prev_false_index(s, id) ==
				      search(bits, i - 1, -1, false);
		}
		ok(next, "next_index after each index");
		ok(prev, "prev_index before each index");
		ok(next_false, "next_false_index after each index");
		ok(prev_false, "prev_false_index before each index");
		each_row(i, past) {
			eq_int(axvm_vcpu_set_next_index(s, past[i]), -1, "none after the end");
			eq_int(axvm_vcpu_set_next_false_index(s, past[i]), -1,
			       "nor one that is no member");
			eq_int(axvm_vcpu_set_prev_index(s, past[i]), search(bits, 63, -1, true),
			       "prev_index past the end starts from the top");
			eq_int(axvm_vcpu_set_prev_false_index(s, past[i]),
			       search(bits, 63, -1, false), "prev_false_index as well");
		}
	}
}

static void test_algebra(void)
{
	each_row(i, samples) {
		uint64_t a = samples[i];
		axvm_vcpu_set inverted = set(a);

		eq_uint(axvm_vcpu_set_not(set(a)).bits, ~a, "not");
		axvm_vcpu_set_invert(&inverted);
		eq_uint(inverted.bits, ~a, "invert");
		each_row(j, samples) {
			uint64_t b = samples[j];

			eq_uint(axvm_vcpu_set_and(set(a), set(b)).bits, a & b, "and");
			eq_uint(axvm_vcpu_set_or(set(a), set(b)).bits, a | b, "or");
			eq_uint(axvm_vcpu_set_xor(set(a), set(b)).bits, a ^ b, "xor");
			eq_uint(axvm_vcpu_set_andnot(set(a), set(b)).bits, a & ~b, "andnot");
			eq_int(axvm_vcpu_set_eq(set(a), set(b)), i == j, "eq");
			eq_int(axvm_vcpu_set_cmp(set(a), set(b)), (a > b) - (a < b), "cmp");
			eq_int(axvm_vcpu_set_intersects(set(a), set(b)), (a & b) != 0,
			       "intersects");
			eq_int(axvm_vcpu_set_is_subset(set(a), set(b)), (a | b) == b, "is_subset");
		}
	}
}

static void test_foreach(void)
{
	axvm_vcpu_set shrinking = axvm_vcpu_set_full();
	int rounds = 0, evaluated = 0;

	each_row(n, samples) {
		uint64_t seen = 0, last = 0;
		bool ascends = true;

		AXVM_VCPU_SET_FOREACH(i, set(samples[n])) {
			ascends = ascends && (seen == 0 || i > last);
			last = i;
			seen |= UINT64_C(1) << i;
		}
		eq_uint(seen, samples[n], "FOREACH visits each member");
		ok(ascends, "in ascending order, each once");
	}
	AXVM_VCPU_SET_FOREACH(i, shrinking) {
		axvm_vcpu_set_set(&shrinking, 63 - i, false);
		if (i % 2 == 0)
			continue;
		if (++rounds == 20)
			break;
	}
	eq_int(rounds, 20, "the body may change the set, continue and break");
	AXVM_VCPU_SET_FOREACH(i, (evaluated++, set(7)))
		AXVM_VCPU_SET_FOREACH(j, set(i))
			rounds += (int)j;
	eq_int(evaluated, 1, "the set is evaluated once");
	eq_int(rounds, 20 + 0 + 1, "loops nest");
}

int main(void)
{
	test(test_make);
	test(test_members);
	test(test_set);
	test(test_indexes);
	test(test_algebra);
	test(test_foreach);
	return done();
}
