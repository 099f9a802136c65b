# SPDX-License-Identifier: Apache-2.0
"""A picture of address spaces in plain ASCII, no wider than the terminal."""

from collections.abc import Iterable, Iterator

from axvm_types import Arch
from ..reading.virtual_machine import VirtualMachine
from ..text import columns, fit, printable, size_short
from .blocks import Block, title_text, vm_text
from .picture import Picture, draw, draw_host
from .spaces import Band, Space

# A lane has room for some text; where so many do not fit, they are narrow, and texts are beside
# them. Below the least width lines are cut.
_LANE = 20
_NARROW = 5
_MOST_NARROW = 16
_BESIDE = 24
_LEAST = 40
_MARGIN = "  "
# Of a 64-bit address with margin and blank.
_ADDRESS = 21


def text_map(vm: VirtualMachine, width: int, arch: Arch | None) -> str:
    """Several lines about a VM, on a machine of that architecture."""
    return _cut(_lines(draw(vm, _most_lanes(width), arch), [], max(width, _LEAST)), width)


def host_map(vms: list[VirtualMachine], width: int, arch: Arch | None) -> str | None:
    """Several lines about what VMs take of the host; None where that is nothing that is known."""
    picture = draw_host(vms, _most_lanes(width), arch)
    return _cut(_lines(picture, vms, max(width, _LEAST)), width) if picture else None


def _cut(lines: Iterable[str], width: int) -> str:
    return "\n".join(fit(line, width).rstrip() for line in lines)


def _wide_lanes(room: int) -> int:
    return max(1, (room - _ADDRESS) // _LANE)


def _most_lanes(width: int) -> int:
    room = max(width, _LEAST)
    return max(_wide_lanes(room), min((room - _ADDRESS - _BESIDE) // _NARROW, _MOST_NARROW))


def _lines(picture: Picture, vms: list[VirtualMachine], room: int) -> Iterator[str]:
    vm = picture.vm
    yield f"{printable(vm.file)}: {title_text(vm)}" if vm else "all files"
    for vcpu in picture.vcpus:
        yield f"{_MARGIN}{vcpu.text}"
    if picture.cpus:
        yield f"{_MARGIN}CPUs"
    for cpu, users in picture.cpus.items():
        runs = "; ".join(f"{vm_text(vms[number])} vCPU {vcpu.index}" for number, vcpu in users)
        yield f"{_MARGIN}{_MARGIN}{cpu}: {runs}"
    for space in picture.spaces:
        yield f"{_MARGIN}{space.title}"
        yield from _space(space, room)
    for text, reason in picture.unplaced:
        yield f"{_MARGIN}not drawn, {reason}: {text}"


def _space(space: Space, room: int) -> Iterator[str]:
    digits = max(len(_hex(band.end)) for band in space.bands)
    lanes = _Lanes(room - len(_MARGIN) - digits - 1, _wide_lanes(room))

    def line(address: str, text: str) -> str:
        return f"{_MARGIN}{address:>{digits}} {text}"

    before: Band | None = None
    for band in [*space.bands, None]:
        edge = band.start if band else before.end if before else 0
        yield line(_hex(edge), lanes.rule(before, band))
        if band and band.blocks:
            for text in lanes.content(band):
                yield line("", text)
            for block in band.blocks:
                if block and block.elsewhere and block.start == band.start:
                    text = ", ".join(filter(None, [block.elsewhere, block.own_name]))
                    yield line(_hex(block.start), lanes.mark(band, f" > {text}"))
        elif band:
            what_is = space.hole if band.is_hole else "see below"
            yield line("", f": {what_is}, {size_short(band.end - band.start)}")
        for mark in space.marks if band else ():
            if band and band.start <= mark.address < band.end:
                text = ", ".join(filter(None, [mark.name, mark.sizes, mark.moved]))
                yield line(_hex(mark.address), lanes.mark(band, f" > {text}"))
        before = band
    for block in space.beside:
        yield f"{_MARGIN}also {_hex(block.start)}..{_hex(block.end)}: {block.label}"


class _Lanes:
    """Blocks side by side, in INNER columns; more than so many WIDE lanes are narrow."""

    def __init__(self, inner: int, wide: int) -> None:
        self._inner = inner
        self._wide = wide

    def _borders(self, band: Band) -> list[int]:
        """The columns of the upright lines left and right of lanes."""
        lanes = len(band.blocks)
        if lanes > self._wide:
            return [index * _NARROW for index in range(lanes + 1)]
        return [index * (self._inner - 1) // lanes for index in range(lanes + 1)]

    def rule(self, before: Band | None, after: Band | None) -> str:
        """The line between two bands, one of which may be a hole or missing."""
        row = [" "] * self._inner
        for band, neighbour in ((before, after), (after, before)):
            if not band or not band.blocks:
                continue
            others = neighbour.blocks if neighbour else []
            borders = self._borders(band)
            for lane, block in enumerate(band.blocks):
                left, right = borders[lane], borders[lane + 1]
                goes_on = block and block in others
                for column in range(left, right + 1) if block else ():
                    if column in (left, right):
                        if not goes_on:
                            row[column] = "+"
                        elif row[column] == " ":
                            row[column] = "|"
                    elif not goes_on:
                        row[column] = "-"
        return "".join(row).rstrip()

    def content(self, band: Band) -> Iterator[str]:
        """The lines of a band: labels of the blocks that begin there, # where blocks overlap.

        Of narrow lanes each label has a line of its own, with a * in its lane.
        """
        if len(band.blocks) <= self._wide:
            yield self._row(band, [block.label if block and block.start == band.start else ""
                                   for block in band.blocks])
            return
        begin = [lane for lane, block in enumerate(band.blocks)
                 if block and block.start == band.start]
        for lane in begin:
            row = self._row(band, ["*" if other == lane else "" for other in range(len(band.blocks))])
            block = band.blocks[lane]
            yield f"{row:{self._beside(band)}}{block.label if block else ''}"
        if not begin:
            yield self._row(band, [""] * len(band.blocks))

    def _beside(self, band: Band) -> int:
        """The column of a text beside narrow lanes."""
        return len(band.blocks) * _NARROW + 2

    def _row(self, band: Band, labels: list[str]) -> str:
        borders = self._borders(band)
        row = ""
        before = None
        for lane, block in enumerate(band.blocks):
            row += "|" if block or before else " "
            row += _cell(block, labels[lane], band.overlaps, borders[lane + 1] - borders[lane] - 1)
            before = block
        return f"{row}|" if before else row.rstrip()

    def mark(self, band: Band, text: str) -> str:
        """The line of an image or entry point, within the lines of the blocks that are there."""
        row = [" "] * self._inner
        borders = self._borders(band) if band.blocks else []
        for lane, block in enumerate(band.blocks):
            if block:
                row[borders[lane]] = row[borders[lane + 1]] = "|"
        if not band.blocks:
            row[0] = ":"
        begin = self._beside(band) - 1 if len(band.blocks) > self._wide else 1
        row[begin:begin + columns(text)] = text
        return "".join(row)


def _cell(block: Block | None, label: str, overlaps: bool, width: int) -> str:
    if block is None:
        return " " * width
    if not overlaps:
        # A lane has room for more, or for the * alone.
        return f" {fit(label, width - 1)}" if width > _NARROW else fit(label, width)
    # At least some marks, whatever the label.
    if width <= _NARROW:
        return label + "#" * (width - len(label))
    label = fit(label, width - 5).rstrip() if label else ""
    text = f" {label} " if label else ""
    return text + "#" * (width - columns(text))


def _hex(number: int) -> str:
    return f"{number:#x}"
