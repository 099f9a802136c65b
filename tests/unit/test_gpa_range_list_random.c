/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of ranges against sets of bits, by random calls. */
#include <axvm/gpa_range_list.h>

#include "tap.h"

#define LAST UINT64_MAX

/* Any two ends, in order or not. */
static axvm_gpa_range range(uint64_t start, uint64_t end)
{
	return axvm_gpa_range_new_unchecked(axvm_gpa_new(start), axvm_gpa_new(end));
}

static bool is(axvm_gpa_range r, uint64_t start, uint64_t end)
{
	return r.start.addr == start && r.end.addr == end;
}

static uint64_t random_state;

static uint64_t random_below(uint64_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (random_state >> 33) % n;
}

static uint64_t bits_of(uint64_t start, uint64_t end)
{
	uint64_t bits = 0;

	for (uint64_t i = start; i < end; i++)
		bits |= UINT64_C(1) << i;
	return bits;
}

/* The list is the one form of those addresses. */
static bool same(const axvm_gpa_range_list *list, uint64_t bits, uint64_t base)
{
	size_t runs = 0;

	for (uint64_t i = 0; i < 64; i++) {
		uint64_t end = i;

		while (end < 64 && (bits >> end & 1) != 0)
			end++;
		if (end == i)
			continue;
		if (runs == list->count || !is(list->ranges[runs], base + i, base + end))
			return false;
		runs++;
		i = end;
	}
	return runs == list->count;
}

static size_t runs_of(uint64_t bits)
{
	return (size_t)__builtin_popcountll(bits & ~(bits << 1));
}

/* The lowest start of a free range, by trying all; 64 for none. */
static uint64_t lowest_gap(uint64_t bits, uint64_t base, uint64_t start, uint64_t end,
			   uint64_t size, uint64_t align)
{
	for (uint64_t i = start; i + size <= end; i++) {
		if ((base + i) % align == 0 && (bits & bits_of(i, i + size)) == 0)
			return i;
	}
	return 64;
}

/* The highest start, the same way. */
static uint64_t highest_gap(uint64_t bits, uint64_t base, uint64_t start, uint64_t end,
			    uint64_t size, uint64_t align)
{
	uint64_t highest = 64;

	for (uint64_t i = start; i + size <= end; i++) {
		if ((base + i) % align == 0 && (bits & bits_of(i, i + size)) == 0)
			highest = i;
	}
	return highest;
}

/* True when all answers about one range are those of the bits. */
static bool answers(const axvm_gpa_range_list *list, uint64_t bits, uint64_t base, uint64_t start,
		    uint64_t end)
{
	axvm_gpa_range r = range(base + start, base + end), out;
	uint64_t of_range = bits_of(start, end), size = 1 + random_below(8);
	uint64_t align = UINT64_C(1) << random_below(4);
	uint64_t gap = lowest_gap(bits, base, start, end, size, align);
	uint64_t high = highest_gap(bits, base, start, end, size, align);
	bool right = true;

	for (uint64_t i = 0; i < 64; i++)
		right = right && axvm_gpa_range_list_contains(list, axvm_gpa_new(base + i)) ==
					 ((bits >> i & 1) != 0);
	right = right &&
		axvm_gpa_range_list_contains_range(list, r) == ((bits & of_range) == of_range);
	right = right && axvm_gpa_range_list_overlaps(list, r) == ((bits & of_range) != 0);
	if (axvm_gpa_range_list_find_gap_high(list, r, size, align, &out))
		right = right && is(out, base + high, base + high + size);
	else
		right = right && high == 64;
	if (axvm_gpa_range_list_find_gap(list, r, size, align, &out))
		return right && is(out, base + gap, base + gap + size);
	return right && gap == 64;
}

static void test_random(void)
{
	static const uint64_t bases[] = { 0, 0x80000000, LAST - 64 };
	size_t refused = 0, changed = 0;

	for (uint64_t seed = 0; seed < 300; seed++) {
		axvm_gpa_range storage[33];
		axvm_gpa_range_list list;
		uint64_t bits = 0, base = bases[seed % 3];
		bool right = true;

		random_state = seed;
		axvm_gpa_range_list_init(&list, storage, (size_t)random_below(33));
		for (size_t step = 0; step < 200 && right; step++) {
			uint64_t start = random_below(65), end = start + random_below(12);
			uint64_t wanted;
			bool insert = random_below(2) == 0, done_it;
			axvm_gpa_range r;

			/* Above the end: inverted now and then. */
			if (end > 64)
				end = random_below(65);
			r = range(base + start, base + end);
			wanted = insert ? bits | bits_of(start, end) : bits & ~bits_of(start, end);
			done_it = insert ? axvm_gpa_range_list_insert(&list, r)
					 : axvm_gpa_range_list_remove(&list, r);
			right = done_it == (runs_of(wanted) <= list.capacity);
			refused += !done_it;
			changed += done_it && wanted != bits;
			bits = done_it ? wanted : bits;
			right = right && same(&list, bits, base) &&
				answers(&list, bits, base, start, end);
		}
		if (!ok(right, "the list is that of the bits"))
			printf("# seed %" PRIu64 "\n", seed);
	}
	ok(refused > 1000 && changed > 10000, "many were done, and many refused");
}

static void test_assign_random(void)
{
	size_t refused = 0;

	for (uint64_t seed = 0; seed < 2000; seed++) {
		axvm_gpa_range storage[33], ranges[40], inserted[40];
		axvm_gpa_range_list list;
		size_t n = (size_t)(random_state = seed, random_below(41));
		uint64_t bits = 0, base = seed % 2 ? LAST - 64 : 0x1000;
		bool done, right;

		axvm_gpa_range_list_init(&list, storage, (size_t)random_below(33));
		for (size_t i = 0; i < n; i++) {
			uint64_t start = random_below(65), end = random_below(65);

			/* Short ones mostly, some of them empty or inverted. */
			if (random_below(8) != 0)
				end = start + random_below(3);
			if (end > 64)
				end = 64;
			ranges[i] = range(base + start, base + end);
			inserted[i] = ranges[i];
			bits |= bits_of(start, end);
		}
		done = axvm_gpa_range_list_assign(&list, ranges, n) == AXVM_OK;
		right = done == (runs_of(bits) <= list.capacity) &&
			same(&list, done ? bits : 0, base);
		refused += !done;
		if (!ok(right, "the list is that of the bits"))
			printf("# seed %" PRIu64 "\n", seed);
		/* One by one, each claimed or refused. */
		axvm_gpa_range_list_init(&list, storage, 33);
		bits = 0;
		for (size_t i = 0; i < n; i++) {
			uint64_t r =
				bits_of(inserted[i].start.addr - base, inserted[i].end.addr - base);
			axvm_error error = axvm_gpa_range_list_claim(&list, inserted[i]);

			right = right &&
				error == ((r & bits) != 0 ? AXVM_ERROR_ALREADY_EXISTS : AXVM_OK);
			bits |= error == AXVM_OK ? r : 0;
		}
		ok(right && same(&list, bits, base), "what is claimed overlaps nothing");
	}
	ok(refused > 100 && refused < 1900, "some have room, some do not");
}

int main(void)
{
	test(test_random);
	test(test_assign_random);
	return done();
}
