#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make demo: shows a sample that is broken, and ends with a line that says success.
set -u
. "${srcdir:?}/tests/tap.sh"

case " $host $CC $CFLAGS $LDFLAGS " in
*-fsanitize=*) echo "1..0 # SKIP no sanitizer loads into Python"; exit 0 ;;
" $build "*) ;;
*) echo "1..0 # SKIP the library is for another machine"; exit 0 ;;
esac
case $PYTHON in "" | :) echo "1..0 # SKIP no Python 3.11"; exit 0 ;; esac
if ! "$PYTHON" -c "import ctypes; ctypes.CDLL('$builddir/.libs/libaxvm-types.so')" 2> /dev/null; then
	echo "1..0 # SKIP this Python cannot load the library"
	exit 0
fi

run "make demo" env MAKEFLAGS= "${MAKE:-make}" -s -C "$builddir" demo
cp "$tmp/run.out" "$tmp/demo"
run "shows what is wrong in the broken sample" grep -q '/broken/.*: error\[memory-overlap\]' "$tmp/demo"
run "with all three mistakes" grep -q '^axvm-lint: 1 file: 3 errors$' "$tmp/demo"
run "and ends with success" sh -c "tail -n 1 '$tmp/demo' | grep '^demo: success'"
# The same where it has to fail.
printf '#!/bin/sh\nexit 1\n' > "$tmp/python"
chmod +x "$tmp/python"
fails() { ! env MAKEFLAGS= "${MAKE:-make}" -s -C "$builddir" demo PYTHON="$tmp/python" > "$tmp/demo"; }
run "make demo fails where axvm-lint fails" fails
run "and does not say success" sh -c "! grep '^demo: success' '$tmp/demo'"
done_testing
