# SPDX-License-Identifier: Apache-2.0
"""What a VM is, for people."""

from collections.abc import Callable, Iterator
from typing import Any

from .. import (EmulatedDeviceConfig, Enumeration, Gpa, GpaRange, MemConfig,
                PassthroughDeviceConfig)
from .model import Entry, VirtualMachine
from .text import printable, quote, size_text

_UNKNOWN = "?"


def describe(vm: VirtualMachine) -> str:
    """Several lines about a VM."""
    return "\n".join([
        f"{printable(vm.file)}: VM {_or_unknown(vm.id)} {_or_unknown(vm.name, quote)}",
        f"  type        {vm.type.name if vm.type else _UNKNOWN}",
        *_vcpus(vm),
        *_boot(vm),
        f"  interrupts  {vm.interrupt_mode.name if vm.interrupt_mode else _UNKNOWN}",
        *_map(vm),
    ])


def _vcpus(vm: VirtualMachine) -> Iterator[str]:
    yield f"  vCPUs       {_or_unknown(vm.cpu_num)}"
    ids, masks = vm.phys_cpu_ids or [], vm.phys_cpu_sets or []
    for vcpu in range(max(len(ids), len(masks))):
        host = []
        if vcpu < len(ids):
            host.append(f"id {ids[vcpu]:#x}")
        if vcpu < len(masks):
            host.append(f"CPUs {masks[vcpu].format_list() or 'none'}")
        yield f"    vCPU {vcpu}: host {', '.join(host)}"


def _boot(vm: VirtualMachine) -> Iterator[str]:
    yield f"  boot        {vm.boot_protocol.name if vm.boot_protocol else _UNKNOWN}"
    yield f"    entry     {_or_unknown(vm.entry_point)}"
    for kind, image in vm.images.items():
        if image.address is not None or image.path is not None:
            path = "" if image.path is None else f"  {quote(image.path)}"
            yield f"    {kind:<8}  {_or_unknown(image.address)}{path}"


def _map(vm: VirtualMachine) -> Iterator[str]:
    """The memory and the devices by guest address, then what has none."""
    entries: list[Entry] = [*vm.memory, *vm.emulated, *vm.passthrough, *vm.addresses]
    # Sorting is stable, so entries at one address stay in the order of their tables.
    placed = sorted((entry for entry in entries if not entry.is_discovered), key=_start)
    sections = {
        "guest addresses": [_line(entry) for entry in placed if not entry.in_ports],
        "I/O ports": [_line(entry) for entry in placed if entry.in_ports],
        "from the device tree": [
            quote(entry.owner.name) for entry in entries if entry.is_discovered],
    }
    for title, lines in sections.items():
        if lines:
            yield f"  {title}"
            yield from (f"    {line}" for line in lines)


def _start(entry: Entry) -> Gpa:
    config = entry.config
    return config.gpa if isinstance(config, MemConfig) else config.base_gpa


def _line(entry: Entry) -> str:
    config = entry.config
    where = _range(entry, entry.owner.range)
    match config:
        case MemConfig():
            size, what = config.size, f"memory, {_type(config.map_type, config.map_type.name)}"
            more = [f"flags {config.flags:#x}"]
        case EmulatedDeviceConfig():
            size = config.length
            what = _type(config.emu_type, config.emu_type.describe())
            more = [f"irq {config.irq_id}"]
            if config.parameters:
                more.append(f"cfg {', '.join(f'{number:#x}' for number in config.parameters)}")
        case PassthroughDeviceConfig():
            size, what, more = config.length, "passthrough device", [f"irq {config.irq_id}"]
            if config.base_hpa.addr != config.base_gpa.addr:
                more.append(f"host {config.base_hpa}")
        case _:
            size, what, more = config.length, "passthrough addresses", []
    name = [] if entry.owner.name is None else [quote(entry.owner.name)]
    return "  ".join([where, size_text(size), what, *name, *more])


def _range(entry: Entry, guest: GpaRange | None) -> str:
    if guest is None:
        return f"{_start(entry)}..(does not fit)"
    if entry.in_ports:
        return f"{guest.start.addr:#x}..{guest.end.addr:#x}"
    return guest.format()


def _type(value: Enumeration, text: str) -> str:
    """The text of a type, which does not tell unknown ones apart."""
    known = value.try_from_usize(value.value) is not None
    return text if known else f"{text} {value.value:#x}"


def _or_unknown(value: object, text: Callable[[Any], str] = str) -> str:
    return _UNKNOWN if value is None else text(value)
