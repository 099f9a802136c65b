#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every fuzz target over its seeds, without a fuzzer.
set -u
. "${srcdir:?}/tests/tap.sh"

# Libtool puts the folder of the library into a program, but not one with a blank.
LD_LIBRARY_PATH=$builddir/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH

# It says how many inputs it has taken.
takes_all() {
	target=$1
	shift
	# shellcheck disable=SC2086 # an emulator may come with options
	said=$($TEST_EMULATOR "$builddir/fuzz/fuzz_$target" "$@") || return
	echo "$said"
	test "$said" = "$# inputs"
}

for target in parse format list copy layout ivc; do
	set -- "$srcdir/fuzz/corpus/$target"/*
	run "some seeds of $target are there" test "$#" -ge 3
	run "fuzz_$target takes its seeds" takes_all "$target" "$@"
done
done_testing
