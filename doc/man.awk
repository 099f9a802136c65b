# SPDX-License-Identifier: Apache-2.0
#
# Makes the manual pages of section 3 from the documentation comments of the public
# headers: a page axvm_H(3) for each header H.h, and for each function, type and
# macro in it a page that links there.
#
# usage: awk -f man.awk -v dir=OUTPUT -v version=VERSION HEADER...
#
# It knows the Doxygen commands and the shapes of declarations that the headers use,
# and fails on any other, rather than leave something out.

function fail(message) {
	if (!failed)
		printf "man.awk: %s:%d: %s\n", FILENAME, FNR, message > "/dev/stderr"
	failed = 1
	exit 1
}

# A heading needs no paragraph behind it.
function emit(line) {
	if (after_heading)
		sub(/^\.PP\n?/, "", line)
	if (line != "")
		body = body line "\n"
	after_heading = line ~ /^\.S[HS] /
}

# ---------------------------------------------------------------- text to roff

# Escapes one character of text.
function escape(c) {
	if (c == "\\") return "\\e"
	if (c == "-") return "\\-"
	if (c == "^") return "\\(ha"
	if (c == "~") return "\\(ti"
	return c
}

function literal(s,    i, out) {
	for (i = 1; i <= length(s); i++)
		out = out (substr(s, i, 1) == "'" ? "\\(aq" : escape(substr(s, i, 1)))
	return out
}

function bold(s) {
	return "\\fB" literal(s) "\\fR"
}

