# SPDX-License-Identifier: Apache-2.0
"""What a VM configuration may hold: tables, keys, members of entries, and their types."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .text import value_text

_UINT64_MAX = (1 << 64) - 1


class BadValue(Exception):
    """Why a value is not what belongs in its place; PLACE says which element of it."""

    def __init__(self, reason: str, place: tuple[int, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


@dataclass(frozen=True)
class Key:
    """A key of a table or a member of an entry: READ gives its value or raises BadValue."""

    read: Callable[[object], Any]
    required: bool = False


def number(value: object) -> int:
    # A bool is an int to Python.
    if type(value) is not int:
        raise BadValue(f"{value_text(value)} is not a number")
    if value < 0:
        raise BadValue(f"{value_text(value)} is negative")
    if value > _UINT64_MAX:
        raise BadValue(f"{value_text(value)} does not fit in 64 bits")
    return value


def string(value: object) -> str:
    if not isinstance(value, str):
        raise BadValue(f"{value_text(value)} is not a string")
    if "\0" in value:
        raise BadValue(f"{value_text(value)} holds a NUL character")
    return value


def boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadValue(f"{value_text(value)} is not true or false")
    return value


def array(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadValue(f"{value_text(value)} is not an array")
    return value


def table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValue(f"{value_text(value)} is not a table")
    return value


def array_of(read: Callable[[object], Any]) -> Callable[[object], list[Any]]:
    def read_array(value: object) -> list[Any]:
        elements = []
        for index, element in enumerate(array(value)):
            try:
                elements.append(read(element))
            except BadValue as bad:
                raise BadValue(bad.reason, (index, *bad.place)) from None
        return elements
    return read_array


def one_of(*names: str) -> Callable[[object], str]:
    def read_name(value: object) -> str:
        if string(value) not in names:
            raise BadValue(f"{value_text(value)} is not {' or '.join(names)}")
        return value
    return read_name


TABLES = {
    "base": {
        "id": Key(number, required=True),
        "name": Key(string, required=True),
        "vm_type": Key(number, required=True),
        "cpu_num": Key(number, required=True),
        "phys_cpu_ids": Key(array_of(number)),
        "phys_cpu_sets": Key(array_of(number)),
    },
    "kernel": {
        "entry_point": Key(number, required=True),
        "kernel_path": Key(string, required=True),
        "kernel_load_addr": Key(number, required=True),
        "memory_regions": Key(array, required=True),
        "enable_bios": Key(boolean),
        "boot_protocol": Key(string),
        "bios_path": Key(string),
        "uefi_firmware_path": Key(string),
        "bios_load_addr": Key(number),
        "dtb_path": Key(string),
        "dtb_load_addr": Key(number),
        "ramdisk_path": Key(string),
        "ramdisk_load_addr": Key(number),
        "image_location": Key(one_of("fs", "memory")),
        "cmdline": Key(string),
        "disk_path": Key(string),
    },
    "devices": {
        "emu_devices": Key(array, required=True),
        "passthrough_devices": Key(array, required=True),
        "passthrough_addresses": Key(array),
        "interrupt_mode": Key(string),
        "excluded_devices": Key(array_of(array_of(string))),
    },
}

# Keys that versions after the library's model know.
LATER_KEYS = {"passthrough_ports", "address_space_policy"}

# The arrays of entries, and the members of an entry in order.
ENTRIES = {
    "memory_regions": {
        "gpa": Key(number, required=True),
        "size": Key(number, required=True),
        "flags": Key(number, required=True),
        "map_type": Key(number, required=True),
    },
    "emu_devices": {
        "name": Key(string, required=True),
        "base_gpa": Key(number, required=True),
        "length": Key(number, required=True),
        "irq_id": Key(number, required=True),
        "emu_type": Key(number, required=True),
        "cfg_list": Key(array_of(number)),
    },
    "passthrough_devices": {
        "name": Key(string, required=True),
        "base_gpa": Key(number),
        "base_hpa": Key(number),
        "length": Key(number),
        "irq_id": Key(number),
    },
    "passthrough_addresses": {
        "base_gpa": Key(number, required=True),
        "length": Key(number, required=True),
    },
}

# What the numbers of emu_type that are unknown now meant before July 2025.
FORMER_DEVICE_TYPES = {
    3: "virtio-blk", 4: "virtio-net", 5: "virtio-console", 6: "iommu", 7: "icc-sre",
    8: "sgir", 9: "gicr", 11: "meta",
}
