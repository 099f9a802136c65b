# SPDX-License-Identifier: Apache-2.0
#
# usage: awk -f codes.awk FILE...
#
# Reads the sources of rules and prints a line for each code of a finding, with tabs between:
#
#     code  severities (of error,warning,note)  what it is  why it matters  how to fix it
#
# and one more with what axvm-lint --fix does, where it does something.
#
# The description of a code is the comment above its first rule: the code alone on the first line,
# an empty line, then "What: ...", "Why: ..." and "How: ...", each over as many lines as it takes,
# and "Fix: ..." for what --fix does.
# The severities of a rule in C are those of its struct axvm_rule. A file in Python has no such
# rows: there the description, of # lines, also has a line "Severity: error, warning". So has one in
# C whose code a file in Python reports as well, for the severities that it has there.
#
# A code without a description or a rule, and one in two places, is a failure.

function fail(file, line, text)
{
	print file ":" line ": " text | "cat 1>&2"
	failed = 1
}

function code_of(constant)
{
	constant = tolower(constant)
	gsub(/_/, "-", constant)
	return constant
}

# ------------------------------------------------------------------ descriptions

function begin_description(name)
{
	code = name
	field = ""
	if (code in described) {
		fail(FILENAME, FNR, code " is described twice, first at " described[code])
		code = "again"
	}
	described[code] = FILENAME ":" FNR
	file_of[code] = FILENAME
	line_of[code] = FNR
	codes[++code_count] = code
}

function add_to_description(text)
{
	if (match(text, /^(What|Why|How|Fix|Severity): +/)) {
		field = substr(text, 1, index(text, ":") - 1)
		text = substr(text, RLENGTH + 1)
		if ((code, field) in is)
			fail(FILENAME, FNR, code " has " field " twice")
		is[code, field] = text
	} else if (text != "" && field == "") {
		fail(FILENAME, FNR, "the description of " code " begins with What, Why or How")
	} else if (text != "") {
		is[code, field] = is[code, field] " " text
	}
}

# The text of a line of a comment.
function comment_text(line)
{
	if (python)
		sub(/^[ \t]*# ?/, "", line)
	else
		sub(/^ \* ?/, "", line)
	sub(/[ \t]+$/, "", line)
	return line
}

# ------------------------------------------------------------------ rules

function add_severity(name, level)
{
	severities[name, level] = 1
}

function end_rule(    name, rest)
{
	if (!match(rule, /AXVM_FINDING_[A-Z0-9_]+/)) {
		fail(FILENAME, rule_line, "a rule without an AXVM_FINDING_ code")
		return
	}
	name = code_of(substr(rule, RSTART + 13, RLENGTH - 13))
	if (!(name in rule_file)) {
		rule_file[name] = FILENAME
		rule_at[name] = rule_line
		rules[++rule_count] = name
	} else if (rule_file[name] != FILENAME) {
		fail(FILENAME, rule_line, name " has a rule here, and one in " rule_file[name])
	}
	rest = rule
	if (rest !~ /AXVM_SEVERITY_/)
		fail(FILENAME, rule_line, "a rule of " name " without a severity")
	while (match(rest, /AXVM_SEVERITY_[A-Z]+/)) {
		add_severity(name, tolower(substr(rest, RSTART + 14, RLENGTH - 14)))
		rest = substr(rest, RSTART + RLENGTH)
	}
}

# What is inside strings is no code.
function without_strings(line)
{
	gsub(/\\./, "", line)
	gsub(/"[^"]*"/, "", line)
	return line
}

# ------------------------------------------------------------------ lines

FNR == 1 {
	python = FILENAME ~ /\.py$/
	has_python = has_python || python
	code = ""
	in_rule = 0
	last = ""
}

# The first line of a description.
(python ? /^[ \t]*# [a-z0-9]+(-[a-z0-9]+)+$/ : last == "/*" && /^ \* [a-z0-9]+(-[a-z0-9]+)+$/) {
	begin_description(comment_text($0))
	last = $0
	next
}

code != "" && (python ? /^[ \t]*#/ : !/\*\//) {
	add_to_description(comment_text($0))
	last = $0
	next
}

{
	code = ""
	last = $0
}

python {
	rest = $0
	while (match(rest, /FindingCode\.[A-Z][A-Z0-9_]*/)) {
		name = code_of(substr(rest, RSTART + 12, RLENGTH - 12))
		used[name, FILENAME] = 1
		if (!(name in used_at)) {
			used_at[name] = FILENAME ":" FNR
			uses[++use_count] = name
		}
		rest = substr(rest, RSTART + RLENGTH)
	}
	next
}

!in_rule && /^(static )?const struct axvm_rule [a-z0-9_]+ =/ {
	in_rule = 1
	rule = ""
	rule_line = FNR
}

in_rule {
	rule = rule " " without_strings($0)
	if (without_strings($0) ~ /;/) {
		end_rule()
		in_rule = 0
	}
}

# ------------------------------------------------------------------ the list

function add_severities(name,    n, parts, i)
{
	n = split(is[name, "Severity"], parts, /, */)
	for (i = 1; i <= n; i++) {
		if (parts[i] !~ /^(error|warning|note)$/)
			fail(file_of[name], line_of[name], "\"" parts[i] "\" is no severity")
		add_severity(name, parts[i])
	}
	return n
}

function check_description(name)
{
	if (!((name, "What") in is) || !((name, "Why") in is) || !((name, "How") in is))
		fail(file_of[name], line_of[name], name " needs What, Why and How")
	if (file_of[name] ~ /\.py$/) {
		if (!((name, file_of[name]) in used))
			fail(file_of[name], line_of[name], name " is described, but not used in this file")
		if (name in rule_file)
			fail(file_of[name], line_of[name], name " has its rules in " rule_file[name])
		if (add_severities(name) == 0)
			fail(file_of[name], line_of[name], name " needs a line Severity")
		return
	}
	if (add_severities(name) != 0 && has_python && !(name in used_at))
		fail(file_of[name], line_of[name], name ": the rules in C have the severities")
	if (!(name in rule_file))
		fail(file_of[name], line_of[name], name " is described, but no rule reports it")
	else if (rule_file[name] != file_of[name])
		fail(file_of[name], line_of[name], name " has its rules in " rule_file[name])
	else if (rule_at[name] < line_of[name])
		fail(file_of[name], line_of[name], name " is described below its first rule")
}

function print_code(name,    levels, i, list)
{
	split("error warning note", levels, " ")
	list = ""
	for (i = 1; i <= 3; i++)
		if ((name, levels[i]) in severities)
			list = list (list == "" ? "" : ",") levels[i]
	print name "\t" list "\t" is[name, "What"] "\t" is[name, "Why"] "\t" is[name, "How"] \
	      ((name, "Fix") in is ? "\t" is[name, "Fix"] : "")
}

END {
	for (i = 1; i <= rule_count; i++)
		if (!(rules[i] in described))
			fail(rule_file[rules[i]], rule_at[rules[i]], rules[i] " has a rule, but no description")
	for (i = 1; i <= use_count; i++)
		if (!(uses[i] in described) && !(uses[i] in rule_file)) {
			n = split(used_at[uses[i]], at, ":")
			fail(at[1], at[2], uses[i] " is used, but not described")
		}
	for (i = 1; i <= code_count; i++)
		if (codes[i] != "again")
			check_description(codes[i])
	for (i = 1; i <= code_count && !failed; i++)
		print_code(codes[i])
	close("cat 1>&2")
	exit failed
}
