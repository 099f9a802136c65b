# SPDX-License-Identifier: Apache-2.0
"""Takes findings, leaves some out, has the others printed in order, and counts them."""

from collections import Counter
from functools import partial
from operator import itemgetter
from os.path import dirname

from axvm_types import FindingCode, Severity
from ..findings import Finding, Owner
from ..reading.allow import Allowances
from ..reading.source import Place, Source
from ..text import count
from .printer import Printer
from .rules import Rules, is_lasting

# What shows that files are alternatives: they have the same id or memory, or another architecture.
_ALTERNATIVES = ("vm-id", "host-conflict", "file-machine")

# About keys, not about what they say.
_KEYS = {FindingCode.FILE_FORMAT, FindingCode.FILE_KEY}

# Whether a finding is between files, the number of its file, its line and its column.
_Order = tuple[bool, int, int, int]


class Report:
    """What has been found, and what that comes to in the end."""

    def __init__(self, printer: Printer, rules: Rules) -> None:
        self._printer = printer
        self._rules = rules
        # By file, those of its machine, where they are others.
        self._rules_of: dict[str, Rules] = {}
        self._sources: dict[str, Source] = {}
        # By file, the how many-th it is.
        self._numbers: dict[str, int] = {}
        self._allowances: dict[str, Allowances] = {}
        self._counts: Counter[Severity] = Counter()
        self._is_unreadable = False
        # The findings with what orders them, and where each is.
        self._found: list[tuple[_Order, Finding, tuple[Source, Place] | None]] = []
        # Whether files of one folder look as if they were made to take each other's place.
        self.alternatives = False

    def another(self, printer: Printer) -> "Report":
        """One that leaves out the same."""
        return Report(printer, self._rules)

    def read(self, file: str, source: Source, rules: Rules | None = None) -> None:
        """Take the text of a file, in which findings have their places, and which has these rules."""
        self._sources[file] = source
        self._rules_of[file] = rules or self._rules
        self._numbers.setdefault(file, len(self._numbers))
        self._allowances[file] = Allowances(file, source)

    def add(self, finding: Finding, rules: Rules | None = None) -> None:
        """Take a finding unless its code is disabled, or a comment allows it.

        RULES are those of its machine, else those of its file count.
        """
        if finding.code == FindingCode.FILE_SYNTAX:
            # What its comments are about is unknown.
            self._allowances.pop(finding.file, None)
        if not is_lasting(finding) and self._is_allowed(finding):
            return
        if rules is None:
            rules = self._rules_of.get(finding.file, self._rules)
        counted = rules.applied(finding)
        if counted is None:
            return
        finding = counted
        self._counts[finding.severity] += 1
        self.alternatives |= (finding.code.name in _ALTERNATIVES and finding.b is not None
                              and finding.b.file is not None and finding.b.file != finding.file
                              and dirname(finding.b.file) == dirname(finding.file))
        self._is_unreadable |= finding.code == FindingCode.FILE_SYNTAX
        found = self._place(finding, finding.a)
        self._found.append((self._order(finding, found), finding, found))

    def end(self) -> None:
        """Print all findings: those of each file by their places, then those between files."""
        for allowances in list(self._allowances.values()):
            for finding in allowances.findings():
                self.add(finding)
        self._found.sort(key=itemgetter(0))
        for _, finding, found in self._found:
            self._printer.add(finding, partial(self._located, finding, found))
        self._printer.end()

    def summary(self, files: int, machines: int = 1, fixes: str = "") -> str:
        """One line about the whole run, in which some fixes were made."""
        of = f" of {machines} machines" if machines > 1 else ""
        found = [count(self._counts[severity], severity.name)
                 for severity in reversed(Severity.all()) if self._counts[severity]]
        return (f"axvm-lint: {count(files, 'file')}{of}{fixes and f', {fixes}'}: "
                f"{', '.join(found) or 'no problems'}")

    @property
    def has_findings(self) -> bool:
        return bool(self._found)

    @property
    def status(self) -> int:
        """The exit status that the findings ask for."""
        if self._is_unreadable:
            return 2
        return 1 if self._counts[Severity.ERROR] else 0

    def _is_allowed(self, finding: Finding) -> bool:
        """Whether a comment allows it, at either of its owners; each that does so has an effect."""
        allowed = False
        for owner in (finding.a, finding.b) if finding.b else (finding.a,):
            allowances = self._allowances.get(_file(finding, owner))
            # No owner is looked for where there is no such comment.
            if allowances:
                found = self._place(finding, owner)
                allowed |= allowances.allows(finding.code, found and found[1])
        return allowed

    def _order(self, finding: Finding, found: tuple[Source, Place] | None) -> _Order:
        other = finding.b.file if finding.b else None
        place = (found[1].line, found[1].column) if found else (0, 0)
        # What is in no file comes last.
        number = self._numbers.get(finding.file, len(self._numbers))
        return (other is not None and other != finding.file, number, *place)

    def _located(self, finding: Finding, found: tuple[Source, Place] | None,
                 owner: Owner | None) -> tuple[Source, Place] | None:
        """Where an owner is; that of the finding itself is known."""
        return found if owner is finding.a else self._place(finding, owner)

    def _place(self, finding: Finding, owner: Owner | None) -> tuple[Source, Place] | None:
        """Where an owner of a finding is, or the finding itself where it has none."""
        source = self._sources.get(_file(finding, owner))
        if source is None:
            return None
        if owner:
            return source, source.owner(owner, finding.code in _KEYS)
        start = finding.offset
        return None if start is None else (source, source.place((start, start + finding.length)))


def _file(finding: Finding, owner: Owner | None) -> str:
    """The file of an owner, or of the finding where it has none; "" for what is in no file."""
    return (owner.file or "") if owner else finding.file
