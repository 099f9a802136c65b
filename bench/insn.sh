#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Counts the instructions of the functions in bench/insn.c, ours and those by hand, in the
# text that compilers make of them. Exact numbers: each run gives the same.
# usage: insn.sh SRCDIR BUILDDIR [COMPILER [OPTION...]]
# With a compiler, a row for each function: its name, ours, by hand. Without, a table of
# every compiler and architecture that is here; exit 1 where ours has more.
set -eu

srcdir=$1
builddir=$2
shift 2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Assembler text has no padding, and needs no disassembler of that architecture.
count() {
	"$@" -std=c11 -ffreestanding -O2 -g0 -fno-asynchronous-unwind-tables -fno-stack-protector \
		-S -o "$tmp/insn.s" -I "$builddir/include" -I "$srcdir/include" "$srcdir/bench/insn.c"
	awk '
	/^(ours|hand)_[a-z0-9_]*:/ { name = $1; sub(/:.*/, "", name) }
	/^[ \t]*\.size[ \t]/ { name = "" }
	# Neither a directive nor a label nor a comment.
	name != "" && /^[ \t]+[a-z]/ { instructions[name]++ }
	END {
		for (name in instructions)
			if (sub(/^ours_/, "", name))
				print name, instructions["ours_" name], instructions["hand_" name]
	}' "$tmp/insn.s" | sort
}

if [ $# -ne 0 ]; then
	count "$@"
	exit
fi

failed=0
columns=0
for compiler in gcc clang aarch64-linux-gnu-gcc riscv64-linux-gnu-gcc \
	'clang --target=aarch64-linux-gnu' 'clang --target=riscv64-linux-gnu -march=rv64gc'; do
	# shellcheck disable=SC2086
	if ! count $compiler > "$tmp/rows" 2> /dev/null || [ ! -s "$tmp/rows" ]; then
		echo "skipped: $compiler is not here, or does not compile for that"
		continue
	fi
	columns=$((columns + 1))
	echo "$columns: $($compiler --version | head -n 1) ${compiler#"${compiler%% *}"}"
	awk '{ print $1, $2 "/" $3 }' "$tmp/rows" > "$tmp/column"
	if [ "$columns" -eq 1 ]; then
		cp "$tmp/column" "$tmp/table"
	else
		join "$tmp/table" "$tmp/column" > "$tmp/joined"
		mv "$tmp/joined" "$tmp/table"
	fi
	if awk '$2 > $3 { bad = 1; print "missed: " $1, $2, "against", $3 } END { exit !bad }' "$tmp/rows"; then
		failed=1
	fi
done
echo "instructions, ours/by hand:"
awk '{ printf "%-24s", $1; for (i = 2; i <= NF; i++) printf "%9s", $i; print "" }' "$tmp/table"
exit "$failed"
