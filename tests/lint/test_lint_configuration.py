# SPDX-License-Identifier: Apache-2.0
"""axvm-lint.toml: what it says, where it is searched, what goes first, and what is refused."""

import json
import os
from pathlib import Path

import tap

tap.need_library()

from axvm_lint.options.table import KEYS  # noqa: E402
from linting import GOOD, changed, found, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402

NAME = "axvm-lint.toml"
OTHER = changed("id = 7", "id = 8")


def folders(*names: str) -> None:
    for name in names:
        os.makedirs(name, exist_ok=True)


def codes(*arguments: str) -> list[tuple[str, str]]:
    return sorted((finding["code"], finding["severity"]) for finding in found(*arguments)[1])


def keys() -> None:
    """Each key is its option."""
    folders("keys/rootfs", "keys/vms")
    vm = write("keys/vms/guest.toml", changed("phys_cpu_ids = [0x100, 0x200]\n", ""))
    before = ()
    for key, value, option in (
            ("arch", '"x86_64"', ["--arch=x86_64"]), ("model", '"0.7.3"', ["--model=0.7.3"]),
            ("model", '"auto"', ["--model=auto"]), ("axvisor", '"0.5.12"', ["--axvisor=0.5.12"]),
            ("gpa-bits", "30", ["--gpa-bits=30"]), ("gpa-bits", "0x1e", ["--gpa-bits=30"]),
            ("host-cpus", '"0-1"', ["--host-cpus=0-1"]),
            ("hypervisor", '["0x4000_0000:1MiB", "0xa00_0000:4KiB"]',
             ["--hypervisor=0x4000_0000:1MiB", "--hypervisor=0xa00_0000:4KiB"]),
            ("hypervisor", '"0x4000_0000:1MiB"', ["--hypervisor=0x4000_0000:1MiB"]),
            ("root", '"rootfs"', ["--root=keys/rootfs"]),
            ("disable", '["key-unused", "file-format"]', ["--disable=key-unused", "--disable=file-format"]),
            ("severity", '{ file-format = "note" }', ["--severity=file-format=note"])):
        write(f"keys/{NAME}", f"{key} = {value}\n")
        plain = [lint("--json", "--no-config", *more, vm, before=before) for more in ([], option)]
        run = lint("--json", vm, before=before)
        is_((run.returncode, run.stdout, run.stderr),
            (plain[1].returncode, plain[1].stdout, plain[1].stderr), f"{key} = {value}")
        if value != '"auto"':
            ok(plain[0].stdout != plain[1].stdout, f"{key} changes something")
    tested = {"arch", "model", "axvisor", "gpa-bits", "host-cpus", "hypervisor", "host-dtb", "root",
              "disable", "severity"}
    is_(set(KEYS), tested, "no key without a test")
    write(f"keys/{NAME}", 'host-dtb = "none.dtb"\n')
    run = lint(vm)
    ok(run.returncode == 2 and run.stderr.startswith("axvm-lint: keys/none.dtb: cannot be read"),
       "host-dtb is in its folder", run.stderr)
    is_(lint("--no-host-dtb", vm).returncode, 0, "and may be forgotten")


def places() -> None:
    """The nearest file above counts, and no other."""
    folders("places/a/b", "places/c")
    for folder in ("a", "a/b", "c"):
        write(f"places/{folder}/guest.toml", changed("0x900_0000, 0x900_0000", "0x900_0000, 0x901_0000"))
    all_of = ["places/a/guest.toml", "places/a/b/guest.toml", "places/c/guest.toml"]
    what = ("device-host-ignored", "warning")
    is_([codes(vm) for vm in all_of], [[what]] * 3, "without a file")
    write(f"places/a/{NAME}", 'severity.device-host-ignored = "note"\n')
    is_([codes(vm) for vm in all_of], [[("device-host-ignored", "note")]] * 2 + [[what]], "of a folder above")
    write(f"places/a/b/{NAME}", 'disable = "device-host-ignored"\n')
    is_(codes(all_of[1]), [], "a nearer one")
    is_(codes("--no-config", all_of[1]), [what], "--no-config")
    is_(codes("--config", f"places/a/b/{NAME}", all_of[2]), [], "--config")
    os.rename(f"places/a/b/{NAME}", "places/other.name")
    is_(codes("--config=places/other.name", all_of[0]), [], "of any name")
    text = Path(all_of[0]).read_bytes()
    with_input = {"input": text}
    is_(len(lint("--json", "-", **with_input).stdout.splitlines()), 1, "standard input: none here")
    write(NAME, 'disable = "device-host-ignored"\n')
    is_(lint("--json", "-", **with_input).stdout, "", "that of the working directory")
    run = lint("--json", "--stdin-filename=places/a/b/new.toml", "-", **with_input)
    is_([json.loads(line)["severity"] for line in run.stdout.splitlines()], ["note"],
        "with a name, that of its folder")
    os.chdir("places/a/b")
    is_(codes("guest.toml"), [("device-host-ignored", "note")], "from a folder below")
    is_(codes("../../c/guest.toml"), [], "and for another folder")
    os.chdir("../../..")
    os.unlink(NAME)


