# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/gpa.h>, <axvm/gpa_range.h> and those made from them: addresses and their ranges.

Methods have the names of the C functions. Those that a C function answers with false give
None; the C functions that trap are not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_int64, c_size_t, c_uint64
from functools import total_ordering
from operator import index
from typing import Any, ClassVar, Self, TypeVar, overload

from ._library import Functions
from ._values import BUFFER, Int64, Record, Uint64, formatted, parsed, written


@total_ordering
class _Address(Record):
    addr: int
    _fields_ = [("addr", c_uint64)]
    _c: ClassVar[Any]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The address of a text, with its prefix or without; None for anything else."""
        return written(cls(), cls._c.parse, parsed(text))

    def align_down(self, align: int) -> Self:
        return self._c.align_down(self, align)

    def checked_align_up(self, align: int) -> Self | None:
        return written(type(self)(), self._c.checked_align_up, self, align)

    def wrapping_align_up(self, align: int) -> Self:
        return self._c.wrapping_align_up(self, align)

    def align_offset(self, align: int) -> int:
        return self._c.align_offset(self, align)

    def is_aligned(self, align: int) -> bool:
        return self._c.is_aligned(self, align)

    def checked_add(self, n: int) -> Self | None:
        return written(type(self)(), self._c.checked_add, self, n)

    def wrapping_add(self, n: int) -> Self:
        return self._c.wrapping_add(self, n)

    def checked_sub(self, n: int) -> Self | None:
        return written(type(self)(), self._c.checked_sub, self, n)

    def wrapping_sub(self, n: int) -> Self:
        return self._c.wrapping_sub(self, n)

    def checked_offset(self, n: int) -> Self | None:
        return written(type(self)(), self._c.checked_offset, self, n)

    def wrapping_offset(self, n: int) -> Self:
        return self._c.wrapping_offset(self, n)

    def checked_offset_from(self, base: Self) -> int | None:
        offset = written(c_int64(), self._c.checked_offset_from, self, base)
        return None if offset is None else offset.value

    def checked_sub_addr(self, other: Self) -> int | None:
        difference = written(c_uint64(), self._c.checked_sub_addr, self, other)
        return None if difference is None else difference.value

    def wrapping_sub_addr(self, other: Self) -> int:
        return self._c.wrapping_sub_addr(self, other)

    def format(self) -> str:
        return formatted(self._c.format, self)

    def format_upper(self) -> str:
        return formatted(self._c.format_upper, self)

    def __eq__(self, other: object) -> bool:
        return self._c.eq(self, other) if type(other) is type(self) else NotImplemented

    def __lt__(self, other: Self) -> bool:
        return self._c.cmp(self, other) < 0 if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), self.addr))

    def __index__(self) -> int:
        return self.addr

    def __add__(self, n: int) -> Self:
        """The address N bytes on; OverflowError where there is none."""
        # Two addresses have no sum, though both are numbers.
        return NotImplemented if isinstance(n, _Address) else type(self)(self.addr + n)

    __radd__ = __add__

    @overload
    def __sub__(self, other: Self) -> int: ...
    @overload
    def __sub__(self, other: int) -> Self: ...

    def __sub__(self, other: Self | int) -> Self | int:
        """How many bytes are between two addresses, or the address that many bytes before."""
        if isinstance(other, type(self)):
            difference: int = self.addr - other.addr
            return difference
        if isinstance(other, _Address):
            return NotImplemented
        return type(self)(self.addr - index(other))

    __str__ = __repr__ = format


class _PageIter(Record):
    """The state of a walk over pages; _Range.pages() makes one."""


@total_ordering
class _Range(Record):
    """Ordered by start, then end; true even when empty, as None means no range."""

    _c: ClassVar[Any]
    _pages: ClassVar[Any]
    _address: ClassVar[type[_Address]]
    _page_iter: ClassVar[type[_PageIter]]

    @classmethod
    def try_new(cls, start: _Address, end: _Address) -> Self | None:
        return written(cls(), cls._c.try_new, start, end)

    @classmethod
    def try_from_start_size(cls, start: _Address, size: int) -> Self | None:
        return written(cls(), cls._c.try_from_start_size, start, size)

    @classmethod
    def try_from_first_last(cls, first: _Address, last: _Address) -> Self | None:
        """The range of both and what is between; None out of order or past the end."""
        return written(cls(), cls._c.try_from_first_last, first, last)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The range of "0x1000..0x2000", "0x1000-0x1fff" or "0x1000+0x1000"; None for others."""
        return written(cls(), cls._c.parse, parsed(text))

    @classmethod
    def parse_hex(cls, text: str) -> Self | None:
        """The range of "40000000-47ffffff", as /proc/iomem has it; None for others."""
        return written(cls(), cls._c.parse_hex, parsed(text))

    @classmethod
    def parse_hex_prefix(cls, text: str) -> tuple[Self, str] | None:
        """The range in bare hexadecimal that a text begins with, and what follows."""
        # The rest points into the bytes: they must live as long.
        data, out, rest = parsed(text), cls(), c_char_p()
        if not cls._c.parse_hex_prefix(data, byref(out), byref(rest)):
            return None
        return out, (rest.value or b"").decode(errors="surrogatepass")

    def is_empty(self) -> bool:
        return self._c.is_empty(self)

    def size(self) -> int:
        return self._c.size(self)

    def contains(self, address: _Address) -> bool:
        return self._c.contains(self, address)

    def contains_range(self, other: Self) -> bool:
        return self._c.contains_range(self, other)

    def contained_in(self, other: Self) -> bool:
        return self._c.contained_in(self, other)

    def overlaps(self, other: Self) -> bool:
        return self._c.overlaps(self, other)

    def intersect(self, other: Self) -> Self | None:
        return written(type(self)(), self._c.intersect, self, other)

    def is_adjacent(self, other: Self) -> bool:
        return self._c.is_adjacent(self, other)

    def hull(self, other: Self) -> Self:
        return self._c.hull(self, other)

    def subtract(self, other: Self) -> list[Self]:
        """What is left without OTHER: none, one or two ranges."""
        out = (type(self) * 2)()
        return list(out[:self._c.subtract(self, other, out)])

    def last(self) -> _Address | None:
        """The last address; None for an empty range."""
        return written(self._address(), self._c.last, self)

    def page_expand(self, page_size: int) -> Self | None:
        return written(type(self)(), self._c.page_expand, self, page_size)

    def pages(self, page_size: int) -> Iterator[_Address] | None:
        """The pages of the range; None unless both ends are aligned to PAGE_SIZE."""
        state = self._page_iter()
        if not self._pages.init(byref(state), self.start, self.end, page_size):
            return None

        def walk() -> Iterator[_Address]:
            while (page := written(self._address(), self._pages.next, byref(state))):
                yield page
        return walk()

    def format(self) -> str:
        return formatted(self._c.format, self)

    def format_upper(self) -> str:
        return formatted(self._c.format_upper, self)

    def __eq__(self, other: object) -> bool:
        return self._c.eq(self, other) if type(other) is type(self) else NotImplemented

    def __lt__(self, other: Self) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return (self.start, self.end) < (other.start, other.end)

    def __hash__(self) -> int:
        return hash((type(self), self.start, self.end))

    def __contains__(self, item: _Address | Self) -> bool:
        """Whether an address, or all of a range, is in it."""
        if isinstance(item, type(self)):
            return self.contains_range(item)
        # One of another kind is elsewhere.
        return isinstance(item, self._address) and self.contains(item)

    def __len__(self) -> int:
        return self.size()

    def __bool__(self) -> bool:
        return True

    __str__ = __repr__ = format


