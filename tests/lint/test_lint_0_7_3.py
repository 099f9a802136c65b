# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: files of the format of Axvisor 0.5.24 and later, and which format a file has."""

import tap

tap.need_library()

from axvm_types import Model  # noqa: E402
from axvm_lint.schema.releases import read_release, releases_text, remark_on  # noqa: E402
from code_cases import NEW  # noqa: E402
from linting import GOOD, changed, found, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402

BLK = '{ id = "a", model = "virtio-blk" }'
NEW_GOOD = NEW.replace("@", BLK)
EITHER = NEW.replace("[devices]\nvirtual = [@]\n", "")
FLAT = GOOD.replace("[base]\n", "").replace("[kernel]\n", "").replace("[devices]\n", "")
MIXED = changed("[devices]", "[devices]\ndisabled = []")


def findings(text: str, *options: str) -> list[tuple[str, str]]:
    _, given = found("--separate", *options, write("a.toml", text), before=())
    return [(one["code"], one["severity"]) for one in given]


def formats() -> None:
    """Which file is which, by what was asked for."""
    error, warning = [("file-format", "error")], [("file-format", "warning")]
    machine = "[machine]\ncpus = 1\n"
    for what, text, auto, old, new in (
            ("an old file", GOOD, warning, [], error),
            ("a new file", NEW_GOOD, [], error, []),
            ("both kinds of keys", MIXED, error, error, error),
            ("keys without tables", FLAT, error, error, error),
            ("a branch's", machine + EITHER, error, error, error),
            ("a branch's memory", "[[memory.regions]]\nsize = 1\n", error, error, error),
            ("an old file with a table that was ignored", GOOD + machine,
             [*warning, ("file-key", "warning")], [("file-key", "warning")], error),
            ("nothing that decides", EITHER + "[devices]\n", [],
             [("file-key", "error")] * 4, []),
            ("nothing of a VM", "x = 1\nname = 'x'\n", *[[("file-key", "error")]] * 3)):
        for options, wanted in (([], auto), (["--model=auto"], auto), (["--model=0.7"], old),
                                (["--axvisor=0.5.23"], old), (["--model=0.7.3"], new),
                                (["--axvisor=0.5.24"], new), (["--axvisor=0.9.0"], new)):
            is_(findings(text, *options), wanted, f"{what}: {options}")
    is_(findings(GOOD, "--model=0.5"), [], "an old file for 0.5")
    is_(findings(NEW_GOOD, "--axvisor=0.5.15"), error, "a new one")
    is_(findings(MIXED + "xyz = 1\n"), [*error, ("file-key", "error")], "and what nobody knows")


def texts() -> None:
    def reported(text: str, *options: str) -> dict:
        return found(*options, write("a.toml", text), before=())[1][0]

    one = reported(GOOD)
    is_((one["models"], one["line"], one["column"], one["a"]["name"]),
        (["0.7.3"], 17, 1, "interrupt_mode"), "at the first key")
    for word in ("0.5.24 (2026-08-09)", "devices.emu_devices", "--migrate"):
        ok(word in one["message"] + one["hint"], word, str(one))
    ok("did you mean --axvisor 0.7.2?" in reported(NEW_GOOD, "--model=0.7")["hint"].lower(),
       "Axvisor 0.7.2 is not axvm-types 0.7")
    one = reported(MIXED)
    ok("devices.emu_devices" in one["message"] and "devices.disabled" in one["message"], "all keys",
       one["message"])
    one = reported(FLAT)
    ok("Put id, name, vm_type, cpu_num" in one["hint"] and "into [devices]" in one["hint"], "flat",
       one["hint"])
    is_(one["line"], 1, "at the first key")
    ok("map_type" not in one["hint"], "regions with all members")
    ok("map_type" in reported(FLAT.replace(", 0x7, 2]", ", 0x7]"))["hint"], "regions without")


