# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: comments that allow what is found."""

from linting import GOOD, RTC, changed, found, lint, run_tests, write
from tap import done, is_, ok

DEVICES = """passthrough_devices = [
    ["uart", 0x900_0000, 0x901_0000, 0x1000, 33],
    ["can", 0x910_0000, 0x911_0000, 0x1000, 34],
]"""
# Two warnings about base_hpa, in lines of their own.
BAD = changed(f'passthrough_devices = [{RTC},\n    ["uart", 0x900_0000, 0x900_0000, 0x1000, 33]]',
              DEVICES)
UART = '    ["uart"'
CODE = "device-host-ignored"
ALLOW = f"# axvm-lint: allow {CODE} because it is so"


def codes(content: str, *options: str) -> list[str]:
    """Codes and lines of what is found."""
    return [f"{finding['code']}:{finding['line']}"
            for finding in found(*options, write("allow.toml", content))[1]]


def places() -> None:
    both = [f"{CODE}:20", f"{CODE}:21"]
    is_(codes(BAD), both, "without a comment")
    for name, content, left in (
            ("on the line", changed("33],", f"33], {ALLOW}", BAD), both[1:]),
            ("above the line", changed(UART, f"{ALLOW}\n{UART}", BAD), [f"{CODE}:22"]),
            ("above, with another comment between",
             changed(UART, f"{ALLOW}\n  # more\n{UART}", BAD), [f"{CODE}:23"]),
            ("for the whole file", f"{ALLOW}\n\n{BAD}", []),
            ("for the whole file, with more", f"# More.\n\n{ALLOW}\n{BAD}", []),
            ("with CRLF", f"{ALLOW}\n{BAD}".replace("\n", "\r\n"), []),
            ("with a byte order mark", f"\ufeff{ALLOW}\n{BAD}", []),
            ("above a blank line", changed(UART, f"{ALLOW}\n\n{UART}", BAD),
             ["file-allow:20", f"{CODE}:22", f"{CODE}:23"]),
            ("on the line before", changed("devices = [\n", f"devices = [ {ALLOW}\n", BAD),
             ["file-allow:19", *both]),
            ("below the first table", changed("id = 7", f"{ALLOW}\nid = 7", BAD),
             ["file-allow:2", f"{CODE}:21", f"{CODE}:22"]),
            ("in a string", changed('"guest"', f'"{ALLOW}"', BAD), both),
            ("in a string of lines", changed('"guest"', f"'''\n{ALLOW}\n'''", BAD),
             [f"{CODE}:22", f"{CODE}:23"]),
            ("in an array of several lines", changed(
                "[0b1101, 0x10]", "[0x30, # axvm-lint: allow cpu-shared because they may\n0x30]"),
             []),
            ("for a key that is missing, at its table", changed(
                "[kernel]", f"[kernel] # axvm-lint: allow boot-image-missing because it is so", changed(
                    "kernel_path", "enable_bios = true\nbios_path = 'b'\nkernel_path")), []),
            ("in a file without anything else", ALLOW, ["file-key:1", "file-allow:1"])):
        is_(codes(content), left, name)


def several() -> None:
    two = "# axvm-lint: allow device-host-ignored , device-unaligned because of the board"
    is_(codes(changed(UART, f"{two}\n{UART}", BAD).replace("0x900_0000, 0x901", "0x900_0400, 0x900")
              .replace("0x900_0000, 0x1000", "0x900_0400, 0x1000")),
        ["file-allow:20", f"{CODE}:22"], "of two codes one is found")
    write("other.toml", f"# axvm-lint: allow vm-id because they are variants\n"
          + GOOD.replace('"guest"', '"other"'))
    write("good.toml", GOOD)
    for order in (["good.toml", "other.toml"], ["other.toml", "good.toml"]):
        names = {finding["code"] for finding in found(*order)[1]}
        ok("vm-id" not in names and "host-conflict" in names and "file-allow" not in names,
           f"the comment may be in either file: {order}", str(names))
    is_(codes(changed("33],", f"33], {ALLOW}", BAD), f"--disable={CODE}"), [],
        "a comment about a code that is disabled has its effect")


def wrong() -> None:
    for comment, words in (
            ("allow device-host-ignored", "is not understood"),
            ("allow because of it", "is not understood"),
            ("allow device-host-ignored because", "is not understood"),
            ("deny device-host-ignored because of it", "is not understood"),
            ("", "is not understood"),
            ("allow device-host because of it", '"device-host" is not a code'),
            ("allow \x1b because of it", "file-syntax"),
            ("allow vm-id because of it", "there is no finding of vm-id")):
        content = f"# axvm-lint: {comment}\n{GOOD}"
        status, findings = found(write("wrong.toml", content))
        if "\x1b" in comment:
            is_([finding["code"] for finding in findings], ["file-syntax"], "no comment of TOML")
            continue
        is_((status, [(finding["code"], finding["severity"], finding["line"], finding["column"],
                       finding["end_column"]) for finding in findings]),
            (0, [("file-allow", "warning", 1, 1, len(f"# axvm-lint: {comment}") + 1)]), comment)
        ok(words in findings[0]["message"], f"says {words}", findings[0]["message"])
    is_(codes(f"#axvm-lint:allow {CODE} because  x\n{BAD}"), [], "without blanks")
    is_(codes(f"# see axvm-lint: allow {CODE} because x\n{GOOD}"), [], "a comment about it")
    is_(found("--werror", "wrong.toml")[0], 1, "--werror makes it an error")
    is_(codes(f"# axvm-lint: allow vm-id because x\n{GOOD}", "--disable=file-allow"), [],
        "--disable")


def lasting() -> None:
    """What no comment can allow."""
    allow = "# axvm-lint: allow file-key, file-syntax because it is so\n"
    is_(codes(allow + changed("cpu_num = 2\n", "")), ["file-allow:1", "file-allow:1", "file-key:2"],
        "a missing key")
    is_(codes(allow + "="), ["file-syntax:2"], "what is not TOML")
    is_(codes(allow + changed("[kernel]", "[kernel]\nxyz = 1")), ["file-allow:1"],
        "but an unknown key, of course")


def many() -> None:
    """Time and text grow with the comments, not with their square."""
    line = '    ["d{0}", {1:#x}, 0, 4096, 0], # axvm-lint: allow device-host-ignored because\t.\n'
    lines = "".join(line.format(i, (i + 16) << 12) for i in range(20_000))
    comments = "# axvm-lint: allow vm-id because\t.\n" * 20_000
    run = lint("-q", "--format=short", write("many.toml", changed(
        f"[{RTC}", f"[\n{lines}{comments} {RTC}") + comments))
    is_((run.returncode, run.stdout.count("file-allow"), run.stdout.count(CODE)), (0, 40_000, 0),
        "each that has no effect is reported")


run_tests(places, several, wrong, lasting, many)
done()
