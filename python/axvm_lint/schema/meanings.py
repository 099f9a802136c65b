# SPDX-License-Identifier: Apache-2.0
"""What people write in place of a key, and the key that they mean.

By letters alone initrd_path is nearest to dtb_path, which would read a RAM disk as a device tree:
where a word means something, that decides. Letters decide only about what is a slip of the pen.
"""

from collections.abc import Collection, Iterable
from itertools import islice

# Keys longer than this mean nothing, nor do those beyond so many: it would take long to find out.
_LONGEST = 64
_MANY = 1000

# Words for what is loaded, by the name that its keys begin with.
_THINGS = {
    "kernel": ("kernel", "image", "vmlinux", "vmlinuz", "bzimage", "zimage", "guest"),
    "ramdisk": ("ramdisk", "initrd", "initramfs", "ramfs"),
    "dtb": ("dtb", "fdt", "dts", "devicetree", "dt"),
    "bios": ("bios", "firmware", "fw", "seabios"),
    "uefi": ("uefi", "efi", "ovmf", "edk2"),
}
_THING_OF = {word: thing for thing, words in _THINGS.items() for word in words}
_PATH = {"path", "file", "filename", "img", "image", "bin", "binary", "blob"}
_ADDRESS = {"addr", "address", "adr", "adress", "load", "base", "gpa", "start", "offset", "at"}
_SWITCH = {"enable", "use", "with", "has", "is", "enabled", "boot"}

# What else is written, by the key that is meant: of several, the first one that the version has.
_MEANT = {
    ("entry_point",): "entry entrypoint entry_addr entry_address entry_gpa kernel_entry start_addr "
                      "start_address start_pc pc",
    ("cmdline",): "bootargs boot_args command_line commandline kernel_cmdline kernel_args append "
                  "kernel_params kernel_parameters args cmd cmd_line",
    ("boot_protocol",): "boot boot_mode boot_method boot_type boot_proto boot_via protocol "
                        "bootloader",
    ("enable_bios",): "enable_firmware use_firmware use_bios",
    ("image_location",): "location image_source image_storage image_from storage images_in",
    ("memory_regions",): "mem memory ram mem_size memory_size ram_size mem_regions memory_region "
                         "mem_region regions memories ram_regions memory_map memory_layout",
    ("id",): "vm_id vmid guest_id",
    ("name",): "vm_name hostname guest_name label",
    ("guest_type", "vm_type"): "type os os_type guest guest_os vm_kind kind",
    ("cpu_num",): "cpu cpus vcpu vcpus ncpu ncpus nr_cpus num_cpus cpu_count cpu_number vcpu_num "
                  "vcpu_count num_vcpus smp cores num_cores",
    ("phys_cpu_ids",): "cpu_ids pcpu_ids pcpus phys_cpus physical_cpus physical_cpu_ids host_cpus "
                       "cpu_list mpidr hart_ids",
    ("phys_cpu_sets",): "cpu_set cpu_sets cpuset cpusets cpu_mask cpu_masks cpu_affinity affinity "
                        "vcpu_affinity phys_cpu_masks pcpu_mask",
    ("virtual", "emu_devices"): "emulated emulated_devices virt_devices virtual_devices "
                                "virtio virtio_devices vdevs emu emu_device emulated_device",
    ("passthrough", "passthrough_devices"): "passthru passthrough_device pass_through "
                                            "pass_through_devices passthru_devices pt_devices "
                                            "host_devices physical_devices",
    ("disabled", "excluded_devices"): "exclude excluded exclude_devices excluded_device deny "
                                      "denied blacklist disable disabled_devices hidden",
    ("passthrough_ports",): "ports io_ports ioports pio passthrough_pio port_ranges",
    ("passthrough_addresses",): "mmio passthrough_mmio passthrough_memory passthrough_ranges "
                                "passthrough_address passthrough_regions",
    ("interrupt_mode",): "irq_mode interrupt interrupts_mode intr_mode",
    ("address_space_policy",): "address_space address_policy",
    # Tables.
    ("base",): "vm machine_base general",
    ("kernel",): "image images boot_images",
    ("devices",): "device devs",
    # Members of entries, and options of virtual devices.
    ("gpa", "base_gpa"): "base addr address start guest_addr guest_address ipa base_addr gpa "
                         "base_gpa base_ipa start_gpa",
    ("base_hpa",): "hpa host_addr host_address phys phys_addr pa base_pa host_base",
    ("size", "length", "capacity"): "size length len bytes mem_size size_bytes",
    ("map_type",): "mapping map mapping_type alloc_type",
    ("flags",): "flag permissions perm perms prot attributes",
    ("irq_id",): "irq interrupt interrupt_id irq_num irq_number spi",
    ("map_type", "emu_type", "model"): "type kind device_type dev_type",
    ("cfg_list",): "cfg config configs args cfgs parameters params",
    ("path",): "device node dt_path dev node_path file image image_path disk",
    ("guest_mac",): "mac mac_addr mac_address hwaddr",
    ("read_only",): "readonly ro",
}
_KEYS_OF: dict[str, tuple[str, ...]] = {}
for _keys, _words in _MEANT.items():
    for _word in _words.split():
        _KEYS_OF[_word] = _KEYS_OF.get(_word, ()) + _keys

