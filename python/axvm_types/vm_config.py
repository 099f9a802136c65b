# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/vm_config.h>: the memory and the devices of a VM, as configured.

Names are passed as str or bytes and read as str: bytes that are not UTF-8 come through, as those
of os.fsdecode() do; what a struct points to
belongs to Python. A range is None where its end does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_int32, c_size_t, c_uint16, c_uint64
from typing import Any, ClassVar, Self, TypeVar

from ._library import function, Functions
from ._values import BUFFER, Enumeration, Record, enumeration, fit, formatted, texts, written
from .addresses import Gpa, GpaRange, Hpa, HpaRange
from .device import EmulatedDeviceType
from .error import check


@enumeration("axvm_mem_mapping_type")
class MemMappingType(Enumeration):
    """How a memory region is backed."""

    ALLOC: ClassVar["MemMappingType"]
    IDENTICAL: ClassVar["MemMappingType"]
    RESERVED: ClassVar["MemMappingType"]


class _Config(Record):
    _c: ClassVar[Any]

    def __init__(self, **members: Any) -> None:
        self._c.init(byref(self))
        super().__init__(**members)

    def format(self) -> str:
        """One line with every member."""
        return formatted(self._c.format, byref(self))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return self._c.eq(byref(self), byref(other))

    def __hash__(self) -> int:
        # Equal ones have the same text.
        return hash((type(self), self.format()))

    __str__ = __repr__ = format


class _PlacedConfig(_Config):
    def range(self) -> GpaRange | None:
        """The guest range that is configured."""
        return written(GpaRange(), self._c.range, byref(self))


class _NamedConfig(_PlacedConfig):
    def copy(self) -> Self:
        """A deep copy."""
        owned = type(self)()
        check(self._c.copy(byref(owned), byref(self)))
        try:
            return owned._to_python()
        finally:
            self._c.clear(byref(owned))

    def _to_python(self) -> Self:
        """The same, with memory that Python frees."""
        members = {member: getattr(self, member) for member, _ in self._fields_}
        return type(self)(**members)


_T = TypeVar("_T", bound=_Config)


def _config(prefix: str) -> Callable[[type[_T]], type[_T]]:
    def decorate(cls: type[_T]) -> type[_T]:
        config: Any = POINTER(cls)
        more: dict[str, tuple[Any, ...]] = {}
        if issubclass(cls, _PlacedConfig):
            more |= {"range": (c_bool, config, POINTER(GpaRange))}
        if issubclass(cls, _NamedConfig):
            more |= {"copy": (c_int32, config, config), "clear": (None, config)}
        cls._c = Functions(
            prefix,
            init=(None, config),
            eq=(c_bool, config, config),
            format=(c_int, config, *BUFFER),
            **more)
        return texts(cls)
    return decorate


@_config("axvm_mem_config")
class MemConfig(_PlacedConfig):
    """A memory region."""

    gpa: Gpa
    size: int
    flags: int
    map_type: MemMappingType
    _fields_ = [("gpa", Gpa), ("size", c_uint64), ("flags", c_uint64),
                ("map_type", MemMappingType)]


@_config("axvm_emulated_device_config")
class EmulatedDeviceConfig(_NamedConfig):
    """A device that the hypervisor emulates; `parameters` fills cfg_list and its length."""

    name: str | None
    base_gpa: Gpa
    length: int
    irq_id: int
    emu_type: EmulatedDeviceType
    cfg_list: Any
    cfg_list_len: int
    _fields_ = [("name", c_char_p), ("base_gpa", Gpa), ("length", c_uint64),
                ("irq_id", c_uint64), ("emu_type", EmulatedDeviceType),
                ("cfg_list", POINTER(c_uint64)), ("cfg_list_len", c_size_t)]

    def __init__(self, parameters: Iterable[int] = (), **members: Any) -> None:
        super().__init__(**members)
        numbers = [fit(number, c_uint64) for number in parameters]
        if numbers:
            self.cfg_list = (c_uint64 * len(numbers))(*numbers)
            self.cfg_list_len = len(numbers)

    @property
    def parameters(self) -> tuple[int, ...]:
        """The numbers of cfg_list."""
        return tuple(self.cfg_list[:self.cfg_list_len]) if self.cfg_list else ()

    def footprint(self) -> GpaRange | None:
        """The guest range that it really occupies; None also where it has no address."""
        return written(GpaRange(), _footprint, byref(self))

    def _to_python(self) -> Self:
        return type(self)(self.parameters, name=self.name, base_gpa=self.base_gpa,
                          length=self.length, irq_id=self.irq_id, emu_type=self.emu_type)


_footprint = function("axvm_emulated_device_config_footprint", c_bool,
                      POINTER(EmulatedDeviceConfig), POINTER(GpaRange))


@_config("axvm_passthrough_device_config")
class PassthroughDeviceConfig(_NamedConfig):
    """A device of the host that the VM gets."""

    name: str | None
    base_gpa: Gpa
    base_hpa: Hpa
    length: int
    irq_id: int
    _fields_ = [("name", c_char_p), ("base_gpa", Gpa), ("base_hpa", Hpa),
                ("length", c_uint64), ("irq_id", c_uint64)]

    def host_range(self) -> HpaRange | None:
        """The host range that is configured."""
        return written(HpaRange(), _host_range, byref(self))


_host_range = function("axvm_passthrough_device_config_host_range", c_bool,
                       POINTER(PassthroughDeviceConfig), POINTER(HpaRange))


@_config("axvm_passthrough_address_config")
class PassthroughAddressConfig(_PlacedConfig):
    """A range of addresses of the host that the VM gets."""

    base_gpa: Gpa
    length: int
    _fields_ = [("base_gpa", Gpa), ("length", c_uint64)]


@_config("axvm_passthrough_port_config")
class PassthroughPortConfig(_Config):
    """A range of x86 I/O ports of the host that the VM gets."""

    base: int
    length: int
    _fields_ = [("base", c_uint16), ("length", c_uint16)]

    def last(self) -> int | None:
        """The last port; None where there is none, or where it would be above 0xffff."""
        port = written(c_uint16(), _last, byref(self))
        return None if port is None else port.value


_last = function("axvm_passthrough_port_config_last", c_bool, POINTER(PassthroughPortConfig),
                 POINTER(c_uint16))


@_config("axvm_reserved_address_config")
class ReservedAddressConfig(_PlacedConfig):
    """A guest range that nothing may be put into."""

    base_gpa: Gpa
    length: int
    _fields_ = [("base_gpa", Gpa), ("length", c_uint64)]
