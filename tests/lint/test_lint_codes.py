# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: for every code a configuration with one thing broken, and a near miss."""

from dataclasses import dataclass

import tap

tap.need_library()

from axvm_types import FindingCode  # noqa: E402
from linting import GOOD, RTC, changed, found, lint, run_tests, telling, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402

OTHER = """\
[base]
id = 8
name = "other"
vm_type = 1
cpu_num = 1
phys_cpu_ids = [0x300]
phys_cpu_sets = [0x20]
[kernel]
entry_point = 0x6000_0000
kernel_path = "/guest/kernel"
kernel_load_addr = 0x6000_0000
image_location = "fs"
memory_regions = [[0x6000_0000, 0x1000_0000, 0x7, 2]]
[devices]
interrupt_mode = "pt"
emu_devices = []
passthrough_devices = [["can", 0x920_0000, 0x920_0000, 0x1000, 44]]
"""

# What the changes of the good configuration begin with.
ID = "id = 7"
NAME = '"guest"'
CPUS = "cpu_num = 2"
IDS = "[0x100, 0x200]"
SETS = "[0b1101, 0x10]"
LISTS = f"phys_cpu_ids = {IDS}\nphys_cpu_sets = {SETS}\n"
ENTRY = "entry_point = 0x4020_0000"
PATH = 'kernel_path = "/guest/kernel"'
MEMORY = "[0x4000_0000, 0x1000_0000, 0x7, 2]"
MODE = '"pt"'
GIC = '["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]'
PLIC = '["plic", 0xc00_0000, 0x40_0000, 0, 0x30, [1]]'
UART = '["uart", 0x900_0000, 0x900_0000, 0x1000, 33]'
MOVED = '["uart", 0x900_0000, 0x910_0000, 0x1000, 33]'
MOVED_OPTIONS = "--disable=device-host-ignored"
ADDRESSES = "[0xa00_0000, 0x200]"

# What an x86_64 machine may have.
X86 = changed("id = 8", ID, OTHER)
X86_MEMORY = "[0x6000_0000, 0x1000_0000, 0x7, 2]"

# Owners of the good configuration: table, index, name, first address, end.
REGION = ("memory_regions", 0, None, 0x4000_0000, 0x5000_0000)
GICD = ("emu_devices", 0, "gicd", 0x800_0000, 0x801_0000)
DEVICE = ("passthrough_devices", 1, "uart", 0x900_0000, 0x900_1000)
KERNEL = ("kernel", None, "kernel_load_addr", 0x4020_0000, 0x4020_0000)
TOP = 0xffff_ffff_ffff_ffff


def key(table: str, name: str, address: int | None = None) -> tuple:
    return table, None, name, address, address


# Of masks: by version; joined, that of 0.7.
MASK_SEVERITIES = [("error", "--model=0.5"), ("warning", "--model=0.7"), ("warning", "")]


@dataclass
class Case:
    """A change, what is found then, and a change after which nothing is."""

    code: str
    severity: str
    old: str
    new: str
    near: str
    a: tuple | None
    b: tuple | None = None
    options: str = ""
    # For the near miss, where the options make the difference.
    near_options: str | None = None
    base: str = GOOD
    # The change is in the second of two files, and then owner b is, too.
    second: bool = False


def beside(first: str, second: str) -> str:
    return f"{first}, {second}"


def region(text: str) -> str:
    return beside(MEMORY, text)


def device(text: str) -> str:
    return beside(UART, text)


def kernel(text: str) -> str:
    return f"{PATH}\n{text}"


# Memory at a place that the configuration chooses; and with some at 0.
ALLOC = changed(MEMORY, "[0x4000_0000, 0x1000_0000, 0x7, 0]")
LOW = changed(MEMORY, region("[0, 0x10_0000, 0x7, 0]"))
# For any architecture: what is passed through, and a guest with memory that it may choose.
ALONE = changed(GIC, "", changed(f"phys_cpu_sets = {SETS}\n", ""))
ALONE_ALLOC = changed(MEMORY, "[0x4000_0000, 0x1000_0000, 0x7, 0]", ALONE)
ONE_PATH = changed(f"[{RTC},\n    {UART}]", '[["/soc/eth@1"]]', ALONE)
ROOT = changed('[["/soc/eth@1"]]', '[["/"]]', ONE_PATH)
CAN = '[["can", 0x920_0000, 0x920_0000, 0x1000, 44]]'

