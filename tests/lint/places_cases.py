# SPDX-License-Identifier: Apache-2.0
"""For every code of the layout check a document in which what it underlines is marked.

«...» stands around what a finding is about, ‹...› around the other one. A place without a width
is a missing thing's, such as the end of a line.
"""

from dataclasses import dataclass

from linting import GOOD, RTC, changed

REGION = "[0x4000_0000, 0x1000_0000, 0x7, 2]"
GIC = '["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]'
UART = '["uart", 0x900_0000, 0x900_0000, 0x1000, 33]'
ADDRESSES = "[0xa00_0000, 0x200]"
PATH = 'kernel_path = "/guest/kernel"'

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


@dataclass
class Case:
    """A document with marks; perhaps one of a second VM, in which then the other one is."""

    code: str
    text: str
    second: str = ""
    options: str = ""


def entry(code: str, old: str, new: str, options: str = "") -> Case:
    return Case(code, changed(old, new), options=options)


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

# What an x86_64 machine may have.
X86 = changed(GIC, "")

CASES = [
    entry("memory-none", f"[{REGION}]", "«[]»"),
    entry("memory-empty", REGION, f"{REGION}, [0x6000_0000, «0», 0, 0]"),
    entry("memory-empty", REGION, f"{REGION},\n{{size = «0», gpa = 0x6000_0000, flags = 0, "
          "map_type = 0}"),
    entry("memory-overflow", REGION, f"{REGION}, «[0xffff_ffff_ffff_f000, 0x1000, 0, 2]»"),
    entry("memory-beyond-width", REGION, f"{REGION}, «[0xf_ffff_f000, 0x2000, 0, 0]»",
          "--gpa-bits=36"),
    entry("memory-map-type", "0x7, 2", "0x7, «3»"),
    entry("memory-map-type", "0x7, 2", "0x7, «0x1234»"),
    entry("memory-unaligned", REGION, f"{REGION}, «[0x6000_0800, 0x1000, 0, 0]»"),
    entry("memory-overlap", REGION, f"«{REGION}», ‹[0x4fff_f000, 0x2000, 0, 2]›"),
    Case("memory-reserved", changed(REGION, f"{REGION}, «[0xfee0_0000, 0x1000, 0, 0]»", X86),
         options="--arch=x86_64"),
    Case("boot-address", changed("entry_point = 0x4020_0000", "entry_point = «0x5020_0000»",
                                 changed(REGION, f"‹{REGION}›"))),
    Case("boot-image-clash", changed(
        "kernel_load_addr = 0x4020_0000",
        "kernel_load_addr = «0x4020_0000»\ndtb_load_addr = ‹0x4020_0000›", changed(
            "0x7, 2", "0x7, 0"))),
    Case("boot-image-missing", changed("[kernel]", "«[kernel]»", changed(
        'image_location = "fs"\n', ""))),
    Case("boot-image-missing", changed("[kernel]", "«[kernel]»", changed(
        PATH, f"{PATH}\nenable_bios = true\nbios_path = 'b'"))),
    entry("boot-memory", PATH, f"{PATH}\nenable_bios = «true»"),
    entry("boot-protocol", PATH, f"{PATH}\nboot_protocol = «'grub'»"),
    Case("boot-entry-below-load", changed(
        "entry_point = 0x4020_0000", "entry_point = «0x401f_ffff»", changed(
            "kernel_load_addr = 0x4020_0000", "kernel_load_addr = ‹0x4020_0000›"))),
    Case("boot-entry", NEW.replace("@", "").replace("0x7, 2", "0x7, 0").replace(
        "entry_point = 0x4000_0000", "entry_point = «0x4000_0000»").replace(
            "load_addr = 0x4000_0000", "load_addr = ‹0x4020_0000›"), options="--arch=riscv64"),
    entry("key-unused", PATH, f"{PATH}\ndisk_path = «'/disk'»"),
    entry("key-unused", PATH, f"{PATH}\nbios_load_addr = «0x8000»"),
    Case("device-dma", changed(f"{REGION}]", "«[0x4000_0000, 0x1000_0000, 0x7, 0]»]", changed(
        '["rtc", 0x930_0000, 0x930_0000, 0x1000, 0]',
        '‹["rtc", 0x930_0000, 0x930_0000, 0x1000, 0]›'))),
    Case("device-disabled", NEW.replace("virtual = [@]", 'passthrough = [«["/soc/eth@1"]»]\n'
                                        'disabled = [‹["/soc"]›]'), options="--arch=riscv64"),
    entry("device-empty", "0x1000, 33", "«0», 33"),
    entry("device-overflow", ADDRESSES, "«[0xffff_ffff_ffff_f000, 0x1000]»"),
    entry("device-beyond-width", ADDRESSES, "«[0xffff_f000, 0x1001]»", "--gpa-bits=32"),
    entry("device-page-offset", "0x900_0000, 0x900_0000", "0x900_0000, «0x900_0004»"),
    entry("device-host-ignored", "0x900_0000, 0x900_0000", "0x900_0000, «0x901_0000»"),
    entry("device-unaligned", ADDRESSES, "«[0xa00_0f00, 0x200]»"),
    Case("device-in-memory", changed(REGION, f"«{REGION}»", changed(
        ADDRESSES, "‹[0x4fff_f000, 0x200]›"))),
    Case("device-overlap", changed(GIC, f"«{GIC}»", changed(ADDRESSES, "‹[0x800_f000, 0x200]›"))),
    entry("device-host-twice", UART, f'«{UART}»,\n‹["b", 0x910_0000, 0x900_0000, 0x1000, 0]›',
          "--disable=device-host-ignored"),
    entry("device-name", UART, '[«"uart"», 0x900_0000, 0x900_0000, 0x1000, 33],\n'
          '[ ‹"uart"›, 0x910_0000, 0x910_0000, 0x1000, 0 ]'),
    entry("device-twice", UART, f'«{UART}»,\n‹["b", 0x900_0000, 0x900_0000, 0x1000, 0]›'),
    entry("device-fixed", GIC, '«["com", 0x2f8, 8, 0, 2, []]»'),
    entry("device-discovery", f"[{RTC}", '[«["/"]»', "--arch=x86_64 --disable=device-arch"),
    entry("port-conflict", "interrupt", "passthrough_ports = [«[96, 2]», ‹[97, 1]›]\ninterrupt",
          "--model=0.7"),
    entry("device-type", "0x21", "«9»"),
    entry("device-config", "0x21, []", "0x22, «[]»"),
    entry("device-arch", "0x21", "«0x21»", "--arch=riscv64"),
    entry("device-ivc", GIC, '["a", 0xb00_0000, 4096, 0, «10», []], '
                             '["b", 0xc00_0000, 4096, 0, ‹10›, []]'),
    entry("device-reserved", ADDRESSES, "«[0xfee0_0000, 0x1000]»",
          "--arch=x86_64 --disable=device-arch"),
    entry("irq-shared", UART, '["uart", 0x900_0000, 0x900_0000, 0x1000, «33»],\n'
                              '["b", 0x910_0000, 0x910_0000, 0x1000, ‹33›]'),
    Case("irq-unused", changed('"pt"', '"no_irq"', changed("0x1000, 33", "0x1000, «33»"))),
    entry("cpu-count", "cpu_num = 2\nphys_cpu_ids = [0x100, 0x200]\nphys_cpu_sets = "
          "[0b1101, 0x10]\n", "cpu_num = «65»\n"),
    entry("cpu-list", "[0x100, 0x200]", "«[1, 2, 3]»"),
    Case("cpu-list", changed("[base]", "«[base]»", changed(
        "phys_cpu_ids = [0x100, 0x200]\n", "")), options="--arch=aarch64"),
    entry("cpu-mask", "[0b1101, 0x10]", "[1, «0»]"),
    entry("cpu-repeated", "[0x100, 0x200]", "[«0x100», ‹0x100›]"),
    entry("cpu-shared", "[0b1101, 0x10]", "[«0x30», ‹0x30›]"),
    Case("cpu-conflict", changed("0x200]\nphys", "«0x200»]\nphys"),
         changed("[0x300]", "[‹0x200›]", OTHER)),
    Case("vm-id", changed("id = 7", "id = «7»"), changed("id = 8", "id = ‹7›", OTHER)),
    Case("vm-name", changed('"guest"', '«"guest"»'), changed('"other"', '‹"guest"›', OTHER)),
    Case("file-machine", changed("0x21", "«0x21»"),
         changed("emu_devices = []", "emu_devices = [['plic', 0xc00_0000, 0x40_0000, 0, ‹0x30›, [1]]]", OTHER)),
    Case("irq-conflict", changed("33]", "«33»]"), changed("44]", "‹33›]", OTHER)),
    Case("host-conflict", changed(REGION, f"«{REGION}»"),
         changed("0x7, 2]]", "0x7, 2], ‹[0x4fff_f000, 0x1000, 7, 2]›]", OTHER)),
    Case("host-conflict", changed(REGION, f"«{REGION}»"),
         options="--hypervisor=0x4fff_f000:8KiB"),
    entry("file-syntax", "id = 7", "id = «»"),
    entry("file-syntax", "[base]\n", "[base]\n«[base]»\n"),
    Case("file-key", changed("[base]", "«[base]»", changed("cpu_num = 2\n", ""))),
    entry("file-key", PATH, f"{PATH}\n«comdline» = ''"),
    entry("file-key", "cpu_num", "«cpu_nun»"),
    Case("file-key", "«»" + GOOD[GOOD.index("[kernel]"):]),
    entry("file-key", "[devices]", "[«device»]\n[devices]"),
    entry("file-key", REGION, "«[0, 4096, 7]»"),
    entry("file-key", RTC, "{name = 'rtc', base_gpa = 0, length = 1, «\"lenght\"» = 0}"),
    entry("file-key", UART, '«["uart", 0x900_0000, 0x900_0000, 0x1000, 33, 1]»'),
    Case("file-format", changed("interrupt_mode", "«interrupt_mode»"), options="--model=0.7.3"),
    Case("device-path", NEW.replace("virtual = [@]", 'passthrough = [["/a"], [«"/"»]]')),
    Case("device-path", NEW.replace("virtual = [@]", 'passthrough = [{ path = «"/b"» }]\n'
                                    '[[devices.disabled]]\npath = ‹"/b"›')),
    Case("machine-conflict", NEW.replace("virtual = [@]", "").replace(
        "[0x4000_0000, 0x1000_0000, 0x7, 2]", "[0x4000_0000, 0x1000_0000, 0x7, 2],\n"
        "«[0x800_0000, 0x1000, 7, 2]»"), options="--arch=aarch64"),
    Case("virtual-id", NEW.replace("@", '{ model = "virtio-blk", id = «"a b"» }')),
    Case("virtual-id", NEW.replace("@", '{ id = ‹"a"›, model = "virtio-blk" },\n'
                                   '{ id = «"a"», model = "virtio-blk" }')),
    Case("virtual-model", NEW.replace("@", '{ id = "a", model = «"virtio-fs"» }')),
    Case("virtual-option", NEW.replace("@", '{ id = "a", model = "virtio-blk", disk.x = «7» }')
         .replace("disk.x", "disk")),
    Case("virtual-option", NEW.replace("@", '«{ id = "a", model = "virtio-net" }»')),
    Case("virtual-option", NEW.replace("@", '{ id = "a", model = "virtio-net",\n'
                                       'guest_mac = [0, 1, «256», 3, 4, 5] }')),
    Case("file-allow", "«# axvm-lint: allow vm-id because it is so»\n" + GOOD),
    entry("file-value", "33]", "«-1»]"),
    entry("file-value", "vm_type = 1", "vm_type = «3»"),
    entry("file-value", "0x21, []", "0x21, [0, «true»]"),
    entry("file-value", "[0x100, 0x200]", "[0x100, # ]\n «'''x\n'''», 3]"),
]
