# SPDX-License-Identifier: Apache-2.0
"""Device tree blobs to nodes, by libfdt; whatever the file, a tree or one reason why not.

Nothing is looked up by libfdt: its paths may leave out a unit address or end with a slash, and
those of the hypervisor may not. No step of the way costs more than the size of what it reads.
"""

from struct import unpack_from
from types import ModuleType
from typing import BinaryIO

from ..optional import optional_module
from .node import Node

# Linux for arm64 reads no more than 2 MiB; that of a board has a tenth of it.
_LIMIT = 4 << 20
# As in Linux, which builds no nodes below.
_DEEPEST = 64
# The specification allows 31 characters in the name of a property, and boards use more. libfdt
# looks for the end of the name anew at each property.
_LONGEST_NAME = 255

_MAGIC = b"\xd0\x0d\xfe\xed"
_HEADER = 40
_RESERVATIONS_OFFSET = 16
_RESERVATION = 16
# The first version whose header has the size of each block; it is of 2007.
_OLDEST = 17

_BEGIN_NODE, _END_NODE, _PROPERTY, _NOP = 1, 2, 3, 4


class BadBlob(Exception):
    """The reason why a file gave no tree, for people."""


def read_blob(file: BinaryIO) -> tuple[Node, list[tuple[int, int]]]:
    """The root of the tree in a file, and the ranges that the blob reserves besides."""
    libfdt = _libfdt()
    blob = _bytes(file)
    error = libfdt.fdt_check_full(blob, len(blob))
    if error < 0:
        raise BadBlob(f"the device tree in it is damaged: {libfdt.fdt_strerror(error)}")
    return _nodes(libfdt, blob), _reserved(blob)


def _libfdt() -> ModuleType:
    try:
        return optional_module("libfdt")
    except ImportError:
        raise BadBlob("the Python module libfdt is missing, which reads device trees: install "
                      "python3-libfdt") from None


def _bytes(file: BinaryIO) -> bytearray:
    """The blob, without what may be after it."""
    blob = bytearray(file.read(_HEADER))
    if not blob.startswith(_MAGIC):
        raise BadBlob(_other(bytes(blob) + file.read(1 << 16)))
    if len(blob) < _HEADER:
        raise BadBlob(f"it is cut off: it has {len(blob)} bytes")
    (_, size, structure, strings, _, version, _, _, strings_size,
     structure_size) = unpack_from(">10I", blob)
    if version < _OLDEST:
        raise BadBlob(f"its device tree is of version {version}, which is too old: compile it anew "
                      "by dtc")
    if size > _LIMIT:
        raise BadBlob(f"it says that it has {size} bytes, but no device tree is larger than "
                      f"{_LIMIT >> 20} MiB")
    blob += file.read(max(size - _HEADER, 0))
    if len(blob) < size:
        raise BadBlob(f"it is cut off: it has {len(blob)} bytes of {size}")
    names = blob[strings:strings + strings_size]
    if not names.isascii() or max(map(len, names.split(b"\0"))) > _LONGEST_NAME:
        raise BadBlob("the device tree in it is damaged: a property has a name that is not ASCII, "
                      f"or longer than {_LONGEST_NAME} bytes")
    _check_lengths(blob[structure:structure + structure_size])
    return blob


def _check_lengths(structure: bytearray) -> None:
    """Refuse properties that end outside; what else is wrong libfdt finds.

    libfdt 1.6.1 adds the length to the place of a property in 32 bits: where that wraps, it runs
    in a circle, or reads outside of the blob.
    """
    at, end = 0, len(structure)
    while at + 4 <= end:
        token, = unpack_from(">I", structure, at)
        at += 4
        if token == _BEGIN_NODE:
            at = structure.find(0, at) + 1
            if not at:
                return
        elif token == _PROPERTY and at + 8 <= end:
            length, = unpack_from(">I", structure, at)
            at += 8 + length
            if at > end:
                raise BadBlob("the device tree in it is damaged: a property has no end")
        elif token not in (_END_NODE, _NOP):
            return
        at = -(-at // 4) * 4


def _other(data: bytes) -> str:
    """What a file is that is not a blob."""
    if not data:
        return "it is empty"
    if b"/dts-v1/" in data or b"\0" not in data and b"/ {" in data:
        return "it is the source of a device tree: compile it: dtc -O dtb -o BOARD.dtb BOARD.dts"
    return "it is not a device tree blob (*.dtb)"


def _nodes(libfdt: ModuleType, blob: bytearray) -> Node:
    root = Node("", None)
    _add_properties(libfdt, blob, 0, root)
    above = [root]
    # At the end comes an error or a depth below zero, and never an exception.
    offset, depth = libfdt.fdt_next_node(blob, 0, 0)
    while offset >= 0 and depth > 0:
        if depth > _DEEPEST:
            raise BadBlob(f"nodes in it are nested more than {_DEEPEST} levels deep")
        del above[depth:]
        name, _ = libfdt.fdt_get_name(blob, offset)
        node = Node(name, above[-1])
        # As the hypervisor does, the first of two that have one path.
        above[-1].children.setdefault(name, node)
        above.append(node)
        _add_properties(libfdt, blob, offset, node)
        offset, depth = libfdt.fdt_next_node(blob, offset, depth)
    return root


def _add_properties(libfdt: ModuleType, blob: bytearray, node_offset: int, node: Node) -> None:
    offset = libfdt.fdt_first_property_offset(blob, node_offset)
    while offset >= 0:
        name, value, _ = libfdt.fdt_get_property_by_offset(blob, offset)
        node.properties.setdefault(name, bytes(value))
        offset = libfdt.fdt_next_property_offset(blob, offset)


def _reserved(blob: bytearray) -> list[tuple[int, int]]:
    """The start and the size of each entry of the memory reservation block.

    libfdt's function for Python gives the size alone where the start is 0.
    """
    entries: list[tuple[int, int]] = []
    at, = unpack_from(">I", blob, _RESERVATIONS_OFFSET)
    while at + _RESERVATION <= len(blob):
        start, size = unpack_from(">2Q", blob, at)
        if start == size == 0:
            return entries
        entries.append((start, size))
        at += _RESERVATION
    raise BadBlob("the device tree in it is damaged: what it reserves has no end")
