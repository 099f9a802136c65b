# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/vcpu_set.h>: sets of vCPUs, or of host CPUs."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_size_t, c_uint64
from typing import Any, ClassVar, Self

from ._library import Functions
from ._values import BUFFER, Record, Uint64, formatted, parsed, written


class VcpuSet(Record):
    """A set of the indexes 0 to 63. Where the C functions give -1, methods give None."""

    bits: int
    _fields_ = [("bits", c_uint64)]
    _c: ClassVar[Any]

    @classmethod
    def full(cls) -> Self:
        return cls._c.full()

    @classmethod
    def mask(cls, n: int) -> Self:
        """The first N indexes."""
        if n > MAX_VCPU_NUM:
            raise ValueError(f"a set has {MAX_VCPU_NUM} indexes")
        return cls._c.mask(n)

    @classmethod
    def range(cls, first: int, last: int) -> Self:
        """The indexes from FIRST to LAST, which is a member."""
        if not 0 <= first <= last < MAX_VCPU_NUM:
            raise ValueError(f"no range of the {MAX_VCPU_NUM} indexes")
        return cls._c.range(first, last)

    @classmethod
    def parse_list(cls, text: str) -> Self | None:
        """The set of a list like "0-3,8"; None for anything else."""
        return written(cls(), cls._c.parse_list, parsed(text))

    @classmethod
    def parse_mask(cls, text: str) -> Self | None:
        """The set of a mask like "0xff"; None for anything else."""
        return written(cls(), cls._c.parse_mask, parsed(text))

    def set(self, index: int, member: bool) -> bool:
        """Take the index in or out; whether it was a member."""
        if not 0 <= index < MAX_VCPU_NUM:
            raise IndexError(f"a set has {MAX_VCPU_NUM} indexes")
        return self._c.set(byref(self), index, member)

    def try_set(self, index: int, member: bool) -> bool:
        """Take the index in or out; False where a set has no such index."""
        return self._c.try_set(byref(self), index, member)

    def first_index(self) -> int | None:
        return _index(self._c.first_index(self))

    def last_index(self) -> int | None:
        return _index(self._c.last_index(self))

    def next_index(self, index: int) -> int | None:
        return _index(self._c.next_index(self, index))

    def prev_index(self, index: int) -> int | None:
        return _index(self._c.prev_index(self, index))

    def first_false_index(self) -> int | None:
        return _index(self._c.first_false_index(self))

    def last_false_index(self) -> int | None:
        return _index(self._c.last_false_index(self))

    def next_false_index(self, index: int) -> int | None:
        return _index(self._c.next_false_index(self, index))

    def prev_false_index(self, index: int) -> int | None:
        return _index(self._c.prev_false_index(self, index))

    def intersects(self, other: Self) -> bool:
        return self._c.intersects(self, other)

    def is_subset(self, other: Self) -> bool:
        return self._c.is_subset(self, other)

    def is_empty(self) -> bool:
        return self._c.is_empty(self)

    def is_full(self) -> bool:
        return self._c.is_full(self)

    def format_list(self) -> str:
        """As a list like "0-3,8"; "" for the empty set."""
        return formatted(self._c.format_list, self)

    def format_mask(self) -> str:
        """As a mask like "0xff"."""
        return formatted(self._c.format_mask, self)

    def __contains__(self, index: int) -> bool:
        return index >= 0 and self._c.get(self, index)

    def __iter__(self) -> Iterator[int]:
        index = self.first_index()
        while index is not None:
            yield index
            index = self.next_index(index)

    def __len__(self) -> int:
        return self._c.len(self)

    def __and__(self, other: Self) -> Self:
        return getattr(self._c, "and")(self, other)

    def __or__(self, other: Self) -> Self:
        return getattr(self._c, "or")(self, other)

    def __xor__(self, other: Self) -> Self:
        return self._c.xor(self, other)

    def __sub__(self, other: Self) -> Self:
        return self._c.andnot(self, other)

    def __invert__(self) -> Self:
        return getattr(self._c, "not")(self)

    def __eq__(self, other: object) -> bool:
        return self._c.eq(self, other) if isinstance(other, VcpuSet) else NotImplemented

    def __le__(self, other: Self) -> bool:
        """Whether it is a subset, as of Python's sets."""
        return self.is_subset(other) if isinstance(other, VcpuSet) else NotImplemented

    def __lt__(self, other: Self) -> bool:
        if not isinstance(other, VcpuSet):
            return NotImplemented
        return self != other and self.is_subset(other)

    def __ge__(self, other: Self) -> bool:
        return other.is_subset(self) if isinstance(other, VcpuSet) else NotImplemented

    def __gt__(self, other: Self) -> bool:
        if not isinstance(other, VcpuSet):
            return NotImplemented
        return self != other and other.is_subset(self)

    def __hash__(self) -> int:
        return hash((VcpuSet, self.bits))

    def __str__(self) -> str:
        return self.format_list()

    def __repr__(self) -> str:
        return f"<VcpuSet {self.format_list()}>"


def _index(index: int) -> int | None:
    return None if index < 0 else index


_UNARY = (VcpuSet, VcpuSet)
_BINARY = (VcpuSet, VcpuSet, VcpuSet)
_TEST = (c_bool, VcpuSet, VcpuSet)
_FROM = (c_int, VcpuSet, Uint64)
_PARSE = (c_bool, c_char_p, POINTER(VcpuSet))
_FORMAT = (c_int, VcpuSet, *BUFFER)

VcpuSet._c = Functions(
    "axvm_vcpu_set",
    full=(VcpuSet,),
    mask=(VcpuSet, Uint64),
    len=(c_size_t, VcpuSet),
    is_empty=(c_bool, VcpuSet),
    is_full=(c_bool, VcpuSet),
    get=(c_bool, VcpuSet, Uint64),
    set=(c_bool, POINTER(VcpuSet), Uint64, c_bool),
    try_set=(c_bool, POINTER(VcpuSet), Uint64, c_bool),
    range=(VcpuSet, Uint64, Uint64),
    first_index=(c_int, VcpuSet),
    last_index=(c_int, VcpuSet),
    next_index=_FROM,
    prev_index=_FROM,
    first_false_index=(c_int, VcpuSet),
    last_false_index=(c_int, VcpuSet),
    next_false_index=_FROM,
    prev_false_index=_FROM,
    **{"and": _BINARY, "or": _BINARY, "not": _UNARY},
    xor=_BINARY,
    andnot=_BINARY,
    eq=_TEST,
    intersects=_TEST,
    is_subset=_TEST,
    format_list=_FORMAT,
    parse_list=_PARSE,
    format_mask=_FORMAT,
    parse_mask=_PARSE)

MAX_VCPU_NUM = len(VcpuSet.full())
