# SPDX-License-Identifier: Apache-2.0
# Each pattern matches wherever it is tried.
# mypy: disable-error-code="union-attr, index"
"""Fixes as edits of a file's text: all else stays as it is, comments and ends of lines included."""

import re
from collections.abc import Collection
from typing import Any

from ..findings import Fix
from ..reading.places import Span
from ..reading.source import Source
from ..reading.toml_file import parse
from ..schema.versions import MEMBERS

# A part of a text, and what comes in its place.
Edit = tuple[int, int, str]

_NUMBER = re.compile(r"\+?(0[xob])?([0-9A-Fa-f_]+)")
_BEFORE = re.compile(r"[ \t]*\Z")
_REST_OF_LINE = re.compile(r"[ \t]*,?[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")
_AFTER_PAIR = re.compile(r"[ \t]*,[ \t]*")


def fixed(text: str, fixes: Collection[Fix]) -> str | None:
    """The text with these fixes; None where one of them cannot be made in it.

    What the text says then is compared with what it said: there is no other difference.
    """
    source = Source(text)
    edits = [_edit(source, fix) for fix in fixes]
    parts: list[str] = []
    end = 0
    for edit in sorted(filter(None, edits)):
        if edit[0] < end:
            return None
        parts += (text[end:edit[0]], edit[2])
        end = edit[1]
    new = "".join([*parts, text[end:]])
    document = parse(text)
    try:
        for fix in fixes:
            _change(document, fix)
        return new if None not in edits and parse(new) == document else None
    except (ValueError, LookupError, TypeError):
        # Of two fixes one changed what the other fix is about.
        return None


def _edit(source: Source, fix: Fix) -> Edit | None:
    node, is_there = source.find(fix.owner)
    if not is_there:
        return None
    if fix.number is not None:
        return *node.span, _as_written(source.text[slice(*node.span)], fix.number)
    if not node.key:
        return None
    if fix.name is not None:
        return *node.key, fix.name
    return _removal(source.text, node.key, node.span)


def _as_written(old: str, number: int) -> str:
    """A number in the way that another one is written: its base, digits and underscores."""
    base, digits = _NUMBER.match(old).groups()
    groups = digits.split("_")
    new = format(number, {None: "d", "0x": "x", "0o": "o", "0b": "b"}[base])
    if any(digit in "ABCDEF" for digit in digits):
        new = new.upper()
    if base:
        # Zeros at the beginning are columns of a table, perhaps.
        new = new.zfill(sum(map(len, groups)))
    size = len(groups[-1])
    if len(groups) > 1 and all(len(group) == size for group in groups[1:]):
        first = len(new) % size
        new = "_".join(filter(None, [new[:first], *(new[at:at + size] for at in range(
            first, len(new), size))]))
    return (base or "") + new


def _removal(text: str, key: Span, value: Span) -> Edit | None:
    """The edit that takes out a key: with its line, or from between the braces of a table."""
    start = key[0] - len(_BEFORE.search(text, 0, key[0])[0])
    if start and text[start - 1] in "{,":
        return _removal_in_braces(text, start, value[1])
    line = text.rfind("\n", 0, key[0]) + 1
    rest = _REST_OF_LINE.match(text, value[1])
    if start != line or not rest:
        # A part of a dotted key.
        return None
    if rest.end() == len(text) and text[-1:] != "\n" and line:
        # The last line has no end, and so has the one before from now on.
        line -= 2 if text[line - 2:line] == "\r\n" else 1
    return line, rest.end(), ""


def _removal_in_braces(text: str, start: int, end: int) -> Edit:
    after = _AFTER_PAIR.match(text, end)
    if text[start - 1] == "{":
        # The first one: what is after the comma is the first then.
        return (start, after.end() - 1, "") if after and text[after.end() - 1] in " \t" else (
            start, after.end() if after else end, "")
    return start - 1, end, ""


def _change(document: dict[str, Any], fix: Fix) -> None:
    """Make the change in what the text says."""
    *path, last = _steps(document, fix)
    inner: Any = document
    for step in path:
        inner = inner[step]
    if fix.number is not None:
        inner[last] = fix.number
        return
    value = inner.pop(last)
    if fix.name is not None:
        inner[fix.name] = value


def _steps(document: dict[str, Any], fix: Fix) -> list[str | int]:
    """The keys and indexes that lead to what changes: an entry may be an array of its members."""
    steps: list[str | int] = []
    inner: Any = document
    for step in fix.owner.path:
        if isinstance(inner, list) and isinstance(step, str):
            step = MEMBERS[fix.owner.table].index(step)
        steps.append(step)
        inner = inner[step]
    return steps
