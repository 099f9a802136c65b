# SPDX-License-Identifier: Apache-2.0
"""What a VM is, for people."""

from collections.abc import Callable, Iterator
from typing import Any

from axvm_types import (Arch, DeviceBus, EmulatedDeviceConfig, Gpa, GpaRange, MemConfig, Model,
                        PassthroughDeviceConfig, machine_devices)
from ..reading.virtual_machine import AnyEntry, ImageFile, VirtualMachine
from ..text import clip, printable, quote, size_text
from .blocks import moved_text, what
from .cpus import vcpus

_UNKNOWN = "?"


def describe(vm: VirtualMachine, arch: Arch | None = None) -> str:
    """Several lines about a VM; with its ARCH also what the machine has by itself."""
    return "\n".join([
        f"{printable(vm.file)}: VM {_or_unknown(vm.id)} {_or_unknown(vm.name, _quoted)}",
        *_type(vm),
        *_vcpus(vm),
        *_boot(vm),
        *_interrupts(vm),
        *_map(vm),
        *_machine(vm, arch),
    ])


def _type(vm: VirtualMachine) -> Iterator[str]:
    if vm.is_new:
        yield f"  guest type  {vm.guest_type.name if vm.guest_type else _UNKNOWN}"
    else:
        yield f"  type        {vm.type.name if vm.type else _UNKNOWN}"


def _interrupts(vm: VirtualMachine) -> Iterator[str]:
    # In the new format the machine decides.
    if not vm.is_new:
        yield f"  interrupts  {vm.interrupt_mode.name if vm.interrupt_mode else _UNKNOWN}"


def _vcpus(vm: VirtualMachine) -> Iterator[str]:
    yield f"  vCPUs       {_or_unknown(vm.cpu_num)}"
    for vcpu in vcpus(vm):
        yield f"    {vcpu.text}"


def _boot(vm: VirtualMachine) -> Iterator[str]:
    protocol = vm.protocol
    yield f"  boot        {protocol.name if protocol else _UNKNOWN}"
    entry = vm.effective("entry")
    yield f"    entry     {_or_unknown(entry)}{_moved(vm, vm.entry_point, entry)}"
    for kind, image in vm.images.items():
        if image.address is not None or image.path is not None:
            path = "" if image.path is None else f"  {_quoted(image.path)}"
            place = vm.effective(kind)
            yield (f"    {kind:<8}  {_or_unknown(place)}{path}{_sizes(kind, image.file)}"
                   f"{_moved(vm, image.address, place)}")


def _moved(vm: VirtualMachine, configured: Gpa | None, place: Gpa | None) -> str:
    """Why something is elsewhere than the file has it."""
    if configured == place:
        return ""
    return f"  {moved_text(vm, str(configured))}, as that is {vm.memory[0].config.map_type.name}"


def _sizes(kind: str, file: ImageFile | None) -> str:
    """What a file says of the memory that it takes."""
    if file is None:
        return ""
    runs_in = file.run_size if kind == "kernel" else 0
    more = f", {size_text(runs_in)} when it runs" if runs_in > file.loaded_size else ""
    return f"  {size_text(file.loaded_size)}{more}"


def _map(vm: VirtualMachine) -> Iterator[str]:
    """The memory and the devices by guest address, then what has none."""
    # Sorting is stable, so entries at one address stay in the order of their tables.
    placed = sorted((entry for entry in vm.entries if not entry.is_discovered),
                    key=lambda entry: entry.start)
    sections = {
        "guest addresses": [
            _line(entry) for entry in placed if entry.bus != DeviceBus.PORT],
        "I/O ports": [_line(entry) for entry in placed if entry.bus == DeviceBus.PORT],
        "from the device tree": [
            _quoted(entry.name or "") for entry in vm.entries if entry.is_discovered],
        "kept from the guest": [_quoted(entry.name or "") for entry in vm.disabled],
        "virtual devices": [f"{_quoted(device.id)}  {printable(clip(device.model))}"
                            for device in vm.virtual],
    }
    for title, lines in sections.items():
        if lines:
            yield f"  {title}"
            yield from (f"    {line}" for line in lines)


def _machine(vm: VirtualMachine, arch: Arch | None) -> Iterator[str]:
    """The devices that no file of the new format lists."""
    devices = machine_devices(Model.V0_7_3, arch, vm.cpu_num or 0) if arch and vm.is_new else []
    if devices:
        yield "  devices of the machine"
    for device in devices:
        yield f"    {device.range.format()}  {size_text(device.range.size())}  {device.name}"


def _line(entry: AnyEntry) -> str:
    config = entry.config
    occupied = entry.occupied
    where = _range(entry, occupied)
    size = config.size if isinstance(config, MemConfig) else config.length
    if occupied is not None:
        size = occupied.size()
    more = []
    match config:
        case MemConfig():
            more.append(f"flags {config.flags:#x}")
        case EmulatedDeviceConfig():
            more.append(f"irq {config.irq_id}")
            if config.parameters:
                more.append(f"cfg {', '.join(f'{number:#x}' for number in config.parameters)}")
        case PassthroughDeviceConfig():
            more.append(f"irq {config.irq_id}")
            if config.base_hpa.addr != config.base_gpa.addr:
                more.append(f"host {config.base_hpa}")
    return "  ".join([where, size_text(size), what(entry), *more])


def _range(entry: AnyEntry, guest: GpaRange | None) -> str:
    if guest is None:
        return f"{entry.start}..(does not fit)"
    if entry.bus == DeviceBus.PORT:
        return f"{guest.start.addr:#x}..{guest.end.addr:#x}"
    return guest.format()


def _quoted(text: str) -> str:
    return quote(clip(text))


def _or_unknown(value: object, text: Callable[[Any], str] = str) -> str:
    return _UNKNOWN if value is None else text(value)
