# SPDX-License-Identifier: Apache-2.0
"""The address space of a guest as a picture that is not drawn yet.

From bottom to top of a space there are bands: between two neighbouring bands something begins
or ends. What shares addresses is side by side in lanes, of which there are only so many;
every entry of the VM is either in a lane or named below the picture with the reason.
"""

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from axvm_types import (Arch, DeviceBus, EmulatedDeviceConfig, EmulatedDeviceType, GpaRange,
                        GuestType, MemConfig, MemMappingType, PassthroughDeviceConfig,
                        machine_auto_window, machine_devices)
from ..checking.virtual import window_count
from ..reading.file_format import NEW_MODELS
from ..reading.virtual_machine import AnyEntry, VirtualMachine
from ..text import clip, printable, quote, size_short

_PAGE = 0x1000
_NO_END = "its end does not fit"

# How many colours there are for VMs.
VM_KINDS = 6


@dataclass(eq=False)
class Block:
    """Something that has a place."""

    start: int
    end: int
    lane: int | None = None

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


@dataclass(eq=False)
class EntryBlock(Block):
    """An entry of a file."""

    entry: AnyEntry = field(kw_only=True)

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
    def group(self) -> object:
        if self.kind != "passthrough":
            return self
        config = self.entry.config
        if isinstance(config, PassthroughDeviceConfig):
            return config.base_hpa.wrapping_sub(self.start).addr
        return 0


@dataclass(eq=False)
class HostBlock(EntryBlock):
    """Host addresses that a VM takes for itself; NUMBER counts the VMs of the picture."""

    vm: VirtualMachine = field(kw_only=True)
    number: int = field(kw_only=True)

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
    def group(self) -> object:
        return self.number


@dataclass(eq=False)
class MachineBlock(Block):
    """A device that the machine has by itself."""

    name: str = field(kw_only=True)

    @property
    def kind(self) -> str:
        return "machine"

    @property
    def label(self) -> str:
        return f"{self.name} of the machine, {size_short(self.end - self.start)}"


@dataclass(eq=False)
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


@dataclass
class Band:
    """Addresses between two places where something changes."""

    start: int
    end: int
    # One for each lane of its cluster: blocks that are connected through overlaps.
    blocks: list[Block | None]
    overlaps: bool
    # Nothing is here at all; without blocks and no hole, only such as found no lane.
    is_hole: bool


@dataclass(frozen=True, order=True)
class Mark:
    """What a VM begins with, at its place; MOVED says from where that was moved, and why."""

    address: int
    text: str
    moved: str = ""


@dataclass
class Space:
    """Guest addresses, I/O ports or host addresses."""

    title: str
    bands: list[Band]
    # Blocks that found no lane.
    beside: list[Block]
    # What a VM begins with, by ascending addresses.
    marks: list[Mark] = field(default_factory=list)
    # What is between the blocks.
    hole: str = "hole"


@dataclass
class Picture:
    """All of a VM's entries, or what several of them take of the host."""

    vm: VirtualMachine | None
    spaces: list[Space] = field(default_factory=list)
    # What has no place, and why.
    unplaced: list[tuple[str, str]] = field(default_factory=list)


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


def draw(vm: VirtualMachine, lanes: int, arch: Arch | None) -> Picture:
    """The picture of a VM, with at most that many lanes.

    The devices of the machine, and the window for virtual ones, are those of ARCH.
    """
    picture = Picture(vm)
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
    if guest:
        picture.spaces.append(_space("guest addresses", guest, lanes, _marks(vm)))
        if vm.guest_type == GuestType.PASSTHROUGH:
            picture.spaces[-1].hole = "the host's addresses"
    if ports:
        picture.spaces.append(_space("I/O ports", ports, lanes, []))
    return picture


def _machine(vm: VirtualMachine, arch: Arch) -> Iterator[Block]:
    """What a VM has that is in no file."""
    model = NEW_MODELS[-1]
    for device in machine_devices(model, arch, vm.cpu_num or 0):
        yield MachineBlock(device.range.start.addr, device.range.end.addr, name=device.name)
    window = machine_auto_window(model, arch)
    if window and window_count(vm):
        yield WindowBlock(window.start.addr, window.end.addr)


def draw_host(vms: list[VirtualMachine], lanes: int) -> Picture | None:
    """What the VMs of one machine take of the host's addresses; None where that is nothing."""
    blocks: list[Block] = []
    for number, vm in enumerate(vms):
        for entry in vm.entries:
            place = None if _no_place(entry) else _host_place(entry)
            if place:
                blocks.append(HostBlock(place.start.addr, place.end.addr, entry=entry,
                                        vm=vm, number=number))
    if len(vms) < 2 or not blocks:
        return None
    return Picture(None, [_space("host addresses", blocks, lanes, [])])


def vm_text(vm: VirtualMachine) -> str:
    """A VM by its id and name, as far as they are known."""
    number = "?" if vm.id is None else vm.id
    return f"VM {number} {'?' if vm.name is None else quote(clip(vm.name))}"


