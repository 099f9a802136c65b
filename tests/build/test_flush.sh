#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The flush of each backend that this machine can build: the instructions in its
# object, and what they do on a machine of its kind, which QEMU is. The images of
# tests/baremetal print the points of that.
set -u
. "${srcdir:?}/tests/tap.sh"
: "${AM_CFLAGS=}"

# find_tools CPU: the compiler for it and its objdump, or false and the reason.
find_tools() {
	case $host in
	"$1"-*) cc=$CC objdump=$OBJDUMP ;;
	*) cc=$1-linux-gnu-gcc objdump=$1-linux-gnu-objdump ;;
	esac
	reason="no $cc"
	command -v "${cc%% *}" > /dev/null && command -v "${objdump%% *}" > /dev/null
}

# build_object SOURCE OBJECT FLAG...: the library's own object where this build has
# one that links without a libc, else made of the same source by the same flags.
build_object() {
	source=$1 object=$2
	shift 2
	built=$builddir/src/.libs/$source.o
	case " $CFLAGS " in *-flto* | *-fsanitize=* | *--coverage*) built= ;; esac
	if [ $# -eq 0 ] && [ "$cc" = "$CC" ] && [ -f "$built" ]; then
		cp "$built" "$object"
		return
	fi
	# shellcheck disable=SC2086
	$cc "$@" -O2 -fPIC -ffreestanding $AM_CFLAGS -I "$builddir/include" -I "$srcdir/include" \
		-iquote "$srcdir/src" -c "$srcdir/src/$source.c" -o "$object"
}

# build_image MACHINE OBJECT IMAGE FLAG...
build_image() {
	machine=$1 object=$2 image=$3
	shift 3
	# shellcheck disable=SC2086
	$cc "$@" -O1 -g -ffreestanding -fno-pie -fno-stack-protector $AM_CFLAGS \
		-I "$builddir/include" -I "$srcdir/include" \
		-static -nostdlib -Wl,--build-id=none -T "$srcdir/tests/build/baremetal/$machine.ld" \
		"$srcdir/tests/build/baremetal/$machine.S" "$srcdir/tests/build/baremetal/$machine.c" \
		"$object" -o "$image"
}

# words OBJECT: its instructions as hexadecimal words, one a line.
words() {
	$objdump -d "$1" | awk -F '\t' '$1 ~ /^ *[0-9a-f]+:$/ { gsub(/ /, "", $2); print $2 }'
}

# encodes WHAT: the words in $tmp/words are those on the standard input, in any order.
encodes() {
	sort > "$tmp/wanted"
	sort -o "$tmp/words" "$tmp/words"
	same "$1" "$tmp/words" "$tmp/wanted"
}

# boot WHAT QEMU...: its points, and one for coming to the end of its plan.
boot() {
	what=$1
	shift
	if ! command -v "$1" > /dev/null; then
		skip "$what: boots" "no $1"
		return
	fi
	status=0 seen=0
	timeout 60 "$@" -display none -serial stdio -monitor none -nic none -m 64M -no-reboot \
		< /dev/null > "$tmp/console" 2>&1 || status=$?
	while IFS= read -r line; do
		case $line in
		"ok "*) seen=$((seen + 1)) && point 0 "$what: ${line#* - }" ;;
		"not ok "*) seen=$((seen + 1)) && point 1 "$what: ${line#* - }" ;;
		1..*) ;;
		*) echo "# ${line#\# }" ;;
		esac
	done < "$tmp/console"
	run "$what: the machine came to the end" \
		sh -c "test $status -eq 0 -a $seen -gt 0 && grep -qx '1\.\.$seen' '$tmp/console'"
}

# ------------------------------------------------------------------- RISC-V

# riscv BITS FLAG...
riscv() {
	bits=$1
	shift
	if ! $cc "$@" -c -x c /dev/null -o "$tmp/empty.o" 2> /dev/null; then
		skip "rv$bits" "$cc makes no code for it"
		return
	fi
	object=$tmp/rv$bits.o
	run "rv$bits: the backend builds" build_object tlb_riscv_hfence "$object" "$@"
	words "$object" | sed -n 's/^620[1-9a-f][08]073$/620RS073/; s/^62008073$/620RS073/; /^.....073$/p' \
		> "$tmp/words"
	encodes "rv$bits: hfence.vvma of all, hfence.gvma of all and of an address, no more" <<- END
		22000073
		62000073
		620RS073
	END
	for h in 1 0; do
		name="rv$bits without H" option=false
		if [ $h -eq 1 ]; then name="rv$bits" option=true; fi
		run "$name: the image builds" build_image riscv "$object" "$tmp/image" "$@" \
			-mcmodel=medany -DWITH_H=$h
		boot "$name" "qemu-system-riscv$bits" -machine virt -cpu "rv$bits,h=$option" \
			-bios none -kernel "$tmp/image"
	done
}

if find_tools riscv64; then
	riscv 64
	riscv 32 -march=rv32ima_zicsr -mabi=ilp32
else
	skip "backend riscv-hfence" "$reason"
fi

# ------------------------------------------------------------------ AArch64

# Barriers do nothing that could be seen under QEMU: only their words tell of them.
aarch64() {
	object=$tmp/aarch64.o
	run "aarch64: the backend builds" build_object tlb_aarch64_tlbi "$object"
	# One line for each that ends in an isb.
	words "$object" | sed -n 's/^\(d50c80\)[23].$/\1Rt/; /^d5032/d; /^d50/p' |
		awk '{ line = line $0 } $0 == "d5033fdf" { print line; line = "" } END { print line }' |
		sed '/^$/d' > "$tmp/words"
	ishst=d5033a9f ish=d5033b9f isb=d5033fdf vmalls12e1is=d50c83df ipas2e1is=d50c80Rt vmalle1is=d508831f
	encodes "aarch64: tlbi of all and of an address, with their barriers, no more" <<- END
		$ishst$vmalls12e1is$ish$isb
		$ishst$ipas2e1is$ish$vmalle1is$ish$isb
	END
	run "aarch64: the image builds" build_image aarch64 "$object" "$tmp/image" \
		-mgeneral-regs-only -mstrict-align
	boot aarch64 qemu-system-aarch64 -machine virt,virtualization=on -cpu cortex-a57 \
		-kernel "$tmp/image"
}

if find_tools aarch64; then
	aarch64
else
	skip "backend aarch64-tlbi" "$reason"
fi

# ---------------------------------------------------------------- LoongArch

# QEMU has no virtualization extension of it: the words are all that can be tried.
loongarch() {
	object=$tmp/loongarch.o
	run "loongarch64: the backend builds" build_object tlb_loongarch_invtlb "$object"
	gid=-1
	for word in $(words "$object"); do
		value=$((0x$word))
		rd=$((value & 31)) rj=$((value >> 5 & 31)) rk=$((value >> 10 & 31))
		if [ "$rj" -eq "$gid" ]; then rj=GID; fi
		if [ "$rk" -gt 0 ]; then rk=ADDR; fi
		case $word in
		04*) echo "csrrd $((value >> 10 & 0x3fff)), from $rj" && gid=$rd ;;
		0649[89abcdef]*) echo "invtlb $rd, $rj, $rk" ;;
		064*) echo "$word" ;;
		esac
	done > "$tmp/words"
	encodes "loongarch64: invtlb of all, and of the current guest's address, no more" <<- END
		csrrd 80, from 0
		invtlb 18, 0, 0
		invtlb 22, GID, ADDR
	END
}

if find_tools loongarch64; then
	loongarch
else
	skip "backend loongarch-invtlb" "$reason"
fi
done_testing
