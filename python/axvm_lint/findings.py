# SPDX-License-Identifier: Apache-2.0
"""What is wrong with configurations: a finding, and the things that it is about."""

from collections.abc import Mapping
from typing import NamedTuple

from axvm_types import FindingCode, LayoutSpace, Model, Severity
from .schema.versions import TABLE_OF
from .text import clip, printable, quote

# A finding has no more of a name, so that findings without end about one name stay small.
NAME_LIMIT = 256


class Owner(NamedTuple):
    """A thing in a file that a finding is about.

    An entry of an array: the array's name, its index there, its own name if it has one.
    A key of a table, or one that it lacks: the table's name, no index, the key as the name.
    MEMBER leads to a part of the entry or value, if the finding is about that alone.
    The hypervisor's ranges are in no file and of no VM.
    """

    file: str | None
    vm: int | None
    table: str
    # Hides a method of tuples.
    index: int | None = None  # type: ignore[assignment]
    name: str | None = None
    space: LayoutSpace = LayoutSpace.NONE
    start: int = 0
    end: int = 0
    member: tuple[str | int, ...] = ()

    @property
    def path(self) -> tuple[str | int, ...]:
        """Its keys and indexes, from the document on."""
        if self.index is not None:
            return TABLE_OF[self.table], self.table, self.index, *self.member
        return self.table, *(() if self.name is None else (self.name,)), *self.member

    def text(self) -> str:
        """Where it is, for people."""
        table = printable(self.table)
        member = "".join(f"[{step}]" if isinstance(step, int) else f".{printable(clip(step))}"
                         for step in self.member)
        if self.index is None:
            return table if self.name is None else f"{table}.{printable(clip(self.name))}"
        name = f" of {quote(clip(self.name))}" if self.name else ""
        return f"{table}[{self.index}]{member}{name}"

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


class Fix(NamedTuple):
    """The one right change where there is only one: OWNER gets that NAME or NUMBER, or else goes."""

    owner: Owner
    name: str | None = None
    number: int | None = None


class Finding(NamedTuple):
    """One thing that is wrong; its texts contain nothing that a terminal would obey.

    SEVERITY is how severe it is all in all, SEVERITIES is that by version, for each that has it.
    """

    file: str
    code: FindingCode
    severity: Severity
    message: str
    hint: str
    severities: Mapping[Model, Severity]
    a: Owner | None = None
    b: Owner | None = None
    # Where in the file's text it is, if that is known and has no owner; and how much it is.
    offset: int | None = None
    length: int = 0
    # What --fix may do about it.
    fix: Fix | None = None
