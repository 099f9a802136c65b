# SPDX-License-Identifier: Apache-2.0
"""CPUs, interrupts, ids and names, and what VMs share of the host."""

from collections.abc import Iterator

from .base import (ERROR, NO_VM, NOTE, RESERVED, V0_7, V0_7_3, WARNING, WHOLE, Expected, Machine, Owner, Span, Vm, fits,
                   groups, meeting, memory_range, pages, pair, sweep)
from .emulated import DUMMY, PLIC
from .passthrough import deciding, mapped, ranges


def findings(machine: Machine) -> Iterator[Expected]:
    for index, vm in enumerate(machine.vms):
        yield from of_cpus(machine, index, vm)
        yield from of_sets(machine, index, vm)
        if not machine.since(V0_7_3):
            yield from of_irqs(machine, index, vm)
            if machine.arch == "aarch64" and vm.irq_mode == 2 and not 1 <= vm.id <= 8 and (vm.complete or vm.id != 0):
                yield Expected("vm-id", WARNING, (index, "id", 0), None, vm.id, "is not from 1 to 8")
    if len(machine.vms) > 1:
        yield from of_ids(machine)
        yield from of_shared_cpus(machine)
        if not machine.since(V0_7_3):
            yield from of_shared_irqs(machine)
    if len(machine.vms) > 1 or machine.hypervisor:
        yield from of_host(machine)


def has_count(vm: Vm) -> bool:
    return 1 <= vm.cpu_num <= 64


