# SPDX-License-Identifier: Apache-2.0
"""What of the host a VM gets: ranges, paths, ports, each list by itself."""

from collections.abc import Iterator

from .base import (ALLOC, ERROR, LAST, NOTE, PAGE, V0_7, V0_7_3, WARNING, WHOLE, Expected, Machine, Owner, Passed, Range,
                   Span, Vm, down, fits, groups, pages, pair, sweep)
from .emulated import CONSOLE, PIT, is_second, is_skipped

APIC = 0xFEE00000
PORTS = {CONSOLE: (0x3F8, 0x400), PIT: (0x40, 0x62)}


def is_path(device: Passed) -> bool:
    """An entry that is found in the device tree."""
    return bool(device.name) and device.name[0] == "/" and (device.gpa, device.hpa, device.length, device.irq) == (0, 0, 0, 0)


def path_works(machine: Machine, device: Passed) -> bool:
    if machine.arch == "loongarch64":
        return machine.since(V0_7) and device.name == "/"
    return machine.arch != "x86_64"


def deciding(machine: Machine, vm: Vm) -> int | None:
    """The path that drops the ranges of its list: the first entry, or any "/" on loongarch64."""
    last = len(vm.passed) if machine.arch == "loongarch64" else 1
    return next((i for i, d in enumerate(vm.passed[:last]) if is_path(d) and path_works(machine, d)), None)


def mapped(machine: Machine, base: int, length: int) -> tuple[int, int]:
    """0.5 maps so many bytes from the beginning of the page, later versions those that are configured."""
    start = base if machine.since(V0_7) else down(base)
    return start, start + length


def ranges(machine: Machine, index: int) -> Iterator[tuple[Owner, int, int, int]]:
    """The guest ranges that are passed through: owner, base, length, and how far the host's pages are."""
    vm = machine.vms[index]
    if deciding(machine, vm) is None:
        for i, d in enumerate(vm.passed):
            if d.length != 0:
                yield (index, "passthrough_devices", i), d.gpa, d.length, (down(d.hpa) - down(d.gpa)) % (LAST + 1)
    for i, a in enumerate(vm.addresses):
        if a.length != 0:
            yield (index, "passthrough_addresses", i), a.base, a.length, 0


def findings(machine: Machine) -> Iterator[Expected]:
    for index, vm in enumerate(machine.vms):
        if not machine.since(V0_7_3):
            yield from of_discovery(machine, index)
            for i, device in enumerate(vm.passed):
                yield from of_device(machine, (index, "passthrough_devices", i), device, deciding(machine, vm) is not None)
            for i, address in enumerate(vm.addresses):
                yield from of_range(machine, (index, "passthrough_addresses", i), address)
            if machine.since(V0_7):
                for i, reserved in enumerate(vm.reserved):
                    yield from of_reserved(machine, (index, "reserved_addresses", i), reserved)
                yield from of_ports(machine, index)
            yield from of_host(machine, index)
            yield from of_twice(machine, index)
            yield from of_names(index, "emu_devices", vm.emulated)
            yield from of_names(index, "passthrough_devices", vm.passed)
        yield from of_dma(machine, index)


def of_discovery(machine: Machine, index: int) -> Iterator[Expected]:
    vm = machine.vms[index]
    first = deciding(machine, vm)
    for i, device in enumerate(vm.passed):
        owner = (index, "passthrough_devices", i)
        if is_path(device):
            if not path_works(machine, device):
                yield Expected("device-discovery", ERROR, owner, says="but this architecture has no device tree")
            elif first is None:
                yield pair("device-discovery", ERROR, (index, "passthrough_devices", 0), owner, 0, "refuses the device tree path")
        elif first is not None and device.length != 0:
            yield pair("device-discovery", WARNING, (index, "passthrough_devices", first), owner, 0,
                       "is ignored, because" if i < first else "ignores the range")


def placed(machine: Machine, owner: Owner, base: int, length: int) -> Iterator[Expected]:
    if base + length > machine.widest():
        yield Expected("device-beyond-width", ERROR, owner, None, machine.gpa_bits)
    if base % PAGE != 0 and not machine.since(V0_7):
        yield Expected("device-unaligned", WARNING, owner)
    first, past = pages(*mapped(machine, base, length))
    if machine.arch == "x86_64" and first < APIC + PAGE and APIC < past:
        yield Expected("device-reserved", ERROR, owner, None, APIC)


def of_device(machine: Machine, owner: Owner, device: Passed, dropped: bool) -> Iterator[Expected]:
    if is_path(device):
        return
    if device.length == 0:
        yield Expected("device-empty", ERROR, owner)
        return
    if dropped:
        return
    if not fits(device.gpa, device.length):
        yield Expected("device-overflow", ERROR, owner, None, device.length)
        return
    yield from placed(machine, owner, device.gpa, device.length)
    if machine.since(V0_7) and not fits(device.hpa, device.length):
        yield Expected("device-overflow", ERROR, owner, None, device.length)
    elif device.gpa % PAGE != device.hpa % PAGE:
        yield Expected("device-page-offset", ERROR if machine.since(V0_7) else WARNING, owner, None, device.hpa)
    elif device.gpa != device.hpa:
        if not machine.since(V0_7):
            yield Expected("device-host-ignored", WARNING, owner, None, device.hpa)
        elif machine.by_tree():
            yield Expected("device-host-ignored", ERROR, owner, None, device.hpa, "which is refused")


