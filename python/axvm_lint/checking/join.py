# SPDX-License-Identifier: Apache-2.0
"""The findings of several versions of the hypervisor's types, each reported once."""

from collections.abc import Hashable
from dataclasses import replace

from axvm_types import Model, Severity
from ..findings import Finding

EARLIER, LATER = Model.V0_5, Model.V0_7


class Join:
    """The findings of both versions, each told once; holds little, however many there are.

    Equal ones are told as the later version has them; of the others each names its version, and
    what the earlier one has alone is a warning at most.
    """

    def __init__(self) -> None:
        # The severities that findings of the earlier version have and that wait for equal ones, by
        # what the finding is.
        self._waiting: dict[Hashable, bytes] = {}

    def expect(self, what: Hashable, severity: Severity) -> None:
        """The earlier version has a finding."""
        self._waiting[what] = self._waiting.get(what, b"") + bytes([severity.value])

    def later(self, what: Hashable, finding: Finding) -> Finding:
        """A finding of the later version, as it is told."""
        same = self._waiting.get(what)
        if not same:
            return replace(finding, message=f"{finding.message} ({LATER.name} only)")
        self._waiting[what] = same[1:]
        severity = Severity(same[0])
        message = finding.message
        if severity != finding.severity:
            message += f" ({EARLIER.name}: {severity.name})"
        return replace(finding, message=message, models=(EARLIER, LATER))

    def is_earlier_only(self, what: Hashable) -> bool:
        """Whether the earlier version has it alone, once."""
        waiting = self._waiting.get(what)
        if not waiting:
            return False
        self._waiting[what] = waiting[1:]
        return True

    def has_rest(self) -> bool:
        return any(self._waiting.values())


def earlier_only(finding: Finding) -> Finding:
    """A finding that the earlier version has alone, as it is told."""
    severity = min(finding.severity, Severity.WARNING, key=lambda bad: bad.value)
    return replace(finding, severity=severity,
                   message=f"{finding.message} ({EARLIER.name} only)")