_A = TypeVar("_A", bound=_Address)
_R = TypeVar("_R", bound=_Range)


def _address(prefix: str) -> Callable[[type[_A]], type[_A]]:
    def decorate(cls: type[_A]) -> type[_A]:
        out: Any = POINTER(cls)
        cls._c = Functions(
            prefix,
            eq=(c_bool, cls, cls),
            cmp=(c_int, cls, cls),
            align_down=(cls, cls, Uint64),
            checked_align_up=(c_bool, cls, Uint64, out),
            wrapping_align_up=(cls, cls, Uint64),
            align_offset=(c_uint64, cls, Uint64),
            is_aligned=(c_bool, cls, Uint64),
            checked_add=(c_bool, cls, Uint64, out),
            wrapping_add=(cls, cls, Uint64),
            checked_sub=(c_bool, cls, Uint64, out),
            wrapping_sub=(cls, cls, Uint64),
            checked_offset=(c_bool, cls, Int64, out),
            wrapping_offset=(cls, cls, Int64),
            checked_offset_from=(c_bool, cls, cls, POINTER(c_int64)),
            checked_sub_addr=(c_bool, cls, cls, POINTER(c_uint64)),
            wrapping_sub_addr=(c_uint64, cls, cls),
            parse=(c_bool, c_char_p, out),
            format=(c_int, cls, *BUFFER),
            format_upper=(c_int, cls, *BUFFER))
        return cls
    return decorate


