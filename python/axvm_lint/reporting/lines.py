# SPDX-License-Identifier: Apache-2.0
"""Findings for people: with the lines that they are about, or one a line."""

import os
from collections.abc import Iterator
from typing import TextIO

from axvm_types import Severity
from ..findings import Finding
from ..reading.source import Place, Source
from ..text import printable
from .printer import Locate

_PLAIN = "\x1b[0m"
_BOLD = "\x1b[1m"
_MARK = "\x1b[1;32m"
_COLOURS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;35m",
    Severity.NOTE: "\x1b[1;36m",
}


class Lines:
    """For people: one line, or with the lines of the files and the hint."""

    def __init__(self, is_short: bool, colour: bool) -> None:
        self._is_short = is_short
        self._colour = colour

    def add(self, finding: Finding, locate: Locate) -> None:
        lines = self._head(finding, locate(finding.a))
        print(next(lines) if self._is_short else "\n".join([*lines, *self._rest(finding, locate)]))

    def end(self) -> None:
        pass

    def _head(self, finding: Finding, found: tuple[Source, Place] | None) -> Iterator[str]:
        label = self._in(_COLOURS[finding.severity],
                         f"{finding.severity.name}[{finding.code.name}]:")
        yield f"{self._where(finding.file, found)} {label} {finding.message}"
        yield from self._excerpt(found)

    def _rest(self, finding: Finding, locate: Locate) -> Iterator[str]:
        b = finding.b
        other = locate(b) if b else None
        if b and b.file and other:
            label = self._in(_COLOURS[Severity.NOTE], "note:")
            yield f"{self._where(b.file, other)} {label} the other entry"
            yield from self._excerpt(other)
        yield f"{self._in(_BOLD, 'help:')} {finding.hint}"

    def _where(self, file: str, found: tuple[Source, Place] | None) -> str:
        place = f"{found[1].line}:{found[1].column}:" if found else ""
        return self._in(_BOLD, f"{printable(file)}:{place}")

    def _excerpt(self, found: tuple[Source, Place] | None) -> Iterator[str]:
        if not found:
            return
        source, place = found
        line, mark = source.excerpt(place)
        yield f"{place.line:>5} | {line}"
        blank = mark[:len(mark) - len(mark.lstrip())]
        yield f"      | {blank}{self._in(_MARK, mark.lstrip())}"

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_PLAIN}" if self._colour else text


def wants_colour(when: str, stream: TextIO) -> bool:
    """Whether to colour; WHEN is auto, always or never.

    Of the environment NO_COLOR goes first, then FORCE_COLOR, then the terminal.
    """
    if when != "auto" or os.environ.get("NO_COLOR"):
        return when == "always"
    return bool(os.environ.get("FORCE_COLOR")) or (
        stream.isatty() and os.environ.get("TERM") != "dumb")
