# SPDX-License-Identifier: Apache-2.0
"""memory-*, and tree-ram."""

from collections.abc import Iterator

from .base import (ALLOC, ERROR, IDENTICAL, LAST, NO_VM, NOTE, PAGE, RESERVED, V0_7_3, WARNING, WHOLE, Expected, Machine,
                   Region, Span, fits, meeting, memory_range, pages, sweep)

APIC = 0xFEE00000


def findings(machine: Machine) -> Iterator[Expected]:
    for index, vm in enumerate(machine.vms):
        if not vm.memory and vm.complete:
            yield Expected("memory-none", ERROR, (index, "memory_regions", WHOLE))
        for i, region in enumerate(vm.memory):
            yield from of_region(machine, (index, "memory_regions", i), region)
        yield from overlaps(machine, index)
    if machine.host_memory:
        yield from of_host(machine)


def of_region(machine: Machine, owner: tuple[int, str, int], region: Region) -> Iterator[Expected]:
    if region.kind > RESERVED:
        yield Expected("memory-map-type", ERROR, owner, None, region.kind)
    if region.size == 0:
        yield Expected("memory-empty", ERROR, owner, says="refuses" if machine.since(V0_7_3) else "panics")
        return
    is_identical = region.kind == IDENTICAL
    # An address that is ignored is a note, unless no address could hold so much.
    ignored = is_identical and not machine.since(V0_7_3) and min(region.size, LAST) <= machine.widest()
    severity = NOTE if ignored else ERROR
    if not fits(region.gpa, region.size):
        yield Expected("memory-overflow", severity, owner, None, region.size, "configured end" if ignored else "has an end")
    else:
        start, end = region.gpa, region.gpa + region.size
        if end > machine.widest():
            yield Expected("memory-beyond-width", severity, owner, None, machine.gpa_bits,
                           "is configured to end" if ignored else "ends past")
        first, past = pages(start, end)
        if machine.arch == "x86_64" and first < APIC + PAGE and APIC < past:
            yield Expected("memory-reserved", NOTE if is_identical else ERROR, owner, None, APIC,
                           "local APIC" if machine.since(V0_7_3) else "on Intel")
    bad_size, bad_gpa = region.size % PAGE != 0, region.gpa % PAGE != 0 and not is_identical
    if bad_size or bad_gpa:
        yield Expected("memory-unaligned", ERROR, owner, says="has a gpa and a size" if bad_size and bad_gpa
                       else "has a size" if bad_size else "has a gpa that")


def spans_of(machine: Machine, index: int) -> list[Span]:
    found = []
    for i, region in enumerate(machine.vms[index].memory):
        place = memory_range(region)
        if place:
            found.append(Span(*pages(*place), (index, "memory_regions", i), region.kind == IDENTICAL, place))
    return found


def overlaps(machine: Machine, index: int) -> Iterator[Expected]:
    spans = spans_of(machine, index)
    reported = set()
    for owner, span in sweep([s for s in spans if not s.what], lambda a, b: True):
        reported.add(span)
        yield meeting("memory-overlap", ERROR, owner, span, "overlaps", "shares the 4 KiB page")
    for owner, span in sweep(spans, lambda a, b: bool(a.what or b.what)):
        if span not in reported:
            yield meeting("memory-overlap", NOTE, owner, span, "overlaps, as configured,")


def of_host(machine: Machine) -> Iterator[Expected]:
    """Reserved regions in the host's memory, and the rest of them against how much there is."""
    points = sorted({0, LAST, *(p for r in machine.host_memory for p in r)})
    held = [(a, b) for a, b in zip(points, points[1:]) if any(s <= a and b <= e for s, e in machine.host_memory)]
    total = left = sum(b - a for a, b in held)
    full = False
    whole = (NO_VM, "host_memory", WHOLE)
    for index, vm in enumerate(machine.vms):
        for i, region in enumerate(vm.memory):
            place = memory_range(region)
            if not place:
                continue
            owner = (index, "memory_regions", i)
            if region.kind == RESERVED:
                at = place[0]
                for a, b in held:
                    if a <= at < b:
                        at = b
                if at < place[1]:
                    yield Expected("tree-ram", WARNING, owner, whole, at, "has addresses that are not in")
            elif region.size <= left:
                left -= region.size
            elif not full:
                full = True
                yield Expected("tree-ram", WARNING, owner, whole, total, "needs, together")


assert ALLOC == 0
