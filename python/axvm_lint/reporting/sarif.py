# SPDX-License-Identifier: Apache-2.0
"""Findings as SARIF 2.1.0, which code hosts and editors show."""

import json
from collections import Counter
from hashlib import sha256
from urllib.parse import quote

from axvm_types import FindingCode, Severity, version
from ..findings import Finding, Owner
from ..reading.source import Place, Source
from .codes import descriptions
from .printer import Locate

_SCHEMA = ("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
           "sarif-schema-2.1.0.json")

# The manual page on the project's site, at the code's description.
HELP = "https://example.org/libaxvm-types/axvm-lint-1.html#:~:text="

# Of how a fingerprint is made: another way is another version.
_FINGERPRINT = "axvmLint/v1"


class Sarif:
    """One document, printed in the end."""

    def __init__(self) -> None:
        self._results: list[dict[str, object]] = []
        self._seen: Counter[str] = Counter()

    def add(self, finding: Finding, locate: Locate) -> None:
        result: dict[str, object] = {
            "ruleId": finding.code.name,
            "level": finding.severity.name,
            "message": {"text": f"{finding.message}. {finding.hint}"},
            "locations": [_location(finding.file, locate(finding.a))],
            "partialFingerprints": {_FINGERPRINT: self._fingerprint(finding)},
            "properties": {"models": [model.name for model in finding.severities]},
        }
        if finding.b and finding.b.file:
            result["relatedLocations"] = [
                _location(finding.b.file, locate(finding.b))
                | {"message": {"text": "the other entry"}}]
        self._results.append(result)

    def _fingerprint(self, finding: Finding) -> str:
        """What stays when lines move: the code and the keys that it is about.

        Those of one file that have the same are numbered, as none of them is another one.
        """
        about = json.dumps([finding.code.name, _steps(finding.a), _steps(finding.b)])
        same = f"{finding.file}\0{about}"
        self._seen[same] += 1
        return f"{sha256(about.encode()).hexdigest()[:32]}:{self._seen[same]}"

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
            "help": {"text": described.how},
            # A hyphen is a sign of its own in such a fragment.
            "helpUri": HELP + code.name.replace("-", "%2D")}


def _steps(owner: Owner | None) -> list[str | int] | None:
    """The keys that lead to an owner; an entry goes by its name, as others may come before it."""
    if owner is None:
        return None
    if owner.index is not None and owner.name:
        return [owner.table, owner.name, *owner.member]
    # What is in no file has no path.
    return [*owner.path] if owner.file else [owner.table]


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
