# SPDX-License-Identifier: Apache-2.0
"""The models of virtual devices of Axvisor 0.8.3 with their options, as data."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from axvm_types import Arch
from ..patterns import pattern
from ..text import quote, value_text
from .keys import Key
from .types import BadValue, Boolean, Integer, OneOf, String, array, table

# What an id is made of, as a pattern.
ID_FORM = "[A-Za-z0-9._@-]+"

# The id of the console that each machine has: an entry with that id replaces it.
CONSOLE = "console0"

# The ids of the other devices that a machine makes by itself.
MACHINE_IDS: dict[Arch, frozenset[str]] = {
    Arch.AARCH64: frozenset({"vgic"}),
    Arch.RISCV64: frozenset({"plic"}),
    Arch.X86_64: frozenset({"ioapic", "fw-cfg", "pit", "pic", "cmos", "acpi-pm-timer", "pci-host",
                            "q35-lpc"}),
    Arch.LOONGARCH64: frozenset({"pch-pic", "fw-cfg", "pci-host"}),
}

# Options that no model has in a file, as the hypervisor chooses what they say.
OWNED_OPTIONS = frozenset({
    "irq_id", "base_gpa", "base_hpa", "legacy_base_gpa", "legacy_length", "mmio_base", "pio_base",
    "msi_device_id", "msi_event_id", "lpi_id"})

_DEVICE_TREE = (Arch.AARCH64, Arch.RISCV64)


class VirtualModel(NamedTuple):
    """A model: what it is, and its options; without IGNORES_OTHERS another option is refused.

    ARCHES are those that it works on, all if there are none. ONLY_WITH has, for an option, the
    other option with the one value that it goes with. EXCLUSIVE are options of which at most one
    may be set. REFUSED has the architectures that do not have a value of an option.
    """

    about: str
    options: Mapping[str, Key]
    arches: tuple[Arch, ...] = ()
    ignores_others: bool = False
    is_serial: bool = False
    has_window: bool = True
    only_with: Mapping[str, tuple[str, str]] = {}
    exclusive: tuple[str, ...] = ()
    refused: Mapping[tuple[str, str], tuple[Arch, ...]] = {}


class _OneOfNumbers:
    """One of these numbers and nothing else."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = numbers
        self._hint = f"Use {', '.join(map(str, numbers[:-1]))} or {numbers[-1]}."

    def read(self, value: object) -> int:
        if type(value) is not int or value not in self._numbers:
            raise BadValue(f"{value_text(value)} is none of its numbers", self._hint)
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "integer", "enum": [*self._numbers]}


class _Positive(Integer):
    def read(self, value: object) -> int:
        number = super().read(value)
        if not number:
            raise BadValue("0 is not a size", "Write a number above 0.")
        return number

    def json_schema(self) -> dict[str, Any]:
        return {**super().json_schema(), "minimum": 1}


class _NotEmpty(String):
    def read(self, value: object) -> str:
        text = super().read(value)
        if not text:
            raise BadValue("an empty string is not a path", "Write the path.")
        return text

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


class _MacAddress:
    """Six numbers of a byte each, of an address of one station."""

    _HINT = "Write six numbers from 0 to 255, such as [0x52, 0x54, 0, 0, 0, 1]."

    def read(self, value: object) -> list[int]:
        octets = array(value) if isinstance(value, list) else None
        if octets is None or len(octets) != 6:
            raise BadValue(f"{value_text(value)} is not an array of six numbers", self._HINT)
        for index, octet in enumerate(octets):
            if type(octet) is not int or not 0 <= octet <= 255:
                raise BadValue(f"{value_text(octet)} is not a number from 0 to 255", self._HINT,
                               (index,))
        if not any(octets):
            raise BadValue("the address of a station is not all 0", self._HINT)
        if octets[0] & 1:
            raise BadValue(f"{value_text(octets[0])} as the first number is for an address of many "
                           "stations", "Make the first number even.", (0,))
        return octets

    def json_schema(self) -> dict[str, Any]:
        octet = {"type": "integer", "minimum": 0, "maximum": 255}
        return {"type": "array", "prefixItems": [{**octet, "multipleOf": 2}],
                "items": octet, "minItems": 6, "maxItems": 6, "contains": {"minimum": 1}}


