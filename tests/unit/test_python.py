# SPDX-License-Identifier: Apache-2.0
"""The binding: layouts against those of C, and what its functions give."""

import ctypes
import errno
import inspect
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

tap.need_library()

import axvm_types  # noqa: E402
from axvm_types import (  # noqa: E402
    AccessWidth, AddressSpacePolicy, Arch, AxvmError, BackendError, BootProtocol, DeviceBus,
    EmulatedDeviceConfig, EmulatedDeviceType, Enumeration, ErrorCode, FindingCode, Gpa, GpaRange,
    GuestMemory, GuestRegion, GuestType, Hpa, HpaRange, Hypercall, ImageLocation, InterruptMode,
    InterruptTriggerMode, IrqLineId, ivc_region_check, ivc_region_identify, IvcLayout, IvcProblem,
    layout, layout_check, layout_findings, layout_problem,
    LayoutLimits, LayoutSpace, LayoutTable, LayoutVm,
    MappingFlags, MemConfig, MemMappingType, Model, NestedPageFaultInfo, NestedPagingConfig,
    PassthroughAddressConfig, PassthroughDeviceConfig, PassthroughPortConfig, Port,
    ReservedAddressConfig, Severity, size_format, size_parse, size_parse_prefix, size_parse_unit,
    size_parse_unit_prefix, SysRegAddr, text_check, TextKind, uint_format_hex, uint_parse,
    uint_parse_prefix, VcpuSet, VcpuState, VmType)
from tap import is_, ok, raises  # noqa: E402

SRCDIR = Path(os.environ["srcdir"])
BUILDDIR = Path(os.environ["builddir"])
UINT64_MAX = (1 << 64) - 1


def layouts() -> None:
    dump = subprocess.run([BUILDDIR / "tests/unit/test_layout", "--dump"],
                          capture_output=True, text=True, check=True).stdout
    mirrored = set()
    for line in dump.splitlines():
        struct, member, offset, size = line.split()
        mirror = struct.removeprefix("axvm_").title().replace("_", "")
        cls = getattr(axvm_types, mirror, None)
        mirrored.add(cls)
        if member == "-":
            is_(cls and ctypes.sizeof(cls), int(size), f"size of {struct}")
        else:
            descriptor = getattr(cls, member, None)
            is_(descriptor and (descriptor.offset, descriptor.size), (int(offset), int(size)),
                f"place of {struct}.{member}")
    public = {getattr(axvm_types, name) for name in axvm_types.__all__}
    structs = {cls for cls in public if isinstance(cls, type(ctypes.Structure))}
    is_(structs - mirrored, set(), "no struct but those of C")
    for cls in structs:
        rows = len(re.findall(rf"^axvm_{_c_name(cls)} [^-]", dump, re.MULTILINE))
        is_(len(cls._fields_), rows, f"{cls.__name__} has all members")


def _c_name(cls: type) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", cls.__name__).lower()


def numbers() -> None:
    is_(Gpa(UINT64_MAX).addr, UINT64_MAX, "the last address")
    for number in (-1, 1 << 64):
        raises(OverflowError, lambda: Gpa(number), f"no address {number}")
        raises(ctypes.ArgumentError, lambda: Gpa().wrapping_add(number), f"nothing adds {number}")
        raises(OverflowError, lambda: MemConfig(size=number), f"no size {number}")
        raises(OverflowError, lambda: EmulatedDeviceConfig([number]), f"no parameter {number}")
    raises(OverflowError, lambda: setattr(MemConfig(), "map_type", 0x102), "map_type is not cut")
    raises(OverflowError, lambda: VmType(0x102), "an enumeration is not cut")
    raises(OverflowError, lambda: ErrorCode(1 << 31), "an error code is not cut")
    raises(TypeError, lambda: Gpa(1.0), "a float is no address")


