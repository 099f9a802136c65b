# SPDX-License-Identifier: Apache-2.0
# Gives each heading of a Markdown file the label that code hosts give it, for Doxygen.
/^```/ { code = !code }
/^## / && !code {
	label = tolower(substr($0, 4))
	gsub(/[^a-z0-9 _-]/, "", label)
	gsub(/ /, "-", label)
	$0 = $0 " {#" label "}"
}
{ print }
