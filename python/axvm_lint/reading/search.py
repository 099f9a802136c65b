# SPDX-License-Identifier: Apache-2.0
"""The VM files that the arguments mean: files, folders and patterns.

A file that is only found is read where that is harmless, as one that a configuration names. A folder
that is a symbolic link is not gone into, so that no way leads in a circle.
"""

import os
import re
from typing import TYPE_CHECKING

from ..patterns import pattern as compiled
from ..text import printable
from .file_format import is_vm
from .opening import NotLookedAt, open_beside
from .toml_file import STANDARD_INPUT, Loaded, Unreadable, load_exactly, load_opened

if TYPE_CHECKING:
    from .globs import State

# The file that says how others are checked; it has tables of such names.
CONFIGURATION = "axvm-lint.toml"

# What shows that a file that is not TOML was to be a VM.
_HEADER = compiled(r"^[ \t]*\[[ \t]*(?:base|kernel|devices)[ \t]*\]", re.MULTILINE)
# What shows that a name is a pattern; and the one of all that may be a VM file.
_MAGIC = compiled(r"[*?]|\[[^]]+]")
_ALL = "**/*.toml"


class Search:
    """The files that the arguments mean, and what was read of those that were found."""

    def __init__(self, stdin_name: str | None) -> None:
        self.files: list[str] = []
        # Why there may be more, each fit for a terminal.
        self.problems: list[str] = []
        self._loaded: dict[str, Loaded | Unreadable] = {}
        # Found ones that are known already, in an editor or by name.
        self._known = {os.path.realpath(stdin_name)} if stdin_name else set()

    def add(self, arguments: list[str]) -> None:
        """Find the files of these arguments."""
        named = {argument for argument in arguments
                 if argument != STANDARD_INPUT and not os.path.isdir(argument)}
        if any(argument not in named or _MAGIC.search(argument) for argument in arguments):
            self._known |= {os.path.realpath(name) for name in named if os.path.lexists(name)}
        for argument in arguments:
            if argument not in named and argument != STANDARD_INPUT:
                self._add_folder(argument)
            elif _MAGIC.search(argument) and not os.path.lexists(argument):
                self._add_matches(argument)
            else:
                self.files.append(argument)

    def load(self, file: str) -> Loaded:
        """What a file has; Unreadable where it has none."""
        loaded = self._loaded.pop(file, None)
        if isinstance(loaded, Unreadable):
            raise loaded
        return loaded or load_exactly(file)

    def _add_folder(self, folder: str) -> None:
        self._add_found(self._inside("" if folder in (".", "./") else folder, _ALL),
                        f"{printable(folder)}: no VM file is in this folder")

    def _add_matches(self, pattern: str) -> None:
        """The VM files of a pattern, and those in the folders of it."""
        parts = pattern.split("/")
        first = next(index for index, part in enumerate(parts) if _MAGIC.search(part))
        paths: list[str] = []
        folder = None
        for path in self._inside("".join(f"{part}/" for part in parts[:first]),
                                 "/".join(parts[first:]), True):
            if folder is not None and path.startswith(folder):
                continue
            if os.path.isdir(path):
                folder = os.path.join(path, "")
                paths += self._inside(path, _ALL)
            else:
                paths.append(path)
        self._add_found(paths, f"{printable(pattern)}: no VM file matches this pattern")

    def _add_found(self, paths: list[str], problem: str) -> None:
        """A file that has several names goes by one without a symbolic link."""
        found = [path for path in paths if path.endswith(".toml")
                 and os.path.basename(path) != CONFIGURATION and self._is_vm(path)]
        if not found:
            self.problems.append(problem)
        fresh: dict[str, str] = {}
        for path in sorted(found, key=_linked):
            fresh.setdefault(os.path.realpath(path), path)
        self.files += sorted((path for real, path in fresh.items() if real not in self._known),
                             key=_parts)
        self._known |= fresh.keys()

    def _inside(self, top: str, pattern: str, with_folders: bool = False) -> list[str]:
        """The paths below a folder that a pattern matches, sorted."""
        # Most runs search nothing.
        from .globs import Glob
        glob = Glob(pattern)
        found = []
        folders: list[tuple[str, State]] = [(top, glob.start)]
        while folders:
            folder, state = folders.pop()
            try:
                with os.scandir(folder or ".") as entries:
                    inside = [*entries]
            except OSError as err:
                self.problems.append(f"{printable(folder)}: cannot be read: {err.strerror}")
                continue
            for entry in inside:
                after = glob.after(state, entry.name, entry.is_symlink())
                path = os.path.join(folder, entry.name)
                is_folder = _is_folder(entry)
                if glob.is_match(after) and (with_folders or not is_folder):
                    found.append(path)
                if is_folder and glob.goes_on(after):
                    folders.append((path, after))
        return sorted(found, key=_parts)

    def _is_vm(self, path: str) -> bool:
        """Whether a found file is one of a VM, or looks like one that is damaged."""
        try:
            with open_beside("", path) as file:
                loaded = load_opened(file)
        except NotLookedAt:
            return False
        except OSError as err:
            if os.path.islink(path) and not os.path.exists(path):
                # It leads nowhere, or in a circle.
                return False
            self._loaded[path] = Unreadable(f"cannot be read: {err.strerror}",
                                            "Allow to read it, or take it out of the folder.")
            return True
        except Unreadable as err:
            self._loaded[path] = err
            return _HEADER.search(err.text) is not None
        if not is_vm(loaded[2]):
            return False
        self._loaded[path] = loaded
        return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is one, or a link to one; a link that leads in a circle is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _linked(path: str) -> tuple[bool, bool]:
    """Whether a path is a link, or leads through one."""
    return os.path.islink(path), os.path.realpath(path) != os.path.abspath(path)


def _parts(path: str) -> list[str]:
    return path.split("/")
