# SPDX-License-Identifier: Apache-2.0
"""A board: what its device tree says of CPUs, memory, and the devices that the hypervisor keeps."""

from dataclasses import dataclass
from functools import cached_property
from os.path import basename
from typing import BinaryIO

from axvm_types import Arch
from ..reading.opening import NotLookedAt, open_beside
from ..text import clip, count, printable, size_short
from .addresses import Range, Translator, merged, total
from .blob import BadBlob, read_blob
from .node import MOST_CELLS, Node

# Those whose hypervisor has devices by their paths in the host's device tree.
TREE_ARCHES = (Arch.AARCH64, Arch.RISCV64)

_TITLE_LIMIT = 60


@dataclass(frozen=True)
class Cpu:
    """A CPU. The hypervisor knows it by the number in the node's name, not by its hardware id."""

    name: str
    number: int
    hardware_id: int | None
    is_on: bool


@dataclass(frozen=True)
class Reserved:
    """A range of memory that is not the hypervisor's; IS_FIRMWARE: no guest may map it."""

    name: str
    range: Range
    is_firmware: bool


class Tree:
    """FILE is its name; ROOT and RESERVED are what read_blob() gives."""

    def __init__(self, file: str, root: Node, reserved: list[tuple[int, int]]) -> None:
        self.file = file
        self.root = root
        self.addresses = Translator()
        self._memory_reservations = reserved

    @property
    def name(self) -> str:
        """Its file and the board's model, for people."""
        models = self.root.strings("model") or self.root.strings("compatible")
        title = f" ({printable(clip(models[0], _TITLE_LIMIT))})" if models else ""
        return f"{printable(clip(basename(self.file)))}{title}"

    def find(self, path: str) -> Node | None:
        """The node that has exactly this path, as the hypervisor compares paths."""
        if not path.startswith("/"):
            return None
        node: Node | None = self.root
        for name in path.split("/")[1:] if path != "/" else ():
            node = node.children.get(name) if node else None
        return node

    @cached_property
    def nodes(self) -> list[Node]:
        return list(self.root.subtree)

    @cached_property
    def cpus(self) -> list[Cpu]:
        """The nodes /cpus/cpu@HEX, in their order in the tree."""
        cpus = []
        for node in self._children("cpus"):
            if node.stem == "cpu" and node.unit is not None:
                cpus.append(Cpu(node.name, node.unit, _hardware_id(node), node.is_on))
        return cpus

    def _children(self, name: str) -> list[Node]:
        """The nodes below one that is directly below the root."""
        parent = self.root.children.get(name)
        return [*parent.children.values()] if parent else []

    @cached_property
    def arch(self) -> Arch | None:
        """The architecture, by the CPUs; None where they do not show it."""
        for node in self._children("cpus"):
            if node.is_compatible("riscv") or any(
                    name.startswith("riscv,isa") for name in node.properties):
                return Arch.RISCV64
            if node.is_compatible("loongson", "loongarch"):
                return Arch.LOONGARCH64
            if node.is_compatible("arm,") or node.string("enable-method") in ("psci", "spin-table"):
                return Arch.AARCH64
        is_arm = any(node.is_compatible("arm,armv8-timer", "arm,psci", "arm,gic-v3")
                     for node in self.root.children.values())
        return Arch.AARCH64 if is_arm else None

    @cached_property
    def memory(self) -> list[Range]:
        """RAM, merged; empty where the tree names none and the boot loader adds it."""
        return merged(
            placed for node in self.root.children.values() if node.stem == "memory"
            for placed in self.addresses.placed(node))

    @cached_property
    def reserved(self) -> list[Reserved]:
        """What the hypervisor leaves out of its memory: of each node, the first range only."""
        reserved = [Reserved("/memreserve/", Range(start, min(start + size, 1 << 64)), True)
                    for start, size in self._memory_reservations if size]
        for node in self._children("reserved-memory"):
            for placed in [*self.addresses.placed(node)][:1]:
                reserved.append(Reserved(node.path, placed, "no-map" in node.properties))
        return reserved

    @cached_property
    def console(self) -> Node | None:
        """The console of firmware and kernel: stdout-path of /chosen."""
        chosen = self.root.children.get("chosen")
        path = chosen.string("stdout-path") or chosen.string("linux,stdout-path") if chosen else ""
        # What comes after a colon is its speed.
        return self.resolve(path.partition(":")[0])

    def resolve(self, path: str) -> Node | None:
        """The node of a path that may begin with an alias, as the tree's own paths may."""
        if path.startswith("/"):
            return self.find(path)
        alias, slash, rest = path.partition("/")
        target = self.aliases.get(alias)
        return self.find(f"{target}{slash}{rest}") if target else None

    @cached_property
    def aliases(self) -> dict[str, str]:
        return self._paths("aliases")

    @cached_property
    def labels(self) -> dict[str, str]:
        return self._paths("__symbols__")

    def _paths(self, name: str) -> dict[str, str]:
        node = self.root.children.get(name)
        return {key: node.string(key) for key in node.properties} if node else {}

    @cached_property
    def phandles(self) -> dict[int, Node]:
        phandles: dict[int, Node] = {}
        for node in self.nodes:
            phandle = node.cell("phandle", 0) or node.cell("linux,phandle", 0)
            if phandle:
                phandles.setdefault(phandle, node)
        return phandles

    def interrupt_parent(self, node: Node) -> Node | None:
        """Where the interrupts of a node go by its interrupt-parent, or that of a node above."""
        for above in node.ancestry:
            phandle = above.cell("interrupt-parent", 0)
            if phandle:
                return self.phandles.get(phandle)
        return None


