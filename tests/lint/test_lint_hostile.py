# SPDX-License-Identifier: Apache-2.0
"""axvm-lint on input that was made to harm it: a message and a status, without much of anything.

What a run may take is limited by the kernel: CPU seconds, bytes of memory, and bytes of output
by the checks. The limits are far above what is needed, and far below what grows with the square
of the input.
"""

import json
import os
import resource
import subprocess

from linting import GOOD, OLD_FORMAT, PROGRAM, RTC, changed, run_tests, write
from tap import done, is_, ok

SECONDS = 60
MEMORY = 2 << 30
MEGABYTE = 1 << 20

REGION = "[[0x4000_0000, 0x1000_0000, 0x7, 2]]"
GIC = '["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]'


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(content: str | bytes, *options: str) -> tuple[int, str]:
    """Status and output of a run that ends in peace."""
    write("hostile.toml", content)
    with open("output", "wb") as output:
        got = subprocess.run([*PROGRAM, *OLD_FORMAT, *options, "hostile.toml"], stdout=output,
                             stderr=subprocess.PIPE, preexec_fn=limit)
    is_(got.stderr, b"", f"nothing on standard error with {options}")
    with open("output", "rb") as output:
        return got.returncode, output.read().decode()


def one_code(content: str | bytes) -> tuple[int, list[str]]:
    """Status and codes of the few findings."""
    status, text = run(content, "--json")
    ok(len(text) < 2000, "a short message", text[:2000])
    return status, [json.loads(line)["code"] for line in text.splitlines()]


def syntax() -> None:
    nested = 100_000
    for content in (b"a = " + b"[" * nested, b"a = " + b"{b = " * nested,
                    b"a = " + b"[" * nested + b"]" * nested, b"[" * nested, b"a." * nested,
                    GOOD.encode() + b"x = " + b"[" * nested, b"[[a]]\n" * nested + b"=",
                    b"\xff" * nested, b"\0" * nested, GOOD.encode() + b"\0",
                    GOOD.replace("guest", "gu\0est", 1).encode(),
                    b"a = '" + b"\xed\xa0\x80" + b"'", b'a = "\\ud800"', b"a = 1\r" * nested,
                    # Each part of a key is a table in the one before.
                    b"a." * nested + b"a = 1", b"[" + b"'a' . " * nested + b"a]\n",
                    b"a = {b" + b".b" * nested + b" = 1}",
                    b'"\\"".' * nested + b"a = 1",
                    b'"' * nested, b"'" * MEGABYTE, b"a = 1_" + b"_" * nested):
        is_(one_code(content), (2, ["file-syntax"]), f"{content[:20]}...")


def numbers() -> None:
    for number in ("9" * MEGABYTE, "-" + "9" * MEGABYTE, "0x" + "f" * MEGABYTE, "1e999999999",
                   "0b" + "1" * MEGABYTE, "1" + "_0" * MEGABYTE):
        is_(one_code(changed("cpu_num = 2", f"cpu_num = {number}")), (1, ["file-value"]),
            f"{number[:10]}...")


