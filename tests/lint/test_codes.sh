#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each code of a finding has one description, above its rules in one file; codes.awk reads them.
set -u
. "${srcdir:?}/tests/tap.sh"

LC_ALL=C
export LC_ALL

srcdir=$(cd "$srcdir" && pwd)
codes() { awk -f "$srcdir/src/layout/codes.awk" "$@"; }

codes "$srcdir"/src/layout/rules/*.c > "$tmp/codes"
run "the rules of the library are described" test $? = 0
awk -F '\t' 'NF < 5 || NF > 6 || $2 !~ /^(error|warning|note)(,(warning|note))*$/ ||
	$3 $4 $5 $6 ~ /  / || !($3 ~ /\.$/ && $4 ~ /\.$/ && $5 ~ /\.$/ && $6 ~ /^$|\.$/)' "$tmp/codes" > "$tmp/odd"
sed 's/^/# /' "$tmp/odd"
run "each has severities and three texts that end" test ! -s "$tmp/odd"

# Those of the library and of axvm-lint, which reports some from Python: a code in the table that
# neither of them reports has no description, and no test would miss it.
find "$srcdir/python/axvm_lint" -name '*.py' -exec awk -f "$srcdir/src/layout/codes.awk" \
	"$srcdir"/src/layout/rules/*.c {} + > "$tmp/all"
run "those of axvm-lint are described as well" test $? = 0
cut -f 1 "$tmp/all" | sort > "$tmp/described"
sed -n 's/.*CODE(AXVM_FINDING_[A-Z_]*, "\([a-z-]*\)").*/\1/p' "$srcdir/src/finding.c" | sort > "$tmp/listed"
diff "$tmp/listed" "$tmp/described" | sed -n 's/^</# without a rule:/p; s/^>/# not in the table:/p'
run "some dozen codes" test "$(wc -l < "$tmp/listed")" -gt 60
run "they are the codes of src/finding.c" cmp -s "$tmp/listed" "$tmp/described"

# The comments of the public header name the severities as well.
awk '/\/\*\*/ { text = "" }
	{ text = text " " $0 }
	match($0, /AXVM_FINDING_[A-Z_]+ =/) {
		code = tolower(substr($0, RSTART + 13, RLENGTH - 15))
		gsub(/_/, "-", code)
		list = ""
		n = split("error warning note", levels, " ")
		for (i = 1; i <= n; i++)
			if (text ~ "[^a-z]" levels[i] "[^a-z]")
				list = list (list == "" ? "" : ",") levels[i]
		if (code != "none" && code !~ /^(file|virtual|tree)-/ || code == "tree-ram")
			print code "\t" list
	}' "$srcdir/include/axvm/finding.h" | sort > "$tmp/documented"
cut -f 1,2 "$tmp/codes" | sort > "$tmp/severities"
diff "$tmp/documented" "$tmp/severities" | sed -n 's/^[<>]/# &/p'
run "finding.h names their severities" cmp -s "$tmp/documented" "$tmp/severities"

# ------------------------------------------------------------------ what it reads

# describe CODE [FIELD...]: the comment above a rule.
describe() {
	printf '/*\n * %s\n *\n' "$1"
	shift
	for field; do printf ' * %s: It is\n * so.\n' "$field"; done
	printf ' */\n'
}
# rule CODE SEVERITIES: a rule in C; what its texts say is no code.
rule() {
	printf 'static const struct axvm_rule r = AXVM_RULE(\n\tAXVM_FINDING_%s, %s,\n' "$1" "$2"
	printf '\t"not AXVM_FINDING_X; \\"", "nor AXVM_SEVERITY_NOTE; nor AXVM_FINDING_Y");\n'
}
good() { describe a-b What Why How; rule A_B AXVM_SEVERITY_ERROR; }

cd "$tmp" || exit 1
good > good.c
tab=$(printf '\t')
says() { # says NAME TEXT FILE...: the output.
	name=$1 text=$2
	shift 2
	codes "$@" > out 2>&1
	sed 's/^/# /' out
	run "$name" test "$?:$(cat out)" = "0:$text"
}
says "a rule" "a-b${tab}error${tab}It is so.${tab}It is so.${tab}It is so." good.c
{ describe a-b What Why How Fix; rule A_B AXVM_SEVERITY_ERROR; } > fix.c
says "a rule whose finding has a fix" \
	"a-b${tab}error${tab}It is so.${tab}It is so.${tab}It is so.${tab}It is so." fix.c
{
	good
	rule A_B '{ AXVM_SEVERITY_NOTE, 0 }, { AXVM_SEVERITY_WARNING }'
} > three.c
says "severities of all rules, in order" \
	"a-b${tab}error,warning,note${tab}It is so.${tab}It is so.${tab}It is so." three.c
