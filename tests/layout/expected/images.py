# SPDX-License-Identifier: Apache-2.0
"""Where images go, and what memory has to be there: boot-address, -image-clash, -memory, -entry."""

from collections.abc import Iterator
from dataclasses import dataclass

from .base import (ALLOC, DIRECT, ERROR, IDENTICAL, MULTIBOOT, NOTE, UEFI, V0_7, V0_7_3, WARNING, WHOLE, LAST, Expected, Machine, Vm,
                   memory_range, pair)
from .boot import (BUILTIN_BIOS, boots_loongarch, firmware_loads_all, is_bzimage, kernel_is_moved, may_be_bzimage, moves,
                   protocol_of)

KEYS = {"entry": "entry_point", "kernel": "kernel_load_addr", "dtb": "dtb_load_addr", "ramdisk": "ramdisk_load_addr",
        "bios": "bios_load_addr"}
IMAGES = ("kernel", "dtb", "ramdisk", "bios")
NO, PERHAPS, PART, ALL = "no", "perhaps", "part", "all"


@dataclass
class Place:
    start: int
    size: int
    is_moved: bool = False


def places(machine: Machine, vm: Vm) -> dict[str, Place]:
    """Where the entry and the images really go; without those whose addresses do not count."""
    protocol = protocol_of(vm)
    size = {**vm.size, "kernel": max(vm.size.get("kernel", 0), vm.run_size)}
    found = {what: Place(address, size.get(what, 0)) for what, address in vm.addr.items()}
    found.setdefault("entry", Place(0, 0)).size = 0
    counts = {
        "entry": entry_counts(machine, vm),
        "kernel": not firmware_loads_all(machine, vm),
        "dtb": dtb_counts(machine, vm),
        "ramdisk": not firmware_loads_all(machine, vm) and "ramdisk" in vm.paths,
        "bios": vm.enable_bios and ("bios" in vm.paths or (protocol == UEFI and "uefi_firmware" in vm.paths)),
    }
    if kernel_is_moved(machine, vm):
        to = vm.memory[0].gpa + (0x200000 if protocol == MULTIBOOT else 0)
        to %= LAST + 1
        if "kernel" not in vm.addr or vm.addr.get("entry", 0) < vm.addr["kernel"]:
            counts["entry"] = False
        else:
            found["entry"] = Place((to + vm.addr.get("entry", 0) - vm.addr["kernel"]) % (LAST + 1), 0, True)
        if "kernel" in found:
            found["kernel"] = Place(to, found["kernel"].size, True)
    if is_bzimage(machine, vm) and moves(vm):
        counts["kernel"] = counts["ramdisk"] = False
    return {what: place for what, place in found.items() if counts[what]}


def entry_counts(machine: Machine, vm: Vm) -> bool:
    if "entry" not in vm.addr or is_bzimage(machine, vm):
        return False
    return protocol_of(vm) != UEFI or (machine.since(V0_7) and not machine.may_be("loongarch64"))


def dtb_counts(machine: Machine, vm: Vm) -> bool:
    if "dtb" not in vm.addr or machine.arch == "x86_64":
        return False
    if machine.arch == "loongarch64":
        return "dtb" in vm.paths and not firmware_loads_all(machine, vm)
    return not moves(vm)


def hold_of(vm: Vm, i: int, place: Place) -> str:
    """How much of an image one region has; where an identical one is, nobody knows, but for what moves with it."""
    region = vm.memory[i]
    if region.kind == IDENTICAL and not (place.is_moved and i == 0):
        return PERHAPS
    there = memory_range(region)
    if not there:
        # What is wrong with its end is a finding already.
        hold = ALL if region.gpa <= place.start else NO
    elif not there[0] <= place.start < there[1]:
        hold = NO
    else:
        hold = ALL if place.start + place.size <= there[1] else PART
    return PERHAPS if hold == NO and region.kind == IDENTICAL else hold


def holds(machine: Machine, vm: Vm, place: Place) -> str:
    each = [hold_of(vm, i, place) for i in range(len(vm.memory))]
    best = next((hold for hold in (ALL, PERHAPS, PART) if hold in each), NO)
    # From 0.7.3 on regions that adjoin count as one.
    if machine.since(V0_7_3) and best in (PART, PERHAPS) and together(vm, place):
        return ALL
    return best


def together(vm: Vm, place: Place) -> bool:
    known = []
    for i, region in enumerate(vm.memory):
        if region.kind != IDENTICAL or (place.is_moved and i == 0):
            known.append(memory_range(region) or (region.gpa, LAST))
    at, need = place.start, place.start + max(place.size, 1)
    for start, end in sorted(known):
        if start <= at < end:
            at = end
    return at >= need and at > place.start


def findings(machine: Machine) -> Iterator[Expected]:
    for index, vm in enumerate(machine.vms):
        yield from of_addresses(machine, index, vm)
        yield from of_clashes(machine, index, vm)
        yield from of_memory(machine, index, vm)
        yield from of_entry(machine, index, vm)


