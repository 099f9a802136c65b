# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/finding.h>: what the layout check finds, and how it is reported."""

from __future__ import annotations

from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint32, c_uint64
from typing import ClassVar, Self

from ._library import function
from ._values import BUFFER, Enumeration, Record, enumeration, encode, formatted, texts


@enumeration("axvm_severity")
class Severity(Enumeration):
    """How bad a finding is; the values ascend."""

    NOTE: ClassVar["Severity"]
    WARNING: ClassVar["Severity"]
    ERROR: ClassVar["Severity"]


@enumeration("axvm_finding_code", gaps=True)
class FindingCode(Enumeration):
    """What is wrong."""

    MEMORY_NONE: ClassVar["FindingCode"]
    MEMORY_EMPTY: ClassVar["FindingCode"]
    MEMORY_OVERFLOW: ClassVar["FindingCode"]
    MEMORY_BEYOND_WIDTH: ClassVar["FindingCode"]
    MEMORY_MAP_TYPE: ClassVar["FindingCode"]
    MEMORY_UNALIGNED: ClassVar["FindingCode"]
    MEMORY_OVERLAP: ClassVar["FindingCode"]
    MEMORY_RESERVED: ClassVar["FindingCode"]
    BOOT_ADDRESS: ClassVar["FindingCode"]
    BOOT_IMAGE_CLASH: ClassVar["FindingCode"]
    BOOT_PROTOCOL: ClassVar["FindingCode"]
    BOOT_ENTRY_BELOW_LOAD: ClassVar["FindingCode"]
    BOOT_IMAGE_MISSING: ClassVar["FindingCode"]
    BOOT_MEMORY: ClassVar["FindingCode"]
    BOOT_ENTRY: ClassVar["FindingCode"]
    DEVICE_EMPTY: ClassVar["FindingCode"]
    DEVICE_OVERFLOW: ClassVar["FindingCode"]
    DEVICE_BEYOND_WIDTH: ClassVar["FindingCode"]
    DEVICE_PAGE_OFFSET: ClassVar["FindingCode"]
    DEVICE_HOST_IGNORED: ClassVar["FindingCode"]
    DEVICE_UNALIGNED: ClassVar["FindingCode"]
    DEVICE_IN_MEMORY: ClassVar["FindingCode"]
    DEVICE_OVERLAP: ClassVar["FindingCode"]
    DEVICE_HOST_TWICE: ClassVar["FindingCode"]
    DEVICE_NAME: ClassVar["FindingCode"]
    DEVICE_TYPE: ClassVar["FindingCode"]
    DEVICE_CONFIG: ClassVar["FindingCode"]
    DEVICE_ARCH: ClassVar["FindingCode"]
    DEVICE_IVC: ClassVar["FindingCode"]
    DEVICE_RESERVED: ClassVar["FindingCode"]
    DEVICE_TWICE: ClassVar["FindingCode"]
    DEVICE_FIXED: ClassVar["FindingCode"]
    DEVICE_DISCOVERY: ClassVar["FindingCode"]
    DEVICE_PATH: ClassVar["FindingCode"]
    DEVICE_DMA: ClassVar["FindingCode"]
    DEVICE_DISABLED: ClassVar["FindingCode"]
    PORT_CONFLICT: ClassVar["FindingCode"]
    MACHINE_CONFLICT: ClassVar["FindingCode"]
    IRQ_SHARED: ClassVar["FindingCode"]
    IRQ_UNUSED: ClassVar["FindingCode"]
    IRQ_CONFLICT: ClassVar["FindingCode"]
    CPU_COUNT: ClassVar["FindingCode"]
    CPU_LIST: ClassVar["FindingCode"]
    CPU_MASK: ClassVar["FindingCode"]
    CPU_REPEATED: ClassVar["FindingCode"]
    CPU_SHARED: ClassVar["FindingCode"]
    CPU_CONFLICT: ClassVar["FindingCode"]
    VM_ID: ClassVar["FindingCode"]
    VM_NAME: ClassVar["FindingCode"]
    HOST_CONFLICT: ClassVar["FindingCode"]
    KEY_UNUSED: ClassVar["FindingCode"]
    TREE_RAM: ClassVar["FindingCode"]
    FILE_SYNTAX: ClassVar["FindingCode"]
    FILE_KEY: ClassVar["FindingCode"]
    FILE_VALUE: ClassVar["FindingCode"]
    FILE_ALLOW: ClassVar["FindingCode"]
    FILE_FORMAT: ClassVar["FindingCode"]
    VIRTUAL_ID: ClassVar["FindingCode"]
    VIRTUAL_MODEL: ClassVar["FindingCode"]
    VIRTUAL_OPTION: ClassVar["FindingCode"]
    FILE_MACHINE: ClassVar["FindingCode"]
    TREE_PATH: ClassVar["FindingCode"]
    TREE_CPU: ClassVar["FindingCode"]
    TREE_OWNED: ClassVar["FindingCode"]
    TREE_NOTHING: ClassVar["FindingCode"]
    TREE_DISABLED: ClassVar["FindingCode"]
    TREE_RESERVED: ClassVar["FindingCode"]
    TREE_BOARD: ClassVar["FindingCode"]

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

    NONE: ClassVar["LayoutTable"]
    ID: ClassVar["LayoutTable"]
    NAME: ClassVar["LayoutTable"]
    CPU_NUM: ClassVar["LayoutTable"]
    PHYS_CPU_IDS: ClassVar["LayoutTable"]
    PHYS_CPU_SETS: ClassVar["LayoutTable"]
    ENTRY_POINT: ClassVar["LayoutTable"]
    KERNEL_LOAD_ADDR: ClassVar["LayoutTable"]
    DTB_LOAD_ADDR: ClassVar["LayoutTable"]
    RAMDISK_LOAD_ADDR: ClassVar["LayoutTable"]
    BIOS_LOAD_ADDR: ClassVar["LayoutTable"]
    BOOT_PROTOCOL: ClassVar["LayoutTable"]
    ENABLE_BIOS: ClassVar["LayoutTable"]
    IMAGE_LOCATION: ClassVar["LayoutTable"]
    CMDLINE: ClassVar["LayoutTable"]
    MEMORY_REGIONS: ClassVar["LayoutTable"]
    EMU_DEVICES: ClassVar["LayoutTable"]
    PASSTHROUGH_DEVICES: ClassVar["LayoutTable"]
    PASSTHROUGH_ADDRESSES: ClassVar["LayoutTable"]
    PASSTHROUGH_PORTS: ClassVar["LayoutTable"]
    RESERVED_ADDRESSES: ClassVar["LayoutTable"]
    HYPERVISOR: ClassVar["LayoutTable"]
    DISABLED_PATHS: ClassVar["LayoutTable"]
    MACHINE: ClassVar["LayoutTable"]
    HOST_MEMORY: ClassVar["LayoutTable"]
    KERNEL_PATH: ClassVar["LayoutTable"]
    BIOS_PATH: ClassVar["LayoutTable"]
    UEFI_FIRMWARE_PATH: ClassVar["LayoutTable"]
    DISK_PATH: ClassVar["LayoutTable"]
    GUEST_TYPE: ClassVar["LayoutTable"]


