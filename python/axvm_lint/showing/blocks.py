# SPDX-License-Identifier: Apache-2.0
"""What a picture of an address space has in it: blocks, each with a place, a kind and a label."""

from axvm_types import (EmulatedDeviceConfig, MemConfig, MemMappingType,
                        PassthroughDeviceConfig)
from ..reading.virtual_machine import AnyEntry, VirtualMachine
from ..text import clip, quote, size_short

# How many colours there are for VMs.
VM_KINDS = 6


class Block:
    """Something that has a place."""

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.lane: int | None = None

    # A subclass has these: what it is, a text, and, None apart, what may overlap what: blocks of
    # one group may, as the hypervisor merges them, and those of no group may overlap all.
    @property
    def kind(self) -> str:
        raise NotImplementedError

    @property
    def label(self) -> str:
        raise NotImplementedError

    @property
    def group(self) -> object:
        return self

    @property
    def is_identical(self) -> bool:
        return False

    @property
    def own_name(self) -> str:
        """Its own name, in quotes, if it has one."""
        return ""

    @property
    def elsewhere(self) -> str:
        """Its address on the other side, in the host or the guest, if that differs."""
        return ""


class EntryBlock(Block):
    """An entry of a file."""

    def __init__(self, start: int, end: int, entry: AnyEntry) -> None:
        super().__init__(start, end)
        self.entry = entry

    @property
    def kind(self) -> str:
        match self.entry.config:
            case MemConfig():
                return "memory"
            case EmulatedDeviceConfig():
                return "emulated"
            case _:
                return "passthrough"

    @property
    def is_identical(self) -> bool:
        """Whether its guest address is as good as any: the hypervisor ignores it."""
        config = self.entry.config
        return isinstance(config, MemConfig) and config.map_type == MemMappingType.IDENTICAL

    @property
    def label(self) -> str:
        return f"{what(self.entry)}, {size_short(self.end - self.start)}"

    @property
    def own_name(self) -> str:
        return quote(clip(self.entry.name)) if self.entry.name else ""

    @property
    def elsewhere(self) -> str:
        config = self.entry.config
        if not isinstance(config, PassthroughDeviceConfig):
            return ""
        return f"host {config.base_hpa.addr:#x}" if _is_moved(config) else ""

    @property
    def group(self) -> object:
        if self.kind != "passthrough":
            return self
        config = self.entry.config
        if isinstance(config, PassthroughDeviceConfig):
            return config.base_hpa.wrapping_sub(self.start).addr
        return 0


class HostBlock(EntryBlock):
    """Host addresses that a VM takes for itself; NUMBER counts the VMs of the picture."""

    def __init__(self, start: int, end: int, entry: AnyEntry, vm: VirtualMachine,
                 number: int) -> None:
        super().__init__(start, end, entry)
        self.vm = vm
        self.number = number

    @property
    def kind(self) -> str:
        return f"vm{self.number % VM_KINDS}"

    @property
    def is_identical(self) -> bool:
        return False

    @property
    def label(self) -> str:
        return f"{vm_text(self.vm)}: {super().label}"

    @property
    def elsewhere(self) -> str:
        config = self.entry.config
        if not isinstance(config, PassthroughDeviceConfig):
            return ""
        return f"guest {config.base_gpa.addr:#x}" if _is_moved(config) else ""

    @property
    def group(self) -> object:
        return self.number


class MachineBlock(Block):
    """A device that the machine has by itself."""

    def __init__(self, start: int, end: int, name: str) -> None:
        super().__init__(start, end)
        self.name = name

    @property
    def kind(self) -> str:
        return "machine"

    @property
    def label(self) -> str:
        return f"{self.name} of the machine, {size_short(self.end - self.start)}"


class WindowBlock(Block):
    """Where the hypervisor places virtual devices; memory may be there as well."""

    @property
    def kind(self) -> str:
        return "window"

    @property
    def label(self) -> str:
        return f"window for virtual devices, {size_short(self.end - self.start)}"

    @property
    def group(self) -> object:
        return None


def what(entry: AnyEntry) -> str:
    """An entry's own name, and what it is."""
    match entry.config:
        case MemConfig(map_type=kind):
            return f"memory, {_named(kind)}"
        case EmulatedDeviceConfig(emu_type=kind):
            text = kind.describe()
            text = f"{text} {kind.value:#x}" if text.startswith("unknown") else text
        case PassthroughDeviceConfig():
            text = "passthrough device"
        case _:
            return "passthrough addresses"
    return f"{quote(clip(entry.name))} {text}" if entry.name else text


def moved_text(vm: VirtualMachine, configured: str) -> str:
    """Why the kernel and the entry point are elsewhere than configured."""
    return f"moved with memory_regions[{vm.memory[0].index}] from {configured}"


def vm_text(vm: VirtualMachine) -> str:
    """A VM by its id and name, as far as they are known."""
    number = "?" if vm.id is None else vm.id
    return f"VM {number} {'?' if vm.name is None else quote(clip(vm.name))}"


def title_text(vm: VirtualMachine) -> str:
    """A VM by its id, its name and, since that is in files, its guest type."""
    guest_type = f", {vm.guest_type.name}" if vm.is_new and vm.guest_type else ""
    return f"{vm_text(vm)}{guest_type}"


def _named(kind: MemMappingType) -> str:
    known = kind.try_from_usize(kind.value) is not None
    return kind.name if known else f"unknown type {kind.value:#x}"


def _is_moved(config: PassthroughDeviceConfig) -> bool:
    return bool(config.base_hpa.addr != config.base_gpa.addr)
