#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: files of today's format against the host's device tree, each with near misses."""

import os
import shutil

import tap

tap.need_library()

from guests import (DISABLED, IDS, NAME, REGION, TAKEN, TODAY, VM, change, codes, only,  # noqa: E402
                    today)
from linting import lint_here, run_tests, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402
from trees import board, cells, dtb, need_libfdt  # noqa: E402

need_libfdt()


def todays() -> None:
    """The same in files of today's format, and what today's hypervisor refuses."""
    is_(codes(TODAY), [], "the guest itself")
    one = only("tree-path", "error", today("/soc/serial@10001000", "/soc/serial@1000100"))
    is_((one["a"]["table"], one["a"]["index"], one["models"]), ("passthrough", 1, ["0.7.3"]),
        "its place")
    one = only("tree-path", "warning", today(disabled=("/spi@300000",)))
    ok(one["message"].startswith('disabled[0].path of "/spi@300000": ') and one["message"].endswith(
        'so nothing is taken out; it has "/soc/spi@300000"'), "disabled", one["message"])
    for path, what in (("/soc/serial@10000000", "the console (stdout-path)"),
                       ("/interrupt-controller@8000000", "an interrupt controller"),
                       ("/timer", "a timer")):
        one = only("tree-owned", "error", today(path))
        ok(f"that is {what} of {NAME}, which Axvisor keeps" in one["message"], path, one["message"])
    is_(codes(today("/soc", "/soc/clock@400000")), [], "what is above the console is none of these")
    only("tree-nothing", "warning", today("/psci"))
    only("tree-disabled", "note", today("/soc/spi@300000"))
    only("tree-cpu", "error", change(IDS, "[0, 9]", base=TODAY))
    everything = change(TAKEN, "[]", '"virtualized"', '"passthrough"', base=TODAY)
    is_(codes(everything), [], "all of the tree")
    second = change("id = 1", "id = 2", '"guest"', '"other"', IDS, "[2, 3]", base=TODAY)
    only("host-conflict", "warning", TODAY, second)
    whole = change(TAKEN, "[]", '"virtualized"', '"passthrough"', base=second)
    is_(only("host-conflict", "note", everything, whole)["a"]["name"], "guest_type", "by its type")
    only("host-conflict", "warning", TODAY, whole)
    is_(codes(TODAY, change(DISABLED, '[{ path = "/soc/serial@10001000" }]', base=whole)), [],
        "what one disables the other may take")
    is_(codes(TODAY, change(TAKEN, "[]", base=second)), [], "nothing for one of them")


def own_tree() -> None:
    """Today's hypervisor looks the paths of a guest with a tree of its own up there."""
    def guest(*paths: str, name: str = "guest.dtb", disabled: tuple[str, ...] = ()) -> str:
        return change('kernel_path = "', f'dtb_path = "{name}"\nkernel_path = "',
                      base=today(*paths, disabled=disabled))

    serial = {"#address-cells": 1, "#size-cells": 1, "ranges": [0x1000_0000, 0x1000_0000, 0x10_0000],
              "serial@10001000": {"reg": [0x1000_1000, 0x100]}}
    write("guest.dtb", dtb({"compatible": "sample", "#address-cells": 1, "#size-cells": 1,
                            "soc": serial, "extra@0": {"reg": [0, 1]}}))
    is_(codes(guest("/soc/serial@10001000", "/extra@0")), [], "what both have, or the guest alone")
    one = only("tree-path", "error", guest("/soc/spi@300000"))
    ok("guest.dtb (sample), the guest's tree, has no such node" in one["message"], "what it lacks",
       one["message"])
    only("tree-path", "warning", guest(disabled=("/soc/spi@300000",)))
    serial["serial@10001000"]["reg"] = [0x1000_2000, 0x100]
    write("guest.dtb", dtb({"compatible": "sample", "#address-cells": 1, "#size-cells": 1,
                            "soc": serial}))
    one = only("tree-path", "error", guest("/soc/serial@10001000"))
    ok(f"at 0x10002000..0x10002100 in guest.dtb (sample), the guest's tree, but at "
       f"0x10001000..0x10001100 in {NAME}" in one["message"], "another place", one["message"])
    is_(codes(guest("/nothing", name="/guest/vm.dtb"), tree=board()), [], "one that is not here")
    serial["serial@10001000"]["reg"] = [0x1000_1000, 0x100]
    write("guest.dtb", dtb({"compatible": "sample", "#address-cells": 1, "#size-cells": 1,
                            "soc": serial}))
    second = change("id = 1", "id = 2", '"guest"', '"other"', IDS, "[2, 3]",
                    base=guest("/soc/serial@10001000"))
    only("host-conflict", "warning", TODAY, second)
    is_(codes(TODAY, change('"virtualized"', '"passthrough"', '[{ path = "/soc/serial@10001000" }]',
                            "[]", base=second)), [], "with a tree and no path the guest gets nothing")
    write("broken.dtb", b"\xd0\x0d\xfe\xed")
    is_(codes(guest("/nothing", name="broken.dtb")), [], "one that cannot be read")
    os.makedirs("root/guest")
    shutil.copy("guest.dtb", "root/guest/vm.dtb")
    write("root/guest/kernel", bytes(8))
    write("vm.toml", guest("/soc/spi@300000", name="/guest/vm.dtb"))
    is_([one["code"] for one in lint_here("--host-dtb=board.dtb", "--root=root", "vm.toml")],
        ["tree-path"], "one below --root")


