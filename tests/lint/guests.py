# SPDX-License-Identifier: Apache-2.0
"""Guests for tests with the device tree of a board: good ones to spoil, and what is found then."""

import json

from linting import lint_here, write
from tap import is_
from trees import board, dtb

# A guest of which nothing is to be said on that board.
VM = """\
[base]
id = 1
name = "guest"
vm_type = 1
cpu_num = 2
phys_cpu_ids = [0, 1]

[kernel]
entry_point = 0x4020_0000
kernel_path = "/guest/kernel"
kernel_load_addr = 0x4020_0000
image_location = "fs"
memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 1]]

[devices]
interrupt_mode = "passthrough"
emu_devices = [["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]]
passthrough_devices = [["/soc/serial@10001000"]]
excluded_devices = [["/soc/ethernet@200000"]]
"""
PATHS = '[["/soc/serial@10001000"]]'
EXCLUDED = '[["/soc/ethernet@200000"]]'
IDS = "[0, 1]"
REGION = "[0x4000_0000, 0x1000_0000, 0x7, 1]"
GICD = '["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]'

NAME = "board.dtb (Sample Board)"
# Files of old formats are for several versions.
OLD = "--model=0.7"


# The same of today's format.
TODAY = """\
[base]
id = 1
name = "guest"
guest_type = "virtualized"
cpu_num = 2
phys_cpu_ids = [0, 1]

[kernel]
entry_point = 0x4020_0000
kernel_path = "/guest/kernel"
kernel_load_addr = 0x4020_0000
image_location = "fs"
memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 1]]

[devices]
passthrough = [{ path = "/soc/serial@10001000" }]
disabled = [{ path = "/soc/ethernet@200000" }]
"""
TAKEN = '[{ path = "/soc/serial@10001000" }]'
DISABLED = '[{ path = "/soc/ethernet@200000" }]'


def change(*changes: str, base: str = VM) -> str:
    """The guest with pairs of an old text and a new one."""
    for old, new in zip(changes[::2], changes[1::2]):
        if base.count(old) != 1:
            raise ValueError(f"{old!r} is not once in the guest")
        base = base.replace(old, new)
    return base


def passing(*paths: str) -> str:
    return change(PATHS, json.dumps([[path] for path in paths]))


def today(*paths: str, disabled: tuple[str, ...] = ()) -> str:
    def listed(paths: tuple[str, ...]) -> str:
        return f"[{', '.join(f'{{ path = {json.dumps(path)} }}' for path in paths)}]"
    return change(TAKEN, listed(paths), DISABLED, listed(disabled), base=TODAY)


def other(vm_id: int, *changes: str) -> str:
    """Another guest of the same board, on other CPUs."""
    return change("id = 1", f"id = {vm_id}", '"guest"', f'"guest{vm_id}"', IDS,
                  f"[{vm_id}]", "cpu_num = 2", "cpu_num = 1", *changes)


def board_finds(tree: dict, *texts: str, options: tuple[str, ...] = ()) -> list[dict]:
    """The findings about guests on a board; the same for each version."""
    write("board.dtb", dtb(tree))
    files = [write(f"vm{number}.toml", text) for number, text in enumerate(texts, 1)]
    if any("guest_type" in text for text in texts):
        return lint_here("--model=0.7.3", "--host-dtb=board.dtb", *options, *files)
    findings = {model: lint_here(f"--model={model}", "--host-dtb=board.dtb", *options, *files)
                for model in ("0.5", "0.7")}
    alike = [[one | {"models": None} for one in each] for each in findings.values()]
    is_(alike[0], alike[1], "alike at 0.5 and 0.7")
    return alike[1]


def codes(*texts: str, tree: dict | None = None) -> list[tuple[str, str]]:
    return [(one["severity"], one["code"]) for one in board_finds(tree or board(), *texts)]


def only(code: str, severity: str, *texts: str, tree: dict | None = None) -> dict:
    """The one finding that there is."""
    findings = board_finds(tree or board(), *texts)
    is_([(one["severity"], one["code"]) for one in findings], [(severity, code)],
        f"one finding: {code}")
    return findings[0] if findings else {"message": "", "hint": "", "a": {}, "b": {}}
