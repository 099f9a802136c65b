#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""axvm-lint --migrate: files in and out, in every form that an old file may have."""

import os
import random
import re
import shutil
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import tap

tap.need_library()

from linting import has_module, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402

REAL = os.environ.get("AXVM_VMS_DIR") and Path(os.environ["AXVM_VMS_DIR"]).resolve()

OLD = """\
[base]
id = 1
vm_type = 1
phys_cpu_ids = [0]
cpu_num = 1

[kernel]
kernel_path = "k"
image_location = "fs"
memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 0]]
kernel_load_addr = 0x4020_0000
entry_point = 0x4020_0000

[devices]
passthrough_devices = [["/"]]
emu_devices = []
"""
NEW = OLD.replace("vm_type = 1", 'guest_type = "passthrough"').replace(
    'passthrough_devices = [["/"]]\nemu_devices', "passthrough")

RANDOM_FILES = 300


def outputs() -> None:
    run = lint("--migrate", "--arch=aarch64", write("vm.toml", OLD))
    is_((run.returncode, run.stdout), (0, NEW), "to standard output")
    is_(Path("vm.toml").read_text(), OLD, "the file stays")
    run = lint("--migrate", "--diff", "vm.toml", write("new.toml", NEW), write("end.toml", OLD[:-1]))
    is_(run.returncode, 0, "a difference is no error")
    is_(run.stdout.count("--- "), 2, "a diff for each old file")
    ok("\n\\ No newline at end of file\n" in run.stdout, "also of a line without its end")
    is_((Path("vm.toml").read_text(), Path("new.toml").read_text()), (OLD, NEW), "writes nothing")
    if shutil.which("patch"):
        subprocess.run(["patch", "-s", "-p0"], input=run.stdout, text=True, check=True)
        is_((Path("vm.toml").read_text(), Path("end.toml").read_text()), (NEW, NEW), "patch reads it")
    os.chmod(write("vm.toml", OLD), 0o640)
    before = os.stat("new.toml")
    run = lint("--migrate", "--in-place", "--arch=aarch64", "vm.toml", "new.toml")
    is_((run.returncode, run.stdout), (0, ""), "in place")
    is_(Path("vm.toml").read_text(), NEW, "a file is replaced")
    is_(os.stat("vm.toml").st_mode & 0o777, 0o640, "and keeps its mode")
    is_(os.stat("new.toml"), before, "a new one is not touched")
    ok("vm.toml (before):3:1: note:" in run.stderr, "lines are of the old file", run.stderr)
    is_([*Path().glob(".*")], [], "nothing else is left")
    run = lint("--migrate", "-", input=OLD.encode())
    is_(run.stdout, NEW, "standard input")
    run = lint("--migrate", write("utf8.toml", OLD + "# \u00e9\u202e\n"), env={**os.environ, "LC_ALL": "C"})
    is_(run.stdout, NEW + "# \u00e9\u202e\n", "UTF-8 whatever the locale")


def exactly() -> None:
    for what, old, new in (("CRLF", OLD.replace("\n", "\r\n"), NEW.replace("\n", "\r\n")),
                           ("a byte order mark", "\ufeff" + OLD, "\ufeff" + NEW),
                           ("no last newline", OLD[:-1], NEW),
                           ("a new file", NEW, NEW), ("with a mark", "\ufeff" + NEW, "\ufeff" + NEW),
                           ("TOML 1.1, new", NEW + "virtual = [{ id = 'a',\n model = 'b', }]\n",
                            NEW + "virtual = [{ id = 'a',\n model = 'b', }]\n")):
        is_(lint("--migrate", "--arch=aarch64", write("vm.toml", old.encode())).stdout, new, what)


