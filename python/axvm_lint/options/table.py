# SPDX-License-Identifier: Apache-2.0
"""The options, a row each: the command line, the configuration file and the completion of each shell
have them from here.

A build reads this file before there is a library. What only that knows is a word in braces in a
help text, which the parser fills in.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ..reporting.formats import FORMATS

FOLDER = "/"

# The types of the keys in the configuration file. Strings are an array of them, or one.
STRING, INTEGER, STRINGS, TABLE = "a string", "an integer", "an array of strings", "a table"


class Value(NamedTuple):
    """What an option takes; METAVAR is its name in the help.

    A shell proposes these WORDS (one in braces means a list that a build knows), or the files
    with one of these SUFFIXES; FOLDER means folders alone.
    """

    metavar: str
    words: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


ARCH = Value("ARCH", ("{arches}",))
RELEASE = Value("RELEASE")
MODEL = Value("MODEL", ("{models}", "auto"))
BITS = Value("N")
CPUS = Value("LIST")
RANGE = Value("START:SIZE")
TREE = Value("FILE", suffixes=(".dtb",))
ROOT = Value("DIR", suffixes=(FOLDER,))
CODE = Value("CODE", ("{codes}",))
DISABLED = Value("CODE", ("{disabled}",))
SEVERITY = Value("CODE=SEVERITY")
CONFIGURATION = Value("FILE", suffixes=(".toml",))
FORMAT = Value("FORMAT", (*FORMATS,))
WHEN = Value("WHEN", ("auto", "always", "never"))
OUTPUT = Value("FILE", suffixes=("",))
NAME = Value("NAME", suffixes=(".toml",))
PICTURE = Value("FILE", suffixes=(".svg", ".png"))


class Option(NamedTuple):
    """An option; without a VALUE it is a flag.

    ABOUT it is its help; a shell shows what comes before the first punctuation mark. Of those that
    have the same ALTERNATIVES only one can be chosen. A list grows with each use of the option.
    """

    name: str
    about: str
    value: Value | None = None
    short: str = ""
    is_list: bool = False
    default: str | None = None
    alternatives: str = ""
    # What a flag sets instead of itself: an option, and the value of that.
    stands_for: tuple[str, str] | None = None
    # The type of its key in the configuration file, where it has one: "" where it has none.
    kind: str = ""
    # A list to which each source adds its own; any other value is that of the last source.
    adds: bool = False

    @property
    def key(self) -> str:
        """Its name in the configuration file."""
        return self.name.removeprefix("--")

    @property
    def is_path(self) -> bool:
        """Whether its value is the name of a file or folder."""
        return self.value is not None and bool(self.value.suffixes)

    @property
    def dest(self) -> str:
        """Its name in Python."""
        return self.name.lstrip("-").replace("-", "_")


class Group(NamedTuple):
    """Options under one title of the help."""

    title: str
    about: str
    options: tuple[Option, ...]


GROUPS = (
    Group("what is known of the machine", "A check that needs a missing option is skipped.", (
        Option("--arch", "its architecture: {arches}", ARCH, kind=STRING),
        Option("--axvisor", "the release of Axvisor that it runs, such as {newest}", RELEASE,
               alternatives="version", kind=STRING),
        Option("--model", "instead the version of that release's axvm-types: {models}; or auto, "
               "the default: each that reads the files", MODEL, alternatives="version",
               kind=STRING),
        Option("--gpa-bits", "width of guest physical addresses in bits", BITS, kind=INTEGER),
        Option("--host-cpus", "its CPUs, such as 0-7 or 0-3,8; masks name those from 0 to 63", CPUS,
               kind=STRING),
        Option("--hypervisor", "a range of host physical addresses that is the hypervisor's own, "
               "such as 0x40000000:64MiB; may be repeated", RANGE, is_list=True,
               kind=STRINGS),
        Option("--host-dtb", "its device tree, as a blob: on Linux that of the running board is "
               "/sys/firmware/fdt; for aarch64 and riscv64", TREE, kind=STRING),
        Option("--root", "where the files of images are, by their paths in the hypervisor's file "
               "system", ROOT, kind=STRING),
        Option("--separate", "each file is of another machine: do not compare them"),
    )),
    Group("findings", "", (
        Option("--werror", "make warnings errors"),
        Option("--disable", "leave out findings of a code; may be repeated", DISABLED, is_list=True,
               kind=STRINGS, adds=True),
        Option("--severity", "how severe findings of a code are: CODE=error, warning or note; may be "
               "repeated", SEVERITY, is_list=True, kind=TABLE, adds=True),
        Option("--format", "how findings are printed: {formats}", FORMAT, default=[*FORMATS][0]),
        Option("--json", "the same as --format json", stands_for=("format", "json")),
        Option("--output-file", "write to this file what goes to standard output otherwise", OUTPUT),
        Option("--color", "colour: auto (on a terminal, the default), always or never", WHEN,
               default=WHEN.words[0]),
        Option("--quiet", "do not describe the VMs, and print nothing where all is well", short="-q"),
        Option("--exit-zero", "exit with 0 also where there are errors in VMs"),
        Option("--stdin-filename", "the name of the file that standard input is the text of, as in "
               "an editor", NAME),
    )),
    Group("the configuration file", "axvm-lint.toml in the folder of a file, or in the nearest one "
          "above, has options for the files below it; those of the command line go first.", (
              Option("--config", "use this one for all files", CONFIGURATION,
                     alternatives="configuration"),
              Option("--no-config", "use none", alternatives="configuration"),
          )),
    Group("fixes", "Only what has one right answer is changed, and only if nothing else is found then.", (
        Option("--fix", "change the files; --diff shows what would change, --explain which codes "
               "have fixes"),
    )),
    Group("pictures", "", (
        Option("--map", "draw each guest's address space instead of describing the VM"),
        Option("--svg", "draw the same as an SVG picture, or as PNG if FILE ends in .png; - is "
               "standard output, and then findings go to standard error", PICTURE),
    )),
    Group("migration", "Files of Axvisor before 0.5.24 become files of the format since then. What has "
          "no equivalent, and what is wrong in the new file, is reported on standard error.", (
              Option("--migrate", "write the new file to standard output, of one file at a time; "
                     "--arch names the architecture where the file does not show it"),
              Option("--in-place", "replace each file by the new one", alternatives="where"),
              Option("--diff", "write what would change as a unified diff instead, also for --fix",
                     alternatives="where"),
          )),
    Group("instead of a check", "", (
        Option("--explain", "describe a code: what it is, why it matters, how to fix it", CODE),
        Option("--list-codes", "list all codes with their severities"),
        Option("--schema", "print a JSON Schema of the file for editors, of the newest version or that "
               "of --axvisor or --model"),
        Option("--template", "print a VM configuration to begin with", ARCH),
        Option("--version", "show the version and exit"),
    )),
)

HELP = Option("--help", "show this help message and exit", short="-h")


# The options that the configuration file may have, by their keys there.
KEYS = {option.key: option for group in GROUPS for option in group.options if option.kind}

# Those whose value in the file can be forgotten; to forget the version there is --model auto.
NEGATIONS = {f"--no-{key}": Option(f"--no-{key}", f"as if the configuration file had no {key}")
             for key, option in KEYS.items() if option.alternatives != "version"}


def options() -> Iterator[Option]:
    """All options."""
    yield HELP
    for group in GROUPS:
        yield from group.options
    yield from NEGATIONS.values()
