# SPDX-License-Identifier: Apache-2.0
#
# Makes the manual pages of section 3 from the documentation comments of the public
# headers: a page axvm_H(3) for each header H.h, which describes its types and constants,
# a page for each function in it, and for each type and macro a link to the header's.
#
# usage: awk -v dir=OUTPUT -v version=VERSION -f roff.awk -f pages.awk -f man.awk HEADER...
#
# It knows the Doxygen commands and the shapes of declarations that the headers use,
# and fails on any other, rather than leave something out. This file reads the headers;
# roff.awk renders text, pages.awk puts the pages together.

function fail(message) {
	if (!failed)
		printf "man.awk: %s:%d: %s\n", FILENAME, FNR, message > "/dev/stderr"
	failed = 1
	exit 1
}

FNR == 1 {
	if (title != "")
		end_page()
	start_page(FILENAME)
}

# Comments first: those of documentation are kept, the others dropped.
state == "comment" || /^[ \t]*\/\*/ {
	line = $0
	if (state != "comment") {
		documents = line ~ /^[ \t]*\/\*\*([ \t]|$)/
		outer = state
		state = "comment"
		text = ""
		sub(/^[ \t]*\/\*\**[ \t]*/, "", line)
	}
	ends = sub(/[ \t]*\*\/[ \t]*$/, "", line)
	sub(/^[ \t]*\*[ \t]?/, "", line)
	text = text (text == "" ? "" : "\n") line
	if (!ends)
		next
	state = outer
	if (!documents || text ~ /^@[{}]$/)
		next
	if (text ~ /^@defgroup /)
		group(text)
	else
		doc = text
	next
}

function group(text,    lines, n) {
	n = split(text, lines, "\n")
	if (lines[2] !~ /^@brief /)
		fail("@defgroup without a @brief")
	summary = substr(lines[2], 8)
	sub(/\.$/, "", summary)
	sub(/^[^\n]*\n/, "", text)
	sub(/\n@\{\n*$/, "", text)
	text = keep_example(text)
	emit(".SH DESCRIPTION")
	render(text)
}

# The program of a group goes below the functions.
function keep_example(text,    first, last) {
	first = index(text, "\n@code\n")
	last = index(text, "\n@endcode")
	if (!first)
		return text
	if (last < first)
		fail("@code without @endcode")
	example = substr(text, first + 7, last - first - 7)
	return substr(text, 1, first) substr(text, last + 9)
}

# Documentation after a member or an enumerator.
state == "struct" || state == "enum" {
	line = $0
	sub(/^[ \t]+/, "", line)
	while (index(line, "/**<") && line !~ /\*\/$/ && (getline more) > 0) {
		sub(/^[ \t]*\*?[ \t]*/, "", more)
		line = line " " more
	}
	if (match(line, /[ \t]*\/\*\*< /)) {
		doc = substr(line, RSTART + RLENGTH)
		sub(/ *\*\/$/, "", doc)
		line = substr(line, 1, RSTART - 1)
	}
}

(state == "struct" || state == "enum") && line == "" { next }

state == "struct" && line ~ /^} [a-z0-9_]+;$/ {
	item(struct_name, declaration "\n" line, struct_doc)
	body = body members
	state = "text"
	next
}

state == "struct" {
	if (doc == "" || line !~ /^[A-Za-z].*;$/)
		fail("no documentation: " line)
	declaration = declaration "\n    " line
	name = line
	sub(/(\[[^]]*\])?;$/, "", name)
	sub(/.*[ *]/, "", name)
	members = members ".TP\n\\fI" literal(name) "\\fR\n" prose(one_line(doc)) "\n"
	doc = ""
	next
}

state == "enum" && line ~ /^}/ {
	state = "text"
	next
}

state == "enum" {
	enumerator(line, doc)
	doc = ""
	next
}

state == "define" || state == "body" {
	if ((state == "define" && !/\\$/) || (state == "body" && /^}/))
		state = "text"
	next
}

/^#define / && doc != "" {
	line = $0
	sub(/^#define /, "", line)
	if (/\\$/)
		state = "define"
	match(line, /^[A-Za-z0-9_]+/)
	name = substr(line, 1, RLENGTH)
	if (match(line, /^[A-Za-z0-9_]+\([^)]*\)/))
		line = substr(line, 1, RLENGTH)
	sub(/[ \t]*\\$/, "", line)
	item(name, "#define " line, doc)
	next
}

# What a user does not see: conditions, guards.
/^#include <axvm\// {
	name = $2
	gsub(/<axvm\/|\.h>/, "", name)
	sub(/\//, "_", name)
	see = see ".BR axvm_" literal(name) " (3),\n"
	next
}
/^#/ { if (/\\$/) state = "define"; next }
/^[ \t]*$/ || /^extern "C" \{$/ || /^}$/ { next }

/^enum axvm_[a-z0-9_]+ \{$/ {
	state = "enum"
	render(doc == "" ? "Values:" : doc)
	doc = ""
	next
}

/^typedef struct [a-z0-9_]+ \{$/ {
	state = "struct"
	struct_name = $3
	struct_doc = doc
	doc = members = ""
	declaration = $0
	next
}

/^typedef [a-z0-9_]+ [a-z0-9_]+;$/ {
	name = $3
	sub(/;$/, "", name)
	# The same type by other words, in another branch of an #if.
	if (doc == "" && link_to[name] == title)
		next
	item(name, $0, doc)
	next
}

# What the compiler checks.
/^AXVM_GUEST_ASSERT/ { next }

# A function or the type of one, to the end of its prototype, and past its body.
/^[A-Za-z]/ {
	line = $0
	while (line !~ /\);$/ && line !~ /\)$/ && (getline more) > 0) {
		sub(/^[ \t]+/, "", more)
		line = line (line ~ /\($/ ? "" : " ") more
	}
	if (line !~ /;$/)
		state = "body"
	must_check = line ~ /AXVM_MUST_CHECK/
	gsub(/AXVM_INLINE |AXVM_MUST_CHECK /, "", line)
	sub(/;$/, "", line)
	if (!match(line, /axvm_[a-z0-9_]+\)?\(/))
		fail("not a declaration that this script knows: " line)
	name = substr(line, RSTART, RLENGTH - 1)
	sub(/\)$/, "", name)
	function_type = substr(line, 1, RSTART - 1)
	sub(/ +$/, "", function_type)
	is_type = line ~ /^typedef /
	line = prototype(line ";")
	if (is_type) {
		item(name, line, doc)
		next
	}
	synopsis = synopsis bold_lines(line) "\n"
	function_page(name, line, function_type, must_check, doc)
	next
}

{ fail("not a declaration that this script knows: " $0) }

END {
	if (failed)
		exit 1
	end_page()
	write_links()
}
