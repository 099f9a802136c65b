#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make coverage: every line and branch of src/ and of the inline headers runs under the
# C tests, or this fails and names what does not.
#
# usage: coverage.sh SOURCE     a source folder that is not configured; builds in the current one
#
# COVERAGE_FLOOR="LINES BRANCHES", in per cent, asks for less.
set -u

source=$(cd "$1" && pwd) || exit 1
: "${MAKE:=make}" "${GCOVR:=gcovr}"
: "${COVERAGE_FLOOR:=100 100}"
command -v "$GCOVR" > /dev/null || { echo "coverage: no $GCOVR" >&2; exit 1; }

# One static library: its counters are then those of the program, and a test that traps can
# save them (tests/tap.h); threads count in them, too. Without optimization, no branch is
# folded away.
"$source/configure" --enable-silent-rules --disable-shared --with-python=no \
	CFLAGS="-O0 -g --coverage -fprofile-update=atomic -DTAP_COVERAGE" > configure.log 2>&1 ||
	{ tail -n 20 configure.log; exit 1; }
$MAKE check TEST_EXTENSIONS= TESTS="$($MAKE -s --no-print-directory print-test-programs)" > check.log 2>&1 ||
	{ tail -n 40 check.log; exit 1; }

rm -f a-conftest.gcno
# The kin and version.h are in the build folder.
"$GCOVR" --root "$source" --object-directory . --filter "$source/src/" --filter "$source/include/" \
	--filter "$PWD/src/" --filter "$PWD/include/" --branches --print-summary \
	--txt coverage.txt --fail-under-line "${COVERAGE_FLOOR% *}" --fail-under-branch "${COVERAGE_FLOOR#* }"
status=$?
[ "$status" -eq 0 ] || cat coverage.txt
exit "$status"
