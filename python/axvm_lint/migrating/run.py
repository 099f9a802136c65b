# SPDX-License-Identifier: Apache-2.0
"""Migrates files: the new text goes to standard output or into the file, all else to standard error."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from axvm_types import Arch, LayoutLimits, Severity
from ..checking.machine import check_machine
from ..checking.virtual import check_virtual
from ..diff import diff
from ..findings import Finding
from ..optional import optional_module
from ..output import unwritten, write_file
from ..reading.file_format import NEW_MODELS, format_of
from ..reading.images import measure
from ..reading.places import Index
from ..reading.reader import read_file
from ..reading.source import Place, Source
from ..reading.toml_file import Unreadable, load_exactly
from ..reporting.printer import Locate
from ..reporting.report import Report
from ..streams import complain
from ..text import printable
from .changes import Remark
from .migrate import Migrated, migrate
from .pieces import Unmigrated

# A file is left alone, as it cannot be read or migrated; an I/O error.
_TROUBLE = 2


@dataclass(frozen=True)
class Migration:
    """What to do with the files, and what is known of the machine: LIMITS of an architecture."""

    in_place: bool
    diff: bool
    arch: Arch | None
    limits: Callable[[Arch | None], LayoutLimits]
    root: str | None
    new_report: Callable[[Any], Report]

    def run(self, files: list[str]) -> int:
        """Migrate all files; the exit status."""
        try:
            optional_module("tomlkit")
        except ImportError:
            complain("axvm-lint: --migrate needs the Python module tomlkit: install the package "
                     "python3-tomlkit")
            return _TROUBLE
        return max(self._file(file) for file in files)

    def _file(self, file: str) -> int:
        try:
            mark, old, document = load_exactly(file)
        except Unreadable as err:
            place = None if err.offset is None else Source(err.text).place((err.offset, err.offset))
            _say(printable(file), place, "error", f"{err.reason}; the file is left alone", err.hint)
            return _TROUBLE
        try:
            migrated = migrate(old, document, self.arch)
        except Unmigrated as err:
            place = Place(err.line, 1, err.line, 1) if err.line else None
            _say(printable(file), place, "error", f"{err.reason}; the file is left alone", err.hint)
            return _TROUBLE
        if not self._write(file, mark + old, mark + migrated.text):
            return _TROUBLE
        name = printable(file)
        source, index = Source(old), Index(old)
        for remark in migrated.remarks:
            node, _ = index.find(remark.path)
            _say(f"{name} (before)" if self.in_place else name, source.place(node.key or node.span),
                 remark.severity.name, remark.text, remark.hint)
        if migrated.text == old:
            return 0
        return self._check(file, migrated)

    def _write(self, file: str, old: str, new: str) -> bool:
        if self.diff:
            sys.stdout.buffer.write(diff(file, old, new))
        elif not self.in_place:
            sys.stdout.buffer.write(new.encode())
        elif new != old:
            reason = unwritten(lambda: write_file(file, new, ()))
            if reason:
                complain(f"axvm-lint: {printable(file)}: {reason}")
                return False
        return True

    def _check(self, file: str, migrated: Migrated) -> int:
        """Report what is wrong with the new file."""
        report = self.new_report(_Printer(self.in_place))
        report.read(file, Source(migrated.text))
        document, arch = migrated.document, migrated.arch
        vm, findings = read_file(file, document, format_of(document), NEW_MODELS, NEW_MODELS, None)
        if vm:
            findings += measure(vm, self.root, NEW_MODELS)
            findings += check_virtual(vm, arch, NEW_MODELS)
        for finding in findings:
            report.add(finding)
        if vm:
            check_machine([vm], [self.limits(arch)], report.add)
        report.end()
        return report.status


class _Printer:
    """Prints errors and warnings about a new file to standard error."""

    def __init__(self, in_place: bool) -> None:
        self._in_place = in_place

    def add(self, finding: Finding, locate: Locate) -> None:
        if finding.severity == Severity.NOTE:
            return
        found = locate(finding.a)
        name = printable(finding.file)
        _say(name if self._in_place else f"{name} (migrated)", found[1] if found else None,
             f"{finding.severity.name}[{finding.code.name}]", finding.message, finding.hint)

    def end(self) -> None:
        pass


def _say(file: str, place: Place | None, label: str, text: str, hint: str) -> None:
    where = f"{place.line}:{place.column}:" if place else ""
    complain(f"{file}:{where} {label}: {text}" + (f"\n  help: {hint}" if hint else ""))
