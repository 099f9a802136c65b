# SPDX-License-Identifier: Apache-2.0
"""The second opinion on files of Axvisor 0.5.24 to 0.8.3, and the random files, on their own.

AXVM_BOOT_DIR names a folder with 0.7.3/files.jsonl, a JSON object a line: the file (toml), the
architecture (arch), where the hypervisor refuses it (stage: parse, a later one, or none) and its
words about it (why).
"""

import json
import os
import random
import tomllib
from collections import Counter
from pathlib import Path

import toml_1_1
from file_format_0_7_3 import refusal
from file_format_good import ARCHES, File
from file_format_random import MISTAKES, random_file
from tap import done, is_, ok, raises, skip, test

ROWS = os.environ.get("AXVM_BOOT_DIR") and Path(os.environ["AXVM_BOOT_DIR"], "0.7.3/files.jsonl")


def toml() -> None:
    for text, wanted in (
            ("a = {\n}", {}), ("a = { # x }\n}", {}), ("a = {b = 1,}", {"b": 1}),
            ("a = {\n b = 1\n,\n\n c = 2,\n}", {"b": 1, "c": 2}), ("a = {b = 1\n}", {"b": 1}),
            ("a = {b = [1,\n2,], # ,\n}", {"b": [1, 2]}),
            ("a = [{\nb = {c = 1,},\n}]", [{"b": {"c": 1}}]),
            ('a = "\\e\\x41\\\\x41"', "\x1bA\\x41"), ("a = '\\e\\x41'", "\\e\\x41"),
            ('a = """\\e""\n{,}"""', '\x1b""\n{,}'), ("a = '''{,}'\n'''''", "{,}'\n''"),
            ('a = """x"""""', 'x""'), ('a = {b = "{,}\\"#"} # {', {"b": '{,}"#'}),
            ("a = 0xffff_ffff_ffff_ffff", 2**64 - 1), ("a = 18446744073709551616", 2**64),
            ("a = -9223372036854775809", -2**63 - 1), ("a = true\r\n", True)):
        is_(toml_1_1.read(text), {"a": wanted}, f"TOML {text!a}")
    is_(toml_1_1.read("\ufeffa.b = 1\n[c]\n[[d]]\n[[d]]\n"),
        {"a": {"b": 1}, "c": {}, "d": [{}, {}]}, "a byte order mark, dotted keys, tables")
    for text in ("a = {,}", "a = {\n,\n}", "a = {b = 1,,}", "a = {b = 1 c = 2}",
                 "a = {b = 1\nc = 2}", "a = {b\n= 1}", "a = {b =\n1}", 'a = {b = "x\n, c"}',
                 "a = [,]", "a = 'x\n'", 'a = "', 'a = """x""', "a = '''x''", "a = 1\na = 2",
                 "[a]\n[a]", "a = {b = 1, b = 2}", 'a = "\\x4"', 'a = "\\q"', "a = 01",
                 "a = 1\rb = 2", "a = x", "a = {", "a = }", "a", "[a]\nb = 1\n[a.b]",
                 "a = {b = 1}\n[a]\nc = 1", "\ufeff\ufeffa = 1"):
        raises(ValueError, lambda: toml_1_1.read(text), f"no TOML: {text!a}")


def toml_1_0() -> None:
    chance = random.Random(5)
    known = 0
    for number in range(400):
        text = random_file(chance, ARCHES[number % 4]).removeprefix("\ufeff")
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue
        known += 1
        is_(toml_1_1.read(text), document, f"what is TOML 1.0: {text!a}")
    ok(100 < known < 300, f"many files are TOML 1.0, and many are not: {known}")


def part(text: str, arch: str = "x86_64") -> str | None:
    """The part that is wrong."""
    reason = refusal(text, arch)
    return reason and reason.partition(":")[0]


