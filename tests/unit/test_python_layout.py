# SPDX-License-Identifier: Apache-2.0
"""The binding: texts, and the layout check."""

import ctypes
import errno
import os
import re
from pathlib import Path

import tap

tap.need_library()

from axvm_types import (  # noqa: E402
    Arch, AxvmError, EmulatedDeviceConfig, ErrorCode, FindingCode, Gpa, GpaRange, GuestType, Hpa,
    HpaRange, Hypercall, ImageLocation, InterruptMode, layout, layout_check, layout_findings,
    layout_problem, LayoutLimits, LayoutSpace, LayoutTable, LayoutVm, MappingFlags, MemConfig,
    MemMappingType, Model, PassthroughAddressConfig, PassthroughDeviceConfig, size_format,
    size_parse, size_parse_prefix, size_parse_unit, size_parse_unit_prefix, text_check, TextKind,
    uint_format_hex, uint_parse, uint_parse_prefix, VcpuSet)
from tap import is_, raises  # noqa: E402

SRCDIR = Path(os.environ["srcdir"])


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


tap.test(texts, checks)
tap.done()
