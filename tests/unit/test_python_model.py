# SPDX-License-Identifier: Apache-2.0
"""The binding: enumerations, hypercalls, regions of IVC, errors, configurations, accesses."""

import ctypes
import inspect
import os
import re
import struct
from pathlib import Path

import tap

tap.need_library()

from axvm_types import (  # noqa: E402
    AccessWidth, AddressSpacePolicy, Arch, AxvmError, BackendError, BootProtocol, DeviceBus,
    EmulatedDeviceConfig, EmulatedDeviceType, ErrorCode, FindingCode, Gpa, GpaRange, GuestType,
    Hpa, HpaRange, Hypercall, ImageLocation, InterruptMode, InterruptTriggerMode, IrqLineId,
    ivc_region_check, ivc_region_identify, IvcLayout, IvcProblem, layout, LayoutSpace,
    LayoutTable, MappingFlags, MemConfig, MemMappingType, Model, NestedPageFaultInfo,
    NestedPagingConfig, PassthroughAddressConfig, PassthroughDeviceConfig, PassthroughPortConfig,
    Port, ReservedAddressConfig, Severity, SysRegAddr, VcpuState, VmType)
from tap import is_, ok, raises  # noqa: E402

SRCDIR = Path(os.environ["srcdir"])
UINT64_MAX = (1 << 64) - 1


def enumerations() -> None:
    for cls, values in (
            (VmType, "0 host, 1 rtos, 2 linux"),
            (BootProtocol, "0 direct, 1 multiboot, 2 uefi"),
            (InterruptMode, "0 no_irq, 1 emu, 2 passthrough"),
            (AddressSpacePolicy, "0 virtualized, 1 passthrough"),
            (GuestType, "0 virtualized, 1 passthrough"),
            (ImageLocation, "1 fs, 2 memory"),
            (VcpuState, "0 invalid, 1 created, 2 free, 3 ready, 4 running, 5 blocked, "
                        "6 starting"),
            (InterruptTriggerMode, "0 edge-triggered, 1 level-triggered"),
            (AccessWidth, "0 byte, 1 word, 2 dword, 3 qword"),
            (BackendError, "0 ok, 1 invalid-input, 2 invalid-data, 3 invalid-state, "
                           "4 unsupported, 5 out-of-memory, 6 resource-busy"),
            (Model, "0 0.5, 1 0.7, 2 0.7.3"),
            (MemMappingType, "0 alloc, 1 identical, 2 reserved"),
            (Arch, "1 aarch64, 2 riscv64, 3 x86_64, 4 loongarch64"),
            (DeviceBus, "0 none, 1 memory, 2 port"),
            (IvcLayout, "1 none, 2 v2, 3 v3-cells, 4 v3-slots"),
            (Severity, "1 note, 2 warning, 3 error"),
            (LayoutSpace, "0 none, 1 guest, 2 host, 3 port")):
        got = ", ".join(f"{value.value} {value.name}" for value in cls.all())
        is_(got, values, f"values of {cls.__name__}")
        is_(list(cls.all()), list(filter(None, map(cls.try_from_usize, range(256)))),
            f"{cls.__name__} has no others")
        for value in cls.all():
            is_(cls.from_name(value.name), value, f"from_name of {value!r}")
        is_(cls(200).name, "unknown", f"an unknown {cls.__name__}")
        is_(cls.try_from_usize(0x101), None, f"no {cls.__name__} 0x101")
        is_(cls.from_name(f"{cls.all()[0].name}\0"), None, f"no {cls.__name__} with a NUL")
    is_(VmType.LINUX.value, 2, "values by name")
    is_(VmType.from_usize(99), VmType.RTOS, "an unknown VM type")
    is_(BootProtocol.from_name("axvm-bios"), BootProtocol.MULTIBOOT, "an alias")
    types = EmulatedDeviceType.all()
    is_(len(types), 13, "types of emulated devices")
    is_([t for t in map(EmulatedDeviceType.try_from_usize, range(256)) if t], list(types),
        "and no others")
    is_(EmulatedDeviceType.X86_PIT.describe(), "x86 pit", "describe")
    is_(EmulatedDeviceType(4).describe(), "unknown device", "describe an unknown one")
    later = {EmulatedDeviceType.FW_CFG, EmulatedDeviceType.LOONGARCH_PCH_PIC}
    is_(set(EmulatedDeviceType.all_in(Model.V0_7)) - set(types), later, "types of 0.7 only")
    is_([EmulatedDeviceType.try_from_usize_in(model, 3) for model in Model.all()],
        [None, EmulatedDeviceType.FW_CFG, None], "3 is of 0.7 only")
    is_(EmulatedDeviceType.try_from_usize_in(Model.V0_7, 0x103), None, "and is not cut")
    is_((EmulatedDeviceType.X86_PIT.removable(), EmulatedDeviceType.CONSOLE.removable()),
        (True, False), "removable")
    is_((EmulatedDeviceType.X86_PIT.bus(), EmulatedDeviceType.DUMMY.bus()),
        (DeviceBus.PORT, DeviceBus.NONE), "bus")
    is_([EmulatedDeviceType.GPPT_ITS.supports(arch) for arch in Arch.all()],
        [True, False, False, False], "supports")
    is_(EmulatedDeviceType.GPPT_REDISTRIBUTOR.config_names(), ("cpu_num", "stride", "pcpu_id"),
        "config_names")
    is_((EmulatedDeviceType.old_name(9), EmulatedDeviceType.old_name(12)), ("gicr", "unknown"),
        "old_name")
    codes = FindingCode.all()
    is_([code for code in map(FindingCode.try_from_usize, range(256)) if code], list(codes),
        "finding codes, and no others")
    for value in (*codes, *LayoutTable.all()):
        is_(type(value).from_name(value.name), value, f"from_name of {value!r}")


