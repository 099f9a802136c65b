# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/device.h>: the types of emulated devices, and what is known of each."""

from __future__ import annotations

import ctypes
from typing import ClassVar, Self

from ._library import function
from ._values import Enumeration, Uint64, enumeration, written
from ._model import Model
from .arch import Arch


@enumeration("axvm_device_bus")
class DeviceBus(Enumeration):
    """Where a device is addressed."""

    NONE: ClassVar["DeviceBus"]
    MEMORY: ClassVar["DeviceBus"]
    PORT: ClassVar["DeviceBus"]


@enumeration("axvm_emulated_device_type", gaps=True)
class EmulatedDeviceType(Enumeration):
    """What a device that the hypervisor emulates is."""

    DUMMY: ClassVar["EmulatedDeviceType"]
    INTERRUPT_CONTROLLER: ClassVar["EmulatedDeviceType"]
    CONSOLE: ClassVar["EmulatedDeviceType"]
    FW_CFG: ClassVar["EmulatedDeviceType"]
    IVC_CHANNEL: ClassVar["EmulatedDeviceType"]
    GPPT_REDISTRIBUTOR: ClassVar["EmulatedDeviceType"]
    GPPT_DISTRIBUTOR: ClassVar["EmulatedDeviceType"]
    GPPT_ITS: ClassVar["EmulatedDeviceType"]
    X86_IO_APIC: ClassVar["EmulatedDeviceType"]
    X86_PIT: ClassVar["EmulatedDeviceType"]
    LOONGARCH_PCH_PIC: ClassVar["EmulatedDeviceType"]
    PPPT_GLOBAL: ClassVar["EmulatedDeviceType"]
    VIRTIO_BLK: ClassVar["EmulatedDeviceType"]
    VIRTIO_NET: ClassVar["EmulatedDeviceType"]
    VIRTIO_CONSOLE: ClassVar["EmulatedDeviceType"]

    @classmethod
    def all(cls) -> tuple[Self, ...]:
        """The types of the model's version 0.5, ascending."""
        return cls.all_in(Model.V0_5)

    @classmethod
    def all_in(cls, model: Model) -> tuple[Self, ...]:
        """The types of a version of the model, ascending."""
        count = ctypes.c_size_t()
        types = _all_in(model, ctypes.byref(count))
        return tuple(cls(types[i]) for i in range(count.value))

    @classmethod
    def try_from_usize_in(cls, model: Model, value: int) -> Self | None:
        """The type of that number in a version of the model; None where it has none."""
        return written(cls(), _try_from_usize_in, model, value)

    def describe(self) -> str:
        """What it is, for people; "unknown device" for an unknown value."""
        return _describe(self).decode()

    def removable(self) -> bool:
        """Whether the device can be taken from a running guest."""
        return _removable(self)

    def bus(self) -> DeviceBus:
        """Where devices of the type are addressed."""
        return _bus(self)

    def supports(self, arch: Arch) -> bool:
        """Whether the hypervisor implements the type on that architecture."""
        return _supports(self, arch)

    def config_names(self) -> tuple[str, ...]:
        """What the members are that cfg_list needs."""
        return tuple(_config_name(self, i).decode() for i in range(_config_count(self)))

    @staticmethod
    def old_name(number: int) -> str:
        """What a number meant before July 2025; "unknown" for one that meant nothing."""
        return _old_name(number).decode()


_all_in = function("axvm_emulated_device_type_all_in", ctypes.POINTER(EmulatedDeviceType), Model,
                   ctypes.POINTER(ctypes.c_size_t))
_try_from_usize_in = function(
    "axvm_emulated_device_type_try_from_usize_in", ctypes.c_bool, Model, Uint64,
    ctypes.POINTER(EmulatedDeviceType))
_describe = function(
    "axvm_emulated_device_type_describe", ctypes.c_char_p, EmulatedDeviceType)
_removable = function("axvm_emulated_device_type_removable", ctypes.c_bool, EmulatedDeviceType)
_bus = function("axvm_emulated_device_type_bus", DeviceBus, EmulatedDeviceType)
_supports = function(
    "axvm_emulated_device_type_supports", ctypes.c_bool, EmulatedDeviceType, Arch)
_config_count = function(
    "axvm_emulated_device_type_config_count", ctypes.c_size_t, EmulatedDeviceType)
_config_name = function("axvm_emulated_device_type_config_name", ctypes.c_char_p,
                        EmulatedDeviceType, ctypes.c_size_t)
_old_name = function("axvm_emulated_device_type_old_name", ctypes.c_char_p, Uint64)
