# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: the tables that say what a file of each version may contain."""

import tap

tap.need_library()

from axvm_types import Model, Severity  # noqa: E402
from axvm_lint.reading.reader import read  # noqa: E402
from axvm_lint.schema.keys import Entries, Key, Schema, Table  # noqa: E402
from axvm_lint.schema.types import FilePath, Integer, ListOf, String  # noqa: E402
from axvm_lint.schema.versions import KEYS, SCHEMAS, knowing, schema_of  # noqa: E402
from tap import done, is_, ok  # noqa: E402


def every_key(schema: Schema) -> list[tuple[str, Key]]:
    """All keys and members, each with its path."""
    found = []
    for name, table in schema.tables.items():
        for key, rule in table.keys.items():
            found.append((f"{name}.{key}", rule))
            found += [(f"{name}.{key}[].{member}", inner)
                      for member, inner in schema.members(key).items()]
    return found


def tables() -> None:
    is_(list(SCHEMAS), list(Model.all()), "a schema for each version, in order")
    for model, schema in SCHEMAS.items():
        keys = every_key(schema)
        ok(len(keys) > 30, f"{model.name}: dozens of keys")
        for path, key in keys:
            ok(key.about[:1].isupper() and key.about.endswith("."), f"{path}: a sentence", key.about)
            ok(not key.required or key.default is None, f"{path}: required, so without a default")
            if key.default is not None and not isinstance(key.type, Entries):
                value = key.type.read(key.default)
                is_(getattr(value, "name", value), key.default, f"{path}: the default can be read")
        named = [key for table in schema.tables.values() for key in table.keys]
        is_(len(named), len(set(named)), f"{model.name}: no key is in two tables")


def versions() -> None:
    is_([model.name for model in knowing("devices", "passthrough_ports")], ["0.7"], "in 0.7 only")
    is_([model.name for model in knowing("base", "id")], [model.name for model in SCHEMAS],
        "in all of them")
    is_(knowing("base", "passthrough_ports"), [], "in no other table")
    ok(schema_of((Model.V0_5, Model.V0_7)) is SCHEMAS[Model.V0_7], "the newest one counts")
    is_(KEYS, {(name, key) for schema in SCHEMAS.values() for name, table in schema.tables.items()
               for key in table.keys}, "the keys of all versions")


# A made-up version: other keys, all of them optional, and no unknown ones.
STRICT = Schema({
    "base": Table("The VM.", {"id": Key(Integer(), "Its number.", default=0)}, required=False),
    "kernel": Table("Its kernel.", {"kernel_path": Key(FilePath(), "Its image."),
                                    "flags": Key(ListOf(String()), "Words.")}, required=False),
    "devices": Table("Its devices.", {
        "passthrough": Key(Entries({"path": Key(String(), "Its path.", required=True)}),
                           "Devices of the host.", default=[])}, required=False),
}, unknown=Severity.ERROR, replaced={
    "devices.emu_devices": "Use devices.virtual.",
    "kernel.disk_path": "Add a virtio-blk device.",
})


def other_formats() -> None:
    """What a version with another format says by its schema alone."""
    def findings(**document: object) -> list[tuple[str, str, str]]:
        return [(finding.severity.name, finding.message, finding.hint)
                for finding in read("a.toml", document, STRICT, (Model.V0_7,))[1]]

    is_(findings(base={}), [], "no table and no key is needed")
    is_(findings(base={"id": 1}, kernel={"flags": ["a"]}), [], "nor is one that is known")
    is_(findings(devices={"emu_devices": []}),
        [("error", "devices.emu_devices: unknown to Axvisor 0.5.16 to 0.5.23: the file is refused",
          "Use devices.virtual. If the file is for Axvisor before 0.5.24, check it with "
          "--axvisor 0.5.23.")],
        "a key of another version, and what replaced it")
    is_(findings(kernel={"cmdline": ""}),
        [("error", "kernel.cmdline: unknown to Axvisor 0.5.16 to 0.5.23: the file is refused",
          "Remove it. If the file is for Axvisor of all releases, check it with --axvisor 0.8.3.")],
        "one that nothing replaced")
    is_(findings(kernel={"colour": 1}),
        [("error", "kernel.colour: Axvisor 0.8.3 does not know it, and refuses the file",
          "Remove it: the hypervisor refuses it.")],
        "a key of no version")
    is_(findings(kernel={"id": 1}),
        [("error", "kernel.id: Axvisor 0.8.3 does not know it, and refuses the file",
          "It belongs in [base]; here the hypervisor refuses it.")], "a key of another table")
    is_(findings(extra={}, base={})[0][:2], ("error", "extra: Axvisor 0.8.3 does not know it, and refuses the file"), "another table")
    is_([message for _, message, _ in findings(base={"id": -1}, kernel={"kernel_path": ""})],
        ["base.id: -1 is negative", "kernel.kernel_path: an empty string names no file"],
        "values are read")


tap.test(tables, versions, other_formats)
done()