def hypercalls() -> None:
    is_([(call.code, call.name, call.arguments, call.is_implemented, call.since)
         for call in Hypercall.all()],
        [(0, "hypervisor-disable", (), False, ""),
         (1, "hypervisor-prepare-disable", (), False, ""),
         (2, "hypervisor-debug", (), False, ""),
         (3, "ivc-publish", ("key", "base-slot", "size-slot"), True, ""),
         (4, "ivc-subscribe", ("publisher", "key", "base-slot", "size-slot"), True, ""),
         (5, "ivc-unpublish", ("key",), True, ""),
         (6, "ivc-unsubscribe", ("publisher", "key"), True, ""),
         (7, "ivc-notify", ("publisher", "key", "target"), True, "0.6.0")], "hypercalls")
    for call in Hypercall.all():
        is_(getattr(Hypercall, call.name.upper().replace("-", "_")), call, f"{call} by name")
        is_((Hypercall.from_name(call.name), call.known_in(Model.V0_7), call.known_in(Model.V0_7_3)),
            (call, call.code < 7, True), f"from_name of {call}")
    is_({name for name in inspect.get_annotations(Hypercall)} - {"code"},
        {name for name, value in vars(Hypercall).items() if isinstance(value, Hypercall)},
        "the codes are annotated")
    is_(Hypercall.from_name("HIVCSubscribChannel"), Hypercall.IVC_SUBSCRIBE, "upstream's name")
    is_([Hypercall.from_name(name) for name in ("", "unknown", "IVC-NOTIFY", "ivc-notify\0")],
        [None] * 4, "no names")
    unknown = Hypercall(0xE0000000)
    is_((unknown.name, unknown.arguments, unknown.is_implemented, unknown.since, str(unknown)),
        ("unknown", (), False, "unknown", "unknown"), "an unknown code")
    is_([Hypercall.try_from_u32(value) for value in (8, 0x101, 0x84000000)], [None] * 3, "no codes")
    raises(OverflowError, lambda: Hypercall(1 << 32), "a code is not cut")
    raises(ctypes.ArgumentError, lambda: Hypercall.try_from_u32(1 << 32), "nor a number")
    ok(Hypercall(1) < Hypercall(2), "order")


