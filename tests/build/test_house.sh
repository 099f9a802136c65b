#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Calls among the sources go one way: seen in what the objects define and ask for.
set -u
. "${srcdir:?}/tests/tap.sh"

LC_ALL=C
export LC_ALL

archive=$builddir/.libs/libaxvm-types.a
if [ ! -f "$archive" ]; then
	echo "1..0 # SKIP configured without the static library"
	exit 0
fi

# A line with the object's name, then its symbols.
$NM "$archive" 2> /dev/null | awk '
	/^[^ ]*\.o:$/ { name = $0; sub(/\.o:$/, "", name); print "O", name }
	NF == 2 && $1 == "U" { print "U", $2, name }
	NF == 3 && $2 ~ /^[A-TV-Z]$/ { print "D", $3, name }
	NF == 3 && $2 == "T" { print "F", $3, name }' > "$tmp/symbols"
# "a b": a calls b, or uses what it defines. Without inlines.c, which is the headers' functions,
# and which each file calls where the compiler does not inline.
awk '$1 == "D" { home[$2] = $3 }
	$1 == "U" { asked[++count] = $2; by[count] = $3 }
	END { for (i = 1; i <= count; i++) if (asked[i] in home) print by[i], home[asked[i]] }' \
	"$tmp/symbols" | grep -vw inlines | sort -u > "$tmp/calls"

if ! grep -q '^check validate$' "$tmp/calls"; then
	echo "1..0 # SKIP objects that tell no symbols (-flto)"
	exit 0
fi

no_circle() { tsort "$1" > /dev/null; }
printf 'a b\nb c\nc a\n' > "$tmp/circle"
printf 'a b\nb c\na c\n' > "$tmp/line"
run "a circle is found" sh -c "! tsort '$tmp/circle' > /dev/null 2>&1"
run "a line is none" no_circle "$tmp/line"
run "some dozen calls from file to file" test "$(wc -l < "$tmp/calls")" -gt 60
run "no circle among the files of src/" no_circle "$tmp/calls"

# A file and its header are one: the headers count, too. "a b": a includes b.
(cd "$srcdir/src" && grep -r --include='*.[ch]' '^#include "' .) |
	sed 's,^[^:]*/\([^/:]*\)\.[ch]:#include "\([^"]*/\)*\([^/"]*\)\.h".*,\1 \3,' |
	awk '$1 != $2' | sort -u > "$tmp/includes"
run "some dozen includes" test "$(wc -l < "$tmp/includes")" -gt 60
run "no circle among the files with their headers" no_circle "$tmp/includes"

# The floors of the layout check, as CONTRIBUTING.md has them: the rest of the library, what the
# rules stand on, rules that several files report (data, no function), the rules, the entry.
names() { (cd "$srcdir/src/layout/$1" && ls -- *.c) | sed 's/\.c$//'; }
{
	awk '$1 == "F" { print "function", $3 }' "$tmp/symbols" | sort -u
	names . | sed 's/^/layout /'
	names rules | sed 's/^/rules /'
} > "$tmp/floors"
awk 'FILENAME == ARGV[1] { is[$1, $2]; next }
	function floor(name) {
		if (("rules", name) in is) return ("function", name) in is ? 3 : 2
		if (!(("layout", name) in is)) return 0
		return name == "check" || name == "validate" ? 4 : 1
	}
	floor($1) < floor($2) { print $1 " calls up to " $2 }
	floor($1) == 3 && floor($2) == 3 { print "the rules of " $1 " call those of " $2 }' \
	"$tmp/floors" "$tmp/calls" > "$tmp/upwards"
sed 's/^/# /' "$tmp/upwards"
run "no call goes up, and none from rule to rule" test ! -s "$tmp/upwards"
run "the rules are looked at" test "$(grep -c '^check ' "$tmp/calls")" -gt 10
# A file of rules and its test have one name.
names rules | while read -r name; do
	test -f "$srcdir/tests/layout/test_$name.c" || echo "$name"
done > "$tmp/untested"
same "each file of rules has a program in tests/layout" "$tmp/untested" /dev/null
sed -n 's/^O //p' "$tmp/symbols" | sort > "$tmp/objects"
run "each file has a name of its own" sh -c "uniq -d '$tmp/objects' | cmp -s - /dev/null"
done_testing
