# SPDX-License-Identifier: Apache-2.0
"""The address spaces of a guest, or what several take of the host, as a picture that is not drawn yet.

Every entry of a VM is either in a space or named in the picture with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from axvm_types import (Arch, DeviceBus, EmulatedDeviceConfig, EmulatedDeviceType, GpaRange,
                        GuestType, HpaRange, MemConfig, MemMappingType, PassthroughAddressConfig,
                        PassthroughDeviceConfig, machine_auto_window, machine_devices)
from ..checking.virtual import window_count
from ..reading.file_format import NEW_MODELS
from ..reading.virtual_machine import AnyEntry, VirtualMachine
from ..text import clip, printable, quote
from .blocks import Block, EntryBlock, HostBlock, MachineBlock, WindowBlock, moved_text, what
from .cpus import Vcpu, host_cpus, vcpus
from .spaces import Mark, Space, make_space

_PAGE = 0x1000
_NO_END = "its end does not fit"


@dataclass
class Picture:
    """All of a VM's entries, or what several of them take of the host."""

    vm: VirtualMachine | None
    spaces: list[Space] = field(default_factory=list)
    # Of a VM, its vCPUs; of the host, what runs on each CPU, with the number of its VM.
    vcpus: list[Vcpu] = field(default_factory=list)
    cpus: dict[str, list[tuple[int, Vcpu]]] = field(default_factory=dict)
    # What has no place, and why.
    unplaced: list[tuple[str, str]] = field(default_factory=list)


def draw(vm: VirtualMachine, lanes: int, arch: Arch | None) -> Picture:
    """The picture of a VM, with at most that many lanes.

    The devices of the machine, and the window for virtual ones, are those of ARCH.
    """
    picture = Picture(vm, vcpus=[*vcpus(vm, arch)])
    guest: list[Block] = []
    ports: list[Block] = []
    for entry in vm.entries:
        reason, place = _no_place(entry), entry.occupied
        if reason or place is None:
            picture.unplaced.append((what(entry), reason or _NO_END))
            continue
        block = EntryBlock(place.start.addr, place.end.addr, entry=entry)
        (ports if entry.bus == DeviceBus.PORT else guest).append(block)
    if vm.is_new:
        guest += _machine(vm, arch or Arch())
        picture.unplaced += [(f"{quote(clip(device.id))} {printable(clip(device.model))}",
                              "the hypervisor chooses its place") for device in vm.virtual]
    marks = _marks(vm)
    if guest:
        space = make_space("guest addresses", guest, lanes)
        marks = space.place(marks)
        if vm.guest_type == GuestType.PASSTHROUGH:
            space.hole = "the host's addresses"
        picture.spaces.append(space)
    if ports:
        picture.spaces.append(make_space("I/O ports", ports, lanes))
    picture.unplaced += [(f"{mark.name} {mark.address:#x}", "outside of all that is drawn")
                         for mark in marks]
    return picture


def _machine(vm: VirtualMachine, arch: Arch) -> Iterator[Block]:
    """What a VM has that is in no file."""
    model = NEW_MODELS[-1]
    for device in machine_devices(model, arch, vm.cpu_num or 0):
        yield MachineBlock(device.range.start.addr, device.range.end.addr, name=device.name)
    window = machine_auto_window(model, arch)
    if window and window_count(vm):
        yield WindowBlock(window.start.addr, window.end.addr)


def draw_host(vms: list[VirtualMachine], lanes: int, arch: Arch | None) -> Picture | None:
    """What the VMs of one machine take of the host's addresses and CPUs; None where that is nothing."""
    if len(vms) < 2:
        return None
    blocks: list[Block] = []
    for number, vm in enumerate(vms):
        for entry in vm.entries:
            place = None if _no_place(entry) else _host_place(entry)
            if place:
                place = place.page_expand(_PAGE)
            if place:
                blocks.append(HostBlock(place.start.addr, place.end.addr, entry=entry,
                                        vm=vm, number=number))
    spaces = [make_space("host addresses", blocks, lanes)] if blocks else []
    picture = Picture(None, spaces, cpus=host_cpus(vms, arch))
    return picture if picture.spaces or picture.cpus else None


def _host_place(entry: AnyEntry) -> GpaRange | HpaRange | None:
    """The host's addresses that an entry takes, if it is one that takes some that are known."""
    match entry.config:
        case MemConfig(map_type=MemMappingType.RESERVED) | PassthroughAddressConfig():
            return entry.config.range()
        case PassthroughDeviceConfig():
            return entry.config.host_range()
    return None


def _marks(vm: VirtualMachine) -> list[Mark]:
    """The entry point, and the images that are loaded."""
    marks = []
    for kind in (*vm.images, "entry"):
        image = vm.images.get(kind)
        address, place = image.address if image else vm.entry_point, vm.effective(kind)
        if address is None or place is None:
            continue
        size = run_size = 0
        if image and image.file:
            size = image.file.loaded_size
            run_size = image.file.run_size if kind == "kernel" else 0
        moved = moved_text(vm, f"{address.addr:#x}") if place != address else ""
        marks.append(Mark(place.addr, kind, size, run_size if run_size > size else 0, moved))
    return sorted(marks)


def _no_place(entry: AnyEntry) -> str | None:
    if entry.is_discovered:
        return "from the device tree"
    if (isinstance(entry.config, EmulatedDeviceConfig)
            and entry.config.emu_type == EmulatedDeviceType.DUMMY):
        return "occupies nothing"
    if entry.bus == DeviceBus.NONE:
        return "no I/O port has such a number"
    place = entry.occupied
    if place is None:
        return _NO_END
    return "empty" if place.is_empty() else None
