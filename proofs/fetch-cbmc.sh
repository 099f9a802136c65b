#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Puts CBMC into a folder, as packages of Debian that are unpacked and not installed:
# its release may be a newer one than this machine's. usage: fetch-cbmc.sh DIR
set -eu

suite=trixie
packages='cbmc minisat libc6 libgcc-s1 libstdc++6 libc6-dev-i386-cross linux-libc-dev-i386-cross'

mkdir -p "$1"
dir=$(cd "$1" && pwd)
rm -rf "$dir/root"
mkdir -p "$dir/lists/partial" "$dir/archives/partial" "$dir/root"
: > "$dir/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $suite main" \
	> "$dir/sources.list"

# apt with lists of its own, which knows of nothing that is installed.
own_apt() {
	apt-get -qq -o Dir::Etc::SourceList="$dir/sources.list" -o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State::Lists="$dir/lists" -o Dir::State::Status="$dir/status" \
		-o Dir::Cache="$dir" -o APT::Sandbox::User=root "$@"
}

own_apt update
cd "$dir/archives"
own_apt download $packages
for package in *.deb; do
	dpkg -x "$package" "$dir/root"
done
# The programs need the libc that they came with.
loader=$(echo "$dir"/root/usr/lib/*/ld-linux-*.so.*)
mkdir -p "$dir/bin"
for program in cbmc goto-cc; do
	cat > "$dir/bin/$program" <<EOF
#!/bin/sh
exec $loader --library-path ${loader%/*}:$dir/root/usr/lib --argv0 $program $dir/root/usr/bin/$program "\$@"
EOF
	chmod +x "$dir/bin/$program"
done
rm -rf "$dir/lists" "$dir/archives"
