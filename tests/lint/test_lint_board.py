#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: what VMs have that the host's device tree has not, each with near misses."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import tap

tap.need_library()

from guests import (EXCLUDED, GICD, IDS, NAME, OLD, PATHS, REGION, TAKEN, TODAY, VM,  # noqa: E402
                    change, codes, only, other, passing, today)
from linting import lint, lint_here, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402
from trees import NAMES, board, cells, dtb, need_libfdt  # noqa: E402

need_libfdt()


def path() -> None:
    is_(codes(VM), [], "the guest itself")
    one = only("tree-path", "error", passing("/soc/serial@10001000", "/soc/serial@1000100"))
    is_(one["message"], 'passthrough_devices[1] of "/soc/serial@1000100": '
        f'{NAME} has no such node; "/soc/serial@10001000" or "/soc/serial@10000000" is near',
        "what is near")
    is_((one["a"]["table"], one["a"]["index"]), ("passthrough_devices", 1), "its place")
    ok("/sys/firmware/fdt" in one["hint"] and "dumpdtb" in one["hint"], "how to get the true tree")
    for text in "/soc/serial@10001000/", "/uart1", "/net0", "/serial@10001000", "//soc":
        only("tree-path", "error", passing(text))
    one = only("tree-path", "warning", change(EXCLUDED, '[["/soc/spi@300000", "/spi@300000"]]'))
    is_(one["message"], 'excluded_devices[0][1] of "/spi@300000": '
        f'{NAME} has no such node, so nothing is taken out; it has "/soc/spi@300000"',
        "an excluded path")
    is_(codes(change(EXCLUDED, '[["/soc/spi@300000", "/soc", "/"]]')),
        [("warning", "device-disabled")], "those that exist, and one that is passed through")
    is_(codes(change(PATHS, '[["/"]]')), [], "all of the tree")
    is_(codes(change(PATHS, '[["uart", 0x900_0000, 0x900_0000, 0x1000, 33]]')), [], "a range")
    is_(codes(change(PATHS, '[["/x"]]', "kernel_load_addr = ",
                     'dtb_path = "/guest/vm.dtb"\nkernel_load_addr = ')), [],
        "a guest with a tree of its own: nothing is looked up in the board's")


def cpu() -> None:
    tree = board(cpus=NAMES)
    one = only("tree-cpu", "error", change(IDS, "[0x201, 0x200]"), tree=tree)
    is_(one["message"], f"phys_cpu_ids[0] 0x201, [1] 0x200: {NAME} has cpu@0, cpu@1, cpu@100 and 1 "
        "more", "the ids, and what there is")
    ok("cpu@1 has the hardware id 0x201: write [0x1, 0x0]." in one["hint"], "what to write",
       one["hint"])
    is_((one["a"]["table"], one["a"]["index"]), ("phys_cpu_ids", 0), "the first of them")
    one = only("tree-cpu", "error", change(IDS, "[1, 0x300]"), tree=tree)
    ok("hardware id" not in one["hint"] and one["a"]["index"] == 1, "an id of nobody")
    one = only("tree-cpu", "warning", change(IDS, "[0, 0x101]"), tree=tree)
    is_(one["message"], f"phys_cpu_ids[1] 0x101: disabled in {NAME}", "a CPU that is off")
    is_(codes(change(IDS, "[1, 0x100]"), tree=tree), [], "numbers of names")
    is_(codes(change(IDS, "[7, 8]"), tree=board(cpus=None)), [], "a tree without CPUs")
    many = change("cpu_num = 2", "cpu_num = 6", IDS, "[0, 0x10, 0x11, 0x12, 0x13, 0x14]")
    ok(only("tree-cpu", "error", many)["message"].startswith(
        "phys_cpu_ids[1] 0x10, [2] 0x11, [3] 0x12 and 2 more: "), "one finding for all")


