# SPDX-License-Identifier: Apache-2.0
"""Makes today's file of an old one."""

import tomllib
from dataclasses import dataclass, replace
from typing import Any

from axvm_types import Arch, Severity
from ..reading import file_format
from ..reading.places import Index
from ..text import clip, printable
from ..schema.versions import TABLE_OF
from .arch import architecture, emulated_types
from .changes import TABLES, Path, Remark
from .pieces import Unmigrated, pieces_of, toml_error_line
from .rewrite import rewritten
from .rules import plan

# tomlkit takes a second for this.
_LIMIT = 1 << 20

# Numbers of device types that only files of before July 2025 have.
_OLD_TYPES = {4, 5, 6, 7, 8, 9, 11}

_FOREIGN = "Only files of Axvisor before 0.5.24 can be migrated."


@dataclass(frozen=True)
class Migrated:
    """The new text of a file and its document, the remarks in the order of the old one, and its
    architecture."""

    text: str
    document: dict[str, Any]
    remarks: list[Remark]
    arch: Arch | None


def migrate(text: str, document: dict[str, Any], arch: Arch | None) -> Migrated:
    """The new file for an old one, whose text and document these are; the same for a new one.

    Raises Unmigrated for a file that is left alone.
    """
    found = file_format.format_of(document)
    match found.kind:
        case file_format.Kind.NEW | file_format.Kind.EITHER:
            return Migrated(text, document, _either(document, found), arch)
        case file_format.Kind.OLD | file_format.Kind.FLAT:
            return _migrated(text, document, found.kind == file_format.Kind.FLAT, arch)
        case file_format.Kind.BOTH:
            raise Unmigrated("it has keys of both formats, and no version reads it: "
                             f"{_names(found.keys)}; {_names(found.new_keys)}",
                             "Remove the keys of one of them.")
        case file_format.Kind.BRANCH:
            raise Unmigrated("it has the format of a branch that was never released", _FOREIGN)
    raise Unmigrated("not a VM configuration", _FOREIGN)


def _either(document: dict[str, Any], found: file_format.Format) -> list[Remark]:
    """Remarks about a file that has nothing of the old format."""
    base = document.get("base")
    if found.kind == file_format.Kind.EITHER and isinstance(base, dict) and "vm_type" in base:
        return [Remark(Severity.WARNING, ("base", "vm_type"),
                       "the file has no key that only old versions know, so it is left as it is; but "
                       "vm_type is another name of guest_type there: 0 and 1 give the guest all of "
                       "the host's addresses", "Write guest_type, \"virtualized\" or \"passthrough\".")]
    return []


def _migrated(text: str, document: dict[str, Any], is_flat: bool, arch: Arch | None) -> Migrated:
    line = toml_error_line(text)
    if line is not None:
        raise Unmigrated("it uses TOML 1.1, which --migrate cannot rewrite",
                         "Write inline tables on one line, without a comma at their end.", line)
    if len(text) > _LIMIT:
        raise Unmigrated(f"it is larger than {_LIMIT >> 20} MiB", _FOREIGN)
    tables, others = _tables(document, is_flat)
    has_old_types = is_flat or _has_old_types(tables["devices"])
    remarks = []
    if arch is None:
        arch, reason = architecture(tables, has_old_types)
        path = (next(iter(document)),)
        remarks.append(
            Remark(Severity.NOTE, path, f"taken as a file for {arch.name}, as {reason}",
                   "Name another architecture by --arch.") if arch else
            Remark(Severity.WARNING, path, "the architecture is unknown: what depends on it is not "
                   "checked", "Name it by --arch."))

    index = Index(text)

    def value_text(path: Path) -> str:
        node, _ = index.find(_old_path(path, is_flat))
        return clip(printable(" ".join(text[slice(*node.span)].split())))

    def comment_of(path: Path) -> str:
        end = index.find(_old_path(path, is_flat))[0].span[1]
        rest = text[end:].partition("\n")[0].lstrip(", \t").rstrip()
        return printable(rest.lstrip("# ")) if rest.startswith("#") else ""

    planned = plan(tables, others, arch, has_old_types, value_text, comment_of)
    newline = "\r\n" if "\r\n" in text else "\n"
    new = rewritten(pieces_of(text), planned, is_flat, newline)
    new_document = _verified(new, planned.document)
    planned_remarks = [replace(remark, path=_old_path(remark.path, is_flat))
                       for remark in planned.remarks]
    remarks += sorted(planned_remarks, key=lambda remark: index.find(remark.path)[0].span)
    return Migrated(new, new_document, remarks, arch)


def _tables(document: dict[str, Any],
            is_flat: bool) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The tables of a VM in a document, and what else there is at its top."""
    if is_flat:
        tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
        others = {}
        for key, value in document.items():
            table = TABLE_OF.get(key)
            if table:
                tables[table][key] = value
            else:
                others[key] = value
        return tables, others
    for name in TABLES:
        if not isinstance(document.get(name, {}), dict):
            raise Unmigrated(f"{name} is not a table", "Fix it first.")
    return ({name: document.get(name, {}) for name in TABLES},
            {name: value for name, value in document.items() if name not in TABLES})


def _has_old_types(devices: dict[str, Any]) -> bool:
    return not _OLD_TYPES.isdisjoint(emulated_types(devices.get("emu_devices")))


def _old_path(path: Path, is_flat: bool) -> Path:
    return path[1:] if is_flat and len(path) > 1 and path[0] in TABLES else path


def _verified(text: str, document: dict[str, Any]) -> dict[str, Any]:
    """The document of the new text, which must say what was planned and nothing else."""
    try:
        new = tomllib.loads(text)
        if _filled(new) == _filled(document):
            return new
    except tomllib.TOMLDecodeError:
        pass
    raise Unmigrated("it is written in a way that --migrate cannot keep",
                     "Write it with the headers [base], [kernel] and [devices], once each.")


def _filled(document: dict[str, Any]) -> dict[str, Any]:
    """A document without the tables and arrays that are empty, which says the same."""
    filled = {name: {key: value for key, value in table.items() if value != []}
              for name, table in document.items()}
    return {name: table for name, table in filled.items() if table}


def _names(paths: tuple[tuple[str, ...], ...]) -> str:
    return ", ".join(".".join(path) for path in paths)
