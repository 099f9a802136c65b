# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/layout.h>: what would break a VM before it boots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from ctypes import (CFUNCTYPE, POINTER, Array, byref, c_bool, c_int32, c_size_t,
                    c_uint8, c_uint32, c_uint64, c_char_p, c_void_p, sizeof)
from typing import Any, Self

from ._library import function
from ._model import Model
from ._values import Record, encode, fit, texts
from .addresses import Gpa, HpaRange
from .arch import Arch
from .error import check
from .finding import Finding
from .vcpu_set import VcpuSet
from .vm import AddressSpacePolicy, BootProtocol, GuestType, ImageLocation, InterruptMode
from .vm_config import (EmulatedDeviceConfig, MemConfig, PassthroughAddressConfig,
                        PassthroughDeviceConfig, PassthroughPortConfig, ReservedAddressConfig)

# Flags of a LayoutVm: which keys are set, and its truths. Only the header says their
# values; a test compares.
HAS_ENTRY_POINT = 0x1
HAS_KERNEL_LOAD_ADDR = 0x2
HAS_DTB_LOAD_ADDR = 0x4
HAS_RAMDISK_LOAD_ADDR = 0x8
HAS_BIOS_LOAD_ADDR = 0x10
HAS_KERNEL_PATH = 0x20
HAS_DTB_PATH = 0x40
HAS_RAMDISK_PATH = 0x80
HAS_BIOS_PATH = 0x100
HAS_UEFI_FIRMWARE_PATH = 0x200
HAS_BOOT_PROTOCOL = 0x400
ENABLE_BIOS = 0x800
HAS_PHYS_CPU_IDS = 0x1000
HAS_PHYS_CPU_SETS = 0x2000
HAS_CMDLINE = 0x4000
KERNEL_BZIMAGE = 0x8000
KERNEL_NOT_BZIMAGE = 0x10000
COMPLETE = 0x20000
HAS_DISK_PATH = 0x40000
KERNEL_HAS_ENTRY = 0x80000

# FindingOwner.vm of a range of the hypervisor's, and .index of a list as a whole.
NO_VM = WHOLE_TABLE = c_uint32(-1).value


@texts
class LayoutVm(Record):
    """The configuration of one VM; lists are passed as such, None for one that is absent."""

    size: int
    name: str | None
    id: int
    cpu_num: int
    phys_cpu_ids: Any
    phys_cpu_id_count: int
    phys_cpu_sets: Any
    phys_cpu_set_count: int
    memory_regions: Any
    memory_region_count: int
    emu_devices: Any
    emu_device_count: int
    passthrough_devices: Any
    passthrough_device_count: int
    passthrough_addresses: Any
    passthrough_address_count: int
    passthrough_ports: Any
    passthrough_port_count: int
    reserved_addresses: Any
    reserved_address_count: int
    disabled_paths: Any
    disabled_path_count: int
    auto_device_count: int
    entry_point: Gpa
    kernel_load_addr: Gpa
    dtb_load_addr: Gpa
    ramdisk_load_addr: Gpa
    bios_load_addr: Gpa
    kernel_size: int
    kernel_run_size: int
    dtb_size: int
    ramdisk_size: int
    bios_size: int
    cmdline_length: int
    flags: int
    boot_protocol: BootProtocol
    interrupt_mode: InterruptMode
    image_location: ImageLocation
    address_space_policy: AddressSpacePolicy
    guest_type: GuestType
    reserved: Any
    _fields_ = [("size", c_size_t), ("name", c_char_p), ("id", c_uint64),
                ("cpu_num", c_uint64),
                ("phys_cpu_ids", POINTER(c_uint64)), ("phys_cpu_id_count", c_size_t),
                ("phys_cpu_sets", POINTER(VcpuSet)), ("phys_cpu_set_count", c_size_t),
                ("memory_regions", POINTER(MemConfig)), ("memory_region_count", c_size_t),
                ("emu_devices", POINTER(EmulatedDeviceConfig)), ("emu_device_count", c_size_t),
                ("passthrough_devices", POINTER(PassthroughDeviceConfig)),
                ("passthrough_device_count", c_size_t),
                ("passthrough_addresses", POINTER(PassthroughAddressConfig)),
                ("passthrough_address_count", c_size_t),
                ("passthrough_ports", POINTER(PassthroughPortConfig)),
                ("passthrough_port_count", c_size_t),
                ("reserved_addresses", POINTER(ReservedAddressConfig)),
                ("reserved_address_count", c_size_t),
                ("disabled_paths", POINTER(c_char_p)), ("disabled_path_count", c_size_t),
                ("auto_device_count", c_size_t),
                ("entry_point", Gpa), ("kernel_load_addr", Gpa), ("dtb_load_addr", Gpa),
                ("ramdisk_load_addr", Gpa), ("bios_load_addr", Gpa),
                ("kernel_size", c_uint64), ("kernel_run_size", c_uint64), ("dtb_size", c_uint64),
                ("ramdisk_size", c_uint64), ("bios_size", c_uint64), ("cmdline_length", c_uint64), ("flags", c_uint32),
                ("boot_protocol", BootProtocol), ("interrupt_mode", InterruptMode),
                ("image_location", ImageLocation),
                ("address_space_policy", AddressSpacePolicy), ("guest_type", GuestType),
                ("reserved", c_uint8 * 7)]

    def __init__(self, phys_cpu_ids: Iterable[int] | None = None,
                 phys_cpu_sets: Iterable[VcpuSet] | None = None,
                 memory_regions: Iterable[MemConfig] = (),
                 emu_devices: Iterable[EmulatedDeviceConfig] = (),
                 passthrough_devices: Iterable[PassthroughDeviceConfig] = (),
                 passthrough_addresses: Iterable[PassthroughAddressConfig] = (),
                 passthrough_ports: Iterable[PassthroughPortConfig] = (),
                 reserved_addresses: Iterable[ReservedAddressConfig] = (),
                 disabled_paths: Iterable[str | bytes] = (),
                 **members: Any) -> None:
        super().__init__(size=sizeof(type(self)), **members)
        if phys_cpu_ids is not None:
            self._fill("phys_cpu_id", c_uint64, [fit(cpu, c_uint64) for cpu in phys_cpu_ids])
            self.flags |= HAS_PHYS_CPU_IDS
        if phys_cpu_sets is not None:
            self._fill("phys_cpu_set", VcpuSet, phys_cpu_sets)
            self.flags |= HAS_PHYS_CPU_SETS
        self._fill("memory_region", MemConfig, memory_regions)
        self._fill("emu_device", EmulatedDeviceConfig, emu_devices)
        self._fill("passthrough_device", PassthroughDeviceConfig, passthrough_devices)
        self._fill("passthrough_address", PassthroughAddressConfig, passthrough_addresses)
        self._fill("passthrough_port", PassthroughPortConfig, passthrough_ports)
        self._fill("reserved_address", ReservedAddressConfig, reserved_addresses)
        self._fill("disabled_path", c_char_p, map(encode, disabled_paths))

    def _fill(self, kind: str, element: Any, given: Iterable[Any]) -> None:
        elements = list(given)
        plural = f"{kind}es" if kind.endswith("s") else f"{kind}s"
        setattr(self, plural, _array(element, elements))
        setattr(self, f"{kind}_count", len(elements))


