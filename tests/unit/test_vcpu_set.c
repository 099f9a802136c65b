/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vcpu_set.h>

#include "tap.h"

#define FULL UINT64_MAX
#define TOP (UINT64_C(1) << 63)
#define UNTOUCHED UINT64_C(0x5ca1ab1e)

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

	ok(!axvm_vcpu_set_set(&s, 63, true), "set tells that 63 was out");
	eq_uint(s.bits, TOP, "set puts it in");
	ok(axvm_vcpu_set_set(&s, 63, true), "set tells that it was in");
	eq_uint(s.bits, TOP, "and leaves it in");
	ok(!axvm_vcpu_set_set(&s, 0, false), "set tells that 0 was out");
	eq_uint(s.bits, TOP, "and leaves it out");
	ok(axvm_vcpu_set_set(&s, 63, false), "set tells that 63 was in");
	eq_uint(s.bits, 0, "and takes it out");
	traps(axvm_vcpu_set_set(&s, 64, true), "set of 64 traps");
	traps(axvm_vcpu_set_set(&s, 64, false), "even to take it out");

	s.bits = 1;
	ok(axvm_vcpu_set_try_set(&s, 63, true) && s.bits == (TOP | 1), "try_set puts 63 in");
	ok(axvm_vcpu_set_try_set(&s, 63, true) && s.bits == (TOP | 1), "once more");
	ok(axvm_vcpu_set_try_set(&s, 0, false) && s.bits == TOP, "and takes 0 out");
	ok(!axvm_vcpu_set_try_set(&s, 64, true) && s.bits == TOP, "not 64");
	ok(!axvm_vcpu_set_try_set(&s, UINT64_C(1) << 32, false) && s.bits == TOP, "nor 2^32");
	ok(!axvm_vcpu_set_try_set(&s, UINT64_MAX, true) && s.bits == TOP, "nor the greatest number");
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

static void test_list(void)
{
	static const struct {
		uint64_t bits;
		const char *list, *mask;
	} rows[] = {
		{ 0, "", "0x0" },
		{ 1, "0", "0x1" },
		{ 3, "0-1", "0x3" },
		{ 0x10f, "0-3,8", "0x10f" },
		{ 0x15, "0,2,4", "0x15" },
		{ TOP, "63", "0x8000000000000000" },
		{ TOP | 1, "0,63", "0x8000000000000001" },
		{ TOP >> 1 | TOP, "62-63", "0xc000000000000000" },
		{ FULL, "0-63", "0xffffffffffffffff" },
		{ FULL - 1, "1-63", "0xfffffffffffffffe" },
		{ UINT64_C(0x5555555555555555),
		  "0,2,4,6,8,10,12,14,16,18,20,22,24,26,28,30,32,34,36,38,40,42,44,46,48,50,52,54,"
		  "56,58,60,62",
		  "0x5555555555555555" },
	};
	char buf[AXVM_VCPU_SET_LIST_SIZE];

	each_row(i, rows) {
		axvm_vcpu_set s = set(rows[i].bits), out = set(UNTOUCHED);
		int length = (int)strlen(rows[i].list);

		eq_int(axvm_vcpu_set_format_list(s, NULL, 0), length, "format_list counts");
		eq_int(axvm_vcpu_set_format_list(s, buf, sizeof(buf)), length,
		       "format_list gives the length");
		eq_str(buf, rows[i].list, "format_list");
		ok(axvm_vcpu_set_parse_list(rows[i].list, &out), "parse_list reads it back");
		eq_uint(out.bits, rows[i].bits, "parse_list");

		length = (int)strlen(rows[i].mask);
		out = set(UNTOUCHED);
		eq_int(axvm_vcpu_set_format_mask(s, buf, sizeof(buf)), length,
		       "format_mask gives the length");
		eq_str(buf, rows[i].mask, "format_mask");
		ok(axvm_vcpu_set_parse_mask(rows[i].mask, &out), "parse_mask reads it back");
		eq_uint(out.bits, rows[i].bits, "parse_mask");
	}
	memset(buf, '#', sizeof(buf));
	eq_int(axvm_vcpu_set_format_list(set(0x10f), buf, 4), 5, "format_list cuts");
	ok(memcmp(buf, "0-3\0#", 5) == 0, "within the buffer");
	memset(buf, '#', sizeof(buf));
	eq_int(axvm_vcpu_set_format_mask(set(0x10f), buf, 1), 5, "format_mask cuts");
	ok(memcmp(buf, "\0#", 2) == 0, "within the buffer");
}

#if AXVM_VCPU_SET_LIST_SIZE < 1 || AXVM_VCPU_SET_MASK_SIZE < 1
#error "the sizes of texts do not work in #if"
#endif

/* How long `first-last` is, or `first` alone. */
static size_t item_length(unsigned int first, unsigned int last)
{
	size_t length = first < 10 ? 1 : 2;

	return first == last ? length : length + 1 + (last < 10 ? 1 : 2);
}

