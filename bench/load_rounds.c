/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: load_rounds OURS THEIRS ROUNDS
 * Prints for each round how many nanoseconds of processor time one dlopen and dlclose of each library takes.
 */
#define _POSIX_C_SOURCE 200809L
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LOADS 50

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double measure(const char *path)
{
	double start = now();

	for (int i = 0; i < LOADS; i++) {
		void *library = dlopen(path, RTLD_LAZY);

		if (!library || dlclose(library) != 0) {
			fprintf(stderr, "load_rounds: %s\n", dlerror());
			exit(1);
		}
	}
	return (now() - start) / LOADS;
}

int main(int argc, char **argv)
{
	int rounds = argc == 4 ? atoi(argv[3]) : 0;

	for (int round = 0; round < rounds; round++) {
		double ours = 0, theirs;

		/* Each goes first every other time. */
		if (round % 2 == 0)
			ours = measure(argv[1]);
		theirs = measure(argv[2]);
		if (round % 2 != 0)
			ours = measure(argv[1]);
		printf("%.1f %.1f\n", ours, theirs);
	}
	return 0;
}
