# SPDX-License-Identifier: Apache-2.0
"""axvm-lint for CI and editors: the problem matcher, what the documentation shows, and pre-commit."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import tap

tap.need_library()

from axvm_lint.options.parser import parser  # noqa: E402
from axvm_lint.text import printable  # noqa: E402
from linting import GOOD, PROGRAM, SRCDIR, changed, found, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402

MATCHERS = json.loads((SRCDIR / "doc/axvm-lint-matcher.json").read_text())["problemMatcher"]
DOCUMENT = (SRCDIR / "doc/ci.md").read_text()

# An error and a warning, a note.
BAD = changed("0x900_0000, 0x900_0000", "0x900_0000, 0x901_0000", changed("id = 7", "id = -7"))
NOTED = changed("[0b1101, 0x10]", "[1, 1]")
NAMES = ("a.toml", "a b.toml", "a:1:2.toml", "a:1:2: error: b [c].toml", ":3:4: note: x", "[e-f]", "%f\u4e2d.toml",
         "new\nline:5:6: warning: .toml", "x:7:8:", "error: 1", "e\u0301:9", "b:1:2: error:")


def matched(line: str) -> list[dict[str, str]]:
    """What each matcher that takes a line reads in it; as Python, its patterns are those of JavaScript."""
    read = []
    for matcher in MATCHERS:
        pattern, = matcher["pattern"]
        match = re.fullmatch(pattern["regexp"], line, re.ASCII)
        if match:
            read.append({"severity": matcher.get("severity"), "owner": matcher["owner"],
                         **{key: match[index] for key, index in pattern.items() if key != "regexp"}})
    return read


def matcher() -> None:
    severities = set()
    for name in NAMES:
        for text in (BAD, NOTED, "= 1", None):
            Path(name).unlink(missing_ok=True)
            if text is not None:
                write(name, text)
            elif "[" in name:
                # It is a pattern then.
                continue
            findings = found("--", name)[1]
            lines = lint("--format=gcc", "--", name).stdout.splitlines()
            is_(len(lines), len(findings), f"a line for each finding in {name!a}")
            for line, finding in zip(lines, findings):
                severities.add(finding["severity"])
                read = matched(line)
                is_(len(read), 1, f"one matcher for {line!a}")
                if not read:
                    continue
                shown = read[0]["file"].replace(":\\x20", ": ")
                is_((shown, read[0]["line"], read[0]["column"], read[0]["severity"], read[0]["code"],
                     read[0]["message"]),
                    (printable(name), str(finding["line"] or 1), str(finding["column"] or 1),
                     finding["severity"].replace("note", "notice"), finding["code"], finding["message"]),
                    f"what it reads of {line!a}")
    is_(severities, {"error", "warning", "note"}, "all severities")
    is_(len({each["owner"] for each in MATCHERS}), len(MATCHERS), "each matcher has an owner of its own")


def documentation() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
    is_(len(blocks), 4, "the examples")
    commands = re.findall(r"axvm-lint (-[^\n`\"]*)", DOCUMENT.replace("\\ ", " "))
    ok(len(commands) > 6, "the commands in it", str(commands))
    for command in commands:
        words = shlex.split(re.sub(r"% errorformat.*", "FILE", command))
        options = parser().parse_intermixed_args(words)
        ok(options.files, f"axvm-lint {command}")
    matcher_path = re.search(r"::add-matcher::/usr/(\S+)\"", DOCUMENT)[1]
    makefile = (SRCDIR / "Makefile.am").read_text()
    ok(matcher_path == "share/axvm-lint/axvm-lint-matcher.json" and "matcherdir = $(datadir)/axvm-lint" in makefile,
       "the matcher is installed there", matcher_path)
    try:
        import yaml
    except ImportError:
        skip("the examples are YAML", "no module yaml")
        return
    for block in blocks:
        ok(yaml.safe_load(block), "YAML", block)
    hook, = yaml.safe_load((SRCDIR / ".pre-commit-hooks.yaml").read_text())
    is_(hook["id"], yaml.safe_load(blocks[3])["repos"][0]["hooks"][0]["id"], "the hook that is shown")


def run_in(folder: str, *command: str, **more: str) -> subprocess.CompletedProcess:
    home = os.getcwd()
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300,
        env={**os.environ, "HOME": home, "PRE_COMMIT_HOME": f"{home}/cache", "GIT_CONFIG_NOSYSTEM": "1",
             "GIT_CONFIG_GLOBAL": "/dev/null", "PATH": f"{home}/bin:{os.environ['PATH']}",
             "GIT_ALLOW_PROTOCOL": "file", **more})


def commit(folder: str) -> str:
    for command in (["init", "-q"], ["add", "-A"],
                    ["-c", "user.name=n", "-c", "user.email=e@example.org", "commit", "-qm", "All"]):
        run = run_in(folder, "git", *command)
        is_(run.returncode, 0, f"git {command[-1]} {run.stderr}")
    return run_in(folder, "git", "rev-parse", "HEAD").stdout.strip()


def pre_commit() -> None:
    """The hook of this repository, in another one; its language needs no network."""
    for folder in ("bin", "hooks", "repository/vms"):
        os.makedirs(folder)
    write("bin/axvm-lint", f'#!/bin/sh\nexec {shlex.join(PROGRAM)} "$@"\n')
    os.chmod("bin/axvm-lint", 0o755)
    shutil.copy(SRCDIR / ".pre-commit-hooks.yaml", "hooks")
    revision = commit("hooks")
    write("repository/.pre-commit-config.yaml",
          f"repos:\n  - repo: {os.getcwd()}/hooks\n    rev: {revision}\n    hooks:\n      - id: axvm-lint\n")
    write("repository/vms/good.toml", GOOD)
    write("repository/Cargo.toml", "[package]\nname = 'a'\n")
    write("repository/axvm-lint.toml", "disable = ['file-format', 'device-dma', 'key-unused']\n")
    commit("repository")
    run = run_in("repository", "pre-commit", "run", "--all-files")
    ok(run.returncode == 0 and "Passed" in run.stdout, "good files pass", run.stdout + run.stderr)
    write("repository/vms/bad.toml", changed("id = 7", "id = -7"))
    run_in("repository", "git", "add", "-A")
    run = run_in("repository", "pre-commit", "run")
    ok(run.returncode == 1 and "vms/bad.toml:2:6: error[file-value]" in run.stdout, "a bad one does not",
       run.stdout + run.stderr)
    write("repository/vms/bad.toml", changed("id = 7", "id = 8"))
    run_in("repository", "git", "add", "-A")
    run = run_in("repository", "pre-commit", "run")
    ok(run.returncode == 1 and "host-conflict" in run.stdout, "it is compared with one that did not change",
       run.stdout + run.stderr)
    run = run_in("repository", "pre-commit", "run", "--files", ".pre-commit-config.yaml")
    ok(run.returncode == 0 and "Skipped" in run.stdout, "other files do not start it", run.stdout)


run_tests(matcher, documentation)
if not shutil.which("git") or not shutil.which("pre-commit"):
    skip("the hook for pre-commit", "no git or no pre-commit")
elif subprocess.run(["pre-commit", "--version"], capture_output=True).returncode:
    skip("the hook for pre-commit", f"pre-commit does not run beside Python {sys.version.split()[0]}")
else:
    run_tests(pre_commit)
done()
