# SPDX-License-Identifier: Apache-2.0
"""What would change in a file, as a unified diff."""

from collections.abc import Iterator
from difflib import unified_diff

from .text import printable


def diff(file: str, old: str, new: str) -> bytes:
    """The diff, as patch reads it; nothing where nothing changes."""
    return "".join(_lines(file, old, new)).encode()


def _lines(file: str, old: str, new: str) -> Iterator[str]:
    # Not str.splitlines(), which knows more ends of lines than files have.
    lines = [[f"{line}\n" for line in text.split("\n")] for text in (old, new)]
    for each in lines:
        each[-1] = each[-1].removesuffix("\n")
        if not each[-1]:
            del each[-1]
    name = printable(file)
    for line in unified_diff(lines[0], lines[1], name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
