# SPDX-License-Identifier: Apache-2.0
"""axvm-lint on what was reported from the field: tests/lint/field, a case for each kind.

A case is NAME.txt beside its configurations. It begins with what it is about, and has runs, each
followed by all that it finds:

    > OPTION... [FILE...]
    SEVERITY CODE LINE "words of the message" "words of the help"

The words may be left out. Without a FILE the run is about NAME.toml. `image FILE SIZE [KIND SIZE]`
makes an image: KIND is arm64, riscv64 or bzimage, whose header names the second size. What a file
of an old format has of file-format is left out, but for --model and --axvisor.
"""

import re
import shlex
from pathlib import Path

import tap

tap.need_library()

from axvm_types import size_parse  # noqa: E402
from linting import SRCDIR, found, run_tests  # noqa: E402
from tap import done, is_, ok  # noqa: E402

FIELD = SRCDIR / "tests/lint/field"

HEADERS = {
    "arm64": lambda size: [(0x10, size.to_bytes(8, "little")), (0x38, b"ARM\x64")],
    "riscv64": lambda size: [(0x10, size.to_bytes(8, "little")), (0x38, b"RSC\x05")],
    "bzimage": lambda size: [(0x1f1, b"\x03"), (0x1fe, b"\x55\xaaxxHdrS\x0f\x02"), (0x211, b"\x01"),
                             (0x260, size.to_bytes(4, "little"))],
}


def image(name: str, size: str, kind: str = "", needs: str = "0") -> None:
    with open(name, "wb") as file:
        file.truncate(size_parse(size))
        for offset, value in HEADERS[kind](size_parse(needs)) if kind else ():
            file.seek(offset)
            file.write(value)


def findings(arguments: list[str]) -> tuple[list[list[object]], list[dict]]:
    is_old_expected = any(one.startswith(("--model", "--axvisor")) for one in arguments)
    all_found = [one for one in found(*arguments, before=())[1]
                 if one["code"] != "file-format" or is_old_expected or one["severity"] == "error"]
    return [[one["severity"], one["code"], one["line"]] for one in all_found], all_found


def run(case: str, arguments: list[str], wanted: list[list[str]]) -> None:
    if not any(one.endswith(".toml") for one in arguments):
        arguments = [*arguments, f"{case}.toml"]
    got, details = findings(arguments)
    is_(got, [[severity, code, int(line)] for severity, code, line, *_ in wanted],
        f"{case} {' '.join(arguments)}")
    for one, words in zip(details, wanted):
        for key, text in zip(("message", "hint"), words[3:]):
            ok(text in one[key], f"{case}: {text}", one[key])


def cases() -> None:
    names = sorted(path.stem for path in FIELD.glob("*.txt"))
    ok(len(names) > 30, "there are cases")
    for path in FIELD.glob("*.toml"):
        Path(path.name).write_bytes(path.read_bytes())
    for name in names:
        arguments: list[str] | None = None
        wanted: list[list[str]] = []
        about, *blocks = re.split(r"^> ?", (FIELD / f"{name}.txt").read_text(), flags=re.MULTILINE)
        ok(blocks and about.strip(), f"{name}: says what it is about, and has a run")
        for line in about.splitlines():
            if line.startswith("image "):
                image(*line.split()[1:])
        for block in blocks:
            first, *rest = block.splitlines()
            arguments, wanted = shlex.split(first), [shlex.split(line) for line in rest if line]
            run(name, arguments, wanted)
        for made in re.findall(r"^image (\S+)", about, re.MULTILINE):
            Path(made).unlink()


def both_ends() -> None:
    """A kind has something that is reported and something near it that is not."""
    kinds: dict[str, set[bool]] = {}
    for path in FIELD.glob("*.txt"):
        kind = path.stem.split("-")[0]
        for block in re.split("^>", path.read_text(), flags=re.MULTILINE)[1:]:
            kinds.setdefault(kind, set()).add("\n" in block.rstrip())
    is_({kind for kind, ends in kinds.items() if len(ends) < 2}, set(), "kinds with one end only")


run_tests(cases)
run_tests(both_ends)
done()
