# SPDX-License-Identifier: Apache-2.0
"""A picture of address spaces as a standalone SVG."""

from collections.abc import Iterator
from html import escape

from axvm_types import Arch
from ..reading.virtual_machine import VirtualMachine
from ..text import columns, fit, printable, size_short
from .picture import (VM_KINDS, Band, Block, Mark, Picture, Space, draw, draw_host, title_text,
                      vm_text)

# All in pixels. A fixed-width font has characters of 0.6 times its height.
_FONT = 12
_CHARACTER = 7.2
_LINE = 18
_MARGIN = 24
_ADDRESSES = 150
_LANES = 4
_BOXES = 600
_NOTES = 150
_PANEL = _ADDRESSES + _BOXES + _NOTES
_HOLE = 26
_LEAST_BAND = 24
_MOST_BAND = 96
# What fits on a screen.
_COLUMN = 920

# Of a picture, from light to dark: text, faint text, lines, paper, and what kinds of boxes have.
_COLOURS = {
    "ink": ("#1b1f24", "#e6edf3"),
    "faint": ("#57606a", "#9198a1"),
    "line": ("#afb8c1", "#484f58"),
    "paper": ("#ffffff", "#0d1117"),
    "memory": ("#cfe3fb", "#1b3a5c"),
    "emulated": ("#d5efd0", "#1f4a26"),
    "passthrough": ("#fdebc4", "#55430f"),
    "machine": ("#e2dcf5", "#35295c"),
    "window": ("#f6f8fa", "#21262d"),
    "red": ("#d1242f", "#ff6a69"),
    "vm0": ("#e8d9f7", "#43295e"),
    "vm1": ("#c5ecec", "#134a4a"),
    "vm2": ("#e6e6d2", "#47472a"),
    "vm3": ("#f9dcc9", "#5a3518"),
    "vm4": ("#dfe3e8", "#3a3f45"),
    "vm5": ("#e4f2b8", "#3c4d10"),
}


# Without variables, which some programs do not know.
_BOX = ("memory", "emulated", "passthrough", "machine", "window", *(f"vm{number}" for number in range(VM_KINDS)))


def _paint(dark: bool) -> str:
    ink, faint, line, paper, red = (
        _COLOURS[name][dark] for name in ("ink", "faint", "line", "paper", "red"))
    boxes = "".join(f".{name} rect {{ fill: {_COLOURS[name][dark]}; }}\n" for name in _BOX)
    return f"""\
text {{ fill: {ink}; }}
.paper {{ fill: {paper}; }}
.address, .hole {{ fill: {faint}; }}
.edge, .gap {{ stroke: {line}; }}
.mark path {{ stroke: {ink}; }}
rect {{ stroke: {faint}; }}
{boxes}.overlap rect {{ fill: {red}; stroke: {red}; }}
.overlap text {{ fill: {red}; }}
"""


_STYLE = f"""\
text {{ font: {_FONT}px "DejaVu Sans Mono", Menlo, Consolas, monospace; }}
.title {{ font-size: 15px; font-weight: bold; }}
.space, .overlap text {{ font-weight: bold; }}
.address {{ text-anchor: end; }}
.hole {{ font-style: italic; }}
.gap {{ stroke-dasharray: 2 4; }}
.identical rect, .window rect {{ stroke-dasharray: 6 3; }}
.overlap rect {{ fill-opacity: 0.35; stroke-width: 2; }}
{_paint(False)}@media (prefers-color-scheme: dark) {{
{_paint(True)}}}
"""

_LEGEND = {
    "memory": "memory",
    "memory identical": "memory, identical: the guest address is ignored",
    "emulated": "emulated device",
    "passthrough": "passthrough",
    "machine": "device of the machine",
    "window": "window for virtual devices",
    "overlap": "overlap",
}


