# SPDX-License-Identifier: Apache-2.0
"""axvm-lint --schema: what it refuses, a JSON Schema validator says, and so does axvm-lint."""

import copy
import datetime
import json
import os
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tap

tap.need_library()

from axvm_types import LayoutLimits, Model, Severity  # noqa: E402
from axvm_lint.checking.machine import check_machine  # noqa: E402
from axvm_lint.checking.virtual import check_virtual  # noqa: E402
from axvm_lint.optional import optional_module  # noqa: E402
from axvm_lint.reading.file_format import NEW_MODELS, OLD_MODELS, format_of  # noqa: E402
from axvm_lint.reading.reader import read_file  # noqa: E402
from axvm_lint.schema.types import Word  # noqa: E402
from axvm_lint.schema.versions import SCHEMAS  # noqa: E402
import toml_1_1  # noqa: E402
from file_format_good import ARCHES  # noqa: E402
from file_format_random import random_file  # noqa: E402
from linting import GOOD, SRCDIR, has_module, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402

# What axvm-lint refuses by these codes, a schema sees as well.
SEEN = {"file-key", "file-value", "file-format", "memory-map-type"}
NAMES = [model.name for model in SCHEMAS]

TODAY = """\
[base]
id = 1
name = "guest"
guest_type = "virtualized"
cpu_num = 1
phys_cpu_ids = [0]

[kernel]
entry_point = 0x8020_0000
kernel_path = "/guest/Image"
kernel_load_addr = 0x8020_0000
image_location = "fs"
boot_protocol = "direct"
memory_regions = [[0x8000_0000, 0x1000_0000, 7, 0]]

[devices]
passthrough = [{ path = "/soc/uart@1" }, ["/soc/uart@2"]]
disabled = [["/soc/rtc"]]

[[devices.virtual]]
id = "disk0"
model = "virtio-blk"
path = "/guest/disk"

[[devices.virtual]]
id = "net0"
model = "virtio-net"
guest_mac = [82, 84, 0, 1, 2, 3]
"""

# Values of every type, and numbers at the edges.
VALUES: tuple[Any, ...] = (
    0, 1, 3, -1, 2**63, 2**64 - 1, 2**64, 1.5, 1.0, True, False, "", "x", "fs", "direct", "kernel", "pt",
    "virtualized", [], [0], [1.0], ["x"], [[]], [[0]], [["/a"]], [[0, 4096, 7, 0]], [[0, 4096, 7, 3]],
    [[0, 4096, 7]], [[0, 4096, 7, 0, 9]], [{}], [{"path": "/a"}], [{"path": "/a", "irq": 1}],
    [{"gpa": 0, "size": 4096, "flags": 7, "map_type": 0, "more": 1}],
    [{"id": "a", "model": "ivc-channel"}], {}, {"a": 1}, datetime.date(1979, 5, 27))


def schema_for(name: str) -> dict:
    return json.loads(lint("--schema", f"--model={name}", before=()).stdout)


def output() -> None:
    texts = {name: lint("--schema", f"--model={name}", before=()).stdout for name in NAMES}
    run = lint("--schema", before=())
    is_((run.returncode, run.stderr), (0, ""), "it is printed")
    ok(run.stdout == texts["0.7.3"], "of the newest version by default")
    is_(lint("--schema", "--axvisor=0.5.20", before=()).stdout, texts["0.7"], "or that of a release")
    is_(len(set(texts.values())), len(NAMES), "each version has one of its own")
    write("good.toml", GOOD)
    for arguments, words in (
            (["good.toml"], "name files, or use one of"), (["--model=0.6"], "'0.6' is not 0.5"),
            (["--list-codes"], "do not go together"), (["--axvisor=0.8.3", "--model=0.5"], "not allowed")):
        run = lint("--schema", *arguments, before=())
        ok(run.returncode == 2 and words in run.stderr and not run.stdout, f"{arguments} is wrong usage",
           run.stderr)
    for model, schema in SCHEMAS.items():
        tables = json.loads(texts[model.name])["properties"]
        is_([*tables], [*schema.tables], f"{model.name}: the tables")
        for name, table in schema.tables.items():
            members = tables[name]["properties"]
            known = {key: value for key, value in members.items() if value is not False}
            is_([*known], [*table.keys], f"{model.name}: the keys of {name}")
            is_(tables[name].get("required", []), [key for key, rule in table.keys.items() if rule.required],
                f"{model.name}: what {name} needs")
            is_([key for key in known if known[key].get("deprecated")],
                [key for key in ("vm_type", "disk_path") if key in known
                 and (key, model) != ("vm_type", Model.V0_5) and (key, model) != ("vm_type", Model.V0_7)],
                f"{model.name}: what is old in {name}")
            for key, rule in table.keys.items():
                is_((known[key]["description"], known[key].get("default")), (rule.about, rule.default),
                    f"{model.name}: {name}.{key}")


