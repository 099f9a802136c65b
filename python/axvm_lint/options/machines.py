# SPDX-License-Identifier: Apache-2.0
"""Which files are checked together, and what is known of their machine."""

import argparse
import os
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ..output import Identity
from ..reading.search import CONFIGURATION
from ..reading.toml_file import STANDARD_INPUT
from .settings import Said, Settings, WrongUse, said_by, settled
from .table import KEYS

if TYPE_CHECKING:
    from .configuration import Configuration


class Machine:
    """The files that are checked together, and what is known of their machine."""

    def __init__(self, settings: Settings, *files: str) -> None:
        self.settings = settings
        self.files = [*files]


class Machines:
    """The machines of these files: those of configuration files, and one of all other files.

    BadConfiguration where a configuration file is wrong, WrongUse where what it says does not go
    with the command line.
    """

    def __init__(self, options: argparse.Namespace, files: list[str]) -> None:
        self._options = options
        self.count = len(files)
        self._command_line = said_by(options)
        self._forgotten = {KEYS[key].dest for key in options.forgotten}
        # By folder, that of the files in it.
        self._found: dict[str, "Configuration | None"] = {}
        self._machines: dict[tuple[str, ...], Machine] = {}
        for file in files:
            for machine in self._machines_of(file):
                machine.files.append(file)

    @property
    def all(self) -> list[Machine]:
        """With --separate, each file is of a machine of its own."""
        if not self._options.separate:
            return [*self._machines.values()]
        return [Machine(machine.settings, file) for machine in self._machines.values()
                for file in machine.files]

    @property
    def inputs(self) -> set[Identity]:
        """Which configuration files were read."""
        return {known.identity for known in self._found.values() if known and known.identity}

    @cached_property
    def settings(self) -> dict[str, Settings]:
        """What is known of the machine of each file, of several the first."""
        known: dict[str, Settings] = {}
        for machine in self._machines.values():
            for file in machine.files:
                known.setdefault(file, machine.settings)
        return known

    def _machines_of(self, file: str) -> Iterator[Machine]:
        name = self._options.stdin_filename if file == STANDARD_INPUT else file
        known = self._configuration(name or "")
        if known is None:
            yield self._machine(None, ())
            return
        indexes = known.machines_of(name) if name else []
        for index in indexes:
            yield self._machine(known, (known.machines[index].said,), str(index))
        if not indexes:
            yield self._machine(known, ())

    def _machine(self, known: "Configuration | None", said: tuple[Said, ...], *key: str) -> Machine:
        key = (known.folder, *key) if known else ()
        machine = self._machines.get(key)
        if machine is None:
            sources = [{dest: value for dest, value in source.items() if dest not in self._forgotten}
                       for source in ((known.said, *said) if known else ())]
            try:
                machine = Machine(settled([*sources, self._command_line]))
            except WrongUse as err:
                raise WrongUse(f"{err} (with what a configuration file says)" if sources else
                               str(err)) from None
            self._machines[key] = machine
        return machine

    def _configuration(self, name: str) -> "Configuration | None":
        """The configuration for a file, or for what has no name, in the working directory."""
        if self._options.no_config:
            return None
        if self._options.config is not None:
            if "" not in self._found:
                self._found[""] = _read(self._options.config)
            return self._found[""]
        try:
            folder = os.path.dirname(os.path.abspath(name)) if name else os.getcwd()
        except FileNotFoundError:
            # The working directory was removed.
            return None
        passed = []
        while folder not in self._found:
            passed.append(folder)
            known, above = _found(folder), os.path.dirname(folder)
            if known or above == folder:
                self._found[folder] = known
                break
            folder = above
        for each in passed:
            self._found[each] = self._found[folder]
        return self._found[folder]


def _found(folder: str) -> "Configuration | None":
    """The configuration in a folder; None where there is none."""
    path = os.path.join(folder, CONFIGURATION)
    return _read(path) if os.path.lexists(path) else None


def _read(path: str) -> "Configuration":
    # Most runs have none.
    from .configuration import read
    return read(path)
