# SPDX-License-Identifier: Apache-2.0
"""axvm-lint --svg FILE.png, by one of two converters, and --svg -, which is standard output."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from linting import GOOD, OLD_FORMAT, PROGRAM, changed, has_module, lint, run_tests, write
from tap import done, is_, ok, skip

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PATH = os.environ["PATH"]


def program(folder: str, script: str) -> dict[str, str]:
    """An environment in which rsvg-convert is that script."""
    os.makedirs(folder, exist_ok=True)
    path = Path(folder, "rsvg-convert")
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return {**os.environ, "PATH": f"{os.path.abspath(folder)}:{PATH}"}


def without_program(*modules: str) -> dict[str, str]:
    """An environment without rsvg-convert, in which importing those modules fails."""
    os.makedirs("blocked", exist_ok=True)
    for module in modules:
        Path(f"blocked/{module}.py").write_text("raise ImportError\n")
    return {**os.environ, "PATH": "/nonexistent", "PYTHONPATH": os.pathsep.join(
        ("blocked", *filter(None, [os.environ.get("PYTHONPATH")])))}


def size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def converted(env: dict[str, str], name: str) -> None:
    run = lint("-q", "--svg", name, write("good.toml", GOOD), env=env)
    is_(run.stderr, "", "it is written")
    lint("-q", "--svg", "good.svg", "good.toml")
    svg = Path("good.svg").read_text()
    png = Path(name).read_bytes()
    is_(png[:8], SIGNATURE, "a PNG")
    ok(f'width="{size(png)[0]}" height="{size(png)[1]}"' in svg, "as large as the SVG", str(size(png)))
    ok(len(png) > 10_000, "with something in it", str(len(png)))


def by_program() -> None:
    if not shutil.which("rsvg-convert"):
        skip("a PNG by a program", "no rsvg-convert")
        return
    converted({**os.environ}, "Program.PNG")


def by_module() -> None:
    if not has_module("cairosvg"):
        skip("a PNG by a module", "no python3-cairosvg")
        return
    converted(without_program(), "module.png")


def failing() -> None:
    """What cannot be converted is reported, and what was there stays."""
    write("good.toml", GOOD)
    write("old.png", "old")
    env = without_program("cairosvg")
    for env, reason in (
            (env, "a PNG needs rsvg-convert (package librsvg2-bin) or python3-cairosvg; the name of "
                  "an SVG ends in .svg"),
            (program("bad", "cat > /dev/null; echo 'too large' >&2; exit 3"), "rsvg-convert: too large"),
            (program("dumb", "cat > /dev/null; exit 3"), "rsvg-convert: status 3"),
            (program("empty", "cat > /dev/null"), "rsvg-convert: status 0"),
            (program("deaf", "echo '\033[31m' >&2; exit 1"), "rsvg-convert: \\x1b[31m")):
        run = lint("-q", "--svg", "old.png", "good.toml", env=env)
        is_((run.returncode, run.stderr), (2, f"axvm-lint: old.png: is not written: {reason}\n"), reason)
        is_(Path("old.png").read_text(), "old", "the old one stays")
    run = lint("-q", "--svg", "old.png", "good.toml", env=program("echo", "cat"))
    ok(run.returncode == 0 and Path("old.png").read_text().startswith("<?xml"),
       "the program gets the SVG on its standard input")
    run = lint("-q", "--svg", "good.svg", "good.toml", env=without_program("cairosvg"))
    is_(run.returncode, 0, "an SVG needs none of them")
    run = lint("-q", "--svg", "link.png", "good.toml", env=program("echo", "cat"))
    os.symlink("good.toml", "input.png")
    run = lint("-q", "--svg", "input.png", "good.toml", env=program("echo", "cat"))
    is_((run.returncode, Path("good.toml").read_text()), (2, GOOD), "an input is not replaced")


def standard_output() -> None:
    """The picture is alone there; all else goes to standard error."""
    write("good.toml", GOOD)
    write("bad.toml", changed("id = 7", "id = -7"))
    lint("-q", "--svg", "bad.svg", "bad.toml")
    picture = Path("bad.svg").read_text()
    for options in ([], ["-q"], ["--map"], ["--json"], ["--format", "sarif"], ["--color=always"]):
        plain = lint(*options, "bad.toml")
        run = lint(*options, "--svg", "-", "bad.toml")
        is_((run.returncode, run.stdout), (1, picture), f"the picture alone: {options}")
        is_(run.stderr, plain.stdout, "and what is printed without it on standard error")
        ok(run.stderr, "which is something")
    ok(not os.path.exists("-"), "no file has that name")
    is_([json.loads(line)["severity"] for line in lint(
        "--json", "--svg=-", "bad.toml").stderr.splitlines()][:1], ["error"], "findings can be read")
    with open("good.toml") as file:
        run = lint("-q", "--svg", "-", "-", stdin=file)
    is_((run.returncode, run.stdout[-7:]), (0, "</svg>\n"), "of standard input")
    run = lint("--svg", "-", "--explain", "file-key")
    ok(run.stdout.startswith("file-key"), "without files there is no picture", run.stdout[:80])
    run = lint("-q", "--svg", "-", write("name.toml", changed('"guest"', '"\u4e2d"')),
               env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    ok("\u4e2d" in run.stdout, "it is UTF-8 in every locale")
    with open("/dev/full", "w") as full:
        run = subprocess.run([*PROGRAM, *OLD_FORMAT, "-q", "--svg=-", "good.toml"], stdout=full,
                             stderr=subprocess.PIPE, text=True)
    is_((run.returncode, run.stderr.splitlines()[-1]),
        (2, "axvm-lint: cannot write: No space left on device"), "that it is full is reported")


run_tests(by_program, by_module, failing, standard_output)
done()
