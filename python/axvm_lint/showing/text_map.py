# SPDX-License-Identifier: Apache-2.0
"""A picture of address spaces in plain ASCII, no wider than the terminal."""

from collections.abc import Iterator

from axvm_types import Arch
from ..reading.virtual_machine import VirtualMachine
from ..text import columns, fit, printable, size_short
from .picture import Band, Block, Picture, Space, draw, draw_host, title_text

# A lane has room for some text; below the least width lines are cut.
_LANE = 20
_LEAST = 40
_MARGIN = "  "
# Of a 64-bit address with margin and blank.
_ADDRESS = 21


def text_map(vm: VirtualMachine, width: int, arch: Arch | None) -> str:
    """Several lines about a VM, on a machine of that architecture."""
    room = max(width, _LEAST)
    picture = draw(vm, max(1, (room - _ADDRESS) // _LANE), arch)
    return "\n".join(fit(line, width).rstrip() for line in _lines(picture, room))


def host_map(vms: list[VirtualMachine], width: int) -> str | None:
    """Several lines about the host's addresses; None where the VMs take none that are known."""
    room = max(width, _LEAST)
    picture = draw_host(vms, max(1, (room - _ADDRESS) // _LANE))
    if picture is None:
        return None
    return "\n".join(fit(line, width).rstrip() for line in _lines(picture, room))


def _lines(picture: Picture, room: int) -> Iterator[str]:
    vm = picture.vm
    yield f"{printable(vm.file)}: {title_text(vm)}" if vm else "all files"
    for space in picture.spaces:
        yield f"{_MARGIN}{space.title}"
        yield from _space(space, room)
    for text, reason in picture.unplaced:
        yield f"{_MARGIN}not drawn, {reason}: {text}"


def _space(space: Space, room: int) -> Iterator[str]:
    digits = max(len(_hex(band.end)) for band in space.bands)
    inner = room - len(_MARGIN) - digits - 1

    def line(address: str, text: str) -> str:
        return f"{_MARGIN}{address:>{digits}} {text}"

    before: Band | None = None
    for band in [*space.bands, None]:
        edge = band.start if band else before.end if before else 0
        yield line(_hex(edge), _rule(before, band, inner))
        if band and band.blocks:
            yield line("", _content(band, inner))
            for mark in space.marks:
                if band.start <= mark.address < band.end:
                    text = f"{mark.text}, {mark.moved}" if mark.moved else mark.text
                    yield line(_hex(mark.address), _mark(band, text, inner))
        elif band:
            what_is = space.hole if band.is_hole else "see below"
            yield line("", f": {what_is}, {size_short(band.end - band.start)}")
        before = band
    for block in space.beside:
        yield f"{_MARGIN}also {_hex(block.start)}..{_hex(block.end)}: {block.label}"


def _borders(lanes: int, inner: int) -> list[int]:
    """The columns of the upright lines left and right of lanes."""
    return [index * (inner - 1) // lanes for index in range(lanes + 1)]


def _rule(before: Band | None, after: Band | None, inner: int) -> str:
    """The line between two bands, one of which may be a hole or missing."""
    earlier = before.blocks if before else []
    later = after.blocks if after else []
    row = [" "] * inner
    for blocks in (earlier, later):
        borders = _borders(len(blocks), inner) if blocks else []
        for lane, block in enumerate(blocks):
            left, right = borders[lane], borders[lane + 1]
            goes_on = block and block in (later if blocks is earlier else earlier)
            for column in range(left, right + 1) if block else ():
                if column in (left, right):
                    if not goes_on:
                        row[column] = "+"
                    elif row[column] == " ":
                        row[column] = "|"
                elif not goes_on:
                    row[column] = "-"
    return "".join(row).rstrip()


def _content(band: Band, inner: int) -> str:
    """The line of a band: labels of the blocks that begin there, # where blocks overlap."""
    borders = _borders(len(band.blocks), inner)
    row = ""
    for lane, block in enumerate(band.blocks):
        left, right = borders[lane], borders[lane + 1]
        if not row.endswith("|"):
            row += "|" if block else " "
        row += _cell(block, band, right - left - 1)
        row += "|" if block else " "
        if not block and lane + 1 < len(band.blocks) and band.blocks[lane + 1]:
            row = row[:-1] + "|"
    return row.rstrip()


def _mark(band: Band, mark: str, inner: int) -> str:
    """The line of an image or entry point, within the lines of the blocks that are there."""
    row = list(f"{'':{inner}}")
    borders = _borders(len(band.blocks), inner)
    for lane, block in enumerate(band.blocks):
        if block:
            row[borders[lane]] = row[borders[lane + 1]] = "|"
    text = f" > {mark}"
    row[1:1 + len(text)] = text
    return "".join(row[:inner])


def _cell(block: Block | None, band: Band, width: int) -> str:
    if block is None:
        return " " * width
    label = block.label if block.start == band.start else ""
    if not band.overlaps:
        return f" {fit(label, width - 1)}"
    # At least some marks, whatever the label.
    label = fit(label, width - 5).rstrip() if label else ""
    text = f" {label} " if label else ""
    return text + "#" * (width - columns(text))


def _hex(number: int) -> str:
    return f"{number:#x}"
