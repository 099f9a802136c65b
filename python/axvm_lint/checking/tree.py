# SPDX-License-Identifier: Apache-2.0
"""The VMs of a machine against the device tree of its board."""

from collections.abc import Callable

from axvm_types import Arch, BootProtocol, FindingCode, Model, Severity
from ..board.addresses import is_host_bridge, pages, total
from ..board.node import Node
from ..board.tree import Tree, is_interrupt_controller, is_timer
from ..findings import Finding, Owner
from ..reading.virtual_machine import VirtualMachine
from ..text import count, size_short
from .tree_cpus import cpu_findings
from .tree_machine import machine_findings
from .tree_memory import memory_findings
from .tree_paths import TRUE_TREE, PathChecker
from .tree_selection import Selection, selection_of, taken
from .tree_shared import Sharing

# What Axvisor reads of an interrupt of the timer, and how many it has.
_TIMER_CELLS = 3
_TIMER_INTERRUPTS = (4, 5)


def check_tree(tree: Tree, vms: list[tuple[VirtualMachine, tuple[Model, ...]]],
               root: str | None, report: Callable[[Finding], None]) -> None:
    """Report what the VMs of a machine have that its device tree has not.

    Each VM comes with the versions that it may be for; images are under ROOT, or beside its file.
    """
    selections = [selection_of(vm, models, root) for vm, models in vms]
    paths = PathChecker(tree, report)
    for vm in selections:
        paths.check(vm)
        for finding in (*cpu_findings(tree, vm), *memory_findings(tree, vm),
                        *machine_findings(tree, vm)):
            report(finding)
    if tree.arch == Arch.AARCH64:
        _check_timer(tree, selections, report)
    Sharing(tree, selections).report(report)


def share_of(tree: Tree, vm: VirtualMachine, models: tuple[Model, ...], root: str | None) -> str:
    """A line about what a VM gets of a board by its paths; "" where that is nothing."""
    chosen = selection_of(vm, models, root)
    if not chosen.counts:
        return ""
    excluded = {tree.find(path.path) for path in chosen.excluded}
    tops = [tree.root] if chosen.everything else [
        node for path in chosen.passed if (node := tree.find(path.path))]
    nodes = {node for top in tops for node in taken(top)
             if excluded.isdisjoint(node.ancestry) and not (
                 chosen.is_today and _is_kept(tree, node, chosen.everything is not None))}
    ranges = {node: [*tree.addresses.mapped(node)] for node in nodes}
    mapped = pages(place for places in ranges.values() for place in places)
    if not mapped:
        return ""
    return (f"  of the board  {count(sum(map(bool, ranges.values())), 'device')} in "
            f"{count(len(mapped), 'range')} of pages, {size_short(total(mapped))}")


def _is_kept(tree: Tree, node: Node, is_whole: bool) -> bool:
    """Whether today's hypervisor keeps a device, or leaves it out where it takes the whole tree."""
    return (node is tree.console or is_interrupt_controller(node) or is_timer(node)
            or is_whole and is_host_bridge(node))


# tree-board
#
# What: The host's device tree (--host-dtb) of an aarch64 board has no timer (arm,armv8-timer) with
# 4 or 5 interrupts of 3 cells at a GIC with as many.
# Why: Axvisor 0.5.24 and later refuse every VM on the board. Trees of Linux for some boards have 4
# cells, where those of the vendor have 3.
# How: Boot the board with a tree that has it, such as that of the vendor.
# Severity: error

def _check_timer(tree: Tree, vms: list[Selection], report: Callable[[Finding], None]) -> None:
    """Today's hypervisor refuses every VM of a board for its timer: one finding is enough."""
    vm = next((vm for vm in vms if vm.is_today), None)
    if vm is None or any(_is_usable(tree, node) for node in tree.nodes
                         if node.is_compatible("arm,armv8-timer")):
        return
    owner = Owner(vm.vm.file, vm.vm.id, "base")
    report(vm.finding(
        FindingCode.TREE_BOARD, Severity.ERROR, owner, tree.name,
        f"it has no timer (arm,armv8-timer) with 4 or 5 interrupts of {_TIMER_CELLS} cells at a "
        "GIC, so Axvisor refuses every VM on this board",
        f"Boot the board with another device tree, such as that of its vendor. {TRUE_TREE}"))


def is_for(vm: VirtualMachine, arch: Arch | None) -> bool:
    """Whether a VM may be for an architecture of --host-dtb, as far as its file shows."""
    protocols = {BootProtocol.MULTIBOOT, BootProtocol.UEFI}
    if vm.enable_bios or vm.boot_protocol in protocols or vm.ports:
        return False
    types = [entry.config.emu_type for entry in vm.emulated]
    known = [kind for kind in types if any(kind.supports(other) for other in Arch.all())]
    return arch is None or not known or any(kind.supports(arch) for kind in known)


def _is_usable(tree: Tree, timer: Node) -> bool:
    controller = tree.interrupt_parent(timer)
    return (controller is not None and controller.is_compatible("gic")
            and controller.cell("#interrupt-cells", 0) == _TIMER_CELLS
            and len(timer.cells("interrupts")) in {_TIMER_CELLS * count
                                                   for count in _TIMER_INTERRUPTS})
