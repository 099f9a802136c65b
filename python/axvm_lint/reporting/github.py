# SPDX-License-Identifier: Apache-2.0
"""Findings as commands for GitHub Actions, which show them at the lines of a change."""

from axvm_types import Severity
from ..findings import Finding
from ..text import printable
from .printer import Locate

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class Github:
    """A line each."""

    def add(self, finding: Finding, locate: Locate) -> None:
        properties: dict[str, object] = {"file": finding.file}
        found = locate(finding.a)
        if found:
            place = found[1]
            properties |= {"line": place.line, "col": place.column}
            if place.end_line == place.line:
                properties["endColumn"] = place.end_column
            properties["endLine"] = place.end_line
        properties["title"] = f"axvm-lint {finding.code.name}"
        shown = ",".join(f"{name}={_property(printable(str(value)))}"
                         for name, value in properties.items())
        text = _text(f"{printable(finding.message)}\n{printable(finding.hint)}")
        print(f"::{_COMMANDS[finding.severity]} {shown}::{text}")

    def end(self) -> None:
        pass


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