CASES = [
    Case("memory-none", "error", MEMORY, "", MEMORY, key("kernel", "memory_regions")),
    Case("memory-empty", "error", MEMORY, region("[0x6000_0000, 0, 0, 0]"),
         region("[0x6000_0000, 0x1000, 0, 0]"),
         ("memory_regions", 1, None, 0x6000_0000, 0x6000_0000)),
    Case("memory-overflow", "error", MEMORY, region("[0xffff_ffff_ffff_f000, 0x1000, 0, 2]"),
         region("[0xffff_ffff_ffff_e000, 0x1000, 0, 2]"),
         ("memory_regions", 1, None, 0xffff_ffff_ffff_f000, TOP), options="--gpa-bits=64"),
    Case("memory-overflow", "note", MEMORY, region("[0xffff_ffff_ffff_f000, 0x1000, 0, 1]"),
         region("[0xffff_ffff_ffff_e000, 0x1000, 0, 1]"),
         ("memory_regions", 1, None, 0xffff_ffff_ffff_f000, TOP), options="--gpa-bits=64"),
    Case("memory-beyond-width", "error", MEMORY, region("[0xf_ffff_f000, 0x2000, 0, 0]"),
         region("[0xf_ffff_f000, 0x1000, 0, 0]"),
         ("memory_regions", 1, None, 0xf_ffff_f000, 0x10_0000_1000), options="--gpa-bits=36"),
    Case("memory-beyond-width", "error", MEMORY, region("[0x7fff_ffff_e000, 0x2000, 0, 0]"),
         region("[0x7fff_ffff_e000, 0x1000, 0, 0]"),
         ("memory_regions", 1, None, 0x7fff_ffff_e000, 0x8000_0000_0000)),
    Case("memory-beyond-width", "note", MEMORY, region("[0x7fff_ffff_e000, 0x2000, 0, 1]"),
         region("[0x7fff_ffff_e000, 0x1000, 0, 1]"),
         ("memory_regions", 1, None, 0x7fff_ffff_e000, 0x8000_0000_0000)),
    Case("memory-map-type", "error", MEMORY, "[0x4000_0000, 0x1000_0000, 0x7, 3]",
         "[0x4000_0000, 0x1000_0000, 0x7, 0]", REGION),
    Case("memory-unaligned", "error", MEMORY, region("[0x6000_0000, 0xfff, 0, 2]"),
         region("[0x6000_0000, 0x1000, 0, 2]"),
         ("memory_regions", 1, None, 0x6000_0000, 0x6000_0fff)),
    Case("memory-unaligned", "error", MEMORY, region("[0x6000_0800, 0x1000, 0, 0]"),
         region("[0x6000_0800, 0x1000, 0, 1]"),
         ("memory_regions", 1, None, 0x6000_0800, 0x6000_1800)),
    Case("memory-unaligned", "error", MEMORY, region("[0x6000_0000, 0x1800, 0, 1]"),
         region("[0x6000_0000, 0x2000, 0, 1]"),
         ("memory_regions", 1, None, 0x6000_0000, 0x6000_1800)),
    Case("memory-overlap", "error", MEMORY, region("[0x4fff_f000, 0x2000, 0, 2]"),
         region("[0x5000_0000, 0x2000, 0, 2]"), REGION,
         ("memory_regions", 1, None, 0x4fff_f000, 0x5000_1000)),
    Case("memory-overlap", "note", MEMORY, region("[0x4fff_f000, 0x2000, 0, 1]"),
         region("[0x5000_0000, 0x2000, 0, 1]"), REGION,
         ("memory_regions", 1, None, 0x4fff_f000, 0x5000_1000)),
    Case("memory-reserved", "error", X86_MEMORY, beside(X86_MEMORY, "[0xfe00_0000, 0xe0_1000, 0, 0]"),
         beside(X86_MEMORY, "[0xfe00_0000, 0xe0_0000, 0, 0]"),
         ("memory_regions", 1, None, 0xfe00_0000, 0xfee0_1000),
         options="--arch=x86_64", base=X86),
    Case("memory-reserved", "note", X86_MEMORY, beside(X86_MEMORY, "[0xfe00_0000, 0xe0_1000, 0, 1]"),
         beside(X86_MEMORY, "[0xfe00_0000, 0xe0_1000, 0, 1]"),
         ("memory_regions", 1, None, 0xfe00_0000, 0xfee0_1000),
         options="--arch=x86_64", near_options="", base=X86),

    Case("boot-address", "error", ENTRY, "entry_point = 0x5000_0000", "entry_point = 0x4fff_ffff",
         key("kernel", "entry_point", 0x5000_0000), base=ALLOC),
    Case("boot-address", "error", ENTRY, "entry_point = 0x5020_0000", "entry_point = 0x501f_ffff",
         key("kernel", "entry_point", 0x5000_0000), REGION),
    Case("boot-address", "note", PATH, kernel("ramdisk_path = 'r'\nramdisk_load_addr = 1"),
         kernel("ramdisk_path = 'r'\nramdisk_load_addr = 0x4400_0000"),
         key("kernel", "ramdisk_load_addr", 1),
         base=changed(MEMORY, region("[0x6000_0000, 0x1000, 0, 1]"))),
    Case("boot-address", "error", PATH, kernel("ramdisk_path = 'r'\nramdisk_load_addr = 1"),
         kernel("ramdisk_path = 'r'\nramdisk_load_addr = 0x4400_0000"),
         key("kernel", "ramdisk_load_addr", 1)),
    Case("boot-address", "error", PATH, kernel("dtb_load_addr = 0x3fff_ffff"),
         kernel("dtb_load_addr = 0x4000_0000"), key("kernel", "dtb_load_addr", 0x3fff_ffff),
         base=ALLOC),
    Case("boot-address", "error", PATH, kernel("dtb_load_addr = 0x4400_0000"), PATH,
         key("kernel", "dtb_load_addr", 0x4400_0000),
         options="--arch=x86_64 --model=0.7 --disable=device-arch"),
    Case("boot-image-clash", "warning", PATH, kernel("dtb_load_addr = 0x4020_0000"),
         kernel("dtb_load_addr = 0x401f_ffff"), KERNEL,
         key("kernel", "dtb_load_addr", 0x4020_0000), base=ALLOC),
    Case("boot-image-missing", "error", PATH, kernel("ramdisk_path = 'r'"),
         kernel("ramdisk_path = 'r'\nramdisk_load_addr = 0x4400_0000"),
         key("kernel", "ramdisk_load_addr")),
    Case("boot-image-missing", "error", 'image_location = "fs"', "", 'image_location = "memory"',
         key("kernel", "image_location")),
    Case("boot-image-missing", "error", PATH, kernel("enable_bios = true\nbios_path = 'b'"),
         kernel("enable_bios = true\nbios_path = 'b'\nbios_load_addr = 0x4100_0000"),
         key("kernel", "bios_load_addr")),
    Case("boot-memory", "error", PATH, kernel("enable_bios = true"), PATH,
         key("kernel", "enable_bios")),
    Case("boot-protocol", "error", PATH, kernel("boot_protocol = 'grub'"),
         kernel("boot_protocol = 'direct'"), key("kernel", "boot_protocol")),
    Case("boot-protocol", "error", PATH, kernel("boot_protocol = 'multiboot'"),
         kernel("boot_protocol = 'multiboot'\nenable_bios = true"),
         key("kernel", "boot_protocol"), base=LOW),
    Case("boot-protocol", "error", PATH, kernel("enable_bios = true\nbios_load_addr = 0x8001"),
         kernel("enable_bios = true\nbios_load_addr = 0x8000"),
         key("kernel", "bios_load_addr", 0x8001), base=LOW),
    Case("boot-protocol", "error", PATH, kernel("enable_bios = true"), kernel(""),
         key("kernel", "enable_bios"), options="--arch=aarch64"),
    Case("boot-entry-below-load", "error", ENTRY, "entry_point = 0x401f_ffff", ENTRY,
         key("kernel", "entry_point", 0x401f_ffff), KERNEL, options="--arch=aarch64"),
    Case("boot-entry-below-load", "warning", ENTRY, "entry_point = 0x401f_ffff", ENTRY,
         key("kernel", "entry_point", 0x401f_ffff), KERNEL),
    Case("boot-entry-below-load", "note", ENTRY, "entry_point = 0x401f_ffff", ENTRY,
         key("kernel", "entry_point", 0x401f_ffff), KERNEL, base=ALLOC),
    *(Case("boot-entry", "warning", ENTRY, "entry_point = 0x401f_ffff", ENTRY,
           key("kernel", "entry_point", 0x401f_ffff), KERNEL, base=ALONE_ALLOC,
           options=f"--arch={arch}")
      for arch in ("aarch64", "riscv64")),

    Case("device-empty", "error", UART, '["uart", 0x900_0000, 0x900_0000, 0, 33]',
         '["uart", 0x900_0000, 0x900_0000, 1, 33]',
         ("passthrough_devices", 1, "uart", 0x900_0000, 0x900_0000)),
    Case("device-empty", "error", GIC, '["gicd", 0x800_0000, 0, 0, 0x21, []]',
         '["gicd", 0x800_0000, 0, 0, 0, []]',
         ("emu_devices", 0, "gicd", 0x800_0000, 0x800_0000)),
    Case("device-overflow", "error", ADDRESSES, "[0xffff_ffff_ffff_f000, 0x1000]",
         "[0xffff_ffff_ffff_f000, 0xfff]",
         ("passthrough_addresses", 0, None, 0xffff_ffff_ffff_f000, TOP), options="--gpa-bits=64"),
    Case("device-beyond-width", "error", ADDRESSES, "[0xffff_f000, 0x1001]",
         "[0xffff_f000, 0x1000]", ("passthrough_addresses", 0, None, 0xffff_f000, 0x1_0000_0001),
         options="--gpa-bits=32"),
    Case("device-beyond-width", "error", ADDRESSES, "[0x7fff_ffff_e000, 0x1001]",
         "[0x7fff_ffff_e000, 0x1000]",
         ("passthrough_addresses", 0, None, 0x7fff_ffff_e000, 0x7fff_ffff_f001)),
    Case("device-page-offset", "error", UART, '["uart", 0x900_0000, 0x900_0004, 0x1000, 33]',
         UART, DEVICE, options="--model=0.7"),
    Case("device-page-offset", "warning", UART, '["uart", 0x900_0000, 0x900_0004, 0x1000, 33]',
         UART, DEVICE, options="--model=0.5"),
    Case("device-host-ignored", "warning", UART, '["uart", 0x900_0000, 0x901_0000, 0x1000, 33]',
         UART, DEVICE, options="--model=0.5 --arch=aarch64"),
    Case("device-host-ignored", "error", UART, '["uart", 0x900_0000, 0x901_0000, 0x1000, 33]',
         UART, DEVICE, options="--model=0.7 --arch=aarch64"),
    Case("device-unaligned", "warning", ADDRESSES, "[0xa00_0f00, 0x200]", "[0xa00_0f00, 0x200]",
         ("passthrough_addresses", 0, None, 0xa00_0f00, 0xa00_1100), options="--model=0.5",
         near_options="--model=0.7"),
    Case("device-unaligned", "warning", ADDRESSES, "[0xa00_0f00, 0x200]", "[0xa00_1000, 0x200]",
         ("passthrough_addresses", 0, None, 0xa00_0f00, 0xa00_1100)),
    Case("device-in-memory", "error", ADDRESSES, "[0x4fff_f000, 0x200]", "[0x5000_0000, 0x200]",
         REGION, ("passthrough_addresses", 0, None, 0x4fff_f000, 0x4fff_f200)),
    Case("device-in-memory", "error", GIC, '["gicd", 0x3fff_1000, 0xf001, 0, 0x21, []]',
         '["gicd", 0x3fff_1000, 0xf000, 0, 0x21, []]', REGION,
         ("emu_devices", 0, "gicd", 0x3fff_1000, 0x4000_0001)),
    Case("device-in-memory", "note", MEMORY, region("[0xa00_0000, 0x1000, 0, 1]"),
         region("[0xa00_1000, 0x1000, 0, 1]"),
         ("memory_regions", 1, None, 0xa00_0000, 0xa00_1000),
         ("passthrough_addresses", 0, None, 0xa00_0000, 0xa00_0200)),
    Case("device-overlap", "error", ADDRESSES, "[0x800_f000, 0x200]", "[0x801_0000, 0x200]",
         GICD, ("passthrough_addresses", 0, None, 0x800_f000, 0x800_f200)),
    Case("device-overlap", "error", GIC,
         '["a", 0x1000, 0x201, 0, 0x21, []], ["b", 0x1200, 8, 0, 0x21, []]',
         '["a", 0x1000, 0x200, 0, 0x21, []], ["b", 0x1200, 8, 0, 0x21, []]',
         ("emu_devices", 0, "a", 0x1000, 0x1201), ("emu_devices", 1, "b", 0x1200, 0x1208),
         options="--model=0.5"),
    Case("device-overlap", "error", GIC,
         '["a", 0x1000, 0x200, 0, 0x21, []], ["b", 0x1200, 8, 0, 0x21, []]',
         '["a", 0x1000, 0x200, 0, 0x21, []], ["b", 0x2000, 8, 0, 0x21, []]',
         ("emu_devices", 0, "a", 0x1000, 0x1200), ("emu_devices", 1, "b", 0x1200, 0x1208),
         options="--model=0.7"),
    Case("device-overlap", "error", GIC,
         '["gicr", 0x8fe_1000, 0x1_0000, 0, 0x20, [2, 0x1_0000, 0]]',
         '["gicr", 0x8fe_0000, 0x1_0000, 0, 0x20, [2, 0x1_0000, 0]]',
         ("emu_devices", 0, "gicr", 0x8fe_1000, 0x900_1000), DEVICE),
    Case("device-overlap", "error", UART, device('["b", 0x900_0000, 0x910_0000, 0x1000, 0]'),
         device('["b", 0x900_0000, 0x900_0000, 0x800, 0]'), DEVICE,
         ("passthrough_devices", 2, "b", 0x900_0000, 0x900_1000),
         options="--disable=device-host-ignored"),
    Case("device-twice", "warning", UART, device('["b", 0x900_0000, 0x900_0000, 0x1000, 0]'),
         device('["b", 0x900_0000, 0x900_0000, 0x1001, 0]'), DEVICE,
         ("passthrough_devices", 2, "b", 0x900_0000, 0x900_1000)),
    Case("device-twice", "error", GIC,
         '["a", 0x3f8, 8, 0, 2, []], ["b", 0x2f8, 8, 0, 2, []]',
         '["a", 0x3f8, 8, 0, 2, []], ["b", 0x40, 34, 0, 0x24, []]',
         ("emu_devices", 0, "a", 0x3f8, 0x400), ("emu_devices", 1, "b", 0x2f8, 0x300)),
    Case("device-fixed", "warning", GIC, '["a", 0x2f8, 8, 0, 2, []]', '["a", 0x3f8, 8, 0, 2, []]',
         ("emu_devices", 0, "a", 0x2f8, 0x300)),
    Case("device-fixed", "warning", GIC, '["a", 0x40, 4, 0, 0x24, []]',
         '["a", 0x40, 0x22, 0, 0x24, []]', ("emu_devices", 0, "a", 0x40, 0x44)),
    Case("device-fixed", "warning", GIC, '["a", 0x801_0000, 0x1_0000, 0, 1, []]',
         '["a", 0x800_0000, 0x1_0000, 0, 1, []]',
         ("emu_devices", 0, "a", 0x801_0000, 0x802_0000)),
    Case("device-fixed", "warning", GIC, '["a", 0x1000_0000, 0x40_0000, 0, 0x30, [2]]',
         '["a", 0xc00_0000, 0x40_0000, 0, 0x30, [2]]',
         ("emu_devices", 0, "a", 0x1000_0000, 0x1040_0000)),
    Case("device-discovery", "error", UART, device("['/']"), UART,
         ("passthrough_devices", 0, "rtc", 0x930_0000, 0x930_1000),
         ("passthrough_devices", 2, "/", None, None)),
    Case("device-discovery", "warning", UART, beside("['/']", UART), "['/'], ['/soc']",
         ("passthrough_devices", 0, "/", None, None), DEVICE, base=changed(f"{RTC},", "")),
    Case("device-discovery", "error", UART, "['/']", "['/']",
         ("passthrough_devices", 0, "/", None, None), base=changed(f"{RTC},", ""),
         options="--arch=x86_64 --disable=device-arch", near_options="--arch=aarch64"),
    Case("device-discovery", "error", UART, "['/']", "['/']",
         ("passthrough_devices", 0, "/", None, None), base=changed(f"{RTC},", ""),
         options="--arch=loongarch64 --model=0.5 --disable=device-arch",
         near_options="--model=0.5"),
    Case("port-conflict", "error", MODE, "'pt'\npassthrough_ports = [[0x60, 2], [0x61, 1]]",
         "'pt'\npassthrough_ports = [[0x60, 1], [0x61, 1]]",
         ("passthrough_ports", 0, None, 0x60, 0x62), ("passthrough_ports", 1, None, 0x61, 0x62),
         options="--model=0.7"),
    Case("port-conflict", "error", MODE, "'pt'\npassthrough_ports = [[0x61, 2]]",
         "'pt'\npassthrough_ports = [[0x62, 2]]",
         ("emu_devices", 0, "pit", 0x40, 0x62), ("passthrough_ports", 0, None, 0x61, 0x63),
         options="--model=0.7", base=changed(GIC, '["pit", 0x40, 0x22, 0, 0x24, []]')),
    Case("port-conflict", "error", MODE,
         f"'pt'\npassthrough_ports = {[[port * 16, 8] for port in range(17)]}",
         f"'pt'\npassthrough_ports = {[[port * 16, 8] for port in range(16)]}",
         key("devices", "passthrough_ports"), options="--model=0.7"),
    Case("device-host-twice", "warning", UART, device('["b", 0x910_0000, 0x900_0000, 0x1000, 0]'),
         device('["b", 0x910_0000, 0x900_1000, 0x1000, 0]'), DEVICE,
         ("passthrough_devices", 2, "b", 0x900_0000, 0x900_1000),
         options="--disable=device-host-ignored"),
    Case("device-name", "warning", UART, device('["uart", 0x910_0000, 0x910_0000, 0x1000, 0]'),
         device('["Uart", 0x910_0000, 0x910_0000, 0x1000, 0]'), DEVICE,
         ("passthrough_devices", 2, "uart", 0x910_0000, 0x910_1000)),
    Case("device-type", "error", GIC, '["gicd", 0x800_0000, 0x1_0000, 0, 9, []]', GIC, GICD),
    Case("device-config", "error", GIC, '["gicd", 0x800_0000, 0x1_0000, 0, 0x22, []]',
         '["gicd", 0x800_0000, 0x1_0000, 0, 0x22, [0]]', GICD),
    Case("device-config", "warning", GIC,
         '["gicr", 0x800_0000, 0x2_0000, 0, 0x20, [1, 0x2_0000, 0]]',
         '["gicr", 0x800_0000, 0x2_0000, 0, 0x20, [2, 0x2_0000, 0]]',
         ("emu_devices", 0, "gicr", 0x800_0000, 0x802_0000)),
    Case("device-config", "warning", GIC,
         '["gicr", 0x800_0000, 0x4_0000, 0, 0x20, [2, 0x2_0000, 0]]',
         '["gicr", 0x800_0000, 0x2_0000, 0, 0x20, [2, 0x2_0000, 0]]',
         ("emu_devices", 0, "gicr", 0x800_0000, 0x806_0000), options="--model=0.5"),
    Case("device-config", "error", GIC,
         '["gicr", 0x800_0000, 0x4_0000, 0, 0x20, [2, 0x2_0000, 0]]',
         '["gicr", 0x800_0000, 0x2_0000, 0, 0x20, [2, 0x2_0000, 0]]',
         ("emu_devices", 0, "gicr", 0x800_0000, 0x806_0000), options="--model=0.7"),
    Case("device-config", "error", GIC, '["plic", 0xc00_0000, 0x20_2004, 0, 0x30, [2]]',
         '["plic", 0xc00_0000, 0x20_2005, 0, 0x30, [2]]',
         ("emu_devices", 0, "plic", 0xc00_0000, 0xc20_2004)),
    Case("device-config", "error", GIC, '["plic", 0xc00_0000, 0x40_0000, 0, 0x30, [2, 1]]',
         '["plic", 0xc00_0000, 0x40_0000, 0, 0x30, [2, 1]]',
         ("emu_devices", 0, "plic", 0xc00_0000, 0xc40_0000), options="--model=0.7",
         near_options="--model=0.5"),
    Case("device-arch", "warning", GIC, '["v", 0x100_0000, 0x200, 0, 0xe1, []]', GIC,
         ("emu_devices", 0, "v", 0x100_0000, 0x100_0200), options="--model=0.5"),
    Case("device-arch", "error", GIC, '["v", 0x100_0000, 0x200, 0, 0xe1, []]', GIC,
         ("emu_devices", 0, "v", 0x100_0000, 0x100_0200), options="--model=0.7"),
    Case("device-arch", "warning", GIC, GIC, GIC, GICD, options="--arch=riscv64",
         near_options="--arch=aarch64"),
    Case("device-arch", "warning", GIC, beside(GIC, '["pit", 0x40, 0x22, 0, 0x24, []]'),
         beside(GIC, '["ivc", 0xb00_0000, 4, 0, 0xa, []]'), GICD,
         ("emu_devices", 1, "pit", 0x40, 0x62)),
    Case("device-ivc", "warning", GIC,
         '["a", 0xb00_0000, 4096, 0, 10, []], ["b", 0xc00_0000, 4096, 0, 10, []]',
         '["a", 0xb00_0000, 4096, 0, 10, []]',
         ("emu_devices", 0, "a", 0xb00_0000, 0xb00_1000),
         ("emu_devices", 1, "b", 0xc00_0000, 0xc00_1000)),
    Case("device-ivc", "error", GIC, '["a", 0xb00_0800, 4096, 0, 10, []]',
         '["a", 0xb00_1000, 4096, 0, 10, []]', ("emu_devices", 0, "a", 0xb00_0800, 0xb00_1800)),
    Case("device-reserved", "error", ADDRESSES, "[0xfee0_0000, 0x1000]",
         "[0xfee0_1000, 0x1000]",
         ("passthrough_addresses", 0, None, 0xfee0_0000, 0xfee0_1000),
         options="--arch=x86_64 --disable=device-arch"),

    Case("irq-shared", "note", UART, device('["b", 0x910_0000, 0x910_0000, 0x1000, 33]'),
         device('["b", 0x910_0000, 0x910_0000, 0x1000, 34]'), DEVICE,
         ("passthrough_devices", 2, "b", 0x910_0000, 0x910_1000)),
    Case("irq-unused", "note", MODE, '"no_irq"', '"emu"', DEVICE),
    *(Case("irq-unused", severity, f"{MODE}\nemu_devices = [{GIC}]",
           f'"no_irq"\nemu_devices = [{PLIC}]', f'"emu"\nemu_devices = [{PLIC}]', device,
           options=f"--arch=riscv64 --model={model}")
      for model, severity, device in (
          ("0.5", "note", DEVICE),
          ("0.7", "error", ("emu_devices", 0, "plic", 0xc00_0000, 0xc40_0000)))),

    Case("cpu-count", "error", f"{CPUS}\n{LISTS}", "cpu_num = 65\n", "cpu_num = 64\n",
         key("base", "cpu_num")),
    Case("cpu-count", "error", f"{CPUS}\n{LISTS}", "cpu_num = 0\n", "cpu_num = 1\n",
         key("base", "cpu_num")),
    # Joined, a finding has the severity of 0.7.
    *(Case("cpu-list", severity, old, new, near, key("base", name), options=f"--model={model}")
      for model, severity in (("0.5", "error"), ("0.7", "warning"), ("auto", "warning"))
      for name, old, new, near in (
          ("phys_cpu_ids", IDS, "[1, 2, 3]", "[1, 2]"),
          ("phys_cpu_sets", SETS, "[1, 2, 4]", "[1, 2]"))),
    Case("cpu-list", "warning", IDS, "[1]", "[1, 2]", key("base", "phys_cpu_ids")),
    Case("cpu-list", "warning", SETS, "[1, 2, 4]", "[1, 2, 4]", key("base", "phys_cpu_sets"),
         near_options="--arch=aarch64"),
    Case("cpu-list", "warning", SETS, "[0x10]", "[0x10, 0x20]", key("base", "phys_cpu_sets")),
    Case("cpu-list", "error", f"phys_cpu_ids = {IDS}\n", "", f"phys_cpu_ids = {IDS}\n",
         key("base", "phys_cpu_ids"), options="--arch=aarch64"),
    *(Case("cpu-mask", severity, SETS, "[1, 0]", "[1, 2]", ("phys_cpu_sets", 1, None, None, None),
           options=options)
      for severity, options in MASK_SEVERITIES),
    *(Case("cpu-mask", severity, SETS, SETS, SETS, ("phys_cpu_sets", 1, None, None, None),
           options=f"{options} --host-cpus=0-3", near_options=f"{options} --host-cpus=0-4")
      for severity, options in MASK_SEVERITIES),
    Case("cpu-repeated", "warning", IDS, "[0x100, 0x100]", "[0x100, 0x101]",
         ("phys_cpu_ids", 0, None, None, None), ("phys_cpu_ids", 1, None, None, None)),
    Case("cpu-shared", "note", SETS, "[0x30, 0x30]", "[0x30, 0x10]",
         ("phys_cpu_sets", 0, None, None, None), ("phys_cpu_sets", 1, None, None, None)),
    Case("cpu-shared", "note", SETS, "[0x30, 0x30]", "[0x30, 0x30]",
         ("phys_cpu_sets", 0, None, None, None), ("phys_cpu_sets", 1, None, None, None),
         near_options="--arch=aarch64"),

    *(Case("vm-id", "warning", ID, f"id = {bad}", f"id = {near}", key("base", "id"),
           options=f"--arch=aarch64 --model={model}")
      for model in ("0.5", "0.7") for bad, near in ((0, 1), (9, 8))),
    Case("vm-id", "error", "id = 8", "id = 7", "id = 8", key("base", "id"), key("base", "id"),
         second=True),
    Case("vm-name", "warning", '"other"', '"guest"', '"Guest"', key("base", "name"),
         key("base", "name"), second=True),
    Case("cpu-conflict", "warning", "[0x300]", "[0x200]", "[0x201]",
         ("phys_cpu_ids", 1, None, None, None), ("phys_cpu_ids", 0, None, None, None),
         second=True),
    Case("cpu-conflict", "warning", "[0x20]", "[0x10]", "[0x30]",
         ("phys_cpu_sets", 1, None, None, None), ("phys_cpu_sets", 0, None, None, None),
         second=True),
    Case("cpu-conflict", "warning", "[0x20]", "[0x10]", "[0x10]",
         ("phys_cpu_sets", 1, None, None, None), ("phys_cpu_sets", 0, None, None, None),
         near_options="--arch=aarch64", second=True),
    Case("irq-conflict", "note", "44]", "33]", "0]", DEVICE,
         ("passthrough_devices", 0, "can", 0x920_0000, 0x920_1000), second=True),
    Case("host-conflict", "error", "[0x6000_0000, 0x1000_0000, 0x7, 2]",
         "[0x6000_0000, 0x1000_0000, 0x7, 2], [0x4fff_f000, 0x1000, 7, 2]",
         "[0x6000_0000, 0x1000_0000, 0x7, 2], [0x5000_0000, 0x1000, 7, 2]", REGION,
         ("memory_regions", 1, None, 0x4fff_f000, 0x5000_0000), second=True),
    # The hypervisor's own, at the guest's address and at the host's.
    *(Case("host-conflict", "error", UART, MOVED, MOVED,
           ("passthrough_devices", DEVICE[1], "uart", base, base + 0x1000),
           ("hypervisor", 0, None, base, base + 0x1000),
           options=f"{MOVED_OPTIONS} --model={model} --hypervisor={base:#x}:4KiB",
           near_options=f"{MOVED_OPTIONS} --model={model} --hypervisor={other:#x}:4KiB")
      for model, base, other in (("0.5", 0x900_0000, 0x910_0000),
                                 ("0.7", 0x910_0000, 0x900_0000))),
    Case("host-conflict", "error", ID, ID, ID, REGION,
         ("hypervisor", 0, None, 0x4fff_f000, 0x5000_1000),
         options="--hypervisor=0x4fff_f000:8KiB",
         near_options="--hypervisor=PA:0x5000_0000:8KiB"),

    # By path: one device, one above the other by whole components, and what is excluded.
    *(Case("host-conflict", "warning", CAN, f'[["{path}"]]', f'[["{near}"]]',
           ("passthrough_devices", 0, "/soc/eth@1", None, None),
           ("passthrough_devices", 0, path, None, None), options=f"--arch={arch}", second=True,
           base=ONE_PATH)
      for arch in ("aarch64", "riscv64")
      for path, near in (("/soc/eth@1", "/soc/eth@10"), ("/soc", "/so"),
                         ("/soc/eth@1/phy", "/soc/eth@1-phy"))),
    Case("host-conflict", "note", CAN, '[["/"]]', "[]",
         ("passthrough_devices", 0, "/", None, None), ("passthrough_devices", 0, "/", None, None),
         second=True, base=ROOT),
    *(Case("device-disabled", "warning", '[["/soc/eth@1"]]',
           f'[["/soc/a"]]\nexcluded_devices = [["/b", "/c"], ["/d", "{path}"]]',
           f'[["/soc/a"]]\nexcluded_devices = [["/b", "/c"], ["/d", "{near}"]]',
           ("passthrough_devices", 0, "/soc/a", None, None),
           ("excluded_devices", 1, path, None, None), options=f"--arch={arch}", base=ONE_PATH)
      for arch in ("aarch64", "riscv64")
      for path, near in (("/soc/a", "/soc/ab"), ("/soc", "/so"))),
    *(Case("device-dma", "note", MEMORY, "[0x4000_0000, 0x1000_0000, 0x7, 0]", MEMORY, REGION,
           ("passthrough_devices", 0, "rtc", 0x930_0000, 0x930_1000), options=options, base=ALONE)
      for options in ("", "--arch=aarch64", "--arch=riscv64")),
    *(Case("key-unused", "warning", PATH, kernel(f'{name} = "/guest/firmware"'), PATH,
           key("kernel", name), options=options, base=ALONE)
      for name in ("bios_path", "uefi_firmware_path") for options in ("", "--arch=riscv64")),
    Case("key-unused", "warning", PATH, kernel("bios_load_addr = 0x4000_0000"), PATH,
         key("kernel", "bios_load_addr", 0x4000_0000), options="--arch=x86_64", base=ALONE),
    Case("key-unused", "note", PATH, kernel("ramdisk_load_addr = 0x4400_0000"),
         kernel('ramdisk_load_addr = 0x4400_0000\nramdisk_path = "/guest/ramdisk"'),
         key("kernel", "ramdisk_load_addr", 0x4400_0000), base=ALONE),
    Case("key-unused", "note", PATH, kernel('disk_path = "/guest/disk"'), PATH,
         key("kernel", "disk_path"), base=ALONE),
    Case("key-unused", "note", PATH, kernel('cmdline = "quiet"'), kernel('cmdline = ""'),
         key("kernel", "cmdline"), options="--arch=riscv64", base=ALONE),
    *(Case("key-unused", "note", IDS, f"{IDS}\nphys_cpu_sets = {SETS}", IDS,
           key("base", "phys_cpu_sets"), options=f"--arch={arch}", base=ALONE)
      for arch in ("aarch64", "riscv64")),

    Case("file-syntax", "error", ID, "id = ", ID, None),
    Case("file-key", "error", f"{CPUS}\n", "", f"{CPUS}\n", key("base", "cpu_num")),
    Case("file-key", "warning", PATH, kernel("comdline = ''"), kernel("cmdline = ''"),
         key("kernel", "comdline")),
    Case("file-allow", "warning", ID, f"{ID} # axvm-lint: allow vm-id because of it", f"{ID} # axvm-lint",
         None),
    Case("file-value", "error", UART, '["uart", 0x900_0000, 0x900_0000, 0x1000, -1]', UART,
         ("passthrough_devices", 1, "uart", None, None)),
]


