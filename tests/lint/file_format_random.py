# SPDX-License-Identifier: Apache-2.0
"""Random VM files of Axvisor 0.5.24 to 0.8.3: good ones, and ones with mistakes of every kind."""

import random
from collections.abc import Callable

from file_format_0_7_3 import FORBIDDEN, PROTOCOLS
from file_format_good import File, path_entry, some

_KINDS = {
    "integer": ("id", "cpu_num", "entry_point", "kernel_load_addr", "bios_load_addr",
                "dtb_load_addr", "ramdisk_load_addr"),
    "string": ("name", "kernel_path", "bios_path", "uefi_firmware_path", "dtb_path",
               "ramdisk_path", "cmdline", "image_location"),
    "integers": ("phys_cpu_ids", "phys_cpu_sets"),
    "boolean": ("enable_bios",),
    "type": ("guest_type", "vm_type"),
    "protocol": ("boot_protocol",),
    "regions": ("memory_regions",)}

_TOO_BIG = ("0x1_0000_0000_0000_0000", "18446744073709551616", "99999999999999999999999")
_WRONG = {
    "integer": ("-1", "1.5", "1.0", '"1"', "true", "[1]", "{ a = 1 }", "1979-05-27", "nan",
                *_TOO_BIG),
    "string": ("1", "true", '["/a"]', "0.5", "{}", "1979-05-27"),
    "integers": ("1", '"0"', "{}", '["0"]', "[-1]", "[1.5]", "[[0]]", "[true]",
                 *(f"[0, {number}]" for number in _TOO_BIG)),
    "boolean": ("0", "1", '"true"', "[true]", "{}"),
    "type": ("3", "4", "255", "256", "-1", "1.0", '"Virtualized"', '"pt"', '"1"', '""', "true",
             "[1]", *_TOO_BIG),
    "protocol": ('"kernel"', '"bios"', '"axvm-bios"', '"efi"', '"Direct"', '"UEFI"', '""', "0",
                 "true", '["direct"]', '{ direct = 1 }'),
    "regions": ("7", '"x"', "{}", "[7]", '["ram"]', "[[]]", "true")}

_REGIONS = (
    "[0, 0x1000, 7]", "[0, 0x1000]", "[0, 0x1000, 7, 3]", "[0, 0x1000, 7, 255]",
    "[0, 0x1000, 7, 256]", "[0, 0x1000, 7, -1]", '[0, 0x1000, 7, "alloc"]', "[0, 0x1000, 7, 1.0]",
    "[-1, 0x1000, 7, 0]", '["0", 0x1000, 7, 0]', "[0, 0x1000, true, 0]",
    f"[{_TOO_BIG[0]}, 0x1000, 7, 0]", f"[0, {_TOO_BIG[1]}, 7, 0]", f"[0, 0x1000, {_TOO_BIG[0]}, 0]",
    "{}", "{ gpa = 0, size = 0x1000, flags = 7 }", "{ gpa = 0, size = 0x1000, map_type = 0 }",
    "{ size = 0x1000, flags = 7, map_type = 0 }", "{ gpa = 0, flags = 7, map_type = 0 }",
    "{ gpa = 0, size = 0x1000, flags = 7, map_type = 3 }",
    "{ gpa = 0, size = 0x1000, flags = 7, maptype = 0 }",
    '{ gpa = 0, size = "1M", flags = 7, map_type = 0 }')

_UNKNOWN = {
    "base": ("Name", "names", "vcpus", "dedicated_cpus", "phys_cpu_priorities", "guest-type"),
    "kernel": ("Entry_point", "kernel_load_addrs", "boot_source", "firmware", "disk_path", "gpa",
               "memory_region", "id"),
    "devices": ("pass_through", "passthroughs", "disable", "virtuals", "emulated", "deny")}
_OLD = {"emu_devices": "[]", "passthrough_devices": '[["/"]]', "passthrough_addresses": "[]",
        "passthrough_ports": "[]", "excluded_devices": '[["/a"]]', "interrupt_mode": '"pt"',
        "address_space_policy": '"virtualized"'}
