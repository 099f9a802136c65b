# SPDX-License-Identifier: Apache-2.0
# What make check prints last: the reasons for which tests were skipped, with the Debian package
# that has what is missing. Reads the logs of TAP tests.

BEGIN {
	package["bash"] = "bash"
	package["clang"] = package["clang++"] = "clang"
	package["dtc"] = "device-tree-compiler"
	package["fish"] = "fish"
	package["g++"] = "g++"
	package["gcc"] = "gcc"
	package["groff"] = "groff"
	package["man"] = "man-db"
	package["musl-gcc"] = "musl-tools"
	package["mypy"] = "mypy"
	package["pkg-config"] = "pkgconf"
	package["qemu-system-aarch64"] = package["qemu-system-arm"] = "qemu-system-arm"
	package["qemu-system-loongarch64"] = package["qemu-system-riscv32"] = "qemu-system-misc"
	package["qemu-system-riscv64"] = "qemu-system-misc"
	package["qemu-system-x86_64"] = "qemu-system-x86"
}

# "no COMMAND", or a module that "this Python has no" of.
function package_for(reason,   name) {
	if (reason ~ /^no Python 3/)
		return "python3"
	if (reason ~ /^this Python has no /) {
		name = reason
		sub(/^this Python has no (module )?/, "", name)
		return "python3-" name
	}
	if (reason !~ /^no [^ ]+$/)
		return ""
	name = substr(reason, 4)
	if (name in package)
		return package[name]
	if (name ~ /-linux-gnu[a-z]*-gcc$/ || name ~ /-linux-gnu[a-z]*-g\+\+$/) {
		match(name, /-[^-]*$/)
		reason = substr(name, RSTART + 1)
		name = substr(name, 1, RSTART - 1)
		# A package's name has no underscore.
		gsub(/_/, "-", name)
		return reason "-" name
	}
	return ""
}

/^ok .* # SKIP / || /^1\.\.0 # SKIP / {
	reason = $0
	sub(/^.* # SKIP /, "", reason)
	if (!count[reason]++)
		order[++n] = reason
}

END {
	if (n)
		print "Skipped, and why:"
	for (i = 1; i <= n; i++) {
		reason = order[i]
		found = package_for(reason)
		print "  " count[reason] ": " reason (found ? ": install " found : "")
		if (found && !(found in listed)) {
			listed[found] = 1
			install = install " " found
		}
	}
	if (install)
		print "On Debian: apt-get install" install
}