def words() -> None:
    """The words of a key are all that the library reads: names, and aliases in the old format."""
    literals = set(re.findall(r'"([a-z_-]+)"', (SRCDIR / "src/vm.c").read_text()))
    seen = set()
    for model, schema in SCHEMAS.items():
        for table in schema.tables.values():
            for key, rule in table.keys.items():
                if not isinstance(rule.type, Word):
                    continue
                kind = rule.type.kind
                seen.add(kind.__name__)
                own = {value.name for value in kind.all()}
                known = {word for word in literals if kind.from_name(word)}
                ok(own < known, f"{key}: it has aliases")
                is_(set(rule.type.json_schema()["enum"]), own if model in NEW_MODELS else known,
                    f"{model.name}: {key}")
    is_(seen, {"BootProtocol", "InterruptMode", "AddressSpacePolicy"}, "each kind of words")


class Validators:
    """A validator of each version's schema.

    TOML distinguishes 1.0 from 1, which JSON does not; and the patterns are of ECMAScript, where $ is the
    end and nothing else.
    """

    def __init__(self) -> None:
        jsonschema = optional_module("jsonschema")
        dialect = jsonschema.Draft202012Validator
        checker = dialect.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
        strict = jsonschema.validators.extend(dialect, type_checker=checker)
        self._validators = {}
        for name in NAMES:
            schema = schema_for(name)
            dialect.check_schema(schema)
            self._validators[name] = strict(json.loads(json.dumps(schema).replace('$"', '\\\\Z"')))

    def refusal(self, name: str, document: dict) -> str | None:
        """Why a version's schema refuses a document."""
        error = next(self._validators[name].iter_errors(document), None)
        return None if error is None else f"{error.json_path}: {error.message}"


def findings(document: dict, model: Model) -> list[tuple[str, str]]:
    """The code and message of each error that axvm-lint finds for a version."""
    found: list[Any] = []
    vm, found[:] = read_file("a.toml", document, format_of(document), (model,), (model,), None)
    if vm:
        found += check_virtual(vm, None, (model,))
        check_machine([vm], [LayoutLimits(model=model)], found.append)
    return [(finding.code.name, finding.message) for finding in found
            if finding.severity == Severity.ERROR]


def agree(validators: Validators, document: dict, model: Model, counts: Counter | None = None) -> None:
    """Whether schema and check refuse the same; the check refuses more, by other codes."""
    refusal = validators.refusal(model.name, document)
    errors = findings(document, model)
    seen = [error for error in errors if error[0] in SEEN and "NUL" not in error[1]]
    if refusal is None:
        ok(not seen, f"{model.name}: the schema refuses what the check does", str(seen), repr(document))
    else:
        ok(errors, f"{model.name}: the check refuses what the schema does", refusal, repr(document))
    if counts is not None:
        counts[refusal is None] += 1


