# SPDX-License-Identifier: Apache-2.0
"""axvm-lint --fix and --diff: what is changed, what is left, and how files are written."""

import errno
import json
import os
import random
import resource
import shutil
import stat
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import tap

tap.need_library()

from axvm_lint.fixing.edits import fixed  # noqa: E402
from axvm_lint.findings import Fix, Owner  # noqa: E402
from axvm_lint.output import Refused, replace_file  # noqa: E402
from axvm_lint.reading.toml_file import parse  # noqa: E402
from axvm_lint.reporting.codes import descriptions, explain  # noqa: E402
from code_cases import CASES, NEW, unmarked  # noqa: E402
from file_format_good import ARCHES  # noqa: E402
from file_format_random import random_file  # noqa: E402
from linting import (GOOD, PROGRAM, SRCDIR, changed, found, lint, lint_here, run_tests,  # noqa: E402
                     write)
from tap import done, is_, ok, raises, skip  # noqa: E402

REGION = "[0x4000_0000, 0x1000_0000, 0x7, 2]"
TODAY = NEW.replace("virtual = [@]\n", "").replace("id = 7\n", 'id = 7\nname = "guest"\n')
RANDOM_FILES = 200
MARK = "\ufeff"


def virtual(text: str) -> str:
    return NEW.replace("@", text)


def region(text: str) -> str:
    return changed(REGION, text)


# By the code that is found: a file, and what becomes of it.
FIXED: list[tuple[str, str, str]] = [
    *(("memory-unaligned", region(f"[0x4000_0000, {old}, 0x7, 2]"),
       region(f"[0x4000_0000, {new}, 0x7, 2]")) for old, new in (
        ("0x1000_0800", "0x1000_0000"), ("0x10000fff", "0x10000000"), ("268435457", "268435456"),
        ("268_435_457", "268_435_456"), ("0x0_1000_0001", "0x0_1000_0000"),
        ("0b1_0000_0000_0000_0000_0000_0000_0001", "0b1_0000_0000_0000_0000_0000_0000_0000"),
        ("0o2_000_000_001", "0o2_000_000_000"), ("0xFA0_0AB0", "0xFA0_0000"),
        ("+268435457", "268435456"))),
    ("memory-unaligned", region("{ gpa = 0x4000_0000, flags = 7, size = 0x1000_0800, map_type = 2 }"),
     region("{ gpa = 0x4000_0000, flags = 7, size = 0x1000_0000, map_type = 2 }")),
    ("memory-unaligned", region(f"{REGION}, [0x5000_0123, 0x1001, 7, 1] # not 8 KiB\n"),
     region(f"{REGION}, [0x5000_0123, 0x1000, 7, 1] # not 8 KiB\n")),
    ("memory-unaligned", changed(f"memory_regions = [{REGION}]", "", changed(
        "[devices]", "[[kernel.memory_regions]] # RAM\ngpa = 0x4000_0000\nsize=0x1000_0001  # big\n"
        "flags = 7\nmap_type = 2\n[devices]")),
     changed(f"memory_regions = [{REGION}]", "", changed(
         "[devices]", "[[kernel.memory_regions]] # RAM\ngpa = 0x4000_0000\nsize=0x1000_0000  # big\n"
         "flags = 7\nmap_type = 2\n[devices]"))),
    *(("file-key", changed(old, new), GOOD) for old, new in (
        ("cpu_num", "cpu_nun"), ("vm_type", "vm_typ"), ("[kernel]", "[kernal]"),
        ("image_location", "image_locaton"), ("interrupt_mode", "interupt_mode"),
        ("phys_cpu_sets", "phys-cpu-sets"), ("memory_regions", "Memory_Regions"))),
    ("file-key", changed("cpu_num = 2", "'cpu_nun'\t=\t2 # two"), changed(
        "cpu_num = 2", "cpu_num\t=\t2 # two")),
    ("file-key", region("{ gpa = 0x4000_0000, flags = 7, sise = 0x1000_0000, map_type = 2 }"),
     region("{ gpa = 0x4000_0000, flags = 7, size = 0x1000_0000, map_type = 2 }")),
    ("file-key", TODAY.replace("cpu_num", "cpu-num"), TODAY),
    ("file-key", TODAY.replace("cpu_num = 1", "cpu_num = 1\ndedicated_cpus = true # all"),
     TODAY.replace("cpu_num = 1", "cpu_num = 1")),
    ("file-key", TODAY.replace("[kernel]", "# kept\n  boot_source = [ 1, # x\n 2]\n\n[kernel]").replace(
        "boot_source", "phys_cpu_priorities"), TODAY.replace("[kernel]", "# kept\n\n[kernel]")),
    ("file-value", TODAY.replace("cpu_num", 'guest_type = "virtualized"\nvm_type = 2\ncpu_num'),
     TODAY.replace("cpu_num", 'guest_type = "virtualized"\ncpu_num')),
    *(("virtual-option", virtual(old), virtual(new)) for old, new in (
        ('{ id = "a", model = "virtio-blk", irq_id = 3 }', '{ id = "a", model = "virtio-blk" }'),
        ('{ irq_id = 3, id = "a", model = "virtio-blk" }', '{ id = "a", model = "virtio-blk" }'),
        ('{irq_id=3,id="a",model="virtio-blk"}', '{id="a",model="virtio-blk"}'),
        ('{ id = "a", base_gpa = 0x1000 , model = "virtio-blk" }',
         '{ id = "a" , model = "virtio-blk" }'),
        ('{ id = "a", model = "virtio-blk",\n irq_id = 3, # IRQ\n read_only = true }',
         '{ id = "a", model = "virtio-blk",\n read_only = true }'),
        ('{ id = "a", model = "virtio-blk", read_olny = true }',
         '{ id = "a", model = "virtio-blk", read_only = true }'))),
    ("virtual-option", TODAY + '[[devices.virtual]]\nid = "a"\nirq_id = 3\nmodel = "virtio-blk"\n',
     TODAY + '[[devices.virtual]]\nid = "a"\nmodel = "virtio-blk"\n'),
]

