# SPDX-License-Identifier: Apache-2.0
"""The options of axvm-lint, and the values that they take."""

import argparse
import re
import sys
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NoReturn

from axvm_types import (Arch, FindingCode, Hpa, HpaRange, LayoutLimits, Model, VcpuSet, model,
                        size_parse, uint_parse, version)
from .board.tree import Tree
from .reporting.formats import FORMATS
from .schema.releases import (NEWEST, RELEASES, Release, model_of, models_help, read_release,
                              release_text)
from .streams import complain
from .text import choice, printable

_LAST = (1 << 64) - 1

_EPILOG = """\
Exit status: 0: nothing is worse than a warning; 1: there are errors; 2: a file cannot be read or
is not TOML, wrong usage, an internal error or an I/O error. Of several files the highest counts.
"""

# A CPU or some of them in a list, and the last one that a mask can name.
_CPUS = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_LAST_CPU = 63


class _Parser(argparse.ArgumentParser):
    """Writes messages as the rest of the program does."""

    def error(self, message: str) -> NoReturn:
        complain(f"{self.format_usage()}{self.prog}: error: {printable(message)}")
        sys.exit(2)


class _Print(argparse.Action):
    """Print a text and end. argparse's own actions are content when it cannot be written."""

    def __init__(self, option_strings: list[str], dest: str, help: str,
                 text: Callable[[argparse.ArgumentParser], str]) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)
        self._text = text

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(self._text(parser), end="", flush=True)
        sys.exit(0)


def parser() -> argparse.ArgumentParser:
    """The command line, but for what --explain and --template change."""
    usage = _Parser(
        prog="axvm-lint", epilog=_EPILOG, allow_abbrev=False, add_help=False,
        usage="%(prog)s [OPTION]... FILE.toml...\n"
              "       %(prog)s --explain CODE\n"
              "       %(prog)s --list-codes\n"
              "       %(prog)s --template ARCH",
        description="Find what would break Axvisor VMs before they boot. All files together "
                    "are the VMs of one machine.")
    usage.add_argument("files", metavar="FILE.toml", nargs="*",
                       help="a VM configuration; - is standard input")
    usage.add_argument("-h", "--help", action=_Print, text=argparse.ArgumentParser.format_help,
                       help="show this help message and exit")

    machine = usage.add_argument_group("what is known of the machine",
                                       "A check that needs a missing option is skipped.")
    machine.add_argument("--arch", metavar="ARCH", type=_arch,
                         help=f"its architecture: {_names(Arch)}")
    version_of = machine.add_mutually_exclusive_group()
    version_of.add_argument("--axvisor", metavar="RELEASE", type=_axvisor,
                            help="the release of Axvisor that it runs, such as "
                            f"{release_text(NEWEST)}")
    version_of.add_argument("--model", metavar="MODEL", type=_model, default=(),
                            help="instead the version of that release's axvm-types: "
                            f"{models_help()}; or auto, the default: each that reads the files")
    machine.add_argument("--gpa-bits", metavar="N", type=_gpa_bits,
                         help="width of guest physical addresses in bits")
    machine.add_argument("--host-cpus", metavar="LIST", type=_host_cpus,
                         help="its CPUs, such as 0-7 or 0-3,8; masks name those from 0 to 63")
    machine.add_argument("--hypervisor", metavar="START:SIZE", type=_hypervisor, action="append",
                         default=[], help="a range of host physical addresses that is the "
                         "hypervisor's own, such as 0x40000000:64MiB; may be repeated")
    machine.add_argument("--host-dtb", metavar="FILE", help="its device tree, as a blob: on Linux "
                         "that of the running board is /sys/firmware/fdt; for aarch64 and riscv64")
    machine.add_argument("--root", metavar="DIR", help="where the files of images are, by their "
                         "paths in the hypervisor's file system")
    machine.add_argument("--separate", action="store_true",
                         help="each file is of another machine: do not compare them")

    findings = usage.add_argument_group("findings")
    findings.add_argument("--werror", action="store_true", help="make warnings errors")
    findings.add_argument("--disable", metavar="CODE", type=_disabled, action="append",
                          default=[], help="leave out findings of a code; may be repeated")
    findings.add_argument("--format", metavar="FORMAT", choices=FORMATS, default=[*FORMATS][0],
                          help=choice([f"{name} ({known.about})"
                                       for name, known in FORMATS.items()]))
    findings.add_argument("--json", action="store_const", dest="format", const="json",
                          help="the same as --format json")
    findings.add_argument("--color", metavar="WHEN", choices=("auto", "always", "never"),
                          default="auto", help="colour: auto (on a terminal, the default), "
                          "always or never")
    findings.add_argument("-q", "--quiet", action="store_true",
                          help="do not describe the VMs, and print nothing where all is well")

    pictures = usage.add_argument_group("pictures")
    pictures.add_argument("--map", action="store_true",
                          help="draw each guest's address space instead of describing the VM")
    pictures.add_argument("--svg", metavar="FILE", help="draw the same as an SVG picture")

    migration = usage.add_argument_group(
        "migration", "Files of Axvisor before 0.5.24 become files of the format since then. What has "
        "no equivalent, and what is wrong in the new file, is reported on standard error.")
    migration.add_argument("--migrate", action="store_true",
                           help="write the new file to standard output, of one file at a time; "
                           "--arch names the architecture where the file does not show it")
    where = migration.add_mutually_exclusive_group()
    where.add_argument("--in-place", action="store_true",
                       help="replace each file by the new one")
    where.add_argument("--diff", action="store_true",
                       help="write what would change as a unified diff instead")

    others = usage.add_argument_group("instead of a check")
    others.add_argument("--explain", metavar="CODE", type=_code,
                        help="describe a code: what it is, why it matters, how to fix it")
    others.add_argument("--list-codes", action="store_true",
                        help="list all codes with their severities")
    others.add_argument("--template", metavar="ARCH", type=_arch,
                        help="print a VM configuration to begin with")
    others.add_argument("--version", action=_Print, help="show the version and exit",
                        text=lambda parser: f"{parser.prog} {version()} ({model()})\n")
    return usage


