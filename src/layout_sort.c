/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "layout_check.h"

/* Runs of this length are sorted by insertion before they are merged. */
#define RUN 16

struct axvm_span *axvm_check_add(struct axvm_check *c, size_t vm, axvm_layout_table table,
				 size_t index, uint64_t start, uint64_t end)
{
	struct axvm_span *span = &c->spans[c->span_count++];

	span->start = start;
	span->end = end;
	span->index = index;
	span->vm = (uint32_t)vm;
	span->table = table;
	span->flags = 0;
	return span;
}

static inline bool is_after(const struct axvm_span *a, const struct axvm_span *b, axvm_span_tie tie)
{
	return a->start > b->start || (tie && a->start == b->start && tie(a, b) > 0);
}

static inline void sort_run(struct axvm_span *spans, size_t count, axvm_span_tie tie)
{
	for (size_t i = 1; i < count; i++) {
		struct axvm_span span = spans[i];
		size_t j = i;

		for (; j != 0 && is_after(&spans[j - 1], &span, tie); j--)
			spans[j] = spans[j - 1];
		spans[j] = span;
	}
}

/* Merges left..middle and middle..right, each sorted, into as many entries of out. */
static inline void merge(struct axvm_span *out, const struct axvm_span *left,
			 const struct axvm_span *middle, const struct axvm_span *right,
			 axvm_span_tie tie)
{
	const struct axvm_span *a = left, *b = middle;

	/* Often sorted already, as people write tables in order. */
	if (middle == right || !is_after(middle - 1, middle, tie)) {
		memcpy(out, left, (size_t)(right - left) * sizeof(*out));
		return;
	}
	while (a != middle && b != right) {
		bool take_b = is_after(a, b, tie);

		*out++ = *(take_b ? b : a);
		b += take_b;
		a += !take_b;
	}
	memcpy(out, a, (size_t)(middle - a) * sizeof(*out));
	out += middle - a;
	memcpy(out, b, (size_t)(right - b) * sizeof(*out));
}

static inline void sort(struct axvm_check *c, axvm_span_tie tie)
{
	size_t count = c->span_count;

	for (size_t i = 0; i < count; i += RUN)
		sort_run(&c->spans[i], count - i < RUN ? count - i : RUN, tie);
	for (size_t width = RUN; width < count; width *= 2) {
		struct axvm_span *merged = c->spare;

		for (size_t i = 0; i < count;) {
			size_t left = count - i < width ? count - i : width;
			size_t right = count - i - left < width ? count - i - left : width;

			merge(&c->spare[i], &c->spans[i], &c->spans[i + left],
			      &c->spans[i + left + right], tie);
			i += left + right;
		}
		c->spare = c->spans;
		c->spans = merged;
	}
}

void axvm_check_sort(struct axvm_check *c, axvm_span_tie tie)
{
	/* Without a call for each comparison where there is no tie. */
	if (tie)
		sort(c, tie);
	else
		sort(c, NULL);
}

static bool may_meet(const struct axvm_reach *reach, uint64_t class, bool alone)
{
	return !reach->alone && !alone && reach->class == class;
}

const struct axvm_span *axvm_sweep_next(struct axvm_sweep *sweep, const struct axvm_span *span,
					uint64_t class, bool alone)
{
	struct axvm_reach reach = { span, class, alone };
	struct axvm_reach *first = &sweep->first, *second = &sweep->second;
	bool same = first->span && may_meet(first, class, alone);
	const struct axvm_span *owner = same ? second->span : first->span;

	if (!first->span || span->end > first->span->end) {
		if (!same)
			*second = *first;
		*first = reach;
	} else if (!same && (!second->span || span->end > second->span->end)) {
		*second = reach;
	}
	return owner && span->start < owner->end ? owner : NULL;
}

void axvm_check_runs(struct axvm_check *c, const struct axvm_rule *rule, axvm_span_tie tie,
		     bool across)
{
	const struct axvm_span *first = c->spans;

	for (size_t i = 1; i < c->span_count; i++) {
		const struct axvm_span *span = &c->spans[i];

		if (span->start != first->start || (tie && tie(first, span) != 0)) {
			first = span;
			continue;
		}
		if (!across || span->vm != span[-1].vm)
			axvm_check_report_two(c, rule, SIDE_GUEST, first, span,
					      tie ? 0 : span->start);
	}
}

void axvm_check_add_name(struct axvm_check *c, size_t vm, axvm_layout_table table, size_t index,
			 const char *name)
{
	uint64_t key = 0;
	bool ended = false;

	if (!name || name[0] == '\0')
		return;
	/* The first bytes order as the names do, and spare most calls of the tie. */
	for (size_t i = 0; i < sizeof(key); i++) {
		ended = ended || name[i] == '\0';
		key = key << 8 | (ended ? 0 : (unsigned char)name[i]);
	}
	axvm_check_add(c, vm, table, index, key, 0)->name = name;
}

int axvm_span_tie_name(const struct axvm_span *a, const struct axvm_span *b)
{
	return strcmp(a->name, b->name);
}
