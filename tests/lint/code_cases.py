# SPDX-License-Identifier: Apache-2.0
"""For every code a configuration with one thing broken, what is found, and where.

«...» stands around what a finding is about, ‹...› around the other one. A place without a width
is a missing thing's, such as the end of a line. test_lint_codes.py compares severities and owners,
and wants nothing found in the near miss; test_lint_places.py compares the places.
"""

import re
from dataclasses import dataclass

from linting import GOOD, RTC, changed

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
    """A change, what is found then, and a change after which nothing is; or a marked document."""

    code: str
    severity: str = ""
    old: str = ""
    new: str = ""
    near: str = ""
    a: tuple | None = None
    b: tuple | None = None
    options: str = ""
    # For the near miss, where the options make the difference.
    near_options: str | None = None
    base: str = GOOD
    # The change is in the second of two files, and then owner b is, too.
    second: bool = False
    # Parts of the documents with what is underlined in them; ‹...› is of the last document.
    marks: tuple[str, ...] = ()
    # One or two, in which then is what the marks say.
    documents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.documents:
            return
        texts = [self.base, OTHER] if self.second else [self.base]
        texts[-1] = changed(self.old, self.new, texts[-1])
        texts[0] = marked(texts[0], [m for m in self.marks if not self.second or "«" in m])
        texts[-1] = marked(texts[-1], [m for m in self.marks if self.second and "‹" in m])
        self.documents = tuple(texts)


def unmarked(text: str) -> str:
    return text.translate({ord(mark): None for mark in "«»‹›"})


def marked(text: str, parts: list[str]) -> str:
    """The text with the marks of these parts, each of which it has once."""
    marks = []
    for part in parts:
        changed(unmarked(part), "", text)
        start = text.index(unmarked(part))
        for mark in re.finditer("[«»‹›]", part):
            marks.append((start + len(unmarked(part[:mark.start()])), mark[0]))
    for at, mark in sorted(marks, key=lambda mark: mark[0], reverse=True):
        text = text[:at] + mark + text[at:]
    return text


def place(code: str, text: str, second: str = "", options: str = "") -> Case:
    """A document with marks; perhaps one of a second VM, in which then the other one is."""
    return Case(code, options=options, documents=(text, second) if second else (text,))


def entry(code: str, old: str, new: str, options: str = "") -> Case:
    return place(code, changed(old, new), options=options)


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

# Of the format of Axvisor 0.5.24 and later; @ is for virtual devices.
NEW = """\
[base]
id = 7
cpu_num = 1
phys_cpu_ids = [0]
[kernel]
entry_point = 0x4000_0000
kernel_path = "/guest/kernel"
kernel_load_addr = 0x4000_0000
image_location = "fs"
memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 2]]
[devices]
virtual = [@]
"""

