/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What other programs measure: load_rounds how long the library takes to load, as this one has it
 * loaded already, insn.sh how many instructions the inlined functions have, and lint_rounds.py how
 * long axvm-lint runs.
 */
#define _POSIX_C_SOURCE 200809L
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

static bool read_rounds(const char *command, double *ours, double *theirs, size_t rounds)
{
	FILE *pipe = popen(command, "r");
	size_t count = 0;

	while (pipe && count < rounds && fscanf(pipe, "%lf %lf", &ours[count], &theirs[count]) == 2)
		count++;
	if (pipe)
		pclose(pipe);
	return count == rounds;
}

static bool load(double *ours, double *theirs, size_t rounds, const char **why)
{
	char command[4096];

	snprintf(command, sizeof(command),
		 "'%s/load_rounds' '%s/../.libs/libaxvm-types.so' '%s/empty.so' %zu",
		 bench_directory, bench_directory, bench_directory, rounds);
	*why = read_rounds(command, ours, theirs, rounds) ? NULL : "no shared library";
	return !*why;
}

static bool lint(int files, double *ours, double *theirs, size_t rounds, const char **why)
{
	const char *program = getenv("BENCH_LINT");
	char command[4096];

	*why = "run by make bench only, with Python";
	if (!program)
		return false;
	snprintf(command, sizeof(command), "%s %d %zu", program, files, rounds);
	*why = read_rounds(command, ours, theirs, rounds) ? NULL : "axvm-lint does not run here";
	return !*why;
}

static bool lint_one(double *ours, double *theirs, size_t rounds, const char **why)
{
	return lint(1, ours, theirs, rounds, why);
}

static bool lint_many(double *ours, double *theirs, size_t rounds, const char **why)
{
	return lint(600, ours, theirs, rounds, why);
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
	{ "axvm-lint above Python", "one file", "40 ms", 1.00, 1, NULL, NULL, NULL, NULL, false,
	  lint_one },
	{ "axvm-lint", "600 files", "1.5 s", 1.00, 600, NULL, NULL, NULL, NULL, false, lint_many },
};

const struct bench_rows bench_others = BENCH_ROWS(rows);
