# SPDX-License-Identifier: Apache-2.0
"""What becomes of each key of an old file, and what is lost by that."""

from collections.abc import Callable, Iterator
from typing import Any

from axvm_types import AddressSpacePolicy, Arch, BootProtocol, GuestType, Severity
from ..schema.versions import KEYS, TABLE_OF, knowing
from ..reading.file_format import OLD_MODELS
from ..text import clip, quote
from .changes import TABLES, Drop, Entries, Path, Place, Plan, Regions, Remark, Set
from .comments import about_vm_type
from .devices import Devices, discovered

_NO_IRQ = ("no_irq", "no", "none")
_MAP_TYPE = 3
_DISK = '[[devices.virtual]] with id = "disk0", model = "virtio-blk" and path = {}'


def plan(tables: dict[str, dict[str, Any]], others: dict[str, Any], arch: Arch | None,
         has_old_types: bool, value_text: Callable[[Path], str],
         comment_of: Callable[[Path], str]) -> Plan:
    """The plan for an old file.

    TABLES are its three tables, OTHERS what else it has at the top. HAS_OLD_TYPES: the numbers of
    device types are those of before July 2025. VALUE_TEXT says how a value is written, COMMENT_OF
    what the comment after it says.
    """
    return _Rules(tables, others, arch, has_old_types, value_text, comment_of).plan


