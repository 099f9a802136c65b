# SPDX-License-Identifier: Apache-2.0
"""axvm-lint on files that are no TOML: the usual mistakes are named, once, at their place."""

from linting import changed, found, run_tests, write
from tap import done, is_, ok

# In each text, the place between the two marks is what is shown.
BEGIN, END = "\u2192", "\u2190"

MISTAKES = [
    # Comments of other languages.
    ("id = 3 \u2192//\u2190 of this machine", "a comment begins with #, not with //", "# in place of //"),
    ("\u2192//\u2190 [base]\nid = 3", "a comment begins with #", "#"),
    ("ids = [3, \u2192//\u2190 first\n 4]", "a comment begins with #", "#"),
    ("\u2192/*\u2190 the VM */", "not with /*", "#"),
    ("id = 3 \u2192;\u2190 the id", "a comment begins with #, not with ;", "#"),
    # Commas.
    ("ids = [3 \u2192\u21904]", "a comma or ] is expected here", "comma"),
    ("ids = [\n  [3],\n  [4]\u2192\u2190  # \"last\n  [5],\n]", "a comma or ] is expected here", "comma"),
    ("d = {a = 3 \u2192\u2190b = 4}", "a comma or } is expected here", "comma"),
    ("ids = [3\u2192;\u2190 4]", "a comma or ] is expected here, not ;", "comma"),
    ("ids = [3, \u2192,\u2190 4]", "a value is expected here", "Remove the comma"),
    ("id = 3\u2192,\u2190", "a line ends without ,", "Remove the ,"),
    ("id = 3\u2192;\u2190", "a line ends without ;", "Remove the ;"),
    # Brackets.
    ("ids = \u2192[\u2190\n  3,\n\n[kernel]\nb = 1", "this array has no ]", "Write the ]"),
    ("ids = \u2192[\u2190\n  [3, 4]\n\n[kernel]\nb = 1", "this array has no ]", "Write the ]"),
    ("ids = \u2192[\u2190\n  3,\nb = 1", "this array has no ]", "Write the ]"),
    ("ids = \u2192[\u21903, 4", "this array has no ]", "Write the ]"),
    ("d = \u2192{\u2190a = 3", "this inline table has no }", "Write the }"),
    ("ids = [3]\u2192]\u2190", "this ] ends nothing", "Remove it"),
    # Keys and their values.
    ('name \u2192\u2190"x"', "= is missing after name", "Write ="),
    ('name\u2192:\u2190 "x"', "= is expected after name, not :", "Write ="),
    ("name\u2192\u2190", "= and a value are missing after name", "Write the value"),
    ("d = {a = 3, name \u2192\u21904}", "= is missing after name", "Write ="),
    ("name =\u2192\u2190", "a value is missing", "after the ="),
    ("name =\u2192\u2190\n  3", "a value is missing", "after the ="),
    ("name =\u2192=\u2190 3", "a value is expected here, not another =", "Remove it"),
    ("id = 3 \u2192\u2190name = 4", "each key and each table begins on a line of its own", "line break"),
    ("id = 3\n\u2192id\u2190 = 4", "id is written twice", "Remove one"),
    # Words.
    ("name = \u2192guest\u2190", '"guest" is a word without quotes', 'Write "guest"'),
    ("path = \u2192/guest/Image\u2190 # x", "is a word without quotes", 'Write "/guest/Image"'),
    ("regions = [[0, 1, \u2192alloc\u2190]]", '"alloc" is a word without quotes', "alloc"),
    ("bios = \u2192True\u2190", "True is written in small letters", "Write true"),
    ("bios = \u2192yes\u2190", "is a word without quotes", "Write true or false"),
    ("name = \u2192trueish\u2190", '"trueish" is a word without quotes', "trueish"),
    ("gpa = \u2192f000\u2190", '"f000" is a word without quotes', "Write 0xf000"),
    ("name = \u2192\u201c\u2190x\u201d", "is not a quote", "Write text between"),
    ('path = "C:\u2192\\\u2190guest"', "begins an escape", "single quotes"),
    ('name = "guest\u2192\u2190', "a string has no end", "Write the quote"),
    # Numbers.
    ("size = \u219264M\u2190", "64M is a number with a unit", "67108864 (0x4000000)"),
    ("regions = [[0, \u219264 MiB\u2190, 7]]", "64 MiB is a number with a unit", "67108864"),
    ("size = \u21920x40KB\u2190", "0x40KB is a number with a unit", "65536 (0x10000)"),
    ("size = \u21920.5G\u2190", "0.5G is a number with a unit", "536870912"),
    ("size = \u219216 B\u2190", "16 B is a number with a unit", "16 (0x10)"),
    ("gpa = \u21920x8000_0000_\u2190", "0x8000_0000_ is not a number", "between two digits"),
    ("gpa = [\u21920x80__00\u2190]", "0x80__00 is not a number", "between two digits"),
    ("gpa = \u21920X80\u2190", "0X80 is not a number", "Write 0x"),
    ("id = \u2192007\u2190", "007 is not a number", "without the 0"),
    ("gpa = \u21920x80zz\u2190", "0x80zz is not a number", "hexadecimal digits"),
    ("size = 0x10 \u2192*\u2190 4", "TOML does not calculate", "Write the result"),
]

# What is like a mistake, and is none.
GOOD = [
    "# // no comment of another language", 'name = "64M"', "name = '// 3'", "b = 64 # M", "k = 0\nb = 1",
    "ids = [3,\n # it's\n 4,\n]", "x = 1_0", "a = [ # //\n]", "M = 64\nKiB = 1", "yes = true",
]


def mistakes() -> None:
    for marked, reason, hint in MISTAKES:
        text = marked.replace(BEGIN, "").replace(END, "")
        start, end = marked.index(BEGIN), marked.index(END) - 1
        for before in ("", "# it's a \"comment\" [\n\n", "\ufeff[base]\r\n"):
            write("bad.toml", before + text + "\n")
            status, findings = found("bad.toml")
            is_((status, [one["code"] for one in findings]), (2, ["file-syntax"]), f"{text!a}: once")
            finding = findings[0]
            ok(reason in finding["message"], f"{text!a}: {reason}", finding["message"])
            ok("line" not in finding["message"].split(": ", 2)[-1].replace(reason, ""),
               f"{text!a}: no place in the message", finding["message"])
            ok(hint in finding["hint"], f"{text!a}: {hint}", finding["hint"])
            whole = (before + text).removeprefix("\ufeff")
            offset = len(whole) - len(text)
            is_([place(whole, offset + at) for at in (start, end)],
                [(finding["line"], finding["column"]), (finding["end_line"], finding["end_column"])],
                f"{text!a}: its place")


def place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def good() -> None:
    for text in GOOD:
        write("good.toml", text + "\n" + changed("[base]", "[base]"))
        _, findings = found("good.toml")
        is_([one for one in findings if one["code"] == "file-syntax"], [], f"{text!a}: is TOML")


run_tests(mistakes)
run_tests(good)
done()
