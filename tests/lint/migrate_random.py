# SPDX-License-Identifier: Apache-2.0
"""Random files of before Axvisor 0.5.24 in many forms, and a second opinion on what they become."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TABLE = {
    **dict.fromkeys(("id", "name", "vm_type", "cpu_num", "phys_cpu_ids", "colour"), "base"),
    **dict.fromkeys(("entry_point", "kernel_path", "kernel_load_addr", "memory_regions",
                     "image_location", "boot_protocol", "disk_path", "cmdline"), "kernel"),
    **dict.fromkeys(("emu_devices", "passthrough_devices", "passthrough_addresses",
                     "passthrough_ports", "excluded_devices", "interrupt_mode",
                     "address_space_policy", "speed"), "devices"),
}
RENAMED = {"vm_type": "guest_type", "passthrough_devices": "passthrough",
           "excluded_devices": "disabled"}
GONE = ("colour", "speed", "disk_path", "emu_devices", "passthrough_addresses", "passthrough_ports",
        "interrupt_mode", "address_space_policy")
PROTOCOLS = {"kernel": "direct", "direct": "direct", "bios": "multiboot", "efi": "uefi", "odd": "odd"}


@dataclass
class File:
    """A file: its text, and what is in it."""

    text: str = ""
    values: dict = field(default_factory=dict)

    def wrong(self, new: dict, arch: str | None) -> Iterator[str]:
        """What the new file has wrong."""
        wanted: dict[str, dict] = {"base": {}, "kernel": {}, "devices": {}}
        for key, value in self.values.items():
            if key not in (*GONE, *RENAMED):
                wanted[TABLE[key]][key] = value
        if "boot_protocol" in self.values:
            wanted["kernel"]["boot_protocol"] = PROTOCOLS[self.values["boot_protocol"]]
        if "memory_regions" in self.values:
            wanted["kernel"]["memory_regions"] = [
                (region + [0])[:4] for region in self.values["memory_regions"]]
        entries = self.values.get("passthrough_devices", [])
        has_root = any(entry[0] == "/" and not any(entry[1:]) for entry in entries)
        policy = self.values.get("address_space_policy")
        is_all = policy == "pt" or policy is None and has_root
        wanted["base"]["guest_type"] = "passthrough" if is_all else "virtualized"
        disabled = [path for group in self.values.get("excluded_devices", []) for path in group]
        by_path = arch in (None, "aarch64", "riscv64")
        passed = [entry[0] for entry in entries if entry[0] != "/" and entry[0][0] == "/"
                  and not any(entry[1:]) and entry[0] not in disabled]
        wanted["devices"]["passthrough"] = [
            {"path": path} for path in passed if by_path and not (has_root and is_all)]
        wanted["devices"]["disabled"] = [{"path": path} for path in disabled if path[0] == "/" != path]
        wanted["devices"]["virtual"] = [
            {"id": device[0], "model": "ivc-channel"}
            for device in self.values.get("emu_devices", []) if device[4] == 10 and by_path]
        for name in {*wanted, *new}:
            want, got = ({key: value for key, value in table.get(name, {}).items() if value != []}
                         for table in (wanted, new))
            if want != got:
                yield f"{name} is {got}, not {want}"

    def wrong_comments(self, text: str) -> Iterator[str]:
        """Which comments are about something else than they were, or are gone without need."""
        lines = text.splitlines()
        for number, line in enumerate(lines):
            about = re.match(r"\s*# about (\w+)$", line)
            if about:
                key = RENAMED.get(about[1], about[1])
                after = next((each for each in lines[number + 1:] if not each.startswith("#")), "")
                if not re.match(rf"(\w+\.)?{key}\b", after):
                    yield f"{line!r} is above {after!r}"
            about = re.match(r"(\w+\.)?(\w+) ?=.*# at (\w+)$", line)
            if about and RENAMED.get(about[3], about[3]) != about[2]:
                yield f"{line!r} is about something else"
            about = re.match(r'.*"(/[^"]*)".*# device (.*)', line)
            if about and about[1] != about[2]:
                yield f"{line!r} is about another device"
        for key in self.values:
            if key not in (*GONE, *RENAMED) and f"# about {key}\n" in self.text \
                    and f"# about {key}\n" not in text:
                yield f"the comment about {key} is gone"


def random_file(chance: random.Random) -> File:
    """A file that a release of before Axvisor 0.5.24 reads."""
    file = File()
    is_flat = chance.random() < 0.25
    for key in TABLE:
        if chance.random() < 0.7 or key in ("memory_regions", "emu_devices"):
            file.values[key] = _value(chance, key, is_flat)
    styles = {"base": "header", "kernel": "header", "devices": "header"}
    for name in styles if not is_flat and chance.random() < 0.3 else ():
        styles[name] = chance.choice(["dotted", "braces"])
    tables = [*styles]
    chance.shuffle(tables)
    if is_flat:
        keys = [*file.values]
        chance.shuffle(keys)
        file.text = _top(chance) + "".join(_key(chance, key, file.values[key]) for key in keys)
        return file
    # What has no header comes first: after a header it would be of that table.
    tables.sort(key=lambda name: styles[name] == "header")
    for name in tables:
        keys = [key for key in file.values if TABLE[key] == name]
        chance.shuffle(keys)
        if styles[name] == "braces":
            pairs = ", ".join(f"{key} = {_written(file.values[key])}" for key in keys)
            file.text += f"{name} = {{ {pairs} }}\n"
            continue
        prefix = f"{name}." if styles[name] == "dotted" else ""
        if not prefix:
            file.text += f"{chance.choice(['', chr(10)])}#\n# Part {name}\n#\n[{name}]\n"
        file.text += "".join(_key(chance, key, file.values[key], prefix) for key in keys)
    return file


def _top(chance: random.Random) -> str:
    return chance.choice(["", "# A file.\n\n", "\n"])


def _key(chance: random.Random, key: str, value: object, prefix: str = "") -> str:
    text = chance.choice(["", "", "\n", "\n\n"])
    if chance.random() < 0.6:
        text += f"# about {key}\n" * chance.choice([1, 1, 2])
    written = _written(value)
    if key in ("passthrough_devices", "excluded_devices", "emu_devices") and chance.random() < 0.6:
        written = _lines(chance, value)
    at = f" # at {key}" if "\n" not in written and chance.random() < 0.3 else ""
    text += f"{prefix}{key} = {written}{at}\n"
    return text + chance.choice(["", "", "\n", "\n# on its own\n\n"])


def _lines(chance: random.Random, entries: list) -> str:
    text = "[\n"
    for entry in entries:
        text += chance.choice(["", "\n", "    # [\"/away\"],\n"])
        is_one = len(entry) == 1 or isinstance(entry[1], int)
        comment = f" # device {entry[0]}" if is_one and chance.random() < 0.5 else ""
        text += f"    {_written(entry)},{comment}\n"
    return text + "]"


def _written(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return f'"{value}"' if isinstance(value, str) else hex(value) if value > 9 else str(value)


def _value(chance: random.Random, key: str, is_flat: bool) -> object:
    number = chance.choice([0, 1, 0x1000, 0x4000_0000, 0xfed0_0000])
    match key:
        case "memory_regions":
            return [[number, 0x1000, 7, 0][:4 - (is_flat and chance.random() < 0.5)]
                    for _ in range(chance.randrange(3))]
        case "phys_cpu_ids":
            return [0, 1]
        case "emu_devices":
            # The numbers of a flat file are old ones; only 10 is the same.
            return [[f"dev{index}", number, 0x1000, 0, chance.choice([10, 0, 1, 0x21, 0x30, 0xe1]), []]
                    for index in range(chance.randrange(4))]
        case "passthrough_devices":
            return [_device(chance, index) for index in range(chance.randrange(4))]
        case "excluded_devices":
            return [[chance.choice(["/soc/p0", "/soc/p1", "/x", "/", "rel"])
                     for _ in range(chance.randrange(1, 3))] for _ in range(chance.randrange(3))]
        case "passthrough_addresses" | "passthrough_ports":
            return [[number & 0xffff, 16]] * chance.randrange(3)
        case "address_space_policy":
            return chance.choice(["pt", "virtual"])
        case "interrupt_mode":
            return chance.choice(["pt", "no_irq", "emu"])
        case "boot_protocol":
            return chance.choice([*PROTOCOLS])
        case "image_location":
            return "fs"
        case "name" | "kernel_path" | "disk_path" | "cmdline" | "colour":
            return chance.choice(["", "a # b", "x = [1]"])
    return number


def _device(chance: random.Random, index: int) -> list:
    if chance.random() < 0.3:
        return ["/"]
    if chance.random() < 0.5:
        return [f"/soc/p{index}"] + [0] * chance.randrange(5)
    return [f"dev{index}", 0x1000, 0x1000 * chance.randrange(1, 3), 0x1000]
