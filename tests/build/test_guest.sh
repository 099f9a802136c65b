#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The headers for guests compile alone wherever a guest's code is written: kernels without a
# C library, RTOSes, user programs, assembler; and so does the example of a kernel module.
set -u
. "${srcdir:?}/tests/tap.sh"

LC_ALL=C
export LC_ALL

guest=$srcdir/include/axvm/guest
headers="hypercall ivc"
warnings="-Wall -Wextra -Wconversion -Wcast-qual -Wshadow -Wundef -Wpadded -Werror"
kernel="-ffreestanding -nostdinc -D__KERNEL__ -I $srcdir/tests/build/kernel"

(cd "$guest" && ls -- *.h) | sed 's/\.h$//' > "$tmp/found"
printf '%s\n' hypercall ivc > "$tmp/wanted"
same "these are the headers for guests" "$tmp/found" "$tmp/wanted"
for name in $headers; do
	printf '#include <axvm/guest/%s.h>\n#include <axvm/guest/%s.h>\nint %s_used;\n' "$name" "$name" "$name" > "$tmp/$name.c"
	cp "$tmp/$name.c" "$tmp/$name.cc"
done
printf '#include <axvm/guest/hypercall.h>\n#include <axvm/guest/ivc.h>\n' > "$tmp/both.c"

# Assembler: each number that it sees is one.
$CC -E -dM -x assembler-with-cpp -I "$srcdir/include" "$tmp/both.c" |
	sed -n 's/^#define \(AXVM_[A-Z0-9_]*\) [^ ].*/\1/p' | sort > "$tmp/numbers"
{
	cat "$tmp/both.c"
	echo '	.data'
	sed 's/.*/	.quad &/' "$tmp/numbers"
} > "$tmp/numbers.S"
sed -n '/__ASSEMBLY__/q; s/^#define \(AXVM_[A-Z0-9_]*\) .*/\1/p' "$guest/hypercall.h" "$guest/ivc.h" |
	sort > "$tmp/first"
sed -n '/__ASSEMBLY__/q; s/^#define \(AXVM_[A-Z0-9_]*\) .*/\1/p' "$guest/ivc.h" |
	sort - "$tmp/first" | sort -u > "$tmp/wanted"
same "assembler sees every number" "$tmp/numbers" "$tmp/wanted"
run "and these are some dozens" test "$(wc -l < "$tmp/numbers")" -ge 30

# ------------------------------------------------------------- every compiler and language

# each LANGUAGES SUFFIX COMMAND...: each header alone, in each of the languages.
each() {
	languages=$1 suffix=$2
	shift 2
	for language in $languages; do
		pedantic=-Wpedantic
		case $language in gnu*) pedantic= ;; esac
		for name in $headers; do
			# shellcheck disable=SC2086
			"$@" -std=$language $warnings $pedantic -I "$srcdir/include" -fsyntax-only \
				"$tmp/$name.$suffix" || return
		done
	done
}

# for_machine NAME C CXX FLAG: four points.
for_machine() {
	machine=$1 c=$2 cxx=$3 flag=$4
	if ! command -v "$c" > /dev/null; then
		skip "$c for $machine" "no $c"
		return
	fi
	# shellcheck disable=SC2086
	run "$c for $machine: gnu89, gnu11, c99, c17 in a kernel" \
		each "gnu89 gnu11 c99 c17" c "$c" $flag $kernel -Wdeclaration-after-statement
	# shellcheck disable=SC2086
	run "$c for $machine: gnu89, gnu11, c99, c17 elsewhere" \
		each "gnu89 gnu11 c99 c17" c "$c" $flag -ffreestanding
	# shellcheck disable=SC2086
	run "$c for $machine: assembler" "$c" $flag -Wundef -Werror -I "$srcdir/include" \
		-c "$tmp/numbers.S" -o "$tmp/numbers.o"
	if command -v "$cxx" > /dev/null; then
		# shellcheck disable=SC2086
		run "$cxx for $machine: C++11, 14, 17, 20" \
			each "c++11 c++14 c++17 c++20" cc "$cxx" $flag -ffreestanding
	else
		skip "$cxx for $machine: C++11, 14, 17, 20" "no $cxx"
	fi
}

