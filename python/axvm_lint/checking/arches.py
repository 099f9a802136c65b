# SPDX-License-Identifier: Apache-2.0
"""Whether the VMs of a machine can be of one machine at all: it has one architecture."""

from collections.abc import Callable, Iterator

from axvm_types import Arch, BootProtocol, FindingCode, Model, Severity
from ..findings import Finding, Owner
from ..reading.virtual_machine import BY_PATH, VirtualMachine
from ..schema.virtual_models import VIRTUAL_MODELS
from ..text import choice, printable

Arches = frozenset[Arch]
_ALL: Arches = frozenset(Arch.all())

_DEVICE_TREE: Arches = frozenset({Arch.AARCH64, Arch.RISCV64})
_PROTOCOLS: dict[BootProtocol, Arches] = {
    BootProtocol.MULTIBOOT: frozenset({Arch.X86_64}),
    BootProtocol.UEFI: frozenset({Arch.X86_64, Arch.LOONGARCH64}),
}


# file-machine
#
# What: Two files that are checked together cannot be of one machine: a device or the boot protocol
# of one is for other architectures than that of the other.
# Why: One machine has one architecture. What is found between such files means nothing.
# How: Check the files of each machine by themselves, or each file with --separate. With --arch, what
# is of another architecture is found in each file by itself.
# Severity: warning
def check_arches(vms: list[VirtualMachine], models: tuple[Model, ...],
                 report: Callable[[Finding], None]) -> None:
    """Report each VM that cannot be on the machine of one before it, whatever that machine is."""
    # The first VM with each, and what shows it best.
    known: dict[Arches, tuple[Arches, Owner]] = {}
    for vm in vms:
        evidence = [*_evidence(vm)]
        arches = _ALL.intersection(*(shown for shown, _ in evidence))
        if not arches or arches == _ALL:
            # What contradicts itself is a finding of its own.
            continue
        best = min(evidence, key=lambda each: len(each[0]))
        other = next((shown for those, shown in known.items() if not those & arches), None)
        if other:
            report(_finding(models, other, best))
        known.setdefault(arches, best)


def _evidence(vm: VirtualMachine) -> Iterator[tuple[Arches, Owner]]:
    """What shows the architecture: those that it may be, and where that is."""
    def owner(table: str, index: int | None, name: str | None, *member: str) -> Owner:
        return Owner(vm.file, vm.id, table, index, name, member=member)

    for entry in vm.emulated:
        arches = frozenset(arch for arch in _ALL if entry.config.emu_type.supports(arch))
        if arches:
            yield arches, owner("emu_devices", entry.index, entry.name, "emu_type")
    protocol = vm.protocol
    if protocol in _PROTOCOLS:
        key = "boot_protocol" if vm.boot_protocol else "enable_bios"
        yield _PROTOCOLS[protocol], owner("kernel", None, key)
    for ports in vm.ports:
        yield frozenset({Arch.X86_64}), owner("passthrough_ports", ports.index, None)
    for device in vm.passthrough:
        if device.table == BY_PATH:
            yield _DEVICE_TREE, owner(BY_PATH, device.index, device.name, "path")
    for virtual in vm.virtual:
        model = VIRTUAL_MODELS.get(virtual.model)
        if model and model.arches:
            yield frozenset(model.arches), owner("virtual", virtual.index, virtual.id, "model")


def _finding(models: tuple[Model, ...], shown: tuple[Arches, Owner],
             other: tuple[Arches, Owner]) -> Finding:
    (arches, a), (others, b) = shown, other
    return Finding(
        a.file or "", FindingCode.FILE_MACHINE, Severity.WARNING,
        f"{a.text()} is for {_names(arches)}, but {printable(b.file or '')}: {b.text()} for "
        f"{_names(others)}: one machine has one architecture",
        "Check the files of each machine by themselves, or each file with --separate.",
        a=a, b=b, severities=dict.fromkeys(models, Severity.WARNING))


def _names(arches: Arches) -> str:
    return choice([arch.name for arch in Arch.all() if arch in arches])
