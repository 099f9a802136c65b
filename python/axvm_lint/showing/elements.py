# SPDX-License-Identifier: Apache-2.0
"""The elements of SVG that pictures are made of, as texts."""

from html import escape

from ..text import fit
from .style import CHARACTER


def text(x: float, y: float, content: str, kind: str = "") -> str:
    """A line of text."""
    attribute = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{attribute}>{escape(content)}</text>'


def fitted(x: float, y: float, content: str, room: float, kind: str = "", scale: float = 1) -> str:
    """A line of text in so many pixels; one that is cut has a title, which programs show at the
    pointer."""
    shown = fit(content, columns_in(room, scale)).rstrip()
    line = text(x, y, shown, kind)
    return line if shown == content.rstrip() else f"<g>{title(content)}{line}</g>"


def columns_in(room: float, scale: float = 1) -> int:
    """How many characters fit into so many pixels."""
    return int(room / CHARACTER / scale)


def title(content: str) -> str:
    return f"<title>{escape(content)}</title>"


def rect(x: float, y: float, width: float, high: float) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{high:g}"/>'


def path(steps: str, kind: str) -> str:
    return f'<path class="{kind}" d="{steps}"/>'


def group(kind: str, *parts: str) -> str:
    return f'<g class="{kind}">{"".join(parts)}</g>'
