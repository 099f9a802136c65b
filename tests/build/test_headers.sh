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
	for header in "$dir"/include/axvm/*.h "$dir"/include/axvm/guest/*.h; do
		test -f "$header" || continue
		name=${header#"$dir/include/axvm/"}
		name=${name%.h}
		file=$(echo "$name" | tr / _)
		test -f "$tmp/$file.c" || count=$((count + 1))
		printf '#include <axvm/%s.h>\n#include <axvm/%s.h>\nint %s_used;\n' "$name" "$name" "$file" > "$tmp/$file.c"
		cp "$tmp/$file.c" "$tmp/$file.cc"
	done
done
# A nameless one is lost in debuggers, and stops other languages' binding generators.
tagged() {
	! find "$srcdir/include/axvm" "$builddir/include/axvm" -name '*.h' \
		-exec grep -Hn '^[^*]*\<enum\>' {} + |
		grep -v ':enum axvm_[a-z0-9_]*_values {$'
}
run "every enumeration has a tag" tagged
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

c="gnu89 c99 c11 c17 c2x" cxx="c++11 c++14 c++17 c++20"

# try OWN LANGUAGES COMPILER: by configure's compiler where that is of its kind, else by the
# one that is there, for the build machine.
try() {
	compiler=$3
	case $1 in
	*musl-gcc*) kind=musl-gcc ;;
	*clang++*) kind=clang++ ;;
	*clang*) kind=clang ;;
	*++*) kind=g++ ;;
	no) kind=none ;;
	*) kind=gcc ;;
	esac
	reason=
	if [ "$kind" = "$3" ]; then
		compiler=$1
	elif [ "$host" != "$build" ]; then
		reason="cross build"
	elif ! command -v "$3" > /dev/null; then
		reason="no $3"
	fi
	for language in $2; do
		if [ -n "$reason" ]; then
			skip "$compiler as $language" "$reason"
		else
			compile "$compiler" "$language"
		fi
	done
}

for other in gcc clang musl-gcc; do try "$CC" "$c" $other; done
for other in g++ clang++; do try "$CXX" "$cxx" $other; done

# The loop is made in the user's code, under the user's warnings.
cat > "$tmp/loop.cc" << 'END'
#include <axvm/vcpu_set.h>
uint64_t sum(axvm_vcpu_set set);
uint64_t sum(axvm_vcpu_set set)
{
	uint64_t n = 0;
	AXVM_VCPU_SET_FOREACH(i, set) n += i;
	return n;
}
END
cp "$tmp/loop.cc" "$tmp/loop.c"
for other in g++ clang++ gcc clang; do
	case $other in
	# clang++ also warns of the casts in the headers' functions, unless they are of the system.
	g++) file=loop.cc flags="-std=c++11 -Wold-style-cast" ;;
	clang++) file=loop.cc flags=-std=c++11 ;;
	*) file=loop.c flags=-std=c99 ;;
	esac
	if command -v $other > /dev/null; then
		# shellcheck disable=SC2086
		run "a loop over a set has no warning by $other" $other $flags $warnings \
			-Wpedantic -Wsign-conversion $include -fsyntax-only "$tmp/$file"
	else
		skip "a loop over a set has no warning by $other" "no $other"
	fi
done
done_testing