def addresses() -> None:
    for cls, text in ((Gpa, "GPA"), (axvm_types.Gva, "GVA"), (Hpa, "PA"), (axvm_types.Hva, "VA")):
        address = cls(0x1ABC)
        is_(address.format(), f"{text}:0x1abc", f"{text}: format")
        is_(address.format_upper(), f"{text}:0x1ABC", f"{text}: format_upper")
        is_(cls.parse(f"{text}:0x1_abc"), address, f"{text}: parse")
        is_((cls.parse("0x1ABC"), cls.parse("X:1"), cls.parse("1\0")), (address, None, None),
            f"{text}: parse without the prefix, and what is none")
        is_(address.align_down(0x1000), cls(0x1000), f"{text}: align_down")
        is_(address.checked_align_up(0x1000), cls(0x2000), f"{text}: checked_align_up")
        is_(address.checked_align_up(3), None, f"{text}: no alignment of 3")
        is_(address.wrapping_align_up(0x1000), cls(0x2000), f"{text}: wrapping_align_up")
        is_(address.align_offset(0x1000), 0xABC, f"{text}: align_offset")
        is_(address.is_aligned(4), True, f"{text}: is_aligned")
        is_(address.checked_add(4), cls(0x1AC0), f"{text}: checked_add")
        is_(address.checked_add(UINT64_MAX), None, f"{text}: checked_add beyond the end")
        is_(address.wrapping_add(UINT64_MAX), cls(0x1ABB), f"{text}: wrapping_add")
        is_(address.checked_sub(0xABC), cls(0x1000), f"{text}: checked_sub")
        is_(address.checked_sub(0x2000), None, f"{text}: checked_sub below 0")
        is_(cls(0).wrapping_sub(1), cls(UINT64_MAX), f"{text}: wrapping_sub")
        is_(address.checked_offset(-0xABC), cls(0x1000), f"{text}: checked_offset")
        is_(address.checked_offset(-0x2000), None, f"{text}: checked_offset below 0")
        is_(cls(0).wrapping_offset(-1), cls(UINT64_MAX), f"{text}: wrapping_offset")
        is_(cls(0).checked_offset_from(address), -0x1ABC, f"{text}: checked_offset_from")
        is_(cls(0).checked_sub_addr(address), None, f"{text}: checked_sub_addr below 0")
        is_(address.checked_sub_addr(cls(1)), 0x1ABB, f"{text}: checked_sub_addr")
        is_(cls(0).wrapping_sub_addr(cls(1)), UINT64_MAX, f"{text}: wrapping_sub_addr")
        ok(cls(1) < address <= cls(UINT64_MAX), f"{text}: order")
    ok(Gpa(1) != Hpa(1), "addresses of two kinds are not equal")


def ranges() -> None:
    low, high = GpaRange.try_new(Gpa(0x1000), Gpa(0x3000)), GpaRange(Gpa(0x2000), Gpa(0x4000))
    is_(str(low), "GPA:0x1000..GPA:0x3000", "a range as text")
    is_(GpaRange(Gpa(0xA), Gpa(0xB)).format_upper(), "GPA:0xA..GPA:0xB", "in upper case")
    is_(GpaRange.try_new(Gpa(2), Gpa(1)), None, "no inverted range")
    is_(GpaRange.try_from_start_size(Gpa(0x1000), 0x2000), low, "a range by its size")
    is_(GpaRange.try_from_start_size(Gpa(1), UINT64_MAX), None, "no range past the end")
    is_(low.size(), 0x2000, "size")
    is_((low.is_empty(), GpaRange().is_empty()), (False, True), "is_empty")
    is_((low.contains(Gpa(0x2FFF)), low.contains(Gpa(0x3000))), (True, False), "contains")
    is_((low.contains_range(low), low.contains_range(high)), (True, False), "contains_range")
    is_((low.contained_in(low), low.contained_in(high)), (True, False), "contained_in")
    is_((low.overlaps(high), high.overlaps(GpaRange())), (True, False), "overlaps")
    is_(low.intersect(high), GpaRange(Gpa(0x2000), Gpa(0x3000)), "intersect")
    is_(low.intersect(GpaRange()), None, "intersect with nothing")
    is_(GpaRange(Gpa(1), Gpa(2)).page_expand(0x1000), GpaRange(Gpa(0), Gpa(0x1000)), "page_expand")
    is_(low.page_expand(3), None, "no pages of 3")
    is_(list(low.pages(0x1000)), [Gpa(0x1000), Gpa(0x2000)], "pages")
    is_(low.pages(0x2000), None, "no pages that begin inside one")
    is_(GpaRange.try_from_first_last(Gpa(0x1000), Gpa(0x2FFF)), low, "try_from_first_last")
    is_(GpaRange.try_from_first_last(Gpa(0), Gpa(UINT64_MAX)), None, "no range with the last byte")
    is_((low.last(), GpaRange().last()), (Gpa(0x2FFF), None), "last")
    is_((low.is_adjacent(GpaRange(Gpa(0), Gpa(0x1000))), low.is_adjacent(high)), (True, False),
        "is_adjacent")
    is_(low.hull(high), GpaRange(Gpa(0x1000), Gpa(0x4000)), "hull")
    is_((low.subtract(low), low.subtract(high),
         [str(left) for left in low.subtract(GpaRange(Gpa(0x1001), Gpa(0x2FFF)))]),
        ([], [GpaRange(Gpa(0x1000), Gpa(0x2000))],
         ["GPA:0x1000..GPA:0x1001", "GPA:0x2fff..GPA:0x3000"]), "subtract")
    is_([GpaRange.parse(text) for text in
         ("0x1000..GPA:0x3000", "0x1000-0x2fff", "0x1000+8K", "0x1000", "1..2\0")],
        [low, low, low, None, None], "parse")
    is_(HpaRange.parse("PA:0x1000..PA:0x2000").size(), 0x1000, "parse of another kind")
    ok(low != HpaRange(Hpa(0x1000), Hpa(0x3000)), "ranges of two kinds are not equal")


