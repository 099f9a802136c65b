# SPDX-License-Identifier: Apache-2.0
"""Files that are to be fixed, as they were read."""

from collections.abc import Mapping
from dataclasses import dataclass

# The texts of files by their names.
Texts = Mapping[str, str]


@dataclass(frozen=True)
class File:
    """A file's text, and the byte order mark before that or nothing."""

    mark: str
    text: str
