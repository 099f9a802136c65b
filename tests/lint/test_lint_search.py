# SPDX-License-Identifier: Apache-2.0
"""Folders and patterns as arguments of axvm-lint: which files they mean, and how a search ends."""

import os
import random
import re
import subprocess
import time
from pathlib import Path

import tap

tap.need_library()

from axvm_lint.reading.globs import Glob  # noqa: E402
from axvm_lint.reading.search import Search  # noqa: E402
from linting import GOOD, changed, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402


def tree(files: dict[str, str]) -> None:
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        write(name, content)


def files_of(*arguments: str) -> list[str]:
    search = Search(None)
    search.add([*arguments])
    is_(search.problems, [], f"no problem with {arguments}")
    return search.files


NEW = '[base]\nid = 1\nname = "n"\n[kernel]\n[devices]\n'
KINDS = {
    "vms/b.toml": GOOD, "vms/a.toml": GOOD, "vms/a/z.toml": NEW, "vms/deep/er/x.toml": GOOD,
    "vms/one-table.toml": "[kernel]\nkernel_load_addr = 1\n", "vms/dotted.toml": "base.cpu_num = 1\n",
    "vms/flat.toml": "cpu_num = 1\nentry_point = 2\nkernel_path = 'a'\n",
    "vms/damaged.toml": "[base]\nid = = 1\n", "vms/damaged-too.toml": "a = '\n  [ kernel ]\n",
}
OTHERS = {
    "vms/Cargo.toml": "[package]\nname = 'a'\n[base]\nname = 'b'\nid = 4\n", "vms/axvm-lint.toml": "gpa-bits = 48\n",
    "vms/pyproject.toml": "[kernel]\nx = 1\n", "vms/empty.toml": "", "vms/text.md": GOOD,
    "vms/broken.toml": "= 1\n", "vms/.hidden.toml": GOOD, "vms/.git/a.toml": GOOD,
    "vms/names.toml": "id = 1\nname = 'a'\narch = 'b'\n", "vms/array.toml": "base = [1]\nkernel = 2\n",
}


def kinds() -> None:
    tree({**KINDS, **OTHERS})
    wanted = sorted(KINDS, key=lambda name: name.split("/"))
    is_(files_of("vms"), wanted, "the VM files of a folder, in order")
    is_(files_of("vms/"), wanted, "with a slash")
    os.chdir("vms")
    is_(files_of("."), [name.removeprefix("vms/") for name in wanted], "the working directory")
    os.chdir("..")
    run = lint("--json", "vms")
    is_(run.returncode, 2, "a damaged file counts")
    is_(run.stdout.count('"file-syntax"'), 2, "each")
    is_(files_of("vms/a.toml", "vms/pyproject.toml", "vms"),
        ["vms/a.toml", "vms/pyproject.toml", *(name for name in wanted if name != "vms/a.toml")],
        "a file that is named counts once, whatever it is")
    is_(files_of("vms/.git"), ["vms/.git/a.toml"], "a hidden folder that is named")


def patterns() -> None:
    tree({**KINDS, **OTHERS})
    for pattern, wanted in (("vms/?.toml", {"vms/a.toml", "vms/b.toml"}), ("vms/[!a].toml", {"vms/b.toml"}),
                            ("vms/*/*.toml", {"vms/a/z.toml"}), ("vms/*/er", {"vms/deep/er/x.toml"}),
                            ("*/deep", {"vms/deep/er/x.toml"}), ("**/x.toml", {"vms/deep/er/x.toml"}),
                            ("vms/.*/*.toml", {"vms/.git/a.toml"}),
                            ("**/*.toml", set(KINDS)), ("vms/**", set(KINDS)), ("**", set(KINDS))):
        is_(set(files_of(pattern)), wanted, pattern)
        is_(len(files_of(pattern)), len(wanted), "each once")
    is_(set(files_of(f"{os.getcwd()}/vms/?.toml")), {f"{os.getcwd()}/vms/{name}.toml" for name in "ab"},
        "an absolute one")
    write("odd[1].toml", GOOD)
    is_(files_of("odd[1].toml"), ["odd[1].toml"], "a file that is there is no pattern")
    for argument, words in (("no*.toml", "no*.toml: no VM file matches this pattern"),
                            ("vms/Cargo.*", "no VM file matches"), ("none/*.toml", "no VM file matches")):
        run = lint(argument)
        ok(run.returncode == 2 and run.stdout == "" and words in run.stderr, words, run.stderr)


def reference(pattern: str, path: str) -> bool:
    """The same by a regular expression."""
    parts = []
    for part in pattern.split("/"):
        if part == "**":
            parts.append("(?:[^/.][^/]*/)*")
            continue
        first = "" if part.startswith(".") else r"(?!\.)"
        parts.append(first + "".join({"*": "[^/]*", "?": "[^/]"}.get(char, re.escape(char)) for char in part)
                     + "/")
    return re.fullmatch("".join(parts), path + "/") is not None


