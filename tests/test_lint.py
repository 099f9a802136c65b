# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: what it says about good and bad configurations, and its exit status."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tap
from tap import is_, ok, skip

tap.need_library()

SRCDIR = Path(os.environ["srcdir"]).resolve()
PROGRAM = [sys.executable, str(Path(os.environ["builddir"]).resolve() / "python/axvm-lint")]
# A folder of real configurations, none of which has an error.
REAL = os.environ.get("AXVM_VMS_DIR") and Path(os.environ["AXVM_VMS_DIR"]).resolve()

GOOD = """\
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
memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 2]]

[devices]
interrupt_mode = "pt"
emu_devices = [["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]]
passthrough_devices = [["/"], ["uart", 0x900_0000, 0x900_0000, 0x1000, 33]]
passthrough_addresses = [[0xa00_0000, 0x200]]
"""

GOOD_TEXT = """\
good.toml: VM 7 "guest"
  type        rtos
  vCPUs       2
    vCPU 0: host id 0x100, CPUs 0,2-3
    vCPU 1: host id 0x200, CPUs 4
  boot        direct
    entry     GPA:0x40200000
    kernel    GPA:0x40200000  "/guest/kernel"
  interrupts  passthrough
  guest addresses
    GPA:0x8000000..GPA:0x8010000  64 KiB  gic partial passthrough distributor  "gicd"  irq 0
    GPA:0x9000000..GPA:0x9001000  4 KiB  passthrough device  "uart"  irq 33
    GPA:0xa000000..GPA:0xa000200  512 bytes  passthrough addresses
    GPA:0x40000000..GPA:0x50000000  256 MiB  memory, reserved  flags 0x7
  from the device tree
    "/"
"""


def lint(*arguments: str | bytes, **options) -> subprocess.CompletedProcess:
    """Run the program; what it prints must be UTF-8, and never a traceback."""
    run = subprocess.run([*PROGRAM, *arguments], capture_output=True, timeout=60, **options)
    run.stdout, run.stderr = run.stdout.decode(), run.stderr.decode()
    if "Traceback" in run.stderr or "Exception ignored" in run.stderr:
        ok(False, f"no traceback for {arguments}", run.stderr)
    return run


def found(name: str, content: str | bytes) -> tuple[int, list[dict], str]:
    """Exit status, findings and text of a file with that content."""
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    as_json, as_text = lint("--json", name), lint(name)
    is_((as_json.returncode, as_json.stderr, as_text.stderr), (as_text.returncode, "", ""),
        f"{name}: one status, and nothing on standard error")
    findings = [json.loads(line) for line in as_json.stdout.splitlines()]
    for finding in findings:
        line = f"{name}: {finding['severity']}: {finding['message']} [{finding['code']}]"
        ok(line in as_text.stdout.splitlines(), f"{name}: the finding in the text", line,
           as_text.stdout)
    return as_json.returncode, findings, as_text.stdout


def one(name: str, content: str | bytes, status: int, code: str, place: tuple | None,
        *words: str) -> None:
    """One finding, of that code about that (table, index, name), with those words."""
    got, findings, _ = found(name, content)
    is_(got, status, f"{name}: exit status")
    is_([finding["code"] for finding in findings], [code], f"{name}: one finding")
    for finding in findings[:1]:
        is_(finding["severity"], "error" if status else "warning", f"{name}: severity")
        a = finding["a"]
        is_(a and (a["table"], a["index"], a["name"]), place, f"{name}: place")
        is_((finding["file"], finding["b"]), (name, None), f"{name}: file, and one owner")
        for word in words:
            ok(word in finding["message"], f"{name}: {word!a}", finding["message"])


def changed(old: str, new: str) -> str:
    """The good configuration with one change."""
    if GOOD.count(old) != 1:
        raise ValueError(f"{old!r} is not once in the good configuration")
    return GOOD.replace(old, new)


