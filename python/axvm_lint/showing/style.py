# SPDX-License-Identifier: Apache-2.0
"""The look of a picture: sizes in pixels, and the colours of its classes, light and dark."""

from .blocks import VM_KINDS

# A fixed-width font has characters of about 0.6 times its height; a little more is on the safe side.
FONT = 12
CHARACTER = 7.3
TITLE_FONT = 15
LINE = 18
# From one label to the next.
PITCH = 15
MARGIN = 24

# From light to dark: text, faint text, lines, paper, and what kinds of boxes have.
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
    "vcpu": ("#eef1f4", "#2b323b"),
    "red": ("#c01c28", "#ff7b72"),
    "vm0": ("#e8d9f7", "#43295e"),
    "vm1": ("#c5ecec", "#134a4a"),
    "vm2": ("#e6e6d2", "#47472a"),
    "vm3": ("#f9dcc9", "#5a3518"),
    "vm4": ("#dfe3e8", "#3a3f45"),
    "vm5": ("#e4f2b8", "#3c4d10"),
}

_BOXES = ("memory", "emulated", "passthrough", "machine", "window", "vcpu",
          *(f"vm{number}" for number in range(VM_KINDS)))


# Without variables, which some programs do not know.
def _paint(dark: bool) -> str:
    ink, faint, line, paper, red = (
        _COLOURS[name][dark] for name in ("ink", "faint", "line", "paper", "red"))
    boxes = "".join(f".{name} rect {{ fill: {_COLOURS[name][dark]}; }}\n" for name in _BOXES)
    return f"""\
text {{ fill: {ink}; }}
.paper {{ fill: {paper}; }}
.address, .hole {{ fill: {faint}; }}
.edge, .gap {{ stroke: {line}; }}
.leader {{ stroke: {faint}; }}
.between {{ fill: {paper}; }}
.extent rect {{ fill: {faint}; }}
rect {{ stroke: {faint}; }}
{boxes}.overlap rect {{ fill: {red}; }}
.overlap .leader {{ stroke: {red}; }}
.overlap text {{ fill: {red}; }}
"""


STYLE = f"""\
text {{ font: {FONT}px "DejaVu Sans Mono", Menlo, Consolas, monospace; }}
.title {{ font-size: {TITLE_FONT}px; font-weight: bold; }}
.space, .overlap text {{ font-weight: bold; }}
.address {{ text-anchor: end; }}
.hole {{ font-style: italic; }}
.gap {{ stroke-dasharray: 2 4; }}
.leader {{ fill: none; }}
.identical rect, .window rect, .running rect {{ stroke-dasharray: 6 3; }}
.running rect {{ fill-opacity: 0.35; }}
.overlap rect {{ fill-opacity: 0.3; stroke: none; }}
{_paint(False)}@media (prefers-color-scheme: dark) {{
{_paint(True)}}}
"""