def tables() -> None:
    for text in ("", "[base]", "[kernel]\n[devices]", "base = []", "base = {}",
                 "devices.virtual = []", "devices = [[], []]", 'base = [1, "n"]',
                 'base = [1, "n", 1, 1, [0], [1], 9]',
                 'kernel = [0, "k", 0, true, "uefi", "b", "u", 1, "d", 0, "r", 0, "fs", "", [], 1]',
                 '[[devices.virtual]]\nid = "a"\nmodel = "b"\n[devices]\npassthrough = []'):
        is_(part(text), None, f"good: {text}")
    kernel = "kernel = [0, '', 0, false, 'direct', '', '', 0"
    for text in (f"{kernel}, 0]", f"{kernel}, '', '']", f"{kernel}, '', 0, 0]",
                 f"{kernel}, '', 0, '', '']", f"{kernel}, '', 0, '', 0, 0]",
                 f"{kernel}, '', 0, '', 0, '', 0]", f"{kernel}, '', 0, '', 0, '', '', 0]",
                 "x = 1", "[bases]", "[Base]", "[machine]", "base = 1", "base = '1'",
                 "[[kernel]]\nx = 1", "base = ['1']", "base = [1, 2]", "devices = [1]",
                 "kernel = [0, 0]", "[base]\n[base]", "base.id = 1\n[base]\ncpu_num = 2",
                 "[base]\nid = 1\nid = 1", "id = 1"):
        is_(part(text), "file", f"bad: {text}")


def keys() -> None:
    big = 2**64 - 1
    numbers = (("0", f"{big}", "0xffff_ffff_ffff_ffff", "0b1", "0o7", "1_000"),
               ("-1", f"{big + 1}", "1.0", '"1"', "true", "[1]", "{}"))
    strings = (('"fs"', "''", '"""\n"""', '"\\x41"'), ("1", "false", "[]", "{}", "['x']"))
    lists = (("[]", f"[0, {big}]", "[1,]", "[\n1 # x\n]"),
             ("1", "{}", "'0'", "[-1]", f"[{big + 1}]", "['1']", "[[1]]", "[1.0]", "[false]"))
    types = (('"virtualized"', '"passthrough"', "0", "1", "2"),
             ("3", "255", "256", "-1", f"{big}", "1.0", "'host'", "'Passthrough'", "''", "false",
              "[]"))
    protocols = (('"direct"', "{ direct = {} }"),
                 ("'kernel'", "'bios'", "'axvm-bios'", "'efi'", "'Direct'", "''", "0", "[]", "{}",
                  "{ direct = 1 }", "{ direct = {}, uefi = {} }", "{ efi = {} }"))
    for names, (good, bad) in (
            (("base.id", "base.cpu_num", "kernel.entry_point", "kernel.kernel_load_addr",
              "kernel.bios_load_addr", "kernel.dtb_load_addr", "kernel.ramdisk_load_addr"),
             numbers),
            (("base.name", "kernel.kernel_path", "kernel.bios_path", "kernel.uefi_firmware_path",
              "kernel.dtb_path", "kernel.ramdisk_path", "kernel.cmdline", "kernel.image_location"),
             strings),
            (("base.phys_cpu_ids", "base.phys_cpu_sets"), lists),
            (("base.guest_type", "base.vm_type"), types), (("kernel.boot_protocol",), protocols),
            (("kernel.enable_bios",), (("true", "false"), ("0", "1", "'true'", "[true]", "{}")))):
        for name in names:
            for value in good:
                is_(part(f"{name} = {value}"), None, f"{name} = {value}")
            for value in bad:
                is_(part(f"{name} = {value}"), "file", f"{name} = {value}")
    for key in ("base.ID", "base.x", "base.entry_point", "kernel.id", "kernel.disk_path",
                "devices.x", "devices.emu_devices", "devices.passthrough_devices",
                "devices.interrupt_mode",
                "devices.address_space_policy", "devices.excluded_devices"):
        is_(part(f"{key} = []"), "file", f"unknown: {key}")
    is_(part('base = { guest_type = 1, vm_type = 1 }'), "file", "one key under both names")


