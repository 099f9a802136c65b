# SPDX-License-Identifier: Apache-2.0
"""The vocabulary types of the Axvisor hypervisor: a ctypes binding of libaxvm-types.

The modules and classes have the names of the C headers and types, and every decision is the
C library's. A number that does not fit raises OverflowError, as an argument of a method
ctypes.ArgumentError; what a C function answers with false is None.
"""

from ._model import Model
from ._values import Enumeration
from .access import AccessWidth, Port, SysRegAddr
from .addresses import (Gpa, GpaPageIter, GpaRange, Gva, GvaPageIter, GvaRange, Hpa,
                        HpaPageIter, HpaRange, Hva, HvaPageIter, HvaRange)
from .arch import Arch
from .backend_error import BackendError
from .device import DeviceBus, EmulatedDeviceType
from .error import AxvmError, ErrorCode
from .finding import (Finding, FindingCode, FindingOwner, LayoutSpace, LayoutTable, Severity)
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
from ._version import model, tlb_backend, version
from .vm import (AddressSpacePolicy, BootProtocol, GuestType, ImageLocation, InterruptMode,
                 InterruptTriggerMode, IrqLineId, VcpuState, VmType)
from .vm_config import (EmulatedDeviceConfig, MemConfig, MemMappingType,
                        PassthroughAddressConfig, PassthroughDeviceConfig, PassthroughPortConfig,
                        ReservedAddressConfig)

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