def of_cpus(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    if vm.cpu_num > 64 or (vm.cpu_num == 0 and vm.complete):
        yield Expected("cpu-count", ERROR, (index, "cpu_num", 0), None, vm.cpu_num)
    if not vm.complete:
        return
    lists = [("phys_cpu_ids", vm.ids)] + ([] if machine.by_tree() else [("phys_cpu_sets", vm.sets)])
    for table, entries in lists:
        if entries is None or not has_count(vm) or machine.since(V0_7_3) or len(entries) == vm.cpu_num:
            continue
        longer = len(entries) > vm.cpu_num
        severity = ERROR if longer and not machine.since(V0_7) else WARNING
        yield Expected("cpu-list", severity, (index, table, WHOLE), None, len(entries), "more" if longer else "fewer")
    if vm.ids is None and machine.by_tree():
        yield Expected("cpu-list", ERROR, (index, "phys_cpu_ids", WHOLE), says="is missing")


def used_ids(machine: Machine, vm: Vm) -> list[int]:
    ids = vm.ids or []
    return ids[:vm.cpu_num] if machine.since(V0_7_3) and has_count(vm) else ids


def of_sets(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    refused = machine.arch == "aarch64" and machine.since(V0_7_3)
    ids = used_ids(machine, vm)
    for first, *others in groups((id_, (index, "phys_cpu_ids", i)) for i, id_ in enumerate(ids)):
        for other in others:
            yield Expected("cpu-repeated", ERROR if refused else WARNING, first, other, ids[first[2]], "is the same CPU as")
    if refused and vm.complete and has_count(vm) and vm.ids is not None:
        for i, id_ in enumerate(ids):
            if len(vm.ids) <= id_ < vm.cpu_num:
                yield Expected("cpu-repeated", ERROR, (index, "phys_cpu_ids", i), None, id_, "is also the index")
    if machine.by_tree():
        return
    sets = vm.sets or []
    for first, *others in groups((s, (index, "phys_cpu_sets", i)) for i, s in enumerate(sets) if s):
        for other in others:
            yield Expected("cpu-shared", NOTE, first, other, sets[first[2]])
    if machine.since(V0_7_3) and has_count(vm) and len(sets) >= vm.cpu_num and not any(sets[:vm.cpu_num]):
        yield Expected("cpu-mask", ERROR, (index, "phys_cpu_sets", WHOLE), says="has only empty masks")
        return
    for i, mask in enumerate(sets):
        owner = (index, "phys_cpu_sets", i)
        beyond = mask & ~machine.host_cpus if machine.host_cpus else 0
        if mask == 0:
            yield Expected("cpu-mask", WARNING if machine.since(V0_7) else ERROR, owner)
        elif beyond:
            severity = WARNING if machine.version == V0_7 else ERROR
            yield Expected("cpu-mask", severity, owner, None, beyond)


def irqs_of(index: int, vm: Vm) -> list[tuple[int, Owner]]:
    return [(d.irq, (index, "passthrough_devices", i)) for i, d in enumerate(vm.passed) if d.irq]


def of_irqs(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    off = vm.complete and vm.irq_mode == 0
    plic = next((i for i, d in enumerate(vm.emulated) if d.kind == PLIC), None)
    if off and plic is not None and machine.since(V0_7) and machine.may_be("riscv64"):
        yield Expected("irq-unused", ERROR, (index, "emu_devices", plic), says="is a PLIC")
        return
    own = [(d.irq, (index, "emu_devices", i)) for i, d in enumerate(vm.emulated) if d.irq and d.kind != DUMMY]
    numbers = dict[Owner, int]()
    every = own + irqs_of(index, vm)
    numbers = {owner: irq for irq, owner in every}
    for first, *others in groups(every):
        if off:
            yield Expected("irq-unused", NOTE, first, None, numbers[first], "has an IRQ, but")
        elif others:
            yield Expected("irq-shared", NOTE, first, others[0], numbers[first],
                           "several devices, such as" if len(others) > 1 else "has the same IRQ as")


def of_ids(machine: Machine) -> Iterator[Expected]:
    known = [(vm.id, (i, "id", 0)) for i, vm in enumerate(machine.vms) if vm.id != 0 or vm.complete]
    for first, *others in groups(known):
        for other in others:
            yield Expected("vm-id", ERROR, first, other, machine.vms[first[0]].id, "is the same as")
    for first, *others in groups((vm.name, (i, "name", 0)) for i, vm in enumerate(machine.vms) if vm.name):
        for other in others:
            yield Expected("vm-name", WARNING, first, other)


def shared(machine: Machine, entries: list[list[tuple[object, Owner]]]) -> dict[tuple[int, int], list[tuple[Owner, Owner]]]:
    """By pairs of VMs: what the first VM that has a number shares with each other one, in order of the numbers."""
    found: dict[tuple[int, int], list[tuple[Owner, Owner]]] = {}
    for value in sorted({value for own in entries for value, _ in own}):
        places = [[owner for v, owner in own if v == value] for own in entries]
        having = [own[0] for own in places if own]
        for other in having[1:]:
            found.setdefault((having[0][0], other[0]), []).append((having[0], other))
    return found


def of_shared_cpus(machine: Machine) -> Iterator[Expected]:
    ids = shared(machine, [[(v, (i, "phys_cpu_ids", n)) for n, v in enumerate(used_ids(machine, vm))]
                           for i, vm in enumerate(machine.vms)])
    bits = {} if machine.by_tree() else shared(machine, [
        [(v, (i, "phys_cpu_sets", n)) for n, v in enumerate(vm.sets or []) if v.bit_count() == 1]
        for i, vm in enumerate(machine.vms)])
    for pair_of_vms in {**ids, **bits}:
        both = ids.get(pair_of_vms) or bits[pair_of_vms]
        (a, b), table = both[0], both[0][0][1]
        vm = machine.vms[a[0]]
        values = vm.ids if table == "phys_cpu_ids" else vm.sets
        if len(both) == 1:
            yield Expected("cpu-conflict", WARNING, a, b, values[a[2]], "is the same CPU as")
            continue
        value = 0
        for first, _ in both:
            value |= values[first[2]] if table == "phys_cpu_sets" else (1 << first[2] if first[2] < 64 else 0)
        yield Expected("cpu-conflict", WARNING, (a[0], table, WHOLE), (b[0], table, WHOLE), value, "shares CPUs with")


def of_shared_irqs(machine: Machine) -> Iterator[Expected]:
    both = shared(machine, [irqs_of(i, vm) if vm.irq_mode != 0 else [] for i, vm in enumerate(machine.vms)])
    for pairs in both.values():
        a, b = pairs[0]
        yield Expected("irq-conflict", NOTE, a, b, machine.vms[a[0]].passed[a[2]].irq,
                       "several devices that share" if len(pairs) > 1 else "has the same physical IRQ as")


def of_host(machine: Machine) -> Iterator[Expected]:
    """Pages of the host that are of two VMs, or of a VM and the hypervisor."""
    spans = []
    for index, vm in enumerate(machine.vms):
        for i, region in enumerate(vm.memory):
            place = memory_range(region)
            if place and region.kind == RESERVED:
                spans.append(Span(*pages(*place), (index, "memory_regions", i), None, place))
        if machine.since(V0_7_3):
            continue
        for owner, base, length, _ in ranges(machine, index):
            if owner[1] == "passthrough_devices" and machine.since(V0_7):
                base = vm.passed[owner[2]].hpa
            if fits(base, length):
                spans.append(Span(*pages(*mapped(machine, base, length)), owner, None, (base, base + length)))
    for i, (start, end) in enumerate(machine.hypervisor):
        if start < end:
            spans.append(Span(*pages(start, end), (NO_VM, "hypervisor", i), None, (start, end)))
    for one, other in sweep(spans, lambda a, b: a.owner[0] != b.owner[0]):
        yield meeting("host-conflict", ERROR, one, other, "overlaps in the host")


assert deciding
