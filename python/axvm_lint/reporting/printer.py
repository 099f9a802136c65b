# SPDX-License-Identifier: Apache-2.0
"""What each output format has."""

from collections.abc import Callable
from typing import Protocol

from ..findings import Finding, Owner
from ..reading.source import Place, Source

# Where an owner of a finding is.
Locate = Callable[[Owner | None], tuple[Source, Place] | None]


class Printer(Protocol):
    """Prints findings, and perhaps something in the end."""

    def add(self, finding: Finding, locate: Locate) -> None: ...

    def end(self) -> None: ...


class Collected:
    """Keeps findings, and prints nothing."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, finding: Finding, locate: Locate) -> None:
        self.findings.append(finding)

    def end(self) -> None:
        pass