def samples() -> None:
    validators = Validators()
    known = sorted((SRCDIR / "examples").rglob("*.toml"))
    ok(len(known) > 3, "some samples")
    for path in known:
        document = tomllib.loads(path.read_text())
        readers = {"old": OLD_MODELS, "broken": ()}.get(path.parent.name, NEW_MODELS)
        for model in SCHEMAS:
            refusal = validators.refusal(model.name, document)
            is_(refusal is None, model in readers, f"{path.name} for {model.name}: {refusal}")
    for variable in ("AXVM_VMS_DIR", "AXVM_VMS_0_7_3_DIR"):
        folder = os.environ.get(variable)
        for path in sorted(Path(folder).rglob("*.toml")) if folder else ():
            try:
                document = toml_1_1.read(path.read_text(errors="replace"))
            except ValueError:
                continue
            for model in SCHEMAS:
                agree(validators, document, model)


# A change of a good file, for a version of each format; None takes a key out.
OLD_MISTAKES = (
    ("base.id", None), ("base.id", "7"), ("base.id", -1), ("base.name", 7), ("base.vm_type", "linux"),
    ("base.phys_cpu_ids", [True]), ("kernel.kernel_path", ""), ("kernel.entry_point", 2**64),
    ("kernel.image_location", "disk"), ("kernel.boot_protocol", "grub"), ("kernel.memory_regions", None),
    ("kernel.memory_regions", [[0, 1, 2]]), ("kernel.memory_regions", [[0, 4096, 7, 9]]),
    ("kernel.memory_regions", [{"gpa": 0}]), ("devices.emu_devices", [["a", 0, 1, 0]]),
    ("devices.emu_devices", [["a", 0, 1, 0, 1, ["x"]]]), ("devices.passthrough_devices", [[]]),
    ("devices.passthrough_devices", {}), ("devices.interrupt_mode", "some"),
    ("devices.excluded_devices", ["/a"]), ("base", None), ("devices", []), ("devices.virtual", []),
    ("kernel.enable_bios", 1))
TODAY_MISTAKES = (
    ("base.vm_type", "virtualized"), ("base.guest_type", "linux"), ("base.guest_type", 3), ("base.nam", "x"),
    ("extra", {}), ("kernel.boot_protocol", "efi"), ("kernel.memory_regions", [[0, 4096, 7]]),
    ("kernel.memory_regions", [[0, 4096, 7, 3]]), ("devices.emu_devices", []),
    ("devices.passthrough", [{"path": "/a", "irq": 1}]), ("devices.passthrough", [[]]),
    ("devices.passthrough", ["/a"]), ("devices.virtual", [["a", "virtio-net"]]),
    ("devices.virtual", [{"id": "a"}]), ("devices.virtual", [{"id": "a b", "model": "ivc-channel"}]),
    ("devices.virtual", [{"id": "a\n", "model": "ivc-channel"}]),
    ("devices.virtual", [{"id": "a", "model": "virtio-gpu"}]),
    ("devices.virtual", [{"id": "a", "model": "ivc-channel", "size": 1}]),
    ("devices.virtual", [{"id": "a", "model": "virtio-net"}]),
    ("devices.virtual", [{"id": "a", "model": "virtio-net", "guest_mac": [2, 0, 0, 0, 0]}]),
    ("devices.virtual", [{"id": "a", "model": "virtio-net", "guest_mac": [1, 0, 0, 0, 0, 0]}]),
    ("devices.virtual", [{"id": "a", "model": "virtio-net", "guest_mac": [2, 0, 0, 0, 0, 1], "irq_id": 1}]),
    ("devices.virtual", [{"id": "a", "model": "virtio-blk", "capacity": "0MiB"}]),
    ("devices.virtual", [{"id": "a", "model": "virtio-blk", "capacity": "8MiB", "capacity_sectors": 8}]),
    ("devices.virtual", [{"id": "a", "model": "virtio-blk", "backend": "ramdisk", "path": "/a"}]),
    ("devices.virtual", [{"id": "a", "model": "pl011-mmio", "backend": {"type": "pty"}}]),
    ("devices.virtual", [{"id": "a", "model": "pl011-mmio", "register_width": 3}]))
