# SPDX-License-Identifier: Apache-2.0
"""The schema of axvm-types 0.5."""

from axvm_types import BootProtocol, EmulatedDeviceType, InterruptMode, MemMappingType
from .keys import Entries, Key, Schema, Table
from .types import Boolean, FilePath, Integer, ListOf, NumberOf, OneOf, String, Word

MEMORY_REGION = {
    "gpa": Key(Integer(), "Guest address where the region begins.", required=True),
    "size": Key(Integer(), "Size in bytes.", required=True),
    "flags": Key(Integer(), "Mapping flags; no version reads them.", required=True),
    "map_type": Key(NumberOf(MemMappingType), "Where the memory comes from: 0 alloc, 1 identical, 2 reserved.",
                    required=True),
}

_EMULATED_DEVICE = {
    "name": Key(String(), "Name of the device.", required=True),
    "base_gpa": Key(Integer(), "Guest address or I/O port where the device begins.",
                    required=True),
    "length": Key(Integer(), "Length in bytes or ports.", required=True),
    "irq_id": Key(Integer(), "Interrupt number, 0 for none; no version reads it.", required=True),
    "emu_type": Key(NumberOf(EmulatedDeviceType), "Number of the device type.", required=True),
    "cfg_list": Key(ListOf(Integer()), "Parameters that the device type needs.", required=True),
}

_PASSTHROUGH_DEVICE = {
    "name": Key(String(), "Name of the device, or its path in the host's device tree.",
                required=True),
    "base_gpa": Key(Integer(), "Guest address where the device begins.", default=0),
    "base_hpa": Key(Integer(), "Host address where the device begins.", default=0),
    "length": Key(Integer(), "Length in bytes.", default=0),
    "irq_id": Key(Integer(), "Interrupt number, 0 for none; no version reads it.", default=0),
}

_PASSTHROUGH_ADDRESS = {
    "base_gpa": Key(Integer(), "Guest and host address where the range begins.", default=0),
    "length": Key(Integer(), "Length in bytes.", default=0),
}

V0_5 = Schema({
    "base": Table("The VM itself.", {
        "id": Key(Integer(), "Number of the VM, of its own on the machine.", required=True),
        "name": Key(String(), "Name of the VM.", required=True),
        "vm_type": Key(Integer(), "Type of the guest: 0 host, 1 RTOS, 2 Linux; it has no effect.",
                       required=True),
        "cpu_num": Key(Integer(), "Number of vCPUs.", required=True),
        "phys_cpu_ids": Key(ListOf(Integer()), "Hardware id of the host CPU of each vCPU."),
        "phys_cpu_sets": Key(ListOf(Integer()), "Mask of the host CPUs that each vCPU may run on."),
    }),
    "kernel": Table("How the guest boots, and its memory.", {
        "entry_point": Key(Integer(), "Guest address where the first vCPU starts.", required=True),
        "kernel_path": Key(FilePath(), "Path of the kernel image.", required=True),
        "kernel_load_addr": Key(Integer(), "Guest address that the kernel is loaded to.",
                                required=True),
        "memory_regions": Key(Entries(MEMORY_REGION),
                              "Memory of the guest; the first region is main memory.",
                              required=True),
        "enable_bios": Key(Boolean(), "Whether firmware starts the guest.", default=False),
        "boot_protocol": Key(Word(BootProtocol, "kernel", "bios", "axvm-bios", "efi"),
                             "How the guest boots: direct, multiboot or uefi; when absent "
                             "multiboot with enable_bios, else direct."),
        "bios_path": Key(FilePath(), "Path of the firmware image."),
        "uefi_firmware_path": Key(FilePath(), "Path of a UEFI firmware image, used in place of "
                                  "bios_path."),
        "bios_load_addr": Key(Integer(), "Guest address that the firmware is loaded to."),
        "dtb_path": Key(FilePath(), "Path of the guest's device tree blob; when absent the "
                        "hypervisor makes one."),
        "dtb_load_addr": Key(Integer(), "Guest address that the device tree blob is loaded to."),
        "ramdisk_path": Key(FilePath(), "Path of the initial RAM disk."),
        "ramdisk_load_addr": Key(Integer(), "Guest address that the RAM disk is loaded to."),
        "image_location": Key(OneOf(("fs", "memory")), "Where the images are: fs, in the "
                              "hypervisor's file system; memory, built into the hypervisor."),
        "cmdline": Key(String(), "Command line of the kernel."),
        "disk_path": Key(String(), "No version reads it.", is_unused=True),
    }),
    "devices": Table("What the guest has besides memory.", {
        "emu_devices": Key(Entries(_EMULATED_DEVICE), "Devices that the hypervisor emulates.",
                           required=True),
        "passthrough_devices": Key(Entries(_PASSTHROUGH_DEVICE), "Devices of the host that the "
                                   "guest uses directly: ranges, or device tree paths.",
                                   required=True),
        "passthrough_addresses": Key(Entries(_PASSTHROUGH_ADDRESS), "Address ranges that are "
                                     "passed through without a device.", default=[]),
        "interrupt_mode": Key(Word(InterruptMode, "no", "none", "emulated", "pt"),
                              "Which interrupts the guest gets: no_irq, emu (emulated ones) or "
                              "passthrough.", default="no_irq"),
        "excluded_devices": Key(ListOf(ListOf(String())), "Lists of device tree paths that are "
                                "not passed through.", default=[]),
    }),
})