def of_addresses(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    for what, place in places(machine, vm).items() if vm.memory else ():
        owner, hold = (index, KEYS[what], 0), holds(machine, vm, place)
        if hold == NO and place.is_moved:
            yield pair("boot-address", ERROR, owner, (index, "memory_regions", 0), 0, "nor in the one that it is moved with")
        elif hold == NO:
            yield Expected("boot-address", ERROR, owner, says="is in no memory region")
        elif hold == PART:
            region = 0 if place.is_moved else next(i for i in range(len(vm.memory)) if hold_of(vm, i, place) == PART)
            yield pair("boot-address", ERROR, owner, (index, "memory_regions", region), place.size,
                       "whatever kernel_load_addr says" if place.is_moved else "one region must contain")
        elif hold == PERHAPS:
            yield Expected("boot-address", NOTE, owner, says="no memory region with a fixed address")
    if machine.arch == "x86_64" and "dtb" in vm.addr and machine.since(V0_7):
        yield Expected("boot-address", ERROR, (index, "dtb_load_addr", 0), says="x86_64 has no device tree")


def of_clashes(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    there = places(machine, vm)
    for j, b in enumerate(IMAGES):
        for a in IMAGES[:j]:
            if a not in there or b not in there:
                continue
            x, y = there[a], there[b]
            # How far what is moved with an identical region is from the others, nobody knows.
            if x.is_moved != y.is_moved and vm.memory[0].kind == IDENTICAL:
                continue
            sizes = x.size != 0 and y.size != 0
            overlap = any(0 <= (p.start - q.start) % (LAST + 1) < q.size for p, q in ((x, y), (y, x)))
            if x.start == y.start or (sizes and overlap):
                yield pair("boot-image-clash", ERROR if sizes else WARNING, (index, KEYS[a], 0), (index, KEYS[b], 0), 0,
                           "overlaps the one at" if sizes else "is the same address as")
                break


def of_memory(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    protocol = protocol_of(vm)
    key = (index, "boot_protocol" if vm.protocol is not None else "enable_bios", 0)
    needs = []
    if firmware_loads_all(machine, vm) and machine.since(V0_7):
        needs.append((key, [(0x100000, 1)]))
    if boots_loongarch(machine, vm):
        needs.append((key, [(0, 0x101000)]))
        ramdisk = places(machine, vm).get("ramdisk")
        if ramdisk and ramdisk.start < 0x101000:
            yield Expected("boot-memory", ERROR, (index, "ramdisk_load_addr", 0), None, 0x101000, "is below the end")
    lowest = any(r.gpa == 0 and r.kind == ALLOC for r in vm.memory)
    if machine.arch == "x86_64" and machine.since(V0_7_3) and vm.memory and not lowest:
        yield Expected("boot-memory", ERROR, (index, "memory_regions", WHOLE), says="begins at 0")
    else:
        if machine.may_be("x86_64") and protocol == MULTIBOOT and vm.enable_bios and "bios" not in vm.paths:
            needs.append((key, [(0x6000, 0x1000), (0x8000, 0x1000)]))
        if is_bzimage(machine, vm):
            needs.append(((index, "kernel_load_addr", 0), [(0x7000, 0x2000), (0x9F800, 0x800)]))
    for owner, wanted in needs if vm.memory else ():
        for start, size in wanted:
            hold = holds(machine, vm, Place(start, size))
            if hold != ALL:
                yield Expected("boot-memory", NOTE if hold == PERHAPS else ERROR, owner, None, start,
                               "no region with a fixed address" if hold == PERHAPS else "that no region contains")
                break


def of_entry(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    protocol = protocol_of(vm)
    if protocol in (None, UEFI) or is_bzimage(machine, vm) or not {"entry", "kernel"} <= set(vm.addr):
        return
    entry, kernel, size = vm.addr["entry"], vm.addr["kernel"], vm.size.get("kernel", 0)
    owners = (index, "entry_point", 0), (index, "kernel_load_addr", 0)
    moved = kernel_is_moved(machine, vm)
    direct = protocol == DIRECT and not machine.may_be("x86_64")
    if protocol == DIRECT and not may_be_bzimage(machine, vm) and not vm.own_entry:
        past = size != 0 and entry >= kernel + size
        below = entry < kernel and direct and not moved
        if (past or below) and enters_nothing(machine, vm):
            severity = ERROR if past or size != 0 else WARNING
            yield pair("boot-entry", severity, *owners, size,
                       "is past the end" if past else "where nothing is loaded" if size else "is below the kernel,")
    if entry >= kernel:
        return
    if moved:
        perhaps = may_be_bzimage(machine, vm)
        yield pair("boot-entry-below-load", WARNING if perhaps else ERROR, *owners, 0,
                   "unless the kernel is a bzImage" if perhaps else "moves with this first region")
    elif not direct and not enters_bios(vm, protocol):
        yield pair("boot-entry-below-load", NOTE, *owners, 0, "a boot stub is there")


def enters_nothing(machine: Machine, vm: Vm) -> bool:
    """Whether the entry is in no other image, but in memory: what is in none is boot-address."""
    there = places(machine, vm)
    at = there.get("entry")
    if at is None:
        return False
    for what in ("dtb", "ramdisk", "bios"):
        if what in there and 0 <= (at.start - there[what].start) % (LAST + 1) < max(there[what].size, 1):
            return False
    return holds(machine, vm, at) != NO


def enters_bios(vm: Vm, protocol: int) -> bool:
    if protocol != MULTIBOOT or not vm.enable_bios:
        return False
    entry = vm.addr["entry"]
    return entry == vm.addr.get("bios", 0) if "bios" in vm.paths else entry == BUILTIN_BIOS
