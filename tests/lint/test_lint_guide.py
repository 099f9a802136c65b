#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The commands of axvm-vm-guide(7), in order: each prints what the guide says."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import tap

tap.need_library()

from linting import PROGRAM, SRCDIR, run_tests  # noqa: E402
from tap import done, is_, ok  # noqa: E402
from trees import board, dtb, need_libfdt  # noqa: E402

need_libfdt()


def steps() -> list[tuple[str, list[str]]]:
    """Each command of the guide, with the lines below it."""
    found: list[tuple[str, list[str]]] = []
    page = (SRCDIR / "doc/axvm-vm-guide.7").read_text()
    for example in re.findall(r"^\.EX\n(.*?)^\.EE$", page, re.M | re.S):
        for line in example.replace(r"\-", "-").replace(r"\e", "\\").splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def guide() -> None:
    """A line that ends with three dots is the beginning of one; other lines may follow it."""
    Path("board.dtb").write_bytes(dtb(board()))
    os.makedirs("rootfs/guest")
    Path("rootfs/guest/kernel").touch()
    os.truncate("rootfs/guest/kernel", 300 << 20)
    program = shlex.join(PROGRAM)
    ok(len(steps()) > 8, "the guide has commands")
    for command, wanted in steps():
        run = subprocess.run(command.replace("axvm-lint -", f"{program} -"), shell=True,
                             capture_output=True, text=True)
        is_(run.stderr, "", command)
        printed = run.stdout.splitlines()
        for line in wanted:
            matches = [found for found in printed
                       if found.startswith(line[:-4]) and line.endswith(" ...") or found == line]
            is_(len(matches), 1, f"{command}: {line}: {printed}")
        if not wanted:
            is_(run.stdout, "", command)
        codes = re.findall(r"\[([a-z-]+)\]: ", "\n".join(wanted))
        is_(re.findall(r"^guest.*\[([a-z-]+)\]: ", run.stdout, re.M), codes, f"{command}: no other finding")


run_tests(guide)
done()
