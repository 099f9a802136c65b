# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: its options, and that documentation and completion know all of them."""

import json
import os
import pty
import re
import shutil
import subprocess
from pathlib import Path

import tap

tap.need_library()

import axvm_types  # noqa: E402
from axvm_types import Arch, FindingCode  # noqa: E402
from axvm_lint.options.table import options  # noqa: E402
from axvm_lint.reporting.codes import descriptions, explain  # noqa: E402
from axvm_lint.reporting.formats import FORMATS  # noqa: E402
from axvm_lint.schema.versions import SCHEMAS  # noqa: E402
from linting import (BUILDDIR, GOOD, OLD_FORMAT, PROGRAM, SRCDIR, changed, found,  # noqa: E402
                     has_module, lint, run_tests, write)
from tap import done, is_, ok, skip  # noqa: E402

WARNED = changed("0x900_0000, 0x900_0000", "0x900_0000, 0x901_0000")
CODES = [code.name for code in FindingCode.all()]


def usage() -> None:
    write("good.toml", GOOD)
    for arguments, reason in (
            ([], "name files, or use one of --explain, --list-codes, --schema and --template"),
            (["--list-codes", "good.toml"], "name files, or"),
            (["--list-codes", "--explain", "vm-id"], "do not go together"),
            (["-", "good.toml", "-"], "standard input can be read only once"),
            (["--no-such-option", "good.toml"], "--no-such-option"),
            (["--js", "good.toml"], "--js"),
            (["--explain", "vm-id", "good.toml"], "name files, or"),
            (["--explain", "vm-id", "--template", "x86_64"], "do not go together"),
            (["--explain", "memory-over"], "is not a code; did you mean memory-overlap"),
            (["--explain", "\x1b"], "'\\x1b' is not a code; there are memory-none, "),
            (["--disable", "x" * 100_000, "good.toml"], "is not a code; there are memory-none, "),
            (["--disable", "", "good.toml"], "'' is not a code; there are memory-none, "),
            (["--disable", "vm_id", "good.toml"], "'vm_id' is not a code; did you mean vm-id"),
            (["--disable", "file-syntax", "good.toml"], "file-syntax cannot be left out"),
            (["--template", "mips"], "'mips' is not aarch64, riscv64, x86_64 or loongarch64"),
            (["--arch", "unknown", "good.toml"], "'unknown' is not aarch64"),
            (["--model", "0.7.2", "good.toml"], "did you mean the release --axvisor 0.7.2?"),
            (["--axvisor", "0.8", "good.toml"], "'0.8' is not a release such as 0.8.3"),
            (["--axvisor", "0.8.x", "good.toml"], "'0.8.x' is not a release such as 0.8.3"),
            (["--axvisor", "0.8.1", "--model=0.7", "good.toml"], "not allowed with"),
            (["--model", "0.6", "good.toml"], "'0.6' is not 0.5, 0.7, 0.7.3 or auto"),
            (["--gpa-bits", "0", "good.toml"], "'0' is not a number from 1 to 64"),
            (["--gpa-bits", "65", "good.toml"], "'65' is not a number from 1 to 64"),
            (["--gpa-bits", "4 8", "good.toml"], "is not a number from"),
            (["--host-cpus", "3-1", "good.toml"], "'3-1' is not a list of CPUs"),
            (["--host-cpus", "", "good.toml"], "is not a list of CPUs"),
            (["--host-cpus", "64-0", "good.toml"], "is not a list of CPUs"),
            (["--host-cpus", "127-64", "good.toml"], "is not a list of CPUs"),
            (["--host-cpus", "0-127,", "good.toml"], "is not a list of CPUs"),
            (["--host-cpus", "0-9999999999", "good.toml"], "is not a list of CPUs"),
            (["--hypervisor", "0x1000", "good.toml"], "is not a range such as"),
            (["--hypervisor", "0x1000:0", "good.toml"], "is not a range such as"),
            (["--hypervisor", "GPA:0x1000:1", "good.toml"], "is not a range such as"),
            (["--hypervisor", "0xffffffffffffffff:1", "good.toml"], "is not a range such as"),
            (["--color", "sometimes", "good.toml"], "--color"),
            (["--stdin-filename=a.toml", "good.toml"], "name that as well, by -"),
            (["--stdin-filename=-", "-"], "needs the name of a file"),
            (["--stdin-filename=", "-"], "needs the name of a file"),
            (["--stdin-filename=good.toml", "-", "good.toml"], "that is read as well"),
            (["--output-file=out", "--list-codes"], "goes with a check only"),
            (["--output-file=out", "--migrate", "good.toml"], "goes with a check only"),
            (["--output-file=out.toml", "good.toml"], "names a configuration"),
            (["--output-file=out", "--svg=./out", "good.toml"], "name the same file")):
        run = lint(*arguments)
        is_((run.returncode, run.stdout), (2, ""), f"wrong usage: {arguments}"[:99])
        ok(run.stderr.startswith("usage: axvm-lint") and reason in run.stderr, f"says {reason}",
           run.stderr[:999])
    for option, words in (("--version", "axvm-lint "), ("--help", "usage: axvm-lint")):
        run = lint(option)
        ok(run.returncode == 0 and run.stdout.startswith(words), option, run.stdout)
    is_(found("--gpa-bits=64", "--host-cpus=0-63", "--arch=arm64", "--hypervisor=0x1000:4 KiB",
              "--hypervisor", "PA:0x2000:0x1000", "good.toml"), (0, []), "good values")


