# SPDX-License-Identifier: Apache-2.0
"""Random VM files of Axvisor 0.5.24 to 0.8.3: good ones in every form, and ones with mistakes.

A good file has nothing that the hypervisor's parser refuses, and nothing that it refuses later for
its boot protocol, device paths or virtual devices; its memory and addresses are arbitrary.
"""

import random
from collections.abc import Callable

from file_format_0_7_3 import FORBIDDEN, PROTOCOLS

ARCHES = ("aarch64", "x86_64", "riscv64", "loongarch64")

_DEVICE_TREE = {"aarch64", "riscv64"}
_SERIAL = {"aarch64": "pl011-mmio", "riscv64": "uart16550-mmio", "x86_64": "uart16550-pio",
           "loongarch64": "uart16550-mmio"}

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

Value = str | list
Pairs = list[tuple[str, Value]]


class File:
    """A good file, until something is changed.

    Keys have the TOML text of their value or a list of entries, each its text or a table.
    """

    def __init__(self, chance: random.Random, arch: str) -> None:
        self.chance = chance
        self._toml_1_1 = chance.random() < 0.5
        self.tables: dict[str, Pairs] = {"base": _base(chance), "kernel": _kernel(chance, arch),
                                         "devices": _devices(chance, arch)}
        # Lines before and after all tables.
        self.first: list[str] = []
        self.more: list[str] = []

    def get(self, table: str, key: str) -> list:
        """The list of that key, which is added where it is absent."""
        pairs = self.tables[table]
        for known, value in pairs:
            if known == key and isinstance(value, list):
                return value
        self.put(table, key, [])
        return self.tables[table][-1][1]

    def put(self, table: str, key: str, value: Value) -> None:
        """Set a key, in place of one of that name."""
        self.drop(table, key)
        self.tables[table].append((key, value))

    def drop(self, table: str, *keys: str) -> None:
        self.tables[table] = [pair for pair in self.tables[table] if pair[0] not in keys]

    def device(self, **options: str) -> dict[str, str]:
        """A virtual device of the file, with some options set."""
        devices = [one for one in self.get("devices", "virtual") if isinstance(one, dict)]
        if not devices:
            devices = [{"id": '"n0"', "model": '"virtio-net"', "guest_mac": "[2, 0, 0, 0, 0, 1]"}]
            self.get("devices", "virtual").append(devices[0])
        device = self.chance.choice(devices)
        device.update(options)
        return device

    def text(self) -> str:
        chance = self.chance
        heads, bodies = [f"{line}\n" for line in self.first], []
        for table, pairs in self.tables.items():
            style = chance.choice(("header", "header", "header", "dotted", "inline"))
            if not pairs:
                # One table at least: a file without any is no VM file to axvm-lint.
                if table == "base" or chance.random() < 0.5:
                    bodies.append(f"[{table}]\n")
            elif style == "header":
                bodies.append(self._header(table, pairs))
            elif style == "dotted":
                heads += [f"{table}.{key} = {self._value(value)}\n" for key, value in pairs]
            else:
                heads.append(f"{table} = {self._inline(pairs)}\n")
        chance.shuffle(heads)
        chance.shuffle(bodies)
        text = "".join(heads + bodies + [f"{line}\n" for line in self.more])
        if chance.random() < 0.1:
            text = text.replace("\n", "\r\n")
        return chance.choice(("", "", "", "\ufeff")) + text

    def _header(self, table: str, pairs: Pairs) -> str:
        inside, after = [f"[{table}]{self._comment()}\n"], []
        for key, value in pairs:
            is_tables = value and isinstance(value, list) and all(
                isinstance(entry, dict) for entry in value)
            if is_tables and self.chance.random() < 0.6:
                for entry in value:
                    after.append(f"[[{table}.{key}]]\n")
                    after += [f"{name} = {one}{self._comment()}\n" for name, one in entry.items()]
            else:
                inside.append(f"{key} = {self._value(value)}{self._comment()}\n")
        return "".join(inside + after)

    def _value(self, value: Value) -> str:
        if isinstance(value, str):
            return value
        entries = [self._inline(list(entry.items())) if isinstance(entry, dict) else entry
                   for entry in value]
        between, end = self.chance.choice(((", ", ""), (", ", ","), (",\n    ", " # x\n")))
        return f"[{between.join(entries)}{end if entries else ''}]"

    def _inline(self, pairs: Pairs) -> str:
        written = [f"{key} = {self._value(value)}" for key, value in pairs]
        forms = [("{ ", ", ", " }"), ("{", ",", "}")]
        if self._toml_1_1:
            forms += [("{ ", ", ", ", }"), ("{ # x }\n", "\n, ", "\n}"),
                      ("{\n", ",\n\n", ", # ,\n}")]
        begin, between, end = self.chance.choice(forms)
        return begin + between.join(written) + end if written else "{ }"

    def _comment(self) -> str:
        return self.chance.choice(("", "", "", "  # 'x\"", " #"))


def random_file(chance: random.Random, arch: str) -> str:
    """A file for a guest of that architecture: half of them good, half with one or two mistakes.

    Some of the mistakes are near misses, and leave a good file.
    """
    file = File(chance, arch)
    if chance.random() < 0.5:
        for _ in range(chance.choice((1, 1, 2))):
            chance.choice(MISTAKES)(file, chance)
    return file.text()


def _number(chance: random.Random) -> str:
    number = chance.choice((0, 1, 2, 0x4020_0000, 2**63 - 1, 2**63, 2**64 - 1,
                            chance.randrange(2**64)))
    return chance.choice((str(number), f"{number:#x}", f"{number:#_x}", f"{number:_}",
                          f"{number:#o}", f"{number:#b}"))


