# SPDX-License-Identifier: Apache-2.0
"""The versions of the hypervisor's types that a file may be for."""

from collections.abc import Iterable, Iterator
from typing import Any

from axvm_types import Arch, BootProtocol, EmulatedDeviceType, Model
from ..schema.versions import KEYS, MEMBERS, SCHEMAS
from .file_format import OLD_MODELS

# Device types of files from before July 2025, whose other numbers mean something else as well.
_OLD_TYPES = {4, 5, 6, 7, 8, 9, 11}

# The version from which on uefi boots loongarch64.
_UEFI_ON_LOONGARCH64 = Model.V0_7


def wanted(documents: Iterable[dict[str, Any]], arch: Arch | None) -> tuple[Model, ...]:
    """The versions that a machine with these files may run, ascending: one runs them all.

    The files are of the old format.
    """
    uses = [_Uses(document, arch) for document in documents]
    fitting = tuple(model for model in OLD_MODELS if all(each.fits(model) for each in uses))
    return fitting or OLD_MODELS


class _Uses:
    """What a file uses that not all versions know."""

    def __init__(self, document: dict[str, Any], arch: Arch | None) -> None:
        self._keys = [(name, key) for name, key in KEYS if key in _table(document, name)]
        types = set(_types(_table(document, "devices").get("emu_devices")))
        protocol = _table(document, "kernel").get("boot_protocol")
        is_uefi = (isinstance(protocol, str)
                   and BootProtocol.from_name(protocol) == BootProtocol.UEFI)
        self._uefi_on_loongarch64 = is_uefi and arch == Arch.LOONGARCH64
        may_have_fw_cfg = arch == Arch.LOONGARCH64 or arch is None and (
            is_uefi or EmulatedDeviceType.LOONGARCH_PCH_PIC.value in types)
        if not may_have_fw_cfg:
            # That of a file from before July 2025.
            types.discard(EmulatedDeviceType.FW_CFG.value)
        self._types = set() if types & _OLD_TYPES else types & _known_types(*OLD_MODELS)

    def fits(self, model: Model) -> bool:
        """Whether a version knows all of it."""
        return (all(SCHEMAS[model].has(*key) for key in self._keys)
                and self._types <= _known_types(model)
                and not (self._uefi_on_loongarch64 and model < _UEFI_ON_LOONGARCH64))


def _known_types(*models: Model) -> set[int]:
    return {known.value for model in models for known in EmulatedDeviceType.all_in(model)}


def _table(document: dict[str, Any], name: str) -> dict[str, Any]:
    table = document.get(name)
    return table if isinstance(table, dict) else {}


def _types(entries: object) -> Iterator[int]:
    """The emu_type of each entry that has one."""
    index = MEMBERS["emu_devices"].index("emu_type")
    for entry in entries if isinstance(entries, list) else ():
        number = (entry.get("emu_type") if isinstance(entry, dict) else
                  entry[index] if isinstance(entry, list) and len(entry) > index else None)
        if type(number) is int:
            yield number