def severities() -> None:
    write("warned.toml", WARNED)
    status, findings = found("warned.toml")
    is_((status, [finding["severity"] for finding in findings]), (0, ["warning"]), "a warning")
    status, findings = found("--werror", "warned.toml")
    is_((status, [finding["severity"] for finding in findings]), (1, ["error"]), "--werror")
    noted = write("noted.toml", changed("[0b1101, 0x10]", "[1, 1]"))
    is_(found("--werror", noted)[0], 0, "which leaves notes")
    arguments = ["--werror", "--disable=device-host-ignored", "--disable", "cpu-shared"]
    is_(found(*arguments, "warned.toml", "--separate", noted), (0, []), "--disable")
    write("lacking.toml", changed("[devices]\n", "[devices]\nirq = 1\n").replace(
        "cpu_num = 2\n", ""))
    status, findings = found("--disable=file-key", "lacking.toml")
    is_((status, [(finding["severity"], finding["a"]["name"]) for finding in findings]),
        (1, [("error", "cpu_num")]), "a missing key is never left out, an unknown one may be")
    is_(found("--werror", "--disable=file-key", write("more.toml", changed(
        "[devices]\n", "[devices]\nirq = 1\n"))), (0, []), "also with --werror")
    is_(found("--disable=file-key", write("empty.toml", "a = 1\n"))[0], 1,
        "nor that there is no VM")
    text = lint("-q", "warned.toml", noted, "--separate").stdout
    ok(text.endswith("\naxvm-lint: 2 files: 1 warning, 1 note\n"), "the summary", text)
    run = lint("-q", "warned.toml", "none.toml")
    ok(run.returncode == 2 and run.stdout.endswith(": 2 files: 1 error, 1 warning\n"),
       "an unreadable file counts", run.stdout)


def order() -> None:
    """Findings come by their places, file by file; those between files after them."""
    first = write("first.toml", WARNED.replace("[base]", "[base]\nb = 1\na = 1").replace(
        "[devices]", "[devices]\nc = 1"))
    second = write("second.toml", changed("id = 7", "id = 7\nd = 1").replace("[kernel]", "[kernal]"))
    for names in ([first, second], [second, first]):
        places = [(one["file"], one["line"], one["column"], one["b"] and one["b"]["file"])
                  for one in found(*names)[1]]
        alone = [place[:3] for place in places if place[3] in (None, place[0])]
        is_(alone, [place for name in names for place in sorted(alone) if place[0] == name],
            "by line and column")
        is_([place[3] == names[1] for place in places],
            sorted(place[3] == names[1] for place in places), "what is between files is last")
        ok(len(alone) > 4 and any(place[3] == names[1] for place in places), "there are both")


def quiet() -> None:
    good = write("good.toml", GOOD)
    for options in ([], ["--map"], ["--axvisor=0.5.16"], ["--separate"]):
        run = lint("-q", *options, good)
        is_((run.returncode, run.stdout, run.stderr), (0, "", ""), f"nothing with {options}")
    ok(lint(good).stdout.endswith("axvm-lint: 1 file: no problems\n"), "else that all is well")


