/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "span.h"

/* Runs of this length are sorted by insertion before they are merged. */
#define RUN 16

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

static inline void sort(struct axvm_spans *spans, axvm_span_tie tie)
{
	size_t count = spans->count;

	for (size_t i = 0; i < count; i += RUN)
		sort_run(&spans->list[i], count - i < RUN ? count - i : RUN, tie);
	for (size_t width = RUN; width < count; width *= 2) {
		struct axvm_span *merged = spans->spare;

		for (size_t i = 0; i < count;) {
			size_t left = count - i < width ? count - i : width;
			size_t right = count - i - left < width ? count - i - left : width;

			merge(&spans->spare[i], &spans->list[i], &spans->list[i + left],
			      &spans->list[i + left + right], tie);
			i += left + right;
		}
		spans->spare = spans->list;
		spans->list = merged;
	}
}

void axvm_spans_sort(struct axvm_spans *spans, axvm_span_tie tie)
{
	/* Without a call for each comparison where there is no tie. */
	if (tie)
		sort(spans, tie);
	else
		sort(spans, NULL);
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
	*a = *b = *pair;
	a->vm = (uint32_t)(pair->start >> 32);
	b->vm = (uint32_t)pair->start;
	b->index = (uint32_t)pair->end;
}