def first() -> None:
    """The command line goes before a machine, and that before the whole file."""
    folders("first")
    vm = write("first/guest.toml", changed("[0b1101, 0x10]", "[1, 1]"))
    write(f"first/{NAME}", 'axvisor = "0.5.12"\ndisable = ["file-format"]\ngpa-bits = 20\n'
          'severity = { cpu-shared = "error" }\n'
          '[[machine]]\nfiles = "*.toml"\nmodel = "0.7"\ngpa-bits = 48\n'
          'severity = { cpu-shared = "warning" }\n')
    is_(codes(vm), [("cpu-shared", "warning")], "the machine's")
    is_({model for finding in found(vm)[1] for model in finding["models"]}, {"0.7"}, "also its version")
    is_(codes("--severity=cpu-shared=error", vm), [("cpu-shared", "error")], "--severity")
    is_(codes("--werror", vm), [("cpu-shared", "error")], "--werror comes after all")
    is_(codes("--no-severity", vm), [("cpu-shared", "note")], "--no-severity")
    is_({code for code, _ in codes("--gpa-bits=20", vm)} & {"device-beyond-width"}, {"device-beyond-width"},
        "--gpa-bits")
    is_({model for finding in found("--axvisor=0.5.12", vm)[1] for model in finding["models"]}, {"0.5"},
        "--axvisor replaces a model")
    before = ("--disable=device-dma", "--disable=key-unused")
    is_(lint("--json", "--model=auto", vm, before=before).stdout.count("file-format"), 0, "--disable adds")
    is_(lint("--json", "--model=auto", "--no-disable", vm, before=before).stdout.count('"file-format"'), 1,
        "--no-disable")
    is_(lint("--no-gpa-bits", "--gpa-bits=20", "--json", vm).stdout, lint("--gpa-bits=20", "--json", vm).stdout,
        "what is forgotten may be said anew")
    write(f"first/{NAME}", 'arch = "x86_64"\n')
    run = lint("--host-dtb=none.dtb", vm)
    ok(run.returncode == 2 and "of no use for x86_64" in run.stderr and "configuration file" in run.stderr,
       "both together are checked", run.stderr)
    lasting = write("first/lacking.toml", changed("cpu_num = 2\n", ""))
    write(f"first/{NAME}", 'severity = { file-key = "note" }\n')
    is_([(finding["code"], finding["severity"]) for finding in found(lasting)[1]], [("file-key", "error")],
        "what is never left out stays an error")


