/* SPDX-License-Identifier: Apache-2.0 */
/* dlopen and dlclose of the library: by load_rounds, as this program has it loaded already. */
#define _POSIX_C_SOURCE 200809L
#include "bench.h"

#include <stdio.h>

static bool samples(double *ours, double *theirs, size_t rounds, const char **why)
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

static const struct bench_row rows[] = {
	{ "dlopen and dlclose", "", "an empty .so", 1.05, 0, NULL, NULL, NULL, NULL, false,
	  samples },
};

const struct bench_rows bench_load = BENCH_ROWS(rows);
