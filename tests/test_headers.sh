#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each public header compiles alone and twice, in each language that users write,
# with each compiler that is there, under strict warnings.
set -u
. "${srcdir:?}/tests/tap.sh"

warnings="-Wall -Wextra -Wconversion -Wcast-qual -Wshadow -Wundef -Werror"
include="-I $builddir/include -I $srcdir/include"

count=0
for dir in "$srcdir" "$builddir"; do
	for header in "$dir"/include/axvm/*.h; do
		name=$(basename "$header" .h)
		test -f "$tmp/$name.c" || count=$((count + 1))
		printf '#include <axvm/%s.h>\n#include <axvm/%s.h>\nint %s_used;\n' "$name" "$name" "$name" > "$tmp/$name.c"
		cp "$tmp/$name.c" "$tmp/$name.cc"
	done
done
run "there are 18 headers or more" test "$count" -ge 18

# compile COMPILER LANGUAGE: every header, one point.
compile() {
	case $2 in
	gnu89) suffix=c flags="-Wmissing-prototypes" ;;
	c*+*) suffix=cc flags="-Wpedantic" ;;
	*) suffix=c flags="-Wpedantic -Wmissing-prototypes" ;;
	esac
	# shellcheck disable=SC2086
	run "$1 as $2" $1 -std="$2" $warnings $flags $include -fsyntax-only "$tmp"/*.$suffix
}

try_c() {
	for language in gnu89 c99 c11 c17 c2x; do compile "$1" $language; done
}

try_cxx() {
	for language in c++11 c++14 c++17 c++20; do compile "$1" $language; done
}

# On top of configure's compilers, the others that are there; for the build machine.
try_c "$CC"
if [ "$CXX" != no ]; then try_cxx "$CXX"; else skip "C++" "no C++ compiler"; fi
if [ "$host" != "$build" ]; then
	skip "other compilers" "cross build"
	done_testing
	exit 0
fi
for other in gcc clang musl-gcc; do
	case "$CC " in "$other "*) continue ;; esac
	if command -v $other > /dev/null; then try_c $other; else skip "$other" "not installed"; fi
done
for other in g++ clang++; do
	case "$CXX " in "$other "*) continue ;; esac
	if command -v $other > /dev/null; then try_cxx $other; else skip "$other" "not installed"; fi
done
done_testing
