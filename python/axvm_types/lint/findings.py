# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a configuration: a finding, and the things that it is about."""

import json
from dataclasses import dataclass
from enum import StrEnum

from .. import GpaRange, HpaRange
from .text import printable, quote

# The only code whose findings mean that a file could not be read at all.
FILE_SYNTAX = "file-syntax"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Owner:
    """A thing in a file that a finding is about.

    An entry of an array: the array's name, its index there, its own name if it has one.
    A key of a table, or one that it lacks: the table's name, no index, the key as the name.
    """

    vm: int | None
    table: str
    index: int | None = None
    name: str | None = None
    range: GpaRange | HpaRange | None = None

    def place(self, member: str = "") -> str:
        """Where it is, or where a member of it is, for people."""
        table = printable(self.table)
        if self.index is None:
            return table if self.name is None else f"{table}.{printable(self.name)}"
        name = f" of {quote(self.name)}" if self.name else ""
        return f"{table}[{self.index}]{printable(member)}{name}"

    def to_json(self) -> dict[str, object]:
        return {
            "vm": self.vm,
            "table": self.table,
            "index": self.index,
            "name": self.name,
            "start": f"{self.range.start.addr:#x}" if self.range else None,
            "end": f"{self.range.end.addr:#x}" if self.range else None,
        }


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong; the message holds nothing that a terminal would obey."""

    file: str
    code: str
    severity: Severity
    message: str
    a: Owner | None = None
    b: Owner | None = None

    @property
    def status(self) -> int:
        """The exit status that it asks for."""
        if self.code == FILE_SYNTAX:
            return 2
        return 1 if self.severity is Severity.ERROR else 0

    def to_json(self) -> str:
        """One line of pure ASCII."""
        return json.dumps({
            "file": self.file,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "a": self.a and self.a.to_json(),
            "b": self.b and self.b.to_json(),
        })

    def __str__(self) -> str:
        return f"{printable(self.file)}: {self.severity}: {self.message} [{self.code}]"
