/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_GPA_RANGE_H
#define AXVM_GPA_RANGE_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/align.h>
#include <axvm/gpa.h>
#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup gpa_range Guest physical address ranges
 * @brief Half-open ranges of guest physical addresses, and their pages.
 *
 * A range whose start is not below its end is empty. One whose start is above
 * its end ("inverted") can only be made by the functions that do not check; each
 * formula below is applied to empty and inverted ranges as it is, as in the
 * model. What is not in axvm-types takes an inverted range for an empty one.
 *
 * Of a range r that is not empty, and e that is empty or inverted:
 *
 * | of e               | empty                              | inverted                         |
 * |--------------------|------------------------------------|----------------------------------|
 * | is_empty(e)        | true                               | true                             |
 * | size(e)            | 0                                  | end minus start, modulo 2^64     |
 * | contains(e, a)     | false                              | false                            |
 * | contains_range(r, e) | true inside of r and at its ends | r.start <= e.start and e.end <= r.end |
 * | contains_range(e, r) | false                            | false                            |
 * | overlaps(r, e)     | true strictly inside of r          | e.start < r.end and r.start < e.end |
 * | intersect(r, e), is_adjacent(r, e), last(e) | false     | false                            |
 * | hull(r, e), subtract(r, e) | r                          | r                                |
 * | page_expand(e)     | empty, at its page                 | empty, at the page of its start  |
 * | range_list_contains_range(e) | true, wherever it is     | true                             |
 * | range_list_overlaps(e) | false, wherever it is          | false                            |
 * | try_new, parse     | accepted                           | refused                          |
 *
 * The end is an address itself, at most 2^64 - 1: the last byte of the address space
 * is in no range.
 *
 * Model: GuestPhysAddrRange (AddrRange) and DynPageIter. Every function is
 * thread-safe and async-signal-safe.
 * @{
 */

/**
 * @brief A range of guest physical addresses, without its end.
 *
 * Model: GuestPhysAddrRange.
 */
typedef struct axvm_gpa_range {
	axvm_gpa start; /**< First address of the range. */
	axvm_gpa end; /**< First address past the range. */
} axvm_gpa_range;

/** Initializer of an axvm_gpa_range from two raw numbers, in bytes. */
#define AXVM_GPA_RANGE_INIT(start, end) { { (start) }, { (end) } }

/**
 * @brief Make a range without looking at its ends.
 * @param start First address.
 * @param end First address past the range.
 * @return The range, inverted when @p start is above @p end.
 *
 * Model: AddrRange::new_unchecked.
 */
AXVM_INLINE axvm_gpa_range axvm_gpa_range_new_unchecked(axvm_gpa start, axvm_gpa end)
{
	axvm_gpa_range r;

	r.start = start;
	r.end = end;
	return r;
}

/**
 * @brief Make a range if its ends are in order.
 * @param start First address.
 * @param end First address past the range.
 * @param[out] out Receives the range; untouched on failure.
 * @return false when @p start is above @p end.
 *
 * Model: AddrRange::try_new.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_range_try_new(axvm_gpa start, axvm_gpa end,
							axvm_gpa_range *out)
{
	if (start.addr > end.addr)
		return false;
	*out = axvm_gpa_range_new_unchecked(start, end);
	return true;
}

/**
 * @brief Make a range.
 * @param start First address.
 * @param end First address past the range.
 * @return The range. Traps when @p start is above @p end.
 *
 * Model: AddrRange::new.
 */
AXVM_INLINE axvm_gpa_range axvm_gpa_range_new(axvm_gpa start, axvm_gpa end)
{
	if (start.addr > end.addr)
		__builtin_trap();
	return axvm_gpa_range_new_unchecked(start, end);
}

/**
 * @brief Make a range from its start and size, modulo 2^64.
 * @param start First address.
 * @param size Size in bytes.
 * @return The range, inverted when its end wraps.
 *
 * Model: AddrRange::from_start_size_unchecked.
 */
AXVM_INLINE axvm_gpa_range axvm_gpa_range_from_start_size_unchecked(axvm_gpa start, uint64_t size)
{
	return axvm_gpa_range_new_unchecked(start, axvm_gpa_wrapping_add(start, size));
}

/**
 * @brief Make a range from its start and size if its end fits.
 * @param start First address.
 * @param size Size in bytes.
 * @param[out] out Receives the range; untouched on failure.
 * @return false when the end is above 2^64 - 1.
 *
 * Model: AddrRange::try_from_start_size.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_range_try_from_start_size(axvm_gpa start, uint64_t size,
								    axvm_gpa_range *out)
{
	axvm_gpa end;

	if (!axvm_gpa_checked_add(start, size, &end))
		return false;
	*out = axvm_gpa_range_new_unchecked(start, end);
	return true;
}

/**
 * @brief Make a range from its start and size.
 * @param start First address.
 * @param size Size in bytes.
 * @return The range. Traps when its end is above 2^64 - 1.
 *
 * Model: AddrRange::from_start_size.
 */
AXVM_INLINE axvm_gpa_range axvm_gpa_range_from_start_size(axvm_gpa start, uint64_t size)
{
	return axvm_gpa_range_new_unchecked(start, axvm_gpa_add(start, size));
}

/**
 * @brief Make a range from its first and its last address, if they are in order.
 *
 * Both belong to the range, which is never empty: `0x1000` and `0x1fff` are one page.
 *
 * @param first First address.
 * @param last Last address.
 * @param[out] out Receives the range; untouched on failure.
 * @return false when @p first is above @p last, or the end is above 2^64 - 1, which is so
 *         for a @p last of 2^64 - 1 alone.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_range_try_from_first_last(axvm_gpa first, axvm_gpa last,
								    axvm_gpa_range *out)
{
	axvm_gpa end;

	if (first.addr > last.addr || !axvm_gpa_checked_add(last, 1, &end))
		return false;
	*out = axvm_gpa_range_new_unchecked(first, end);
	return true;
}

/**
 * @brief Make a range from its first and its last address.
 * @param first First address.
 * @param last Last address; it belongs to the range.
 * @return The range. Traps when @p first is above @p last, or the end is above 2^64 - 1.
 *
 * Not in axvm-types.
 */
AXVM_INLINE axvm_gpa_range axvm_gpa_range_from_first_last(axvm_gpa first, axvm_gpa last)
{
	axvm_gpa_range r;

	if (!axvm_gpa_range_try_from_first_last(first, last, &r))
		__builtin_trap();
	return r;
}

/**
 * @brief Check whether a range has no address.
 * @param r Range.
 * @return true when its start is not below its end.
 *
 * Model: AddrRange::is_empty.
 */
AXVM_INLINE bool axvm_gpa_range_is_empty(axvm_gpa_range r)
{
	return r.start.addr >= r.end.addr;
}

/**
 * @brief The size of a range.
 * @param r Range.
 * @return Its end minus its start in bytes, modulo 2^64.
 *
 * Model: AddrRange::size.
 */
AXVM_INLINE uint64_t axvm_gpa_range_size(axvm_gpa_range r)
{
	return axvm_gpa_wrapping_sub_addr(r.end, r.start);
}

/**
 * @brief The last address of a range.
 * @param r Range.
 * @param[out] out Receives the address before the end; untouched on failure.
 * @return false when the range is empty.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_range_last(axvm_gpa_range r, axvm_gpa *out)
{
	if (axvm_gpa_range_is_empty(r))
		return false;
	*out = axvm_gpa_wrapping_sub(r.end, 1);
	return true;
}

/**
 * @brief Check whether an address is in a range.
 * @param r Range.
 * @param addr Address.
 * @return `start <= addr && addr < end`.
 *
 * Model: AddrRange::contains.
 */
AXVM_INLINE bool axvm_gpa_range_contains(axvm_gpa_range r, axvm_gpa addr)
{
	return r.start.addr <= addr.addr && addr.addr < r.end.addr;
}

/**
 * @brief Check whether one range is in another.
 * @param r Outer range.
 * @param o Inner range.
 * @return `r.start <= o.start && o.end <= r.end`.
 *
 * Model: AddrRange::contains_range.
 */
AXVM_INLINE bool axvm_gpa_range_contains_range(axvm_gpa_range r, axvm_gpa_range o)
{
	return r.start.addr <= o.start.addr && o.end.addr <= r.end.addr;
}

/**
 * @brief Check whether one range is in another.
 * @param r Inner range.
 * @param o Outer range.
 * @return axvm_gpa_range_contains_range() with the two exchanged.
 *
 * Model: AddrRange::contained_in.
 */
AXVM_INLINE bool axvm_gpa_range_contained_in(axvm_gpa_range r, axvm_gpa_range o)
{
	return axvm_gpa_range_contains_range(o, r);
}

/**
 * @brief Check whether two ranges overlap.
 * @param r Range.
 * @param o Range.
 * @return `r.start < o.end && o.start < r.end`: true also for an empty range
 *         strictly inside another one, false for ranges that only touch.
 *
 * Model: AddrRange::overlaps.
 */
AXVM_INLINE bool axvm_gpa_range_overlaps(axvm_gpa_range r, axvm_gpa_range o)
{
	return r.start.addr < o.end.addr && o.start.addr < r.end.addr;
}

/**
 * @brief Check whether two ranges have the same start and the same end.
 * @param r Range.
 * @param o Range.
 * @return true when they have; empty ranges at two places differ.
 *
 * Model: Eq of AddrRange.
 */
AXVM_INLINE bool axvm_gpa_range_eq(axvm_gpa_range r, axvm_gpa_range o)
{
	return axvm_gpa_eq(r.start, o.start) && axvm_gpa_eq(r.end, o.end);
}

/**
 * @brief The addresses that two ranges share.
 * @param r Range.
 * @param o Range.
 * @param[out] out Receives the shared range, never empty; untouched on failure.
 * @return false when no address is shared.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_range_intersect(axvm_gpa_range r, axvm_gpa_range o,
							  axvm_gpa_range *out)
{
	axvm_gpa start = axvm_gpa_cmp(r.start, o.start) < 0 ? o.start : r.start;
	axvm_gpa end = axvm_gpa_cmp(r.end, o.end) < 0 ? r.end : o.end;

	if (start.addr >= end.addr)
		return false;
	*out = axvm_gpa_range_new_unchecked(start, end);
	return true;
}

/**
 * @brief Check whether one range begins where another one ends.
 * @param r Range.
 * @param o Range.
 * @return true when they touch and share no address, in either order; false when one of
 *         them is empty.
 *
 * Not in axvm-types.
 */
AXVM_INLINE bool axvm_gpa_range_is_adjacent(axvm_gpa_range r, axvm_gpa_range o)
{
	if (axvm_gpa_range_is_empty(r) || axvm_gpa_range_is_empty(o))
		return false;
	return axvm_gpa_eq(r.end, o.start) || axvm_gpa_eq(o.end, r.start);
}

/**
 * @brief The smallest range with all addresses of two ranges, and those between them.
 * @param r Range.
 * @param o Range.
 * @return The range; an empty one adds nothing, so that the result is the other range then, and
 *         @p r when both are empty.
 *
 * Not in axvm-types.
 */
AXVM_INLINE axvm_gpa_range axvm_gpa_range_hull(axvm_gpa_range r, axvm_gpa_range o)
{
	if (axvm_gpa_range_is_empty(o))
		return r;
	if (axvm_gpa_range_is_empty(r))
		return o;
	return axvm_gpa_range_new_unchecked(axvm_gpa_cmp(r.start, o.start) < 0 ? r.start : o.start,
					    axvm_gpa_cmp(r.end, o.end) < 0 ? o.end : r.end);
}

/**
 * @brief What is left of a range without the addresses of another one.
 * @param r Range.
 * @param o Range to take out.
 * @param[out] out Receives what is left, in ascending order, none of it empty; the
 *                 elements from the count on are untouched.
 * @return How many ranges are left: 0 when @p o holds all of @p r or that is empty, 2 when
 *         @p o is inside of it, else 1, which is @p r itself when they share no address.
 *
 * Not in axvm-types.
 */
AXVM_INLINE size_t axvm_gpa_range_subtract(axvm_gpa_range r, axvm_gpa_range o,
					   axvm_gpa_range out[2])
{
	size_t count = 0;

	if (axvm_gpa_range_is_empty(r))
		return 0;
	if (axvm_gpa_range_is_empty(o) || !axvm_gpa_range_overlaps(r, o)) {
		out[0] = r;
		return 1;
	}
	if (r.start.addr < o.start.addr)
		out[count++] = axvm_gpa_range_new_unchecked(r.start, o.start);
	if (o.end.addr < r.end.addr)
		out[count++] = axvm_gpa_range_new_unchecked(o.end, r.end);
	return count;
}

/**
 * @brief The pages that a range touches.
 * @param r Range.
 * @param page_size Page size in bytes.
 * @param[out] out Receives the range with its start rounded down and its end
 *                 rounded up; an empty or inverted range gives the empty range at
 *                 the page of its start. Untouched on failure.
 * @return false when the end does not fit or @p page_size is not a power of two.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_range_page_expand(axvm_gpa_range r, uint64_t page_size,
							    axvm_gpa_range *out)
{
	axvm_gpa start = axvm_gpa_align_down(r.start, page_size);
	axvm_gpa end;

	/* Rounding an aligned address up fails for a bad page size only. */
	if (!axvm_gpa_checked_align_up(axvm_gpa_range_is_empty(r) ? start : r.end, page_size, &end))
		return false;
	*out = axvm_gpa_range_new_unchecked(start, end);
	return true;
}

