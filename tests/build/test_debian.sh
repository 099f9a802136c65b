#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What debian/ says of the release, of copyrights and of its own packages.
set -u
. "${srcdir:?}/tests/tap.sh"

if [ ! -f "$srcdir/debian/control" ]; then
	echo "1..0 # SKIP a release has no debian/"
	exit 0
fi
version=$(sed -n 's/^Version: //p' "$builddir/axvm-types.pc")

run "the Debian package is of this version" \
	sh -c "head -n 1 '$srcdir/debian/changelog' | grep -F '($version-'"
# What is not released is not released anywhere.
released_by() { # FILE MARK: whether its first line is without the mark of what is to come
	head -n 1 "$srcdir/$1" | grep -q "$2" && echo no || echo yes
}
released_by NEWS "(not released yet)" > "$tmp/news"
released_by debian/changelog " UNRELEASED;" > "$tmp/changelog"
same "NEWS and debian/changelog agree on whether it is released" "$tmp/changelog" "$tmp/news"

# Who the names, numbers and texts come from: the last paragraph that a file matches counts.
copyright_of() { # FILE
	awk -v file="$1" '
		/^[A-Z][A-Za-z-]*:/ { field = $1 }
		/^Files:/ { matched = 0; sub(/^Files:/, "") }
		field == "Files:" {
			for (i = 1; i <= NF; i++) {
				pattern = $i
				gsub(/[.+]/, "\\\\&", pattern)
				gsub(/\*/, ".*", pattern)
				if (file ~ "^" pattern "$") { matched = 1; holders = "" }
			}
		}
		field == "Copyright:" && matched { sub(/^Copyright:/, ""); holders = holders $0 "\n" }
		END { printf "%s", holders }' "$srcdir/debian/copyright"
}
models_are_credited() {
	grep -l '^ \* Model: ' "$srcdir"/include/axvm/*.h | sed "s|^$srcdir/||" > "$tmp/of_the_model"
	test "$(wc -l < "$tmp/of_the_model")" -ge 8 || return 1
	while read -r file; do
		copyright_of "$file" | grep -q "2025 The Axvisor Team" || { echo "$file"; return 1; }
	done < "$tmp/of_the_model"
	copyright_of src/error.c | grep -q "Yuekai Jia" && copyright_of src/vcpu_set.c | grep -q keyang.hu &&
		copyright_of include/axvm/gpa.h | grep -q aarkegz && ! copyright_of bootstrap | grep -q Axvisor
}
run "debian/copyright credits each header of the model" models_are_credited
paths_exist() {
	sed -n '/^Files:/,/^Copyright:/s/^ \([^ ]*\)$/\1/p' "$srcdir/debian/copyright" > "$tmp/patterns"
	test "$(wc -l < "$tmp/patterns")" -ge 20 || return 1
	while read -r pattern; do
		# shellcheck disable=SC2086
		(cd "$srcdir" && ls $pattern) > /dev/null || return 1
	done < "$tmp/patterns"
}
run "and names files that are there" paths_exist
# Made when a release is, and covered as well.
generated_is_covered() {
	for file in "$srcdir"/build-aux/* "$srcdir"/configure "$srcdir"/aclocal.m4 "$srcdir"/Makefile.in; do
		copyright_of "${file#"$srcdir"/}" | grep -q "Free Software Foundation\|X Consortium" ||
			{ echo "$file"; return 1; }
	done
}
run "and what Autoconf and Automake have made" generated_is_covered

packages() { sed -n 's/^Package: //p' "$srcdir/debian/control"; }
# Nobody installs the library alone: others bring it.
packages_are_tested() {
	test "$(packages | wc -l)" -ge 5 || return
	packages | grep -vx libaxvm-types0 > "$tmp/packages"
	while read -r package; do
		grep -q "^ $package,\$" "$srcdir/debian/tests/control" || { echo "$package"; return 1; }
	done < "$tmp/packages"
}
run "each package has an autopkgtest" packages_are_tested
tests_are_there() {
	sed -n 's/^Tests: //p' "$srcdir/debian/tests/control" > "$tmp/tests"
	while read -r name; do
		test -x "$srcdir/debian/tests/$name" || { echo "$name"; return 1; }
	done < "$tmp/tests"
}
run "which is there" tests_are_there
run "each package says what Axvisor is" \
	test "$(grep -c '^ Axvisor is a hypervisor' "$srcdir/debian/control")" -eq "$(packages | wc -l)"
done_testing
