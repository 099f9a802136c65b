# SPDX-License-Identifier: Apache-2.0
"""The CPUs that a VM names against those of the host's device tree."""

from collections.abc import Iterator

from axvm_types import MAX_VCPU_NUM, FindingCode, Severity
from ..board.tree import Cpu, Tree
from ..findings import Finding, Owner
from .tree_paths import TRUE_TREE
from .tree_selection import Selection, some


# tree-cpu
#
# What: A phys_cpu_id is the number of no node /cpus/cpu@HEX of the host's tree (--host-dtb); or, a
# warning, that CPU is disabled.
# Why: Axvisor 0.5.24 and later refuse the VM. Earlier it starts with the CPUs that were found, each
# moved up by one vCPU. The number is that in the node's name, which need not be the hardware id
# that its reg has: until May 2026 that was compared.
# How: Write the numbers of the names, in hexadecimal.
# Severity: error, warning

def cpu_findings(tree: Tree, vm: Selection) -> Iterator[Finding]:
    """Of each kind one for a VM, at the first id that is wrong."""
    ids = vm.vm.phys_cpu_ids or []
    cpus = {cpu.number: cpu for cpu in reversed(tree.cpus)}
    if not cpus:
        return
    missing = [index for index, number in enumerate(ids) if number not in cpus]
    if missing:
        yield vm.finding(
            FindingCode.TREE_CPU, Severity.ERROR, *_place(vm, ids, missing),
            f"{tree.name} has {some([cpu.name for cpu in tree.cpus])}",
            f"{_instead(tree, ids, missing)}{TRUE_TREE}")
    off = [index for index, number in enumerate(ids) if number in cpus and not cpus[number].is_on]
    if off:
        yield vm.finding(
            FindingCode.TREE_CPU, Severity.WARNING, *_place(vm, ids, off),
            f"disabled in {tree.name}", f"Use CPUs that are not disabled there. {TRUE_TREE}")


def _place(vm: Selection, ids: list[int], indexes: list[int]) -> tuple[Owner, str]:
    """The first of some ids, and what they are."""
    owner = Owner(vm.vm.file, vm.vm.id, "phys_cpu_ids", indexes[0])
    numbers = [f"[{index}] {ids[index]:#x}" for index in indexes]
    return owner, f"{owner.table}{some(numbers)}"


def _instead(tree: Tree, ids: list[int], missing: list[int]) -> str:
    """What to write in place of the ids that no CPU has: they may be hardware ids."""
    text = "Write the number that is in the name of the node: Axvisor compares that. "
    by_hardware_id: dict[int, Cpu] = {
        cpu.hardware_id: cpu for cpu in tree.cpus if cpu.hardware_id is not None}
    if not all(ids[index] in by_hardware_id for index in missing) or len(ids) > MAX_VCPU_NUM:
        return text
    wrong = {*missing}
    numbers = [by_hardware_id[number].number if index in wrong else number
               for index, number in enumerate(ids)]
    first = by_hardware_id[ids[missing[0]]]
    return (f"{text}{first.name} has the hardware id {first.hardware_id:#x}: write "
            f"[{', '.join(f'{number:#x}' for number in numbers)}]. ")

