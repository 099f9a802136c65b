# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: what each rule finds for each version of the hypervisor and each architecture.

A case is a change of a good configuration, and the codes of all that is found then at 0.5 and at
0.7, with severities: E, W or N. Near misses are next to what they miss.
"""

import json

import tap

tap.need_library()

from axvm_types import Model  # noqa: E402
from linting import lint_here, run_tests, write  # noqa: E402
from tap import done, is_  # noqa: E402

A, L, R, X = "aarch64", "loongarch64", "riscv64", "x86_64"
RAM, SIZE = 0x4000_0000, 0x1000_0000
PAGE = 0x1000
# The first address that no guest has, and one that no 64 bits can hold a page beyond.
END = 0x7fff_ffff_f000
TOP = 0xffff_ffff_ffff_f000

ALLOC, IDENTICAL, RESERVED = range(3)
MAIN = (RAM, SIZE, 7, ALLOC)
LOW = (0, 0x10_0000, 7, ALLOC)

TABLE_OF = {
    "base": ("id", "name", "vm_type", "cpu_num", "phys_cpu_ids", "phys_cpu_sets"),
    "devices": ("emu_devices", "passthrough_devices", "passthrough_addresses",
                "passthrough_ports", "address_space_policy", "interrupt_mode"),
}


def good(arch: str, model: str) -> dict[str, object]:
    """The keys of a configuration without a finding."""
    keys = {"id": 1, "name": "vm", "vm_type": 1, "cpu_num": 2, "phys_cpu_ids": [0, 1],
            "entry_point": RAM + 0x20_0000, "kernel_path": "/k",
            "kernel_load_addr": RAM + 0x20_0000, "image_location": "fs",
            "memory_regions": [MAIN], "emu_devices": [], "passthrough_devices": [],
            "interrupt_mode": "passthrough"}
    if arch == X:
        keys |= {"cmdline": "quiet", "memory_regions": [MAIN, LOW]}
    if arch == L and model == "0.7":
        keys |= {"enable_bios": True, "boot_protocol": "uefi", "uefi_firmware_path": "/f",
                 "bios_load_addr": 0x1c00_0000, "memory_regions": [
                     (0, SIZE, 7, ALLOC), (0x1c00_0000, 0x100_0000, 7, ALLOC), MAIN],
                 "emu_devices": [("fw-cfg", 0x1e02_0000, 0x18, 0, 3, [])]}
    return keys


def toml(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value)


def document(keys: dict[str, object]) -> str:
    """Keys in their tables; those that are None are left out."""
    tables: dict[str, list[str]] = {"base": [], "kernel": [], "devices": []}
    for key, value in keys.items():
        table = next((name for name, known in TABLE_OF.items() if key in known), "kernel")
        if value is not None:
            tables[table].append(f"{key} = {toml(value)}\n")
    return "".join(f"[{name}]\n{''.join(lines)}" for name, lines in tables.items())


def codes(arch: str, model: str, keys: dict[str, object], *options: str) -> str:
    file = write("vm.toml", document(good(arch, model) | keys))
    # They have their tests in test_lint_codes.py, and in C at every version and architecture.
    left_out = ("--disable=device-dma", "--disable=key-unused")
    findings = lint_here("--arch", arch, "--model", model, *left_out, *options, file)
    return " ".join(sorted(f"{finding['code']}:{finding['severity'][0].upper()}"
                           for finding in findings))


def case(arch: str, keys: dict[str, object], earlier: str, later: str | None = None,
         *options: str) -> None:
    wanted = earlier, earlier if later is None else later
    for model, want in zip(Model.all(), wanted):
        is_(codes(arch, model.name, keys, *options), want,
            f"{arch} at {model.name}: {keys} {' '.join(options)}"[:300])


def regions(*given: tuple) -> dict[str, object]:
    return {"memory_regions": list(given)}


def emulated(*given: tuple) -> dict[str, object]:
    return {"emu_devices": [("d", *device) for device in given[:1]] + [
        (f"d{i}", *device) for i, device in enumerate(given[1:])]}


def passed(*given: tuple) -> dict[str, object]:
    """Pass-through devices: a path, or address, host's address and length."""
    return {"passthrough_devices": [(device,) if isinstance(device, str) else (f"p{i}", *device)
                                    for i, device in enumerate(given)]}


