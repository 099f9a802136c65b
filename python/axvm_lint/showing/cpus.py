# SPDX-License-Identifier: Apache-2.0
"""Which CPUs of the host the vCPUs of a VM run on."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from axvm_types import Arch
from ..reading.virtual_machine import VirtualMachine

# Longer lists are cut: no VM has so many vCPUs, but a file can.
MOST = 64


class Vcpu(NamedTuple):
    """A vCPU, and what the file says of its place: a hardware id, and the CPUs of a mask."""

    # Hides a method of tuples.
    index: int  # type: ignore[assignment]
    hardware_id: int | None
    cpus: tuple[int, ...] | None
    # The mask as a list, such as 0-3.
    mask: str

    @property
    def text(self) -> str:
        host = [] if self.hardware_id is None else [f"id {self.hardware_id:#x}"]
        if self.cpus is not None:
            host.append(f"CPUs {self.mask}")
        return f"vCPU {self.index}: host {', '.join(host)}"


def vcpus(vm: VirtualMachine, arch: Arch | None = None) -> Iterator[Vcpu]:
    """The vCPUs that the file has something about.

    With an ARCH only that by which the hypervisor goes there: hardware ids where the host has a
    device tree, else masks.
    """
    ids, masks = vm.phys_cpu_ids or [], vm.phys_cpu_sets or []
    if arch and ids and masks:
        from ..board.tree import TREE_ARCHES
        ids, masks = (ids, []) if arch in TREE_ARCHES else ([], masks)
    for index in range(max(len(ids), len(masks))):
        mask = masks[index] if index < len(masks) else None
        yield Vcpu(index, ids[index] if index < len(ids) else None,
                   None if mask is None else tuple(mask),
                   "" if mask is None else mask.format_list() or "none")


def host_cpus(vms: Iterable[VirtualMachine], arch: Arch | None
              ) -> dict[str, list[tuple[int, Vcpu]]]:
    """What runs on each CPU of the host: vCPUs with the numbers of their VMs.

    Neighbouring CPUs that the same vCPUs run on are one. A hardware id and a bit of a mask cannot be
    compared, so ids come first.
    """
    by_id: dict[int, list[tuple[int, Vcpu]]] = {}
    by_cpu: dict[int, list[tuple[int, Vcpu]]] = {}
    for number, vm in enumerate(vms):
        for vcpu in vcpus(vm, arch):
            if vcpu.hardware_id is not None:
                by_id.setdefault(vcpu.hardware_id, []).append((number, vcpu))
            for cpu in vcpu.cpus if vcpu.hardware_id is None and vcpu.cpus else ():
                by_cpu.setdefault(cpu, []).append((number, vcpu))
    named = {f"id {number:#x}": users for number, users in sorted(by_id.items())}
    runs: list[list[int]] = []
    for cpu in sorted(by_cpu):
        if runs and runs[-1][-1] == cpu - 1 and by_cpu[cpu - 1] == by_cpu[cpu]:
            runs[-1].append(cpu)
        else:
            runs.append([cpu])
    return named | {
        f"CPU {run[0]}" if len(run) == 1 else f"CPUs {run[0]}-{run[-1]}": by_cpu[run[0]]
        for run in runs}