def range_lists() -> None:
    for kind in ("Gpa", "Gva", "Hpa", "Hva"):
        address, of = getattr(axvm_types, kind), getattr(axvm_types, f"{kind}Range")
        taken = getattr(axvm_types, f"{kind}RangeList")(2)

        def r(start: int, end: int) -> axvm_types.GpaRange:
            return of(address(start), address(end))

        is_((len(taken), list(taken), taken.capacity), (0, [], 2), f"{kind}: an empty list")
        ok(taken.insert(r(0x1000, 0x2000)) and taken.insert(r(0x4000, 0x5000)), f"{kind}: insert")
        is_((taken.insert(r(0, 1)), taken.remove(r(0x1400, 0x1800))), (False, False),
            f"{kind}: a full list")
        is_(list(taken), [r(0x1000, 0x2000), r(0x4000, 0x5000)], f"{kind}: its ranges")
        is_((address(0x1FFF) in taken, address(0x2000) in taken), (True, False), f"{kind}: in")
        is_((r(0x1000, 0x2000) in taken, r(0x1000, 0x4001) in taken), (True, False),
            f"{kind}: ranges in")
        is_((taken.overlaps(r(0x1fff, 0x3000)), taken.overlaps(r(0x2000, 0x4000))), (True, False),
            f"{kind}: overlaps")
        is_(taken.find_gap(r(0, UINT64_MAX), 0x2000), r(0x2000, 0x4000), f"{kind}: find_gap")
        is_(taken.find_gap(r(0, UINT64_MAX), 0x2000, 0x4000), r(0x8000, 0xA000), f"{kind}: aligned")
        is_(taken.find_gap(r(0, 0x1000), 0x2000), None, f"{kind}: no gap")
        is_(taken.find_gap_high(r(0, 0x6000), 0x1000, 0x2000), r(0x2000, 0x3000), f"{kind}: high")
        is_(taken.find_gap_high(r(0, 0x1000), 0x2000), None, f"{kind}: no high gap")
        raises(AxvmError, lambda: taken.claim(r(0x1fff, 0x2001)), f"{kind}: taken already")
        taken.claim(r(0x2000, 0x3000))
        ok(r(0x2000, 0x3000) in taken, f"{kind}: claim")
        taken.assign(iter([r(0x5000, 0x6000), r(0x1000, 0x2000), r(0x1800, 0x3000)]))
        is_(list(taken), [r(0x1000, 0x3000), r(0x5000, 0x6000)], f"{kind}: assign")
        for found in taken:
            ok(taken.remove(found), f"{kind}: remove")
        is_(len(taken), 0, f"{kind}: empty again")
    raises(ValueError, lambda: axvm_types.GpaRangeList(-1), "no list of -1")


