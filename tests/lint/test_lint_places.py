# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: each finding has line and column, and underlines what it is about."""

import re

import tap

tap.need_library()

from axvm_types import FindingCode  # noqa: E402
from code_cases import CASES, Case, unmarked  # noqa: E402
from linting import GOOD, RTC, changed, found, lint, run_tests, telling, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402

def place_of_marks(text: str, marks: str) -> tuple[int, int, int, int] | None:
    """Where a marked part of a text is: line, column, end's line, end's column."""
    if marks[0] not in text:
        return None
    place = []
    for mark in marks:
        before = unmarked(text[:text.index(mark)])
        place += [before.count("\n") + 1, len(before) - before.rfind("\n")]
    return tuple(place)


def place_of(owner: dict | None) -> tuple | None:
    return owner and tuple(owner[key] for key in ("line", "column", "end_line", "end_column"))


def underlined(text: str, marks: str) -> str:
    """The line of a marked part, and the line below that underlines it."""
    line, column, end_line, end_column = place_of_marks(text, marks)
    shown = unmarked(text).split("\n")[line - 1]
    length = (end_column if end_line == line else len(shown) + 1) - column
    return (f"{line:>5} | {shown.rstrip()}\n"
            f"      | {' ' * (column - 1)}{'^' + '~' * (length - 1)}\n")


def check(number: int, case: Case) -> None:
    what = f"case {number}, {case.code}"
    files = ["a.toml", "b.toml"][:len(case.documents)]
    for file, document in zip(files, case.documents):
        write(file, unmarked(document))
    arguments = [*case.options.split(), *files]
    before = telling(case.code)
    _, findings = found(*arguments, before=before)
    is_([finding["code"] for finding in findings], [case.code], f"{what}: that finding")
    if len(findings) != 1:
        return
    first, last = case.documents[0], case.documents[-1]
    a = place_of_marks(first, "«»")
    b = place_of_marks(last, "‹›")
    # tomllib says where a mistake begins, or where the statement with it ends.
    if case.code != "file-syntax":
        is_(place_of(findings[0]), a, f"{what}: place")
        if findings[0]["a"]:
            is_(place_of(findings[0]["a"]), a, f"{what}: place of a")
        if b:
            is_(place_of(findings[0]["b"]), b, f"{what}: place of b")
    message, hint = findings[0]["message"], findings[0]["hint"]
    severity = findings[0]["severity"]
    line, column = findings[0]["line"], findings[0]["column"]
    head = f"a.toml:{line}:{column}: {severity}[{case.code}]: {message}\n"
    text = lint("-q", *arguments, before=before).stdout
    if case.code == "file-syntax":
        ok(text.startswith(head), f"{what}: text", text)
    else:
        wanted = head + underlined(first, "«»")
        if b:
            wanted += (f"{files[-1]}:{b[0]}:{b[1]}: note: the other entry\n"
                       + underlined(last, "‹›"))
        wanted += f"help: {hint}\n"
        is_(text[:len(wanted)], wanted, f"{what}: text")
    short = lint("-q", "--format=short", *arguments, before=before).stdout
    is_(short.splitlines()[0] + "\n", head, f"{what}: short")


def codes() -> None:
    for number, case in enumerate(CASES):
        if "«" in case.documents[0]:
            check(number, case)
    # Those of --host-dtb need a device tree.
    is_({case.code for case in CASES if "«" in case.documents[0]},
        {code.name for code in FindingCode.all() if not code.name.startswith("tree-")},
        "each code of the library has a document")


def shown(content: str | bytes) -> list[str]:
    """What the program prints of a file with one finding: the line, and that below it."""
    # Paths of the device tree and ranges do not mix, which is not what is looked at.
    text = lint("-q", "--disable=device-discovery", write("shown.toml", content)).stdout
    ok(all(line.isprintable() for line in text.splitlines()), "nothing but printables",
       ascii(text))
    return [line[8:] for line in text.splitlines() if re.match(r"[ \d]{5} \||      \|", line)]


def excerpts() -> None:
    for name, content, lines in (
            ("tabs", changed("id = 7", "\tid\t=\t-7"), ["    id    =    -7", " " * 15 + "^~"]),
            ("CRLF", changed("id = 7", "id = -7").replace("\n", "\r\n"), ["id = -7", "     ^~"]),
            ("a byte order mark", "\ufeffbase = {id = -7, name = '', vm_type = 1, cpu_num = 2}\n"
             + GOOD[GOOD.index("[kernel]"):],
             ["base = {id = -7, name = '', vm_type = 1, cpu_num = 2}", " " * 13 + "^~"]),
            ("bidirectional characters", changed("id = 7", "id = -7 # \u202e\x9b"),
             [r"id = -7 # \u202e\x9b", "     ^~"]),
            ("wide characters", changed(RTC + ",\n", '["/中文"], ["中", -1],\n'),
             ['passthrough_devices = [["/中文"], ["中", -1],', " " * 41 + "^~"]),
            ("several lines", changed("[[0x4", "\"\"\"\n\n\"\"\" #[[0x4"),
             ['memory_regions = """', " " * 17 + "^~~"])):
        is_(shown(content), lines, name)
    long = changed("id = 7", "id = -7 # " + "x" * 1000)
    line, mark = shown(long)
    is_((line, mark), ("id = -7 # " + "x" * 90 + "...", "     ^~"), "a long line")
    paths = ", ".join(f'["/{i}"]' for i in range(99))
    line, mark = shown(changed(RTC, f"{paths}, -1, {paths.replace('/', '/b')}"))
    is_((line[mark.index("^"):mark.index("^") + 2], len(line), line[:3], line[-3:]),
        ("-1", 106, "...", "..."), "inside a long line")


run_tests(codes, excerpts)
done()
