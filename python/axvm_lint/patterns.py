# SPDX-License-Identifier: Apache-2.0
"""Regular expressions that are compiled when they are first used.

Most files need few of them, and to compile one takes longer than to use it on a file.
"""

import re
from typing import Any, cast


class _Pattern:
    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._text, self._flags)
        # The next time it is found without this function.
        method = self.__dict__[name] = getattr(compiled, name)
        return method


def pattern(text: str, flags: int = 0) -> "re.Pattern[str]":
    """What re.compile() gives, but for its type."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
