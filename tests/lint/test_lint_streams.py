#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: what it writes to a terminal, and streams that are closed, full or of another locale."""

import os
import subprocess
from pathlib import Path

import tap

tap.need_library()

from axvm_lint.reporting.formats import FORMATS  # noqa: E402
from axvm_lint.text import printable  # noqa: E402
from linting import GOOD, OLD_FORMAT, PROGRAM, changed, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402

# What a terminal obeys, hides or takes for the end of a line.
HOSTILE = "\x1b[31m\a\b\r\n\x7f\x9b\u202e\u2028\U000e0041%:,"


def in_toml(text: str) -> str:
    return "".join(f"\\U{ord(char):08x}" for char in text)


def visible(text: str) -> bool:
    return all(char == "\n" or char.isprintable() for char in text)


def escapes() -> None:
    """No format prints what a terminal would obey, wherever it comes from."""
    name = f"{HOSTILE}.cfg"
    write(name, changed('"guest"', f'"{in_toml(HOSTILE)}"', changed(
        '"uart"', f'"{in_toml(HOSTILE)}"', changed(
            '"gicd", 0x800_0000', f'"{in_toml(HOSTILE)}", 0x900_0000', changed(
                "[devices]", f'[devices]\n"{in_toml(HOSTILE)}" = 1')))))
    write(f"{HOSTILE}.txt", f"= {HOSTILE}")
    for options in ([f"--format={form}"] for form in FORMATS):
        for more in ([], ["--map", "--svg=out.svg"], ["--root", HOSTILE]):
            run = lint(*options, *more, name, f"{HOSTILE}.txt", f"{HOSTILE}.none")
            ok(visible(run.stdout) and run.stdout.count("\n") > 2 and run.stderr == "",
               f"{options} {more}", ascii(run.stdout)[:3000])
    ok(visible(Path("out.svg").read_text()), "nor the picture")
    github = lint("--format=github", name).stdout
    ok(f"file={printable(HOSTILE)[:9]}" in github, "as every other format escapes", ascii(github))
    for arguments in ([f"--{HOSTILE}"], ["--explain", HOSTILE], ["--arch", HOSTILE, name],
                      ["--svg", f"{HOSTILE}/none/out.svg", name], ["--format", HOSTILE, name]):
        run = lint(*arguments)
        ok(run.returncode == 2 and visible(run.stdout + run.stderr), f"a message for {arguments!a}",
           ascii(run.stderr))


def shell(redirection: str, *arguments: str, **options) -> subprocess.CompletedProcess:
    """Run the program with a redirection of the shell."""
    words = (*PROGRAM, *OLD_FORMAT, *arguments)
    return subprocess.run(["sh", "-c", f'exec "$@" {redirection}', "sh", *words],
                          capture_output=True, text=True, **options)


MESSAGES = (["--no-such-option"], ["--explain", "none"], [], ["--svg", "none/out.svg", "good.cfg"],
            ["--json", "--svg", "none/out.svg", "good.cfg"], ["--json", "--svg=good.cfg", "good.cfg"])


def errors_closed() -> None:
    """Without standard error there are no messages, and nothing else changes."""
    write("good.cfg", GOOD)
    for arguments in MESSAGES:
        plain = shell("", *arguments)
        ok(plain.returncode == 2 and plain.stderr, f"a message for {arguments}", plain.stderr)
        for redirection in ("2>&-", "2>&- <&-", "2</dev/null"):
            run = shell(redirection, *arguments)
            is_((run.returncode, run.stdout, run.stderr), (2, plain.stdout, ""),
                f"{redirection} {arguments}")
    run = shell("2>&-", "--json", "--svg=out.svg", "good.cfg", "none.cfg")
    is_((run.returncode, run.stdout.count("\n")), (2, 1), "a finding")
    ok(Path("out.svg").read_text().endswith("</svg>\n"), "no message is in the picture")
    run = shell(">&- 2>&-", "good.cfg")
    is_((run.returncode, run.stdout), (2, ""), "no stream at all")


def full() -> None:
    """What cannot be written is trouble, what is only a message is not."""
    write("good.cfg", GOOD)
    for arguments in MESSAGES:
        run = shell("2>/dev/full", *arguments)
        is_((run.returncode, run.stdout), (2, shell("", *arguments).stdout), f"{arguments}")
    is_(shell("2>/dev/full", "--json", "good.cfg").returncode, 0, "no message, so no trouble")
    for arguments in (["--help"], ["-h"], ["--version"], ["--list-codes"], ["--explain", "vm-id"],
                      ["--template", "riscv64"], ["good.cfg"], ["--format=sarif", "good.cfg"]):
        run = shell(">/dev/full", *arguments)
        is_((run.returncode, run.stderr),
            (2, "axvm-lint: cannot write: No space left on device\n"), f"{arguments}")
        is_(shell(">/dev/full 2>&1", *arguments).returncode, 2, f"{arguments}, and no message")


run_tests(escapes, errors_closed)
if Path("/dev/full").exists():
    run_tests(full)
else:
    skip("full", "no /dev/full")
done()