def at(address: int, length: int = PAGE) -> tuple[int, int, int]:
    return address, address, length


def ports(*given: tuple[int, ...]) -> dict[str, object]:
    return {"passthrough_ports": list(given)}


def nothing() -> None:
    for arch in (A, L, R, X):
        case(arch, {}, "")


def memory() -> None:
    case(A, regions(), "memory-none:E")
    case(A, regions((RAM, 0, 7, ALLOC)), "memory-empty:E")
    case(A, regions(MAIN, (TOP, PAGE, 7, ALLOC)), "memory-overflow:E")
    for kind in (ALLOC, IDENTICAL, RESERVED):
        case(A, regions(MAIN, (2 * RAM, 0x800, 7, kind)), "memory-unaligned:E")
        case(A, regions(MAIN, (2 * RAM + 1, PAGE, 7, kind)),
             "" if kind == IDENTICAL else "memory-unaligned:E")
    case(A, regions(MAIN, (RAM + SIZE - PAGE, 2 * PAGE, 7, RESERVED)), "memory-overlap:E")
    case(A, regions(MAIN, (RAM + SIZE - PAGE, 2 * PAGE, 7, IDENTICAL)), "memory-overlap:N")
    case(A, regions(MAIN, (RAM + SIZE, 2 * PAGE, 7, RESERVED)), "")
    case(A, regions(MAIN, (END - PAGE, PAGE, 7, ALLOC)), "")
    case(A, regions(MAIN, (END - PAGE, 2 * PAGE, 7, ALLOC)), "memory-beyond-width:E")
    case(A, regions(MAIN, (END - PAGE, PAGE, 7, ALLOC)), "memory-beyond-width:E", None,
         "--gpa-bits=39")
    case(X, regions(MAIN, LOW, (0xfee0_0000, PAGE, 7, ALLOC)), "memory-reserved:E")
    case(X, regions(MAIN, LOW, (0xfee0_1000, PAGE, 7, ALLOC)), "")
    case(A, regions(MAIN, (0xfee0_0000, PAGE, 7, ALLOC)), "")


def boot_addresses() -> None:
    case(A, {"entry_point": RAM + SIZE}, "boot-address:E")
    case(A, {"entry_point": RAM + SIZE - 4}, "")
    case(A, {"entry_point": RAM + SIZE, **regions(MAIN, (2 * RAM, PAGE, 7, IDENTICAL))},
         "boot-address:N")
    case(A, {"dtb_load_addr": PAGE}, "boot-address:E")
    case(A, {"dtb_load_addr": RAM}, "")
    case(A, {"dtb_load_addr": PAGE, **regions(MAIN, (2 * RAM, PAGE, 7, IDENTICAL))},
         "boot-address:N")
    for arch, kind in ((A, IDENTICAL), (A, RESERVED), (R, RESERVED)):
        case(arch, {"dtb_load_addr": PAGE, **regions((RAM, SIZE, 7, kind))}, "")
    case(X, {"dtb_load_addr": RAM}, "", "boot-address:E")
    case(A, {"ramdisk_load_addr": PAGE}, "")
    case(A, {"ramdisk_load_addr": PAGE, "ramdisk_path": "/r"}, "boot-address:E")
    case(A, {"bios_load_addr": PAGE}, "")
    # The kernel goes to the beginning of such a region, and the entry with it.
    moved = {"kernel_load_addr": 2 * RAM, **regions((RAM, SIZE, 7, RESERVED))}
    case(A, {"entry_point": 2 * RAM, **moved}, "")
    case(A, {"entry_point": 2 * RAM + SIZE, **moved}, "boot-address:E")
    case(A, {"dtb_load_addr": RAM + 0x20_0000}, "boot-image-clash:W")


