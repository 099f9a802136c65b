# SPDX-License-Identifier: Apache-2.0
"""What is known of one machine, and which findings count there."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from axvm_types import (Arch, FindingCode, Hpa, HpaRange, LayoutLimits, Model, Severity,
                        VcpuSet)
from ..reporting.rules import Rules
from ..schema.releases import Release, model_of
from .table import KEYS

if TYPE_CHECKING:
    from ..board.tree import Tree

_LAST = (1 << 64) - 1


class WrongUse(Exception):
    """Why the options do not go together."""


class BadConfiguration(Exception):
    """What is wrong with a configuration file: its name, the place, the key, the value, the reason."""


class Settings(NamedTuple):
    """Those of the options that may be of one machine among several; each is named as there."""

    arch: Arch | None = None
    axvisor: Release | None = None
    # That of --model; none leaves it to the files.
    model: tuple[Model, ...] = ()
    gpa_bits: int | None = None
    host_cpus: VcpuSet | None = None
    hypervisor: tuple[HpaRange, ...] = ()
    host_dtb: str | None = None
    root: str | None = None
    disable: tuple[FindingCode, ...] = ()
    # Of those of one code the last one counts.
    severity: tuple[tuple[FindingCode, Severity], ...] = ()

    @property
    def models(self) -> tuple[Model, ...]:
        """The versions that are asked for; none leaves it to the files."""
        return self.model if self.axvisor is None else (model_of(self.axvisor),)

    def rules(self, werror: bool) -> Rules:
        """Which findings count, and how severe they are."""
        return Rules(werror, frozenset(self.disable), dict(self.severity))

    def limits(self, model: Model, tree: "Tree | None", arch: Arch | None = None) -> LayoutLimits:
        """What is known of the machine, by its device tree too, if it runs that version.

        ARCH is its architecture where that is known otherwise.
        """
        memory = [HpaRange(Hpa(start), Hpa(min(end, _LAST))) for start, end in tree.memory
                  ] if tree else []
        return LayoutLimits(self.hypervisor, memory,
                            arch=arch or self.arch or tree and tree.arch or Arch(),
                            gpa_bits=self.gpa_bits or 0,
                            host_cpus=self.host_cpus or VcpuSet(), model=model)


# What one source says: the values of options, by their names in Python.
Said = dict[str, Any]


def said_by(options: argparse.Namespace) -> Said:
    """What the command line says."""
    asked = {option.dest: getattr(options, option.dest) for option in KEYS.values()}
    return {dest: tuple(value) if isinstance(value, list) else value
            for dest, value in asked.items() if value is not None}


def settled(sources: Iterable[Said]) -> Settings:
    """The settings of several sources, of which a later one goes first; WrongUse for a device tree
    where there is none."""
    merged: Said = {}
    for said in sources:
        if not said.keys().isdisjoint(_VERSION):
            merged = {dest: value for dest, value in merged.items() if dest not in _VERSION}
        for dest, value in said.items():
            merged[dest] = (*merged.get(dest, ()), *value) if dest in _ADDING else value
    settings = Settings(**merged)
    if settings.host_dtb is not None and settings.arch:
        from ..board.tree import TREE_ARCHES
        if settings.arch not in TREE_ARCHES:
            raise WrongUse(f"--host-dtb is of no use for {settings.arch.name}: the hypervisor reads "
                           "no device tree there")
    return settings


_VERSION = {option.dest for option in KEYS.values() if option.alternatives == "version"}
_ADDING = {option.dest for option in KEYS.values() if option.adds}
