# SPDX-License-Identifier: Apache-2.0
"""Spoils the samples at random and lints them: a documented status, and never a traceback.

usage: fuzz_lint.py SECONDS SEED SAMPLE...; the file that went wrong is kept as fuzz-lint.toml.
"""

import contextlib
import io
import json
import random
import sys
import time
import traceback
from pathlib import Path

from axvm_lint.command import main

# Of the format of Axvisor 0.5.24 and later.
NEW_FORMAT = """\
[base]
id = 1
name = "guest"
guest_type = "passthrough"
cpu_num = 2
phys_cpu_ids = [0, 0x100]
[kernel]
entry_point = 0x4008_0000
kernel_path = "/guest/Image"
kernel_load_addr = 0x4008_0000
image_location = "fs"
memory_regions = [[0x4000_0000, 0x4000_0000, 0x7, 0], { gpa = 0, size = 4096, flags = 7, map_type = 2 }]
[devices]
passthrough = [{ path = "/soc/mmc@1" }, ["/soc/rtc"]]
disabled = [{ path = "/pcie@2" }]
[[devices.virtual]]
id = "disk"
model = "virtio-blk"
capacity = "8MiB"
[[devices.virtual]]
id = "net"
model = "virtio-net"
guest_mac = [2, 0, 0, 0, 0, 1]
"""

WORDS = ["0", "-1", "0xffff_ffff_ffff_ffff", "18446744073709551616", "1e9", "nan", "true", '""',
         '"\\u0000"', "[]", "[[]]", "{}", '"pt"', '"uefi"', "''", "[[0, 0, 0, 0]]", "=", "\n", "#"]
OPTIONS = [[], ["--json"], ["--map"], ["--arch", "aarch64"], ["--arch", "x86_64", "--json"],
           ["--model", "0.7", "--json"], ["--axvisor", "0.8.3", "--arch", "loongarch64", "--map"]]


def spoil(text: str, samples: list[str]) -> str:
    """A few changes, of the kinds that people make and of those that nobody does."""
    for _ in range(random.randint(1, 4)):
        lines = text.splitlines(keepends=True) or ["\n"]
        at = random.randrange(len(lines))
        match random.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, random.choice(random.choice(samples).splitlines(keepends=True)))
            case 2:
                key, equals, _ = lines[at].partition("=")
                lines[at] = key + equals + random.choice(WORDS) + "\n"
            case 3:
                lines[at] = lines[at].replace(random.choice("0123456789abc\"[],="),
                                              random.choice("0123456789abc\"[],=\t"), 1)
            case 4:
                where = random.randint(0, len(lines[at]))
                lines[at] = lines[at][:where] + random.choice(WORDS) + lines[at][where:]
            case 5:
                lines[at] = lines[at][: random.randint(0, len(lines[at]))]
            case _:
                other = random.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
        text = "".join(lines)
    return text


def lint(arguments: list[str]) -> tuple[object, str]:
    """Exit status and output of a run."""
    output, errors = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    sys.argv = ["axvm-lint", *arguments]
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            status = main()
        except SystemExit as end:
            status = end.code or 0
    output.flush()
    return status, output.buffer.getvalue().decode()


def run() -> int:
    """Until the time is up, or something goes wrong."""
    end, seed = time.monotonic() + float(sys.argv[1]), int(sys.argv[2])
    samples = [Path(name).read_text() for name in sys.argv[3:]] + [NEW_FORMAT]
    random.seed(seed)
    kept = Path("fuzz-lint.toml")
    runs, statuses = 0, {}
    while time.monotonic() < end:
        kept.write_text(spoil(random.choice(samples), samples))
        options = random.choice(OPTIONS)
        try:
            status, output = lint([*options, str(kept)])
            if status not in (0, 1, 2):
                raise ValueError(f"status {status}")
            if "--json" in options:
                for line in output.splitlines():
                    json.loads(line)
        except Exception:
            traceback.print_exc()
            print(f"fuzz_lint: seed {seed}, run {runs}: {options} {kept}")
            return 1
        statuses[status] = statuses.get(status, 0) + 1
        runs += 1
    kept.unlink(missing_ok=True)
    print(f"lint: {runs} runs, by status {dict(sorted(statuses.items()))}")
    return 0


if __name__ == "__main__":
    sys.exit(run())
