# SPDX-License-Identifier: Apache-2.0
"""Pictures of address spaces on a page, as a standalone SVG."""

from collections import Counter
from html import escape
from os.path import basename

from axvm_types import Arch
from ..reading.virtual_machine import VirtualMachine
from ..text import clip, columns, count, fit, listed, printable
from .blocks import VM_KINDS, title_text, vm_text
from .elements import group, path, rect, text
from .panel import LANES, WIDTH, Cell, Panel
from .picture import Picture, draw, draw_host
from .style import CHARACTER, LINE, MARGIN, STYLE

# How many cells are side by side.
_ACROSS = 2
_LEGEND_WIDTH = 48

_LEGEND = {
    "memory": "memory",
    "memory identical": "memory, identical: the guest address is ignored",
    "emulated": "emulated device",
    "passthrough": "passthrough",
    "machine": "device of the machine",
    "window": "window for virtual devices",
    "extent": "extent of an image",
    "overlap": "overlap",
    "cut": "the scale changes",
}


def svg(vms: list[VirtualMachine], together: bool, arch: Arch | None) -> str:
    """A page with a panel of the host, if it is one that runs all, and a panel for each VM.

    ARCH is the architecture of the machine.
    """
    names = short_names([vm.file for vm in vms])
    host = draw_host(vms, LANES, arch) if together else None
    panels = [Panel(host, "The host", vms)] if host else []
    pictures = [draw(vm, LANES, arch) for vm in vms]
    panels += [Panel(picture, f"{name}: {title_text(vm)}", vms)
               for picture, name, vm in zip(pictures, names, vms)]
    used = set().union(*(panel.used for panel in panels))
    meanings = {name: meaning for name, meaning in _LEGEND.items() if name in used}
    if host:
        meanings |= {f"vm{number}": vm_text(vm) for number, vm in enumerate(vms[:VM_KINDS])
                     if f"vm{number}" in used}
    cells = [cell for panel in panels for cell in panel.cells]
    across = max(1, min(_ACROSS, len(cells)))
    width = MARGIN + across * (WIDTH + MARGIN)
    lines, top = _legend(meanings, width)
    height, placed = _placed(cells, across, top)
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="graphics-document document" '
        'aria-labelledby="title" aria-describedby="desc">',
        f'<title id="title">{escape(_title(names))}</title>',
        f'<desc id="desc">{escape(_description(pictures))}</desc>',
        f"<style>\n{STYLE}</style>",
        path(f"M0 0H{width}V{height}H0Z", "paper"),
        *lines,
        *placed,
        "</svg>\n",
    ])


def short_names(files: list[str]) -> list[str]:
    """The names of files without their folders, but for those that two of them need."""
    names = {file: basename(file) or file for file in files}
    while True:
        counts = Counter(names[file] for file in names)
        longer = {file: _with_folder(file, name) for file, name in names.items()
                  if counts[name] > 1 and name != file}
        if not longer:
            return [printable(names[file]) for file in files]
        names |= longer


def _with_folder(file: str, name: str) -> str:
    """A name of a file with one folder more."""
    before = file[:-len(name)].rstrip("/")
    folder = basename(before)
    return file[len(before) - len(folder):] if folder else file


def _title(names: list[str]) -> str:
    if len(names) == 1:
        return f"{names[0]}: address spaces"
    return f"Address spaces of {clip(listed(names), 400)}" if names else "Address spaces"


def _description(pictures: list[Picture]) -> str:
    """What is in the pictures, in a sentence for each VM."""
    sentences = []
    for picture in pictures[:LANES * VM_KINDS]:
        parts = []
        for space in picture.spaces:
            blocks = {block for band in space.bands for block in band.blocks if block}
            overlaps = sum(band.overlaps for band in space.bands)
            parts.append(f"{space.title} {space.bands[0].start:#x} to {space.bands[-1].end:#x} with "
                         f"{count(len(blocks) + len(space.beside), 'range')}, "
                         f"{count(overlaps, 'overlap')}")
        what = "; ".join(parts) or "nothing that has a place"
        sentences.append(f"{title_text(picture.vm) if picture.vm else ''}: {what}.")
    return " ".join(sentences)


def _legend(meanings: dict[str, str], width: int) -> tuple[list[str], int]:
    """What classes mean, in lines no wider than the page; where the last one ends."""
    lines = []
    x, y = MARGIN, 12
    for name, meaning in meanings.items():
        meaning = fit(meaning, _LEGEND_WIDTH).rstrip()
        room = 44 + round(columns(meaning) * CHARACTER)
        if x > MARGIN and x + room - 24 > width:
            x, y = MARGIN, y + LINE + 4
        if name == "cut":
            sign = path(f"M{x} {y + 8}l12 -6m-12 10l12 -6", "leader")
        elif name == "extent":
            sign = rect(x + 4, y, 6, 14)
        else:
            sign = rect(x, y, 14, 14)
        lines.append(group(f"{name} legend", sign, text(x + 20, y + 12, meaning)))
        x += room
    return lines, y + 28


def _placed(cells: list[Cell], across: int, top: int) -> tuple[int, list[str]]:
    """The height of the page, and the cells in rows, each as high as the highest of its cells."""
    lines = []
    for first in range(0, len(cells), across):
        row = cells[first:first + across]
        for index, cell in enumerate(row):
            lines += [f'<g transform="translate({MARGIN + index * (WIDTH + MARGIN)} {top})">',
                      *cell.lines, "</g>"]
        top += max(cell.bottom for cell in row) + MARGIN
    return max(top, 2 * MARGIN), lines
