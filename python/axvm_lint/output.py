# SPDX-License-Identifier: Apache-2.0
"""Writes files: either all of a file is written, or what was there before stays."""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Collection, Iterable

# What makes two names those of one file: its device and its number there.
Identity = tuple[int, int]


class Refused(Exception):
    """Why a file is not written, although that may be possible."""


def identity(status: os.stat_result) -> Identity | None:
    """Which file it is; None for what is not a regular file, and so is not replaced."""
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def identities(files: Iterable[str | int]) -> set[Identity]:
    """Which files these names and descriptors are of; some may be of none."""
    found = set()
    for file in files:
        with contextlib.suppress(OSError):
            which = identity(os.stat(file))
            if which:
                found.add(which)
    return found


def write_file(path: str, content: str | bytes, inputs: Collection[Identity]) -> None:
    """Write a text as UTF-8, or bytes, to a file, in the place of the one that is there.

    It is written beside that, then renamed: who reads meanwhile gets the old or the new one, and
    after an error the old one is there as it was. Mode and, where that is allowed, owner and group
    are those of the old one, which must be writable. A symbolic link stays, and the file that it
    leads to is replaced; other hard links keep the old one. What is no regular file, such as a pipe
    or a device, is written to as it is.

    Refused for one of the INPUTS, and for what standard output is redirected to. OSError where it
    cannot be written, also when that shows no earlier than on closing it.
    """
    data = content.encode() if isinstance(content, str) else content
    if not os.path.basename(path):
        raise _error(errno.EISDIR if path else errno.ENOENT)
    before = None
    with contextlib.suppress(FileNotFoundError):
        before = os.stat(path)
    if before and not identity(before):
        with open(path, "wb", buffering=0) as file:
            _write_all(file.fileno(), data)
        return
    if before:
        if identity(before) in inputs:
            raise Refused("it is an input of this run")
        if identity(before) in identities([1]):
            raise Refused("standard output is redirected to it")
        if not os.access(path, os.W_OK):
            raise _error(errno.EACCES)
    target = os.path.realpath(path)
    temporary = os.path.join(os.path.dirname(target), f".axvm-lint-{os.urandom(8).hex()}")
    number = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC,
                     0o600 if before else 0o666)
    try:
        try:
            if before:
                _keep(number, before)
            _write_all(number, data)
        finally:
            os.close(number)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def replace_file(path: str, old: str, new: str) -> None:
    """Write a text in the place of another one that was read, as write_file().

    Refused for what is no regular file, and where another text is there by now.
    """
    if not identities([path]):
        raise Refused("it is not a regular file")
    with open(path, "rb") as file:
        data = file.read()
    if data == new.encode():
        # Under another name it was replaced already.
        return
    if data != old.encode():
        raise Refused("it was changed after it was read")
    write_file(path, new, ())


def unwritten(write: Callable[[], None]) -> str:
    """Write a file; the reason why that fails or is refused, "" where it is done."""
    try:
        write()
        return ""
    except OSError as err:
        return f"cannot be written: {err.strerror}"
    except Refused as err:
        return f"is not written: {err}"


def _write_all(number: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(number, rest):]


def _keep(number: int, before: os.stat_result) -> None:
    """Give a new file the owner, group and mode of the one that it replaces, as far as may be."""
    for owner, group in ((-1, before.st_gid), (before.st_uid, -1)):
        with contextlib.suppress(PermissionError):
            os.fchown(number, owner, group)
    os.fchmod(number, before.st_mode & 0o777)


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
