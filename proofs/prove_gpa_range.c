/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa_range.h>

#include "proof.h"
#include "proof_text.h"

/*
 * What a range is about is the addresses in it, so specifications ask of one address that
 * could be any. Where both numbers count by themselves, as in an inverted range, they ask
 * for the numbers.
 */

static axvm_gpa nondet_gpa(void)
{
	axvm_gpa a = { nondet_uint64() };

	return a;
}

/* Empty and inverted ones as well. */
static axvm_gpa_range nondet_range(void)
{
	axvm_gpa_range r = { nondet_gpa(), nondet_gpa() };

	return r;
}

static bool is(axvm_gpa_range r, uint64_t start, uint64_t end)
{
	return r.start.addr == start && r.end.addr == end;
}

static bool same(axvm_gpa_range r, axvm_gpa_range o)
{
	return is(r, o.start.addr, o.end.addr);
}

static bool has(axvm_gpa_range r, uint64_t addr)
{
	return addr >= r.start.addr && addr < r.end.addr;
}

void prove_axvm_gpa_range_new_unchecked(void)
{
	axvm_gpa start = nondet_gpa(), end = nondet_gpa();
	axvm_gpa_range initialized = AXVM_GPA_RANGE_INIT(start.addr, end.addr);

	PROVE(is(axvm_gpa_range_new_unchecked(start, end), start.addr, end.addr));
	PROVE(is(initialized, start.addr, end.addr));
	REACHED(start.addr > end.addr);
}

void prove_axvm_gpa_range_try_new(void)
{
	axvm_gpa start = nondet_gpa(), end = nondet_gpa();
	axvm_gpa_range before = nondet_range(), out = before;
	bool made = axvm_gpa_range_try_new(start, end, &out);

	PROVE(made == !(end.addr < start.addr));
	PROVE(made ? is(out, start.addr, end.addr) : same(out, before));
	REACHED(made && start.addr == end.addr);
	REACHED(!made);
}

void prove_axvm_gpa_range_new(void)
{
	axvm_gpa start = nondet_gpa(), end = nondet_gpa();
	axvm_gpa_range r;

	TRAPS_IF(end.addr < start.addr);
	r = axvm_gpa_range_new(start, end);
	RETURNED();
	PROVE(is(r, start.addr, end.addr));
}

void prove_axvm_gpa_range_from_start_size_unchecked(void)
{
	axvm_gpa start = nondet_gpa();
	uint64_t size = nondet_uint64();
	axvm_gpa_range r = axvm_gpa_range_from_start_size_unchecked(start, size);

	PROVE(is(r, start.addr, (uint64_t)((wide)start.addr + size)));
	REACHED(r.end.addr < start.addr);
}

void prove_axvm_gpa_range_try_from_start_size(void)
{
	axvm_gpa start = nondet_gpa();
	uint64_t size = nondet_uint64();
	axvm_gpa_range before = nondet_range(), out = before;
	wide end = (wide)start.addr + size;
	bool made = axvm_gpa_range_try_from_start_size(start, size, &out);

	PROVE(made == !ABOVE_UINT64(end));
	PROVE(made ? is(out, start.addr, (uint64_t)end) : same(out, before));
	REACHED(made);
	REACHED(!made);
}

void prove_axvm_gpa_range_from_start_size(void)
{
	axvm_gpa start = nondet_gpa();
	uint64_t size = nondet_uint64();
	wide end = (wide)start.addr + size;
	axvm_gpa_range r;

	TRAPS_IF(ABOVE_UINT64(end));
	r = axvm_gpa_range_from_start_size(start, size);
	RETURNED();
	PROVE(is(r, start.addr, (uint64_t)end));
}

void prove_axvm_gpa_range_is_empty(void)
{
	axvm_gpa_range r = nondet_range();
	uint64_t addr = nondet_uint64();

	if (axvm_gpa_range_is_empty(r))
		PROVE(!has(r, addr));
	else
		PROVE(has(r, r.start.addr));
	REACHED(axvm_gpa_range_is_empty(r));
	REACHED(!axvm_gpa_range_is_empty(r));
}

void prove_axvm_gpa_range_size(void)
{
	axvm_gpa_range r = nondet_range();
	uint64_t size = axvm_gpa_range_size(r);

	PROVE(r.start.addr + size == r.end.addr);
	REACHED(size == UINT64_MAX);
}

void prove_axvm_gpa_range_contains(void)
{
	axvm_gpa_range r = nondet_range();
	axvm_gpa addr = nondet_gpa();

	/* From its start, an address of it is nearer than its end. */
	if (r.start.addr <= r.end.addr)
		PROVE(axvm_gpa_range_contains(r, addr) ==
		      (addr.addr - r.start.addr < r.end.addr - r.start.addr));
	else
		PROVE(!axvm_gpa_range_contains(r, addr));
	REACHED(axvm_gpa_range_contains(r, addr));
}

