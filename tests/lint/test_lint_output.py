#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""axvm-lint writes a file wholly or leaves what was there, and never replaces what it reads."""

import errno
import os
import resource
import stat
import subprocess
from pathlib import Path
from unittest import mock

import tap

tap.need_library()

from axvm_lint.output import Refused, identities, write_file  # noqa: E402
from linting import GOOD, OLD_FORMAT, PROGRAM, changed, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok, raises  # noqa: E402

OLD = "an old picture\n" * 1000


def left(folder: str = ".") -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".axvm")]


def small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def failures() -> None:
    """After an error the old file is there as it was, and nothing else."""
    write("good.cfg", GOOD)
    write("old.svg", OLD)
    for name in ("old.svg", "new.svg"):
        run = lint("--json", "--svg", name, "good.cfg", preexec_fn=small_files)
        is_((run.returncode, run.stdout, run.stderr),
            (2, "", f"axvm-lint: {name}: cannot be written: File too large\n"), "a full disk")
    is_((Path("old.svg").read_text(), Path("new.svg").exists(), left()), (OLD, False, []),
        "what was there")
    for name, reason in (("none/x.svg", "No such file or directory"), (".", "Is a directory"),
                         ("good.cfg/", "Is a directory"), ("new.svg/", "Is a directory"),
                         ("", "No such file or directory"),
                         ("x" * 300, "File name too long")):
        run = lint("--json", "--svg", name, "good.cfg")
        is_((run.returncode, run.stderr), (2, f"axvm-lint: {name}: cannot be written: {reason}\n"),
            f"{name[:20]!r}")
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    def closes_badly(number: int) -> None:
        close(number)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    close = os.close
    for name, failing, error in (("replace", interrupt, KeyboardInterrupt),
                                 ("close", closes_badly, OSError)):
        with mock.patch.object(os, name, failing):
            try:
                write_file("old.svg", "new", ())
                ok(False, f"no error of {name}")
            except BaseException as err:
                ok(isinstance(err, error), f"an error of {name}", repr(err))
    is_((Path("old.svg").read_text(), left()), (OLD, []), "what was there")


def kept() -> None:
    """What the old file was, the new one is."""
    write("good.cfg", GOOD)
    before = os.umask(0o027)
    try:
        is_(lint("--json", "--svg=new.svg", "good.cfg").returncode, 0, "a new one")
        is_(stat.S_IMODE(os.stat("new.svg").st_mode), 0o640, "has the mode that the umask leaves")
        for mode in (0o600, 0o666, 0o755):
            write("old.svg", OLD)
            os.chmod("old.svg", mode)
            if os.getuid() == 0:
                os.chown("old.svg", 12345, 54321)
            was = os.stat("old.svg")
            is_(lint("--json", "--svg=old.svg", "good.cfg").returncode, 0, "it is replaced")
            now = os.stat("old.svg")
            is_((now.st_mode, now.st_uid, now.st_gid), (was.st_mode, was.st_uid, was.st_gid),
                f"mode {mode:o}, owner and group")
            ok(now.st_ino != was.st_ino and Path("old.svg").read_text().endswith("</svg>\n"),
               "by another file")
    finally:
        os.umask(before)
    os.mkdir("folder")
    write("folder/target.svg", OLD)
    os.symlink("folder/target.svg", "link.svg")
    os.symlink("folder/missing.svg", "dangling.svg")
    for link, target in (("link.svg", "folder/target.svg"), ("dangling.svg", "folder/missing.svg")):
        is_(lint("--json", "--svg", link, "good.cfg").returncode, 0, f"through {link}")
        ok(os.path.islink(link) and Path(target).read_text().endswith("</svg>\n"),
           "the link stays, its target is written")
    write("old.svg", OLD)
    os.link("old.svg", "other.svg")
    lint("--json", "--svg=old.svg", "good.cfg")
    is_(Path("other.svg").read_text(), OLD, "another hard link keeps what was there")
    is_(left() + left("folder"), [], "nothing is left over")


def special() -> None:
    """Pipes and devices are written to, not replaced."""
    write("good.cfg", GOOD)
    run = subprocess.run([*PROGRAM, "--json", "--svg=/proc/self/fd/1", "good.cfg"],
                         capture_output=True, text=True)
    is_((run.returncode, run.stderr, run.stdout[-7:]), (0, "", "</svg>\n"), "standard output gets it")
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE, text=True) as reader:
        run = lint("--json", "--svg=pipe", "good.cfg")
        ok(run.returncode == 0 and reader.stdout.read().endswith("</svg>\n"), "a pipe gets it")
    ok(stat.S_ISFIFO(os.stat("pipe").st_mode), "and is one still")
    is_(lint("--json", "--svg=/dev/null", "good.cfg").returncode, 0, "/dev/null")
    ok(stat.S_ISCHR(os.stat("/dev/null").st_mode), "is there still")
    if Path("/dev/full").exists():
        run = lint("--json", "--svg=/dev/full", "good.cfg")
        is_((run.returncode, run.stderr),
            (2, "axvm-lint: /dev/full: cannot be written: No space left on device\n"), "/dev/full")


def inputs() -> None:
    """An output that is an input is refused, by whatever name."""
    write("good.cfg", changed('"/guest/kernel"', '"kernel"'))
    write("kernel", "an image")
    os.symlink("good.cfg", "soft.cfg")
    os.link("good.cfg", "hard.cfg")
    content = Path("good.cfg").read_text()
    for name in ("good.cfg", "soft.cfg", "hard.cfg", "./good.cfg", "kernel"):
        run = lint("--json", "--svg", name, "good.cfg")
        is_((run.returncode, run.stdout), (2, ""), f"{name} is refused")
        with open("good.cfg") as file:
            run = lint("--json", "--svg", name, "-", stdin=file)
        is_((run.returncode, run.stdout), (2, ""), f"{name} is refused by standard input")
    is_((Path("good.cfg").read_text(), Path("kernel").read_text()), (content, "an image"),
        "all are as they were")
    with open("both", "wb") as both:
        run = subprocess.run([*PROGRAM, *OLD_FORMAT, "-q", "--svg=both", "good.cfg"], stdout=both,
                             stderr=subprocess.PIPE, text=True)
    is_((run.returncode, run.stderr, Path("both").read_text()),
        (2, "axvm-lint: both: is not written: standard output is redirected to it\n",
         ""), "so is what standard output goes to")
    raises(Refused, lambda: write_file("kernel", "", identities(["none", "kernel"])),
           "the function refuses it by itself")
    with open("/dev/null") as nothing:
        is_(lint("--json", "--svg=/dev/null", "good.cfg", "-", stdin=nothing).stderr, "",
            "a device is an input and an output")
        is_(identities([nothing.fileno(), "none"]), set(), "what is no file is not replaced")


def unwritable() -> None:
    """A file without write permission stays, although its folder would allow to replace it."""
    write("old.svg", OLD)
    os.chmod("old.svg", 0o444)
    # Root may write every file, and so asks in vain.
    with mock.patch.object(os, "access", lambda *_: False):
        raises(PermissionError, lambda: write_file("old.svg", "new", ()), "it is reported")
    is_((Path("old.svg").read_text(), left()), (OLD, []), "it is as it was")


run_tests(failures)
run_tests(kept)
run_tests(special)
run_tests(inputs)
run_tests(unwritable)
done()