def _hardware_id(cpu: Node) -> int | None:
    """What reg says of a CPU: MPIDR or hart id."""
    cells = cpu.parent.address_cells if cpu.parent else 0
    reg = cpu.properties.get("reg", b"")[:4 * cells]
    return int.from_bytes(reg, "big") if reg and cells <= MOST_CELLS else None


def load_tree(path: str, arch: Arch | None) -> Tree:
    """The tree of a board of that architecture, if it is known; BadBlob where there is none."""
    try:
        with open_beside("", path) as file:
            tree = read_tree(file, path)
    except OSError as err:
        raise BadBlob(f"cannot be read: {err.strerror}") from None
    except NotLookedAt as err:
        raise BadBlob(str(err)) from None
    if tree.arch is None:
        tree.arch = arch
    elif tree.arch not in TREE_ARCHES:
        raise BadBlob(f"it is a tree for {tree.arch.name}; a tree is of use for "
                      f"{' and '.join(each.name for each in TREE_ARCHES)}")
    elif arch and arch != tree.arch:
        raise BadBlob(f"it is a tree for {tree.arch.name}, but --arch is {arch.name}")
    return tree


def read_tree(file: BinaryIO, name: str) -> Tree:
    """The tree in a file; BadBlob where there is none of a machine."""
    tree = Tree(name, *read_blob(file))
    children = tree.root.children
    if "__fixups__" in children or any("__overlay__" in node.children
                                       for node in children.values()):
        raise BadBlob("it is an overlay: apply it first: "
                      "fdtoverlay -i BASE.dtb -o BOARD.dtb OVERLAY.dtbo")
    if "cpus" not in children and "compatible" not in tree.root.properties:
        raise BadBlob("it is not a device tree of a machine: it has neither CPUs nor a compatible")
    return tree


def is_interrupt_controller(node: Node) -> bool:
    """As the hypervisor knows the one that it keeps."""
    # Not the APLIC, of which the hypervisor knows nothing.
    if node.is_compatible("aplic", "imsic"):
        return False
    is_named = node.name.startswith(("interrupt-controller", "intc", "its"))
    return (is_named and "interrupt-controller" in node.properties
            or node.is_compatible("gic", "plic", "eiointc", "extioi", "liointc", "pch-pic"))


def is_timer(node: Node) -> bool:
    """The timer of the CPUs, as the hypervisor knows it."""
    return node.stem == "timer" or node.is_compatible("arm,armv8-timer")


def summary(tree: Tree) -> str:
    """One line about a board."""
    memory = f"{size_short(total(tree.memory))} of RAM" if tree.memory else \
        "names no RAM (the boot loader adds it)"
    off = sum(not cpu.is_on for cpu in tree.cpus)
    return (f"{tree.name}: {count(len(tree.cpus), 'CPU')}{f' ({off} disabled)' if off else ''}, "
            f"{memory}")
