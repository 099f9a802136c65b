# SPDX-License-Identifier: Apache-2.0
"""What the schema of a version is made of: tables of keys."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from axvm_types import Severity
from .types import Type, array


class Key(NamedTuple):
    """A key of a table, or a member of an entry.

    ABOUT is a sentence of documentation. DEFAULT is what the hypervisor takes where the key is
    absent; None where that is no value. SAME_AS is another key of the table that is a name of the
    same thing: a file with both is refused. IS_UNUSED says that no version reads it.
    """

    type: Type
    about: str
    required: bool = False
    default: object = None
    same_as: str | None = None
    is_unused: bool = False


class Entries:
    """An array of entries, each a table of MEMBERS or an array of their values in this order.

    Only the array is read here: what is wrong within an entry is reported member by member.
    UNKNOWN is how bad another key of an entry is, where that differs from the schema's.
    """

    def __init__(self, members: Mapping[str, Key], unknown: Severity | None = None) -> None:
        self.members = members
        self.unknown = unknown

    def read(self, value: object) -> list[Any]:
        return array(value)

    def json_schema(self) -> dict[str, Any]:
        """The array alone: what else an entry may have is said by the version."""
        return {"type": "array"}


class Tables(Entries):
    """An array of tables only. They may have other keys than MEMBERS, which are read later."""


class Table(NamedTuple):
    """A table of the file. Without a REQUIRED one the hypervisor refuses the file."""

    about: str
    keys: Mapping[str, Key]
    required: bool = True


class Schema(NamedTuple):
    """The tables of a version's files.

    UNKNOWN is how bad a key is that no table has: a warning where the hypervisor ignores it, an
    error where it refuses the file. REPLACED has keys that this version does not have, as
    "table.key", or a table's name: keys that an earlier version or an unreleased branch has. Each
    has a sentence that says what to write instead. NEVER_READ are those of them that no release reads.
    """

    tables: Mapping[str, Table]
    unknown: Severity = Severity.WARNING
    replaced: Mapping[str, str] = {}
    never_read: Collection[str] = ()

    def with_keys(self, **keys: Mapping[str, Key]) -> "Schema":
        """The schema of a later version, which has more keys in these tables."""
        return self._replace(tables={
            name: table._replace(keys={**table.keys, **keys.get(name, {})})
            for name, table in self.tables.items()})

    def has(self, table: str, key: str) -> bool:
        return table in self.tables and key in self.tables[table].keys

    def table_of(self, key: str) -> str | None:
        """The table that a key belongs to."""
        return next((name for name in self.tables if self.has(name, key)), None)

    def entries(self, key: str) -> Entries | None:
        """What the entries of an array are; None for another key."""
        table = self.table_of(key)
        kind = self.tables[table].keys[key].type if table else None
        return kind if isinstance(kind, Entries) else None

    def members(self, key: str) -> Mapping[str, Key]:
        """The members that an entry of an array has, in order; none for another key."""
        entries = self.entries(key)
        return entries.members if entries else {}