def owned() -> None:
    bare = change(GICD, "")
    one = only("tree-owned", "note", bare)
    is_(one["message"], 'passthrough_devices[0] of "/soc/serial@10001000": the guest gets the '
        f'interrupt controller "/interrupt-controller@8000000" of {NAME} itself, which the '
        "hypervisor uses as well", "by its interrupts")
    only("tree-owned", "note", change(PATHS, '[["/interrupt-controller@8000000"]]', base=bare))
    is_(codes(change(PATHS, '[["/"]]', base=bare)), [], "all of the tree is meant so")
    is_(codes(change(PATHS, '[["/soc/clock@400000"]]', base=bare)), [], "without interrupts")
    is_(codes(VM), [], "one that is emulated")
    moved = change(GICD, '["gicd", 0x700_0000, 0x1_0000, 0, 0x21, []]')
    only("tree-owned", "note", moved)
    aplic = board(**{"interrupt-controller@8000000": {"compatible": "riscv,aplic"}})
    is_(codes(bare, tree=aplic), [], "one that the hypervisor does not know")


def nothing() -> None:
    for text, why in (("/gpio-keys", f"{NAME} has no registers there"),
                      ("/cpus/cpu@0", "phys_cpu_ids names the CPUs"),
                      ("/memory@80000000", "begins with \"memory\""),
                      ("/soc/memory-controller@500000", "begins with \"memory\""),
                      ("/reserved-memory/logs@a0000000", "reserved memory is not"),
                      ("/chosen", "has no registers there")):
        one = only("tree-nothing", "warning", passing(text))
        ok(why in one["message"], text, one["message"])
    for text in "/soc", "/timer", "/psci", "/soc/efuse@600000/id@2", "/pcie@40000000":
        is_(codes(passing(text)), [], f"{text} has an effect")
    tree = board(flash={"partitions": {"compatible": "fixed-partitions", "#address-cells": 1,
                                       "#size-cells": 1, "boot@0": {"reg": [0, 0x1000]}}})
    only("tree-nothing", "warning", passing("/flash"), tree=tree)
    only("tree-nothing", "warning", passing("/flash/partitions/boot@0"), tree=tree)


def disabled() -> None:
    one = only("tree-disabled", "note", passing("/soc/spi@300000"))
    ok(f"the device is disabled in {NAME}" in one["message"], "its text", one["message"])
    tree = board(soc={"status": "disabled"})
    only("tree-disabled", "note", passing("/soc/serial@10001000"), tree=tree)
    for status in "ok", "okay", None:
        tree = board()
        tree["soc"]["spi@300000"]["status"] = status
        if status is None:
            del tree["soc"]["spi@300000"]["status"]
        is_(codes(passing("/soc/spi@300000"), tree=tree), [], f"status {status}")
    is_(codes(change(PATHS, '[["/"]]')), [], "a disabled node of the whole tree is none of it")