def boot_order() -> None:
    below = {"entry_point": RAM + 0x1f_ffff}
    case(A, below, "boot-entry:W")
    for kind in (IDENTICAL, RESERVED):
        case(A, below | regions((RAM, SIZE, 7, kind)), "boot-entry-below-load:E")
        case(X, below | regions((RAM, SIZE, 7, kind), LOW), "boot-entry-below-load:W")


def boot_keys() -> None:
    case(A, {"image_location": None}, "boot-image-missing:E")
    case(A, {"image_location": "memory"}, "")
    case(A, {"ramdisk_path": "/r"}, "boot-image-missing:E")
    case(L, {"dtb_path": "/d"}, "boot-image-missing:E", "")
    case(A, {"dtb_path": "/d"}, "")
    case(L, {"emu_devices": []}, "", "boot-image-missing:E")
    case(A, {"boot_protocol": "grub"}, "boot-protocol:E")
    uefi = {"enable_bios": True, "boot_protocol": "efi", "bios_path": "/f",
            "bios_load_addr": RAM + 0x100_0000}
    case(X, uefi, "")
    case(X, uefi | {"bios_path": None, "uefi_firmware_path": "/f"}, "")
    case(X, uefi | {"bios_path": None}, "boot-protocol:E")
    case(X, uefi | {"bios_load_addr": None}, "boot-image-missing:E")
    case(X, uefi | {"enable_bios": False}, "boot-protocol:E")
    case(X, {"enable_bios": True, "boot_protocol": "direct"}, "boot-protocol:E")
    case(A, uefi, "boot-protocol:E")
    case(A, {"boot_protocol": "uefi"}, "boot-protocol:E")
    case(A, {"boot_protocol": "multiboot"}, "boot-protocol:E")
    case(L, uefi, "boot-protocol:E", "")
    case(L, uefi | regions(MAIN), "boot-protocol:E", "boot-memory:E")
    multiboot = {"enable_bios": True, "bios_path": "/f", "bios_load_addr": 0x8000}
    case(X, multiboot, "")
    case(X, multiboot | {"bios_path": None}, "")
    case(X, multiboot | {"bios_path": None, "bios_load_addr": None}, "")
    case(X, multiboot | {"bios_load_addr": None}, "boot-image-missing:E")
    case(X, multiboot | {"bios_path": None, "bios_load_addr": 0x9000}, "boot-protocol:E")
    case(X, multiboot | regions(MAIN), "boot-address:E")
    case(X, {"enable_bios": True} | regions(MAIN), "boot-memory:E")
    case(X, {"enable_bios": True} | regions(MAIN, (0x8000, PAGE, 7, ALLOC)), "boot-memory:E")
    case(R, multiboot | {"bios_load_addr": RAM + 0x100_0000}, "boot-protocol:E")


def cpus() -> None:
    case(A, {"phys_cpu_ids": [0, 1, 2]}, "cpu-list:E", "cpu-list:W")
    case(A, {"phys_cpu_ids": [0]}, "cpu-list:W")
    case(A, {"phys_cpu_ids": [0, 0]}, "cpu-repeated:W")
    for arch in (A, R):
        case(arch, {"phys_cpu_ids": None}, "cpu-list:E")
    for arch in (L, X):
        case(arch, {"phys_cpu_ids": None}, "")
    case(X, {"phys_cpu_sets": [1, 2, 4]}, "cpu-list:E", "cpu-list:W")
    case(X, {"phys_cpu_sets": [1]}, "cpu-list:W")
    case(A, {"phys_cpu_sets": [1, 2, 4]}, "")
    case(X, {"phys_cpu_sets": [0, 1]}, "cpu-mask:E", "cpu-mask:W")
    case(A, {"phys_cpu_sets": [0, 1]}, "")
    case(X, {"phys_cpu_sets": [16, 1]}, "cpu-mask:E", "cpu-mask:W", "--host-cpus=0-3")
    case(X, {"phys_cpu_sets": [16, 1]}, "", None, "--host-cpus=0-4")
    case(X, {"phys_cpu_sets": [1, 1]}, "cpu-shared:N")
    case(X, {"cpu_num": 0, "phys_cpu_ids": None}, "cpu-count:E")
    case(X, {"cpu_num": 65, "phys_cpu_ids": None}, "cpu-count:E")
    case(X, {"cpu_num": 64, "phys_cpu_ids": None}, "")
    for number, found in ((0, "vm-id:W"), (9, "vm-id:W"), (8, "")):
        case(A, {"id": number}, found)
        case(A, {"id": number, "interrupt_mode": "emu"}, "")
        case(X, {"id": number}, "")


