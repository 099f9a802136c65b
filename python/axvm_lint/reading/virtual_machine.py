# SPDX-License-Identifier: Apache-2.0
"""A VM as its file configures it, in the library's types.

None is for what the file does not say, or says in a way that cannot be understood: then
there is a finding about it, and its key is in `unread`.
"""

from collections.abc import Iterator
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from axvm_types import (AddressSpacePolicy, BootProtocol, DeviceBus, EmulatedDeviceConfig, Gpa,
                        GpaRange, GuestType, ImageLocation, InterruptMode, MemConfig, MemMappingType,
                        PassthroughAddressConfig, PassthroughDeviceConfig, PassthroughPortConfig,
                        VcpuSet, VmType)
from ..output import Identity

Config = TypeVar("Config", MemConfig, EmulatedDeviceConfig, PassthroughDeviceConfig,
                 PassthroughAddressConfig, PassthroughPortConfig)

# A list of devices of the host, each a device tree path.
BY_PATH = "passthrough"

# After the last I/O port.
PORTS_END = 0x1_0000

# What moves a kernel to its start, and how far after that it goes by the protocol.
_MOVING = (MemMappingType.IDENTICAL, MemMappingType.RESERVED)
_MULTIBOOT_OFFSETS = {BootProtocol.DIRECT: 0, BootProtocol.MULTIBOOT: 2 << 20}

# The kinds of images, as in KIND_load_addr and KIND_path.
IMAGES = ("kernel", "bios", "dtb", "ramdisk")


class Entry(Generic[Config]):
    """One entry of an array: what it says, and where it says so."""

    __slots__ = ("table", "index", "name", "config")

    config: Config

    def __init__(self, table: str, index: int, name: str | None, config: Config) -> None:
        self.table = table
        self.index = index
        self.name = name
        self.config = config

    @property
    def start(self) -> Gpa:
        config: Any = self.config
        start: Gpa = config.gpa if isinstance(config, MemConfig) else config.base_gpa
        return start

    @property
    def bus(self) -> DeviceBus:
        """Where its range is, if it is one."""
        config = self.config
        if not isinstance(config, EmulatedDeviceConfig):
            return DeviceBus.MEMORY
        bus = config.emu_type.bus()
        if bus == DeviceBus.PORT and config.base_gpa.addr + config.length > PORTS_END:
            # No port has such a number.
            return DeviceBus.NONE
        return bus

    @property
    def occupied(self) -> GpaRange | None:
        """The addresses or ports that it takes; None where their end does not fit."""
        config = self.config
        place: GpaRange | None = config.range()
        if isinstance(config, EmulatedDeviceConfig) and self.bus == DeviceBus.MEMORY:
            # Without the numbers for that, as configured.
            return config.footprint() or place
        return place

    @property
    def is_discovered(self) -> bool:
        """Whether it is a path, to be looked up in the device tree, and no range."""
        config = self.config
        return (isinstance(config, PassthroughDeviceConfig)
                and ((config.name or "").startswith("/") or self.table == BY_PATH)
                and config == PassthroughDeviceConfig(name=config.name))


AnyEntry: TypeAlias = Entry[Any]


class VirtualDevice(NamedTuple):
    """A device that the hypervisor adds, where it likes; INDEX is that of its entry.

    OPTIONS are its other keys, as the file has them: which there are depends on the model.
    """

    # Hides a method of tuples.
    index: int  # type: ignore[assignment]
    id: str
    model: str
    options: dict[str, Any]


class ImageFile(NamedTuple):
    """What a file of an image says."""

    size: int
    # As a bzImage it is loaded without the real-mode part at its beginning, so long.
    setup_size: int = 0
    # How much memory a kernel says that it needs from its address on when it runs; 0 if it does not.
    run_size: int = 0
    # Whether its own header says where to enter it.
    has_entry: bool = False
    # Which file it is, so that none is replaced that was read.
    identity: Identity | None = None

    @property
    def is_bzimage(self) -> bool:
        return self.setup_size != 0

    @property
    def loaded_size(self) -> int:
        """How much of it is loaded to its address."""
        return max(self.size - self.setup_size, 0)


