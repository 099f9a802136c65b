# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/access.h>: what a guest's access to a port or a register is about."""

from ctypes import POINTER, c_bool, c_int, c_uint16, c_uint64
from typing import ClassVar, Self

from ._library import function, Functions
from ._values import BUFFER, Enumeration, Uint16, Uint64, enumeration, fit, formatted, written


@enumeration("axvm_access_width")
class AccessWidth(Enumeration):
    """How much an access moves; try_from_usize() takes the number of bytes."""

    BYTE: ClassVar["AccessWidth"]
    WORD: ClassVar["AccessWidth"]
    DWORD: ClassVar["AccessWidth"]
    QWORD: ClassVar["AccessWidth"]

    def size(self) -> int:
        """The number of bytes; 0 for an unknown width."""
        return _size(self)

    def bits(self) -> int:
        """The number of bits; 0 for an unknown width."""
        return _bits(self)


_size = function("axvm_access_width_size", c_uint64, AccessWidth)
_bits = function("axvm_access_width_bits", c_uint64, AccessWidth)

_port = Functions(
    "axvm_port",
    try_from_usize=(c_bool, Uint64, POINTER(c_uint16)),
    format=(c_int, Uint16, *BUFFER),
    format_upper=(c_int, Uint16, *BUFFER))
_sys_reg_addr = Functions(
    "axvm_sys_reg_addr",
    format=(c_int, Uint64, *BUFFER),
    format_upper=(c_int, Uint64, *BUFFER))


class Port(int):
    """The number of an x86 I/O port."""

    def __new__(cls, number: int = 0) -> Self:
        return super().__new__(cls, fit(number, c_uint16))

    @classmethod
    def try_from_usize(cls, value: int) -> Self | None:
        """The port of that number; None above 0xffff."""
        port = written(c_uint16(), _port.try_from_usize, value)
        return None if port is None else cls(port.value)

    def format(self) -> str:
        return formatted(_port.format, self)

    def format_upper(self) -> str:
        return formatted(_port.format_upper, self)

    __str__ = __repr__ = format


class SysRegAddr(int):
    """The address of a system register, as its architecture numbers them."""

    def __new__(cls, addr: int = 0) -> Self:
        return super().__new__(cls, fit(addr, c_uint64))

    def format(self) -> str:
        return formatted(_sys_reg_addr.format, self)

    def format_upper(self) -> str:
        return formatted(_sys_reg_addr.format_upper, self)

    __str__ = __repr__ = format
