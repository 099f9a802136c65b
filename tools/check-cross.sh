#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make check-cross: the whole of make check on every architecture, compiler and libc
# that this machine has, under sanitizers and valgrind, each in a folder of its own, then
# a table of them. What is not there is a skip with its reason.
#
# usage: check-cross.sh SOURCE [ROW...]     the rows of these names, or all
#
# SOURCE is a source folder that is not configured; the builds come into the current
# one. The lines "# PASS:  N" and so on are those of Automake's own summaries; a row
# that does not build, or whose tests are not those of the others, is one more ERROR.
set -u

source=$1
shift
chosen=$*
: "${MAKE:=make}"
build=$("$source/build-aux/config.guess") || exit 1
failed=0
make_flags=
: > points
: > skips

show() { # ROW TOOLS POINTS PASSED FAILED SKIPPED NOTE
	printf '%-14s %-38s %6s %6s %6s %7s  %s\n' "$@" >> table
}
: > table
show row tools points passed failed skipped ''

fail() { # WHY
	echo "# ERROR: 1"
	echo "ERROR: $1"
	failed=1
}

# can_be_had COMPILER [COMMAND...]: else false, and the reason.
can_be_had() {
	for tool in "$@"; do
		reason="no $tool"
		command -v "$tool" > /dev/null || return 1
	done
	reason="no C library for $1"
	echo 'int main(void) { return 0; }' | "$1" -x c - -o probe 2> /dev/null
}

# How many points each test has in a row, and whether it is skipped as a whole.
count_points() { # ROW
	find "$1" -name '*.trs' | sort > trs
	echo "$1 programs $(wc -l < trs) 0"
	while IFS= read -r trs; do
		test=${trs#"$1"/}
		awk -v row="$1" -v test="${test%.trs}" '
			/^:test-result:/ { n++; if ($2 == "SKIP") skipped++ }
			END { print row, test, n + 0, n == 1 && skipped == 1 }' "$trs"
	done < trs
}

# row ROW "COMPILER [EMULATOR]" CONFIGURE-ARGUMENT...; make takes $make_flags as well.
row() {
	row=$1 tools=$2
	shift 2
	case " ${chosen:-$row} " in *" $row "*) ;; *) return ;; esac
	echo "== $row: $tools"
	# shellcheck disable=SC2086
	if ! can_be_had $tools; then
		echo "# SKIP:  1"
		show "$row" "$tools" - - - - "skipped: $reason"
		return
	fi
	mkdir "$row" || exit 1
	status=0
	(
		cd "$row" && "../$source/configure" -q --enable-werror --build="$build" "$@" &&
			timeout 1200 "$MAKE" check ${make_flags:+"$make_flags"}
	) > "$row/log" 2>&1 || status=$?
	grep -E '^# [A-Z]+:|^(FAIL|ERROR|XPASS): ' "$row/log"
	count() { sed -n "s/^# $1: *//p" "$row/log" | awk '{ n += $1 } END { print n + 0 }'; }
	bad=$(($(count FAIL) + $(count ERROR) + $(count XPASS))) note=
	if [ "$status" -ne 0 ]; then
		failed=1 note="see $row/log"
		tail -n 30 "$row/log"
		if [ "$bad" -eq 0 ]; then fail "$row: status $status without a failed test"; fi
	elif [ "$(count PASS)" -eq 0 ]; then
		fail "$row: no test has passed"
	fi
	count_points "$row" >> points
	sed -n "s/^SKIP: //p" "$row/log" | sed "s/\$/	$row/" >> skips
	compiler=${tools%% *}
	show "$row" "$compiler $("$compiler" -dumpversion)${tools#"$compiler"}" \
		"$(count TOTAL)" "$(count PASS)" "$bad" "$(count SKIP)" "$note"
}

native() { # ROW COMPILER CONFIGURE-ARGUMENT...
	native_row=$1 compiler=$2
	shift 2
	row "$native_row" "$compiler" CC="$compiler" "$@"
}

# Without the path a program takes its dynamic linker from the folder behind -L, but its
# libc from where this machine may have another: where they differ, some programs hang.
cross() { # ROW TRIPLET EMULATOR
	row "$1" "$2-gcc $3" --host="$2" TEST_EMULATOR="$3 -L /usr/$2" \
		LDFLAGS="-Wl,-rpath,/usr/$2/lib"
}

native gcc gcc
cross riscv64 riscv64-linux-gnu qemu-riscv64
cross aarch64 aarch64-linux-gnu qemu-aarch64
cross armhf arm-linux-gnueabihf qemu-arm
cross i686 i686-linux-gnu qemu-i386
cross s390x s390x-linux-gnu qemu-s390x
cross ppc64 powerpc64-linux-gnu qemu-ppc64
cross ppc64el powerpc64le-linux-gnu qemu-ppc64le
cross loongarch64 loongarch64-linux-gnu qemu-loongarch64
native clang clang CXX=clang++
# C++ programs of the build machine are not for another libc.
native musl musl-gcc CXX=no
make_flags="AM_LDFLAGS=-no-install -all-static"
native musl-static musl-gcc CXX=no
make_flags=
native O0 gcc CFLAGS=-O0
native O3-lto gcc CFLAGS="-O3 -flto" CXXFLAGS="-O3 -flto"
native short-enums gcc CFLAGS="-O2 -fshort-enums"
native unsigned-char gcc CFLAGS="-O2 -funsigned-char"
native signed-char gcc CFLAGS="-O2 -fsigned-char"

# Sanitizers and valgrind. Clang leaves its runtime to the program, which -z defs of the
# library forbids.
native asan-gcc gcc CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
native asan-clang clang CXX=clang++ LDFLAGS=-Wl,-z,undefs \
	CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
native tsan gcc CFLAGS="-O1 -g -fsanitize=thread"
make_flags="LOG_COMPILER=valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=all"
row valgrind "gcc valgrind"
make_flags=

# A test has as many points everywhere, but where all of it is skipped.
awk '$4 == 0 {
	if (!($2 in n)) {
		n[$2] = $3
		first[$2] = $1
	} else if (n[$2] != $3)
		print $1 ": " $2 " has " $3 " points, and " n[$2] " on " first[$2]
}' points > unequal
while IFS= read -r line; do fail "$line"; done < unequal

echo
echo "Skipped, and where:"
awk -F '\t' '
	!($1 in rows) { order[++n] = $1 }
	{ rows[$1] = rows[$1] " " $2 }
	END { for (i = 1; i <= n; i++) print "- " order[i] " |" rows[order[i]] }' skips
echo
cat table
exit "$failed"
