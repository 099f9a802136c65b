/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa_range_list.h>

#include "proof.h"

/*
 * Lists of up to MOST ranges, in an array of any capacity up to that. A list is about the
 * addresses in it: as it has one form only for a set of them, specifications ask for that
 * form, and of one address that could be any.
 */
#define MOST 3
/* Of a list that could not be changed, as its array has no room. */
#define ALL_TAKEN (MOST + 1)

static axvm_gpa_range nondet_range(void)
{
	axvm_gpa_range r = { { nondet_uint64() }, { nondet_uint64() } };

	return r;
}

static bool same(axvm_gpa_range r, axvm_gpa_range o)
{
	return r.start.addr == o.start.addr && r.end.addr == o.end.addr;
}

static bool range_has(axvm_gpa_range r, uint64_t addr)
{
	return addr >= r.start.addr && addr < r.end.addr;
}

/* Some address of one is in the other: the greater of the two starts. */
static bool meet(axvm_gpa_range r, axvm_gpa_range o)
{
	return range_has(r, r.start.addr) && range_has(o, o.start.addr) &&
	       (range_has(r, o.start.addr) || range_has(o, r.start.addr));
}

/* What its documentation says of every list. */
static bool is_list(const axvm_gpa_range_list *list)
{
	if (list->count > list->capacity)
		return false;
	for (size_t i = 0; i < MOST; i++) {
		const axvm_gpa_range *r = &list->ranges[i];

		if (i < list->count && r->start.addr >= r->end.addr)
			return false;
		if (i + 1 < list->count && r[0].end.addr >= r[1].start.addr)
			return false;
	}
	return true;
}

/* Any list of so many ranges. A constant count is what makes proofs of changes short. */
static axvm_gpa_range_list list_of(axvm_gpa_range storage[MOST], size_t count)
{
	size_t capacity = count == MOST ? MOST : nondet_size();
	axvm_gpa_range_list list = { storage, count, capacity };

	for (size_t i = 0; i < MOST; i++)
		storage[i] = nondet_range();
	ASSUME(list.capacity <= MOST && is_list(&list));
	return list;
}

static axvm_gpa_range_list nondet_list(axvm_gpa_range storage[MOST])
{
	return list_of(storage, nondet_size());
}

static bool has(const axvm_gpa_range_list *list, uint64_t addr)
{
	for (size_t i = 0; i < MOST; i++) {
		if (i < list->count && range_has(list->ranges[i], addr))
			return true;
	}
	return false;
}

/* One range of the array, which could be any. */
static size_t nondet_place(void)
{
	size_t i = nondet_size();

	ASSUME(i < MOST);
	return i;
}

void prove_axvm_gpa_range_list_init(void)
{
	axvm_gpa_range storage[MOST], before = nondet_range();
	axvm_gpa_range_list list;
	size_t capacity = nondet_size(), i = nondet_place();

	ASSUME(capacity <= MOST);
	storage[i] = before;
	axvm_gpa_range_list_init(&list, storage, capacity);
	PROVE(list.ranges == storage && list.count == 0 && list.capacity == capacity);
	PROVE(same(storage[i], before));
	axvm_gpa_range_list_init(&list, NULL, 0);
	PROVE(!list.ranges && list.count == 0 && list.capacity == 0);
	REACHED(true);
}

/*
 * It is a list in the same array, done or not. How many ranges it has then need not be said: there
 * is one list only for a set of addresses.
 */
static void is_changed(const axvm_gpa_range_list *list, const axvm_gpa_range_list *former,
		       bool done)
{
	PROVE(list->ranges == former->ranges && list->capacity == former->capacity);
	PROVE(done || list->count == former->count);
	PROVE(is_list(list));
}