# What has no answer, or more than one.
LEFT = {
    "nothing would be left": region(f"{REGION}, [0x6000_0000, 0xfff, 7, 2]"),
    "gpa is unaligned as well": region("[0x4000_0800, 0x1000_0800, 0x7, 1]").replace(", 1]", ", 2]"),
    "two words for one key": changed("cpu_num = 2", "cpu_nun = 2\ncpu_mun = 2"),
    "the key is there": changed("cpu_num = 2", "cpu_num = 2\ncpu_nun = 3"),
    "a word that means a key": changed("cpu_num", "vcpus"),
    "a word that means another key": changed("kernel_path", "initrd_path = '/i'\nkernel_path"),
    "near to two members": changed(
        '["rtc", 0x930_0000, 0x930_0000, 0x1000, 0]',
        "{ name = 'rtc', base_hpa = 0x930_0000, base_ghpa = 0x930_0000, length = 0x1000 }"),
    "an unknown key that the hypervisor refuses": TODAY.replace("cpu_num", "colour = 1\ncpu_num"),
    "a word for a list that may be meant": TODAY.replace("cpu_num", "dedicated_cpu = 1\ncpu_num"),
    "two values": TODAY.replace("cpu_num", 'guest_type = "virtualized"\nvm_type = 1\ncpu_num'),
    "a table of a branch": TODAY + "[scheduling]\npolicy = 1\n",
    "the value is wrong": changed("cpu_num = 2", "cpu_nun = 'two'"),
    "other findings would come": changed("kernel_path", "ramdisk_paht = ''\nkernel_path"),
    "the kernel is at the end": changed(REGION, "[0x4000_0000, 0x20_0800, 7, 0]").replace(
        "0x4020_0000", "0x4020_0400"),
    "a comment allows it": region("[0x4000_0000, 0x1000_0800, 0x7, 2] # axvm-lint: allow "
                                  "memory-unaligned because it is rounded\n"),
    "a part of a dotted key":
    "base.dedicated_cpus = true\nbase.cpu_num = 1\n" + TODAY[TODAY.index("[kernel]"):],
    "not TOML": region("[0x4000_0000, 0x1000_0800, 0x7, 2") + "cpu_nun = 1\n",
    "no VM": "cpu_nun = 1\n",
}


def fix(text: str, *options: str) -> tuple[subprocess.CompletedProcess, str]:
    """A run with --fix, and what the file is after it."""
    run = lint("--fix", "-q", *options, write("vm.toml", text.encode()))
    return run, Path("vm.toml").read_bytes().decode()


