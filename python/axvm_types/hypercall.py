# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/hypercall.h>: names, arguments and releases of the calls that guests make."""

from collections.abc import Callable
from ctypes import POINTER, byref, c_bool, c_char_p, c_size_t, c_uint32
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from ._library import Functions
from ._model import Model
from ._values import fit, parsed


class _Uint32:
    """For argtypes: a uint32_t that refuses what does not fit."""

    @staticmethod
    def from_param(value: int) -> c_uint32:
        return c_uint32(fit(value, c_uint32))


@dataclass(frozen=True, order=True)
class Hypercall:
    """The code of a hypercall: any number of 32 bits, of which the library knows some.

    Each known code is an attribute of the class too, by its name: Hypercall.IVC_PUBLISH.
    """

    code: int

    HYPERVISOR_DISABLE: ClassVar["Hypercall"]
    HYPERVISOR_PREPARE_DISABLE: ClassVar["Hypercall"]
    HYPERVISOR_DEBUG: ClassVar["Hypercall"]
    IVC_PUBLISH: ClassVar["Hypercall"]
    IVC_SUBSCRIBE: ClassVar["Hypercall"]
    IVC_UNPUBLISH: ClassVar["Hypercall"]
    IVC_UNSUBSCRIBE: ClassVar["Hypercall"]
    IVC_NOTIFY: ClassVar["Hypercall"]

    def __post_init__(self) -> None:
        fit(self.code, c_uint32)

    @classmethod
    def all(cls) -> tuple[Self, ...]:
        """The codes that the library knows, ascending."""
        return tuple(filter(None, map(cls.try_from_u32, range(256))))

    @classmethod
    def try_from_u32(cls, value: int) -> Self | None:
        """The code of that number; None where the library knows none."""
        return cls._written(_c.try_from_u32, value)

    @classmethod
    def from_name(cls, name: str) -> Self | None:
        """The code of that name, the library's or upstream's; None where there is none."""
        return cls._written(_c.from_name, parsed(name))

    @classmethod
    def _written(cls, function: Callable[..., bool], value: Any) -> Self | None:
        out = c_uint32()
        return cls(out.value) if function(value, byref(out)) else None

    @property
    def name(self) -> str:
        """The stable token; "unknown" for an unknown code."""
        return _c.name(self.code).decode()

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the arguments are, in order; none for an unknown code."""
        return tuple(_c.argument_name(self.code, index).decode()
                     for index in range(_c.argument_count(self.code)))

    @property
    def is_implemented(self) -> bool:
        """Whether some release of Axvisor does what the call is for."""
        return _c.is_implemented(self.code)

    @property
    def since(self) -> str:
        """The first release of Axvisor that knows the code; "" when each does."""
        return _c.since(self.code).decode()

    def known_in(self, model: Model) -> bool:
        """Whether the newest Axvisor with that version of the model knows the code."""
        return _c.known_in(self.code, model)

    def __index__(self) -> int:
        return self.code

    def __str__(self) -> str:
        return self.name


_c = Functions(
    "axvm_hypercall",
    try_from_u32=(c_bool, _Uint32, POINTER(c_uint32)),
    name=(c_char_p, _Uint32),
    from_name=(c_bool, c_char_p, POINTER(c_uint32)),
    argument_count=(c_size_t, _Uint32),
    argument_name=(c_char_p, _Uint32, c_size_t),
    is_implemented=(c_bool, _Uint32),
    since=(c_char_p, _Uint32),
    known_in=(c_bool, _Uint32, Model))

for _known in Hypercall.all():
    setattr(Hypercall, _known.name.upper().replace("-", "_"), _known)
