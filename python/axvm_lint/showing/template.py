# SPDX-License-Identifier: Apache-2.0
"""VM configurations to begin with, one for each architecture and format of files."""

from string import Template

from axvm_types import Arch, Model
from ..reading.file_format import NEW_MODELS
from ..schema.releases import NEW_FORMAT, releases_text

_TOP = """\
# A VM for $releases, on $host host. Look through all of
# it and change what your guest and board need; then run:
# axvm-lint --arch $arch$version FILE.toml

"""

_KERNEL = """\
[kernel]
# Where the first vCPU starts, and where the image goes: both are in a memory region.
entry_point = $entry
kernel_load_addr = $load
# "fs": the paths are in the hypervisor's file system. "memory": the images are built into it.
image_location = "fs"
kernel_path = "/guest/kernel"
$boot# [gpa, size, flags, map_type] each, the first one is main memory. map_type:
# 0 alloc: at this guest address, wherever the host has memory
# 1 identical: wherever the host has memory, which becomes the guest address; gpa is ignored
# 2 reserved: at this guest address and the same host address
memory_regions = [
$memory]

"""

_OLD = Template(_TOP + """\
[base]
# Each VM of a machine has an id and a name of its own.
id = 1
name = "guest"
# Axvisor stores it and reads it nowhere; its own files say 1, Linux included.
vm_type = 1
cpu_num = $cpu_num
$cpus
""" + _KERNEL + """\
[devices]
# "passthrough": the guest gets the interrupts of its devices. "emu": emulated ones. "no_irq".
interrupt_mode = "passthrough"
# What the hypervisor emulates: [name, base_gpa, length, irq_id, emu_type, cfg_list] each.
emu_devices = [
$emulated]
# What the guest drives itself: [name, base_gpa, base_hpa, length, irq_id] each, with base_hpa
# the same as base_gpa; or [path] alone, of a node of the host's device tree.
passthrough_devices = [
$passthrough]
# Addresses that are passed through without a device: [base_gpa, length] each.
passthrough_addresses = []
""")

_NEW = Template(_TOP + """\
[base]
# Each VM of a machine has an id and a name of its own.
id = 1
name = "guest"
# "virtualized": the guest gets what is listed here, and the machine's own devices. "passthrough":
# all addresses of the host as well, and all devices of its device tree if none is listed.
guest_type = "virtualized"
cpu_num = $cpu_num
$cpus
""" + _KERNEL + """\
[devices]
$passthrough# The machine has an interrupt controller, timers and a console. More devices are added like this:
# [[devices.virtual]]
# id = "disk0"
# model = "virtio-blk"
# path = "/guest/disk.img"
""")

_BY_PATH = """\
# Devices of the host that the guest drives itself, by their paths in the host's device tree:
# passthrough = [{ path = "/soc/i2c@2000" }]
passthrough = []
# Devices of the host that the guest gets nothing of, in the same form.
disabled = []
"""

_DTB = """\
# The guest's device tree blob; without dtb_path the hypervisor makes one.
dtb_load_addr = {}
# dtb_path = "/guest/board.dtb"
# ramdisk_path = "/guest/initramfs.cpio"
# ramdisk_load_addr = {}
"""

_MEMORY = "    [{}, 0x1000_0000, 0x7, 0], # 256 MiB\n"

