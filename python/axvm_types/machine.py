# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/machine.h>: the devices that every guest has since 0.7.3."""

from ctypes import POINTER, byref, c_bool, c_char_p, c_size_t

from ._library import function
from ._model import Model
from ._values import Record, Uint64, texts, written
from .addresses import GpaRange
from .arch import Arch


@texts
class MachineDevice(Record):
    """A device of the machine."""

    name: str
    range: GpaRange
    _fields_ = [("name", c_char_p), ("range", GpaRange)]


_devices = function("axvm_machine_devices", c_size_t, Model, Arch, Uint64,
                    POINTER(MachineDevice), c_size_t)
_window = function("axvm_machine_auto_window", c_bool, Model, Arch, POINTER(GpaRange))


def machine_devices(model: Model, arch: Arch, cpu_num: int = 0) -> list[MachineDevice]:
    """The devices of an architecture's machine, in order of their addresses."""
    count = _devices(model, arch, cpu_num, None, 0)
    array = (MachineDevice * count)()
    _devices(model, arch, cpu_num, array, count)
    return list(array)


def machine_auto_window(model: Model, arch: Arch) -> GpaRange | None:
    """Where the hypervisor places virtual devices; None where there is no such window."""
    return written(GpaRange(), _window, model, arch)