def machines() -> None:
    """Several files of one machine."""
    def codes(*files: str) -> list[tuple[str, str, str]]:
        return [(one["file"], one["code"], one["severity"])
                for one in found(*files, before=())[1]]

    write("old.toml", GOOD)
    write("new.toml", NEW_GOOD)
    write("either.toml", EITHER.replace("id = 7", "id = 9"))
    is_(codes("old.toml", "new.toml"), [("old.toml", "file-format", "error")],
        "no release reads both: an error, and they are not compared")
    is_(codes("--separate", "old.toml", "new.toml"), [("old.toml", "file-format", "warning")],
        "they are two machines")
    is_(codes("either.toml", "old.toml")[:4],
        [*[("either.toml", "file-key", "error")] * 3, ("old.toml", "file-format", "warning")],
        "it goes with the old one")
    is_(codes("new.toml", "either.toml"), [("new.toml", "cpu-conflict", "warning"),
                                           ("new.toml", "host-conflict", "error")],
        "or with the new one, and they are compared")
    is_(found("--disable=file-format", "old.toml", "new.toml")[0], 1, "an error is not left out")
    is_(found("--disable=file-format", "old.toml"), (0, []), "a warning is")
    is_(found(write("a.toml", "# axvm-lint: allow file-format because it is old\n" + GOOD),
              before=()), (0, []), "or allowed")


def releases() -> None:
    for text, wanted in (("0.8.3", (0, 8, 3)), ("0.5.24", (0, 5, 24)), ("10.0.0", (10, 0, 0)),
                         ("0.8", None), ("0.8.3.1", None), ("v0.8.3", None), ("0.8.-3", None),
                         ("0.8.3 ", None), ("\u0661.0.0", None), ("0..1", None), ("", None)):
        is_(read_release(text), wanted, f"{text!a}")
    for text, words in (("0.8.3", None), ("0.8.4", "newer than"), ("0.8.2", "reads the same files"),
                        ("0.5.24", "reads the same files"), ("0.5.23", None), ("0.5.15", None)):
        remark = remark_on(read_release(text))
        ok(remark is None if words is None else words in remark, text, str(remark))
    for models, text in (((Model.V0_5,), "before 0.5.16"), ((Model.V0_7,), "0.5.16 to 0.5.23"),
                         ((Model.V0_7_3,), "0.5.24 and later"),
                         ((Model.V0_7, Model.V0_5), "before 0.5.24"),
                         ((Model.V0_7, Model.V0_7_3), "0.5.16 and later"),
                         ((Model.V0_7_3, Model.V0_5), "before 0.5.16, 0.5.24 and later"),
                         (tuple(Model.all()), "of all releases"),
                         ((Model(200), Model.V0_5), "before 0.5.16, with axvm-types unknown")):
        is_(releases_text(*models), f"Axvisor {text}", f"releases: {text}")
    ok("note: Axvisor 0.8.1 reads" in lint("--axvisor=0.8.1", write("a.toml", NEW_GOOD)).stdout,
       "which is printed")


