/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Measures the library against peers, in rounds that interleave, and prints one table.
 * usage: bench [--json] [--svg FILE] [TEXT]; with TEXT, rows whose work has it only.
 */
#include "bench.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 61
#define SLOW_ROUNDS 9
#define ROUND_NS 100e3
#define SLOW_NS 20e6

uint64_t bench_numbers[BENCH_NUMBERS];
const char *bench_directory = ".";

/* Keeps the work of the rows alive. */
static volatile uint64_t all_sums;

static const struct bench_rows *const groups[] = {
	&bench_text,	     &bench_names,	     &bench_set_inlined,
	&bench_set_exported, &bench_address_inlined, &bench_address_exported,
	&bench_config,	     &bench_memory,	     &bench_layout,
	&bench_others,
};

#define GROUPS (sizeof(groups) / sizeof(groups[0]))

uint64_t bench_random(void)
{
	static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

double bench_now(void)
{
	struct timespec t;

	/* Of this process alone: other programs run as well. */
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

void *bench_allocate(size_t size)
{
	void *memory = malloc(size);

	if (!memory) {
		fprintf(stderr, "bench: no memory\n");
		exit(2);
	}
	/* So that nobody pays for pages that are touched for the first time. */
	memset(memory, 1, size);
	return memory;
}

void *bench_symbol(const char *library, const char *name)
{
	char path[4096];
	void *handle = dlopen(library, RTLD_NOW);

	if (!handle) {
		snprintf(path, sizeof(path), "%s/%s", bench_directory, library);
		handle = dlopen(path, RTLD_NOW);
	}
	return handle ? dlsym(handle, name) : NULL;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts the values; part 0.5 is the median. */
static double quantile(double *values, size_t count, double part)
{
	qsort(values, count, sizeof(*values), compare);
	return values[(size_t)(part * (double)(count - 1) + 0.5)];
}

static double run(const struct bench_row *row, uint64_t work(size_t), size_t operations)
{
	double start;

	if (row->before)
		row->before();
	start = bench_now();
	all_sums += work(operations);
	return (bench_now() - start) / (double)operations;
}

/* As many as take long enough for the clock, by the slower side. */
static size_t choose_operations(const struct bench_row *row)
{
	size_t operations = 1;

	while (!row->before && operations < (size_t)1 << 24 &&
	       run(row, row->ours, operations) * (double)operations < ROUND_NS)
		operations *= 2;
	return operations;
}

static size_t measure(const struct bench_row *row, double *ours, double *theirs)
{
	size_t operations = choose_operations(row), rounds = ROUNDS;

	if (run(row, row->theirs, operations) * (double)operations > SLOW_NS ||
	    row->count >= 1000000)
		rounds = SLOW_ROUNDS;
	for (size_t round = 0; round < rounds; round++) {
		/* Each side goes first every other time. */
		if (round % 2 == 0)
			ours[round] = run(row, row->ours, operations);
		theirs[round] = run(row, row->theirs, operations);
		if (round % 2 != 0)
			ours[round] = run(row, row->ours, operations);
	}
	return rounds;
}

static void finish(struct bench_result *result, double *ours, double *theirs, size_t rounds)
{
	double ratios[ROUNDS];

	for (size_t round = 0; round < rounds; round++)
		ratios[round] = ours[round] / theirs[round];
	result->low = quantile(ratios, rounds, 0.25);
	result->high = quantile(ratios, rounds, 0.75);
	result->ours = quantile(ours, rounds, 0.5);
	result->theirs = quantile(theirs, rounds, 0.5);
	result->ratio = result->ours / result->theirs;
}

static struct bench_result measure_row(const struct bench_row *row)
{
	struct bench_result result = { .row = row };
	double ours[ROUNDS], theirs[ROUNDS];
	size_t rounds = ROUNDS;

	if (row->setup && !row->setup(row, &result.skipped))
		return result;
	if (row->samples) {
		if (row->count)
			rounds = SLOW_ROUNDS;
		if (!row->samples(ours, theirs, rounds, &result.skipped))
			return result;
	} else {
		if (row->before)
			row->before();
		if (row->same_sum && row->ours(BENCH_NUMBERS) != row->theirs(BENCH_NUMBERS)) {
			fprintf(stderr, "bench: %s: not what %s gives\n", row->work, row->peer);
			exit(2);
		}
		rounds = measure(row, ours, theirs);
	}
	finish(&result, ours, theirs, rounds);
	return result;
}

bool bench_missed(const struct bench_result *result)
{
	double wanted = result->row->wanted;

	return !result->skipped && wanted > 0 && round(result->ratio * 100) > round(wanted * 100);
}

static void print_row(const struct bench_result *r)
{
	char wanted[16] = "";

	printf("%-27s %-8s %-23s ", r->row->work, r->row->form, r->row->peer);
	if (r->skipped) {
		printf("skipped: %s\n", r->skipped);
		return;
	}
	if (r->row->wanted > 0)
		snprintf(wanted, sizeof(wanted), "%.2f", r->row->wanted);
	printf("%12.2f %12.2f %6.2f %5.2f-%-5.2f %6s %s\n", r->ours, r->theirs, r->ratio, r->low,
	       r->high, wanted, r->row->wanted > 0 ? bench_missed(r) ? "missed" : "met" : "");
	fflush(stdout);
}

static void print_json(const struct bench_result *results, size_t count)
{
	printf("[\n");
	for (size_t i = 0; i < count; i++) {
		const struct bench_result *r = &results[i];

		printf("  {\"work\": \"%s\", \"form\": \"%s\", \"peer\": \"%s\", ", r->row->work,
		       r->row->form, r->row->peer);
		if (r->row->wanted > 0)
			printf("\"wanted\": %.2f, ", r->row->wanted);
		if (r->skipped)
			printf("\"skipped\": \"%s\"}", r->skipped);
		else
			printf("\"ours_ns\": %.3f, \"peer_ns\": %.3f, \"ratio\": %.4f, "
			       "\"low\": %.4f, \"high\": %.4f, \"missed\": %s}",
			       r->ours, r->theirs, r->ratio, r->low, r->high,
			       bench_missed(r) ? "true" : "false");
		printf("%s\n", i + 1 < count ? "," : "");
	}
	printf("]\n");
}

/* The exponent of n in the time of the layout check, by least squares of the logarithms. */
static void print_growth(const struct bench_result *results, size_t count)
{
	double x = 0, y = 0, xx = 0, xy = 0, n = 0;

	for (size_t i = 0; i < count; i++) {
		const struct bench_row *row = results[i].row;
		double log_count, log_time;

		/* One row for each size is enough. */
		if (row->count == 0 || !strstr(row->work, "shuffled") ||
		    strcmp(row->peer, "qsort") != 0)
			continue;
		log_count = log((double)row->count);
		log_time = log(results[i].ours);
		x += log_count;
		y += log_time;
		xx += log_count * log_count;
		xy += log_count * log_time;
		n++;
	}
	if (n > 1)
		printf("\nThe check of shuffled regions grows as n^%.2f from 10^3 to 10^6.\n",
		       (n * xy - x * y) / (n * xx - x * x));
}

int main(int argc, char **argv)
{
	static struct bench_result results[256];
	const char *only = "", *svg = NULL;
	char *slash = strrchr(argv[0], '/');
	bool json = false;
	size_t count = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (strcmp(argv[i], "--svg") == 0 && i + 1 < argc)
			svg = argv[++i];
		else
			only = argv[i];
	}
	if (slash) {
		*slash = '\0';
		bench_directory = argv[0];
	}
	for (size_t i = 0; i < BENCH_NUMBERS; i++)
		bench_numbers[i] = (bench_random() >> 24 >> bench_random() % 13) & ~UINT64_C(0xfff);
	if (!json)
		printf("%-27s %-8s %-23s %12s %12s %6s %-11s %6s\n", "work", "form", "peer",
		       "ours ns", "peer ns", "ratio", "quartiles", "wanted");
	for (size_t g = 0; g < GROUPS; g++) {
		for (size_t i = 0; i < groups[g]->count; i++) {
			const struct bench_row *row = &groups[g]->rows[i];

			if (!strstr(row->work, only))
				continue;
			results[count] = measure_row(row);
			if (!json)
				print_row(&results[count]);
			count++;
		}
	}
	if (json)
		print_json(results, count);
	else
		print_growth(results, count);
	if (svg && !bench_chart(svg, results, count)) {
		fprintf(stderr, "bench: %s cannot be written\n", svg);
		return 2;
	}
	return 0;
}