CASES = [
    Case("memory-none", "error", MEMORY, "", MEMORY, key("kernel", "memory_regions"),
         marks=("= «[]»",)),
    Case("memory-empty", "error", MEMORY, region("[0x6000_0000, 0, 0, 0]"),
         region("[0x6000_0000, 0x1000, 0, 0]"),
         ("memory_regions", 1, None, 0x6000_0000, 0x6000_0000), marks=("0x6000_0000, «0»",)),
    Case("memory-overflow", "error", MEMORY, region("[0xffff_ffff_ffff_f000, 0x1000, 0, 2]"),
         region("[0xffff_ffff_ffff_e000, 0x1000, 0, 2]"),
         ("memory_regions", 1, None, 0xffff_ffff_ffff_f000, TOP), options="--gpa-bits=64",
         marks=("«[0xffff_ffff_ffff_f000, 0x1000, 0, 2]»",)),
    Case("memory-overflow", "note", MEMORY, region("[0xffff_ffff_ffff_f000, 0x1000, 0, 1]"),
         region("[0xffff_ffff_ffff_e000, 0x1000, 0, 1]"),
         ("memory_regions", 1, None, 0xffff_ffff_ffff_f000, TOP), options="--gpa-bits=64"),
    Case("memory-beyond-width", "error", MEMORY, region("[0xf_ffff_f000, 0x2000, 0, 0]"),
         region("[0xf_ffff_f000, 0x1000, 0, 0]"),
         ("memory_regions", 1, None, 0xf_ffff_f000, 0x10_0000_1000), options="--gpa-bits=36",
         marks=("«[0xf_ffff_f000, 0x2000, 0, 0]»",)),
    Case("memory-beyond-width", "error", MEMORY, region("[0x7fff_ffff_e000, 0x2000, 0, 0]"),
         region("[0x7fff_ffff_e000, 0x1000, 0, 0]"),
         ("memory_regions", 1, None, 0x7fff_ffff_e000, 0x8000_0000_0000)),
    Case("memory-beyond-width", "note", MEMORY, region("[0x7fff_ffff_e000, 0x2000, 0, 1]"),
         region("[0x7fff_ffff_e000, 0x1000, 0, 1]"),
         ("memory_regions", 1, None, 0x7fff_ffff_e000, 0x8000_0000_0000)),
    Case("memory-map-type", "error", MEMORY, "[0x4000_0000, 0x1000_0000, 0x7, 3]",
         "[0x4000_0000, 0x1000_0000, 0x7, 0]", REGION, marks=("0x7, «3»",)),
    Case("memory-unaligned", "error", MEMORY, region("[0x6000_0000, 0xfff, 0, 2]"),
         region("[0x6000_0000, 0x1000, 0, 2]"),
         ("memory_regions", 1, None, 0x6000_0000, 0x6000_0fff)),
    Case("memory-unaligned", "error", MEMORY, region("[0x6000_0800, 0x1000, 0, 0]"),
         region("[0x6000_0800, 0x1000, 0, 1]"),
         ("memory_regions", 1, None, 0x6000_0800, 0x6000_1800),
         marks=("«[0x6000_0800, 0x1000, 0, 0]»",)),
    Case("memory-unaligned", "error", MEMORY, region("[0x6000_0000, 0x1800, 0, 1]"),
         region("[0x6000_0000, 0x2000, 0, 1]"),
         ("memory_regions", 1, None, 0x6000_0000, 0x6000_1800)),
    Case("memory-overlap", "error", MEMORY, region("[0x4fff_f000, 0x2000, 0, 2]"),
         region("[0x5000_0000, 0x2000, 0, 2]"), REGION,
         ("memory_regions", 1, None, 0x4fff_f000, 0x5000_1000),
         marks=("«[0x4000_0000, 0x1000_0000, 0x7, 2]»", "‹[0x4fff_f000, 0x2000, 0, 2]›")),
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
         key("kernel", "entry_point", 0x5000_0000), REGION,
         marks=("«0x5020_0000»", "‹[0x4000_0000, 0x1000_0000, 0x7, 2]›")),
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
         key("kernel", "bios_load_addr"), marks=("«[kernel]»",)),
    Case("boot-memory", "error", PATH, kernel("enable_bios = true"), PATH,
         key("kernel", "enable_bios"), marks=("«true»",)),
    Case("boot-protocol", "error", PATH, kernel("boot_protocol = 'grub'"),
         kernel("boot_protocol = 'direct'"), key("kernel", "boot_protocol"), marks=("«'grub'»",)),
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
         key("kernel", "entry_point", 0x401f_ffff), KERNEL,
         marks=("«0x401f_ffff»", "‹0x4020_0000›")),
    Case("boot-entry-below-load", "note", ENTRY, "entry_point = 0x401f_ffff", ENTRY,
         key("kernel", "entry_point", 0x401f_ffff), KERNEL, base=ALLOC),
    *(Case("boot-entry", "warning", ENTRY, "entry_point = 0x401f_ffff", ENTRY,
           key("kernel", "entry_point", 0x401f_ffff), KERNEL, base=ALONE_ALLOC,
           options=f"--arch={arch}")
      for arch in ("aarch64", "riscv64")),

    Case("device-empty", "error", UART, '["uart", 0x900_0000, 0x900_0000, 0, 33]',
         '["uart", 0x900_0000, 0x900_0000, 1, 33]',
         ("passthrough_devices", 1, "uart", 0x900_0000, 0x900_0000), marks=("«0», 33",)),
    Case("device-empty", "error", GIC, '["gicd", 0x800_0000, 0, 0, 0x21, []]',
         '["gicd", 0x800_0000, 0, 0, 0, []]',
         ("emu_devices", 0, "gicd", 0x800_0000, 0x800_0000)),
    Case("device-overflow", "error", ADDRESSES, "[0xffff_ffff_ffff_f000, 0x1000]",
         "[0xffff_ffff_ffff_f000, 0xfff]",
         ("passthrough_addresses", 0, None, 0xffff_ffff_ffff_f000, TOP), options="--gpa-bits=64",
         marks=("«[0xffff_ffff_ffff_f000, 0x1000]»",)),
    Case("device-beyond-width", "error", ADDRESSES, "[0xffff_f000, 0x1001]",
         "[0xffff_f000, 0x1000]", ("passthrough_addresses", 0, None, 0xffff_f000, 0x1_0000_0001),
         options="--gpa-bits=32", marks=("«[0xffff_f000, 0x1001]»",)),
    Case("device-beyond-width", "error", ADDRESSES, "[0x7fff_ffff_e000, 0x1001]",
         "[0x7fff_ffff_e000, 0x1000]",
         ("passthrough_addresses", 0, None, 0x7fff_ffff_e000, 0x7fff_ffff_f001)),
    Case("device-page-offset", "error", UART, '["uart", 0x900_0000, 0x900_0004, 0x1000, 33]',
         UART, DEVICE, options="--model=0.7", marks=("«0x900_0004»",)),
    Case("device-page-offset", "warning", UART, '["uart", 0x900_0000, 0x900_0004, 0x1000, 33]',
         UART, DEVICE, options="--model=0.5"),
    Case("device-host-ignored", "warning", UART, '["uart", 0x900_0000, 0x901_0000, 0x1000, 33]',
         UART, DEVICE, options="--model=0.5 --arch=aarch64", marks=("«0x901_0000»",)),
    Case("device-host-ignored", "error", UART, '["uart", 0x900_0000, 0x901_0000, 0x1000, 33]',
         UART, DEVICE, options="--model=0.7 --arch=aarch64"),
    Case("device-unaligned", "warning", ADDRESSES, "[0xa00_0f00, 0x200]", "[0xa00_0f00, 0x200]",
         ("passthrough_addresses", 0, None, 0xa00_0f00, 0xa00_1100), options="--model=0.5",
         near_options="--model=0.7"),
    Case("device-unaligned", "warning", ADDRESSES, "[0xa00_0f00, 0x200]", "[0xa00_1000, 0x200]",
         ("passthrough_addresses", 0, None, 0xa00_0f00, 0xa00_1100),
         marks=("«[0xa00_0f00, 0x200]»",)),
    Case("device-in-memory", "error", ADDRESSES, "[0x4fff_f000, 0x200]", "[0x5000_0000, 0x200]",
         REGION, ("passthrough_addresses", 0, None, 0x4fff_f000, 0x4fff_f200),
         marks=("«[0x4000_0000, 0x1000_0000, 0x7, 2]»", "‹[0x4fff_f000, 0x200]›")),
    Case("device-in-memory", "error", GIC, '["gicd", 0x3fff_1000, 0xf001, 0, 0x21, []]',
         '["gicd", 0x3fff_1000, 0xf000, 0, 0x21, []]', REGION,
         ("emu_devices", 0, "gicd", 0x3fff_1000, 0x4000_0001)),
    Case("device-in-memory", "note", MEMORY, region("[0xa00_0000, 0x1000, 0, 1]"),
         region("[0xa00_1000, 0x1000, 0, 1]"),
         ("memory_regions", 1, None, 0xa00_0000, 0xa00_1000),
         ("passthrough_addresses", 0, None, 0xa00_0000, 0xa00_0200)),
    Case("device-overlap", "error", ADDRESSES, "[0x800_f000, 0x200]", "[0x801_0000, 0x200]",
         GICD, ("passthrough_addresses", 0, None, 0x800_f000, 0x800_f200),
         marks=('«["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]»', "‹[0x800_f000, 0x200]›")),
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
    Case("device-type", "error", GIC, '["gicd", 0x800_0000, 0x1_0000, 0, 9, []]', GIC, GICD,
         marks=(" «9»",)),
    Case("device-config", "error", GIC, '["gicd", 0x800_0000, 0x1_0000, 0, 0x22, []]',
         '["gicd", 0x800_0000, 0x1_0000, 0, 0x22, [0]]', GICD, marks=("«[]»",)),
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
         near_options="--arch=aarch64", marks=("«0x21»",)),
    Case("device-arch", "warning", GIC, beside(GIC, '["pit", 0x40, 0x22, 0, 0x24, []]'),
         beside(GIC, '["ivc", 0xb00_0000, 4, 0, 0xa, []]'), GICD,
         ("emu_devices", 1, "pit", 0x40, 0x62)),
    Case("device-ivc", "warning", GIC,
         '["a", 0xb00_0000, 4096, 0, 10, []], ["b", 0xc00_0000, 4096, 0, 10, []]',
         '["a", 0xb00_0000, 4096, 0, 10, []]',
         ("emu_devices", 0, "a", 0xb00_0000, 0xb00_1000),
         ("emu_devices", 1, "b", 0xc00_0000, 0xc00_1000),
         marks=("0xb00_0000, 4096, 0, «10»", "0xc00_0000, 4096, 0, ‹10›")),
    Case("device-ivc", "error", GIC, '["a", 0xb00_0800, 4096, 0, 10, []]',
         '["a", 0xb00_1000, 4096, 0, 10, []]', ("emu_devices", 0, "a", 0xb00_0800, 0xb00_1800)),
    Case("device-reserved", "error", ADDRESSES, "[0xfee0_0000, 0x1000]",
         "[0xfee0_1000, 0x1000]",
         ("passthrough_addresses", 0, None, 0xfee0_0000, 0xfee0_1000),
         options="--arch=x86_64 --disable=device-arch", marks=("«[0xfee0_0000, 0x1000]»",)),

    Case("irq-shared", "note", UART, device('["b", 0x910_0000, 0x910_0000, 0x1000, 33]'),
         device('["b", 0x910_0000, 0x910_0000, 0x1000, 34]'), DEVICE,
         ("passthrough_devices", 2, "b", 0x910_0000, 0x910_1000)),
    Case("irq-unused", "note", MODE, '"no_irq"', '"emu"', DEVICE, marks=("«33»",)),
    *(Case("irq-unused", severity, f"{MODE}\nemu_devices = [{GIC}]",
           f'"no_irq"\nemu_devices = [{PLIC}]', f'"emu"\nemu_devices = [{PLIC}]', device,
           options=f"--arch=riscv64 --model={model}")
      for model, severity, device in (
          ("0.5", "note", DEVICE),
          ("0.7", "error", ("emu_devices", 0, "plic", 0xc00_0000, 0xc40_0000)))),

    Case("cpu-count", "error", f"{CPUS}\n{LISTS}", "cpu_num = 65\n", "cpu_num = 64\n",
         key("base", "cpu_num"), marks=("«65»",)),
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
         key("base", "phys_cpu_ids"), options="--arch=aarch64", marks=("«[base]»",)),
    *(Case("cpu-mask", severity, SETS, "[1, 0]", "[1, 2]", ("phys_cpu_sets", 1, None, None, None),
           options=options)
      for severity, options in MASK_SEVERITIES),
    *(Case("cpu-mask", severity, SETS, SETS, SETS, ("phys_cpu_sets", 1, None, None, None),
           options=f"{options} --host-cpus=0-3", near_options=f"{options} --host-cpus=0-4")
      for severity, options in MASK_SEVERITIES),
    Case("cpu-repeated", "warning", IDS, "[0x100, 0x100]", "[0x100, 0x101]",
         ("phys_cpu_ids", 0, None, None, None), ("phys_cpu_ids", 1, None, None, None),
         marks=("[«0x100»", "0x100, ‹0x100›")),
    Case("cpu-shared", "note", SETS, "[0x30, 0x30]", "[0x30, 0x10]",
         ("phys_cpu_sets", 0, None, None, None), ("phys_cpu_sets", 1, None, None, None),
         marks=("[«0x30»", " ‹0x30›")),
    Case("cpu-shared", "note", SETS, "[0x30, 0x30]", "[0x30, 0x30]",
         ("phys_cpu_sets", 0, None, None, None), ("phys_cpu_sets", 1, None, None, None),
         near_options="--arch=aarch64"),

    *(Case("vm-id", "warning", ID, f"id = {bad}", f"id = {near}", key("base", "id"),
           options=f"--arch=aarch64 --model={model}")
      for model in ("0.5", "0.7") for bad, near in ((0, 1), (9, 8))),
    Case("vm-id", "error", "id = 8", "id = 7", "id = 8", key("base", "id"), key("base", "id"),
         second=True, marks=("= «7»", "= ‹7›")),
    Case("vm-name", "warning", '"other"', '"guest"', '"Guest"', key("base", "name"),
         key("base", "name"), second=True, marks=('«"guest"»', '‹"guest"›')),
    Case("cpu-conflict", "warning", "[0x300]", "[0x200]", "[0x201]",
         ("phys_cpu_ids", 1, None, None, None), ("phys_cpu_ids", 0, None, None, None),
         second=True, marks=("0x100, «0x200»", "‹0x200›")),
    Case("cpu-conflict", "warning", "[0x20]", "[0x10]", "[0x30]",
         ("phys_cpu_sets", 1, None, None, None), ("phys_cpu_sets", 0, None, None, None),
         second=True),
    Case("cpu-conflict", "warning", "[0x20]", "[0x10]", "[0x10]",
         ("phys_cpu_sets", 1, None, None, None), ("phys_cpu_sets", 0, None, None, None),
         near_options="--arch=aarch64", second=True),
    Case("irq-conflict", "note", "44]", "33]", "0]", DEVICE,
         ("passthrough_devices", 0, "can", 0x920_0000, 0x920_1000), second=True,
         marks=("«33»", "‹33›")),
    Case("host-conflict", "error", "[0x6000_0000, 0x1000_0000, 0x7, 2]",
         "[0x6000_0000, 0x1000_0000, 0x7, 2], [0x4fff_f000, 0x1000, 7, 2]",
         "[0x6000_0000, 0x1000_0000, 0x7, 2], [0x5000_0000, 0x1000, 7, 2]", REGION,
         ("memory_regions", 1, None, 0x4fff_f000, 0x5000_0000), second=True,
         marks=("«[0x4000_0000, 0x1000_0000, 0x7, 2]»", "‹[0x4fff_f000, 0x1000, 7, 2]›")),
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
         near_options="--hypervisor=PA:0x5000_0000:8KiB",
         marks=("«[0x4000_0000, 0x1000_0000, 0x7, 2]»",)),

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

    Case("file-syntax", "error", ID, "id = ", ID, None, marks=("id = «»",)),
    Case("file-key", "error", f"{CPUS}\n", "", f"{CPUS}\n", key("base", "cpu_num"),
         marks=("«[base]»",)),
    Case("file-key", "warning", PATH, kernel("comdline = ''"), kernel("cmdline = ''"),
         key("kernel", "comdline"), marks=("«comdline»",)),
    Case("file-allow", "warning", ID, f"{ID} # axvm-lint: allow vm-id because of it", f"{ID} # axvm-lint",
         None),
    Case("file-value", "error", UART, '["uart", 0x900_0000, 0x900_0000, 0x1000, -1]', UART,
         ("passthrough_devices", 1, "uart", None, None), marks=("«-1»",)),

    # Only where something is.
    entry("memory-empty", MEMORY, f"{MEMORY},\n{{size = «0», gpa = 0x6000_0000, flags = 0, "
          "map_type = 0}"),
    entry("memory-map-type", "0x7, 2", "0x7, «0x1234»"),
    place("memory-reserved", changed(MEMORY, f"{MEMORY}, «[0xfee0_0000, 0x1000, 0, 0]»", changed(GIC, "")),
         options="--arch=x86_64"),
    place("boot-image-clash", changed(
        "kernel_load_addr = 0x4020_0000",
        "kernel_load_addr = «0x4020_0000»\ndtb_load_addr = ‹0x4020_0000›", changed(
            "0x7, 2", "0x7, 0"))),
    place("boot-image-missing", changed("[kernel]", "«[kernel]»", changed(
        'image_location = "fs"\n', ""))),
    place("boot-entry", NEW.replace("@", "").replace("0x7, 2", "0x7, 0").replace(
        "entry_point = 0x4000_0000", "entry_point = «0x4000_0000»").replace(
            "load_addr = 0x4000_0000", "load_addr = ‹0x4020_0000›"), options="--arch=riscv64"),
    entry("key-unused", PATH, f"{PATH}\ndisk_path = «'/disk'»"),
    entry("key-unused", PATH, f"{PATH}\nbios_load_addr = «0x8000»"),
    place("device-dma", changed(f"{MEMORY}]", "«[0x4000_0000, 0x1000_0000, 0x7, 0]»]", changed(
        '["rtc", 0x930_0000, 0x930_0000, 0x1000, 0]',
        '‹["rtc", 0x930_0000, 0x930_0000, 0x1000, 0]›'))),
    place("device-disabled", NEW.replace("virtual = [@]", 'passthrough = [«["/soc/eth@1"]»]\n'
                                        'disabled = [‹["/soc"]›]'), options="--arch=riscv64"),
    entry("device-host-twice", UART, f'«{UART}»,\n‹["b", 0x910_0000, 0x900_0000, 0x1000, 0]›',
          "--disable=device-host-ignored"),
    entry("device-name", UART, '[«"uart"», 0x900_0000, 0x900_0000, 0x1000, 33],\n'
          '[ ‹"uart"›, 0x910_0000, 0x910_0000, 0x1000, 0 ]'),
    entry("device-twice", UART, f'«{UART}»,\n‹["b", 0x900_0000, 0x900_0000, 0x1000, 0]›'),
    entry("device-fixed", GIC, '«["com", 0x2f8, 8, 0, 2, []]»'),
    entry("device-discovery", f"[{RTC}", '[«["/"]»', "--arch=x86_64 --disable=device-arch"),
    entry("port-conflict", "interrupt", "passthrough_ports = [«[96, 2]», ‹[97, 1]›]\ninterrupt",
          "--model=0.7"),
    entry("irq-shared", UART, '["uart", 0x900_0000, 0x900_0000, 0x1000, «33»],\n'
                              '["b", 0x910_0000, 0x910_0000, 0x1000, ‹33›]'),
    entry("cpu-list", "[0x100, 0x200]", "«[1, 2, 3]»"),
    entry("cpu-mask", "[0b1101, 0x10]", "[1, «0»]"),
    place("file-machine", changed("0x21", "«0x21»"),
         changed("emu_devices = []", "emu_devices = [['plic', 0xc00_0000, 0x40_0000, 0, ‹0x30›, [1]]]", OTHER)),
    entry("file-syntax", "[base]\n", "[base]\n«[base]»\n"),
    entry("file-key", "cpu_num", "«cpu_nun»"),
    place("file-key", "«»" + GOOD[GOOD.index("[kernel]"):]),
    entry("file-key", "[devices]", "[«device»]\n[devices]"),
    entry("file-key", MEMORY, "«[0, 4096, 7]»"),
    entry("file-key", RTC, "{name = 'rtc', base_gpa = 0, length = 1, «\"lenght\"» = 0}"),
    entry("file-key", UART, '«["uart", 0x900_0000, 0x900_0000, 0x1000, 33, 1]»'),
    place("file-format", changed("interrupt_mode", "«interrupt_mode»"), options="--model=0.7.3"),
    place("device-path", NEW.replace("virtual = [@]", 'passthrough = [["/a"], [«"/"»]]')),
    place("device-path", NEW.replace("virtual = [@]", 'passthrough = [{ path = «"/b"» }]\n'
                                    '[[devices.disabled]]\npath = ‹"/b"›')),
    place("machine-conflict", NEW.replace("virtual = [@]", "").replace(
        "[0x4000_0000, 0x1000_0000, 0x7, 2]", "[0x4000_0000, 0x1000_0000, 0x7, 2],\n"
        "«[0x800_0000, 0x1000, 7, 2]»"), options="--arch=aarch64"),
    place("virtual-id", NEW.replace("@", '{ model = "virtio-blk", id = «"a b"» }')),
    place("virtual-id", NEW.replace("@", '{ id = ‹"a"›, model = "virtio-blk" },\n'
                                   '{ id = «"a"», model = "virtio-blk" }')),
    place("virtual-model", NEW.replace("@", '{ id = "a", model = «"virtio-fs"» }')),
    place("virtual-option", NEW.replace("@", '{ id = "a", model = "virtio-blk", disk.x = «7» }')
         .replace("disk.x", "disk")),
    place("virtual-option", NEW.replace("@", '«{ id = "a", model = "virtio-net" }»')),
    place("virtual-option", NEW.replace("@", '{ id = "a", model = "virtio-net",\n'
                                       'guest_mac = [0, 1, «256», 3, 4, 5] }')),
    place("file-allow", "«# axvm-lint: allow vm-id because it is so»\n" + GOOD),
    entry("file-value", "vm_type = 1", "vm_type = «3»"),
    entry("file-value", "0x21, []", "0x21, [0, «true»]"),
    entry("file-value", "[0x100, 0x200]", "[0x100, # ]\n «'''x\n'''», 3]"),
]