def forms() -> None:
    """The same file in other forms of TOML."""
    wanted = tomllib.loads(NEW)
    for what, text in (
            ("dotted keys", """\
base.id = 1
base . vm_type = 1
base.phys_cpu_ids = [0]
base.cpu_num = 1
kernel.kernel_path = "k"
kernel.image_location = "fs"
kernel.memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 0]]
kernel.kernel_load_addr = 0x4020_0000
kernel.entry_point = 0x4020_0000
devices.passthrough_devices = [["/"]]
devices.emu_devices = []
"""),
            ("tables in braces", """\
base = { id = 1, vm_type = 1, phys_cpu_ids = [0], "cpu_num" = 1 }
kernel = { kernel_path = "k", image_location = "fs", memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 0]], kernel_load_addr = 0x4020_0000, entry_point = 0x4020_0000 }
devices = { passthrough_devices = [["/"]], emu_devices = [] }
"""),
            ("tables of entries", OLD.replace('passthrough_devices = [["/"]]\nemu_devices = []\n', """\
emu_devices = []
[[devices.passthrough_devices]]
name = "/"
""").replace("memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 0]]", "").replace("\n[devices]", """\
[[kernel.memory_regions]]
gpa = 0x4000_0000
size = 0x1000_0000
flags = 7
map_type = 0
[devices]""")),
            ("quoted keys", OLD.replace("vm_type", '"vm_type"').replace("[devices]", "[ 'devices' ]")),
            ("another order", "[devices]" + OLD.partition("[devices]")[2] + OLD.partition("[devices]")[0])):
        run = lint("--migrate", "--arch=aarch64", write("vm.toml", text))
        got = tomllib.loads(run.stdout)
        got.get("devices", {}).setdefault("passthrough", [])
        for region in got.get("kernel", {}).get("memory_regions", []):
            if isinstance(region, dict):
                got["kernel"]["memory_regions"] = [[*region.values()]]
        is_(got, wanted, what)
        ok("vm_type" not in run.stdout and "emu_devices" not in run.stdout, f"{what}: nothing old",
           run.stdout)
        is_(run.returncode, 0, f"{what}: {run.stderr}")


def left_alone() -> None:
    for what, text, said in (
            ("no TOML", OLD + "x", "vm.toml:17:2: error: not TOML"),
            ("TOML 1.1", OLD + "passthrough_addresses = [{ base_gpa = 0,\n length = 0 }]\n",
             r"vm.toml:17:1: error: it uses TOML 1\.1"),
            ("both formats", OLD + "virtual = []\n", "error: it has keys of both formats.*devices.virtual"),
            ("a branch", "[machine]\n[base]\nid = 1\n", "error: it has the format of a branch"),
            ("no VM", "[package]\nname = 'x'\n", "error: not a VM configuration"),
            ("a value as a table", "devices = { emu_devices = [] }\nbase = 3\n", "base is not a table")):
        for option in ("--in-place", "--diff"):
            run = lint("--migrate", option, write("vm.toml", text), write("good.toml", OLD))
            is_(run.returncode, 2, f"{what}: status")
            is_(Path("vm.toml").read_text(), text, f"{what}: as it was")
            ok(re.search(said, run.stderr) and "left alone" in run.stderr, f"{what}: says why",
               run.stderr)
        is_(lint("--migrate", "--in-place", "good.toml").returncode, 0, f"{what}: the other file is done")
        is_(lint("--migrate", "vm.toml").stdout, "", f"{what}: nothing on standard output")
    ok("cannot be read" in lint("--migrate", "none.toml").stderr, "a file that is not there")
    is_(lint("--migrate", write("vm.toml", "[base]\nvm_type = 1\n")).stderr.count("warning:"), 1,
        "vm_type is never kept in silence")


def wrong_use() -> None:
    write("a.toml", OLD)
    write("b.toml", OLD)
    for arguments, said in ((["--migrate"], "needs files"), (["--in-place", "a.toml"], "--migrate"),
                            (["--migrate", "a.toml", "b.toml"], "--in-place or --diff"),
                            (["--migrate", "--diff", "--in-place", "a.toml"], "not allowed"),
                            (["--migrate", "--in-place", "-"], "standard input"),
                            (["--migrate", "--map", "a.toml"], "--map"),
                            (["--migrate", "--model=0.7", "a.toml"], "--model"),
                            (["--migrate", "--list-codes"], "--list-codes"),
                            (["--migrate", "--template", "x86_64"], "--template")):
        run = lint(*arguments)
        is_((run.returncode, run.stdout), (2, ""), f"{arguments}: wrong use")
        ok(said in run.stderr, f"{arguments}: {said}", run.stderr)
    is_(Path("a.toml").read_text(), OLD, "nothing is written")


