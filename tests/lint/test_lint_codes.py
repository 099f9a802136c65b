# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: for every code a configuration with one thing broken, and a near miss."""

import tap

tap.need_library()

from axvm_types import FindingCode  # noqa: E402
from code_cases import CASES, ID, OTHER, PLIC, Case, unmarked  # noqa: E402
from linting import GOOD, changed, found, lint, run_tests, telling, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402


def owner(found_owner: dict | None) -> tuple | None:
    if found_owner is None:
        return None
    start, end = found_owner["start"], found_owner["end"]
    return (found_owner["table"], found_owner["index"], found_owner["name"],
            start and int(start, 16), end and int(end, 16))


def check(number: int, case: Case) -> None:
    """One finding, as it should be, in JSON and in the text; then the near miss."""
    what = f"case {number}, {case.code}"
    files = ["a.toml", "b.toml"][:len(case.documents)]
    options = case.options.split()
    near_options = options if case.near_options is None else case.near_options.split()
    for file, document in zip(files, case.documents):
        write(file, unmarked(document))
    before = telling(case.code)
    status, findings = found(*options, *files, before=before)
    is_(status, 2 if case.code == "file-syntax" else int(case.severity == "error"),
        f"{what}: status")
    is_([(finding["code"], finding["severity"]) for finding in findings],
        [(case.code, case.severity)], f"{what}: that finding and no other")
    for finding in findings[:1]:
        is_((owner(finding["a"]), owner(finding["b"])), (case.a, case.b), f"{what}: owners")
        is_(finding["file"], "a.toml", f"{what}: file")
        if case.a:
            vm = int(case.new.split()[-1]) if case.old == ID != case.new else 7
            is_((finding["a"]["file"], finding["a"]["vm"]), ("a.toml", vm), f"{what}: VM of a")
        if case.b:
            hypervisor = case.b[0] == "hypervisor"
            vm = findings[0]["b"]["vm"]
            is_(finding["b"]["file"], None if hypervisor else files[-1], f"{what}: file of b")
            is_(vm, None if hypervisor else 7 if not case.second or case.code == "vm-id" else 8,
                f"{what}: VM of b")
        text = lint("-q", "--format=short", *options, *files, before=before).stdout
        # Files that are alternatives are mentioned in one more line.
        text = "".join(line for line in text.splitlines(True) if "--separate" not in line)
        is_(text, f"a.toml:{finding['line']}:{finding['column']}: {case.severity}[{case.code}]: "
            f"{finding['message']}\naxvm-lint: {len(files)} file{'s' if case.second else ''}: "
            f"1 {case.severity}\n", f"{what}: text")
    write(files[-1], changed(case.old, case.near, OTHER if case.second else case.base))
    is_(found(*near_options, *files, before=before), (0, []), f"{what}: the near miss")


def good() -> None:
    is_(found(write("a.toml", GOOD)), (0, []), "nothing about the good one")
    is_(found("a.toml", write("b.toml", OTHER)), (0, []), "nor about both")


def codes() -> None:
    for number, case in enumerate(CASES):
        if case.severity:
            check(number, case)


# Those of files of the new format have their cases in test_lint_0_7_3.py.
NEW_FORMAT = {"device-path", "machine-conflict", "file-format", "virtual-id", "virtual-model",
              "virtual-option"}
# Of what several files show together: machines() has those.
TOGETHER = {"file-machine"}

# Of --host-dtb: test_lint_board and test_lint_board_today have those.
WITH_TREE = {code.name for code in FindingCode.all() if code.name.startswith("tree-")}


def complete() -> None:
    is_({case.code for case in CASES if case.severity} | NEW_FORMAT | TOGETHER | WITH_TREE,
        {code.name for code in FindingCode.all()},
        "each code of the library has a case")


def files() -> None:
    """Findings between files name the other one; --separate has none of them."""
    write("a.toml", GOOD)
    write("b\x1b.toml", changed("44]", "33]", OTHER))
    text = lint("-q", "a.toml", "b\x1b.toml").stdout
    ok(r' has the same physical IRQ as b\x1b.toml: passthrough_devices[0] "can" GPA:' in text,
       "the other file", text)
    is_(found("--separate", "a.toml", "b\x1b.toml"), (0, []), "two machines")
    write("c.toml", changed("44]", "0]", changed("[0x300]", "[0x301]", changed(
        "[0x20]", "[0x40]", OTHER.replace("0x6000", "0x8000").replace("0x920", "0x940")))))
    _, findings = found("a.toml", "none.toml", "b\x1b.toml", "c.toml")
    is_([(finding["code"], finding["b"] and finding["b"]["file"]) for finding in findings],
        [("file-syntax", None), ("irq-conflict", "b\x1b.toml"), ("vm-id", "c.toml"),
         ("vm-name", "c.toml")], "a file that is not there does not count")


def machines() -> None:
    """Files that show different architectures are not of one machine."""
    other = changed("interrupt_mode", "@\ninterrupt_mode", changed("emu_devices = []\n", "", OTHER))
    none = changed("@", "emu_devices = []", other)
    new = "[base]\nid = 9\nname = 'new'\n[kernel]\n{}\n[devices]\n{}\n"
    arm = new.format("", 'virtual = [{ id = "a", model = "ivc-channel" }]').replace("9", "10")
    pio = '[[devices.virtual]]\nid = "b"\nmodel = "uart16550-pio"'
    for first, second, line in (
            (GOOD, changed("@", f"emu_devices = [{PLIC}]", other), 15),
            (GOOD, changed("@", "emu_devices = [['pit', 0x40, 4, 0, 0x24, []]]", other), 15),
            (GOOD, changed("image_loc", "enable_bios = true\nimage_loc", none), 12),
            (GOOD, changed("image_loc", 'boot_protocol = "uefi"\nimage_loc', none), 12),
            (GOOD, changed("@", "emu_devices = []\npassthrough_ports = [[0x3f8, 8]]", other), 16),
            (arm, new.format("", pio).replace("[devices]\n", ""), 8),
            (arm, new.format("enable_bios = true", ""), 5),
            (new.format("enable_bios = true", ""), new.format("", 'passthrough = [["/a"]]'), 7)):
        write("a.toml", first)
        write("b.toml", second)
        run = ["a.toml", "b.toml"]
        among = [one for one in found(*run)[1] if one["code"] == "file-machine"]
        is_([(one["severity"], one["file"], one["b"]["file"], one["b"]["line"]) for one in among],
            [("warning", "a.toml", "b.toml", line)], f"another architecture: {second.splitlines()}")
        for options in (["--separate"], ["--arch=aarch64"]):
            is_([one for one in found(*options, *run)[1] if one["code"] == "file-machine"], [],
                f"nothing with {options}")
        own = [one for file in run for one in found("--separate", file)[1]]
        is_([one for one in found(*run)[1] if one["b"] is None or one["b"]["file"] == one["file"]],
            own, "what is in one file alone is the same")
    text = lint("-q", *run).stdout
    ok("check each by itself with --separate" in text, "the summary says what to do", text)
    for first, second in ((GOOD, none), (arm, new.format("", "")), (GOOD, GOOD), (
            new.format('boot_protocol = "uefi"', ""), new.format("enable_bios = true", ""))):
        write("a.toml", first)
        write("b.toml", second)
        codes = {one["code"] for one in found("a.toml", "b.toml")[1]}
        ok("file-machine" not in codes, "they may be of one machine", first, second)


run_tests(good, codes, complete, files, machines)
done()