def svg(vms: list[VirtualMachine], together: bool, arch: Arch | None) -> str:
    """A document with a panel for each VM, side by side, and one of the host if that is one.

    ARCH is the architecture of the machine.
    """
    pictures = [draw(vm, _LANES, arch) for vm in vms]
    host = draw_host(vms, _LANES) if together else None
    panels: list[_Panel] = []
    x = _MARGIN
    for picture in [*pictures, host] if host else pictures:
        panels.append(_Panel(picture, x))
        x = panels[-1].x + _PANEL + _MARGIN
    used = set().union(*(panel.used for panel in panels))
    names = {name: text for name, text in _LEGEND.items() if name in used}
    if host:
        names |= {f"vm{number}": vm_text(vm) for number, vm in enumerate(vms[:VM_KINDS])
                  if f"vm{number}" in used}
    legend = list(_legend(names))
    width = max(x, _MARGIN + _PANEL + _MARGIN)
    height = max((panel.lowest for panel in panels), default=0) + _MARGIN
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">',
        "<title>Address spaces</title>",
        f"<style>\n{_STYLE}</style>",
        f'<path class="paper" d="M0 0H{width}V{height}H0Z"/>',
        *legend,
        *(line for panel in panels for line in panel.lines),
        "</svg>\n",
    ])


def _legend(names: dict[str, str]) -> Iterator[str]:
    x = _MARGIN
    for name, text in names.items():
        text = fit(text, 48).rstrip()
        yield (f'<g class="{name} legend"><rect x="{x}" y="12" width="14" height="14"/>'
               f'{_text(x + 20, 24, text)}</g>')
        x += 44 + round(columns(text) * _CHARACTER)


class _Panel:
    """The lines of one picture, from top to bottom, and where that is too long from there on in
    a further column."""

    def __init__(self, picture: Picture, x: int) -> None:
        self.x = x
        self.bottom = self.lowest = 2 * _MARGIN
        self.lines: list[str] = []
        self.used: set[str] = set()
        vm = picture.vm
        self._row(0, f"{printable(vm.file)}: {title_text(vm)}" if vm else "The host", "title",
                  15 / _FONT)
        for space in picture.spaces:
            self._row(0, space.title, "space")
            for bands in _folded(space.bands, _COLUMN - self.bottom):
                if bands[0] is not space.bands[0]:
                    self._next_column()
                self._bands(bands, space)
            for block in space.beside:
                self._row(_ADDRESSES, f"also {block.start:#x}..{block.end:#x}: {block.label}",
                          "entry")
        for text, reason in picture.unplaced:
            self._row(0, f"not drawn, {reason}: {text}", "entry")

    def _next_column(self) -> None:
        self.x += _PANEL + _MARGIN
        self.bottom = 2 * _MARGIN + _LINE

    def _row(self, x: int, text: str, kind: str, scale: float = 1) -> None:
        room = int((_PANEL - x) / _CHARACTER / scale)
        if self.bottom > _COLUMN:
            self._next_column()
        self.bottom += _LINE + 4
        self.lowest = max(self.lowest, self.bottom)
        self.lines.append(_text(self.x + x, self.bottom - 6, fit(text, room).rstrip(), kind))

    def _bands(self, bands: list[Band], space: Space) -> None:
        self.bottom += 12
        left, right = self.x + _ADDRESSES, self.x + _ADDRESSES + _BOXES
        edges = {}
        # Boxes go below the marks of overlaps, and those below all texts.
        boxes: list[str] = []
        overlaps: list[str] = []
        texts: list[str] = []
        for band in bands:
            top = edges[band.start] = self.bottom
            self.bottom += _height(band)
            edges[band.end] = self.bottom
            if not band.blocks:
                boxes.append(f'<path class="gap" d="M{left} {top}V{self.bottom}'
                             f'M{right} {top}V{self.bottom}"/>')
                kind, text = ("hole", space.hole) if band.is_hole else ("beside", "see below")
                texts.append(_text(left + 8, top + 17,
                                   f"{text}, {size_short(band.end - band.start)}", kind))
            if band.overlaps:
                self.used.add("overlap")
                overlaps.append(self._overlap(band, left, top))
        for edge, y in edges.items():
            texts.append(_text(left - 10, y + 4, f"{edge:#x}", "address"))
            texts.append(f'<path class="edge" d="M{left - 6} {y}H{left}"/>')
        seen: set[Block] = set()
        for band in bands:
            for lane, block in enumerate(band.blocks):
                if block and block not in seen:
                    seen.add(block)
                    boxes.append(self._box(block, _column(lane, band, left),
                                           edges[block.start], edges[block.end], texts))
        for band in bands:
            texts += _marks(band, space.marks, edges[band.start], right)
        self.lines += boxes + overlaps + texts
        self.bottom += 8
        self.lowest = max(self.lowest, self.bottom)

    def _box(self, block: Block, column: tuple[float, float], top: int, bottom: int,
             texts: list[str]) -> str:
        x, width = column
        kind = f"{block.kind} identical" if block.is_identical else block.kind
        self.used.add(kind)
        room = int((width - 12) / _CHARACTER)
        texts.append(_text(x + 7, top + 16, fit(block.label, room).rstrip()))
        return (f'<g class="{kind} entry"><rect x="{x:g}" y="{top}" width="{width:g}" '
                f'height="{bottom - top}"/><title>{escape(block.label)}, '
                f'{block.start:#x}..{block.end:#x}</title></g>')

    def _overlap(self, band: Band, left: int, top: int) -> str:
        taken = [lane for lane, block in enumerate(band.blocks) if block] or [0]
        x, _ = _column(taken[0], band, left)
        last, width = _column(taken[-1], band, left)
        text = f"overlap, {size_short(band.end - band.start)}"
        return (f'<g class="overlap"><rect x="{x:g}" y="{top}" width="{last + width - x:g}" '
                f'height="{_height(band)}"/>{_text(left + _BOXES + 10, top + 16, text)}</g>')


