#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: the reader of device trees, and what it makes of blobs that are none."""

import io
import random
from struct import pack, pack_into

import tap

tap.need_library()

from axvm_types import Arch  # noqa: E402
from axvm_lint.board.addresses import merged, pages, without  # noqa: E402
from axvm_lint.board.blob import BadBlob  # noqa: E402
from axvm_lint.board.near import Nearest  # noqa: E402
from axvm_lint.board.tree import (Tree, is_interrupt_controller, is_timer, read_tree,  # noqa: E402
                                  summary)
from tap import done, is_, ok, test  # noqa: E402
from trees import (END, END_NODE, NAMES, NOP, PROPERTY, Writer, board, cells, cpu, dtb,  # noqa: E402
                   need_libfdt)

need_libfdt()

MIB = 1 << 20


def tree_of(root: dict, reserved: tuple[tuple[int, int], ...] = ()) -> Tree:
    return read_tree(io.BytesIO(dtb(root, reserved)), "board.dtb")


def why_not(data: bytes) -> str:
    """The reason why it is no tree, "" where it is one."""
    try:
        read_tree(io.BytesIO(data), "board.dtb")
    except BadBlob as err:
        return str(err)
    return ""


def mapped(tree: Tree, path: str) -> list[tuple[int, int]]:
    return [tuple(one) for one in tree.addresses.mapped(tree.find(path))]


def placed(tree: Tree, path: str) -> list[tuple[int, int]]:
    return [tuple(one) for one in tree.addresses.placed(tree.find(path))]


def paths() -> None:
    tree = tree_of(board())
    for path in ("/", "/soc", "/soc/serial@10000000", "/cpus/cpu@3", "/gpio-keys/power"):
        is_(tree.find(path).path, path, "a node by its path")
    for path in ("", "soc", "/soc/", "//soc", "/soc/serial", "/soc/serial@1000", "serial0",
                 "/serial0", "/SOC", "/soc/serial@10000000/"):
        is_(tree.find(path), None, f"no node has the path {path}")
    is_(len(tree.nodes), 33, "all nodes")
    is_(tree.resolve("serial0").path, "/soc/serial@10000000", "an alias")
    is_(tree.console.path, "/soc/serial@10000000", "the console, without its speed")
    for chosen in ({}, {"stdout-path": "nobody"}, {"stdout-path": "/nothing"}):
        is_(tree_of(board(chosen={"stdout-path": None, **chosen})).console, None,
            "a console that is none")


def facts() -> None:
    tree = tree_of(board(), ((0, 0x1000), (0xb000_0000, 0x2000)))
    is_(tree.name, "board.dtb (Sample Board)", "its name")
    is_(tree.arch, Arch.AARCH64, "its architecture")
    is_([tuple(one) for one in tree.memory], [(0x8000_0000, 0xc000_0000)], "its RAM")
    is_([(one.name, *one.range, one.is_firmware) for one in tree.reserved],
        [("/memreserve/", 0, 0x1000, True), ("/memreserve/", 0xb000_0000, 0xb000_2000, True),
         ("/reserved-memory/guest@90000000", 0x9000_0000, 0xa000_0000, False),
         ("/reserved-memory/logs@a0000000", 0xa000_0000, 0xa010_0000, False),
         ("/reserved-memory/secure@bf000000", 0xbf00_0000, 0xc000_0000, True)],
        "what is reserved: also at 0, and nothing for one without a place")
    is_(summary(tree), "board.dtb (Sample Board): 4 CPUs, 1 GiB of RAM", "a line about it")
    is_(summary(tree_of(board(cpus=NAMES, model=None, **{"memory@80000000": None}))),
        "board.dtb (sample,board): 4 CPUs (1 disabled), names no RAM (the boot loader adds it)",
        "and one that knows less")
    is_([node.path for node in tree.nodes if is_interrupt_controller(node)],
        ["/interrupt-controller@8000000"], "its interrupt controller")
    is_([node.path for node in tree.nodes if is_timer(node)], ["/timer"], "its timer")
    is_(tree.interrupt_parent(tree.find("/soc/serial@10000000")).path,
        "/interrupt-controller@8000000", "an interrupt parent that is inherited")


