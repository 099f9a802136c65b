# SPDX-License-Identifier: Apache-2.0
"""TOML documents to virtual machines: the schema applied, numbers and names made types."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from axvm_types import (AddressSpacePolicy, BootProtocol, EmulatedDeviceConfig, FindingCode, Gpa,
                        GuestType, Hpa, ImageLocation, InterruptMode, MemConfig, Model,
                        PassthroughAddressConfig, PassthroughDeviceConfig, PassthroughPortConfig,
                        Severity, VcpuSet, VmType)
from ..findings import Finding, Owner
from ..schema.keys import Schema
from ..schema.types import Word
from ..schema.versions import KEYS, SCHEMAS, schema_of
from ..text import choice, clip, number_text, quote
from .file_format import NEW, Format, Kind, format_finding
from .shape import ShapeReader
from .virtual_machine import (BY_PATH, IMAGES, Config, Entry, Image, VirtualDevice,
                              VirtualMachine)

Chosen = TypeVar("Chosen", InterruptMode, AddressSpacePolicy)

# Stands for a name that the library does not know.
_UNKNOWN_PROTOCOL = BootProtocol(0xff)


def read(file: str, document: dict[str, Any], schema: Schema,
         models: tuple[Model, ...]) -> tuple[VirtualMachine | None, list[Finding]]:
    """The VM of a file's document, None where the file is about something else.

    SCHEMA says what the file may contain, MODELS are the versions that it may be for.
    """
    reader = _Reader(file, schema, models)
    return reader.virtual_machine(document), reader.findings


def read_file(file: str, document: dict[str, Any], found: Format, models: tuple[Model, ...],
              asked: tuple[Model, ...], newer: str | None
              ) -> tuple[VirtualMachine | None, list[Finding]]:
    """The VM of a file that has this format, and what is wrong with the file.

    MODELS are the versions that it may be for, ASKED those that were asked for, NEWER is a file of
    the same machine that has the new format. Where no version reads the file there is no VM.
    """
    wrong = format_finding(file, document, found, asked, newer)
    findings = [wrong] if wrong else []
    if not found.is_read(models):
        return None, findings + (_unknown_keys(file, document) if found.kind == Kind.BOTH else [])
    vm, others = read(file, document, schema_of(models), models)
    return vm, findings + others


def _unknown_keys(file: str, document: dict[str, Any]) -> list[Finding]:
    """Findings about the keys and tables of a file that no version knows."""
    reader = _Reader(file, SCHEMAS[NEW], tuple(SCHEMAS))
    reader.report_unknown_keys(document)
    return reader.findings


class _Reader(ShapeReader):
    def virtual_machine(self, document: dict[str, Any]) -> VirtualMachine | None:
        tables = self.schema.tables
        if not tables.keys() & document.keys():
            names = ", ".join(f"[{name}]" for name in tables)
            self.findings.append(Finding(
                self.file, FindingCode.FILE_KEY, Severity.ERROR,
                f"not a VM configuration: it has none of the tables {names}",
                "Name a file that has them, or begin with one of --template.", offset=0,
                severities=dict.fromkeys(self.models, Severity.ERROR)))
            return None
        self._report_tables(document)
        base, kernel, devices = (self.read_table(document, name)
                                 for name in ("base", "kernel", "devices"))
        is_new = self.schema.has("devices", BY_PATH)
        protocol = kernel.get("boot_protocol")
        vm = VirtualMachine(self.file)
        vm.id = self._or_default("id", base)
        vm.name = base.get("name")
        vm.type = None if is_new else self._vm_type(base.get("vm_type"))
        vm.cpu_num = self._or_default("cpu_num", base)
        vm.phys_cpu_ids = base.get("phys_cpu_ids")
        vm.phys_cpu_sets = _typed(base.get("phys_cpu_sets"), lambda s: [VcpuSet(n) for n in s])
        vm.enable_bios = kernel.get("enable_bios") or False
        vm.boot_protocol = _typed(protocol, self._boot_protocol)
        vm.boot_protocol_name = protocol
        vm.entry_point = _typed(self._or_default("entry_point", kernel), Gpa)
        vm.images = {kind: Image(_typed(self._or_default(f"{kind}_load_addr", kernel), Gpa),
                                 kernel.get(f"{kind}_path")) for kind in IMAGES}
        vm.uefi_firmware_path = kernel.get("uefi_firmware_path")
        vm.has_disk_path = kernel.get("disk_path") is not None
        vm.image_location = _typed(kernel.get("image_location"), ImageLocation.from_name)
        vm.cmdline = kernel.get("cmdline")
        vm.interrupt_mode = self._word("interrupt_mode", InterruptMode, devices)
        vm.address_space_policy = self._word("address_space_policy", AddressSpacePolicy, devices)
        vm.guest_type = self._guest_type(base)
        vm.is_new = is_new
        vm.memory = self._entries("memory_regions", kernel, self._memory_region)
        vm.emulated = self._entries("emu_devices", devices, self._emulated_device)
        vm.passthrough = self._entries("passthrough_devices", devices, _passthrough_device)
        vm.addresses = self._entries("passthrough_addresses", devices, _passthrough_address)
        vm.ports = self._entries("passthrough_ports", devices, _passthrough_port)
        vm.excluded = devices.get("excluded_devices") or []
        vm.passthrough += self._entries(BY_PATH, devices, _by_path)
        vm.disabled = self._entries("disabled", devices, _by_path)
        vm.virtual = self._virtual(devices)
        vm.unread = self.unread
        return vm

    def report_unknown_keys(self, document: dict[str, Any]) -> None:
        """Report what no version knows."""
        self._report_tables(document)
        for name, table in self.schema.tables.items():
            values = document.get(name)
            if isinstance(values, dict):
                self.report_unknown([key for key in values if (name, key) not in KEYS], table.keys,
                                    partial(self.owner, name, None))

    def _report_tables(self, document: dict[str, Any]) -> None:
        tables = self.schema.tables
        unknown = [name for name in document if name not in tables]
        for name, table in tables.items():
            if table.required and name not in document:
                self.report_missing(name, tables, self.owner, unknown, "the table is missing",
                                    f"Add [{name}]: each VM needs it.")
        self.report_unknown(unknown, tables, self.owner, given=document)

    def _entries(self, table: str, values: dict[str, Any],
                 make: Callable[[dict[str, Any], Owner], Config | None]) -> list[Entry[Config]]:
        """The entries of an array that are as they should be."""
        entries = []
        for index, raw in enumerate(values.get(table) or ()):
            members = self.read_entry(raw, self.owner(table, index))
            if members is None:
                self.unread.add(table)
                continue
            name = members.get("name", members.get("path"))
            config = make(members, self.owner(table, index, name))
            if config is None:
                self.unread.add(table)
            else:
                entries.append(Entry(table, index, name, config))
        return entries

    def _or_default(self, key: str, values: dict[str, Any]) -> Any:
        """The value of a key, or what the hypervisor takes where it is absent."""
        if key in values:
            return values[key]
        table = self.schema.table_of(key)
        return self.schema.tables[table].keys[key].default if table else None

    def _virtual(self, devices: dict[str, Any]) -> list[VirtualDevice]:
        found = []
        for index, raw in enumerate(devices.get("virtual") or ()):
            members = self.read_entry(raw, self.owner("virtual", index))
            if members is None:
                self.unread.add("virtual")
            else:
                options = {key: value for key, value in raw.items() if key not in members}
                found.append(VirtualDevice(index, options=options, **members))
        return found

    def _guest_type(self, base: dict[str, Any]) -> GuestType | None:
        if "guest_type" in base or not self.schema.has("base", "guest_type"):
            return base.get("guest_type")
        # Its other name.
        return base.get("vm_type", GuestType())

    def _boot_protocol(self, name: str) -> BootProtocol | None:
        protocol = BootProtocol.from_name(name)
        kind = self.schema.tables["kernel"].keys["boot_protocol"].type
        if protocol and protocol.name != name and isinstance(kind, Word) and name not in kind.aliases:
            self.report(FindingCode.BOOT_PROTOCOL, Severity.ERROR,
                        self.owner("kernel", None, "boot_protocol"),
                        f"{quote(name)} is a name of before Axvisor 0.5.24",
                        f"Write {quote(protocol.name)}.")
            self.unread.add("boot_protocol")
            return None
        return protocol or _UNKNOWN_PROTOCOL

    def _vm_type(self, number: int | None) -> VmType | None:
        if number is None:
            return None
        vm_type = VmType.from_usize(number)
        if VmType.try_from_usize(number) is None:
            known = [f"{value.value} ({value.name})" for value in VmType.all()]
            self.report(FindingCode.FILE_VALUE, Severity.WARNING,
                        self.owner("base", None, "vm_type"),
                        f"{number_text(number)} is unknown, so it is taken as "
                        f"{vm_type.value} ({vm_type.name})", f"Use {choice(known)}.")
        return vm_type

    def _word(self, key: str, kind: type[Chosen], devices: dict[str, Any]) -> Chosen | None:
        """The value of a key that has a default."""
        if key not in devices:
            return kind()
        name = devices[key]
        if name is None:
            return None
        word = kind.from_name(name)
        if word is None:
            known = [quote(value.name) for value in kind.all()]
            self.report(FindingCode.FILE_VALUE, Severity.ERROR,
                        self.owner("devices", None, key),
                        f"{quote(clip(name))} is unknown", f"Use {choice(known)}.")
            self.unread.add(key)
        return word

    def _memory_region(self, members: dict[str, Any], owner: Owner) -> MemConfig | None:
        config = MemConfig(gpa=Gpa(members["gpa"]), size=members["size"],
                           flags=members["flags"])
        return self._with_type(config, "map_type", members, owner, FindingCode.MEMORY_MAP_TYPE)

    def _emulated_device(self, members: dict[str, Any],
                         owner: Owner) -> EmulatedDeviceConfig | None:
        config = EmulatedDeviceConfig(
            members["cfg_list"], name=members["name"],
            base_gpa=Gpa(members["base_gpa"]), length=members["length"],
            irq_id=members["irq_id"])
        return self._with_type(config, "emu_type", members, owner, FindingCode.DEVICE_TYPE)

    def _with_type(self, config: Config, member: str, members: dict[str, Any], owner: Owner,
                   code: FindingCode) -> Config | None:
        """CONFIG with its type, which the check judges; None where the number does not fit."""
        try:
            setattr(config, member, members[member])
        except OverflowError:
            known = [f"{value.value:#x} ({value.name})" for value in
                     type(getattr(config, member)).all()]
            self.report(code, Severity.ERROR, owner._replace(member=(member,)),
                        f"{number_text(members[member])} is unknown", f"Use {choice(known)}.")
            return None
        return config


def _passthrough_device(members: dict[str, Any], _: Owner) -> PassthroughDeviceConfig:
    return PassthroughDeviceConfig(
        name=members["name"], base_gpa=Gpa(members.get("base_gpa", 0)),
        base_hpa=Hpa(members.get("base_hpa", 0)), length=members.get("length", 0),
        irq_id=members.get("irq_id", 0))


def _by_path(members: dict[str, Any], _: Owner) -> PassthroughDeviceConfig:
    return PassthroughDeviceConfig(name=members["path"])


def _passthrough_address(members: dict[str, Any], _: Owner) -> PassthroughAddressConfig:
    return PassthroughAddressConfig(base_gpa=Gpa(members.get("base_gpa", 0)),
                                    length=members.get("length", 0))


def _passthrough_port(members: dict[str, Any], _: Owner) -> PassthroughPortConfig:
    return PassthroughPortConfig(base=members.get("base", 0), length=members.get("length", 0))


def _typed(value: Any, make: Callable[[Any], Any]) -> Any:
    return None if value is None else make(value)
