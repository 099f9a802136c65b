# SPDX-License-Identifier: Apache-2.0
"""The configuration file axvm-lint.toml: options for the VM files below its folder.

Whoever wrote it may be a stranger, as it is found by itself: it is opened as the files are that a VM
configuration names, has a limited size, and is refused for the first thing that is wrong.
"""

import os
from argparse import ArgumentTypeError
from typing import Any, NamedTuple, NoReturn

from ..output import Identity, identity
from ..reading.opening import NotLookedAt, open_beside
from ..reading.globs import Glob
from ..reading.places import Index
from ..reading.search import CONFIGURATION
from ..reading.source import Source
from ..reading.toml_file import Unreadable, load_opened
from ..text import choice, clip, printable, quote, value_text
from .settings import BadConfiguration, Said
from .table import INTEGER, KEYS, STRINGS, TABLE, Option
from .values import READERS

_LIMIT = 1 << 20
# Of a pattern, which takes time to compile, and of a text that is repeated in a message.
_LONGEST = 1000
# Of patterns, each of which is tried on each VM file.
_MOST_PATTERNS = 4096

_MACHINE = "machine"
_FILES = "files"

Path = tuple[str | int, ...]


class MachineOf(NamedTuple):
    """A machine of the file: which VM files are on it, relative to the folder, and what is said of it."""

    patterns: tuple[Glob, ...]
    said: Said


class Configuration(NamedTuple):
    """What a file says; FOLDER is an absolute path."""

    folder: str
    identity: Identity | None
    said: Said
    machines: tuple[MachineOf, ...]

    def machines_of(self, file: str) -> list[int]:
        """Which of the machines a VM file is on."""
        names = os.path.relpath(os.path.abspath(file), self.folder).split("/")
        return [index for index, machine in enumerate(self.machines)
                if any(pattern.matches(names) for pattern in machine.patterns)]


def read(path: str) -> Configuration:
    """The configuration in a file."""
    folder, name = os.path.split(os.path.abspath(path))
    path = os.path.relpath(path)
    try:
        with open_beside(folder, name) as file:
            which = identity(os.fstat(file.fileno()))
            _, text, document = load_opened(file, _LIMIT, "a configuration of axvm-lint")
    except OSError as err:
        raise BadConfiguration(f"{printable(path)}: cannot be read: {err.strerror}") from None
    except NotLookedAt as err:
        raise BadConfiguration(f"{printable(path)}: is not looked at: {err}") from None
    except Unreadable as err:
        place = Source(err.text).place((err.offset, err.offset)) if err.offset is not None else None
        where = f"{place.line}:{place.column}:" if place else ""
        raise BadConfiguration(f"{printable(path)}:{where} {err.reason}") from None
    reader = _Reader(path, text)
    machines = reader.machines(document.pop(_MACHINE, []))
    return Configuration(folder, which, reader.said(document, ()), machines)


class _Reader:
    """Makes values of a document; FILE is its name, from the working directory."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._folder = os.path.dirname(file)
        self._text = text

    def machines(self, tables: object) -> tuple[MachineOf, ...]:
        """Those of [[machine]]."""
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._refuse((_MACHINE,), f"{value_text(tables)} is not an array of tables; write "
                                      f"[[{_MACHINE}]]")
        machines = tuple(self._machine(table, (_MACHINE, index)) for index, table in enumerate(tables))
        if sum(len(machine.patterns) for machine in machines) > _MOST_PATTERNS:
            self._refuse((_MACHINE,), f"there are more than {_MOST_PATTERNS} patterns in {_FILES}")
        return machines

    def _machine(self, table: dict[str, Any], path: Path) -> MachineOf:
        where = (*path, _FILES)
        if _FILES not in table:
            self._refuse(path, f"the key {_FILES} is missing: which VM files are of this machine")
        texts = self._texts(STRINGS, table.pop(_FILES), where)
        if not texts:
            self._refuse(where, "an empty array names no VM file")
        for text in texts:
            self._refuse_long(text, where)
            if not text or text.startswith("/"):
                self._refuse(where, f"{quote(clip(text))} is not a path or a pattern relative to the "
                                    "folder of this file")
        return MachineOf(tuple(Glob(os.path.normpath(_native(text))) for text in texts),
                         self.said(table, path))

    def said(self, table: dict[str, Any], path: Path) -> Said:
        """What a table says of the machine."""
        said: Said = {}
        for key, value in table.items():
            where = (*path, key)
            option = KEYS.get(key)
            if option is None:
                self._refuse_key(where, [*KEYS, *([_FILES] if path else [_MACHINE])])
            others = [other for other in KEYS.values() if other.alternatives and other.dest in said
                      and other.alternatives == option.alternatives]
            if others:
                self._refuse(where, f"it does not go together with {others[0].key}")
            values = [self._value(option, text, where)
                      for text in self._texts(option.kind, value, where)]
            said[option.dest] = tuple(values) if option.is_list else values[0]
        return said

    def _texts(self, kind: str, value: object, path: Path) -> list[str]:
        """A value as the command line would have it."""
        match value:
            case str() if kind not in (INTEGER, TABLE):
                return [value]
            case int() if kind == INTEGER and not isinstance(value, bool):
                return [str(value)] if value.bit_length() < 64 else [hex(value)]
            case list() if kind == STRINGS:
                for index, each in enumerate(value):
                    if not isinstance(each, str):
                        self._refuse((*path, index), f"{value_text(each)} is not a string")
                return value
            case dict() if kind == TABLE:
                for key, each in value.items():
                    if not isinstance(each, str):
                        self._refuse((*path, key), f"{value_text(each)} is not a string")
                return [f"{key}={each}" for key, each in value.items()]
        self._refuse(path, f"{value_text(value)} is not {kind}")

    def _value(self, option: Option, text: str, path: Path) -> Any:
        if option.is_path:
            if not text or "\0" in text:
                self._refuse(path, f"{quote(clip(text))} is not a path")
            return os.path.join(self._folder, _native(text))
        self._refuse_long(text, path)
        assert option.value
        try:
            return READERS[option.value](text)
        except ArgumentTypeError as err:
            if option.kind == TABLE:
                path = (*path, text.partition("=")[0])
            self._refuse(path, str(err))

    def _refuse_long(self, text: str, path: Path) -> None:
        if len(text) > _LONGEST:
            self._refuse(path, f"{quote(clip(text))} has more than {_LONGEST} characters")

    def _refuse_key(self, path: Path, known: list[str]) -> NoReturn:
        from difflib import get_close_matches
        key = str(path[-1])
        close = get_close_matches(key[:64].lower().replace("_", "-"), known, 3)
        self._refuse(path, f"unknown key {quote(clip(key))}; " + (
            f"did you mean {choice(close)}?" if close else f"there are {', '.join(known)}"))

    def _refuse(self, path: Path, reason: str) -> NoReturn:
        node, _ = Index(self._text).find(path)
        place = Source(self._text).place(node.key or node.span)
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{clip(step)}" for step in path)
        raise BadConfiguration(f"{printable(self._file)}:{place.line}:{place.column}: "
                               f"{printable(steps[1:])}: {printable(reason)}")


def _native(text: str) -> str:
    """A name that the file has in UTF-8 as the names of files are here."""
    return os.fsdecode(text.encode())