_PARTS = {
    "aarch64": {
        "cpu_num": 2,
        "cpus": "# The MPIDR of the host CPU of each vCPU.\nphys_cpu_ids = [0x0, 0x100]\n",
        "entry": "0x8020_0000", "load": "0x8020_0000",
        "boot": _DTB.format("0x8000_0000", "0x8800_0000"),
        "memory": _MEMORY.format("0x8000_0000"),
        "emulated": """\
    # GICv3, partly passed through.
    ["gicd", 0x0800_0000, 0x1_0000, 0, 0x21, []],
    # [host_gits_base]
    ["gits", 0x0808_0000, 0x2_0000, 0, 0x22, [0x0808_0000]],
    # One frame of length bytes for each vCPU: [cpu_num, stride, pcpu_id], where stride is the
    # length, too, and pcpu_id the CPU of the first vCPU.
    ["gicr", 0x080a_0000, 0x2_0000, 0, 0x20, [2, 0x2_0000, 0]],
""",
        "passthrough": '    ["uart", 0x0900_0000, 0x0900_0000, 0x1000, 0x21],\n',
    },
    "riscv64": {
        "cpu_num": 1,
        "cpus": "# The number of the host hart of each vCPU.\nphys_cpu_ids = [0]\n",
        "entry": "0x9020_0000", "load": "0x9020_0000",
        "boot": _DTB.format("0x9000_0000", "0x9800_0000"),
        "memory": _MEMORY.format("0x9000_0000"),
        "emulated": """\
    # The PLIC, partly passed through: [context_num], two for each vCPU.
    ["plic", 0x0c00_0000, 0x60_0000, 0, 0x30, [2]],
""",
        "passthrough": '    ["uart", 0x1000_0000, 0x1000_0000, 0x1000, 0xa],\n',
    },
    "x86_64": {
        "cpu_num": 1,
        "cpus": "# For each vCPU a mask of the host CPUs that it may run on.\n"
                "phys_cpu_sets = [0x1]\n",
        "entry": "0x20_0000", "load": "0x20_0000",
        "boot": """\
# A bzImage, which needs the memory below 0xa_0000 as well. cmdline takes up to 511 bytes.
boot_protocol = "direct"
cmdline = "console=ttyS0"
# ramdisk_path = "/guest/initramfs.cpio"
# ramdisk_load_addr = 0x800_0000
""",
        "memory": _MEMORY.format("0x0"),
        "emulated": """\
    # The first serial line and the timer are at I/O ports.
    ["com1", 0x3f8, 0x8, 4, 0x2, []],
    ["pit", 0x40, 0x22, 0, 0x24, []],
    ["ioapic", 0xfec0_0000, 0x1000, 0, 0x23, []],
""",
        "passthrough": '    ["hpet", 0xfed0_0000, 0xfed0_0000, 0x1000, 2],\n',
    },
    "loongarch64": {
        "cpu_num": 1,
        "cpus": "# The number of the host CPU of each vCPU.\nphys_cpu_ids = [0]\n",
        "entry": "0x1c00_0000", "load": "0x20_0000",
        "boot": """\
# The firmware begins the boot, and gets the kernel through fw-cfg.
enable_bios = true
boot_protocol = "uefi"
uefi_firmware_path = "/guest/QEMU_EFI.fd"
bios_load_addr = 0x1c00_0000
# ramdisk_path = "/guest/initramfs.cpio"
""",
        # The device tree for the firmware goes to 0x10_0000.
        "memory": _MEMORY.format("0x0") + "    [0x1c00_0000, 0x0100_0000, 0x7, 0], # firmware\n",
        "emulated": """\
    ["fw-cfg", 0x1e02_0000, 0x18, 0, 0x3, []],
    ["pch-pic", 0x1000_0000, 0x1000, 0, 0x25, []],
""",
        "passthrough": '    ["uart", 0x1fe0_0000, 0x1fe0_0000, 0x1000, 0x2],\n',
    },
}

# What another version needs: 0.5 boots loongarch64 by nothing but direct boot, 0.7 by nothing but
# UEFI.
_PARTS_0_5 = {
    "loongarch64": {
        "cpu_num": 1,
        "cpus": "# The number of the host CPU of each vCPU.\nphys_cpu_ids = [0]\n",
        "entry": "0x0020_0040", "load": "0x0020_0000",
        "boot": '# ramdisk_path = "/guest/initramfs.cpio"\n# ramdisk_load_addr = 0x0800_0000\n',
        "memory": _MEMORY.format("0x0"),
        "emulated": "",
        "passthrough": '    ["uart", 0x1fe0_0000, 0x1fe0_0000, 0x1000, 0x2],\n',
    },
}

# What today's format needs; what the machine emulates is in no file.
_PARTS_NEW = {
    "aarch64": {"passthrough": _BY_PATH},
    "riscv64": {"passthrough": _BY_PATH},
    "x86_64": {"passthrough": ""},
    "loongarch64": {
        "entry": "0x0020_0040", "load": "0x0020_0000",
        "boot": """\
# A kernel in ELF, which Axvisor boots without firmware from 0.8.0 on.
cmdline = "console=ttyS0"
# ramdisk_path = "/guest/initramfs.cpio"
# ramdisk_load_addr = 0x0800_0000
""",
        "memory": _MEMORY.format("0x0"),
        "passthrough": "",
    },
}


def template(arch: Arch, models: tuple[Model, ...] = ()) -> str:
    """A commented configuration for an architecture, about which there is no finding.

    MODELS are the versions that it is for, without any that of today; the last of them counts.
    """
    model = max(models, default=max(NEW_MODELS))
    parts: dict[str, object] = dict(_PARTS[arch.name])
    if model in NEW_MODELS:
        return _NEW.substitute(
            {**parts, **_PARTS_NEW[arch.name]}, arch=arch.name, host=_host(arch), version="",
            releases=f"{NEW_FORMAT} and later")
    if model == Model.V0_5:
        parts |= _PARTS_0_5.get(arch.name, {})
    return _OLD.substitute(parts, arch=arch.name, host=_host(arch), version=f" --model {model.name}",
                           releases=releases_text(model))


def _host(arch: Arch) -> str:
    return f"{'an' if arch.name[0] in 'ax' else 'a'} {arch.name}"
