# SPDX-License-Identifier: Apache-2.0
"""Fixes files, or shows what that would change."""

import sys
from collections.abc import Mapping

from ..diff import diff
from ..output import replace_file, unwritten
from ..streams import complain
from ..text import printable
from .files import File
from .fixer import Find, Fixer

# A file that could not be written.
_TROUBLE = 2


class Fixing:
    """What is done by --fix, or with IS_DIFF by --diff, for the machines of a run one by one."""

    def __init__(self, is_diff: bool) -> None:
        self._is_diff = is_diff
        self._made = 0
        self._left = 0
        self._has_failed = False

    def machine(self, files: Mapping[str, File], find: Find) -> dict[str, str]:
        """Fix the files of a machine; the new texts of those that have fixes."""
        fixer = Fixer({file: each.text for file, each in files.items()}, find)
        fixer.run()
        self._left += fixer.left
        changed = {}
        for file, made in fixer.made.items():
            mark, text = files[file].mark, fixer.texts[file]
            if self._done(file, mark + files[file].text, mark + text):
                self._made += made
                changed[file] = text
        return changed

    def _done(self, file: str, old: str, new: str) -> bool:
        if self._is_diff:
            sys.stdout.buffer.write(diff(file, old, new))
            return True
        reason = unwritten(lambda: replace_file(file, old, new))
        if reason:
            complain(f"axvm-lint: {printable(file)}: {reason}")
            self._has_failed = True
        return not reason

    @property
    def text(self) -> str:
        """How many fixes there are, for people."""
        made = "1 fix" if self._made == 1 else f"{self._made} fixes"
        left = f" ({self._left} not made, as others would be found then)" if self._left else ""
        return f"{made}{' to make' if self._is_diff else ''}{left}"

    @property
    def status(self) -> int:
        """The exit status that the fixes ask for."""
        if self._has_failed:
            return _TROUBLE
        return 1 if self._is_diff and self._made else 0