/* Into a list of so many ranges: how many it has then, or ALL_TAKEN. */
static size_t inserts(size_t count)
{
	axvm_gpa_range storage[MOST], r = nondet_range();
	axvm_gpa_range_list list = list_of(storage, count), former = list;
	uint64_t addr = nondet_uint64();
	bool was = has(&list, addr), more = r.start.addr < r.end.addr, done;
	size_t i = nondet_place();
	axvm_gpa_range before = storage[i];

	/* One more range is what touches none of the others. */
	for (size_t k = 0; k < count; k++)
		more = more && (storage[k].end.addr < r.start.addr ||
				storage[k].start.addr > r.end.addr);
	done = axvm_gpa_range_list_insert(&list, r);
	PROVE(done == !(more && count == list.capacity));
	is_changed(&list, &former, done);
	PROVE(has(&list, addr) == (was || (done && range_has(r, addr))));
	PROVE((done && i < list.capacity) || same(storage[i], before));
	return done ? list.count : ALL_TAKEN;
}

void prove_axvm_gpa_range_list_insert(void)
{
	size_t left = inserts(0);

	REACHED(left == 1);
	REACHED(left == ALL_TAKEN);
}

void prove_axvm_gpa_range_list_insert_into_one(void)
{
	size_t left = inserts(1);

	REACHED(left == 1);
	REACHED(left == 2);
	REACHED(left == ALL_TAKEN);
}

void prove_axvm_gpa_range_list_insert_into_two(void)
{
	size_t left = inserts(2);

	REACHED(left == 1);
	REACHED(left == MOST);
	REACHED(left == ALL_TAKEN);
}

void prove_axvm_gpa_range_list_insert_into_most(void)
{
	size_t left = inserts(MOST);

	REACHED(left == 1);
	REACHED(left == MOST);
	REACHED(left == ALL_TAKEN);
}

/* From a list of so many ranges: how many it has then, or ALL_TAKEN. */
static size_t removes(size_t count)
{
	axvm_gpa_range storage[MOST], r = nondet_range();
	axvm_gpa_range_list list = list_of(storage, count), former = list;
	uint64_t addr = nondet_uint64();
	bool was = has(&list, addr), more = false, done;
	size_t i = nondet_place();
	axvm_gpa_range before = storage[i];

	/* One more range is what remains on both sides. */
	for (size_t k = 0; k < count; k++)
		more = more || (storage[k].start.addr < r.start.addr &&
				r.start.addr < r.end.addr && r.end.addr < storage[k].end.addr);
	done = axvm_gpa_range_list_remove(&list, r);
	PROVE(done == !(more && count == list.capacity));
	is_changed(&list, &former, done);
	PROVE(has(&list, addr) == (was && !(done && range_has(r, addr))));
	PROVE((done && i < list.capacity) || same(storage[i], before));
	return done ? list.count : ALL_TAKEN;
}

void prove_axvm_gpa_range_list_remove(void)
{
	size_t left = removes(0);

	REACHED(left == 0);
	PROVE(left != ALL_TAKEN);
}

void prove_axvm_gpa_range_list_remove_from_one(void)
{
	size_t left = removes(1);

	REACHED(left == 0);
	REACHED(left == 2);
	REACHED(left == ALL_TAKEN);
}

void prove_axvm_gpa_range_list_remove_from_two(void)
{
	size_t left = removes(2);

	REACHED(left == 0);
	REACHED(left == MOST);
	REACHED(left == ALL_TAKEN);
}

void prove_axvm_gpa_range_list_remove_from_most(void)
{
	size_t left = removes(MOST);

	REACHED(left == 0);
	REACHED(left == MOST);
	REACHED(left == ALL_TAKEN);
}

/* A list without an array, for which there is nothing to move. */
void prove_axvm_gpa_range_list_insert_nowhere(void)
{
	axvm_gpa_range_list none = { NULL, 0, 0 };
	axvm_gpa_range r = nondet_range();
	bool empty = r.start.addr >= r.end.addr;

	PROVE(axvm_gpa_range_list_insert(&none, r) == empty);
	PROVE(!none.ranges && none.count == 0 && none.capacity == 0);
	REACHED(empty);
	REACHED(!empty);
}

void prove_axvm_gpa_range_list_remove_nowhere(void)
{
	axvm_gpa_range_list none = { NULL, 0, 0 };

	PROVE(axvm_gpa_range_list_remove(&none, nondet_range()));
	PROVE(!none.ranges && none.count == 0 && none.capacity == 0);
	REACHED(true);
}

