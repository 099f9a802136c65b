# SPDX-License-Identifier: Apache-2.0
"""Counts the steps that Python code takes with a text: no time, so a loaded machine counts the same.

A step is a line of Python; a character that a method of the text looks at, that is copied out of it,
or that a pattern looks at. The steps of patterns are those of a plain backtracking matcher, which
works on the tree that Python's own parser makes of a pattern; its matches are compared with those
of the re module.
"""

import re
import sys
from collections.abc import Callable, Iterator
from re import _constants as sre
from re import _parser
from types import FrameType
from typing import Any

from axvm_lint.patterns import _Pattern as Lazy


class Count:
    steps = 0


def _charge(steps: int) -> None:
    Count.steps += steps


class Text(str):
    """A text that counts what is looked at or copied."""

    __slots__ = ()

    def __getitem__(self, index: int | slice) -> str:
        result = str.__getitem__(self, index)
        _charge(len(result))
        return Text(result) if len(result) > 1 else result

    def __contains__(self, what: object) -> bool:
        return self.find(what) >= 0

    def __iter__(self) -> Iterator[str]:
        _charge(len(self))
        return str.__iter__(self)

    def find(self, what: str, start: int = 0, end: int = sys.maxsize) -> int:
        at = str.find(self, what, start, end)
        _charge((min(end, len(self)) if at < 0 else at) - start + 1)
        return at

    def index(self, what: str, start: int = 0, end: int = sys.maxsize) -> int:
        at = self.find(what, start, end)
        if at < 0:
            raise ValueError("substring not found")
        return at

    def count(self, what: str, start: int = 0, end: int = sys.maxsize) -> int:
        _charge(min(end, len(self)) - start + 1)
        return str.count(self, what, start, end)

    def startswith(self, what: str, start: int = 0) -> bool:
        _charge(len(what))
        return str.startswith(self, what, start)


def _whole(name: str) -> Callable[..., Any]:
    """A method that looks at all of the text, as far as one knows."""
    method = getattr(str, name)

    def call(self: Text, *arguments: Any, **options: Any) -> Any:
        _charge(len(self))
        result = method(self, *arguments, **options)
        if isinstance(result, list):
            return [Text(part) for part in result]
        return Text(result) if isinstance(result, str) else result
    return call


for _name in dir(str):
    if not _name.startswith("__") and _name not in vars(Text) and _name != "maketrans":
        setattr(Text, _name, _whole(_name))

# A pattern as a program: what to do, and with what. Where there is a choice, the first comes first.
Program = list[tuple[str, Any]]
_CATEGORIES = {
    sre.CATEGORY_SPACE: str.isspace, sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    sre.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
}


def _is_in(items: list[tuple[Any, Any]]) -> Callable[[str], bool]:
    negated = items[0][0] is sre.NEGATE

    def has(char: str) -> bool:
        for kind, value in items[negated:]:
            if (kind is sre.LITERAL and ord(char) == value
                    or kind is sre.RANGE and value[0] <= ord(char) <= value[1]
                    or kind is sre.CATEGORY and _CATEGORIES[value](char)):
                return not negated
        return negated
    return has


def _translate(tree: Any, flags: int, out: Program) -> Program:
    for kind, value in tree:
        if kind is sre.LITERAL:
            out.append(("take", lambda char, code=value: ord(char) == code))
        elif kind is sre.NOT_LITERAL:
            out.append(("take", lambda char, code=value: ord(char) != code))
        elif kind is sre.ANY:
            out.append(("take", lambda char: flags & re.DOTALL or char != "\n"))
        elif kind is sre.IN:
            out.append(("take", _is_in(value)))
        elif kind is sre.SUBPATTERN:
            _translate(value[3], flags, out)
        elif kind is sre.BRANCH:
            ends = []
            for branch in value[1][:-1]:
                choice = len(out)
                out.append(("choose", None))
                _translate(branch, flags, out)
                ends.append(len(out))
                out.append(("go", None))
                out[choice] = ("choose", (choice + 1, len(out)))
            _translate(value[1][-1], flags, out)
            for end in ends:
                out[end] = ("go", len(out))
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _repeat(*value, flags, out, kind is sre.MIN_REPEAT)
        elif kind is sre.POSSESSIVE_REPEAT:
            inner: Program = []
            _repeat(*value, flags, inner, False)
            out.append(("once", inner))
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            back = value[1].getwidth()[0] if value[0] < 0 else 0
            out.append(("look", (_translate(value[1], flags, []), kind is sre.ASSERT, back)))
        elif kind is sre.AT:
            out.append(("at", (value, flags)))
        else:
            raise NotImplementedError(kind)
    return out


