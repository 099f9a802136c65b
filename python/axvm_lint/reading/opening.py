# SPDX-License-Identifier: Apache-2.0
"""Opens the files that a configuration names.

Whoever wrote it chose these names, so that they may be of anything: to open a named pipe releases
the writer who waits at it, and to open a device may start something. What a name leads to is first
found without opening it, and only a regular file is opened then, by its descriptor: its name may
be another file's by that time.
"""

import errno
import os
import stat
from typing import BinaryIO

# Of a name only its place: nothing is opened. A descriptor of Python's is closed in children.
_PLACE = os.O_PATH | os.O_NOFOLLOW
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

# As many as the kernel follows, and as long a path as it takes.
_MOST_LINKS = 40
_LONGEST = 4095

_KINDS = {stat.S_IFDIR: "a directory", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket",
          stat.S_IFCHR: "a device", stat.S_IFBLK: "a device", stat.S_IFLNK: "a symbolic link"}


class NotLookedAt(Exception):
    """Why a file that may be there is not looked at."""


def open_beside(folder: str, path: str) -> BinaryIO:
    """A file by its path from a folder; OSError where it cannot be read."""
    return _open(os.open(os.path.join(os.fsencode(folder), _encoded(path)),
                         os.O_PATH))


def open_under(root: str, path: str) -> BinaryIO:
    """A file by its path in the file system that is under ROOT; OSError where it cannot be read.

    Nothing outside of ROOT is looked at: neither `..` nor a symbolic link leads there. The target
    of an absolute link is one of that file system, too.
    """
    folders = [os.open(os.fsencode(root), os.O_PATH | os.O_DIRECTORY)]
    try:
        return _open(os.dup(_walk(folders, _encoded(path))))
    finally:
        for folder in folders:
            os.close(folder)


def _walk(folders: list[int], path: bytes) -> int:
    """The place that a path leads to, name by name; FOLDERS are those on the way there."""
    names, links = path.split(b"/")[::-1], 0
    # While the target of an absolute link is followed, how many names come after it.
    after: int | None = None
    while names:
        name = names.pop()
        if after is not None and len(names) < after:
            after = None
        if name in (b"", b"."):
            continue
        if name == b"..":
            if len(folders) == 1:
                raise NotLookedAt("it is outside of --root")
            os.close(folders.pop())
            continue
        try:
            folders.append(os.open(name, _PLACE, dir_fd=folders[-1]))
        except FileNotFoundError:
            # What it names may be there outside.
            if after is not None:
                raise NotLookedAt("a symbolic link leads out of --root") from None
            raise
        if not stat.S_ISLNK(os.fstat(folders[-1]).st_mode):
            continue
        links += 1
        if links > _MOST_LINKS:
            raise _error(errno.ELOOP)
        target = os.readlink(b"", dir_fd=folders[-1])
        os.close(folders.pop())
        if target.startswith(b"/"):
            after = len(names)
            while len(folders) > 1:
                os.close(folders.pop())
        names += target.split(b"/")[::-1]
    return folders[-1]


def _open(place: int) -> BinaryIO:
    """The regular file at a place, which is closed."""
    try:
        mode = os.fstat(place).st_mode
        if not stat.S_ISREG(mode):
            raise NotLookedAt(f"it is {_KINDS.get(stat.S_IFMT(mode), 'something')}, "
                              "not a regular file")
        if not os.path.exists("/proc/self/fd"):
            raise NotLookedAt("/proc is not mounted")
        return open(os.open(f"/proc/self/fd/{place}", _READ), "rb", buffering=0)
    finally:
        os.close(place)


def _encoded(path: str) -> bytes:
    """A path as TOML has it, whatever the locale encodes names in."""
    encoded = path.encode(errors="surrogateescape")
    if b"\0" in encoded:
        raise _error(errno.EINVAL)
    if len(encoded) > _LONGEST:
        raise _error(errno.ENAMETOOLONG)
    return encoded


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
