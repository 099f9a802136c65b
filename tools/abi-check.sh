#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make abi-check: the binary interface against that of tests/abi, on a 64-bit and a 32-bit host:
# symbols, structs, enumerators. Any difference fails, but functions that were added: those
# stand in the map, and NEWS must name each.
#
# usage: abi-check.sh SOURCE [abi-renew]     a source folder that is not configured; builds in the current one
#
# abi-renew writes what is found to SOURCE/tests/abi: with a release, and as long as there is none.
set -u

source=$1
: "${MAKE:=make}"
for tool in abidw abidiff; do
	command -v "$tool" > /dev/null || { echo "abi-check: no $tool: install abigail-tools" >&2; exit 1; }
done
status=0

# Types of the headers that no function reaches are part of the interface as well; those of src are not.
describe() { # HOST
	mkdir "$1" || exit 1
	(
		cd "$1" && "$source/configure" -q --host="$1" --disable-static --with-python=no \
			--with-tlb-backend=none CFLAGS="-g -O0 -fno-eliminate-unused-debug-types" &&
			"$MAKE" -s all
	) > "$1.log" 2>&1 || { tail -n 20 "$1.log"; return 1; }
	abidw --no-comp-dir-path --no-corpus-path --no-show-locs --load-all-types \
		--headers-dir "$source/include/axvm" --headers-dir "$1/include/axvm" --drop-private-types \
		"$1/.libs/libaxvm-types.so" --out-file "$1.abi" || return 1
	# Where it was built is no part of it.
	sed -i "s|path='$source/|path='|; s|path='$(pwd)/|path='|" "$1.abi"
}

symbols() { # ABI-FILE
	sed -n "s/.*<elf-symbol name='\([^']*\)'.*/\1/p" "$1" | sort
}

# A type of src comes as a mere declaration. It may come and go; one of the headers may not
# become such a declaration.
internal() { # ABI-FILE...
	declaration="s/.*<[a-z]*-decl name='\([a-z0-9_]*\)'.* is-declaration-only='yes'.*/\1/p"
	definition="/is-declaration-only='yes'/d; s/.*<\(class\|union\|enum\)-decl name='\([a-z0-9_]*\)'.*/\2/p"
	sed -n "$declaration" "$@" | sort -u > declared
	sed -n "$definition" "$@" | sort -u | comm -23 declared - |
		while read -r name; do
			printf '[suppress_type]\nname = %s\n' "$name"
		done
}

compare() { # BASELINE ABI-FILE
	internal "$1" "$2" > internal
	set -- --harmless --non-reachable-types --suppressions internal "$1" "$2"
	abidiff "$@" > difference && return 0
	# All that is left may be additions that were announced.
	if ! abidiff --no-added-syms "$@" > /dev/null; then
		cat difference
		return 1
	fi
	shift 4
	symbols "$1" > before
	symbols "$2" > after
	for name in $(comm -13 before after); do
		if ! grep -q "$name" "$source/NEWS"; then
			echo "$name: a new symbol that NEWS does not name"
			return 1
		fi
	done
}

for host in x86_64-linux-gnu i686-linux-gnu; do
	if ! command -v "$host-gcc" > /dev/null; then
		echo "$host: skipped: no $host-gcc"
		continue
	fi
	describe "$host" || { echo "$host: does not build"; status=1; continue; }
	if [ "${2-}" = abi-renew ]; then
		cp "$host.abi" "$source/tests/abi/$host.abi"
		echo "$host: written"
	elif compare "$source/tests/abi/$host.abi" "$host.abi"; then
		echo "$host: as in tests/abi, $(symbols "$host.abi" | wc -l) symbols"
	else
		echo "$host: differs from tests/abi"
		status=1
	fi
done
exit "$status"