_TOP = ("[machine]\nname = 'm'", "[memory]", "[[memory.regions]]\nsize = 1",
        "[scheduling]\npolicy = 'rr'", "[Base]\nid = 1", "[vm]", "[[device]]", "[kernels]")

_ENTRIES = ('"/x"', "{}", '{ path = "/x", irq = 1 }', '{ name = "/x" }', '{ Path = "/x" }', "7",
            "[]", "[1]", "{ path = 1 }", '{ path = ["/x"] }', '[["/x"]]', "true")
_PATHS = ('"/"', '""', '"x"', '"soc/uart@1"', '" /x"', '"./x"', '"\\\\x"')

_NAMES = ('""', '"a b"', '"a/b"', '"caf\u00e9"', '"a:b"', '"\u0661"', '"a\\n"', "1", "true")

_TOML = ('x"', '"x', "", "[", "]", "{ a = 1", "{ a = 1, , b = 2 }", "{ , }", "{ a = 1 b = 2 }",
         "{ a\n= 1 }", "{ a = 1\nb = 2 }", '{ a = "x\n, b" }', "01", "0x", "0X1", "1__0", "_1",
         "+0x1", '"\\q"', '"\\x4"', '"\\u12"', "'a\nb'", '"a\nb"', "True", "1 2", "[1 2]",
         "[1,,2]", "{ a = 1, a = 2 }", '"\x01"', "1\nx", "= 1", '"""x""')


def random_file(chance: random.Random, arch: str) -> str:
    """A file for a guest of that architecture: half of them good, half with one or two mistakes.

    Some of the mistakes are near misses, and leave a good file.
    """
    file = File(chance, arch)
    if chance.random() < 0.5:
        for _ in range(chance.choice((1, 1, 2))):
            chance.choice(MISTAKES)(file, chance)
    return file.text()


def _mistaken_type(file: File, chance: random.Random) -> None:
    kind = chance.choice(list(_KINDS))
    key = chance.choice(_KINDS[kind])
    is_base = key in {"id", "name", "cpu_num"} or kind in {"integers", "type"}
    if kind == "type":
        file.drop("base", *_KINDS["type"])
    file.put("base" if is_base else "kernel", key, chance.choice(_WRONG[kind]))


def _mistaken_list(file: File, chance: random.Random) -> None:
    key = chance.choice(("passthrough", "disabled", "virtual"))
    file.put("devices", key, chance.choice(("7", '"/x"', "{}", '{ path = "/x" }', "true",
                                            '{ id = "x", model = "ivc-channel" }')))


def _unknown_key(file: File, chance: random.Random) -> None:
    table = chance.choice(list(_UNKNOWN))
    file.put(table, chance.choice(_UNKNOWN[table]), chance.choice(("1", '"x"', "[]", "{}")))


def _unknown_table(file: File, chance: random.Random) -> None:
    file.more.append(chance.choice(_TOP))


def _unknown_at_top(file: File, chance: random.Random) -> None:
    file.first.append(chance.choice(("x = 1", "id = 1", "memory_regions = []", 'Base.id = 1',
                                     "guest_type = 2", "machine = { cpus = 1 }", "kernels = []")))


def _old_keys(file: File, chance: random.Random) -> None:
    for key in chance.sample(list(_OLD), chance.randrange(1, len(_OLD))):
        file.put("devices", key, _OLD[key])


def _old_file(file: File, chance: random.Random) -> None:
    file.drop("base", *_KINDS["type"])
    file.put("base", "vm_type", "1")
    required = {"emu_devices": "[]", "passthrough_devices": "[]"}
    file.tables["devices"] = list((required | dict(some(chance, *_OLD.items()))).items())


def _twice(file: File, chance: random.Random) -> None:
    table = chance.choice(list(file.tables))
    pairs = file.tables[table]
    if pairs and chance.random() < 0.7:
        pairs.append(chance.choice(pairs))
    else:
        file.more.append(f"[{table}]\n[{table}]")