# What is near one of them, and is read.
OLD_NEAR = (
    ("base.vm_type", 9), ("extra", {}), ("base.nam", "x"), ("kernel.boot_protocol", "efi"),
    ("kernel.memory_regions", [[0, 4096, 7, 0, 1]]), ("devices.passthrough_devices", [["a"]]),
    ("devices.passthrough_devices", [{"name": "a", "more": 1}]), ("devices.interrupt_mode", "pt"))
TODAY_NEAR = (
    ("base", None), ("base.guest_type", 2), ("kernel.memory_regions", [[0, 4096, 7, 2, "x"]]),
    ("kernel.memory_regions", [{"gpa": 0, "size": 1, "flags": 0, "map_type": 0, "more": 1}]),
    ("devices.passthrough", [["/a", 1]]),
    ("devices.virtual", [{"id": "a", "model": "virtio-net", "guest_mac": [2, 0, 0, 0, 0, 1], "x": 1}]),
    ("devices.virtual", [{"id": "a", "model": "virtio-blk", "path": "/a", "capacity": "512b"}]),
    ("devices.virtual", [{"id": "a", "model": "pl011-mmio", "backend": {"type": "null"}}]))


def with_change(document: dict, path: str, value: Any) -> dict:
    changed = copy.deepcopy(document)
    *tables, key = path.split(".")
    inside = changed
    for table in tables:
        inside = inside[table]
    if value is None:
        del inside[key]
    else:
        inside[key] = value
    return changed


def cases() -> Iterator[tuple[Model, dict, Any, Any]]:
    for model in SCHEMAS:
        old = model in OLD_MODELS
        yield (model, tomllib.loads(GOOD if old else TODAY), OLD_MISTAKES if old else TODAY_MISTAKES,
               OLD_NEAR if old else TODAY_NEAR)


def mistakes() -> None:
    validators = Validators()
    for model, good, wrong, near in cases():
        is_(validators.refusal(model.name, good), None, f"{model.name}: a good file")
        is_(findings(good, model), [], f"{model.name}: that the check accepts")
        for path, value in wrong:
            document = with_change(good, path, value)
            ok(validators.refusal(model.name, document), f"{model.name}: {path} = {value!a} is refused")
            ok(findings(document, model), f"{model.name}: {path} = {value!a} is an error")
        for path, value in near:
            is_(validators.refusal(model.name, with_change(good, path, value)), None,
                f"{model.name}: {path} = {value!a} is accepted")
            agree(validators, with_change(good, path, value), model)


def every_key() -> None:
    """Each key with values of each type, and absent."""
    validators = Validators()
    for model, good, _, _ in cases():
        counts: Counter[bool] = Counter()
        for name, table in SCHEMAS[model].tables.items():
            for key in (*table.keys, "unknown"):
                for value in (*VALUES, None):
                    if value is not None or key in good[name]:
                        agree(validators, with_change(good, f"{name}.{key}", value), model, counts)
        for name in (*SCHEMAS[model].tables, "unknown"):
            for value in VALUES:
                agree(validators, with_change(good, name, value), model, counts)
        for key in SCHEMAS[model].tables["devices"].keys:
            for member in SCHEMAS[model].members(key):
                for value in VALUES:
                    entry = {known: 0 for known in SCHEMAS[model].members(key)} | {member: value}
                    for form in (entry, [*entry.values()], {member: value}):
                        agree(validators, with_change(good, f"devices.{key}", [form]), model, counts)
        ok(min(counts[True], counts[False]) > 100, f"{model.name}: some are good: {dict(counts)}")


def random_files() -> None:
    validators = Validators()
    chance = random.Random(27)
    counts: Counter[bool] = Counter()
    for number in range(400):
        try:
            document = toml_1_1.read(random_file(chance, ARCHES[number % 4]))
        except ValueError:
            continue
        for model in SCHEMAS:
            agree(validators, document, model, counts if model in NEW_MODELS else None)
    ok(min(counts[True], counts[False]) > 50, f"some are good: {dict(counts)}")


run_tests(output, words)
if has_module("jsonschema"):
    run_tests(samples, mistakes, every_key, random_files)
else:
    skip("validation", "this Python has no jsonschema")
done()