@enumeration("axvm_layout_space")
class LayoutSpace(Enumeration):
    """What the numbers of a range are."""

    NONE: ClassVar["LayoutSpace"]
    GUEST: ClassVar["LayoutSpace"]
    HOST: ClassVar["LayoutSpace"]
    PORT: ClassVar["LayoutSpace"]


@texts
class FindingOwner(Record):
    """One of the things that a finding is about."""

    name: str | None
    vm: int
    index: int
    vm_id: int
    start: int
    end: int
    table: LayoutTable
    space: LayoutSpace
    _fields_ = [("name", c_char_p), ("vm", c_uint32), ("index", c_uint32),
                ("vm_id", c_uint64), ("start", c_uint64), ("end", c_uint64),
                ("table", LayoutTable), ("space", LayoutSpace)]

    def format(self) -> str:
        """The owner without its VM."""
        return formatted(_owner_format, byref(self))

    __str__ = __repr__ = format


_owner_format = function("axvm_finding_owner_format", c_int, POINTER(FindingOwner), *BUFFER)


@texts
class Finding(Record):
    """What the check has found."""

    size: int
    a: FindingOwner
    b: FindingOwner
    value: int
    moved_by: int
    text: str
    hint: str
    code: FindingCode
    severity: Severity
    _fields_ = [("size", c_size_t), ("a", FindingOwner), ("b", FindingOwner),
                ("value", c_uint64), ("moved_by", c_uint64), ("text", c_char_p), ("hint", c_char_p),
                ("code", FindingCode), ("severity", Severity)]

    def format(self) -> str:
        """One line with severity and code."""
        return formatted(_format, byref(self))

    def message(self, a_where: str = "", b_where: str = "") -> str:
        """One line without them; the texts are before the owners."""
        a, b = encode(a_where), encode(b_where)
        return formatted(lambda finding, *buffer: _message_format(finding, a, b, *buffer),
                         byref(self))

    __str__ = __repr__ = format


_format = function("axvm_finding_format", c_int, POINTER(Finding), *BUFFER)
_message_format = function("axvm_finding_message_format", c_int, POINTER(Finding), c_char_p,
                           c_char_p, *BUFFER)
