/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "span.h"

void axvm_spans_clear(struct axvm_spans *spans)
{
	spans->count = 0;
}

struct axvm_span *axvm_spans_add(struct axvm_spans *spans, size_t vm, axvm_layout_table table,
				 size_t index, uint64_t start, uint64_t end)
{
	struct axvm_span *span = &spans->list[spans->count++];

	span->start = start;
	span->end = end;
	span->index = (uint32_t)index;
	span->vm = (uint32_t)vm;
	span->table = table;
	span->flags = 0;
	return span;
}

void axvm_spans_add_name(struct axvm_spans *spans, size_t vm, axvm_layout_table table, size_t index,
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
	axvm_spans_add(spans, vm, table, index, key, 0)->name = name;
}

int axvm_span_tie_name(const struct axvm_span *a, const struct axvm_span *b)
{
	return strcmp(a->name, b->name);
}

size_t axvm_spans_run_end(const struct axvm_spans *spans, size_t first, axvm_span_tie tie)
{
	const struct axvm_span *of = &spans->list[first];
	size_t end = first + 1;

	while (end < spans->count && spans->list[end].start == of->start &&
	       (!tie || tie(of, &spans->list[end]) == 0))
		end++;
	return end;
}

int axvm_span_tie_table(const struct axvm_span *a, const struct axvm_span *b)
{
	return (int)a->table - (int)b->table;
}

void axvm_spans_pair(struct axvm_spans *spans, axvm_span_tie tie)
{
	size_t end, count = 0;

	/* In place: a pair takes the room of its second entry, or of one before it. */
	for (size_t i = 0; i < spans->count; i = end) {
		const struct axvm_span first = spans->list[i];
		uint32_t last_vm = first.vm;

		end = axvm_spans_run_end(spans, i, tie);
		for (size_t j = i + 1; j < end; j++) {
			struct axvm_span pair = spans->list[j];

			if (pair.vm == last_vm)
				continue;
			last_vm = pair.vm;
			pair.end = pair.index;
			pair.index = first.index;
			pair.start = (uint64_t)first.vm << 32 | pair.vm;
			spans->list[count++] = pair;
		}
	}
	spans->count = count;
	axvm_spans_sort(spans, NULL);
}

void axvm_spans_split(const struct axvm_span *pair, struct axvm_span *a, struct axvm_span *b)
{
	/* It was made of the second entry. */
	*a = *b = *pair;
	a->vm = (uint32_t)(pair->start >> 32);
	b->index = (uint32_t)pair->end;
}

/* Member by member: what was written as a byte is slow to read as a word, padding and all. */
static void set_reach(struct axvm_reach *reach, const struct axvm_span *span, uint64_t class,
		      bool alone)
{
	reach->span = span;
	reach->class = class;
	reach->alone = alone;
}

static bool may_meet(const struct axvm_reach *reach, uint64_t class, bool alone)
{
	return !reach->alone && !alone && reach->class == class;
}

const struct axvm_span *axvm_sweep_next(struct axvm_sweep *sweep, const struct axvm_span *span,
					uint64_t class, bool alone)
{
	struct axvm_reach *first = &sweep->first, *second = &sweep->second;
	bool same = first->span && may_meet(first, class, alone);
	const struct axvm_span *owner = same ? second->span : first->span;

	if (!first->span || span->end > first->span->end) {
		if (!same)
			set_reach(second, first->span, first->class, first->alone);
		set_reach(first, span, class, alone);
	} else if (!same && (!second->span || span->end > second->span->end)) {
		set_reach(second, span, class, alone);
	}
	return owner && span->start < owner->end ? owner : NULL;
}