class LayoutLimits(Record):
    """What is known of the machine; by default nothing."""

    size: int
    hypervisor: Any
    hypervisor_count: int
    host_memory: Any
    host_memory_count: int
    host_cpus: VcpuSet
    gpa_bits: int
    arch: Arch
    model: Model
    reserved: Any
    _fields_ = [("size", c_size_t), ("hypervisor", POINTER(HpaRange)),
                ("hypervisor_count", c_size_t), ("host_memory", POINTER(HpaRange)),
                ("host_memory_count", c_size_t), ("host_cpus", VcpuSet), ("gpa_bits", c_uint32),
                ("arch", Arch), ("model", Model), ("reserved", c_uint8 * 2)]

    def __init__(self, hypervisor: Iterable[HpaRange] = (),
                 host_memory: Iterable[HpaRange] = (), **members: Any) -> None:
        own, memory = list(hypervisor), list(host_memory)
        super().__init__(size=sizeof(type(self)), hypervisor=_array(HpaRange, own),
                         hypervisor_count=len(own), host_memory=_array(HpaRange, memory),
                         host_memory_count=len(memory), **members)


    @classmethod
    def init(cls, hypervisor: Iterable[HpaRange] = (), **members: Any) -> Self:
        """The same, of the newest model, as axvm_layout_limits_init() sets it."""
        limits = cls(hypervisor, **members)
        if "model" not in members:
            defaults = cls()
            _limits_init(byref(defaults))
            limits.model = defaults.model
        return limits


def _array(element: Any, elements: list[Any]) -> Array[Any]:
    array: Any = (element * len(elements))(*elements)
    # What the elements point to is not kept by the array itself.
    array.kept = elements
    return array


_found: Any = CFUNCTYPE(c_bool, POINTER(Finding), c_void_p)
_check = function("axvm_layout_check", c_int32, POINTER(LayoutVm), c_size_t,
                  POINTER(LayoutLimits), _found, c_void_p, c_void_p, c_size_t)


_problem = function("axvm_layout_problem", c_char_p, POINTER(LayoutVm), c_size_t,
                    POINTER(LayoutLimits))
_limits_init = function("axvm_layout_limits_init", None, POINTER(LayoutLimits))


def layout_problem(vms: Sequence[LayoutVm], limits: LayoutLimits | None = None) -> str | None:
    """Why the check would refuse the VMs or the limits, in words; None if it would not."""
    problem = _problem(_array(LayoutVm, list(vms)), len(vms),
                       None if limits is None else byref(limits))
    return None if problem is None else problem.decode()


def layout_check(vms: Sequence[LayoutVm], limits: LayoutLimits | None,
                 found: Callable[[Finding], None]) -> None:
    """Call FOUND with each finding about the VMs of one machine.

    An exception of FOUND ends the check and is raised.
    """
    array = _array(LayoutVm, list(vms))
    raised: list[BaseException] = []

    def take(given: Any, _: object) -> bool:
        finding = Finding.from_buffer_copy(given.contents)
        # Its names are theirs.
        finding.vms = array
        try:
            found(finding)
        except BaseException as err:
            raised.append(err)
        return not raised

    check(_check(array, len(vms),
                 None if limits is None else byref(limits), _found(take), None, None, 0))
    if raised:
        raise raised[0]


def layout_findings(vms: Sequence[LayoutVm], limits: LayoutLimits | None = None) -> list[Finding]:
    """The findings about the VMs of one machine."""
    findings: list[Finding] = []
    layout_check(vms, limits, findings.append)
    return findings