def guest_memory() -> None:
    low, high = bytearray(0x100), bytearray(0x80)
    regions = [GuestRegion.of(Gpa(0x1100), high), GuestRegion.of(Gpa(0x1000), low)]
    memory = GuestMemory(regions)
    is_((len(memory), memory[0].gpa, memory[1].gpa), (2, Gpa(0x1000), Gpa(0x1100)), "sorted")
    ok(memory.write(Gpa(0x10FE), b"ab\0d"), "write across two regions")
    is_((bytes(low[0xFE:]), bytes(high[:2])), (b"ab", b"\0d"), "into their buffers")
    is_(memory.read(Gpa(0x10FE), 4), b"ab\0d", "read")
    is_((memory.write(Gpa(0x117F), b"ef"), high[0x7F]), (False, 0), "no write past the end")
    is_((memory.read(Gpa(0x117F), 2), memory.read(Gpa(0), 1 << 40)), (None, None), "nor a read")
    is_((memory.read(Gpa(0x117F), 0), memory.read(Gpa(0x1180), 0)), (b"", None), "read of nothing")
    is_((Gpa(0x117F) in memory, Gpa(0x1180) in memory), (True, False), "in")
    is_((memory.find(Gpa(0x1100)).size, memory.find(Gpa(0))), (0x80, None), "find")
    host = memory.at(Gpa(0x1001), 0xFF)
    is_((host, memory.at(Gpa(0x1001), 0x100)), (regions[1].host + 1, None), "at")
    is_((memory.gpa_of(host), memory.gpa_of(1)), (Gpa(0x1001), None), "gpa_of")
    is_((memory.span(Gpa(0x10FF), 9), memory.span(Gpa(0), 9)), (1, 0), "span")
    is_((memory.at_hint(9, Gpa(0x1001), 0xFF), memory.at_hint(0, Gpa(0x117F), 2),
         memory.at_hint(1, Gpa(0), 1)), ((host, 0), (None, 1), (None, 1)), "at_hint")
    raises(OverflowError, lambda: memory.at_hint(-1, Gpa(0), 1), "no hint -1")
    ok(memory.fill(Gpa(0x10FF), 7, 2) and low[0xFF] == high[0] == 7, "fill")
    ok(not memory.fill(Gpa(0x117F), 7, 2) and high[0x7F] == 0, "not past the end")
    raises(OverflowError, lambda: memory.fill(Gpa(0x1000), 256, 1), "no byte 256")
    is_([(piece.ptr, piece.length) for piece in memory.slices(Gpa(0x10FF), 3)],
        [(regions[1].host + 0xFF, 1), (regions[0].host, 2)], "slices")
    is_((memory.slices(Gpa(0x1000), 0), memory.slices(Gpa(0x117F), 2)), ([], None), "or none")
    is_(GuestRegion(tag=5).tag, 5, "tag")
    for bad in (GuestRegion(gpa=Gpa(0x1000), size=1), GuestRegion.of(Gpa(0x10FF), bytearray(1)),
                GuestRegion.of(Gpa(UINT64_MAX), bytearray(1))):
        raises(ValueError, lambda: GuestMemory([*regions, bad]), f"not with one at {bad.gpa}")
    is_(len(GuestMemory([])), 0, "no memory")


def vcpu_sets() -> None:
    cpus = VcpuSet(0x10F)
    is_(cpus.format_list(), "0-3,8", "format_list")
    is_(cpus.format_mask(), "0x10f", "format_mask")
    is_(VcpuSet.parse_list("0-3,8"), cpus, "parse_list")
    is_(VcpuSet.parse_mask("0x10f"), cpus, "parse_mask")
    is_((VcpuSet.parse_list("0-3,8\n"), VcpuSet.parse_mask("0x10f\n")), (cpus, cpus),
        "with a newline at the end")
    for text in ("64", "3-1", " 1", "1\0"):
        is_(VcpuSet.parse_list(text), None, f"no list {text!a}")
    is_(VcpuSet.parse_mask("0x1\0"), None, "no mask with a NUL")
    is_((list(cpus), len(cpus)), ([0, 1, 2, 3, 8], 5), "members")
    is_((8 in cpus, 9 in cpus, 64 in cpus), (True, False, False), "membership")
    is_((cpus.set(9, True), cpus.set(9, False), 9 in cpus), (False, True, False), "set")
    for index in (64, -1):
        raises(IndexError, lambda: cpus.set(index, True), f"no index {index}")
    raises(ValueError, lambda: VcpuSet.mask(65), "no mask of 65")
    is_(VcpuSet.mask(4), VcpuSet(0xF), "mask")
    is_((cpus.first_index(), cpus.last_index(), VcpuSet().first_index()), (0, 8, None), "ends")
    is_((cpus.next_index(3), cpus.prev_index(8), cpus.next_index(8)), (8, 3, None), "steps")
    is_((cpus.first_false_index(), cpus.last_false_index()), (4, 63), "ends of the others")
    is_((cpus.next_false_index(7), cpus.prev_false_index(4)), (9, None), "steps in the others")
    is_((cpus & VcpuSet(3), cpus | VcpuSet(0x10)), (VcpuSet(3), VcpuSet(0x11F)), "and, or")
    is_((cpus ^ VcpuSet(1), cpus - VcpuSet(0xF)), (VcpuSet(0x10E), VcpuSet(0x100)), "xor, andnot")
    is_(~VcpuSet(), VcpuSet.full(), "not")
    is_((VcpuSet(1).is_subset(cpus), cpus.intersects(VcpuSet(0x10))), (True, False), "relations")
    is_((VcpuSet().is_empty(), VcpuSet.full().is_full()), (True, True), "extremes")


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
        (MappingFlags.ALL, None), "unknown bits are told")
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


