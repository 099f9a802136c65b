# SPDX-License-Identifier: Apache-2.0
"""axvm-lint on mistakes made in the samples: what it underlines is the mistake."""

import random
import re
from pathlib import Path

from linting import SRCDIR, found, run_tests, write
from tap import done, is_, ok

MISTAKES = 2000

# The parts of a line before its comment.
VALUE = re.compile(r'"[^"]*"|\b(?:0x[0-9a-f_]+|\d+)\b|\btrue\b|\bfalse\b')
ENTRY = re.compile(r"^ +(\[.*\]),", re.MULTILINE)
KEY = re.compile(r"^[a-z_]+(?= =)", re.MULTILINE)
COMMENT = re.compile(r"#.*")

NO_NUMBERS = ["-1", "true", "1.5", '"x"', "[]", "{}", "0x1_0000_0000_0000_0000", "'''\n'''"]
NO_STRINGS = ["7", "false", "0.5", "[1]", "{a = 1}", "1979-05-27"]
NO_BOOLEANS = ["7", '"true"', "[true]"]
NO_ENTRIES = ["7", '"["', "true"]

Part = tuple[int, int]


def parts(text: str) -> list[tuple[str, Part]]:
    """What can be spoilt: its kind, and where it is."""
    # Comments become blanks, so that all the rest keeps its place.
    code = COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    found_parts = [("entry", entry.span(1)) for entry in ENTRY.finditer(code)]
    found_parts += [("key", key.span()) for key in KEY.finditer(code)]
    for value in VALUE.finditer(code):
        kind = "string" if value[0][0] == '"' else "boolean" if value[0].isalpha() else "number"
        found_parts.append((kind, value.span()))
    return found_parts


def spoilt(text: str, kind: str, part: Part, chance: random.Random) -> tuple[str, str]:
    """The document with a mistake in place of a part, and the mistake."""
    wrong = {"number": NO_NUMBERS, "string": NO_STRINGS, "boolean": NO_BOOLEANS,
             "entry": NO_ENTRIES}.get(kind)
    mistake = chance.choice(wrong) if wrong else f"un{text[slice(*part)]}{chance.randrange(99)}"
    more = chance.choice(["", " " * chance.randrange(5), " # ' \" ["])
    before = f"# {more}{'#' * chance.randrange(3)}\n" * chance.randrange(3)
    return before + text[:part[0]] + mistake + text[part[1]:], mistake


def place(text: str, start: int) -> tuple[int, int]:
    before = text[:start]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def mistakes() -> None:
    chance = random.Random(7)
    # That in broken/ has mistakes of its own, which are reported as well.
    samples = [(text, parts(text)) for file in sorted((SRCDIR / "examples").rglob("*.toml"))
               if file.parent.name != "broken" for text in [file.read_text()]]
    made = {}
    while len(made) < MISTAKES:
        text, choices = chance.choice(samples)
        kind, part = chance.choice(choices)
        document, mistake = spoilt(text, kind, part, chance)
        # The document is as long before the part as it was made longer at its beginning.
        start = part[0] + len(document) - len(text) - len(mistake) + part[1] - part[0]
        made[f"{len(made)}.toml"] = document, kind, start, mistake
    for name, (document, *_) in made.items():
        write(name, document)
    _, findings = found("--separate", *made)
    places: dict[str, dict] = {}
    for finding in findings:
        begin, end = ((finding["line"], finding["column"]),
                      (finding["end_line"], finding["end_column"]))
        places.setdefault(finding["file"], {})[begin, end] = finding
    for name, (document, kind, start, mistake) in made.items():
        wanted = place(document, start), place(document, start + len(mistake))
        known = places.get(name, {})
        if kind == "key" and wanted not in known:
            # An option of a virtual device: its value. A key that is missing: its table.
            value = document.index("= ", start) + 2
            wanted = place(document, value), place(document, document.index("\n", value))
            if wanted not in known:
                header = document.rindex("\n[", 0, start) + 1
                wanted = place(document, header), place(document, document.index("\n", header))
        ok(wanted in known, f"{name}: a {kind}, {mistake!a}, is what is underlined",
           f"{sorted(known)}, not {wanted}")
    kinds = {kind for _, kind, _, _ in made.values()}
    is_(kinds, {"number", "string", "boolean", "entry", "key"}, "all kinds of mistakes")


run_tests(mistakes)
done()
