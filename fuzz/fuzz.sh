#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Builds each fuzz target with libFuzzer and the sanitizers, and runs it from the seeds of
# fuzz/corpus for so many seconds. Fails when one finds something; the input is kept.
#
# usage: fuzz.sh SRCDIR SECONDS SOURCES, in the build tree; FUZZ_TARGETS for some targets.
set -eu

srcdir=$(cd "$1" && pwd)
seconds=$2
shift 2
builddir=$(pwd)
clang=${CLANG:-clang}
targets=${FUZZ_TARGETS:-parse format list copy layout ivc lint}
sources=
for source; do
	case $source in
	*.c) [ -f "$source" ] || source=$srcdir/$source; sources="$sources $source" ;;
	esac
done

mkdir -p fuzz/out
cd fuzz/out
failed=0
for target in $targets; do
	if [ "$target" = lint ]; then
		# Its own time is the seed, which is printed when something goes wrong.
		PYTHONPATH=$srcdir/python PYTHONDONTWRITEBYTECODE=1 \
			AXVM_TYPES_LIBRARY=$builddir/.libs/libaxvm-types.so \
			${PYTHON:-python3} "$srcdir/fuzz/fuzz_lint.py" "$seconds" "$(date +%s)" \
			"$srcdir"/examples/*.toml || failed=1
		continue
	fi
	linked=
	for source in $sources; do
		# The copies' target has that file in it, with an allocator of its own.
		case $target:$source in copy:*/vm_config.c) continue ;; esac
		case $source in /*) ;; *) source=$builddir/$source ;; esac
		linked="$linked $source"
	done
	$clang -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		-I"$builddir/include" -I"$srcdir/include" -iquote "$srcdir/src" \
		-iquote "$srcdir/fuzz" -o "fuzz_$target" "$srcdir/fuzz/fuzz_$target.c" $linked
	mkdir -p "corpus-$target"
	if "./fuzz_$target" -max_total_time="$seconds" -dict="$srcdir/fuzz/fuzz.dict" -max_len=1024 \
		-print_final_stats=1 "corpus-$target" "$srcdir/fuzz/corpus/$target" \
		> "$target.log" 2>&1; then
		sed -n "s/^Done \([0-9]*\) runs in \([0-9]*\) second.*/$target: \1 runs in \2 seconds/p" \
			"$target.log"
	else
		tail -n 20 "$target.log"
		failed=1
	fi
done
exit $failed
