# SPDX-License-Identifier: Apache-2.0
"""Emulated devices, each by itself and as a list: device-type, -config, -fixed, -arch, -ivc, -twice."""

from collections.abc import Iterator

from .base import (ERROR, PAGE, UEFI, V0_7, V0_7_3, WARNING, Emulated, Expected, Machine, Vm, fits)
from .boot import protocol_of

DUMMY, CONTROLLER, CONSOLE, FW_CFG, IVC = 0, 1, 2, 3, 0xA
REDISTRIBUTOR, DISTRIBUTOR, ITS, IO_APIC, PIT, PCH_PIC, PLIC = 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x30
VIRTIO = (0xE1, 0xE2, 0xE3)
# Which architecture has a type alone.
ARCH = {CONTROLLER: "aarch64", REDISTRIBUTOR: "aarch64", DISTRIBUTOR: "aarch64", ITS: "aarch64",
        CONSOLE: "x86_64", IO_APIC: "x86_64", PIT: "x86_64", PLIC: "riscv64", FW_CFG: "loongarch64", PCH_PIC: "loongarch64"}
NUMBERS = {REDISTRIBUTOR: 3, ITS: 1, PLIC: 1}
FIXED = {CONSOLE: (0x3F8, 8), PIT: (0x40, 0x22), CONTROLLER: (0x8000000, 0x10000)}
PLIC_PLACE = 0x0C000000


def is_known(machine: Machine, device: Emulated) -> bool:
    if device.kind in (FW_CFG, PCH_PIC):
        return machine.since(V0_7)
    return device.kind in (DUMMY, IVC, *ARCH, *VIRTIO)


def is_skipped(machine: Machine, device: Emulated) -> bool:
    """Not for the architecture, where that is known."""
    if machine.arch is None or device.kind in (DUMMY, IVC):
        return False
    return ARCH.get(device.kind) != machine.arch


def is_old_gppt(device: Emulated) -> bool:
    return device.kind == CONSOLE and device.base > 0xFFFF


def single(machine: Machine, device: Emulated) -> int | None:
    """The kind of device of which a VM has one."""
    if is_skipped(machine, device):
        return None
    if device.kind == PLIC and not machine.since(V0_7):
        return None
    return device.kind if device.kind in (CONSOLE, PIT, CONTROLLER, IVC, PLIC) else None


def firsts(machine: Machine, vm: Vm) -> dict[int, int]:
    """The first device of each kind of which a VM has one."""
    found: dict[int, int] = {}
    for i, device in enumerate(vm.emulated):
        kind = single(machine, device)
        if kind is not None:
            found.setdefault(kind, i)
    return found


def is_second(machine: Machine, vm: Vm, i: int) -> bool:
    kind = single(machine, vm.emulated[i])
    return kind is not None and firsts(machine, vm)[kind] != i


def footprint(device: Emulated) -> tuple[int, int] | None:
    """The guest addresses that a device really takes; None where it takes none, or they do not fit."""
    if device.kind in (DUMMY, CONSOLE, PIT):
        return None
    if device.kind == CONTROLLER:
        return 0x8000000, 0x8010000
    length = device.length
    if device.kind == REDISTRIBUTOR:
        if len(device.numbers) < 2:
            return None
        frames, stride = device.numbers[:2]
        last = (frames - 1) * stride
        length = 0 if frames == 0 else last + length
        if frames != 0 and last + device.length > (1 << 64) - 1:
            return None
    return (device.base, device.base + length) if fits(device.base, length) else None


def findings(machine: Machine) -> Iterator[Expected]:
    if machine.since(V0_7_3):
        return
    for index, vm in enumerate(machine.vms):
        for i in range(len(vm.emulated)):
            yield from of_device(machine, index, i)
        yield from of_list(machine, index)


