# SPDX-License-Identifier: Apache-2.0
"""The versions of the hypervisor's types that a file may be for."""

from collections.abc import Iterable, Iterator
from typing import Any

from axvm_types import Arch, BootProtocol, EmulatedDeviceType, Model
from ..schema import ENTRIES, LATER_KEYS

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
