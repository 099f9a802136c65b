# SPDX-License-Identifier: Apache-2.0
"""Checks the shape of a document, and its plain values, against a version's schema."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from typing import Any

from axvm_types import FindingCode, Model, Severity
from ..findings import Finding, Owner
from ..schema.keys import Key, Schema
from ..schema.types import BadValue, array, table
from ..schema.versions import knowing
from ..text import choice, clip, quote, value_text

# Where a key is.
Locate = Callable[[str], Owner]

# Keys longer than this resemble nothing, nor do those beyond so many: it would take long to
# find out.
_SIMILAR = 64
_MANY = 1000


# file-key
#
# What: A required key or table is missing, or a member of an entry; or, a warning, there is one
# that is unknown, or known to another version only.
# Why: Without a required key the hypervisor refuses the file. It ignores an unknown one, so what
# was intended by it does not happen. --disable leaves out the warnings only.
# How: Add the key, or write the name that the message proposes.
# Severity: error, warning

# file-value
#
# What: A value has the wrong type, is negative, does not fit, is an unknown name, or is an empty
# path. A warning for an unknown vm_type, which is taken as 1.
# Why: The hypervisor refuses the file, or reads it in another way than was intended.
# How: Write a value of the kind that the message names.
# Severity: error, warning

class ShapeReader:
    """Reads plain values out of one document, and collects the findings about them.

    MODELS are the versions that the file may be for, SCHEMA is what it may contain.
    """

    def __init__(self, file: str, schema: Schema, models: tuple[Model, ...]) -> None:
        self.file = file
        self.schema = schema
        self.models = models
        self.findings: list[Finding] = []
        self.vm_id: int | None = None
        self.unread: set[str] = set()

    def owner(self, table: str, index: int | None = None, name: str | None = None) -> Owner:
        return Owner(self.file, self.vm_id, table, index, name)

    def report(self, code: FindingCode, severity: Severity, owner: Owner, reason: str,
               hint: str) -> None:
        self.findings.append(Finding(
            self.file, code, severity, f"{owner.text()}: {reason}", hint, owner,
            severities=dict.fromkeys(self.models, severity)))

    def read_table(self, document: dict[str, Any], name: str) -> dict[str, Any]:
        """The values of the keys that a table has, None for those that cannot be used."""
        owner, known = self.owner(name), self.schema.tables[name]
        if name not in document:
            if known.required:
                self.report(FindingCode.FILE_KEY, Severity.ERROR, owner, "the table is missing",
                            f"Add [{name}]: each VM needs it.")
                self.unread.update(known.keys)
            return {}
        try:
            raw = table(document[name])
        except BadValue as bad:
            self.report(FindingCode.FILE_VALUE, Severity.ERROR, owner, bad.reason, bad.hint)
            self.unread.update(known.keys)
            return {}
        if name == "base":
            self.vm_id = _early(known.keys, raw, "id")
        values = self._read_members(
            raw, known.keys, lambda key: self.owner(name, None, key))
        self.unread.update(
            key for key, rule in known.keys.items()
            if values.get(key) is None and (rule.required or key in raw))
        return values

    def read_entry(self, raw: object, owner: Owner) -> dict[str, Any] | None:
        """The members of an entry, None where one of them is not as it should be."""
        keys = self.schema.members(owner.table)
        before = len(self.findings)
        if isinstance(raw, dict):
            named = raw
        else:
            try:
                values = array(raw)
            except BadValue:
                self.report(FindingCode.FILE_VALUE, Severity.ERROR, owner,
                            f"{value_text(raw)} is neither an array nor a table",
                            f"Write [{', '.join(keys)}].")
                return None
            named = dict(zip(keys, values))
            if len(values) > len(keys):
                self.report(FindingCode.FILE_KEY, Severity.WARNING, owner,
                            f"{len(values)} members are too many: those from the "
                            f"{len(keys) + 1}th on are ignored",
                            f"Write [{', '.join(keys)}].")
        owner = replace(owner, name=_early(keys, named, "name"))
        members = self._read_members(named, keys, lambda key: replace(owner, member=(key,)))
        failed = any(finding.severity == Severity.ERROR for finding in self.findings[before:])
        return None if failed else members

    def report_unknown(self, unknown: Iterable[str], known: Collection[str],
                       locate: Locate) -> None:
        for key in unknown:
            owner = locate(key)
            reason, hint = self._unknown(key, owner, known)
            self.report(FindingCode.FILE_KEY, self.schema.unknown, owner, reason, hint)

    def _unknown(self, key: str, owner: Owner, known: Collection[str]) -> tuple[str, str]:
        """Why a key is unknown, and what to do."""
        does = "refuses" if self.schema.unknown == Severity.ERROR else "ignores"
        others = knowing(owner.table, key) if owner.index is None else []
        if others:
            versions = choice([model.name for model in self.models])
            instead = self.schema.replaced.get(f"{owner.table}.{key}", "Remove it.")
            return (f"version {versions} does not know it, and {does} it",
                    f"{instead.removesuffix('.')}, or check the file for the version that it is "
                    f"for: --model {others[-1].name}.")
        table_of = self.schema.table_of(key) if owner.index is None else None
        if table_of:
            return "unknown key", f"It belongs in [{table_of}]; here the hypervisor {does} it."
        close = _similar(key, known)
        return "unknown key", (f"Did you mean {quote(close)}?" if close else
                               f"Remove it: the hypervisor {does} it.")

    def _read_members(self, raw: dict[str, Any], keys: Mapping[str, Key],
                      locate: Locate) -> dict[str, Any]:
        values = {}
        unknown = [key for key in raw if key not in keys]
        for key, rule in keys.items():
            if key not in raw:
                if rule.required:
                    self._report_missing(key, locate(key), unknown)
                continue
            try:
                values[key] = rule.type.read(raw[key])
            except BadValue as bad:
                values[key] = None
                owner, place = locate(key), bad.place
                if owner.index is None and place:
                    owner, place = self.owner(key, place[0]), place[1:]
                self.report(FindingCode.FILE_VALUE, Severity.ERROR,
                            replace(owner, member=owner.member + place), bad.reason, bad.hint)
        self.report_unknown(unknown, keys, locate)
        return values

    def _report_missing(self, key: str, owner: Owner, unknown: list[str]) -> None:
        """Report a required key as missing; an unknown key that resembles it is named in the hint."""
        similar = _similar(key, unknown)
        hint = "Add it: the hypervisor needs it."
        if similar:
            unknown.remove(similar)
            hint = f"Unknown key {quote(clip(similar))}: did you mean {quote(key)}?"
        self.report(FindingCode.FILE_KEY, Severity.ERROR, owner, "missing", hint)


def _similar(key: str, keys: Iterable[str]) -> str | None:
    """The one of the keys that resembles a key most, if one does."""
    short = [other for other in islice(keys, _MANY) if len(other) <= _SIMILAR]
    close = get_close_matches(key, short, 1) if len(key) <= _SIMILAR else []
    return close[0] if close else None


def _early(keys: Mapping[str, Key], raw: dict[str, Any], key: str) -> Any:
    """A value that findings need before its own turn to be looked at, if it is a good one."""
    try:
        return keys[key].type.read(raw[key])
    except (KeyError, BadValue):
        return None
