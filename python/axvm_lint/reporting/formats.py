# SPDX-License-Identifier: Apache-2.0
"""The output formats: --format, --help, the manual page and the completion have them from here.

A build reads this file before there is a library: each format imports what it needs when it is
made.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .printer import Printer


class Format(NamedTuple):
    """ABOUT it, for --help; and how its printer is made, which may use colours or not.

    One for people also gets the VMs described and a summary.
    """

    about: str
    printer: "Callable[[bool], Printer]"
    is_for_people: bool = False


def _full(colour: bool) -> "Printer":
    from .lines import Lines
    return Lines(False, colour)


def _short(colour: bool) -> "Printer":
    from .lines import Lines
    return Lines(True, colour)


def _json(_: bool) -> "Printer":
    from .json_lines import JsonLines
    return JsonLines()


def _sarif(_: bool) -> "Printer":
    from .sarif import Sarif
    return Sarif()


def _github(_: bool) -> "Printer":
    from .github import Github
    return Github()


def _gcc(_: bool) -> "Printer":
    from .gcc import Gcc
    return Gcc()


# The first one is the default.
FORMATS = {
    "full": Format("the default: each finding with its lines of the files", _full, True),
    "short": Format("one line for each finding", _short, True),
    "json": Format("findings only: one JSON object on each line", _json),
    "sarif": Format("findings only: one document of SARIF 2.1.0, for code hosts and editors",
                    _sarif),
    "github": Format("findings only: commands for GitHub Actions", _github),
    "gcc": Format("findings only: a line each, as editors read those of compilers", _gcc),
}
