# SPDX-License-Identifier: Apache-2.0
"""Patterns of file names, as a shell has them: ** matches folders, also for none.

A pattern is matched name by name, with all its parts at once that may be next: the time is that of
the names times the parts, whatever the pattern. A name that begins with a dot is matched only by a
part that does.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase

_ANY = "**"

# The parts of a pattern that may be next, by their index.
State = frozenset[int]


class Glob:
    """A pattern, relative to some folder."""

    def __init__(self, text: str) -> None:
        self._parts = [part for part in text.split("/") if part not in ("", ".")]
        self.start = self._closed([0])

    def matches(self, names: Iterable[str]) -> bool:
        """Whether it matches a path of these names."""
        state = self.start
        for name in names:
            state = self.after(state, name)
        return self.is_match(state)

    def after(self, state: State, name: str, is_link: bool = False) -> State:
        """The parts that may come after a name; ** does not go through a link."""
        ahead = []
        for index in state:
            part = self._parts[index] if index < len(self._parts) else ""
            if name.startswith(".") and not part.startswith("."):
                continue
            if part == _ANY:
                ahead += [] if is_link else [index]
            elif fnmatchcase(name, part):
                ahead.append(index + 1)
        return self._closed(ahead)

    def is_match(self, state: State) -> bool:
        return len(self._parts) in state

    def goes_on(self, state: State) -> bool:
        """Whether something further down may match."""
        return any(index < len(self._parts) for index in state)

    def _closed(self, state: list[int]) -> State:
        """Also what comes after a ** that matches no folder."""
        closed = set()
        for index in state:
            closed.add(index)
            while index < len(self._parts) and self._parts[index] == _ANY:
                index += 1
                closed.add(index)
        return frozenset(closed)
