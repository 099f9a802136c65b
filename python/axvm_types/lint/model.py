# SPDX-License-Identifier: Apache-2.0
"""A VM as its file configures it, in the library's types.

None stands for what the file does not say, or says in a way that cannot be understood: then
there is a finding about it.
"""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .. import (BootProtocol, EmulatedDeviceConfig, EmulatedDeviceType, Gpa, InterruptMode,
                MemConfig, PassthroughAddressConfig, PassthroughDeviceConfig, VcpuSet, VmType)
from .findings import Owner

Config = TypeVar("Config", MemConfig, EmulatedDeviceConfig, PassthroughDeviceConfig,
                 PassthroughAddressConfig)

# The kinds of images, as in KIND_load_addr and KIND_path.
IMAGES = ("kernel", "bios", "dtb", "ramdisk")


@dataclass
class Entry(Generic[Config]):
    """One entry of an array: what it says, and where it says so."""

    owner: Owner
    config: Config

    @property
    def in_ports(self) -> bool:
        """Whether its range is one of x86 I/O ports and not of addresses."""
        return isinstance(self.config, EmulatedDeviceConfig) and self.config.emu_type in (
            EmulatedDeviceType.CONSOLE, EmulatedDeviceType.X86_PIT)

    @property
    def is_discovered(self) -> bool:
        """Whether it is a path, to be looked up in the device tree, and no range."""
        config = self.config
        return isinstance(config, PassthroughDeviceConfig) and config == PassthroughDeviceConfig(
            name=config.name) and config.name.startswith(b"/")


@dataclass
class Image:
    """Something that is loaded before the VM starts."""

    address: Gpa | None
    path: str | None


@dataclass
class VirtualMachine:
    file: str
    id: int | None
    name: str | None
    type: VmType | None
    cpu_num: int | None
    phys_cpu_ids: list[int] | None
    phys_cpu_sets: list[VcpuSet] | None
    boot_protocol: BootProtocol | None
    entry_point: Gpa | None
    images: dict[str, Image]
    interrupt_mode: InterruptMode | None
    memory: list[Entry[MemConfig]] = field(default_factory=list)
    emulated: list[Entry[EmulatedDeviceConfig]] = field(default_factory=list)
    passthrough: list[Entry[PassthroughDeviceConfig]] = field(default_factory=list)
    addresses: list[Entry[PassthroughAddressConfig]] = field(default_factory=list)
