# SPDX-License-Identifier: Apache-2.0
"""Mirror of <axvm/vm.h>: the type, boot protocol and interrupt mode of a VM."""

from typing import Self

from ._values import Enumeration, Uint64, enumeration
from ._library import function


@enumeration("axvm_vm_type")
class VmType(Enumeration):
    """What kind of guest a VM runs."""

    @classmethod
    def from_usize(cls, value: int) -> Self:
        """The value of that number; the default for an unknown one, as the hypervisor does."""
        return _vm_type_from_usize(value)


_vm_type_from_usize = function("axvm_vm_type_from_usize", VmType, Uint64)


@enumeration("axvm_boot_protocol")
class BootProtocol(Enumeration):
    """How a VM is booted."""


@enumeration("axvm_interrupt_mode")
class InterruptMode(Enumeration):
    """How a VM gets its interrupts."""
