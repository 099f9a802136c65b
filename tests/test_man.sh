#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every public item has a manual page that opens and describes it; the page that is
# the way in names all others, and its example works.
set -u
. "${srcdir:?}/tests/tap.sh"
: "${AWK:?}"

man3=$builddir/doc/man3
man7=$srcdir/doc/axvm-types.7
include="-I $builddir/include -I $srcdir/include"
LC_ALL=C.UTF-8
export LC_ALL

for dir in "$srcdir" "$builddir"; do
	for header in "$dir"/include/axvm/*.h; do echo "$header"; done
done | awk -F/ '!seen[$NF]++' > "$tmp/headers"
run "there are 18 headers or more" test "$(wc -l < "$tmp/headers")" -ge 18

# What is declared, found in other ways than the generator's.
# shellcheck disable=SC2086
$CC $CPPFLAGS -E -P $include "$srcdir/include/axvm/types.h" |
	grep -o '\<axvm_[a-z0-9_]* *(' | tr -d ' (' | sort -u > "$tmp/functions"
while read -r header; do
	sed -n 's/^#define \(AXVM_[A-Z0-9_a-z]*\).*/\1/p' "$header" | grep -v '_H$'
	sed -n 's/^typedef .* \(axvm_[a-z0-9_]*\);.*/\1/p; s/^} \(axvm_[a-z0-9_]*\);.*/\1/p
		s/^typedef .*(\*\(axvm_[a-z0-9_]*\))(.*/\1/p' "$header"
done < "$tmp/headers" | sort -u > "$tmp/names"
while read -r header; do
	sed -n 's/^\t\(AXVM_[A-Z0-9_]*\) = .*/\1/p' "$header"
done < "$tmp/headers" | sort -u > "$tmp/constants"
enough() {
	test "$(wc -l < "$tmp/functions")" -gt 300 && test "$(wc -l < "$tmp/names")" -gt 50 &&
		test "$(wc -l < "$tmp/constants")" -gt 200
}
run "they declare functions, types, macros and constants" enough

each_header_has_a_page() {
	while read -r header; do
		page=axvm_$(basename "$header" .h)
		grep -q "^\.SH NAME\$" "$man3/$page.3" || { echo "$page"; return 1; }
	done < "$tmp/headers"
}
run "each header has a page" each_header_has_a_page

# The page that a name opens, by its link or itself, has a section about it.
each_name_opens() {
	while read -r name; do
		page=$name.3
		link=$(sed -n 's/^\.so man3\///p' "$man3/$page") || return 1
		page=${link:-$page}
		if [ "$(grep -c "^\.SS $name\$" "$man3/$page")" -ne 1 ] ||
			! sed -n '/^\.SH NAME/{n;p;}' "$man3/$page" | tr -d , | grep -qw -- "$name"; then
			echo "$name is not in $page"
			return 1
		fi
	done < "$1"
}
run "each function opens its page" each_name_opens "$tmp/functions"
run "each type and macro opens its page" each_name_opens "$tmp/names"

cat "$man3"/*.3 | sed -n 's/^\\fB\(AXVM_[A-Z0-9_]*\)\\fR = .*/\1/p' | sort > "$tmp/described"
same "each constant is described once" "$tmp/described" "$tmp/constants"

sed 's/.*\///; s/\.h$//; s/^/axvm_/' "$tmp/headers" | sort > "$tmp/pages"
grep -o 'axvm_[a-z_]*\\fR(3)' "$man7" | sed 's/\\.*//' | sort > "$tmp/named"
same "axvm-types(7) names each page" "$tmp/named" "$tmp/pages"

if command -v man > /dev/null && command -v lexgrog > /dev/null; then
	formatted() {
		for page in "$man7" $(grep -L '^\.so' "$man3"/*.3); do
			man --warnings -E UTF-8 -l -Tutf8 -Z "$page" > /dev/null && lexgrog "$page" > /dev/null ||
				echo "$page: status $?"
		done > "$tmp/formatted" 2>&1
		cat "$tmp/formatted"
		test ! -s "$tmp/formatted"
	}
	run "man formats them without a warning" formatted
else
	skip "man formats them without a warning" "no man"
fi

# The generator leaves nothing out in silence.
refuses() {
	printf '/**\n * @defgroup g G\n * @brief G.\n * @{\n */\n%b' "$2" > "$tmp/g.h"
	mkdir -p "$tmp/out"
	$AWK -v dir="$tmp/out" -v version=1 -f "$srcdir/doc/man.awk" "$tmp/g.h" > "$tmp/refuses" 2>&1 &&
		status=1 || status=0
	grep -q "$3" "$tmp/refuses" || status=1
	point "$status" "the generator refuses $1" "$tmp/refuses"
}
refuses "a function without documentation" 'int axvm_g(void);\n' 'has no documentation'
refuses "a constant without documentation" 'enum {\n\tAXVM_G = 1,\n};\n' 'no documentation'
refuses "a command that it does not know" '/** @todo G. */\nint axvm_g(void);\n' 'unknown command'
refuses "a declaration that it does not know" '/** G. */\nunion axvm_g {\n' 'not a declaration'

sed -n '/^\.EX$/,/^\.EE$/p' "$man7" | sed '/^\.E[XE]$/d; s/\\e/\\/g' > "$tmp/example.c"
# shellcheck disable=SC2086
run "the example of axvm-types(7) compiles" $CC $CPPFLAGS $CFLAGS -Wall -Wextra -Werror $include \
	"$tmp/example.c" $LDFLAGS -L "$builddir/.libs" -laxvm-types -o "$tmp/example"
LD_LIBRARY_PATH=$builddir/.libs $TEST_EMULATOR "$tmp/example" > "$tmp/output" 2>&1
echo "the UART lies in RAM GPA:0x80000000..GPA:0x90000000" > "$tmp/wanted"
same "and prints what it says" "$tmp/output" "$tmp/wanted"
done_testing