def ram() -> None:
    reserved = board(**{"reserved-memory": {"all@0": {"reg": cells(0, 1 << 40)}}})
    for region, at in (("[0x7fff_f000, 0x1000_0000, 0x7, 2]", "0x7ffff000"),
                       ("[0xbf00_0000, 0x200_0000, 0x7, 2]", "0xc0000000"),
                       ("[0x4000_0000, 0x1000_0000, 0x7, 2]", "0x40000000")):
        one = only("tree-ram", "warning", change(
            REGION, region, "entry_point = 0x4020_0000", f"entry_point = {region[1:12]}",
            "kernel_load_addr = 0x4020_0000", f"kernel_load_addr = {region[1:12]}"), tree=reserved)
        ok(one["message"].endswith(f"{NAME} has no RAM at {at}; it has 0x80000000..0xc0000000"),
           "what there is", one["message"])
        is_((one["a"]["table"], one["a"]["index"]), ("memory_regions", 0), "the region")
        is_({key: known for key, known in one["b"].items() if known is not None},
            {"table": "host_memory"}, "and the memory as a whole")
    kernel = ("entry_point = 0x4020_0000", "entry_point = 0x8020_0000",
              "kernel_load_addr = 0x4020_0000", "kernel_load_addr = 0x8020_0000")
    fits = change(REGION, "[0x8000_0000, 0x4000_0000, 0x7, 2]", *kernel)
    is_(codes(fits, tree=reserved), [], "all of it")
    none = board(**{"memory@80000000": None})
    is_(codes(change(REGION, "[0x4000_0000, 0x1000_0000, 0x7, 2]"), tree=none), [],
        "a tree that names no RAM")
    large = change(REGION, "[0x4000_0000, 0x4000_1000, 0x7, 1]")
    one = only("tree-ram", "warning", large)
    is_(one["message"], "memory_regions[0]: with it, the regions that the hypervisor allocates for "
        f"the VMs are larger than the RAM of {NAME}, 1 GiB", "more than there is")
    is_(codes(change(REGION, "[0x4000_0000, 0x4000_0000, 0x7, 1]")), [], "just as much")
    half = "[0x4000_0000, 0x2000_0000, 0x7, 1]"
    is_(codes(change(REGION, half), other(2, REGION, half, PATHS, "[]")), [], "two that fit")
    only("tree-ram", "warning", change(REGION, half),
         other(2, REGION, "[0x4000_0000, 0x2000_1000, 0x7, 1]", PATHS, "[]"))


def reserved() -> None:
    kernel = ("entry_point = 0x4020_0000", "entry_point = 0x9020_0000",
              "kernel_load_addr = 0x4020_0000", "kernel_load_addr = 0x9020_0000")
    good = change(REGION, "[0x9000_0000, 0x1010_0000, 0x7, 2]", *kernel)
    is_(codes(good), [], "what two nodes reserve")
    for region, rest in (("[0x9000_0000, 0x1010_1000, 0x7, 2]", "0xa0100000..0xa0101000"),
                         ("[0x8fff_f000, 0x1000_1000, 0x7, 2]", "0x8ffff000..0x90000000")):
        one = only("tree-reserved", "note", change(REGION, region, *kernel))
        ok(f"{NAME} does not reserve {rest}, so" in one["message"], "what is not", one["message"])
    one = only("tree-reserved", "warning", change(REGION, "[0x9000_0000, 0x2f00_1000, 0x7, 2]",
                                                  *kernel))
    ok('overlaps "/reserved-memory/secure@bf000000" 0xbf000000..0xc0000000, which' in one["message"],
       "what is firmware's", one["message"])
    more = change(REGION, f"{REGION}, [0xbf00_0000, 0x100_0000, 0x7, 2]")
    is_(codes(more), [], "just that may be intended")
    write("board.dtb", dtb(board(), ((0xb000_0000, 0x1000),)))
    text = change(REGION, f"{REGION}, [0xb000_0000, 0x1000, 0x7, 2]")
    is_(lint_here(OLD, "--host-dtb=board.dtb", write("vm.toml", text)), [], "by /memreserve/")
    text = change(REGION, f"{REGION}, [0xb000_0000, 0x2000, 0x7, 2]")
    is_([one["severity"] for one in lint_here(OLD, "--host-dtb=board.dtb", write("vm.toml", text))],
        ["warning"], "and no further")


