# SPDX-License-Identifier: Apache-2.0
"""Which nodes of the host's device tree a VM names, and what hangs on each of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from axvm_types import FindingCode, GuestType, Model, PassthroughDeviceConfig, Severity
from ..board.blob import BadBlob
from ..board.node import Node
from ..board.tree import Tree, is_interrupt_controller, read_tree
from ..findings import Finding, Owner
from ..reading.images import is_elsewhere, open_image
from ..reading.opening import NotLookedAt
from ..reading.virtual_machine import Entry, VirtualMachine
from ..text import clip, quote


# What a finding names of many things.
_MOST_NAMES = 3


def some(texts: Iterable[str]) -> str:
    """The first of many texts, and how many more there are."""
    all_texts = list(texts)
    shown = ", ".join(map(clip, all_texts[:_MOST_NAMES]))
    more = len(all_texts) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


@dataclass(frozen=True)
class DevicePath:
    """A path of the device tree in a VM's file, and where it is there."""

    path: str
    owner: Owner

    @property
    def where(self) -> str:
        """The place, with the path where that does not say it."""
        said = self.owner.name is not None
        return self.owner.text() if said else f"{self.owner.text()} of {quote(clip(self.path))}"


@dataclass
class Selection:
    """What a VM's file says of the host's tree.

    HAS_OWN_TREE: the guest's tree is a file, OWN_TREE is that if it can be read. Today's hypervisor
    looks paths up in it; at 0.5 and 0.7 it maps all that is in there, whatever the paths say.
    """

    vm: VirtualMachine
    models: tuple[Model, ...]
    has_own_tree: bool
    own_tree: Tree | None = None
    # Taken, but for "/"; taken out; and the entry that takes all of the tree.
    passed: list[DevicePath] = field(default_factory=list)
    excluded: list[DevicePath] = field(default_factory=list)
    everything: Owner | None = None

    @property
    def is_today(self) -> bool:
        """Whether it is for today's hypervisor, which refuses what earlier ones ignore."""
        return self.vm.is_new

    def finding(self, code: FindingCode, severity: Severity, owner: Owner, where: str, reason: str,
                hint: str, other: Owner | None = None) -> Finding:
        """A finding about this VM; it is alike at all versions."""
        return Finding(self.vm.file, code, severity, f"{where}: {reason}", hint, a=owner, b=other,
                       severities=dict.fromkeys(self.models, severity))

    @property
    def counts(self) -> bool:
        """Whether its paths are looked up in the host's tree."""
        return not self.has_own_tree


def selection_of(vm: VirtualMachine, models: tuple[Model, ...], root: str | None) -> Selection:
    """The paths of a VM whose images are under ROOT, or beside its file."""
    chosen = Selection(vm, models, vm.images["dtb"].path is not None)
    if vm.is_new:
        chosen.own_tree = _own_tree(vm, root)
        chosen.passed = [_device_path(vm, entry) for entry in vm.passthrough]
        chosen.excluded = [_device_path(vm, entry) for entry in vm.disabled]
        # Without a list, or a tree of its own, the guest gets all devices.
        if vm.guest_type == GuestType.PASSTHROUGH and not (
                vm.passthrough or "passthrough" in vm.unread or chosen.has_own_tree):
            chosen.everything = Owner(vm.file, vm.id, "base", None, "guest_type")
        return chosen
    # After a range a path is refused, which is a finding already.
    if vm.passthrough and vm.passthrough[0].is_discovered:
        for entry in vm.passthrough:
            owner = Owner(vm.file, vm.id, entry.table, entry.index, entry.name)
            if entry.name == "/" and entry.is_discovered:
                chosen.everything = chosen.everything or owner
            elif entry.name and entry.is_discovered:
                chosen.passed.append(DevicePath(entry.name, owner))
    for index, group in enumerate(vm.excluded):
        for member, path in enumerate(group):
            chosen.excluded.append(DevicePath(path, Owner(
                vm.file, vm.id, "excluded_devices", index, None, member=(member,))))
    chosen.excluded += [
        DevicePath(entry.name, Owner(vm.file, vm.id, entry.table, entry.index, entry.name))
        for entry in vm.disabled if entry.name]
    return chosen


def _own_tree(vm: VirtualMachine, root: str | None) -> Tree | None:
    """The tree of dtb_path; None where there is none, or none that can be read."""
    path = vm.images["dtb"].path
    if not path or is_elsewhere(path, root):
        return None
    try:
        with open_image(vm, path, root) as file:
            return read_tree(file, path)
    except (OSError, NotLookedAt, BadBlob):
        return None


def _device_path(vm: VirtualMachine, entry: Entry[PassthroughDeviceConfig]) -> DevicePath:
    path = entry.config.name or ""
    return DevicePath(path, Owner(vm.file, vm.id, entry.table, entry.index, path,
                                  member=("path",)))


@dataclass(frozen=True)
class Subtree:
    """What a path takes with it: whether it has registers or interrupts, and the controllers."""

    has_registers: bool
    has_interrupts: bool
    controllers: frozenset[Node]


class Subtrees:
    """What the paths of all VMs take, each looked at once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[Node, Subtree] = {}

    def of(self, top: Node) -> Subtree:
        known = self._known.get(top)
        if known is None:
            known = self._known[top] = self._look(top)
        return known

    def _look(self, top: Node) -> Subtree:
        has_registers = has_interrupts = False
        controllers = set()
        for node in taken(top):
            has_registers = has_registers or any(self._tree.addresses.mapped(node))
            if node.properties.keys() & {"interrupts", "interrupts-extended"}:
                has_interrupts = True
                parent = self._tree.interrupt_parent(node)
                if parent and is_interrupt_controller(parent):
                    controllers.add(parent)
            if is_interrupt_controller(node):
                controllers.add(node)
        return Subtree(has_registers, has_interrupts, frozenset(controllers))


def taken(top: Node) -> Iterator[Node]:
    """The nodes that a path to TOP has the hypervisor map, if they have registers."""
    if why_never(top):
        return
    if top.parent is None:
        # Its children, of which some are none of it.
        for child in top.children.values():
            yield from taken(child)
        return
    for node in top.subtree:
        if not _is_never_mapped(node):
            yield node


def why_never(node: Node) -> str:
    """Why the hypervisor maps nothing of a node or what is below it; "" where it does."""
    top = [*node.ancestry][-2:][0].name
    if top == "cpus":
        return "phys_cpu_ids names the CPUs"
    if top == "reserved-memory":
        return "reserved memory is not passed through"
    if node.name.startswith("memory"):
        return "a node whose name begins with \"memory\" is not passed through"
    if any(above.name == "partitions" or above.is_compatible("fixed-partitions")
           for above in node.ancestry):
        return "partitions are not passed through"
    return ""


def _is_never_mapped(node: Node) -> bool:
    # Below what is mapped.
    return (node.name.startswith("memory") or node.parent is not None
            and (node.parent.name == "partitions" or node.parent.is_compatible("fixed-partitions")))
