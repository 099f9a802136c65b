# SPDX-License-Identifier: Apache-2.0
"""Which fixes of the files of a machine are made: those after which nothing worse is found."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable

from axvm_types import Severity
from ..findings import Finding, Fix
from .edits import fixed
from .files import Texts

# What is found in files with these texts.
Find = Callable[[Texts], list[Finding]]

# How often the files are checked at most, with half of the fixes each time if all of them together
# do harm that is not where one of them is.
_CHECKS = 100


class Fixer:
    """Makes the fixes of files that are checked together, as a fix in one may show in another.

    TEXTS are those with the fixes; MADE is how many there are, by file, and LEFT how many others
    were not made.
    """

    def __init__(self, texts: Texts, find: Find) -> None:
        self.texts = dict(texts)
        self.made: Counter[str] = Counter()
        self.left = 0
        self._find = find
        self._checks = _CHECKS

    def run(self) -> None:
        """Make fixes until none is left that can be made: another run would make no other one."""
        before, self._found = dict(self.texts), self._find(self.texts)
        wanted = _unambiguous(self._found)
        while wanted:
            made = self.made.total()
            self._make(wanted)
            if self.made.total() == made:
                break
            wanted = _unambiguous(self._found)
        self.left = len(wanted)
        if self._checks < 0:
            # Not all of them were tried, so another run might make more.
            self.texts, self.left = before, self.left + self.made.total()
            self.made.clear()

    def _make(self, findings: list[Finding]) -> None:
        """Make the fixes of these findings, all or those that are good."""
        harm = self._try(findings)
        if harm is None or len(findings) == 1:
            return
        good = [finding for finding in findings if finding.fix and _target(finding.fix) not in harm]
        if len(good) == len(findings):
            # Any of them may be why something is found elsewhere.
            half = len(findings) // 2
            self._make(findings[:half])
            self._make(findings[half:])
        elif good:
            self._make(good)

    def _try(self, findings: list[Finding]) -> set[Hashable] | None:
        """Make all fixes of these findings; or none, and the result is where that would do harm."""
        self._checks -= 1
        if self._checks < 0:
            return set()
        texts = dict(self.texts)
        for file in {finding.file for finding in findings}:
            text = fixed(texts[file], [finding.fix for finding in findings
                                       if finding.fix and finding.file == file])
            if text is None:
                return set()
            texts[file] = text
        found = self._find(texts)
        known = set(map(_what, self._found))
        harm = _harmful(self._found, found, findings)
        if harm or not _are_gone(self._found, found, findings):
            return {(one.file, one.a.path) for one in harm
                    if one.a and one.a.file and _what(one) not in known}
        self.texts, self._found = texts, found
        self.made.update(finding.file for finding in findings)
        return None


def _unambiguous(findings: Collection[Finding]) -> list[Finding]:
    """Those that have a fix, which no other one contradicts: of two keys with one new name, none is
    the right one."""
    targets = Counter(map(_target, filter(None, (finding.fix for finding in findings))))
    return [finding for finding in findings if finding.fix and targets[_target(finding.fix)] == 1]


def _target(fix: Fix) -> Hashable:
    """What is there after a fix."""
    path = fix.owner.path
    return fix.owner.file, path if fix.name is None else (*path[:-1], fix.name)


def _are_gone(before: Collection[Finding], after: Collection[Finding],
              fixes: Collection[Finding]) -> bool:
    """Whether what was fixed is found no more."""
    allowed = Counter(map(_what, before))
    allowed.subtract(map(_what, fixes))
    left = Counter(map(_what, after))
    return all(left[what] <= allowed[what] for what in map(_what, fixes))


def _harmful(before: Collection[Finding], after: Collection[Finding],
             fixes: Collection[Finding]) -> list[Finding]:
    """What is new or worse, as severe as what was fixed, and has no fix of its own.

    A key that has its right name again is read, so something milder may be found of its value.
    """
    limit = min(finding.severity for finding in fixes)
    known, worst = Counter(map(_what, before)), _worst(before)
    severe = [finding for finding in after if not finding.severity < limit and not finding.fix]
    found = Counter(map(_what, severe))
    return [finding for finding in severe if found[_what(finding)] > known[_what(finding)]
            or worst.get(_what(finding), finding.severity) < finding.severity]


def _worst(findings: Collection[Finding]) -> dict[Hashable, Severity]:
    worst: dict[Hashable, Severity] = {}
    for finding in findings:
        what = _what(finding)
        worst[what] = max(worst.get(what, finding.severity), finding.severity)
    return worst


def _what(finding: Finding) -> Hashable:
    """What a finding is about, apart from words, lines and columns, which a fix may change."""
    owners = tuple((owner.file, owner.table, owner.index, owner.index is None and owner.name,
                    owner.member) for owner in (finding.a, finding.b) if owner)
    return finding.code, finding.file, owners or finding.message
