#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every public function has a proof in proofs/, or a reason in proofs/unproved why not, and
# each harness is C that compiles.
set -u
. "${srcdir:?}/tests/tap.sh"

LC_ALL=C
export LC_ALL

# The kin are proved by the same harnesses, under other names; their texts and lists by those of gpa.
sed -n 's/^	\(axvm_[a-z0-9_]*\);$/\1/p' "$srcdir/src/libaxvm-types.map" |
	grep -v -e '^axvm_[gh]va_' -e '^axvm_hpa_' > "$tmp/kinless"
sed -n 's/^	\(axvm_h[pv]a_\(to\|from\)_ptr\);$/\1/p' "$srcdir/src/libaxvm-types.map" |
	sort - "$tmp/kinless" > "$tmp/public"
sed -n 's/^void prove_\(axvm_[a-z0-9_]*\)(void)$/\1/p' "$srcdir"/proofs/prove_*.c |
	sort > "$tmp/proofs"
sed -n 's/^\(axvm_[a-z0-9_]*\)[	 ][	 ]*[^	 ].*/\1/p' "$srcdir/proofs/unproved" |
	sort > "$tmp/unproved"
grep -v -e '^#' -e '^$' "$srcdir/proofs/unproved" > "$tmp/rows"

run "some hundred public functions are found" test "$(wc -l < "$tmp/public")" -gt 150
run "a proof has a name of its own" sh -c "uniq -d '$tmp/proofs' | cmp -s - /dev/null"
run "each row of proofs/unproved has a reason" \
	test "$(wc -l < "$tmp/rows")" = "$(wc -l < "$tmp/unproved")"
sort -u "$tmp/proofs" "$tmp/unproved" | comm -23 "$tmp/public" - > "$tmp/neither"
same "each public function has a proof or a reason" "$tmp/neither" /dev/null
comm -12 "$tmp/proofs" "$tmp/unproved" > "$tmp/both"
same "none has both" "$tmp/both" /dev/null
comm -13 "$tmp/public" "$tmp/unproved" > "$tmp/gone"
same "each reason is about a public function" "$tmp/gone" /dev/null
# A proof in parts has more names, which begin with that of its function. The writer is no
# public one; what it does with sizes is proved for all formatters.
sed -n 's/.* \**\(axvm_writer_[a-z_]*\)(struct axvm_writer .*/\1/p' "$srcdir/src/writer.h" |
	sort - "$tmp/public" > "$tmp/provable"
awk 'FILENAME == ARGV[1] { public[$1]; next }
	{ name = $1; while (!(name in public) && sub(/_[a-z0-9]*$/, "", name)); }
	!(name in public)' "$tmp/provable" "$tmp/proofs" > "$tmp/nothing"
same "each proof is about a public function, or the writer" "$tmp/nothing" /dev/null
for kin in gva hpa hva; do
	KIN=$(echo "$kin" | tr ghpva GHPVA)
	for part in "" _range _range_list; do
		sed -e 1d -e "s/$kin/gpa/g" -e "s/$KIN/GPA/g" -e 's/\([^G]\)[PV]A:/\1GPA:/g' \
			"src/$kin$part.c" > "$tmp/part.c"
		same "src/$kin$part.c is the source of gpa but for the names" \
			"$tmp/part.c" "$srcdir/src/gpa$part.c"
	done
done

# CBMC proves in `make prove` alone. The compiler reads each harness here, so that one which a
# changed interface leaves behind is seen at once.
cat > "$tmp/cbmc.h" << 'EOF'
void __CPROVER_assume(_Bool condition);
void __CPROVER_assert(_Bool condition, const char *what);
void *__CPROVER_allocate(__SIZE_TYPE__ size, _Bool zeroed);
_Bool __CPROVER_same_object(const void *a, const void *b);
__SIZE_TYPE__ __CPROVER_POINTER_OBJECT(const void *p);
__SIZE_TYPE__ __CPROVER_POINTER_OFFSET(const void *p);
EOF
compiles() {
	# shellcheck disable=SC2086
	$CC -fsyntax-only -Werror=implicit-function-declaration -Werror=incompatible-pointer-types \
		-Werror=int-conversion -DPROOF -include "$tmp/cbmc.h" -include "$srcdir/proofs/stubs.h" \
		-I "$builddir/include" -I "$srcdir/include" \
		-iquote "$srcdir/src" -iquote "$srcdir/tests" -iquote "$srcdir/proofs" "$1"
}
why=
echo "__extension__ __int128 wide;" | $CC -fsyntax-only -x c - 2> /dev/null ||
	why="this compiler has no numbers of 128 bits"
mkdir -p "$tmp/kin/proofs"
from=$(cd "$srcdir" && pwd)
for kin in gva hpa hva; do
	for harness in $kin ${kin}_range; do
		(cd "$tmp/kin" && sh "$from/src/kin.sh" "$from" "proofs/prove_$harness.c")
	done
done
for harness in "$srcdir"/proofs/prove_*.c "$tmp"/kin/proofs/prove_*.c; do
	run_unless "$why" "${harness##*/} compiles" compiles "$harness"
done
done_testing
