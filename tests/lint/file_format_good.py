# SPDX-License-Identifier: Apache-2.0
"""Random good VM files of Axvisor 0.5.24 to 0.8.3, in every form that it reads.

They have nothing that the hypervisor's parser refuses, and nothing that it refuses later for the
boot protocol, a device path or a virtual device. Memory and addresses are arbitrary.
"""

import random

ARCHES = ("aarch64", "x86_64", "riscv64", "loongarch64")

_DEVICE_TREE = {"aarch64", "riscv64"}
_SERIAL = {"aarch64": "pl011-mmio", "riscv64": "uart16550-mmio", "x86_64": "uart16550-pio",
           "loongarch64": "uart16550-mmio"}

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


def some(chance: random.Random, *pairs: tuple[str, str | list]) -> Pairs:
    """Most of the pairs."""
    return [pair for pair in pairs if chance.random() < 0.7]


def _base(chance: random.Random) -> Pairs:
    guest = ('"virtualized"', '"passthrough"', "0", "1", "2", "0x2")
    return some(chance, ("id", _number(chance)), ("name", _string(chance)),
                (chance.choice(("guest_type", "vm_type")), chance.choice(guest)),
                ("cpu_num", _number(chance)), ("phys_cpu_ids", _numbers(chance)),
                ("phys_cpu_sets", _numbers(chance)))


def _kernel(chance: random.Random, arch: str) -> Pairs:
    pairs = some(chance, ("entry_point", _number(chance)), ("kernel_path", '"/guest/Image"'),
                 ("kernel_load_addr", _number(chance)), ("dtb_path", '"/guest/a.dtb"'),
                 ("dtb_load_addr", _number(chance)), ("ramdisk_path", "'/guest/initrd'"),
                 ("ramdisk_load_addr", _number(chance)),
                 ("image_location", chance.choice(('"fs"', '"memory"'))))
    regions = [_region(chance) for _ in range(chance.randrange(4))]
    pairs += [*some(chance, ("memory_regions", regions)),
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
    boots = [("direct", some(chance, ("enable_bios", "false"), *firmware,
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
    disabled = [path_entry(chance, path) for path in ("/a", "//", "/soc/uart@9") if
                chance.random() < 0.4]
    passthrough = [path_entry(chance, path) for path in ("/a/", "/soc", "/soc", "/x y") if
                   chance.random() < 0.4 and arch in _DEVICE_TREE]
    return some(chance, ("passthrough", passthrough), ("disabled", disabled), ("virtual", virtual))


def path_entry(chance: random.Random, path: str) -> str | dict[str, str]:
    """The entry of a device path, in a form that parses."""
    return chance.choice(({"path": f'"{path}"'}, {"path": f"'{path}'"},
                          f'["{path}"]', f'["{path}", 1]'))
