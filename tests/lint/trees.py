# SPDX-License-Identifier: Apache-2.0
"""Device trees for tests: a writer of blobs, and boards that nobody has built.

A node is a dict: a dict in it is a node, any other value is a property: a number is one cell, a
list has numbers of one cell each and texts, True is a property without a value.
"""

from collections.abc import Iterable
from struct import pack

import tap
from linting import has_module

BEGIN_NODE, END_NODE, PROPERTY, NOP, END = 1, 2, 3, 4, 9


def need_libfdt() -> None:
    """Skip the whole program where this Python has no libfdt."""
    if not has_module("libfdt"):
        tap.skip_all("this Python has no module libfdt")


def value(content: object) -> bytes:
    """The bytes of a property."""
    match content:
        case bool():
            return b""
        case int():
            return pack(">I", content)
        case str():
            return content.encode() + b"\0"
        case bytes():
            return content
        case list():
            return b"".join(map(value, content))
    raise TypeError(content)


def cells(*numbers: int) -> bytes:
    """Numbers of two cells each."""
    return b"".join(pack(">Q", number) for number in numbers)


class Writer:
    """Builds the two blocks that a tree consists of."""

    def __init__(self) -> None:
        self.structure = bytearray()
        self._strings = bytearray()
        self._offsets: dict[str, int] = {}

    def token(self, *numbers: int) -> None:
        self.structure += pack(f">{len(numbers)}I", *numbers)

    def padded(self, data: bytes) -> None:
        self.structure += data + bytes(-len(data) % 4)

    def begin(self, name: str | bytes) -> None:
        self.token(BEGIN_NODE)
        self.padded((name if isinstance(name, bytes) else name.encode()) + b"\0")

    def property(self, name: str, content: object) -> None:
        if name not in self._offsets:
            self._offsets[name] = len(self._strings)
            self._strings += name.encode() + b"\0"
        data = value(content)
        self.token(PROPERTY, len(data), self._offsets[name])
        self.padded(data)

    def node(self, name: str, content: dict) -> None:
        self.begin(name)
        for key, inner in content.items():
            if not isinstance(inner, dict):
                self.property(key, inner)
        for key, inner in content.items():
            if isinstance(inner, dict):
                self.node(key, inner)
        self.token(END_NODE)

    def blob(self, reserved: Iterable[tuple[int, int]] = (), version: int = 17) -> bytes:
        self.token(END)
        map_block = b"".join(pack(">2Q", *entry) for entry in [*reserved, (0, 0)])
        structure = 40 + len(map_block)
        strings = structure + len(self.structure)
        header = pack(">10I", 0xd00dfeed, strings + len(self._strings), structure, strings, 40,
                      version, 16, 0, len(self._strings), len(self.structure))
        return header + map_block + bytes(self.structure) + bytes(self._strings)


def dtb(root: dict, reserved: Iterable[tuple[int, int]] = ()) -> bytes:
    """The blob of a tree."""
    writer = Writer()
    writer.node("", root)
    return writer.blob(reserved)


GIC, CLOCK = 1, 2


def cpu(reg: int, **more: object) -> dict:
    return {"device_type": "cpu", "compatible": "arm,cortex-a55", "reg": reg, **more}