def ivc_regions() -> None:
    words = {layout: struct.pack("<QQ8I", 3, 7, 0x49564332, *rest).ljust(64, b"\0")
             for layout, rest in (
                 (IvcLayout.V2, (2, 32, 2240, 1, 64, 1152, 1088)),
                 (IvcLayout.V3_CELLS, (3, 32, 2240, 1, 64, 1152, 1088)),
                 (IvcLayout.V3_SLOTS, (3, 32, 17152, 1, 256, 8704, 8448)))}
    for layout, region in words.items():
        is_(ivc_region_identify(region), layout, f"identify {layout}")
        is_(ivc_region_identify(memoryview(bytearray(region))), layout, "also by a view")
    is_([ivc_region_identify(bytes(length)) for length in (0, 63, 64)],
        [None, None, IvcLayout.NONE], "identify zeros")
    region = words[IvcLayout.V2]
    is_([ivc_region_check(region, 3, 7), ivc_region_check(region, 4, 7),
         ivc_region_check(region, 3, 8), ivc_region_check(region[:63], 3, 7),
         ivc_region_check(words[IvcLayout.V3_CELLS], 3, 7),
         ivc_region_check(region.ljust(2240, b"\0"), 3, 7)],
        [IvcProblem.NONE, IvcProblem.PUBLISHER_ID, IvcProblem.KEY, IvcProblem.LENGTH,
         IvcProblem.VERSION, IvcProblem.PUBLISHER_DIRECTION], "check")
    raises(ctypes.ArgumentError, lambda: ivc_region_check(region, 1 << 64, 7), "an id is not cut")


def errors() -> None:
    header = (SRCDIR / "include/axvm/error.h").read_text()
    rows = re.findall(r"\bAXVM_(OK|ERROR_\w+|LINUX_\w+) = (\d+),? /\*\*< (.*) \*/", header)
    is_(len(rows), 1 + 46 + 131, "error codes in the header")
    for name, number, text in rows:
        code = ErrorCode(-int(number) if name.startswith("LINUX_") else int(number))
        is_(code.message, text, f"text of AXVM_{name}")
    number = ErrorCode.from_linux(1)
    is_((int(number), number.name, str(number)), (-1, "EPERM", "LinuxError::EPERM"), "EPERM")
    is_(ErrorCode.from_linux(41), None, "no Linux error 41")
    is_(number.to_kind().name, "OperationNotPermitted", "to_kind")
    is_(ErrorCode(0).to_kind(), None, "no kind of success")
    is_(number.canonicalize(), number.to_kind(), "canonicalize")
    is_((number.to_linux(), ErrorCode(99).to_linux()), (1, -1), "to_linux")
    is_((number.is_valid(), ErrorCode(0).is_valid()), (True, False), "is_valid")


def configs() -> None:
    memory = MemConfig(gpa=Gpa(0x1000), size=0x2000, flags=7, map_type=MemMappingType.RESERVED)
    is_(str(memory), "gpa=GPA:0x1000 size=0x2000 flags=0x7 map_type=reserved", "memory as text")
    is_(memory.range(), GpaRange(Gpa(0x1000), Gpa(0x3000)), "its range")
    is_(MemConfig(gpa=Gpa(1), size=UINT64_MAX).range(), None, "a range that does not fit")
    is_((memory == MemConfig(), memory.map_type), (False, MemMappingType.RESERVED), "its type")

    device = EmulatedDeviceConfig((1, UINT64_MAX), name='"gic\x1b', base_gpa=Gpa(0x8000),
                                  length=0x1000, irq_id=5, emu_type=0x21)
    is_(device.name, '"gic\x1b', "the name of an emulated device")
    is_(device.parameters, (1, UINT64_MAX), "its parameters")
    is_(device.emu_type, EmulatedDeviceType.GPPT_DISTRIBUTOR, "its type")
    ok(str(device).startswith(r'name="\"gic\x1b" base_gpa=GPA:0x8000 '), "as text", str(device))
    copy = device.copy()
    is_(copy, device, "a copy is equal")
    odd = EmulatedDeviceConfig(name=b"\xff")
    is_((odd.name, odd.copy()), ("\udcff", odd), "a name that is no UTF-8")
    device.cfg_list[0] = 2
    is_(copy.parameters[0], 1, "and deep")
    ok(copy != device, "and then differs")
    device.cfg_list = None
    raises(AxvmError, device.copy, "no copy of a list that is not there")
    is_(EmulatedDeviceConfig().parameters, (), "no parameters")
    device = EmulatedDeviceConfig((2, 0x20000, 0), base_gpa=Gpa(0x8000), length=0x8000,
                                  emu_type=0x20)
    is_(device.footprint(), GpaRange(Gpa(0x8000), Gpa(0x30000)), "footprint")
    is_(EmulatedDeviceConfig().footprint(), None, "no footprint of a dummy")
    raises(ValueError, lambda: EmulatedDeviceConfig(name="a\0b"), "no name with a NUL")

    device = PassthroughDeviceConfig(name="uart", base_gpa=Gpa(0x1000), base_hpa=Hpa(0x2000),
                                     length=0x100, irq_id=3)
    is_(device.range(), GpaRange(Gpa(0x1000), Gpa(0x1100)), "a passthrough device's guest range")
    is_(device.host_range(), HpaRange(Hpa(0x2000), Hpa(0x2100)), "and its host range")
    is_(device.copy(), device, "and its copy")
    is_(str(PassthroughAddressConfig(base_gpa=Gpa(0x1000), length=2)),
        "base_gpa=GPA:0x1000 length=0x2", "passthrough addresses as text")
    ports = PassthroughPortConfig(base=0x3F8, length=8)
    is_((str(ports), ports.last()), ("base=0x3f8 length=0x8", 0x3FF), "passthrough ports")
    is_(PassthroughPortConfig().last(), None, "no last port")
    raises(OverflowError, lambda: PassthroughPortConfig(base=0x10000), "no port past 16 bits")
    reserved = ReservedAddressConfig(base_gpa=Gpa(0x1000), length=2)
    is_((str(reserved), reserved.range()),
        ("base_gpa=GPA:0x1000 length=0x2", GpaRange(Gpa(0x1000), Gpa(0x1002))), "reserved addresses")


