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
if [ -f "$srcdir/debian/changelog" ]; then
	run "the Debian package is of this version" \
		sh -c "head -n 1 '$srcdir/debian/changelog' | grep -F '($version-'"
else
	skip "the Debian package is of this version" "no packaging in a release"
fi

# The TLB backends: a source each, a row in the README's table and one in the header's.
(cd "$srcdir/src" && ls tlb_*.c) | sed 's/^tlb_//; s/\.c$//; s/_/-/' | LC_ALL=C sort > "$tmp/backends"
sed -n '/^## Which TLB backend/,/^## The tree/s/^| `\([a-z0-9-]*\)` |.*/\1/p' "$srcdir/README.md" |
	LC_ALL=C sort > "$tmp/readme"
sed -n 's/^ \* | \([a-z0-9-]*[a-z]\)  *| .*/\1/p' "$srcdir/include/axvm/tlb.h" | grep -vx backend |
	LC_ALL=C sort > "$tmp/header"
same "the README tells of every TLB backend" "$tmp/readme" "$tmp/backends"
same "so does the header" "$tmp/header" "$tmp/backends"

sed -n '/^```c$/,/^```$/p' "$srcdir/README.md" | sed '/^```/d' > "$tmp/example.c"
# shellcheck disable=SC2086
run "the README's example compiles" $CC $CPPFLAGS $CFLAGS -Wall -Wextra -Werror \
	-I "$builddir/include" -I "$srcdir/include" "$tmp/example.c" $LDFLAGS \
	-L "$builddir/.libs" -laxvm-types -o "$tmp/example"
LD_LIBRARY_PATH=$builddir/.libs $TEST_EMULATOR "$tmp/example" > "$tmp/output" 2>&1
cat > "$tmp/wanted" << 'END'
RAM GPA:0x80000000..GPA:0x90000000
the UART lies in RAM
vCPU 0
vCPU 1
vCPU 2
vCPU 3
vCPU 8
END
same "and prints what it says" "$tmp/output" "$tmp/wanted"
done_testing