void prove_axvm_gpa_range_list_contains(void)
{
	axvm_gpa_range storage[MOST];
	axvm_gpa_range_list list = nondet_list(storage);
	axvm_gpa a = { nondet_uint64() };
	bool had = has(&list, a.addr);
	bool contains = axvm_gpa_range_list_contains(&list, a);

	PROVE(contains == had);
	REACHED(contains && list.count == MOST);
	REACHED(!contains && list.count == MOST);
}

void prove_axvm_gpa_range_list_contains_range(void)
{
	axvm_gpa_range storage[MOST], r = nondet_range();
	axvm_gpa_range_list list = nondet_list(storage);
	uint64_t addr = nondet_uint64();
	bool contains = axvm_gpa_range_list_contains_range(&list, r);
	bool starts = has(&list, r.start.addr), ends = false;

	/* Walking up the range, the list ends at the end of one of its ranges only. */
	for (size_t i = 0; i < MOST; i++)
		ends = ends || (i < list.count && range_has(r, storage[i].end.addr));
	PROVE(contains == (r.start.addr >= r.end.addr || (starts && !ends)));
	PROVE(!contains || !range_has(r, addr) || has(&list, addr));
	REACHED(contains && range_has(r, addr));
	REACHED(!contains && starts);
}

void prove_axvm_gpa_range_list_overlaps(void)
{
	axvm_gpa_range storage[MOST], r = nondet_range();
	axvm_gpa_range_list list = nondet_list(storage);
	uint64_t addr = nondet_uint64();
	bool overlaps = axvm_gpa_range_list_overlaps(&list, r), expected = false;

	for (size_t i = 0; i < MOST; i++)
		expected = expected || (i < list.count && meet(storage[i], r));
	PROVE(overlaps == expected);
	PROVE(overlaps || !range_has(r, addr) || !has(&list, addr));
	REACHED(overlaps);
	REACHED(!overlaps && range_has(r, addr));
}

/* Whether a gap may begin at an address. */
static bool is_gap(const axvm_gpa_range_list *list, axvm_gpa_range within, uint64_t size,
		   uint64_t align, uint64_t start)
{
	axvm_gpa_range gap = { { start }, { start + size } };

	if (size == 0 || (start & (align - 1)) != 0 || start < within.start.addr ||
	    (wide)start + size > within.end.addr)
		return false;
	for (size_t i = 0; i < MOST; i++) {
		if (i < list->count && meet(list->ranges[i], gap))
			return false;
	}
	return true;
}

/*
 * The gap is one, and no address below it begins another; if there is none, no address does.
 * In lists of two ranges, as three take CBMC minutes.
 */
void prove_axvm_gpa_range_list_find_gap(void)
{
	axvm_gpa_range storage[MOST], within = nondet_range(), before = nondet_range();
	axvm_gpa_range_list list = nondet_list(storage);
	axvm_gpa_range out = before;
	uint64_t size = nondet_uint64(), align = nondet_power(), other = nondet_uint64();
	bool found;

	ASSUME(list.count <= 2);
	found = axvm_gpa_range_list_find_gap(&list, within, size, align, &out);
	if (found) {
		PROVE(is_gap(&list, within, size, align, out.start.addr));
		PROVE(out.end.addr == out.start.addr + size);
		PROVE(other >= out.start.addr || !is_gap(&list, within, size, align, other));
	} else {
		PROVE(!is_gap(&list, within, size, align, other));
		PROVE(same(out, before));
	}
	REACHED(found && list.count == 2 && out.start.addr > storage[1].start.addr);
	REACHED(!found);
}

void prove_axvm_gpa_range_list_find_gap_unaligned(void)
{
	axvm_gpa_range storage[MOST], before = nondet_range(), out = before;
	axvm_gpa_range_list list = nondet_list(storage);
	uint64_t align = nondet_uint64();

	ASSUME(!is_power(align));
	PROVE(!axvm_gpa_range_list_find_gap(&list, nondet_range(), nondet_uint64(), align, &out));
	PROVE(same(out, before));
	REACHED(align != 0);
}

