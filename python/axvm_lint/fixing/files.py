# SPDX-License-Identifier: Apache-2.0
"""Files that are to be fixed, as they were read."""

from collections.abc import Mapping
from typing import NamedTuple

# The texts of files by their names.
Texts = Mapping[str, str]


class File(NamedTuple):
    """A file's text, and the byte order mark before that or nothing."""

    mark: str
    text: str
