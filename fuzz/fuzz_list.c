/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Range lists against a set of 64 addresses as bits, and guest memory against a search
 * through all regions.
 */
#include <axvm/types.h>

#include "fuzz.h"

#define ADDRESSES 64
#define CAPACITY 8
#define REGIONS 6

/* The addresses of a range, those from 64 on left out. */
static uint64_t bits_of(axvm_gpa_range r)
{
	uint64_t bits = 0;

	for (uint64_t i = 0; i < ADDRESSES; i++) {
		if (r.start.addr <= i && i < r.end.addr)
			bits |= UINT64_C(1) << i;
	}
	return bits;
}

static uint64_t bits_of_list(const axvm_gpa_range_list *list)
{
	uint64_t bits = 0;

	CHECK(list->count <= list->capacity);
	for (size_t i = 0; i < list->count; i++) {
		CHECK(!axvm_gpa_range_is_empty(list->ranges[i]));
		/* Ascending, and a gap between any two. */
		CHECK(i == 0 || list->ranges[i - 1].end.addr < list->ranges[i].start.addr);
		bits |= bits_of(list->ranges[i]);
	}
	return bits;
}

/* How many ranges a set of bits makes. */
static int runs(uint64_t bits)
{
	return __builtin_popcountll(bits & ~(bits << 1));
}

static axvm_gpa_range take_range(struct input *in)
{
	axvm_gpa_range r = AXVM_GPA_RANGE_INIT(take_byte(in) % (ADDRESSES + 1), 0);

	r.end.addr = take_byte(in) % (ADDRESSES + 1);
	return r;
}

static void gap(const axvm_gpa_range_list *list, struct input *in, uint64_t bits)
{
	axvm_gpa_range within = take_range(in), out = AXVM_GPA_RANGE_INIT(7, 3);
	uint64_t size = take_byte(in) % 16, align = UINT64_C(1) << take_byte(in) % 5;
	bool found = axvm_gpa_range_list_find_gap(list, within, size, align, &out);

	if (size == 0) {
		CHECK(!found && out.start.addr == 7 && out.end.addr == 3);
		return;
	}
	/* The lowest place that does. */
	for (uint64_t at = 0; at + size <= ADDRESSES; at += align) {
		axvm_gpa_range place = AXVM_GPA_RANGE_INIT(at, at + size);

		if (at < within.start.addr || at + size > within.end.addr ||
		    (bits_of(place) & bits) != 0)
			continue;
		CHECK(found && axvm_gpa_range_eq(out, place));
		return;
	}
	CHECK(!found && out.start.addr == 7 && out.end.addr == 3);
}

/* The highest place, in the same way. */
static void high_gap(const axvm_gpa_range_list *list, struct input *in, uint64_t bits)
{
	axvm_gpa_range within = take_range(in), out = AXVM_GPA_RANGE_INIT(7, 3), highest = out;
	uint64_t size = take_byte(in) % 16, align = UINT64_C(1) << take_byte(in) % 5;
	bool found = axvm_gpa_range_list_find_gap_high(list, within, size, align, &out);

	for (uint64_t at = 0; size != 0 && at + size <= ADDRESSES; at += align) {
		axvm_gpa_range place = AXVM_GPA_RANGE_INIT(at, at + size);

		if (at >= within.start.addr && at + size <= within.end.addr &&
		    (bits_of(place) & bits) == 0)
			highest = place;
	}
	CHECK(found == (highest.start.addr != 7 || highest.end.addr != 3));
	CHECK(axvm_gpa_range_eq(out, highest));
}

static void assign(struct input *in)
{
	axvm_gpa_range storage[CAPACITY], ranges[2 * CAPACITY];
	axvm_gpa_range_list list;
	size_t n = take_byte(in) % (2 * CAPACITY + 1);
	uint64_t bits = 0;
	axvm_error error;

	axvm_gpa_range_list_init(&list, storage, take_byte(in) % (CAPACITY + 1));
	for (size_t i = 0; i < n; i++) {
		ranges[i] = take_range(in);
		bits |= bits_of(ranges[i]);
	}
	error = axvm_gpa_range_list_assign(&list, ranges, n);
	CHECK(error == (runs(bits) <= (int)list.capacity ? AXVM_OK : AXVM_ERROR_NO_MEMORY));
	CHECK(bits_of_list(&list) == (error == AXVM_OK ? bits : 0));
}

