# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: what people write in place of a key, and what is proposed to them."""

import tap

tap.need_library()

from axvm_types import Model  # noqa: E402
from axvm_lint.schema.meanings import is_slip, meant, said, slips  # noqa: E402
from axvm_lint.schema.versions import SCHEMAS  # noqa: E402
from linting import changed, found, run_tests, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402

OLD, NEW = SCHEMAS[Model.V0_7].tables, SCHEMAS[Model.V0_7_3].tables

# What is written, in which table, and what is meant before and from 0.7.3 on; - for nothing.
MEANT = """
initramfs_path      kernel   ramdisk_path         ramdisk_path
initrd              kernel   ramdisk_path         ramdisk_path
initrd_load_address kernel   ramdisk_load_addr    ramdisk_load_addr
initrd_size         kernel   -                    -
fdt                 kernel   dtb_path             dtb_path
device_tree_addr    kernel   dtb_load_addr        dtb_load_addr
firmware_path       kernel   bios_path            bios_path
fw_addr             kernel   bios_load_addr       bios_load_addr
ovmf                kernel   uefi_firmware_path   uefi_firmware_path
edk2_file           kernel   uefi_firmware_path   uefi_firmware_path
ovmf_load_addr      kernel   bios_load_addr       bios_load_addr
load_addr           kernel   kernel_load_addr     kernel_load_addr
image_path          kernel   kernel_path          kernel_path
bootargs            kernel   cmdline              cmdline
boot_mode           kernel   boot_protocol        boot_protocol
use_firmware        kernel   enable_bios          enable_bios
enable_uefi         kernel   -                    -
disk                kernel   -                    -
memory              kernel   memory_regions       memory_regions
entry               kernel   entry_point          entry_point
cpus                base     cpu_num              cpu_num
cpu_affinity        base     phys_cpu_sets        phys_cpu_sets
guest_os            base     vm_type              guest_type
passthru            devices  passthrough_devices  passthrough
emulated_devices    devices  emu_devices          virtual
deny                devices  excluded_devices     disabled
passthrough_irqs    devices  -                    -
interrupts          devices  -                    -
io_ports            devices  passthrough_ports    -
Kernel_Path         kernel   kernel_path          kernel_path
kernelpath          kernel   kernel_path          kernel_path
kernal_path         kernel   kernel_path          kernel_path
dbt_path            kernel   dtb_path             dtb_path
phys_cpu_id         base     phys_cpu_ids         phys_cpu_ids
disk_pth            kernel   disk_path            -
root_path           kernel   -                    -
gpu_num             base     -                    -
colour              devices  -                    -
"""

# Of an entry's members.
MEMBERS = [("lenght", "size length", "length"), ("addr", "gpa size", "gpa"), ("len", "gpa size", "size"),
           ("host_addr", "base_gpa base_hpa", "base_hpa"), ("type", "gpa map_type", "map_type"),
           ("irq", "irq_id emu_type", "irq_id"), ("mac", "guest_mac", "guest_mac"),
           ("base_hpa", "gpa size", None), ("hpa", "gpa size flags", None)]


def words() -> None:
    for line in MEANT.split("\n")[1:-1]:
        written, table, *wanted = line.split()
        for tables, key in zip((OLD, NEW), wanted):
            is_(meant(written, tables[table].keys), None if key == "-" else key, written)
    for written, known, wanted in MEMBERS:
        is_(meant(written, known.split()), wanted, f"{written} among {known}")
    is_([meant("uefi", OLD["kernel"].keys, value) for value in ("a.fd", 0x1000, True)],
        ["uefi_firmware_path", "bios_load_addr", None], "its value shows what is meant")
    ok('"uefi"' in (said("uefi", True) or ""), "a switch")
    ok("interrupts" in (said("passthrough_irqs") or ""), "no key for them")
    is_(said("uefi"), None, "a key is meant")
    is_(slips("kernel_path", ["colour", "kernel_image"]), "kernel_image", "what stands for it")
    is_(slips("kernel_path", ["dtb_path", "kernel_addr"]), None, "nothing does")
    is_([is_slip(one, "dtb_load_addr") for one in
         ("dtb_load_adr", "dtbload_addr", "bios_load_addr", "ramdisk_load_addr", "dtb_addr")],
        [True, True, False, False, False], "part by part")
    is_([meant("a" * 65, ["a" * 65]), is_slip("a" * 65, "a" * 64)], [None, False], "far too long")


def hints() -> None:
    """What is said in a file of each format."""
    old = changed("cpu_num = 2", "cpu_num = 2\ndtb = 'x'\nboot = 3\nname_of = 1")
    write("old.toml", changed('image_location = "fs"', "image_location = 'fs'\nload_addr = 1\n"
                              "initrd = 'rd'\nenable_efi = true\ndisk = 'd'\nvcpus = 3", old))
    hints = {one["a"]["name"]: one["hint"] for one in found("old.toml")[1] if one["code"] == "file-key"}
    for key, words_of in {
            "dtb": 'Did you mean "dtb_path", in [kernel]?', "name_of": "Remove it",
            "boot": 'Did you mean "boot_protocol", in [kernel]?', "load_addr": "That is set as well",
            "initrd": 'Did you mean "ramdisk_path"?', "enable_efi": 'Write boot_protocol = "uefi"',
            "disk": "No key gives a VM a disk", "vcpus": 'Did you mean "cpu_num", in [base]?'}.items():
        ok(words_of in hints.get(key, ""), f"{key}: {words_of}", hints.get(key))
    write("new.toml", """[base]
guest_type = "virtualized"
[kernel]
initrd = "rd"
disk = "d"
[devices]
passthru = []
virtual = [{ id = "n", model = "virtio-net", guest_mac = [2, 0, 0, 0, 0, 1] },
           { id = "b", model = "virtio-blk", size = "8MiB" }, { id = "g", model = "virtio-gpu" }]
""")
    hints = {one["a"]["name"]: one["hint"] for one in found("new.toml")[1]
            if one["code"] in ("file-key", "virtual-option", "virtual-model")}
    for key, words_of in {
            "initrd": 'Did you mean "ramdisk_path"?', "disk": "virtio-blk", "b": "capacity",
            "passthru": 'Did you mean "passthrough"?', "g": "Use "}.items():
        ok(words_of in hints.get(key, ""), f"{key}: {words_of}", hints.get(key))


def required() -> None:
    """A required key is never to be removed."""
    write("empty.toml", changed('kernel_path = "/guest/kernel"', 'kernel_path = ""\ndtb_path = ""'))
    hints = {one["a"]["name"]: one["hint"] for one in found("empty.toml")[1] if one["a"]}
    is_(hints.get("kernel_path"), "Write the path.", "a required one")
    ok("remove the key" in hints.get("dtb_path", ""), "another one", hints)


run_tests(words, hints, required)
done()