def owner(found_owner: dict | None) -> tuple | None:
    if found_owner is None:
        return None
    start, end = found_owner["start"], found_owner["end"]
    return (found_owner["table"], found_owner["index"], found_owner["name"],
            start and int(start, 16), end and int(end, 16))


def check(number: int, case: Case) -> None:
    """One finding, as it should be, in JSON and in the text; then the near miss."""
    what = f"case {number}, {case.code}"
    files = ["a.toml", "b.toml"] if case.second else ["a.toml"]
    options = case.options.split()
    near_options = options if case.near_options is None else case.near_options.split()
    write("a.toml", case.base)
    base = OTHER if case.second else case.base
    write(files[-1], changed(case.old, case.new, base))
    before = telling(case.code)
    status, findings = found(*options, *files, before=before)
    is_(status, 2 if case.code == "file-syntax" else int(case.severity == "error"),
        f"{what}: status")
    is_([(finding["code"], finding["severity"]) for finding in findings],
        [(case.code, case.severity)], f"{what}: that finding and no other")
    for finding in findings[:1]:
        is_((owner(finding["a"]), owner(finding["b"])), (case.a, case.b), f"{what}: owners")
        is_(finding["file"], "a.toml", f"{what}: file")
        if case.a:
            vm = int(case.new.split()[-1]) if case.old == ID != case.new else 7
            is_((finding["a"]["file"], finding["a"]["vm"]), ("a.toml", vm), f"{what}: VM of a")
        if case.b:
            hypervisor = case.b[0] == "hypervisor"
            vm = findings[0]["b"]["vm"]
            is_(finding["b"]["file"], None if hypervisor else files[-1], f"{what}: file of b")
            is_(vm, None if hypervisor else 7 if not case.second or case.code == "vm-id" else 8,
                f"{what}: VM of b")
        text = lint("-q", "--format=short", *options, *files, before=before).stdout
        # Files that are alternatives are told of in one more line.
        text = "".join(line for line in text.splitlines(True) if "--separate" not in line)
        is_(text, f"a.toml:{finding['line']}:{finding['column']}: {case.severity}[{case.code}]: "
            f"{finding['message']}\naxvm-lint: {len(files)} file{'s' if case.second else ''}: "
            f"1 {case.severity}\n", f"{what}: text")
    write(files[-1], changed(case.old, case.near, base))
    is_(found(*near_options, *files, before=before), (0, []), f"{what}: the near miss")


