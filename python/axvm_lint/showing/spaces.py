# SPDX-License-Identifier: Apache-2.0
"""An address space, divided into bands.

Between two neighbouring bands something begins or ends. What shares addresses is side by side in
lanes, of which there are only so many; a block without a lane is named below the bands.
"""

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..text import size_short
from .blocks import Block


@dataclass
class Band:
    """Addresses between two places where something changes."""

    start: int
    end: int
    # One for each lane of its cluster: blocks that are connected through overlaps.
    blocks: list[Block | None]
    overlaps: bool
    # Nothing is here at all; without blocks and no hole, only such as found no lane.
    is_hole: bool


@dataclass(frozen=True, order=True)
class Mark:
    """What a VM begins with, at its place.

    SIZE is how much of an image is loaded, 0 where that is not known, and RUN_SIZE how much memory a
    kernel needs when it runs, where that is more. MOVED says from where it was moved, and why.
    """

    address: int
    name: str
    size: int = 0
    run_size: int = 0
    moved: str = ""

    @property
    def sizes(self) -> str:
        """A text about its sizes."""
        more = f", {size_short(self.run_size)} when it runs" if self.run_size else ""
        return f"{size_short(self.size)}{more}" if self.size else ""


@dataclass
class Space:
    """Guest addresses, I/O ports or host addresses."""

    title: str
    bands: list[Band]
    # Blocks that found no lane.
    beside: list[Block]
    # What a VM begins with, by ascending addresses.
    marks: list[Mark] = field(default_factory=list)
    # What is between the blocks.
    hole: str = "hole"

    def place(self, marks: list[Mark]) -> list[Mark]:
        """Take the marks that are in a band; those that are in none come back."""
        first, last = self.bands[0].start, self.bands[-1].end
        self.marks = [mark for mark in marks if first <= mark.address < last]
        return [mark for mark in marks if not first <= mark.address < last]


def make_space(title: str, blocks: list[Block], lanes: int) -> Space:
    """The bands of these blocks, with at most that many lanes."""
    # Sorting is stable, so blocks at one address stay in the order of their tables.
    blocks.sort(key=lambda block: block.start)
    _assign_lanes(blocks, lanes)
    bands = _joined(_bands(blocks))
    _widen(bands)
    return Space(title, bands, [block for block in blocks if block.lane is None])


def _assign_lanes(blocks: list[Block], lanes: int) -> None:
    """Give each block the first lane that is free at its start, if one is."""
    free = list(range(lanes))
    taken: list[tuple[int, int]] = []
    for block in blocks:
        while taken and taken[0][0] <= block.start:
            heapq.heappush(free, heapq.heappop(taken)[1])
        if free:
            block.lane = heapq.heappop(free)
            heapq.heappush(taken, (block.end, block.lane))


def _bands(blocks: list[Block]) -> Iterator[Band]:
    begins = sorted(blocks, key=lambda block: block.start)
    ends = sorted(blocks, key=lambda block: block.end)
    edges = sorted({edge for block in blocks for edge in (block.start, block.end)})
    here: dict[int, Block] = {}
    # Of those here, the groups; None is of those that may overlap all.
    groups: Counter[object] = Counter()
    next_begin = next_end = 0
    for start, end in zip(edges, edges[1:]):
        while next_end < len(ends) and ends[next_end].end <= start:
            block = ends[next_end]
            next_end += 1
            if block.lane is not None:
                here.pop(block.lane, None)
            groups[block.group] -= 1
            if not groups[block.group]:
                del groups[block.group]
        while next_begin < len(begins) and begins[next_begin].start <= start:
            block = begins[next_begin]
            next_begin += 1
            groups[block.group] += 1
            if block.lane is not None:
                here[block.lane] = block
        width = max(here, default=-1) + 1
        yield Band(start, end, [here.get(lane) for lane in range(width)],
                   len(groups.keys() - {None}) > 1, not groups)


def _joined(bands: Iterator[Band]) -> list[Band]:
    """The bands, without edges of blocks that are not shown."""
    joined: list[Band] = []
    for band in bands:
        if joined and (joined[-1].blocks, joined[-1].overlaps, joined[-1].is_hole) == (
                band.blocks, band.overlaps, band.is_hole):
            joined[-1].end = band.end
        else:
            joined.append(band)
    return joined


def _widen(bands: list[Band]) -> None:
    """Give all bands of a cluster its number of lanes."""
    cluster: list[Band] = []
    for band in [*bands, Band(0, 0, [], False, True)]:
        if band.blocks and _continues(cluster, band):
            cluster.append(band)
            continue
        lanes = max((len(member.blocks) for member in cluster), default=0)
        for member in cluster:
            member.blocks += [None] * (lanes - len(member.blocks))
        cluster = [band] if band.blocks else []


def _continues(cluster: list[Band], band: Band) -> bool:
    if not cluster:
        return True
    return any(block and block.start < band.start for block in band.blocks)