def _marks(band: Band, marks: list[Mark], top: int, right: int) -> Iterator[str]:
    """Entry point and images, right of the box that they are in, about at their height."""
    if not band.blocks:
        return
    room, size = _height(band), band.end - band.start
    free = top + (_LINE if band.overlaps else 0)
    for mark in marks:
        if band.start <= mark.address < band.end:
            y = top + round(room * (mark.address - band.start) / size)
            # Texts do not overlap.
            free = max(free, y)
            # Programs that show pictures show a title at the pointer.
            title = f"<title>{escape(mark.moved)}</title>" if mark.moved else ""
            yield (f'<g class="mark">{title}<path d="M{right - 8} {y}H{right + 4}"/>'
                   f'{_text(right + 10, free + 4, f"{mark.text} {mark.address:#x}")}</g>')
            free += _FONT + 1


def _folded(bands: list[Band], room: int) -> Iterator[list[Band]]:
    """The bands in columns, of which the first has that room; none ends inside a block."""
    column: list[Band] = []
    used = 0
    for band in bands:
        goes_on = any(block and block.start < band.start for block in band.blocks)
        if column and used + _height(band) > room and band.blocks and not goes_on:
            yield column
            column, used, room = [], 0, _COLUMN - 3 * _MARGIN
        column.append(band)
        used += _height(band)
    yield column


def _height(band: Band) -> int:
    """Larger for more pages, though far from to scale."""
    if not band.blocks:
        return _HOLE
    doublings = ((band.end - band.start) >> 12).bit_length()
    return min(_LEAST_BAND + 3 * max(0, doublings - 4), _MOST_BAND)


def _column(lane: int, band: Band, left: int) -> tuple[float, float]:
    width = _BOXES / max(1, len(band.blocks))
    return left + lane * width, width


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    attribute = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{attribute}>{escape(text)}</text>'
