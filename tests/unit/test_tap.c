/* SPDX-License-Identifier: Apache-2.0 */
/* The harness of the C tests: a failing check names the rows of the tables around it. */
#include <stdio.h>
#include <stdlib.h>

#include "tap.h"

static const char *const words[] = { "zero", "one", "two" };
static const int numbers[] = { 10, 20, 30, 40 };

static void fail_within(void)
{
	each_row(w, words) {
		each_row(n, numbers) {
			if (n == 2)
				break; /* which leaves its row behind */
		}
		each_row(n, numbers)
			ok(w != 1 || numbers[n] != 40, "within");
		ok(w != 2, words[w]);
	}
	each_row(i, words) {
		each_row(j, words)
			ok(i != 1 || j != 0, "of one table");
	}
	ok(false, "after all");
}

static void test_rows(void)
{
	static const char *const wanted[] = {
		"# failed: within, at ", "# in row 1 of words\n", "# in row 3 of numbers\n",
		"# failed: two, at ",	 "# in row 2 of words\n", "# failed: of one table, at ",
		"# in row 1 of words\n", "# in row 0 of words\n", "# failed: after all, at ",
	};
	FILE *said = tmpfile();
	char line[200];
	size_t count = 0;
	pid_t child = -1;

	if (!ok(said != NULL, "a file"))
		return;
	if (tap_fork(&child)) {
		dup2(fileno(said), STDOUT_FILENO);
		tap_test(fail_within, "fail_within");
		fflush(stdout);
		_exit(0);
	}
	eq_int(tap_signal_of(child), 0, "the child comes to its end");
	rewind(said);
	while (fgets(line, sizeof(line), said)) {
		if (line[0] != '#')
			continue;
		ok(count < sizeof(wanted) / sizeof(wanted[0]) &&
			   strncmp(line, wanted[count], strlen(wanted[count])) == 0,
		   line);
		count++;
	}
	eq_uint(count, sizeof(wanted) / sizeof(wanted[0]), "lines");
	fclose(said);
}

int main(void)
{
	test(test_rows);
	return done();
}
