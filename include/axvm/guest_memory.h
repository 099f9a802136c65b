/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_GUEST_MEMORY_H
#define AXVM_GUEST_MEMORY_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/gpa.h>
#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup guest_memory Guest memory in this process
 * @brief From guest physical addresses to host pointers, checked.
 *
 * The memory of a guest is an array of regions, each mapped at a host pointer. The array is
 * the caller's. It is sorted and valid, which axvm_guest_memory_is_valid() checks: call it once
 * when it is made, for every other function relies on it. With an array that is not valid
 * they stay within the array, but their results mean nothing.
 *
 * Every access names its length, and none reaches out of a region: an address that the guest
 * chose can be passed on as it is. An access of length 0 is good at every address inside of a
 * region, not at the first one past it. As the end of a region is an address of at most
 * 2^64 - 1, the last byte of the address space is in no region.
 *
 * A region is found by binary search. For every access that a VMM emulates there is
 * axvm_guest_memory_at_hint(), an inline function that looks at the region of the last access
 * first; axvm_guest_memory_at() always searches, so it can get better without a new build of
 * the callers.
 *
 * While one thread reads an array, others may too, but none may change it: to add or remove a
 * region, make another array, let all threads use that, and then free the old one. The bytes of
 * the guest and the tag of a region, which no function here reads, are the caller's to change.
 *
 * axvm_guest_memory_read() and axvm_guest_memory_write() are plain copies. A vCPU that runs
 * meanwhile may see or change any part of one, in any order: what both sides synchronize
 * on, an index of a virtqueue for example, is for atomic accesses through the pointer.
 *
 * Not in axvm-types. Every function is thread-safe (axvm_guest_memory_sort() for distinct
 * arrays) and async-signal-safe.
 *
 * @code
 * #include <stdio.h>
 * #include <axvm/guest_memory.h>
 *
 * int main(void)
 * {
 * 	static char low[0x2000], high[0x1000]; // of a VMM, by mmap()
 * 	axvm_guest_region regions[] = {
 * 		{ AXVM_GPA_INIT(0x80000000), sizeof(low), low, 0 },
 * 		{ AXVM_GPA_INIT(0x80002000), sizeof(high), high, 1 },
 * 	};
 * 	axvm_gpa address = axvm_gpa_new(0x80001ffe);
 * 	char text[8];
 *
 * 	if (!axvm_guest_memory_is_valid(regions, 2))
 * 		return 1;
 * 	// From one region into the next.
 * 	if (!axvm_guest_memory_write(regions, 2, address, "guest", 6))
 * 		return 1;
 * 	if (!axvm_guest_memory_read(regions, 2, address, text, 6))
 * 		return 1;
 * 	puts(text); // prints: guest
 * 	// An address that the guest chose: nothing is there, so this is NULL.
 * 	if (!axvm_guest_memory_at(regions, 2, axvm_gpa_new(0x80002fff), 2))
 * 		puts("refused"); // prints: refused
 * 	return 0;
 * }
 * @endcode
 * @{
 */

/**
 * @brief A region of guest memory, and where it is mapped in this process.
 */
typedef struct axvm_guest_region {
	axvm_gpa gpa; /**< First guest physical address. */
	uint64_t size; /**< Size in bytes; not 0, and at most SIZE_MAX. */
	void *host; /**< Where the first byte is mapped; not NULL. */
	uint64_t tag; /**< The caller's, any: a slot number of KVM, flags, an index. */
} axvm_guest_region;

/**
 * @brief A piece of guest memory in this process, as axvm_guest_memory_slices() gives it.
 *
 * Its members are those of struct iovec, in the same order.
 */
typedef struct axvm_guest_slice {
	void *ptr; /**< The first byte. */
	size_t length; /**< Length in bytes, not 0. */
} axvm_guest_slice;

/**
 * @brief Sort regions by their guest physical address, in O(n log n) without allocation.
 * @param[in,out] regions Array of regions; may be NULL when there is none. They need not be
 *                        valid; the order of those with one address is unspecified.
 * @param count Number of regions.
 */
void axvm_guest_memory_sort(axvm_guest_region *regions, size_t count);

/**
 * @brief Check whether an array of regions is fit for the other functions.
 *
 * They ascend, and touch at most; none is empty, ends above 2^64 - 1, is larger than
 * SIZE_MAX, or is without a host pointer; and no host pointer to its end wraps around.
 * Two regions may have the same host memory, which is then an alias.
 *
 * @param regions Array of regions; may be NULL when there is none.
 * @param count Number of regions; 0 is valid.
 * @return true when all of that holds.
 */
bool axvm_guest_memory_is_valid(const axvm_guest_region *regions, size_t count);

/**
 * @brief Find the region that an address is in.
 * @param regions Valid array of regions; may be NULL when there is none.
 * @param count Number of regions.
 * @param at Guest physical address, any.
 * @return The region, an element of the array; NULL when the address is in none.
 */
const axvm_guest_region *axvm_guest_memory_find(const axvm_guest_region *regions, size_t count,
						axvm_gpa at);

/**
 * @brief The host pointer to a piece of guest memory.
 * @param regions Valid array of regions; may be NULL when there is none.
 * @param count Number of regions.
 * @param at Guest physical address, any.
 * @param length Length in bytes, any.
 * @return Pointer to the byte at @p at, @p length bytes of which may be accessed; NULL unless
 *         all of them are in one region. Memory across two regions has no one pointer, even
 *         where they touch: see axvm_guest_memory_span().
 */
void *axvm_guest_memory_at(const axvm_guest_region *regions, size_t count, axvm_gpa at,
			   uint64_t length);

/**
 * @brief The host pointer to a piece of guest memory that is near the last one.
 *
 * axvm_guest_memory_at(), but region @p hint is tried first: most accesses of a vCPU or a queue
 * are in the region of the one before. Keep one hint for each, not shared among threads.
 *
 * @param regions Valid array of regions; may be NULL when there is none.
 * @param count Number of regions.
 * @param[in,out] hint Index of the region to try first, any number, 0 to begin with; receives
 *                     that of the region in which @p at is, and is untouched when that is none.
 * @param at Guest physical address, any.
 * @param length Length in bytes, any.
 * @return What axvm_guest_memory_at() returns.
 */
AXVM_INLINE void *axvm_guest_memory_at_hint(const axvm_guest_region *regions, size_t count,
					    size_t *hint, axvm_gpa at, uint64_t length)
{
	const axvm_guest_region *region;

	/* Above each size for an address below the region. */
	if (*hint >= count || at.addr - regions[*hint].gpa.addr >= regions[*hint].size) {
		region = axvm_guest_memory_find(regions, count, at);
		if (!region)
			return NULL;
		*hint = (size_t)(region - regions);
	}
	region = &regions[*hint];
	if (length > region->size - (at.addr - region->gpa.addr))
		return NULL;
	return (char *)region->host + (size_t)(at.addr - region->gpa.addr);
}

/**
 * @brief How much of a piece of guest memory follows in one region, and where.
 *
 * To walk over a piece that may cross regions, go on at `at + span`, `length - span`.
 *
 * @param regions Valid array of regions; may be NULL when there is none.
 * @param count Number of regions.
 * @param at Guest physical address, any.
 * @param length Length in bytes, any.
 * @param[out] host Receives the pointer to the byte at @p at; untouched when that is in no
 *                  region; may be NULL.
 * @return How many bytes may be accessed there, at most @p length; 0 when @p at is in no
 *         region (or @p length is 0, when the pointer is written all the same if it does).
 */
uint64_t axvm_guest_memory_span(const axvm_guest_region *regions, size_t count, axvm_gpa at,
				uint64_t length, void **host);

/**
 * @brief Copy guest memory into a buffer, also across regions that touch.
 * @param regions Valid array of regions; may be NULL when there is none.
 * @param count Number of regions.
 * @param at Guest physical address of the first byte, any.
 * @param[out] buf Receives the bytes; untouched on failure; may be NULL when @p length is 0.
 *                 It must not be in the guest memory that is read.
 * @param length Length in bytes.
 * @return false when some byte is in no region; of length 0: when @p at is in none.
 */
AXVM_MUST_CHECK bool axvm_guest_memory_read(const axvm_guest_region *regions, size_t count,
					    axvm_gpa at, void *buf, size_t length);

/**
 * @brief Copy a buffer into guest memory, also across regions that touch.
 * @param regions Valid array of regions; may be NULL when there is none.
 * @param count Number of regions.
 * @param at Guest physical address of the first byte, any.
 * @param buf Bytes to write; may be NULL when @p length is 0. It must not be in the guest
 *            memory that is written.
 * @param length Length in bytes.
 * @return false, and nothing was written, when some byte would be in no region; of length
 *         0: when @p at is in none.
 */
AXVM_MUST_CHECK bool axvm_guest_memory_write(const axvm_guest_region *regions, size_t count,
					     axvm_gpa at, const void *buf, size_t length);

/**
 * @brief Set guest memory to one byte, also across regions that touch.
 * @param regions Valid array of regions; may be NULL when there is none.
 * @param count Number of regions.
 * @param at Guest physical address of the first byte, any.
 * @param byte What each byte becomes.
 * @param length Length in bytes, any.
 * @return false, and nothing was written, when some byte would be in no region; of length
 *         0: when @p at is in none.
 */
AXVM_MUST_CHECK bool axvm_guest_memory_fill(const axvm_guest_region *regions, size_t count,
					    axvm_gpa at, uint8_t byte, uint64_t length);

/**
 * @brief The host pointers to a piece of guest memory, also across regions that touch.
 *
 * One slice for each region, for readv(), preadv() or a device's own copy. All or nothing: on
 * failure no slice is written.
 *
 * @param regions Valid array of regions; may be NULL when there is none.
 * @param count Number of regions.
 * @param at Guest physical address of the first byte, any.
 * @param length Length in bytes, any; 0 needs no slice.
 * @param[out] slices Receives the slices, in ascending order of their guest physical addresses;
 *                    may be NULL when @p capacity is 0.
 * @param capacity Number of slices that there is room for.
 * @param[out] used Receives the number of slices; on failure how many are needed, 0 when some
 *                  byte is in no region.
 * @return false when @p capacity is too small, or some byte is in no region; of length 0: when
 *         @p at is in none.
 */
AXVM_MUST_CHECK bool axvm_guest_memory_slices(const axvm_guest_region *regions, size_t count,
					      axvm_gpa at, uint64_t length,
					      axvm_guest_slice *slices, size_t capacity,
					      size_t *used);

/**
 * @brief The guest physical address of a host pointer.
 *
 * Looks at the regions one by one, as their host memory has no order.
 *
 * @param regions Valid array of regions; may be NULL when there is none.
 * @param count Number of regions.
 * @param host Pointer, any; it is not accessed.
 * @param[out] out Receives the address, the lowest one of memory that regions share;
 *                 untouched on failure.
 * @return false when the pointer is in no region; the one past the end does not.
 */
AXVM_MUST_CHECK bool axvm_guest_memory_gpa_of(const axvm_guest_region *regions, size_t count,
					      const void *host, axvm_gpa *out);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
