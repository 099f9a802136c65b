/* SPDX-License-Identifier: Apache-2.0 */
/* Everything about guest physical addresses, from many threads at once. */
#include <axvm/gpa_range_list.h>

#include "threads.h"

static axvm_gpa address_of(struct record *r)
{
	/* Small enough that no sum of two leaves the address space. */
	return axvm_gpa_new(number_of(r) >> (2 + below_of(r, 50)));
}

static axvm_gpa_range range_of(struct record *r)
{
	return axvm_gpa_range_from_start_size(address_of(r), number_of(r) >> (2 + below_of(r, 50)));
}

static void note_range(struct record *r, axvm_gpa_range range)
{
	note(r, range.start.addr);
	note(r, range.end.addr);
}

static void aligned(struct record *r)
{
	uint64_t align = UINT64_C(1) << below_of(r, 60);
	axvm_gpa a = address_of(r), out = a;

	note(r, axvm_gpa_align_down(a, align).addr);
	note(r, axvm_gpa_align_up(a, align).addr);
	note(r, axvm_gpa_checked_align_up(a, align, &out));
	note(r, out.addr);
	note(r, axvm_gpa_wrapping_align_up(a, align).addr);
	note(r, axvm_gpa_align_offset(a, align));
	note(r, axvm_gpa_is_aligned(a, align));
	note(r, axvm_gpa_align_down_4k(a).addr);
	note(r, axvm_gpa_align_up_4k(a).addr);
	note(r, axvm_gpa_align_offset_4k(a));
	note(r, axvm_gpa_is_aligned_4k(a));
}

static void arithmetic(struct record *r)
{
	axvm_gpa a = address_of(r), b = address_of(r), out = a;
	axvm_gpa high = axvm_gpa_cmp(a, b) < 0 ? b : a;
	uint64_t n = number_of(r), low = below_of(r, axvm_gpa_value(high) + 1);
	int64_t offset = 0;

	note(r, axvm_gpa_eq(a, b));
	note(r, axvm_gpa_overflowing_add(a, n, &out));
	note(r, out.addr);
	note(r, axvm_gpa_wrapping_add(a, n).addr);
	note(r, axvm_gpa_checked_add(a, n, &out));
	note(r, out.addr);
	note(r, axvm_gpa_add(a, low).addr);
	note(r, axvm_gpa_overflowing_sub(a, n, &out));
	note(r, out.addr);
	note(r, axvm_gpa_wrapping_sub(a, n).addr);
	note(r, axvm_gpa_checked_sub(a, n, &out));
	note(r, out.addr);
	note(r, axvm_gpa_sub(high, low).addr);
	note(r, axvm_gpa_wrapping_offset(a, (int64_t)n).addr);
	note(r, axvm_gpa_checked_offset(a, (int64_t)n, &out));
	note(r, out.addr);
	note(r, axvm_gpa_offset(high, -(int64_t)low).addr);
	note(r, axvm_gpa_checked_offset_from(a, b, &offset));
	note(r, (uint64_t)offset);
	note(r, (uint64_t)axvm_gpa_offset_from(b, a));
	note(r, axvm_gpa_overflowing_sub_addr(a, b, &n));
	note(r, n);
	note(r, axvm_gpa_wrapping_sub_addr(a, b));
	note(r, axvm_gpa_checked_sub_addr(a, b, &n));
	note(r, n);
	note(r, axvm_gpa_sub_addr(high, axvm_gpa_new(low)));
}

static void texts(struct record *r)
{
	axvm_gpa a = address_of(r), parsed = a;
	axvm_gpa_range range = range_of(r), parsed_range = range;
	char text[AXVM_GPA_RANGE_TEXT_SIZE];
	const char *rest = text;

	note_format(r, axvm_gpa_format, a);
	note_format(r, axvm_gpa_format_upper, a);
	axvm_gpa_format(a, text, sizeof(text));
	note(r, axvm_gpa_parse(text, &parsed));
	note(r, parsed.addr);
	note_format(r, axvm_gpa_range_format, range);
	note_format(r, axvm_gpa_range_format_upper, range);
	axvm_gpa_range_format(range, text, sizeof(text));
	note(r, axvm_gpa_range_parse(text, &parsed_range));
	note_range(r, parsed_range);
	note(r, axvm_gpa_range_parse_hex("40000000-47ffffff", &parsed_range));
	note_range(r, parsed_range);
	note(r, axvm_gpa_range_parse_hex_prefix("1000-1fff : ram", &parsed_range, &rest));
	note_text(r, rest);
}