def matching() -> None:
    chance = random.Random(27)
    matched = 0
    for _ in range(4000):
        pattern = "/".join(chance.choice(["**", "*", "a", "?b", "a*", ".a", "*.b", "**"])
                           for _ in range(chance.randint(1, 5)))
        path = "/".join(chance.choice(["a", "b", "ab", ".a", "a.b", "bb"]) for _ in range(chance.randint(1, 5)))
        wanted = reference(pattern, path)
        matched += wanted
        if Glob(pattern).matches(path.split("/")) != wanted:
            is_(wanted, not wanted, f"{pattern} and {path}")
    ok(200 < matched < 3600, "some match, others do not", str(matched))


def hostile() -> None:
    os.mkdir("hostile")
    os.chdir("hostile")
    tree({"loop/vm.toml": GOOD, "loop/sub/other.toml": changed("id = 7", "id = 8")})
    for link, target in (("loop/up", ".."), ("loop/same", "."), ("loop/sub/top", "../../loop"),
                         ("loop/self.toml", "self.toml"), ("loop/dangling.toml", "none"),
                         ("loop/again.toml", "vm.toml"), ("loop/folder.toml", "sub")):
        os.symlink(target, link)
    os.mkfifo("loop/pipe.toml")
    os.mkdir("loop/is-folder.toml")
    wanted = ["loop/sub/other.toml", "loop/vm.toml"]
    for argument in ("loop", "loop/**", "**/*.toml", "loop/up/loop"):
        is_([path.removeprefix("loop/up/") for path in files_of(argument)], wanted, f"{argument} ends")
    ok(set(files_of("loop/*/*.toml")) >= {"loop/sub/other.toml"}, "also through links of one step")
    write("loop/\x1b[31m.toml", "[base]\n= 1")
    run = lint("-q", "loop")
    ok("\x1b" not in run.stdout and "\\x1b[31m.toml:2:1:" in run.stdout, "names are escaped", run.stdout)
    run = lint("--disable=file-format", "loop/\x1b*")
    ok("\x1b" not in run.stderr + run.stdout, "also that of a pattern")
    # As many ** as one likes: the time is that of the parts times the names.
    start = time.process_time()
    ok(not Glob("**/a/" * 300 + "b").matches(["a"] * 300), "no match")
    ok(not Glob("*a" * 400 + "b").matches(["a" * 255]), "nor here")
    ok(time.process_time() - start < 20, "in a moment")
    Path("deep").mkdir()
    os.chdir("deep")
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    write("vm.toml", GOOD)
    while not os.path.exists("loop"):
        os.chdir("..")
    is_([len(path) for path in files_of("deep")], [len("deep/") + 1500 * len("d/") + len("vm.toml")],
        "deeper than the interpreter goes")
    # What removes the folder of the tests does go so.
    subprocess.run(["rm", "-r", "deep"], check=True)
    os.chdir("..")


def empty() -> None:
    os.mkdir("nothing")
    tree({"some/vm.toml": GOOD, "nothing/Cargo.toml": "[package]\n"})
    run = lint("nothing")
    is_((run.returncode, run.stdout, run.stderr),
        (2, "", "axvm-lint: nothing: no VM file is in this folder\n"), "a folder without VM files")
    run = lint("nothing", "some", "--exit-zero")
    ok(run.returncode == 2 and "1 file: no problems" in run.stdout and "no VM file" in run.stderr,
       "what is in others is checked", run.stdout + run.stderr)
    if os.getuid():
        tree({"closed/vm.toml": GOOD, "kept/vm.toml": GOOD, "kept/in/vm.toml": GOOD})
        os.chmod("closed/vm.toml", 0)
        os.chmod("kept/in", 0)
        run = lint("--json", "closed")
        ok(run.returncode == 2 and "Permission denied" in run.stdout, "a file that may not be read counts",
           run.stdout)
        run = lint("kept")
        ok(run.returncode == 2 and "kept/in: cannot be read: Permission denied" in run.stderr,
           "so does a folder", run.stderr)
        os.chmod("kept/in", 0o700)
    else:
        skip("what may not be read", "root may read it")


def editor() -> None:
    """The text of an editor takes the place of the file in the folder."""
    tree({"edit/a.toml": changed("cpu_num = 2\n", ""), "edit/b.toml": changed("id = 7", "id = 8")})
    run = lint("--json", "--stdin-filename=edit/a.toml", "-", "edit", input=GOOD.encode())
    ok('"file-key"' not in run.stdout and '"edit/b.toml"' in run.stdout, "it is not read", run.stdout)
    many = Path("many")
    many.mkdir()
    for number in range(3):
        write(f"many/{number}.toml", changed("id = 7", f"id = {number + 1}"))
    ok(lint("--migrate", "many").returncode == 2, "--migrate of a folder is that of several files")
    for option, argument in (("--svg", "many"), ("--output-file", "many")):
        run = lint(f"{option}=many/1.toml", argument)
        ok(run.returncode == 2 and "names a configuration" in run.stderr, f"{option} keeps a found file")


run_tests(kinds, patterns, matching, hostile, empty, editor)
done()
