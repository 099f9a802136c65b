# SPDX-License-Identifier: Apache-2.0
"""The panel of a VM, or that of the host: from top to bottom, in as many cells as it needs.

A cell is as high as a screen at most, and all are of one width, so that a page can have several.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..reading.virtual_machine import VirtualMachine
from ..text import columns, size_short
from .blocks import VM_KINDS, Block, vm_text
from .cpus import MOST
from .elements import columns_in, fitted, group, path, rect, text, title
from .labels import spread, wrap
from .picture import Picture
from .scale import Scale, folded, heights
from .spaces import Band, Mark, Space
from .style import FONT, LINE, PITCH, TITLE_FONT

# From left to right of a cell: addresses, boxes of up to so many lanes, and labels.
LANES = 4
_LEFT = 146
_BOXES = 488
_RIGHT = _LEFT + _BOXES
WIDTH = _RIGHT + 290

# How high a cell is if possible, and one of its rows of boxes that are not of a space.
_HIGH = 900
_ROW = 24

# How many vCPUs the host has at most.
_MOST_OF_HOST = 4 * MOST

# Above and below the text of a box, and the most lines that one is made higher for.
_EDGE = 8
_MOST_ROWS = 4

# The bars of images, and the leaders to labels.
_BAR = 6
_BAR_STEP = 9
_LEADER = 22


@dataclass
class Cell:
    """Lines of SVG from (0, 0) on."""

    lines: list[str] = field(default_factory=list)
    bottom: int = 0


@dataclass
class _Label:
    """A text on the right, about what ends at X and is at the height Y; ABOUT is its title."""

    x: float
    y: int
    kind: str
    content: str
    about: str = ""


class Panel:
    """The cells of one picture; VMS are those of the host's."""

    def __init__(self, picture: Picture, name: str, vms: list[VirtualMachine]) -> None:
        self.cells = [Cell()]
        # The classes of what is in it, for the legend.
        self.used: set[str] = set()
        self._name = name
        self._title(name)
        self._vcpus(picture)
        self._host_cpus(picture, vms)
        for space in picture.spaces:
            self._space(space)
        for content, reason in picture.unplaced:
            self._row(0, f"not drawn, {reason}: {content}", "entry")

    @property
    def _cell(self) -> Cell:
        return self.cells[-1]

    def _title(self, name: str) -> None:
        self._cell.bottom += LINE + 4
        self._cell.lines.append(fitted(0, self._cell.bottom - 6, name, WIDTH, "title",
                                       TITLE_FONT / FONT))

    def _next(self) -> None:
        self.cells.append(Cell())
        self._title(f"{self._name}, continued")

    def _make_room(self, high: int) -> None:
        if self._cell.bottom + high > _HIGH:
            self._next()

    def _row(self, x: int, content: str, kind: str) -> None:
        self._make_room(LINE + 4)
        self._cell.bottom += LINE + 4
        self._cell.lines.append(fitted(x, self._cell.bottom - 6, content, WIDTH - x, kind))

    def _vcpus(self, picture: Picture) -> None:
        shown = [("vcpu", vcpu.text) for vcpu in picture.vcpus[:MOST]]
        if shown:
            self._row(0, "vCPUs", "space")
            self._boxes("", shown, _side_by_side(shown))
        if len(picture.vcpus) > MOST:
            self._row(_LEFT, f"and {len(picture.vcpus) - MOST} more", "more")

    def _host_cpus(self, picture: Picture, vms: list[VirtualMachine]) -> None:
        left = _MOST_OF_HOST
        rows: dict[str, list[tuple[str, str]]] = {}
        for cpu, users in picture.cpus.items():
            rows[cpu] = [(f"vm{number % VM_KINDS}", f"{vm_text(vms[number])}: vCPU {vcpu.index}")
                         for number, vcpu in users[:left]]
            left -= len(users)
            if left <= 0:
                break
        if rows:
            self._row(0, "CPUs", "space")
        count = _side_by_side(box for boxes in rows.values() for box in boxes)
        for cpu, boxes in rows.items():
            self._boxes(cpu, boxes, count)
        if left < 0 or len(rows) < len(picture.cpus):
            self._row(_LEFT, "and more", "more")

    def _boxes(self, name: str, boxes: list[tuple[str, str]], count: int) -> None:
        """Rows of COUNT boxes, each of a kind and with a text."""
        width = _BOXES / count
        for index in range(0, len(boxes), count):
            self._make_room(_ROW)
            top = self._cell.bottom
            if name and not index:
                self._cell.lines.append(text(_LEFT - 10, top + 16, name, "address"))
            for place, (kind, content) in enumerate(boxes[index:index + count]):
                x = _LEFT + place * width
                self.used.add(kind)
                self._cell.lines.append(group(kind, rect(x, top, width, _ROW),
                                              fitted(x + 7, top + 16, content, width - 12)))
            self._cell.bottom += _ROW
        self._cell.bottom += _EDGE // 2

    def _space(self, space: Space) -> None:
        blocks = _first_bands(space.bands)
        labels = [*(mark.address for mark in space.marks),
                  *(block.start for block in blocks if block.elsewhere),
                  *(band.start for band in space.bands if band.overlaps)]
        high = heights(space.bands, labels, PITCH, {
            block: _EDGE + PITCH * len(_wrapped(block, band, _MOST_ROWS))
            for block, band in blocks.items()})
        self._make_room(2 * LINE + 4 + high[space.bands[0].start])
        self._row(0, space.title, "space")
        later = _HIGH - 3 * LINE
        for bands in folded(space.bands, _HIGH - self._cell.bottom, later, high):
            if bands[0] is not space.bands[0]:
                self._next()
            self._bands(bands, space, Scale(bands, self._cell.bottom + 12, high))
        for block in space.beside:
            self._row(_LEFT, f"also {block.start:#x}..{block.end:#x}: {block.label}", "entry")

    def _bands(self, bands: list[Band], space: Space, scale: Scale) -> None:
        marks = [mark for mark in space.marks if bands[0].start <= mark.address < bands[-1].end]
        blocks = _first_bands(bands)
        lines = self._cell.lines
        lines += [line for band in bands if not band.blocks for line in _gap(band, space, scale)]
        lines += [self._box(block, band, scale) for block, band in blocks.items()]
        overlaps = [band for band in bands if band.overlaps]
        lines += [self._overlap(band, scale) for band in overlaps]
        # All texts are above all boxes.
        lines += [line for block, band in blocks.items() for line in _texts(block, band, scale)]
        for edge, y in scale.edges:
            lines += [text(_LEFT - 10, y + 4, f"{edge:#x}", "address"),
                      path(f"M{_LEFT - 6} {y}H{_LEFT}", "edge")]
        for y in scale.breaks:
            self.used.add("cut")
            lines += [_cut(_LEFT, y), _cut(_RIGHT, y)]
        bars = self._bars(marks, scale)
        labels = [*_overlaps(overlaps, scale), *_elsewhere(blocks, scale), *_marks(marks, scale)]
        labels.sort(key=lambda label: label.y)
        self._cell.bottom = max(scale.bottom + _EDGE, self._labels(labels, bars, scale))

    def _box(self, block: Block, band: Band, scale: Scale) -> str:
        x, width = _lane(block.lane or 0, band)
        top, bottom = scale.y(block.start), scale.y(block.end)
        kind = f"{block.kind} identical" if block.is_identical else block.kind
        self.used.add(kind)
        return group(f"{kind} entry", title(f"{block.label}, {block.start:#x}..{block.end:#x}"),
                     rect(x, top, width, bottom - top))

    def _overlap(self, band: Band, scale: Scale) -> str:
        self.used.add("overlap")
        taken = [lane for lane, block in enumerate(band.blocks) if block] or [0]
        x, _ = _lane(taken[0], band)
        top, bottom = scale.extent(band)
        return group("overlap", rect(x, top, _end(band) - x, bottom - top))

    def _bars(self, marks: list[Mark], scale: Scale) -> int:
        """Draw how far images go; where the labels can begin."""
        ends: list[int] = []
        for mark in marks:
            size = max(mark.size, mark.run_size)
            if not size:
                continue
            top = scale.y(mark.address)
            # Also of the least one something is seen.
            middle = max(scale.y(mark.address + mark.size), top + 2)
            bottom = max(scale.y(mark.address + size), middle)
            lane = next((lane for lane, end in enumerate(ends) if end < top), len(ends))
            ends[lane:lane + 1] = [bottom]
            x = _RIGHT + _BAR_STEP + lane * _BAR_STEP
            self.used.add("extent")
            self._cell.lines.append(group(
                "extent", title(f"{mark.name}, {mark.sizes}"), rect(x, top, _BAR, middle - top)))
            if bottom > middle:
                self._cell.lines.append(group("extent running", rect(x, middle, _BAR,
                                                                     bottom - middle)))
        return _RIGHT + _BAR_STEP * (len(ends) + 1)

    def _labels(self, labels: list[_Label], left: int, scale: Scale) -> int:
        """Draw the labels with a leader each; where the last one ends."""
        x = left + _LEADER
        places = spread([label.y for label in labels], PITCH, scale.y(0), scale.bottom)
        for label, place in zip(labels, places):
            about = title(label.about) if label.about else ""
            self._cell.lines.append(group(
                label.kind, about,
                path(f"M{label.x:g} {label.y}H{left}L{x - 8} {place}H{x - 3}", "leader"),
                fitted(x, place + 4, label.content, WIDTH - x)))
        return places[-1] + PITCH if places else 0


