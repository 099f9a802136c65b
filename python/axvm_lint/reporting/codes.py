# SPDX-License-Identifier: Apache-2.0
"""What the codes of findings mean.

The comments above the rules say so, in src/layout/rules and in this program. A build collects
them in codes.tsv, by src/layout/codes.awk.
"""

import os
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

_FILE = "codes.tsv"
_WIDTH = 80


class Description(NamedTuple):
    """What a code is, why it matters and how to fix it; and the severities that it may have.

    FIX is what --fix does about it, "" where that is nothing.
    """

    severities: tuple[str, ...]
    what: str
    why: str
    how: str
    fix: str = ""


def read_descriptions(path: str) -> dict[str, Description]:
    """The descriptions in a file, by code."""
    described = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            code, severities, *texts = line.rstrip("\n").split("\t")
            described[code] = Description(tuple(severities.split(",")), *texts)
    return described


@cache
def descriptions() -> dict[str, Description]:
    """The descriptions of all codes."""
    package = os.path.dirname(os.path.dirname(__file__))
    # A build tree apart from the sources has this one file of the package.
    folders = [package, *(os.path.join(path, os.path.basename(package)) for path in sys.path)]
    paths = [os.path.join(folder, _FILE) for folder in folders]
    return read_descriptions(next(filter(os.path.exists, paths), paths[0]))


def explain(code: str) -> str:
    """Several lines about a code."""
    described = descriptions()[code]
    lines = [code]
    for title, text in (("What", described.what), ("Why", described.why), ("How", described.how),
                        ("Fix", described.fix and f"{described.fix} (--fix)"),
                        ("Here", _versions(" ".join(described[1:])))):
        if not text:
            continue
        lines.append(textwrap.fill(text, _WIDTH, initial_indent=f"  {title:<4}  ",
                                   subsequent_indent=" " * 8, break_on_hyphens=False))
    return "\n".join(lines)


def _versions(text: str) -> str:
    """What the versions that a text names are: releases of Axvisor."""
    # A build reads the descriptions before there is a library.
    from ..schema.releases import RELEASES, releases_text
    named = [f"{model.name} is {releases_text(model)}" for model in RELEASES
             if re.search(rf"(?<![\d.]){re.escape(model.name)}(?!\.?\d)", text)]
    return "; ".join(named) and f"{'; '.join(named)}."


def list_codes(codes: Iterable[str]) -> Iterator[str]:
    """A line for each of these codes."""
    described = {code: descriptions()[code] for code in codes}
    names = max(map(len, described))
    levels = {code: "/".join(each.severities) for code, each in described.items()}
    width = max(map(len, levels.values()))
    for code, each in described.items():
        end = each.what.find(". ")
        what = each.what[:end + 1] if end >= 0 else each.what
        yield f"{code:<{names}}  {levels[code]:<{width}}  {what}"