def cpus() -> None:
    tree = tree_of(board(cpus=NAMES))
    is_([(one.name, one.number, one.hardware_id, one.is_on) for one in tree.cpus],
        [("cpu@0", 0, 0x200, True), ("cpu@1", 1, 0x201, True), ("cpu@100", 0x100, 0, True),
         ("cpu@101", 0x101, 0x100, False)], "numbers of the names, and those of the hardware")
    wide = {"#address-cells": 2, "#size-cells": 0, "cpu-map": {}, "l2-cache": {},
            "cpu@8000": cpu([1, 0x200]), "cpu@xyz": cpu(7)}
    is_([(one.number, one.hardware_id) for one in tree_of(board(cpus={
        **{f"cpu@{number}": None for number in range(4)}, **wide})).cpus],
        [(0x8000, 0x1_0000_0200)], "two cells; no other nodes, and no number that is none")
    riscv = {"cpus": {"cpu@0": {"compatible": "riscv", "reg": 0}}, "compatible": "sample"}
    is_(tree_of(riscv).arch, Arch.RISCV64, "RISC-V")
    is_(tree_of({"cpus": {"cpu@0": {"compatible": "loongson,la464"}}}).arch, Arch.LOONGARCH64,
        "LoongArch")
    is_(tree_of({"compatible": "sample"}).arch, None, "an architecture that nothing says")


def addresses() -> None:
    tree = tree_of(board())
    for path, wanted in (
            ("/virtio@a000200", [(0xa00_0200, 0xa00_0400)]),
            ("/soc/serial@10000000", [(0x1000_0000, 0x1000_0100)]),
            ("/soc/ethernet@200000", [(0x1020_0000, 0x1020_4000)]),
            ("/interrupt-controller@8000000", [(0x800_0000, 0x801_0000), (0x80a_0000, 0x81a_0000)]),
            ("/pcie@40000000", [(0x4000_0000, 0x4100_0000), (0x3eff_0000, 0x3f00_0000),
                                (0x5000_0000, 0x6000_0000)]),
            ("/gpio-keys", []), ("/cpus/cpu@0", []), ("/", [])):
        is_(mapped(tree, path), wanted, f"what is mapped for {path}")
        is_(placed(tree, path), wanted, f"where {path} is")
    is_(mapped(tree, "/soc/efuse@600000/id@2"), [(2, 4)], "no bus, so as it stands")
    is_(placed(tree, "/soc/efuse@600000/id@2"), [], "but nowhere for the CPU")
    buses = tree_of({
        "compatible": "sample", "#address-cells": 1, "#size-cells": 1,
        "outer": {"#address-cells": 1, "#size-cells": 1, "ranges": [0, 0x4000_0000, 0x1000_0000],
                  "inner": {"#address-cells": 1, "#size-cells": 1,
                            "ranges": [0, 0x10_0000, 0x10_0000],
                            "device@100": {"reg": [0x100, 0x10]},
                            "beyond@100000": {"reg": [0x10_0000, 0x10]}}},
        "same": {"#address-cells": 1, "#size-cells": 1, "ranges": True,
                 "device@5000": {"reg": [0x5000, 0x10, 0x6000, 0, 0x7000, 1]}},
        "cells": {"#address-cells": 3, "#size-cells": 1, "device@1": {"reg": [0, 0, 1, 1]}},
        "sizes": {"device@1": {"reg": [0, 1, 1, 0]}},
        "edge": {"#address-cells": 2, "#size-cells": 2, "ranges": True,
                 "a@fffffffffffff000": {"reg": cells(0xffff_ffff_ffff_f000, 0x1000)},
                 "b@fffffffffffff000": {"reg": cells(0xffff_ffff_ffff_f000, 0x1001)}}})
    is_(mapped(buses, "/outer/inner/device@100"), [(0x10_0100, 0x10_0110)],
        "the hypervisor goes up one bus")
    is_(placed(buses, "/outer/inner/device@100"), [(0x4010_0100, 0x4010_0110)], "and not all")
    is_(mapped(buses, "/outer/inner/beyond@100000"), [(0x10_0000, 0x10_0010)],
        "what is in no range keeps its address")
    is_(placed(buses, "/outer/inner/beyond@100000"), [], "and is nowhere")
    for find in mapped, placed:
        is_(find(buses, "/same/device@5000"), [(0x5000, 0x5010), (0x7000, 0x7001)],
            "a bus with the addresses of the one above; a size of 0 is no range")
        is_(find(buses, "/cells/device@1"), [], "three cells are no address of the CPU")
        is_(find(buses, "/edge/a@fffffffffffff000"), [(0xffff_ffff_ffff_f000, 1 << 64)],
            "the last page")
        is_(find(buses, "/edge/b@fffffffffffff000"), [], "and no further")
    is_(mapped(buses, "/sizes/device@1"), [(1, 2)],
        "two cells of an address and one of a size are the default; the rest is too short")