def on_terminal(environment: dict[str, str]) -> str:
    """What the program writes to a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*PROGRAM, *OLD_FORMAT, "-q", "warned.toml"], stdout=theirs, stderr=theirs,
                          env={"TERM": "xterm", **environment}) as run:
        os.close(theirs)
        text = b""
        try:
            while data := os.read(ours, 4096):
                text += data
        except OSError:
            # How Linux reports that the other end is closed.
            pass
        os.close(ours)
        is_(run.wait(), 0, "exit status on a terminal")
    return text.decode().replace("\r", "")


def colours() -> None:
    write("warned.toml", WARNED)
    plain = lint("-q", "warned.toml").stdout
    ok("\x1b" not in plain, "no colour into a pipe")
    coloured = lint("-q", "--color=always", "warned.toml").stdout
    ok("\x1b[1;35mwarning[device-host-ignored]:\x1b[0m passthrough" in coloured, "always",
       ascii(coloured))
    is_(re.sub(r"\x1b\[[0-9;]*m", "", coloured), plain, "the same text")
    ok("\x1b" not in lint("--json", "--color=always", "warned.toml").stdout, "JSON has none")
    run = lint("-q", "--color=always", "warned.toml", env={**os.environ, "NO_COLOR": "1"})
    is_(run.stdout, coloured, "the option goes first")
    environment = {key: value for key, value in os.environ.items()
                   if key not in ("NO_COLOR", "FORCE_COLOR")}
    for more, wanted in (({"FORCE_COLOR": "1"}, coloured), ({"FORCE_COLOR": ""}, plain),
                         ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, plain),
                         ({"FORCE_COLOR": "1", "NO_COLOR": ""}, coloured),
                         ({"FORCE_COLOR": "1", "TERM": "dumb"}, coloured)):
        is_(lint("-q", "warned.toml", env={**environment, **more}).stdout, wanted,
            f"into a pipe with {more}")
    forced = {**environment, "FORCE_COLOR": "1"}
    is_(lint("-q", "--color=never", "warned.toml", env=forced).stdout, plain, "never")
    lint("-q", "--output-file=forced", "warned.toml", env=forced)
    is_(Path("forced").read_text(), plain, "nor in a file")


def terminals() -> None:
    write("warned.toml", WARNED)
    plain = lint("-q", "warned.toml").stdout
    coloured = lint("-q", "--color=always", "warned.toml").stdout
    environment = {key: value for key, value in os.environ.items()
                   if key not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    is_(on_terminal(environment), coloured, "colour on a terminal")
    is_(on_terminal({**environment, "NO_COLOR": "1"}), plain, "NO_COLOR")
    is_(on_terminal({**environment, "NO_COLOR": ""}), coloured, "an empty one does not count")
    is_(on_terminal({**environment, "TERM": "dumb"}), plain, "a dumb terminal")


def other_libraries() -> None:
    """Another version of the library, and another library: one line, no traceback."""
    script = Path(PROGRAM[1]).read_text()
    other = re.sub(r'version\(\) != "[^"]+"', 'version() != "0.0.9"', script)
    ok(other != script, "the program knows its version")
    for name, content, environment, reason in (
            ("other-version", other, {}, f"but the C library has version {axvm_types.version()}"),
            ("other-library", script, {"AXVM_TYPES_LIBRARY": "libc.so.6"}, "the C library libc.so.6 lacks"),
            ("no-library", script, {"AXVM_TYPES_LIBRARY": "./none.so"}, "cannot load the C library")):
        run = subprocess.run([PROGRAM[0], write(name, content), "--version"], capture_output=True,
                             text=True, env={**os.environ, **environment})
        ok((run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)
           and run.stderr.startswith("axvm-lint: ") and reason in run.stderr, name, run.stderr)


def explanations() -> None:
    is_(set(descriptions()), set(CODES), "each code has a description, and nothing else")
    for code in CODES:
        run = lint("--explain", code) if code in CODES[::8] else None
        text = run.stdout if run else explain(code) + "\n"
        ok(re.fullmatch(rf"{code}\n  What  (.+\n)+  Why   (.+\n)+  How   (.+\n)+", text), code,
           text)
        ok(all(len(line) <= 80 for line in text.splitlines()), f"{code}: 80 columns", text)
        here = " ".join(text.partition("\n  Here  ")[2].split())
        for model, release in (("0.5", "before 0.5.16"), ("0.7", "0.5.16 to 0.5.23"),
                               ("0.7.3", "0.5.24 and later")):
            named = re.search(rf"(?:^|[^\d.]){re.escape(model)}(?!\.?\d)", text.partition("\n  Here")[0])
            is_(f"{model} is Axvisor {release}" in here, bool(named), f"{code}: what {model} is")


def listing() -> None:
    run = lint("--list-codes")
    is_((run.returncode, run.stderr), (0, ""), "the list of codes")
    rows = [re.fullmatch(r"([a-z-]+) +([a-z/]+) +(\S.*\.)", line)
            for line in run.stdout.splitlines()]
    ok(all(rows), "a line for each, with a sentence", run.stdout)
    is_([row[1] for row in rows if row], CODES, "all of them")
    # What the library's rules have, and what the program reports by itself.
    wanted: dict[str, set[str]] = {}
    sources = [file.read_text() for file in (SRCDIR / "src/layout/rules").glob("*.c")]
    sources += [file.read_text() for file in (SRCDIR / "python/axvm_lint").rglob("*.py")]
    for source in sources:
        for code, levels in re.findall(
                r"AXVM_FINDING_(\w+),([^\";]*)", source) + re.findall(
                r"FindingCode\.(\w+),((?:\s*Severity\.\w+,)+)", source):
            wanted.setdefault(code.lower().replace("_", "-"), set()).update(
                level.lower() for level in re.findall(r"(?:SEVERITY_|Severity\.)(\w+)", levels))
    # Their severities are in no call with the code.
    wanted |= {"file-format": {"error", "warning"}, "virtual-id": {"error"},
               "virtual-model": {"error"}, "virtual-option": {"error"}}
    is_({row[1]: set(row[2].split("/")) for row in rows if row}, wanted, "and their severities")


def inputs() -> None:
    """Standard input, and files that take each other's place."""
    for content, status in ((GOOD, 0), ("=", 2), (changed("id = 7", "id = -7"), 1)):
        run = lint("-q", "--format=short", "-", input=content.encode())
        is_((run.returncode, run.stderr), (status, ""), "standard input")
        ok(status == 0 or run.stdout.startswith("-:"), "and its name", run.stdout)
    write("good.toml", GOOD)
    os.makedirs("folder", exist_ok=True)
    for name, arguments, wanted in (
            ("one folder", ["good.toml", write("other.toml", GOOD)], 1),
            ("three of them", ["good.toml", "other.toml", write("third.toml", GOOD)], 1),
            ("two folders", ["good.toml", write("folder/other.toml", GOOD)], 0),
            ("--separate", ["--separate", "good.toml", "other.toml"], 0),
            ("JSON", ["--json", "good.toml", "other.toml"], 0)):
        is_(lint("-q", *arguments).stdout.count("--separate\n"), wanted, f"alternatives: {name}")