def _side_by_side(boxes: Iterable[tuple[str, str]]) -> int:
    """How many boxes are in a row, so that most have room for their texts."""
    longest = max((columns(content) for _, content in boxes), default=0)
    return max(1, min(LANES, columns_in(_BOXES) // (longest + 2)))


def _first_bands(bands: list[Band]) -> dict[Block, Band]:
    """The blocks that have a lane, by their places, with the first band of each."""
    found: dict[Block, Band] = {}
    for band in bands:
        for block in band.blocks:
            if block:
                found.setdefault(block, band)
    return found


def _wrapped(block: Block, band: Band, lines: int) -> list[str]:
    """The label of a block in its lane."""
    return wrap(block.label, columns_in(_lane(0, band)[1] - 12), lines)


def _gap(band: Band, space: Space, scale: Scale) -> list[str]:
    """What has no box: a hole, or what is below the picture."""
    top, bottom = scale.extent(band)
    kind, what = ("hole", space.hole) if band.is_hole else ("beside", "see below")
    return [path(f"M{_LEFT} {top}V{bottom}M{_RIGHT} {top}V{bottom}", "gap"),
            text(_LEFT + 14, top + 17, f"{what}, {size_short(band.end - band.start)}", kind)]


def _cut(x: int, y: int) -> str:
    """Two strokes through a line on the side."""
    return group("cut", path(f"M{x - 6} {y + 1}l12 -6v4l-12 6z", "between"),
                 path(f"M{x - 6} {y + 1}l12 -6m-12 10l12 -6", "leader"))


def _texts(block: Block, band: Band, scale: Scale) -> Iterator[str]:
    x, _ = _lane(block.lane or 0, band)
    top, bottom = scale.y(block.start), scale.y(block.end)
    lines = _wrapped(block, band, max(1, (bottom - top - _EDGE) // PITCH))
    for row, line in enumerate(lines):
        yield text(x + 7, top + 16 + row * PITCH, line)


def _overlaps(bands: list[Band], scale: Scale) -> Iterator[_Label]:
    for band in bands:
        yield _Label(_end(band), sum(scale.extent(band)) // 2, "overlap",
                     f"overlap, {size_short(band.end - band.start)}")


def _elsewhere(blocks: dict[Block, Band], scale: Scale) -> Iterator[_Label]:
    """Where blocks are on the other side; the name says which, where several are side by side."""
    for block, band in blocks.items():
        if block.elsewhere:
            is_alone = len(band.blocks) == 1 or not block.own_name
            name = "" if is_alone else f", {block.own_name}"
            yield _Label(_end(band), scale.y(block.start), "elsewhere", f"{block.elsewhere}{name}",
                         block.label)


def _marks(marks: list[Mark], scale: Scale) -> Iterator[_Label]:
    for mark in marks:
        size = f", {size_short(mark.size)}" if mark.size else ""
        about = ", ".join(filter(None, [mark.sizes if mark.run_size else "", mark.moved]))
        yield _Label(_end(scale.band(mark.address)), scale.y(mark.address), "mark",
                     f"{mark.name} {mark.address:#x}{size}", about)


def _end(band: Band) -> float:
    """Where the last block of a band ends on the right; of a hole, where all do."""
    last = max((lane for lane, block in enumerate(band.blocks) if block), default=None)
    if last is None:
        return _RIGHT
    x, width = _lane(last, band)
    return x + width


def _lane(lane: int, band: Band) -> tuple[float, float]:
    """Where a lane begins, and how wide it is."""
    width = _BOXES / max(1, len(band.blocks))
    return _LEFT + lane * width, width