def good() -> None:
    is_(found("good.toml", GOOD), (0, [], GOOD_TEXT), "a good file")
    for name, content in {
            "bom": b"\xef\xbb\xbf" + GOOD.encode(),
            "crlf": GOOD.replace("\n", "\r\n"),
            "later keys": GOOD + "passthrough_ports = [1]\naddress_space_policy = 'x'\n",
            "excluded": GOOD + "excluded_devices = [['/a', '/b'], []]\n",
            "alias": changed("kernel_path", "boot_protocol = 'kernel'\nkernel_path"),
            "largest numbers": changed("id = 7", f"id = {(1 << 64) - 1}"),
    }.items():
        status, findings, text = found(f"{name}.toml", content)
        is_((status, findings), (0, []), f"{name}: no finding")
        ok("GPA:0x40000000..GPA:0x50000000" in text, f"{name}: the description", text)
    tables = changed("[[0x4000_0000, 0x1000_0000, 0x7, 2]]",
                     "[{map_type = 2, flags = 7, size = 0x1000_0000, gpa = 0x4000_0000}]")
    is_(found("good.toml", tables), (0, [], GOOD_TEXT), "entries as tables")
    for text, words in {
            changed("0x1_0000, 0, 0x21", "8, 4, 0x2"): "0x8000000..0x8000008  8 bytes  console",
            changed("kernel_path", "enable_bios = true\nkernel_path"): "boot        multiboot",
            changed("0b1101", "0"): "CPUs none",
            changed("0x1000_0000,", "-1 ,").replace("-1", hex((1 << 64) - 1)): "(does not fit)",
            changed("0x900_0000, 0x900_0000", "0x900_0000, 0"): "host PA:0x0",
    }.items():
        status, findings, output = found("good.toml", text)
        is_((status, findings), (0, []), f"{words}: no finding")
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
    Path("directory.toml").mkdir()
    for name, words in (("directory.toml", "Is a directory"), ("none.toml", "No such file"),
                        ("/dev/zero", "larger than 64 MiB")):
        run = lint("--json", name)
        is_((run.returncode, run.stderr), (2, ""), f"{name}: exit status")
        findings = [json.loads(line) for line in run.stdout.splitlines()]
        is_([finding["code"] for finding in findings], ["file-syntax"], f"{name}: one finding")
        ok(words in run.stdout, f"{name}: {words}", run.stdout)
    run = lint("/dev/stdin", input=GOOD.encode())
    is_((run.returncode, run.stdout), (0, GOOD_TEXT.replace("good.toml", "/dev/stdin", 1)),
        "a pipe is a file")


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
    for old, new, place, message in (
            ("0x1000_0000,", f"{big},", ("memory_regions", 0, None), "memory_regions[0].size: "),
            ("0x1000, 33", f"0x1000, {big}", ("passthrough_devices", 1, "uart"),
             'passthrough_devices[1].irq_id of "uart": '),
            ("[[0xa00_0000, 0x200]]", f"[[0, 1], [0, {big}]]", ("passthrough_addresses", 1, None),
             "passthrough_addresses[1].length: "),
            ("0x100, ", f"0x100, {big}, ", ("phys_cpu_ids", 1, None), "phys_cpu_ids[1]: "),
            ("0x21, []", f"0x21, [0, {'9' * 5000}]", ("emu_devices", 0, "gicd"),
             'emu_devices[0].cfg_list[1] of "gicd": '),
            ('"guest"', "3", ("base", None, "name"), "base.name: 3 is not a string"),
            ('"guest"', r'"a\u0000b"', ("base", None, "name"), r"holds a NUL"),
            ('"uart"', "true", ("passthrough_devices", 1, None), "passthrough_devices[1].name: "),
            ('["/"]', '"/"', ("passthrough_devices", 0, None), "neither an array nor a table"),
            ("0x1000, 33", "0x1000, 33, 1", ("passthrough_devices", 1, None), "6 members; only "),
            ("[[0x4000_0000, 0x1000_0000, 0x7, 2]]", "1", ("kernel", None, "memory_regions"),
             "kernel.memory_regions: 1 is not an array"),
            ('"pt"', '"poll"', ("devices", None, "interrupt_mode"),
             '"poll" is unknown; use no_irq, emu or passthrough'),
            ('"pt"', r'"pt\u0000"', ("devices", None, "interrupt_mode"), "NUL"),
            ("kernel_path", "image_location = 'net'\nkernel_path",
             ("kernel", None, "image_location"), 'the string "net" is not fs or memory'),
            ("kernel_path", "enable_bios = 1\nkernel_path", ("kernel", None, "enable_bios"),
             "1 is not true or false"),
            ("[devices]", "[devices]\nexcluded_devices = [[], ['/', 1]]",
             ("excluded_devices", 1, None), "excluded_devices[1][1]: 1 is not a string")):
        one("value.toml", changed(old, new), 1, "file-value", place, message)
    one("value.toml", "base = 1\n" + GOOD[GOOD.index("[kernel]"):], 1, "file-value",
        ("base", None, None), "base: 1 is not a table")
    one("value.toml", changed("vm_type = 1", "vm_type = 3"), 0, "file-value",
        ("base", None, "vm_type"), "3 is unknown; taken as 1 (rtos)")


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
    one("key.toml", GOOD[:GOOD.index("[devices]")], 1, "file-key", ("devices", None, None),
        "devices: the table is missing")
    one("key.toml", changed("[[0x4000_0000, 0x1000_0000, 0x7, 2]]", "[[0, 4096, 7]]"), 1,
        "file-key", ("memory_regions", 0, None), "memory_regions[0].map_type: missing")
    one("key.toml", changed('["/"]', "{base_gpa = 0}"), 1, "file-key",
        ("passthrough_devices", 0, None), "passthrough_devices[0].name: missing")
    one("key.toml", changed("kernel_path", "dtb_adr = 0\nkernel_path"), 0, "file-key",
        ("kernel", None, "dtb_adr"), 'kernel.dtb_adr: unknown key; did you mean "dtb_')
    one("key.toml", changed("[devices]", "[device]\n[devices]"), 0, "file-key",
        ("device", None, None), 'device: unknown key; did you mean "devices"?')
    one("key.toml", changed('["/"]', "{name = '/', lenght = 0}"), 0, "file-key",
        ("passthrough_devices", 0, "/"), "[0].lenght of", 'did you mean "length"?')


