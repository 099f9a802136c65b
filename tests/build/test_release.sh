#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# configure.ac is the home of the version: what else names it says the same. And the
# example of the README is a program that works.
set -u
. "${srcdir:?}/tests/tap.sh"

version=$(sed -n 's/^Version: //p' "$builddir/axvm-types.pc")
series=$(echo "$version" | sed 's/\.[0-9]*$//')

run "NEWS begins with this version" sh -c "head -n 1 '$srcdir/NEWS' | grep -F ' $version '"
run "the map has a node of this series" grep -qx "AXVM_TYPES_$series {" "$srcdir/src/libaxvm-types.map"
run "the soname is libaxvm-types.so.0" sh -c "$OBJDUMP -p '$builddir/.libs/libaxvm-types.so' | grep -q 'SONAME *libaxvm-types\.so\.0\$'"
run "the RPM is of this version" grep -qx "Version:  *$version" "$srcdir/packaging/axvm-types.spec"
run "so is the package for Alpine" grep -qx "pkgver=$version" "$srcdir/packaging/APKBUILD"

# The TLB backends: a source each, and a row in the header's table.
(cd "$srcdir/src" && ls tlb_*.c) | sed 's/^tlb_//; s/\.c$//; s/_/-/' | LC_ALL=C sort > "$tmp/backends"
sed -n 's/^ \* | \([a-z0-9-]*[a-z]\)  *| .*/\1/p' "$srcdir/include/axvm/tlb.h" | grep -vx backend |
	LC_ALL=C sort > "$tmp/header"
same "the header has a row for every TLB backend" "$tmp/header" "$tmp/backends"

# A user learns of every header from NEWS; the kin are named in a word.
headers_are_news() {
	for header in "$srcdir"/include/axvm/*.h "$srcdir"/include/axvm/guest/*.h; do
		grep -q '^/\* Made from ' "$header" ||
			grep -qF "axvm/${header#*include/axvm/}" "$srcdir/NEWS" || { echo "$header"; return 1; }
	done
}
run "NEWS names every header" headers_are_news

# The contents of the README.
sed -n 's/^- \[\(.*\)\](#.*/\1/p' "$srcdir/README.md" > "$tmp/contents"
sed -n 's/^## //p' "$srcdir/README.md" | grep -vx Contents > "$tmp/sections"
same "the README's contents name its sections" "$tmp/contents" "$tmp/sections"
sed -n '/^## /{ s/^## //; s/[^A-Za-z0-9 _-]//g; s/ /-/g; p; }' "$srcdir/README.md" | grep -vx Contents |
	tr '[:upper:]' '[:lower:]' > "$tmp/anchors"
sed -n 's/^- \[.*\](#\(.*\))$/\1/p' "$srcdir/README.md" > "$tmp/links"
same "and lead to them" "$tmp/links" "$tmp/anchors"

sed -n '/^```c$/,/^```$/p' "$srcdir/README.md" | sed '/^```/d' > "$tmp/example.c"
# shellcheck disable=SC2086
run "the README's example compiles" $CC $CPPFLAGS $CFLAGS -Wall -Wextra -Werror \
	-I "$builddir/include" -I "$srcdir/include" "$tmp/example.c" $LDFLAGS \
	-L "$builddir/.libs" -laxvm-types -o "$tmp/example"
LD_LIBRARY_PATH=$builddir/.libs $TEST_EMULATOR "$tmp/example" > "$tmp/output" 2>&1
cat > "$tmp/wanted" << 'END'
RAM GPA:0x80000000..GPA:0x90000000
the UART is in RAM
vCPU 0
vCPU 1
vCPU 2
vCPU 3
vCPU 8
END
same "and prints what it says" "$tmp/output" "$tmp/wanted"
done_testing
