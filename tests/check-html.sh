#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make check-html: the front page shows the README as it was written. Doxygen ends `code`
# at a quote in it (``code`` goes on), and shows a command of its own where a table breaks.
#
# usage: check-html.sh README INDEX
set -eu

readme=$1
index=$2
status=0

same() { # WHAT GOT WANTED
	if [ "$2" -ne "$3" ]; then
		echo "check-html: $index has $2 $1, $readme has $3" >&2
		status=1
	fi
}
# Outside of code; a row of dashes is none.
text=$(awk '/^```/ { code = !code } !code && !/^    /' "$readme")
same "rows of tables" "$(grep -c '^<tr class="markdownTable' "$index")" \
	"$(echo "$text" | grep '^|' | grep -vc '^|[-| ]*$')"
same "headings" "$(grep -o '<h[1-6][ >]' "$index" | wc -l)" "$(echo "$text" | grep -c '^##')"

if grep -n '\\[a-z]*linebr\|&lt;/*t[dr]\|```' "$index"; then
	echo "check-html: raw commands in $index" >&2
	status=1
fi
# The picture is an image or an object, and lies beside the page.
if ! grep -q '="linux-aarch64\.svg"' "$index" || [ ! -s "${index%/*}/linux-aarch64.svg" ]; then
	echo "check-html: no picture in $index" >&2
	status=1
fi
if grep -n '<code>[^<]*\\|\|<code>--*<a ' "$index"; then
	echo "check-html: code that is not what was written in $index" >&2
	status=1
fi
exit $status