def _numbers(chance: random.Random) -> str:
    return f"[{', '.join(_number(chance) for _ in range(chance.randrange(4)))}]"


def _string(chance: random.Random) -> str:
    return chance.choice(('"guest"', "'it'", '"""a\n"b" """', "'''/a'''", '"\\x41\\e"',
                          '"caf\\u00e9"', '"\u4e2d"', '"# [x] { , }"', '"a\\"b"', "'\\'"))


def _some(chance: random.Random, *pairs: tuple[str, str]) -> Pairs:
    return [pair for pair in pairs if chance.random() < 0.7]


def _base(chance: random.Random) -> Pairs:
    guest = ('"virtualized"', '"passthrough"', "0", "1", "2", "0x2")
    return _some(chance, ("id", _number(chance)), ("name", _string(chance)),
                 (chance.choice(("guest_type", "vm_type")), chance.choice(guest)),
                 ("cpu_num", _number(chance)), ("phys_cpu_ids", _numbers(chance)),
                 ("phys_cpu_sets", _numbers(chance)))


def _kernel(chance: random.Random, arch: str) -> Pairs:
    pairs = _some(chance, ("entry_point", _number(chance)), ("kernel_path", '"/guest/Image"'),
                  ("kernel_load_addr", _number(chance)), ("dtb_path", '"/guest/a.dtb"'),
                  ("dtb_load_addr", _number(chance)), ("ramdisk_path", "'/guest/initrd'"),
                  ("ramdisk_load_addr", _number(chance)),
                  ("image_location", chance.choice(('"fs"', '"memory"'))))
    regions = [_region(chance) for _ in range(chance.randrange(4))]
    pairs += [*_some(chance, ("memory_regions", regions)),
              ("cmdline", chance.choice(('"quiet"', "'a=b'", '"\\x20\\e"'))),
              *_boot(chance, arch)]
    chance.shuffle(pairs)
    return pairs


def _region(chance: random.Random) -> str | dict[str, str]:
    members = [_number(chance), _number(chance), _number(chance), chance.choice("012")]
    if chance.random() < 0.4:
        more = chance.choice(({}, {"name": '"ram"'}, {"gpa_": "[1.5]"}))
        return dict(zip(("gpa", "size", "flags", "map_type"), members)) | more
    return f"[{', '.join(members + chance.choice(([], [], ['99'], ['true', '{}'])))}]"


def _boot(chance: random.Random, arch: str) -> Pairs:
    """A boot protocol that starts on the architecture."""
    firmware = [("bios_path", '"/guest/bios"'), ("bios_load_addr", "0x8000")]
    boots = [("direct", _some(chance, ("enable_bios", "false"), *firmware,
                              ("uefi_firmware_path", '"/guest/uefi"')))]
    if arch not in _DEVICE_TREE:
        boots.append(("uefi", [("enable_bios", "true"), firmware[1], chance.choice((
            firmware[0], ("uefi_firmware_path", '"/guest/uefi"')))]))
    if arch == "x86_64":
        boots.append(("multiboot", [("enable_bios", "true"), *chance.choice((
            firmware, firmware[1:], []))]))
    protocol, pairs = chance.choice(boots)
    if protocol == "uefi" or chance.random() < 0.5:
        pairs = [*pairs, ("boot_protocol", f'"{protocol}"')]
    return pairs


def _devices(chance: random.Random, arch: str) -> Pairs:
    serial = {"id": '"console0"', "model": f'"{_SERIAL[arch]}"'}
    if chance.random() < 0.5:
        serial["backend"] = chance.choice(('{ type = "null" }', "{ type = 'host-console' }"))
    virtual = [
        serial,
        {"id": '"net.0"', "model": '"virtio-net"', "guest_mac": "[82, 0x54, 0, 1, 2, 3]",
         "note": chance.choice((str(2**63 - 1), str(-2**63), "-1", "[{ a = [0.5] }]"))},
        {"id": '"Net.0"', "model": '"virtio-net"', "guest_mac": "[2, 0, 0, 0, 0, 255]"},
        {"id": "'a_b@1-'", "model": '"virtio-blk"', "path": '"/guest/disk"', "read_only": "true"},
        {"id": '"disk"', "model": '"virtio-blk"', "backend": '"ramdisk"', "capacity": '"8MiB"'}]
    if arch in _DEVICE_TREE:
        virtual.append({"id": '"0"', "model": '"ivc-channel"'})
    virtual = chance.sample(virtual, chance.randrange(len(virtual)))
    # Each list has paths of its own; as strings "/a" and "/a/" are two.
    disabled = [_entry(chance, path) for path in ("/a", "//", "/soc/uart@9") if
                chance.random() < 0.4]
    passthrough = [_entry(chance, path) for path in ("/a/", "/soc", "/soc", "/x y") if
                   chance.random() < 0.4 and arch in _DEVICE_TREE]
    return _some(chance, ("passthrough", passthrough), ("disabled", disabled), ("virtual", virtual))


def _entry(chance: random.Random, path: str) -> str | dict[str, str]:
    return chance.choice(({"path": f'"{path}"'}, {"path": f"'{path}'"},
                          f'["{path}"]', f'["{path}", 1]'))


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
    file.tables["devices"] = [("emu_devices", "[]"), ("passthrough_devices", "[]"),
                              *_some(chance, *_OLD.items())[2:]]
    file.tables["devices"] = list(dict(file.tables["devices"]).items())


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
        file.get("devices", key).append(_entry(chance, "/both"))


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
