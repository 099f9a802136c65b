# SPDX-License-Identifier: Apache-2.0
"""The text of a TOML file in pieces, in order: blank lines, comments, headers, keys with values.

tomlkit reads them; it is no part of Python.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from types import ModuleType
from typing import Any

from ..optional import optional_module
from .changes import Path


class Unmigrated(Exception):
    """Why a file is left alone, and what to do; the line where that is known."""

    def __init__(self, reason: str, hint: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.line = line


class Kind(Enum):
    """What a piece of a file is."""

    BLANK = auto()
    COMMENT = auto()
    HEADER = auto()
    KEY = auto()


@dataclass
class Pair:
    """A key and its value within an inline table, as they are written."""

    name: str
    text: str
    value: str


@dataclass
class Piece:
    """A piece of a file.

    PATH leads to what a header or a key is about; a table of an array has its index there. A key is
    written as INDENT PREFIX NAME SEPARATOR VALUE TAIL, PREFIX being the first parts of a dotted key,
    a header as INDENT "[" NAME "]" TAIL, all else is TEXT. INLINE has the keys of an inline table.
    """

    kind: Kind
    text: str = ""
    path: Path = ()
    indent: str = ""
    prefix: str = ""
    name: str = ""
    separator: str = " = "
    value: str = ""
    tail: str = "\n"
    inline: list[Pair] = field(default_factory=list)

    def written(self) -> str:
        match self.kind:
            case Kind.KEY:
                return (f"{self.indent}{self.prefix}{self.name}{self.separator}{self.value}"
                        f"{self.tail}")
            case Kind.HEADER:
                return f"{self.indent}{self.name}{self.tail}"
        return self.text


def toml_error_line(text: str) -> int | None:
    """The line of a text that is no TOML 1.0; None where all of it is."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        # Its message ends in "(at line 3, column 5)", or in "(at end of document)".
        words = str(err).partition("(at line ")[2]
        return int(words.partition(",")[0]) if words else text.count("\n") + 1
    return None


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text, which must be TOML 1.0."""
    tomlkit = optional_module("tomlkit")
    try:
        return [*_walk(tomlkit.parse(text).body, (), "", optional_module("tomlkit.items"))]
    except tomlkit.exceptions.ParseError as err:
        raise Unmigrated(f"tomlkit {tomlkit.__version__}, which --migrate uses, does not read it",
                         "Write this line in a simpler way.", err.line) from None
    except (ValueError, RecursionError):
        raise Unmigrated(f"tomlkit {tomlkit.__version__}, which --migrate uses, does not read it",
                         "Write the file in a simpler way.") from None


def _walk(body: list[tuple[Any, Any]], path: Path, prefix: str,
          items: ModuleType) -> Iterator[Piece]:
    for key, item in body:
        match item:
            case items.Null():
                pass
            case items.Comment():
                yield Piece(Kind.COMMENT, item.as_string())
            case items.Whitespace():
                for line in item.as_string().splitlines(keepends=True):
                    yield Piece(Kind.BLANK, line)
            case items.Table() if key.is_dotted():
                yield from _walk(item.value.body, (*path, key.key), f"{prefix}{key.as_string()}.",
                                 items)
            case items.Table():
                inner = (*path, key.key)
                if not item.is_super_table():
                    yield _header(item, inner, f"[{item.display_name or _dotted(inner)}]")
                yield from _walk(item.value.body, inner, "", items)
            case items.AoT():
                inner = (*path, key.key)
                for index, table in enumerate(item.body):
                    yield _header(table, (*inner, index),
                                  f"[[{table.display_name or _dotted(inner)}]]")
                    yield from _walk(table.value.body, (*inner, index), "", items)
            case _:
                trivia = item.trivia
                yield Piece(
                    Kind.KEY, path=(*path, key.key), indent=trivia.indent, prefix=prefix,
                    name=key.as_string(), separator=key.sep, value=item.as_string(),
                    tail=f"{trivia.comment_ws}{trivia.comment}{trivia.trail}",
                    inline=[*_inline(item.value.body)] if isinstance(item, items.InlineTable) else [])


def _header(table: Any, path: Path, name: str) -> Piece:
    trivia = table.trivia
    return Piece(Kind.HEADER, path=path, indent=trivia.indent, name=name,
                 tail=f"{trivia.comment_ws}{trivia.comment}{trivia.trail}")


def _inline(body: list[tuple[Any, Any]]) -> Iterator[Pair]:
    for key, item in body:
        if key is not None and not key.is_dotted():
            yield Pair(key.key, key.as_string(), item.as_string())


def _dotted(path: Path) -> str:
    return ".".join(step for step in path if isinstance(step, str))
