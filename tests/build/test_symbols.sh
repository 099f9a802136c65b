#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Headers, map and library agree on one list of symbols, and the library keeps to
# its promises: libc only, no writable data, no relocations for tables.
set -u
. "${srcdir:?}/tests/tap.sh"

lib=$builddir/.libs/libaxvm-types.so
archive=$builddir/.libs/libaxvm-types.a
node=AXVM_TYPES_0.1
LC_ALL=C
export LC_ALL

if [ ! -f "$lib" ] || [ ! -f "$archive" ]; then
	echo "1..0 # SKIP configured without the shared or the static library"
	exit 0
fi

# Preprocessed, headers hold no macro, and no comment: what is called is declared.
# shellcheck disable=SC2086
$CC $CPPFLAGS -E -P -I "$builddir/include" -I "$srcdir/include" "$srcdir/include/axvm/types.h" |
	grep -o '\<axvm_[a-z0-9_]* *(' | tr -d ' (' | sort -u > "$tmp/headers"
sed -n 's/^\t\(axvm_[a-z0-9_]*\);$/\1/p' "$srcdir/src/libaxvm-types.map" > "$tmp/map"
$NM -D --defined-only "$lib" | sed 's/.* //' | sort > "$tmp/nm"
{ sed "s/\$/@@$node/" "$tmp/headers"; echo "$node"; } | sort > "$tmp/wanted"

run "headers declare some hundred functions" test "$(wc -l < "$tmp/headers")" -gt 300
run "the map is sorted" sort -c "$tmp/map"
run "the map holds no wildcard but the last" test "$(grep -c '[*]' "$srcdir/src/libaxvm-types.map")" -eq 1
same "the map lists what the headers declare" "$tmp/map" "$tmp/headers"
# Toolchains list the node itself as a symbol, or not.
grep -qx "$node" "$tmp/nm" || sed -i "/^$node\$/d" "$tmp/wanted"
same "the library exports what the headers declare" "$tmp/nm" "$tmp/wanted"

# A static program is bound already: what its object asks for counts as well.
$NM -u "$builddir/tests/unit/test_gpa_exported" "$builddir/tests/unit/test_gpa_exported-test_gpa.o" |
	grep -o 'axvm_gpa_[a-z0-9_]*' | sort -u > "$tmp/bound"
grep '^axvm_gpa_' "$tmp/headers" | grep -v '^axvm_gpa_range_\|^axvm_gpa_page_\|_flush_' > "$tmp/gpa"
same "test_gpa_exported binds to every exported function about gpa" "$tmp/bound" "$tmp/gpa"

symbols=$srcdir/debian/libaxvm-types0.symbols
if [ -f "$symbols" ]; then
	# A node for each release that added functions, with the version that did.
	sed -n 's/^AXVM_TYPES_\([0-9]*\.[0-9]*\) {$/ (symver)AXVM_TYPES_\1 \1.0/p' \
		"$srcdir/src/libaxvm-types.map" > "$tmp/nodes"
	grep '^ ' "$symbols" > "$tmp/debian"
	run "the map has a node" test -s "$tmp/nodes"
	same "the symbols file of the Debian package has a line for each node" "$tmp/debian" "$tmp/nodes"
fi

# What instruments a build brings libraries, data and constructors of its own.
instrumented=
case " $CFLAGS $LDFLAGS " in
*-fsanitize=* | *--coverage*) instrumented="instrumented build" ;;
esac
$OBJDUMP -p "$lib" | sed -n 's/^ *NEEDED *//p' > "$tmp/needed"
libc_only() {
	grep -q '^libc\.' "$tmp/needed" && ! grep -v '^libc\.\|^ld-linux\|^ld64' "$tmp/needed"
}
run_unless "$instrumented" "the library needs libc only" libc_only
# What the dynamic linker has to do: bind calls to libc, and nothing else.
$OBJDUMP -R "$lib" | awk '$2 ~ /^R_/ { print $2, $3 }' > "$tmp/relocations"
$OBJDUMP -h "$lib" | awk '$1 ~ /^[0-9]+$/ { print $2 }' > "$tmp/sections"
bound() {
	cat "$tmp/relocations"
	grep -q malloc "$tmp/relocations" && ! grep axvm_ "$tmp/relocations"
}
run_unless "$instrumented" "the library binds to libc, and not to its own functions, when it is loaded" bound
# Other linkers keep the addresses of functions and tables in the GOT, one relocation each.
why=$instrumented
case $host in
x86_64-*) ;;
*) why="counted on x86-64" ;;
esac
run_unless "$why" "the library has no relative relocation, and no table of pointers" \
	sh -c "! grep 'RELATIVE\|\*ABS\*' '$tmp/relocations' && ! grep '^\.relr\|^\.data\.rel' '$tmp/sections'"
run_unless "$instrumented" "the library has no constructor, and no data to write to" \
	sh -c "! grep -E '^\.(init|fini|ctors|dtors|init_array|fini_array|t?data|t?bss)\$' '$tmp/sections'"
# What size(1) calls text: code, constants, and what the dynamic linker reads.
text_size() {
	$OBJDUMP -h "$lib" | awk '
		$1 ~ /^[0-9]+$/ { name = $2; size = $3 }
		/ALLOC.*READONLY/ && !/NOBITS/ { print size, name }' > "$tmp/text"
	sum=0
	while read -r size name; do sum=$((sum + 0x$size)); done < "$tmp/text"
	echo "$sum bytes"
	test "$sum" -gt 50000 && test "$sum" -lt $((limit * 1024))
}
# The same code is 2 KiB more by gcc 14 than by gcc 12, and 4 KiB more by gcc 16.
case $($CC -dumpversion) in
[1-9] | [1-9].* | 1[0-3] | 1[0-3].*) limit=185 ;;
*) limit=190 ;;
esac
why=$instrumented
case "$host $CFLAGS" in
x86_64*' -g -O2') ;;
*) why="counted on x86-64 with -g -O2" ;;
esac
run_unless "$why" "its code and constants stay under $limit KiB" text_size
writable='[[:space:]](\.(s|t)?(data|bss)(\.[^[:space:]]*)?|\*COM\*)[[:space:]]'
$OBJDUMP -t "$archive" > "$tmp/archive"
# Constants with pointers in them are read-only once they are relocated, and so are
# the function descriptors of ppc64: nm calls both data, sections tell.
grep -E "$writable" "$tmp/archive" | grep -v '[[:space:]]\.data\.rel\.ro' | grep -v ' d ' \
	> "$tmp/writable"
why=$instrumented
! grep -q __gnu_lto_slim "$tmp/archive" || why="its objects are not compiled before the link (-flto)"
run_unless "$why" "the library has no writable data" test ! -s "$tmp/writable"
done_testing