/**
 * @brief An iterator over the pages of a range.
 *
 * Model: DynPageIter.
 */
typedef struct axvm_gpa_page_iter {
	axvm_gpa next; /**< First address of the next page. */
	axvm_gpa end; /**< First address past the last page. */
	uint64_t page_size; /**< Page size in bytes, a power of two. */
} axvm_gpa_page_iter;

/**
 * @brief Start an iteration over pages.
 * @param[out] it Receives the iterator; untouched on failure.
 * @param start First address of the first page.
 * @param end First address past the last page; not above @p start for no page.
 * @param page_size Page size in bytes.
 * @return false unless @p page_size is a power of two and both ends are aligned
 *         to it.
 *
 * Model: DynPageIter::new.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_page_iter_init(axvm_gpa_page_iter *it, axvm_gpa start,
							 axvm_gpa end, uint64_t page_size)
{
	if (page_size == 0 || (page_size & (page_size - 1)) != 0)
		return false;
	if (!axvm_gpa_is_aligned(start, page_size) || !axvm_gpa_is_aligned(end, page_size))
		return false;
	it->next = start;
	it->end = end;
	it->page_size = page_size;
	return true;
}

/**
 * @brief Take the next page of an iteration.
 * @param[in,out] it Iterator that axvm_gpa_page_iter_init() has set up.
 * @param[out] out Receives the first address of the page; untouched at the end.
 * @return false at the end, then and ever after.
 *
 * Model: DynPageIter::next.
 */