def machines() -> None:
    """The files of a machine are checked together, with what is known of it."""
    folders("boards/a/deep", "boards/b", "boards/c")
    for name, content in (("a/one", GOOD), ("a/deep/two", OTHER), ("b/one", GOOD), ("b/two", OTHER),
                          ("c/one", changed("id = 7", "id = 9")), ("c/two", changed("id = 7", "id = 10"))):
        write(f"boards/{name}.toml", content)
    write(f"boards/{NAME}", '[[machine]]\nfiles = ["a/**/*.toml"]\n[[machine]]\nfiles = ["./b/*.toml"]\n'
          'arch = "x86_64"\n')
    between = {frozenset((Path(one["file"]).parts[1], Path(one["b"]["file"]).parts[1]))
               for one in found("boards")[1] if one["b"] and one["b"]["file"] not in (None, one["file"])}
    is_(between, {frozenset("a"), frozenset("b"), frozenset("c")}, "no finding between machines")
    alien = {Path(one["file"]).parts[1] for one in found("boards")[1] if one["code"] == "device-arch"}
    is_(alien, {"b"}, "the architecture is that of one machine")
    text = lint("-q", "boards").stdout
    ok("axvm-lint: 6 files of 3 machines: " in text, "they are counted", text)
    is_([one for one in found("--separate", "boards")[1] if one["b"] and one["b"]["file"] != one["file"]], [],
        "--separate goes first")
    is_({one["file"] for one in found("boards/b/two.toml")[1]}, {"boards/b/two.toml"},
        "a file by itself is of its machine")
    # A file that is of two machines.
    write(f"boards/{NAME}", '[[machine]]\nfiles = ["a/one.toml", "b/two.toml"]\n[[machine]]\n'
          'files = ["a/one.toml", "c/two.toml"]\narch = "x86_64"\n')
    files = ["boards/a/one.toml", "boards/b/two.toml", "boards/c/two.toml"]
    both = found(*files)[1]
    is_({one["b"]["file"] for one in both if one["b"] and one["b"]["file"] != one["file"]
         and one["file"] == files[0]} | {one["file"] for one in both if one["b"]
                                         and one["b"]["file"] == files[0] != one["file"]},
        set(files[1:]), "is compared with the files of both")
    lines = lint("--json", *files).stdout.splitlines()
    is_(len(lines), len(set(lines)), "what is found twice is reported once")


MANY = "'a'," * 4097
WRONG = (
    ("gpa_bits = 48", "1:1: gpa_bits: unknown key \"gpa_bits\"; did you mean gpa-bits?"),
    ("files = 1", "files: unknown key \"files\"; "),
    ("[machine]\nfiles = 'a'", "1:2: machine: a table is not an array of tables"),
    ("[[machine]]\narch = 'x86_64'", "1:3: machine[0]: the key files is missing"),
    ("[[machine]]\nfiles = []", "2:1: machine[0].files: an empty array"),
    ("[[machine]]\nfiles = '/a'", "machine[0].files: \"/a\" is not a path or a pattern relative"),
    ("[[machine]]\nfiles = 'a'\n[[machine]]\nfiles = 'b'\nmachine = 1", "5:1: machine[1].machine: unknown key"),
    ("[[machine]]\nfiles = ['a', 3]", "machine[0].files[1]: 3 is not a string"),
    ("[[machine]]\nfiles = 'a'\ngpa-bits = 65", "3:1: machine[0].gpa-bits: '65' is not a number from 1 to 64"),
    ("gpa-bits = '48'", "gpa-bits: the string \"48\" is not an integer"),
    ("gpa-bits = true", "gpa-bits: the boolean true is not an integer"),
    ("gpa-bits = -1", "gpa-bits: '-1' is not a number"),
    (f"gpa-bits = 0x{'f' * 500}", "gpa-bits: '0xfff"),
    ("model = 0.7", "model: the float 0.7 is not a string"),
    ("model = '0.6'", "model: '0.6' is not 0.5, 0.7, 0.7.3 or auto"),
    ("model = '0.7'\naxvisor = '0.8.3'", "2:1: axvisor: it does not go together with model"),
    ("arch = 'mips'", "arch: 'mips' is not aarch64"),
    ("arch = ['x86_64']", "arch: an array is not a string"),
    ("host-cpus = '3-1'", "host-cpus: '3-1' is not a list of CPUs"),
    ("hypervisor = ['0x0:1MiB', '0x1000']", "hypervisor: '0x1000' is not a range"),
    ("host-dtb = ''", "host-dtb: \"\" is not a path"),
    ("root = 'a\\u0000b'".replace("'", '"'), "root: \"a\\x00b\" is not a path"),
    ("disable = ['vm_id']", "disable: 'vm_id' is not a code; did you mean vm-id"),
    ("disable = ['file-syntax']", "disable: file-syntax cannot be left out"),
    ("[severity]\nirq-shard = 'note'", "2:1: severity.irq-shard: 'irq-shard' is not a code; did you mean"),
    ("[severity]\nirq-shared = 'off'", "2:1: severity.irq-shared: 'irq-shared=off' is not a code, = and"),
    ("[severity]\nirq-shared = 1", "severity.irq-shared: 1 is not a string"),
    ("severity = 'note'", "severity: the string \"note\" is not a table"),
    ("[severity]\nfile-syntax = 'note'", "file-syntax is always an error"),
    (f"[[machine]]\nfiles = [{MANY}]", "machine: there are more than 4096 patterns"),
    (f"arch = '{'a' * 5000}'", "arch: \"aaa"),
    ("arch =", "1:7: not TOML"),
    ("arch = '\udcff'", "not UTF-8"),
    ('"\\u001b]0;x" = 1', "\\x1b]0;x: unknown key"),
)