def operators() -> None:
    for cls, span in ((Gpa, GpaRange), (Hpa, HpaRange)):
        low, high = cls(0x1000), cls(0x3000)
        is_((low + 0x2000, 0x2000 + low, high - 0x2000), (high, high, low), "plus and minus")
        is_((high - low, low - high), (0x2000, -0x2000), "what lies between")
        raises(OverflowError, lambda: cls(UINT64_MAX) + 1, "no address past the last")
        raises(OverflowError, lambda: cls(0) - 1, "nor before the first")
        raises(TypeError, lambda: low + high, "no sum of addresses")
        is_((len({low, cls(0x1000), high}), hex(low)), (2, "0x1000"), "a set, and a number")
        r, inner = span(low, high), span(low, cls(0x2000))
        is_((low in r, high in r, inner in r, r in inner), (True, False, True, False), "in")
        is_((len(r), len({r, span(low, high), inner})), (0x2000, 2), "len, and a set of ranges")
        is_(sorted([r, inner]), [inner, r], "sorted ranges")
        ok(span(), "an empty range is one")
    raises(TypeError, lambda: Gpa(1) - Hpa(1), "no difference between kinds")
    raises(TypeError, lambda: Gpa(1) < Hpa(1), "no order of kinds")
    is_((Hpa(0x1000) in GpaRange(Gpa(0), Gpa(0x2000)), Gpa(1) == 1), (False, False), "no mixing")
    some, more = VcpuSet(0x3), VcpuSet(0x7)
    is_((some < more, some <= more, more > some, more >= some, some < some, some <= some),
        (True, True, True, True, False, True), "subsets")
    is_((VcpuSet(1) <= VcpuSet(2), VcpuSet(2) <= VcpuSet(1)), (False, False), "of sets apart")
    is_((len({some, VcpuSet(0x3), more}), -1 in some, str(more)), (2, False, "0-2"), "set of sets")
    is_((sorted([VmType.LINUX, VmType.HOST]), str(VmType.LINUX)),
        ([VmType.HOST, VmType.LINUX], "linux"), "enumerations")
    raises(TypeError, lambda: VmType.HOST < BootProtocol.UEFI, "of one kind")
    one, same = MemConfig(size=1), MemConfig(size=1)
    is_((len({one, same, MemConfig(size=2)}), len({EmulatedDeviceConfig(name=name)
                                                  for name in ("", None)})), (2, 1), "configs")


def annotations() -> None:
    for cls in {value for value in vars(axvm_types).values() if isinstance(value, type)
                and issubclass(value, Enumeration) and value is not Enumeration}:
        is_(set(inspect.get_annotations(cls)),
            {name for name, value in vars(cls).items() if isinstance(value, cls)},
            f"the values of {cls.__name__} are annotated")
    for cls in {value for value in vars(axvm_types).values() if isinstance(value, type)
                and issubclass(value, ctypes.Structure)}:
        known = {name for base in cls.__mro__ for name in inspect.get_annotations(base)}
        missing = {name for name, *_ in cls._fields_} - known
        if not cls.__name__.endswith("List"):
            is_(missing, set(), f"the members of {cls.__name__} are annotated")
    is_(axvm_types.__version__, axvm_types.version(), "__version__")
    ok((SRCDIR / "python/axvm_types/py.typed").exists(), "py.typed")


