# SPDX-License-Identifier: Apache-2.0
"""The versions of the hypervisor's types that a file may be for, and how their findings join."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from .. import Arch, BootProtocol, EmulatedDeviceType, Model, Severity
from .findings import Finding
from .schema import ENTRIES, LATER_KEYS

EARLIER, LATER = Model.V0_5, Model.V0_7

# Emulated devices that the later one alone knows, and those that only files from before July 2025
# mean by one of these numbers or its neighbours.
_LATER_TYPES = {EmulatedDeviceType.FW_CFG.value, EmulatedDeviceType.LOONGARCH_PCH_PIC.value}
_OLD_TYPES = {4, 5, 6, 7, 8, 9, 11}


def wanted(documents: Iterable[dict[str, Any]], arch: Arch | None) -> tuple[Model, ...]:
    """The versions that a machine with these files may run: one runs them all."""
    return (LATER,) if any(_is_later(document, arch) for document in documents) else Model.all()


def _is_later(document: dict[str, Any], arch: Arch | None) -> bool:
    """Whether a file uses what only the later version knows."""
    devices = _table(document, "devices")
    if LATER_KEYS & devices.keys():
        return True
    types = set(_types(devices.get("emu_devices")))
    if types & _LATER_TYPES and not types & _OLD_TYPES:
        return True
    protocol = _table(document, "kernel").get("boot_protocol")
    return (arch == Arch.LOONGARCH64 and isinstance(protocol, str)
            and BootProtocol.from_name(protocol) == BootProtocol.UEFI)


def _table(document: dict[str, Any], name: str) -> dict[str, Any]:
    table = document.get(name)
    return table if isinstance(table, dict) else {}


def _types(entries: object) -> Iterator[int]:
    """The emu_type of each entry that has one."""
    index = list(ENTRIES["emu_devices"]).index("emu_type")
    for entry in entries if isinstance(entries, list) else ():
        number = (entry.get("emu_type") if isinstance(entry, dict) else
                  entry[index] if isinstance(entry, list) and len(entry) > index else None)
        if type(number) is int:
            yield number


class Join:
    """The findings of both versions, each told once; holds little, however many there are.

    Equal ones are told as the later version has them; of the others each names its version, and
    what the earlier one has alone is a warning at most.
    """

    def __init__(self) -> None:
        # The severities that findings of the earlier version have and that wait for equal ones, by
        # what the finding is.
        self._waiting: dict[Hashable, bytes] = {}

    def expect(self, what: Hashable, severity: Severity) -> None:
        """The earlier version has a finding."""
        self._waiting[what] = self._waiting.get(what, b"") + bytes([severity.value])

    def later(self, what: Hashable, finding: Finding) -> Finding:
        """A finding of the later version, as it is told."""
        same = self._waiting.get(what)
        if not same:
            return replace(finding, message=f"{finding.message} ({LATER.name} only)")
        self._waiting[what] = same[1:]
        severity = Severity(same[0])
        message = finding.message
        if severity != finding.severity:
            message += f" ({EARLIER.name}: {severity.name})"
        return replace(finding, message=message, models=(EARLIER, LATER))

    def is_earlier_only(self, what: Hashable) -> bool:
        """Whether the earlier version has it alone, once."""
        waiting = self._waiting.get(what)
        if not waiting:
            return False
        self._waiting[what] = waiting[1:]
        return True

    def has_rest(self) -> bool:
        return any(self._waiting.values())


def earlier_only(finding: Finding) -> Finding:
    """A finding that the earlier version has alone, as it is told."""
    severity = min(finding.severity, Severity.WARNING, key=lambda bad: bad.value)
    return replace(finding, severity=severity,
                   message=f"{finding.message} ({EARLIER.name} only)")