for triplet in x86_64-linux-gnu i686-linux-gnu aarch64-linux-gnu riscv64-linux-gnu s390x-linux-gnu; do
	for_machine "${triplet%%-*}" "$triplet-gcc" "$triplet-g++" ""
	for_machine "${triplet%%-*}" clang clang++ "--target=$triplet"
done

# ------------------------------------------------------------------ what they are

# shellcheck disable=SC2086
includes() { $CC $2 -I "$srcdir/include" -H -fsyntax-only "$tmp/$1.c" 2>&1 | grep '^\.\.* '; }
includes hypercall "$kernel" | sed 's/.*axvm\///' | sort -u > "$tmp/includes"
echo guest/hypercall.h > "$tmp/wanted"
same "guest/hypercall.h includes nothing" "$tmp/includes" "$tmp/wanted"
includes ivc "$kernel" | sed 's/.*axvm\///; s/.*kernel\///' | sort -u > "$tmp/includes"
printf 'guest/ivc.h\nlinux/types.h\n' > "$tmp/wanted"
same "guest/ivc.h includes linux/types.h in a kernel" "$tmp/includes" "$tmp/wanted"
includes ivc "" | sed -n 's/^\. .*axvm\///p; s/^\.\. .*\///p' | sort -u > "$tmp/includes"
printf 'guest/ivc.h\nstdint.h\n' > "$tmp/wanted"
same "and stdint.h elsewhere" "$tmp/includes" "$tmp/wanted"

asks_for_nothing() {
	{ cat "$tmp/both.c"; echo 'axvm_ivc_v2_region region;'; } > "$tmp/object.c"
	# shellcheck disable=SC2086
	$CC $CPPFLAGS -I "$srcdir/include" -O0 -c "$tmp/object.c" -o "$tmp/object.o" &&
		$NM "$tmp/object.o" | grep -q region && ! $NM -u "$tmp/object.o" | grep axvm
}
run "they need no symbol of the library" asks_for_nothing

# A wrong type, and a member too many: each would be another layout.
wrong_layout() { # TYPES SED
	mkdir -p "$tmp/wrong/linux" "$tmp/wrong/axvm/guest"
	echo "$1" > "$tmp/wrong/linux/types.h"
	sed "$2" "$guest/ivc.h" > "$tmp/wrong/axvm/guest/ivc.h"
	$CC -ffreestanding -nostdinc -D__KERNEL__ -I "$tmp/wrong" -fsyntax-only "$tmp/ivc.c"
}
right="typedef unsigned int __u32; typedef unsigned long long __u64;"
not() { ! "$@"; }
run "the right types compile" wrong_layout "$right" ""
run "a __u64 of 32 bits does not" not wrong_layout "typedef unsigned int __u32, __u64;" ""
run "nor a __u32 of 64 bits" not wrong_layout "typedef unsigned long long __u32, __u64;" ""
run "nor a member too many" not wrong_layout "$right" 's/axvm_guest_u32 reserved\[4\]/&[2]/'
run "nor members in another order" not wrong_layout "$right" 's/u32 head;/u32 x;/; s/u32 tail;/u32 head;/; s/u32 x;/u32 tail;/'
run "nor less alignment" not wrong_layout "$right" 's/ALIGNED(64)/ALIGNED(32)/'

# ------------------------------------------------------------------ licence, manual

dual() {
	for file in "$guest/hypercall.h" "$guest/ivc.h" "$srcdir/examples/ivc-publish.c"; do
		sed 1q "$file" | grep -qFx '/* SPDX-License-Identifier: Apache-2.0 OR MIT */' || return
	done
}
run "what a kernel module includes is Apache-2.0 or MIT" dual
run "the text of MIT is here" grep -q '^Permission is hereby granted, free of charge' \
	"$srcdir/LICENSES/MIT.txt"

page=$builddir/doc/man3/axvm_guest_hypercall.3
sed 's/\\f[BIR]//g; s/\\-/-/g' "$page" | tr '\n' ' ' > "$tmp/page"
for text in "Warning 1: 0 is the only success" "Warning 2: an unknown code writes no register" \
	"Warning 3: slots are guest physical addresses" "hvc #0" "ecall from VS mode" vmcall vmmcall \
	"hvcl 0" "Left out on purpose"; do
	run "the manual page says: $text" grep -qF "$text" "$tmp/page"
done

# ------------------------------------------------------------------ the kernel module