def models(options: argparse.Namespace) -> tuple[Model, ...]:
    """The versions that the options ask for; none leaves it to the files."""
    release: Release | None = options.axvisor
    asked: tuple[Model, ...] = options.model
    return asked if release is None else (model_of(release),)


def limits(options: argparse.Namespace, model: Model, tree: Tree | None) -> LayoutLimits:
    """What the options and its device tree say of the machine, if it runs that version."""
    memory = [HpaRange(Hpa(start), Hpa(min(end, _LAST))) for start, end in tree.memory
              ] if tree else []
    arch = options.arch or tree and tree.arch or Arch()
    return LayoutLimits(options.hypervisor, memory, arch=arch,
                        gpa_bits=options.gpa_bits or 0,
                        host_cpus=options.host_cpus or VcpuSet(), model=model)


def _names(enumeration: Any) -> str:
    return choice([value.name for value in enumeration.all()])


def _value(read: Callable[[str], Any], wanted: str) -> Callable[[str], Any]:
    """A reader of an option's value, to which READ gives None for a bad one."""
    def read_value(text: str) -> Any:
        value = read(text)
        if value is None:
            raise argparse.ArgumentTypeError(f"{text!a} is not {wanted}")
        return value
    return read_value


def _read_gpa_bits(text: str) -> int | None:
    bits = uint_parse(text)
    return bits if bits and bits <= 64 else None


def _read_host_cpus(text: str) -> VcpuSet | None:
    """The CPUs of a list that a mask can name: those below 64."""
    parts = []
    for part in text.split(","):
        cpus = _CPUS.fullmatch(part)
        if cpus and int(cpus[1]) > _LAST_CPU and int(cpus[2] or cpus[1]) >= int(cpus[1]):
            continue
        if cpus and cpus[2] and int(cpus[2]) > _LAST_CPU:
            part = f"{cpus[1]}-{_LAST_CPU}"
        parts.append(part)
    if not parts:
        # A host without CPUs below 64 is the same as one of which nothing is known.
        return VcpuSet()
    return VcpuSet.parse_list(",".join(parts)) or None


def _read_hypervisor(text: str) -> HpaRange | None:
    # An address may have the prefix "PA:".
    start, _, size = text.rpartition(":")
    address, length = Hpa.parse(start), size_parse(size)
    return HpaRange.try_from_start_size(address, length) if address and length else None


def _read_model(text: str) -> tuple[Model, ...] | None:
    if text == "auto":
        return ()
    model = Model.from_name(text)
    if model is None and read_release(text):
        raise argparse.ArgumentTypeError(
            f"{text!a} is not {_MODELS}; did you mean the release --axvisor {text}?")
    return (model,) if model else None


_arch = _value(Arch.from_name, _names(Arch))
_MODELS = f"{', '.join(value.name for value in RELEASES)} or auto"
_model = _value(_read_model, _MODELS)
_axvisor = _value(read_release, f"a release such as {release_text(NEWEST)}")
_gpa_bits = _value(_read_gpa_bits, "a number from 1 to 64")
_host_cpus = _value(_read_host_cpus, "a list of CPUs such as 0-7 or 0-3,8")
_hypervisor = _value(_read_hypervisor, "a range such as 0x40000000:64MiB")


def _code(text: str) -> FindingCode:
    code = FindingCode.from_name(text)
    if code is None:
        names = [known.name for known in FindingCode.all()]
        close = get_close_matches(text[:64], names, 3)
        raise argparse.ArgumentTypeError(
            f"{text!a} is not a code; " + (f"did you mean {choice(close)}?" if close else
                                        f"there are {', '.join(names)}"))
    return code


def _disabled(text: str) -> FindingCode:
    code = _code(text)
    if code == FindingCode.FILE_SYNTAX:
        raise argparse.ArgumentTypeError(f"{text} cannot be left out: nothing was read")
    return code
