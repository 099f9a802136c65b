# SPDX-License-Identifier: Apache-2.0
"""What the tests of axvm-lint share: running it, and a good configuration to spoil."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import tap
from tap import is_, ok

SRCDIR = Path(os.environ["srcdir"]).resolve()
BUILDDIR = Path(os.environ["builddir"]).resolve()
PROGRAM = [sys.executable, str(BUILDDIR / "python/axvm-lint")]

RTC = '["rtc", 0x930_0000, 0x930_0000, 0x1000, 0]'

GOOD = f"""\
[base]
id = 7
name = "guest"
vm_type = 1
cpu_num = 2
phys_cpu_ids = [0x100, 0x200]
phys_cpu_sets = [0b1101, 0x10]

[kernel]
entry_point = 0x4020_0000
kernel_path = "/guest/kernel"
kernel_load_addr = 0x4020_0000
image_location = "fs"
memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 2]]

[devices]
interrupt_mode = "pt"
emu_devices = [["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]]
passthrough_devices = [{RTC},
    ["uart", 0x900_0000, 0x900_0000, 0x1000, 33]]
passthrough_addresses = [[0xa00_0000, 0x200]]
"""


# The good configuration is of the format before Axvisor 0.5.24, which gives it a warning, and like
# most has masks that aarch64 ignores and, after a change, memory that DMA does not reach. What is tested
# with it is something else: the options come before those of each run.
OLD_FORMAT = ("--disable", "file-format", "--disable", "device-dma", "--disable", "key-unused")


def telling(code: str) -> tuple[str, ...]:
    """These options, but for what describes a code."""
    disabled = [other for other in OLD_FORMAT[1::2] if other != code]
    return tuple(f"--disable={other}" for other in disabled)


def changed(old: str, new: str, base: str = GOOD) -> str:
    """The good configuration with one change."""
    if base.count(old) != 1:
        raise ValueError(f"{old!r} is not once in the good configuration")
    return base.replace(old, new)


def lint(*arguments: str | bytes, before: tuple[str, ...] = OLD_FORMAT,
         **options) -> subprocess.CompletedProcess:
    """Run the program; what it prints must be UTF-8, and never a traceback.

    A child of this process runs it, which is far quicker than to start Python anew; with
    options, as for subprocess, the installed script is started.
    """
    arguments = (*before, *arguments)
    if options:
        run = subprocess.run([*PROGRAM, *arguments], capture_output=True, timeout=120, **options)
    else:
        run = _run_in_child(arguments)
    run.stdout, run.stderr = run.stdout.decode(), run.stderr.decode()
    if "Traceback" in run.stderr or "Exception ignored" in run.stderr:
        ok(False, f"no traceback for {arguments}", run.stderr)
    return run


def lint_here(*arguments: str) -> list[dict]:
    """What a run finds; in this process, as starting a new one costs more than the run."""
    # Only after tap.need_library() has seen that it can be loaded.
    from axvm_lint.command import main

    output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(output):
        main(["--json", *arguments])
    output.seek(0)
    return [json.loads(line) for line in output]


def _run_in_child(arguments: tuple[str | bytes, ...]) -> subprocess.CompletedProcess:
    # Only after tap.need_library() has seen that it can be loaded.
    from axvm_lint.command import main

    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.dup2(output.fileno(), 1)
                os.dup2(errors.fileno(), 2)
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                sys.argv = [PROGRAM[1], *map(os.fsdecode, arguments)]
                signal.alarm(120)
                status = main()
            except SystemExit as end:
                status = end.code or 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        output.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(arguments, status, output.read(), errors.read())


def write(name: str, content: str | bytes) -> str:
    """A file with that content."""
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def found(*arguments: str, before: tuple[str, ...] = OLD_FORMAT) -> tuple[int, list[dict]]:
    """Exit status and findings of a run."""
    run = lint("--json", *arguments, before=before)
    is_(run.stderr, "", f"nothing on standard error for {arguments}")
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()]


def has_module(name: str) -> bool:
    """Whether the program finds a module that is no part of Python; another process tries."""
    importing = subprocess.run(
        [sys.executable, "-c",
         f"from axvm_lint.optional import optional_module; optional_module({name!r})"],
        capture_output=True)
    return importing.returncode == 0


def run_tests(*tests: Callable[[], None]) -> None:
    """Run the tests in a folder of their own."""
    tap.need_library()
    with _scratch():
        tap.test(*tests)


@contextlib.contextmanager
def _scratch() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        yield
