# SPDX-License-Identifier: Apache-2.0
"""Where the registers of a node are: as the hypervisor maps them, and as the board has them.

The hypervisor translates an address by the parent's ranges and takes the result for the CPU's. On
buses within buses, and where a bus has no ranges, that is not where the device is.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .node import MOST_CELLS, Node

PAGE = 0x1000
_TOP = 1 << 64
# An address on a PCI bus: its kind, then 64 bits.
_PCI_CELLS = 3


class Range(NamedTuple):
    """Half-open, never empty, and within 64 bits."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start:#x}..{self.end:#x}"


class Translator:
    """Addresses of one tree; remembers the ranges of each bus."""

    def __init__(self) -> None:
        self._windows: dict[Node, list[tuple[int, int, int]]] = {}

    def mapped(self, node: Node) -> Iterator[Range]:
        """What the hypervisor maps for a node that is passed through."""
        for bus, start, size in _registers(node):
            yield from _range(self._up(bus, start, False), size)
        for _, start, size in _windows(node):
            yield from _range(start, size)

    def placed(self, node: Node) -> Iterator[Range]:
        """Where the CPU finds a node; nothing where it has no address of the CPU."""
        for bus, start, size in (*_registers(node), *_windows(node)):
            yield from self._on_cpu(bus, start, size)

    def _on_cpu(self, bus: Node, start: int, size: int) -> Iterator[Range]:
        """A range on a bus, as the CPU has it."""
        address: int | None = start
        for above in bus.ancestry:
            if address is not None:
                address = self._up(above, address, True)
        yield from _range(address, size)

    def _up(self, bus: Node, address: int, exactly: bool) -> int | None:
        """An address on a bus as the bus above has it; EXACTLY, or as it is where there is none."""
        windows = self._of(bus)
        index = bisect_right(windows, (address, _TOP, _TOP)) - 1
        if index >= 0:
            child, size, parent = windows[index]
            if address - child < size:
                return parent + address - child
        has_none = exactly and bus.parent and bus.properties.get("ranges") != b""
        return None if has_none else address

    def _of(self, bus: Node) -> list[tuple[int, int, int]]:
        """The windows of a bus: start on it, size, start on the bus above; by start."""
        windows = self._windows.get(bus)
        if windows is None:
            windows = self._windows[bus] = sorted(
                (child, size, parent) for child, parent, size in _rows(bus, "ranges", (
                    bus.address_cells, bus.parent.address_cells, bus.size_cells))
            ) if bus.parent else []
        return windows


def is_host_bridge(node: Node) -> bool:
    return "pci" in node.name and node.string("device_type") == "pci"


def merged(ranges: Iterable[tuple[int, int]]) -> list[Range]:
    """The same addresses in as few ranges as possible, by start."""
    runs: list[Range] = []
    for start, end in sorted(ranges):
        if runs and start <= runs[-1].end:
            runs[-1] = Range(runs[-1].start, max(end, runs[-1].end))
        else:
            runs.append(Range(start, end))
    return runs


def pages(ranges: Iterable[tuple[int, int]]) -> list[Range]:
    """The pages that ranges touch, in as few runs as possible, by start."""
    return merged((start & -PAGE, -(-end // PAGE) * PAGE) for start, end in ranges)


def without(ranges: Iterable[Range], holes: list[Range]) -> Iterator[Range]:
    """What is left of ranges without the holes, which are merged."""
    for start, end in ranges:
        index = max(bisect_right(holes, (start, _TOP)) - 1, 0)
        while start < end and index < len(holes) and holes[index].start < end:
            if start < holes[index].start:
                yield Range(start, holes[index].start)
            start = max(start, holes[index].end)
            index += 1
        if start < end:
            yield Range(start, end)


def total(ranges: Iterable[Range]) -> int:
    return sum(end - start for start, end in ranges)


def _registers(node: Node) -> Iterator[tuple[Node, int, int]]:
    """The bus that a node is on, start there and size: of each entry of reg."""
    bus = node.parent
    if bus and 0 < bus.address_cells <= MOST_CELLS and bus.size_cells:
        for start, size in _rows(node, "reg", (bus.address_cells, bus.size_cells)):
            yield bus, start, size


def _windows(node: Node) -> Iterator[tuple[Node, int, int]]:
    """The same, of each window of a PCI host bridge."""
    bus = node.parent
    if bus and is_host_bridge(node) and node.address_cells == _PCI_CELLS:
        for _, start, size in _rows(node, "ranges", (
                node.address_cells, bus.address_cells, node.size_cells)):
            yield bus, start, size


def _rows(node: Node, name: str, cells: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The numbers of a property, in rows of numbers with so many cells each."""
    value = node.properties.get(name, b"")
    width = 4 * sum(cells)
    if not width or max(cells) > _PCI_CELLS:
        return
    for at in range(0, len(value) - width + 1, width):
        row = []
        for count in cells:
            row.append(int.from_bytes(value[at:at + 4 * count], "big"))
            at += 4 * count
        yield tuple(row)


def _range(start: int | None, size: int) -> Iterator[Range]:
    if start is not None and size and start + size <= _TOP:
        yield Range(start, start + size)
