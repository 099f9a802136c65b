# SPDX-License-Identifier: Apache-2.0
"""The program: files in, findings and pictures out, an exit status."""

import argparse
import os
import shutil
import signal
import sys

from .. import FindingCode, Severity
from . import options as command_line
from .describe import describe
from .explain import explain
from .findings import Finding
from .formats import JsonLines, Lines, Printer, wants_colour
from .machine import check_machine
from .model import VirtualMachine
from .reader import read
from .report import Report
from .source import Source
from .svg import svg
from .template import template
from .text import printable
from .text_map import text_map
from .toml_file import Unreadable, load

# Wrong usage, which argparse ends with, and any other trouble with the run.
_TROUBLE = 2


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit status."""
    if sys.stdout is None:
        print("axvm-lint: standard output is closed", file=sys.stderr)
        return _TROUBLE
    # A locale may lack characters that are printable elsewhere.
    sys.stdout.reconfigure(errors="backslashreplace")
    parser = command_line.parser()
    options = parser.parse_intermixed_args(arguments)
    _refuse_wrong_use(parser, options)
    try:
        status = _run(options)
        sys.stdout.flush()
    except OSError as err:
        # Else the interpreter would try once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(err, BrokenPipeError):
            print(f"axvm-lint: cannot write: {err.strerror}", file=sys.stderr)
        return _TROUBLE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return status


def _refuse_wrong_use(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if bool(options.files) == bool(options.explain or options.template):
        parser.error("name files, or use one of --explain and --template")
    if options.explain and options.template:
        parser.error("--explain and --template do not go together")
    if options.svg is not None and _is_configuration(options.svg, options.files):
        parser.error("--svg names a configuration, which the picture would replace")


def _is_configuration(path: str, files: list[str]) -> bool:
    """Whether it is one of the files, or looks as if the picture's name were left out."""
    return path.endswith(".toml") or os.path.exists(path) and any(
        os.path.exists(file) and os.path.samefile(path, file) for file in files)


def _run(options: argparse.Namespace) -> int:
    if options.explain:
        print(explain(options.explain))
        return 0
    if options.template:
        print(template(options.template), end="")
        return 0
    is_text = options.format in ("full", "short")
    report = Report(_printer(options), options.werror, frozenset(options.disable))
    vms = [vm for file in options.files if (vm := _read(file, options, report))]
    limits = command_line.limits(options)
    for machine in ([vm] for vm in vms) if options.separate else [vms]:
        check_machine(machine, limits, report.add)
    report.end()
    if is_text:
        print(report.summary(len(options.files)))
    if options.svg is not None and not _write(options.svg, svg(vms)):
        return _TROUBLE
    return report.status


def _printer(options: argparse.Namespace) -> Printer:
    # What most runs have no use for is imported by those that have.
    match options.format:
        case "json":
            return JsonLines()
        case "sarif":
            from .sarif import Sarif
            return Sarif()
        case "github":
            from .github import Github
            return Github()
        case form:
            return Lines(form == "short", wants_colour(options.color, sys.stdout))


def _read(file: str, options: argparse.Namespace, report: Report) -> VirtualMachine | None:
    """The VM of a file, described; what is wrong with the file is reported."""
    try:
        text, document = load(file)
        vm, findings = read(file, document)
    except Unreadable as err:
        text, vm = err.text, None
        findings = [Finding(file, FindingCode.FILE_SYNTAX, Severity.ERROR, err.reason, err.hint,
                            offset=err.offset)]
    report.read(file, Source(text))
    if vm and options.format in ("full", "short") and not options.quiet:
        print(text_map(vm, shutil.get_terminal_size().columns) if options.map else describe(vm))
    for finding in findings:
        report.add(finding)
    return vm


def _write(path: str, text: str) -> bool:
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as err:
        print(f"axvm-lint: {printable(path)}: cannot be written: {err.strerror}",
              file=sys.stderr)
        return False
    return True
