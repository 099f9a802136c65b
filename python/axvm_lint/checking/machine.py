# SPDX-License-Identifier: Apache-2.0
"""The VMs of one machine, checked by the library alone and against each other."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from axvm_types import (AddressSpacePolicy, BootProtocol, FindingCode, FindingOwner, GuestType,
                        ImageLocation, InterruptMode, LayoutLimits, LayoutSpace, LayoutTable,
                        LayoutVm, MemMappingType, Model, layout_check)
from axvm_types import Finding as LibraryFinding
from axvm_types import layout
from ..findings import NAME_LIMIT, Finding, Fix, Owner
from ..reading.virtual_machine import VirtualMachine
from ..schema.versions import MEMBERS, TABLE_OF
from ..text import clip, printable
from .join import Join, Severities, remark, reported
from .virtual import window_count

if TYPE_CHECKING:
    from ..board.tree import Tree

_PAGE = 4 << 10

# What hangs on the boot protocol.
_BOOT = {FindingCode.BOOT_ADDRESS, FindingCode.BOOT_ENTRY, FindingCode.BOOT_ENTRY_BELOW_LOAD,
         FindingCode.BOOT_IMAGE_MISSING, FindingCode.KEY_UNUSED, FindingCode.BOOT_MEMORY, FindingCode.BOOT_PROTOCOL}

# What is not known of a VM when a key of it could not be read: to be silent is better than
# to report what follows from the first mistake only.
_WITHHELD = {
    "id": {FindingCode.VM_ID},
    "cpu_num": {FindingCode.CPU_COUNT, FindingCode.CPU_LIST, FindingCode.DEVICE_CONFIG},
    "phys_cpu_ids": {FindingCode.CPU_LIST},
    "memory_regions": {FindingCode.MEMORY_NONE, FindingCode.BOOT_ADDRESS, FindingCode.BOOT_ENTRY,
                       FindingCode.BOOT_MEMORY},
    "emu_devices": {FindingCode.BOOT_IMAGE_MISSING},
    **dict.fromkeys(("boot_protocol", "enable_bios"), _BOOT),
    **dict.fromkeys(("bios_path", "bios_load_addr", "uefi_firmware_path", "dtb_load_addr",
                     "ramdisk_load_addr"),
                    {FindingCode.BOOT_PROTOCOL, FindingCode.BOOT_IMAGE_MISSING,
                     FindingCode.BOOT_MEMORY}),
    "cmdline": {FindingCode.BOOT_PROTOCOL},
    "ramdisk_path": {FindingCode.KEY_UNUSED},
    "interrupt_mode": {FindingCode.IRQ_UNUSED},
}

_PATHS = {
    "kernel": layout.HAS_KERNEL_PATH,
    "dtb": layout.HAS_DTB_PATH,
    "ramdisk": layout.HAS_RAMDISK_PATH,
    "bios": layout.HAS_BIOS_PATH,
}
_ADDRESSES = {
    "kernel": layout.HAS_KERNEL_LOAD_ADDR,
    "dtb": layout.HAS_DTB_LOAD_ADDR,
    "ramdisk": layout.HAS_RAMDISK_LOAD_ADDR,
    "bios": layout.HAS_BIOS_LOAD_ADDR,
}


def check_machine(vms: list[VirtualMachine], limits: Sequence[LayoutLimits],
                  report: Callable[[Finding], None], tree: "Tree | None" = None) -> None:
    """Report what the library finds about the VMs of one machine.

    LIMITS say what is known of it, for each version of the hypervisor that it may run, ascending;
    TREE is where that of its memory is from.
    """
    if tree:
        from .tree_memory import memory_text
    models = [version.model for version in limits]
    join = Join(models)

    def expect(model: Model) -> Callable[[LibraryFinding], None]:
        return lambda finding: join.expect(model, _what(finding), finding.severity)

    def found(model: Model) -> Callable[[LibraryFinding], None]:
        def report_joined(finding: LibraryFinding) -> None:
            severities = join.joined(model, _what(finding), finding.severity)
            # By the nodes of a tree more is known of what two VMs share.
            if severities and not (tree and _is_shared_path(finding)):
                text = memory_text(tree, finding) if tree else ""
                report(_translate(vms, finding, severities, models, text))
        return report_joined

    # What is kept of a finding is what it is, for comparison: all else is made once more.
    *older, newest = limits
    for version in older:
        _check(vms, version, tree is not None, expect(version.model))
    _check(vms, newest, tree is not None, found(newest.model))
    for version in reversed(older):
        if join.has_rest(version.model):
            _check(vms, version, tree is not None, found(version.model))


def _is_better_by_tree(finding: LibraryFinding) -> bool:
    """Whether a device tree says exactly what the library can but suppose, or says it as well."""
    if finding.code == FindingCode.MACHINE_CONFLICT:
        return finding.b.table == LayoutTable.MACHINE
    # Of paths, that is, and not of addresses.
    return finding.code == FindingCode.HOST_CONFLICT and finding.a.space == LayoutSpace.NONE


def _check(vms: list[VirtualMachine], limits: LayoutLimits, has_tree: bool,
           report: Callable[[LibraryFinding], None]) -> None:
    withheld = [set().union(*(_WITHHELD.get(key, ()) for key in vm.unread)) for vm in vms]

    def found(finding: LibraryFinding) -> None:
        if has_tree and _is_better_by_tree(finding):
            return
        owners = [owner for owner in (finding.a, finding.b)
                  if owner.table != LayoutTable.NONE and owner.vm != layout.NO_VM]
        if not any(finding.code in withheld[owner.vm] for owner in owners):
            report(finding)

    # An id that could not be read must not be that of another VM: its finding would be withheld
    # in place of a true one.
    read_ids = {vm.id for vm in vms}
    free_ids = (number for number in count() if number not in read_ids)
    layout_check([_layout_vm(vm, next(free_ids) if vm.id is None else vm.id) for vm in vms],
                 limits, found)


def _what(finding: LibraryFinding) -> int:
    """What two versions agree on when they have the same finding, in one number."""
    what = finding.code.value
    for owner in (finding.a, finding.b):
        what = ((what << 32 | owner.vm) << 32 | owner.index) << 8 | owner.table.value
    return what


def _layout_vm(vm: VirtualMachine, vm_id: int) -> LayoutVm:
    flags = layout.COMPLETE
    addresses: dict[str, Any] = {}
    sizes: dict[str, Any] = {}
    for kind, image in vm.images.items():
        if image.address is not None:
            flags |= _ADDRESSES[kind]
            addresses[f"{kind}_load_addr"] = image.address
        if _has_path(vm, kind):
            flags |= _PATHS[kind]
        if image.file:
            sizes[f"{kind}_size"] = image.file.loaded_size
    kernel = vm.images["kernel"].file
    if kernel:
        flags |= layout.KERNEL_BZIMAGE if kernel.is_bzimage else layout.KERNEL_NOT_BZIMAGE
        flags |= layout.KERNEL_HAS_ENTRY if kernel.has_entry else 0
        sizes["kernel_run_size"] = kernel.run_size
    if vm.uefi_firmware_path is not None:
        flags |= layout.HAS_UEFI_FIRMWARE_PATH
    if vm.cmdline is not None:
        flags |= layout.HAS_CMDLINE
    if vm.has_disk_path:
        flags |= layout.HAS_DISK_PATH
    # One that could not be read is a finding already.
    location = vm.image_location or ImageLocation()
    if "image_location" in vm.unread:
        location = ImageLocation.MEMORY
    if vm.entry_point is not None:
        flags |= layout.HAS_ENTRY_POINT
        addresses["entry_point"] = vm.entry_point
    if vm.boot_protocol is not None:
        flags |= layout.HAS_BOOT_PROTOCOL
    if vm.enable_bios:
        flags |= layout.ENABLE_BIOS
    return LayoutVm(
        name=vm.name, id=vm_id, cpu_num=vm.cpu_num or 0, phys_cpu_ids=vm.phys_cpu_ids,
        phys_cpu_sets=vm.phys_cpu_sets,
        memory_regions=(entry.config for entry in vm.memory),
        emu_devices=(entry.config for entry in vm.emulated),
        passthrough_devices=(entry.config for entry in vm.passthrough),
        passthrough_addresses=(entry.config for entry in vm.addresses),
        passthrough_ports=(entry.config for entry in vm.ports),
        boot_protocol=vm.boot_protocol or BootProtocol(),
        interrupt_mode=vm.interrupt_mode or InterruptMode(),
        image_location=location,
        address_space_policy=vm.address_space_policy or AddressSpacePolicy(),
        guest_type=vm.guest_type or GuestType(),
        disabled_paths=(path for path, _ in _disabled_paths(vm)),
        auto_device_count=window_count(vm),
        cmdline_length=len((vm.cmdline or "").encode()), flags=flags, **addresses, **sizes)


def _disabled_paths(vm: VirtualMachine) -> list[tuple[str, tuple[int, int | None]]]:
    """The paths that are kept from a guest, and where each is: an entry, or one of its members."""
    if vm.is_new:
        return [(entry.config.name or "", (entry.index, None)) for entry in vm.disabled]
    return [(path, (index, member)) for index, group in enumerate(vm.excluded)
            for member, path in enumerate(group)]


def _is_shared_path(finding: LibraryFinding) -> bool:
    return (finding.code == FindingCode.HOST_CONFLICT and finding.a.space == LayoutSpace.NONE
            and finding.a.table == LayoutTable.PASSTHROUGH_DEVICES)


def _has_path(vm: VirtualMachine, kind: str) -> bool:
    """Whether the file names an image; a path that could not be read is a finding already."""
    path = vm.images[kind].path
    if vm.is_new and kind == "kernel":
        # An empty one is the same as none.
        return bool(path) or "kernel_path" in vm.unread
    return path is not None


# The member of an entry that a finding is about; without one it is about the whole entry.
_MEMBERS = {
    "memory-empty": "size",
    "memory-map-type": "map_type",
    "device-empty": "length",
    "device-host-ignored": "base_hpa",
    "device-page-offset": "base_hpa",
    "device-name": "name",
    "device-type": "emu_type",
    "device-config": "cfg_list",
    "device-arch": "emu_type",
    "device-ivc": "emu_type",
    "device-path": "path",
    "irq-shared": "irq_id",
    "irq-unused": "irq_id",
    "irq-conflict": "irq_id",
}


def _translate(vms: list[VirtualMachine], finding: LibraryFinding, severities: Severities,
               models: Sequence[Model], text: str) -> Finding:
    """A finding of the library as one of the program, where these versions were checked.

    TEXT is in place of the library's, unless it is empty.
    """
    # Before an owner gets its index in the file.
    size = _size_in_pages(vms, finding)
    a = _owner(vms, finding.a)
    b = None if finding.b.table == LayoutTable.NONE else _owner(vms, finding.b)
    member = _MEMBERS.get(finding.code.name)
    if member and a.table in MEMBERS and a.index is not None:
        a = a._replace(member=(member,))
    if member and b and b.table in MEMBERS and b.index is not None:
        b = b._replace(member=(member,))
    where = f"{printable(b.file)}: " if b and b.file and b.file != a.file else ""
    message = text or printable(finding.message(b_where=where))
    for theirs, ours in ((finding.a, a), (finding.b, b)):
        # The formats have other names for the list.
        if ours and ours.table in _NAMES_OF_PATHS:
            message = message.replace(f"{theirs.table.name}[", f"{ours.table}[", 1)
        elif ours and ours.index is None and ours.name in _NAMES_OF_PATHS:
            message = message.replace(theirs.table.name, ours.name, 1)
    return Finding(a.file or "", finding.code, reported(severities, models),
                   message + remark(severities, models),
                   finding.hint, a=a, b=b, severities=severities,
                   fix=Fix(a._replace(member=("size",)), number=size) if size else None)


def _size_in_pages(vms: list[VirtualMachine], finding: LibraryFinding) -> int:
    """The size of a memory region without what is not a whole page, where that alone is wrong; else 0."""
    if finding.code != FindingCode.MEMORY_UNALIGNED:
        return 0
    region = vms[finding.a.vm].memory[finding.a.index].config
    if region.map_type != MemMappingType.IDENTICAL and region.gpa.addr % _PAGE:
        return 0
    return region.size - region.size % _PAGE


def _owner(vms: list[VirtualMachine], owner: FindingOwner) -> Owner:
    """An owner of a finding of the library; its name there becomes fit to be shown."""
    table = owner.table.name
    ranged: dict[str, Any] = {"space": owner.space, "start": owner.start, "end": owner.end}
    if owner.vm == layout.NO_VM or owner.table == LayoutTable.MACHINE:
        element = None if owner.index == layout.WHOLE_TABLE else owner.index
        return Owner(None, None, table, element, None, **ranged)
    vm = vms[owner.vm]
    index: int | None = owner.index
    name = None
    shown = vm.name if table in ("id", "name") else None
    member: tuple[int, ...] = ()
    if index == layout.WHOLE_TABLE or table not in _LISTS:
        key = _KEYS_OF_PATHS.get(table, table) if vm.is_new else table
        table, index, name = TABLE_OF[key], None, key
    elif table == "disabled_paths" and not vm.is_new:
        name, (index, place) = _disabled_paths(vm)[owner.index]
        table, owner.index, shown = "excluded_devices", index, name
        member = (place,) if place is not None else ()
    elif table in _ENTRIES:
        # The library did not get those that could not be read.
        entry = _ENTRIES[table](vm)[owner.index]
        table = entry.table
        owner.index = index = entry.index
        shown = name = entry.name
    if (name == "boot_protocol" and vm.boot_protocol
            and not BootProtocol.try_from_usize(vm.boot_protocol.value)):
        shown = vm.boot_protocol_name
    if shown:
        owner.name = clip(shown, NAME_LIMIT)
    return Owner(vm.file, vm.id, table, index, name, member=member, **ranged)


_ENTRIES: dict[str, Callable[[VirtualMachine], list[Any]]] = {
    "memory_regions": lambda vm: vm.memory,
    "emu_devices": lambda vm: vm.emulated,
    "passthrough_devices": lambda vm: vm.passthrough,
    "disabled_paths": lambda vm: vm.disabled,
    "passthrough_addresses": lambda vm: vm.addresses,
    "passthrough_ports": lambda vm: vm.ports,
}
# What the library's lists of paths are called in files of the new format.
_KEYS_OF_PATHS = {"passthrough_devices": "passthrough", "disabled_paths": "disabled"}
_NAMES_OF_PATHS = {*_KEYS_OF_PATHS.values(), "excluded_devices"}
_LISTS = {*_ENTRIES, "phys_cpu_ids", "phys_cpu_sets"}
