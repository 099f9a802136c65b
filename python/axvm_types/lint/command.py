# SPDX-License-Identifier: Apache-2.0
"""The command line of axvm-lint."""

import argparse
import os
import signal
import sys

from .. import model, version
from .describe import describe
from .findings import FILE_SYNTAX, Finding, Severity
from .model import VirtualMachine
from .reader import read
from .toml_file import Unreadable, load

# Wrong usage, which argparse ends with, and any other trouble with the run.
_TROUBLE = 2

_EPILOG = """\
Exit status: 0 nothing worse than warnings, 1 errors found, 2 a file that cannot be read or is
not TOML, wrong usage, or trouble with the run; of several files the highest.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit status."""
    options = _parser().parse_args(arguments)
    if sys.stdout is None:
        print("axvm-lint: standard output is closed", file=sys.stderr)
        return _TROUBLE
    # A locale may lack characters that are printable elsewhere.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = max([_lint(file, options.json) for file in options.files])
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="axvm-lint", epilog=_EPILOG, allow_abbrev=False,
        description="Say what Axvisor VM configurations are, and what is wrong with them.")
    parser.add_argument("files", metavar="FILE.toml", nargs="+", help="a VM configuration")
    parser.add_argument("--json", action="store_true",
                        help="print only the findings, each a JSON object on a line")
    parser.add_argument("--version", action="version", version=f"%(prog)s {version()} ({model()})")
    return parser


def _lint(file: str, as_json: bool) -> int:
    vm, findings = _read(file)
    if vm is not None and not as_json:
        print(describe(vm))
    for finding in findings:
        print(finding.to_json() if as_json else finding)
    return max((finding.status for finding in findings), default=0)


def _read(file: str) -> tuple[VirtualMachine | None, list[Finding]]:
    try:
        return read(file, load(file))
    except Unreadable as err:
        return None, [Finding(file, FILE_SYNTAX, Severity.ERROR, str(err))]