static void range_list(struct input *in)
{
	axvm_gpa_range_list list;
	size_t capacity = take_byte(in) % (CAPACITY + 1);
	axvm_gpa_range *storage = malloc(capacity * sizeof(*storage) + 1);
	uint64_t bits = 0;

	CHECK(storage != NULL);
	axvm_gpa_range_list_init(&list, storage, capacity);
	while (in->size != 0) {
		bool insert = take_byte(in) & 1;
		axvm_gpa_range r = take_range(in);
		uint64_t taken = bits_of(r), next = insert ? bits | taken : bits & ~taken;
		uint64_t addr = take_byte(in) % (ADDRESSES + 1);
		bool overlaps;
		bool done = insert ? axvm_gpa_range_list_insert(&list, r)
				   : axvm_gpa_range_list_remove(&list, r);

		CHECK(done == (runs(next) <= (int)capacity));
		if (done)
			bits = next;
		CHECK(bits_of_list(&list) == bits && (int)list.count == runs(bits));
		CHECK(axvm_gpa_range_list_contains(&list, axvm_gpa_new(addr)) ==
		      (addr < ADDRESSES && bits >> addr & 1));
		if (!axvm_gpa_range_is_empty(r)) {
			CHECK(axvm_gpa_range_list_overlaps(&list, r) == ((bits & taken) != 0));
			CHECK(axvm_gpa_range_list_contains_range(&list, r) ==
			      ((bits & taken) == taken));
		}
		gap(&list, in, bits);
		high_gap(&list, in, bits);
		r = take_range(in);
		overlaps = axvm_gpa_range_list_overlaps(&list, r);
		next = bits | bits_of(r);
		switch (axvm_gpa_range_list_claim(&list, r)) {
		case AXVM_OK:
			CHECK(!overlaps);
			bits = next;
			break;
		case AXVM_ERROR_ALREADY_EXISTS:
			CHECK(overlaps);
			break;
		default:
			CHECK(!overlaps && runs(next) > (int)capacity);
			break;
		}
		CHECK(bits_of_list(&list) == bits);
	}
	free(storage);
}

/* The pieces are those of a walk byte by byte, and nothing is written when they do not fit. */
static void slices_of(const axvm_guest_region *regions, size_t count, axvm_gpa at, uint64_t length,
		      bool all)
{
	axvm_guest_slice slices[REGIONS], none = { NULL, 0 };
	size_t used = 77, needed = 77;
	uint64_t done = 0;

	CHECK(axvm_guest_memory_slices(regions, count, at, length, slices, REGIONS, &used) == all);
	CHECK(all || used == 0);
	for (size_t i = 0; i < used; i++) {
		CHECK(slices[i].length != 0);
		for (size_t k = 0; k < slices[i].length; k++, done++) {
			axvm_gpa byte = { at.addr + done };

			CHECK(axvm_guest_memory_at(regions, count, byte, 1) ==
			      (uint8_t *)slices[i].ptr + k);
		}
	}
	CHECK(done == (all ? length : 0));
	if (used == 0)
		return;
	slices[0] = none;
	CHECK(!axvm_guest_memory_slices(regions, count, at, length, slices, used - 1, &needed));
	CHECK(needed == used && slices[0].length == 0);
}

