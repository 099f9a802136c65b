# SPDX-License-Identifier: Apache-2.0
#
# The part of doc/man.awk that puts pages together: one for each header, one for each of
# its functions, and for each type and macro a link to the header's.

function start_page(file) {
	title = file
	if (!sub(/.*\/axvm\//, "", title))
		sub(/.*\//, "", title)
	sub(/\.h$/, "", title)
	header = "axvm/" title ".h"
	title = "axvm_" title
	sub(/\//, "_", title)
	body = names = summary = example = doc = see = synopsis = functions = ""
	state = "text"
	pages[title] = 1
}

# The NAME is what whatis(1) finds: on one line, without fonts.
function print_head(page, name, brief, more_names) {
	sub(/\.$/, "", brief)
	brief = prose(one_line(brief))
	gsub(/\\f[BIR]/, "", brief)
	print "'\\\" t" > page
	print ".\\\" Made by doc/man.awk from " header ": change that, not this." > page
	# Between two long titles there is no room in the page's first line.
	printf ".TH %s 3 \"\" \"libaxvm-types %s\" \"%s\"\n.nh\n.ad l\n", literal(name), version, \
		(length(name) > 28 ? "" : "libaxvm-types") > page
	print ".SH NAME\n" literal(name more_names) " \\- " brief > page
	print ".SH SYNOPSIS\n.nf\n" bold("#include <" header ">") > page
}

function print_tail(page, references) {
	print ".SH \"SEE ALSO\"\n" references ".BR axvm\\-types (7)" > page
	close(page)
}

function reference(name) {
	return ".BR " literal(name) " (3),\n"
}

# The head comes last, when the names and prototypes are known.
function end_page(    page) {
	if (state != "text")
		fail("ends inside of a declaration")
	if (summary == "")
		fail("no @defgroup with a @brief")
	page = dir "/" title ".3"
	# A type that is named as the header is the page itself.
	sub(", " title "(,|$)", ",", names)
	sub(/,$/, "", names)
	print_head(page, title, summary, names)
	if (synopsis != "")
		printf "\n%s", synopsis > page
	if (header ~ /^axvm\/guest\//)
		print ".fi\n.PP\nNeeds no library." > page
	else
		print ".fi\n.PP\nCompile and link with " bold("pkg-config --cflags --libs axvm-types") "." > page
	printf "%s", body > page
	if (functions != "")
		printf ".SH FUNCTIONS\n%s", functions > page
	gsub(/\t/, "    ", example)
	if (example != "")
		print ".SH EXAMPLES\n.EX\n" literal(example) "\n.EE" > page
	print_tail(page, see)
}

# Types and macros are part of the header's page.
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

# Takes the documentation of a function apart into `part`.
function take_apart(text,    lines, n, i, line, to, words) {
	split("", part)
	outs = ""
	to = "body"
	n = split(text, lines, "\n")
	for (i = 1; i <= n; i++) {
		line = lines[i]
		sub(/^[ \t]+/, "", line)
		if (sub(/^@brief /, "", line))
			to = "brief"
		else if (line ~ /^@param/)
			to = "params"
		else if (sub(/^@return /, "", line))
			to = "return"
		else if (line == "")
			to = "body"
		if (match(line, /^@param\[(in,)?out\] [A-Za-z0-9_]+/)) {
			split(line, words, " ")
			outs = outs (outs == "" ? "" : " and ") "@p " words[2]
		}
		part[to] = part[to] line "\n"
	}
	# One without @brief: its first paragraph.
	if (part["brief"] == "") {
		n = index(part["body"], "\n\n")
		n = n ? n : length(part["body"])
		part["brief"] = substr(part["body"], 1, n)
		part["body"] = substr(part["body"], n + 1)
	}
}

# Puts the sentences of TEXT about a trap into `errors`, those of others into
# `returns` if they are of the result.
function sort_sentences(text, is_result,    n, sentence) {
	text = one_line(text)
	while (text != "") {
		n = match(text, /\. [A-Z@`]/) ? RSTART : length(text)
		sentence = substr(text, 1, n)
		text = substr(text, n + 2)
		if (sentence ~ (is_result ? "[Tt]raps( |\\.)" : "^Traps "))
			errors = errors sentence "\n"
		else if (is_result)
			returns = returns sentence "\n"
	}
}

# What comes back and what fails, into `returns` and `errors`: a function that may fail
# says how in its @return, by "AXVM_OK; AXVM_ERROR_...", "false ..." of one that must be
# checked, "; -1 when ...", or a sentence about a trap.
function outcome(name, type, must_check,    text, n, i, lines, words) {
	returns = errors = ""
	text = one_line(part["return"])
	if (type ~ /^void( |$)/ && type !~ /\*/) {
		if (text != "")
			fail(name " returns nothing, but has a @return")
		returns = "Nothing.\n"
	} else if (text == "") {
		fail(name " has no @return")
	} else if (type ~ /^axvm_error/ && (n = match(text, /^AXVM_OK[^;]*;/) ? RLENGTH : 0)) {
		returns = substr(text, 1, n - 1) "; on failure, an error.\n"
		text = substr(text, n + 2)
		sub(/^or /, "", text)
		errors = text "\n"
	} else if (type ~ /^axvm_error/ && text ~ /^As /) {
		returns = errors = text "\n"
	} else if (type == "bool" && must_check && text ~ /^false /) {
		returns = "true on success; false on failure" \
			(outs == "" ? "" : ", which leaves " outs " untouched") ".\n"
		errors = text "\n"
	} else {
		sort_sentences(text, 1)
		if (match(returns, /[;,] -1 (when|for) [^;.]*/))
			errors = errors substr(returns, RSTART + 2, RLENGTH - 2) ".\n"
	}
	n = split(part["params"], lines, /@param/)
	for (i = 2; i <= n; i++)
		if (match(lines[i], /Traps [^.]*\./)) {
			split(lines[i], words, " ")
			errors = errors "@p " words[words[1] ~ /^\[/ ? 2 : 1] ": t" substr(lines[i], RSTART + 1, RLENGTH - 1) "\n"
		}
	sort_sentences(part["body"], 0)
	if (errors ~ /(^|\n|: )[Tt]raps /)
		errors = errors "\nA trap ends the process, by SIGILL or SIGTRAP (SIGFPE on s390x).\n"
	if (errors == "")
		errors = "No errors are defined.\n"
}

function function_page(name, declaration, type, must_check, text,    page, references, words, n,
                       i, seen) {
	if (text == "")
		fail(name " has no documentation")
	take_apart(text)
	outcome(name, type, must_check)
	mentioned = ""
	page = dir "/" name ".3"
	print_head(page, name, lower_first(part["brief"]))
	print "\n" bold_lines(declaration) > page
	print ".fi\n.PP\nCompile and link with " bold("pkg-config --cflags --libs axvm-types") "." > page
	printf ".SH DESCRIPTION\n%s", rendered(part["brief"] "\n" part["params"] "\n" part["body"]) > page
	printf ".SH \"RETURN VALUE\"\n%s", rendered(returns) > page
	printf ".SH ERRORS\n%s", rendered(errors) > page
	references = reference(title)
	n = split(mentioned, words, " ")
	for (i = 1; i <= n; i++)
		if (words[i] != name && words[i] != title && !(words[i] in seen)) {
			seen[words[i]] = 1
			references = references reference(words[i])
		}
	print_tail(page, references)
	functions = functions ".TP\n.BR " literal(name) " (3)\n" rendered(part["brief"])
	function_of[name] = title
	doc = ""
}

# "VM" stays as it is.
function lower_first(s) {
	s = one_line(s)
	if (s ~ /^[A-Z][a-z]* /)
		s = tolower(substr(s, 1, 1)) substr(s, 2)
	return s
}

function enumerator(line, text) {
	if (text == "" || !match(line, /^AXVM_[A-Z0-9_]+ = [^,]+/))
		fail("no documentation or no value: " line)
	line = substr(line, 1, RLENGTH)
	text = prose(one_line(text))
	match(line, / /)
	emit(".TP\n" bold(substr(line, 1, RSTART - 1)) literal(substr(line, RSTART)) "\n" text)
}

# The links, when all pages are known.
function write_links(    i, name, page) {
	for (name in function_of)
		if (name in pages)
			fail(name " is of " function_of[name] ", but names a page of its own")
	for (i = 1; i <= link_count; i++) {
		name = links[i]
		if (name == link_to[name])
			continue
		if (name in pages)
			fail(name " is of " link_to[name] ", but names a page of its own")
		page = dir "/" name ".3"
		print ".so man3/" link_to[name] ".3" > page
		close(page)
	}
}
