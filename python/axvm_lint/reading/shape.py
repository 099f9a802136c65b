# SPDX-License-Identifier: Apache-2.0
"""Checks the shape of a document, and its plain values, against a version's schema."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from axvm_types import FindingCode, Model, Severity
from ..findings import Finding, Fix, Owner
from ..schema.keys import Key, Schema, Tables
from ..schema.releases import NEWEST, RELEASES, release_text, releases_text
from ..schema.types import BadValue, array, table
from ..schema.versions import TABLE_OF, knowing
from ..text import clip, quote, value_text

# Where a key is.
Locate = Callable[[str], Owner]

# What an entry is called by.
_NAMES = ("name", "path", "id")


# file-key
#
# What: A required key or table is missing, or a member of an entry; or, a warning, there is one
# that is unknown, or known to another version only.
# Why: Without a required key the hypervisor refuses the file. It ignores an unknown one, so what
# was intended by it does not happen. --disable leaves out the warnings only.
# How: Add the key, or write the name that the message proposes.
# Fix: A misspelt key or table is renamed where one known name is near, and is not set as well; a key
# that no release has ever read is taken out where it is refused.
# Severity: error, warning

# file-value
#
# What: A value has the wrong type, is negative, does not fit, is an unknown name, or is an empty
# path. A warning for an unknown vm_type, which is taken as 1.
# Why: The hypervisor refuses the file, or reads it in another way than was intended.
# How: Write a value of the kind that the message names.
# Fix: vm_type is taken out where guest_type, another name of it, is set to the same.
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
               hint: str, fix: Fix | None = None) -> None:
        self.findings.append(Finding(
            self.file, code, severity, f"{owner.text()}: {reason}", hint, a=owner,
            severities=dict.fromkeys(self.models, severity), fix=fix))

    def read_table(self, document: dict[str, Any], name: str) -> dict[str, Any]:
        """The values of the keys that a table has, None for those that cannot be used."""
        owner, known = self.owner(name), self.schema.tables[name]
        if name not in document:
            if known.required:
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
            raw, known.keys, lambda key: self.owner(name, None, key), self.schema.unknown)
        self.unread.update(
            key for key, rule in known.keys.items()
            if values.get(key) is None and (rule.required or key in raw))
        return values

    def read_entry(self, raw: object, owner: Owner) -> dict[str, Any] | None:
        """The members of an entry, None where one of them is not as it should be."""
        kind = self.schema.entries(owner.table)
        keys = self.schema.members(owner.table)
        only_tables = isinstance(kind, Tables)
        before = len(self.findings)
        if isinstance(raw, dict):
            named = raw
        elif only_tables:
            self.report(FindingCode.FILE_VALUE, Severity.ERROR, owner,
                        f"{value_text(raw)} is not a table",
                        f"Write [[{TABLE_OF[owner.table]}.{owner.table}]] and the keys below it.")
            return None
        else:
            try:
                values = array(raw)
            except BadValue:
                self.report(FindingCode.FILE_VALUE, Severity.ERROR, owner,
                            f"{value_text(raw)} is neither an array nor a table",
                            f"Write {self._entry_form(keys)}.")
                return None
            named = dict(zip(keys, values))
            if len(values) > len(keys):
                self.report(FindingCode.FILE_KEY, Severity.WARNING, owner,
                            f"{len(values)} members are too many: those from the "
                            f"{len(keys) + 1}th on are ignored",
                            f"Write [{', '.join(keys)}].")
        owner = owner._replace(name=next((_early(keys, named, key) for key in _NAMES
                                          if key in keys), None))
        unknown = None if only_tables else kind.unknown if kind else None
        members = self._read_members(named, keys, lambda key: owner._replace(member=(key,)),
                                     unknown or self.schema.unknown, not only_tables)
        failed = any(finding.severity == Severity.ERROR for finding in self.findings[before:])
        return None if failed else members

    def _entry_form(self, keys: Mapping[str, Key]) -> str:
        """How an entry is written."""
        if self.schema.unknown == Severity.ERROR and len(keys) == 1:
            return "".join(f'{{ {key} = "..." }}' for key in keys)
        return f"[{', '.join(keys)}]"

    def report_unknown(self, unknown: Iterable[str], known: Collection[str], locate: Locate,
                       severity: Severity | None = None,
                       given: Mapping[str, Any] | None = None) -> None:
        """Report keys or tables; SEVERITY says whether the hypervisor refuses or ignores them.

        GIVEN are the keys and values beside them.
        """
        severity = severity or self.schema.unknown
        for key in unknown:
            owner = locate(key)
            reason, hint, fix = self._unknown(key, owner, known, severity, given or {})
            self.report(FindingCode.FILE_KEY, severity, owner, reason, hint, fix)

    def _unknown(self, key: str, owner: Owner, known: Collection[str],
                 severity: Severity, given: Mapping[str, Any]) -> tuple[str, str, Fix | None]:
        """Why a key is unknown, and what to do."""
        is_entry = owner.index is not None
        does = "refuses" if severity == Severity.ERROR else "ignores"
        reason = "unknown key"
        if self.schema.unknown == Severity.ERROR:
            reason = (f"Axvisor {release_text(NEWEST)} does not know it, and "
                      f"{'refuses the file' if severity == Severity.ERROR else 'ignores it'}")
        name = key if owner.name is None else f"{owner.table}.{key}"
        replaced = None if is_entry else self.schema.replaced.get(name)
        others = [] if is_entry else [model for model in knowing(owner.table, key)
                                      if model in RELEASES]
        if others:
            effect = "the file is refused" if severity == Severity.ERROR else "the key is ignored"
            return (f"unknown to {releases_text(*self.models)}: {effect}",
                    f"{replaced or 'Remove it.'} If the file is for {releases_text(*others)}, "
                    f"check it with --axvisor {release_text(RELEASES[others[-1]].last)}.", None)
        if replaced:
            # A table may have more than the key that says so.
            is_idle = name in self.schema.never_read and owner.name is not None
            return reason, replaced, Fix(owner) if is_idle else None
        table_of = None if is_entry else self.schema.table_of(key)
        if table_of:
            return reason, f"It belongs in [{table_of}]; here the hypervisor {does} it.", None
        hint, fix = self._meant(key, owner, known, given)
        return reason, hint or f"Remove it: the hypervisor {does} it.", fix

    def _meant(self, key: str, owner: Owner, known: Collection[str],
               given: Mapping[str, Any]) -> tuple[str | None, Fix | None]:
        """What to do about an unknown key that stands for something else."""
        from ..schema.meanings import is_disk, is_only_slip, meant, said
        value = given.get(key)
        if is_disk(key):
            replaced = self.schema.replaced.get("kernel.disk_path")
            if replaced:
                return replaced, None
        about = said(key, value)
        if about:
            return about, None
        close = meant(key, known, value)
        if close:
            also = " That is set as well: remove one." if close in given else ""
            is_slip = not also and is_only_slip(key, close, known)
            return (f"Did you mean {quote(close)}?{also}",
                    Fix(owner, name=close) if is_slip else None)
        for name, table in self.schema.tables.items() if owner.index is None else ():
            close = meant(key, table.keys, value)
            if close:
                return f"Did you mean {quote(close)}, in [{name}]?", None
        return None, None

    def _read_members(self, raw: dict[str, Any], keys: Mapping[str, Key], locate: Locate,
                      unknown_severity: Severity, is_closed: bool = True) -> dict[str, Any]:
        """The values of keys; those that are not KEYS are reported if these are all."""
        values: dict[str, Any] = {}
        unknown = [key for key in raw if key not in keys] if is_closed else []
        for key, rule in keys.items():
            if key not in raw:
                if rule.required:
                    self.report_missing(key, keys, locate, unknown)
                continue
            if rule.same_as in raw:
                self._report_twice(key, rule, raw[key], values.get(rule.same_as), locate(key))
            try:
                values[key] = rule.type.read(raw[key])
            except BadValue as bad:
                values[key] = None
                owner, place = locate(key), bad.place
                if owner.index is None and place:
                    owner, place = self.owner(key, place[0]), place[1:]
                hint = bad.hint
                if bad.or_remove and not rule.required:
                    hint = f"{hint.removesuffix('.')}, or remove the key: {bad.or_remove}"
                self.report(FindingCode.FILE_VALUE, Severity.ERROR,
                            owner._replace(member=owner.member + place), bad.reason, hint)
        self.report_unknown(unknown, keys, locate, unknown_severity, raw)
        return values

    def _report_twice(self, key: str, rule: Key, value: object, other: object, owner: Owner) -> None:
        """Report a key that is set besides one of the same meaning, which has the value OTHER."""
        try:
            is_same = other is not None and rule.type.read(value) == other
        except BadValue:
            is_same = False
        self.report(FindingCode.FILE_VALUE, Severity.ERROR, owner,
                    f"{rule.same_as} and {key} are two names of one key, and both are set",
                    f"Remove {key}.", Fix(owner) if is_same else None)

    def report_missing(self, key: str, known: Collection[str], locate: Locate, unknown: list[str],
                       reason: str = "missing", hint: str = "Add it: the hypervisor needs it.") -> None:
        """Report a required key or table as missing, or in its place an unknown one that resembles it."""
        from ..schema.meanings import is_only_slip, slips
        similar = slips(key, unknown)
        if similar:
            unknown.remove(similar)
            owner = locate(similar)
            self.report(FindingCode.FILE_KEY, Severity.ERROR, owner,
                        f"unknown key, and {quote(key)} is missing", f"Did you mean {quote(key)}?",
                        Fix(owner, name=key) if is_only_slip(similar, key, known) else None)
            return
        self.report(FindingCode.FILE_KEY, Severity.ERROR, locate(key), reason, hint)


def _early(keys: Mapping[str, Key], raw: dict[str, Any], key: str) -> Any:
    """A value that findings need before its own turn to be looked at, if it is a good one."""
    try:
        return keys[key].type.read(raw[key])
    except (KeyError, BadValue):
        return None
