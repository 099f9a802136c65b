#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every public function has a manual page of its own, every other item opens the page of
# its header; the page that is the way in names those, and its example works.
set -u
. "${srcdir:?}/tests/tap.sh"
: "${AWK:?}"

man3=$builddir/doc/man3
man7=$srcdir/doc/axvm-types.7
include="-I $builddir/include -I $srcdir/include"
LC_ALL=C.UTF-8
export LC_ALL

for dir in "$srcdir" "$builddir"; do
	find "$dir/include/axvm" -name '*.h' | sort
done | awk '{ name = $0; sub(/.*\/axvm\//, "", name) } !seen[name]++' > "$tmp/headers"
# The page of a header: axvm/guest/ivc.h has axvm_guest_ivc(3).
page_of() { sed 's/.*\/axvm\///; s/\.h$//; s/\//_/; s/^/axvm_/'; }
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
		page=$(echo "$header" | page_of)
		grep -q "^\.SH NAME\$" "$man3/$page.3" || { echo "$page"; return 1; }
	done < "$tmp/headers"
}
run "each header has a page" each_header_has_a_page

# In the order of these lines, and all of them; a function without result says so.
each_function_has_a_page() {
	while read -r function; do
		page=$man3/$function.3
		sections=$(sed -n 's/^\.SH //p' "$page" | tr -d '"' | tr '\n' ,)
		if [ "$sections" != "NAME,SYNOPSIS,DESCRIPTION,RETURN VALUE,ERRORS,SEE ALSO," ] ||
			! sed -n '/^\.SH NAME/{n;p;}' "$page" | grep -q "^$function \\\\- [^ ]" ||
			[ "$(sed -n '/^\.SH SYNOPSIS/,/^\.SH/p' "$page" | grep -c "\\<axvm_[a-z0-9_]*(")" -ne 1 ] ||
			! sed -n '/^\.SH SYNOPSIS/,/^\.SH/p' "$page" | grep -q "\\<$function(" ||
			! awk '/^\.SH/ && heading { exit 1 } { heading = /^\.SH/ }' "$page"; then
			echo "$function"
			return 1
		fi
	done < "$tmp/functions"
}
run "each function has a page with its own sections" each_function_has_a_page

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
	done < "$tmp/names"
}
run "each type and macro opens the page of its header" each_name_opens

header_pages_list_functions() {
	cat "$man3"/*.3 | sed -n '/^\.SH FUNCTIONS/,/^\.SH "SEE/s/^\.BR \(.*\) (3)$/\1/p' | sort
}
header_pages_list_functions > "$tmp/listed"
same "the pages of the headers list each function once" "$tmp/listed" "$tmp/functions"

references_resolve() {
	sed -n 's/^\.BR \(axvm_[A-Za-z0-9_]*\) (3).*/\1/p' "$man3"/*.3 | sort -u > "$tmp/references"
	while read -r name; do
		test -f "$man3/$name.3" || { echo "$name"; return 1; }
	done < "$tmp/references"
	test "$(wc -l < "$tmp/references")" -gt 300
}
run "each page that another refers to is there" references_resolve

# What a caller has to know, in pages of each kind of failure.
section() { # PAGE SECTION
	sed -n "/^\.SH \"*$2\"*\$/,/^\.SH/p" "$man3/$1.3" | sed '1d; /^\.SH/d' | tr '\n' ' ' |
		sed 's/\\f[BIR]//g; s/\.PP //g; s/ *$//'
}
says() { # PAGE SECTION TEXT
	text=$(section "$1" "$2")
	run "$1, $2" test "$text" = "$3"
	test "$text" = "$3" || echo "# $text"
}
says axvm_gpa_checked_add "RETURN VALUE" "true on success; false on failure, which leaves out untouched."
says axvm_gpa_checked_add ERRORS "false on overflow."
says axvm_gpa_eq "RETURN VALUE" "true when they are equal."
says axvm_gpa_eq ERRORS "No errors are defined."
says axvm_gpa_sub_addr "RETURN VALUE" "a \\- b in bytes."
says axvm_gpa_sub_addr ERRORS "Traps when b is above a. A trap ends the process, by SIGILL or SIGTRAP (SIGFPE on s390x)."
says axvm_vcpu_set_mask ERRORS "n: traps above 64. A trap ends the process, by SIGILL or SIGTRAP (SIGFPE on s390x)."
says axvm_passthrough_device_config_copy "RETURN VALUE" "AXVM_OK; on failure, an error."
says axvm_passthrough_device_config_copy ERRORS "AXVM_ERROR_NO_MEMORY when memory runs out."
says axvm_passthrough_device_config_format ERRORS "\\-1 when it is above INT_MAX."
says axvm_passthrough_device_config_clear "RETURN VALUE" "Nothing."