def _both_names(file: File, chance: random.Random) -> None:
    value = chance.choice(('"virtualized"', "2"))
    file.put("base", "guest_type", value)
    file.put("base", "vm_type", value)


def _mistaken_region(file: File, chance: random.Random) -> None:
    file.get("kernel", "memory_regions").append(chance.choice(_REGIONS))


def _mistaken_boot(file: File, chance: random.Random) -> None:
    file.drop("kernel", "boot_protocol", "enable_bios", "bios_path", "uefi_firmware_path",
              "bios_load_addr")
    for key, values in (("boot_protocol", [f'"{word}"' for word in PROTOCOLS]),
                        ("enable_bios", ["true", "false"]), ("bios_path", ['"/guest/b"']),
                        ("uefi_firmware_path", ['"/guest/u"']), ("bios_load_addr", ["0x8000"])):
        value = chance.choice([*values, None])
        if value:
            file.put("kernel", key, value)


def _list_of_paths(chance: random.Random) -> str:
    return chance.choice(("passthrough", "disabled"))


def _mistaken_entry(file: File, chance: random.Random) -> None:
    file.get("devices", _list_of_paths(chance)).append(chance.choice(_ENTRIES))


def _mistaken_path(file: File, chance: random.Random) -> None:
    path = chance.choice(_PATHS)
    file.get("devices", _list_of_paths(chance)).append(
        chance.choice(({"path": path}, f"[{path}]")))


def _path_in_both(file: File, chance: random.Random) -> None:
    for key in ("passthrough", "disabled"):
        file.get("devices", key).append(path_entry(chance, "/both"))


def _mistaken_device(file: File, chance: random.Random) -> None:
    file.get("devices", "virtual").append(chance.choice((
        '["n9", "virtio-net"]', "7", '"virtio-net"', "{}", '{ id = "n9" }',
        '{ model = "virtio-net" }', '{ Id = "n9", model = "virtio-net" }')))


def _mistaken_id(file: File, chance: random.Random) -> None:
    file.device(id=chance.choice(_NAMES))


def _mistaken_model(file: File, chance: random.Random) -> None:
    file.device(model=chance.choice((*_NAMES, '"Virtio-net"', '"virtio_net"', '"virtio@net"')))


def _id_twice(file: File, chance: random.Random) -> None:
    device = file.device()
    file.get("devices", "virtual").append(
        {"id": device["id"], "model": '"virtio-net"', "guest_mac": "[2, 0, 0, 0, 0, 2]"})


def _forbidden_option(file: File, chance: random.Random) -> None:
    file.device(**{chance.choice(FORBIDDEN): chance.choice(("0", '"x"', "[]", "0x1000"))})


def _big_option(file: File, chance: random.Random) -> None:
    number = chance.choice((str(2**63), str(2**64 - 1), str(-2**63 - 1), _TOO_BIG[0]))
    file.device(note=chance.choice((number, f"[0, {number}]", f"{{ a = [{{ b = {number} }}] }}")))


def _not_toml(file: File, chance: random.Random) -> None:
    table, key = chance.choice((("base", "name"), ("kernel", "cmdline"), ("devices", "virtual")))
    file.put(table, key, chance.choice(_TOML))


Mistake = Callable[[File, random.Random], None]

MISTAKES: tuple[Mistake, ...] = (
    _mistaken_type, _mistaken_type, _mistaken_list, _unknown_key, _unknown_table, _unknown_at_top,
    _old_keys, _old_file, _twice, _both_names, _mistaken_region, _mistaken_boot, _mistaken_boot,
    _mistaken_boot, _mistaken_entry, _mistaken_path, _path_in_both, _mistaken_device, _mistaken_id,
    _mistaken_model, _mistaken_model, _id_twice, _forbidden_option, _forbidden_option, _big_option,
    _not_toml)
