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
guest_headers() {
	for name in hypercall ivc; do find "$root" -path "*/include/axvm/guest/$name.h" | grep . || return; done
}
run "the headers for guests are in a folder of their own" guest_headers
sources_are_left_out() {
	! find "$root" -name '*.in' -o -name '*.tmp' -o -name '*.map' | grep .
}
run "no source of what is made is installed" sources_are_left_out

# axvm-lint finds its parts beside itself, wherever all of them are.
lint=$(find "$root" -type f -path '*/bin/axvm-lint')
without_help() { env -u AXVM_TYPES_LIBRARY -u PYTHONPATH -u LD_LIBRARY_PATH "$@"; }
python_loads() {
	"$PYTHON" -c "import ctypes; ctypes.CDLL('$builddir/.libs/libaxvm-types.so')" 2> /dev/null
}
by_a_link() { ln -s "$lint" "$tmp/link" && without_help "$tmp/link" "$@"; }
other_library() { ! AXVM_TYPES_LIBRARY=$tmp/no-such.so "$lint" --version; }
why=
case " $host $CC $CFLAGS $LDFLAGS " in
*-fsanitize=*)
	why="no sanitizer loads into Python" ;;
" $build "*)
	if [ -z "$lint" ]; then
		why="configured without Python"
	elif ! python_loads; then
		why="this Python cannot load the library"
	fi ;;
*)
	why="the library is for another machine" ;;
esac
run_unless "$why" "axvm-lint runs where it is installed" without_help "$lint" --version
run_unless "$why" "also by a link" by_a_link -q "$srcdir/examples/linux-aarch64.toml"
run_unless "$why" "AXVM_TYPES_LIBRARY goes first" other_library
# As make install leaves it where nobody ran ldconfig: PREFIX/lib has both.
modules=$(dirname "$(dirname "$(find "$root" -path '*/axvm_types/__init__.py')")")
if [ -z "$why" ] &&
	[ "$(dirname "$(dirname "$modules")")" != "$(dirname "$(find "$root" -name libaxvm-types.so.0)")" ]; then
	why="another folder than PREFIX/lib"
fi
run_unless "$why" "Python finds the library of its prefix" without_help env PYTHONPATH="$modules" \
	"$PYTHON" -c 'import axvm_types; axvm_types.version()'
# Where it goes without a DESTDIR is said last, if Python does not search there.
elsewhere() {
	env MAKEFLAGS= "${MAKE:-make}" -s -C "$builddir" install-data-hook DESTDIR= pythondir="$1" > "$tmp/hook"
}
why=
if [ -n "$lint" ]; then
	searched=$("$PYTHON" -c 'import site; print(site.getsitepackages()[0])')
else
	why="configured without Python"
fi
run_unless "$why" "make install's last step" elsewhere /nowhere/site-packages
run_unless "$why" "says how to import axvm_types" grep "PYTHONPATH='/nowhere/site-packages'" "$tmp/hook"
run_unless "$why" "and nothing where Python searches" elsewhere "${searched-}"
run_unless "$why" "as import will work" test ! -s "$tmp/hook"
if ! command -v "$PKG_CONFIG" > /dev/null; then
	skip "consumers" "no pkg-config"
	done_testing
	exit 0
fi

# Only what is in the folder is found, as if it were the root of the file system.
PKG_CONFIG_LIBDIR=$(dirname "$(cat "$tmp/pc")")
PKG_CONFIG_SYSROOT_DIR=$root
PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1
PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
unset PKG_CONFIG_PATH
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_ALLOW_SYSTEM_CFLAGS PKG_CONFIG_ALLOW_SYSTEM_LIBS
libdir=$(dirname "$(cat "$tmp/so")")

run "modversion" test "$($PKG_CONFIG --modversion axvm-types)" = "$version"
run "pkg-config has the TLB backend" test "$($PKG_CONFIG --variable=tlb_backend axvm-types)" = "$backend"
$PKG_CONFIG --libs axvm-types > "$tmp/libs"
$PKG_CONFIG --static --libs axvm-types > "$tmp/libs-static"
same "a static link needs nothing more" "$tmp/libs" "$tmp/libs-static"

