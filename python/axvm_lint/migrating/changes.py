# SPDX-License-Identifier: Apache-2.0
"""What a migration consists of: changes of keys, and remarks about what is lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from axvm_types import Severity

# The tables of a file, whatever its format.
TABLES = ("base", "kernel", "devices")

# The keys and indexes that lead to something, from the document on.
Path = tuple[str | int, ...]
# A table of the file and a key in it.
Place = tuple[str, str]


@dataclass(frozen=True)
class Remark:
    """What is lost or different, and what to do; PATH leads to it in the old file."""

    severity: Severity
    path: Path
    text: str
    hint: str = ""


@dataclass(frozen=True)
class Drop:
    """The key goes, and its comments go with it."""


@dataclass(frozen=True)
class Set:
    """The key gets another name or another value, one that is a string.

    KEEPS says which comments above it are still true.
    """

    key: str
    value: str
    keeps: Callable[[list[str]], list[str]] = lambda comments: comments


@dataclass(frozen=True)
class Entries:
    """An array gets another name, and in place of each of its entries as many as ENTRIES says.

    COMMENTED makes a new entry of the path in one that is commented out, None if it is to go.
    """

    key: str
    entries: list[list[dict[str, Any]]]
    commented: Callable[[str], dict[str, Any] | None] = lambda path: None
    keeps: Callable[[list[str]], list[str]] = lambda comments: comments

    @property
    def value(self) -> list[dict[str, Any]]:
        return [new for entry in self.entries for new in entry]


@dataclass(frozen=True)
class Regions:
    """The memory regions at INDEXES get a map_type of 0 as the fourth member."""

    indexes: frozenset[int]


Change = Drop | Set | Entries | Regions


@dataclass
class Plan:
    """All changes to a file, what it says afterwards, and the remarks.

    ADDED are keys that no old key becomes. TABLES are tables that go as a whole.
    """

    document: dict[str, Any]
    changes: dict[Place, Change] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    added: dict[Place, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
