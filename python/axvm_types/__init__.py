# SPDX-License-Identifier: Apache-2.0
"""The vocabulary types of the Axvisor hypervisor: a ctypes binding of libaxvm-types.

The modules and classes have the names of the C headers and types, and every decision is the
C library's. A number that does not fit raises OverflowError, as an argument of a method
ctypes.ArgumentError; what a C function answers with false is None.
"""

from importlib import import_module
from typing import TYPE_CHECKING

# This one loads the C library: an import without one fails at once.
from ._version import model, tlb_backend, version

if TYPE_CHECKING:
    from ._model import Model
    from ._values import Enumeration
    from .access import AccessWidth, Port, SysRegAddr
    from .addresses import (Gpa, GpaPageIter, GpaRange, Gva, GvaPageIter, GvaRange, Hpa,
                            HpaPageIter, HpaRange, Hva, HvaPageIter, HvaRange)
    from .arch import Arch
    from .backend_error import BackendError
    from .device import DeviceBus, EmulatedDeviceType
    from .error import AxvmError, ErrorCode
    from .finding import Finding, FindingCode, FindingOwner, LayoutSpace, LayoutTable, Severity
    from .guest_memory import GuestMemory, GuestRegion, GuestSlice
    from .hypercall import Hypercall
    from .ivc import IvcLayout, IvcProblem, ivc_region_check, ivc_region_identify
    from .layout import LayoutLimits, LayoutVm, layout_check, layout_findings, layout_problem
    from .machine import MachineDevice, machine_auto_window, machine_devices
    from .mapping_flags import MappingFlags
    from .paging import NestedPageFaultInfo, NestedPagingConfig
    from .range_list import GpaRangeList, GvaRangeList, HpaRangeList, HvaRangeList
    from .text import (TextKind, size_format, size_parse, size_parse_prefix, size_parse_unit,
                       size_parse_unit_prefix, text_check, uint_format_hex, uint_parse,
                       uint_parse_prefix)
    from .vcpu_set import MAX_VCPU_NUM, VcpuSet
    from .vm import (AddressSpacePolicy, BootProtocol, GuestType, ImageLocation, InterruptMode,
                     InterruptTriggerMode, IrqLineId, VcpuState, VmType)
    from .vm_config import (EmulatedDeviceConfig, MemConfig, MemMappingType,
                            PassthroughAddressConfig, PassthroughDeviceConfig,
                            PassthroughPortConfig, ReservedAddressConfig)

__version__ = version()

__all__ = [
    "__version__", "AccessWidth", "AddressSpacePolicy", "Arch", "AxvmError", "BackendError",
    "BootProtocol", "DeviceBus", "EmulatedDeviceConfig", "EmulatedDeviceType", "Enumeration",
    "ErrorCode", "Finding", "FindingCode", "FindingOwner", "Gpa", "GpaPageIter", "GpaRange",
    "GpaRangeList", "GuestMemory", "GuestRegion", "GuestSlice", "GuestType", "Gva", "GvaPageIter",
    "GvaRange",
    "GvaRangeList", "Hpa", "HpaPageIter", "HpaRange", "HpaRangeList", "Hva", "HvaPageIter",
    "HvaRange", "HvaRangeList", "Hypercall", "ImageLocation", "InterruptMode",
    "InterruptTriggerMode", "IrqLineId", "ivc_region_check", "ivc_region_identify", "IvcLayout",
    "IvcProblem", "layout_check", "layout_findings", "layout_problem",
    "LayoutLimits", "LayoutSpace", "LayoutTable", "LayoutVm", "machine_auto_window", "machine_devices",
    "MachineDevice", "MappingFlags", "MAX_VCPU_NUM", "MemConfig",
    "MemMappingType", "Model", "model", "NestedPageFaultInfo", "NestedPagingConfig", "PassthroughAddressConfig",
    "PassthroughDeviceConfig", "PassthroughPortConfig", "Port", "ReservedAddressConfig",
    "Severity", "size_format", "size_parse", "size_parse_prefix", "size_parse_unit",
    "size_parse_unit_prefix", "SysRegAddr", "text_check", "TextKind", "tlb_backend",
    "uint_format_hex", "uint_parse", "uint_parse_prefix", "VcpuSet", "VcpuState", "version",
    "VmType",
]

# The module of each other name, loaded when the name is first asked for, so that a program
# waits only for what it uses. The imports above say the same to type checkers; a test compares.
_HOMES = {
    "_model": "Model",
    "_values": "Enumeration",
    "access": "AccessWidth Port SysRegAddr",
    "addresses": """
        Gpa GpaPageIter GpaRange Gva GvaPageIter GvaRange Hpa HpaPageIter HpaRange Hva
        HvaPageIter HvaRange""",
    "arch": "Arch",
    "backend_error": "BackendError",
    "device": "DeviceBus EmulatedDeviceType",
    "error": "AxvmError ErrorCode",
    "finding": "Finding FindingCode FindingOwner LayoutSpace LayoutTable Severity",
    "guest_memory": "GuestMemory GuestRegion GuestSlice",
    "hypercall": "Hypercall",
    "ivc": "IvcLayout IvcProblem ivc_region_check ivc_region_identify",
    "layout": "LayoutLimits LayoutVm layout_check layout_findings layout_problem",
    "machine": "MachineDevice machine_auto_window machine_devices",
    "mapping_flags": "MappingFlags",
    "paging": "NestedPageFaultInfo NestedPagingConfig",
    "range_list": "GpaRangeList GvaRangeList HpaRangeList HvaRangeList",
    "text": """
        TextKind size_format size_parse size_parse_prefix size_parse_unit
        size_parse_unit_prefix text_check uint_format_hex uint_parse uint_parse_prefix""",
    "vcpu_set": "MAX_VCPU_NUM VcpuSet",
    "vm": """
        AddressSpacePolicy BootProtocol GuestType ImageLocation InterruptMode
        InterruptTriggerMode IrqLineId VcpuState VmType""",
    "vm_config": """
        EmulatedDeviceConfig MemConfig MemMappingType PassthroughAddressConfig
        PassthroughDeviceConfig PassthroughPortConfig ReservedAddressConfig""",
}

_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

# Hidden from type checkers, which would take any name of a module with this function.
if not TYPE_CHECKING:
    def __getattr__(name: str) -> object:
        if name in _HOMES:
            return import_module(f".{name}", __name__)
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_HOME[name]}", __name__), name)
        # Found at once from now on.
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *_HOMES, *_HOME})
