# SPDX-License-Identifier: Apache-2.0
"""TOML 1.1 for a parser of TOML 1.0: the hypervisor reads the one, Python's tomllib the other.

Newlines, comments and a last comma are allowed in an inline table, before and after each key with its
value, but not within: each becomes as many tabs, as a blank may be in a date with its time. The escapes
that are new, \\e and \\xHH, become longer ones.
"""

import re

from ..patterns import pattern
from .strings import STRING

# Brackets and commas, and what may contain others that do not count.
TOKEN = pattern(rf"""
    {STRING} | (?P<comment> \#[^\n]*) | (?P<newline> \r?\n) | (?P<open> [\[{{]) | (?P<close> [\]}}]) | ,
""", re.VERBOSE | re.DOTALL)
# An escape in a basic string, as in "\e" and "\x1b"; of the others, what it escapes.
_ESCAPE = pattern(r"\\(?:(e)|x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_PLACE = pattern(r"at line (\d+), column (\d+)\)\Z")


# Where in a text of 1.0 an escape ends, and how much longer it is than in that of 1.1.
Shift = tuple[int, int]


def as_1_0(text: str) -> tuple[str, list[Shift]]:
    """TEXT with blanks for what 1.0 does not allow in inline tables, and with escapes of 1.0."""
    parts: list[str] = []
    shifts: list[Shift] = []
    added = 0
    end = 0
    brackets: list[str] = []
    # What came last but for blanks; where in the parts, if it may be the last comma in braces.
    last = ""
    comma: int | None = None
    # Where newlines and comments were since then: what comes next can be the rest of a key.
    gaps: list[tuple[int, str]] = []
    for token in TOKEN.finditer(text):
        between, found = text[end:token.start()], token[0]
        parts.append(between)
        end = token.end()
        if found[0] in "\"'" and (len(found) == 1 or found[-1] != found[0]):
            # A string without its end, as the parser will say.
            end = token.start()
            break
        if between.strip():
            if between.lstrip()[0] in "=.":
                for at, gap in gaps:
                    parts[at] = gap
            last, comma = between.rstrip(), None
            gaps.clear()
        is_inline = brackets[-1:] == ["{"]
        if token["comment"] or token["newline"]:
            if is_inline and last[-1:] not in ("=", "."):
                gaps.append((len(parts), found))
                found = "\t" * len(found)
            parts.append(found)
            continue
        gaps.clear()
        if found == "}" and comma is not None:
            parts[comma] = " "
        comma = len(parts) if found == "," and is_inline and last not in ("{", ",") else None
        if token["open"]:
            brackets.append(found)
        elif token["close"] and brackets:
            brackets.pop()
        last = found
        if found[0] == '"' and "\\" in found:
            string, own = _with_escapes(found)
            shifts += [(token.start() + added + at, more) for at, more in own]
            added += len(string) - len(found)
            found = string
        parts.append(found)
    parts.append(text[end:])
    return "".join(parts), shifts


def _with_escapes(string: str) -> tuple[str, list[Shift]]:
    """A basic string with escapes of 1.0, and where these are."""
    shifts: list[Shift] = []
    added = 0

    def escape(match: "re.Match[str]") -> str:
        nonlocal added
        new = r"\u001b" if match[1] else rf"\u00{match[2]}" if match[2] else match[0]
        if new != match[0]:
            added += len(new) - len(match[0])
            shifts.append((match.end() + added, len(new) - len(match[0])))
        return new

    return _ESCAPE.sub(escape, string), shifts


def place_in(text: str, message: str, text_1_0: str, shifts: list[Shift]) -> str:
    """A parser's MESSAGE about TEXT_1_0 with the line and column in TEXT, whose lines may end
    elsewhere.

    The place is the end of the message: what is before it may have been taken from the file.
    """
    place = _PLACE.search(message)
    if not place:
        return message
    lines = text_1_0.split("\n")
    offset = sum(len(line) + 1 for line in lines[:int(place[1]) - 1]) + int(place[2]) - 1
    offset -= sum(more for end, more in shifts if end <= offset)
    before = text[:offset]
    return (f"{message[:place.start()]}at line {before.count(chr(10)) + 1}, "
            f"column {offset - before.rfind(chr(10))})")