def cases() -> None:
    for code, text, wanted in FIXED:
        before = [one["code"] for one in found(write("vm.toml", text))[1]]
        ok(code in before, f"{code} is found in {text}", str(before))
        for change in (str, lambda text: text.replace("\n", "\r\n"), lambda text: text.rstrip("\n"),
                       lambda text: MARK + text, lambda text: f"# {chr(0x1f600)}\n\n{text}\n\n"):
            run, got = fix(change(text))
            is_(got, change(wanted), f"{code}: {text}")
            is_((run.stderr, run.returncode), ("", found("vm.toml")[0]), "the status is that of the rest")
        after = [one["code"] for one in found("vm.toml")[1]]
        ok(not Counter(after) - Counter(before) and after.count(code) < before.count(code),
           f"{code} is gone, and nothing new is there", str(before), str(after))
        for disabled in ([f"--disable={code}"] if wanted != text and "error" not in {
                one["severity"] for one in found(write("vm.toml", text))[1]
                if code.startswith("file-")} else []):
            is_(fix(text, disabled)[1], text, f"{disabled} leaves it")
    is_({code for code, _, _ in FIXED}, {code for code, each in descriptions().items() if each.fix},
        "each code with a fix says so, and has a case")


def left() -> None:
    for why, text in LEFT.items():
        write("vm.toml", text)
        before = lint("vm.toml", "--format=short", "-q")
        run, got = fix(text, "--format=short")
        is_(got, text, why)
        is_(run.stdout.replace(", 0 fixes", "").replace(
            " (1 not made, as others would be found then)", ""), before.stdout, f"{why}: the same")
    run, _ = fix(LEFT["other findings would come"])
    ok("1 file, 0 fixes (1 not made, as others would be found then): " in run.stdout,
       "it is said that something is left", run.stdout)


def revealed() -> None:
    """A key with its right name is read, and what is then found of its value does not hinder that."""
    good = lint("--template=aarch64", before=()).stdout.replace(
        "passthrough = []", 'passthrough = [{ path = "/soc/i2c@2000" }]')
    for old, new in (("\npassthrough =", "\npasthrough ="), ("memory_regions =", "memory_regoins =")):
        bad = good.replace(old, new)
        for text in (bad, bad.replace("0x1000_0000, 0x7", "0x1000_0800, 0x7")):
            run = lint("--fix", "-q", "--format=short", write("vm.toml", text.encode()), before=())
            is_(Path("vm.toml").read_text(), good, f"{new.strip()} is renamed")
            ok(run.returncode == 0 and "note[device-dma]" in run.stdout, "and a note is found",
               run.stdout)


def many() -> None:
    """Fixes that do harm hinder no others, however many there are of both."""
    devices = 300
    old = virtual(",\n".join(f'{{ id = "d{number}", model = "virtio-blk", irq_id = 3, read_olny = 1 }}'
                             for number in range(devices)))
    run, got = fix(old)
    is_(got, old.replace(", irq_id = 3", ""), "what is good is done")
    ok(f", {devices} fixes ({devices} not made" in run.stdout, "and counted", run.stdout[-200:])
    # All in one place, with an overlap each.
    heap = region(", ".join([REGION, *("[0x6000_0000, 0x1001, 7, 2]",) * 300]))
    run, got = fix(heap, "--disable=memory-overlap")
    is_(got, heap.replace("0x1001", "0x1000"), "those of one kind are done together")


def machines() -> None:
    """What a fix of one file brings between files counts as well."""
    first, second = changed("id = 7", "Id = 7"), changed("cpu_num", "cpu_nun", GOOD.replace("guest", "o"))
    for options, wanted in (([], first), (["--separate"], GOOD)):
        write("a.toml", first)
        write("b.toml", second)
        lint("--fix", *options, "a.toml", "b.toml")
        is_(Path("a.toml").read_text(), wanted, f"an id that the other VM has, with {options}")
    run = lint("--fix", write("a.toml", changed("cpu_num", "cpu_nun")), "./a.toml",
               write("bad.toml", "="), write("c.toml", region("[0x4000_0000, 0x1000_0001, 0x7, 2]")))
    is_((run.returncode, run.stderr), (2, ""), "a file that is not TOML counts")
    is_((Path("a.toml").read_text(), Path("bad.toml").read_text(), Path("c.toml").read_text()),
        (GOOD, "=", GOOD), "and hinders no other one; one under two names is fixed once")
    ok(", 3 fixes: " in run.stdout, "the number of fixes", run.stdout[-200:])