cat > lint.py << 'END'
# A comment.
# file-x
#
# What: A file
# is x.
# Why: That.
# How: Do not.
# Severity: warning, error
found(FindingCode.FILE_X)
END
says "Python" "file-x${tab}error,warning${tab}A file is x.${tab}That.${tab}Do not." lint.py
codes good.c lint.py | cut -f 1 | tr '\n' ' ' > out
run "C and Python" test "$(cat out)" = "a-b file-x "

# ------------------------------------------------------------------ what it refuses

refuses() { # refuses NAME TEXT FILE...: a line of the output.
	name=$1 text=$2
	shift 2
	codes "$@" > out 2>&1
	status=$?
	sed 's/^/# /' out
	run "$name" test "$status" != 0
	run "$name, at its line" grep -Fqx "$text" out
}
rule A_B AXVM_SEVERITY_ERROR > bad.c
refuses "no description" "bad.c:1: a-b has a rule, but no description" bad.c
describe a-b What Why How > bad.c
refuses "no rule" "bad.c:2: a-b is described, but no rule reports it" bad.c
{ good; describe a-b What Why How; } > bad.c
refuses "two descriptions" "bad.c:15: a-b is described twice, first at bad.c:2" bad.c
{ describe a-b What Why How; rule A_B AXVM_SEVERITY_ERROR; } > bad.c
refuses "the same in two files" "bad.c:2: a-b is described twice, first at good.c:2" good.c bad.c
rule A_B AXVM_SEVERITY_ERROR > bad.c
refuses "rules in two files" "bad.c:1: a-b has a rule here, and one in good.c" good.c bad.c
{ rule A_B AXVM_SEVERITY_ERROR; good; } > bad.c
refuses "a description below" "bad.c:5: a-b is described below its first rule" bad.c
for missing in What Why How; do
	# shellcheck disable=SC2046
	{
		describe a-b $(echo What Why How | sed "s/$missing//")
		rule A_B AXVM_SEVERITY_ERROR
	} > bad.c
	refuses "no $missing" "bad.c:2: a-b needs What, Why and How" bad.c
done
{ describe a-b What What Why How; rule A_B AXVM_SEVERITY_ERROR; } > bad.c
refuses "What twice" "bad.c:6: a-b has What twice" bad.c
{ describe a-b What Why How; rule A_B AXVM_SEVERITY_NOTE; } |
	sed 's|^ \*/$| * Severity: error, warning\n */|' > both.c
echo 'report(FindingCode.A_B)' > both.py
says "a severity in C of what Python reports as well" \
	"a-b${tab}error,warning,note${tab}It is so.${tab}It is so.${tab}It is so." both.c both.py
echo 'report(FindingCode.ANY)' > other.py
refuses "a severity in C" "both.c:2: a-b: the rules in C have the severities" both.c other.py
{ describe a-b What Why How; rule A_B 0; } > bad.c
refuses "a rule without a severity" "bad.c:11: a rule of a-b without a severity" bad.c
echo 'const struct axvm_rule r = ANY;' > bad.c
refuses "a rule without a code" "bad.c:1: a rule without an AXVM_FINDING_ code" bad.c

grep -v Severity lint.py > bad.py
refuses "Python: no severity" "bad.py:2: file-x needs a line Severity" bad.py
sed 's/warning/bad/' lint.py > bad.py
refuses "Python: another severity" "bad.py:2: \"bad\" is no severity" bad.py
grep -v FindingCode lint.py > bad.py
refuses "Python: not used" "bad.py:2: file-x is described, but not used in this file" bad.py
echo 'FindingCode.FILE_X' > bad.py
refuses "Python: not described" "bad.py:1: file-x is used, but not described" bad.py
sed 's/file-x/a-b/; s/FILE_X/A_B/' lint.py > bad.py
refuses "Python: a code of C" "bad.py:2: a-b is described twice, first at good.c:2" good.c bad.py
done_testing
