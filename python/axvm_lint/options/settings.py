# SPDX-License-Identifier: Apache-2.0
"""What is known of one machine, and which findings count there."""

import argparse
from dataclasses import dataclass, fields

from axvm_types import Arch, FindingCode, Hpa, HpaRange, LayoutLimits, Model, VcpuSet
from ..board.tree import TREE_ARCHES, Tree
from ..schema.releases import Release, model_of

_LAST = (1 << 64) - 1


class WrongUse(Exception):
    """Why the options do not go together."""


@dataclass(frozen=True)
class Settings:
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

    def __post_init__(self) -> None:
        if self.host_dtb is not None and self.arch and self.arch not in TREE_ARCHES:
            raise WrongUse(f"--host-dtb is of no use for {self.arch.name}: the hypervisor reads no "
                           "device tree there")

    @property
    def models(self) -> tuple[Model, ...]:
        """The versions that are asked for; none leaves it to the files."""
        return self.model if self.axvisor is None else (model_of(self.axvisor),)

    def limits(self, model: Model, tree: Tree | None, arch: Arch | None = None) -> LayoutLimits:
        """What is known of the machine, by its device tree too, if it runs that version.

        ARCH is its architecture where that is known otherwise.
        """
        memory = [HpaRange(Hpa(start), Hpa(min(end, _LAST))) for start, end in tree.memory
                  ] if tree else []
        return LayoutLimits(self.hypervisor, memory,
                            arch=arch or self.arch or tree and tree.arch or Arch(),
                            gpa_bits=self.gpa_bits or 0,
                            host_cpus=self.host_cpus or VcpuSet(), model=model)


def of_options(options: argparse.Namespace) -> Settings:
    """The settings that are on the command line."""
    asked = {field.name: getattr(options, field.name) for field in fields(Settings)}
    return Settings(**{name: tuple(value) if isinstance(value, list) else value
                       for name, value in asked.items() if value is not None})
