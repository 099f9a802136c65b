# SPDX-License-Identifier: Apache-2.0
"""Findings as a compiler prints them, which the matchers of editors and CI read."""

import re

from ..findings import Finding
from ..text import printable
from .printer import Locate

# What comes after a file's name and place: a name that has the same in it would be cut there.
_LIKE_A_PLACE = re.compile(r"(:\d+:\d+:) (?=(?:error|warning|note): )", re.ASCII)


class Gcc:
    """FILE:LINE:COLUMN: SEVERITY: TEXT [CODE], a line each; what has no place is at 1:1."""

    def add(self, finding: Finding, locate: Locate) -> None:
        found = locate(finding.a)
        line, column = (found[1].line, found[1].column) if found else (1, 1)
        name = _LIKE_A_PLACE.sub(r"\1\\x20", printable(finding.file))
        print(f"{name}:{line}:{column}: {finding.severity.name}: {printable(finding.message)} "
              f"[{finding.code.name}]")

    def end(self) -> None:
        pass