def standard_input() -> None:
    """The text of an editor, under the name of its file."""
    os.makedirs("vms", exist_ok=True)
    text = changed("id = 7", "id = -7")
    write("vms/guest.toml", text)
    named = found("vms/guest.toml")
    run = lint("--json", "--stdin-filename=vms/guest.toml", "-", input=text.encode())
    is_((run.returncode, [json.loads(line) for line in run.stdout.splitlines()]), named,
        "the findings of the file")
    # The image beside it is larger than its memory.
    image = changed('"/guest/kernel"', '"kernel"')
    with open("vms/kernel", "wb") as kernel:
        kernel.truncate(1 << 30)
    run = lint("--json", "--stdin-filename", "vms/new.toml", "-", input=image.encode())
    ok("boot-address" in run.stdout and '"vms/new.toml"' in run.stdout,
       "images are beside a file that is not there", run.stdout)
    is_(lint("--json", "-", input=image.encode()).stdout, "", "without a name there is none")


def output_files() -> None:
    write("warned.toml", WARNED)
    for arguments in (["warned.toml"], ["-q", "warned.toml", "none.toml"], ["--json", "warned.toml"],
                      ["--format=sarif", "warned.toml"], ["--map", "warned.toml"]):
        printed = lint(*arguments)
        run = lint("--output-file", "out", *arguments)
        is_((run.returncode, run.stdout, run.stderr), (printed.returncode, "", ""), "only a status")
        is_(Path("out").read_text(), printed.stdout, f"as printed: {arguments}")
    os.link("warned.toml", "linked")
    write("link.toml", WARNED)
    Path("link").symlink_to("link.toml")
    for name, inputs in (("linked", ["warned.toml"]), ("link", ["link.toml"])):
        run = lint("--output-file", name, *inputs)
        ok(run.returncode == 2 and "names a configuration" in run.stderr, f"{name} is an input",
           run.stderr)
    write("image", "x" * 100)
    write("imaged.toml", changed('"/guest/kernel"', '"image"', WARNED))
    run = lint("--output-file=image", "imaged.toml")
    ok(run.returncode == 2 and "is not written: it is an input" in run.stderr, "an image", run.stderr)
    is_(Path("image").read_text(), "x" * 100, "which stays")
    run = lint("--output-file=no/out", "warned.toml")
    ok((run.returncode, run.stdout) == (2, "") and "no/out: cannot be written" in run.stderr,
       "no folder", run.stderr)