def names() -> None:
    name = "n" * MEGABYTE
    status, text = run(changed('"gicd"', f'"{name}"').replace('"guest"', f'"{name}"'))
    ok(status == 0 and len(text) < 4000, "a name of 1 MB is cut", str(len(text)))
    status, text = run(changed('"gicd"', f'"{name}"'), "--map", "--svg=out.svg")
    ok(status == 0 and len(text) < 4000, "in the map, too", str(len(text)))
    ok(os.path.getsize("out.svg") < 20_000, "and in the picture")
    # The one with the name is one of two owners of very many findings.
    many = ", ".join(f'["{i}", {0x1000_0000 + i}, 1, 0, 0x21, []]' for i in range(5000))
    for options in ([], ["--json"], ["-q"]):
        status, text = run(changed(GIC, f'["{name}", 0x1000_0000, 0x10_0000, 0, 0x21, []], {many}'),
                           *options)
        is_((status, text.count("device-overlap")), (1, 5000), "each is reported")
        ok(len(text) < 8_000_000, "with little of the name", str(len(text)))
    many = [write(f"{i}.toml", changed('"guest"', f'"{name}"')) for i in range(5)]
    status, text = run(changed('"guest"', f'"{name}"'), "-q", *many)
    ok(status == 1 and len(text) < 40_000, "a name of VMs", str(len(text)))
    status, text = run(changed("cpu_num", f"{name} = 1\ncpu_num"))
    ok(status == 0 and "file-key" in text and len(text) < 4000, "a key of 1 MB", str(len(text)))
    status, text = run(changed('"pt"', f'"{name}"'))
    ok(status == 1 and "file-value" in text and len(text) < 4000, "a value of 1 MB")
    status, text = run(changed("kernel_path", f"boot_protocol = '{name}'\nkernel_path"))
    ok(status == 1 and "boot-protocol" in text and len(text) < 4000, "a protocol of 1 MB")
    status, text = run(changed("[base]", "[base]\n" + "".join(f"a{i} = 1\n" for i in range(9999))))
    is_((status, text.count("file-key")), (0, 9999), "very many keys")


def top() -> None:
    """Ranges at the top of the address space are found to overlap, not forgotten or wrapped."""
    last = "0xffff_ffff_ffff_f000"
    for region, codes in (
            (f"[{last}, 0xfff, 0, 0]", {"memory-unaligned"}),
            (f"[{last}, 0x1000, 0, 0]", {"memory-overflow"}),
            ("[0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_ffff, 0, 0]",
             {"memory-overflow", "memory-unaligned"}),
            ("[0, 0xffff_ffff_ffff_ffff, 0, 0]",
             {"memory-unaligned", "memory-overlap", "device-in-memory"}),
            ("[0xffff_ffff_ffff_e000, 0x1000, 0, 0], [0xffff_ffff_ffff_e000, 0x1fff, 0, 0]",
             {"memory-unaligned", "memory-overlap"})):
        for options in (["--json"], ["--map", "--svg=out.svg"]):
            status, text = run(changed(REGION, f"{REGION[:-1]}, {region}]"), "--gpa-bits=64",
                               *options)
            if options == ["--json"]:
                is_({json.loads(line)["code"] for line in text.splitlines()}, codes, region)
    for length, code in (("0xfff", "device-overlap"), ("0x1000", "device-overflow")):
        _, text = run(changed(GIC, f'["a", {last}, {length}, 0, 0x21, []]').replace(
            "0xa00_0000, 0x200", "0xffff_ffff_ffff_fffe, 1"),
            "--json", "--gpa-bits=64", "--disable=device-unaligned")
        is_([json.loads(line)["code"] for line in text.splitlines()], [code], f"length {length}")


def devices() -> None:
    """2 MB of devices, or 1 MB; the worst of them overlap with one name and one IRQ."""
    apart = [f'["device{i:06}", {0x1_0000_0000 + (i << 12):#013x},4096,0,33,[]]'
             for i in range(2 * MEGABYTE // 45)]
    is_(run(changed(GIC, ",".join(apart)), "--json", "--svg=out.svg"), (0, ""),
        "devices side by side")
    ok(os.path.getsize("out.svg") > 10_000_000, "all of them are in the picture")
    os.unlink("out.svg")
    status, text = run(changed(GIC, ",".join(apart[:20_000])), "--map")
    is_((status, text.count('| "device')), (0, 20_000), "and in the map")
    device = '["the same name", 0x1_0000_0000, 0x2_0000_0000, 4096, 5]'
    heaped = changed(RTC, ",".join([device] * (MEGABYTE // len(device))))
    status, text = run(heaped, "-q")
    ok(status == 0 and text.count("\n") > 50_000, "devices in a heap", text[-999:])
    ok(len(text) < 40_000_000, "tell no more than n findings a rule", str(len(text)))


run_tests(syntax, numbers, names, top, devices)
done()
