# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/gpa_range_list.h> and those made from it: sets of addresses as sorted ranges.

Methods have the names of the C functions. A list has the capacity that it was made with.
"""

from collections.abc import Callable, Iterable, Iterator
from ctypes import POINTER, byref, c_bool, c_int32, c_size_t
from typing import Any, ClassVar, TypeVar

from ._library import Functions
from ._values import Record, Uint64, written
from .addresses import GpaRange, GvaRange, HpaRange, HvaRange, _Address, _Range
from .error import check


class _RangeList(Record):
    _c: ClassVar[Any]
    _range: ClassVar[type[_Range]]
    count: int
    capacity: int

    def __init__(self, capacity: int) -> None:
        """A list without a range, with room for CAPACITY of them."""
        super().__init__()
        self._storage = (self._range * capacity)()
        self._c.init(byref(self), self._storage, capacity)

    def insert(self, r: _Range) -> bool:
        """Put a range in; False, and nothing changed, when the list is full."""
        return self._c.insert(byref(self), r)

    def claim(self, r: _Range) -> None:
        """Put a range in; AxvmError when some of it is in already, or the list is full."""
        check(self._c.claim(byref(self), r))

    def assign(self, ranges: Iterable[_Range]) -> None:
        """Make it the list of these; AxvmError, and nothing changed, when it has no room."""
        kept = tuple(ranges)
        array = (self._range * len(kept))(*kept)
        check(self._c.assign(byref(self), array, len(kept)))

    def remove(self, r: _Range) -> bool:
        """Take a range out; False, and nothing changed, when the list is full."""
        return self._c.remove(byref(self), r)

    def contains(self, address: _Address) -> bool:
        return self._c.contains(byref(self), address)

    def contains_range(self, r: _Range) -> bool:
        return self._c.contains_range(byref(self), r)

    def overlaps(self, r: _Range) -> bool:
        return self._c.overlaps(byref(self), r)

    def find_gap(self, within: _Range, size: int, align: int = 1) -> _Range | None:
        """The lowest free range of that size; None where there is none."""
        return written(self._range(), lambda *args: self._c.find_gap(byref(self), *args), within,
                       size, align)

    def find_gap_high(self, within: _Range, size: int, align: int = 1) -> _Range | None:
        """The highest free range of that size; None where there is none."""
        return written(self._range(), lambda *args: self._c.find_gap_high(byref(self), *args),
                       within, size, align)

    def __contains__(self, item: _Address | _Range) -> bool:
        return self.contains_range(item) if isinstance(item, _Range) else self.contains(item)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[_Range]:
        """The ranges as they are now, each a copy: the loop may change the list."""
        return iter([self._range(r.start, r.end) for r in self._storage[:self.count]])

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {', '.join(map(str, self))}>"


_T = TypeVar("_T", bound=_RangeList)


def _list(prefix: str) -> Callable[[type[_T]], type[_T]]:
    def decorate(cls: type[_T]) -> type[_T]:
        of: Any = cls._range
        this: Any = POINTER(cls)
        address = dict(of._fields_)["start"]
        cls._c = Functions(
            f"{prefix}_range_list",
            init=(None, this, POINTER(of), c_size_t),
            insert=(c_bool, this, of),
            remove=(c_bool, this, of),
            contains=(c_bool, this, address),
            contains_range=(c_bool, this, of),
            overlaps=(c_bool, this, of),
            claim=(c_int32, this, of),
            assign=(c_int32, this, POINTER(of), c_size_t),
            find_gap=(c_bool, this, of, Uint64, Uint64, POINTER(of)),
            find_gap_high=(c_bool, this, of, Uint64, Uint64, POINTER(of)))
        return cls
    return decorate


@_list("axvm_gpa")
class GpaRangeList(_RangeList):
    """A set of guest physical addresses."""

    _range = GpaRange
    _fields_ = [("ranges", POINTER(GpaRange)), ("count", c_size_t), ("capacity", c_size_t)]


@_list("axvm_gva")
class GvaRangeList(_RangeList):
    """A set of guest virtual addresses."""

    _range = GvaRange
    _fields_ = [("ranges", POINTER(GvaRange)), ("count", c_size_t), ("capacity", c_size_t)]


@_list("axvm_hpa")
class HpaRangeList(_RangeList):
    """A set of host physical addresses."""

    _range = HpaRange
    _fields_ = [("ranges", POINTER(HpaRange)), ("count", c_size_t), ("capacity", c_size_t)]


@_list("axvm_hva")
class HvaRangeList(_RangeList):
    """A set of host virtual addresses."""

    _range = HvaRange
    _fields_ = [("ranges", POINTER(HvaRange)), ("count", c_size_t), ("capacity", c_size_t)]