static void guest_memory(struct input *in)
{
	static uint8_t host[REGIONS][16];
	axvm_guest_region regions[REGIONS];
	uint8_t before[16], buf[16];
	size_t count = take_byte(in) % (REGIONS + 1);
	bool valid = true, near_top = take_byte(in) & 1;
	uint64_t base = near_top ? UINT64_MAX - 70 : 0;

	for (size_t i = 0; i < count; i++) {
		regions[i].gpa = axvm_gpa_new(base + take_byte(in) % 72);
		regions[i].size = take_byte(in) % 17;
		regions[i].host = take_byte(in) % 16 == 0 ? NULL : host[i];
		regions[i].tag = i;
	}
	if (take_byte(in) & 1)
		axvm_guest_memory_sort(regions, count);
	for (size_t i = 0; i < count; i++) {
		valid = valid && regions[i].host && regions[i].size != 0 &&
			regions[i].size <= UINT64_MAX - regions[i].gpa.addr;
		for (size_t j = 0; j < i && valid; j++)
			valid = regions[j].gpa.addr + regions[j].size <= regions[i].gpa.addr;
	}
	CHECK(axvm_guest_memory_is_valid(regions, count) == valid);
	while (valid && in->size != 0) {
		axvm_gpa at = { base + take_byte(in) % 72 };
		uint64_t length = take_byte(in) % 17, span = 0, reach = 0;
		const axvm_guest_region *region = NULL;
		void *ptr = buf;
		size_t hint;
		bool all;

		for (size_t i = 0; i < count; i++) {
			if (at.addr >= regions[i].gpa.addr &&
			    at.addr - regions[i].gpa.addr < regions[i].size)
				region = &regions[i];
		}
		/* How far it goes on without a hole, byte by byte. */
		for (bool in_one = true; in_one && reach <= length; reach += in_one) {
			in_one = false;
			for (size_t i = 0; i < count && reach <= UINT64_MAX - at.addr; i++)
				in_one = in_one ||
					 at.addr + reach - regions[i].gpa.addr < regions[i].size;
		}
		if (region)
			span = region->size - (at.addr - region->gpa.addr);
		CHECK(axvm_guest_memory_find(regions, count, at) == region);
		CHECK(axvm_guest_memory_at(regions, count, at, length) ==
		      (region && length <= span
			       ? (uint8_t *)region->host + (at.addr - region->gpa.addr)
			       : NULL));
		CHECK(axvm_guest_memory_span(regions, count, at, length, &ptr) ==
		      (length < span ? length : span));
		CHECK((ptr != buf) == (region != NULL));
		all = region && reach >= length;
		hint = take_byte(in) % (REGIONS + 1);
		CHECK(axvm_guest_memory_at_hint(regions, count, &hint, at, length) ==
		      axvm_guest_memory_at(regions, count, at, length));
		CHECK(!region || &regions[hint] == region);
		slices_of(regions, count, at, length, all);
		CHECK(axvm_guest_memory_fill(regions, count, at, 0x5a, length) == all);
		for (uint64_t i = 0; all && i < length; i++) {
			axvm_gpa byte = { at.addr + i };

			CHECK(*(uint8_t *)axvm_guest_memory_at(regions, count, byte, 1) == 0x5a);
		}
		memset(buf, 0xa5, sizeof(buf));
		CHECK(axvm_guest_memory_read(regions, count, at, buf, (size_t)length) == all);
		for (uint64_t i = 0; i < sizeof(buf); i++) {
			axvm_gpa byte = { at.addr + i };
			uint8_t *p = all && i < length
					     ? axvm_guest_memory_at(regions, count, byte, 1)
					     : NULL;

			CHECK(buf[i] == (p ? *p : 0xa5));
		}
		for (size_t i = 0; i < sizeof(buf); i++)
			before[i] = (uint8_t)(take_byte(in) ^ i);
		CHECK(axvm_guest_memory_write(regions, count, at, before, (size_t)length) == all);
		if (all) {
			CHECK(axvm_guest_memory_read(regions, count, at, buf, (size_t)length));
			CHECK(memcmp(buf, before, (size_t)length) == 0);
		}
		if (region) {
			axvm_gpa back;

			CHECK(axvm_guest_memory_gpa_of(regions, count, ptr, &back));
			CHECK(axvm_gpa_eq(back, at));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };

	switch (take_byte(&in) % 4) {
	case 1:
		range_list(&in);
		break;
	case 3:
		assign(&in);
		break;
	default:
		guest_memory(&in);
		break;
	}
	return 0;
}