/* Of o, if it is not empty, every address is one of r. */
static void contains_range(axvm_gpa_range r, axvm_gpa_range o, bool result)
{
	uint64_t addr = nondet_uint64();

	if (o.start.addr < o.end.addr) {
		if (result)
			PROVE(!has(o, addr) || has(r, addr));
		else
			PROVE(!has(r, o.start.addr) || !has(r, o.end.addr - 1));
	} else {
		PROVE(result == !(r.start.addr > o.start.addr || r.end.addr < o.end.addr));
	}
	REACHED(result);
	REACHED(!result);
}

void prove_axvm_gpa_range_contains_range(void)
{
	axvm_gpa_range r = nondet_range(), o = nondet_range();

	contains_range(r, o, axvm_gpa_range_contains_range(r, o));
}

void prove_axvm_gpa_range_contained_in(void)
{
	axvm_gpa_range r = nondet_range(), o = nondet_range();

	contains_range(o, r, axvm_gpa_range_contained_in(r, o));
}

void prove_axvm_gpa_range_overlaps(void)
{
	axvm_gpa_range r = nondet_range(), o = nondet_range();
	uint64_t addr = nondet_uint64();
	bool overlaps = axvm_gpa_range_overlaps(r, o);

	if (!overlaps)
		PROVE(!has(r, addr) || !has(o, addr));
	else if (r.start.addr < r.end.addr && o.start.addr < o.end.addr)
		/* The greater start is in both. */
		PROVE(has(r, o.start.addr) || has(o, r.start.addr));
	/* As documented for the empty and the inverted. */
	PROVE(overlaps == !(r.start.addr >= o.end.addr || o.start.addr >= r.end.addr));
	PROVE(overlaps == axvm_gpa_range_overlaps(o, r));
	REACHED(overlaps);
	REACHED(!overlaps);
}

void prove_axvm_gpa_range_eq(void)
{
	axvm_gpa_range r = nondet_range(), o = nondet_range();

	PROVE(axvm_gpa_range_eq(r, o) == same(r, o));
	REACHED(axvm_gpa_range_eq(r, o));
	REACHED(r.start.addr == o.start.addr && !axvm_gpa_range_eq(r, o));
}

void prove_axvm_gpa_range_intersect(void)
{
	axvm_gpa_range r = nondet_range(), o = nondet_range();
	axvm_gpa_range before = nondet_range(), out = before;
	uint64_t addr = nondet_uint64();
	bool shared = axvm_gpa_range_intersect(r, o, &out);

	if (shared) {
		PROVE(out.start.addr < out.end.addr);
		PROVE(has(out, addr) == (has(r, addr) && has(o, addr)));
	} else {
		PROVE(!has(r, addr) || !has(o, addr));
		PROVE(same(out, before));
	}
	REACHED(shared);
	REACHED(!shared);
}

void prove_axvm_gpa_range_page_expand(void)
{
	axvm_gpa_range r = nondet_range(), before = nondet_range(), out = before;
	uint64_t page_size = nondet_uint64();
	bool empty = r.start.addr >= r.end.addr;
	/* An empty range does not reach its end; else the last page must end below 2^64. */
	bool fits = is_power(page_size) && (empty || r.end.addr <= 0 - page_size);
	bool made = axvm_gpa_range_page_expand(r, page_size, &out);

	PROVE(made == fits);
	if (made) {
		PROVE(out.start.addr % page_size == 0 && out.end.addr % page_size == 0);
		PROVE(out.start.addr <= r.start.addr && r.start.addr - out.start.addr < page_size);
		if (empty)
			PROVE(out.end.addr == out.start.addr);
		else
			PROVE(out.end.addr >= r.end.addr && out.end.addr - r.end.addr < page_size);
	} else {
		PROVE(same(out, before));
	}
	REACHED(made && !empty);
	REACHED(made && empty);
	REACHED(!made && is_power(page_size));
}

static bool same_iter(axvm_gpa_page_iter a, axvm_gpa_page_iter b)
{
	return a.next.addr == b.next.addr && a.end.addr == b.end.addr && a.page_size == b.page_size;
}

void prove_axvm_gpa_page_iter_init(void)
{
	axvm_gpa start = nondet_gpa(), end = nondet_gpa();
	uint64_t page_size = nondet_uint64();
	axvm_gpa_page_iter before = { nondet_gpa(), nondet_gpa(), nondet_uint64() }, it = before;
	axvm_gpa_page_iter wanted = { start, end, page_size };
	bool valid = is_power(page_size) && (start.addr | end.addr) % page_size == 0;
	bool made = axvm_gpa_page_iter_init(&it, start, end, page_size);

	PROVE(made == valid);
	PROVE(same_iter(it, made ? wanted : before));
	REACHED(made && start.addr > end.addr);
	REACHED(!made);
}

