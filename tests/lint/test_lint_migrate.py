#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""axvm-lint --migrate: what becomes of each key of an old file, and what is said of it."""

import re
import tomllib

import tap

tap.need_library()

from linting import has_module, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402

OLD = """\
[base]
id = 7
name = "guest"
# Virtualization type.
vm_type = 1
cpu_num = 1
phys_cpu_ids = [0]

[kernel]
entry_point = 0x4020_0000
kernel_path = "/guest/kernel"
kernel_load_addr = 0x4020_0000
image_location = "fs"
memory_regions = [[0x4000_0000, 0x1000_0000, 0x7, 0]]

[devices]
emu_devices = []
passthrough_devices = []
"""


def old(devices: str = "", kernel: str = "", base: str = "") -> str:
    """The old file with these keys as well; those of [devices] that it has already are replaced."""
    text = OLD
    for key in re.findall(r"^(\w+) =", devices, re.MULTILINE):
        text = re.sub(rf"^{key} = .*\n", "", text, flags=re.MULTILINE)
    text = text.replace("\n[devices]", f"{kernel}\n[devices]")
    return text.replace("\n[kernel]", f"{base}\n[kernel]") + devices


def migrate(text: str, *options: str) -> tuple[int, str, str]:
    """Status, new file and remarks."""
    run = lint("--migrate", *options, write("vm.toml", text))
    return run.returncode, run.stdout, run.stderr


def table(text: str, name: str) -> dict:
    return tomllib.loads(text).get(name, {})


def case(what: str, text: str, devices: dict, *said: str, arch: str = "aarch64",
         unsaid: str | None = None) -> str:
    """Check what [devices] and the guest type become, and what is said."""
    status, new, remarks = migrate(text, "--arch", arch)
    wanted = {"guest_type": "virtualized", "passthrough": [], **devices}
    got = table(new, "devices") | {"guest_type": table(new, "base").get("guest_type")}
    is_(got, wanted, f"{what}: {text.splitlines()[-1]}")
    for each in said:
        ok(re.search(each, remarks), f"{what}: says {each!r}", remarks)
    if unsaid:
        ok(not re.search(unsaid, remarks), f"{what}: does not say {unsaid!r}", remarks)
    ok(status in (0, 1), f"{what}: status {status}")
    again = migrate(new, "--arch", arch)
    is_(again[:2], (0, new), f"{what}: twice is once")
    is_(again[2], "", f"{what}: and nothing more to say")
    return new


def guest_types() -> None:
    root = 'passthrough_devices = [["/"]]\n'
    warning = r"warning: vm_type 1 had no effect, and is not carried over"
    case("neither", old(), {}, warning, r'as it means guest_type "passthrough" now')
    case("vm_type 2", old().replace("vm_type = 1", "vm_type = 2"), {},
         "warning: vm_type 2 had no effect", unsaid='means guest_type "passthrough"')
    case("vm_type 9", old().replace("vm_type = 1", "vm_type = 9"), {}, "vm_type 9 had no effect")
    case("the root", old(root), {"guest_type": "passthrough"}, r'note: guest_type is "passthrough", as '
         r'passthrough_devices has "/"', unsaid="warning: vm_type")
    for word in ("passthrough", "pt"):
        case("policy", old(f'address_space_policy = "{word}"\n'), {"guest_type": "passthrough"},
             "as address_space_policy is", unsaid="warning")
    for word in ("virtualized", "virtual"):
        case("policy first", old(f'{root}address_space_policy = "{word}"\n'), {},
             r'warning: the entry "/" is dropped', "as address_space_policy is")
    case("a bad policy", old(f'{root}address_space_policy = "none"\n'),
         {"guest_type": "passthrough"}, "address_space_policy is dropped: its value is unknown")
    new = case("no vm_type", old().replace("vm_type = 1\n", "").replace("# Virtualization type.\n", ""),
               {})
    ok('phys_cpu_ids = [0]\nguest_type = "virtualized"\n' in new, "it is added", new)
    new = case("no base", "[devices]\nemu_devices = []\npassthrough_devices = []\n", {})
    ok(new.endswith('\n\n[base]\nguest_type = "virtualized"\n'), "with its table", new)


