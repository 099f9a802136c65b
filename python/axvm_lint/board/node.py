# SPDX-License-Identifier: Apache-2.0
"""A node of a device tree, and what its properties say.

The terms are those of the Devicetree Specification. What a node may be asked for never fails: a
property that is absent or has a wrong length reads as its default, or as nothing.
"""

from collections.abc import Iterator
from functools import cached_property

# The defaults of #address-cells and #size-cells.
_ADDRESS_CELLS = 2
_SIZE_CELLS = 1
# An address of more cells is none of the CPU: that of PCI has three.
MOST_CELLS = 2


class Node:
    """One node; PARENT is None for the root."""

    def __init__(self, name: str, parent: "Node | None") -> None:
        self.name = name
        self.parent = parent
        self.children: dict[str, Node] = {}
        self.properties: dict[str, bytes] = {}

    @property
    def path(self) -> str:
        names = [node.name for node in self.ancestry]
        return "/".join(reversed(names)) if len(names) > 1 else "/"

    @property
    def ancestry(self) -> Iterator["Node"]:
        """The node, its parent, and so on to the root."""
        node: Node | None = self
        while node:
            yield node
            node = node.parent

    @property
    def subtree(self) -> Iterator["Node"]:
        """The node and all below, parents first."""
        nodes = [self]
        while nodes:
            node = nodes.pop()
            yield node
            nodes.extend(reversed(node.children.values()))

    @property
    def stem(self) -> str:
        """Its name without the unit address."""
        return self.name.partition("@")[0]

    @property
    def unit(self) -> int | None:
        """The unit address, where that is a hexadecimal number."""
        return hexadecimal(self.name.partition("@")[2])

    def cells(self, name: str) -> list[int]:
        value = self.properties.get(name, b"")
        return [int.from_bytes(value[at:at + 4], "big") for at in range(0, len(value) & ~3, 4)]

    def cell(self, name: str, default: int) -> int:
        value = self.properties.get(name, b"")
        return int.from_bytes(value, "big") if len(value) == 4 else default

    def strings(self, name: str) -> list[str]:
        value = self.properties.get(name, b"")
        return text(value.removesuffix(b"\0")).split("\0") if value else []

    def string(self, name: str) -> str:
        return "".join(self.strings(name)[:1])

    @cached_property
    def address_cells(self) -> int:
        return self.cell("#address-cells", _ADDRESS_CELLS)

    @cached_property
    def size_cells(self) -> int:
        return self.cell("#size-cells", _SIZE_CELLS)

    @property
    def is_on(self) -> bool:
        """Whether neither its status nor that of a node above says that it is off."""
        return all(node.string("status") in ("", "ok", "okay") for node in self.ancestry)

    def is_compatible(self, *words: str) -> bool:
        """Whether one of its compatible strings contains one of the words."""
        return any(word in model for model in self.strings("compatible") for word in words)


def text(value: bytes) -> str:
    """Text of a blob, whatever its bytes: those that are no UTF-8 are escaped when printed."""
    return value.decode(errors="surrogateescape")


def hexadecimal(digits: str) -> int | None:
    """A number of up to 64 bits in hexadecimal digits alone."""
    if not 0 < len(digits) <= 16 or not digits.isascii() or not digits.isalnum():
        return None
    try:
        return int(digits, 16)
    except ValueError:
        return None
