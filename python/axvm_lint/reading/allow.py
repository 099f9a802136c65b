# SPDX-License-Identifier: Apache-2.0
"""Comments that allow what is found: # axvm-lint: allow CODE[, CODE] because REASON."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter
from dataclasses import dataclass, field

from axvm_types import FindingCode, Model, Severity
from ..findings import Finding
from ..text import clip, quote
from .places import comments
from .source import Place, Source

# Quickly seen to be in no part of a text.
_NAME = "axvm-lint:"
_COMMENT = re.compile(rf"#\s*{_NAME}\s*")
_ALLOW = re.compile(r"allow\s+(\S.*?)\s+because\s+\S")
_line = attrgetter("line")
# Whatever the version.
_SEVERITIES = dict.fromkeys(Model.all(), Severity.WARNING)
_SHAPE = "Write # axvm-lint: allow CODE because REASON."


# file-allow
#
# What: A comment "axvm-lint: allow CODE because REASON" has no effect: it is written in another
# way, names no code, or nothing of that code is found there.
# Why: A reader would believe that a problem was accepted, but the comment has no effect.
# How: Remove the comment, or write it on or above the line that the finding is about; before the
# first table it is about the whole file.
# Severity: warning
@dataclass
class _Allowance:
    """A comment, and the line that it is about; None for the whole file, 0 for no line."""

    offset: int
    length: int
    line: int | None
    codes: list[FindingCode]
    used: set[FindingCode] = field(default_factory=set)


class Allowances:
    """What the comments of one file allow."""

    def __init__(self, file: str, source: Source) -> None:
        self._file = file
        self._allowances: list[_Allowance] = []
        # By code: those of the whole file, and those of lines, which ascend.
        self._general: dict[FindingCode, list[_Allowance]] = {}
        self._special: dict[FindingCode, list[_Allowance]] = {}
        self._wrong: list[Finding] = []
        if _NAME in source.text:
            for start, end in comments(source.text):
                self._read(source, start, end)

    def __bool__(self) -> bool:
        return bool(self._allowances)

    def allows(self, code: FindingCode, place: Place | None) -> bool:
        """Whether it is allowed at a place; each comment that does so has an effect."""
        allowing = list(self._general.get(code, ()))
        special = self._special.get(code, ())
        if place:
            first = bisect_left(special, place.line, key=_line)
            allowing += special[first:bisect_right(special, place.end_line, key=_line)]
        for allowance in allowing:
            allowance.used.add(code)
        return bool(allowing)

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the comments, when all else has been found."""
        yield from self._wrong
        for allowance in self._allowances:
            for code in allowance.codes:
                if code not in allowance.used:
                    yield self._finding(allowance.offset, allowance.length,
                                        f"there is no finding of {code.name} here",
                                        "Remove the code from the comment.")

    def _read(self, source: Source, start: int, end: int) -> None:
        comment = source.text[start:end].rstrip("\r")
        begin = _COMMENT.match(comment)
        if not begin:
            return
        allow = _ALLOW.match(comment, begin.end())
        if not allow:
            self._wrong.append(self._finding(
                start, len(comment), "the comment is not understood", _SHAPE))
            return
        codes = []
        for name in re.split(r"\s*,\s*", allow[1]):
            code = FindingCode.from_name(name)
            if code is None:
                self._wrong.append(self._finding(
                    start, len(comment), f"{quote(clip(name))} is not a code",
                    "Name one that --list-codes lists."))
            else:
                codes.append(code)
        allowance = _Allowance(start, len(comment), source.subject(start), codes)
        self._allowances.append(allowance)
        for code in codes:
            if allowance.line is None:
                self._general.setdefault(code, []).append(allowance)
            elif allowance.line:
                self._special.setdefault(code, []).append(allowance)

    def _finding(self, offset: int, length: int, reason: str, hint: str) -> Finding:
        return Finding(self._file, FindingCode.FILE_ALLOW, Severity.WARNING, reason, hint,
                       severities=_SEVERITIES,
                       offset=offset, length=length)