# A line of prose: `code` and **strong**, which may go on in the next line, @p parameter,
# function().
function prose(s,    out, n) {
	while (s != "") {
		n = 1
		if (s ~ /^`/) {
			in_code = !in_code
			out = out (in_code ? "\\fB" : "\\fR")
		} else if (in_code) {
			out = out literal(substr(s, 1, 1))
		} else if (s ~ /^\*\*/) {
			n = 2
			in_bold = !in_bold
			out = out (in_bold ? "\\fB" : "\\fR")
		} else if (match(s, /^@p [A-Za-z0-9_]+/)) {
			n = RLENGTH
			out = out "\\fI" literal(substr(s, 4, n - 3)) "\\fR"
		} else if (match(s, /^[A-Za-z_][A-Za-z0-9_]*\(\)/)) {
			n = RLENGTH
			out = out bold(substr(s, 1, n - 2)) "()"
		} else if (match(s, /^[A-Za-z0-9_]+/)) {
			n = RLENGTH
			out = out substr(s, 1, n)
		} else if (s ~ /^@/) {
			fail("unknown command in \"" s "\"")
		} else {
			out = out escape(substr(s, 1, 1))
		}
		s = substr(s, n + 1)
	}
	return out ~ /^[.']/ ? "\\&" out : out
}

function end_paragraph() {
	if (in_code || in_bold)
		fail("a paragraph ends inside of `code` or **strong** text")
}

# Whole documentation: paragraphs, parameters, list items, tables.
function render(text,    lines, n, i, line, table, open, head) {
	n = split(text, lines, "\n")
	for (i = 1; i <= n; i++) {
		line = lines[i]
		sub(/^[ \t]+/, "", line)
		if (table && line !~ /^\|/) {
			emit(".TE")
			table = 0
		}
		if (line == "") {
			end_paragraph()
			open = 0
			continue
		}
		if (line ~ /^\|.*\|$/) {
			if (line !~ /^\|[-| ]*\|$/)
				row(line, !table)
			table = 1
			continue
		}
		if (match(line, /^@param(\[[a-z,]+\])? [A-Za-z0-9_]+ /)) {
			head = substr(line, 1, RLENGTH)
			emit(".TP\n" parameter(head))
			line = substr(line, length(head) + 1)
		} else if (sub(/^@return /, "", line)) {
			emit(".TP\nreturns")
		} else if (sub(/^- /, "", line)) {
			emit(".IP \\(bu 2")
		} else if (sub(/^@brief /, "", line) || !open) {
			emit(".PP")
		}
		emit(prose(line))
		open = 1
	}
	if (table)
		emit(".TE")
	end_paragraph()
}

# A row of a table, the first with the format of all; long cells are folded.
function row(line, first,    cells, n, i, cell, out, heads, columns) {
	n = split(line, cells, / *\| */) - 1
	for (i = 2; i <= n; i++) {
		cell = prose(cells[i])
		if (i > 2 && length(cells[i]) > 12)
			cell = "T{\n" cell "\nT}"
		out = out (i == 2 ? "" : "\t") cell
		heads = heads (i == 2 ? "lb" : " lbx")
		columns = columns (i == 2 ? "l" : " lx")
	}
	if (first)
		emit(".PP\n.TS\n" heads "\n" columns ".")
	emit(out)
}

function parameter(s,    words, direction) {
	split(s, words, " ")
	if (match(words[1], /\[.*\]/))
		direction = " " substr(words[1], RSTART, RLENGTH)
	return "\\fI" literal(words[2]) "\\fR" direction
}

# A prototype, folded to the width of a terminal.
function prototype(s,    out, line, words, n, i) {
	n = split(s, words, / /)
	for (i = 1; i <= n; i++) {
		if (line != "" && length(line) + length(words[i]) > 70 && words[i - 1] ~ /[,(]$/) {
			out = out line "\n"
			line = "        " words[i]
		} else {
			line = line (line == "" ? "" : " ") words[i]
		}
	}
	return out line
}

function bold_lines(s) {
	s = bold(s)
	gsub(/\n/, "\\fR\n\\fB", s)
	return s
}

# -------------------------------------------------------------------- the items

# One documented thing: NAME, what is declared, its documentation.
function item(name, declaration, text) {
	if (text == "")
		fail(name " has no documentation")
	emit(".SS " literal(name))
	emit(".nf\n" bold_lines(declaration) "\n.fi")
	render(text)
	names = names ", " name
	links[++link_count] = name
	link_to[name] = title
	doc = ""
}

function enumerator(line, text) {
	if (text == "" || !match(line, /^AXVM_[A-Z0-9_]+ = [^,]+/))
		fail("no documentation or no value: " line)
	line = substr(line, 1, RLENGTH)
	text = prose(one_line(text))
	match(line, / /)
	emit(".TP\n" bold(substr(line, 1, RSTART - 1)) literal(substr(line, RSTART)) "\n" text)
}

function one_line(text) {
	gsub(/[ \t\n]+/, " ", text)
	sub(/^ /, "", text)
	sub(/ $/, "", text)
	return text
}

function start_page(file) {
	title = file
	sub(/.*\//, "", title)
	sub(/\.h$/, "", title)
	header = "axvm/" title ".h"
	title = "axvm_" title
	body = names = summary = doc = see = synopsis = ""
	state = "text"
	pages[title] = 1
}

# The head comes last, when the names and prototypes are known.
function end_page(    page) {
	if (state != "text")
		fail("ends inside of a declaration")
	if (summary == "")
		fail("no @defgroup with a @brief")
	page = dir "/" title ".3"
	print "'\\\" t" > page
	print ".\\\" Made by doc/man.awk from " header ": change that, not this." > page
	printf ".TH %s 3 \"\" \"libaxvm-types %s\" \"libaxvm-types\"\n.nh\n.ad l\n", title, version > page
	sub(", " title "(,|$)", ",", names)
	sub(/,$/, "", names)
	print ".SH NAME\n" literal(title names) " \\- " prose(summary) > page
	print ".SH SYNOPSIS\n.nf\n" bold("#include <" header ">") > page
	if (synopsis != "")
		printf "\n%s", synopsis > page
	print ".fi\n.PP\nCompile and link with " bold("pkg-config --cflags --libs axvm-types") "." > page
	printf "%s", body > page
	print ".SH \"SEE ALSO\"\n" see ".BR axvm\\-types (7)" > page
	close(page)
}

FNR == 1 {
	if (title != "")
		end_page()
	start_page(FILENAME)
}

# --------------------------------------------------------------------- the lines

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
	emit(".SH DESCRIPTION")
	render(text)
}

# Documentation behind a member or an enumerator.
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
	see = see ".BR axvm_" literal(name) " (3),\n"
	next
}
/^#/ { if (/\\$/) state = "define"; next }
/^[ \t]*$/ || /^extern "C" \{$/ || /^}$/ { next }

/^enum \{$/ {
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
	item(name, $0, doc)
	next
}

# A function or the type of one, to the end of its prototype, and past its body.
/^[A-Za-z]/ {
	line = $0
	while (line !~ /\);$/ && line !~ /\)$/ && (getline more) > 0) {
		sub(/^[ \t]+/, "", more)
		line = line (line ~ /\($/ ? "" : " ") more
	}
	if (line !~ /;$/)
		state = "body"
	gsub(/AXVM_INLINE |AXVM_MUST_CHECK /, "", line)
	sub(/;$/, "", line)
	if (!match(line, /axvm_[a-z0-9_]+\)?\(/))
		fail("not a declaration that this script knows: " line)
	name = substr(line, RSTART, RLENGTH - 1)
	sub(/\)$/, "", name)
	line = prototype(line ";")
	synopsis = synopsis bold_lines(line) "\n"
	item(name, line, doc)
	next
}

{ fail("not a declaration that this script knows: " $0) }

END {
	if (failed)
		exit 1
	end_page()
	for (i = 1; i <= link_count; i++) {
		name = links[i]
		if (name == link_to[name])
			continue
		if (name in pages)
			fail(name " is of " link_to[name] ", but names a page of its own")
		print ".so man3/" link_to[name] ".3" > (dir "/" name ".3")
		close(dir "/" name ".3")
	}
}
