# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/vm.h>: the enumerations that describe a VM."""

from __future__ import annotations

from ctypes import c_int, c_uint64
from typing import ClassVar, Self

from ._values import BUFFER, Enumeration, Uint64, enumeration, fit, formatted
from ._library import function


@enumeration("axvm_vm_type")
class VmType(Enumeration):
    """What kind of guest a VM runs."""

    HOST: ClassVar["VmType"]
    RTOS: ClassVar["VmType"]
    LINUX: ClassVar["VmType"]

    @classmethod
    def from_usize(cls, value: int) -> Self:
        """The value of that number; the default for an unknown one, as the hypervisor does."""
        return _vm_type_from_usize(value)


_vm_type_from_usize = function("axvm_vm_type_from_usize", VmType, Uint64)


@enumeration("axvm_boot_protocol")
class BootProtocol(Enumeration):
    """How a VM is booted."""

    DIRECT: ClassVar["BootProtocol"]
    MULTIBOOT: ClassVar["BootProtocol"]
    UEFI: ClassVar["BootProtocol"]


@enumeration("axvm_interrupt_mode")
class InterruptMode(Enumeration):
    """How a VM gets its interrupts."""

    NO_IRQ: ClassVar["InterruptMode"]
    EMU: ClassVar["InterruptMode"]
    PASSTHROUGH: ClassVar["InterruptMode"]


@enumeration("axvm_address_space_policy")
class AddressSpacePolicy(Enumeration):
    """Whether a VM has an address space of its own."""

    VIRTUALIZED: ClassVar["AddressSpacePolicy"]
    PASSTHROUGH: ClassVar["AddressSpacePolicy"]


@enumeration("axvm_guest_type")
class GuestType(Enumeration):
    """Whether a guest has the host's devices and addresses."""

    VIRTUALIZED: ClassVar["GuestType"]
    PASSTHROUGH: ClassVar["GuestType"]


@enumeration("axvm_image_location")
class ImageLocation(Enumeration):
    """Where the hypervisor takes a VM's images from; 0 means one that is not known."""

    FS: ClassVar["ImageLocation"]
    MEMORY: ClassVar["ImageLocation"]


@enumeration("axvm_vcpu_state")
class VcpuState(Enumeration):
    """What a vCPU is about."""

    INVALID: ClassVar["VcpuState"]
    CREATED: ClassVar["VcpuState"]
    FREE: ClassVar["VcpuState"]
    READY: ClassVar["VcpuState"]
    RUNNING: ClassVar["VcpuState"]
    BLOCKED: ClassVar["VcpuState"]
    STARTING: ClassVar["VcpuState"]


@enumeration("axvm_interrupt_trigger_mode")
class InterruptTriggerMode(Enumeration):
    """How an interrupt line asks."""

    EDGE_TRIGGERED: ClassVar["InterruptTriggerMode"]
    LEVEL_TRIGGERED: ClassVar["InterruptTriggerMode"]


class IrqLineId(int):
    """The number of an interrupt line of a VM."""

    def __new__(cls, number: int = 0) -> Self:
        return super().__new__(cls, fit(number, c_uint64))

    def format(self) -> str:
        return formatted(_irq_line_id_format, self)

    __str__ = __repr__ = format


_irq_line_id_format = function("axvm_irq_line_id_format", c_int, Uint64, *BUFFER)
