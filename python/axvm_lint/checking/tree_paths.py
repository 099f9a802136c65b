# SPDX-License-Identifier: Apache-2.0
"""Device paths of a VM against the host's device tree: of no node, of one without effect."""

from collections.abc import Callable

from axvm_types import FindingCode, Severity
from ..board.addresses import merged, total, without
from ..board.near import Nearest
from ..board.node import Node
from ..board.tree import Tree, is_interrupt_controller, is_timer
from ..findings import Finding
from ..text import quote
from .tree_selection import DevicePath, Selection, Subtrees, some, why_never

TRUE_TREE = ("The tree of the running board, with what its boot loader changed, is "
             "/sys/firmware/fdt under Linux; U-Boot saves the one at the address that `fdt addr` prints, and QEMU "
             "writes its own with -machine dumpdtb=FILE.")
_WRITE = f"Write the whole path of a node, with its unit address. {TRUE_TREE}"


# tree-path
#
# What: A device tree path of the file is not that of a node of the host's tree (--host-dtb), or of
# the guest's own tree (dtb_path) where that counts; or the two have it at different addresses. A
# warning where the path is excluded or disabled.
# Why: The hypervisor compares paths letter by letter, without aliases and labels, and with the unit
# address; it says nothing of a path that no node has: the guest lacks the device, or has one that
# was to be taken out.
# How: Write the path that the message proposes, or check with the tree of the running board:
# /sys/firmware/fdt under Linux.
# Severity: error, warning

# tree-owned
#
# What: A path is that of the board's console, an interrupt controller or a timer, which Axvisor
# 0.5.24 and later keep. Earlier, a note: the guest gets an interrupt controller itself, by its path
# or because a device that it gets has its interrupts there.
# Why: Axvisor 0.5.24 and later refuse the VM. Earlier, guest and hypervisor change the same
# registers.
# How: Remove the path; the guest has a virtual one. Earlier, emulate an interrupt controller at the
# address.
# Severity: error, note

# tree-nothing
#
# What: The node of a path, and those below, have no registers, or none that the hypervisor maps:
# CPUs, memory, reserved memory and partitions.
# Why: The entry has no effect but for the description that the guest reads.
# How: Name the node of the device itself, or remove the path.
# Severity: warning

# tree-disabled
#
# What: The device of a path is disabled in the host's device tree, itself or by a node above.
# Why: It is mapped all the same, but the board may lack it, and its clocks and power may be
# off. The guest's driver does not start where its tree says the same.
# How: Check that the board has the device, and enable it in the tree.
# Severity: note

