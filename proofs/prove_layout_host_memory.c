/* SPDX-License-Identifier: Apache-2.0 */
/* One rule of axvm_layout_check(): the host's memory, merged and searched. Of few ranges. */
#include "proof.h"

#include "layout/rules/host-memory.c"

#define MOST 3

static struct axvm_span list[MOST];

/* Ranges that are not empty, sorted by where they start. */
static struct axvm_spans nondet_sorted(void)
{
	struct axvm_spans spans = { list, NULL, nondet_size() };

	ASSUME(spans.count <= MOST);
	for (size_t i = 0; i < MOST; i++) {
		list[i].start = nondet_uint64();
		list[i].end = nondet_uint64();
		ASSUME(list[i].start < list[i].end);
		ASSUME(i == 0 || list[i - 1].start <= list[i].start);
	}
	return spans;
}

static bool contains(const struct axvm_spans *spans, uint64_t address)
{
	for (size_t i = 0; i < MOST; i++) {
		if (i < spans->count && list[i].start <= address && address < list[i].end)
			return true;
	}
	return false;
}

/* The same addresses, in ranges that do not touch. */
void prove_axvm_layout_check_memory_merge(void)
{
	struct axvm_spans spans = nondet_sorted();
	uint64_t address = nondet_uint64();
	size_t before = spans.count, i = nondet_size();
	bool was_in = contains(&spans, address);

	merge(&spans);
	PROVE(spans.count <= before && contains(&spans, address) == was_in);
	ASSUME(i >= 1 && i < MOST);
	if (i < spans.count)
		PROVE(list[i - 1].end < list[i].start);
	REACHED(spans.count < before);
	REACHED(spans.count == MOST);
}

/* Up to what it finds all addresses are in the list, and that one is not. */
void prove_axvm_layout_check_memory_outside(void)
{
	struct axvm_spans spans = nondet_sorted();
	axvm_gpa_range r = { { nondet_uint64() }, { nondet_uint64() } };
	uint64_t address = nondet_uint64(), found;

	ASSUME(r.start.addr < r.end.addr);
	for (size_t i = 1; i < MOST; i++)
		ASSUME(list[i - 1].end < list[i].start);
	found = first_outside(&spans, r);
	PROVE(r.start.addr <= found && found <= r.end.addr);
	if (r.start.addr <= address && address < found)
		PROVE(contains(&spans, address));
	if (found < r.end.addr)
		PROVE(!contains(&spans, found));
	REACHED(found == r.end.addr);
	REACHED(found != r.start.addr && found < r.end.addr);
}