/* By induction: each step keeps what init gave, gives the next page and comes nearer. */
void prove_axvm_gpa_page_iter_next(void)
{
	axvm_gpa_page_iter it = { nondet_gpa(), nondet_gpa(), nondet_power() }, before = it;
	axvm_gpa old = nondet_gpa(), out = old;
	bool more;

	ASSUME((it.next.addr | it.end.addr) % it.page_size == 0);
	more = axvm_gpa_page_iter_next(&it, &out);
	PROVE(more == (before.next.addr < before.end.addr));
	PROVE(it.end.addr == before.end.addr && it.page_size == before.page_size);
	if (more) {
		PROVE(out.addr == before.next.addr);
		PROVE((wide)it.next.addr == (wide)before.next.addr + it.page_size);
		PROVE(it.next.addr <= it.end.addr && it.next.addr % it.page_size == 0);
	} else {
		PROVE(out.addr == old.addr && it.next.addr == before.next.addr);
	}
	REACHED(more && it.next.addr == it.end.addr);
	REACHED(!more);
}

/* From the last address on, there is one more than the end can say. */
void prove_axvm_gpa_range_try_from_first_last(void)
{
	axvm_gpa first = nondet_gpa(), last = nondet_gpa(), addr = nondet_gpa();
	axvm_gpa_range before = nondet_range(), out = before;
	bool made = axvm_gpa_range_try_from_first_last(first, last, &out);

	PROVE(made == (first.addr <= last.addr && last.addr != UINT64_MAX));
	if (made)
		PROVE(has(out, addr.addr) == (addr.addr >= first.addr && addr.addr <= last.addr));
	else
		PROVE(same(out, before));
	REACHED(made);
	REACHED(!made && first.addr <= last.addr);
}

void prove_axvm_gpa_range_from_first_last(void)
{
	axvm_gpa first = nondet_gpa(), last = nondet_gpa();
	axvm_gpa_range r;

	TRAPS_IF(first.addr > last.addr || last.addr == UINT64_MAX);
	r = axvm_gpa_range_from_first_last(first, last);
	RETURNED();
	PROVE(is(r, first.addr, last.addr + 1) && r.start.addr < r.end.addr);
}

void prove_axvm_gpa_range_last(void)
{
	axvm_gpa_range r = nondet_range();
	axvm_gpa before = nondet_gpa(), out = before;
	uint64_t addr = nondet_uint64();

	if (axvm_gpa_range_last(r, &out)) {
		PROVE(has(r, out.addr));
		PROVE(!has(r, addr) || addr <= out.addr);
		REACHED(true);
	} else {
		PROVE(!has(r, addr) && out.addr == before.addr);
		REACHED(true);
	}
}

/* No address of both, but one of each next to one of the other. */
void prove_axvm_gpa_range_is_adjacent(void)
{
	axvm_gpa_range r = nondet_range(), o = nondet_range();
	uint64_t addr = nondet_uint64();
	bool adjacent = axvm_gpa_range_is_adjacent(r, o);

	PROVE(adjacent == axvm_gpa_range_is_adjacent(o, r));
	if (adjacent) {
		PROVE(!has(r, addr) || !has(o, addr));
		PROVE((has(r, r.end.addr - 1) && has(o, r.end.addr)) ||
		      (has(o, o.end.addr - 1) && has(r, o.end.addr)));
	} else if (addr != UINT64_MAX && has(r, addr) && has(o, addr + 1)) {
		/* They share one of these, or r goes on to where o does. */
		PROVE(has(r, addr + 1) || has(o, addr));
	}
	REACHED(adjacent);
	REACHED(!adjacent && r.end.addr == o.start.addr);
}

void prove_axvm_gpa_range_hull(void)
{
	axvm_gpa_range r = nondet_range(), o = nondet_range();
	axvm_gpa_range hull = axvm_gpa_range_hull(r, o);
	uint64_t addr = nondet_uint64();

	if (r.start.addr >= r.end.addr || o.start.addr >= o.end.addr) {
		PROVE(same(hull, o.start.addr >= o.end.addr ? r : o));
		return;
	}
	PROVE(!has(r, addr) || has(hull, addr));
	PROVE(!has(o, addr) || has(hull, addr));
	/* It is no longer than it must be. */
	PROVE(has(r, hull.start.addr) || has(o, hull.start.addr));
	PROVE(has(r, hull.end.addr - 1) || has(o, hull.end.addr - 1));
	REACHED(true);
}

void prove_axvm_gpa_range_subtract(void)
{
	axvm_gpa_range r = nondet_range(), o = nondet_range();
	axvm_gpa_range before[2] = { nondet_range(), nondet_range() };
	axvm_gpa_range out[2] = { before[0], before[1] };
	uint64_t addr = nondet_uint64();
	size_t count = axvm_gpa_range_subtract(r, o, out);
	bool left = (count > 0 && has(out[0], addr)) || (count > 1 && has(out[1], addr));

	PROVE(count <= 2);
	PROVE(left == (has(r, addr) && !has(o, addr)));
	PROVE(count == 0 || out[0].start.addr < out[0].end.addr);
	PROVE(count < 2 || out[1].start.addr < out[1].end.addr);
	/* Not two for what is one. */
	PROVE(count < 2 || out[0].end.addr < out[1].start.addr);
	PROVE(count > 0 || same(out[0], before[0]));
	PROVE(count > 1 || same(out[1], before[1]));
	REACHED(count == 0);
	REACHED(count == 1);
	REACHED(count == 2);
}
