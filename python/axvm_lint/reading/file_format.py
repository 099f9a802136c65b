# SPDX-License-Identifier: Apache-2.0
"""Which of the formats of VM files a file has, by its keys alone."""

from collections.abc import Collection, Iterable
from enum import Enum, auto
from typing import Any, NamedTuple

from axvm_types import FindingCode, Model, Severity
from ..findings import Finding, Owner
from ..schema.releases import NEW_FORMAT, releases_text
from ..schema.versions import KEYS, SCHEMAS, TABLE_OF
from ..text import clip, listed, printable

# The first version with today's format; those before it have another one.
NEW = Model.V0_7_3
OLD_MODELS = tuple(model for model in SCHEMAS if model < NEW)
NEW_MODELS = tuple(model for model in SCHEMAS if not model < NEW)

_OLD_KEYS = {key for key in KEYS if not any(SCHEMAS[model].has(*key) for model in NEW_MODELS)}
NEW_KEYS = {key for key in KEYS if not any(SCHEMAS[model].has(*key) for model in OLD_MODELS)}

# Keys that TOML files of all kinds have: alone they are no sign of a VM.
_COMMON_NAMES = {"id", "name"}

Path = tuple[str, ...]


class Kind(Enum):
    """A format of VM files."""

    # Of axvm-types 0.5 and 0.7.
    OLD = auto()
    # Of axvm-types 0.7.3.
    NEW = auto()
    # Nothing that only one of these two has.
    EITHER = auto()
    # Keys of both, so that no version reads it.
    BOTH = auto()
    # Of before March 2025: keys without tables.
    FLAT = auto()
    # Of a branch that was never released.
    BRANCH = auto()
    # No VM at all.
    OTHER = auto()


class Format(NamedTuple):
    """The format of a file, and the keys that decide it, in the file's order."""

    kind: Kind
    keys: tuple[Path, ...] = ()
    # Of a file of both formats, the keys of the new one.
    new_keys: tuple[Path, ...] = ()

    def is_for_old(self, kinds: Collection[Kind]) -> bool:
        """Whether versions before 0.7.3 are to check it, if they are not chosen otherwise.

        KINDS are those of all files of its machine: a file that fits both formats goes with others.
        """
        return self.kind == Kind.OLD or (
            self.kind == Kind.EITHER and Kind.OLD in kinds and Kind.NEW not in kinds)

    def is_read(self, models: tuple[Model, ...]) -> bool:
        """Whether one of these versions reads such a file; if it is no VM, that is found then."""
        match self.kind:
            case Kind.OLD:
                return any(model in OLD_MODELS for model in models)
            case Kind.NEW:
                return any(model in NEW_MODELS for model in models)
            case Kind.EITHER | Kind.OTHER:
                return True
        return False


def format_of(document: dict[str, Any]) -> Format:
    """The format of a file with that document."""
    tables = [name for name in SCHEMAS[NEW].tables if name in document]
    found = [(name, key) for name in document if name in tables
             for key in (document[name] if isinstance(document[name], dict) else ())]
    old = tuple(key for key in found if key in _OLD_KEYS)
    new = tuple(key for key in found if key in NEW_KEYS)
    # Versions that read old keys ignore a table [machine].
    branch = _branch(document)
    if branch and not old:
        return Format(Kind.BRANCH, (branch,))
    if old and new:
        return Format(Kind.BOTH, old, new)
    if old or new:
        return Format(Kind.OLD if old else Kind.NEW, old or new)
    if tables:
        return Format(Kind.EITHER)
    flat = tuple((key,) for key in document if key in TABLE_OF)
    if {key for key, in flat} - _COMMON_NAMES:
        return Format(Kind.FLAT, flat)
    return Format(Kind.OTHER)


# How many keys show that a file without tables is a VM's.
_FLAT_KEYS = 3


def is_vm(document: dict[str, Any]) -> bool:
    """Whether a file with that document is one of a VM, among files of all kinds.

    It has two of the tables of a VM, or one of them with a key that others do not have, or keys of
    a VM without tables.
    """
    tables = [name for name in SCHEMAS[NEW].tables if isinstance(document.get(name), dict)]
    keys = {(name, key) for name in tables for key in document[name]} & set(KEYS)
    flat = [key for key in document if key in TABLE_OF]
    return (len(tables) > 1 or any(key not in _COMMON_NAMES for _, key in keys)
            or len(flat) >= _FLAT_KEYS)


def _branch(document: dict[str, Any]) -> Path | None:
    if "machine" in document:
        return ("machine",)
    memory = document.get("memory")
    return ("memory", "regions") if isinstance(memory, dict) and "regions" in memory else None


