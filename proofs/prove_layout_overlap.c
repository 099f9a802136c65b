/* SPDX-License-Identifier: Apache-2.0 */
/* One rule of axvm_layout_check(): memory of one VM that meets. The lists are of few entries. */
#include "proof.h"

#include "layout/rules/overlap.c"

#define MOST 4

static struct axvm_check check;
static struct axvm_span list[MOST], spare[MOST];

/* What was reported of each entry. */
static struct {
	const struct axvm_rule *rule;
	size_t count, owner;
} reports[MOST];

/* In place of the one that makes a finding. */
void axvm_report_ranges(struct axvm_check *c, const struct axvm_rule *overlap,
			const struct axvm_rule *page, enum axvm_side side,
			const struct axvm_span *x, const struct axvm_span *y)
{
	PROVE(c == &check && side == SIDE_GUEST);
	PROVE(page == (overlap == &memory_overlap ? &memory_page : &identical_page));
	PROVE(x->index < MOST && x == &list[x->index] && y->index < MOST && y == &list[y->index]);
	reports[y->index].rule = overlap;
	reports[y->index].count++;
	reports[y->index].owner = x->index;
}

/* Ranges sorted by where they start, of memory and others. */
static size_t nondet_list(void)
{
	size_t count = nondet_size();

	ASSUME(count <= MOST);
	for (uint32_t i = 0; i < MOST; i++) {
		list[i].start = nondet_uint64();
		list[i].end = nondet_uint64();
		list[i].index = i;
		list[i].table = nondet_bool() ? AXVM_LAYOUT_TABLE_MEMORY_REGIONS
					      : AXVM_LAYOUT_TABLE_EMU_DEVICES;
		list[i].flags = nondet_bool() ? SPAN_IDENTICAL : 0;
		ASSUME(list[i].start < list[i].end);
		ASSUME(i == 0 || list[i - 1].start <= list[i].start);
	}
	check.spans.list = list;
	check.spans.second = spare;
	check.spans.count = count;
	return count;
}

/* Whether two regions share an address, and whether the place of both is known. */
static bool meet(size_t i, size_t k)
{
	const struct axvm_span *a = &list[i], *b = &list[k];

	return a->table == AXVM_LAYOUT_TABLE_MEMORY_REGIONS &&
	       b->table == AXVM_LAYOUT_TABLE_MEMORY_REGIONS && a->start < b->end &&
	       b->start < a->end;
}

static bool known(size_t i, size_t k)
{
	return !((list[i].flags | list[k].flags) & SPAN_IDENTICAL);
}

/*
 * A region is an error when it meets one before it, else a note when it meets one of which one
 * place is not known; once each, with one that it meets.
 */
void prove_axvm_layout_check_overlap(void)
{
	size_t count = nondet_list(), i = nondet_size();
	bool error = false, note = false;

	ASSUME(i < count);
	sweep_memory(&check, false);
	sweep_memory(&check, true);
	for (size_t k = 0; k < MOST; k++) {
		error = error || (k < i && meet(i, k) && known(i, k));
		note = note || (k < i && meet(i, k) && !known(i, k));
	}
	PROVE(reports[i].count == (error || note ? 1 : 0));
	if (error || note) {
		PROVE(reports[i].rule == (error ? &memory_overlap : &identical_overlap));
		PROVE(reports[i].owner < i && meet(i, reports[i].owner));
		PROVE(known(i, reports[i].owner) == error);
	}
	PROVE(!(list[i].flags & SPAN_REPORTED) == !(error || note));
	REACHED(error && note);
	REACHED(note && !error && i == MOST - 1);
	REACHED(!error && !note && i == MOST - 1);
}