# consume WHAT COMPILER SOURCE FLAGS: builds a program and sees its version.
consume() {
	what=$1 compiler=$2 source=$3
	shift 3
	status=0
	# shellcheck disable=SC2046,SC2086
	$compiler $CFLAGS "$srcdir/tests/build/$source" "$@" $LDFLAGS -o "$tmp/consumer" > "$tmp/consume.out" 2>&1 &&
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
	skip "a C++ program" "no g++"
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

# The examples that users copy, with their own Makefile, and tools of other names.
mkdir "$tmp/examples" && cp "$srcdir/examples/Makefile" "$srcdir"/examples/*.c "$tmp/examples"
printf '#!/bin/sh\necho asked >> "%s"\nexec %s "$@"\n' "$tmp/asked" "$PKG_CONFIG" > "$tmp/other-pkg-config"
chmod +x "$tmp/other-pkg-config"
run "the examples build by their own Makefile" env MAKEFLAGS= "${MAKE:-make}" -C "$tmp/examples" CC="$CC" \
	CFLAGS="$CFLAGS" CPPFLAGS="$CPPFLAGS -DMARK" LDFLAGS="$LDFLAGS" PKG_CONFIG="$tmp/other-pkg-config"
cp "$tmp/run.out" "$tmp/make.out"
run "with the CPPFLAGS that it is given" grep -q -e ' -DMARK' "$tmp/make.out"
run "and the pkg-config" grep -q asked "$tmp/asked"
# example STATUS NAME ARGUMENT...: runs it, output and errors in $tmp/output.
example() {
	exits=$1 name=$2 exited=0
	shift 2
	LD_LIBRARY_PATH=$libdir $TEST_EMULATOR "$tmp/examples/$name" "$@" > "$tmp/output" 2>&1 || exited=$?
	cat "$tmp/output"
	test "$exited" -eq "$exits"
}
run "vm-map finds its ranges apart" example 0 vm-map
run "vm-map prints its memory" grep -q '^GPA:0x80000000\.\.GPA:0x90000000 .*memory .*alloc' "$tmp/output"

printf '\001\002\003\004\005' > "$tmp/image"
run "guest-memory loads an image across two regions" example 0 guest-memory "$tmp/image" 0x800ffffe
printf '5 bytes at GPA:0x800ffffe, sum 0xf\nbegins with 01 02 03 04\n' > "$tmp/wanted"
same "and finds it there" "$tmp/output" "$tmp/wanted"
run "guest-memory loads up to the end" example 0 guest-memory "$tmp/image" 0x804ffffb
run "and no further" example 1 guest-memory "$tmp/image" 0x804ffffc
run "nor where an address would wrap" example 1 guest-memory "$tmp/image" 0xfffffffffffffffd
run "guest-memory reports no image" example 1 guest-memory "$tmp/no-image" 0x80000000
run "guest-memory reports no address" example 2 guest-memory "$tmp/image" 0x

run "vmm places memory and loads a kernel" example 0 vmm -m 512@1G -c 2-3 -p uart=0x9000000+4K "$tmp/image"
cat > "$tmp/wanted" << 'END'
0x0040000000    512 MiB  memory
0x0040200000          5  kernel
0x0009000000      4 KiB  uart
a vCPU on CPU 2
a vCPU on CPU 3
END
same "and prints the map" "$tmp/output" "$tmp/wanted"
run "vmm takes the highest place" example 0 vmm -m 512 "$tmp/image"
run "below 4 GiB" grep -qx '0x00e0000000    512 MiB  memory' "$tmp/output"
run "vmm refuses what overlaps" example 1 vmm -m 1G@1G -p uart=0x50000000+4K "$tmp/image"
run "and says so" grep -qx 'vmm: memory: Entity already exists' "$tmp/output"
run "vmm refuses memory without room for the kernel" example 1 vmm -m 1 "$tmp/image"
run "by the check" grep -q '^error\[boot-address\]' "$tmp/output"
run "vmm refuses a file that is not there" example 1 vmm "$tmp/no-image"
run "by the host's error" grep -qx "vmm: $tmp/no-image: No such file or directory" "$tmp/output"
run "vmm refuses an inverted list" example 2 vmm -c 3-1 "$tmp/image"
printf 'vmm: -c: Invalid argument\n    3-1\n      ^\n' > "$tmp/wanted"
head -n 3 "$tmp/output" > "$tmp/three"
same "and points at it" "$tmp/three" "$tmp/wanted"

run "plan places devices around what has its place" example 0 plan 512M \
	disk=virtio-blk net=virtio-net:0x200@0xa001000 console=virtio-console:8k
cat > "$tmp/wanted" << 'END'
GPA:0xa000000..GPA:0xa001000          4 KiB  disk (virtio block)
GPA:0xa001000..GPA:0xa001200            512  net (virtio net)
GPA:0xa002000..GPA:0xa004000          8 KiB  console (virtio console)
GPA:0x80000000..GPA:0xa0000000      512 MiB  RAM (alloc)
END
# The check says of virtio that no version of the hypervisor has it.
grep -v '^warning\[device-arch\]: .* is not implemented on any architecture: virtio-' "$tmp/output" \
	> "$tmp/map"
run "and what the hypervisor lacks" test "$(grep -c '^warning\[device-arch\]' "$tmp/output")" -eq 3
same "and prints the map" "$tmp/map" "$tmp/wanted"
run "plan runs the check" example 1 plan 0x100800@0x40000000 a=virtio-blk:0x200@0x40100a00
run "which finds a device on a page of the memory" grep -q '^error\[' "$tmp/output"
run "plan refuses what overlaps" example 1 plan 1G@0x40000000 a=virtio-blk@0x40001000
run "plan refuses what does not fit" example 1 plan 512G
run "plan refuses an unknown device" example 2 plan 512M a=virtio-gpu
run "plan refuses no size" example 2 plan 512MB

# What Python sees of it: its version is that of the package.
metadata=$(find "$root" -path '*/axvm_types-*.dist-info/METADATA')
if [ -n "$metadata" ]; then
	python_version() {
		PYTHONPATH=$(dirname "$(dirname "$metadata")") "$PYTHON" -c '
import sys
from importlib.metadata import version
print(version("axvm-types"))
sys.exit(version("axvm-types") != sys.argv[1])' "$version"
	}
	run "Python reports the version of axvm-types" python_version
else
	skip "Python reports the version of axvm-types" "configured without Python"
fi

run "make uninstall" "${MAKE:-make}" -C "$builddir" uninstall DESTDIR="$root"
find "$root" ! -type d > "$tmp/left"
run "no file is left" test ! -s "$tmp/left"
# But for one that the prefix names, as that of make distcheck does.
find "$root" -name '*axvm*' ! -name "axvm-types-$version" > "$tmp/left"
same "no folder of the package is left" "$tmp/left" /dev/null
done_testing