def title_text(vm: VirtualMachine) -> str:
    """A VM by its id, its name and, since that is in files, its guest type."""
    guest_type = f", {vm.guest_type.name}" if vm.is_new and vm.guest_type else ""
    return f"{vm_text(vm)}{guest_type}"


def _host_place(entry: AnyEntry) -> GpaRange | None:
    """The host's pages that an entry takes, if it is one that takes some that are known.

    The hypervisor passes a guest address on to the same one of the host.
    """
    match entry.config:
        case MemConfig(map_type=kind):
            is_known = kind == MemMappingType.RESERVED
        case EmulatedDeviceConfig():
            is_known = False
        case _:
            is_known = entry.bus == DeviceBus.MEMORY
    place = entry.config.range() if is_known else None
    return place.page_expand(_PAGE) if place else None


def _marks(vm: VirtualMachine) -> list[Mark]:
    """The entry point, and the images that are loaded."""
    configured = {kind: image.address for kind, image in vm.images.items()}
    marks = []
    for kind, address in {**configured, "entry": vm.entry_point}.items():
        place = vm.effective(kind)
        if address is None or place is None:
            continue
        moved = moved_text(vm, f"{address.addr:#x}") if place != address else ""
        marks.append(Mark(place.addr, kind, moved))
    return sorted(marks)


def moved_text(vm: VirtualMachine, configured: str) -> str:
    """Why the kernel and the entry point are elsewhere than configured."""
    return f"moved with memory_regions[{vm.memory[0].index}] from {configured}"


def _space(title: str, blocks: list[Block], lanes: int, marks: list[Mark]) -> Space:
    # Sorting is stable, so blocks at one address stay in the order of their tables.
    blocks.sort(key=lambda block: block.start)
    _assign_lanes(blocks, lanes)
    bands = _joined(_bands(blocks))
    _widen(bands)
    inside = [mark for mark in marks
              if any(band.blocks and band.start <= mark.address < band.end for band in bands)]
    return Space(title, bands, [block for block in blocks if block.lane is None], inside)


def _named(kind: MemMappingType) -> str:
    known = kind.try_from_usize(kind.value) is not None
    return kind.name if known else f"unknown type {kind.value:#x}"


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


def _assign_lanes(blocks: list[Block], lanes: int) -> None:
    """Give each block the first lane that is free at its start, if one is."""
    free = list(range(lanes))
    taken: list[tuple[int, int]] = []
    for block in blocks:
        while taken and taken[0][0] <= block.start:
            heapq.heappush(free, heapq.heappop(taken)[1])
        if free:
            block.lane = heapq.heappop(free)
            heapq.heappush(taken, (block.end, block.lane))


def _bands(blocks: list[Block]) -> Iterator[Band]:
    begins = sorted(blocks, key=lambda block: block.start)
    ends = sorted(blocks, key=lambda block: block.end)
    edges = sorted({edge for block in blocks for edge in (block.start, block.end)})
    here: dict[int, Block] = {}
    # Of those here, the groups; None is of those that may overlap all.
    groups: Counter[object] = Counter()
    next_begin = next_end = 0
    for start, end in zip(edges, edges[1:]):
        while next_end < len(ends) and ends[next_end].end <= start:
            block = ends[next_end]
            next_end += 1
            if block.lane is not None:
                here.pop(block.lane, None)
            groups[block.group] -= 1
            if not groups[block.group]:
                del groups[block.group]
        while next_begin < len(begins) and begins[next_begin].start <= start:
            block = begins[next_begin]
            next_begin += 1
            groups[block.group] += 1
            if block.lane is not None:
                here[block.lane] = block
        width = max(here, default=-1) + 1
        yield Band(start, end, [here.get(lane) for lane in range(width)],
                   len(groups.keys() - {None}) > 1, not groups)


def _joined(bands: Iterator[Band]) -> list[Band]:
    """The bands, without edges of blocks that are not shown."""
    joined: list[Band] = []
    for band in bands:
        if joined and (joined[-1].blocks, joined[-1].overlaps, joined[-1].is_hole) == (
                band.blocks, band.overlaps, band.is_hole):
            joined[-1].end = band.end
        else:
            joined.append(band)
    return joined


def _widen(bands: list[Band]) -> None:
    """Give all bands of a cluster its number of lanes."""
    cluster: list[Band] = []
    for band in [*bands, Band(0, 0, [], False, True)]:
        if band.blocks and _continues(cluster, band):
            cluster.append(band)
            continue
        lanes = max((len(member.blocks) for member in cluster), default=0)
        for member in cluster:
            member.blocks += [None] * (lanes - len(member.blocks))
        cluster = [band] if band.blocks else []


def _continues(cluster: list[Band], band: Band) -> bool:
    if not cluster:
        return True
    return any(block and block.start < band.start for block in band.blocks)