# What is no key, but known.
_UEFI = 'Write boot_protocol = "uefi" and enable_bios = true.'
_SAID = {
    "irqs": "No key lists interrupts.",
    "disk": "No key gives a VM a disk at this version.",
}
_IRQS = ("irqs", "passthrough_irqs", "irq_list", "interrupts", "passthrough_interrupts", "spis")
_DISKS = ("disk", "disks", "drive", "disk_image", "block", "rootfs", "rootfs_path", "hda")


def meant(key: str, known: Collection[str], value: object = None) -> str | None:
    """The key among those KNOWN that somebody meant who wrote another one, if there is one.

    VALUE is that of the other key: it distinguishes a switch, an address and a path."""
    if len(key) > _LONGEST:
        return None
    written = key.lower().replace("-", "_").replace(" ", "_")
    if written in known:
        return written
    thing = _loaded(written, value)
    for candidate in (*((thing,) if thing else ()), *_KEYS_OF.get(written, ())):
        if candidate in known:
            return candidate
    if thing or written in _KEYS_OF or said(key, value):
        return None
    alike = [other for other in islice(known, _MANY) if is_slip(written, other)]
    return max(alike, key=lambda other: _likeness(written, other)) if alike else None


def said(key: str, value: object = None) -> str | None:
    """What is to be said of a word that stands for no key."""
    written = key.lower().replace("-", "_")
    words = written.split("_")
    is_switch = isinstance(value, bool) or len(words) > 1 and set(words) & _SWITCH
    if is_switch and set(words) - _SWITCH and set(words) - _SWITCH <= {*_THINGS["uefi"]}:
        return _UEFI
    if written in _IRQS:
        return _SAID["irqs"]
    return _SAID["disk"] if is_disk(key) else None


def is_disk(key: str) -> bool:
    """Whether a word stands for a disk."""
    return key.lower().replace("-", "_") in _DISKS


def is_slip(written: str, key: str) -> bool:
    """Whether a word is a key with a slip of the pen: its parts are, one by one, or all in one."""
    if len(written) > _LONGEST or len(key) > _LONGEST:
        return False
    parts, others = written.split("_"), key.split("_")
    if len(parts) == len(others):
        return all(_are_alike(part, other) for part, other in zip(parts, others))
    # A break that is missing or too much.
    return _likeness("".join(parts), "".join(others)) >= 0.9


def is_only_slip(written: str, key: str, known: Iterable[str]) -> bool:
    """Whether a word is a key with a slip of the pen, and none of the others that are KNOWN: what it
    means by its words alone may be something else."""
    written = written.lower().replace("-", "_")
    return written == key or is_slip(written, key) and not any(
        is_slip(written, other) for other in islice(known, _MANY) if other != key)


def slips(key: str, written: Iterable[str]) -> str | None:
    """Which of the words WRITTEN means a key, if one does."""
    for word in islice(written, _MANY):
        if len(word) <= _LONGEST and meant(word, (key,)) == key:
            return word
    return None


def _loaded(written: str, value: object) -> str | None:
    """The key of something that is loaded, by the words that a key is made of."""
    words = written.split("_")
    if written.startswith("device_tree"):
        words = ["dtb", *words[2:]]
    things = [_THING_OF[word] for word in words if word in _THING_OF and word != "image"]
    others = [word for word in words if word not in _THING_OF or word == "image"]
    if len(set(things)) > 1 and set(things) <= {"uefi", "bios"}:
        things = ["uefi"]
    if not things and "image" in words or words[:1] == ["load"] and not things:
        things, others = ["kernel"], [word for word in others if word != "image"]
    if len(set(things)) != 1 or not set(others) <= _PATH | _ADDRESS:
        return None
    thing = things[0]
    if isinstance(value, bool):
        return "enable_bios" if thing == "bios" else None
    if set(others) & _ADDRESS or isinstance(value, int):
        return f"{'bios' if thing == 'uefi' else thing}_load_addr"
    return "uefi_firmware_path" if thing == "uefi" else f"{thing}_path"


def _are_alike(word: str, other: str) -> bool:
    # One letter is much of a short word; the first is seldom wrong, and gpa is not hpa.
    is_short = len(other) <= 3 and word[:1] == other[:1]
    return (word == other or _likeness(word, other) >= (0.6 if is_short else 0.75)
            or len(word) > 2 and sorted(word) == sorted(other))


def _likeness(word: str, other: str) -> float:
    from difflib import SequenceMatcher
    return SequenceMatcher(None, word, other).ratio()
