# SPDX-License-Identifier: Apache-2.0
"""The schema of axvm-types 0.7.3: the file format of Axvisor 0.5.24 and later.

It is strict: the hypervisor refuses a file with an unknown key. No table and no key is required,
but some are needed in effect: the rules about memory, images and CPUs report these.
"""

from axvm_types import BootProtocol, GuestType, Severity
from .keys import Entries, Key, Schema, Table, Tables
from .types import Boolean, Integer, ListOf, NameOrNumber, OneOf, String, Word
from .v0_5 import MEMORY_REGION

_GUEST_TYPE = NameOrNumber(GuestType, {0: GuestType.PASSTHROUGH, 1: GuestType.PASSTHROUGH,
                                       2: GuestType.VIRTUALIZED})

_PATH = {
    "path": Key(String(), "Path of a device in the host's device tree.", required=True),
}

_VIRTUAL_DEVICE = {
    "id": Key(String(), "Name of the device, of its own in the VM.", required=True),
    "model": Key(String(), "What the device is; it decides which other keys there are.",
                 required=True),
}

_BRANCH = "No release of Axvisor knows it; remove it."
_MACHINE = "The machine has it: remove it."
_BY_PATH = "Name the device by its path in devices.passthrough."

_REPLACED = {
    "kernel.disk_path": "Add a virtual device of the model virtio-blk, with the path.",
    "devices.emu_devices": "Remove it: the machine has interrupt controllers, timers and a "
                           "console; others are in devices.virtual.",
    "devices.passthrough_devices": _BY_PATH,
    "devices.passthrough_addresses": 'Remove it: base.guest_type = "passthrough" passes all '
                                     "addresses through.",
    "devices.passthrough_ports": "Remove it: the machine decides which ports there are.",
    "devices.excluded_devices": "Name each device by its path in devices.disabled.",
    "devices.interrupt_mode": _MACHINE,
    "devices.address_space_policy": "Write base.guest_type.",
    "base.dedicated_cpus": _BRANCH,
    "base.phys_cpu_priorities": _BRANCH,
    "base.serial_source": _BRANCH,
    "kernel.boot_source": _BRANCH,
    "devices.deny": "No release of Axvisor knows it; name devices in devices.disabled.",
    "scheduling": _BRANCH,
}

V0_7_3 = Schema({
    "base": Table("The VM itself.", {
        "id": Key(Integer(), "Number of the VM, of its own on the machine.", default=0),
        "name": Key(String(), "Name of the VM.", default=""),
        "guest_type": Key(_GUEST_TYPE, "What the guest gets of the host: virtualized, only what "
                          "is listed; passthrough, all of its addresses, and its devices if none "
                          "is listed.", default="virtualized"),
        "vm_type": Key(_GUEST_TYPE, "An old name of guest_type.", same_as="guest_type"),
        "cpu_num": Key(Integer(), "Number of vCPUs.", default=0),
        "phys_cpu_ids": Key(ListOf(Integer()), "Hardware id of the host CPU of each vCPU."),
        "phys_cpu_sets": Key(ListOf(Integer()), "Mask of the host CPUs that each vCPU may run on; "
                             "aarch64 and riscv64 make it from phys_cpu_ids."),
    }, required=False),
    "kernel": Table("How the guest boots, and its memory.", {
        "entry_point": Key(Integer(), "Guest address where the first vCPU starts.", default=0),
        "kernel_path": Key(String(), "Path of the kernel image.", default=""),
        "kernel_load_addr": Key(Integer(), "Guest address that the kernel is loaded to.",
                                default=0),
        "memory_regions": Key(Entries(MEMORY_REGION, unknown=Severity.WARNING),
                              "Memory of the guest; the first region is main memory.", default=[]),
        "enable_bios": Key(Boolean(), "Whether firmware starts the guest.", default=False),
        "boot_protocol": Key(Word(BootProtocol), "How the guest boots: direct, "
                             "multiboot or uefi; when absent multiboot with enable_bios, else "
                             "direct."),
        "bios_path": Key(String(), "Path of the firmware image."),
        "uefi_firmware_path": Key(String(), "Path of a UEFI firmware image, used in place of "
                                  "bios_path."),
        "bios_load_addr": Key(Integer(), "Guest address that the firmware is loaded to."),
        "dtb_path": Key(String(), "Path of the guest's device tree blob; when absent the "
                        "hypervisor makes one."),
        "dtb_load_addr": Key(Integer(), "Guest address that the device tree blob is loaded to."),
        "ramdisk_path": Key(String(), "Path of the initial RAM disk."),
        "ramdisk_load_addr": Key(Integer(), "Guest address that the RAM disk is loaded to."),
        "image_location": Key(OneOf(("fs", "memory")), "Where the images are: fs, in the "
                              "hypervisor's file system; memory, built into the hypervisor."),
        "cmdline": Key(String(), "Command line of the kernel."),
    }, required=False),
    "devices": Table("What the guest has besides memory.", {
        "passthrough": Key(Entries(_PATH), "Devices of the host that the guest uses directly, on "
                           "aarch64 and riscv64.", default=[]),
        "disabled": Key(Entries(_PATH), "Devices of the host that the guest does not get.",
                        default=[]),
        "virtual": Key(Tables(_VIRTUAL_DEVICE), "Devices that the hypervisor adds to those that "
                       "each machine has.", default=[]),
    }, required=False),
}, unknown=Severity.ERROR, replaced=_REPLACED,
    never_read=[key for key, text in _REPLACED.items() if text == _BRANCH])
