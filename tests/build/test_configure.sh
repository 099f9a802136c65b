#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Which TLB backend configure chooses for which machine, and what it says of it. And the paths
# that it refuses.
set -u
. "${srcdir:?}/tests/tap.sh"

# Sources of their own, as configured ones do not build elsewhere. What this build has found out
# about the compiler is not asked again: the triples are names here.
mkdir -p "$tmp/source/include/axvm"
cp -R "$srcdir/configure" "$srcdir/build-aux" "$tmp/source"
cp "$srcdir/include/axvm/types.h" "$tmp/source/include/axvm"
sed -n '/^ac_cv_\(env_\|host=\|build=\)/d; /^\(ac\|am\|lt\)_cv_/p' "$builddir/config.log" > "$tmp/site"

riscv_elf='--build=x86_64-pc-linux-gnu --host=riscv64-unknown-elf'
riscv_linux='--build=x86_64-pc-linux-gnu --host=riscv64-linux-gnu'
riscv_native='--build=riscv64-unknown-linux-gnu --host=riscv64-linux-gnu'

# chooses BACKEND WARNINGS WHAT OPTION...: one point.
chooses() {
	backend=$1 warnings=$2 what=$3
	shift 3
	run "$what" chosen "$@"
}
chosen() {
	rm -rf "$tmp/build" && mkdir "$tmp/build" && cd "$tmp/build" || return
	if ! CONFIG_SITE=$tmp/site ../source/configure --no-create --with-python=no "$@" > log 2>&1; then
		tail -n 5 log
		return 1
	fi
	grep 'TLB backend' log
	grep -q "^	TLB backend:  $backend," log && test "$(grep -c 'WARNING: TLB backend' log)" -eq "$warnings"
}
# shellcheck disable=SC2086
{
	chooses riscv-hfence 0 "a cross build for a bare machine has its processor's backend" $riscv_elf
	chooses riscv-hfence 1 "so has one for Linux, with a warning" $riscv_linux
	chooses none 0 "a native build is for programs, and has none" $riscv_native
	chooses riscv-hfence 0 "unless it is asked for, without a warning" $riscv_native --with-tlb-backend=riscv-hfence
}
refused() { ! chosen "$@" && grep -q 'aarch64-tlbi is not for riscv64' log; }
# shellcheck disable=SC2086
run "another processor's backend is refused" refused $riscv_elf --with-tlb-backend=aarch64-tlbi

refuses_path() { # NAME: of the folder that it builds in
	mkdir "$tmp/$1" && cd "$tmp/$1" && ! ../source/configure > log 2>&1 &&
		grep -qF "cannot take: $tmp/$1" log
}
for name in 'a:b' 'a;b' 'a(b' 'a,b' 'a[b' 'a]b'; do
	run "a path with $name is refused" refuses_path "$name"
done
done_testing