static void made(struct record *r)
{
	axvm_gpa a = address_of(r), b = address_of(r), last = a;
	axvm_gpa low = axvm_gpa_cmp(a, b) < 0 ? a : b, high = axvm_gpa_cmp(a, b) < 0 ? b : a;
	axvm_gpa_range out = axvm_gpa_range_new_unchecked(low, high);

	note_range(r, out);
	note(r, axvm_gpa_range_try_new(a, b, &out));
	note_range(r, out);
	note_range(r, axvm_gpa_range_new(low, high));
	note_range(r, axvm_gpa_range_from_start_size_unchecked(a, number_of(r)));
	note(r, axvm_gpa_range_try_from_start_size(a, number_of(r), &out));
	note_range(r, out);
	note(r, axvm_gpa_range_try_from_first_last(a, b, &out));
	note_range(r, out);
	out = axvm_gpa_range_from_first_last(low, high);
	note(r, axvm_gpa_range_is_empty(out));
	note(r, axvm_gpa_range_size(out));
	note(r, axvm_gpa_range_last(out, &last));
	note(r, last.addr);
}

static void compared(struct record *r)
{
	axvm_gpa_range a = range_of(r), b = range_of(r), out[2];
	size_t count;

	note(r, axvm_gpa_range_contains(a, b.start));
	note(r, axvm_gpa_range_contains_range(a, b));
	note(r, axvm_gpa_range_contained_in(a, b));
	note(r, axvm_gpa_range_overlaps(a, b));
	note(r, axvm_gpa_range_eq(a, b));
	if (axvm_gpa_range_intersect(a, b, &out[0]))
		note_range(r, out[0]);
	note(r, axvm_gpa_range_is_adjacent(a, b));
	note_range(r, axvm_gpa_range_hull(a, b));
	count = axvm_gpa_range_subtract(a, b, out);
	note(r, count);
	while (count > 0)
		note_range(r, out[--count]);
	if (axvm_gpa_range_page_expand(a, 0x1000, &out[0]))
		note_range(r, out[0]);
}

static void pages(struct record *r)
{
	axvm_gpa start = axvm_gpa_align_down(address_of(r), 0x1000), page;
	axvm_gpa_page_iter it = { AXVM_GPA_INIT(0), AXVM_GPA_INIT(0), 0 };

	note(r, axvm_gpa_page_iter_init(&it, start, axvm_gpa_add(start, below_of(r, 9) << 12),
					0x1000));
	while (axvm_gpa_page_iter_next(&it, &page))
		note(r, page.addr);
}

static void lists(struct record *r)
{
	axvm_gpa_range storage[8];
	axvm_gpa_range_list list;
	axvm_gpa_range gap, all = axvm_gpa_range_new(axvm_gpa_new(0), axvm_gpa_new(UINT64_MAX));

	axvm_gpa_range_list_init(&list, storage, 8);
	for (int i = 0; i < 24; i++) {
		axvm_gpa_range range = range_of(r);

		if (below_of(r, 3) != 0)
			note(r, axvm_gpa_range_list_insert(&list, range));
		else
			note(r, axvm_gpa_range_list_remove(&list, range));
		range = range_of(r);
		note(r, axvm_gpa_range_list_contains(&list, range.start));
		note(r, axvm_gpa_range_list_contains_range(&list, range));
		note(r, axvm_gpa_range_list_overlaps(&list, range));
		if (axvm_gpa_range_list_find_gap(&list, all, number_of(r) >> 20, 0x1000, &gap))
			note_range(r, gap);
		if (axvm_gpa_range_list_find_gap_high(&list, all, number_of(r) >> 20, 0x1000, &gap))
			note_range(r, gap);
		note(r, (uint64_t)axvm_gpa_range_list_claim(&list, range));
	}
	for (size_t i = 0; i < list.count; i++)
		note_range(r, storage[i]);
	for (size_t i = 0; i < 8; i++)
		storage[i] = range_of(r);
	note(r, (uint64_t)axvm_gpa_range_list_assign(&list, storage, 8));
	note(r, list.count);
}

int main(void)
{
	static const struct subject subjects[] = {
		{ "alignment", aligned },     { "arithmetic", arithmetic },    { "text", texts },
		{ "ranges made", made },      { "ranges compared", compared }, { "pages", pages },
		{ "lists of ranges", lists },
	};

	threads_compare(subjects, sizeof(subjects) / sizeof(subjects[0]));
	return done();
}
