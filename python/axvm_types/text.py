# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/text.h>: numbers and sizes as configurations write them."""

from collections.abc import Callable
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_uint64

from ._library import function
from ._values import BUFFER, Uint64, formatted, written

_uint_parse = function("axvm_uint_parse", c_bool, c_char_p, POINTER(c_uint64))
_size_parse = function("axvm_size_parse", c_bool, c_char_p, POINTER(c_uint64))
_uint_parse_prefix = function("axvm_uint_parse_prefix", c_bool, c_char_p, POINTER(c_uint64),
                              POINTER(c_char_p))
_size_parse_prefix = function("axvm_size_parse_prefix", c_bool, c_char_p, POINTER(c_uint64),
                              POINTER(c_char_p))
_size_format = function("axvm_size_format", c_int, Uint64, *BUFFER)


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


def size_format(size: int) -> str:
    """A size as exact text, which size_parse() reads."""
    return formatted(_size_format, size)


def _number(parse: Callable[..., bool], text: str) -> int | None:
    number = None if "\0" in text else written(c_uint64(), parse, text.encode())
    return None if number is None else number.value


def _prefix(parse: Callable[..., bool], text: str) -> tuple[int, str] | None:
    # The rest points into the bytes: they must live as long.
    data, number, rest = text.encode(), c_uint64(), c_char_p()
    if "\0" in text or not parse(data, byref(number), byref(rest)):
        return None
    return number.value, (rest.value or b"").decode()