def _repeat(least: int, most: Any, tree: Any, flags: int, out: Program, lazy: bool) -> None:
    for _ in range(least):
        _translate(tree, flags, out)
    is_endless = most is sre.MAXREPEAT
    choices = []
    for _ in range(1 if is_endless else most - least):
        choices.append(len(out))
        out.append(("choose", None))
        _translate(tree, flags, out)
        if is_endless:
            out.append(("go", choices[-1]))
    for choice in choices:
        ways = (choice + 1, len(out))
        out[choice] = ("choose", ways[::-1] if lazy else ways)


def _is_at(value: tuple[Any, int], text: str, at: int) -> bool:
    where, flags = value
    if where is sre.AT_BEGINNING:
        return at == 0 or bool(flags & re.MULTILINE) and text[at - 1] == "\n"
    if where is sre.AT_END_STRING:
        return at == len(text)
    if where is sre.AT_BEGINNING_STRING:
        return at == 0
    raise NotImplementedError(where)


def _run(program: Program, text: str, at: int) -> int | None:
    """Where a match that begins there ends."""
    left = [(0, at)]
    while left:
        number, at = left.pop()
        while number < len(program):
            Count.steps += 1
            what, value = program[number]
            number += 1
            if what == "take":
                if at >= len(text) or not value(text[at]):
                    break
                at += 1
            elif what == "choose":
                number, other = value
                left.append((other, at))
            elif what == "go":
                number = value
            elif what == "once":
                end = _run(value, text, at)
                if end is None:
                    break
                at = end
            elif what == "look":
                inner, wanted, back = value
                found = at >= back and _run(inner, text, at - back) is not None
                if found != wanted:
                    break
            elif not _is_at(value, text, at):
                break
        else:
            return at
    return None


class Pattern:
    """A compiled pattern whose steps are counted."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._program = _translate(_parser.parse(pattern.pattern, pattern.flags), pattern.flags, [])

    def _count(self, text: str, at: int, found: re.Match[str] | None, is_search: bool) -> None:
        text = str.__str__(text)
        for start in range(at, len(text) + 1 if is_search else at + 1):
            end = _run(self._program, text, start)
            if end is not None:
                break
        got = None if end is None else (start, end)
        if got != (found and found.span()):
            raise AssertionError(f"{self._pattern.pattern}: {got} but {found}")

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        found = self._pattern.match(text, at)
        self._count(text, at, found, False)
        return found

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        found = self._pattern.search(text, at)
        self._count(text, at, found, True)
        return found

    def finditer(self, text: str, at: int = 0) -> Iterator[re.Match[str]]:
        while found := self.search(text, at):
            yield found
            at = found.end()

    def sub(self, by: str, text: str) -> str:
        for _ in self.finditer(text):
            pass
        return Text(self._pattern.sub(by, text))


def count_patterns(*packages: str) -> int:
    """Have the patterns of these packages counted; how many there are. None may be made later."""
    patterns = 0
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] not in packages:
            continue
        for key, value in list(vars(module).items()):
            if isinstance(value, Lazy):
                value = re.compile(value._text, value._flags)
            if isinstance(value, re.Pattern):
                setattr(module, key, Pattern(value))
                patterns += 1
            elif value is re:
                setattr(module, key, None)
    return patterns


def _trace(frame: FrameType, event: str, _: object) -> Any:
    if frame.f_code.co_filename == __file__:
        return None
    Count.steps += event == "line"
    return _trace


def steps_of(function: Callable[[], object]) -> int:
    """How many steps a call takes."""
    Count.steps = 0
    before = sys.gettrace()
    sys.settrace(_trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return Count.steps