def emulated() -> None:
    def device(number: str, name: str = "dev", arch: str = "aarch64", *said: str, **wanted) -> None:
        case(f"type {number}", old(f'emu_devices = [["{name}", 0x900_0000, 0x1000, 9, {number}, []]]\n'),
             wanted, *said, arch=arch)

    for number in ("0x1", "0x20", "0x21", "0x22"):
        device(number, "gic", "aarch64", r'note: "gic" is dropped: the machine has its own')
    for number in ("0x2", "0x23", "0x24"):
        device(number, "pc", "x86_64", r'note: "pc" is dropped: the machine has its own')
    device("0x30", "plic", "riscv64", "note: .plic. is dropped: the machine has its own")
    for number in ("0x3", "0x25"):
        device(number, "la", "loongarch64", "note: .la. is dropped: the machine has its own")
    device("0", "dummy", "aarch64", "note: .dummy. is dropped: it had no effect")
    device("0xe1", "disk", "aarch64", r'warning: "disk" is dropped', 'model = "virtio-blk" and path')
    device("0xe2", "net", "x86_64", r'warning: "net" is dropped', "guest_mac")
    device("0xe3", "con", "x86_64", r'warning: "con" is dropped', "serial port")
    device("6", "old", "aarch64", "before July 2025 its emu_type 6 was IOMMU")
    device("0x77", "odd", "aarch64", r'warning: "odd" is dropped: its emu_type is unknown')
    for arch in ("aarch64", "riscv64"):
        device("0xa", "shared memory", arch, "is a virtual device now",
               virtual=[{"id": "shared-memory", "model": "ivc-channel"}])
    for arch in ("x86_64", "loongarch64"):
        device("0xa", "ch", arch, rf'warning: "ch" is dropped: {arch} has no ivc-channel')
    new = case("two of a name", old('emu_devices = [["", 0, 0, 0, 10, []], ["ivc", 0, 0, 0, 10, []]]\n'),
               {"virtual": [{"id": "ivc", "model": "ivc-channel"},
                            {"id": "ivc-1", "model": "ivc-channel"}]})
    is_(lint("--axvisor=0.8.3", "--arch=aarch64", "--json", write("vm.toml", new)).returncode, 0,
        "which are good ids")


def passed_through() -> None:
    def devices(text: str, wanted: dict, *said: str, **more) -> str:
        return case("passthrough", old(f"passthrough_devices = {text}\n"), wanted, *said, **more)

    paths = {"passthrough": [{"path": "/soc/a@1"}]}
    devices('[["/soc/a@1"]]', paths, unsaid="/soc/a")
    devices('[{ name = "/soc/a@1" }, ["/", 0, 0, 0]]', {"guest_type": "passthrough"},
            'note: "/soc/a@1" is dropped: the empty list means all devices')
    devices('[["/soc/serial@10000000"]]', {"passthrough": [{"path": "/soc/serial@10000000"}]},
            "warning: .* may be the host's console", arch="riscv64")
    for arch in ("x86_64", "loongarch64"):
        devices('[["/soc/a@1"]]', {}, f'warning: "/soc/a@1" is dropped: {arch} refuses', arch=arch)
    devices('[["uart", 0x904_0000, 0x904_0000, 0x1000, 33]]', {},
            r'warning: "uart" at 0x9040000..0x9041000, interrupt 33, is dropped', r'path = "/')
    devices('[["uart", 0x900_0000, 0x900_0000, 0x1000]]', {}, 'warning: "uart".*usually has its own console0')
    devices('[["IO APIC", 0xfec0_0000, 0xfec0_0000, 0x1000]]', {}, r'note: "IO APIC".*has its own',
            arch="x86_64")
    devices('[["hpet", 0xfed0_0000, 0xfed0_0000, 0x1000]]', {}, r'warning: "hpet"',
            'guest_type = "passthrough" gives', arch="x86_64", unsaid="path =")
    everything = {"guest_type": "passthrough"}
    devices('[["/"], ["uart", 0x904_0000, 0x904_0000, 0x1000]]', everything, 'note: "uart"')
    devices('[["/"], ["uart", 0x904_0000, 0xa00_0000, 0x1000]]', everything,
            r'warning: "uart" .* of the host\'s 0xa000000 is dropped')
    devices("[7]", {}, "an entry of passthrough_devices is dropped: it is neither")
    _, new, said = migrate(old("passthrough_devices = 7\n"), "--arch=aarch64")
    ok("warning: passthrough_devices is dropped: it is not an array" in said and "passthrough" not in new,
       "no array", said)
    case("addresses", old("passthrough_addresses = [\n  [0x10, 0x20], # PIC\n]\n"), {},
         r"warning: the range 0x10..0x30 \(PIC\) is dropped")
    case("ports", old("passthrough_ports = [[0x3f8, 8]]\n"), {},
         "warning: the I/O ports 0x3f8..0x400 are dropped", arch="x86_64")


