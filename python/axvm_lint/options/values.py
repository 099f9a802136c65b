# SPDX-License-Identifier: Apache-2.0
"""Texts to the values of options; one that is wrong is an ArgumentTypeError that says why."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import Any

from axvm_types import (Arch, FindingCode, Hpa, HpaRange, Model, Severity, VcpuSet, size_parse,
                        uint_parse)
from ..patterns import pattern
from ..schema.releases import NEWEST, RELEASES, read_release, release_text
from ..text import choice
from . import table

# A CPU or some of them in a list, and the last one that a mask can name.
_CPUS = pattern(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_LAST_CPU = 63


def names(enumeration: Any) -> str:
    """The names of an enumeration as a choice."""
    return choice([value.name for value in enumeration.all()])


def _value(read: Callable[[str], Any], wanted: str) -> Callable[[str], Any]:
    """A reader of an option's value, to which READ gives None for a bad one."""
    def read_value(text: str) -> Any:
        value = read(text)
        if value is None:
            raise ArgumentTypeError(f"{text!a} is not {wanted}")
        return value
    return read_value


def _read_gpa_bits(text: str) -> int | None:
    bits = uint_parse(text)
    return bits if bits and bits <= 64 else None


def _read_host_cpus(text: str) -> VcpuSet | None:
    """The CPUs of a list that a mask can name: those below 64."""
    parts = []
    for part in text.split(","):
        cpus = _CPUS.fullmatch(part)
        if cpus and int(cpus[1]) > _LAST_CPU and int(cpus[2] or cpus[1]) >= int(cpus[1]):
            continue
        if cpus and cpus[2] and int(cpus[2]) > _LAST_CPU:
            part = f"{cpus[1]}-{_LAST_CPU}"
        parts.append(part)
    if not parts:
        # A host without CPUs below 64 is the same as one of which nothing is known.
        return VcpuSet()
    return VcpuSet.parse_list(",".join(parts)) or None


def _read_hypervisor(text: str) -> HpaRange | None:
    # An address may have the prefix "PA:".
    start, _, size = text.rpartition(":")
    address, length = Hpa.parse(start), size_parse(size)
    return HpaRange.try_from_start_size(address, length) if address and length else None


def _read_model(text: str) -> tuple[Model, ...] | None:
    if text == "auto":
        return ()
    model = Model.from_name(text)
    if model is None and read_release(text):
        raise ArgumentTypeError(
            f"{text!a} is not {_MODELS}; did you mean the release --axvisor {text}?")
    return (model,) if model else None


_MODELS = f"{', '.join(value.name for value in RELEASES)} or auto"


def _code(text: str) -> FindingCode:
    code = FindingCode.from_name(text)
    if code is None:
        from difflib import get_close_matches
        known = [each.name for each in FindingCode.all()]
        close = get_close_matches(text[:64], known, 3)
        raise ArgumentTypeError(
            f"{text!a} is not a code; " + (f"did you mean {choice(close)}?" if close else
                                        f"there are {', '.join(known)}"))
    return code


def _disabled(text: str) -> FindingCode:
    code = _code(text)
    if code == FindingCode.FILE_SYNTAX:
        raise ArgumentTypeError(f"{text} cannot be left out: nothing was read")
    return code


def _severity(text: str) -> tuple[FindingCode, Severity]:
    name, equals, level = text.partition("=")
    severity = Severity.from_name(level)
    if not equals or severity is None:
        raise ArgumentTypeError(f"{text!a} is not a code, = and {names(Severity)}")
    code = _code(name)
    if code == FindingCode.FILE_SYNTAX:
        raise ArgumentTypeError(f"{name} is always an error: nothing was read")
    return code, severity


# What is in none of them stays a text.
READERS: dict[table.Value, Callable[[str], Any]] = {
    table.ARCH: _value(Arch.from_name, names(Arch)),
    table.RELEASE: _value(read_release, f"a release such as {release_text(NEWEST)}"),
    table.MODEL: _value(_read_model, _MODELS),
    table.BITS: _value(_read_gpa_bits, "a number from 1 to 64"),
    table.CPUS: _value(_read_host_cpus, "a list of CPUs such as 0-7 or 0-3,8"),
    table.RANGE: _value(_read_hypervisor, "a range such as 0x40000000:64MiB"),
    table.CODE: _code,
    table.DISABLED: _disabled,
    table.SEVERITY: _severity,
}
