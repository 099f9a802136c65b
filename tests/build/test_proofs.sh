#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every public function has a proof in proofs/, or a reason in proofs/unproved why not.
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
done_testing
