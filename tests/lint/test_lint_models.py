# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: the versions of the hypervisor, and how their findings join."""

import tap

tap.need_library()

from axvm_types import Arch, Model, Severity  # noqa: E402
from axvm_lint.checking.join import Join, remark, reported  # noqa: E402
from axvm_lint.reading.versions import wanted  # noqa: E402
from linting import GOOD, changed, found, run_tests, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402

BOTH = Model.V0_5, Model.V0_7
LATER = (Model.V0_7,)
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def join(*versions: tuple[Model, list[tuple[int, Severity]]]) -> list[tuple[int, str, str, str]]:
    """What is reported of findings, each a number and a severity: of the newest version first.

    The number, the severity all in all, the severities by version, what is added to the text.
    """
    models = [model for model, _ in versions]
    joined = Join(models)
    for model, findings in versions[:-1]:
        for what, severity in findings:
            joined.expect(model, what, severity)
    rows = []
    for model, findings in reversed(versions):
        for what, severity in findings:
            severities = joined.joined(model, what, severity)
            if severities:
                rows.append((what, reported(severities, models).name,
                             " ".join(f"{each.name}:{level.name}"
                                      for each, level in severities.items()),
                             remark(severities, models)))
    ok(not any(joined.has_rest(model) for model in models[:-1]), "nothing is left")
    return rows


def pair(earlier: list[tuple[int, Severity]], later: list[tuple[int, Severity]]) -> list[tuple]:
    return join((Model.V0_5, earlier), (Model.V0_7, later))


def joins() -> None:
    is_(pair([], []), [], "nothing")
    is_(pair([(0, ERROR)], [(0, ERROR)]), [(0, "error", "0.5:error 0.7:error", "")],
        "equal ones are one")
    is_(pair([(0, WARNING)], [(0, ERROR)]),
        [(0, "error", "0.5:warning 0.7:error", " (Axvisor before 0.5.16: warning)")], "as severe as for 0.7")
    is_(pair([(0, ERROR)], [(0, NOTE)]), [(0, "note", "0.5:error 0.7:note", " (Axvisor before 0.5.16: error)")],
        "which may be less")
    is_(pair([], [(0, ERROR)]), [(0, "error", "0.7:error", " (Axvisor 0.5.16 to 0.5.23 only)")],
        "of 0.7 alone")
    is_(pair([(0, ERROR), (1, NOTE)], []),
        [(0, "warning", "0.5:error", " (Axvisor before 0.5.16 only)"),
         (1, "note", "0.5:note", " (Axvisor before 0.5.16 only)")],
        "of 0.5 alone: a warning at most")
    is_([one[0] for one in pair([(0, ERROR), (2, ERROR), (4, ERROR)],
                                [(1, ERROR), (2, ERROR), (3, ERROR)])],
        [1, 2, 3, 0, 4], "in the order of 0.7, then of 0.5")
    is_(pair([(0, ERROR), (0, ERROR)], [(0, ERROR)]),
        [(0, "error", "0.5:error 0.7:error", ""), (0, "warning", "0.5:error", " (Axvisor before 0.5.16 only)")],
        "each takes one")
    is_(join((Model.V0_7, [(0, ERROR)])), [(0, "error", "0.7:error", "")], "a single version")


def three() -> None:
    """More versions than two."""
    def join3(*findings: list[tuple[int, Severity]]) -> list[tuple]:
        return [(what, level, added) for what, level, _, added in
                join(*zip((*BOTH, Model.V0_7_3), findings))]

    is_(join3([(0, ERROR)], [(0, ERROR)], [(0, ERROR)]), [(0, "error", "")], "in all three")
    is_(join3([(0, NOTE)], [(0, WARNING)], [(0, ERROR)]),
        [(0, "error", " (Axvisor before 0.5.16: note; 0.5.16 to 0.5.23: warning)")],
        "three severities")
    is_(join3([(0, NOTE)], [(0, NOTE)], [(0, ERROR)]), [(0, "error", " (Axvisor before 0.5.24: note)")], "two alike")
    is_(join3([(0, ERROR)], [(0, ERROR)], []), [(0, "warning", " (Axvisor before 0.5.24 only)")],
        "not in the newest: a warning at most")
    is_(join3([(0, NOTE)], [(0, ERROR)], []), [(0, "warning", " (Axvisor before 0.5.24 only; before 0.5.16: note)")],
        "nor alike in the others")
    is_(join3([(0, ERROR)], [], [(0, ERROR)]), [(0, "error", " (Axvisor before 0.5.16, 0.5.24 and later only)")],
        "not in the middle one")
    is_(join3([(2, ERROR)], [(1, ERROR), (2, ERROR)], [(0, ERROR)]),
        [(0, "error", " (Axvisor 0.5.24 and later only)"),
         (1, "warning", " (Axvisor 0.5.16 to 0.5.23 only)"),
         (2, "warning", " (Axvisor before 0.5.24 only)")], "in the order of the newest, then down")