def accesses() -> None:
    is_([width.size() for width in AccessWidth.all()], [1, 2, 4, 8], "sizes of accesses")
    is_([width.bits() for width in AccessWidth.all()], [8, 16, 32, 64], "in bits")
    is_((AccessWidth.try_from_usize(8), AccessWidth.try_from_usize(3)),
        (AccessWidth.QWORD, None), "widths by their number of bytes")
    is_((str(Port(0x3F8)), Port(0x3F8).format_upper()), ("Port(0x3f8)", "Port(0x3F8)"), "a port")
    is_((Port.try_from_usize(0xFFFF), Port.try_from_usize(0x10000)), (0xFFFF, None), "the last port")
    raises(OverflowError, lambda: Port(0x10000), "no port past it")
    is_((str(SysRegAddr(0x3A)), SysRegAddr(0x3A).format_upper()),
        ("SysRegAddr(0x3a)", "SysRegAddr(0x3A)"), "a system register")
    is_(str(IrqLineId(5)), "IrqLineId(5)", "an interrupt line")
    flags = MappingFlags.READ | MappingFlags.WRITE
    is_((int(flags), str(flags), flags.name), (3, "READ | WRITE", "unknown"), "mapping flags")
    is_((MappingFlags.READ in flags, MappingFlags.USER in flags), (True, False), "membership")
    is_((flags - MappingFlags.READ, flags & 1, flags ^ 1, ~flags),
        (MappingFlags.WRITE, MappingFlags.READ, MappingFlags.WRITE, 0x3C), "and arithmetic")
    is_(type(flags - MappingFlags.READ), MappingFlags, "which stays of the type")
    is_((MappingFlags.try_from_usize(0x3F), MappingFlags.try_from_usize(0x40)),
        (MappingFlags.ALL, None), "unknown bits are reported")
    is_((MappingFlags.truncate(0x41), str(MappingFlags(0x41))), (MappingFlags.READ, "READ | 0x40"),
        "taken out, or kept")
    is_((MappingFlags.from_name("DEVICE"), MappingFlags.from_name("device"),
         MappingFlags.from_name("READ\0")), (MappingFlags.DEVICE, None, None), "flags by name")
    is_(BackendError.RESOURCE_BUSY.message, "virtualization backend resource is busy", "message")
    paging = NestedPagingConfig(root_paddr=Hpa(0x1000), levels=4, gpa_bits=48)
    is_(str(paging), "root_paddr=PA:0x1000 levels=4 gpa_bits=48 mode=0", "nested paging")
    fault = NestedPageFaultInfo(access_flags=MappingFlags.WRITE, fault_guest_paddr=Gpa(0x1000))
    is_((str(fault), fault.flags()), ("access_flags=WRITE fault_guest_paddr=GPA:0x1000",
                                      MappingFlags.WRITE), "a fault of it")


tap.test(enumerations, hypercalls, ivc_regions, errors, configs, accesses)
tap.done()