def excluded() -> None:
    case("excluded", old('excluded_devices = [["/a", "/b"], ["/c/d"]]\n'),
         {"disabled": [{"path": "/a"}, {"path": "/b"}, {"path": "/c/d"}]}, "devices.disabled takes more")
    case("root", old('excluded_devices = [["/"], ["a"]]\n'), {"disabled": []},
         'warning: "/" is dropped', 'warning: "a" is dropped')
    case("both", old('passthrough_devices = [["/a"], ["/b"]]\nexcluded_devices = [["/a"]]\n'),
         {"passthrough": [{"path": "/b"}], "disabled": [{"path": "/a"}]},
         'warning: "/a" is dropped: excluded_devices has it as well')
    case("none", old("excluded_devices = []\n"), {"disabled": []}, unsaid="takes more")


def others() -> None:
    for mode, said in (("passthrough", "note: interrupt_mode is dropped"),
                       ("no_irq", "warning: interrupt_mode .* gets an interrupt controller now")):
        case("interrupts", old(f'interrupt_mode = "{mode}"\n'), {}, said)
    for word, new in (("kernel", "direct"), ("direct", "direct"), ("bios", "multiboot"),
                      ("axvm-bios", "multiboot"), ("efi", "uefi")):
        text = case("protocol", old(kernel=f'boot_protocol = "{word}"\n'), {}, arch="x86_64")
        is_(table(text, "kernel")["boot_protocol"], new, f"boot_protocol {word}")
    text = case("disk", old(kernel='disk_path = "d.img"\n'), {}, "warning: disk_path is dropped",
                'model = "virtio-blk" and path = "d.img"')
    ok("disk_path" not in text, "disk_path goes")
    case("no disk", old(kernel='disk_path = ""\n'), {}, "note: disk_path is dropped")
    text = case("unknown", old("speed = 3\n", base='colour = "red"\n') + '[net]\nmac = [1,\n 2]\n', {},
                'warning: "devices.speed" is dropped.*its value was 3', '"base.colour".*"red"',
                r'"net.mac".*\[1, 2\]')
    ok("red" not in text and "net" not in text, "unknown keys go", text)
    case("unknown, elsewhere", old('cmdline = "x"\n'), {}, r"If it was intended for \[kernel\]")
    _, _, said = migrate(old().replace("phys_cpu_ids = [0]\n", ""), "--arch=riscv64")
    ok("error[cpu-list]" in said, "ids that are missing", said)
    _, _, said = migrate(old().replace("phys_cpu_ids = [0]\n", ""))
    ok("phys_cpu_ids is missing" in said and "the architecture is unknown" in said,
       "also where nobody knows", said)


