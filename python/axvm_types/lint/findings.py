# SPDX-License-Identifier: Apache-2.0
"""What is wrong with configurations: a finding, and the things that it is about."""

import json
from dataclasses import dataclass

from .. import FindingCode, LayoutSpace, Severity
from .text import clip, printable, quote

# A finding holds no more of a name, so that findings without end about one name stay small.
NAME_LIMIT = 256


@dataclass(frozen=True)
class Owner:
    """A thing in a file that a finding is about.

    An entry of an array: the array's name, its index there, its own name if it has one.
    A key of a table, or one that it lacks: the table's name, no index, the key as the name.
    The hypervisor's ranges are in no file and of no VM.
    """

    file: str | None
    vm: int | None
    table: str
    index: int | None = None
    name: str | None = None
    space: LayoutSpace = LayoutSpace.NONE
    start: int = 0
    end: int = 0

    def place(self, member: str = "") -> str:
        """Where it is, or where a member of it is, for people."""
        table = printable(self.table)
        if self.index is None:
            return table if self.name is None else f"{table}.{printable(clip(self.name))}"
        name = f" of {quote(clip(self.name))}" if self.name else ""
        return f"{table}[{self.index}]{printable(clip(member))}{name}"

    def to_json(self) -> dict[str, object]:
        ranged = self.space != LayoutSpace.NONE
        return {
            "file": self.file,
            "vm": self.vm,
            "table": self.table,
            "index": self.index,
            "name": self.name and clip(self.name, NAME_LIMIT),
            "space": self.space.name if ranged else None,
            "start": f"{self.start:#x}" if ranged else None,
            "end": f"{self.end:#x}" if ranged else None,
        }


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong; its texts hold nothing that a terminal would obey."""

    file: str
    code: FindingCode
    severity: Severity
    message: str
    hint: str
    a: Owner | None = None
    b: Owner | None = None

    def to_json(self) -> str:
        """One line of pure ASCII."""
        return json.dumps({
            "file": self.file,
            "code": self.code.name,
            "severity": self.severity.name,
            "message": self.message,
            "hint": self.hint,
            "a": self.a and self.a.to_json(),
            "b": self.b and self.b.to_json(),
        })
