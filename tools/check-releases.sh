#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# make check-releases: the README's commands and the package on each release of Debian, each
# from a base system of its own that is made, used and removed here. Ends with a table.
#
# usage: check-releases.sh CLONE SOURCE RELEASE... [-- STEP...]
#
# CLONE is a clone of what is checked, SOURCE the folder that "make deb-source" has filled.
# Needs root, for chroots, and Debian's archive (MIRROR); without them it says so and exits
# with 77. The base systems are kept in $BASES, if that is set. Nothing stays mounted: each
# command has mounts of its own, which end with it.
#
# shellcheck disable=SC2317  # The steps are called by their names.
set -u

all_steps="commands build lintian autopkgtest piuparts reproducible"
clone=$(realpath "$1") && source=$(realpath "$2") || exit 1
shift 2
releases=
while [ $# -gt 0 ] && [ "$1" != -- ]; do
	releases="$releases $1"
	shift
done
if [ $# -gt 0 ]; then shift; fi
steps=${*:-$all_steps}
mirror=${MIRROR:-http://deb.debian.org/debian}

skip_all() {
	echo "check-releases: skipped: $*"
	exit 77
}
[ "$(id -u)" -eq 0 ] || skip_all "not root"
unshare -m -p --fork true 2> /dev/null || skip_all "no mounts of its own to be had here"
command -v mmdebstrap > /dev/null || skip_all "no mmdebstrap"

work=$(mktemp -d) || exit 1
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 1' INT TERM
# A build in the caller's folder meanwhile does not change what is checked.
cp -R "$clone" "$work/clone" && cp -R "$source" "$work/source" || exit 1
clone=$work/clone
source=$work/source
bases=${BASES:-$work}
mkdir -p "$bases"
/usr/lib/apt/apt-helper download-file "$mirror/dists/stable/InRelease" "$work/InRelease" \
	> "$work/log" 2>&1 || skip_all "no archive at $mirror"

# A mirror that has not been renewed for long is as good for this.
base() { # RELEASE
	[ -s "$bases/$1.tar.gz" ] ||
		{ mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' \
			"$1" "$work/$1.tar.gz" "$mirror" &&
			{ [ "$bases" = "$work" ] || mv "$work/$1.tar.gz" "$bases"; }; }
}

fresh() { # RELEASE ROOT: a new base system, and a user who is not root
	rm -rf --one-file-system "${work:?}/$2"
	mkdir "$work/$2" && tar -C "$work/$2" --exclude='./dev/*' -xzf "$bases/$1.tar.gz" || return 1
	cp -L /etc/resolv.conf "$work/$2/etc/resolv.conf"
	# What is thrown away needs no sync.
	echo force-unsafe-io > "$work/$2/etc/dpkg/dpkg.cfg.d/unsafe-io"
	inside "$2" sh -c 'useradd -m builder && apt-get update -qq'
}

# In a mount namespace of its own: what it does to its /dev, it does not do to that of the machine.
# shellcheck disable=SC2016
mount_all='mount -t proc proc "$1/proc" && mount -t tmpfs -o mode=755 dev "$1/dev" &&
	mkdir -m 755 "$1/dev/pts" "$1/dev/shm" && mount -t tmpfs -o mode=1777 shm "$1/dev/shm" &&
	mount -t devpts -o newinstance,mode=620,ptmxmode=666 devpts "$1/dev/pts" &&
	ln -s pts/ptmx "$1/dev/ptmx" && ln -s /proc/self/fd "$1/dev/fd" &&
	ln -s fd/0 "$1/dev/stdin" && ln -s fd/1 "$1/dev/stdout" && ln -s fd/2 "$1/dev/stderr" &&
	mknod -m 666 "$1/dev/null" c 1 3 && mknod -m 666 "$1/dev/zero" c 1 5 &&
	mknod -m 666 "$1/dev/full" c 1 7 && mknod -m 666 "$1/dev/random" c 1 8 &&
	mknod -m 666 "$1/dev/urandom" c 1 9 && mknod -m 666 "$1/dev/tty" c 5 0 || exit 1
'

inside() { # ROOT COMMAND...
	local root=$work/$1
	shift
	# shellcheck disable=SC2016
	unshare -m -p -u --fork --kill-child sh -c "$mount_all"'root=$1; shift
		exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
			${http_proxy:+http_proxy="$http_proxy"} DEBIAN_FRONTEND=noninteractive "$@"' \
		sh "$root" "$@"
}

install() { # ROOT PACKAGE...
	local root=$1
	shift
	inside "$root" apt-get install -y -qq --no-install-recommends "$@"
}

# Each step reports in $note what it has counted.

points() {
	awk '/^# PASS: / { passed += $3 } /^# SKIP: / { skipped += $3 }
		END { print passed " passed, " skipped " skipped" }' "$log"
}

# The compiler of each release is another one: none has a warning.
step_commands() {
	fresh "$1" commands && cp -R "$clone" "$work/commands/clone" || return 1
	inside commands sh -c 'cd /clone &&
		./bootstrap --enable-werror && make demo && ./bootstrap && make check' ||
		return 1
	note=$(points)
	rm -rf --one-file-system "$work/commands"
}

# Without Rules-Requires-Root, whose default is today's, its dpkg builds as root or makes believe.
oldest_needs() { # RELEASE
	if [ "$1" = bookworm ]; then echo fakeroot; fi
}

step_build() {
	fresh "$1" build && cp -R "$source" "$work/build/home/builder/build" || return 1
	tree=$(cd "$source" && echo */debian/control)
	tree=/home/builder/build/${tree%%/*}
	inside build chown -R builder: /home/builder/build &&
		inside build apt-get build-dep -y -qq --no-install-recommends "$tree" &&
		install build build-essential $(oldest_needs "$1") &&
		inside build runuser -u builder -- env -C "$tree" HOME=/nonexistent \
			dpkg-buildpackage -us -uc || return 1
	note=$(points)
}

step_lintian() {
	install build lintian || return 1
	local suppressed
	suppressed=$(sh "$clone/tools/lintian-suppressed.sh" "$1")
	# shellcheck disable=SC2016
	inside build runuser -u builder -- sh -c 'cd /home/builder/build && lintian -q -I -E --pedantic \
		--profile debian --fail-on error,warning,info,pedantic \
		--suppress-tags "$1" ./*.changes' sh "$suppressed" > "$work/lintian"
	local status=$?
	cat "$work/lintian"
	[ "$status" -eq 0 ] && [ ! -s "$work/lintian" ]
}

step_autopkgtest() {
	fresh "$1" autopkgtest || return 1
	rm -rf "$work/out"
	# shellcheck disable=SC2016
	unshare -m sh -c "$mount_all"'cd "$3" &&
		exec autopkgtest -o "$2" ./*.deb ./*.dsc -- chroot "$1"' \
		sh "$work/autopkgtest" "$work/out" "$work/build/home/builder/build"
	local status=$?
	note="$(grep -c ' PASS' "$work/out/summary") of $(wc -l < "$work/out/summary")"
	cat "$work/out/summary"
	rm -rf --one-file-system "$work/autopkgtest"
	[ "$status" -eq 0 ]
}

# The one folder is debconf's own, which it makes in a base system that never asked it.
step_piuparts() {
	TMPDIR=$work unshare -m -p --fork --kill-child --mount-proc piuparts -b "$bases/$1.tar.gz" -d "$1" \
		--mirror "$mirror main" --install-remove-install \
		--ignore-regex '/var/cache/debconf/tmp\.ci/?' "$work"/build/home/builder/build/*.changes
}

# Another path, user, umask, locale, time zone, host name, number of jobs and time.
step_reproducible() {
	install build faketime || return 1
	rm -rf "$work/build/srv/elsewhere"
	mkdir -p "$work/build/srv/elsewhere" && cp -R "$source" "$work/build/srv/elsewhere/quite" || return 1
	local again=/srv/elsewhere/quite/${tree##*/}
	# shellcheck disable=SC2016
	inside build sh -c 'hostname another; useradd -u 4321 -m other; chown -R other: /srv/elsewhere
		umask 077; cd "$1" && exec runuser -u other -- env HOME=/home/other LC_ALL=C \
		TZ=Asia/Tokyo DEB_BUILD_OPTIONS="nocheck parallel=3" faketime +398days dpkg-buildpackage -us -uc' \
		sh "$again" || return 1
	local deb count=0
	for deb in "$work"/build/home/builder/build/*.deb; do
		cmp "$deb" "$work/build/srv/elsewhere/quite/${deb##*/}" || return 1
		count=$((count + 1))
	done
	note="$count packages"
	[ "$count" -gt 0 ]
}

# The end of a long log rarely holds the point that failed.
failures() {
	grep -aE '^(FAIL|ERROR|E:|W:|not ok)|^#  ?(failed|got|wanted)' "$1" | head -n 40
}

failed=0
: > "$work/table"
for release in $releases; do
	log=$work/log
	if ! base "$release" > "$log" 2>&1; then
		tail -n 20 "$log"
		echo "check-releases: no base system of $release" >&2
		failed=1
		printf '%s\t%s\t%s\n' "$release" "${steps%% *}" "no base system" >> "$work/table"
		continue
	fi
	broken=
	for step in $steps; do
		note=
		since=$SECONDS
		if [ -n "$broken" ] && [ "$step" != commands ]; then
			result="not run"
		elif step_"$step" "$release" > "$log" 2>&1; then
			result="pass"
		else
			result="FAIL"
			failed=1
			if [ "$step" = build ]; then broken=yes; fi
			failures "$log"
			tail -n 60 "$log"
		fi
		took=$((SECONDS - since))
		echo "check-releases: $release: $step: $result, $took s${note:+, $note}"
		printf '%s\t%s\t%s\n' "$release" "$step" "$result, $took s${note:+, $note}" >> "$work/table"
	done
	rm -rf --one-file-system "$work/build"
done

echo
awk -F '\t' -v steps="$steps" '
	{ if (!($1 in seen)) { seen[$1] = 1; order[++n] = $1 } cell[$1, $2] = $3 }
	END {
		columns = split(steps, name, " ")
		line = "| release |"; rule = "|---|"
		for (i = 1; i <= columns; i++) { line = line " " name[i] " |"; rule = rule "---|" }
		print line "\n" rule
		for (r = 1; r <= n; r++) {
			line = "| " order[r] " |"
			for (i = 1; i <= columns; i++) line = line " " cell[order[r], name[i]] " |"
			print line
		}
	}' "$work/table"
exit "$failed"