def architectures() -> None:
    def shown(text: str, arch: str | None) -> None:
        said = migrate(text)[2]
        got = re.search("taken as a file for (.*), as", said)
        is_(got and got[1], arch, f"architecture of {text.splitlines()[-1]}")
        is_("the architecture is unknown" in said, arch is None, "or unknown")

    def device(number: str) -> str:
        return old(f'emu_devices = [["x", 0, 0x1000, 0, {number}, []]]\n')

    shown(old(), None)
    for number, arch in (("0x21", "aarch64"), ("0x24", "x86_64"), ("0x30", "riscv64"),
                         ("3", "loongarch64"), ("0xe1", None)):
        shown(device(number), arch)
    shown(device("3").replace("[0]", "[0x100]"), "loongarch64")
    shown(old('emu_devices = [["x", 0, 0, 0, 3, []], ["y", 0, 0, 0, 4, []]]\n'), None)
    shown(old('emu_devices = [["x", 0, 0, 0, 0x21, []], ["y", 0, 0, 0, 0x30, []]]\n'), None)
    shown(old('passthrough_ports = [[1, 1]]\n'), "x86_64")
    shown(old().replace("/guest/kernel", "/guest/linux-riscv64/Image"), "riscv64")
    shown(old().replace("/guest/kernel", "/guest/notriscv64"), None)
    shown(old().replace("[0]", "[0x100]"), "aarch64")


def flat() -> None:
    text = """\
# For the board.

# The number.
id = 1
vm_type = 1

cpu_num = 1
# Where it starts.
entry_point = 0x20_0000
memory_regions = [
    [0x0, 0x100_0000, 0x7], # low
    [0x200_0000, 0x100_0000, 0x7, 1],
]
passthrough_devices = [["/"]]
# Between.
name = "x"
"""
    status, new, said = migrate(text, "--arch=aarch64")
    is_(new, """\
# For the board.

[base]
# The number.
id = 1
guest_type = "passthrough"

cpu_num = 1
# Between.
name = "x"

[kernel]
# Where it starts.
entry_point = 0x20_0000
memory_regions = [
    [0x0, 0x100_0000, 0x7, 0], # low
    [0x200_0000, 0x100_0000, 0x7, 1],
]

[devices]
passthrough = []
""", "a flat file gets tables")
    ok("vm.toml:11:5: warning: the region has no map_type" in said, "and map_types", said)
    is_(status, 1, "and needs more")
    ok("device type" not in migrate(text + 'emu_devices = [["x", 0, 0, 0, 3, []]]\n')[2] and
       "was virtio-blk" in migrate(text + 'emu_devices = [["x", 0, 0, 0, 3, []]]\n')[2],
       "its types are the old ones")
    new = migrate('id = 1\nentry_point = 1\n[[passthrough_devices]]\nname = "/a"\n# m\n'
                  "[[memory_regions]]\ngpa = 0\nsize = 1\nflags = 0\nmap_type = 0\n")[1]
    is_(tomllib.loads(new), {
        "base": {"id": 1, "guest_type": "virtualized"}, "devices": {"passthrough": [{"path": "/a"}]},
        "kernel": {"entry_point": 1, "memory_regions": [
            {"gpa": 0, "size": 1, "flags": 0, "map_type": 0}]}}, "entries that are tables")


def comments() -> None:
    text = old("""\
# Whose interrupts.
interrupt_mode = "pt"

# Emulated.
# name base_gpa length
emu_devices = [ # here
    # nothing
]
# Passed through.
# [name, base_gpa, base_hpa, length, irq_id]
# and so on
passthrough_devices = [
    # first
    ["/a"], # a
    # a range
    ["r", 1, 1, 1], # r
    #["/b"],

    # on its own
]   # the list

# disk_path = "x"
# about interrupts
passthrough_addresses = []
# At the end.
""", base="# type 1: RTOS\n").replace("# Virtualization type.", "# 1 is an RTOS")
    new = case("comments", text, {"passthrough": [{"path": "/a"}]})
    is_(new[new.index("[devices]"):], """\
[devices]
# Passed through.
passthrough = [
    # first
    { path = "/a" }, # a
    #{ path = "/b" },
    # on its own
]   # the list

# disk_path = "x"
# At the end.
""", "comments go with what they are about")
    ok("RTOS\nvm" not in new and "1 is an" not in new and "# type 1: RTOS" in new,
       "also the numbers of vm_type", new)
    ok("# Virtualization type.\nguest_type" in migrate(old())[1], "but not its name")


if has_module("tomlkit"):
    run_tests(guest_types, emulated, passed_through, excluded, others, architectures, flat, comments)
else:
    skip("migration", "this Python has no tomlkit")
done()