def shared() -> None:
    twice = only("host-conflict", "warning", VM, other(2))
    is_(twice["message"], 'passthrough_devices[0] of "/soc/serial@10001000" and vm2.toml: '
        'passthrough_devices[0] of "/soc/serial@10001000": both VMs take "/soc/serial@10001000" of '
        f"{NAME}", "one node")
    is_((twice["a"]["vm"], twice["b"]["vm"], twice["b"]["file"]), (1, 2, "vm2.toml"), "its owners")
    for a, b in (("/soc", "/soc/serial@10001000"), ("/soc/serial@10001000", "/soc")):
        only("host-conflict", "warning", passing(a), other(2, PATHS, f'[["{b}"]]', EXCLUDED, "[]"))
    is_(codes(VM, other(2, PATHS, '[["/soc/serial@10000000"]]')), [], "another node")
    soc = '[["/soc"]]'
    is_(codes(VM, other(2, PATHS, soc, EXCLUDED, '[["/soc/serial@10001000"]]')), [],
        "what one VM excludes the other may take")
    is_(codes(change(PATHS, soc, EXCLUDED, '[["/soc/serial@10001000"]]'), other(2)), [],
        "in any order")
    everything = other(2, PATHS, '[["/"]]')
    only("host-conflict", "warning", VM, everything)
    is_(codes(VM, change(EXCLUDED, '[["/soc/serial@10001000"]]', base=everything)), [],
        "all but that")
    one = only("host-conflict", "note", change(PATHS, '[["/"]]'), everything)
    ok(f"both VMs take all devices of {NAME}" in one["message"], "all of it", one["message"])
    is_(codes(change(PATHS, '[["/"]]'), everything, other(3, PATHS, '[["/"]]')),
        [("note", "host-conflict")] * 2, "each against the first")
    four = ["/virtio@a000000", "/soc/clock@400000", "/soc/serial@10000000", "/virtio@a001000"]
    one = only("host-conflict", "warning", passing(*four),
               other(2, PATHS, json.dumps([[path] for path in four])))
    ok(one["message"].endswith('both VMs take "/virtio@a000000", "/soc/clock@400000", '
                                f'"/soc/serial@10000000" and 1 more of {NAME}'), "of many three",
       one["message"])


def pages() -> None:
    first, second = passing("/virtio@a000000"), other(2, PATHS, '[["/virtio@a000200"]]')
    one = only("host-conflict", "error", first, second)
    ok(one["message"].endswith(
        f'"/virtio@a000000" and "/virtio@a000200" share the 4 KiB page 0xa000000 of {NAME}'),
       "two devices", one["message"])
    is_(codes(first, other(2, PATHS, '[["/virtio@a001000"]]')), [], "of another page")
    is_(codes(passing("/virtio@a000000", "/virtio@a000200")), [], "both of one VM")
    stray = board()
    for number in 1, 2:
        stray["soc"][f"efuse@60000{number}"] = {
            "reg": [0x60_0000 + 0x1000 * number, 0x1000], "#address-cells": 1, "#size-cells": 1,
            "id@2": {"reg": [2, 2]}}
    is_(codes(passing("/soc/efuse@600001"), other(2, PATHS, '[["/soc/efuse@600002"]]'), tree=stray),
        [], "what has no address of the CPU is no conflict")
    nested = board(soc={"a": {
        "#address-cells": 1, "#size-cells": 1, "ranges": [0, 0x70_0000, 0x1_0000],
        "dma@100": {"reg": [0x100, 0x10]}}, "dma@700200": {"reg": [0x70_0200, 0x10]}})
    one = only("host-conflict", "error", passing("/soc/a/dma@100"),
               other(2, PATHS, '[["/soc/dma@700200"]]'), tree=nested)
    ok("page 0x10700000" in one["message"], "where they really are", one["message"])
    is_(codes(first, second, other(3, PATHS, '[["/virtio@a000200"]]')),
        [("error", "host-conflict"), ("warning", "host-conflict")],
        "a device in two VMs, and its neighbour in one")
    is_(len(lint_here(OLD, "--host-dtb=board.dtb", "--separate", "vm1.toml", "vm2.toml")), 0,
        "not on two machines")


