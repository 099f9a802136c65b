# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/guest_memory.h>: guest memory that is mapped in this process."""

from collections.abc import Iterable
from ctypes import (POINTER, addressof, byref, c_bool, c_char, c_char_p, c_size_t, c_uint8,
                    c_uint64, c_void_p, create_string_buffer)
from typing import Any, Self

from ._library import Functions
from ._values import Record, Uint64, fit, written
from .addresses import Gpa


class GuestRegion(Record):
    """A region of guest memory, and the address where it is mapped."""

    gpa: Gpa
    size: int
    host: int | None
    tag: int
    _fields_ = [("gpa", Gpa), ("size", c_uint64), ("host", c_void_p), ("tag", c_uint64)]

    @classmethod
    def of(cls, gpa: Gpa, buffer: Any) -> Self:
        """The region of a writable buffer (bytearray, mmap), which it keeps alive."""
        size = memoryview(buffer).nbytes
        region = cls(gpa=gpa, size=size)
        region._buffer = (c_char * size).from_buffer(buffer)
        region.host = addressof(region._buffer)
        return region


class GuestSlice(Record):
    """A piece of guest memory in this process: its address and length."""

    ptr: int | None
    length: int
    _fields_ = [("ptr", c_void_p), ("length", c_size_t)]


class GuestMemory:
    """Regions, sorted and valid; methods have the names of the C functions."""

    def __init__(self, regions: Iterable[GuestRegion]) -> None:
        self._kept = tuple(regions)
        self._count = len(self._kept)
        self._regions = (GuestRegion * self._count)(*self._kept)
        _c.sort(self._regions, self._count)
        if not _c.is_valid(self._regions, self._count):
            raise ValueError("a region is empty, not mapped, too large, or overlaps another one")

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> GuestRegion:
        return self._regions[index]

    def __contains__(self, at: Gpa) -> bool:
        return bool(_c.find(self._regions, self._count, at))

    def find(self, at: Gpa) -> GuestRegion | None:
        """The region that an address is in; None for none."""
        found = _c.find(self._regions, self._count, at)
        return found[0] if found else None

    def at(self, at: Gpa, length: int) -> int | None:
        """The address in this process of LENGTH bytes that are in one region; None for others."""
        return _c.at(self._regions, self._count, at, length)

    def at_hint(self, hint: int, at: Gpa, length: int) -> tuple[int | None, int]:
        """at(), which tries the region of index HINT first; and the hint for the next call."""
        index = c_size_t(fit(hint, c_size_t))
        address = _c.at_hint(self._regions, self._count, byref(index), at, length)
        return address, index.value

    def span(self, at: Gpa, length: int) -> int:
        """How many of LENGTH bytes follow in one region."""
        return _c.span(self._regions, self._count, at, length, None)

    def read(self, at: Gpa, length: int) -> bytes | None:
        """LENGTH bytes; None, unless all of them are in regions."""
        available = sum(region.size for region in self._regions)
        buffer = create_string_buffer(max(min(length, available), 1))
        if length > available or not _c.read(self._regions, self._count, at, buffer, length):
            return None
        return buffer.raw[:length]

    def write(self, at: Gpa, data: bytes) -> bool:
        """Write all of the bytes; False, and none, unless all would be in regions."""
        return _c.write(self._regions, self._count, at, bytes(data), len(data))

    def fill(self, at: Gpa, byte: int, length: int) -> bool:
        """Set LENGTH bytes to BYTE; False, and none, unless all are in regions."""
        return _c.fill(self._regions, self._count, at, fit(byte, c_uint8), length)

    def slices(self, at: Gpa, length: int) -> list[GuestSlice] | None:
        """Where LENGTH bytes are, a slice for each region; None unless all are in regions."""
        used = c_size_t()
        slices = (GuestSlice * self._count)()
        if not _c.slices(self._regions, self._count, at, length, slices, self._count,
                         byref(used)):
            return None
        return list(slices[:used.value])

    def gpa_of(self, host: int) -> Gpa | None:
        """The guest physical address of an address in this process; None for others."""
        return written(Gpa(), _c.gpa_of, self._regions, self._count, host)


_ARRAY = (POINTER(GuestRegion), c_size_t)

_c = Functions(
    "axvm_guest_memory",
    sort=(None, *_ARRAY),
    is_valid=(c_bool, *_ARRAY),
    find=(POINTER(GuestRegion), *_ARRAY, Gpa),
    at=(c_void_p, *_ARRAY, Gpa, Uint64),
    span=(c_uint64, *_ARRAY, Gpa, Uint64, POINTER(c_void_p)),
    read=(c_bool, *_ARRAY, Gpa, c_char_p, c_size_t),
    write=(c_bool, *_ARRAY, Gpa, c_char_p, c_size_t),
    at_hint=(c_void_p, *_ARRAY, POINTER(c_size_t), Gpa, Uint64),
    fill=(c_bool, *_ARRAY, Gpa, c_uint8, Uint64),
    slices=(c_bool, *_ARRAY, Gpa, Uint64, POINTER(GuestSlice), c_size_t, POINTER(c_size_t)),
    gpa_of=(c_bool, *_ARRAY, c_void_p, POINTER(Gpa)))