def good() -> None:
    is_(found(write("a.toml", GOOD)), (0, []), "nothing about the good one")
    is_(found("a.toml", write("b.toml", OTHER)), (0, []), "nor about both")


def codes() -> None:
    for number, case in enumerate(CASES):
        check(number, case)


# Those of files of the new format have their cases in test_lint_0_7_3.py.
NEW_FORMAT = {"device-path", "machine-conflict", "file-format", "virtual-id", "virtual-model",
              "virtual-option"}
# Of what several files show together: machines() has those.
TOGETHER = {"file-machine"}

# Of --host-dtb: test_lint_board and test_lint_board_today have those.
WITH_TREE = {code.name for code in FindingCode.all() if code.name.startswith("tree-")}


def complete() -> None:
    is_({case.code for case in CASES} | NEW_FORMAT | TOGETHER | WITH_TREE,
        {code.name for code in FindingCode.all()},
        "each code of the library has a case")


def files() -> None:
    """Findings between files name the other one; --separate has none of them."""
    write("a.toml", GOOD)
    write("b\x1b.toml", changed("44]", "33]", OTHER))
    text = lint("-q", "a.toml", "b\x1b.toml").stdout
    ok(r' has the same physical IRQ as b\x1b.toml: passthrough_devices[0] "can" GPA:' in text,
       "the other file", text)
    is_(found("--separate", "a.toml", "b\x1b.toml"), (0, []), "two machines")
    write("c.toml", changed("44]", "0]", changed("[0x300]", "[0x301]", changed(
        "[0x20]", "[0x40]", OTHER.replace("0x6000", "0x8000").replace("0x920", "0x940")))))
    _, findings = found("a.toml", "none.toml", "b\x1b.toml", "c.toml")
    is_([(finding["code"], finding["b"] and finding["b"]["file"]) for finding in findings],
        [("file-syntax", None), ("irq-conflict", "b\x1b.toml"), ("vm-id", "c.toml"),
         ("vm-name", "c.toml")], "a file that is not there does not count")


