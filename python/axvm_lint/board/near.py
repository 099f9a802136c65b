# SPDX-License-Identifier: Apache-2.0
"""The node that a path which no node has was probably intended for."""

from collections import defaultdict
from difflib import get_close_matches
from functools import cached_property
from os.path import commonprefix

from ..text import choice, clip, count, quote
from .node import Node, hexadecimal
from .tree import Tree

# How many nodes one answer names.
_MOST = 3
# How alike the texts of two paths are, and how much text is compared in a run: each comparison
# takes long.
_LIKENESS = 0.75
_BUDGET = 1 << 20
# A longer path resembles nothing.
_LONGEST = 256


class Nearest:
    """Answers about one tree."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._by_name: dict[str, list[Node]] = defaultdict(list)
        self._by_stem: dict[tuple[Node, str], list[Node]] = defaultdict(list)
        self._by_address: dict[int, Node] = {}
        self._budget = _BUDGET
        for node in tree.nodes[1:]:
            self._by_name[node.name].append(node)
            if node.parent:
                self._by_stem[node.parent, node.stem].append(node)
            for placed in tree.addresses.placed(node):
                self._by_address.setdefault(placed.start, node)

    def hint(self, path: str) -> str:
        """What to write in place of PATH, as the end of a sentence."""
        tree = self._tree
        stripped = "/" + path.strip("/")
        if stripped != path and tree.find(stripped):
            end = ", without a slash at the end" if path.endswith("/") else ""
            return f"write {quote(clip(stripped))}{end}"
        name = path.lstrip("/&")
        for what, paths in ("alias", tree.aliases), ("label", tree.labels):
            if paths.get(name, "").startswith("/"):
                return f"that is {what} {quote(clip(name))}: write {quote(clip(paths[name]))}"
        parent, _, last = stripped.rpartition("/")
        if self._by_name.get(last):
            return f"it has {_names(self._by_name[last])}"
        unit = hexadecimal(last.partition("@")[2])
        there = None if unit is None else self._by_address.get(unit)
        if there:
            return f"{quote(clip(there.path))} is at that address"
        above = tree.find(parent or "/")
        siblings = above and self._by_stem.get((above, last.partition("@")[0]))
        if siblings:
            if self._may_compare(len(siblings) * len(last)):
                siblings = sorted(
                    siblings, key=lambda node: -len(commonprefix([node.name, last])))
            return f"{_names(siblings)} is near"
        like = self._alike(stripped)
        if like:
            return f"{_names(like)} is near"
        while above is None:
            parent = parent.rpartition("/")[0]
            above = tree.find(parent or "/")
        return "" if above is tree.root else f"it has {quote(clip(above.path))}"

    def _alike(self, path: str) -> list[Node]:
        """The nodes whose paths have nearly that text."""
        if len(path) > _LONGEST or not self._may_compare(sum(map(len, self._paths))):
            return []
        return [self._paths[like]
                for like in get_close_matches(path, self._paths, 1, _LIKENESS)]

    @cached_property
    def _paths(self) -> dict[str, Node]:
        """The nodes by their paths; none of a tree that is too large to compare them."""
        nodes = self._tree.nodes[1:]
        return {node.path: node for node in nodes} if len(nodes) < _BUDGET >> 4 else {}

    def _may_compare(self, length: int) -> bool:
        """Whether so much text may still be compared; it then counts."""
        if length > self._budget:
            return False
        self._budget -= length
        return True


def _names(nodes: list[Node]) -> str:
    """Some of the nodes, as a choice."""
    more = [count(len(nodes) - _MOST, "other")] if len(nodes) > _MOST else []
    return choice([quote(clip(node.path)) for node in nodes[:_MOST]] + more)
