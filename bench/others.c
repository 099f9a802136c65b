/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What other programs measure: load_rounds how long the library takes to load, as this one has it
 * loaded already, and insn.sh how many instructions the inlined functions have.
 */
#define _POSIX_C_SOURCE 200809L
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

static bool load(double *ours, double *theirs, size_t rounds, const char **why)
{
	char command[4096];
	size_t count = 0;
	FILE *pipe;

	snprintf(command, sizeof(command),
		 "'%s/load_rounds' '%s/../.libs/libaxvm-types.so' '%s/empty.so' %zu",
		 bench_directory, bench_directory, bench_directory, rounds);
	pipe = popen(command, "r");
	while (pipe && count < rounds && fscanf(pipe, "%lf %lf", &ours[count], &theirs[count]) == 2)
		count++;
	if (pipe)
		pclose(pipe);
	*why = count == rounds ? NULL : "no shared library";
	return !*why;
}

/* The function of the worst ratio; a count is the same in each round. */
static bool instructions(double *ours, double *theirs, size_t rounds, const char **why)
{
	const char *command = getenv("BENCH_INSN");
	FILE *pipe = command ? popen(command, "r") : NULL;
	double worst = 0;
	int mine, by_hand;

	while (pipe && fscanf(pipe, "%*s %d %d", &mine, &by_hand) == 2) {
		if ((double)mine / by_hand <= worst)
			continue;
		worst = (double)mine / by_hand;
		for (size_t round = 0; round < rounds; round++) {
			ours[round] = mine;
			theirs[round] = by_hand;
		}
	}
	if (pipe)
		pclose(pipe);
	*why = worst > 0 ? NULL : "counted by make bench only, with gcc or clang";
	return !*why;
}

static const struct bench_row rows[] = {
	{ "instructions, worst of all", "inlined", "by hand", 1.00, 0, NULL, NULL, NULL, NULL,
	  false, instructions },
	{ "dlopen and dlclose", "", "an empty .so", 1.05, 0, NULL, NULL, NULL, NULL, false, load },
};

const struct bench_rows bench_others = BENCH_ROWS(rows);
