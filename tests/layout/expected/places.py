# SPDX-License-Identifier: Apache-2.0
"""Places of a guest where two things are: device-in-memory, device-overlap, machine-conflict."""

from collections.abc import Iterator

from .base import ERROR, NOTE, V0_7, V0_7_3, WARNING, WHOLE, Expected, Machine, Span, fits, meeting, memory_range, pages, pair, sweep
from .emulated import footprint, is_known, is_second, is_skipped
from .memory import spans_of
from .passthrough import mapped, ranges

# Start, size, and whether there is one of each vCPU.
DEVICES = {
    "aarch64": ((0x08000000, 0x10000, False), (0x080A0000, 0x20000, True), (0x09000000, 0x1000, False)),
    "riscv64": ((0x0C000000, 0x600000, False), (0x10000000, 0x100, False)),
    "x86_64": ((0xC0000000, 0x10000000, False), (0xFEC00000, 0x1000, False), (0xFEE00000, 0x1000, False)),
    "loongarch64": ((0x10000000, 0x1000, False), (0x1E020000, 0x18, False), (0x1FE001E0, 0x100, False),
                    (0x20000000, 0x8000000, False), (0x40000000, 0x40000000, False)),
}
WINDOWS = {"aarch64": (0x0B000000, 0x10000000), "riscv64": (0x11000000, 0x20000000),
           "x86_64": (0x80000000, 0xC0000000), "loongarch64": (0x30000000, 0x40000000)}


def findings(machine: Machine) -> Iterator[Expected]:
    for index in range(len(machine.vms)):
        if machine.since(V0_7_3):
            yield from of_machine(machine, index)
        else:
            yield from of_devices(machine, index)


def emulated_spans(machine: Machine, index: int) -> Iterator[Span]:
    vm = machine.vms[index]
    for i, device in enumerate(vm.emulated):
        place = footprint(device)
        if device.length == 0 or not place or place[0] == place[1]:
            continue
        if is_known(machine, device) and not is_skipped(machine, device) and not is_second(machine, vm, i):
            # 0.5 dispatches by bytes.
            yield Span(*(pages(*place) if machine.since(V0_7) else place), (index, "emu_devices", i), None, place)


def spans_of_devices(machine: Machine, index: int) -> list[Span]:
    """Of devices `what` is the distance to the host's pages where they are passed through, else None."""
    spans = list(emulated_spans(machine, index))
    for owner, base, length, distance in ranges(machine, index):
        if fits(base, length):
            spans.append(Span(*pages(*mapped(machine, base, length)), owner, distance, (base, base + length)))
    for i, reserved in enumerate(machine.vms[index].reserved):
        if machine.since(V0_7) and reserved.length != 0 and fits(reserved.base, reserved.length):
            place = (reserved.base, reserved.base + reserved.length)
            spans.append(Span(*pages(*place), (index, "reserved_addresses", i), None, place))
    return spans


def of_devices(machine: Machine, index: int) -> Iterator[Expected]:
    devices, memory = spans_of_devices(machine, index), spans_of(machine, index)

    def is_memory(span: Span) -> bool:
        return span.owner[1] == "memory_regions"

    reported = set()
    for identical in (False, True):
        some = [span for span in memory if span.what == identical]
        for owner, span in sweep(devices + some, lambda a, b: is_memory(a) != is_memory(b)):
            if span not in reported:
                reported.add(span)
                yield meeting("device-in-memory", NOTE if identical else ERROR, owner, span,
                              "overlaps, as configured," if identical else "overlaps")
    for owner, span in sweep(devices, lambda a, b: a.what is None or b.what is None or a.what != b.what):
        both = owner.what is not None and span.what is not None
        yield meeting("device-overlap", ERROR, owner, span, "maps a GPA to another HPA than" if both else "overlaps",
                      "shares the 4 KiB page")


def of_machine(machine: Machine, index: int) -> Iterator[Expected]:
    """Memory, where it is configured, and what every guest of an architecture has."""
    vm = machine.vms[index]
    if machine.arch is None:
        return
    for i, region in enumerate(vm.memory):
        place = memory_range(region)
        for n, (start, size, each) in enumerate(DEVICES[machine.arch] if place else ()):
            end = start + size * (max(1, min(vm.cpu_num, 64)) if each else 1)
            if place[0] < end and start < place[1] and start != 0xFEE00000:
                yield pair("machine-conflict", WARNING if machine.by_tree() else ERROR, (index, "memory_regions", i),
                           (index, "machine", n), 0, "unless the host's device tree" if machine.by_tree() else "or leave a hole")
                break
    start, end = WINDOWS[machine.arch]
    covered = start
    for place in sorted(p for p in map(memory_range, vm.memory) if p):
        if place[0] <= covered:
            covered = max(covered, place[1])
    if vm.auto_devices != 0 and covered >= end:
        yield Expected("machine-conflict", ERROR, (index, "memory_regions", WHOLE), None, start, "fills the window")
