# SPDX-License-Identifier: Apache-2.0
"""The findings of several versions of the hypervisor's types, each reported once."""

from collections.abc import Hashable, Mapping, Sequence

from axvm_types import Model, Severity
from ..schema.releases import spans_text

Severities = dict[Model, Severity]


class Join:
    """Joins equal findings of several versions; uses little memory, however many there are.

    First, expect() announces the findings of all versions but the newest. Then joined() is asked
    for each finding of each version, from the newest to the oldest: an equal one of an older
    version is joined to it, and is not reported again for that version.
    """

    def __init__(self, models: Sequence[Model]) -> None:
        self._models = sorted(models)
        # By version and what the finding is: the severities of those that wait for an equal one.
        self._waiting: dict[Model, dict[Hashable, bytes]] = {
            model: {} for model in self._models[:-1]}

    def expect(self, model: Model, what: Hashable, severity: Severity) -> None:
        """Announce a finding of a version."""
        waiting = self._waiting[model]
        waiting[what] = waiting.get(what, b"") + bytes([severity.value])

    def has_rest(self, model: Model) -> bool:
        """Whether findings of a version are left that no newer one has."""
        return any(self._waiting[model].values())

    def joined(self, model: Model, what: Hashable, severity: Severity) -> Severities | None:
        """How severe a finding of a version is, by version; None if a newer one has it as well."""
        if model in self._waiting and self._take(model, what) is None:
            return None
        severities = {older: self._take(older, what) for older in self._models if older < model}
        return {older: taken for older, taken in severities.items() if taken} | {model: severity}

    def _take(self, model: Model, what: Hashable) -> Severity | None:
        waiting = self._waiting[model].get(what)
        if not waiting:
            return None
        self._waiting[model][what] = waiting[1:]
        return Severity(waiting[0])


def reported(severities: Mapping[Model, Severity], models: Sequence[Model]) -> Severity:
    """How severe a finding is, all in all, where these versions were checked.

    The newest of them decides. What it does not find is a warning at most.
    """
    newest = max(models)
    return severities[newest] if newest in severities else min(
        severities[max(severities)], Severity.WARNING)


def remark(severities: Mapping[Model, Severity], models: Sequence[Model]) -> str:
    """What to add to the text of a finding where these versions do not agree on it."""
    parts = []
    if len(severities) < len(models):
        parts.append(f"{spans_text(severities)} only")
    newest = severities[max(severities)]
    for severity in sorted(set(severities.values()) - {newest}):
        others = [model for model, other in severities.items() if other == severity]
        parts.append(f"{spans_text(others)}: {severity.name}")
    return f" (Axvisor {'; '.join(parts)})" if parts else ""
