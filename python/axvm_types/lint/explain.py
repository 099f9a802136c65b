# SPDX-License-Identifier: Apache-2.0
"""What the codes of findings mean: what it is, why it matters, how to mend it.

Longer than other files, as one table. A test holds its codes to those of the library.
"""

import textwrap

from .. import FindingCode

_WIDTH = 80

_MEANINGS = {
    "memory-none": (
        "memory_regions is empty.",
        "The first region is main memory: without it there is no place for a kernel.",
        "Give at least one region."),
    "memory-empty": (
        "A memory region has size 0.",
        "The hypervisor panics when it allocates an empty region, and takes all VMs with it.",
        "Give it a size, or take the region out."),
    "memory-overflow": (
        "gpa + size of a memory region does not fit into 64 bits.",
        "Addresses would wrap around to 0, so the region cannot be mapped.",
        "Lower gpa or size; often one of them has a digit too many."),
    "memory-beyond-width": (
        "A memory region ends past the guest address width that --gpa-bits gives.",
        "The second-stage page table of that machine cannot map such addresses.",
        "Move the region down, or correct --gpa-bits."),
    "memory-map-type": (
        "map_type of a memory region is none that the hypervisor knows.",
        "It is the last of a region's four numbers, and decides where its memory comes from; "
        "with another number the file is refused.",
        "Use 0 (alloc: any host memory), 1 (identical: the host's address becomes the guest's) "
        "or 2 (reserved: the same address in host and guest, as configured)."),
    "memory-unaligned": (
        "gpa or size of a memory region is no multiple of 4 KiB. An error for reserved "
        "memory, a warning otherwise.",
        "Memory is mapped by pages. What does not fill a page is rounded, or refused where "
        "the place is fixed.",
        "Round gpa down and the end up to whole pages, if those are free."),
    "memory-overlap": (
        "Two memory regions of a VM share pages. A note where one is identical: its gpa "
        "is ignored, so nobody knows before it runs.",
        "A page cannot be mapped twice: the hypervisor ends with a bare AlreadyExists.",
        "Move or shrink one of the two, or join them to one region."),
    "boot-address": (
        "The entry point, or the address of an image that is to be loaded, lies in no memory "
        "region. A note where a region is identical, since that may lie anywhere.",
        "The image is written to, or the vCPU starts at, an address without memory.",
        "Move the address into a region, or a region below it. With identical memory see "
        "that the host's address is the one meant."),
    "boot-image-clash": (
        "Two images are loaded to one address.",
        "The one that comes later overwrites the other one, and the guest dies early "
        "without a word.",
        "Load them apart, by at least the size of the lower one."),
    "boot-protocol": (
        "boot_protocol is unknown; or it, enable_bios and the firmware's keys do not go "
        "together; or the architecture (--arch) does not have it.",
        "The hypervisor rejects the VM. Without the key the protocol is multiboot where "
        "enable_bios is true, else direct; multiboot and uefi are for x86_64 with enable_bios "
        "only, direct is for VMs without. uefi needs uefi_firmware_path or bios_path, and "
        "bios_load_addr; multiboot needs bios_load_addr where bios_path is given, and else "
        "loads its own stub to 0x8000.",
        "Give the key that the message names, or take it out."),
    "boot-entry-below-load": (
        "With direct boot, entry_point is below kernel_load_addr.",
        "The first instruction is not one of the kernel image. That is right for a boot stub "
        "that the hypervisor or another image puts there, else it runs into empty memory.",
        "Set entry_point to an address in the image, or disable the code for VMs with a stub."),
    "device-empty": (
        "A device, or passed through addresses, have length 0.",
        "An empty range cannot be mapped. Only a path of the device tree (a name with / at "
        "its beginning and no numbers) and a dummy have none.",
        "Give it its length, or take it out."),
    "device-overflow": (
        "base_gpa + length of a device does not fit into 64 bits.",
        "Addresses would wrap around to 0, so the device cannot be mapped.",
        "Lower the base or the length; often one of them has a digit too many."),
    "device-beyond-width": (
        "A device ends past the guest address width that --gpa-bits gives.",
        "The second-stage page table of that machine cannot map such addresses.",
        "Move the device down, or correct --gpa-bits."),
    "device-page-offset": (
        "base_gpa and base_hpa of a passthrough device differ in their low 12 bits.",
        "Only whole pages can be mapped: no page table gives the registers that address.",
        "Give both the same low 12 bits; for this version, the same address."),
    "device-host-ignored": (
        "base_hpa of a passthrough device is not its base_gpa.",
        "This version of the hypervisor maps a guest address to the same host address, and "
        "never reads base_hpa: the guest gets other hardware than was meant.",
        "Set base_gpa to base_hpa, and the guest's device tree with it."),
    "device-unaligned": (
        "A passthrough device, or addresses, begin amid a page.",
        "The hypervisor maps the length, rounded up, from the beginning of that page: what "
        "lies in the last page may not be mapped, and all else in the pages is.",
        "Round the base down and the end up to multiples of 4 KiB."),
    "device-in-memory": (
        "A passthrough device, passed through addresses or an emulated device share pages "
        "with a memory region. A note where that region is identical: its place is not known.",
        "The page would be both: mapping it ends with a bare AlreadyExists, or the device is "
        "never seen because memory answers.",
        "Move the device, or leave a hole in the memory by two regions around it."),
    "device-overlap": (
        "Two devices of a VM share pages (I/O ports: bytes), one of them emulated; or one guest "
        "address is given two host addresses. A GPPT redistributor takes cpu_num x "
        "stride bytes, whatever its length.",
        "Accesses to an emulated device must trap, so its pages cannot be passed through, "
        "and only one of two emulated ones is asked.",
        "Move one, take one out, or cut the passthrough range around the emulated one."),
    "device-host-twice": (
        "A VM has one host range under two guest addresses.",
        "Two drivers of the guest would fight for one piece of hardware; mostly a line was "
        "copied and only half of it changed.",
        "Pass the range through once."),
    "device-name": (
        "Two devices of one list have one name.",
        "Messages of the hypervisor do not tell them apart; mostly a line was copied.",
        "Give each a name of its own."),
    "device-type": (
        "emu_type of an emulated device is none that this version knows.",
        "The hypervisor cannot make the device. Types had other numbers before July 2025, and "
        "some of those are gone.",
        "Use a number of this version; for an old file, renumber all of its types: some old "
        "numbers mean something else today."),
    "device-config": (
        "cfg_list of an emulated device is shorter than its type needs. A warning where it is "
        "long enough, but a GPPT redistributor's cpu_num is not the VM's.",
        "The hypervisor reads the members without looking at the length, and panics. With too "
        "few redistributors some vCPUs get no interrupts.",
        "Give the members that the message lists, in this order."),
    "device-arch": (
        "A device type is not implemented on the architecture (--arch), or one file has types "
        "of two architectures.",
        "The hypervisor skips the device with a warning, and the guest misses it.",
        "Take the device out, or use the architecture's own."),
    "device-ivc": (
        "A VM has a second IVC channel.",
        "Only the first one is used: the guest waits for the other one in vain.",
        "Take the others out."),
    "device-reserved": (
        "A passthrough range covers a page that the hypervisor maps itself on the architecture "
        "(--arch), such as the local APIC at 0xfee00000 on x86_64.",
        "Whichever is mapped last fails or wins; both break interrupts.",
        "Leave the page out, by two ranges around it."),
    "irq-shared": (
        "One IRQ number stands at two devices of a VM; 0 stands for none.",
        "Each would get the other's interrupts. In files for boards the number is often but a "
        "placeholder that nobody reads.",
        "Give each device its own number, 0 where it has none; or disable the code."),
    "irq-unused": (
        "A device has an IRQ, and interrupt_mode is no_irq, which it is also when absent.",
        "The guest gets no interrupts of the device.",
        "Set interrupt_mode to emu or passthrough, or the IRQ to 0."),
    "irq-conflict": (
        "Two VMs pass one physical IRQ through.",
        "Only one of them can get it; which one is a matter of the order they start in.",
        "Pass it through to one VM."),
    "cpu-count": (
        "cpu_num is 0 or above 64.",
        "A VM has 1 to 64 vCPUs; the hypervisor's sets of vCPUs have no more room.",
        "Set cpu_num to a number from 1 to 64."),
    "cpu-list": (
        "phys_cpu_ids or phys_cpu_sets has not one entry for each vCPU. A warning where "
        "it is shorter. For aarch64 and riscv64 (--arch), also that phys_cpu_ids is absent.",
        "The hypervisor panics at a list that is longer than cpu_num, only logs where it is "
        "shorter, and refuses a VM without phys_cpu_ids on hosts with a device tree.",
        "Give one entry for each vCPU."),
    "cpu-mask": (
        "A mask of phys_cpu_sets is 0, or has a bit of a CPU that the host (--host-cpus) does "
        "not have.",
        "The vCPU can run nowhere, or is sent to a CPU that is not there.",
        "Set the bit of each host CPU that the vCPU may run on, bit 0 for CPU 0."),
    "cpu-repeated": (
        "One hardware id stands twice in phys_cpu_ids.",
        "Two vCPUs take turns on one CPU, and the guest cannot tell them apart by their ids.",
        "Give each vCPU the id of a CPU of its own."),
    "cpu-shared": (
        "Two vCPUs of a VM have one mask in phys_cpu_sets.",
        "They share these host CPUs and wait for each other. That may be meant.",
        "Nothing, or give each vCPU its own CPU."),
    "cpu-conflict": (
        "Two VMs are bound to one CPU: by one hardware id, or by a mask of one bit each.",
        "They take turns on it, which spoils what real-time guests promise.",
        "Bind them to different CPUs, or disable the code where sharing is meant."),
    "vm-id": (
        "Two files of one machine have one id.",
        "The hypervisor knows VMs by their id, and refuses the second one.",
        "Give each VM its own id; or say --separate where the files are of different machines."),
    "vm-name": (
        "Two files of one machine have one name.",
        "The hypervisor's messages do not tell the VMs apart.",
        "Give each VM its own name; or say --separate where the files are of different "
        "machines."),
    "host-conflict": (
        "Reserved memory or passthrough ranges of two VMs, or of one and the hypervisor's own "
        "(--hypervisor), share pages of the host.",
        "Each VM can write what the other one, or the hypervisor, relies on.",
        "Give the pages to one of them."),
    "file-syntax": (
        "A file cannot be read, or is not TOML in UTF-8.",
        "Nothing is known of the VM, and no other file is compared with it.",
        "Mend the place that the message tells. TOML says how: https://toml.io/"),
    "file-key": (
        "A required key or table is missing; or, as a warning, there is one that is unknown.",
        "The hypervisor refuses the file without the one, and ignores the other: what was "
        "meant by it does not happen.",
        "Add the key, or write the name that the message proposes."),
    "file-value": (
        "A value is of the wrong type, negative, does not fit, or is a name that is unknown. A "
        "warning for an unknown vm_type, which is taken as 1.",
        "The hypervisor refuses the file, or takes it in another way than it was meant.",
        "Write a value of the kind that the message names."),
    "file-allow": (
        "A comment \"axvm-lint: allow CODE because REASON\" has no effect: it is written in "
        "another way, names no code, or nothing of that code is found there.",
        "Who reads the file takes for known and meant what is not there, or is not what is meant.",
        "Take the comment out, or write it on or above the line that the finding is about; before "
        "the first table it is about the whole file."),
}


def meaning(code: FindingCode) -> tuple[str, str, str]:
    """What a code is, why it matters, and how to mend it."""
    return _MEANINGS[code.name]


def explain(code: FindingCode) -> str:
    """Several lines about a code."""
    what, why, how = meaning(code)
    lines = [code.name]
    for title, text in (("What", what), ("Why", why), ("How", how)):
        lines.append(textwrap.fill(text, _WIDTH, initial_indent=f"  {title:<4}  ",
                                   subsequent_indent=" " * 8, break_on_hyphens=False))
    return "\n".join(lines)