def architectures() -> None:
    write("board.dtb", dtb(board()))
    write("vm.toml", VM)
    x86 = change(PATHS, "[]", GICD, '["pit", 0x40, 0x22, 0, 0x24, []]', EXCLUDED, "[]",
                 "phys_cpu_ids = [0, 1]\n", "")
    write("x86.toml", x86)
    is_(lint_here(OLD, "--host-dtb=board.dtb", "x86.toml"), [], "a file for another architecture")
    text = lint(OLD, "--host-dtb=board.dtb", "--separate", "vm.toml", "x86.toml").stdout
    is_(text.splitlines()[-2:],
        [f"axvm-lint: x86.toml: for another architecture than {NAME}, so not compared with it",
         "axvm-lint: 2 files: no problems"], "is not compared, which is said")
    run = lint("--host-dtb=board.dtb", "--arch=x86_64", "vm.toml")
    ok(run.returncode == 2 and "--host-dtb is of no use for x86_64" in run.stderr, "x86_64",
       run.stderr)
    run = lint("--host-dtb=board.dtb", "--arch=riscv64", "vm.toml")
    is_((run.returncode, run.stdout, run.stderr),
        (2, "", "axvm-lint: board.dtb: it is a tree for aarch64, but --arch is riscv64\n"),
        "another one than --arch")
    write("loong.dtb", dtb({"cpus": {"cpu@0": {"compatible": "loongson,la464"}}}))
    run = lint("--host-dtb=loong.dtb", "vm.toml")
    ok(run.returncode == 2 and "a tree for loongarch64" in run.stderr, "loongarch64", run.stderr)
    lacking = change("phys_cpu_ids = [0, 1]\n", "")
    is_([(one["severity"], one["code"]) for one in lint_here(
        OLD, "--host-dtb=board.dtb", write("lacking.toml", lacking))], [("error", "cpu-list")],
        "the tree says which architecture it is")


def unusable() -> None:
    """One line that names the file, and status 2."""
    write("vm.toml", VM)
    write("source.dts", "/dts-v1/;\n/ { };\n")
    write("cut.dtb", dtb(board())[:200])
    write("overlay.dtbo", dtb({"fragment@0": {"__overlay__": {}}}))
    os.mkfifo("pipe")
    for name, reason in (("none.dtb", "cannot be read: No such file or directory"),
                         (".", "it is a directory, not a regular file"),
                         ("pipe", "it is a named pipe, not a regular file"),
                         ("vm.toml", "it is not a device tree blob (*.dtb)"),
                         ("source.dts", "dtc -O dtb"), ("cut.dtb", "it is cut off"),
                         ("overlay.dtbo", "it is an overlay")):
        for form in (), ("--json",):
            run = lint(f"--host-dtb={name}", *form, "vm.toml")
            is_((run.returncode, run.stdout), (2, ""), f"{name} is of no use")
            ok(run.stderr.startswith(f"axvm-lint: {name}: ") and reason in run.stderr
               and run.stderr.count("\n") == 1, f"says {reason}", run.stderr)
    Path("without").mkdir()
    write("without/libfdt.py", "raise ImportError\n")
    write("board.dtb", dtb(board()))
    run = lint("--host-dtb=board.dtb", "vm.toml", env={
        **os.environ, "PYTHONPATH": os.pathsep.join(["without", os.environ["PYTHONPATH"]])})
    is_((run.returncode, run.stdout), (2, ""), "without libfdt")
    ok("install python3-libfdt" in run.stderr and run.stderr.count("\n") == 1, "says so",
       run.stderr)
    is_(lint("vm.toml", env={**os.environ, "PYTHONPATH": os.pathsep.join(
        ["without", os.environ["PYTHONPATH"]])}).returncode, 0, "without a tree it is not needed")


def described() -> None:
    write("board.dtb", dtb(board()))
    text = lint("--host-dtb=board.dtb", write("vm.toml", VM)).stdout
    ok(text.startswith(f"{NAME}: 4 CPUs, 1 GiB of RAM\nvm.toml: VM 1"), "a line about the board",
       text)
    ok("\n  of the board  1 device in 1 range of pages, 4 KiB\n" in text, "what the VM gets", text)
    for guest, share in ((today("/virtio@a000000", "/virtio@a000200", "/virtio@a001000"),
                          "3 devices in 1 range of pages, 8 KiB"),
                         (today("/soc", disabled=("/soc/efuse@600000", "/soc/ethernet@200000")),
                          "3 devices in 3 ranges of pages, 12 KiB"),
                         (change('"virtualized"', '"passthrough"', TAKEN, "[]", base=TODAY),
                          "8 devices in 6 ranges of pages, 28 KiB")):
        text = lint("--host-dtb=board.dtb", write("vm.toml", guest)).stdout
        ok(f"\n  of the board  {share}\n" in text, share, text)
    ok("of the board" not in lint("--host-dtb=board.dtb", write(
        "vm.toml", today("/gpio-keys"))).stdout, "nothing is not said")