_USER = """
from axvm_types import EmulatedDeviceType, Finding, Gpa, GpaRange, LayoutVm, MemConfig, VcpuSet
from axvm_types import Hypercall, IvcLayout, Model, VmType, ivc_region_identify, layout_findings

end: Gpa = Gpa(0x1000) + 0x1000
size: int = end - Gpa(0x1000)
inside: bool = end in GpaRange(Gpa(0), end)
cpus: list[int] = sorted(VcpuSet.full() & VcpuSet(3))
kind: VmType | None = VmType.from_name(VmType.LINUX.name)
call: Hypercall | None = Hypercall.from_name("HIVCNotify")
names: tuple[str, ...] = Hypercall.IVC_NOTIFY.arguments
layout: IvcLayout | None = ivc_region_identify(bytes(64))
types: tuple[EmulatedDeviceType, ...] = EmulatedDeviceType.all_in(Model.V0_7)
findings: list[Finding] = layout_findings([LayoutVm(memory_regions=[MemConfig(size=size)])])
texts: list[str] = [finding.hint for finding in findings]
wrong: str = end - 1
"""


def typing() -> None:
    with tempfile.TemporaryDirectory() as tmp:
        user = Path(tmp) / "user.py"
        user.write_text(_USER)
        run = subprocess.run(
            ["mypy", "--strict", "--no-error-summary", "--cache-dir", tmp, "--python-version",
             "3.11", "axvm_types", "axvm_lint", user],
            cwd=SRCDIR / "python", capture_output=True, text=True,
            env={**os.environ, "MYPYPATH": ""})
        last = f":{_USER.count(chr(10))}: error: Incompatible types in assignment "
        lines = [line for line in run.stdout.splitlines() if ": error: " in line]
        is_([line for line in lines if last not in line], [], "mypy --strict accepts binding and program")
        is_(len(lines) - len([line for line in lines if last not in line]), 1,
            "and sees a wrong type")


def texts() -> None:
    is_((uint_parse("0x1_0000"), uint_parse("0"), uint_parse("-1"), uint_parse("1\0")),
        (0x10000, 0, None, None), "uint_parse")
    is_((size_parse("256 MiB"), size_parse("64k"), size_parse("1 GB")), (0x10000000, 0x10000, None),
        "size_parse")
    is_((size_format(0x10000000), size_format(4097)), ("256 MiB", "4097"), "size_format")
    is_((uint_parse_prefix("0x10,1"), uint_parse_prefix("x"), uint_parse_prefix("1\0")),
        ((16, ",1"), None, None), "uint_parse_prefix")
    is_((size_parse_prefix("2G@\u00e9"), size_parse_prefix("@1")), ((1 << 31, "@\u00e9"), None),
        "size_parse_prefix")
    raises(ctypes.ArgumentError, lambda: size_format(-1), "no size -1")
    is_((size_parse_unit("512", 1 << 20), size_parse_unit("1E", 1), size_parse_unit("1Z", 1)),
        (512 << 20, 1 << 60, None), "size_parse_unit")
    is_((size_parse_unit_prefix("512@2G", 1 << 20), size_parse_unit_prefix("@", 1)),
        ((512 << 20, "@2G"), None), "size_parse_unit_prefix")
    is_((uint_format_hex(0xabc), uint_format_hex(0xabc, 8)), ("0xabc", "0x00000abc"),
        "uint_format_hex")
    raises(OverflowError, lambda: uint_format_hex(1, -1), "no -1 digits")
    einval, erange = ErrorCode.from_linux(errno.EINVAL), ErrorCode.from_linux(errno.ERANGE)
    is_((text_check(TextKind.GPA, "0x10"), text_check(TextKind.GPA, "0x1g"),
         text_check(TextKind.VCPU_LIST, "0,64"), text_check(TextKind.UINT, "\u00e9")),
        (None, (einval, 3), (erange, 2), (einval, 0)), "text_check")
    is_([text_check(TextKind.UINT, text) for text in ("1\0", "0x\0", "9" * 20 + "\0", "1x\0")],
        [(einval, 1), (einval, 2), (einval, 20), (einval, 1)], "text_check: no NUL")
    is_([text_check(TextKind.UINT, text) for text in ("\udcff", "1\ud800")],
        [(einval, 0), (einval, 1)], "text_check: lone surrogates, as the command line has them")
    for parse in (uint_parse, size_parse, lambda text: size_parse_unit(text, 1), Gpa.parse,
                  GpaRange.parse, GpaRange.parse_hex, VcpuSet.parse_list, VcpuSet.parse_mask,
                  MappingFlags.parse, MappingFlags.from_name, Arch.from_name,
                  Hypercall.from_name):
        is_([parse(text) for text in ("\udcff", "1\ud800", "1\0")], [None] * 3, "no such text")
    is_((size_parse_prefix("4K\udcff"), GpaRange.parse_hex_prefix("1-2\ud800")[1]),
        ((4096, "\udcff"), "\ud800"), "what follows may be any text")
    is_(len(TextKind.all()), 13, "kinds of text")
    is_((HpaRange.parse_hex("40000000-47999999"), HpaRange.parse_hex("0x1-0x2"),
         HpaRange.parse_hex_prefix("1000-1fff : ram"), HpaRange.parse_hex_prefix("x")),
        (HpaRange(Hpa(0x40000000), Hpa(0x4799999a)), None,
         (HpaRange(Hpa(0x1000), Hpa(0x2000)), " : ram"), None), "parse_hex")
    is_((MappingFlags.parse("READ | 0x40"), MappingFlags.parse("READ|WRITE")), (0x41, None),
        "flags are read")
    is_((ErrorCode.from_errno(errno.ENAMETOOLONG, 5).name, ErrorCode.from_errno(0, 5)),
        ("ENAMETOOLONG", 5), "from_errno")
    cpus = VcpuSet()
    is_((cpus.try_set(63, True), cpus.try_set(64, True), list(cpus)), (True, False, [63]), "try_set")
    is_(list(VcpuSet.range(2, 4)), [2, 3, 4], "range")
    raises(ValueError, lambda: VcpuSet.range(4, 2), "out of order")
    raises(ValueError, lambda: VcpuSet.range(0, 64), "past the end")