AXVM_INLINE bool axvm_gpa_page_iter_next(axvm_gpa_page_iter *it, axvm_gpa *out)
{
	if (it->next.addr >= it->end.addr)
		return false;
	*out = it->next;
	/* Cannot wrap: the end is a multiple of the page size above next. */
	it->next.addr += it->page_size;
	return true;
}

/** Size of a buffer for every text of a range, of either case, with its NUL. */
#define AXVM_GPA_RANGE_TEXT_SIZE (2 * (AXVM_GPA_TEXT_SIZE - 1) + 2 + 1)

/**
 * @brief Write a range as text, with lower case digits: `GPA:0x1000..GPA:0x2000`.
 * @param r Range.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: LowerHex and Debug of AddrRange.
 */
int axvm_gpa_range_format(axvm_gpa_range r, char *buf, size_t size);

/**
 * @brief Write a range as text, with upper case digits: `GPA:0x1A00..GPA:0x2B00`.
 * @param r Range.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: UpperHex of AddrRange.
 */
int axvm_gpa_range_format_upper(axvm_gpa_range r, char *buf, size_t size);

/**
 * @brief Read a range, in one of three forms.
 *
 * - `0x1000..0x2000`, as axvm_gpa_range_format() writes it: the first address, and the first
 *   one past the range. It may be empty, but not inverted.
 * - `0x1000-0x1fff`: the first and the last address, both of the range.
 * - `0x1000+0x1000`: the first address and the size, as axvm_size_parse() reads it:
 *   `0x80000000+512M`.
 *
 * Addresses are as axvm_gpa_parse() reads them, each after the prefix `GPA:` or without.
 * There is no blank but the one that axvm_size_parse() allows before the unit of a size.
 *
 * Not for /proc/iomem, whose numbers are hexadecimal without `0x`: those without a letter among
 * the digits would be read as decimal. axvm_gpa_range_parse_hex() reads them.
 *
 * @param text The whole text; NULL is no range.
 * @param[out] out Receives the range; untouched on failure.
 * @return false when @p text is no such range, its ends are not in order, or its end is
 *         above 2^64 - 1.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_gpa_range_parse(const char *text, axvm_gpa_range *out);

/**
 * @brief Read a range in bare hexadecimal, as /proc/iomem has it: `40000000-47ffffff`.
 *
 * The first and the last address, both of the range: hexadecimal digits of either case, without
 * `0x` and without `_`, after zeros or not, and one dash between them.
 *
 * @param text The whole text, without blanks; NULL is no range.
 * @param[out] out Receives the range, never empty; untouched on failure.
 * @return false when @p text is no such range, its ends are not in order, or its end is
 *         above 2^64 - 1.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_gpa_range_parse_hex(const char *text, axvm_gpa_range *out);

/**
 * @brief Read the range in bare hexadecimal that a text begins with, and report where it stops.
 *
 * The range is as axvm_gpa_range_parse_hex() reads it, up to the last digit: of
 * `40000000-47ffffff : System RAM`, ` : System RAM` is the rest. A line of /proc/iomem may begin
 * with blanks, which the caller skips; without privileges all its addresses read as 0.
 *
 * @param text String that ends by a NUL; NULL begins with no range.
 * @param[out] out Receives the range, never empty; untouched on failure.
 * @param[out] rest Receives the address of the first character after the range, that of the NUL
 *                  at the end; untouched on failure. It may be the very pointer that was given
 *                  as @p text.
 * @return false when @p text begins with no such range, its ends are not in order, or its end is
 *         above 2^64 - 1.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_gpa_range_parse_hex_prefix(const char *text, axvm_gpa_range *out,
						     const char **rest);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