def of_device(machine: Machine, index: int, i: int) -> Iterator[Expected]:
    vm = machine.vms[index]
    device = vm.emulated[i]
    owner = (index, "emu_devices", i)

    def say(code: str, severity: str, value: int = 0, says: str = "") -> Expected:
        return Expected(code, severity, owner, None, value, says)

    if device.kind == DUMMY:
        return
    if not is_known(machine, device):
        yield say("device-type", ERROR, device.kind, "before July 2025" if device.kind <= 11 else "that the hypervisor knows")
        if not fits(device.base, device.length):
            yield say("device-overflow", ERROR, device.length)
        return
    if device.kind in VIRTIO:
        yield say("device-arch", ERROR if machine.since(V0_7) else WARNING, device.kind, "on any architecture")
        if machine.arch is not None:
            return
    elif is_skipped(machine, device):
        old = device.kind == FW_CFG or is_old_gppt(device)
        yield say("device-arch", WARNING, device.kind, "renumber the types" if old else "Remove it: the hypervisor skips it.")
        return
    if is_second(machine, vm, i):
        return
    if device.kind in FIXED:
        place, size = FIXED[device.kind]
        if device.length == 0:
            yield say("device-empty", ERROR)
        elif (device.base, device.length) != (place, size):
            yield say("device-fixed", WARNING, place, "is a console, but" if is_old_gppt(device) else "is not configured where")
        return
    short = len(device.numbers) < NUMBERS.get(device.kind, 0)
    if short:
        yield say("device-config", ERROR, device.kind, "has fewer members")
    elif footprint(device):
        yield from of_config(machine, vm, device, say)
    if device.length == 0:
        yield say("device-empty", ERROR)
    elif not fits(device.base, device.length):
        yield say("device-overflow", ERROR, device.length, "has an end")
        return
    taken = (device.base, device.base + device.length) if short else footprint(device)
    if taken is None:
        yield say("device-overflow", ERROR, device.numbers[1], "has frames")
    elif device.length != 0 and taken[1] > machine.widest():
        mild = machine.gpa_bits == 0 and not machine.since(V0_7)
        yield say("device-beyond-width", WARNING if mild else ERROR, machine.gpa_bits)
    if device.kind == IVC and device.base % PAGE != 0:
        yield say("device-ivc", ERROR, 0, "is not page-aligned")
    if device.kind == PLIC and device.base != PLIC_PLACE:
        yield say("device-fixed", WARNING, PLIC_PLACE, "looks for a PLIC")


def of_config(machine, vm, device, say) -> Iterator[Expected]:
    if device.kind == REDISTRIBUTOR:
        frames, stride = device.numbers[:2]
        if 1 <= vm.cpu_num <= 64 and frames != vm.cpu_num:
            yield say("device-config", WARNING, frames, "another number of vCPUs")
        if device.length == 0 or device.length == stride:
            return
        if machine.since(V0_7) and frames > 1 and device.length > stride:
            yield say("device-config", ERROR, device.kind, "has overlapping frames")
        else:
            yield say("device-config", WARNING, stride, "not the stride of its frames")
    if device.kind == PLIC:
        if machine.since(V0_7) and len(device.numbers) > 1:
            yield say("device-config", ERROR, device.kind, "has more members")
        if device.length != 0 and device.length <= 0x200004 + device.numbers[0] * 0x1000:
            yield say("device-config", ERROR, device.kind, "too short for its contexts")


def of_list(machine: Machine, index: int) -> Iterator[Expected]:
    vm = machine.vms[index]
    first = firsts(machine, vm)
    for i, device in enumerate(vm.emulated):
        if not is_second(machine, vm, i):
            continue
        a, b = (index, "emu_devices", first[device.kind]), (index, "emu_devices", i)
        if device.kind == IVC:
            yield Expected("device-ivc", WARNING, a, b, 0, "is the only IVC channel that is used")
        else:
            yield Expected("device-twice", ERROR, a, b, 0, "is the VM's PLIC" if device.kind == PLIC else "has the same place as")
    if machine.arch is None:
        yield from of_archs(machine, index)


def of_archs(machine: Machine, index: int) -> Iterator[Expected]:
    vm = machine.vms[index]
    lone = protocol_of(vm) != UEFI and not any(d.kind == PCH_PIC for d in vm.emulated)
    first = None
    for i, device in enumerate(vm.emulated):
        if device.kind not in ARCH or not is_known(machine, device):
            continue
        owner = (index, "emu_devices", i)
        if device.kind == FW_CFG and lone:
            yield Expected("device-arch", WARNING, owner, None, device.kind, "but nothing else in the VM")
        elif is_old_gppt(device):
            continue
        elif first is None:
            first = i
        elif ARCH[device.kind] != ARCH[vm.emulated[first].kind]:
            yield Expected("device-arch", WARNING, (index, "emu_devices", first), owner, vm.emulated[first].kind,
                           "is for another architecture than")
