# SPDX-License-Identifier: Apache-2.0
"""Memory of a VM over the devices that each guest of today's hypervisor has, as the board has them.

The library has usual places for them; on a board with a device tree, the hypervisor takes those of
the tree. machine-conflict is described there.
"""

from collections.abc import Iterator

from axvm_types import MAX_VCPU_NUM, FindingCode, LayoutSpace, Severity
from ..board.addresses import Range
from ..board.tree import Tree
from ..findings import Finding, Owner
from ..text import clip, quote
from .tree_selection import Selection

# The frame of a redistributor of GIC v3; each vCPU has one.
_REDISTRIBUTOR = 0x2_0000
# More than any board has.
_MOST_DEVICES = 64
_GIC_V2 = {"arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a7-gic"}


def machine_findings(tree: Tree, vm: Selection) -> Iterator[Finding]:
    """One at most for a region, against the lowest device."""
    if not vm.is_today:
        return
    devices = sorted(_devices(tree, min(vm.vm.cpu_num or 1, MAX_VCPU_NUM)))[:_MOST_DEVICES]
    for entry in vm.vm.memory:
        start, end = entry.config.gpa.addr, entry.config.gpa.addr + entry.config.size
        for place, node in devices:
            if start < place.end and place.start < end:
                owner = Owner(vm.vm.file, vm.vm.id, entry.table, entry.index)
                yield vm.finding(
                    FindingCode.MACHINE_CONFLICT, Severity.ERROR, owner,
                    f"{owner.text()} {Range(start, end)}",
                    f"overlaps {quote(clip(node))} {place} of {tree.name}: the guest has such a "
                    "device at the same place",
                    "Move the memory, or leave a hole in it by two regions around the device.",
                    Owner(None, None, "machine", None, node, LayoutSpace.GUEST, *place))
                break


def _devices(tree: Tree, cpu_num: int) -> Iterator[tuple[Range, str]]:
    """The places of interrupt controller and console, each with the path of its node."""
    for node in tree.nodes:
        models = node.strings("compatible")
        places = [*tree.addresses.placed(node)]
        if "arm,gic-v3" in models:
            # The distributor, and as many redistributors as there are vCPUs.
            places = places[:1] + [Range(start, start + cpu_num * _REDISTRIBUTOR)
                                   for start, _ in places[1:2]]
        elif _GIC_V2 & {*models}:
            # What comes after is for the hypervisor.
            places = places[:2]
        elif node is not tree.console and not any(
                "plic" in model and "aplic" not in model for model in models):
            continue
        yield from ((place, node.path) for place in places)
