# SPDX-License-Identifier: Apache-2.0
"""Reserved regions of a VM against the memory that the host's device tree names."""

from bisect import bisect_left
from collections.abc import Iterator

from axvm_types import FindingCode, LayoutSpace, MemMappingType, Severity
from axvm_types import Finding as LibraryFinding
from ..board.addresses import Range, merged, without
from ..board.tree import Tree
from ..findings import Finding, Owner
from ..text import clip, quote, size_text
from .tree_selection import Selection, some


def memory_text(tree: Tree, finding: LibraryFinding) -> str:
    """What the library's finding about memory says of this tree; "" for any other finding."""
    if finding.code != FindingCode.TREE_RAM:
        return ""
    where = f"memory_regions[{finding.a.index}]"
    if finding.a.space == LayoutSpace.HOST:
        return (f"{where} {Range(finding.a.start, finding.a.end)}: {tree.name} has no RAM at "
                f"{finding.value:#x}; it has {some(map(str, tree.memory))}")
    return (f"{where}: with it, the regions that the hypervisor allocates for the VMs are larger "
            f"than the RAM of {tree.name}, {size_text(finding.value)}")


# tree-reserved
#
# What: A memory region of type reserved (2) is RAM that the host's device tree (--host-dtb) does
# not reserve, neither below /reserved-memory nor by /memreserve/. A warning where it overlaps
# memory that the tree keeps from any mapping (no-map).
# Why: The hypervisor maps the region as configured, and its allocator gives the same pages to other
# VMs or to itself. What is kept from any mapping is firmware's, and often faults.
# How: Reserve the memory in the host's device tree, or use a region of type alloc or identical.
# Severity: warning, note

def memory_findings(tree: Tree, vm: Selection) -> Iterator[Finding]:
    """One at most for a region: the hypervisor, or firmware, has its memory as well."""
    if not tree.memory:
        return
    reserved = merged(one.range for one in tree.reserved)
    firmware = sorted((one.range, one.name) for one in tree.reserved if one.is_firmware)
    for entry in vm.vm.memory:
        config = entry.config
        if config.map_type != MemMappingType.RESERVED or config.range() is None:
            continue
        region = Range(config.gpa.addr, config.gpa.addr + config.size)
        outside = [*without([region], tree.memory)]
        # What is no memory is the library's to report.
        rest = [*without([region], merged([*outside, *reserved]))]
        if not rest:
            continue
        owner = Owner(vm.vm.file, vm.vm.id, entry.table, entry.index)
        where = f"{owner.text()} {region}"
        # Of those that begin before its end, the last one.
        place, name = firmware[max(bisect_left(firmware, (Range(region.end, 0), "")) - 1, 0)
                               ] if firmware else (Range(0, 0), "")
        if place.start < region.end and region.start < place.end:
            yield vm.finding(
                FindingCode.TREE_RESERVED, Severity.WARNING, owner, where,
                f"overlaps {quote(clip(name))} {place}, which {tree.name} "
                "keeps from any mapping", "Move the region, or end it before that memory.")
        else:
            yield vm.finding(
                FindingCode.TREE_RESERVED, Severity.NOTE, owner, where,
                f"{tree.name} does not reserve {rest[0]}, so the hypervisor's allocator gives "
                "these pages to others as well",
                "Reserve the memory in the host's device tree, below /reserved-memory.")