module() { # COMPILER CONFIG
	for language in gnu89 gnu11; do
		# shellcheck disable=SC2086
		$1 $kernel -std=$language -D"$2" -I "$srcdir/include" -Wall -Wextra -Wundef \
			-Wdeclaration-after-statement -Wstrict-prototypes -Wmissing-prototypes -Werror \
			-O2 -c "$srcdir/examples/ivc-publish.c" -o "$tmp/module.o" || return
	done
	# Of the symbols of a kernel, those that the module should need.
	"${1%gcc}nm" -u "$tmp/module.o" | sed 's/.* //' | sort > "$tmp/needs"
	test -s "$tmp/needs" || return
	! grep -vx 'fake_printk\|kfree\|kzalloc\|memremap\|memset\|memunmap\|virt_to_phys\|boot_cpu_has' "$tmp/needs"
}
while read -r compiler config; do
	if command -v "$compiler" > /dev/null; then
		run "the kernel module, by $compiler" module "$compiler" "$config"
	else
		skip "the kernel module, by $compiler" "no $compiler"
	fi
done << 'END'
x86_64-linux-gnu-gcc CONFIG_X86_64
aarch64-linux-gnu-gcc CONFIG_ARM64
riscv64-linux-gnu-gcc CONFIG_RISCV
END
run "and for no other architecture" not module "$CC" CONFIG_OTHER

case $host in
x86_64-*) config=CONFIG_X86_64 ;;
aarch64-*) config=CONFIG_ARM64 ;;
riscv64-*) config=CONFIG_RISCV ;;
loongarch64-*) config=CONFIG_LOONGARCH ;;
*) config= ;;
esac
if [ -z "$config" ]; then
	skip "what the module writes passes the check" "Axvisor does not run on this host"
else
	writes() {
		# shellcheck disable=SC2086
		$CC $CPPFLAGS $CFLAGS -D__KERNEL__ -D$config -I "$srcdir/tests/build/kernel" \
			-I "$srcdir/include" "$srcdir/tests/build/kernel/publish.c" $LDFLAGS \
			-L "$builddir/.libs" -laxvm-types -o "$tmp/publish" &&
			LD_LIBRARY_PATH=$builddir/.libs $TEST_EMULATOR "$tmp/publish"
	}
	run "what the module writes passes the check" writes
fi

# ------------------------------------------------------------------ the user program

# word OFFSET VALUE: four bytes of the region, little-endian, by printf of POSIX.
word() {
	# shellcheck disable=SC2059
	printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $(($2 & 255)) $(($2 >> 8 & 255)) \
		$(($2 >> 16 & 255)) $(($2 >> 24 & 255)))" |
		dd of="$tmp/region" bs=1 seek="$1" conv=notrunc 2> /dev/null
}
dd if=/dev/zero of="$tmp/region" bs=2240 count=1 2> /dev/null
while read -r offset value; do word "$offset" "$value"; done << 'END'
0 3
8 7
16 1230390066
20 2
24 32
28 2240
32 1
36 64
40 1152
44 1088
64 1
68 16
72 48
76 4294967295
80 4
1152 2
1156 16
1160 48
END
program() { # STATUS FILE
	exited=0
	LD_LIBRARY_PATH=$builddir/.libs $TEST_EMULATOR "$builddir/examples/ivc-region" "$2" \
		> "$tmp/output" 2>&1 || exited=$?
	cat "$tmp/output"
	test "$exited" -eq "$1"
}
run "ivc-region reads a region" program 0 "$tmp/region"
cat > "$tmp/wanted" << 'END'
channel of VM 3, key 7
layout: v2
to the subscriber: 4 written, 4294967295 read, 5 waiting
to the publisher: 0 written, 0 read, 0 waiting
END
same "and prints it" "$tmp/output" "$tmp/wanted"
word 20 3
run "it says what is not version 2" program 1 "$tmp/region"
cat > "$tmp/wanted" << 'END'
channel of VM 3, key 7
layout: v3-cells
not version 2: the first difference is in version
END
same "and what it is" "$tmp/output" "$tmp/wanted"
dd if=/dev/zero of="$tmp/short" bs=63 count=1 2> /dev/null
run "it refuses a file that is too short" program 1 "$tmp/short"
run "and one that is not there" program 1 "$tmp/none"
done_testing
