#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# ./bootstrap: its options in any order, and a clear word where Autoconf and the like are missing.
set -u
. "${srcdir:?}/tests/tap.sh"

if [ ! -f "$srcdir/bootstrap" ]; then
	skip "bootstrap" "a release has no bootstrap, but configure"
	done_testing
	exit 0
fi
# A clone with a configure that prints its options, one a line.
mkdir "$tmp/clone" "$tmp/bin"
cp "$srcdir/bootstrap" "$tmp/clone"
printf '#!/bin/sh\nprintf "checking\\nconfigure: \\n"\nprintf "<%%s>\\n" "$@"\n' > "$tmp/clone/configure"
chmod +x "$tmp/clone/configure"
touch "$tmp/clone/Makefile.in"

configures_with() {
	"$tmp/clone/bootstrap" "$@" > "$tmp/said" && cat "$tmp/said" &&
		sed -n '/^<.*>$/p' "$tmp/said" | diff - "$tmp/wanted"
}
printf '<--prefix=/a b>\n<--enable-werror>\n' > "$tmp/wanted"
run "--no-install comes first" configures_with --no-install "--prefix=/a b" --enable-werror
run "or last" configures_with "--prefix=/a b" --enable-werror --no-install
run "or between options of configure" configures_with "--prefix=/a b" --no-install --enable-werror

fails_with() { # STATUS WORDS OPTION...
	exits=$1 words=$2 exited=0
	shift 2
	"$tmp/clone/bootstrap" "$@" > "$tmp/said" 2>&1 || exited=$?
	cat "$tmp/said"
	test "$exited" -eq "$exits" && grep -q -e "$words" "$tmp/said"
}
run "--no-configure with an option of configure is wrong use" \
	fails_with 2 "options for configure: --prefix=/x" --prefix=/x --no-configure --no-install

for command in cat dirname grep rm sed sh tail; do
	ln -s "$(command -v $command)" "$tmp/bin"
done
printf '#!/bin/sh\n' > "$tmp/bin/autoreconf"
chmod +x "$tmp/bin/autoreconf"
without_automake() { PATH=$tmp/bin fails_with 1 "$@"; }
rm "$tmp/clone/configure"
run "what is missing is named" without_automake "not found: automake libtoolize$" --no-install
run "with the packages that have it" without_automake "apt-get install autoconf automake libtool" --no-install
done_testing