cat "$man3"/*.3 | sed -n 's/^\\fB\(AXVM_[A-Z0-9_]*\)\\fR = .*/\1/p' | sort > "$tmp/described"
same "each constant is described once" "$tmp/described" "$tmp/constants"

page_of < "$tmp/headers" | sort > "$tmp/pages"
grep -o 'axvm_[a-z_]*\\fR(3)' "$man7" | sed 's/\\.*//' | sort > "$tmp/named"
same "axvm-types(7) names each page" "$tmp/named" "$tmp/pages"

# A formatter's warnings differ by its version, so they are shown, and fail nothing.
if command -v groff > /dev/null && command -v lexgrog > /dev/null; then
	own_pages=$(grep -L '^\.so' "$man3"/*.3)
	formatted() {
		# shellcheck disable=SC2086
		groff -K utf8 -t -man -Tutf8 -ww -z "$srcdir"/doc/*.7 $own_pages
	}
	run "groff formats them" formatted
	sed 's/^/# groff: /' "$tmp/run.out"
	# shellcheck disable=SC2086
	run "whatis finds them" lexgrog "$srcdir"/doc/*.7 $own_pages
else
	skip "groff formats them" "no man"
	skip "whatis finds them" "no man"
fi

# The generator leaves nothing out in silence.
refuses() {
	printf '/**\n * @defgroup g G\n * @brief G.\n * @{\n */\n%b' "$2" > "$tmp/g.h"
	mkdir -p "$tmp/out"
	$AWK -v dir="$tmp/out" -v version=1 -f "$srcdir/doc/roff.awk" -f "$srcdir/doc/pages.awk" \
		-f "$srcdir/doc/man.awk" "$tmp/g.h" > "$tmp/refuses" 2>&1 &&
		status=1 || status=0
	grep -q "$3" "$tmp/refuses" || status=1
	point "$status" "the generator refuses $1" "$tmp/refuses"
}
refuses "a function without documentation" 'int axvm_g(void);\n' 'has no documentation'
refuses "a function without a documented result" '/** @brief G. */\nint axvm_g(void);\n' 'has no @return'
refuses "a constant without documentation" 'enum axvm_x_values {\n\tAXVM_G = 1,\n};\n' 'no documentation'
refuses "a command that it does not know" '/** @todo G.\n * @return G. */\nint axvm_g(void);\n' 'unknown command'
refuses "a declaration that it does not know" '/** G. */\nunion axvm_g {\n' 'not a declaration'

# The examples: whole programs, in which comments say what is printed.
example() { # PAGE
	local page=${1##*/} options
	sed -n '/^\.EX$/,/^\.EE$/p' "$1" |
		sed '/^\.E[XE]$/d; s/\\e/\\/g; s/\\-/-/g; s/\\(aq/'"'"'/g; s/\\(ti/~/g; s/\\(ha/^/g' > "$tmp/example.c"
	sed -n 's|.*// prints: ||p' "$tmp/example.c" > "$tmp/wanted"
	# shellcheck disable=SC2086
	run "the example of $page compiles" $CC $CPPFLAGS $CFLAGS -Wall -Wextra -Werror $include \
		"$tmp/example.c" $LDFLAGS -L "$builddir/.libs" -laxvm-types -o "$tmp/example"
	LD_LIBRARY_PATH=$builddir/.libs $TEST_EMULATOR "$tmp/example" > "$tmp/output" 2>&1
	point $? "it succeeds" "$tmp/output"
	same "and prints what it says" "$tmp/output" "$tmp/wanted"
}
for page in "$man7" "$srcdir/doc/axvm-layout-guide.7" $(grep -l '^\.EX$' "$man3"/*.3); do
	example "$page"
done
done_testing