def compiled() -> None:
    """Our writer against the compiler."""
    if not shutil.which("dtc"):
        skip("compiled", "no dtc")
        return
    for name, tree in (("board", board()), ("names", board(cpus=NAMES))):
        write(f"{name}.dtb", dtb(tree, ((0x1000, 0x2000),)))
        for args in (["-I", "dtb", "-O", "dts", "-o", f"{name}.dts", f"{name}.dtb"],
                     ["-I", "dts", "-O", "dtb", "-o", f"{name}2.dtb", f"{name}.dts"]):
            subprocess.run(["dtc", "-q", *args], check=True)
        is_(lint_here(OLD, f"--host-dtb={name}2.dtb", write("vm.toml", VM)), [], name)
        ok(Path(f"{name}2.dtb").stat().st_size > 1000, "a blob of the compiler")


QEMU_AARCH64 = change(PATHS, '[["/pl011@9000000"], ["/timer"], ["/psci"]]', EXCLUDED,
                      '[["/pcie@10000000"]]', GICD,
                      f'{GICD}, ["gicr", 0x80a_0000, 0x2_0000, 0, 0x20, [2, 0x2_0000, 0]]')
PLIC = '["plic", 0xc00_0000, 0x60_0000, 0, 0x30, [4]]'
QEMU_RISCV64 = change(
    PATHS, '[["/soc/serial@10000000"], ["/soc/virtio_mmio@10001000"]]', EXCLUDED, "[]", GICD,
    PLIC, REGION, "[0x8000_0000, 0x1000_0000, 0x7, 1]",
    "entry_point = 0x4020_0000", "entry_point = 0x8020_0000",
    "kernel_load_addr = 0x4020_0000", "kernel_load_addr = 0x8020_0000")


def boards_of_qemu() -> None:
    """The example files for QEMU have nothing wrong on its boards; one path changed is found."""
    for arch, options, sample, path, wrong in (
            ("aarch64", "-cpu cortex-a72 -smp 4 -m 8g -machine virt,virtualization=on,"
             "gic-version=3", QEMU_AARCH64, "/pl011@9000000", "/pl011@900000"),
            ("riscv64", "-cpu rv64 -smp 4 -m 4g -bios none -machine virt", QEMU_RISCV64,
             "/soc/virtio_mmio@10001000", "/virtio_mmio@10001000"),
            # Without a PLIC.
            ("riscv64", "-cpu rv64 -smp 4 -m 4g -bios none -machine virt,aia=aplic-imsic",
             change(PLIC, "", base=QEMU_RISCV64), "/soc/virtio_mmio@10001000",
             "/soc/virtio_mmio@1000100")):
        qemu = shutil.which(f"qemu-system-{arch}")
        if not qemu:
            skip(f"boards_of_qemu {arch}", f"no qemu-system-{arch}")
            continue
        subprocess.run([qemu, "-nic", "none", "-nographic",
                        *f"{options},dumpdtb={arch}.dtb".split()], check=True, capture_output=True)
        write("vm.toml", sample)
        is_(lint_here(OLD, f"--host-dtb={arch}.dtb", "vm.toml"), [], f"{arch}: nothing")
        write("wrong.toml", change(path, wrong, base=sample))
        is_([(one["severity"], one["code"]) for one in lint_here(
            OLD, f"--host-dtb={arch}.dtb", "wrong.toml")], [("error", "tree-path")],
            f"{arch}: the path")


run_tests(path, cpu, owned, nothing, disabled, ram, reserved, shared, pages, architectures,
          unusable, described, compiled, boards_of_qemu)
done()