def emulated_devices() -> None:
    case(A, emulated((0x800_0000, 0x200, 0, 0x21, []), (0x800_0200, 0x200, 0, 0x22, [0])),
         "", "device-overlap:E")
    case(A, emulated((0x800_0000, 0x201, 0, 0x21, []), (0x800_0200, 0x200, 0, 0x22, [0])),
         "device-overlap:E")
    case(A, emulated((0x800_0000, PAGE, 0, 0x21, []), (0x800_1000, PAGE, 0, 0x22, [0])), "")
    case(A, emulated((RAM, PAGE, 0, 0x21, [])), "device-in-memory:E")
    case(A, emulated((RAM - PAGE, PAGE, 0, 0x21, [])), "")
    case(A, emulated((0x800_0000, 0, 0, 0x21, [])), "device-empty:E")
    case(A, emulated((0, 0, 0, 0, [])), "")
    case(A, emulated((END - PAGE, 2 * PAGE, 0, 0x21, [])), "device-beyond-width:W",
         "device-beyond-width:E")
    case(A, emulated((0xa00_0000, 0x200, 0, 0xe1, [])), "device-arch:W", "device-arch:E")
    case(A, emulated((0xa00_0000, 0x200, 0, 4, [])), "device-type:E")
    case(A, emulated((0xa00_0000, 0x200, 0, 3, [])), "device-type:E", "device-arch:W")
    case(X, emulated((0x3f8, 8, 0, 2, [])), "")
    case(A, emulated((0x3f8, 8, 0, 2, [])), "device-arch:W")
    case(X, emulated((0x3f8, 7, 0, 2, [])), "device-fixed:W")
    case(X, emulated((0x3f8, 8, 0, 2, []), (0x3f8, 8, 0, 2, [])), "device-twice:E")
    case(X, emulated((0x40, 0x22, 0, 0x24, [])), "")
    case(X, emulated((0x40, 4, 0, 0x24, [])), "device-fixed:W")
    case(A, emulated((0x800_0000, 0x1_0000, 0, 1, [])), "")
    case(A, emulated((0x900_0000, 0x1_0000, 0, 1, [])), "device-fixed:W")
    case(A, emulated((0x7000_0000, PAGE, 0, 10, [])), "")
    case(A, emulated((0x7000_0800, PAGE, 0, 10, [])), "device-ivc:E")
    case(A, emulated((0x7000_0000, PAGE, 0, 10, []), (0x7100_0000, PAGE, 0, 10, [])),
         "device-ivc:W")


def device_lists() -> None:
    def redistributor(length: int, *config: int) -> dict[str, object]:
        return emulated((0x80a_0000, length, 0, 0x20, list(config)))

    def plic(length: int, *config: int, base: int = 0xc00_0000) -> dict[str, object]:
        return emulated((base, length, 0, 0x30, list(config)))

    case(A, redistributor(0x2_0000, 2, 0x2_0000, 0), "")
    case(A, redistributor(0x4_0000, 2, 0x2_0000, 0), "device-config:W", "device-config:E")
    case(A, redistributor(0x1_0000, 2, 0x2_0000, 0), "device-config:W")
    case(A, redistributor(0x2_0000, 1, 0x2_0000, 0), "device-config:W")
    case(A, redistributor(0x2_0000, 2, 0x2_0000), "device-config:E")
    case(A, emulated((0x808_0000, 0x2_0000, 0, 0x22, [])), "device-config:E")
    case(R, plic(0x60_0000, 2), "")
    case(R, plic(0x20_2004, 2), "device-config:E")
    case(R, plic(0x20_2005, 2), "")
    case(R, plic(0x60_0000), "device-config:E")
    case(R, plic(0x60_0000, 2, 1), "", "device-config:E")
    case(R, plic(0x60_0000, 2, base=0xd00_0000), "device-fixed:W")
    case(R, plic(0x60_0000, 2) | {"interrupt_mode": "none"}, "", "irq-unused:E")


