# SPDX-License-Identifier: Apache-2.0
"""Devices of the host's device tree in two VMs: by node, and by page."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from axvm_types import FindingCode, Severity
from ..board.addresses import pages
from ..board.node import Node
from ..board.tree import Tree
from ..findings import Finding, Owner
from ..text import clip, printable, quote
from .tree_selection import Selection, some, taken, why_never


@dataclass
class _Claim:
    """What a VM takes by a path."""

    vm: int
    owner: Owner
    node: Node


@dataclass
class _Span:
    """Pages that a VM gets by a node."""

    start: int
    end: int
    node: Node
    claim: _Claim


@dataclass
class _Pair:
    """What two claims have in common."""

    a: _Claim
    b: _Claim
    severity: Severity
    texts: list[str] = field(default_factory=list)


class Sharing:
    """The devices that two VMs of a machine take; one finding for two VMs and each kind."""

    def __init__(self, tree: Tree, vms: list[Selection]) -> None:
        self._tree = tree
        # What today's hypervisor maps by a guest's own tree has the host's addresses.
        self._vms = [vm for vm in vms if vm.counts or vm.is_today]
        self._excluded = [{node for path in vm.excluded if (node := tree.find(path.path))}
                          for vm in self._vms]
        # Each node once for a VM.
        claims: dict[tuple[int, Node], _Claim] = {}
        for index, vm in enumerate(self._vms):
            for path in vm.passed:
                node = tree.find(path.path)
                if node and not why_never(node):
                    claims.setdefault((index, node), _Claim(index, path.owner, node))
        self._claims = [*claims.values()]
        self._whole = [_Claim(index, vm.everything, tree.root)
                       for index, vm in enumerate(self._vms) if vm.everything]
        self._at: dict[Node, list[_Claim]] = defaultdict(list)
        self._below: dict[Node, list[_Claim]] = defaultdict(list)
        self._pairs: dict[tuple[int, int, Severity], _Pair] = {}

    def report(self, report: Callable[[Finding], None]) -> None:
        self._everything(report)
        alone = [claim for claim in self._claims if not self._claim(claim)]
        self._by_page(alone)
        for pair in self._pairs.values():
            report(self._of_pair(pair))

    def _everything(self, report: Callable[[Finding], None]) -> None:
        """Those that take the whole tree against each other."""
        for other in self._whole[1:]:
            report(self._finding(
                FindingCode.HOST_CONFLICT, Severity.NOTE, self._whole[0], other,
                f"both VMs take all devices of {self._tree.name}",
                "Name the devices of each VM, or exclude those of the others."))

    def _claim(self, claim: _Claim) -> bool:
        """Whether another VM has the node, or one above; it then has no pages to look at."""
        whole = next((other for other in self._whole if other.vm != claim.vm
                      and not self._is_excluded(other.vm, claim.node)), None)
        if whole:
            self._add(whole, claim, Severity.WARNING, claim.node.path)
        above = self._above(claim)
        if above:
            self._add(above, claim, Severity.WARNING, claim.node.path)
        else:
            for other in self._below[claim.node]:
                if other.vm != claim.vm and not self._is_excluded(claim.vm, other.node):
                    self._add(other, claim, Severity.WARNING, other.node.path)
        self._at[claim.node].append(claim)
        for node in claim.node.ancestry:
            self._below[node].append(claim)
        return above is not None

    def _above(self, claim: _Claim) -> _Claim | None:
        for node in claim.node.ancestry:
            for other in self._at[node] if node in self._at else ():
                if other.vm != claim.vm and not self._is_excluded(other.vm, claim.node):
                    return other
        return None

    def _is_excluded(self, vm: int, node: Node) -> bool:
        excluded = self._excluded[vm]
        return bool(excluded) and any(above in excluded for above in node.ancestry)

    def _takes(self, vm: int, node: Node) -> bool:
        return any(claim.vm == vm for above in node.ancestry for claim in self._at.get(above, ())
                   ) and not self._is_excluded(vm, node)

    def _by_page(self, claims: list[_Claim]) -> None:
        """Pages that two VMs get by two nodes."""
        # Those that reach furthest, of two VMs.
        first: _Span | None = None
        second: _Span | None = None
        for span in sorted(self._spans(claims), key=lambda span: (span.start, span.claim.vm)):
            is_of_first = first is not None and first.claim.vm == span.claim.vm
            other = second if is_of_first else first
            if other and span.start < other.end:
                self._page(other, span)
            if first is None or span.end > first.end:
                second = second if is_of_first else first
                first = span
            elif not is_of_first and (second is None or span.end > second.end):
                second = span

    def _page(self, x: _Span, y: _Span) -> None:
        if not self._takes(x.claim.vm, y.node) and not self._takes(y.claim.vm, x.node):
            self._add(x.claim, y.claim, Severity.ERROR,
                      f"{quote(clip(x.node.path))} and {quote(clip(y.node.path))} share the 4 KiB "
                      f"page {y.start:#x}")

    def _spans(self, claims: list[_Claim]) -> Iterator[_Span]:
        for claim in claims:
            for node in taken(claim.node):
                if self._is_excluded(claim.vm, node):
                    continue
                for start, end in pages(self._tree.addresses.placed(node)):
                    yield _Span(start, end, node, claim)

    def _add(self, x: _Claim, y: _Claim, severity: Severity, text: str) -> None:
        a, b = (x, y) if x.vm < y.vm else (y, x)
        pair = self._pairs.setdefault((a.vm, b.vm, severity), _Pair(a, b, severity))
        pair.texts.append(text)

    def _of_pair(self, pair: _Pair) -> Finding:
        if pair.severity == Severity.ERROR:
            more = f", and {len(pair.texts) - 1} more pairs do" if len(pair.texts) > 1 else ""
            return self._finding(
                FindingCode.HOST_CONFLICT, Severity.ERROR, pair.a, pair.b,
                f"{pair.texts[0]} of {self._tree.name}{more}",
                "Pass both to one VM: a page is mapped whole, so each VM reaches the device of the "
                "other.")
        return self._finding(
            FindingCode.HOST_CONFLICT, Severity.WARNING, pair.a, pair.b,
            f"both VMs take {some(map(quote, pair.texts))} of {self._tree.name}",
            "Give the device to one VM: take its path out of the other, or exclude it there.")

    def _finding(self, code: FindingCode, severity: Severity, a: _Claim, b: _Claim, reason: str,
                 hint: str) -> Finding:
        models = sorted({*self._vms[a.vm].models, *self._vms[b.vm].models})
        return Finding(
            a.owner.file or "", code, severity,
            f"{a.owner.text()} and {_where(a.owner, b.owner)}{b.owner.text()}: {reason}", hint,
            a=a.owner, b=b.owner, severities=dict.fromkeys(models, severity))


def _where(a: Owner, b: Owner) -> str:
    return f"{printable(b.file)}: " if b.file and b.file != a.file else ""