def shown() -> None:
    """--diff writes nothing."""
    texts = {"a.toml": changed("cpu_num", "cpu_nun"), "b.toml": GOOD,
             "c.toml": region("[0x4000_0000, 0x1000_0001, 0x7, 2]").rstrip("\n")}
    for name, text in texts.items():
        write(name, text)
    for options in (["--diff"], ["--fix", "--diff"]):
        run = lint(*options, "--separate", *texts)
        is_((run.returncode, run.stderr),
            (1, "axvm-lint: 3 files, 2 fixes to make: no problems\n"), "something would change")
        is_(run.stdout.count("--- "), 2, "a diff for each file that would")
        is_({name: Path(name).read_text() for name in texts}, texts, "nothing is written")
    is_(lint("--diff", "-q", "--separate", *texts).stderr, "", "-q")
    if shutil.which("patch"):
        subprocess.run(["patch", "-s", "-p0"], input=run.stdout, text=True, check=True)
        is_({Path(name).read_text() for name in texts}, {GOOD, GOOD.rstrip("\n")}, "patch reads it")
    for text, status in ((GOOD, 0), (changed("cpu_num = 2\n", ""), 1), ("=", 2)):
        run = lint("--diff", write("a.toml", text))
        is_((run.returncode, run.stdout), (status, ""), f"nothing to change, status {status}")
    with open(write("a.toml", texts["c.toml"])) as file:
        run = lint("--diff", "-", stdin=file)
    ok(run.returncode == 1 and "-memory_regions" in run.stdout, "standard input", run.stdout)


def usage() -> None:
    write("a.toml", GOOD)
    for arguments in (["--fix"], ["--diff"], ["--fix", "--explain=vm-id"], ["--fix", "-"],
                      ["--fix", "--migrate", "a.toml"], ["--diff", "--map", "a.toml"],
                      ["--diff", "--svg=a.svg", "a.toml"], ["--in-place", "a.toml"],
                      ["--diff", "--output-file=out", "a.toml"]):
        run = lint(*arguments)
        ok((run.returncode, run.stdout) == (2, "") and "usage: axvm-lint" in run.stderr,
           f"wrong usage: {arguments}", run.stderr)
    ok("\n  Fix   A size" in explain("memory-unaligned"), "--explain", explain("memory-unaligned"))
    ok("  Fix " not in explain("vm-id"), "only of those that have one", explain("vm-id"))
    run = lint("--fix", "--json", write("a.toml", changed("cpu_num", "cpu_nun")))
    is_((run.returncode, run.stdout, Path("a.toml").read_text()), (0, "", GOOD), "with --json")


def written() -> None:
    """A file is replaced as a whole, or stays as it was."""
    bad = region("[0x4000_0000, 0x1000_0001, 0x7, 2]")
    for mode in (0o600, 0o644, 0o755):
        os.chmod(write("vm.toml", bad), mode)
        lint("--fix", "vm.toml")
        is_((stat.S_IMODE(os.stat("vm.toml").st_mode), Path("vm.toml").read_text()), (mode, GOOD),
            f"mode {mode:o}")
        os.unlink("vm.toml")
    os.mkdir("folder")
    os.symlink("folder/vm.toml", "link.toml")
    write("folder/vm.toml", bad)
    is_(lint("--fix", "link.toml").returncode, 0, "a symbolic link")
    ok(os.path.islink("link.toml"), "stays one")
    is_(Path("folder/vm.toml").read_text(), GOOD, "and what it leads to is fixed")
    write("vm.toml", bad)
    os.utime("folder/vm.toml", (1, 1))
    lint("--fix", "folder/vm.toml")
    is_(os.stat("folder/vm.toml").st_mtime, 1, "a file without a fix is not written")
    read, other = os.pipe()
    os.write(other, bad.encode())
    os.close(other)
    run = lint("--fix", f"/dev/fd/{read}", pass_fds=[read])
    is_((run.returncode, run.stderr), (
        2, f"axvm-lint: /dev/fd/{read}: is not written: it is not a regular file\n"), "a pipe")
    os.close(read)
    failing(bad)
    for old, error in ((GOOD, None), (bad, None), (bad + "#", Refused)):
        write("vm.toml", old)
        if error:
            raises(error, lambda: replace_file("vm.toml", bad, GOOD), "one that was changed meanwhile")
        else:
            replace_file("vm.toml", bad, GOOD)
        is_(Path("vm.toml").read_text(), old if error else GOOD, "what is there afterwards")
    is_([name for name in os.listdir() if name.startswith(".axvm")], [], "nothing is left over")


def failing(bad: str) -> None:
    """Where a file cannot be written, it stays, and is checked as it is."""
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    write("vm.toml", bad)
    run = subprocess.run([*PROGRAM, "--fix", "-q", "--format=short", "vm.toml"], capture_output=True,
                         text=True, preexec_fn=limit)
    is_((run.returncode, run.stderr), (
        2, f"axvm-lint: vm.toml: cannot be written: {os.strerror(errno.EFBIG)}\n"), "a full disk")
    ok("memory-unaligned" in run.stdout and ", 0 fixes: " in run.stdout, "what it is is reported",
       run.stdout)
    is_(Path("vm.toml").read_text(), bad, "nothing is lost")
    if os.getuid() == 0:
        skip("failing", "root may write everywhere")
        return
    os.chmod("vm.toml", 0o444)
    run = lint("--fix", "vm.toml")
    is_((run.returncode, Path("vm.toml").read_text()), (2, bad), "a read-only file")
    ok("cannot be written" in run.stderr, "says so", run.stderr)
    os.unlink("vm.toml")


