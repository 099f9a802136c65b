#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Proves the functions of the library with CBMC: each prove_F() of proofs/prove_*.c, for
# 64-bit and for 32-bit hosts, as many at a time as there are processors. Prints a table of
# what was proved in which time, and fails when one was not.
#
# usage: prove.sh SRCDIR, in the build tree.
# PROVE='gpa_add vcpu' takes only proofs with one of these in their name.
# PROVE_JOBS=1 leaves processors to others; PROVE_LIMIT is the most seconds that one may take.
set -eu

# ------------------------------------------------------------------ one proof

# prove.sh --one PROGRAM WORD FUNCTION UNWIND [OPTION...]: writes FUNCTION.WORD.result, a row of the table.
#
# It holds when every property does but those that say REACHED: these are reached, and so
# fail. Without one of them it would be a proof of nothing.
if [ "$1" = --one ]; then
	program=$2 word=$3 function=$4 unwind=$5
	shift 5
	log=$function.$word.log
	start=$(date +%s.%N)
	# A proof that goes astray ends before it takes the machine with it.
	(ulimit -v 8000000 && exec timeout ${PROVE_LIMIT:-900} cbmc --function "prove_$function" --unwind "$unwind" \
		--object-bits 12 --memory-leak-check --drop-unused-functions "$@" "$program") > "$log" 2>&1 || :
	seconds=$(echo "$start $(date +%s.%N)" | awk '{ printf "%.1f", $2 - $1 }')
	result=$(awk '
		/^\[.*: (SUCCESS|FAILURE|UNKNOWN|ERROR)$/ {
			if ($0 ~ /\] (file .* )?line [0-9]+ REACHED /) {
				if (/: FAILURE$/) reached++; else unreached++
			} else if (!/: SUCCESS$/)
				failed++
		}
		/^VERIFICATION (FAILED|SUCCESSFUL)$/ { ended = 1 }
		END {
			if (!ended) print "no-result"
			else if (failed) print "FAILED"
			else if (unreached || !reached) print "VACUOUS"
			else print "proved"
		}' "$log")
	echo "$function $word $result $seconds" > "$function.$word.result"
	exit 0
fi

# ------------------------------------------------------------------ all of them

srcdir=$(cd "$1" && pwd)
builddir=$(pwd)
proofs=$srcdir/proofs
work=$builddir/proofs/out
start=$(date +%s)

if ! cbmc --version 2> /dev/null | grep -q '^6\.' || ! [ -d /usr/i686-linux-gnu/include ]; then
	if ! [ -d "$builddir/proofs/cbmc/bin" ]; then
		echo "prove: fetching CBMC into proofs/cbmc"
		sh "$proofs/fetch-cbmc.sh" "$builddir/proofs/cbmc"
	fi
	PATH=$builddir/proofs/cbmc/bin:$PATH
	include32=$builddir/proofs/cbmc/root/usr/i686-linux-gnu/include
else
	include32=/usr/i686-linux-gnu/include
fi

rm -rf "$work"
mkdir -p "$work/proofs"
# Not their texts and lists, whose proofs take the longest: the source is that of gpa but for the names,
# which tests/build/test_proofs.sh checks, and what it calls of its own kind is proved.
for kin in gva hpa hva; do
	for harness in $kin ${kin}_range; do
		(cd "$work" && sh "$srcdir/src/kin.sh" "$srcdir" "proofs/prove_$harness.c")
	done
done

# True for what PROVE asks for.
wanted() {
	[ -n "${PROVE:-}" ] || return 0
	for word in $PROVE; do
		case $1 in *$word*) return 0 ;; esac
	done
	return 1
}

# What proofs/unwind or proofs/sources have for a name: the rest of the first row that fits.
row() {
	while read -r pattern rest; do
		case $2 in $pattern) echo "$rest"; return ;; esac
	done < "$proofs/$1"
}

: > "$work/jobs"
for harness in "$proofs"/prove_*.c "$work"/proofs/prove_*.c; do
	functions=
	for function in $(sed -n 's/^void prove_\(axvm_[a-z0-9_]*\)(void)$/\1/p' "$harness"); do
		! wanted "$function" || functions="$functions $function"
	done
	[ -n "$functions" ] || continue
	subject=${harness##*/prove_}
	subject=${subject%.c}
	kin=${subject%%_*}
	case $kin in
	gva | hpa | hva) linked=$(row sources "gpa${subject#"$kin"}" | sed "s/gpa/$kin/g") ;;
	*) linked=$(row sources "$subject") ;;
	esac
	sources=
	for source in $linked; do
		[ -f "$source" ] || source=$srcdir/$source
		sources="$sources $source"
	done
	for word in 64 32; do
		flags=
		[ $word = 64 ] || flags="-m32 -isystem $include32"
		program=$work/$subject.$word.goto
		goto-cc $flags -DPROOF -include "$proofs/stubs.h" -I"$builddir/include" \
			-I"$srcdir/include" -iquote "$srcdir/src" -iquote "$srcdir/tests" \
			-iquote "$proofs" -o "$program" "$harness" $sources > "$program.log" 2>&1 || {
			cat "$program.log" >&2
			exit 1
		}
		for function in $functions; do
			echo "$program $word $function $(row unwind "$function")" >> "$work/jobs"
		done
	done
done

cd "$work"
xargs -P "${PROVE_JOBS:-$(getconf _NPROCESSORS_ONLN)}" -L 1 sh "$proofs/prove.sh" --one < jobs

printf '%-50s %4s  %-9s %7s\n' function bits result seconds
sort ./*.result | tee table | awk '{ printf "%-50s %4s  %-9s %7s\n", $1, $2, $3, $4 }'
awk -v seconds=$(($(date +%s) - start)) -v dir="$work" '
	{ total++; proved += $3 == "proved"; names[$1] = 1 }
	END {
		for (name in names) count++
		printf "%d proofs at 64 and 32 bits: %d of %d hold, in %d seconds\n", \
			count, proved, total, seconds
		if (proved != total) print "what CBMC says of the others is in " dir
		exit proved != total || total == 0
	}' table
