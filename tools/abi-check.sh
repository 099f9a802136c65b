#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make abi-check: what the last commit changes in the binary interface, on a 64-bit and a 32-bit
# host: symbols, structs, enumerators.
#
# Before the first release, HEAD is compared with HEAD~1, and the differences are shown: anything
# may change. From then on it is compared with the last release, the newest tag v*. A function, a
# constant or a member of a struct may be added where NEWS names it, a function in a node of the
# map that the release does not have; every other difference fails.
#
# usage: abi-check.sh REPOSITORY, which builds in the current folder
set -u

repository=$1
: "${MAKE:=make}"
for tool in abidw abidiff git autoreconf; do
	command -v "$tool" > /dev/null || { echo "abi-check: no $tool" >&2; exit 1; }
done
git -C "$repository" rev-parse --quiet --verify HEAD > /dev/null ||
	{ echo "abi-check: $repository: not a clone" >&2; exit 1; }
if ! git -C "$repository" rev-parse --quiet --verify HEAD~1 > /dev/null; then
	echo "abi-check: HEAD is the first commit: there is nothing to compare it with"
	exit 0
fi
release=$(git -C "$repository" describe --tags --abbrev=0 --match 'v[0-9]*' HEAD~1 2> /dev/null)
before=${release:-HEAD~1}

# unpack COMMIT FOLDER: its sources, with what autoreconf makes.
unpack() {
	mkdir "$2" && git -C "$repository" archive "$1" | tar -xf - -C "$2" &&
		(cd "$2" && autoreconf --install) > "$2.log" 2>&1 || { tail -n 20 "$2.log"; return 1; }
}

# describe FOLDER HOST: writes FOLDER-HOST.abi. Types of the headers that no function reaches are
# part of the interface as well; those of src are not.
describe() {
	build=$1-$2
	mkdir "$build" || return 1
	(
		cd "$build" && "../$1/configure" -q --host="$2" --disable-static --with-python=no \
			--with-tlb-backend=none CFLAGS="-g -O0 -fno-eliminate-unused-debug-types" &&
			$MAKE -s all
	) > "$build.log" 2>&1 || { tail -n 20 "$build.log"; return 1; }
	abidw --no-comp-dir-path --no-corpus-path --no-show-locs --load-all-types \
		--headers-dir "$1/include/axvm" --headers-dir "$build/include/axvm" --drop-private-types \
		"$build/.libs/libaxvm-types.so" --out-file "$build.abi"
}

symbols() { # ABI-FILE
	sed -n "s/.*<elf-symbol name='\([^']*\)' version='\([^']*\)'.*/\1 \2/p" "$1" | sort
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

# unannounced BEFORE AFTER: the lines of the difference that neither NEWS nor the map announces.
unannounced() {
	symbols "$1" > symbols-before
	symbols "$2" > symbols-after
	awk -v news=after/NEWS '
		BEGIN { while ((getline line < news) > 0) text = text " " line " " }
		function named(name) { return text ~ ("[^A-Za-z0-9_]" name "[^A-Za-z0-9_]") }
		FILENAME == ARGV[1] { there[$1]; nodes[$2]; next }
		FILENAME == ARGV[2] {
			if ($1 in there) next
			if ($2 in nodes) print $1 ": new in node " $2 " of the map, which was released"
			if (!named($1)) print $1 ": new, and NEWS does not name it"
			next
		}
		# What was added to a struct or an enumeration: the lines below such a heading.
		/[0-9]+ (data member|enumerator) insertions?:$/ { match($0, /^ */); depth = RLENGTH; next }
		{
			match($0, /^ */)
			if (depth >= 0 && RLENGTH > depth) {
				name = $0
				sub(/^ *'\''/, "", name)
				sub(/'\''.*/, "", name)
				sub(/.*[^A-Za-z0-9_]/, "", name)
				if (!named(name)) print name ": new, and NEWS does not name it"
				next
			}
			depth = -1
		}
		# Where the additions are counted, and what follows from them.
		/^$/ || /^[0-9]+ Added functions?:$/ || /^ *\[A\] / || /details were reported earlier$/ { next }
		/^(Leaf changes|Changed leaf types) summary: / { next }
		/^(Removed\/Changed\/Added [a-z]+ summary: 0 Removed, 0 Changed|Unreachable types summary: 0 removed), / { next }
		/^[0-9]+ changed types? unreachable from any public interface:$/ { next }
		/^ *(\[C\] )?'\''(struct|enum|typedef|union) .* changed:$/ { next }
		/^ *type size (has.*changed|changed from [0-9]+ to [0-9]+ \(in bits\))$/ { next }
		{ print }' symbols-before symbols-after difference
}

status=0
unpack "$before" before && unpack HEAD after || exit 1
for host in x86_64-linux-gnu i686-linux-gnu; do
	if ! command -v "$host-gcc" > /dev/null; then
		echo "$host: skipped: no $host-gcc"
		continue
	fi
	if ! describe before "$host" || ! describe after "$host"; then
		echo "$host: does not build"
		status=1
		continue
	fi
	internal "before-$host.abi" "after-$host.abi" > internal
	if abidiff --harmless --non-reachable-types --leaf-changes-only --no-show-locs --suppressions internal \
		"before-$host.abi" "after-$host.abi" > difference; then
		echo "$host: as in $before, $(symbols "after-$host.abi" | wc -l) symbols"
		continue
	fi
	echo "$host: differs from $before"
	cat difference
	if [ -n "$release" ]; then
		unannounced "before-$host.abi" "after-$host.abi" > missing
		[ -s missing ] || { echo "$host: all of it is announced"; continue; }
		echo "$host: not announced by NEWS and a new node of the map:"
		cat missing
		status=1
	fi
done
exit "$status"