def edits() -> None:
    """An edit that would change more than its fix says is not made."""
    owner = Owner("vm.toml", None, "base", None, "x")
    for text, change, wanted in (
            ("[base]\nx = 1\n", Fix(owner), "[base]\n"), ("[base]\nx = 1", Fix(owner), "[base]"),
            ("a = 1\r\n[base]\r\nx = 1", Fix(owner), "a = 1\r\n[base]"),
            ("base = { x = 1 }\n", Fix(owner), "base = { }\n"),
            ("[base]\ny = 1\n", Fix(owner), None),
            ("[base]\nx = 1\ny = 2\n", Fix(owner, name="y"), None),
            ("base.x = 1\n", Fix(owner, name="y"), "base.y = 1\n"),
            ("[base]\nx = nan\n", Fix(owner, name="y"), None)):
        is_(fixed(text, [change]), wanted, f"{text!a} with {change}")
    is_(fixed("[base]\nx = 1\n", [Fix(owner), Fix(owner, name="y")]), None, "two of one key")


def texts() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Files of every kind, with options that suit them."""
    for case in CASES:
        if "/" not in case.options:
            yield unmarked(case.documents[0]), tuple(case.options.split())
    for file in sorted((SRCDIR / "tests/lint/field").glob("*.toml")):
        yield file.read_text(), ()
    for variable in ("AXVM_VMS_DIR", "AXVM_VMS_0_7_3_DIR"):
        if os.environ.get(variable):
            for file in sorted(Path(os.environ[variable]).rglob("*.toml")):
                yield file.read_text(), ()
    if os.environ.get("AXVM_BOOT_DIR"):
        for file in sorted(Path(os.environ["AXVM_BOOT_DIR"]).rglob("*.jsonl")):
            for line in file.read_text().splitlines():
                yield json.loads(line)["toml"], (f"--arch={json.loads(line)['arch']}",)
    chance = random.Random(27)
    for number in range(RANDOM_FILES):
        arch = ARCHES[number % len(ARCHES)]
        yield random_file(chance, arch), (f"--arch={arch}",)


def spoiled(text: str, chance: random.Random) -> str:
    """The text with a slip of the pen in a key or a size, or as it is."""
    lines = text.split("\n")
    number = chance.randrange(len(lines))
    key, equals, rest = lines[number].partition("=")
    at = chance.randrange(max(1, len(key.rstrip()) - 1))
    if equals:
        if chance.random() < 0.3 and "0x" in rest:
            rest = rest.replace("0, 0x7", "1, 0x7")
        else:
            key = key[:at] + key[at + 1:at + 2] + key[at:at + 1] + key[at + 2:]
        lines[number] = f"{key}={rest}"
    return "\n".join(lines)


def samples() -> None:
    """Of every file: what is fixed is gone, errors are no more, another run changes nothing."""
    def what(findings: list[dict]) -> Counter:
        return Counter((one["code"], one["a"] and (one["a"]["table"], one["a"]["index"]),
                        one["b"] and (one["b"]["table"], one["b"]["index"])) for one in findings)

    def errors(findings: list[dict]) -> int:
        return sum(one["severity"] == "error" for one in findings)

    chance = random.Random(72)
    fixes = 0
    for text, options in [each for text, options in texts() for each in (
            (text, options), (spoiled(text, chance), options))]:
        before = lint_here(write("vm.toml", text), *options)
        lint_here("--fix", "vm.toml", *options)
        got = Path("vm.toml").read_bytes().decode()
        if got == text:
            continue
        after = lint_here("vm.toml", *options)
        ok(what(before) - what(after) and errors(after) <= errors(before),
           f"what is fixed is gone of {text}", str(what(after) - what(before)), got)
        is_(got[:1] == MARK, text[:1] == MARK, "the byte order mark stays")
        ok(parse(text.removeprefix(MARK)) != parse(got.removeprefix(MARK)), "it says something else")
        lint_here("--fix", "vm.toml", *options)
        is_(Path("vm.toml").read_bytes().decode(), got, "another run changes nothing")
        fixes += 1
    ok(fixes > 20, "some have been fixed", str(fixes))
    print(f"# {fixes} files were fixed")


run_tests(cases, left, revealed, many, machines, shown, usage, written, edits, samples)
done()