def values() -> None:
    """What parses, and what does not."""
    code = {"key": "file-key", "value": "file-value", "type": "memory-map-type",
            "protocol": "boot-protocol"}
    region = "[[0x4000_0000, 0x1000_0000, 0x7, 2]]"
    for old, bad, near, what in (
            ("id = 7", "id = 0x1_0000_0000_0000_0000", "id = 0xffff_ffff_ffff_ffff", "value"),
            ("id = 7", "id = 7\nguest_type = 3", "id = 7\nguest_type = 2", "value"),
            ("id = 7", "id = 7\nguest_type = true", "id = 7\nvm_type = 'passthrough'", "value"),
            ("id = 7", "id = 7\nguest_type = 1.0", "id = 7\nguest_type = 1", "value"),
            ("id = 7", "id = 7\nvm_type = 2\nguest_type = 2", "id = 7\nvm_type = 0", "value"),
            ("id = 7", "id = 7\nxyz = 1", "id = 7\nname = ''", "key"),
            ("id = 7", "id = 7\ndedicated_cpus = []", "id = 7", "key"),
            ("[base]", "[scheduling]\n[base]", "# [scheduling]\n[base]", "key"),
            ("[base]", "id = 1\n[base]", "[base]", "key"),
            (region, "[[0x4000_0000, 0x1000_0000, 0x7]]", region, "key"),
            (region, "[{ gpa = 0x4000_0000, size = 0x1000_0000, flags = 7 }]",
             "[{ gpa = 0x4000_0000, size = 0x1000_0000, flags = 7, map_type = 2, }]", "key"),
            (region, "[[0x4000_0000, 0x1000_0000, 0x7, 3]]", region, "type"),
            ('image_location = "fs"', 'image_location = "fs"\nboot_protocol = "kernel"',
             'image_location = "fs"\nboot_protocol = "direct"', "protocol"),
            ("[devices]", '[devices]\npassthrough = ["/a"]', '[devices]\npassthrough = [["/a"]]',
             "value"),
            ("[devices]", "[devices]\npassthrough = [{}]",
             '[devices]\npassthrough = [{ path = "/x y" }, { path = "//" }]', "key"),
            ("[devices]", '[devices]\ndisabled = [{ path = "/a", irq = 1 }]',
             '[devices]\ndisabled = [{ path = "/a" }]', "key"),
            ("[devices]", "[devices]\ndisabled = {}", "[devices]\ndisabled = []", "value")):
        is_(findings(NEW_GOOD.replace(old, bad, 1)), [(code[what], "error")], bad)
        is_(findings(NEW_GOOD.replace(old, near, 1)), [], near)
    for surplus in ("[[0x4000_0000, 0x1000_0000, 0x7, 2, 9]]",
                    "[{ gpa = 0x4000_0000, size = 0x1000_0000, flags = 7, map_type = 2, x = 1 }]"):
        is_(findings(NEW_GOOD.replace(region, surplus)), [("file-key", "warning")], surplus)
    is_(findings("\ufeff" + NEW_GOOD.replace("\n", "\r\n")), [], "a BOM, and lines that end by CRLF")


