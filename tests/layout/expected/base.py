# SPDX-License-Identifier: Apache-2.0
"""Machines as plain data, and what all families of rules need."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

PAGE = 0x1000
LAST = (1 << 64) - 1
WHOLE = NO_VM = (1 << 32) - 1
V0_5, V0_7, V0_7_3 = "0.5", "0.7", "0.7.3"
VERSIONS = (V0_5, V0_7, V0_7_3)
ARCHS = ("aarch64", "riscv64", "x86_64", "loongarch64")
ERROR, WARNING, NOTE = "error", "warning", "note"
DIRECT, MULTIBOOT, UEFI = 0, 1, 2
ALLOC, IDENTICAL, RESERVED = 0, 1, 2


@dataclass
class Region:
    gpa: int
    size: int
    kind: int = ALLOC


@dataclass
class Emulated:
    kind: int
    base: int
    length: int
    numbers: tuple[int, ...] = ()
    irq: int = 0
    name: str | None = None


@dataclass
class Passed:
    name: str | None
    gpa: int
    hpa: int
    length: int
    irq: int = 0


@dataclass
class Range:
    base: int
    length: int


@dataclass
class Vm:
    id: int = 1
    name: str | None = None
    complete: bool = False
    cpu_num: int = 0
    ids: list[int] | None = None
    sets: list[int] | None = None
    memory: list[Region] = field(default_factory=list)
    emulated: list[Emulated] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    addresses: list[Range] = field(default_factory=list)
    ports: list[Range] = field(default_factory=list)
    reserved: list[Range] = field(default_factory=list)
    disabled: list[str] = field(default_factory=list)
    auto_devices: int = 0
    # Keys of [kernel] that are there: addresses by name, paths by name.
    addr: dict[str, int] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    size: dict[str, int] = field(default_factory=dict)
    run_size: int = 0
    cmdline: int | None = None
    enable_bios: bool = False
    protocol: int | None = None
    bzimage: bool | None = None
    own_entry: bool = False
    irq_mode: int = 0
    location: int = 0
    guest_type: int = 0


@dataclass
class Machine:
    version: str
    arch: str | None
    vms: list[Vm]
    gpa_bits: int = 0
    host_cpus: int = 0
    hypervisor: list[tuple[int, int]] = field(default_factory=list)
    host_memory: list[tuple[int, int]] = field(default_factory=list)

    def since(self, version: str) -> bool:
        return VERSIONS.index(self.version) >= VERSIONS.index(version)

    def may_be(self, *archs: str) -> bool:
        return self.arch is None or self.arch in archs

    def by_tree(self) -> bool:
        """Whether the host surely describes itself by a device tree."""
        return self.arch in ("aarch64", "riscv64")

    def without_tree(self) -> bool:
        return self.arch in ("x86_64", "loongarch64")

    def widest(self) -> int:
        if self.gpa_bits == 0:
            return 0x7FFF_FFFF_F000
        return LAST if self.gpa_bits == 64 else 1 << self.gpa_bits


# Of whom a finding is: the VM, the table, the index.
Owner = tuple[int, str, int]


@dataclass(frozen=True)
class Expected:
    code: str
    severity: str
    a: Owner
    b: Owner | None = None
    value: int = 0
    says: str = ""  # a part of its text or of its hint

    def key(self) -> tuple[object, ...]:
        return (self.code, self.severity, self.a, self.b or (), self.value)


def pair(code: str, severity: str, x: Owner, y: Owner, value: int = 0, says: str = "") -> Expected:
    """Of two: the one that is earlier in files, tables and lists is owner a."""
    a, b = sorted((x, y), key=lambda owner: (owner[0], TABLES.index(owner[1]), owner[2]))
    return Expected(code, severity, a, b, value, says)


TABLES = ("none", "id", "name", "cpu_num", "phys_cpu_ids", "phys_cpu_sets", "entry_point",
          "kernel_load_addr", "dtb_load_addr", "ramdisk_load_addr", "bios_load_addr", "boot_protocol",
          "enable_bios", "image_location", "cmdline", "memory_regions", "emu_devices",
          "passthrough_devices", "passthrough_addresses", "passthrough_ports", "reserved_addresses",
          "hypervisor", "disabled_paths", "machine", "host_memory", "kernel_path", "bios_path",
          "uefi_firmware_path", "disk_path", "guest_type")


def down(address: int) -> int:
    return address // PAGE * PAGE


def pages(start: int, end: int) -> tuple[int, int]:
    """The pages that bytes touch; the last page of all ends with the last address."""
    return down(start), min(-(-end // PAGE) * PAGE, LAST)


def fits(start: int, size: int) -> bool:
    return start + size <= LAST


def memory_range(region: Region) -> tuple[int, int] | None:
    if region.size == 0 or not fits(region.gpa, region.size):
        return None
    return region.gpa, region.gpa + region.size


@dataclass(frozen=True)
class Span:
    """A range that takes part in a comparison, and its owner; the bytes are those that are configured."""

    start: int
    end: int
    owner: Owner
    what: object = None
    bytes: tuple[int, int] = (0, 0)


def sweep(spans: Iterable[Span], may_not: Callable[[Span, Span], bool]) -> Iterator[tuple[Span, Span]]:
    """Each range that begins before the furthest end of those before it that it may not meet."""
    ordered = sorted(spans, key=lambda span: (span.start, span.owner[0], TABLES.index(span.owner[1]), span.owner[2]))
    for i, span in enumerate(ordered):
        against = [other for other in ordered[:i] if may_not(other, span)]
        if against:
            owner = max(against, key=lambda other: other.end)  # the first of those
            if span.start < owner.end:
                yield owner, span


def meeting(code: str, severity: str, x: Span, y: Span, overlaps: str = "", shares: str = "shares the 4 KiB page") -> Expected:
    """Of two by pages: they overlap, or have one page in common only."""
    (x_start, x_end), (y_start, y_end) = x.bytes, y.bytes
    if x_start < x_end and y_start < y_end and (x_end <= y_start or y_end <= x_start):
        return pair(code, severity, x.owner, y.owner, down(max(x_start, y_start)), shares)
    return pair(code, severity, x.owner, y.owner, 0, overlaps)


def groups(items: Iterable[tuple[object, Owner]]) -> Iterator[list[Owner]]:
    """The owners of each value that is there, in their order."""
    found: dict[object, list[Owner]] = {}
    for value, owner in items:
        found.setdefault(value, []).append(owner)
    yield from found.values()