class Image:
    """Something that is loaded before the VM starts."""

    def __init__(self, address: Gpa | None, path: str | None) -> None:
        self.address = address
        self.path = path
        # None where it was not read.
        self.file: ImageFile | None = None


class VirtualMachine:
    """One without anything but the name of its file: who reads the file sets the rest."""

    file: str
    id: int | None
    name: str | None
    type: VmType | None
    cpu_num: int | None
    phys_cpu_ids: list[int] | None
    phys_cpu_sets: list[VcpuSet] | None
    enable_bios: bool
    # As given: an unknown name is a value that the library does not know.
    boot_protocol: BootProtocol | None
    boot_protocol_name: str | None
    entry_point: Gpa | None
    images: dict[str, Image]
    uefi_firmware_path: str | None
    has_disk_path: bool
    image_location: ImageLocation | None
    cmdline: str | None
    interrupt_mode: InterruptMode | None
    address_space_policy: AddressSpacePolicy | None
    guest_type: GuestType | None
    # Whether the file has today's format, where paths name devices.
    is_new: bool
    memory: list[Entry[MemConfig]]
    emulated: list[Entry[EmulatedDeviceConfig]]
    passthrough: list[Entry[PassthroughDeviceConfig]]
    addresses: list[Entry[PassthroughAddressConfig]]
    ports: list[Entry[PassthroughPortConfig]]
    # The device tree paths that are not passed through, in the groups of the file.
    excluded: list[list[str]]
    # Of the new format: the paths that are kept from the guest, each a device without a range.
    disabled: list[Entry[PassthroughDeviceConfig]]
    virtual: list[VirtualDevice]
    # The keys that are missing or could not be read, also for one entry of theirs.
    unread: set[str]

    def __init__(self, file: str) -> None:
        self.file = file

    @property
    def protocol(self) -> BootProtocol | None:
        """How it boots; None where that cannot be known."""
        if self.boot_protocol or "boot_protocol" in self.unread:
            return self.boot_protocol
        return BootProtocol.MULTIBOOT if self.enable_bios else BootProtocol.DIRECT

    @property
    def moved_by(self) -> int:
        """How far the hypervisor moves the kernel and the entry point, modulo 2^64.

        With a first region that is identical or reserved, the kernel goes to its start, wherever the
        file asks for it; UEFI and a bzImage are not moved.
        """
        kernel, region = self.images["kernel"], self.memory[0] if self.memory else None
        is_whole = not {"memory_regions", "kernel_load_addr"} & self.unread
        if (region is None or region.config.map_type not in _MOVING or kernel.address is None
                or not is_whole or self.protocol not in _MULTIBOOT_OFFSETS
                or kernel.file is not None and kernel.file.is_bzimage):
            return 0
        start = region.config.gpa.addr + _MULTIBOOT_OFFSETS[self.protocol]
        return (start - kernel.address.addr) % (1 << 64)

    def effective(self, kind: str) -> Gpa | None:
        """Where an image goes, or the entry point ("entry"), after all that is moved."""
        address = self.entry_point if kind == "entry" else self.images[kind].address
        kernel = self.images["kernel"].address
        if address is None or kernel is None or kind not in ("entry", "kernel"):
            return address
        # The hypervisor panics at an entry point below the kernel.
        if address.addr < kernel.addr:
            return address
        return Gpa((address.addr + self.moved_by) % (1 << 64))

    def image_path(self, kind: str) -> tuple[str, str | None]:
        """The key of an image's path, and the path."""
        if kind == "bios" and self.uefi_firmware_path:
            return "uefi_firmware_path", self.uefi_firmware_path
        return f"{kind}_path", self.images[kind].path

    @property
    def entries(self) -> Iterator[AnyEntry]:
        """What is at guest addresses, in file and table order."""
        yield from self.memory
        yield from self.emulated
        yield from self.passthrough
        yield from self.addresses