def virtual() -> None:
    """Each rule about virtual devices, with a near miss."""
    net = 'id = "n", model = "virtio-net", guest_mac = '
    mac = "[2, 0, 0, 0, 0, 1]"
    serial = 'id = "s", model = "uart16550-mmio"'
    host = 'backend = { type = "host-console" }'
    null = 'backend = { type = "null" }'
    for code, arch, bad, near in (
            ("virtual-id", "", 'id = "", model = "virtio-blk"', 'id = "-", model = "virtio-blk"'),
            ("virtual-id", "", 'id = "caf\u00e9", model = "virtio-blk"',
             'id = "a_b@1.c-D", model = "virtio-blk"'),
            ("virtual-id", "", 'id = "a", model = "virtio-blk" }, { id = "a", model = "virtio-blk"',
             'id = "a", model = "virtio-blk" }, { id = "A", model = "virtio-blk"'),
            ("virtual-id", "aarch64", 'id = "vgic", model = "virtio-blk"',
             'id = "plic", model = "virtio-blk"'),
            ("virtual-model", "", 'id = "a", model = ""', 'id = "a", model = "virtio-blk"'),
            ("virtual-model", "", 'id = "a", model = "virtio_blk"',
             'id = "a", model = "virtio-blk"'),
            ("virtual-model", "", 'id = "a", model = "virtio-net-mmio"', f"{net}{mac}"),
            ("virtual-model", "", 'id = "console0", model = "virtio-blk"',
             'id = "console0", model = "pl011-mmio"'),
            ("virtual-model", "x86_64", 'id = "a", model = "ivc-channel"',
             'id = "a", model = "uart16550-pio"'),
            ("virtual-model", "riscv64", 'id = "a", model = "uart16550-pio"',
             'id = "a", model = "ivc-channel"'),
            ("virtual-model", "loongarch64", serial, serial.replace('"s"', '"console0"')),
            ("virtual-model", "", f"{serial}, {host}", f"{serial}, {null}"),
            ("virtual-model", "",
             f'id = "console0", model = "pl011-mmio" }}, {{ {serial}, {host}',
             f'id = "console0", model = "pl011-mmio", {null} }}, {{ {serial}, {host}'),
            ("virtual-option", "", f"{net}{mac}, irq_id = 1", f"{net}{mac}, irq = [1.5]"),
            ("virtual-option", "", f"{net}{mac}, x = [{{ y = {2**63} }}]",
             f"{net}{mac}, x = [{{ y = {2**63 - 1} }}]"),
            ("virtual-option", "", net.removesuffix(", guest_mac = "), f"{net}{mac}"),
            ("virtual-option", "", f"{net}[2, 0, 0, 0, 0]", f"{net}[2, 0, 0, 0, 0, 0]"),
            ("virtual-option", "", f"{net}[0, 0, 0, 0, 0, 0]", f"{net}[0, 0, 0, 0, 0, 1]"),
            ("virtual-option", "", f"{net}[1, 0, 0, 0, 0, 1]", f"{net}[254, 0, 0, 0, 0, 255]"),
            ("virtual-option", "", f"{net}[2, 0, 0, 0, 0, true]", f"{net}{mac}"),
            ("virtual-option", "", f"{serial}, clock_hz = {2**32}",
             f"{serial}, clock_hz = {2**32 - 1}"),
            ("virtual-option", "", f"{serial}, register_width = 3", f"{serial}, register_width = 8"),
            ("virtual-option", "", f"{serial}, register_shift = 256",
             f"{serial}, register_shift = 255"),
            ("virtual-option", "", f'{serial}, backend = "null"', f"{serial}, {null}"),
            ("virtual-option", "", f"{serial}, backend = {{ kind = 'null' }}",
             f"{serial}, backend = {{ type = 'null', x = 1 }}"),
            ("virtual-option", "", f"{serial}, colour = 1", serial),
            ("virtual-option", "aarch64", 'id = "a", model = "virtio-blk", transport = "pci"',
             'id = "a", model = "virtio-blk", transport = "mmio"'),
            ("virtual-option", "", 'id = "a", model = "ivc-channel", length = 1',
             'id = "a", model = "ivc-channel"'),
            *(("virtual-option", "", f'id = "a", model = "virtio-blk", {bad}',
               f'id = "a", model = "virtio-blk", {near}') for bad, near in (
                ('path = ""', 'path = "/a"'), ('filesystem = "fat"', 'filesystem = "ext4"'),
                ("read_only = 1", "read_only = true"), ('backend = "disk"', 'backend = "ramdisk"'),
                ('backend = "ramdisk", path = "/a"', 'backend = "file", path = "/a"'),
                ('capacity = "0MiB"', 'capacity = "1mib"'), ('capacity = "8"', 'capacity = "8GB"'),
                ('capacity = "513B"', 'capacity = "512B"'),
                (f'capacity = "{2**64}B"', f'capacity = "{2**64 - 512}B"'),
                ("capacity_sectors = 0", "capacity_sectors = 1"),
                ('capacity = "8MiB", capacity_sectors = 1', 'capacity = "8MiB"')))):
        options = [f"--arch={arch}"] if arch else []
        for text, wanted in ((bad, [(code, "error")]), (near, [])):
            text = NEW.replace("@", f"{{ {text} }}")
            given = [one for one in findings(text, *options) if one[0].startswith("virtual-")]
            is_(given, wanted, text[text.index("virtual = "):])
    is_(findings(NEW.replace("@", "7")), [("file-value", "error")], "no table")


def descriptions() -> None:
    text = NEW.replace("@", f"{BLK}, {{ id = 'n', model = 'ivc-channel' }}") + (
        'passthrough = [["/soc/uart"]]\ndisabled = [["/soc/rtc"]]\n')
    text = lint(write("a.toml", text), before=()).stdout
    for line in ("guest type  virtualized", '"/soc/uart"', '"/soc/rtc"', '"a"  virtio-blk',
                 '"n"  ivc-channel'):
        ok(line in text, line, text)
    ok("of the machine" not in text, "no architecture, no devices of it", text)
    for arch, device in (("aarch64", "gic-distributor"), ("loongarch64", "fw-cfg")):
        text = lint("--arch", arch, "a.toml", before=()).stdout
        ok("  devices of the machine\n" in text and f"  {device}\n" in text, device, text)
    ok("interrupts" not in text, "what the format has not", text)
    for options in (["--map"], ["--svg", "a.svg"]):
        is_(lint(*options, "a.toml", before=()).returncode, 0, str(options))


run_tests(formats, texts, machines, releases, values, virtual, descriptions)
done()
