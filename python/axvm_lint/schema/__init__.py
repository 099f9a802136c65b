# SPDX-License-Identifier: Apache-2.0
"""What a VM configuration may hold: tables, keys, members of entries, and their types."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..text import choice, quote, value_text


class BadValue(Exception):
    """Why a value is not what belongs in its place, and what does.

    PLACE says which element of it.
    """

    def __init__(self, reason: str, hint: str, place: tuple[int, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.place = place


@dataclass(frozen=True)
class Key:
    """A key of a table or a member of an entry: READ gives its value or raises BadValue."""

    read: Callable[[object], Any]
    required: bool = False


def unsigned(bits: int) -> Callable[[object], int]:
    hint = f"Write a whole number from 0 to 2^{bits} - 1, without quotes."

    def read_unsigned(value: object) -> int:
        # A bool is an int to Python.
        if type(value) is not int:
            raise BadValue(f"{value_text(value)} is not a number", hint)
        if value < 0:
            raise BadValue(f"{value_text(value)} is negative", hint)
        if value >> bits:
            raise BadValue(f"{value_text(value)} does not fit in {bits} bits", hint)
        return value
    return read_unsigned


number = unsigned(64)


def string(value: object) -> str:
    if not isinstance(value, str):
        raise BadValue(f"{value_text(value)} is not a string", "Write a text in quotes.")
    if "\0" in value:
        raise BadValue(f"{value_text(value)} holds a NUL character", "Take it out.")
    return value


def path(value: object) -> str:
    if not string(value):
        raise BadValue("an empty string names no file",
                       "Write the path, or take the key out: an empty one counts as given.")
    return value


def boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadValue(f"{value_text(value)} is not true or false",
                       "Write true or false, without quotes.")
    return value


def array(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadValue(f"{value_text(value)} is not an array", "Write an array, in brackets.")
    return value


def table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValue(f"{value_text(value)} is not a table",
                       "Begin the table by its name in brackets on a line.")
    return value


def array_of(read: Callable[[object], Any]) -> Callable[[object], list[Any]]:
    def read_array(value: object) -> list[Any]:
        elements = []
        for index, element in enumerate(array(value)):
            try:
                elements.append(read(element))
            except BadValue as bad:
                raise BadValue(bad.reason, bad.hint, (index, *bad.place)) from None
        return elements
    return read_array


def one_of(*names: str) -> Callable[[object], str]:
    def read_name(value: object) -> str:
        if string(value) not in names:
            raise BadValue(f"{value_text(value)} is not {' or '.join(names)}",
                           f"Use {choice([quote(name) for name in names])}.")
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
        "kernel_path": Key(path, required=True),
        "kernel_load_addr": Key(number, required=True),
        "memory_regions": Key(array, required=True),
        "enable_bios": Key(boolean),
        "boot_protocol": Key(string),
        "bios_path": Key(path),
        "uefi_firmware_path": Key(path),
        "bios_load_addr": Key(number),
        "dtb_path": Key(path),
        "dtb_load_addr": Key(number),
        "ramdisk_path": Key(path),
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
        "passthrough_ports": Key(array),
        "address_space_policy": Key(string),
    },
}

# The table that a key belongs to.
TABLE_OF = {key: name for name, keys in TABLES.items() for key in keys}

# Keys that 0.5 does not know, and ignores.
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
        "cfg_list": Key(array_of(number), required=True),
    },
    "passthrough_devices": {
        "name": Key(string, required=True),
        "base_gpa": Key(number),
        "base_hpa": Key(number),
        "length": Key(number),
        "irq_id": Key(number),
    },
    "passthrough_addresses": {
        "base_gpa": Key(number),
        "length": Key(number),
    },
    "passthrough_ports": {
        "base": Key(unsigned(16)),
        "length": Key(unsigned(16)),
    },
}
