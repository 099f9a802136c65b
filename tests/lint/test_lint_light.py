# SPDX-License-Identifier: Apache-2.0
"""What a run of axvm-lint loads."""

import subprocess

from linting import GOOD, PROGRAM, SRCDIR, changed, run_tests, write
from tap import done, is_, ok


def loaded(*command: str) -> set[str]:
    """The modules that Python loads to run this."""
    run = subprocess.run([PROGRAM[0], "-X", "importtime", *command], capture_output=True,
                         text=True)
    return {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()
            if line.startswith("import time:")}


def light() -> None:
    """A plain run starts quickly: it loads nothing of what makes classes from their fields."""
    heavy = {"dataclasses", "inspect"}
    is_(heavy & loaded("-c", "import dataclasses, inspect"), heavy, "what is loaded is seen")
    # Here the program is tested, not the binding, nor Python's parser of options, which is heavy from
    # 3.14 on.
    always = loaded("-c", "import argparse, axvm_types; argparse.ArgumentParser()")
    write("good.toml", GOOD)
    write("bad.toml", changed("0x21", "3"))
    write("worse.toml", "=")
    today = str(SRCDIR / "examples/linux-aarch64.toml")
    for arguments in ([today], ["good.toml"], ["bad.toml"], ["worse.toml"], ["--json", "bad.toml"]):
        modules = loaded(*PROGRAM[1:], *arguments) - always
        ok("axvm_lint.check" in modules, f"{arguments}: checked")
        is_(modules & heavy, set(), f"{arguments}: nothing heavy is loaded")


run_tests(light)
done()
