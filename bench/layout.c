/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout check of one VM with 10^3 to 10^6 memory regions, against only sorting them: by
 * qsort, the array itself; by a radix sort, pairs of start and end.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <axvm/layout.h>

#define DIGIT 11
#define BUCKETS (1 << DIGIT)
#define DIGITS ((64 + DIGIT - 1) / DIGIT)

struct pair {
	uint64_t start, end;
};

static axvm_mem_config *regions, *copy;
static struct pair *pairs, *copied_pairs, *spare;
static size_t count, scratch_size;
static void *scratch;
static axvm_layout_vm vm;

/* Each side sorts a fresh copy, and has read it just before. */
static void before(void)
{
	memcpy(copy, regions, count * sizeof(*copy));
	memcpy(copied_pairs, pairs, count * sizeof(*pairs));
}

static bool setup(const struct bench_row *row, bool shuffled)
{
	free(regions);
	free(copy);
	free(pairs);
	free(copied_pairs);
	free(spare);
	free(scratch);
	count = row->count;
	regions = bench_allocate(count * sizeof(*regions));
	copy = bench_allocate(count * sizeof(*copy));
	pairs = bench_allocate(count * sizeof(*pairs));
	copied_pairs = bench_allocate(count * sizeof(*pairs));
	spare = bench_allocate(count * sizeof(*pairs));
	for (size_t i = 0; i < count; i++) {
		/* A page each, and a hole behind it. */
		axvm_mem_config_init(&regions[i]);
		regions[i].gpa = axvm_gpa_new((uint64_t)i * 2 * AXVM_PAGE_SIZE_4K);
		regions[i].size = AXVM_PAGE_SIZE_4K;
	}
	for (size_t i = count; shuffled && i > 1; i--) {
		size_t j = bench_random() % i;
		axvm_mem_config other = regions[j];

		regions[j] = regions[i - 1];
		regions[i - 1] = other;
	}
	for (size_t i = 0; i < count; i++) {
		pairs[i].start = regions[i].gpa.addr;
		pairs[i].end = pairs[i].start + regions[i].size;
	}
	vm = (axvm_layout_vm)AXVM_LAYOUT_VM_INIT;
	vm.cpu_num = 1;
	vm.memory_regions = regions;
	vm.memory_region_count = count;
	if (axvm_layout_scratch_size(&vm, 1, NULL, &scratch_size) != AXVM_OK)
		exit(2);
	scratch = bench_allocate(scratch_size);
	before();
	return true;
}

static bool setup_shuffled(const struct bench_row *row, const char **why)
{
	(void)why;
	return setup(row, true);
}

static bool setup_sorted(const struct bench_row *row, const char **why)
{
	(void)why;
	return setup(row, false);
}

static bool count_overlap(const axvm_finding *finding, void *ctx)
{
	size_t *overlaps = ctx;

	*overlaps += finding->code == AXVM_FINDING_MEMORY_OVERLAP;
	return true;
}

static uint64_t check(size_t operations)
{
	size_t overlaps = 0;

	for (size_t i = 0; i < operations; i++) {
		if (axvm_layout_check(&vm, 1, NULL, count_overlap, &overlaps, scratch,
				      scratch_size) != AXVM_OK)
			exit(2);
	}
	if (overlaps != 0) {
		fprintf(stderr, "bench: the check finds what is not there\n");
		exit(2);
	}
	return overlaps;
}

static int compare(const void *a, const void *b)
{
	const axvm_mem_config *x = a, *y = b;

	return axvm_gpa_cmp(x->gpa, y->gpa);
}

static uint64_t sort(size_t operations)
{
	for (size_t i = 0; i < operations; i++)
		qsort(copy, count, sizeof(*copy), compare);
	return copy[count - 1].gpa.addr;
}

/* All counts in one pass, and no pass over a digit that is the same in all. */
static void radix_sort(struct pair *from, struct pair *to)
{
	static size_t counts[DIGITS][BUCKETS];

	memset(counts, 0, sizeof(counts));
	for (size_t i = 0; i < count; i++) {
		for (int digit = 0; digit < DIGITS; digit++)
			counts[digit][from[i].start >> digit * DIGIT & (BUCKETS - 1)]++;
	}
	for (int digit = 0; digit < DIGITS; digit++) {
		struct pair *other = from;
		size_t place = 0;

		if (counts[digit][from[0].start >> digit * DIGIT & (BUCKETS - 1)] == count)
			continue;
		for (int bucket = 0; bucket < BUCKETS; bucket++) {
			size_t here = counts[digit][bucket];

			counts[digit][bucket] = place;
			place += here;
		}
		for (size_t i = 0; i < count; i++)
			to[counts[digit][from[i].start >> digit * DIGIT & (BUCKETS - 1)]++] =
				from[i];
		from = to;
		to = other;
	}
	for (size_t i = 1; i < count; i++) {
		if (from[i].start < from[i - 1].start) {
			fprintf(stderr, "bench: the radix sort does not sort\n");
			exit(2);
		}
	}
}

static uint64_t radix(size_t operations)
{
	for (size_t i = 0; i < operations; i++)
		radix_sort(copied_pairs, spare);
	return spare[0].start;
}

#define ROW(work, peer, wanted, count, setup, theirs)                                              \
	{                                                                                          \
		work, "exported", peer, wanted, count, setup, before, check, theirs, false, NULL   \
	}
/* What is sorted stays so. */
#define SORTED(work, count)                                                                        \
	{                                                                                          \
		work, "exported", "qsort", 0.30, count, setup_sorted, NULL, check, sort, false,    \
			NULL                                                                       \
	}

static const struct bench_row rows[] = {
	ROW("check of 10^3 shuffled", "qsort", 0.30, 1000, setup_shuffled, sort),
	ROW("check of 10^4 shuffled", "qsort", 0.30, 10000, setup_shuffled, sort),
	ROW("check of 10^5 shuffled", "qsort", 0.30, 100000, setup_shuffled, sort),
	ROW("check of 10^6 shuffled", "qsort", 0.30, 1000000, setup_shuffled, sort),
	ROW("check of 10^3 shuffled", "radix sort of pairs", 2.5, 1000, setup_shuffled, radix),
	ROW("check of 10^4 shuffled", "radix sort of pairs", 2.5, 10000, setup_shuffled, radix),
	ROW("check of 10^5 shuffled", "radix sort of pairs", 2.5, 100000, setup_shuffled, radix),
	ROW("check of 10^6 shuffled", "radix sort of pairs", 2.5, 1000000, setup_shuffled, radix),
	SORTED("check of 10^3 sorted", 1000),
	SORTED("check of 10^4 sorted", 10000),
	SORTED("check of 10^5 sorted", 100000),
	SORTED("check of 10^6 sorted", 1000000),
};

const struct bench_rows bench_layout = BENCH_ROWS(rows);
