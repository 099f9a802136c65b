# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/ivc.h>: what a region of memory that VMs share has in it."""

from ctypes import POINTER, c_bool, c_char_p, c_size_t
from typing import ClassVar

from ._library import Functions
from ._values import Enumeration, Uint64, enumeration, written


@enumeration("axvm_ivc_layout")
class IvcLayout(Enumeration):
    """Which layout a region has; 0 means one that is not known."""

    NONE: ClassVar["IvcLayout"]
    V2: ClassVar["IvcLayout"]
    V3_CELLS: ClassVar["IvcLayout"]
    V3_SLOTS: ClassVar["IvcLayout"]


@enumeration("axvm_ivc_problem")
class IvcProblem(Enumeration):
    """The first word of a region that is wrong."""

    NONE: ClassVar["IvcProblem"]
    LENGTH: ClassVar["IvcProblem"]
    PUBLISHER_ID: ClassVar["IvcProblem"]
    KEY: ClassVar["IvcProblem"]
    MAGIC: ClassVar["IvcProblem"]
    VERSION: ClassVar["IvcProblem"]
    HEADER_SIZE: ClassVar["IvcProblem"]
    REGION_SIZE: ClassVar["IvcProblem"]
    FEATURES: ClassVar["IvcProblem"]
    PUBLISHER_RING_OFFSET: ClassVar["IvcProblem"]
    SUBSCRIBER_RING_OFFSET: ClassVar["IvcProblem"]
    RING_SIZE: ClassVar["IvcProblem"]
    PUBLISHER_DIRECTION: ClassVar["IvcProblem"]
    PUBLISHER_CAPACITY: ClassVar["IvcProblem"]
    PUBLISHER_PAYLOAD_SIZE: ClassVar["IvcProblem"]
    SUBSCRIBER_DIRECTION: ClassVar["IvcProblem"]
    SUBSCRIBER_CAPACITY: ClassVar["IvcProblem"]
    SUBSCRIBER_PAYLOAD_SIZE: ClassVar["IvcProblem"]


def ivc_region_identify(data: bytes | bytearray | memoryview) -> IvcLayout | None:
    """The layout of the region that begins with DATA, which is copied; None below 64 bytes."""
    copy = bytes(data)
    return written(IvcLayout(), _c.identify, copy, len(copy))


def ivc_region_check(data: bytes | bytearray | memoryview, publisher: int, key: int) -> IvcProblem:
    """What is wrong in a region of version 2 that begins with DATA, which is copied.

    64 bytes or more check the header, 2240 or more the rings as well.
    """
    copy = bytes(data)
    return IvcProblem(_c.check(copy, len(copy), publisher, key))


_c = Functions(
    "axvm_ivc_region",
    identify=(c_bool, c_char_p, c_size_t, POINTER(IvcLayout)),
    check=(IvcProblem, c_char_p, c_size_t, Uint64, Uint64))