# file-format
#
# What: The file is written for another version of the hypervisor, for several of them at once, or
# for no released one. A warning for a file that only Axvisor before 0.5.24 (2026-08-09) reads, when
# the version is not known.
# Why: Axvisor 0.5.24 replaced the format of VM files: no file is valid before and after.
# How: Write the keys of the version that runs the file, or name that version by --axvisor.
# Severity: error, warning
def format_finding(file: str, document: dict[str, Any], found: Format, asked: tuple[Model, ...],
                   newer: str | None) -> Finding | None:
    """The finding about a file's format; None where there is nothing to say.

    ASKED are the versions that were asked for; none leaves it to the files. NEWER is a file of the
    same machine that has the new format.
    """
    match found.kind:
        case Kind.OLD if not asked:
            return _old(file, document, found, newer)
        case Kind.OLD if not found.is_read(asked):
            severity, reason, hint = Severity.ERROR, _refused(found), _MIGRATE
        case Kind.NEW if asked and not found.is_read(asked):
            severity = Severity.ERROR
            reason = (f"only {NEW_FORMAT} and later read this file, which has "
                      f"{_listed(found.keys)}")
            hint = " ".join(_is_for(model) for model in asked)
        case Kind.BOTH:
            severity = Severity.ERROR
            reason = (f"no version reads this file: {_listed(found.keys)} "
                      f"{'is' if len(found.keys) == 1 else 'are'} of Axvisor before 0.5.24, "
                      f"{_listed(found.new_keys)} of {NEW_FORMAT} and later")
            hint = "Use the keys of one of them: " + _replacements(found.keys)
        case Kind.FLAT:
            severity = Severity.ERROR
            reason = ("the format of Axvisor before March 2025, which later releases refuse: keys "
                      "without tables")
            hint = _flat_hint(document, [key for key, in found.keys])
        case Kind.BRANCH:
            severity = Severity.ERROR
            reason = "the format of a branch that was never released; no release reads it"
            hint = "Write [base], [kernel] and [devices]; --template prints a file to begin with."
        case _:
            return None
    return _finding(file, document, found, severity, reason, hint,
                    asked or tuple(SCHEMAS))


def _old(file: str, document: dict[str, Any], found: Format, newer: str | None) -> Finding:
    severity, reason = Severity.WARNING, _refused(found)
    if newer is not None:
        severity = Severity.ERROR
        reason += f"; earlier releases refuse {printable(clip(newer))} of the same machine"
    return _finding(file, document, found, severity, reason, _MIGRATE, NEW_MODELS)


_MIGRATE = ("axvm-lint --migrate writes a file that they read. To check it for one release alone, "
            "name that by --axvisor.")


def _refused(found: Format) -> str:
    return f"{NEW_FORMAT} and later refuse this file, as they do not know {_listed(found.keys)}"


def _is_for(model: Model) -> str:
    text = f"--model {model.name} is {releases_text(model)}."
    if model == Model.V0_7:
        text += " Did you mean --axvisor 0.7.2?"
    return text


def _replacements(keys: Iterable[Path]) -> str:
    replaced = SCHEMAS[NEW].replaced
    return " ".join(f"{'.'.join(key)}: {replaced['.'.join(key)]}" for key in keys)


def _flat_hint(document: dict[str, Any], keys: list[str]) -> str:
    tables: dict[str, list[str]] = {}
    for key in keys:
        tables.setdefault(TABLE_OF[key], []).append(key)
    hint = "; ".join(f"put {listed(names)} into [{table}]" for table, names in tables.items())
    regions = document.get("memory_regions")
    if isinstance(regions, list) and any(isinstance(region, list) and len(region) == 3
                                         for region in regions):
        hint += "; give each memory region a map_type"
    return f"{hint[0].upper()}{hint[1:]}."


def _listed(keys: Iterable[Path]) -> str:
    return listed([".".join(key) for key in keys])


def _finding(file: str, document: dict[str, Any], found: Format, severity: Severity, reason: str,
             hint: str, models: tuple[Model, ...]) -> Finding:
    base = document.get("base")
    vm_id = base.get("id") if isinstance(base, dict) else None
    path = found.keys[0]
    owner = Owner(file, vm_id if type(vm_id) is int else None, path[0], None,
                  path[1] if len(path) > 1 else None)
    return Finding(file, FindingCode.FILE_FORMAT, severity, reason, hint, a=owner,
                   severities=dict.fromkeys(models, Severity.ERROR))