def regions() -> None:
    four = "gpa = 1, size = 2, flags = 0xffff_ffff_ffff_ffff"
    for value in ("[]", "[[0, 0, 0, 0]]", "[[0, 0, 0, 2, 'x']]", f"[{{ {four}, map_type = 1 }}]",
                  f"[{{ {four}, map_type = 2, x = -1 }}, [1, 2, 3, 0]]"):
        is_(part(f"kernel.memory_regions = {value}"), None, value)
    for value in ("{}", "1", "[1]", "['x']", "[[]]", "[[0, 0, 0]]", "[{}]", f"[{{ {four} }}]",
                  "[[0, 0, 0, 3]]", "[[0, 0, 0, 256]]", "[[0, 0, 0, -1]]", "[[0, 0, 0, 'alloc']]",
                  "[[0, 0, 0, true]]", "[[0, 0, -1, 0]]", "[[0, 0x1_0000_0000_0000_0000, 0, 0]]",
                  "[[0.0, 0, 0, 0]]", "[[0, 0, 0, 0], [0, 0, 0]]"):
        is_(part(f"kernel.memory_regions = {value}"), "file", value)
    is_(part("[[kernel.memory_regions]]\ngpa = 0\nsize = 0\nflags = 0\nmap_type = 0"), None,
        "a header for a region")


def paths() -> None:
    for name, other in (("passthrough", "disabled"), ("disabled", "passthrough")):
        for value, wanted in (
                ("[]", None), ('[{ path = "/x" }]', None), ('[["/x"]]', None),
                ('[["/x", 1, {}]]', None), ('[{ path = "//" }, { path = "/x/" }]', None),
                ('[["/x"], { path = "/x" }]', None),
                ("{}", "file"), ('"/x"', "file"), ('["/x"]', "file"),
                ("[{}]", "file"), ("[[]]", "file"), ('[{ path = "/x", irq = 1 }]', "file"),
                ('[{ name = "/x" }]', "file"),
                ("[{ path = 1 }]", "file"), ("[[1]]", "file"), ('[{ path = "/" }]', "device-path"),
                ('[["/x"], [""]]', "device-path"), ('[["x/y"]]', "device-path"),
                ('[[" /x"]]', "device-path")):
            is_(part(f"devices.{name} = {value}"), wanted, f"{name} = {value}")
        is_(part(f"[[devices.{name}]]\npath = '/x'\n[[devices.{name}]]\npath = '/y'"), None, name)
        both = f"devices.{other} = [['/x']]\ndevices.{name} = "
        is_(part(f"{both}[['/x/']]"), None, "exact comparison")
        is_(part(f"{both}[['/y'], {{ path = '/x' }}]"), "device-path", "in both lists")


def virtual() -> None:
    good = 'id = "a", model = "m"'
    for value, wanted in (
            ("[]", None), (f"[{{ {good} }}]", None), ('[{ id = "aZ0-_.@", model = "a0.-" }]', None),
            (f'[{{ {good} }}, {{ id = "A", model = "m" }}]', None),
            (f"[{{ {good}, x = [1, -1, 1.5, {{}}], y = '' }}]", None),
            (f"[{{ {good}, x = 0x7fff_ffff_ffff_ffff, y = -9223372036854775808 }}]", None),
            (f"[{{ {good}, Irq_id = 1, backend = {{ irq_id = 1 }} }}]", None),
            ("{}", "file"), (f"{{ {good} }}", "file"), ("[1]", "file"), ('[["a", "m"]]', "file"),
            ("[{}]", "file"), ('[{ id = "a" }]', "file"), ('[{ model = "a" }]', "file"),
            ('[{ id = 1, model = "m" }]', "file"), ('[{ id = "a", model = ["m"] }]', "file"),
            (f"[{{ {good}, x = 0x8000_0000_0000_0000 }}]", "file"),
            (f"[{{ {good}, x = [{{ y = [-9223372036854775809] }}] }}]", "file"),
            *((f'[{{ id = "{name}", model = "m" }}]', "virtual-id")
              for name in ("", "a b", "a/b", "a:", "\u00e9", "\u0661", "a\\n")),
            *((f'[{{ id = "a", model = "{name}" }}]', "virtual-model")
              for name in ("", "a b", "Mm", "a_b", "a@b", "\u00e9", "\u0661", "a\\n")),
            *((f"[{{ {good}, {option} = [] }}]", "virtual-option") for option in (
                "base_gpa", "base_hpa", "irq_id", "legacy_base_gpa", "legacy_length", "lpi_id",
                "mmio_base", "msi_device_id", "msi_event_id", "pio_base")),
            (f'[{{ {good} }}, {{ id = "a", model = "n" }}]', "virtual-id"),
            ('[{ id = "", model = "", irq_id = 1 }]', "virtual-id"),
            ('[{ id = "a", model = "", irq_id = 1 }]', "virtual-model")):
        is_(part(f"devices.virtual = {value}"), wanted, value)
    is_(part('[devices.virtual]\nid = "a"\nmodel = "m"'), "file", "a table in place of a list")