def board(**changes: object) -> dict:
    """An aarch64 board with a GIC v3; a change of a node of the root is merged into it."""
    tree = {
        "#address-cells": 2, "#size-cells": 2, "model": "Sample Board",
        "compatible": ["sample,board", "sample,soc"], "interrupt-parent": GIC,
        "aliases": {"serial0": "/soc/serial@10000000", "net0": "/soc/ethernet@200000"},
        "chosen": {"stdout-path": "serial0:115200n8"},
        "cpus": {"#address-cells": 1, "#size-cells": 0,
                 **{f"cpu@{number}": cpu(number) for number in range(4)}},
        "memory@80000000": {"device_type": "memory", "reg": cells(0x8000_0000, 0x4000_0000)},
        "reserved-memory": {
            "#address-cells": 2, "#size-cells": 2, "ranges": True,
            "guest@90000000": {"reg": cells(0x9000_0000, 0x1000_0000)},
            "logs@a0000000": {"reg": cells(0xa000_0000, 0x10_0000)},
            "secure@bf000000": {"reg": cells(0xbf00_0000, 0x100_0000), "no-map": True},
            "cma": {"size": cells(0x400_0000)}},
        "psci": {"compatible": "arm,psci-1.0", "method": "smc"},
        "timer": {"compatible": "arm,armv8-timer",
                  "interrupts": [1, 13, 4, 1, 14, 4, 1, 11, 4, 1, 10, 4]},
        "interrupt-controller@8000000": {
            "compatible": "arm,gic-v3", "interrupt-controller": True, "#interrupt-cells": 3,
            "phandle": GIC, "reg": cells(0x800_0000, 0x1_0000, 0x80a_0000, 0x10_0000)},
        "gpio-keys": {"compatible": "gpio-keys", "power": {"label": "Power"}},
        "virtio@a000000": {"reg": cells(0xa00_0000, 0x200), "interrupts": [0, 16, 1]},
        "virtio@a000200": {"reg": cells(0xa00_0200, 0x200), "interrupts": [0, 17, 1]},
        "virtio@a001000": {"reg": cells(0xa00_1000, 0x200), "interrupts": [0, 18, 1]},
        "pcie@40000000": {
            "device_type": "pci", "#address-cells": 3, "#size-cells": 2,
            "reg": cells(0x4000_0000, 0x100_0000),
            "ranges": [0x0100_0000, 0, 0, 0, 0x3eff_0000, 0, 0x1_0000,
                       0x0200_0000, 0, 0x5000_0000, 0, 0x5000_0000, 0, 0x1000_0000]},
        # One bus, and one within it that has no addresses of the CPU.
        "soc": {
            "compatible": "simple-bus", "#address-cells": 1, "#size-cells": 1,
            "ranges": [0, 0, 0x1000_0000, 0x100_0000, 0x1000_0000, 0, 0x1000_0000, 0x1000_0000],
            "serial@10000000": {"reg": [0x1000_0000, 0x100], "interrupts": [0, 1, 4],
                                "clocks": CLOCK},
            "serial@10001000": {"reg": [0x1000_1000, 0x100], "interrupts": [0, 2, 4],
                                "status": "okay"},
            "ethernet@200000": {"reg": [0x20_0000, 0x4000], "interrupts": [0, 3, 4]},
            "spi@300000": {"reg": [0x30_0000, 0x1000], "interrupts": [0, 4, 4],
                           "status": "disabled"},
            "clock@400000": {"reg": [0x40_0000, 0x1000], "#clock-cells": 0, "phandle": CLOCK},
            "memory-controller@500000": {"reg": [0x50_0000, 0x1000]},
            "efuse@600000": {"reg": [0x60_0000, 0x1000], "#address-cells": 1, "#size-cells": 1,
                             "id@2": {"reg": [2, 2]}}},
        "__symbols__": {"uart1": "/soc/serial@10001000"},
    }
    for name, change in changes.items():
        known = tree.get(name)
        merged = {**known, **change} if isinstance(known, dict) and change else change
        tree[name] = _without_none(merged) if isinstance(merged, dict) else merged
    return _without_none(tree)


def _without_none(node: dict) -> dict:
    return {name: content for name, content in node.items() if content is not None}


# Numbers in the names of CPUs that are not their hardware ids.
NAMES = {"#address-cells": 1, "#size-cells": 0, "cpu@0": cpu(0x200), "cpu@1": cpu(0x201),
         "cpu@100": cpu(0), "cpu@101": cpu(0x100, status="disabled"),
         **{f"cpu@{number}": None for number in (2, 3)}}