def passthrough() -> None:
    case(A, passed(at(RAM)), "device-in-memory:E")
    case(A, passed(at(RAM - PAGE)), "")
    case(A, passed(at(0x900_0000, 0)), "device-empty:E")
    case(A, passed(at(TOP, 2 * PAGE)), "device-overflow:E")
    case(A, passed(at(END - PAGE, 2 * PAGE)), "device-beyond-width:E")
    case(A, passed(at(END - PAGE)), "")
    case(A, passed(at(0x900_0800)), "device-unaligned:W", "")
    for arch in (A, R):
        case(arch, passed((0x900_0000, 0x910_0000, PAGE)), "device-host-ignored:W",
             "device-host-ignored:E")
    case(X, passed((0x900_0000, 0x910_0000, PAGE)), "device-host-ignored:W", "")
    case(X, passed((0x900_0000, 0x910_0004, PAGE)), "device-page-offset:W", "device-page-offset:E")
    case(A, passed(at(0x900_0000), at(0x900_0000)), "device-twice:W")
    case(A, passed(at(0x900_0000), at(0x900_0000, 2 * PAGE)), "")
    case(X, passed(at(0xfee0_0000)), "device-reserved:E")
    case(X, passed(at(0xfee0_1000)), "")
    case(A, emulated((0x900_0000, 0x200, 0, 0x21, [])) | passed(at(0x900_0000)),
         "device-overlap:E")
    case(A, {"passthrough_addresses": [(0x900_0000, 0)]}, "device-empty:E")
    case(A, {"passthrough_addresses": [(RAM, PAGE)]}, "device-in-memory:E")
    case(A, {"passthrough_addresses": [(0x900_0000, 2 * PAGE)]} | passed(at(0x900_0000)), "")


def discovery() -> None:
    for arch in (A, R):
        case(arch, passed("/", "/soc/uart@9000000"), "")
    case(X, passed("/"), "device-discovery:E")
    case(L, passed("/"), "device-discovery:E", "")
    case(L, passed("/soc"), "device-discovery:E")
    case(A, passed("/", at(0x900_0000)), "device-discovery:W")
    case(A, passed(at(0x900_0000), "/"), "device-discovery:E")
    case(A, {"passthrough_addresses": [(0x900_0000, PAGE)]} | passed("/"), "")


def port_ranges() -> None:
    ignored = "file-key:W"
    console = emulated((0x3f8, 8, 0, 2, []))
    case(X, ports((0x6000, 0x80)), ignored, "")
    case(X, ports((0x3f0, 9)) | console, ignored, "port-conflict:E")
    case(X, ports((0x3f0, 8)) | console, ignored, "")
    case(X, ports((0x6000, 8), (0x6007, 8)), ignored, "port-conflict:E")
    case(X, ports((0x6000, 8), (0x6008, 8)), ignored, "")
    case(X, ports(*((0x6000 + 16 * i, 8) for i in range(17))), ignored, "port-conflict:E")
    case(X, ports(*((0x6000 + 16 * i, 8) for i in range(16))), ignored, "")
    case(A, ports((0x6000, 8), (0x6000, 8)), ignored, "")
    for arch in (A, X):
        case(arch, ports((0x6000, 0)), ignored, "device-empty:E")
        case(arch, ports((0x6000,)), ignored, "device-empty:E")
        case(arch, ports((0xfff0, 0x11)), ignored, "device-overflow:E")
        case(arch, ports((0xfff0, 0x10)), ignored, "")


run_tests(nothing, memory, boot_addresses, boot_order, boot_keys, cpus, emulated_devices,
          device_lists, passthrough, discovery, port_ranges)
done()