def without_tomlkit() -> None:
    os.makedirs("blocked", exist_ok=True)
    write("blocked/tomlkit.py", "raise ImportError\n")
    # Before the other folders, of which a build outside of the sources has some.
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(
        ("blocked", *filter(None, [os.environ.get("PYTHONPATH")])))}
    run = lint("--migrate", "--in-place", write("vm.toml", OLD), env=env)
    is_((run.returncode, run.stdout, run.stderr.count("\n")), (2, "", 1), "one line")
    ok("python3-tomlkit" in run.stderr, "that names the package", run.stderr)
    is_(Path("vm.toml").read_text(), OLD, "the file stays")
    ok("guest addresses" in lint("vm.toml", env=env).stdout, "a check does without")


def errors() -> None:
    """What is wrong in the new file."""
    run = lint("--migrate", "--arch=aarch64", write("vm.toml", OLD.replace("0x1000_0000", "0x1000_0001")))
    is_(run.returncode, 1, "an error in the new file")
    ok("vm.toml (migrated):10:19: error[memory-unaligned]" in run.stderr, "is named", run.stderr)
    is_(lint("--migrate", "--arch=aarch64", "--disable=memory-unaligned", "vm.toml").returncode, 0,
        "unless it is disabled")
    run = lint("--migrate", "--in-place", "--arch=aarch64", "vm.toml")
    ok("vm.toml:10:19: error[memory-unaligned]" in run.stderr, "where it is, in place", run.stderr)


def random_files() -> None:
    from axvm_types import Arch
    from axvm_lint.migrating.migrate import migrate
    from migrate_random import random_file

    for seed in range(RANDOM_FILES):
        chance = random.Random(seed)
        file = random_file(chance)
        arch = chance.choice([None, *Arch.all()])
        new = migrate(file.text, tomllib.loads(file.text), arch)
        got = tomllib.loads(new.text)
        is_(migrate(new.text, got, arch).text, new.text, f"{seed}: twice is once")
        for wrong in file.wrong(got, new.arch and new.arch.name):
            ok(False, f"{seed}: {wrong}", file.text, "became", new.text)
        for wrong in file.wrong_comments(new.text):
            ok(False, f"{seed}: {wrong}", file.text, "became", new.text)
    ok(True, "all of them")


def notes(text: str) -> Counter:
    """The comments of a text, a line each."""
    return Counter(line[line.index("#"):].strip() for line in text.splitlines() if "#" in line)


def real_files() -> None:
    assert REAL
    seen = 0
    for file in sorted(REAL.rglob("*.toml")):
        arch = next((part for part in file.parts if part in ("x86_64", "riscv64", "loongarch64")),
                    "aarch64")
        old = file.read_text()
        run = lint("--migrate", "--arch", arch, str(file))
        new = run.stdout
        ok(run.returncode in (0, 1) and new, f"{file}: is migrated", run.stderr)
        known, left = notes(old), notes(new)
        ok((known & left).total() * 2 >= known.total(), f"{file}: half of the comments are there",
           f"{(known & left).total()} of {known.total()}")
        checked = lint("--model=0.7.3", "--arch", arch, "--format=short", write("new.toml", new)).stdout
        ok("[file-" not in checked, f"{file}: no file-* finding", checked)
        for line in checked.splitlines():
            if " error[" in line:
                ok(line.partition(":")[2] in run.stderr, f"{file}: --migrate names {line}", run.stderr)
        again = lint("--migrate", "--arch", arch, "new.toml")
        is_(again.stdout, new, f"{file}: twice is once")
        seen += 1
    ok(seen, "there are files")


def tests() -> Iterator:
    yield from (outputs, exactly, forms, left_alone, wrong_use, errors, random_files)
    if REAL:
        yield real_files


run_tests(without_tomlkit, *(tests() if has_module("tomlkit") else ()))
if not has_module("tomlkit"):
    skip("migration", "this Python has no tomlkit")
if not REAL:
    skip("real_files", "AXVM_VMS_DIR names no folder of VM configurations")
done()
