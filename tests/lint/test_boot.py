# SPDX-License-Identifier: Apache-2.0
"""axvm-lint against what the hypervisor does: files that it starts, refuses or panics at.

AXVM_BOOT_DIR names a folder of MODEL.jsonl, for 0.7.3 0.7.3/files.jsonl. Each has a JSON object a
line: the file (toml), the architecture (arch), what happens (verdict: OK, ERR or PANIC) and the
hypervisor's words about it (why); unknowable, if what happens hangs on the host: such rows do not
count. With
AXVM_BOOT_VERBOSE each row that disagrees is listed, grouped by these words.
"""

import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import tap

tap.need_library()

from linting import lint_here, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402

FOLDER = os.environ.get("AXVM_BOOT_DIR") and Path(os.environ["AXVM_BOOT_DIR"]).resolve()
VERBOSE = bool(os.environ.get("AXVM_BOOT_VERBOSE"))

# By version: at least this share of the rows that do not start gets an error, and at most this
# share of those that start one of another code than STRICTER.
FLOORS = {"0.5": (0.99, 0.005), "0.7": (0.99, 0.005), "0.7.3": (0.99, 0.005)}

# Codes whose errors are stricter than the hypervisor on purpose, as the guest cannot work.
STRICTER = {
    "device-in-memory", "device-overlap", "device-twice", "device-empty", "device-ivc",
    "device-config", "memory-overlap", "cpu-count", "host-conflict", "boot-address",
    "boot-entry"}

# Where the host puts an identical region is not known, so what hangs on it is a note.
UNKNOWN_PLACE = {"boot-address", "memory-overlap", "device-in-memory"}


@dataclass
class Tally:
    """What the rows of one version came to."""

    refused: int = 0
    caught: int = 0
    # Refused for what only a note can say.
    noted: int = 0
    started: int = 0
    false_alarms: int = 0
    disagreeing: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def recall(self) -> float:
        return self.caught / (self.refused - self.noted)

    @property
    def false_rate(self) -> float:
        return self.false_alarms / self.started

    def add(self, place: str, row: dict, findings: list[dict]) -> None:
        """Count a row, about which there are these findings."""
        errors = {finding["code"] for finding in findings if finding["severity"] == "error"}
        if row["verdict"] == "OK":
            self.started += 1
            if errors - STRICTER:
                self.false_alarms += 1
                self._disagree(f"starts, but: {', '.join(sorted(errors - STRICTER))}", place, row,
                               findings)
            return
        self.refused += 1
        if errors:
            self.caught += 1
        elif any(finding["severity"] == "note" and finding["code"] in UNKNOWN_PLACE
                 for finding in findings):
            self.noted += 1
            self._disagree(f"only a note: {_general(row['why'])}", place, row, findings)
        else:
            self._disagree(f"no error: {_general(row['why'])}", place, row, findings)

    def _disagree(self, reason: str, place: str, row: dict, findings: list[dict]) -> None:
        lines = [f"{place} {row['arch']} {row['verdict']}: {row['why']}"]
        lines += [f"    {finding['severity']}[{finding['code']}] {finding['message']}"
                  for finding in findings]
        self.disagreeing[reason].append("\n".join(lines))


def _general(why: str) -> str:
    """The hypervisor's words without their numbers."""
    return re.sub(r"0x[0-9a-f]+|\d+", "N", why)[:80]


def version_of(path: Path) -> str:
    """The version that a file of rows is for."""
    return path.parent.name if path.stem == "files" else path.stem


def tally(path: Path) -> Tally:
    result = Tally()
    with path.open(encoding="utf-8") as rows:
        for number, line in enumerate(rows, 1):
            row = json.loads(line)
            if row.get("unknowable"):
                continue
            file = write("vm.toml", row["toml"])
            findings = lint_here("--model", version_of(path), "--arch", row["arch"], file)
            result.add(f"{path.name}:{number}", row, findings)
    return result


def rows() -> None:
    files = sorted([*FOLDER.glob("*.jsonl"), *FOLDER.glob("*/files.jsonl")], key=version_of)
    is_([version_of(file) for file in files], sorted(FLOORS), "a file for each version")
    for file in files:
        result = tally(file)
        version = version_of(file)
        print(f"# {version}: recall {result.caught} of {result.refused - result.noted} "
              f"({result.recall:.3f}), {result.noted} more only noted; false alarms "
              f"{result.false_alarms} of {result.started} ({result.false_rate:.3f})")
        for reason, places in sorted(result.disagreeing.items()) if VERBOSE else ():
            print(f"# {len(places)} {reason}")
            for line in "\n".join(places).splitlines():
                print(f"#   {line}")
        recall, false_rate = FLOORS[version]
        ok(result.recall >= recall, f"{version}: recall of at least {recall}")
        ok(result.false_alarms <= max(1, false_rate * result.started),
           f"{version}: at most {false_rate} false alarms, or one row")


if FOLDER:
    run_tests(rows)
else:
    skip("rows", "AXVM_BOOT_DIR names no folder of files that the hypervisor was given")
done()
