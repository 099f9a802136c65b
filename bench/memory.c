/* SPDX-License-Identifier: Apache-2.0 */
/* Guest memory by address, and lists of ranges. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <axvm/types.h>

#define REGIONS 8
#define REGION_SIZE UINT64_C(0x10000000)
#define RANGES 256

static axvm_guest_region regions[REGIONS];
static axvm_gpa_range inserted[RANGES];
/* A run of accesses in each region, as those of a vCPU or a queue. */
#define RUN 64
static uint64_t near_addresses[BENCH_NUMBERS];

static bool setup_regions(const struct bench_row *row, const char **why)
{
	static char block[4096];

	(void)row;
	(void)why;
	/* As a VM with some memory below and some above its devices; nothing is read. */
	for (size_t i = 0; i < REGIONS; i++) {
		regions[i].gpa = axvm_gpa_new(i * 2 * REGION_SIZE);
		regions[i].size = REGION_SIZE;
		regions[i].host = block;
	}
	for (size_t i = 0; i < BENCH_NUMBERS; i++)
		near_addresses[i] = i / RUN * 5 % REGIONS * 2 * REGION_SIZE +
				    bench_numbers[i] % (REGION_SIZE - 8);
	return true;
}

static uint64_t address(size_t i)
{
	return bench_numbers[i % BENCH_NUMBERS] % (REGIONS * 2 * REGION_SIZE);
}

static uint64_t find_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uintptr_t)axvm_guest_memory_at(regions, REGIONS, axvm_gpa_new(address(i)),
						       8);
	return sum;
}

/* Region by region, as small VMMs do. */
static inline uintptr_t linear(uint64_t at)
{
	for (size_t r = 0; r < REGIONS; r++) {
		uint64_t offset = at - regions[r].gpa.addr;

		if (offset < regions[r].size && regions[r].size - offset >= 8)
			return (uintptr_t)regions[r].host + (uintptr_t)offset;
	}
	return 0;
}

static uint64_t find_linear(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += linear(address(i));
	return sum;
}

static uint64_t near_address(size_t i)
{
	return near_addresses[i % BENCH_NUMBERS];
}

static uint64_t find_near_hint(size_t operations)
{
	uint64_t sum = 0;
	size_t hint = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uintptr_t)axvm_guest_memory_at_hint(regions, REGIONS, &hint,
							    axvm_gpa_new(near_address(i)), 8);
	return sum;
}

static uint64_t find_hint(size_t operations)
{
	uint64_t sum = 0;
	size_t hint = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uintptr_t)axvm_guest_memory_at_hint(regions, REGIONS, &hint,
							    axvm_gpa_new(address(i)), 8);
	return sum;
}

static uint64_t find_near_linear(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += linear(near_address(i));
	return sum;
}

static int compare_region(const void *key, const void *element)
{
	const axvm_guest_region *region = element;
	uint64_t at = *(const uint64_t *)key;

	if (at < region->gpa.addr)
		return -1;
	return at - region->gpa.addr >= region->size;
}

static uint64_t find_bsearch(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		uint64_t at = address(i);
		const axvm_guest_region *region =
			bsearch(&at, regions, REGIONS, sizeof(regions[0]), compare_region);

		if (region && region->size - (at - region->gpa.addr) >= 8)
			sum += (uintptr_t)region->host + (uintptr_t)(at - region->gpa.addr);
	}
	return sum;
}

static bool setup_ranges(const struct bench_row *row, const char **why)
{
	(void)row;
	(void)why;
	/* Pages in any order, with room between them. */
	for (size_t i = 0; i < RANGES; i++)
		inserted[i] = axvm_gpa_range_from_start_size(
			axvm_gpa_new((i * 149 % RANGES) * 4 * AXVM_PAGE_SIZE_4K),
			AXVM_PAGE_SIZE_4K);
	return true;
}

/* Each operation fills a list. */
static uint64_t insert_ours(size_t operations)
{
	axvm_gpa_range storage[RANGES];
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		axvm_gpa_range_list list;

		axvm_gpa_range_list_init(&list, storage, RANGES);
		for (size_t r = 0; r < RANGES; r++) {
			if (!axvm_gpa_range_list_insert(&list, inserted[r]))
				exit(2);
		}
		sum += list.count + list.ranges[RANGES / 2].start.addr;
	}
	return sum;
}

static int compare_range(const void *a, const void *b)
{
	const axvm_gpa_range *x = a, *y = b;

	return axvm_gpa_cmp(x->start, y->start);
}

/* All behind each other, then one qsort: no list in between, as ours has after each. */
static uint64_t insert_qsort(size_t operations)
{
	axvm_gpa_range storage[RANGES];
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		memcpy(storage, inserted, sizeof(storage));
		qsort(storage, RANGES, sizeof(storage[0]), compare_range);
		sum += RANGES + storage[RANGES / 2].start.addr;
	}
	return sum;
}

static uint64_t assign_ours(size_t operations)
{
	axvm_gpa_range storage[RANGES];
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		axvm_gpa_range_list list;

		axvm_gpa_range_list_init(&list, storage, RANGES);
		memcpy(storage, inserted, sizeof(storage));
		if (axvm_gpa_range_list_assign(&list, storage, RANGES) != AXVM_OK)
			exit(2);
		sum += list.count + list.ranges[RANGES / 2].start.addr;
	}
	return sum;
}

static const struct bench_row rows[] = {
	{ "guest memory lookup", "exported", "linear search by hand", 0, 0, setup_regions, NULL,
	  find_ours, find_linear, true, NULL },
	{ "guest memory lookup", "exported", "bsearch", 0, 0, setup_regions, NULL, find_ours,
	  find_bsearch, true, NULL },
	{ "guest memory lookup, near the last", "inlined", "linear search by hand", 0.6, 0,
	  setup_regions, NULL, find_near_hint, find_near_linear, true, NULL },
	{ "guest memory lookup, with a hint", "inlined", "linear search by hand", 1.5, 0,
	  setup_regions, NULL, find_hint, find_linear, true, NULL },
	{ "range list, 256 inserts", "exported", "one qsort", 0, 0, setup_ranges, NULL, insert_ours,
	  insert_qsort, true, NULL },
	{ "range list of 256", "exported", "one qsort", 0, 0, setup_ranges, NULL, assign_ours,
	  insert_qsort, true, NULL },
};

const struct bench_rows bench_memory = BENCH_ROWS(rows);