def _range(prefix: str, page_iter: type[_PageIter]) -> Callable[[type[_R]], type[_R]]:
    def decorate(cls: type[_R]) -> type[_R]:
        out: Any = POINTER(cls)
        members: dict[str, Any] = {name: ctype for name, ctype, *_ in cls._fields_}
        address = members["start"]
        cls._address = address
        cls._page_iter = page_iter
        cls._c = Functions(
            f"{prefix}_range",
            try_new=(c_bool, address, address, out),
            try_from_start_size=(c_bool, address, Uint64, out),
            is_empty=(c_bool, cls),
            size=(c_uint64, cls),
            contains=(c_bool, cls, address),
            contains_range=(c_bool, cls, cls),
            contained_in=(c_bool, cls, cls),
            overlaps=(c_bool, cls, cls),
            eq=(c_bool, cls, cls),
            intersect=(c_bool, cls, cls, out),
            try_from_first_last=(c_bool, address, address, out),
            last=(c_bool, cls, POINTER(address)),
            is_adjacent=(c_bool, cls, cls),
            hull=(cls, cls, cls),
            subtract=(c_size_t, cls, cls, out),
            page_expand=(c_bool, cls, Uint64, out),
            parse=(c_bool, c_char_p, out),
            parse_hex=(c_bool, c_char_p, out),
            parse_hex_prefix=(c_bool, c_char_p, out, POINTER(c_char_p)),
            format=(c_int, cls, *BUFFER),
            format_upper=(c_int, cls, *BUFFER))
        cls._pages = Functions(
            f"{prefix}_page_iter",
            init=(c_bool, POINTER(page_iter), address, address, Uint64),
            next=(c_bool, POINTER(page_iter), POINTER(address)))
        return cls
    return decorate


@_address("axvm_gpa")
class Gpa(_Address):
    """A guest physical address."""


class GpaPageIter(_PageIter):
    next: Gpa
    end: Gpa
    page_size: int
    _fields_ = [("next", Gpa), ("end", Gpa), ("page_size", c_uint64)]


@_range("axvm_gpa", GpaPageIter)
class GpaRange(_Range):
    """A half-open range of guest physical addresses."""

    start: Gpa
    end: Gpa
    _fields_ = [("start", Gpa), ("end", Gpa)]


@_address("axvm_gva")
class Gva(_Address):
    """A guest virtual address."""


class GvaPageIter(_PageIter):
    next: Gva
    end: Gva
    page_size: int
    _fields_ = [("next", Gva), ("end", Gva), ("page_size", c_uint64)]


@_range("axvm_gva", GvaPageIter)
class GvaRange(_Range):
    """A half-open range of guest virtual addresses."""

    start: Gva
    end: Gva
    _fields_ = [("start", Gva), ("end", Gva)]


@_address("axvm_hpa")
class Hpa(_Address):
    """A host physical address."""


class HpaPageIter(_PageIter):
    next: Hpa
    end: Hpa
    page_size: int
    _fields_ = [("next", Hpa), ("end", Hpa), ("page_size", c_uint64)]


@_range("axvm_hpa", HpaPageIter)
class HpaRange(_Range):
    """A half-open range of host physical addresses."""

    start: Hpa
    end: Hpa
    _fields_ = [("start", Hpa), ("end", Hpa)]


@_address("axvm_hva")
class Hva(_Address):
    """A host virtual address."""


class HvaPageIter(_PageIter):
    next: Hva
    end: Hva
    page_size: int
    _fields_ = [("next", Hva), ("end", Hva), ("page_size", c_uint64)]


@_range("axvm_hva", HvaPageIter)
class HvaRange(_Range):
    """A half-open range of host virtual addresses."""

    start: Hva
    end: Hva
    _fields_ = [("start", Hva), ("end", Hva)]
