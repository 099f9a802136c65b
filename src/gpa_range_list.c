/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa_range_list.h>

#include <string.h>

#include "export.h"
#include "range_sort.h"

AXVM_EXPORT void axvm_gpa_range_list_init(axvm_gpa_range_list *list, axvm_gpa_range *storage,
					  size_t capacity)
{
	list->ranges = storage;
	list->count = 0;
	list->capacity = capacity;
}

/* The first range that ends above an address: the one that holds it, or comes next. */
static size_t first_above(const axvm_gpa_range_list *list, axvm_gpa a)
{
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->ranges[middle].end.addr > a.addr)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* Puts ranges in the place of those from `first` to before `past`; false when full. */
static bool replace(axvm_gpa_range_list *list, size_t first, size_t past, const axvm_gpa_range *by,
		    size_t by_count)
{
	size_t room = list->capacity - list->count, gone = past - first;

	if (by_count > gone && by_count - gone > room)
		return false;
	/* An array of no element may be NULL, of which nothing can be moved. */
	if (past != list->count)
		memmove(list->ranges + first + by_count, list->ranges + past,
			(list->count - past) * sizeof(*list->ranges));
	for (size_t i = 0; i < by_count; i++)
		list->ranges[first + i] = by[i];
	list->count = list->count - gone + by_count;
	return true;
}

AXVM_EXPORT bool axvm_gpa_range_list_insert(axvm_gpa_range_list *list, axvm_gpa_range r)
{
	size_t first, past;

	if (axvm_gpa_range_is_empty(r))
		return true;
	first = first_above(list, r.start);
	/* The one before may end where this one begins. */
	if (first != 0 && axvm_gpa_eq(list->ranges[first - 1].end, r.start))
		first--;
	for (past = first; past != list->count; past++) {
		if (list->ranges[past].start.addr > r.end.addr)
			break;
		r = axvm_gpa_range_hull(r, list->ranges[past]);
	}
	return replace(list, first, past, &r, 1);
}

AXVM_EXPORT bool axvm_gpa_range_list_remove(axvm_gpa_range_list *list, axvm_gpa_range r)
{
	axvm_gpa_range touched = AXVM_GPA_RANGE_INIT(0, 0), left[2];
	size_t first, past;

	if (axvm_gpa_range_is_empty(r))
		return true;
	first = first_above(list, r.start);
	for (past = first; past != list->count; past++) {
		if (!axvm_gpa_range_overlaps(list->ranges[past], r))
			break;
		touched = axvm_gpa_range_hull(touched, list->ranges[past]);
	}
	/* The gaps between those that it touches are in the range itself. */
	return replace(list, first, past, left, axvm_gpa_range_subtract(touched, r, left));
}

AXVM_EXPORT bool axvm_gpa_range_list_contains(const axvm_gpa_range_list *list, axvm_gpa a)
{
	size_t i = first_above(list, a);

	return i != list->count && axvm_gpa_range_contains(list->ranges[i], a);
}

AXVM_EXPORT bool axvm_gpa_range_list_contains_range(const axvm_gpa_range_list *list,
						    axvm_gpa_range r)
{
	size_t i;

	if (axvm_gpa_range_is_empty(r))
		return true;
	i = first_above(list, r.start);
	return i != list->count && axvm_gpa_range_contains_range(list->ranges[i], r);
}

AXVM_EXPORT bool axvm_gpa_range_list_overlaps(const axvm_gpa_range_list *list, axvm_gpa_range r)
{
	size_t i;

	if (axvm_gpa_range_is_empty(r))
		return false;
	i = first_above(list, r.start);
	return i != list->count && axvm_gpa_range_overlaps(list->ranges[i], r);
}

AXVM_EXPORT bool axvm_gpa_range_list_find_gap(const axvm_gpa_range_list *list,
					      axvm_gpa_range within, uint64_t size, uint64_t align,
					      axvm_gpa_range *out)
{
	axvm_gpa_range gap = within;

	if (size == 0)
		return false;
	for (size_t i = first_above(list, within.start);; i++) {
		/* Also false for a bad alignment. */
		if (!axvm_gpa_checked_align_up(gap.start, align, &gap.start) ||
		    !axvm_gpa_range_try_from_start_size(gap.start, size, &gap) ||
		    gap.end.addr > within.end.addr)
			return false;
		if (i == list->count || list->ranges[i].start.addr >= gap.end.addr)
			break;
		/* Alignment may have gone past this one. */
		if (list->ranges[i].end.addr > gap.start.addr)
			gap.start = list->ranges[i].end;
	}
	*out = gap;
	return true;
}

AXVM_EXPORT bool axvm_gpa_range_list_find_gap_high(const axvm_gpa_range_list *list,
						   axvm_gpa_range within, uint64_t size,
						   uint64_t align, axvm_gpa_range *out)
{
	axvm_gpa end = within.end, start;
	/* All but those that begin past the end of what is free. */
	size_t count = first_above(list, end);

	if (size == 0 || align == 0 || (align & (align - 1)) != 0)
		return false;
	if (count != list->count)
		count++;
	for (;;) {
		if (!axvm_gpa_checked_sub(end, size, &start))
			return false;
		start = axvm_gpa_align_down(start, align);
		if (start.addr < within.start.addr)
			return false;
		end = axvm_gpa_wrapping_add(start, size);
		while (count != 0 && list->ranges[count - 1].start.addr >= end.addr)
			count--;
		if (count == 0 || list->ranges[count - 1].end.addr <= start.addr)
			break;
		end = list->ranges[--count].start;
	}
	*out = axvm_gpa_range_new_unchecked(start, end);
	return true;
}

AXVM_EXPORT axvm_error axvm_gpa_range_list_claim(axvm_gpa_range_list *list, axvm_gpa_range r)
{
	if (axvm_gpa_range_list_overlaps(list, r))
		return AXVM_ERROR_ALREADY_EXISTS;
	return axvm_gpa_range_list_insert(list, r) ? AXVM_OK : AXVM_ERROR_NO_MEMORY;
}

/* How many ranges are left of sorted ones; the first so many are written, if that is asked for. */
static size_t merge(const axvm_gpa_range *ranges, size_t n, axvm_gpa_range *out)
{
	axvm_gpa_range last = AXVM_GPA_RANGE_INIT(0, 0);
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		axvm_gpa_range r = ranges[i];

		if (axvm_gpa_range_is_empty(r))
			continue;
		if (count == 0 || r.start.addr > last.end.addr) {
			last = r;
			count++;
		} else {
			last = axvm_gpa_range_hull(last, r);
		}
		/* Never past the one that was read last: both may be one array. */
		if (out)
			out[count - 1] = last;
	}
	return count;
}

AXVM_EXPORT axvm_error axvm_gpa_range_list_assign(axvm_gpa_range_list *list, axvm_gpa_range *ranges,
						  size_t n)
{
	axvm_range_sort(ranges, n);
	if (n > list->capacity && merge(ranges, n, NULL) > list->capacity)
		return AXVM_ERROR_NO_MEMORY;
	list->count = merge(ranges, n, list->ranges);
	return AXVM_OK;
}