/* As find_gap, from the other side. */
void prove_axvm_gpa_range_list_find_gap_high(void)
{
	axvm_gpa_range storage[MOST], within = nondet_range(), before = nondet_range();
	axvm_gpa_range_list list = nondet_list(storage);
	axvm_gpa_range out = before;
	uint64_t size = nondet_uint64(), align = nondet_power(), other = nondet_uint64();
	bool found;

	ASSUME(list.count <= 2);
	found = axvm_gpa_range_list_find_gap_high(&list, within, size, align, &out);
	if (found) {
		PROVE(is_gap(&list, within, size, align, out.start.addr));
		PROVE(out.end.addr == out.start.addr + size);
		PROVE(other <= out.start.addr || !is_gap(&list, within, size, align, other));
	} else {
		PROVE(!is_gap(&list, within, size, align, other));
		PROVE(same(out, before));
	}
	REACHED(found && list.count == 2 && out.end.addr <= storage[0].start.addr);
	REACHED(!found);
}

void prove_axvm_gpa_range_list_find_gap_high_unaligned(void)
{
	axvm_gpa_range storage[MOST], before = nondet_range(), out = before;
	axvm_gpa_range_list list = nondet_list(storage);
	uint64_t align = nondet_uint64();

	ASSUME(!is_power(align));
	PROVE(!axvm_gpa_range_list_find_gap_high(&list, nondet_range(), nondet_uint64(), align,
						 &out));
	PROVE(same(out, before));
	REACHED(align != 0);
}

/* What it puts in is what the proof of insert is about. */
void prove_axvm_gpa_range_list_claim(void)
{
	axvm_gpa_range storage[MOST], r = nondet_range();
	axvm_gpa_range_list list = nondet_list(storage), former = list;
	uint64_t addr = nondet_uint64();
	bool was = has(&list, addr), overlaps = false;
	axvm_error error;

	for (size_t i = 0; i < MOST; i++)
		overlaps = overlaps || (i < list.count && meet(storage[i], r));
	error = axvm_gpa_range_list_claim(&list, r);
	PROVE(error == AXVM_OK || error == AXVM_ERROR_ALREADY_EXISTS ||
	      error == AXVM_ERROR_NO_MEMORY);
	PROVE((error == AXVM_ERROR_ALREADY_EXISTS) == overlaps);
	PROVE(error != AXVM_ERROR_NO_MEMORY || list.count == list.capacity);
	PROVE(is_list(&list) && list.ranges == former.ranges && list.capacity == former.capacity);
	PROVE(has(&list, addr) == (was || (error == AXVM_OK && range_has(r, addr))));
	PROVE(error == AXVM_OK || list.count == former.count);
	REACHED(error == AXVM_ERROR_NO_MEMORY);
	REACHED(error == AXVM_OK && list.count == former.count + 1);
}

/* Of up to two ranges into any list: sorted, merged, and all that was in them. */
void prove_axvm_gpa_range_list_assign(void)
{
	axvm_gpa_range storage[MOST], ranges[2];
	axvm_gpa_range_list list = nondet_list(storage), former = list;
	uint64_t addr = nondet_uint64();
	bool was = has(&list, addr), in = false, all_empty = true;
	size_t n = nondet_size();
	axvm_error error;

	ASSUME(n <= 2);
	for (size_t i = 0; i < 2; i++) {
		ranges[i] = nondet_range();
		in = in || (i < n && range_has(ranges[i], addr));
		all_empty = all_empty && (i >= n || ranges[i].start.addr >= ranges[i].end.addr);
	}
	error = axvm_gpa_range_list_assign(&list, ranges, n);
	PROVE(error == AXVM_OK || error == AXVM_ERROR_NO_MEMORY);
	PROVE(is_list(&list) && list.ranges == former.ranges && list.capacity == former.capacity);
	PROVE(has(&list, addr) == (error == AXVM_OK ? in : was));
	PROVE(error == AXVM_OK || (list.count == former.count && list.capacity < n && !all_empty));
	REACHED(error == AXVM_OK && list.count == 2);
	REACHED(error == AXVM_OK && n == 2 && list.capacity == 1 && list.count == 1);
	REACHED(error == AXVM_ERROR_NO_MEMORY);
}
