# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/error.h>: error codes, their names, texts and conversions."""

from __future__ import annotations

from ctypes import POINTER, c_bool, c_char_p, c_int32, c_int
from typing import Self

from ._library import Functions
from ._values import BUFFER, Int32, fit, formatted, written

_c = Functions(
    "axvm_error",
    is_valid=(c_bool, Int32),
    name=(c_char_p, Int32),
    message=(c_char_p, Int32),
    canonicalize=(c_int32, Int32),
    to_linux=(c_int32, Int32),
    from_linux=(c_bool, Int32, POINTER(c_int32)),
    from_errno=(c_int32, Int32, Int32),
    to_kind=(c_bool, Int32, POINTER(c_int32)),
    format=(c_int, Int32, *BUFFER))


class ErrorCode(int):
    """A code: 0 for success, a kind of error (1 to 46), or minus a Linux error number."""

    def __new__(cls, code: int = 0) -> Self:
        return super().__new__(cls, fit(code, c_int32))

    @classmethod
    def from_linux(cls, errnum: int) -> Self | None:
        """The code of a Linux error number; None where there is no such number."""
        code = written(c_int32(), _c.from_linux, errnum)
        return None if code is None else cls(code.value)

    @classmethod
    def from_errno(cls, errnum: int, fallback: int) -> Self:
        """The code of an error number of this host, as OSError.errno has it, or FALLBACK."""
        return cls(_c.from_errno(errnum, fallback))

    @property
    def name(self) -> str:
        """The name of its kind or number; "Ok" for 0, "Unknown" for an invalid code."""
        return _c.name(self).decode()

    @property
    def message(self) -> str:
        """What it means, for people."""
        return _c.message(self).decode()

    def is_valid(self) -> bool:
        """Whether it is a known error; false for 0."""
        return _c.is_valid(self)

    def canonicalize(self) -> Self:
        """The kind that it stands for; itself where there is none."""
        return type(self)(_c.canonicalize(self))

    def to_linux(self) -> int:
        """The Linux error number; 0 for 0, -1 for an invalid code."""
        return _c.to_linux(self)

    def to_kind(self) -> Self | None:
        """The kind of error; None for 0, invalid codes and numbers without a kind."""
        kind = written(c_int32(), _c.to_kind, self)
        return None if kind is None else type(self)(kind.value)

    def __str__(self) -> str:
        return formatted(_c.format, self)


class AxvmError(Exception):
    """A function of the library returned an error code."""

    def __init__(self, code: int) -> None:
        self.code = ErrorCode(code)
        super().__init__(self.code.message)


def check(code: int) -> None:
    """Raise an AxvmError unless CODE is success."""
    if code:
        raise AxvmError(code)
