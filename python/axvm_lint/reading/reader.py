# SPDX-License-Identifier: Apache-2.0
"""TOML documents to virtual machines: the schema applied, numbers and names made types."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from axvm_types import (AddressSpacePolicy, BootProtocol, EmulatedDeviceConfig, FindingCode, Gpa,
                        Hpa, ImageLocation, InterruptMode, MemConfig, Model,
                        PassthroughAddressConfig, PassthroughDeviceConfig, PassthroughPortConfig,
                        Severity, VcpuSet, VmType)
from ..findings import Finding, Owner
from ..schema.keys import Schema
from ..text import choice, clip, number_text, quote
from .shape import ShapeReader
from .virtual_machine import IMAGES, Config, Entry, Image, VirtualMachine

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
        self.report_unknown([name for name in document if name not in tables], tables, self.owner)
        base, kernel, devices = (self.read_table(document, name)
                                 for name in ("base", "kernel", "devices"))
        protocol = kernel.get("boot_protocol")
        vm = VirtualMachine(
            file=self.file,
            id=base.get("id"),
            name=base.get("name"),
            type=self._vm_type(base.get("vm_type")),
            cpu_num=base.get("cpu_num"),
            phys_cpu_ids=base.get("phys_cpu_ids"),
            phys_cpu_sets=_typed(base.get("phys_cpu_sets"), lambda s: [VcpuSet(n) for n in s]),
            enable_bios=kernel.get("enable_bios") or False,
            boot_protocol=_typed(
                protocol, lambda name: BootProtocol.from_name(name) or _UNKNOWN_PROTOCOL),
            boot_protocol_name=protocol,
            entry_point=_typed(kernel.get("entry_point"), Gpa),
            images={kind: Image(_typed(kernel.get(f"{kind}_load_addr"), Gpa),
                                kernel.get(f"{kind}_path")) for kind in IMAGES},
            uefi_firmware_path=kernel.get("uefi_firmware_path"),
            image_location=_typed(kernel.get("image_location"), ImageLocation.from_name),
            cmdline=kernel.get("cmdline"),
            interrupt_mode=self._word("interrupt_mode", InterruptMode, devices),
            address_space_policy=self._word("address_space_policy", AddressSpacePolicy, devices))
        vm.memory = self._entries("memory_regions", kernel, self._memory_region)
        vm.emulated = self._entries("emu_devices", devices, self._emulated_device)
        vm.passthrough = self._entries("passthrough_devices", devices, _passthrough_device)
        vm.addresses = self._entries("passthrough_addresses", devices, _passthrough_address)
        vm.ports = self._entries("passthrough_ports", devices, _passthrough_port)
        vm.excluded = devices.get("excluded_devices") or []
        vm.unread = self.unread
        return vm

    def _entries(self, table: str, values: dict[str, Any],
                 make: Callable[[dict[str, Any], Owner], Config | None]) -> list[Entry[Config]]:
        """The entries of an array that are as they should be."""
        entries = []
        for index, raw in enumerate(values.get(table) or ()):
            members = self.read_entry(raw, self.owner(table, index))
            if members is None:
                self.unread.add(table)
                continue
            name = members.get("name")
            config = make(members, self.owner(table, index, name))
            if config is None:
                self.unread.add(table)
            else:
                entries.append(Entry(table, index, name, config))
        return entries

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
            self.report(code, Severity.ERROR, replace(owner, member=(member,)),
                        f"{number_text(members[member])} is unknown", f"Use {choice(known)}.")
            return None
        return config


def _passthrough_device(members: dict[str, Any], _: Owner) -> PassthroughDeviceConfig:
    return PassthroughDeviceConfig(
        name=members["name"], base_gpa=Gpa(members.get("base_gpa", 0)),
        base_hpa=Hpa(members.get("base_hpa", 0)), length=members.get("length", 0),
        irq_id=members.get("irq_id", 0))


def _passthrough_address(members: dict[str, Any], _: Owner) -> PassthroughAddressConfig:
    return PassthroughAddressConfig(base_gpa=Gpa(members.get("base_gpa", 0)),
                                    length=members.get("length", 0))


def _passthrough_port(members: dict[str, Any], _: Owner) -> PassthroughPortConfig:
    return PassthroughPortConfig(base=members.get("base", 0), length=members.get("length", 0))


def _typed(value: Any, make: Callable[[Any], Any]) -> Any:
    return None if value is None else make(value)