def exit_status() -> None:
    write("bad.toml", changed("id = 7", "id = -7"))
    for arguments, status in ((["bad.toml"], 0), (["--werror", write("warned.toml", WARNED)], 0),
                              (["none.toml"], 2), (["--no-such-option"], 2),
                              (["--output-file=no/out", "bad.toml"], 2)):
        is_(lint("--exit-zero", *arguments).returncode, status, f"--exit-zero {arguments}")
        is_(lint(*arguments).returncode, status or 1, "without it")


def templates() -> None:
    for arch in [arch.name for arch in Arch.all()]:
        known = [["--arch", arch], ["--arch", arch, "--gpa-bits=40", "--host-cpus=0-3"]]
        for model in ([], ["--model=0.5"], ["--model=0.7"], ["--model=0.7.3"], ["--axvisor=0.8.3"]):
            run = lint("--template", arch, *model)
            is_((run.returncode, run.stderr), (0, ""), f"a template for {arch} {model}")
            ok(run.stdout.count("\n#") > 10 and "$" not in run.stdout, "with comments", run.stdout)
            ok(re.search(rf" (a|an) {arch} host\.", run.stdout)[1] == ("an" if arch[0] in "ax" else "a"),
               "and an article", run.stdout)
            write("template.toml", run.stdout)
            for more in ([], *known):
                is_(found("--werror", *model, *more, "template.toml"), (0, []),
                    f"clean for {arch} {model} {more}")
            command = re.search("run:\n# axvm-lint (.*) FILE.toml", run.stdout)[1].split()
            is_(found(*command, "template.toml"), (0, []), f"the command that it names: {command}")
        new = lint("--template", arch).stdout
        is_(new, lint("--template", arch, "--model=0.7.3").stdout, "today's is the default")
        if has_module("tomlkit"):
            for model in ("0.5", "0.7"):
                write("old.toml", lint("--template", arch, f"--model={model}").stdout)
                run = lint("--migrate", "--arch", arch, "old.toml")
                is_(run.returncode, 0, f"the old one of {model} for {arch} is migrated: {run.stderr}")
                is_(found("--model=0.7.3", "--arch", arch, write("new.toml", run.stdout))[0], 0,
                    "to a good one")


def long_options() -> set[str]:
    return {option.name for option in options()}


def manual() -> None:
    page = (BUILDDIR / "doc/axvm-lint.1").read_text().replace("\\-", "-")
    titles = re.findall(r"^\.TP\n\.\S+ (.*)", page, re.MULTILINE)
    is_({option for title in titles for option in re.findall(r"--[a-z][a-z-]+", title)},
        long_options(), "each option has its paragraph")
    for arch in Arch.all():
        ok(arch.name in page, f"{arch.name} is in the page")
    for code in CODES:
        ok(f".BR {code} " in page, f"{code} is described there")
    for name, known in FORMATS.items():
        ok(f".B {name}\n({known.about})" in page, f"so is the format {name}")
    keys = found(write("warned.toml", WARNED))[1][0]
    for key in (*keys, *keys["a"]):
        ok(re.search(rf"^\.(B|BR) {key}\b", page, re.MULTILINE), f"JSON's {key} does")
    if shutil.which("man"):
        run = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", BUILDDIR / "doc/axvm-lint.1"],
                             capture_output=True, text=True,
                             env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": ""})
        is_((run.returncode, run.stderr), (0, ""), "man shows it without a warning")
    else:
        skip("man shows it", "no man")


