# SPDX-License-Identifier: Apache-2.0
"""Prints findings as compilers do, or as JSON, and counts them."""

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TextIO

from .. import FindingCode, Severity
from .findings import Finding
from .text import count, printable

# Their errors mean that there is no good VM to speak of: they are never left out.
_LASTING = {FindingCode.FILE_SYNTAX, FindingCode.FILE_KEY}

_BOLD = "\x1b[1m"
_PLAIN = "\x1b[0m"
_COLOURS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;35m",
    Severity.NOTE: "\x1b[1;36m",
}


@dataclass
class Report:
    """Takes findings, and knows in the end what they come to."""

    as_json: bool = False
    colour: bool = False
    werror: bool = False
    disabled: set[FindingCode] = field(default_factory=set)
    counts: Counter[Severity] = field(default_factory=Counter)
    unreadable: bool = False

    def add(self, finding: Finding) -> None:
        """Print a finding unless its code is disabled."""
        is_lasting = finding.severity == Severity.ERROR and finding.code in _LASTING
        if finding.code in self.disabled and not is_lasting:
            return
        if self.werror and finding.severity == Severity.WARNING:
            finding = replace(finding, severity=Severity.ERROR)
        self.counts[finding.severity] += 1
        self.unreadable |= finding.code == FindingCode.FILE_SYNTAX
        print(finding.to_json() if self.as_json else self._text(finding))

    def summary(self, files: int) -> str:
        """One line about the whole run."""
        found = [count(self.counts[severity], severity.name)
                 for severity in reversed(Severity.all()) if self.counts[severity]]
        return f"axvm-lint: {count(files, 'file')}: {', '.join(found) or 'nothing found'}"

    @property
    def status(self) -> int:
        """The exit status that the findings ask for."""
        if self.unreadable:
            return 2
        return 1 if self.counts[Severity.ERROR] else 0

    def _text(self, finding: Finding) -> str:
        file = f"{printable(finding.file)}:"
        label = f"{finding.severity.name}[{finding.code.name}]:"
        if self.colour:
            file = f"{_BOLD}{file}{_PLAIN}"
            label = f"{_COLOURS[finding.severity]}{label}{_PLAIN}"
        return f"{file} {label} {finding.message}\n    {finding.hint}"


def wants_colour(when: str, stream: TextIO) -> bool:
    """Whether to colour; WHEN is auto, always or never."""
    if when == "auto":
        return (stream.isatty() and not os.environ.get("NO_COLOR")
                and os.environ.get("TERM") != "dumb")
    return when == "always"
