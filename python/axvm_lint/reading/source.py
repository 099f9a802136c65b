# SPDX-License-Identifier: Apache-2.0
"""The text of a file: where the owners of findings are in it, and how its lines are shown."""

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Owner
from ..schema.versions import MEMBERS
from ..text import columns, printable

if TYPE_CHECKING:
    from .places import Index, Node, Span

# Of a line that is longer, as much is shown: what the finding is about, and a little before it.
_SHOWN = 100
_BEFORE = 30
_TAB = 4


class Place(NamedTuple):
    """A part of a text: lines and columns from 1, columns in characters; the end is outside."""

    line: int
    column: int
    end_line: int
    end_column: int

    def to_json(self) -> dict[str, int]:
        return {"line": self.line, "column": self.column,
                "end_line": self.end_line, "end_column": self.end_column}


# Of what has no place.
NOWHERE: dict[str, int | None] = dict.fromkeys(("line", "column", "end_line", "end_column"))


class Source:
    """One file's text, without a byte order mark."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _index(self) -> "Index":
        from .places import Index
        return Index(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        """Where the lines begin."""
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def owner(self, owner: Owner, is_key: bool) -> Place:
        """Where an owner is, or its key; where it is missing, what should contain it."""
        node, is_there = self.find(owner)
        return self.place(node.key if is_key and is_there and node.key else node.span)

    def find(self, owner: Owner) -> "tuple[Node, bool]":
        """An owner's value, and that it is there; or what should contain it."""
        node, count = self._index.find(owner.path)
        if count == len(owner.path):
            return node, True
        rest = owner.path[count:]
        inside = self._index.parts(node)
        members: list[str | int] = [*MEMBERS.get(owner.table, ())]
        if len(rest) == len(owner.member) and isinstance(inside, list) and rest[0] in members:
            # An entry that is an array has its members in that order.
            number = members.index(rest[0])
            if number < len(inside):
                return self._within(inside[number], rest[1:]), len(rest) == 1
        return node, False

    def _within(self, node: "Node", path: tuple[str | int, ...]) -> "Node":
        for step in path:
            inside = self._index.parts(node)
            if (not isinstance(inside, list) or not isinstance(step, int)
                    or step >= len(inside)):
                break
            node = inside[step]
        return node

    def subject(self, comment: int) -> int | None:
        """The line that a comment is about: its own, or that below; 0 for one that has none.

        None for a comment before everything else, which is about the whole file.
        """
        line, _ = self._line(comment)
        return self._subjects[line] if line >= self._first else None

    @cached_property
    def _first(self) -> int:
        """The first line that has more than a comment."""
        return next((line for line, subject in enumerate(self._subjects) if subject == line > 0),
                    len(self._subjects))

    @cached_property
    def _subjects(self) -> list[int]:
        """By a line's number, itself or the line that its comment is about; 0 for none."""
        subjects = [0]
        for number, line in reversed([*enumerate(self.text.split("\n"), 1)]):
            line = line.strip()
            subjects.append(subjects[-1] if line.startswith("#") else number if line else 0)
        return [0, *subjects[:0:-1]]

    def place(self, span: "Span") -> Place:
        line, column = self._line(span[0])
        end_line, end_column = self._line(span[1])
        return Place(line, column, end_line, end_column)

    def _line(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def excerpt(self, place: Place) -> tuple[str, str]:
        """The first line of a place, fit for a terminal, and a line that underlines the place."""
        start = self._starts[place.line - 1]
        end = (self._starts[place.line] - 1 if place.line < len(self._starts)
               else len(self.text))
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        first = start + place.column - 1
        last = start + place.end_column - 1 if place.end_line == place.line else end
        shown = start if end - start <= _SHOWN else max(start, first - _BEFORE)
        until = min(end, shown + _SHOWN)
        before = self._shown(shown, first)
        marked = self._shown(first, min(last, until)).rstrip()
        after = self._shown(min(last, until), until)
        dots = "..." if shown > start else ""
        line = f"{dots}{before}{marked}{after}{'...' if until < end else ''}"
        mark = "^" + "~" * (columns(marked) - 1)
        return line.rstrip(), " " * (len(dots) + columns(before)) + mark

    def _shown(self, start: int, end: int) -> str:
        return printable(self.text[start:end].replace("\t", " " * _TAB))