def types() -> None:
    for number, meaning in (
            ("3", "; before July 2025 it meant virtio-blk, which is 225 (0xe1) now"),
            ("4", "virtio-net, which is 226 (0xe2) now"),
            ("5", "virtio-console, which is 227 (0xe3) now"), ("6", "it meant iommu"),
            ("7", "it meant icc-sre"), ("8", "it meant sgir"), ("9", "it meant gicr"),
            ("11", "it meant meta"), ("0xff", "255 (0xff) is unknown"),
            ("0x1000000e1", "(0x1000000e1) is unknown")):
        one("type.toml", changed("0x21", number), 1, "device-type", ("emu_devices", 0, "gicd"),
            'emu_devices[0].emu_type of "gicd": ', " is unknown", meaning)
    _, findings, text = found("type.toml", changed("0x21", "9"))
    is_(findings[0]["a"], {"vm": 7, "table": "emu_devices", "index": 0, "name": "gicd",
                           "start": "0x8000000", "end": "0x8010000"}, "an owner in JSON")
    ok("unknown device 0x9" in text, "an unknown type is described", text)
    one("type.toml", changed("0x7, 2", "0x7, 3"), 1, "memory-map-type",
        ("memory_regions", 0, None), "memory_regions[0].map_type: 3 is unknown; "
        "use 0 (alloc), 1 (identical) or 2 (reserved)")
    one("type.toml", changed("0x7, 2", "0x7, 0x102"), 1, "memory-map-type",
        ("memory_regions", 0, None), "258 (0x102) is unknown")
    one("type.toml", changed("kernel_path", "boot_protocol = 'grub'\nkernel_path"), 1,
        "boot-protocol", ("kernel", None, "boot_protocol"),
        'kernel.boot_protocol: "grub" is unknown; use direct, multiboot or uefi')