def machines() -> None:
    """Files that show different architectures are not of one machine."""
    other = changed("interrupt_mode", "@\ninterrupt_mode", changed("emu_devices = []\n", "", OTHER))
    none = changed("@", "emu_devices = []", other)
    new = "[base]\nid = 9\nname = 'new'\n[kernel]\n{}\n[devices]\n{}\n"
    arm = new.format("", 'virtual = [{ id = "a", model = "ivc-channel" }]').replace("9", "10")
    pio = '[[devices.virtual]]\nid = "b"\nmodel = "uart16550-pio"'
    for first, second, line in (
            (GOOD, changed("@", f"emu_devices = [{PLIC}]", other), 15),
            (GOOD, changed("@", "emu_devices = [['pit', 0x40, 4, 0, 0x24, []]]", other), 15),
            (GOOD, changed("image_loc", "enable_bios = true\nimage_loc", none), 12),
            (GOOD, changed("image_loc", 'boot_protocol = "uefi"\nimage_loc', none), 12),
            (GOOD, changed("@", "emu_devices = []\npassthrough_ports = [[0x3f8, 8]]", other), 16),
            (arm, new.format("", pio).replace("[devices]\n", ""), 8),
            (arm, new.format("enable_bios = true", ""), 5),
            (new.format("enable_bios = true", ""), new.format("", 'passthrough = [["/a"]]'), 7)):
        write("a.toml", first)
        write("b.toml", second)
        run = ["a.toml", "b.toml"]
        among = [one for one in found(*run)[1] if one["code"] == "file-machine"]
        is_([(one["severity"], one["file"], one["b"]["file"], one["b"]["line"]) for one in among],
            [("warning", "a.toml", "b.toml", line)], f"another architecture: {second.splitlines()}")
        for options in (["--separate"], ["--arch=aarch64"]):
            is_([one for one in found(*options, *run)[1] if one["code"] == "file-machine"], [],
                f"nothing with {options}")
        own = [one for file in run for one in found("--separate", file)[1]]
        is_([one for one in found(*run)[1] if one["b"] is None or one["b"]["file"] == one["file"]],
            own, "what is in one file alone is the same")
    text = lint("-q", *run).stdout
    ok("check each by itself with --separate" in text, "the summary says what to do", text)
    for first, second in ((GOOD, none), (arm, new.format("", "")), (GOOD, GOOD), (
            new.format('boot_protocol = "uefi"', ""), new.format("enable_bios = true", ""))):
        write("a.toml", first)
        write("b.toml", second)
        codes = {one["code"] for one in found("a.toml", "b.toml")[1]}
        ok("file-machine" not in codes, "they may be of one machine", first, second)


run_tests(good, codes, complete, files, machines)
done()
