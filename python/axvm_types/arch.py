# SPDX-License-Identifier: Apache-2.0
"""Mirror of <axvm/arch.h>: the architectures that the hypervisor runs on."""

from __future__ import annotations

from typing import ClassVar

from ._values import Enumeration, enumeration


@enumeration("axvm_arch")
class Arch(Enumeration):
    """An architecture; 0 means one that is not known."""

    AARCH64: ClassVar["Arch"]
    RISCV64: ClassVar["Arch"]
    X86_64: ClassVar["Arch"]
    LOONGARCH64: ClassVar["Arch"]
