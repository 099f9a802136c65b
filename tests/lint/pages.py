# SPDX-License-Identifier: Apache-2.0
"""Where the texts, boxes and leaders of a picture are on its page."""

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field

NAMESPACE = "{http://www.w3.org/2000/svg}"

# As wide as fonts of one width are at most, and as high as their letters go above and below a line.
_WIDE, _ABOVE, _BELOW = 0.605, 0.78, 0.24

Box = tuple[float, float, float, float]


@dataclass
class Text:
    """A line of text, and left, top, right and bottom of it."""

    content: str
    classes: list[str]
    box: Box
    y: float


@dataclass
class Leader:
    """From the things to the label: x and y of both ends."""

    classes: list[str]
    content: str
    about: str
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass
class Entry:
    """A box with its title."""

    classes: list[str]
    about: str
    box: Box


@dataclass
class Cell:
    """What one cell of the page has."""

    texts: list[Text] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)
    # The heights of addresses: of what goes on from the cell before, and of each space.
    ticks: list[dict[int, float]] = field(default_factory=lambda: [{}])


def text_of(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def cells(root: ElementTree.Element) -> list[Cell]:
    """The cells of a page, at their places there; what is in none, as the legend, is the first."""
    outside = Cell()
    found = [outside]
    for element in root:
        moved = re.match(r"translate\((\S+) (\S+)\)", element.get("transform", ""))
        if moved:
            found.append(Cell())
            _read(element, float(moved[1]), float(moved[2]), [], found[-1])
        else:
            _read(element, 0, 0, [], outside)
    return found


def _read(element: ElementTree.Element, x: float, y: float, classes: list[str], cell: Cell) -> None:
    classes = [*classes, *element.get("class", "").split()]
    match element.tag.removeprefix(NAMESPACE):
        case "text":
            text = _text(element, x, y, classes)
            cell.texts.append(text)
            if "space" in classes:
                cell.ticks.append({})
            if "address" in classes and re.fullmatch("0x[0-9a-f]+", text.content):
                cell.ticks[-1][int(text.content, 16)] = text.y - 4
        case "g":
            if "entry" in classes or "overlap" in classes:
                box = element.find(f"{NAMESPACE}rect")
                if box is not None and "legend" not in classes:
                    cell.entries.append(Entry(classes, _title(element), _box(box, x, y)))
            for path in element.findall(f"{NAMESPACE}path"):
                steps = re.fullmatch(r"M(\S+) (\S+)H\S+L\S+ (\S+)H(\S+)", path.get("d", ""))
                if steps:
                    content = "".join(text_of(text) for text in element.iter(f"{NAMESPACE}text"))
                    cell.leaders.append(Leader(
                        classes, content, _title(element),
                        (x + float(steps[1]), y + float(steps[2])),
                        (x + float(steps[4]), y + float(steps[3]))))
    for child in element:
        if child.tag.removeprefix(NAMESPACE) not in ("title", "desc", "style"):
            _read(child, x, y, classes, cell)


def _title(element: ElementTree.Element) -> str:
    title = element.find(f"{NAMESPACE}title")
    return "" if title is None else text_of(title)


def _box(element: ElementTree.Element, x: float, y: float) -> Box:
    left, top, wide, high = (float(element.get(key, "0")) for key in ("x", "y", "width", "height"))
    return x + left, y + top, x + left + wide, y + top + high


def _text(element: ElementTree.Element, x: float, y: float, classes: list[str]) -> Text:
    content = element.text or ""
    size = 15 if "title" in classes else 12
    wide = size * _WIDE * sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in content)
    left, line = x + float(element.get("x", "0")), y + float(element.get("y", "0"))
    if "address" in classes:
        left -= wide
    return Text(content, classes, (left, line - size * _ABOVE, left + wide, line + size * _BELOW), line)


def overlapping(boxes: list[Box], least: float = 0.01) -> Iterator[tuple[int, int]]:
    """Which two share more than a line."""
    order = sorted(range(len(boxes)), key=lambda index: boxes[index][1])
    active: list[int] = []
    for index in order:
        left, top, right, bottom = boxes[index]
        active = [other for other in active if boxes[other][3] - least > top]
        for other in active:
            if boxes[other][0] + least < right and left + least < boxes[other][2]:
                yield other, index
        if bottom > top and right > left:
            active.append(index)