def of_range(machine: Machine, owner: Owner, address: Range) -> Iterator[Expected]:
    if address.length == 0:
        yield Expected("device-empty", ERROR, owner)
    elif not fits(address.base, address.length):
        yield Expected("device-overflow", ERROR, owner, None, address.length)
    else:
        yield from placed(machine, owner, address.base, address.length)


def of_reserved(machine: Machine, owner: Owner, reserved: Range) -> Iterator[Expected]:
    if reserved.length == 0:
        yield Expected("device-empty", ERROR, owner)
    elif not fits(reserved.base, reserved.length):
        yield Expected("device-overflow", ERROR, owner, None, reserved.length)
    elif reserved.base + reserved.length > machine.widest():
        yield Expected("device-beyond-width", ERROR, owner, None, machine.gpa_bits)


def of_ports(machine: Machine, index: int) -> Iterator[Expected]:
    vm = machine.vms[index]
    spans = []
    for i, ports in enumerate(vm.ports):
        owner = (index, "passthrough_ports", i)
        if ports.length == 0:
            yield Expected("device-empty", ERROR, owner)
        elif ports.base + ports.length > 0x10000:
            yield Expected("device-overflow", ERROR, owner, None, ports.length, "past port")
        else:
            spans.append(Span(ports.base, ports.base + ports.length, owner))
    if not vm.ports or not machine.may_be("x86_64"):
        return
    count = len(spans)
    for i, device in enumerate(vm.emulated):
        if device.kind in PORTS and not is_skipped(machine, device) and not is_second(machine, vm, i):
            spans.append(Span(*PORTS[device.kind], (index, "emu_devices", i)))
    for owner, span in sweep(spans, lambda a, b: True):
        yield pair("port-conflict", ERROR, owner.owner, span.owner, 0, "overlaps")
        count -= 1
    if count > 16:
        yield Expected("port-conflict", ERROR, (index, "passthrough_ports", WHOLE), None, count, "more ranges than")


def of_host(machine: Machine, index: int) -> Iterator[Expected]:
    """One range of the host at two guest addresses: by bytes, and of the host as configured."""
    vm = machine.vms[index]
    spans = []
    for owner, base, length, distance in ranges(machine, index):
        if owner[1] == "passthrough_devices":
            host = vm.passed[owner[2]].hpa
            if fits(host, length):
                spans.append(Span(host, host + length, owner, distance))
        elif fits(base, length):
            spans.append(Span(*mapped(machine, base, length), owner, distance))
    for one, other in sweep(spans, lambda a, b: a.what != b.what):
        yield pair("device-host-twice", WARNING, one.owner, other.owner)


def of_twice(machine: Machine, index: int) -> Iterator[Expected]:
    all_ranges = list(ranges(machine, index))
    distance = {owner: there for owner, _, _, there in all_ranges}
    for first, *others in groups(((base, length), owner) for owner, base, length, _ in all_ranges):
        for other in others:
            if distance[other] == distance[first]:
                yield pair("device-twice", WARNING, first, other, 0, "has the same range as")


def of_names(index: int, table: str, devices: list) -> Iterator[Expected]:
    for first, *others in groups((d.name, (index, table, i)) for i, d in enumerate(devices) if d.name):
        for other in others:
            yield pair("device-name", WARNING, first, other)


def of_dma(machine: Machine, index: int) -> Iterator[Expected]:
    vm = machine.vms[index]
    region = next((i for i, r in enumerate(vm.memory) if r.kind == ALLOC), None)
    passed = first_passed(machine, index)
    if region is not None and passed:
        yield pair("device-dma", NOTE, (index, "memory_regions", region), passed)


def first_passed(machine: Machine, index: int) -> Owner | None:
    vm = machine.vms[index]
    if machine.since(V0_7_3):
        if machine.without_tree():
            return None
        for i, device in enumerate(vm.passed):
            if device.name and device.name[0] == "/" and device.name != "/":
                return index, "passthrough_devices", i
        return (index, "guest_type", 0) if vm.guest_type == 1 and machine.by_tree() else None
    for i, device in enumerate(vm.passed):
        base = device.hpa if machine.since(V0_7) else device.gpa
        if path_works(machine, device) if is_path(device) else may_do_dma(machine, base, device.length):
            return index, "passthrough_devices", i
    return next(((index, "passthrough_addresses", i) for i, a in enumerate(vm.addresses)
                 if may_do_dma(machine, a.base, a.length)), None)


def may_do_dma(machine: Machine, base: int, length: int) -> bool:
    """All that is passed, but the interrupt controllers, timers and chipset registers of a PC."""
    start, end = mapped(machine, base, length)
    return length != 0 and not (machine.arch == "x86_64" and 0xfec0_0000 <= start and end <= 0xfef0_0000)