def boot() -> None:
    every = ["aarch64", "x86_64", "riscv64", "loongarch64"]
    for kernel, arches in (
            ("", every), ("enable_bios = false", every), ("boot_protocol = 'direct'", every),
            ("bios_path = ''\nbios_load_addr = 1\nuefi_firmware_path = 'x'", every),
            ("enable_bios = true", ["x86_64"]), ("enable_bios = true\nbios_path = ''", []),
            ("enable_bios = true\nbios_path = ''\nbios_load_addr = 1", ["x86_64"]),
            ("enable_bios = true\nuefi_firmware_path = 'x'", ["x86_64"]),
            ("boot_protocol = 'direct'\nenable_bios = true", []),
            ("boot_protocol = 'multiboot'", []), ("boot_protocol = 'uefi'", []),
            ("boot_protocol = 'multiboot'\nenable_bios = false", []),
            ("boot_protocol = 'multiboot'\nenable_bios = true", ["x86_64"]),
            ("boot_protocol = { multiboot = {} }\nenable_bios = true", ["x86_64"]),
            ("boot_protocol = 'uefi'\nenable_bios = true", []),
            ("boot_protocol = 'uefi'\nenable_bios = true\nbios_load_addr = 1", []),
            ("boot_protocol = 'uefi'\nenable_bios = true\nbios_path = ''", []),
            *((f"boot_protocol = 'uefi'\nenable_bios = true\n{path} = ''\nbios_load_addr = 0",
               ["x86_64", "loongarch64"]) for path in ("bios_path", "uefi_firmware_path"))):
        for arch in every:
            is_(part(f"[kernel]\n{kernel}", arch), None if arch in arches else "boot-protocol",
                f"{kernel!a} on {arch}")


def order() -> None:
    """What is wrong first is the reason."""
    text = ("devices.passthrough = [['/']]\ndevices.virtual = [{ id = '', model = 'm' }]\n"
            "kernel.enable_bios = true\n")
    is_(part(f"{text}x", "aarch64"), "file", "TOML")
    is_(part(f"{text}base.x = 1", "aarch64"), "file", "shape")
    is_(part(text, "aarch64"), "boot-protocol", "boot protocol")
    is_(part(text, "x86_64"), "device-path", "paths")
    is_(part(text.replace("['/']", "")), "virtual-id", "virtual devices")


def random_files() -> None:
    chance = random.Random(11)
    parts: Counter[str | None] = Counter()
    for number in range(400):
        arch = ARCHES[number % 4]
        text = File(chance, arch).text()
        is_(refusal(text, arch), None, f"a good file for {arch}: {text!a}")
        parts[part(random_file(chance, arch), arch)] += 1
    ok(160 < parts[None] < 240, "about half of the files are good", str(parts))
    is_({*parts}, {None, "file", "boot-protocol", "device-path", "virtual-id", "virtual-model",
                   "virtual-option"}, "each part has mistakes")
    for mistake in sorted(set(MISTAKES), key=lambda one: one.__name__):
        refused = 0
        for number in range(20):
            arch = ARCHES[number % 4]
            file = File(chance, arch)
            mistake(file, chance)
            refused += refusal(file.text(), arch) is not None
        ok(refused >= 8, f"{mistake.__name__} is mostly refused: {refused} of 20")


def rows() -> None:
    count = 0
    with ROWS.open(encoding="utf-8") as lines:
        for count, line in enumerate(lines, 1):
            row = json.loads(line)
            reason = refusal(row["toml"], row["arch"])
            ok((reason is not None) == (row["stage"] == "parse"), f"line {count}",
               f"here         {reason}", f"hypervisor   {row['stage']} {row['why']}")
    ok(count > 0, "some rows")
    print(f"# {count} files that the hypervisor was given")


test(toml, toml_1_0, tables, keys, regions, paths, virtual, boot, order, random_files)
if ROWS and ROWS.exists():
    test(rows)
else:
    skip("rows", "AXVM_BOOT_DIR names no folder with 0.7.3/files.jsonl")
done()