def escapes() -> None:
    nasty = "\x1b[2J\x07\x7f\x9b\u202e\u2066\u200b\ufeff\U000e0041\n\\\" \u4e2d"
    literal = json.dumps(nasty).replace(r"\udb40\udc41", r"\U000E0041").replace("\x7f", r"\u007f")
    shown = (r'\x1b[2J\x07\x7f\x9b\u202e\u2066\u200b\ufeff\U000e0041\x0a\\\" ' + "\u4e2d")
    status, findings, text = found("escape.toml", changed('"guest"', literal).replace(
        '"gicd"', literal).replace('"pt"', literal).replace("0x21", "3")
        + f"{literal} = 1\n")
    is_((status, len(findings)), (1, 3), "findings about names to be escaped")
    ok(all(line.isprintable() for line in text.splitlines()), "nothing but printables", ascii(text))
    ok(f'VM 7 "{shown}"' in text and f'of "{shown}"' in text, "escaped names", ascii(text))
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
    ok(run.stdout.startswith(r"\udcff\x1b\u202e.toml: error: "), "and it is escaped", run.stdout)
    is_(lint("--json", path).returncode, 1, "in JSON, too")


def runs() -> None:
    Path("good.toml").write_text(GOOD)
    Path("bad.toml").write_text(changed("0x21", "3"))
    Path("worse.toml").write_text("=")
    for arguments, status in (
            (["good.toml"], 0), (["good.toml", "good.toml"], 0), (["--", "good.toml"], 0),
            (["bad.toml", "good.toml"], 1), (["worse.toml", "bad.toml", "good.toml"], 2)):
        run = lint(*arguments)
        is_((run.returncode, run.stderr), (status, ""), f"exit status of {arguments}")
        is_(run.stdout.count(GOOD_TEXT), arguments.count("good.toml"), "the good ones described")
    is_(lint("--json", "good.toml").stdout, "", "nothing to say in JSON")
    for arguments in ([], ["--no-such-option", "good.toml"], ["--js", "good.toml"]):
        run = lint(*arguments)
        is_((run.returncode, run.stdout), (2, ""), f"wrong usage: {arguments}")
        ok(run.stderr.startswith("usage: axvm-lint"), "a usage", run.stderr)
    run = lint("--version")
    ok(run.returncode == 0 and run.stdout.startswith("axvm-lint "), "--version", run.stdout)
    run = lint("good.toml", env={**os.environ, "AXVM_TYPES_LIBRARY": "/no/such.so"})
    is_((run.returncode, run.stdout), (2, ""), "no library")
    ok(run.stderr.startswith("axvm-lint: cannot load"), "one message about it", run.stderr)
    many = ", ".join(f'["d{i}", {i << 12}, 0, 4096, 0]' for i in range(20_000))
    Path("many.toml").write_text(changed('["/"]', many))
    with subprocess.Popen([*PROGRAM, "many.toml"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as run:
        run.stdout.readline()
        run.stdout.close()
        is_(run.stderr.read(), b"", "a reader that goes away")
    if os.path.exists("/dev/full"):
        with open("/dev/full", "w") as full:
            run = subprocess.run([*PROGRAM, "good.toml"], stdout=full, stderr=subprocess.PIPE,
                                 text=True)
        is_((run.returncode, run.stderr),
            (2, "axvm-lint: cannot write: No space left on device\n"), "a full disk")
    else:
        skip("a full disk", "no /dev/full")


def samples() -> None:
    files = sorted((SRCDIR / "examples").glob("*.toml"))
    ok(files, "there are samples")
    for sample in files:
        run = lint("--json", str(sample))
        is_((run.returncode, run.stdout), (0, ""), f"{sample.name}: no finding")


def real_files() -> None:
    real = sorted(REAL.rglob("*.toml"))
    ok(real, "there are real configurations")
    for file in real:
        run = lint(str(file))
        is_((run.returncode, run.stderr), (0, ""), str(file.relative_to(REAL)))
        ok("GPA:" in run.stdout, "and a description", run.stdout)


with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
    tap.test(good, syntax, values, keys, types, escapes, runs, samples)
    if REAL:
        tap.test(real_files)
    else:
        skip("real_files", "AXVM_VMS_DIR names no folder of VM configurations")
tap.done()