class _Capacity:
    """A size of sectors of 512 bytes, with its unit."""

    _FORM = pattern(r"([0-9]+)(B|[KMG]B|[KMG]iB)", re.ASCII | re.IGNORECASE)
    _HINT = 'Write a number and its unit, B, KB, MB, GB, KiB, MiB or GiB, such as "8MiB".'
    _SECTOR = 512

    def read(self, value: object) -> str:
        text = String().read(value)
        form = self._FORM.fullmatch(text)
        # A number of so many digits does not fit.
        if form is None or len(form[1].lstrip("0")) > 20 or int(form[1]) >> 64:
            raise BadValue(f"{value_text(text)} is not a size", self._HINT)
        if not int(form[1]):
            raise BadValue("0 is not a size", self._HINT)
        if form[2].upper() == "B" and int(form[1]) % self._SECTOR:
            raise BadValue(f"{value_text(text)} is not a multiple of {self._SECTOR} bytes",
                           "Round it up to whole sectors.")
        return text

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]*[1-9][0-9]*([KMGkmg][Ii]?)?[Bb]$",
                "examples": ["8MiB"]}


class Backend:
    """What a serial port is connected to: { type = "..." }."""

    KINDS = ("host-console", "null")

    def read(self, value: object) -> str:
        hint = f"Write {{ type = {quote(self.KINDS[0])} }} or {{ type = {quote(self.KINDS[1])} }}."
        try:
            kind: object = table(value).get("type")
        except BadValue as bad:
            raise BadValue(bad.reason, hint) from None
        if not isinstance(kind, str) or kind not in self.KINDS:
            raise BadValue('"type" is missing' if kind is None else
                           f'"type" is {value_text(kind)}, not one of its words', hint)
        return kind

    def json_schema(self) -> dict[str, Any]:
        return {"type": "object", "properties": {
                    "type": {"type": "string", "enum": [*self.KINDS]}},
                "required": ["type"]}


_SERIAL = {
    "clock_hz": Key(Integer(32), "Frequency of its clock in Hz."),
    "register_shift": Key(Integer(8), "How far apart registers are, as a power of two."),
    "backend": Key(Backend(), "What it is connected to; without it console0 has the host's "
                   "console, another one nothing."),
}
_MMIO_SERIAL = {**_SERIAL, "register_width": Key(_OneOfNumbers(1, 2, 4, 8),
                                                 "Width of a register in bytes.")}

VIRTUAL_MODELS: dict[str, VirtualModel] = {
    "pl011-mmio": VirtualModel("A PL011 serial port.", _MMIO_SERIAL, is_serial=True),
    "uart16550-mmio": VirtualModel("A 16550 serial port in memory.", _MMIO_SERIAL,
                                   is_serial=True),
    # Its register_width is read, but not used.
    "uart16550-pio": VirtualModel(
        "A 16550 serial port at I/O ports.",
        {**_SERIAL, "register_width": Key(Integer(8), "Not used.")}, (Arch.X86_64,),
        is_serial=True, has_window=False),
    "virtio-net": VirtualModel("A network card.", {
        "guest_mac": Key(_MacAddress(), "Its address, six numbers.", required=True),
    }, ignores_others=True),
    "virtio-blk": VirtualModel("A disk.", {
        "transport": Key(OneOf(("mmio", "pci")), "How the guest finds it.", default="mmio"),
        "backend": Key(OneOf(("file", "ramdisk")), "Where its data is.", default="file"),
        "capacity": Key(_Capacity(), "Its size with a unit."),
        "capacity_sectors": Key(_Positive(), "Its size in sectors of 512 bytes."),
        "path": Key(_NotEmpty(), "The file with its data."),
        "filesystem": Key(OneOf(("ext4",)), "The file system of the host that has the file."),
        "read_only": Key(Boolean(), "Whether the guest may not write to it.", default=False),
    }, only_with={"path": ("backend", "file"), "filesystem": ("backend", "file")},
        exclusive=("capacity", "capacity_sectors"),
        refused={("transport", "pci"): _DEVICE_TREE}),
    "ivc-channel": VirtualModel("A channel to other VMs.", {}, _DEVICE_TREE),
}

# Models that only branches or other versions have, and what to use in their place.
OTHER_MODELS = {
    "virtio-net-mmio": "virtio-net",
    "virtio-blk-mmio": "virtio-blk",
    "ivshmem-pci": "ivc-channel",
    "virtual-pci-host": None,
    "vpci-test": None,
}
