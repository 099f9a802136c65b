# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/mapping_flags.h>: what a guest may do with a mapping."""

from ctypes import POINTER, c_bool, c_char_p, c_int, c_uint64
from typing import ClassVar, Self

from ._library import Functions
from ._values import BUFFER, Uint64, fit, formatted, parsed, written

_c = Functions(
    "axvm_mapping_flags",
    try_from_usize=(c_bool, Uint64, POINTER(c_uint64)),
    truncate=(c_uint64, Uint64),
    complement=(c_uint64, Uint64),
    contains=(c_bool, Uint64, Uint64),
    name=(c_char_p, Uint64),
    from_name=(c_bool, c_char_p, POINTER(c_uint64)),
    parse=(c_bool, c_char_p, POINTER(c_uint64)),
    format=(c_int, Uint64, *BUFFER))


class MappingFlags(int):
    """A set of flags, joined by `|`; `in` says whether all of some are there."""

    READ: ClassVar["MappingFlags"]
    WRITE: ClassVar["MappingFlags"]
    EXECUTE: ClassVar["MappingFlags"]
    USER: ClassVar["MappingFlags"]
    DEVICE: ClassVar["MappingFlags"]
    UNCACHED: ClassVar["MappingFlags"]
    ALL: ClassVar["MappingFlags"]

    def __new__(cls, bits: int = 0) -> Self:
        return super().__new__(cls, fit(bits, c_uint64))

    @classmethod
    def try_from_usize(cls, value: int) -> Self | None:
        """The flags of those bits; None where one of them is not a flag."""
        flags = written(c_uint64(), _c.try_from_usize, value)
        return None if flags is None else cls(flags.value)

    @classmethod
    def truncate(cls, value: int) -> Self:
        """The flags among those bits."""
        return cls(_c.truncate(value))

    @classmethod
    def from_name(cls, name: str) -> Self | None:
        """The flag of that name; None where there is none."""
        flag = written(c_uint64(), _c.from_name, parsed(name))
        return None if flag is None else cls(flag.value)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The flags of a text like "READ | WRITE"; None for anything else."""
        flags = written(c_uint64(), _c.parse, parsed(text))
        return None if flags is None else cls(flags.value)

    @property
    def name(self) -> str:
        """The name of one flag; "unknown" for anything else."""
        return _c.name(self).decode()

    def format(self) -> str:
        """The names of the flags, as in "READ | WRITE"."""
        return formatted(_c.format, self)

    def __contains__(self, others: int) -> bool:
        return _c.contains(self, others)

    def __and__(self, other: int) -> Self:
        return type(self)(int(self) & other)

    def __or__(self, other: int) -> Self:
        return type(self)(int(self) | other)

    def __xor__(self, other: int) -> Self:
        return type(self)(int(self) ^ other)

    def __sub__(self, other: int) -> Self:
        return type(self)(int(self) & ~other)

    def __invert__(self) -> Self:
        return type(self)(_c.complement(self))

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__
    __str__ = __repr__ = format


for _flag in (MappingFlags(1 << bit) for bit in range(64)):
    if _flag.name != "unknown":
        setattr(MappingFlags, _flag.name, _flag)
MappingFlags.ALL = MappingFlags.truncate(c_uint64(-1).value)
