# SPDX-License-Identifier: Apache-2.0
"""A picture of address spaces as a standalone SVG."""

from collections.abc import Iterator
from html import escape

from .model import VirtualMachine
from .picture import Band, Block, Picture, Space, draw, what
from .text import fit, printable, quote, size_text

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

_STYLE = f"""\
text {{ font: {_FONT}px "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1b1f24; }}
.title {{ font-size: 15px; font-weight: bold; }}
.space {{ font-weight: bold; }}
.address {{ fill: #57606a; text-anchor: end; }}
.edge {{ stroke: #afb8c1; }}
.hole {{ fill: #57606a; font-style: italic; }}
.gap {{ stroke: #afb8c1; stroke-dasharray: 2 4; }}
rect {{ stroke: #57606a; }}
.memory rect {{ fill: #cfe3fb; }}
.emulated rect {{ fill: #d5efd0; }}
.passthrough rect {{ fill: #fdebc4; }}
.identical rect {{ stroke-dasharray: 6 3; }}
.overlap rect {{ fill: #d1242f; fill-opacity: 0.35; stroke: #d1242f; stroke-width: 2; }}
.overlap text {{ fill: #d1242f; font-weight: bold; }}
"""

_LEGEND = {
    "memory": "memory",
    "memory identical": "memory, identical: the guest address is ignored",
    "emulated": "emulated device",
    "passthrough": "passthrough",
    "overlap": "overlap",
}


def svg(vms: list[VirtualMachine]) -> str:
    """A document with a panel for each VM, side by side."""
    panels = [_Panel(draw(vm, _LANES), _MARGIN + index * (_PANEL + _MARGIN))
              for index, vm in enumerate(vms)]
    used = set().union(*(panel.used for panel in panels))
    legend = list(_legend([name for name in _LEGEND if name in used]))
    width = _MARGIN + max(1, len(panels)) * (_PANEL + _MARGIN)
    height = max((panel.bottom for panel in panels), default=0) + _MARGIN
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">',
        "<title>Guest address spaces</title>",
        f"<style>\n{_STYLE}</style>",
        f'<path d="M0 0H{width}V{height}H0Z" fill="#fff"/>',
        *legend,
        *(line for panel in panels for line in panel.lines),
        "</svg>\n",
    ])


def _legend(names: list[str]) -> Iterator[str]:
    x = _MARGIN
    for name in names:
        yield (f'<g class="{name} legend"><rect x="{x}" y="12" width="14" height="14"/>'
               f'{_text(x + 20, 24, _LEGEND[name])}</g>')
        x += 44 + round(len(_LEGEND[name]) * _CHARACTER)


class _Panel:
    """The lines of one VM's picture, from top to bottom."""

    def __init__(self, picture: Picture, x: int) -> None:
        self.x = x
        self.bottom = 2 * _MARGIN
        self.lines: list[str] = []
        self.used: set[str] = set()
        vm = picture.vm
        number = "?" if vm.id is None else vm.id
        name = "?" if vm.name is None else quote(vm.name)
        self._row(0, f"{printable(vm.file)}: VM {number} {name}", "title", 15 / _FONT)
        for space in picture.spaces:
            self._row(0, space.title, "space")
            self._space(space)
        for entry, reason in picture.unplaced:
            self._row(0, f"not drawn, {reason}: {what(entry)}", "entry")

    def _row(self, x: int, text: str, kind: str, scale: float = 1) -> None:
        room = int((_PANEL - x) / _CHARACTER / scale)
        self.bottom += _LINE + 4
        self.lines.append(_text(self.x + x, self.bottom - 6, fit(text, room).rstrip(), kind))

    def _space(self, space: Space) -> None:
        self.bottom += 12
        left, right = self.x + _ADDRESSES, self.x + _ADDRESSES + _BOXES
        edges = {}
        # Boxes go below the marks of overlaps, and those below all texts.
        boxes: list[str] = []
        marks: list[str] = []
        texts: list[str] = []
        for band in space.bands:
            top = edges[band.start] = self.bottom
            self.bottom += _height(band)
            edges[band.end] = self.bottom
            if not band.blocks:
                boxes.append(f'<path class="gap" d="M{left} {top}V{self.bottom}'
                             f'M{right} {top}V{self.bottom}"/>')
                kind, text = ("hole", "hole") if band.is_hole else ("beside", "see below")
                texts.append(_text(left + 8, top + 17,
                                   f"{text}, {size_text(band.end - band.start)}", kind))
            if band.overlaps:
                self.used.add("overlap")
                marks.append(self._overlap(band, left, top))
        for edge, y in edges.items():
            texts.append(_text(left - 10, y + 4, f"{edge:#x}", "address"))
            texts.append(f'<path class="edge" d="M{left - 6} {y}H{left}"/>')
        seen: set[Block] = set()
        for band in space.bands:
            for lane, block in enumerate(band.blocks):
                if block and block not in seen:
                    seen.add(block)
                    boxes.append(self._box(block, _column(lane, band, left),
                                           edges[block.start], edges[block.end], texts))
        self.lines += boxes + marks + texts
        self.bottom += 8
        for block in space.beside:
            self._row(_ADDRESSES, f"also {block.start:#x}..{block.end:#x}: {block.label}",
                      "entry")

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
        text = f"overlap, {size_text(band.end - band.start)}"
        return (f'<g class="overlap"><rect x="{x:g}" y="{top}" width="{last + width - x:g}" '
                f'height="{_height(band)}"/>{_text(left + _BOXES + 10, top + 16, text)}</g>')


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