def ranges() -> None:
    is_(merged([(5, 6), (1, 3), (3, 4), (1, 2)]), [(1, 4), (5, 6)], "touching ones are one")
    is_(pages([(0xfff, 0x1001), (0x2000, 0x2001), (0x5000, 0x6000)]),
        [(0, 0x3000), (0x5000, 0x6000)], "pages that are touched")
    random.seed(1)
    for _ in range(300):
        def some() -> list[tuple[int, int]]:
            starts = [random.randrange(30) for _ in range(random.randrange(5))]
            return merged((start, start + random.randrange(1, 6)) for start in starts)
        left, holes = some(), some()
        wanted = {n for a, b in left for n in range(a, b)} - {
            n for a, b in holes for n in range(a, b)}
        got = [*without(left, holes)]
        is_({n for a, b in got for n in range(a, b)}, wanted, f"{left} without {holes}")
        ok(all(a < b for a, b in got), "no empty ranges")


def near() -> None:
    nearest = Nearest(tree_of(board()))
    for path, wanted in (
            ("/soc/", 'write "/soc", without a slash at the end'),
            ("/soc/serial@10001000/", 'write "/soc/serial@10001000", without a slash at the end'),
            ("/serial0", 'that is alias "serial0": write "/soc/serial@10000000"'),
            ("/uart1", 'that is label "uart1": write "/soc/serial@10001000"'),
            ("/ethernet@200000", 'it has "/soc/ethernet@200000"'),
            ("/soc/eth@10200000", '"/soc/ethernet@200000" is at that address'),
            ("/soc/serial@10001001", '"/soc/serial@10001000" or "/soc/serial@10000000" is near'),
            ("/soc/serial", '"/soc/serial@10000000" or "/soc/serial@10001000" is near'),
            ("/virtio@a000400", '"/virtio@a000000", "/virtio@a000200" or "/virtio@a001000" is near'),
            ("/soc/etherent@200001", '"/soc/ethernet@200000" is near'),
            ("/soc/audio@1", 'it has "/soc"'), ("/soc/a/b/c", 'it has "/soc"'),
            ("/nothing", ""), ("/", "")):
        is_(nearest.hint(path), wanted, f"near {path}")
    is_(nearest.hint("/" + "x" * 100_000), "", "a path without an end")


def bad() -> None:
    good = dtb(board())
    is_(why_not(good), "", "a good one")
    is_(why_not(good + bytes(MIB)), "", "bytes behind it do not count")
    is_(why_not(b""), "it is empty", "nothing")
    for data in b"\x7fELF" + bytes(100), b"[base]\nid = 1\n", b"\x1f\x8b\x08\0":
        ok("not a device tree blob" in why_not(data), "another file")
    for data in b"/dts-v1/;\n/ { };\n", b"// a comment\n/ {\n\tmodel = \"x\";\n};\n":
        ok("dtc -O dtb" in why_not(data), "a source", why_not(data))
    for overlay in ({"fragment@0": {"target": -1 & 0xffffffff, "__overlay__": {}},
                     "compatible": "sample"}, {"compatible": "sample", "__fixups__": {}}):
        ok("it is an overlay" in why_not(dtb(overlay)), "an overlay")
    ok("neither CPUs nor a compatible" in why_not(dtb({"images": {}})), "no machine's")
    is_(why_not(dtb({"compatible": "sample"})), "", "a machine without CPUs")
    is_(why_not(dtb({"cpus": {}})), "", "or with nothing else")


