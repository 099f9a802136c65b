/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/guest_memory.h>

#include <string.h>

#include "export.h"

/* Lets a region sink until both below it are no greater: the heap of heapsort. */
static void sink(axvm_guest_region *regions, size_t root, size_t count)
{
	axvm_guest_region sinking = regions[root];

	/* root < count / 2: it has a child, and 2 * root + 1 does not wrap. */
	while (root < count / 2) {
		size_t child = 2 * root + 1;

		if (child + 1 < count &&
		    axvm_gpa_cmp(regions[child].gpa, regions[child + 1].gpa) < 0)
			child++;
		if (axvm_gpa_cmp(sinking.gpa, regions[child].gpa) >= 0)
			break;
		regions[root] = regions[child];
		root = child;
	}
	regions[root] = sinking;
}

/* Not libc's qsort, which may allocate. */
AXVM_EXPORT void axvm_guest_memory_sort(axvm_guest_region *regions, size_t count)
{
	for (size_t root = count / 2; root-- != 0;)
		sink(regions, root, count);
	for (size_t last = count; last > 1;) {
		axvm_guest_region greatest = regions[0];

		last--;
		regions[0] = regions[last];
		regions[last] = greatest;
		sink(regions, 0, last);
	}
}

AXVM_EXPORT bool axvm_guest_memory_is_valid(const axvm_guest_region *regions, size_t count)
{
	axvm_gpa end = AXVM_GPA_INIT(0);

	for (size_t i = 0; i < count; i++) {
		const axvm_guest_region *region = &regions[i];

		if (region->size == 0 || !region->host)
			return false;
		/* What is larger than a pointer can express wraps as well. */
		if (region->size > UINTPTR_MAX - (uintptr_t)region->host)
			return false;
		if (axvm_gpa_cmp(region->gpa, end) < 0)
			return false;
		if (!axvm_gpa_checked_add(region->gpa, region->size, &end))
			return false;
	}
	return true;
}

/* A function that is exported is no inline one: this is, and an access one call. */
static inline const axvm_guest_region *find(const axvm_guest_region *regions, size_t count,
					    axvm_gpa at)
{
	const axvm_guest_region *region = regions;

	if (count == 0)
		return NULL;
	/* The last region that begins at or below the address, or else the first one. */
	while (count > 1) {
		size_t half = count / 2;

		/* Without a branch, which no processor could predict. */
		region += half & -(size_t)(region[half].gpa.addr <= at.addr);
		count -= half;
	}
	/* Above each size for an address below it. */
	return at.addr - region->gpa.addr < region->size ? region : NULL;
}

AXVM_EXPORT const axvm_guest_region *axvm_guest_memory_find(const axvm_guest_region *regions,
							    size_t count, axvm_gpa at)
{
	return find(regions, count, at);
}

AXVM_EXPORT uint64_t axvm_guest_memory_span(const axvm_guest_region *regions, size_t count,
					    axvm_gpa at, uint64_t length, void **host)
{
	const axvm_guest_region *region = find(regions, count, at);
	uint64_t offset;

	if (!region)
		return 0;
	offset = at.addr - region->gpa.addr;
	if (host)
		*host = (char *)region->host + (size_t)offset;
	return length < region->size - offset ? length : region->size - offset;
}

AXVM_EXPORT void *axvm_guest_memory_at(const axvm_guest_region *regions, size_t count, axvm_gpa at,
				       uint64_t length)
{
	const axvm_guest_region *region = find(regions, count, at);

	if (!region || length > region->size - (at.addr - region->gpa.addr))
		return NULL;
	return (char *)region->host + (size_t)(at.addr - region->gpa.addr);
}

/* In how many regions the bytes are; false when one is in none. */
static bool count_pieces(const axvm_guest_region *regions, size_t count, axvm_gpa at,
			 uint64_t length, size_t *pieces)
{
	*pieces = 0;
	if (length == 0)
		return axvm_guest_memory_find(regions, count, at) != NULL;
	while (length != 0) {
		uint64_t span = axvm_guest_memory_span(regions, count, at, length, NULL);

		if (span == 0)
			return false;
		at.addr += span;
		length -= span;
		(*pieces)++;
	}
	return true;
}

AXVM_EXPORT bool axvm_guest_memory_read(const axvm_guest_region *regions, size_t count, axvm_gpa at,
					void *buf, size_t length)
{
	char *to = buf;
	size_t pieces;

	if (!count_pieces(regions, count, at, length, &pieces))
		return false;
	while (length != 0) {
		void *host = NULL;
		size_t span = (size_t)axvm_guest_memory_span(regions, count, at, length, &host);

		memcpy(to, host, span);
		to += span;
		at.addr += span;
		length -= span;
	}
	return true;
}

AXVM_EXPORT bool axvm_guest_memory_write(const axvm_guest_region *regions, size_t count,
					 axvm_gpa at, const void *buf, size_t length)
{
	const char *from = buf;
	size_t pieces;

	if (!count_pieces(regions, count, at, length, &pieces))
		return false;
	while (length != 0) {
		void *host = NULL;
		size_t span = (size_t)axvm_guest_memory_span(regions, count, at, length, &host);

		memcpy(host, from, span);
		from += span;
		at.addr += span;
		length -= span;
	}
	return true;
}

AXVM_EXPORT bool axvm_guest_memory_fill(const axvm_guest_region *regions, size_t count, axvm_gpa at,
					uint8_t byte, uint64_t length)
{
	size_t pieces;

	if (!count_pieces(regions, count, at, length, &pieces))
		return false;
	while (length != 0) {
		void *host = NULL;
		uint64_t span = axvm_guest_memory_span(regions, count, at, length, &host);

		memset(host, byte, (size_t)span);
		at.addr += span;
		length -= span;
	}
	return true;
}

AXVM_EXPORT bool axvm_guest_memory_slices(const axvm_guest_region *regions, size_t count,
					  axvm_gpa at, uint64_t length, axvm_guest_slice *slices,
					  size_t capacity, size_t *used)
{
	size_t pieces;
	bool covered = count_pieces(regions, count, at, length, &pieces);

	*used = covered ? pieces : 0;
	if (!covered || pieces > capacity)
		return false;
	for (; length != 0; slices++) {
		uint64_t span = axvm_guest_memory_span(regions, count, at, length, &slices->ptr);

		slices->length = (size_t)span;
		at.addr += span;
		length -= span;
	}
	return true;
}

AXVM_EXPORT bool axvm_guest_memory_gpa_of(const axvm_guest_region *regions, size_t count,
					  const void *host, axvm_gpa *out)
{
	for (size_t i = 0; i < count; i++) {
		/* Wraps to more than any size below the region. */
		uintptr_t offset = (uintptr_t)host - (uintptr_t)regions[i].host;

		if (offset < regions[i].size) {
			*out = axvm_gpa_wrapping_add(regions[i].gpa, offset);
			return true;
		}
	}
	return false;
}
