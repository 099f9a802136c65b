# SPDX-License-Identifier: Apache-2.0
"""axvm-lint on random files of Axvisor 0.5.24 to 0.8.3, against a second opinion.

The second opinion knows the parser alone. Of axvm-lint's errors only those count that can be about
what the parser reads, by their codes. Some of these codes also report what the hypervisor refuses
after it: the good random files have nothing of that kind (file_format_good.py), so an error of
such a code on a file that the parser takes is a false alarm.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import tap

tap.need_library()

from file_format_0_7_3 import refusal  # noqa: E402
from file_format_good import ARCHES  # noqa: E402
from file_format_random import random_file  # noqa: E402
from linting import found, run_tests, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402

FILES = 400

# The second opinion names the first part that is wrong, and axvm-lint must report an error with one
# of the codes of that part. For the part "file" every code about what the parser reads counts:
# some words and numbers that the parser cannot read have a code of their own.
SHAPE = ("file-format", "file-key", "file-syntax", "file-value")
PARSER = (*SHAPE, "boot-protocol", "device-path", "memory-map-type", "virtual-id", "virtual-model",
          "virtual-option")
CODES = {
    "file": PARSER,
    # The second code is for a firmware or an address that the protocol needs.
    "boot-protocol": ("boot-protocol", "boot-image-missing"),
    "device-path": ("device-path", *SHAPE),
    "virtual-id": ("virtual-id", *SHAPE),
    "virtual-model": ("virtual-model", *SHAPE),
    "virtual-option": ("virtual-option", *SHAPE)}


class File(NamedTuple):
    """A file, and what the second opinion says: why it is refused."""

    text: str
    arch: str
    reason: str | None

    @property
    def part(self) -> str:
        """The part that is wrong."""
        return self.reason.partition(":")[0] if self.reason else "good"


def random_files() -> dict[str, File]:
    chance = random.Random(20)
    files = {}
    for number in range(FILES):
        arch = ARCHES[number % len(ARCHES)]
        text = random_file(chance, arch)
        files[f"{number}.toml"] = File(text, arch, refusal(text, arch))
    return files


def disagreements(files: dict[str, File], findings: list[dict]) -> list[str]:
    """Where these findings are not what the second opinion says of the files."""
    errors = defaultdict(set)
    for finding in findings:
        if finding["severity"] == "error":
            errors[finding["file"]].add(finding["code"])
    wrong = []
    for name, file in files.items():
        codes = errors[name]
        if file.reason is None:
            agrees = codes.isdisjoint(PARSER)
        else:
            agrees = not codes.isdisjoint(CODES[file.part])
        if not agrees:
            wrong.append(f"{name}, {file.arch}: {file.reason or 'good'}; errors {sorted(codes)}:\n"
                         f"{file.text}")
    return wrong


def answer(files: Iterable[str], code: str, severity: str = "error") -> list[dict]:
    """A finding of that code about each file."""
    return [{"file": name, "code": code, "severity": severity} for name in files]


def comparison() -> None:
    """Findings that are made up: the comparison can fail."""
    files = random_files()
    parts = {name: file.part for name, file in files.items()}
    count = Counter(parts.values())
    refused = [name for name in files if parts[name] != "good"]
    right = [{"file": name, "code": "file-value" if parts[name] == "file" else parts[name],
              "severity": "error"} for name in refused]
    later = answer(files, "memory-none")
    is_(disagreements(files, right), [], "the right findings")
    is_(disagreements(files, right + later), [], "and errors of what follows the parser")
    is_(disagreements(files, right + answer(files, "file-key", "warning")), [], "and warnings")
    for findings, wanted, what in (
            ([], len(refused), "nothing"), (later, len(refused), "errors of what follows only"),
            (answer(files, "file-value", "warning"), len(refused), "warnings only"),
            (answer(files, "file-value"), count["good"] + count["boot-protocol"], "one code"),
            (right[1:], 1, "an error is missing"),
            (right + answer([name for name in files if parts[name] == "good"][:1], "virtual-id"),
             1, "an error too many")):
        is_(len(disagreements(files, findings)), wanted, what)
    for part in CODES:
        ok(count[part] > 2, f"some files are refused for {part}", str(count))
        if part != "file":
            others = [one for one in right if parts[one["file"]] != part]
            is_(len(disagreements(files, others + answer(files, "device-type"))), count[part],
                f"no error for {part}")


def linter() -> None:
    files = random_files()
    for name, file in files.items():
        write(name, file.text)
    wrong = []
    for arch in ARCHES:
        batch = {name: file for name, file in files.items() if file.arch == arch}
        _, findings = found("--model", "0.7.3", "--arch", arch, "--separate", *batch)
        wrong += disagreements(batch, findings)
    ok(not wrong, f"{len(wrong)} of {FILES} files: axvm-lint and the second opinion differ",
       *wrong[:5])


run_tests(comparison, linter)
done()