def cut() -> None:
    good = dtb(board())
    for size in range(1, len(good), 4):
        ok(why_not(good[:size]), f"cut after {size} bytes")
    lying = bytearray(good)
    for size in range(0, len(good), 4):
        pack_into(">I", lying, 4, size)
        ok(why_not(lying), f"a header that says {size} bytes")
    for size in 16 * MIB, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff:
        pack_into(">I", lying, 4, size)
        ok("larger than 4 MiB" in why_not(lying), f"a header that says {size} bytes")


def hostile() -> None:
    """Each word of a blob changed, and structures that no writer makes."""
    good = dtb(board())
    random.seed(2)
    for offset in range(0, len(good) - 3, 4):
        for word in 0, 0xff, 0x8000_0000, 0xffff_ffff, random.getrandbits(32):
            changed = bytearray(good)
            pack_into(">I", changed, offset, word)
            why_not(changed)
    ok(True, "no word makes the reader fail")

    def built(build) -> bytes:
        writer = Writer()
        writer.begin("")
        writer.property("compatible", "sample")
        build(writer)
        return writer.blob()

    def nested(depth: int):
        return lambda writer: ([writer.begin("n") for _ in range(depth)],
                               [writer.token(END_NODE) for _ in range(depth + 1)])

    is_(why_not(built(nested(64))), "", "64 levels")
    ok("more than 64 levels" in why_not(built(nested(65))), "65 levels")
    ok("more than 64 levels" in why_not(built(nested(10_000))), "10,000 levels")
    for what, build in {
            "an unknown token": lambda writer: writer.token(0xff, END_NODE),
            "a property without an end": lambda writer: writer.token(PROPERTY, 1 << 31, 0),
            "a name outside": lambda writer: writer.token(PROPERTY, 0, 1 << 20, END_NODE),
            "a node without an end": lambda writer: writer.begin("n"),
            "an end too much": lambda writer: writer.token(END_NODE, END_NODE),
            "a second root": lambda writer: writer.token(END_NODE, 1, 0, END_NODE),
            "a name without NUL": lambda writer: writer.token(1, 0x61616161),
            "the end within": lambda writer: writer.token(END, END_NODE)}.items():
        ok("is damaged" in why_not(built(build)), what, why_not(built(build)))
    ok("version 3" in why_not(Writer().blob(version=3)), "a version of another form")
    long = Writer()
    long.begin("")
    for number in range(10):
        long.property("p" * 300 + str(number), 1)
    long.token(END_NODE)
    ok("longer than 255" in why_not(long.blob()), "long names of properties")
    twice = read_tree(io.BytesIO(built(lambda writer: (
        writer.node("n", {"reg": 1}), writer.node("n", {"reg": 2}), writer.node("", {}),
        writer.node("a/b", {}), writer.begin(b"\xff\x1b"), writer.token(END_NODE, END_NODE)))),
        "board.dtb")
    is_(twice.find("/n").cell("reg", 0), 1, "of two nodes with one path the first")
    is_((twice.find("/a/b"), twice.find("//")), (None, None), "a name with a slash is no path")
    is_(twice.nodes[-1].path, "/\udcff\x1b", "a name that is no text")


def large() -> None:
    """Files that are as large as can be; the time is that of the test."""
    nops = Writer()
    nops.begin("")
    nops.property("compatible", "sample")
    nops.structure += pack(">I", NOP) * (MIB - 100)
    nops.token(END_NODE)
    is_(why_not(nops.blob()), "", "4 MiB of nothing")
    many = Writer()
    many.begin("")
    many.property("compatible", "sample")
    many.structure += (pack(">2I", 1, 0x61000000) + pack(">I", END_NODE)) * 300_000
    many.token(END_NODE)
    is_(why_not(many.blob()), "", "300,000 nodes")
    wide = Writer()
    wide.begin("")
    wide.property("compatible", "sample")
    for _ in range(300_000):
        wide.token(PROPERTY, 0, 0)
    wide.token(END_NODE)
    is_(why_not(wide.blob()), "", "300,000 properties")
    header = bytearray(dtb(board()))
    pack_into(">I", header, 4, 64 * MIB)
    ok("larger than 4 MiB" in why_not(header + bytes(64 * MIB)), "64 MiB")


test(paths, facts, cpus, addresses, ranges, near, bad, cut, hostile, large)
done()
