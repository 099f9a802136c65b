/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_SPAN_H
#define LAYOUT_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <axvm/finding.h>

/*
 * An entry of the lists that are sorted: a range to sweep, a number or a name, and
 * where it comes from.
 */
struct axvm_span {
	uint64_t start; /* what is sorted by; of a name its first bytes */
	union {
		uint64_t end;
		const char *name;
	};
	uint32_t index;
	uint32_t vm; /* AXVM_LAYOUT_NO_VM for the hypervisor */
	axvm_layout_table table;
	uint8_t flags;
};

_Static_assert(2 * sizeof(struct axvm_span) <= 64, "what the header says of the scratch buffer");

#define SPAN_IDENTICAL 0x1 /* memory at a place that is not known */
#define SPAN_REPORTED 0x2 /* by the rule that is being looked at */

/* A list in the scratch buffer, next to a second list of the same size. */
struct axvm_spans {
	struct axvm_span *list, *second;
	size_t count;
};

/* A list is filled from empty, in table order, then sorted. */
void axvm_spans_clear(struct axvm_spans *spans);
struct axvm_span *axvm_spans_add(struct axvm_spans *spans, size_t vm, axvm_layout_table table,
				 size_t index, uint64_t start, uint64_t end);
/* A name that is empty or NULL is none. A list of names is sorted by axvm_span_tie_name. */
void axvm_spans_add_name(struct axvm_spans *spans, size_t vm, axvm_layout_table table, size_t index,
			 const char *name);

/* How two entries with one start compare. */
typedef int (*axvm_span_tie)(const struct axvm_span *a, const struct axvm_span *b);
int axvm_span_tie_name(const struct axvm_span *a, const struct axvm_span *b);
int axvm_span_tie_table(const struct axvm_span *a, const struct axvm_span *b);

/* Sorts by start, entries with one start by tie, or in the order they had if that is NULL. */
void axvm_spans_sort(struct axvm_spans *spans, axvm_span_tie tie);

/*
 * Of a sorted list, the index past the entries that have the start of the first of them and,
 * if there is a tie, its name.
 */
size_t axvm_spans_run_end(const struct axvm_spans *spans, size_t first, axvm_span_tie tie);

/*
 * Turns a sorted list into what pairs of VMs have in common: each later VM against the first
 * one of a run, sorted by which two they are. Entries of one start are of one pair.
 */
void axvm_spans_pair(struct axvm_spans *spans, axvm_span_tie tie);
/* What an entry of such a list stands for. */
void axvm_spans_split(const struct axvm_span *pair, struct axvm_span *a, struct axvm_span *b);

/*
 * A sweep over sorted ranges. Those of one class may overlap; one that is alone may overlap
 * no other. It keeps the furthest end so far, and the furthest of all other classes.
 */
struct axvm_sweep {
	struct axvm_reach {
		const struct axvm_span *span;
		uint64_t class;
		bool alone;
	} first, second;
};

/* Takes the next range, and gives the owner of the furthest end that it must not overlap. */
const struct axvm_span *axvm_sweep_next(struct axvm_sweep *sweep, const struct axvm_span *span,
					uint64_t class, bool alone);

#endif
