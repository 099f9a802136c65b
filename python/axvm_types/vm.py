# SPDX-License-Identifier: Apache-2.0
"""Mirror of <axvm/vm.h>: the enumerations that describe a VM."""

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


@enumeration("axvm_address_space_policy")
class AddressSpacePolicy(Enumeration):
    """Whether a VM has an address space of its own."""


@enumeration("axvm_image_location")
class ImageLocation(Enumeration):
    """Where the hypervisor takes a VM's images from; 0 stands for one that is not known."""
