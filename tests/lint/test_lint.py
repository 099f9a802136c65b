# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: what it reads out of files, what it says of bad ones, and how it ends."""

import json
import os
import subprocess
from pathlib import Path

from linting import GOOD, PROGRAM, RTC, changed, found, lint, run_tests, write
from tap import done, is_, ok, skip

GOOD_TEXT = """\
good.toml: VM 7 "guest"
  type        rtos
  vCPUs       2
    vCPU 0: host id 0x100, CPUs 0,2-3
    vCPU 1: host id 0x200, CPUs 4
  boot        direct
    entry     GPA:0x40000000  moved with memory_regions[0] from GPA:0x40200000, as that is reserved
    kernel    GPA:0x40000000  "/guest/kernel"  moved with memory_regions[0] from GPA:0x40200000, as that is reserved
  interrupts  passthrough
  guest addresses
    GPA:0x8000000..GPA:0x8010000  64 KiB  "gicd" gic partial passthrough distributor  irq 0
    GPA:0x9000000..GPA:0x9001000  4 KiB  "uart" passthrough device  irq 33
    GPA:0x9300000..GPA:0x9301000  4 KiB  "rtc" passthrough device  irq 0
    GPA:0xa000000..GPA:0xa000200  512 bytes  passthrough addresses
    GPA:0x40000000..GPA:0x50000000  256 MiB  memory, reserved  flags 0x7
axvm-lint: 1 file: no problems
"""


def described(name: str, content: str | bytes) -> tuple[int, str]:
    """Exit status and text of a file with that content."""
    run = lint(write(name, content))
    is_(run.stderr, "", f"{name}: nothing on standard error")
    return run.returncode, run.stdout


def one(name: str, content: str | bytes, status: int, code: str, place: tuple | None,
        *words: str) -> None:
    """One finding, of that code about that (table, index, name), with those words."""
    got, findings = found(write(name, content))
    is_(got, status, f"{name}: exit status")
    is_([finding["code"] for finding in findings], [code], f"{name}: one finding for {words}")
    for finding in findings[:1]:
        is_(finding["severity"], "error" if status else "warning", f"{name}: severity")
        a = finding["a"]
        is_(a and (a["table"], a["index"], a["name"]), place, f"{name}: place")
        is_((finding["file"], finding["b"]), (name, None), f"{name}: file, and one owner")
        for word in words:
            text = f"{finding['message']}\n{finding['hint']}"
            ok(word in text, f"{name}: {word!a}", text)


def good() -> None:
    is_(described("good.toml", GOOD), (0, GOOD_TEXT), "a good file")
    for name, content in {
            "bom": b"\xef\xbb\xbf" + GOOD.encode(),
            "crlf": GOOD.replace("\n", "\r\n"),
            "later keys": GOOD + "passthrough_ports = [[0x6000, 0x80]]\n"
                                 "address_space_policy = 'virtual'\n",
            "excluded": GOOD + "excluded_devices = [['/a', '/b'], []]\n",
            "alias": changed("kernel_path", "boot_protocol = 'kernel'\nkernel_path"),
            "largest numbers": changed("id = 7", f"id = {(1 << 64) - 1}"),
    }.items():
        status, text = described(f"{name}.toml", content)
        ok(status == 0 and text.endswith(": no problems\n"), f"{name}: no finding", text)
        ok("GPA:0x40000000..GPA:0x50000000" in text, f"{name}: the description", text)
    tables = changed("[[0x4000_0000, 0x1000_0000, 0x7, 2]]",
                     "[{map_type = 2, flags = 7, size = 0x1000_0000, gpa = 0x4000_0000}]")
    is_(described("good.toml", tables), (0, GOOD_TEXT), "entries as tables")
    for text, words in {
            changed("0x1_0000, 0, 0x21", "8, 4, 0x2"):
                'GPA:0x8000000..GPA:0x8000008  8 bytes  "gicd" console',
            changed("kernel_path", "enable_bios = true\nkernel_path"): "boot        multiboot",
            changed("0b1101", "0"): "CPUs none",
            changed("[[0x4000_0000, 0x1000", "[[0x4000_0000, 3, 0, 9], [0x4000_0000, 0x1000"):
                "3 bytes  memory, unknown type 0x9",
            changed("kernel_path", "boot_protocol = 'grub'\nkernel_path"): "boot        unknown",
            changed("kernel_path", "boot_protocol = 1\nkernel_path"): "boot        ?",
            changed("0x1_0000, 0, 0x21, []", "0x2_0000, 0, 0x20, [2, 0x4_0000, 0]"):
                "0x8060000  384 KiB",
            changed("0x1000_0000,", "-1 ,").replace("-1", hex((1 << 64) - 1)): "(does not fit)",
            changed("0x900_0000, 0x900_0000", "0x900_0000, 0"): "host PA:0x0",
    }.items():
        _, output = described("good.toml", text)
        ok(words in output, words, output)