class PathChecker:
    """The findings about the paths of each VM; REPORT takes them."""

    def __init__(self, tree: Tree, report: Callable[[Finding], None]) -> None:
        self._tree = tree
        self._report = report
        self._subtrees = Subtrees(tree)
        self._nearest: Nearest | None = None

    def check(self, vm: Selection) -> None:
        """Report what is wrong with the paths of a VM."""
        if vm.own_tree:
            self._check_own(vm, vm.own_tree)
        if not vm.counts:
            return
        for path in vm.passed:
            node = self._tree.find(path.path)
            if node:
                self._check_passed(vm, path, node)
                continue
            self._report(vm.finding(
                FindingCode.TREE_PATH, Severity.ERROR, path.owner, path.where,
                f"{self._tree.name} has no such node{self._near(path)}", _WRITE))
        for path in vm.excluded:
            if not self._tree.find(path.path):
                self._report(vm.finding(
                    FindingCode.TREE_PATH, Severity.WARNING, path.owner, path.where,
                    f"{self._tree.name} has no such node, so nothing is taken out"
                    f"{self._near(path)}", _WRITE))
        if not vm.is_today:
            self._check_controllers(vm)

    def _check_own(self, vm: Selection, own: Tree) -> None:
        """Report the paths of a guest whose tree is a file: they are looked up there."""
        nearest = Nearest(own)
        for path in vm.passed:
            node, host = own.find(path.path), self._tree.find(path.path)
            if node is None:
                self._report(vm.finding(
                    FindingCode.TREE_PATH, Severity.ERROR, path.owner, path.where,
                    f"{own.name}, the guest's tree, has no such node{_near(nearest, path)}",
                    _WRITE))
                continue
            here = [*own.addresses.placed(node)]
            there = [*self._tree.addresses.placed(host)] if host else here
            if here != there:
                self._report(vm.finding(
                    FindingCode.TREE_PATH, Severity.ERROR, path.owner, path.where,
                    f"at {some(map(str, here)) or 'no address'} in {own.name}, the guest's tree, but "
                    f"at {some(map(str, there)) or 'no address'} in {self._tree.name}",
                    "Give the device the host's addresses in the guest's tree: it is mapped to the "
                    "same ones."))
        for path in vm.excluded:
            if not own.find(path.path):
                self._report(vm.finding(
                    FindingCode.TREE_PATH, Severity.WARNING, path.owner, path.where,
                    f"{own.name}, the guest's tree, has no such node, so nothing is taken out"
                    f"{_near(nearest, path)}", _WRITE))

    def _check_passed(self, vm: Selection, path: DevicePath, node: Node) -> None:
        owned = self._owned(node) if vm.is_today else ""
        if owned:
            self._report(vm.finding(
                FindingCode.TREE_OWNED, Severity.ERROR, path.owner, path.where,
                f"that is {owned} of {self._tree.name}, which Axvisor keeps: it refuses the VM",
                "Remove the path; the guest has a virtual one."))
            return
        never = why_never(node)
        if never or not self._is_useful(vm, node):
            self._report(vm.finding(
                FindingCode.TREE_NOTHING, Severity.WARNING, path.owner, path.where,
                f"nothing is mapped: {never or f'{self._tree.name} has no registers there'}",
                "Name the node of the device itself, or remove the path."))
        elif not node.is_on:
            self._report(vm.finding(
                FindingCode.TREE_DISABLED, Severity.NOTE, path.owner, path.where,
                f"the device is disabled in {self._tree.name}, and mapped all the same",
                "Check that the board has the device, and enable it in the tree."))

    def _is_useful(self, vm: Selection, node: Node) -> bool:
        """Whether the guest gets more than a description; PSCI has none else."""
        subtree = self._subtrees.of(node)
        return subtree.has_registers or subtree.has_interrupts or (
            not vm.is_today and node.is_compatible("arm,psci"))

    def _owned(self, node: Node) -> str:
        """What a node is that today's hypervisor keeps for itself."""
        if node is self._tree.console:
            return "the console (stdout-path)"
        if is_interrupt_controller(node):
            return "an interrupt controller"
        return "a timer" if is_timer(node) else ""

    def _check_controllers(self, vm: Selection) -> None:
        """Report the interrupt controllers that a VM gets itself, once for each VM."""
        emulated = merged((device.start.addr, device.end.addr) for device in (
            entry.occupied for entry in vm.vm.emulated) if device)
        first: dict[Node, DevicePath] = {}
        for path in vm.passed:
            node = self._tree.find(path.path)
            for controller in self._subtrees.of(node).controllers if node else ():
                first.setdefault(controller, path)
        found = []
        for controller in first:
            places = [*self._tree.addresses.placed(controller)]
            if places and total(without(places, emulated)) == total(places):
                found.append(controller)
        if found:
            path = first[found[0]]
            names = sorted(controller.path for controller in found)
            self._report(vm.finding(
                FindingCode.TREE_OWNED, Severity.NOTE, path.owner, path.where,
                f"the guest gets the interrupt controller {some(map(quote, names))} of "
                f"{self._tree.name} itself, which the hypervisor uses as well",
                "Emulate an interrupt controller at its address."))

    def _near(self, path: DevicePath) -> str:
        if self._nearest is None:
            self._nearest = Nearest(self._tree)
        return _near(self._nearest, path)


def _near(nearest: Nearest, path: DevicePath) -> str:
    near = nearest.hint(path.path)
    return f"; {near}" if near else ""
