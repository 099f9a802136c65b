# SPDX-License-Identifier: Apache-2.0
# The text is TOML: each pattern matches where it is tried.
# mypy: disable-error-code="union-attr, index, no-any-return"
"""Where the values of a TOML document are.

tomllib alone decides what a document says, and gives no places. This index is made of a document
that tomllib has read: it does not check the TOML. A value's inside is looked at when
somebody asks for a part of it, so an index of millions of values is made of a few of them.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, cast

from ..patterns import pattern
from .strings import STRING
from .toml_1_1 import as_1_0

_TEXT = pattern(STRING, re.DOTALL)
_NAME = pattern(rf"[\w-]+|{STRING}", re.DOTALL)
_DOT = pattern(r"[ \t]*\.[ \t]*")
_EQUALS = pattern(r"[ \t]*=[ \t]*")
# A date and its time may have a blank between them.
_PLAIN = pattern(r"[^\s,\]}#]+(?: \d\d:[^\s,\]}#]*)?")
_BLANK = pattern(r"(?:[\s,]++|#[^\n]*+)*")
# What has to do with nesting; an array that holds only numbers is taken at once.
_NESTED = pattern(rf"#[^\n]*|{STRING}|\[[^]\[{{}}\"'#]*\]|[]\[{{}}]", re.DOTALL)

_COMMENT = pattern(rf"(?P<comment>#[^\n]*)|{STRING}", re.DOTALL)

Span = tuple[int, int]
Step = str | int


class Node:
    """A value: its own span, that of its key, and what is within it once that is known.

    The span of a table with a header is the header; one that only dotted keys make, or an
    array of tables, has that of the first of them.
    """

    __slots__ = ("span", "key", "inside")

    def __init__(self, span: Span, key: Span | None = None,
                 inside: "dict[str, Node] | list[Node] | None" = None) -> None:
        self.span = span
        self.key = key
        # Any: its users know which of these it is.
        self.inside: Any = inside


class Index:
    """The places in one document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = Node((0, 0), None, {})
        self._read()

    def find(self, path: tuple[Step, ...]) -> tuple[Node, int]:
        """The value at a path, or the one around it that is there; and how many steps led to it."""
        node = self._root
        for count, step in enumerate(path):
            inside = self._inside(node)
            inner: Node | None
            if isinstance(inside, dict):
                inner = inside.get(cast(str, step))
            else:
                inner = (inside[step] if isinstance(step, int) and inside and step < len(inside)
                         else None)
            if inner is None:
                return node, count
            node = inner
        return node, len(path)

    def parts(self, node: Node) -> "dict[str, Node] | list[Node] | None":
        """What is within a value: by its keys, in order, or nothing."""
        return self._inside(node)

    def _inside(self, node: Node) -> "dict[str, Node] | list[Node] | None":
        if node.inside is None:
            first = self._text[node.span[0]]
            if first == "[":
                node.inside = [Node(span) for span in self._elements(node.span[0])]
            elif first == "{":
                node.inside = {}
                self._read_inline(node)
        return node.inside

    def _read(self) -> None:
        """Take all of the tables' headers, and of each key its value's span."""
        text, table = self._text, self._root
        at = _BLANK.match(text).end()
        while at < len(text):
            if text[at] == "[":
                is_array = text.startswith("[[", at)
                names, end = self._names(at + 1 + is_array)
                end = text.index("]", end) + 1 + is_array
                table = self._header(names, (at, end), is_array)
            else:
                end = self._pair(table, at)
            at = _BLANK.match(text, end).end()

    def _read_inline(self, node: Node) -> None:
        text = self._text
        at = _BLANK.match(text, node.span[0] + 1).end()
        while text[at] != "}":
            at = _BLANK.match(text, self._pair(node, at)).end()

    def _pair(self, table: Node, at: int) -> int:
        """Put a key and its value into a table; where the value ends."""
        names, end = self._names(at)
        start = _EQUALS.match(self._text, end).end()
        end = self._end(start)
        for name, span in names[:-1]:
            table = self._table(table, name, Node(span, span, {}))
        name, span = names[-1]
        table.inside[name] = Node((start, end), span)
        return end

    def _header(self, names: list[tuple[str, Span]], span: Span, is_array: bool) -> Node:
        table = self._root
        for name, key in names[:-1]:
            table = self._table(table, name, Node(key, key, {}))
        name, key = names[-1]
        new = Node(span, key, {})
        if is_array:
            table.inside.setdefault(name, Node(span, key, [])).inside.append(new)
            return new
        # A table within it may have come first.
        old = table.inside.setdefault(name, new)
        old.span, old.key = span, key
        return old

    def _table(self, table: Node, name: str, new: Node) -> Node:
        """The table of a name, made where there is none; of an array of them the last."""
        inner = table.inside.setdefault(name, new)
        return inner.inside[-1] if isinstance(inner.inside, list) else inner

    def _names(self, at: int) -> tuple[list[tuple[str, Span]], int]:
        """The parts of a key, and where it ends."""
        names = []
        blank = _BLANK.match(self._text, at)
        while blank:
            part = _NAME.match(self._text, blank.end())
            names.append((_name(part[0]), part.span()))
            at = part.end()
            blank = _DOT.match(self._text, at)
        return names, at

    def _elements(self, start: int) -> Iterator[Span]:
        text = self._text
        at = _BLANK.match(text, start + 1).end()
        while text[at] != "]":
            end = self._end(at)
            yield at, end
            at = _BLANK.match(text, end).end()

    def _end(self, start: int) -> int:
        """Where the value ends that begins there."""
        text = self._text
        if text[start] in "\"'":
            return _TEXT.match(text, start).end()
        if text[start] not in "[{":
            return _PLAIN.match(text, start).end()
        depth = 0
        for token in _NESTED.finditer(text, start):
            found = token[0]
            if found in "[{":
                depth += 1
            elif found in "]}":
                depth -= 1
            if not depth:
                return token.end()
        raise ValueError("an array without its end")


def comments(text: str) -> Iterator[Span]:
    """The spans of the comments in a text, whether it is a document or not."""
    return (token.span() for token in _COMMENT.finditer(text) if token["comment"])


def _name(text: str) -> str:
    """What a part of a key says."""
    if text[0] == '"' and "\\" in text:
        return tomllib.loads(as_1_0(f"name = {text}")[0])["name"]
    return text[1:-1] if text[0] in "\"'" else text
