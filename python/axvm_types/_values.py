# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""What the mirrors of the C types have in common: numbers that are never cut, and texts."""

from __future__ import annotations

import ctypes
import operator
from collections.abc import Callable
from functools import total_ordering
from typing import Any, ClassVar, Self, SupportsIndex, TypeVar

from ._library import Functions

_T = TypeVar("_T", bound=ctypes.Structure)

# Where a C function takes the buffer of a text and its size.
BUFFER = (ctypes.c_char_p, ctypes.c_size_t)

_NUMBERS = (ctypes.c_uint8, ctypes.c_uint16, ctypes.c_int32, ctypes.c_uint32, ctypes.c_uint64, ctypes.c_size_t)


def fit(value: SupportsIndex, ctype: Any) -> int:
    """VALUE if CTYPE can hold it; ctypes by itself would silently drop the upper bits."""
    number = operator.index(value)
    if ctype(number).value != number:
        raise OverflowError(f"the number does not fit in {8 * ctypes.sizeof(ctype)} bits")
    return number


def encode(name: str | bytes | None) -> bytes | None:
    """NAME as a C string has it; one that holds a NUL would silently end there."""
    data = name.encode(errors="surrogateescape") if isinstance(name, str) else name
    if data is not None and b"\0" in data:
        raise ValueError("a name cannot hold a NUL")
    return data


def parsed(text: str) -> bytes | None:
    """TEXT for a parser; NULL, which every parser refuses, in place of one that holds a NUL.

    A text of the command line may hold lone surrogates. No parser accepts them either.
    """
    return None if "\0" in text else text.encode(errors="surrogatepass")


class Uint64:
    """For argtypes: a uint64_t that refuses what does not fit."""

    @staticmethod
    def from_param(value: int) -> ctypes.c_uint64:
        return ctypes.c_uint64(fit(value, ctypes.c_uint64))


class Uint16:
    """For argtypes: a uint16_t that refuses what does not fit."""

    @staticmethod
    def from_param(value: int) -> ctypes.c_uint16:
        return ctypes.c_uint16(fit(value, ctypes.c_uint16))


class Int64:
    """For argtypes: an int64_t that refuses what does not fit."""

    @staticmethod
    def from_param(value: int) -> ctypes.c_int64:
        return ctypes.c_int64(fit(value, ctypes.c_int64))


class Int32:
    """For argtypes: an int32_t that refuses what does not fit."""

    @staticmethod
    def from_param(value: int) -> ctypes.c_int32:
        return ctypes.c_int32(fit(value, ctypes.c_int32))


def formatted(function: Callable[..., int], value: Any) -> str:
    """The text that one of the library's _format functions writes for VALUE."""
    length = function(value, None, 0)
    if length < 0:
        raise OverflowError("the text is too long")
    buffer = ctypes.create_string_buffer(length + 1)
    function(value, buffer, length + 1)
    return buffer.value.decode(errors="backslashreplace")


def written(out: Any, function: Callable[..., bool], *args: Any) -> Any:
    """OUT as FUNCTION(*ARGS, &OUT) writes it; None where the function says false."""
    return out if function(*args, ctypes.byref(out)) else None


class _Text:
    """A member of a struct that is a C string, as str; bytes that are no UTF-8 come through."""

    def __init__(self, member: Any) -> None:
        self._member = member
        self.offset, self.size = member.offset, member.size

    def __get__(self, record: Any, owner: Any = None) -> Any:
        if record is None:
            return self
        data = self._member.__get__(record, owner)
        return None if data is None else data.decode(errors="surrogateescape")

    def __set__(self, record: Any, value: str | bytes | None) -> None:
        self._member.__set__(record, encode(value))


def texts(cls: type[_T]) -> type[_T]:
    """Class decorator: the members of a Record that are C strings are str."""
    for name, ctype, *_ in cls._fields_:
        if ctype is ctypes.c_char_p:
            setattr(cls, name, _Text(getattr(cls, name)))
    return cls


class Record(ctypes.Structure):
    """A struct whose members refuse numbers that do not fit; names may be given as str."""

    def __setattr__(self, member: str, value: Any) -> None:
        ctype = dict(self._fields_).get(member)
        if ctype in _NUMBERS:
            value = fit(value, ctype)
        elif ctype is not None and issubclass(ctype, Enumeration):
            value = ctype(value)
        super().__setattr__(member, value)


@total_ordering
class Enumeration(ctypes.c_uint8):
    """An open enumeration: any number of 8 bits, of which the library knows some.

    Each known value is an attribute of the class too, by its name: VmType.LINUX.
    """

    _c: ClassVar[Any]
    # The numbers that have a name.
    _known: ClassVar[list[int]]

    def __init__(self, value: "int | Enumeration" = 0) -> None:
        # Not super(): Python 3.14 defines no subclass of a simple ctypes type that uses it.
        base: Any = ctypes.c_uint8
        base.__init__(self, fit(value, base))

    @classmethod
    def all(cls) -> tuple[Self, ...]:
        """The values that the library knows, ascending."""
        return tuple(map(cls, cls._known))

    @classmethod
    def try_from_usize(cls, value: int) -> Self | None:
        """The value of that number; None where the library knows none."""
        return written(cls(), cls._c.try_from_usize, value)

    @classmethod
    def from_name(cls, name: str) -> Self | None:
        """The value of that name or alias; None where there is none."""
        return written(cls(), cls._c.from_name, parsed(name))

    @property
    def name(self) -> str:
        """The stable token; "unknown" for an unknown value."""
        return self._c.name(self).decode()

    def __index__(self) -> int:
        return self.value

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        if isinstance(other, type(self)):
            return self.value == other.value
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: Self) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return int(self) < int(other)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.value:#x} {self.name}>"


_E = TypeVar("_E", bound=Enumeration)


def _attribute(name: str) -> str:
    word = name.upper().replace("-", "_").replace(".", "_")
    return f"V{word}" if word[0].isdigit() else word


def _names(c: Functions, gaps: bool) -> dict[int, bytes]:
    """The names of an enumeration's values, which follow each other unless there are GAPS."""
    names = {}
    for number in range(256):
        name = c.name(number)
        if name != b"unknown":
            names[number] = name
        elif number > 0 and not gaps:
            # To ask for the other numbers too would be a fifth of the time of an import.
            break
    return names


def enumeration(prefix: str, gaps: bool = False) -> Callable[[type[_E]], type[_E]]:
    """Class decorator: bind the functions of an Enumeration, and name its values.

    Values after one without a name, other than 0, are only found with GAPS.

    A decorator and not __init_subclass__, which runs before ctypes knows the type.
    """
    def decorate(cls: type[_E]) -> type[_E]:
        cls._c = Functions(
            prefix,
            # Also of a bare number, for which no object need be made.
            name=(ctypes.c_char_p, ctypes.c_uint8),
            from_name=(ctypes.c_bool, ctypes.c_char_p, ctypes.POINTER(cls)),
            try_from_usize=(ctypes.c_bool, Uint64, ctypes.POINTER(cls)))
        names = _names(cls._c, gaps)
        cls._known = list(names)
        for number, name in names.items():
            setattr(cls, _attribute(name.decode()), cls(number))
        return cls
    return decorate