/* Of all sets: the best way to go on after each index is known before the one below. */
static void test_text_sizes(void)
{
	size_t longest[66] = { 0 }; /* of the items from an index on, each with its comma */
	uint64_t members[66] = { 0 };
	char buf[256];

	for (unsigned int i = 64; i-- != 0;) {
		longest[i] = longest[i + 1];
		members[i] = members[i + 1];
		for (unsigned int last = i; last < 64; last++) {
			/* The next item begins behind a gap. */
			size_t length = item_length(i, last) + 1 + longest[last + 2];

			if (length <= longest[i])
				continue;
			longest[i] = length;
			members[i] = axvm_vcpu_set_andnot(axvm_vcpu_set_mask(last + 1),
							  axvm_vcpu_set_mask(i))
					     .bits |
				     members[last + 2];
		}
	}
	eq_uint(AXVM_VCPU_SET_LIST_SIZE, longest[0], "LIST_SIZE: a NUL in place of the last comma");
	eq_int(axvm_vcpu_set_format_list(set(members[0]), buf, sizeof(buf)), (int)longest[0] - 1,
	       "and there is a set with that list");
	eq_int(axvm_vcpu_set_format_mask(set(FULL), buf, sizeof(buf)), AXVM_VCPU_SET_MASK_SIZE - 1,
	       "MASK_SIZE holds all digits");
}

static void test_parse_list(void)
{
	static const struct {
		const char *text;
		uint64_t bits;
	} good[] = {
		{ "8,0-3", 0x10f },   { "1,1,1", 2 },	    { "0-3,2-5", 0x3f },
		{ "0-7,^3", 0xf7 },   { "0-7,^2-5", 0xc3 }, { "^3,0-7", 0xff },
		{ "^0", 0 },	      { "0-63,^0-63", 0 },  { "5-5", 0x20 },
		{ "0-7,^3,3", 0xff }, { "007", 0x80 },	    { "00000000000000000000063", TOP },
		{ "0-3,8\n", 0x10f }, { "1\n", 2 },	    { "\n", 0 },
		{ "9", 0x200 },	      { "9-19", 0xffe00 },  { "49,^9", UINT64_C(1) << 49 },
	};
	static const char *const bad[] = {
		"64",
		"0-64",
		"3-1",
		" 1",
		"1 ",
		"1, 2",
		"1,,2",
		",",
		",1",
		"1,",
		"-",
		"-1",
		"1-",
		"1--2",
		"+1",
		"^",
		"^^1",
		"1-^2",
		"^,1",
		"a",
		"0x1",
		/* the neighbours of the digits in ASCII */
		"/",
		":",
		"1/",
		"1:",
		"1-2-3",
		"1;2",
		"1\n\n",
		"\n\n",
		"\n1",
		"1,\n",
		"1-\n",
		"^\n",
		"1\n,2",
		"1\r\n",
		"1 \n",
		"18446744073709551616",
		"18446744073709551617",
		"99999999999999999999999999",
		"1-18446744073709551618",
	};

	each_row(i, good) {
		axvm_vcpu_set out = set(UNTOUCHED);

		ok(axvm_vcpu_set_parse_list(good[i].text, &out), good[i].text);
		eq_uint(out.bits, good[i].bits, "gives its set");
	}
	each_row(i, bad) {
		axvm_vcpu_set out = set(UNTOUCHED);

		ok(!axvm_vcpu_set_parse_list(bad[i], &out), "parse_list refuses");
		eq_uint(out.bits, UNTOUCHED, "and writes nothing");
	}
	ok(!axvm_vcpu_set_parse_list(NULL, &(axvm_vcpu_set){ 0 }), "NULL is no list");
}

static void test_parse_mask(void)
{
	static const struct {
		const char *text;
		uint64_t bits;
	} good[] = {
		{ "0xff", 0xff },
		{ "0xFF", 0xff },
		{ "0xAbCdEf", 0xabcdef },
		{ "0x00000000000000000000000000000001", 1 },
		{ "0x0", 0 },
		{ "0xff\n", 0xff },
		{ "0x9", 9 },
		{ "0xa", 10 },
		{ "0xA", 10 },
	};
	static const char *const bad[] = {
		"",
		"0",
		"0x",
		"ff",
		"0Xff",
		"0xg",
		"0x-1",
		" 0x1",
		"0x1 ",
		"0x1,2",
		"x1",
		"0x ",
		"0x10000000000000000",
		"0x0xff",
		"0xfffffffffffffffff",
		"-0x1",
		"0x1\n\n",
		"0x\n",
		"\n",
		"0x\n1",
		"0x1\n1",
		"0x1\r\n",
		"0b1",
		/* the neighbours of the digits in ASCII */
		"0x/",
		"0x:",
		"0x@",
		"0xG",
		"0x`",
	};

	each_row(i, good) {
		axvm_vcpu_set out = set(UNTOUCHED);

		ok(axvm_vcpu_set_parse_mask(good[i].text, &out), good[i].text);
		eq_uint(out.bits, good[i].bits, "gives its set");
	}
	each_row(i, bad) {
		axvm_vcpu_set out = set(UNTOUCHED);

		ok(!axvm_vcpu_set_parse_mask(bad[i], &out), "parse_mask refuses");
		eq_uint(out.bits, UNTOUCHED, "and writes nothing");
	}
	ok(!axvm_vcpu_set_parse_mask(NULL, &(axvm_vcpu_set){ 0 }), "NULL is no mask");
}

int main(void)
{
	test(test_make);
	test(test_members);
	test(test_set);
	test(test_indexes);
	test(test_algebra);
	test(test_foreach);
	test(test_list);
	test(test_text_sizes);
	test(test_parse_list);
	test(test_parse_mask);
	return done();
}
