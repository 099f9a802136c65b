# SPDX-License-Identifier: Apache-2.0
"""TOML documents to virtual machines: the schema applied, numbers and names made types."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .. import (BootProtocol, EmulatedDeviceConfig, EmulatedDeviceType, Gpa, Hpa,
                InterruptMode, MemConfig, MemMappingType, PassthroughAddressConfig,
                PassthroughDeviceConfig, VcpuSet, VmType)
from .findings import Finding, Owner, Severity
from .model import IMAGES, Config, Entry, Image, VirtualMachine
from .schema import FORMER_DEVICE_TYPES, TABLES
from .shape import ShapeReader
from .text import choice, clip, number_text, quote


def read(file: str, document: dict[str, Any]) -> tuple[VirtualMachine | None, list[Finding]]:
    """The VM of a file's document, None where the file is about something else."""
    reader = _Reader(file)
    return reader.virtual_machine(document), reader.findings


class _Reader(ShapeReader):
    def virtual_machine(self, document: dict[str, Any]) -> VirtualMachine | None:
        if not TABLES.keys() & document.keys():
            self.findings.append(Finding(
                self.file, "file-key", Severity.ERROR, "not a VM configuration: it has none of "
                f"the tables {', '.join(f'[{name}]' for name in TABLES)}"))
            return None
        self.report_unknown(document, TABLES, lambda name: (Owner(self.vm_id, name), ""))
        base, kernel, devices = (self.read_table(document, name) for name in TABLES)
        vm = VirtualMachine(
            file=self.file,
            id=base.get("id"),
            name=base.get("name"),
            type=self._vm_type(base.get("vm_type")),
            cpu_num=base.get("cpu_num"),
            phys_cpu_ids=base.get("phys_cpu_ids"),
            phys_cpu_sets=_typed(base.get("phys_cpu_sets"), lambda s: [VcpuSet(n) for n in s]),
            boot_protocol=self._boot_protocol(kernel),
            entry_point=_typed(kernel.get("entry_point"), Gpa),
            images={kind: Image(_typed(kernel.get(f"{kind}_load_addr"), Gpa),
                                kernel.get(f"{kind}_path")) for kind in IMAGES},
            interrupt_mode=self._interrupt_mode(devices))
        vm.memory = self._entries("memory_regions", kernel, self._memory_region)
        vm.emulated = self._entries("emu_devices", devices, self._emulated_device)
        vm.passthrough = self._entries("passthrough_devices", devices, _passthrough_device)
        vm.addresses = self._entries("passthrough_addresses", devices, _passthrough_address)
        return vm

    def _entries(self, name: str, values: dict[str, Any],
                 make: Callable[[dict[str, Any], Owner], Config | None]) -> list[Entry[Config]]:
        """The entries of an array that are as they should be."""
        entries = []
        for index, raw in enumerate(values.get(name) or ()):
            owner = Owner(self.vm_id, name, index)
            members = self.read_entry(raw, owner)
            if members is None:
                continue
            owner = replace(owner, name=members.get("name"))
            config = make(members, owner)
            if config is not None:
                entries.append(Entry(replace(owner, range=config.range()), config))
        return entries

    def _vm_type(self, number: int | None) -> VmType | None:
        if number is None:
            return None
        vm_type = VmType.from_usize(number)
        if VmType.try_from_usize(number) is None:
            self.report("file-value", Severity.WARNING,
                        Owner(self.vm_id, "base", None, "vm_type"),
                        f"{number_text(number)} is unknown; "
                        f"taken as {vm_type.value} ({vm_type.name})")
        return vm_type

    def _boot_protocol(self, kernel: dict[str, Any]) -> BootProtocol | None:
        if "boot_protocol" not in kernel:
            return BootProtocol.MULTIBOOT if kernel.get("enable_bios") else BootProtocol.DIRECT
        return self._named(BootProtocol, kernel["boot_protocol"], "boot-protocol",
                           Owner(self.vm_id, "kernel", None, "boot_protocol"))

    def _interrupt_mode(self, devices: dict[str, Any]) -> InterruptMode | None:
        if "interrupt_mode" not in devices:
            return InterruptMode()
        return self._named(InterruptMode, devices["interrupt_mode"], "file-value",
                           Owner(self.vm_id, "devices", None, "interrupt_mode"))

    def _named(self, enumeration: Any, name: str | None, code: str, owner: Owner) -> Any:
        if name is None:
            return None
        value = enumeration.from_name(name)
        if value is None:
            names = [known.name for known in enumeration.all()]
            self.report(code, Severity.ERROR, owner,
                        f"{quote(clip(name))} is unknown; use {choice(names)}")
        return value

    def _memory_region(self, members: dict[str, Any], owner: Owner) -> MemConfig | None:
        config = MemConfig(gpa=Gpa(members["gpa"]), size=members["size"],
                           flags=members["flags"])
        number = members["map_type"]
        if MemMappingType.try_from_usize(number) is None:
            known = [f"{value.value} ({value.name})" for value in MemMappingType.all()]
            self.report("memory-map-type", Severity.ERROR, replace(owner, range=config.range()),
                        f"{number_text(number)} is unknown; use {choice(known)}", ".map_type")
        return _with_type(config, "map_type", number)

    def _emulated_device(self, members: dict[str, Any],
                         owner: Owner) -> EmulatedDeviceConfig | None:
        config = EmulatedDeviceConfig(
            members.get("cfg_list", ()), name=members["name"],
            base_gpa=Gpa(members["base_gpa"]), length=members["length"],
            irq_id=members["irq_id"])
        number = members["emu_type"]
        if EmulatedDeviceType.try_from_usize(number) is None:
            self.report("device-type", Severity.ERROR, replace(owner, range=config.range()),
                        f"{number_text(number)} is unknown{_former_meaning(number)}",
                        ".emu_type")
        return _with_type(config, "emu_type", number)


def _passthrough_device(members: dict[str, Any], _: Owner) -> PassthroughDeviceConfig:
    return PassthroughDeviceConfig(
        name=members["name"], base_gpa=Gpa(members.get("base_gpa", 0)),
        base_hpa=Hpa(members.get("base_hpa", 0)), length=members.get("length", 0),
        irq_id=members.get("irq_id", 0))


def _passthrough_address(members: dict[str, Any], _: Owner) -> PassthroughAddressConfig:
    return PassthroughAddressConfig(base_gpa=Gpa(members["base_gpa"]), length=members["length"])


def _former_meaning(number: int) -> str:
    meaning = FORMER_DEVICE_TYPES.get(number)
    if meaning is None:
        return ""
    now = EmulatedDeviceType.from_name(meaning)
    return f"; before July 2025 it meant {meaning}" + (
        f", which is {number_text(now.value)} now" if now else "")


def _with_type(config: Any, member: str, number: int) -> Any:
    """CONFIG with an unknown type as it is, None where the type cannot hold the number."""
    try:
        setattr(config, member, number)
    except OverflowError:
        return None
    return config


def _typed(value: Any, make: Callable[[Any], Any]) -> Any:
    return None if value is None else make(value)
