# SPDX-License-Identifier: Apache-2.0
"""The binding: addresses, ranges, lists of them, guest memory and sets of vCPUs."""

import tap

tap.need_library()

import axvm_types  # noqa: E402
from axvm_types import (  # noqa: E402
    AxvmError, Gpa, GpaRange, GuestMemory, GuestRegion, Hpa, HpaRange, VcpuSet)
from tap import is_, ok, raises  # noqa: E402

UINT64_MAX = (1 << 64) - 1


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


tap.test(addresses, ranges, range_lists, guest_memory, vcpu_sets)
tap.done()
