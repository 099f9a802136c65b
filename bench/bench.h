/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A comparison of one piece of work with a peer that does the same. Both run in one process,
 * in turns; what they compute goes into a sum, so that no compiler leaves it out.
 */
struct bench_row {
	const char *work;
	const char *form; /* how ours is called: inlined or exported */
	const char *peer;
	double wanted; /* the greatest ratio that is good enough; 0 for no wish */
	size_t count; /* what setup makes; 0 for rows that need none */
	/* False when the peer is not here, with the reason in *why. */
	bool (*setup)(const struct bench_row *row, const char **why);
	/* Before each run of either side, outside of its time; such rows have one operation a run. */
	void (*before)(void);
	uint64_t (*ours)(size_t operations);
	uint64_t (*theirs)(size_t operations);
	/* The two sums are the same, as both give the same result. */
	bool same_sum;
	/* Instead of the two: fills in nanoseconds of each round, fewer of them if there is a count. */
	bool (*samples)(double *ours, double *theirs, size_t rounds, const char **why);
};

struct bench_rows {
	const struct bench_row *rows;
	size_t count;
};

#define BENCH_ROWS(table)                                                                          \
	{                                                                                          \
		(table), sizeof(table) / sizeof((table)[0])                                        \
	}

/* One in each file; those of functions that are inline twice. */
extern const struct bench_rows bench_text, bench_names, bench_config, bench_memory, bench_layout,
	bench_others;
extern const struct bench_rows bench_set_inlined, bench_set_exported;
extern const struct bench_rows bench_address_inlined, bench_address_exported;

/* What a row came to. */
struct bench_result {
	const struct bench_row *row;
	const char *skipped; /* why, or NULL */
	double ours, theirs; /* nanoseconds (or instructions) an operation, medians of all rounds */
	double ratio;
	double low, high; /* quartiles of the ratios of single rounds */
};

/* As it is printed, with two digits: 1.004 is not above 1. */
bool bench_missed(const struct bench_result *result);
bool bench_chart(const char *file, const struct bench_result *results, size_t count);

/* Numbers to work on, the same in each run: guest addresses, of 28 to 40 bits. */
#define BENCH_NUMBERS 1024
extern uint64_t bench_numbers[BENCH_NUMBERS];
/* Where the program is, and the peers that are built beside it. */
extern const char *bench_directory;

uint64_t bench_random(void);
double bench_now(void); /* the processor time of this process, in nanoseconds */
/* A function of a shared library that may be absent, or NULL. */
void *bench_symbol(const char *library, const char *name);
/* A copy of size bytes in memory that lasts; ends the program when there is none. */
void *bench_allocate(size_t size);

#endif
