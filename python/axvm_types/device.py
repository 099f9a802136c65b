# SPDX-License-Identifier: Apache-2.0
"""Mirror of <axvm/device.h>: the types of emulated devices."""

import ctypes
from typing import Self

from ._library import function
from ._values import Enumeration, enumeration


@enumeration("axvm_emulated_device_type")
class EmulatedDeviceType(Enumeration):
    """What a device that the hypervisor emulates is."""

    @classmethod
    def all(cls) -> tuple[Self, ...]:
        """The types that the library knows, ascending."""
        count = ctypes.c_size_t()
        # Not before its first call, by the decorator, is the class complete.
        types = function("axvm_emulated_device_type_all", ctypes.POINTER(cls),
                         ctypes.POINTER(ctypes.c_size_t))(ctypes.byref(count))
        return tuple(cls(types[i]) for i in range(count.value))

    def describe(self) -> str:
        """What it is, for people; "unknown device" for an unknown value."""
        return _describe(self).decode()

    def removable(self) -> bool:
        """Whether the device can be taken from a running guest."""
        return _removable(self)


_describe = function(
    "axvm_emulated_device_type_describe", ctypes.c_char_p, EmulatedDeviceType)
_removable = function("axvm_emulated_device_type_removable", ctypes.c_bool, EmulatedDeviceType)
