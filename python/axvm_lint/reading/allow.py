# SPDX-License-Identifier: Apache-2.0
"""Comments that allow what is found: # axvm-lint: allow CODE[, CODE] because REASON."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from axvm_types import FindingCode, Model, Severity
from ..findings import Finding
from ..patterns import pattern
from ..text import clip, quote
from .source import Place, Source

# Quickly seen to be in no part of a text.
_NAME = "axvm-lint:"
_COMMENT = pattern(rf"#\s*{_NAME}")
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
class _Allowance:
    """A comment, and the line that it is about; None for the whole file, 0 for no line."""

    def __init__(self, offset: int, length: int, line: int | None,
                 codes: list[FindingCode]) -> None:
        self.offset = offset
        self.length = length
        self.line = line
        self.codes = codes
        self.used: set[FindingCode] = set()


class _Lines:
    """The comments about one code, by line: of a long place with many of them, each is looked at
    once, however many findings there are."""

    def __init__(self) -> None:
        # Both ascend: lines are added as they come in the file.
        self._lines: list[int] = []
        self._allowances: list[_Allowance] = []
        # By index, one at or before the next that has no effect yet.
        self._next: list[int] = [0]

    def add(self, line: int, allowance: _Allowance) -> None:
        self._lines.append(line)
        self._allowances.append(allowance)
        self._next.append(len(self._allowances))

    def use(self, code: FindingCode, first: int, last: int) -> bool:
        """Whether there is one about these lines; all of them have an effect then."""
        begin, end = bisect_left(self._lines, first), bisect_right(self._lines, last)
        at = self._unused(begin)
        while at < end:
            self._allowances[at].used.add(code)
            self._next[at] = at + 1
            at = self._unused(at + 1)
        return begin < end

    def _unused(self, index: int) -> int:
        """The first from an index on that has no effect yet."""
        steps, end = self._next, index
        while steps[end] != end:
            end = steps[end]
        # The way is shorter the next time.
        while steps[index] != end:
            steps[index], index = end, steps[index]
        return end


class Allowances:
    """What the comments of one file allow."""

    def __init__(self, file: str, source: Source) -> None:
        self._file = file
        self._allowances: list[_Allowance] = []
        # By code; those of the whole file are at line 0, where no place is.
        self._lines: dict[FindingCode, _Lines] = {}
        self._wrong: list[Finding] = []
        if _NAME in source.text:
            from .places import comments
            for start, end in comments(source.text):
                self._read(source, start, end)

    def __bool__(self) -> bool:
        return bool(self._allowances)

    def allows(self, code: FindingCode, place: Place | None) -> bool:
        """Whether it is allowed at a place; each comment that does so has an effect."""
        lines = self._lines.get(code)
        if lines is None:
            return False
        whole = lines.use(code, 0, 0)
        return place is not None and lines.use(code, place.line, place.end_line) or whole

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
        words = comment[begin.end():].split()
        # The first one that something is before: names of codes, with commas between them.
        because = words.index("because", 2) if "because" in words[2:] else len(words)
        if words[:1] != ["allow"] or because + 1 >= len(words):
            self._wrong.append(self._finding(
                start, len(comment), "the comment is not understood", _SHAPE))
            return
        codes = []
        for name in map(str.strip, " ".join(words[1:because]).split(",")):
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
            if allowance.line != 0:
                self._lines.setdefault(code, _Lines()).add(allowance.line or 0, allowance)

    def _finding(self, offset: int, length: int, reason: str, hint: str) -> Finding:
        return Finding(self._file, FindingCode.FILE_ALLOW, Severity.WARNING, reason, hint,
                       severities=_SEVERITIES,
                       offset=offset, length=length)
