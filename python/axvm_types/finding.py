# SPDX-License-Identifier: Apache-2.0
"""Mirror of <axvm/finding.h>: what the layout check finds, and how it is told."""

from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint32, c_uint64
from typing import Self

from ._library import function
from ._values import BUFFER, Enumeration, Record, enumeration, encode, formatted


@enumeration("axvm_severity")
class Severity(Enumeration):
    """How bad a finding is; the values ascend."""


@enumeration("axvm_finding_code")
class FindingCode(Enumeration):
    """What is wrong."""

    @classmethod
    def all(cls) -> tuple[Self, ...]:
        """The codes that the library knows, ascending."""
        count = c_size_t()
        # Not before its first call, by the decorator, is the class complete.
        codes = function("axvm_finding_code_all", POINTER(cls), POINTER(c_size_t))(byref(count))
        return tuple(cls(codes[i]) for i in range(count.value))


@enumeration("axvm_layout_table")
class LayoutTable(Enumeration):
    """What owns a finding; its name is the key in the file."""


@enumeration("axvm_layout_space")
class LayoutSpace(Enumeration):
    """What the numbers of a range are."""


class FindingOwner(Record):
    """One of the things that a finding is about."""

    _fields_ = [("name", c_char_p), ("vm", c_uint32), ("index", c_uint32),
                ("vm_id", c_uint64), ("start", c_uint64), ("end", c_uint64),
                ("table", LayoutTable), ("space", LayoutSpace)]

    def format(self) -> str:
        """The owner without its VM."""
        return formatted(_owner_format, byref(self))

    __str__ = __repr__ = format


_owner_format = function("axvm_finding_owner_format", c_int, POINTER(FindingOwner), *BUFFER)


class Finding(Record):
    """What the check has found."""

    _fields_ = [("size", c_size_t), ("a", FindingOwner), ("b", FindingOwner),
                ("value", c_uint64), ("text", c_char_p), ("hint", c_char_p),
                ("code", FindingCode), ("severity", Severity)]

    def format(self) -> str:
        """One line with severity and code."""
        return formatted(_format, byref(self))

    def message(self, a_where: str = "", b_where: str = "") -> str:
        """One line without them; the texts stand before the owners."""
        a, b = encode(a_where), encode(b_where)
        return formatted(lambda finding, *buffer: _message_format(finding, a, b, *buffer),
                         byref(self))

    __str__ = __repr__ = format


_format = function("axvm_finding_format", c_int, POINTER(Finding), *BUFFER)
_message_format = function("axvm_finding_message_format", c_int, POINTER(Finding), c_char_p,
                           c_char_p, *BUFFER)