def complete(*words: str) -> set[str]:
    """What bash proposes for the last one of these words."""
    script = ('. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; '
              '_axvm_lint; printf "%s\\n" "${COMPREPLY[@]}"')
    run = subprocess.run(["bash", "-c", script, "bash", BUILDDIR / "python/completion/bash/axvm-lint",
                          "axvm-lint", *words], capture_output=True, text=True)
    is_((run.returncode, run.stderr), (0, ""), f"completion of {words}")
    return set(run.stdout.split())


def completion() -> None:
    write("a.toml", "")
    write("a.svg", "")
    architectures = {arch.name for arch in Arch.all()}
    is_(complete("--"), long_options(), "all options")
    is_(complete("--explain", ""), set(CODES), "all codes")
    is_(complete("--disable", "=", "vm-"), {"vm-id", "vm-name"}, "codes after =")
    is_(complete("--arch", "="), architectures, "architectures after =")
    is_(complete("--template", ""), architectures, "architectures")
    is_(complete("--color", "a"), {"auto", "always"}, "colours")
    is_(complete("--format", ""), set(FORMATS), "formats")
    is_(complete("--model", ""), {model.name for model in SCHEMAS} | {"auto"}, "versions")
    Path("rootfs").mkdir()
    is_(complete("--root", "r"), {"rootfs"}, "folders")
    is_(complete("--svg", "a"), {"a.svg"}, "pictures")
    is_(complete("--map", "a"), {"a.toml"}, "files")
    is_(complete("--gpa-bits", ""), set(), "nothing for a number")


def syntax() -> None:
    """Of the other shells, and what fish proposes."""
    folder = BUILDDIR / "python/completion"
    for shell, flag, name in (("bash", "-n", "bash/axvm-lint"), ("zsh", "-n", "zsh/_axvm-lint"),
                              ("fish", "--no-execute", "fish/axvm-lint.fish")):
        text = (folder / name).read_text()
        for option in options():
            ok(re.search(rf"(--|-l ){option.name[2:]}\b", text), f"{option.name} is in {name}", text)
        ok("@" not in text.replace("@{", ""), f"{name} is filled in")
        if shutil.which(shell):
            run = subprocess.run([shell, flag, folder / name], capture_output=True, text=True)
            is_((run.returncode, run.stderr), (0, ""), f"{shell} reads it")
        else:
            skip(f"{shell} reads it", f"no {shell}")
    if not shutil.which("fish"):
        skip("what fish proposes", "no fish")
        return
    write("a.toml", "")
    for line, wanted in (("--form", {"--format"}), ("--format g", {"github", "gcc"}),
                         ("--model 0.7", {"0.7", "0.7.3"}), ("-q a", {"a.toml"}),
                         ("--arch ", {arch.name for arch in Arch.all()})):
        run = subprocess.run(
            ["fish", "--no-config", "-c", f"source '{folder}/fish/axvm-lint.fish'; complete -C 'axvm-lint {line}'"],
            capture_output=True, text=True, env={**os.environ, "HOME": os.getcwd()})
        is_({row.split("\t")[0] for row in run.stdout.splitlines()}, wanted,
            f"fish: {line} {run.stderr}")


def has_terminals() -> bool:
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError:
        return False
    return True


run_tests(usage, severities, order, quiet, colours, other_libraries, explanations, listing, inputs, standard_input,
          output_files, exit_status, templates, manual)
if has_terminals():
    run_tests(terminals)
else:
    skip("terminals", "no pseudo-terminal to be had, as in a bare chroot")
if shutil.which("bash"):
    run_tests(completion)
else:
    skip("completion", "no bash")
run_tests(syntax)
done()
