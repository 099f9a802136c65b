# SPDX-License-Identifier: Apache-2.0
"""Mirror of <axvm/arch.h>: the architectures that the hypervisor runs on."""

from ._values import Enumeration, enumeration


@enumeration("axvm_arch")
class Arch(Enumeration):
    """An architecture; 0 stands for one that is not known."""
