# SPDX-License-Identifier: Apache-2.0
"""The architecture that an old file is for, as far as the file shows it."""

import re
from collections.abc import Iterator
from typing import Any

from axvm_types import Arch, BootProtocol
from ..text import clip, quote
from .devices import named

_TYPES = {
    Arch.AARCH64: {0x1, 0x20, 0x21, 0x22},
    Arch.X86_64: {0x2, 0x23, 0x24},
    Arch.RISCV64: {0x30},
    Arch.LOONGARCH64: {0x3, 0x25},
}

_PATHS = ("kernel_path", "dtb_path", "ramdisk_path", "bios_path", "uefi_firmware_path")


def architecture(tables: dict[str, dict[str, Any]], has_old_types: bool) -> tuple[Arch | None, str]:
    """The architecture and what shows it; None where nothing does, or several things differ.

    HAS_OLD_TYPES: the numbers of device types are those of before July 2025.
    """
    for evidence in (_certain(tables, has_old_types), _probable(tables)):
        shown = dict(evidence)
        if len(shown) == 1:
            return shown.popitem()
        if shown:
            break
    return None, ""


def _certain(tables: dict[str, dict[str, Any]], has_old_types: bool) -> Iterator[tuple[Arch, str]]:
    """What only one architecture has."""
    protocol = tables["kernel"].get("boot_protocol")
    if isinstance(protocol, str) and BootProtocol.from_name(protocol) == BootProtocol.MULTIBOOT:
        yield Arch.X86_64, f"kernel.boot_protocol is {quote(protocol)}"
    if tables["devices"].get("passthrough_ports"):
        yield Arch.X86_64, "devices.passthrough_ports passes I/O ports through"
    if not has_old_types:
        for number in emulated_types(tables["devices"].get("emu_devices")):
            for arch, types in _TYPES.items():
                if number in types:
                    yield arch, f"devices.emu_devices has the device type {number:#x}"


def _probable(tables: dict[str, dict[str, Any]]) -> Iterator[tuple[Arch, str]]:
    """What people name after the architecture."""
    for table, keys in (("kernel", _PATHS), ("base", ("name",))):
        for key in keys:
            value = tables[table].get(key)
            if not isinstance(value, str):
                continue
            for arch in Arch.all():
                if re.search(rf"(?<![a-z0-9]){arch.name}(?![a-z0-9])", value.lower()):
                    yield arch, f"{table}.{key} is {quote(clip(value))}"
    ids = tables["base"].get("phys_cpu_ids")
    for number in ids if isinstance(ids, list) else ():
        if type(number) is int and number >> 8 and not number & 0xfc:
            yield Arch.AARCH64, f"base.phys_cpu_ids has {number:#x}, which looks like an MPIDR"


def emulated_types(entries: object) -> Iterator[int]:
    for raw in entries if isinstance(entries, list) else ():
        number = (named(raw, "emu_devices") or {}).get("emu_type")
        if type(number) is int:
            yield number
