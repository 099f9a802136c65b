# SPDX-License-Identifier: Apache-2.0
"""The standard streams: a message goes to standard error or nowhere, never into another file."""

import contextlib
import os
import sys
from typing import TextIO

# Of what is not a terminal.
_COLUMNS = 80


def prepare() -> None:
    """Take care of streams that are closed; before any file is opened."""
    # A file would get the number of a closed stream, and then what is written to that.
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    # print() and argparse would take standard output in its place.
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")


def terminal_width() -> int:
    """The columns of the terminal that standard output is, or as COLUMNS says."""
    with contextlib.suppress(ValueError):
        columns = int(os.environ.get("COLUMNS", 0))
        if columns > 0:
            return columns
    with contextlib.suppress(OSError):
        return os.get_terminal_size(1).columns or _COLUMNS
    return _COLUMNS


def complain(message: str) -> None:
    """Write a message to standard error. If this fails, nothing changes: it would not be read."""
    try:
        print(message, file=sys.stderr, flush=True)
    except OSError:
        discard(sys.stderr)


def aside() -> contextlib.AbstractContextManager[object]:
    """Let what is printed go to standard error, as standard output is for something else."""
    return contextlib.redirect_stdout(sys.stderr)


def discard(stream: TextIO) -> None:
    """Let what is left in a stream's buffer go nowhere: at its end the interpreter would try to
    write it once more, and change the exit status."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