class _Rules:
    def __init__(self, tables: dict[str, dict[str, Any]], others: dict[str, Any],
                 arch: Arch | None, has_old_types: bool,
                 value_text: Callable[[Path], str], comment_of: Callable[[Path], str]) -> None:
        self.plan = Plan({name: dict(table) for name, table in tables.items()})
        self._base, self._kernel, self._devices = (tables[name] for name in TABLES)
        self._value_text = value_text
        self._unknown(tables, others)
        guest_type = self._guest_type()
        if arch is None and "phys_cpu_ids" not in self._base:
            self._remark(Severity.WARNING, ("base",), "phys_cpu_ids is missing: aarch64 and riscv64 "
                         "refuse the VM", "There, add the hardware id of the host CPU of each vCPU.")
        self._boot()
        self._regions()
        devices = Devices(self._devices, arch, guest_type, has_old_types, self._remark,
                          comment_of)
        for key, entries in devices.changes():
            if entries is None:
                self._drop("devices", key)
            else:
                self._change(("devices", key), entries)
        self._interrupts()
        self._drop("devices", "address_space_policy")

    def _remark(self, severity: Severity, path: Path, text: str,
                hint: str = "") -> None:
        self.plan.remarks.append(Remark(severity, path, text, hint))

    def _change(self, place: Place, change: Entries | Set) -> None:
        self.plan.changes[place] = change
        table = self.plan.document[place[0]]
        del table[place[1]]
        table[change.key] = change.value

    def _drop(self, table: str, key: str) -> bool:
        """Whether the key was there."""
        if self.plan.document[table].pop(key, None) is None:
            return False
        self.plan.changes[table, key] = Drop()
        return True

    def _unknown(self, tables: dict[str, dict[str, Any]], others: dict[str, Any]) -> None:
        for name, table in tables.items():
            for key in table:
                if not any(model in OLD_MODELS for model in knowing(name, key)):
                    belongs = TABLE_OF.get(key)
                    hint = (f"If it was intended for [{belongs}], write it there."
                            if belongs and (belongs, key) in KEYS else "")
                    self._unknown_key((name, key), hint)
                    self._drop(name, key)
        for name, value in others.items():
            self.plan.tables.add(name)
            for path in _leaves(name, value):
                self._unknown_key(path, "")

    def _unknown_key(self, path: Path, hint: str) -> None:
        self._remark(Severity.WARNING, path,
                     f"{quote(clip('.'.join(map(str, path))))} is dropped: earlier releases ignored this "
                     f"unknown key, later ones refuse it; its value was {self._value_text(path)}", hint)

    def _guest_type(self) -> GuestType:
        """Choose it: vm_type had no effect, and means something now."""
        word = self._devices.get("address_space_policy")
        policy = AddressSpacePolicy.from_name(word) if isinstance(word, str) else None
        has_root = any(name == "/" for name in discovered(self._devices))
        path = ("base", "vm_type")
        means = ""
        if self._base.get("vm_type") == 1:
            means = ', as it means guest_type "passthrough" now'
        if word is not None and policy is None:
            place = ("devices", "address_space_policy")
            self._remark(Severity.WARNING, place,
                         "address_space_policy is dropped: its value is unknown, "
                         f"{self._value_text(place)}")
        if policy:
            guest_type = (GuestType.PASSTHROUGH if policy == AddressSpacePolicy.PASSTHROUGH
                          else GuestType.VIRTUALIZED)
            reason = f"as address_space_policy is {quote(policy.name)}"
        elif has_root:
            guest_type, reason = GuestType.PASSTHROUGH, 'as passthrough_devices has "/"'
        else:
            guest_type = GuestType.VIRTUALIZED
            reason = "the guest gets only what is listed"
        written = f'guest_type is "{guest_type.name}", {reason}'
        if policy or has_root:
            if "vm_type" in self._base:
                self._remark(Severity.NOTE, path, f"{written}; vm_type had no effect")
        elif "vm_type" in self._base:
            self._remark(
                Severity.WARNING, path,
                f"vm_type {self._value_text(path)} had no effect, and is not carried over{means}: "
                f"{written}",
                'Write guest_type = "passthrough" if the guest should have all addresses of the host, '
                "and all devices of its device tree that devices.disabled does not list.")
        if "vm_type" in self._base:
            self._change(path, Set("guest_type", guest_type.name, about_vm_type))
        else:
            self.plan.added["base", "guest_type"] = guest_type.name
            self.plan.document["base"]["guest_type"] = guest_type.name
        return guest_type

    def _boot(self) -> None:
        word = self._kernel.get("boot_protocol")
        protocol = BootProtocol.from_name(word) if isinstance(word, str) else None
        if protocol and protocol.name != word:
            self._change(("kernel", "boot_protocol"), Set("boot_protocol", protocol.name))
        if self._drop("kernel", "disk_path"):
            disk = self._kernel["disk_path"]
            hint = ""
            if isinstance(disk, str) and disk:
                hint = f"If the guest should have that disk, add {_DISK.format(quote(disk))}."
            path = ("kernel", "disk_path")
            self._remark(Severity.WARNING if hint else Severity.NOTE, path,
                         "disk_path is dropped, as no release read it; it was "
                         f"{self._value_text(path)}", hint)

    def _regions(self) -> None:
        """Regions of before March 2025 have three members."""
        regions = self._kernel.get("memory_regions")
        if not isinstance(regions, list):
            return
        short = {index for index, region in enumerate(regions)
                 if isinstance(region, list) and len(region) == _MAP_TYPE}
        if short:
            self.plan.changes["kernel", "memory_regions"] = Regions(frozenset(short))
            self.plan.document["kernel"]["memory_regions"] = [
                [*region, 0] if index in short else region for index, region in enumerate(regions)]
        for index in sorted(short):
            self._remark(Severity.WARNING, ("kernel", "memory_regions", index),
                         "the region has no map_type: 0 (alloc) was added, memory that the hypervisor "
                         "chooses for this guest address",
                         "Write 1 (identical) or 2 (reserved) if guest and host address must be the "
                         "same, as for devices that access memory by themselves.")

    def _interrupts(self) -> None:
        mode = self._devices.get("interrupt_mode")
        if self._drop("devices", "interrupt_mode"):
            more = ""
            if mode in _NO_IRQ:
                more = "; the guest had no interrupts, and gets an interrupt controller now"
            path = ("devices", "interrupt_mode")
            self._remark(Severity.WARNING if more else Severity.NOTE, path,
                         "interrupt_mode is dropped, as the machine decides; it was "
                         f"{self._value_text(path)}{more}")


def _leaves(name: str, value: object) -> Iterator[Path]:
    """The keys below a key that have no keys below them."""
    waiting: list[tuple[Path, object]] = [((name,), value)]
    while waiting:
        path, inner = waiting.pop()
        if isinstance(inner, dict) and inner:
            waiting += [((*path, key), below) for key, below in reversed(inner.items())]
        else:
            yield path
