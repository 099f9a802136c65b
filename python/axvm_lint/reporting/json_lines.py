# SPDX-License-Identifier: Apache-2.0
"""Findings for programs, as JSON."""

from json import dumps

from ..findings import Finding, Owner
from ..reading.source import NOWHERE, Place, Source
from .printer import Locate


class JsonLines:
    """For programs: an object of pure ASCII a line."""

    def add(self, finding: Finding, locate: Locate) -> None:
        found = locate(finding.a)
        print(dumps({
            "file": finding.file,
            "code": finding.code.name,
            "severity": finding.severity.name,
            "message": finding.message,
            "hint": finding.hint,
            "models": [model.name for model in finding.severities],
            **_place(found),
            "a": self._owner(finding.a, found),
            "b": self._owner(finding.b, locate(finding.b) if finding.b else None),
        }))

    def end(self) -> None:
        pass

    def _owner(self, owner: Owner | None,
               found: tuple[Source, Place] | None) -> dict[str, object] | None:
        return {**owner.to_json(), **_place(found)} if owner else None


def _place(found: tuple[Source, Place] | None) -> dict[str, int | None]:
    return {**found[1].to_json()} if found else NOWHERE
