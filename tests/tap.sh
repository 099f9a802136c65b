# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# A TAP producer for shell tests, to be sourced: point, skip, run, run_unless, same,
# done_testing.

# What make check exports.
: "${srcdir:?}" "${builddir:?}" "${host:?}" "${build:?}" "${CC:?}" "${CXX:?}" "${NM:?}" "${OBJDUMP:?}"
: "${CFLAGS=}" "${CPPFLAGS=}" "${LDFLAGS=}" "${TEST_EMULATOR=}"

points=0

# point STATUS WHAT [FILE]: one point, with the lines of FILE behind a failed one.
point() {
	points=$((points + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $points - $2"
		return
	fi
	echo "not ok $points - $2"
	if [ -n "${3-}" ]; then sed 's/^/# /' "$3"; fi
}

# skip WHAT WHY: one point that could not be tried.
skip() {
	points=$((points + 1))
	echo "ok $points - $1 # SKIP $2"
}

# run WHAT COMMAND...: one point that passes when the command does.
run() {
	what=$1
	shift
	status=0
	"$@" > "$tmp/run.out" 2>&1 || status=$?
	point "$status" "$what" "$tmp/run.out"
}

# run_unless WHY WHAT COMMAND...: a point that is skipped where WHY is a reason, else run. So a
# test has as many points everywhere, which make check-cross wants.
run_unless() {
	if [ -n "$1" ]; then
		skip "$2" "$1"
		return
	fi
	shift
	run "$@"
}

# same WHAT GOT WANTED: one point that passes when two files are the same.
same() {
	run "$1" diff "$2" "$3"
}

done_testing() {
	echo "1..$points"
}

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
