# SPDX-License-Identifier: Apache-2.0
"""How high bands are drawn, and at which height an address is. All heights are in pixels."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from .blocks import Block
from .spaces import Band

_HOLE = 26
_LEAST_BAND = 24
_MOST_BAND = 96


class Scale:
    """Where the bands of one column are, in each of which addresses are evenly spaced.

    HIGH has the height of each band by its start.
    """

    def __init__(self, bands: list[Band], top: int, high: dict[int, int]) -> None:
        self._starts = [band.start for band in bands]
        self._bands = bands
        self._tops = [top]
        for band in bands:
            self._tops.append(self._tops[-1] + high[band.start])

    @property
    def bottom(self) -> int:
        return self._tops[-1]

    def y(self, address: int) -> int:
        """Of an address, or of the nearest one that is in a band."""
        index = self._index(address)
        band, top = self._bands[index], self._tops[index]
        inside = min(max(address - band.start, 0), band.end - band.start)
        return top + self._high(index) * inside // (band.end - band.start)

    def band(self, address: int) -> Band:
        """The one that an address is in, or the nearest one below."""
        return self._bands[self._index(address)]

    def extent(self, band: Band) -> tuple[int, int]:
        """Where a band begins and ends."""
        index = self._index(band.start)
        return self._tops[index], self._tops[index + 1]

    @property
    def edges(self) -> Iterator[tuple[int, int]]:
        """Each address where something changes, with its height."""
        yield from zip(self._starts, self._tops)
        yield self._bands[-1].end, self.bottom

    @property
    def breaks(self) -> Iterator[int]:
        """Where the scale changes: within holes, and between bands that touch."""
        for index, band in enumerate(self._bands):
            if not band.blocks:
                yield (self._tops[index] + self._tops[index + 1]) // 2
            elif index and self._bands[index - 1].blocks and not self._is_even(index - 1, index):
                yield self._tops[index]

    def _index(self, address: int) -> int:
        return max(bisect_right(self._starts, address) - 1, 0)

    def _high(self, index: int) -> int:
        return self._tops[index + 1] - self._tops[index]

    def _is_even(self, one: int, other: int) -> bool:
        first, second = self._bands[one], self._bands[other]
        return ((first.end - first.start) * self._high(other)
                == (second.end - second.start) * self._high(one))


def heights(bands: list[Band], labels: Iterable[int], pitch: int, texts: dict[Block, int]
            ) -> dict[int, int]:
    """How high each band is, by its start: larger for more pages, though far from to scale.

    LABELS are the addresses of labels beside the bands, each of which needs PITCH. TEXTS have the
    height that a block needs for its text.
    """
    starts = [band.start for band in bands]
    needed = Counter(bisect_right(starts, address) - 1 for address in labels)
    high = {band.start: max(_by_size(band), pitch * needed[index]) for index, band in enumerate(bands)}
    tall = dict.fromkeys(texts, 0)
    for band in bands:
        for block in band.blocks:
            if block:
                tall[block] += high[band.start]
                # Its last band gets what is still missing.
                if block.end == band.end:
                    high[band.start] += max(texts[block] - tall[block], 0)
    return high


def _by_size(band: Band) -> int:
    if not band.blocks:
        return _HOLE
    doublings = ((band.end - band.start) >> 12).bit_length()
    return min(_LEAST_BAND + 3 * max(0, doublings - 4), _MOST_BAND)


def folded(bands: list[Band], room: int, later: int, high: dict[int, int]) -> Iterator[list[Band]]:
    """The bands in columns, of which the first has that ROOM, and each LATER one its own; a block
    is never divided."""
    column: list[Band] = []
    used = 0
    for band in bands:
        goes_on = any(block and block.start < band.start for block in band.blocks)
        if column and used + high[band.start] > room and band.blocks and not goes_on:
            yield column
            column, used, room = [], 0, later
        column.append(band)
        used += high[band.start]
    yield column