def arch_of_tree() -> None:
    """What hangs on the architecture: a port of x86_64 on a board for aarch64."""
    virtual = TODAY + '\n[[devices.virtual]]\nid = "serial1"\nmodel = "uart16550-pio"\n'
    only("virtual-model", "error", virtual)
    write("vm.toml", virtual)
    is_(lint_here("vm.toml"), [], "nothing is known without the tree")


def timer() -> None:
    """Today's hypervisor reads 3 cells for each of 4 or 5 interrupts, and refuses all else."""
    for interrupts in ([1, 13, 4] * 3, [1, 13, 4] * 6, [1, 13, 4, 0] * 4, []):
        one = only("tree-board", "error", TODAY, tree=board(timer={"interrupts": interrupts}))
        ok(one["message"].startswith(f"{NAME}: it has no timer"), "its text", one["message"])
    is_(codes(TODAY, tree=board(timer={"interrupts": [1, 13, 4] * 5})), [], "five interrupts")
    gic = "interrupt-controller@8000000"
    only("tree-board", "error", TODAY, tree=board(**{gic: {"#interrupt-cells": 4}}))
    only("tree-board", "error", TODAY, tree=board(**{gic: {"compatible": "sample,intc"}}))
    only("tree-board", "error", TODAY, tree=board(timer=None))
    second = change("id = 1", "id = 2", '"guest"', '"other"', IDS, "[2, 3]", TAKEN, "[]",
                    base=TODAY)
    only("tree-board", "error", TODAY, second, tree=board(timer=None))
    is_(codes(VM, tree=board(timer=None)), [], "earlier ones do not look")
    riscv = board(timer=None, cpus={f"cpu@{number}": {"compatible": "riscv", "reg": number}
                                    for number in range(4)})
    is_(codes(TODAY, tree=riscv), [], "nor on riscv64")


def machine() -> None:
    """Memory over the devices of the guest's machine, which are where the tree has them."""
    def at(start: int, size: int = 0x10_0000) -> str:
        return change(REGION, f"{REGION}, [{start:#x}, {size:#x}, 0x7, 1]", base=TODAY)

    moved = board(**{"interrupt-controller@8000000": {
        "reg": cells(0x6000_0000, 0x1_0000, 0x6008_0000, 0x100_0000)}})
    for start, size, node in ((0x6000_0000, 0x1000, "/interrupt-controller@8000000"),
                              (0x5ff0_0000, 0x10_1000, "/interrupt-controller@8000000"),
                              (0x600b_f000, 0x1000, "/interrupt-controller@8000000"),
                              (0x1000_0000, 0x1000, "/soc/serial@10000000")):
        one = only("machine-conflict", "error", at(start, size), tree=moved)
        ok(f'overlaps "{node}" ' in one["message"] and NAME in one["message"], node, one["message"])
        is_((one["b"]["table"], one["b"]["name"]), ("machine", node), "the device")
    for start, size in ((0x800_0000, 0x10_0000), (0x900_0000, 0x1000), (0x6001_0000, 0x1000),
                        (0x600c_0000, 0x1000), (0x1000_1000, 0x1000)):
        is_(codes(at(start, size), tree=moved), [], f"nothing at {start:#x}")
    write("vm.toml", at(0x800_0000))
    is_([one["severity"] for one in lint_here("--arch=aarch64", "vm.toml")], ["warning"],
        "without a tree the usual places")
    two = board(**{"interrupt-controller@8000000": {
        "compatible": "arm,gic-400", "reg": cells(0x6000_0000, 0x1000, 0x6000_2000, 0x2000,
                                                  0x6000_4000, 0x2000)}})
    only("machine-conflict", "error", at(0x6000_3000, 0x1000), tree=two)
    is_(codes(at(0x6000_4000, 0x1000), tree=two), [], "what only the hypervisor uses of a GIC v2")


run_tests(todays, own_tree, arch_of_tree, timer, machine)
done()
