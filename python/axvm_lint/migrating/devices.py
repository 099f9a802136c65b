# SPDX-License-Identifier: Apache-2.0
"""What becomes of the devices of an old file, and what is lost by that."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from axvm_types import (Arch, EmulatedDeviceType, GuestType, Model, Severity,
                        machine_devices)
from ..reading.file_format import NEW_MODELS
from ..schema.versions import MEMBERS
from ..text import clip, quote
from .changes import Entries, Path
from .comments import about_entries, none

Remarks = Callable[..., None]

# No host with a device tree: these do not pass single devices through.
_NO_DEVICE_TREE = (Arch.X86_64, Arch.LOONGARCH64)

_IVC = EmulatedDeviceType.IVC_CHANNEL
# What the machine of today does not have of itself, and files had no use of.
_VIRTIO = {
    EmulatedDeviceType.VIRTIO_BLK: 'For a disk add [[devices.virtual]] with an id, model = '
                                   '"virtio-blk" and path, the file with its data.',
    EmulatedDeviceType.VIRTIO_NET: 'For a network card add [[devices.virtual]] with an id, model = '
                                   '"virtio-net" and guest_mac, six numbers.',
    EmulatedDeviceType.VIRTIO_CONSOLE: "There is no such device; the machine has a serial port.",
}
# The numbers of before July 2025 that mean something else since, or nothing.
_OLD_TYPES = {
    0: "console", 1: "interrupt controller", 2: "GIC, partly passed through", 3: "virtio-blk",
    4: "virtio-net", 5: "virtio-console", 6: "IOMMU", 7: "ICC SRE", 8: "SGIR", 9: "GICR",
    11: "meta device",
}
_OLD_VIRTIO = {3: EmulatedDeviceType.VIRTIO_BLK, 4: EmulatedDeviceType.VIRTIO_NET,
               5: EmulatedDeviceType.VIRTIO_CONSOLE}

# Names of nodes that the host usually keeps.
_HOSTS = re.compile(r"(?i)(?P<console>serial|uart|pl011|console)|"
                    r"(?P<controller>gic|plic|intc|interrupt-controller)|"
                    r"(?P<timer>timer|clint)")
_HOSTS_TEXT = {"console": "console", "controller": "interrupt controller", "timer": "timer"}

_ID = re.compile(r"[^A-Za-z0-9._@-]+")


class Devices:
    """The arrays of old devices, one after the other."""

    def __init__(self, devices: dict[str, Any], arch: Arch | None, guest_type: GuestType,
                 has_old_types: bool, remark: Remarks,
                 comment_of: Callable[[Path], str]) -> None:
        self._devices = devices
        self._comment_of = comment_of
        # What to do about a range is said once.
        self._has_hint = False
        self._arch = arch
        self._is_all = guest_type == GuestType.PASSTHROUGH
        self._has_old_types = has_old_types
        self._remark = remark
        self._excluded = {path for group in _array(devices, "excluded_devices")
                          for path in (group if isinstance(group, list) else ())
                          if isinstance(path, str)}
        self._has_root = any(name == "/" for name in discovered(devices))

    def changes(self) -> Iterator[tuple[str, Entries | None]]:
        """The change of each key; None where it goes."""
        for key, change in (("emu_devices", self._emulated),
                            ("passthrough_devices", self._passthrough),
                            ("passthrough_addresses", self._addresses),
                            ("passthrough_ports", self._ports),
                            ("excluded_devices", self._disabled)):
            if key in self._devices:
                if isinstance(self._devices[key], list):
                    yield key, change()
                else:
                    self._remark(Severity.WARNING, ("devices", key), f"{key} is dropped: it is not an array")
                    yield key, None

    def _emulated(self) -> Entries | None:
        entries: list[list[dict[str, Any]]] = []
        ids: set[str] = set()
        for index, device in self._entries("emu_devices"):
            entries.append([])
            if device is None:
                continue
            path = ("devices", "emu_devices", index)
            number = device.get("emu_type")
            label = _label(device)
            kind = (EmulatedDeviceType(number) if type(number) is int and 0 <= number < 256
                    and any(EmulatedDeviceType.try_from_usize_in(model, number)
                            for model in (Model.V0_5, Model.V0_7)) else None)
            if self._has_old_types and type(number) is int and number in _OLD_TYPES:
                self._old_device(path, label, number)
            elif kind is None:
                self._remark(Severity.WARNING, path,
                             f"{label} is dropped: its emu_type is unknown")
            elif kind == _IVC:
                entries[-1] = self._channel(path, label, device, ids)
            elif kind in _VIRTIO:
                self._remark(Severity.WARNING, path,
                             f"{label} is dropped: {kind.describe()} devices of this kind never worked",
                             _VIRTIO[kind])
            elif kind == EmulatedDeviceType.DUMMY:
                self._remark(Severity.NOTE, path, f"{label} is dropped: it had no effect")
            else:
                self._remark(Severity.NOTE, path, f"{label} is dropped: the machine has its own "
                             f"{kind.describe()}, at an address that no file sets")
        return Entries("virtual", entries, keeps=none) if any(entries) else None

    def _old_device(self, path: Path, label: str, number: int) -> None:
        old = _OLD_TYPES[number]
        if number in _OLD_VIRTIO:
            self._remark(Severity.WARNING, path, f"{label} is dropped: before July 2025 its emu_type "
                         f"{number} was {old}, which never worked", _VIRTIO[_OLD_VIRTIO[number]])
        else:
            self._remark(Severity.NOTE, path, f"{label} is dropped: before July 2025 its emu_type "
                         f"{number} was {old}; the machine has what it needs of these")

    def _channel(self, path: Path, label: str, device: dict[str, Any],
                 ids: set[str]) -> list[dict[str, Any]]:
        if self._arch in _NO_DEVICE_TREE:
            self._remark(Severity.WARNING, path, f"{label} is dropped: {self._arch.name} has no "
                         "ivc-channel any more", "The guest cannot use the channel.")
            return []
        name = device.get("name")
        stem = _ID.sub("-", name).strip("-") if isinstance(name, str) else ""
        stem = new = clip(stem, 64).rstrip(".") or "ivc"
        while new in ids:
            new = f"{stem}-{len(ids)}"
        ids.add(new)
        more = "" if self._arch else "; x86_64 and loongarch64 refuse it"
        self._remark(Severity.WARNING, path, f"{label} is a virtual device now: the hypervisor chooses "
                     f"its address, size and interrupt{more}",
                     "Have the guest take them from its device tree, not from a constant.")
        return [{"id": new, "model": "ivc-channel"}]

    def _passthrough(self) -> Entries:
        is_whole = self._has_root and self._is_all
        entries: list[list[dict[str, Any]]] = []
        for index, device in self._entries("passthrough_devices"):
            entries.append([])
            if device is None:
                continue
            path = ("devices", "passthrough_devices", index)
            name = str(device.get("name"))
            if not _is_discovered(device):
                self._range(path, device, "passthrough_devices")
            elif name == "/":
                if not self._is_all:
                    self._remark(
                        Severity.WARNING, path, 'the entry "/" is dropped: a guest of the type '
                        "virtualized gets no devices but those that are listed",
                        'Write guest_type = "passthrough", or list the devices by their paths.')
                else:
                    self._remark(Severity.NOTE, path, 'guest_type "passthrough" and an empty list '
                                 'mean the entry "/"')
            else:
                entries[-1] = self._path(path, name, is_whole)
            unknown = [key for key in device if key not in MEMBERS["passthrough_devices"]]
            if unknown:
                self._remark(Severity.WARNING, path, f"unknown keys of {quote(clip(name))} are "
                             f"dropped: {', '.join(quote(clip(key)) for key in unknown)}")
        return Entries("passthrough", entries,
                       (lambda path: None) if is_whole else _commented, about_entries)

    def _path(self, path: Path, name: str, is_whole: bool) -> list[dict[str, Any]]:
        label = quote(clip(name))
        if is_whole:
            self._remark(Severity.NOTE, path, f"{label} is dropped: the empty list means all "
                         "devices, and a list of some would not")
            return []
        if self._arch in _NO_DEVICE_TREE:
            self._remark(Severity.WARNING, path, f"{label} is dropped: {self._arch.name} refuses each "
                         "device that is passed through by its path",
                         _ALL if not self._is_all else "")
            return []
        if name in self._excluded:
            self._remark(Severity.WARNING, path, f"{label} is dropped: excluded_devices has it as well, "
                         "and today it may be in one list only", "Remove it from devices.disabled if "
                         "the guest should have it.")
            return []
        host = _HOSTS.match(name.rsplit("/", 1)[1])
        if host:
            self._remark(Severity.WARNING, path, f"{label} may be the host's "
                         f"{_HOSTS_TEXT[host.lastgroup or '']}: the hypervisor keeps that now, and "
                         "refuses to pass it through", "Remove the entry if it is.")
        elif self._arch is None:
            self._remark(Severity.NOTE, path, f"{label} is kept: x86_64 and loongarch64 refuse it")
        return [{"path": name}]

    def _addresses(self) -> None:
        for index, device in self._entries("passthrough_addresses"):
            if device is not None:
                self._range(("devices", "passthrough_addresses", index), device,
                            "passthrough_addresses")

    def _range(self, path: Path, device: dict[str, Any], key: str) -> None:
        """A range has no equivalent; where all is passed through, it is there as well."""
        base, host = device.get("base_gpa", 0), device.get("base_hpa")
        text = _range_text(base, device.get("length", 0))
        comment = self._comment_of(path)
        if key == "passthrough_devices":
            label = f"{_label(device)} at {text}"
        else:
            label = f"the range {text}" + (f" ({clip(comment)})" if comment else "")
        if device.get("irq_id"):
            label += f", interrupt {device['irq_id']},"
        moved = key == "passthrough_devices" and host != base
        if moved and type(host) is int:
            label += f" of the host's {host:#x}"
        own = self._machine_device(base, device.get("length", 0))
        if own and self._arch in _NO_DEVICE_TREE:
            self._remark(Severity.NOTE, path, f"{label} is dropped: the machine has its own {own} there")
        elif own:
            # The place is that of the host's device tree, so it may be another one.
            self._remark(Severity.WARNING, path, f"{label} is dropped: the machine usually has its own "
                         f"{own} there")
        elif self._is_all and not moved:
            self._remark(Severity.NOTE, path, f"{label} is dropped: a guest of the type passthrough "
                         "has all addresses of the host that the machine does not use itself")
        elif self._is_all:
            self._remark(Severity.WARNING, path, f"{label} is dropped: a guest of the type passthrough "
                         "has each address of the host at the same place",
                         "Have the guest use the host's address.")
        else:
            hint = _ALL if self._arch in _NO_DEVICE_TREE else f"{_NODE} {_ALL}"
            self._remark(Severity.WARNING, path, f"{label} is dropped: no file can pass a range "
                         "through", "" if self._has_hint else hint)
            self._has_hint = True

    def _machine_device(self, base: object, length: object) -> str | None:
        """The name of the machine's device whose addresses a range begins in."""
        if self._arch is None or type(base) is not int or type(length) is not int:
            return None
        return next((own.name for own in machine_devices(NEW_MODELS[-1], self._arch)
                     if own.range.start.addr <= base < own.range.end.addr
                     and base + length <= own.range.end.addr), None)

    def _ports(self) -> None:
        for index, ports in self._entries("passthrough_ports"):
            if ports is not None:
                text = _range_text(ports.get("base", 0), ports.get("length", 0))
                self._remark(Severity.WARNING, ("devices", "passthrough_ports", index),
                             f"the I/O ports {text} are dropped: no file can pass ports through",
                             "" if self._is_all else _ALL)

    def _disabled(self) -> Entries:
        entries: list[list[dict[str, Any]]] = []
        for index, group in enumerate(self._devices["excluded_devices"]):
            paths = group if isinstance(group, list) else [group]
            good = [path for path in paths if isinstance(path, str) and path[:1] == "/" != path]
            for path in paths:
                if path not in good:
                    self._remark(
                        Severity.WARNING, ("devices", "excluded_devices", index),
                        f"{quote(clip(str(path)))} is dropped: the path of a device begins with "
                        '"/", and is not the root')
            entries.append([{"path": path} for path in good])
        if any(entries):
            self._remark(Severity.NOTE, ("devices", "excluded_devices"),
                         "devices.disabled takes more: each node goes from the guest's device tree "
                         "with all that is below it, and its addresses are reserved")
        return Entries("disabled", entries, _commented, about_entries)

    def _entries(self, key: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """The entries with their members by name; None for one that is neither array nor table."""
        for index, raw in enumerate(self._devices[key]):
            device = named(raw, key)
            if device is None:
                self._remark(Severity.WARNING, ("devices", key, index),
                             f"an entry of {key} is dropped: it is neither an array nor a table")
            yield index, device


_NODE = 'Name the node with that range in devices.passthrough, such as { path = "/soc/uart@0" }.'
_ALL = 'guest_type = "passthrough" gives the guest this and all else that the host has.'


def named(raw: object, key: str) -> dict[str, Any] | None:
    """The members of an entry by name."""
    if isinstance(raw, dict):
        return raw
    return dict(zip(MEMBERS[key], raw)) if isinstance(raw, list) else None


def discovered(devices: dict[str, Any]) -> list[str]:
    """The device tree paths that are passed through."""
    found = [named(raw, "passthrough_devices") for raw in _array(devices, "passthrough_devices")]
    return [device["name"] for device in found if device and _is_discovered(device)]


def _is_discovered(device: dict[str, Any]) -> bool:
    name = device.get("name")
    return (isinstance(name, str) and name.startswith("/")
            and not any(device.get(key) for key in ("base_gpa", "base_hpa", "length", "irq_id")))


def _commented(path: str) -> dict[str, Any] | None:
    return {"path": path} if path != "/" else None


def _array(table: dict[str, Any], key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []


def _label(device: dict[str, Any]) -> str:
    name = device.get("name")
    return quote(clip(name)) if isinstance(name, str) else "a device"


def _range_text(base: object, length: object) -> str:
    if type(base) is int and type(length) is int and base.bit_length() < 65 > length.bit_length():
        return f"{base:#x}..{base + length:#x}"
    return "an unknown place"
