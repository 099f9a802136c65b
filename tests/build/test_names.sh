#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A value of an enumeration that has no name does not compile, or is found here.
set -u
. "${srcdir:?}/tests/tap.sh"

LC_ALL=C
export LC_ALL

# Enumerations with a function that names their values, and those whose table has a guard.
cat "$srcdir"/include/axvm/*.h > "$tmp/headers"
for enum in $(sed -n 's/^enum \(axvm_[a-z_]*\)_values {$/\1/p' "$tmp/headers"); do
	! grep -q "^const char \*${enum}_name(" "$tmp/headers" || echo "$enum"
done | sort > "$tmp/named"
cat "$srcdir"/src/*.c |
	sed -n 's/^AXVM_NAMES\(_WITH_ALIASES\)*([a-z_]*, \(axvm_[a-z_]*\),.*/\2/p
		s/^AXVM_NAMES_EVERY(\(axvm_[a-z_]*\),.*/\1/p' | sort > "$tmp/guarded"
comm -23 "$tmp/named" "$tmp/guarded" | sed 's/^/# without a guard: /'
run "some dozen enumerations have names" test "$(wc -l < "$tmp/named")" -gt 20
run "each table of names has a guard" test -z "$(comm -23 "$tmp/named" "$tmp/guarded")"

# table ROW...: compiles a table with these rows of an enumeration of two.
table() {
	cat > "$tmp/table.c" << END
#include "names.h"
enum few_values { FEW_ONE = 1, FEW_TWO = 2 };
#define FEW(NAME, ALIAS) $*
AXVM_NAMES_WITH_ALIASES(few, few, FEW, )
size_t count(void);
size_t count(void) { return AXVM_NAMES_COUNT(few); }
END
	# shellcheck disable=SC2086
	$CC -std=c11 -c -iquote "$srcdir/src" -o "$tmp/table.o" "$tmp/table.c" 2> "$tmp/errors"
}
run "a table of all compiles" table 'NAME(FEW_ONE, "one") NAME(FEW_TWO, "two") ALIAS(FEW_TWO, "2")'
table 'NAME(FEW_ONE, "one")'
run "one without a value does not" test $? != 0
run "the compiler names the value" grep -q FEW_TWO "$tmp/errors"
table 'NAME(FEW_ONE, "one") ALIAS(FEW_TWO, "2")'
run "an alias is not a name" test $? != 0

# Guests and assembler need the codes of hypercalls as macros, which no compiler counts.
sed -n 's/^#define \(AXVM_HYPERCALL_[A-Z_]*\) [0-9]*$/\1/p' "$srcdir/include/axvm/guest/hypercall.h" |
	grep -vx 'AXVM_HYPERCALL_ARGUMENTS\|AXVM_HYPERCALL_OK' | sort > "$tmp/calls"
sed -n 's/^	{ \(AXVM_HYPERCALL_[A-Z_]*\),.*/\1/p' "$srcdir/src/hypercall.c" | sort > "$tmp/rows"
diff "$tmp/calls" "$tmp/rows" | sed -n 's/^[<>]/# &/p'
run "some hypercalls" test "$(wc -l < "$tmp/calls")" -gt 7
run "each hypercall has a row" cmp -s "$tmp/calls" "$tmp/rows"
done_testing
