# SPDX-License-Identifier: Apache-2.0
"""Which findings count, and how severe they are: what the user decides about codes."""

from collections.abc import Mapping
from typing import NamedTuple

from axvm_types import FindingCode, Severity
from ..findings import Finding

# Their errors mean that there is no good VM to speak of: they are never left out.
_LASTING = {FindingCode.FILE_SYNTAX, FindingCode.FILE_FORMAT, FindingCode.FILE_KEY}


def is_lasting(finding: Finding) -> bool:
    """Whether a finding stays what it is, whatever the user decides."""
    return finding.severity == Severity.ERROR and finding.code in _LASTING


class Rules(NamedTuple):
    """What the user decides about codes."""

    werror: bool = False
    disabled: frozenset[FindingCode] = frozenset()
    severities: Mapping[FindingCode, Severity] = {}

    def applied(self, finding: Finding) -> Finding | None:
        """The finding as it counts; None for one that is left out."""
        severity = finding.severity
        if not is_lasting(finding):
            if finding.code in self.disabled:
                return None
            severity = self.severities.get(finding.code, severity)
        if self.werror and severity == Severity.WARNING:
            severity = Severity.ERROR
        return finding if severity == finding.severity else finding._replace(severity=severity)
