/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A TAP producer for one test program of one source file. main() runs functions
 * by test(): each is one point, made of checks. A check is silent unless it
 * fails: then it prints what it got, what it wanted and where. `return done();`
 * ends main with the plan.
 */
#ifndef TAP_H
#define TAP_H

#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int tap_points;
static int tap_failed_points;
/* Of the function that runs. */
static int tap_checks;
static int tap_failed_checks;
/* Where it is in the tables that each_row() goes through, the outermost first. */
static struct {
	const char *table, *variable;
	size_t index;
} tap_rows[4];
static size_t tap_depth;

__attribute__((__unused__)) static void tap_test(void (*function)(void), const char *name)
{
	bool passed;

	tap_checks = 0;
	tap_failed_checks = 0;
	tap_depth = 0;
	function();
	/* A test without a check shows nothing. */
	passed = tap_checks != 0 && tap_failed_checks == 0;
	if (!passed)
		tap_failed_points++;
	printf("%sok %d - %s (%d checks)\n", passed ? "" : "not ", ++tap_points, name, tap_checks);
}

/* Goes on to a row; a loop that was left early is forgotten when one around it goes on. */
__attribute__((__unused__)) static bool tap_next_row(size_t index, size_t count, const char *table,
						     const char *variable)
{
	size_t depth = 0;

	while (depth < tap_depth && (strcmp(tap_rows[depth].table, table) != 0 ||
				     strcmp(tap_rows[depth].variable, variable) != 0))
		depth++;
	tap_depth = depth;
	if (index == count)
		return false;
	if (depth < sizeof(tap_rows) / sizeof(tap_rows[0])) {
		tap_rows[depth].table = table;
		tap_rows[depth].variable = variable;
		tap_rows[depth].index = index;
		tap_depth++;
	}
	return true;
}

__attribute__((__unused__)) static bool tap_check(bool passed, const char *file, int line,
						  const char *what)
{
	tap_checks++;
	if (!passed) {
		tap_failed_checks++;
		printf("# failed: %s, at %s:%d\n", what, file, line);
		for (size_t i = 0; i < tap_depth && tap_rows[i].table; i++)
			printf("# in row %zu of %s\n", tap_rows[i].index, tap_rows[i].table);
	}
	return passed;
}

__attribute__((__unused__)) static void tap_eq_uint(uint64_t got, uint64_t wanted, const char *file,
						    int line, const char *what)
{
	if (!tap_check(got == wanted, file, line, what))
		printf("# got 0x%" PRIx64 ", wanted 0x%" PRIx64 "\n", got, wanted);
}

__attribute__((__unused__)) static void tap_eq_int(int64_t got, int64_t wanted, const char *file,
						   int line, const char *what)
{
	if (!tap_check(got == wanted, file, line, what))
		printf("# got %" PRId64 ", wanted %" PRId64 "\n", got, wanted);
}

__attribute__((__unused__)) static void tap_eq_str(const char *got, const char *wanted,
						   const char *file, int line, const char *what)
{
	bool same = got && wanted ? strcmp(got, wanted) == 0 : got == wanted;

	if (!tap_check(same, file, line, what))
		printf("# got %s, wanted %s\n", got ? got : "NULL", wanted ? wanted : "NULL");
}

#ifdef TAP_COVERAGE
/* A trap loses what the child has counted, unless it is saved first. */
void __gcov_dump(void);
static void tap_save_coverage(int sig)
{
	__gcov_dump();
	signal(sig, SIG_DFL);
	raise(sig);
}
#endif

/* Starts a child that is to trap; true in the child. */
__attribute__((__unused__)) static bool tap_fork(pid_t *child)
{
	const struct rlimit no_core = { 0, 0 };

	fflush(stdout);
	*child = fork();
	if (*child != 0)
		return false;
	setrlimit(RLIMIT_CORE, &no_core);
#ifdef TAP_COVERAGE
	signal(SIGILL, tap_save_coverage);
	signal(SIGTRAP, tap_save_coverage);
	signal(SIGFPE, tap_save_coverage);
#endif
	return true;
}

/* What the child of tap_fork() died of: 0 when it came to its end. */
__attribute__((__unused__)) static int tap_signal_of(pid_t child)
{
	int status;

	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

__attribute__((__unused__)) static void tap_trapped(pid_t child, const char *file, int line,
						    const char *what)
{
	int sig = tap_signal_of(child);
	/* __builtin_trap() is SIGILL or SIGTRAP, by architecture. */
	bool trapped = sig == SIGILL || sig == SIGTRAP;

#ifdef __s390x__
	/* Compilers join it with the comparison before it: compare and trap. */
	trapped = trapped || sig == SIGFPE;
#endif
	if (!tap_check(trapped, file, line, what))
		printf("# got signal %d, wanted that of a trap\n", sig);
}

/* Runs a function without arguments as one point. */
#define test(function) tap_test((function), #function)

/* A loop over a table: a failing check in it names the row. */
#define each_row(i, table)                                                                         \
	for (size_t i = 0; tap_next_row(i, sizeof(table) / sizeof((table)[0]), #table, #i); i++)

#define ok(passed, what) tap_check((passed), __FILE__, __LINE__, (what))
#define eq_uint(got, wanted, what) tap_eq_uint((got), (wanted), __FILE__, __LINE__, (what))
#define eq_int(got, wanted, what) tap_eq_int((got), (wanted), __FILE__, __LINE__, (what))
#define eq_str(got, wanted, what) tap_eq_str((got), (wanted), __FILE__, __LINE__, (what))

/* The statement traps; it runs in a child. */
#define traps(statement, what)                                                                     \
	do {                                                                                       \
		pid_t tap_child;                                                                   \
                                                                                                   \
		if (tap_fork(&tap_child)) {                                                        \
			statement;                                                                 \
			_exit(0);                                                                  \
		}                                                                                  \
		tap_trapped(tap_child, __FILE__, __LINE__, what);                                  \
	} while (0)

/* One point that could not be tried, and why. */
#define skip(what, reason) printf("ok %d - %s # SKIP %s\n", ++tap_points, (what), (reason))

__attribute__((__unused__)) static int done(void)
{
	printf("1..%d\n", tap_points);
	return tap_failed_points != 0;
}

#endif