def wrong() -> None:
    """Each error names the file, the place, the key, the value and the reason, and nothing is checked."""
    folders("wrong")
    write("wrong/guest.toml", GOOD)
    for text, reason in WRONG:
        write(f"wrong/{NAME}", text.encode(errors="surrogateescape"))
        run = lint("wrong/guest.toml")
        is_((run.returncode, run.stdout), (2, ""), f"refused: {text[:60]!a}")
        ok(run.stderr.startswith(f"axvm-lint: wrong/{NAME}:") and reason in run.stderr
           and len(run.stderr) < 4000 and run.stderr.count("\n") == 1, reason, run.stderr[:999])
    is_(lint("--no-config", "wrong/guest.toml").returncode, 0, "without it all is well")
    for arguments, words in ((["--config=none.toml", "wrong/guest.toml"], "none.toml: cannot be read"),
                             (["--config=wrong", "wrong/guest.toml"], "it is a directory"),
                             (["--config=a", "--no-config", "wrong/guest.toml"], "not allowed with")):
        run = lint(*arguments)
        ok(run.returncode == 2 and words in run.stderr, words, run.stderr)


def hostile() -> None:
    folders("hostile")
    vm = write("hostile/guest.toml", GOOD)
    os.mkfifo(f"hostile/{NAME}")
    run = lint(vm)
    ok(run.returncode == 2 and f"hostile/{NAME}: is not looked at: it is a named pipe" in run.stderr,
       "a named pipe is not waited for", run.stderr)
    os.unlink(f"hostile/{NAME}")
    os.symlink("/dev/zero", f"hostile/{NAME}")
    ok("a device, not a regular file" in lint(vm).stderr, "nor a device read")
    os.unlink(f"hostile/{NAME}")
    os.symlink(NAME, f"hostile/{NAME}")
    ok(lint(vm).returncode == 2, "a link to itself is an error")
    os.unlink(f"hostile/{NAME}")
    with open(f"hostile/{NAME}", "wb") as file:
        file.truncate((1 << 20) + 1)
    ok("larger than 1 MiB" in lint(vm).stderr, "nor more than 1 MiB")
    write(f"hostile/{NAME}", "a = " + "[" * 100_000)
    ok("nested too deeply" in lint(vm).stderr, "nor nested without end")
    write(f"hostile/{NAME}", b'root = "r\xc3\xa9"\n[[machine]]\nfiles = "\xc3\xa9.toml"\ngpa-bits = 20\n')
    locale = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    named = write("hostile/\u00e9.toml", GOOD)
    run = lint("--json", named, env=locale)
    ok(run.stderr == "" and "boot-image-missing" in run.stdout and "beyond-width" in run.stdout,
       "names are UTF-8 in every locale", run.stdout + run.stderr)
    if os.getuid():
        os.chmod(f"hostile/{NAME}", 0)
        ok("cannot be read: Permission denied" in lint(vm).stderr, "one that may not be read is an error")
    else:
        skip("one that may not be read", "root may read it")
    # What the picture or the findings would replace.
    os.unlink(f"hostile/{NAME}")
    write(f"hostile/{NAME}", "gpa-bits = 48\n")
    os.link(f"hostile/{NAME}", "hostile/out")
    for option in ("--output-file", "--svg"):
        run = lint(f"{option}=hostile/out", vm)
        ok(run.returncode == 2 and "is an input of this run" in run.stderr, f"{option} keeps it", run.stderr)


run_tests(keys, places, first, machines, wrong, hostile)
done()
