# SPDX-License-Identifier: Apache-2.0
#
# The part of doc/man.awk that turns the text of a comment into roff. What is ready goes
# through emit() to the end of `body`.

# A heading needs no paragraph after it.
function emit(line) {
	if (after_heading)
		sub(/^\.PP\n?/, "", line)
	if (line != "")
		body = body line "\n"
	after_heading = line ~ /^\.S[HS] /
}

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

function bold_lines(s) {
	s = bold(s)
	gsub(/\n/, "\\fR\n\\fB", s)
	return s
}

function one_line(text) {
	gsub(/[ \t\n]+/, " ", text)
	sub(/^ /, "", text)
	sub(/ $/, "", text)
	return text
}

# A line of prose: `code` and **strong**, which may go on in the next line, @p parameter,
# function(). The functions are kept in `mentioned`.
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
			if (s ~ /^axvm_/)
				mentioned = mentioned " " substr(s, 1, n - 2)
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
function render(text,    lines, n, i, line, open, head) {
	n = split(text, lines, "\n")
	for (i = 1; i <= n; i++) {
		line = lines[i]
		sub(/^[ \t]+/, "", line)
		if (line ~ /^\|.*\|$/) {
			if (line !~ /^\|[-| ]*\|$/)
				keep_row(line)
			continue
		}
		end_table()
		if (line == "") {
			end_paragraph()
			open = 0
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
	end_table()
	end_paragraph()
}

function rendered(text,    kept, out) {
	kept = body
	body = ""
	after_heading = 1
	render(text)
	out = body
	body = kept
	after_heading = 0
	return out
}

function parameter(s,    words, direction) {
	split(s, words, " ")
	if (match(words[1], /\[.*\]/))
		direction = " " substr(words[1], RSTART, RLENGTH)
	return "\\fI" literal(words[2]) "\\fR" direction
}

# A table is written when all of it is known, as tbl(1) needs the widths.
function keep_row(line,    fields, i, n, words, w) {
	rows++
	columns = split(line, fields, / *\| */) - 2
	for (i = 1; i <= columns; i++) {
		cell[rows, i] = fields[i + 1]
		if (length(cell[rows, i]) > width[i])
			width[i] = length(cell[rows, i])
		n = split(cell[rows, i], words, " ")
		for (w = 1; w <= n; w++)
			if (length(words[w]) > longest_word[i])
				longest_word[i] = length(words[w])
	}
}

# Folds the widest columns until the table fits in a page of 80 characters: some formatters
# warn of one that does not.
function end_table(    i, r, widest, total, folded, format, out, text) {
	if (!rows)
		return
	total = 3 * (columns - 1)
	for (i = 1; i <= columns; i++)
		total += width[i]
	while (total > 71) {
		widest = 0
		for (i = 1; i <= columns; i++)
			if (width[i] > longest_word[i] && (!widest || width[i] > width[widest]))
				widest = i
		if (!widest)
			break
		width[widest]--
		total--
		folded[widest] = 1
	}
	for (i = 1; i <= columns; i++)
		format = format (i == 1 ? "" : " ") "lB" (i in folded ? "w(" width[i] "n)" : "")
	out = format "\n"
	gsub(/B/, "", format)
	out = out format ".\n"
	for (r = 1; r <= rows; r++) {
		for (i = 1; i <= columns; i++) {
			text = prose(cell[r, i])
			if (i in folded)
				text = "T{\n.ad l\n" text "\nT}"
			out = out (i == 1 ? "" : "\t") text
		}
		out = out "\n"
	}
	emit(".PP\n.TS\n" out ".TE")
	rows = 0
	split("", width)
	split("", longest_word)
}

# A prototype, folded between its parameters to the width of a terminal.
function prototype(s,    out, line, parts, n, i) {
	n = split(s, parts, /, /)
	for (i = 1; i <= n; i++) {
		if (i < n)
			parts[i] = parts[i] ","
		if (i > 1 && length(line " " parts[i]) > 71) {
			out = out line "\n"
			line = "        " parts[i]
		} else {
			line = line (i > 1 ? " " : "") parts[i]
		}
		if (i == 1 && length(line) > 71) {
			sub(/\(/, "(\n        ", line)
			out = substr(line, 1, index(line, "\n"))
			line = substr(line, length(out) + 1)
		}
	}
	return out line
}
