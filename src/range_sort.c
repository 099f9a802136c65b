/* SPDX-License-Identifier: Apache-2.0 */
#include "range_sort.h"

#include <stdint.h>

/* Range i: its start is number 2 * i, its end the next one. As numbers, for every type of range. */
static void copy(uint64_t *ranges, size_t to, size_t from)
{
	ranges[2 * to] = ranges[2 * from];
	ranges[2 * to + 1] = ranges[2 * from + 1];
}

/* Puts a range where both below it are no greater, from a free place on: the heap of heapsort. */
static void sink(uint64_t *ranges, size_t place, size_t count, uint64_t start, uint64_t end)
{
	/* place < count / 2: it has a child, and 2 * place + 1 does not wrap. */
	while (place < count / 2) {
		size_t child = 2 * place + 1;

		if (child + 1 < count && ranges[2 * child] < ranges[2 * child + 2])
			child++;
		if (start >= ranges[2 * child])
			break;
		copy(ranges, place, child);
		place = child;
	}
	ranges[2 * place] = start;
	ranges[2 * place + 1] = end;
}

void axvm_range_sort(void *array, size_t count)
{
	uint64_t *ranges = array;

	for (size_t place = count / 2; place-- != 0;)
		sink(ranges, place, count, ranges[2 * place], ranges[2 * place + 1]);
	for (size_t last = count; last > 1;) {
		uint64_t start, end;

		last--;
		start = ranges[2 * last];
		end = ranges[2 * last + 1];
		copy(ranges, last, 0);
		sink(ranges, 0, last, start, end);
	}
}
