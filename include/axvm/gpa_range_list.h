/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_GPA_RANGE_LIST_H
#define AXVM_GPA_RANGE_LIST_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/error.h>
#include <axvm/gpa.h>
#include <axvm/gpa_range.h>
#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup gpa_range_list Lists of guest physical address ranges
 * @brief A set of guest physical addresses, as sorted ranges in the caller's array.
 *
 * The ranges of a list ascend, none is empty, and no two overlap or touch: what touches
 * is merged. So a list has one form only for one set of addresses. An inverted range is
 * taken for an empty one. As no range holds the last byte of the address space, no list does.
 *
 * The functions allocate nothing: the array is the caller's, who reads it as well, from
 * `ranges[0]` to `ranges[count - 1]`. To copy a list, copy the array and set up another
 * list over it with axvm_gpa_range_list_init() and its `count`.
 *
 * A place in the list is found by binary search; putting in and taking out also moves what
 * comes after. They are not inline functions: a call costs little compared with the search.
 *
 * Not in axvm-types. Every function is thread-safe for distinct lists (those that take a
 * const list, for one as well) and async-signal-safe.
 *
 * @code
 * #include <stdio.h>
 * #include <axvm/gpa_range_list.h>
 *
 * int main(void)
 * {
 * 	axvm_gpa_range window = AXVM_GPA_RANGE_INIT(0x40000000, 0x80000000);
 * 	axvm_gpa_range uart = AXVM_GPA_RANGE_INIT(0x7ffff000, 0x80000000);
 * 	axvm_gpa_range storage[8], ram;
 * 	axvm_gpa_range_list taken;
 *
 * 	axvm_gpa_range_list_init(&taken, storage, 8);
 * 	if (axvm_gpa_range_list_claim(&taken, uart) != AXVM_OK)
 * 		return 1; // something else is there, or the array is full
 * 	// The highest place of 256 MiB at a multiple of 2 MiB.
 * 	if (!axvm_gpa_range_list_find_gap_high(&taken, window, 0x10000000,
 * 					       0x200000, &ram))
 * 		return 1;
 * 	printf("%#llx\n", (unsigned long long)axvm_gpa_value(ram.start));
 * 	// prints: 0x6fe00000
 * 	return axvm_gpa_range_list_claim(&taken, ram) == AXVM_OK ? 0 : 1;
 * }
 * @endcode
 * @{
 */

/** @brief A set of guest physical addresses, as sorted ranges. */
typedef struct axvm_gpa_range_list {
	axvm_gpa_range *ranges; /**< Array of the caller; the first `count` are the list. */
	size_t count; /**< How many ranges there are. */
	size_t capacity; /**< How many ranges the array has room for. */
} axvm_gpa_range_list;

/**
 * @brief Set up an empty list.
 * @param[out] list List; its former contents are not looked at.
 * @param storage Array for the ranges; may be NULL when @p capacity is 0.
 * @param capacity How many ranges it has room for.
 */
void axvm_gpa_range_list_init(axvm_gpa_range_list *list, axvm_gpa_range *storage, size_t capacity);

/**
 * @brief Put the addresses of a range in.
 *
 * Overlapping and touching ranges become one, so this needs room for one more range at
 * most, and none where it touches one that is there.
 *
 * @param[in,out] list List; unchanged on failure.
 * @param r Range, which may be one of the list's; an empty one puts nothing in.
 * @return false when the list would need one more range and its array is full.
 */
AXVM_MUST_CHECK bool axvm_gpa_range_list_insert(axvm_gpa_range_list *list, axvm_gpa_range r);

/**
 * @brief Put the addresses of a range in, unless some of them are in already.
 *
 * For a map in which nothing may overlap; axvm_gpa_range_list_insert() merges silently.
 *
 * @param[in,out] list List; unchanged on failure.
 * @param r Range; an empty one puts nothing in.
 * @return AXVM_OK; AXVM_ERROR_ALREADY_EXISTS when @p r overlaps a range of the list;
 *         AXVM_ERROR_NO_MEMORY when the list would need one more range and its array is full.
 */
axvm_error axvm_gpa_range_list_claim(axvm_gpa_range_list *list, axvm_gpa_range r);

/**
 * @brief Make a list of ranges in any order, in O(n log n) without allocation.
 *
 * Ranges that overlap or touch become one, and empty ones are left out.
 *
 * @param[in,out] list List, whose former ranges are replaced; unchanged on failure.
 * @param[in,out] ranges Array of ranges, which is sorted by their starts; may be NULL when there
 *                       is none. It may also be the list's own array, after up to `capacity`
 *                       ranges were written into it.
 * @param n Number of ranges.
 * @return AXVM_OK; AXVM_ERROR_NO_MEMORY when the list's array has no room for those that are
 *         left after the merge.
 */
axvm_error axvm_gpa_range_list_assign(axvm_gpa_range_list *list, axvm_gpa_range *ranges, size_t n);

/**
 * @brief Take the addresses of a range out, as far as they are in.
 *
 * What is inside of one range of the list cuts it in two, which needs room for one more.
 *
 * @param[in,out] list List; unchanged on failure.
 * @param r Range, which may be one of the list's; an empty one takes nothing out.
 * @return false when the list would need one more range and its array is full.
 */
AXVM_MUST_CHECK bool axvm_gpa_range_list_remove(axvm_gpa_range_list *list, axvm_gpa_range r);

/**
 * @brief Check whether an address is in a list.
 * @param list List.
 * @param a Address, any.
 * @return true when it is; false for 2^64 - 1, which no range holds.
 */
bool axvm_gpa_range_list_contains(const axvm_gpa_range_list *list, axvm_gpa a);

/**
 * @brief Check whether all addresses of a range are in a list.
 * @param list List.
 * @param r Range.
 * @return true when they are; so it is for an empty range, wherever it is, as putting that
 *         in would change nothing.
 */
bool axvm_gpa_range_list_contains_range(const axvm_gpa_range_list *list, axvm_gpa_range r);

/**
 * @brief Check whether some address of a range is in a list.
 * @param list List.
 * @param r Range.
 * @return true when one is; false for an empty range, wherever it is.
 */
bool axvm_gpa_range_list_overlaps(const axvm_gpa_range_list *list, axvm_gpa_range r);

/**
 * @brief Find the lowest free range of a size.
 * @param list List of what is taken.
 * @param within Range to stay in.
 * @param size Size in bytes.
 * @param align Alignment of the start in bytes, a power of two; 1 for any.
 * @param[out] out Receives the range: from the lowest multiple of @p align such that
 *                 @p size bytes follow in @p within, none of them in the list. Untouched on
 *                 failure. The list is not changed: insert the range to take it.
 * @return false when there is none, @p size is 0 or @p align is not a power of two.
 */
AXVM_MUST_CHECK bool axvm_gpa_range_list_find_gap(const axvm_gpa_range_list *list,
						  axvm_gpa_range within, uint64_t size,
						  uint64_t align, axvm_gpa_range *out);

/**
 * @brief Find the highest free range of a size.
 * @param list List of what is taken.
 * @param within Range to stay in.
 * @param size Size in bytes.
 * @param align Alignment of the start in bytes, a power of two; 1 for any.
 * @param[out] out Receives the range: from the highest multiple of @p align such that
 *                 @p size bytes follow in @p within, none of them in the list. Untouched on
 *                 failure. The list is not changed: insert or claim the range to take it.
 * @return false when there is none, @p size is 0 or @p align is not a power of two.
 */
AXVM_MUST_CHECK bool axvm_gpa_range_list_find_gap_high(const axvm_gpa_range_list *list,
						       axvm_gpa_range within, uint64_t size,
						       uint64_t align, axvm_gpa_range *out);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
