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
# The picture is an image or an object, and is next to the page.
if ! grep -q '="linux-aarch64\.svg"' "$index" || [ ! -s "${index%/*}/linux-aarch64.svg" ]; then
	echo "check-html: no picture in $index" >&2
	status=1
fi
if grep -n '<code>[^<]*\\|\|<code>--*<a ' "$index"; then
	echo "check-html: code that is not what was written in $index" >&2
	status=1
fi

# Each link to a file finds it.
folder=${index%/*}
broken=$(grep -hoE '(href|src)="[^"#:]+["#]' "$folder"/*.html | sed 's/^[^"]*"//; s/.$//' | sort -u |
	while read -r link; do [ -e "$folder/$link" ] || echo "$link"; done)
if [ -n "$broken" ]; then
	echo "check-html: links to files that are not there:" $broken >&2
	status=1
fi

# Each member has a text in the overview of its topic, which says what to include.
for page in "$folder"/group__*.html "$folder"/struct*.html; do
	awk -v page="$page" '
		/^<tr class="memitem:/ { if (member) { print page ": no text of " member; bad = 1 }; member = $0; gsub(/<[^>]*>/, "", member) }
		/^<tr class="memdesc:/ { member = "" }
		/<code>#include &lt;axvm\// { included = 1 }
		END {
			if (member) { print page ": no text of " member; bad = 1 }
			if (page ~ /group__/ && !included) { print page ": no header to include"; bad = 1 }
			exit bad
		}' "$page" >&2 || status=1
done
exit $status