def checks() -> None:
    header = (SRCDIR / "include/axvm/layout.h").read_text()
    flags = dict(re.findall(r"\bAXVM_LAYOUT_(\w+) = (0x\w+)", header))
    is_(flags, {name: hex(value) for name, value in vars(layout).items()
                if name.startswith(("HAS_", "ENABLE_", "KERNEL_", "COMPLETE"))},
        "the flags are those of the header")

    def vm(**members) -> LayoutVm:
        return LayoutVm(name="a", cpu_num=1, flags=layout.COMPLETE, **{
            "id": 1, "image_location": ImageLocation.from_name("fs"),
            "memory_regions": [MemConfig(gpa=Gpa(0x1000), size=0x1000)], **members})

    def found(vms: list[LayoutVm], limits: LayoutLimits | None = None) -> list[str]:
        texts: list[str] = []
        layout_check(vms, limits, lambda finding: texts.append(finding.format()))
        return texts

    is_(found([]), [], "no VM")
    is_((layout_problem([vm()], LayoutLimits()), layout_problem([])), (None, None), "no problem")
    is_(layout_problem([vm(entry_point=Gpa(1))]),
        "entry_point is set without AXVM_LAYOUT_HAS_ENTRY_POINT", "a problem")
    raises(AxvmError, lambda: found([vm(entry_point=Gpa(1))]), "which the check refuses")
    is_((LayoutLimits().model, LayoutLimits.init(gpa_bits=7).model, LayoutLimits.init().gpa_bits),
        (Model.V0_5, max(Model.all()), 0), "init takes the newest model")
    is_(found([vm()]), [], "a good VM")
    is_(found([LayoutVm()]), [], "of which nothing is known")
    paths = LayoutVm(disabled_paths=["/soc/uart", b"/\xff"], guest_type=1)
    is_((paths.disabled_path_count, paths.disabled_paths[0], paths.disabled_paths[1]),
        (2, b"/soc/uart", b"/\xff"), "disabled paths")
    is_(paths.guest_type, GuestType.PASSTHROUGH, "a guest type")
    is_(found([paths]), [], "both are valid")
    paths.reserved[6] = 1
    raises(AxvmError, lambda: found([paths]), "reserved bytes are zero")
    is_(found([vm(memory_regions=())]), ["error[memory-none]: memory_regions is empty: the "
                                          "VM has no memory"], "no region")
    is_(found([vm(phys_cpu_ids=[])]), ["warning[cpu-list]: phys_cpu_ids has fewer entries than "
                                        "the VM has vCPUs: 0"], "an empty list is one")
    is_(len(found([vm(), vm(id=2)])), 1, "two VMs with one name")
    limits = LayoutLimits([HpaRange(Hpa(0x1000), Hpa(0x2000))], gpa_bits=12,
                          host_cpus=VcpuSet(1), arch=Arch.AARCH64)
    region = MemConfig(gpa=Gpa(0x1000), size=0x1000, map_type=MemMappingType.RESERVED)
    devices = [PassthroughDeviceConfig(name=f"d{i}", base_gpa=Gpa(i << 16), base_hpa=Hpa(i << 16),
                                       length=1, irq_id=i) for i in range(1, 100)]
    bad = vm(phys_cpu_sets=[VcpuSet(2)], memory_regions=[region], passthrough_devices=devices,
             emu_devices=[EmulatedDeviceConfig(name="pit", length=1, emu_type=0x24)],
             passthrough_addresses=[PassthroughAddressConfig(length=1)])
    codes = [re.match(r"\w+\[([\w-]+)\]", text)[1] for text in found([bad], limits)]
    is_([codes.count(code) for code in ("memory-beyond-width", "device-beyond-width", "irq-unused",
                                        "device-arch", "cpu-list", "key-unused", "host-conflict")],
        [1, 99, 99, 1, 1, 1, 1], "what lists and limits have is looked at")

    calls = []

    def refuse(finding: object) -> None:
        calls.append(finding)
        raise KeyError("enough")

    raises(KeyError, lambda: layout_check([bad], None, refuse), "an exception of the callback")
    is_(len(calls), 1, "ends the check")
    raises(AxvmError, lambda: found([], LayoutLimits(gpa_bits=65)), "limits that cannot be")
    raises(OverflowError, lambda: LayoutVm(phys_cpu_ids=[1 << 64]), "an id that does not fit")

    def details(finding: object) -> None:
        is_((finding.a.name, finding.a.table, finding.a.index, finding.a.space, finding.a.end),
            ("d1", LayoutTable.PASSTHROUGH_DEVICES, 0, LayoutSpace.GUEST, 0x10001), "owner")
        is_(finding.a.format(), 'passthrough_devices[0] "d1" GPA:0x10000..GPA:0x10001', "text")
        is_(finding.message("a: ", "b: ")[:35], 'a: passthrough_devices[0] "d1" GPA:', "message")
        calls.append(finding.code)

    layout_check([vm(interrupt_mode=InterruptMode.NO_IRQ, passthrough_devices=devices[:1],
                     memory_regions=[region])], None, details)
    is_(calls[1:], [FindingCode.IRQ_UNUSED], "one finding")
    found = layout_findings([vm(interrupt_mode=InterruptMode.NO_IRQ,
                                passthrough_devices=devices[:1], memory_regions=[region])])
    is_([finding.code for finding in found], calls[1:], "the same as a list")
    is_([type(text) for text in (found[0].text, found[0].hint, found[0].a.name)], [str] * 3,
        "texts are str")