def choices() -> None:
    def document(protocol: object = "direct", **devices: object) -> dict:
        return {"kernel": {"boot_protocol": protocol}, "devices": devices}

    later = document(passthrough_ports=[])
    for given, arch, models in (
            ([], None, BOTH), ([{}], None, BOTH), ([{"devices": 1, "kernel": []}], None, BOTH),
            ([document()], None, BOTH), ([later], None, LATER),
            ([document(), later], None, LATER),
            ([document(address_space_policy=3)], None, LATER),
            ([document(emu_devices=[["x", 0, 0, 0, 0x25, []]])], None, LATER),
            ([document(emu_devices=[{"emu_type": 3}])], None, BOTH),
            ([document(emu_devices=[{"emu_type": 3}])], Arch.LOONGARCH64, LATER),
            ([document(emu_devices=[{"emu_type": 3}])], Arch.AARCH64, BOTH),
            ([document("uefi", emu_devices=[{"emu_type": 3}])], None, LATER),
            ([document("uefi", emu_devices=[{"emu_type": 3}])], Arch.X86_64, BOTH),
            ([document(emu_devices=[{"emu_type": 3}, {"emu_type": 0x25}])], None, LATER),
            ([document(emu_devices=[["x", 0, 0, 0, 3, []], ["x", 0, 0, 0, 4, []]])], None, BOTH),
            ([document(emu_devices=[["x", 0, 0, 0], 3, {}, ["x", 0, 0, 0, "3"]])], None, BOTH),
            ([document(emu_devices=[["x", 0, 0, 0, 0x21, []]])], None, BOTH),
            ([document("efi")], Arch.LOONGARCH64, LATER), ([document("uefi")], None, BOTH),
            ([document("uefi")], Arch.X86_64, BOTH), ([document("direct")], Arch.LOONGARCH64, BOTH),
            ([document(3)], Arch.LOONGARCH64, BOTH)):
        is_(wanted(given, arch), models, f"versions for {given} on {arch}")


def options() -> None:
    write("vm.toml", changed("0x900_0000, 0x900_0000", "0x900_0000, 0x901_0000"))
    for arguments, models in ((["--model=0.5"], ["0.5"]), (["--model", "0.7"], ["0.7"]),
                              (["--model=0.7.1"], ["0.7"]), ([], ["0.5", "0.7"]),
                              (["--model=auto"], ["0.5", "0.7"])):
        _, findings = found(*arguments, "vm.toml", write("bad.toml", GOOD + "x = 1\n"), "none.toml",
                            "--separate")
        ok({"file-key", "file-syntax"} <= {one["code"] for one in findings}, "findings", str(findings))
        for one in findings:
            # What is not TOML is for no version, and so for all.
            if one["code"] == "file-syntax" and len(models) > 1:
                is_(one["models"], [model.name for model in Model.all()], f"all: {arguments}")
            elif one["code"].startswith("file-"):
                is_(one["models"], models, f"{one['code']}, {arguments}")
    write("later.toml", GOOD.replace("id = 7", "id = 8") + "passthrough_ports = []\nx = 1\n")
    for arguments, models in ((["later.toml"], [["0.7"]]),
                              (["--separate", "later.toml", "bad.toml"], [["0.7"], ["0.5", "0.7"]]),
                              (["later.toml", "bad.toml"], [["0.7"], ["0.7"]])):
        is_([one["models"] for one in found(*arguments)[1] if one["code"] == "file-key"], models,
            f"what is used decides: {arguments}")


run_tests(joins, three, choices, options)
done()
