# SPDX-License-Identifier: Apache-2.0
"""Findings as SARIF 2.1.0, which code hosts and editors show."""

import json
from urllib.parse import quote

from axvm_types import FindingCode, Severity, version
from ..findings import Finding
from ..reading.source import Place, Source
from .codes import descriptions
from .printer import Locate

_SCHEMA = ("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
           "sarif-schema-2.1.0.json")


class Sarif:
    """One document, printed in the end."""

    def __init__(self) -> None:
        self._results: list[dict[str, object]] = []

    def add(self, finding: Finding, locate: Locate) -> None:
        result: dict[str, object] = {
            "ruleId": finding.code.name,
            "level": finding.severity.name,
            "message": {"text": f"{finding.message}. {finding.hint}"},
            "locations": [_location(finding.file, locate(finding.a))],
        }
        if finding.b and finding.b.file:
            result["relatedLocations"] = [
                _location(finding.b.file, locate(finding.b))
                | {"message": {"text": "the other entry"}}]
        self._results.append(result)

    def end(self) -> None:
        found = {result["ruleId"] for result in self._results}
        rules = [_rule(code) for code in FindingCode.all() if code.name in found]
        numbers = {rule["id"]: number for number, rule in enumerate(rules)}
        for result in self._results:
            result["ruleIndex"] = numbers[result["ruleId"]]
        print(json.dumps({
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {"name": "axvm-lint", "version": version(),
                                    "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": self._results,
            }],
        }, indent=1))


def _rule(code: FindingCode) -> dict[str, object]:
    described = descriptions()[code.name]
    return {"id": code.name, "shortDescription": {"text": described.what},
            "fullDescription": {"text": f"{described.what} {described.why}"},
            "help": {"text": described.how}}


def _location(file: str, found: tuple[Source, Place] | None) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(file)}}
    if found:
        place = found[1]
        physical["region"] = {"startLine": place.line, "startColumn": place.column,
                              "endLine": place.end_line, "endColumn": place.end_column}
    return {"physicalLocation": physical}


def _uri(file: str) -> str:
    """A path as a reference: what is relative stays so."""
    path = quote(file.encode(errors="surrogateescape"))
    return f"file://{path}" if path.startswith("/") else path
