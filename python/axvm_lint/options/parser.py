# SPDX-License-Identifier: Apache-2.0
"""The command line of axvm-lint."""

import argparse
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from axvm_types import Arch, model, version
from ..reporting.formats import FORMATS
from ..schema.releases import NEWEST, models_help, release_text
from ..streams import complain, terminal_width
from ..text import choice, printable
from .table import GROUPS, HELP, NEGATIONS, Option
from .values import READERS, names

_EPILOG = """\
Exit status: 0: nothing is worse than a warning; 1: there are errors; 2: a file cannot be read or
is not TOML, wrong usage, an internal error or an I/O error. Of several files the highest counts.
"""


class _Parser(argparse.ArgumentParser):
    """Writes messages as the rest of the program does."""

    def error(self, message: str) -> NoReturn:
        complain(f"{self.format_usage()}{self.prog}: error: {printable(message)}")
        sys.exit(2)


class _Formatter(argparse.HelpFormatter):
    """As wide as the terminal. argparse's own imports shutil with all compressors to learn that,
    also where no help is asked for."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal_width() - 2)


class _Print(argparse.Action):
    """Print a text and end. argparse's own actions are content when it cannot be written."""

    def __init__(self, option_strings: list[str], dest: str, help: str,
                 text: Callable[[argparse.ArgumentParser], str]) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)
        self._text = text

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(self._text(parser), end="", flush=True)
        sys.exit(0)


# The options that print a text.
_PRINTED: dict[str, Callable[[argparse.ArgumentParser], str]] = {
    "--help": argparse.ArgumentParser.format_help,
    "--version": lambda parser: f"{parser.prog} {version()} ({model()})\n",
}


def parser() -> argparse.ArgumentParser:
    """The command line, but for what --explain and --template change."""
    usage = _Parser(
        prog="axvm-lint", epilog=_EPILOG, allow_abbrev=False, add_help=False,
        formatter_class=_Formatter,
        usage="%(prog)s [OPTION]... FILE.toml|FOLDER...\n"
              "       %(prog)s --explain CODE\n"
              "       %(prog)s --list-codes\n"
              "       %(prog)s --schema [--model MODEL]\n"
              "       %(prog)s --template ARCH",
        description="Find what would break Axvisor VMs before they boot. All files together "
                    "are the VMs of one machine.")
    usage.add_argument("files", metavar="FILE.toml", nargs="*",
                       help="a VM configuration; - is standard input; a folder or a pattern in quotes "
                       "means the VM configurations in it")
    _add(usage, HELP)
    for group in GROUPS:
        title = usage.add_argument_group(group.title, group.about or None)
        choices: dict[str, Any] = {}
        for option in group.options:
            where = title if not option.alternatives else choices.setdefault(
                option.alternatives, None) or title.add_mutually_exclusive_group()
            if option.alternatives:
                choices[option.alternatives] = where
            _add(where, option)
        if any(option.name == "--no-config" for option in group.options):
            for name, option in NEGATIONS.items():
                title.add_argument(name, action="append_const", dest="forgotten", default=[],
                                   const=name.removeprefix("--no-"), help=option.about)
    return usage


def _add(where: Any, option: Option) -> None:
    known: dict[str, Any] = {"help": _filled(option.about)}
    if option.name in _PRINTED:
        known |= {"action": _Print, "text": _PRINTED[option.name]}
    elif option.stands_for:
        dest, value = option.stands_for
        known |= {"action": "store_const", "dest": dest, "const": value}
    elif option.value is None:
        known |= {"action": "store_true"}
    else:
        known |= {"metavar": option.value.metavar, "default": option.default}
        if option.is_list:
            known["action"] = "append"
        if option.value in READERS:
            known["type"] = READERS[option.value]
        elif option.default is not None:
            known["choices"] = option.value.words
    where.add_argument(*filter(None, [option.short, option.name]), **known)


def _filled(about: str) -> str:
    """A help text with what the library knows."""
    if "{" not in about:
        return about
    return about.format(
        arches=names(Arch), newest=release_text(NEWEST), models=models_help(),
        formats=choice([f"{name} ({known.about})" for name, known in FORMATS.items()]))