def readme() -> None:
    example = re.search(r"^```python\n(.*?)^```", (SRCDIR / "README.md").read_text(),
                        re.MULTILINE | re.DOTALL)[1]
    run = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True)
    lines = run.stdout.splitlines()
    is_((run.returncode, lines[:1], len(example.splitlines())),
        (0, ["GPA:0x80000000..GPA:0x90000000 True [0, 1, 2, 3, 8]"], 5), "README's five lines")
    ok(lines[1].startswith("error[memory-overlap]: memory_regions[0] GPA:0x80000000.."), "find it",
       *lines)


def loading() -> None:
    makefile = (BUILDDIR / "Makefile").read_text()
    is_(axvm_types.version(), re.search(r"^VERSION = (.*)$", makefile, re.MULTILINE)[1],
        "version")
    ok(axvm_types.model().startswith("axvm-types "), "model", axvm_types.model())
    ok(axvm_types.tlb_backend() in ("none", "riscv-hfence"), "tlb_backend")
    for name, wanted in (("no/such.so", "AXVM_TYPES_LIBRARY"), ("libc.so.6", "lacks axvm_")):
        run = subprocess.run([sys.executable, "-c", "import axvm_types"], capture_output=True,
                             text=True, env={**os.environ, "AXVM_TYPES_LIBRARY": name})
        last = run.stderr.strip().splitlines()[-1]
        ok(last.startswith("ImportError: ") and wanted in last, f"loading {name} is refused", last)


tap.test(layouts, numbers, addresses, ranges, range_lists, guest_memory, vcpu_sets, enumerations,
         hypercalls, ivc_regions, errors, configs, accesses, operators, annotations, texts, checks, readme,
         loading)
if shutil.which("mypy"):
    tap.test(typing)
else:
    tap.skip("typing", "no mypy")
tap.done()
