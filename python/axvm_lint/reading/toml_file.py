# SPDX-License-Identifier: Apache-2.0
"""Files to TOML documents: whatever the file, a document or one reason why not."""

import os
import re
import sys
import tomllib
from collections.abc import Callable
from typing import Any, BinaryIO

from axvm_types import FindingCode, Model, Severity
from ..findings import Finding
from ..patterns import pattern
from ..text import clip, printable
from .toml_1_1 import as_1_0, place_in

# Far above any configuration; it keeps devices without end from filling the memory.
_LIMIT = 64 << 20

# The name of what is no file.
STANDARD_INPUT = "-"

_BYTE_ORDER_MARK = "\ufeff"

_KIND = "a VM configuration"
_OTHER_FILE = "Name a VM configuration."

# Keys of more than 64 parts: each part is a table within the one before, which costs the
# parser memory and time that grow with the square of their number.
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]++|\\[^\n])*"|'[^'\n]*+')"""
_DEEP = 64
_DEEP_KEY = pattern(rf"(?:^|[\[{{,])[ \t]*{_PART}(?:[ \t]*\.[ \t]*{_PART}){{{_DEEP}}}", re.MULTILINE)

# Decimal numbers of more than 100 digits, which fit nowhere.
_LONG_NUMBER = pattern(r"(?<![\w.])([1-9](?:_?[0-9]){99})(?:_?[0-9])+")


# file-syntax
#
# What: A file cannot be read, or it is not TOML in UTF-8.
# Why: Nothing is known of the VM, and no other file is compared with it.
# How: Fix the place that the message names. https://toml.io/ describes TOML.
# Severity: error
class Unreadable(Exception):
    """The reason why a file gave no document, and what to do; fit for a terminal."""

    def __init__(self, reason: str, hint: str, text: str = "", offset: int | None = None,
                 length: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        # What there is of the file's text, where in it the reason is, and how much that is.
        self.text = text
        self.offset = offset
        self.length = length

    def finding(self, file: str, models: tuple[Model, ...]) -> Finding:
        """As a finding about that file, which may be for each of these versions."""
        return Finding(file, FindingCode.FILE_SYNTAX, Severity.ERROR, self.reason, self.hint,
                       offset=self.offset, length=self.length,
                       severities=dict.fromkeys(models, Severity.ERROR))


# Where tomllib's messages have a place: at their end, as a key of the file may come before.
_PLACE = pattern(r"\(at (?:line (\d+), column (\d+)|end of document)\)\Z")


# The byte order mark that a file begins with, or nothing; its text; and the TOML document in it.
Loaded = tuple[str, str, dict[str, Any]]


def load(path: str) -> tuple[str, dict[str, Any]]:
    """The text and the document of a file."""
    return load_exactly(path)[1:]


def load_exactly(path: str) -> Loaded:
    """As load(), and its byte order mark."""
    return _load(lambda: _read(path))


def load_opened(file: BinaryIO, limit: int = _LIMIT, kind: str = _KIND) -> Loaded:
    """As load_exactly(), of an open file of this KIND, which has at most LIMIT bytes."""
    return _load(lambda: file.read(limit + 1), limit, kind)


def _load(read: Callable[[], bytes], limit: int = _LIMIT,
          kind: str = _KIND) -> Loaded:
    text = ""
    try:
        data = read()
        if len(data) > limit:
            raise Unreadable(f"not {kind}: larger than {limit >> 20} MiB", _OTHER_FILE)
        text = _decode(data)
        mark = _BYTE_ORDER_MARK if data.startswith(_BYTE_ORDER_MARK.encode()) else ""
        return mark, text, parse(text)
    except OSError as err:
        raise Unreadable(f"cannot be read: {err.strerror}",
                         "Name a file that is there and may be read.") from None
    except UnicodeDecodeError as err:
        byte = err.object[err.start]
        raise Unreadable(f"not UTF-8: byte 0x{byte:02x} at offset {err.start}",
                         "Save the file as UTF-8.", _text(err.object),
                         len(_text(err.object[:err.start]))) from None
    except (RecursionError, MemoryError):
        raise Unreadable(f"not {kind}: nested too deeply", _OTHER_FILE) from None
    except ValueError as err:
        raise _unreadable(str(err), text) from None


def _unreadable(message: str, text: str) -> Unreadable:
    """Why a parser, which says this, could not read a text."""
    from .mistakes import mistake_at
    offset = _offset(message, text)
    found = None if offset is None else mistake_at(text, message, offset)
    if found:
        return Unreadable(f"not TOML: {printable(found.reason)}",
                          f"{printable(found.hint)} The rest of the file was not read.", text,
                          found.offset, found.length)
    # A finding has its place.
    reason = message if offset is None else _PLACE.sub("", message).rstrip()
    return Unreadable(f"not TOML: {clip(printable(reason))}",
                      "Syntax error: fix it first; the rest of the file was not read.", text, offset)


def _read(path: str) -> bytes:
    """The bytes of a file, up to the first that is too many."""
    if path == STANDARD_INPUT:
        # Closed, it is no object at all.
        return sys.stdin.buffer.read(_LIMIT + 1) if sys.stdin else b""
    # A pipe is waited for, as of a shell's <(...); a terminal does not become that of the program.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NOCTTY)) as file:
        return file.read(_LIMIT + 1)


def _decode(data: bytes) -> str:
    return data.decode().removeprefix(_BYTE_ORDER_MARK)


def _text(data: bytes) -> str:
    """A text with marks for what is none."""
    return data.decode(errors="replace").removeprefix(_BYTE_ORDER_MARK)


def _offset(message: str, text: str) -> int | None:
    """The place that a message of tomllib names."""
    place = _PLACE.search(message)
    if not place:
        return None
    if place[1] is None:
        return len(text)
    before = text.split("\n", int(place[1]) - 1)[:-1]
    return min(len(text), sum(map(len, before)) + len(before) + int(place[2]) - 1)


def parse(text: str) -> dict[str, Any]:
    """The document in a text; ValueError where it is not TOML, or RecursionError."""
    if text.count(".") >= _DEEP and _DEEP_KEY.search(text):
        raise RecursionError
    try:
        return _parse_1_0(text)
    except tomllib.TOMLDecodeError:
        text_1_0, shifts = as_1_0(text)
        if text_1_0 == text:
            raise
    try:
        return _parse_1_0(text_1_0)
    except tomllib.TOMLDecodeError as err:
        raise tomllib.TOMLDecodeError(place_in(text, str(err), text_1_0, shifts)) from None


def _parse_1_0(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        # Python reads no decimal number of thousands of digits. Cut short it still does not
        # fit, and is reported with its place like any other number that does not.
        return tomllib.loads(_LONG_NUMBER.sub(r"\1", text))
