#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make check-packaging: builds the RPMs by rpmbuild, and goes through the steps of the
# APKBUILD with musl-gcc. Each runs the tests, and leaves no file without a package.
#
# usage: check-packaging.sh SRCDIR TARBALL, in an empty folder
#
# shellcheck disable=SC2317  # The steps are called by their names.
set -eu

srcdir=$(cd "$1" && pwd)
tarball=$(realpath "$2")
work=$(pwd)

# Debian's rpmbuild knows no RPM packages, and so no build dependencies.
rpm_packages() {
	mkdir -p rpm
	rpmbuild -bb --nodeps --define "_topdir $work/rpm" --define "_sourcedir ${tarball%/*}" \
		"$srcdir/packaging/axvm-types.spec" > rpm.log 2>&1 || { tail -n 40 rpm.log; return 1; }
	grep -q '^# FAIL:  0$' rpm.log || return 1
	for rpm in rpm/RPMS/*/*.rpm; do
		echo "${rpm##*/}: $(rpm -qlp "$rpm" 2> /dev/null | wc -l) files"
	done
}

# What abuild does about the steps, as far as this package needs it.
apk_packages() (
	mkdir -p apk/tree apk/pkg apk/sub
	tar -C apk/tree --strip-components=1 -xf "$tarball"
	# C++ programs of this machine are not for another libc.
	CC=musl-gcc CXX=no CBUILD=$("$work/apk/tree/build-aux/config.guess")
	CHOST=$CBUILD
	export CC CXX CBUILD CHOST
	pkgdir=$work/apk/pkg
	amove() {
		for path; do
			# shellcheck disable=SC2086
			(cd "$pkgdir" && find $path -prune) | while read -r found; do
				mkdir -p "$subpkgdir/${found%/*}" && mv "$pkgdir/$found" "$subpkgdir/$found"
			done
		done
	}
	# shellcheck disable=SC1091
	. "$srcdir/packaging/APKBUILD"
	cd apk/tree
	for step in build check package; do
		$step > "$work/apk-$step.log" 2>&1 || { tail -n 40 "$work/apk-$step.log"; return 1; }
	done
	grep -q '^# FAIL:  0$' "$work/apk-check.log" || return 1
	# The standard ones, which abuild brings along, and those of the file.
	subpkgdir=$work/apk/sub/static amove 'usr/lib/*.a'
	subpkgdir=$work/apk/sub/doc amove usr/share/man
	subpkgdir=$work/apk/sub/bash-completion amove usr/share/bash-completion
	subpkgdir=$work/apk/sub/fish-completion amove usr/share/fish/vendor_completions.d
	subpkgdir=$work/apk/sub/zsh-completion amove usr/share/zsh/site-functions
	subpkgdir=$work/apk/sub/dev amove usr/include usr/lib/pkgconfig 'usr/lib/*.so'
	subpkgdir=$work/apk/sub/py3 py3
	subpkgdir=$work/apk/sub/tools tools
	left=$(cd "$pkgdir" && find . ! -type d | sort | tr '\n' ' ')
	[ "$left" = "./usr/lib/libaxvm-types.so.0 ./usr/lib/libaxvm-types.so.0.0.0 " ] || {
		echo "left in the package of the library: $left"
		return 1
	}
	for sub in "$work"/apk/sub/*; do
		echo "${sub##*/}: $(find "$sub" ! -type d | wc -l) files"
	done
)

failed=0
try() { # COMMAND STEP
	if ! command -v "$1" > /dev/null; then
		echo "check-packaging: $2: skipped, no $1"
	elif "$2"; then
		echo "check-packaging: $2: pass"
	else
		echo "check-packaging: $2: FAIL"
		failed=1
	fi
}
sh -n "$srcdir/packaging/APKBUILD"
try rpmbuild rpm_packages
try musl-gcc apk_packages
exit $failed
