# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/text.h>: numbers and sizes as configurations write them."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_int32, c_size_t, c_uint, c_uint64
from errno import EINVAL
from typing import ClassVar

from ._library import function
from ._values import BUFFER, Enumeration, Uint64, enumeration, fit, formatted, parsed, written
from .error import ErrorCode

_uint_parse = function("axvm_uint_parse", c_bool, c_char_p, POINTER(c_uint64))
_size_parse = function("axvm_size_parse", c_bool, c_char_p, POINTER(c_uint64))
_uint_parse_prefix = function("axvm_uint_parse_prefix", c_bool, c_char_p, POINTER(c_uint64),
                              POINTER(c_char_p))
_size_parse_prefix = function("axvm_size_parse_prefix", c_bool, c_char_p, POINTER(c_uint64),
                              POINTER(c_char_p))
_size_parse_unit = function("axvm_size_parse_unit", c_bool, c_char_p, Uint64, POINTER(c_uint64))
_size_parse_unit_prefix = function("axvm_size_parse_unit_prefix", c_bool, c_char_p, Uint64,
                                   POINTER(c_uint64), POINTER(c_char_p))
_size_format = function("axvm_size_format", c_int, Uint64, *BUFFER)
_uint_format_hex = function("axvm_uint_format_hex", c_int, Uint64, c_uint, *BUFFER)


@enumeration("axvm_text_kind")
class TextKind(Enumeration):
    """A form of text that the library reads."""

    UINT: ClassVar["TextKind"]
    SIZE: ClassVar["TextKind"]
    GPA: ClassVar["TextKind"]
    GVA: ClassVar["TextKind"]
    HPA: ClassVar["TextKind"]
    HVA: ClassVar["TextKind"]
    GPA_RANGE: ClassVar["TextKind"]
    GVA_RANGE: ClassVar["TextKind"]
    HPA_RANGE: ClassVar["TextKind"]
    HVA_RANGE: ClassVar["TextKind"]
    VCPU_LIST: ClassVar["TextKind"]
    VCPU_MASK: ClassVar["TextKind"]
    MAPPING_FLAGS: ClassVar["TextKind"]


_text_check = function("axvm_text_check", c_int32, TextKind, c_char_p, POINTER(c_size_t))


def uint_parse(text: str) -> int | None:
    """The number of a text like "0x4000_0000"; None for anything else."""
    return _number(_uint_parse, text)


def size_parse(text: str) -> int | None:
    """The bytes of a size like "512M" or "256 MiB"; None for anything else."""
    return _number(_size_parse, text)


def uint_parse_prefix(text: str) -> tuple[int, str] | None:
    """The number that a text begins with, and what follows; None where there is none."""
    return _prefix(_uint_parse_prefix, text)


def size_parse_prefix(text: str) -> tuple[int, str] | None:
    """The bytes of the size that a text begins with, and what follows: for "SIZE@ADDRESS"."""
    return _prefix(_size_parse_prefix, text)


def size_parse_unit(text: str, unit: int) -> int | None:
    """The bytes of a size that counts UNIT bytes without a suffix; None for anything else."""
    return _number(lambda data, out: _size_parse_unit(data, unit, out), text)


def size_parse_unit_prefix(text: str, unit: int) -> tuple[int, str] | None:
    """The same of the size that a text begins with, and what follows."""
    return _prefix(lambda data, *out: _size_parse_unit_prefix(data, unit, *out), text)


def text_check(kind: TextKind, text: str) -> tuple[ErrorCode, int] | None:
    """Why a text is not of that kind, and at which character; None if it is."""
    where = c_size_t()
    before, nul, _ = text.partition("\0")
    data = before.encode(errors="surrogatepass")
    code: int = _text_check(kind, data, byref(where))
    # A text ends before its NUL.
    if nul and code != -EINVAL:
        return ErrorCode(-EINVAL), len(before)
    if code == 0:
        return None
    return ErrorCode(code), len(data[:where.value].decode(errors="surrogatepass"))


def uint_format_hex(value: int, digits: int = 1) -> str:
    """A number in hexadecimal, of so many digits at least."""
    return formatted(lambda number, *buffer: _uint_format_hex(number, fit(digits, c_uint), *buffer),
                     value)


def size_format(size: int) -> str:
    """A size as exact text, which size_parse() reads."""
    return formatted(_size_format, size)


def _number(parse: Callable[..., bool], text: str) -> int | None:
    number = written(c_uint64(), parse, parsed(text))
    return None if number is None else number.value


def _prefix(parse: Callable[..., bool], text: str) -> tuple[int, str] | None:
    # The rest points into the bytes: they must live as long.
    data, number, rest = parsed(text), c_uint64(), c_char_p()
    if not parse(data, byref(number), byref(rest)):
        return None
    return number.value, (rest.value or b"").decode(errors="surrogatepass")
