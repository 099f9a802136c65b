#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The last words of make check: what was skipped, and what to install for it.
set -u
. "${srcdir:?}/tests/tap.sh"

words() { "${AWK:-awk}" -f "$srcdir/tests/skips.awk" "$@" /dev/null > "$tmp/words"; }

cat > "$tmp/a.log" << 'END'
ok 1 - SKIP is a word
ok 2 - boots # SKIP no qemu-system-riscv64
ok 3 - boots # SKIP no qemu-system-riscv64
ok 4 - as c99 # SKIP no x86_64-linux-gnu-gcc
ok 5 - too wide # SKIP pointers have 64 bits
1..5
END
printf '1..0 # SKIP this Python has no module libfdt\n' > "$tmp/b.log"
words "$tmp/a.log" "$tmp/b.log"
cat > "$tmp/wanted" << 'END'
Skipped, and why:
  2: no qemu-system-riscv64: install qemu-system-misc
  1: no x86_64-linux-gnu-gcc: install gcc-x86-64-linux-gnu
  1: pointers have 64 bits
  1: this Python has no module libfdt: install python3-libfdt
On Debian: apt-get install qemu-system-misc gcc-x86-64-linux-gnu python3-libfdt
END
same "each reason once, with the package that has what is missing" "$tmp/words" "$tmp/wanted"
printf 'ok 1 - all\n1..1\n' > "$tmp/a.log"
words "$tmp/a.log"
run "nothing where nothing was skipped" test ! -s "$tmp/words"

# A test that names a command as its reason: the table knows the package.
sed -n 's/.*skip "[^"]*" "no \([a-z0-9+-]*\)".*/no \1/p' "$srcdir"/tests/*/*.sh > "$tmp/reasons"
sed -n 's/.*skip([^)]*"\(no [a-z]*\)").*/\1/p' "$srcdir"/tests/*/*.py >> "$tmp/reasons"
sort -u "$tmp/reasons" | sed 's/.*/ok 1 - it # SKIP &/' > "$tmp/a.log"
words "$tmp/a.log"
run "some tests skip for want of a command" test "$(wc -l < "$tmp/a.log")" -ge 5
run "and each of these has its package" sh -c "! sed '1d; /^On Debian/d' '$tmp/words' | grep -v ': install '"
done_testing
