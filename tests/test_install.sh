#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs into a folder, then builds and runs a C and a C++ program with nothing
# but what pkg-config says; at last uninstalls.
set -u
. "${srcdir:?}/tests/tap.sh"

case $srcdir in /*) ;; *) srcdir=$PWD/$srcdir ;; esac
PKG_CONFIG=${PKG_CONFIG:-pkg-config}
root=$tmp/root
version=$(sed -n 's/^Version: //p' "$builddir/axvm-types.pc")
backend=$(sed -n 's/^tlb_backend=//p' "$builddir/axvm-types.pc")

run "make install" "${MAKE:-make}" -C "$builddir" install DESTDIR="$root"
find "$root" -type f -name 'axvm-types.pc' > "$tmp/pc"
find "$root" -name 'libaxvm-types.so.0' > "$tmp/so"
run "a .pc file is installed" test -s "$tmp/pc"
run "the library is installed" test -s "$tmp/so"
sources_are_left_out() {
	! find "$root" -name '*.in' -o -name '*.tmp' -o -name '*.map' | grep .
}
run "no source of what is made is installed" sources_are_left_out
if ! command -v "$PKG_CONFIG" > /dev/null; then
	skip "consumers" "no pkg-config"
	done_testing
	exit 0
fi

# Only what lies in the folder is found, as if it were the root of the file system.
PKG_CONFIG_LIBDIR=$(dirname "$(cat "$tmp/pc")")
PKG_CONFIG_SYSROOT_DIR=$root
PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1
PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
unset PKG_CONFIG_PATH
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_ALLOW_SYSTEM_CFLAGS PKG_CONFIG_ALLOW_SYSTEM_LIBS
libdir=$(dirname "$(cat "$tmp/so")")

run "modversion" test "$($PKG_CONFIG --modversion axvm-types)" = "$version"
run "the TLB backend is told" test "$($PKG_CONFIG --variable=tlb_backend axvm-types)" = "$backend"
$PKG_CONFIG --libs axvm-types > "$tmp/libs"
$PKG_CONFIG --static --libs axvm-types > "$tmp/libs-static"
same "a static link needs nothing more" "$tmp/libs" "$tmp/libs-static"

# consume WHAT COMPILER SOURCE FLAGS: builds a program and sees its version.
consume() {
	what=$1 compiler=$2 source=$3
	shift 3
	status=0
	# shellcheck disable=SC2046,SC2086
	$compiler $CFLAGS "$srcdir/tests/$source" "$@" $LDFLAGS -o "$tmp/consumer" > "$tmp/consume.out" 2>&1 &&
		LD_LIBRARY_PATH=$libdir $TEST_EMULATOR "$tmp/consumer" > "$tmp/version" 2>> "$tmp/consume.out" ||
		status=$?
	if [ "$status" -eq 0 ] && [ "$(cat "$tmp/version")" != "$version" ]; then status=1; fi
	point "$status" "$what" "$tmp/consume.out"
}

# shellcheck disable=SC2046
consume "a C program" "$CC" consumer.c $($PKG_CONFIG --cflags --libs axvm-types)
# shellcheck disable=SC2046
consume "a C program, not optimized" "$CC" consumer.c -O0 $($PKG_CONFIG --cflags --libs axvm-types)
if [ "$CXX" = no ]; then
	skip "a C++ program" "no C++ compiler"
else
	# shellcheck disable=SC2046
	consume "a C++ program" "$CXX" consumer.cc $($PKG_CONFIG --cflags --libs axvm-types)
fi
case " $CC $CFLAGS $LDFLAGS " in
*-fsanitize=*)
	skip "a static C program" "sanitizers do not link statically" ;;
*)
	if find "$libdir" -name libaxvm-types.a | grep -q .; then
		# shellcheck disable=SC2046
		consume "a static C program" "$CC" consumer.c $($PKG_CONFIG --static --cflags --libs axvm-types) -static
	else
		skip "a static C program" "configured without the static library"
	fi ;;
esac

# The example that users copy, with its own Makefile.
mkdir "$tmp/examples" && cp "$srcdir/examples/Makefile" "$srcdir/examples/vm-map.c" "$tmp/examples"
run "examples/vm-map builds by its own Makefile" \
	"${MAKE:-make}" -C "$tmp/examples" CC="$CC" CFLAGS="$CFLAGS" LDFLAGS="$LDFLAGS"
run_vm_map() {
	LD_LIBRARY_PATH=$libdir $TEST_EMULATOR "$tmp/examples/vm-map" > "$tmp/map"
}
run "vm-map finds its ranges apart" run_vm_map
run "vm-map prints its memory" grep -q '^GPA:0x80000000\.\.GPA:0x90000000 .*memory .*alloc' "$tmp/map"

run "make uninstall" "${MAKE:-make}" -C "$builddir" uninstall DESTDIR="$root"
find "$root" ! -type d > "$tmp/left"
run "nothing is left" test ! -s "$tmp/left"
done_testing
