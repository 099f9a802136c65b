# SPDX-License-Identifier: Apache-2.0
"""What the codes of findings mean: what it is, why it matters, how to mend it.

Longer than other files, as one table. A test holds its codes to those of the library.
"""

import textwrap

from axvm_types import FindingCode

_WIDTH = 80

_MEANINGS = {
    "memory-none": (
        "memory_regions is empty.",
        "The first region is main memory: without it the VM is refused.",
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
        "A memory region ends past the guest address width that --gpa-bits gives; without that, "
        "past 0x7ffffffff000.",
        "No guest address is above 0x7ffffffff000, and the second-stage page table of a machine "
        "may end earlier.",
        "Move the region down, or correct --gpa-bits."),
    "memory-map-type": (
        "map_type of a memory region is none that the hypervisor knows.",
        "It is the last of a region's four numbers, and decides where its memory comes from; "
        "with another number the file is refused.",
        "Use 0 (alloc: any host memory), 1 (identical: the host's address becomes the guest's) "
        "or 2 (reserved: the same address in host and guest, as configured)."),
    "memory-unaligned": (
        "gpa or size of a memory region is no multiple of 4 KiB. The gpa of identical memory does "
        "not count.",
        "Memory is mapped by whole pages, and the hypervisor refuses what does not fill them.",
        "Round gpa down and the end up to whole pages, if those are free."),
    "memory-overlap": (
        "Two memory regions of a VM share pages. A note where one is identical: its gpa "
        "is ignored, so nobody knows before it runs.",
        "A page cannot be mapped twice: the hypervisor ends with a bare AlreadyExists.",
        "Move or shrink one of the two, or join them to one region."),
    "memory-reserved": (
        "A memory region of an x86_64 VM covers the page 0xfee00000.",
        "On Intel the hypervisor maps the local APIC there itself, and refuses the VM. On AMD it "
        "does not.",
        "Leave the page out, by two regions around it."),
    "boot-address": (
        "The entry point, or the address of an image, lies in no memory region; or an image whose "
        "size is known does not fit into what is left of its region. A note where a region is "
        "identical, since that may lie anywhere.",
        "0.5 panics, 0.7 refuses the VM. Only addresses that are used count: bios_load_addr "
        "with enable_bios, dtb_load_addr never on x86_64, where 0.7 refuses one.",
        "Move the address into a region, or a region below it. With identical memory see "
        "that the host's address is the one meant."),
    "boot-image-clash": (
        "Two images are loaded to one address; or, an error, two whose sizes are known meet.",
        "The one that comes later overwrites the other one, and the guest dies early "
        "without a word.",
        "Load them apart, by at least the size of the lower one."),
    "boot-image-missing": (
        "An image has a path but not the address that it needs, the boot protocol needs an "
        "address or a device that is not there, or image_location is absent; or, with --root, an "
        "image cannot be read.",
        "The hypervisor refuses the VM when it loads the images. image_location has no default: "
        "without fs or memory no VM starts.",
        "Add the key that the message names, or take out the path."),
    "boot-protocol": (
        "boot_protocol is unknown; or it, enable_bios and the firmware's keys do not go "
        "together; or the architecture (--arch) does not have it.",
        "The hypervisor rejects the VM. Without the key the protocol is multiboot where "
        "enable_bios is true, else direct. multiboot and uefi want enable_bios, direct is for VMs "
        "without. multiboot is for x86_64; so is uefi, and from 0.7 on it is the only one for "
        "loongarch64. uefi needs uefi_firmware_path or bios_path, and bios_load_addr; multiboot "
        "needs bios_load_addr where bios_path is given, and else loads its own stub to 0x8000.",
        "Give the key that the message names, or take it out."),
    "boot-entry-below-load": (
        "With direct or multiboot boot, entry_point is below kernel_load_addr. An error where the "
        "first region is identical or reserved (a warning, if the kernel may be a bzImage), else a "
        "note.",
        "With a first region of that kind the kernel moves to its start and the entry with it, and "
        "the hypervisor panics at an entry below the kernel. Else it is right for a boot stub.",
        "Set entry_point to an address in the image, or disable the code for VMs with a stub."),
    "boot-memory": (
        "The VM has no memory where its boot protocol needs some: multiboot at 0x6000 and 0x8000, "
        "a bzImage at 0x7000-0x8fff and 0x9f800-0x9ffff, uefi on loongarch64 (0.7) at 0x100000. "
        "For a bzImage also that cmdline is longer than 511 bytes, or absent (0.7).",
        "The hypervisor writes there before the guest starts: it panics, or refuses the VM.",
        "Let a region begin at 0, or give that memory a region of its own."),
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
        "A device ends past the guest address width that --gpa-bits gives; without that, past "
        "0x7ffffffff000.",
        "No guest address is above 0x7ffffffff000, and the second-stage page table of a machine "
        "may end earlier.",
        "Move the device down, or correct --gpa-bits."),
    "device-page-offset": (
        "base_gpa and base_hpa of a passthrough device differ in their low 12 bits. A warning for "
        "0.5, which never reads base_hpa.",
        "Only whole pages can be mapped, so no page table gives the registers that address: 0.7 "
        "refuses the VM.",
        "Give both the same low 12 bits."),
    "device-host-ignored": (
        "base_hpa of a passthrough device is not its base_gpa. A warning for 0.5, an error for 0.7 "
        "on aarch64 and riscv64.",
        "0.5 maps a guest address to the same host address and never reads base_hpa: the guest "
        "gets other hardware than was meant. 0.7 refuses the VM on architectures with a device "
        "tree, and does as it is told on the others.",
        "Set base_gpa to base_hpa, and the guest's device tree with it."),
    "device-unaligned": (
        "A passthrough device, or addresses, begin amid a page; for 0.5.",
        "That version maps the length, rounded up, from the beginning of that page: what "
        "lies in the last page may not be mapped. 0.7 maps each page that is touched.",
        "Round the base down and the end up to multiples of 4 KiB."),
    "device-in-memory": (
        "A passthrough device, passed through addresses or an emulated device share pages "
        "with a memory region. A note where that region is identical: its place is not known.",
        "The page would be both: mapping it is refused, or the device is never seen because memory "
        "answers.",
        "Move the device, or leave a hole in the memory by two regions around it."),
    "device-overlap": (
        "Two devices of a VM meet, one of them emulated; or one guest address is given two host "
        "addresses. Emulated devices may share a page with each other at 0.5, not at 0.7, and "
        "never one with a passthrough range. A GPPT redistributor takes (cpu_num - 1) x stride + "
        "length bytes.",
        "Accesses to an emulated device must trap, so its pages cannot be passed through, "
        "and only one of two emulated ones is asked.",
        "Move one, take one out, or cut the passthrough range around the emulated one."),
    "device-twice": (
        "Two passthrough entries have one range; or, an error, a VM has a second console, PIT or "
        "interrupt controller 0x1.",
        "The second one adds nothing. Of those devices a VM has one, at a fixed place: 0.7 refuses "
        "a second one.",
        "Take one out."),
    "device-host-twice": (
        "A VM has one host range under two guest addresses.",
        "Two drivers of the guest would fight for one piece of hardware; mostly a line was "
        "copied and only half of it changed.",
        "Pass the range through once."),
    "device-fixed": (
        "An emulated device is configured elsewhere than where the hypervisor puts it: the console "
        "at the ports 0x3f8-0x3ff, the PIT at 0x40-0x61, the interrupt controller 0x1 at 0x8000000 "
        "with 0x10000 bytes. Also a RISC-V PLIC elsewhere than at 0xc000000.",
        "base_gpa and length of these are not read. RISC-V interrupts reach the guest's PLIC at "
        "that one address only.",
        "Configure the place that the message names."),
    "device-name": (
        "Two devices of one list have one name.",
        "Messages of the hypervisor do not tell them apart; mostly a line was copied.",
        "Give each a name of its own."),
    "device-type": (
        "emu_type of an emulated device is none that this version knows.",
        "The hypervisor refuses the file. Types had other numbers before July 2025, and "
        "some of those are gone.",
        "Use a number of this version; for an old file, renumber all of its types: some old "
        "numbers mean something else today."),
    "device-config": (
        "cfg_list or length of an emulated device is not what its type needs: a redistributor has "
        "three members, an ITS and a PLIC one, and a PLIC the room for its contexts. A warning "
        "where a redistributor's cpu_num is not the VM's, or its length not its stride.",
        "0.5 reads the members without looking at the length, and panics; 0.7 refuses the VM. With "
        "too few redistributors some vCPUs get no interrupts.",
        "Give the members that the message lists, in this order."),
    "device-arch": (
        "A device type is not implemented on the architecture (--arch), or on none; or one file "
        "has types of two architectures.",
        "The hypervisor skips the device with a warning, and the guest misses it. Virtio devices "
        "have types, but no architecture has the devices: 0.5 skips them, 0.7 refuses the VM.",
        "Take the device out, or use the architecture's own."),
    "device-ivc": (
        "A VM has a second IVC channel; or, an error, a channel does not begin with a page.",
        "Only the first one is used: the guest waits for the other one in vain. Its memory is "
        "given out by pages.",
        "Take one out, or align the base to 4 KiB."),
    "device-reserved": (
        "A passthrough range of an x86_64 VM covers the page 0xfee00000.",
        "On Intel the hypervisor maps the local APIC there itself, and refuses the VM. On AMD it "
        "does not.",
        "Leave the page out, by two ranges around it."),
    "device-discovery": (
        "A path of the device tree stands among passthrough devices where it does not work: on "
        "x86_64, or after a range. A warning for ranges after a path.",
        "x86_64 has no device tree to look it up in. The first entry decides for the list: after a "
        "range a path is refused, after a path the ranges are dropped.",
        "Give either paths or ranges; passthrough_addresses may stand beside both."),
    "irq-shared": (
        "One IRQ number stands at several devices of a VM; 0 stands for none.",
        "No version of the hypervisor reads irq_id yet, so nothing follows from it. In files for "
        "boards the number is often but a placeholder.",
        "Give each device its own number, 0 where it has none; or disable the code."),
    "irq-unused": (
        "A device has an IRQ, and interrupt_mode is no_irq, which it is also when absent. For 0.7 "
        "an error for a RISC-V PLIC.",
        "The guest gets no interrupts of the device.",
        "Set interrupt_mode to emu or passthrough, or the IRQ to 0."),
    "irq-conflict": (
        "Two VMs name one IRQ for devices that they pass through.",
        "No version of the hypervisor reads irq_id yet; but one device interrupts one VM only.",
        "Pass it through to one VM."),
    "cpu-count": (
        "cpu_num is 0 or above 64.",
        "A VM without vCPUs never starts, and the hypervisor's sets of vCPUs end at 64.",
        "Set cpu_num to a number from 1 to 64."),
    "cpu-list": (
        "phys_cpu_ids or phys_cpu_sets has not one entry for each vCPU. A warning where "
        "it is shorter, and for 0.7 where it is longer. For aarch64 and riscv64 (--arch), also "
        "that phys_cpu_ids is absent.",
        "0.5 panics at a list that is longer than cpu_num; with a shorter one the other vCPUs get "
        "their own index. Hosts with a device tree refuse a VM without phys_cpu_ids, and make "
        "phys_cpu_sets of it.",
        "Give one entry for each vCPU."),
    "cpu-mask": (
        "A mask of phys_cpu_sets is 0, or has a bit of a CPU that the host (--host-cpus) does "
        "not have. An error for 0.5, a warning for 0.7, a note where the sets are ignored.",
        "0.5 panics at it, 0.7 drops the bit, and takes the lowest CPU where none is left.",
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
        "Two files of one machine have one id; or, a warning, a VM of an aarch64 machine whose "
        "interrupts are passed through has id 0 or one above 8.",
        "The hypervisor knows VMs by their id, and refuses the second one. On aarch64 it sends a "
        "VM's interrupts to the CPU of number id - 1, of which there are 8 at most.",
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
    "port-conflict": (
        "passthrough_ports of an x86_64 VM meet the console's or the PIT's ports or each other, or "
        "are more than 16; for 0.7, as 0.5 ignores them.",
        "Two would answer at one port, so the hypervisor refuses the VM.",
        "Leave out the ports that are emulated, and join ranges."),
    "file-syntax": (
        "A file cannot be read, or is not TOML in UTF-8.",
        "Nothing is known of the VM, and no other file is compared with it.",
        "Mend the place that the message tells. TOML says how: https://toml.io/"),
    "file-key": (
        "A required key or table is missing, or a member of an entry; or, as a warning, there is "
        "one that is unknown, or known to another version only.",
        "The hypervisor refuses the file without the one, and ignores the other: what was "
        "meant by it does not happen. --disable silences the warnings only.",
        "Add the key, or write the name that the message proposes."),
    "file-value": (
        "A value is of the wrong type, negative, does not fit, is a name that is unknown, or an "
        "empty path. A warning for an unknown vm_type, which is taken as 1.",
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
