# SPDX-License-Identifier: Apache-2.0
"""How a VM boots: the protocol and what it needs, and keys without effect."""

from collections.abc import Iterator

from .base import (ALLOC, DIRECT, ERROR, IDENTICAL, MULTIBOOT, NOTE, RESERVED, UEFI, V0_7, V0_7_3, WARNING, WHOLE,
                   Expected, Machine, Vm)

BUILTIN_BIOS = 0x8000
MOST_CMDLINE = 511
LOCATIONS = (1, 2)


def protocol_of(vm: Vm) -> int | None:
    """The protocol that a VM boots by; None for an unknown name."""
    if vm.protocol is not None:
        return vm.protocol if vm.protocol <= UEFI else None
    return MULTIBOOT if vm.enable_bios else DIRECT


def may_be_bzimage(machine: Machine, vm: Vm) -> bool:
    return machine.may_be("x86_64") and protocol_of(vm) == DIRECT and vm.bzimage is not False


def is_bzimage(machine: Machine, vm: Vm) -> bool:
    return may_be_bzimage(machine, vm) and vm.bzimage is True


def moves(vm: Vm) -> bool:
    """Whether the first region takes the kernel along: it is identical or reserved."""
    return bool(vm.memory) and vm.memory[0].kind in (IDENTICAL, RESERVED)


def kernel_is_moved(machine: Machine, vm: Vm) -> bool:
    if protocol_of(vm) == UEFI and machine.since(V0_7):
        return False
    return moves(vm) and not is_bzimage(machine, vm)


def firmware_loads_all(machine: Machine, vm: Vm) -> bool:
    return machine.arch == "loongarch64" and protocol_of(vm) == UEFI


def boots_loongarch(machine: Machine, vm: Vm) -> bool:
    return machine.arch == "loongarch64" and machine.since(V0_7_3) and protocol_of(vm) == DIRECT


def protocol_may_be(machine: Machine, protocol: int) -> bool:
    """Whether there is such an architecture: multiboot and UEFI are of x86_64, from 0.7 on UEFI of loongarch64."""
    archs = ("x86_64", "loongarch64") if protocol == UEFI and machine.since(V0_7) else ("x86_64",)
    return machine.may_be(*archs)


def findings(machine: Machine) -> Iterator[Expected]:
    for index, vm in enumerate(machine.vms):
        key = (index, "boot_protocol" if vm.protocol is not None else "enable_bios", 0)
        yield from of_protocol(machine, index, vm, key)
        yield from of_missing(machine, index, vm)
        yield from of_unused(machine, index, vm)


def of_protocol(machine: Machine, index: int, vm: Vm, key) -> Iterator[Expected]:
    protocol = protocol_of(vm)

    def say(says: str, at=key, value: int = 0) -> Expected:
        return Expected("boot-protocol", ERROR, at, None, value, says)

    if protocol is None:
        yield say("is not a boot protocol")
        return
    if vm.protocol is None and not vm.complete and not vm.enable_bios:
        return
    cmdline = (index, "cmdline", 0)
    length = vm.cmdline or 0
    if protocol == DIRECT:
        if vm.enable_bios:
            yield say("is direct, but")
        elif machine.arch == "loongarch64" and machine.version == V0_7:
            yield say("does not select uefi")
        if boots_loongarch(machine, vm) and length > MOST_CMDLINE:
            yield say("on loongarch64", cmdline, length)
        if is_bzimage(machine, vm):
            if length > MOST_CMDLINE:
                yield say("for a bzImage", cmdline, length)
            if vm.cmdline is None and vm.complete and machine.since(V0_7):
                yield say("but a bzImage needs it", cmdline)
        return
    if not protocol_may_be(machine, protocol):
        if machine.arch == "loongarch64" and machine.version == V0_7:
            yield say("does not select uefi")
        else:
            yield say("selects uefi" if protocol == UEFI else "selects multiboot")
        return
    if not vm.enable_bios and vm.complete:
        yield say("is multiboot or uefi, but")
    if protocol == UEFI:
        if vm.complete and not vm.paths & {"uefi_firmware", "bios"}:
            yield say("is uefi, but no firmware")
    elif "bios" in vm.addr and "bios" not in vm.paths and vm.addr["bios"] != BUILTIN_BIOS:
        yield say("is not 0x8000", (index, "bios_load_addr", 0))


def of_missing(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    protocol = protocol_of(vm)
    code = "boot-image-missing"
    if vm.location not in (0, *LOCATIONS) or (vm.location == 0 and vm.complete):
        yield Expected(code, ERROR, (index, "image_location", 0))
    if not vm.complete:
        return
    if "kernel" not in vm.paths and machine.since(V0_7_3):
        yield Expected(code, ERROR, (index, "kernel_path", 0))
    by_firmware = firmware_loads_all(machine, vm) or (protocol == UEFI and machine.since(V0_7_3))
    if "ramdisk" in vm.paths and "ramdisk" not in vm.addr and not by_firmware:
        yield Expected(code, ERROR, (index, "ramdisk_load_addr", 0), says="ramdisk_path")
    if "dtb" in vm.paths and "dtb" not in vm.addr and machine.arch == "loongarch64" and not machine.since(V0_7):
        yield Expected(code, ERROR, (index, "dtb_load_addr", 0), says="dtb_path")
    loads = protocol == UEFI or (protocol == MULTIBOOT and "bios" in vm.paths)
    if loads and protocol_may_be(machine, protocol) and "bios" not in vm.addr:
        yield Expected(code, ERROR, (index, "bios_load_addr", 0), says="a BIOS or UEFI image")
    if firmware_loads_all(machine, vm) and machine.version == V0_7 and not any(d.kind == 3 for d in vm.emulated):
        yield Expected(code, ERROR, (index, "emu_devices", WHOLE), says="fw-cfg")


def of_unused(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    protocol = protocol_of(vm)

    def say(severity: str, table: str, says: str, place: int = 0) -> Expected:
        return Expected("key-unused", severity, (index, table, place), None, 0, says)

    if vm.sets and machine.by_tree():
        yield say(NOTE, "phys_cpu_sets", "made from phys_cpu_ids", WHOLE)
    if "ramdisk" in vm.addr and "ramdisk" not in vm.paths and vm.complete:
        yield say(NOTE, "ramdisk_load_addr", "without ramdisk_path")
    if protocol == MULTIBOOT and vm.enable_bios and protocol_may_be(machine, protocol) and "uefi_firmware" in vm.paths:
        yield say(WARNING, "uefi_firmware_path", "only boot_protocol")
    if protocol == DIRECT and not vm.enable_bios and vm.complete:
        says = "without enable_bios" if machine.may_be("x86_64", "loongarch64") else "starts a guest without a firmware"
        for table, there in (("bios_path", "bios" in vm.paths), ("uefi_firmware_path", "uefi_firmware" in vm.paths),
                             ("bios_load_addr", "bios" in vm.addr)):
            if there:
                yield say(WARNING, table, says)
    unread = machine.by_tree() and not machine.since(V0_7_3) or machine.arch == "loongarch64" and not machine.since(V0_7)
    if vm.cmdline and unread:
        yield say(NOTE, "cmdline", "bootargs")
    if vm.disabled and machine.without_tree() and machine.since(V0_7_3):
        yield say(NOTE, "disabled_paths", "has no device tree", WHOLE)
    if "disk" in vm.paths and not machine.since(V0_7_3):
        yield say(NOTE, "disk_path", "never reads it")


assert ALLOC == 0
