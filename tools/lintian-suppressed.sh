#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The lintian tags that say nothing on a release of Debian, separated by commas. One source is for
# all releases, and it is written for sid: the older ones ask for what is a default now, and do not
# know the policy and the watch file of today.
#
# usage: lintian-suppressed.sh RELEASE
set -eu

# Of aclocal.m4, configure and Makefile.in, which Autoconf and Automake have made.
generated=very-long-line-length-in-source-file
# Doxygen writes an index of names by kind: the same one twice where they are of one kind.
doxygen=duplicate-files
older=newer-standards-version,missing-debian-watch-file-standard,recommended-field
case $1 in
bookworm) echo "$generated,$doxygen,$older,silent-on-rules-requiring-root" ;;
trixie) echo "$generated,$doxygen,$older" ;;
# Debian 12 has no later level of debhelper, and ./bootstrap has to work there. There is no release
# yet, and no key that would sign it.
*) echo "$generated,package-uses-old-debhelper-compat-version,debian-watch-does-not-check-openpgp-signature" ;;
esac
