# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: the versions of the hypervisor, and how their findings join."""

import tap

tap.need_library()

from axvm_types import Arch, FindingCode, Model, Severity  # noqa: E402
from axvm_lint.findings import Finding, Owner  # noqa: E402
from axvm_lint.checking.join import Join, earlier_only  # noqa: E402
from axvm_lint.reading.versions import wanted  # noqa: E402
from linting import GOOD, changed, found, run_tests, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402

BOTH = Model.all()
LATER = (Model.V0_7,)
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def finding(model: Model, index: int, severity: Severity,
            code: FindingCode = FindingCode.DEVICE_OVERLAP) -> Finding:
    """A finding of a version about entry INDEX."""
    return Finding("a.toml", code, severity, f"{model.name} says", f"hint of {model.name}",
                   Owner("a.toml", 1, "emu_devices", index, "x"), models=(model,))


def early(*given: tuple) -> list[Finding]:
    return [finding(Model.V0_5, *one) for one in given]


def late(*given: tuple) -> list[Finding]:
    return [finding(Model.V0_7, *one) for one in given]


def join(earlier: list[Finding], later: list[Finding]) -> list[tuple]:
    """What is told of findings, the rest of 0.5 last: index, severity, text, versions."""
    def what(one: Finding) -> tuple:
        return one.code, one.a.index

    both = Join()
    for one in earlier:
        both.expect(what(one), one.severity)
    told = [both.later(what(one), one) for one in later]
    told += [earlier_only(one) for one in earlier if both.is_earlier_only(what(one))]
    ok(not both.has_rest(), "nothing is left")
    return [(one.a.index, one.severity, one.message, [model.name for model in one.models])
            for one in told]


def joins() -> None:
    is_(join([], []), [], "nothing")
    is_(join(early((0, ERROR)), late((0, ERROR))), [(0, ERROR, "0.7 says", ["0.5", "0.7"])],
        "equal ones are one, in the words of 0.7")
    is_(join(early((0, WARNING)), late((0, ERROR))),
        [(0, ERROR, "0.7 says (0.5: warning)", ["0.5", "0.7"])], "as severe as for 0.7")
    is_(join(early((0, ERROR)), late((0, NOTE))),
        [(0, NOTE, "0.7 says (0.5: error)", ["0.5", "0.7"])], "which may be less")
    is_(join([], late((0, ERROR))), [(0, ERROR, "0.7 says (0.7 only)", ["0.7"])], "of 0.7 alone")
    is_(join(early((0, ERROR), (1, NOTE)), []),
        [(0, WARNING, "0.5 says (0.5 only)", ["0.5"]), (1, NOTE, "0.5 says (0.5 only)", ["0.5"])],
        "of 0.5 alone: a warning at most")
    is_([one[0] for one in join(early((0, ERROR), (2, ERROR), (4, ERROR)),
                                late((1, ERROR), (2, ERROR), (3, ERROR)))],
        [1, 2, 3, 0, 4], "in the order of 0.7, then of 0.5")
    is_(join(early((0, ERROR), (0, ERROR)), late((0, ERROR))),
        [(0, ERROR, "0.7 says", ["0.5", "0.7"]), (0, WARNING, "0.5 says (0.5 only)", ["0.5"])],
        "each takes one")
    is_(len(join(early((0, ERROR)), late((0, ERROR, FindingCode.DEVICE_NAME)))), 2,
        "codes differ")


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
            ([document(emu_devices=[{"emu_type": 3}])], None, LATER),
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
            if one["code"].startswith("file-"):
                is_(one["models"], models, f"{one['code']}, {arguments}")
    write("later.toml", GOOD.replace("id = 7", "id = 8") + "passthrough_ports = []\nx = 1\n")
    for arguments, models in ((["later.toml"], [["0.7"]]),
                              (["--separate", "later.toml", "bad.toml"], [["0.7"], ["0.5", "0.7"]]),
                              (["later.toml", "bad.toml"], [["0.7"], ["0.7"]])):
        is_([one["models"] for one in found(*arguments)[1] if one["code"] == "file-key"], models,
            f"what is used decides: {arguments}")


run_tests(joins, choices, options)
done()
