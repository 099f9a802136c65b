# SPDX-License-Identifier: Apache-2.0
"""The text of an array with other entries: its comments stay with what they are about."""

import json
import re
from collections.abc import Callable
from typing import Any

from ..reading.places import Index, Span, comments
from .changes import Entries

# A device tree path that is commented out as an entry of an old array.
_PATH = re.compile(r"(#+\s*)\[\s*\"(/[^\"\\]*)\"\s*,?\s*\]\s*,?\s*")
_ENTRY = re.compile(r"#+\s*[\[{\]}\d\"]")
_INDENT = "    "


def new_array(old: str, change: Entries, indent: str, newline: str) -> str:
    """The array in place of OLD, which is written at a key with that indent."""
    before = "x = "
    text = before + old
    index = Index(text)
    parts = index.parts(index.find(("x",))[0])
    elements = [node.span for node in parts] if isinstance(parts, list) else []
    own = [span for span in comments(text)
           if not any(start <= span[0] < end for start, end in elements)]
    is_long = "\n" in _between(text, elements)
    lines: list[str] = []
    # Comments on lines of their own, which are about the next element unless a blank line comes.
    above: list[str] = []
    end = len(before)
    for number, (start, stop) in enumerate([*elements, (len(text) - 1, len(text))]):
        new = [toml_table(entry) for entry in change.entries[number]] if number < len(elements) else []
        for span in own:
            if not end <= span[0] < start:
                continue
            gap = text[end:span[0]]
            comment = text[slice(*span)].rstrip()
            if number and "\n" not in gap:
                # On the line of the element before.
                if lines and change.entries[number - 1]:
                    lines[-1] += f" {comment}"
            elif _ENTRY.match(comment):
                lines += above
                above = []
                lines += _commented(comment, change.commented)
            else:
                if _has_blank_line(gap):
                    lines += above
                    above = []
                above.append(comment)
            end = span[1]
        if number == len(elements):
            lines += above
        elif new:
            if above and _has_blank_line(text[end:start]):
                above.append("")
            lines += [*above, *(f"{entry}," for entry in new)]
        elif above and _has_blank_line(text[end:start]):
            lines += above
        above = []
        end = stop
    if not lines:
        return "[]"
    if not is_long:
        return f"[{' '.join(lines).removesuffix(',')}]"
    inner = re.match(r"\[[^\S\n]*\r?\n(?:[^\S\n]*\r?\n)*([^\S\n]*)", old)
    deep = inner[1] if inner and inner[1] else indent + _INDENT
    return "".join([f"[{newline}", *(f"{deep}{line}".rstrip() + newline for line in lines),
                    f"{indent}]"])


def with_map_type(old: str, indexes: frozenset[int]) -> str:
    """The array of memory regions, those at INDEXES with a map_type of 0 more."""
    text = "x = " + old
    index = Index(text)
    regions = index.parts(index.find(("x",))[0])
    for number in sorted(indexes, reverse=True):
        members = index.parts(regions[number]) if isinstance(regions, list) else None
        if isinstance(members, list):
            end = members[-1].span[1]
            text = f"{text[:end]}, 0{text[end:]}"
    return text.removeprefix("x = ")


def toml_string(text: str) -> str:
    """A text as a string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_table(entry: dict[str, Any]) -> str:
    """A table whose values are strings, on one line."""
    return f"{{ {', '.join(f'{key} = {toml_string(value)}' for key, value in entry.items())} }}"


def _commented(comment: str, form: Callable[[str], dict[str, Any] | None]) -> list[str]:
    path = _PATH.fullmatch(comment)
    entry = form(path[2]) if path else None
    return [f"{path[1]}{toml_table(entry)},"] if path and entry else []


def _between(text: str, elements: list[Span]) -> str:
    """The text without its elements."""
    rest, end = "", 0
    for start, stop in elements:
        rest += text[end:start]
        end = stop
    return rest + text[end:]


def _has_blank_line(gap: str) -> bool:
    return gap.count("\n") > 1
