# SPDX-License-Identifier: Apache-2.0
"""Mirror of <axvm/paging.h>: how a guest's physical addresses are translated."""

from ctypes import c_uint64

from .addresses import Gpa, Hpa
from .mapping_flags import MappingFlags
from .vm_config import _Config, _config


@_config("axvm_nested_paging_config")
class NestedPagingConfig(_Config):
    """How the hypervisor translates guest physical addresses."""

    root_paddr: Hpa
    levels: int
    gpa_bits: int
    mode: int
    _fields_ = [("root_paddr", Hpa), ("levels", c_uint64), ("gpa_bits", c_uint64),
                ("mode", c_uint64)]


@_config("axvm_nested_page_fault_info")
class NestedPageFaultInfo(_Config):
    """What a fault of that translation says."""

    access_flags: int
    fault_guest_paddr: Gpa
    _fields_ = [("access_flags", c_uint64), ("fault_guest_paddr", Gpa)]

    def flags(self) -> MappingFlags:
        """What the guest tried to do."""
        return MappingFlags(self.access_flags)