def syntax() -> None:
    for name, content, words in (
            ("half", GOOD[:len(GOOD) // 2 - 3], "not TOML"),
            ("binary", bytes(range(256)), "not UTF-8: byte 0x80 at offset 128"),
            ("nul", "a = 1\0", "not TOML"),
            ("utf-16", GOOD.encode("utf-16"), "not UTF-8: byte 0xff at offset 0"),
            ("nested", "a = " + "[" * 100_000, "nested too deeply"),
            ("nested tables", "a = " + "{b = " * 100_000, "nested too deeply"),
            ("twice", GOOD + "[base]\n", "not TOML"),
            ("escape", "\x1b[2J = 1", "not TOML")):
        one(f"{name}.toml", content, 2, "file-syntax", None, words)
    one("empty.toml", "", 1, "file-key", None, "none of the tables [base], [kernel], [devices]")
    for name, words in (("none.toml", "No such file"),
                        ("/dev/zero", "larger than 64 MiB")):
        run = lint("--json", name)
        is_((run.returncode, run.stderr), (2, ""), f"{name}: exit status")
        findings = [json.loads(line) for line in run.stdout.splitlines()]
        is_([finding["code"] for finding in findings], ["file-syntax"], f"{name}: one finding")
        ok(words in run.stdout, f"{name}: {words}", run.stdout)
    if os.path.exists("/dev/stdin"):
        run = lint("/dev/stdin", input=GOOD.encode())
        is_((run.returncode, run.stdout), (0, GOOD_TEXT.replace("good.toml", "/dev/stdin", 1)),
            "a pipe is a file")
    else:
        skip("a pipe is a file", "this system has no /dev/stdin")


def inline_tables() -> None:
    """TOML 1.1, which the hypervisor reads: an inline table may take several lines."""
    tables = changed("[[0x4000_0000, 0x1000_0000, 0x7, 2]]", """[{ # "{
    gpa = 0x4000_0000, size = 0x1000_0000, # }
    flags = 7,\r
    map_type = 2,
}]""")
    is_(described("good.toml", tables), (0, GOOD_TEXT), "lines, comments and a last comma")
    for text, place in (("{,}", (19, 25)), ("{\nname = '/',\n,}", (21, 1)),
                        ("{\nname = '/'\n, length = ?}", (21, 12)),
                        ("{\nname =\n'/'}", (20, 7)), ("{\nname\n= '/'}", (20, 5)),
                        ('{\nname = "a # }\n', (20, 14))):
        one("bad.toml", changed(RTC, text), 2, "file-syntax", None, "not TOML")
        _, (finding,) = found("bad.toml")
        is_((finding["line"], finding["column"]), place, f"the place in {text!a}")
    is_(described("good.toml", changed('"guest"', '"\\x67\\x75est"')), (0, GOOD_TEXT), "escapes")
    one("escaped.toml", changed("id = 7", 'id = 7\n"\\x76m\\e" = 1'), 0, "file-key",
        ("base", None, "vm\x1b"), "base.vm\\x1b: unknown key")
    for text in ("'\\e'", '"\\x4"', '"\\xfg"', '"\\\\e", ?', '"\\e\\x41", 01'):
        given = found(write("bad.toml", changed('name = "guest"', f"name = [{text}]")))[1][0]
        if text[0] == '"':
            is_((given["code"], given["line"], given["column"] > 9), ("file-syntax", 3, True), text)
        else:
            is_(given["code"], "file-value", f"{text}: no escape")
    is_(found("bad.toml")[1][0]["column"], len('name = ["\\e\\x41", ') + 1, "where it is in the file")


def values() -> None:
    big = 1 << 64
    for text, reason in (
            (str(big), f"{big} ({big:#x}) does not fit in 64 bits"),
            ("9" * 5000, "a number above 2^128 does not fit"),
            ("0x1" + "0" * 5000, "a number above 2^128 does not fit"),
            ("-" + "9" * 5000, "a number below -2^128 is negative"),
            ("-1", "-1 is negative"), ("true", "the boolean true is not a number"),
            ("1.5", "the float 1.5 is not"), ("nan", "the float nan is not"),
            ("-inf", "the float -inf is not"), ("'1'", 'the string "1" is not a number'),
            ("[]", "an array is not a number"), ("{}", "a table is not a number"),
            ("1979-05-27", "a date or time is not a number")):
        one("value.toml", changed("cpu_num = 2", f"cpu_num = {text}"), 1, "file-value",
            ("base", None, "cpu_num"), "base.cpu_num: " + reason)
    for old, new, place, *words in (
            ("0x1000_0000,", f"{big},", ("memory_regions", 0, None), "memory_regions[0].size: "),
            ("0x1000, 33", f"0x1000, {big}", ("passthrough_devices", 1, "uart"),
             'passthrough_devices[1].irq_id of "uart": '),
            ("[[0xa00_0000, 0x200]]", f"[[0, 1], [0, {big}]]", ("passthrough_addresses", 1, None),
             "passthrough_addresses[1].length: "),
            ("0x100, ", f"0x100, {big}, ", ("phys_cpu_ids", 1, None), "phys_cpu_ids[1]: "),
            ("0x21, []", f"0x21, [0, {'9' * 5000}]", ("emu_devices", 0, "gicd"),
             'emu_devices[0].cfg_list[1] of "gicd": '),
            ('"guest"', "3", ("base", None, "name"), "base.name: 3 is not a string"),
            ('"guest"', r'"a\u0000b"', ("base", None, "name"), r"contains a NUL"),
            ('"uart"', "true", ("passthrough_devices", 1, None), "passthrough_devices[1].name: "),
            (RTC, '"/"', ("passthrough_devices", 0, None), "neither an array nor a table"),
            ("/guest/kernel", "", ("kernel", None, "kernel_path"),
             "kernel.kernel_path: an empty string names no file", "Write the path."),
            ("kernel_path", "dtb_path = ''\nkernel_path", ("kernel", None, "dtb_path"), "empty"),
            ("kernel_path", "ramdisk_path = ''\nkernel_path", ("kernel", None, "ramdisk_path"),
             "empty"),
            ("kernel_path", "bios_path = ''\nkernel_path", ("kernel", None, "bios_path"), "empty"),
            ("kernel_path", "uefi_firmware_path = ''\nkernel_path",
             ("kernel", None, "uefi_firmware_path"), "empty"),
            ('image_location = "fs"', "image_location = ''",
             ("kernel", None, "image_location"), 'the string "" is not fs or memory'),
            ('"pt"', '"pt"\naddress_space_policy = "identity"',
             ("devices", None, "address_space_policy"), '"identity" is unknown',
             'Use "virtualized" or "passthrough".'),
            ('"pt"', '"pt"\naddress_space_policy = ""', ("devices", None, "address_space_policy"),
             '"" is unknown'),
            ('"pt"', '"pt"\npassthrough_ports = [[0x6000, 0x1_0000]]',
             ("passthrough_ports", 0, None), "passthrough_ports[0].length: 65536 (0x10000) does not "
             "fit in 16 bits"),
            ('"pt"', '"pt"\npassthrough_ports = [1]', ("passthrough_ports", 0, None),
             "neither an array nor a table"),
            ('"pt"', '""', ("devices", None, "interrupt_mode"), '"" is unknown'),
            ('"pt"', '"Passthrough"', ("devices", None, "interrupt_mode"), "is unknown"),
            ("[[0x4000_0000, 0x1000_0000, 0x7, 2]]", "1", ("kernel", None, "memory_regions"),
             "kernel.memory_regions: 1 is not an array"),
            ('"pt"', '"poll"', ("devices", None, "interrupt_mode"),
             '"poll" is unknown', 'Use "no_irq", "emu" or "passthrough".'),
            ('"pt"', r'"pt\u0000"', ("devices", None, "interrupt_mode"), "NUL"),
            ('image_location = "fs"', "image_location = 'net'",
             ("kernel", None, "image_location"), 'the string "net" is not fs or memory'),
            ("kernel_path", "enable_bios = 1\nkernel_path", ("kernel", None, "enable_bios"),
             "1 is not true or false"),
            ("[devices]", "[devices]\nexcluded_devices = [[], ['/', 1]]",
             ("excluded_devices", 1, None), "excluded_devices[1][1]: 1 is not a string")):
        one("value.toml", changed(old, new), 1, "file-value", place, *words)
    one("value.toml", "base = 1\n" + GOOD[GOOD.index("[kernel]"):], 1, "file-value",
        ("base", None, None), "base: 1 is not a table")
    for near in (changed('"guest"', '""'), changed("kernel_path", "cmdline = ''\nkernel_path"),
                 changed("kernel_path", "disk_path = ''\nkernel_path"),
                 changed('"uart"', '""')):
        is_(found(write("value.toml", near)), (0, []), "neither a word nor a path that is read")
    one("value.toml", changed("vm_type = 1", "vm_type = 3"), 0, "file-value",
        ("base", None, "vm_type"), "3 is unknown, so it is taken as 1 (rtos)",
        "Use 0 (host), 1 (rtos) or 2 (linux).")


def keys() -> None:
    for line in ("id = 7", 'name = "guest"', "vm_type = 1", "cpu_num = 2",
                 "entry_point = 0x4020_0000", 'kernel_path = "/guest/kernel"',
                 "kernel_load_addr = 0x4020_0000",
                 "memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 2]]",
                 'emu_devices = [["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]]'):
        key = line.split()[0]
        table = "base" if key in "id name vm_type cpu_num" else (
            "devices" if "dev" in key else "kernel")
        one("key.toml", changed(f"{line}\n", ""), 1, "file-key", (table, None, key),
            f"{table}.{key}: missing")
    write("key.toml", GOOD[:GOOD.index("[devices]")])
    is_([(one["code"], one["message"]) for one in found("--model=0.7", "key.toml")[1]],
        [("file-key", "devices: the table is missing")], "a table is missing")
    one("key.toml", changed("[[0x4000_0000, 0x1000_0000, 0x7, 2]]", "[[0, 4096, 7]]"), 1,
        "file-key", ("memory_regions", 0, None), "memory_regions[0].map_type: missing")
    one("key.toml", changed(RTC, "{base_gpa = 0}"), 1, "file-key",
        ("passthrough_devices", 0, None), "passthrough_devices[0].name: missing")
    one("key.toml", changed("kernel_path", "dtb_adr = 0\nkernel_path"), 0, "file-key",
        ("kernel", None, "dtb_adr"), 'kernel.dtb_adr: unknown key', 'Did you mean "dtb_')
    one("key.toml", changed("cpu_num", "cpu_nun"), 1, "file-key", ("base", None, "cpu_nun"),
        'base.cpu_nun: unknown key, and "cpu_num" is missing', 'Did you mean "cpu_num"?')
    one("key.toml", changed("[[0x4000_0000, 0x1000_0000, 0x7, 2]]",
                            "[{gpa = 0, sise = 4096, flags = 7, map_type = 0}]"), 1, "file-key",
        ("memory_regions", 0, None), "memory_regions[0].sise: unknown key, and \"size\" is missing", 'Did you mean "size"?')
    one("key.toml", changed("[kernel]", "[kernel]\ninterrupt_mode = 'pt'"), 0, "file-key",
        ("kernel", None, "interrupt_mode"),
        "kernel.interrupt_mode: unknown key", "It belongs in [devices]")
    write("key.toml", GOOD + "passthrough_ports = 'x'\naddress_space_policy = 1\n")
    status, findings = found("--model=0.5", "key.toml")
    is_((status, [(finding["severity"], finding["code"], finding["a"]["name"], finding["models"])
                  for finding in findings]),
        (0, [("warning", "file-key", key, ["0.5"])
             for key in ("passthrough_ports", "address_space_policy")]),
        "0.5 ignores the keys of 0.7, whatever their values")
    is_(found("key.toml")[0], 1, "0.7 does not")
    one("key.toml", changed("0x1000, 33", "0x1000, 33, 1"), 0, "file-key",
        ("passthrough_devices", 1, None), "6 members are too many: those from the 6th on",
        "Write [name, base_gpa, base_hpa, length, irq_id].")
    one("key.toml", changed("0x21, []", "0x21"), 1, "file-key", ("emu_devices", 0, "gicd"),
        'emu_devices[0].cfg_list of "gicd": missing')
    # What may be left out is 0.
    one("key.toml", changed("[0xa00_0000, 0x200]", "[0xa00_0000]"), 1, "device-empty",
        ("passthrough_addresses", 0, None))
    one("key.toml", changed("[0xa00_0000, 0x200]", "[]"), 1, "device-empty",
        ("passthrough_addresses", 0, None))
    one("key.toml", changed("0x900_0000, 0x1000, 33", "0x900_0000"), 1, "device-empty",
        ("passthrough_devices", 1, "uart"))
    is_(found(write("key.toml", changed("0x1000, 33", "0x1000"))), (0, []), "no irq_id")
    one("key.toml", changed("[devices]", "[device]\n[devices]"), 0, "file-key",
        ("device", None, None), 'device: unknown key', 'Did you mean "devices"?')
    one("key.toml", changed(RTC, "{name = 'rtc', base_gpa = 0, length = 1, lenght = 0}"), 0, "file-key",
        ("passthrough_devices", 0, "rtc"), "[0].lenght of", 'Did you mean "length"?')


def types() -> None:
    one("type.toml", changed("0x21", "0x1000000e1"), 1, "device-type", ("emu_devices", 0, "gicd"),
        'emu_devices[0].emu_type of "gicd": ', "(0x1000000e1) is unknown", "0x21 (gppt-dist")
    one("type.toml", changed("0x7, 2", "0x7, 0x102"), 1, "memory-map-type",
        ("memory_regions", 0, None), "memory_regions[0].map_type: 258 (0x102) is unknown",
        "Use 0x0 (alloc), 0x1 (identical) or 0x2 (reserved).")
    one("type.toml", changed("kernel_path", "boot_protocol = 'grub'\nkernel_path"), 1,
        "boot-protocol", ("kernel", None, "boot_protocol"), 'boot_protocol "grub" is not a boot')
    status, text = described("type.toml", changed("0x21", "9"))
    ok(status == 1 and '"gicd" unknown device 0x9' in text, "an unknown type is described", text)


def partly() -> None:
    """What can be read of a bad file is checked; nothing is made up of what cannot."""
    bad = "'x'"
    overlap = "[0xa00_0000, 0x200], [0x800_0000, 0x1000]"
    for old, new, codes in (
            ("[0xa00_0000, 0x200]", f"[{bad}, 1], {overlap}", ["device-overlap", "file-value"]),
            ("[[0x4000_0000, 0x1000_0000, 0x7, 2]]", "[[0, 4096, 7]]", ["file-key"]),
            ("0x1000_0000, 0x7, 2", f"{1 << 64}, 0x7, 2", ["file-value"]),
            ("id = 7\n", "", ["file-key"]), ('name = "guest"\n', "", ["file-key"]),
            ("cpu_num = 2", f"cpu_num = {bad}", ["file-value"]),
            ("[0x100, 0x200]", f"[0x100, {bad}]", ["file-value"]),
            ('"pt"', '"poll"', ["file-value"]), ('"pt"', "1", ["file-value"]),
            ("kernel_path", "enable_bios = 1\nboot_protocol = 'multiboot'\nkernel_path",
             ["file-value"]),
            ("kernel_path", "enable_bios = true\nboot_protocol = 1\n"
             "bios_load_addr = 0x4000_0000\nkernel_path", ["file-value"]),
            ("kernel_path", "enable_bios = true\nbios_path = 'b'\nbios_load_addr = 'x'\n"
             "kernel_path", ["file-value"]),
            ("kernel_path", "enable_bios = true\nbios_path = 1\nbios_load_addr = 1\nkernel_path",
             ["file-value"]),
            ("kernel_path", "enable_bios = true\nboot_protocol = 'uefi'\n"
             "uefi_firmware_path = 1\nbios_load_addr = 0x4000_0000\nkernel_path",
             ["file-value"])):
        _, findings = found("--arch", "aarch64" if "bios" not in new else "x86_64",
                            "--disable", "device-arch", write("part.toml", changed(old, new)))
        is_([finding["code"] for finding in findings], codes, f"{old} to {new}")
    shifted = changed("[0xa00_0000, 0x200]", f"[0x1000, 2, 3], {overlap}")
    overlap = next(one for one in found(write("part.toml", shifted))[1]
                   if one["code"] == "device-overlap")
    is_((overlap["b"]["index"], "passthrough_addresses[2] " in overlap["message"]),
        (2, True), "the index is that of the file")
    names = [write(f"{name}.toml", changed("id = 7\n", number, changed('"guest"', f'"{name}"')))
             for name, number in (("none", ""), ("zero", "id = 0\n"), ("naught", "id = 0\n"))]
    _, findings = found(*names)
    is_([finding["code"] for finding in findings if finding["severity"] == "error"
         and finding["code"] != "host-conflict"], ["file-key", "vm-id"],
        "an id that is not there hides no conflict of others")
    for header in ("[base]", "[kernel]", "[devices]"):
        start = GOOD.index(header)
        end = GOOD.index("\n\n", start) + 1 if header != "[devices]" else len(GOOD)
        write("part.toml", GOOD[:start] + GOOD[end:])
        # Nothing is taken for 0 or empty.
        write("other.toml", changed("id = 7", "id = 0", changed('"guest"', '""')))
        _, findings = found("part.toml", "other.toml", *(
            f"--disable={code}" for code in ("host-conflict", "irq-conflict", "cpu-conflict")))
        is_([finding["code"] for finding in findings], ["file-key"], f"without {header}")


def escapes() -> None:
    nasty = "\x1b[2J\x07\x7f\x9b\u202e\u2066\u200b\ufeff\U000e0041\n\\\" \u4e2d"
    literal = json.dumps(nasty).replace(r"\udb40\udc41", r"\U000E0041").replace("\x7f", r"\u007f")
    shown = (r'\x1b[2J\a\x7f\x9b\u202e\u2066\u200b\ufeff\U000e0041\n\\\" ' + "\u4e2d")
    content = changed('"guest"', literal).replace('"gicd"', literal).replace(
        '"pt"', literal).replace("0x21", "9") + f"{literal} = 1\n"
    content = content.replace("kernel_path", f"boot_protocol = {literal}\nkernel_path")
    status, findings = found(write("escape.toml", content))
    text = lint("escape.toml", "--map").stdout + lint("escape.toml").stdout
    is_((status, sorted(finding["code"] for finding in findings)),
        (1, ["boot-protocol", "device-type", "file-key", "file-value"]),
        "findings about names to be escaped")
    ok(all(line.isprintable() for line in text.splitlines()), "nothing but printables", ascii(text))
    ok(text.count(f'"{shown}"') >= 6, "escaped names", ascii(text))
    is_([finding["a"]["name"] for finding in findings if finding["code"] == "device-type"],
        [nasty], "JSON has the name itself")
    for locale in ("C", "POSIX"):
        environment = {**os.environ, "LC_ALL": locale, "PYTHONCOERCECLOCALE": "0",
                       "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"}
        run = lint("escape.toml", env=environment)
        is_((run.returncode, run.stderr), (1, ""), f"locale {locale}")
        ok(run.stdout.isascii() and r"\u4e2d" in run.stdout, f"locale {locale}: ASCII")
    path = b"\xff\x1b\xe2\x80\xae.toml"
    Path(os.fsdecode(path)).write_text("")
    run = lint(path)
    is_(run.returncode, 1, "a path that is no text")
    ok(run.stdout.startswith(r"\udcff\x1b\u202e.toml:1:1: error[file-key]: "), "and it is escaped",
       run.stdout)
    is_(lint("--json", path).returncode, 1, "in JSON, too")


def runs() -> None:
    Path("good.toml").write_text(GOOD)
    Path("bad.toml").write_text(changed("0x21", "3"))
    Path("worse.toml").write_text("=")
    for arguments, status in (
            (["good.toml"], 0), (["--separate", "good.toml", "good.toml"], 0),
            (["--", "good.toml"], 0), (["good.toml", "good.toml"], 1),
            (["bad.toml", "good.toml"], 1), (["worse.toml", "bad.toml", "good.toml"], 2)):
        run = lint(*arguments)
        is_((run.returncode, run.stderr), (status, ""), f"exit status of {arguments}")
        is_(run.stdout.count(GOOD_TEXT[:GOOD_TEXT.index("axvm-lint")]),
            arguments.count("good.toml"), "the good ones described")
    is_(lint("--json", "good.toml").stdout, "", "nothing to say in JSON")
    run = lint("good.toml", env={**os.environ, "AXVM_TYPES_LIBRARY": "/no/such.so"})
    is_((run.returncode, run.stdout), (2, ""), "no library")
    ok(run.stderr.startswith("axvm-lint: cannot load"), "one message about it", run.stderr)
    many = ", ".join(f'["d{i}", {i << 12}, 0, 4096, 0]' for i in range(20_000))
    Path("many.toml").write_text(changed(RTC, many))
    with subprocess.Popen([*PROGRAM, "many.toml"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as run:
        run.stdout.readline()
        run.stdout.close()
        is_(run.stderr.read(), b"", "a reader that goes away")
    if Path("/dev/full").exists():
        with open("/dev/full", "w") as full:
            run = subprocess.run([*PROGRAM, "good.toml"], stdout=full, stderr=subprocess.PIPE,
                                 text=True)
        is_((run.returncode, run.stderr),
            (2, "axvm-lint: cannot write: No space left on device\n"), "a full disk")
    else:
        skip("a full disk", "no /dev/full")


run_tests(good, syntax, inline_tables, values, keys, types, partly, escapes, runs)
done()
