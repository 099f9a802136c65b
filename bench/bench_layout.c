/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout check of one VM with 10^3 to 10^6 memory regions, against qsort of the same
 * array in the same run. The best of several runs each, as other programs disturb them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <axvm/layout.h>

#define RUNS 9

enum order { SHUFFLED, SORTED, STACKED, ORDERS };

static const char *const order_names[] = { "shuffled", "sorted", "overlapping" };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Regions of a page with a hole behind each; stacked ones all meet in the last one. */
static void fill(axvm_mem_config *regions, size_t count, enum order order)
{
	uint64_t random = UINT64_C(0x9e3779b97f4a7c15);

	for (size_t i = 0; i < count; i++) {
		axvm_mem_config_init(&regions[i]);
		regions[i].gpa = axvm_gpa_new((uint64_t)i * 2 * AXVM_PAGE_SIZE_4K);
		regions[i].size = AXVM_PAGE_SIZE_4K * (order == STACKED ? 2 * (count - i) : 1);
	}
	if (order == SORTED)
		return;
	for (size_t i = count; i > 1; i--) {
		size_t j = next_random(&random) % i;
		axvm_mem_config other = regions[j];

		regions[j] = regions[i - 1];
		regions[i - 1] = other;
	}
}

static int compare(const void *a, const void *b)
{
	const axvm_mem_config *x = a, *y = b;

	return axvm_gpa_cmp(x->gpa, y->gpa);
}

static bool count_finding(const axvm_finding *finding, void *ctx)
{
	size_t *count = ctx;

	*count += finding->code == AXVM_FINDING_MEMORY_OVERLAP;
	return true;
}

static int measure(size_t count, enum order order)
{
	axvm_layout_vm vm = AXVM_LAYOUT_VM_INIT;
	axvm_mem_config *regions = malloc(count * sizeof(*regions));
	axvm_mem_config *copy = malloc(count * sizeof(*copy));
	double best_sort = 1e9, best_check = 1e9;
	size_t scratch_size = 0, findings = 0;
	void *scratch = NULL;
	int failed = 1;

	if (!regions || !copy)
		goto out;
	fill(regions, count, order);
	vm.cpu_num = 1;
	vm.memory_regions = regions;
	vm.memory_region_count = count;
	if (axvm_layout_scratch_size(&vm, 1, NULL, &scratch_size) != AXVM_OK)
		goto out;
	scratch = malloc(scratch_size);
	if (!scratch)
		goto out;
	/* So that neither pays for pages that are touched for the first time. */
	memset(scratch, 0, scratch_size);
	for (int run = 0; run < RUNS; run++) {
		double start;

		memcpy(copy, regions, count * sizeof(*copy));
		start = now();
		qsort(copy, count, sizeof(*copy), compare);
		if (now() - start < best_sort)
			best_sort = now() - start;
		findings = 0;
		start = now();
		if (axvm_layout_check(&vm, 1, NULL, count_finding, &findings, scratch,
				      scratch_size) != AXVM_OK)
			goto out;
		if (now() - start < best_check)
			best_check = now() - start;
	}
	printf("%8zu %-12s %11.3f %11.3f %9.2f %10zu\n", count, order_names[order], best_sort * 1e3,
	       best_check * 1e3, best_check / best_sort, findings);
	/* Each of the stacked regions but one is reported, and none of the others. */
	failed = findings != (order == STACKED ? count - 1 : 0);
out:
	if (failed)
		fprintf(stderr, "bench_layout: no memory, or a wrong result\n");
	free(scratch);
	free(copy);
	free(regions);
	return failed;
}

int main(void)
{
	int failed = 0;

	printf("%8s %-12s %11s %11s %9s %10s\n", "regions", "order", "qsort ms", "check ms",
	       "check/qsort", "findings");
	for (size_t count = 1000; count <= 1000000; count *= 10) {
		for (int order = 0; order < ORDERS; order++)
			failed |= measure(count, (enum order)order);
	}
	return failed;
}
