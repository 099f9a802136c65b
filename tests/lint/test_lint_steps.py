#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""axvm-lint takes steps in proportion to a file's length, whatever the file: no square of it."""

import contextlib
import io
from collections.abc import Callable

import tap

tap.need_library()

from axvm_lint import command  # noqa: E402
from axvm_lint.reading import toml_file  # noqa: E402
from axvm_lint.reporting import lines  # noqa: E402, F401
from axvm_lint.showing import describe  # noqa: E402, F401
from counting import Text, count_patterns, steps_of  # noqa: E402
from linting import GOOD, RTC, changed, run_tests, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402

# Twice the text, and a little for what is sorted.
MOST = 2.2
GIC = '["gicd", 0x800_0000, 0x1_0000, 0, 0x21, []]'
ALLOW = "# axvm-lint: allow device-overlap because x\n"


def overlapping(n: int, inner: str = "") -> str:
    """A device that overlaps N others, and takes as many lines."""
    many = ", ".join(f'["{i}", {0x1000_0000 + i}, 1, 0, 0x21, []]' for i in range(n))
    big = f'["big", {inner} 0x1000_0000, 0x10_0000, 0, 0x21, []]'
    return changed(GIC, f"{big}, {many}")


def devices(what: str) -> str:
    return changed(GIC, what)


# Name, how often, and a text of a part that often. First what is no TOML.
SHAPES: list[tuple[str, int, Callable[[int], str]]] = [
    ("strings of three quotes without an end", 300, lambda n: '\\"""a"' * n),
    ("the same after a key", 300, lambda n: 'a = \\"""a"' + '\\"""a"' * n),
    ("the same, and a backslash at the end", 300, lambda n: '\\"""a"' * n + "\\"),
    ("strings of three apostrophes", 300, lambda n: "\\'''a'" * n),
    ("pairs of three quotes", 300, lambda n: '"""a\n' * n),
    ("three quotes within apostrophes", 300, lambda n: "'\"\"\"a'\n" * n),
    ("escaped quotes", 900, lambda n: '\\"' * n),
    ("quotes, each with a backslash", 900, lambda n: '"\\' * n),
    ("quotes", 1500, lambda n: '"' * n),
    ("apostrophes", 1500, lambda n: "'" * n),
    ("a comment's name, then strings without an end", 300, lambda n: "axvm-lint:" + '\\"""a"' * n),
    ("a comment's name, then escaped quotes", 900, lambda n: "axvm-lint:" + '\\"' * n),
    ("a comment's name, then apostrophes", 300, lambda n: "axvm-lint:" + "\\'''a'" * n),
    ("commas with quotes", 900, lambda n: ',"' * n),
    ("commas with quotes and backslashes", 600, lambda n: ',"\\' * n),
    ("commas with apostrophes", 900, lambda n: ",'" * n),
    ("commas and blanks", 900, lambda n: ", " * n + "."),
    ("blanks", 1500, lambda n: " " * n + "x"),
    ("a word, then blanks", 1500, lambda n: "a" + " " * n + "b"),
    ("dots", 1500, lambda n: "." * n),
    ("a key of many parts", 900, lambda n: "a." * n + "a = 1"),
    ("a key of many quoted parts", 400, lambda n: '"\\"".' * n + "a = 1"),
    ("keys of many parts", 6, lambda n: "".join(f"a{i}{'.a' * 60} = 1\n" for i in range(n))),
    ("brackets", 900, lambda n: "a = " + "[" * n),
    ("braces", 600, lambda n: "a = " + "{a=" * n),
    ("carriage returns", 900, lambda n: "a = 1\r" * n),
    ("newlines", 1500, lambda n: "\n" * n + "="),
    ("an inline table without its end", 500, lambda n: "a = {" + "b\n," * n),
    ("a key that looks like a message", 100, lambda n: (
        f"a = {{\n'{'at line 1, column 1' * n}' = 1,\n'{'at line 1, column 1' * n}' = 1\n}}")),
    ("places in a key", 200, lambda n: f"a = {{\n'{'(at line 1' * n}' = 1,\n= 1\n}}"),
    # Then what is.
    ("a number of many digits", 3000, lambda n: changed("cpu_num = 2", "cpu_num = 1" + "0" * n)),
    ("one with underscores", 1500, lambda n: changed("cpu_num = 2", "cpu_num = 1" + "_0" * n)),
    ("a string of escapes", 800, lambda n: changed('"guest"', f'"{chr(92)}n' + "\\n" * n + '"')),
    ("a string of quotes", 500, lambda n: changed('"guest"', '"""' + '""a' * n + '"""')),
    ("comments", 500, lambda n: "#\n" * n + GOOD),
    ("a long comment", 1500, lambda n: "#" * n + "\n" + GOOD),
    ("an allow comment with blanks at its end", 1500,
     lambda n: "# axvm-lint: allow a" + " " * n + "\n" + GOOD),
    ("one with blanks in a name", 1500,
     lambda n: "# axvm-lint: allow a" + " " * n + "b because c\n" + GOOD),
    ("one with blanks before it", 1500, lambda n: "#" + " " * n + "axvm-lint:" + " " * n + "\n" + GOOD),
    ("one with many reasons", 400, lambda n: "# axvm-lint: allow" + " because" * n + "\n" + GOOD),
    ("one with many codes", 200,
     lambda n: "# axvm-lint: allow " + "vm-id," * n + "vm-id because x\n" + GOOD),
    ("many allow comments", 150, lambda n: ALLOW * n + GOOD),
    ("as many findings", 150, lambda n: ALLOW * n + overlapping(n)),
    ("comments within an entry, and as many findings", 150,
     lambda n: overlapping(n, f"\n{ALLOW}" * n)),
    ("unknown keys", 200, lambda n: changed("[base]", "[base]\n" + "".join(
        f"a{i} = 1\n" for i in range(n)))),
    ("unknown tables", 200, lambda n: GOOD + "".join(f"[a{i}]\n" for i in range(n))),
    ("an array of tables", 300, lambda n: GOOD + "[[a]]\n" * n),
    ("entries that are none", 200, lambda n: devices("1, " * n)),
    ("entries in many brackets", 60, lambda n: devices("[[[[[[1]]]]]], " * n)),
    ("entries on lines of their own", 150, lambda n: devices(
        ",\n".join(f'["{i}", {0x1000_0000 + (i << 12)}, 1, 0, 0x9, []]' for i in range(n)))),
    ("inline tables of TOML 1.1", 150, lambda n: devices(",".join(
        f'{{\nname = "{i}", # x\nlength = 1, }}' for i in range(n)))),
    ("equal devices", 150, lambda n: changed(RTC, ", ".join([RTC] * n))),
]


def run(text: str) -> int:
    """The steps of a run."""
    write("hostile.toml", text)
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")):
        return steps_of(lambda: command.main(["hostile.toml"]))


def shapes() -> None:
    decode = toml_file._decode
    toml_file._decode = lambda data: Text(decode(data))
    # What is done once is not counted.
    run(GOOD)
    run("=")
    for name, often, text in SHAPES:
        once, twice = run(text(often)), run(text(2 * often))
        ok(once > often and twice <= MOST * once, name,
           f"{once} steps, {twice} for twice the text: {twice / once:.2f} times as many")


def counts() -> None:
    """The counting itself, by what is known to take the square."""
    # What is imported when it is first needed has patterns too.
    for text in (GOOD, "=", f"{ALLOW}a.b = 1\n", GOOD.replace("[[", "[ # x\n [")):
        run(text)
    ok(count_patterns("axvm_lint", "tomllib") > 12, "patterns are counted")

    def square(text: str) -> int:
        return sum(1 for at in range(len(text)) if text.find("x", at) >= 0)

    once, twice = (steps_of(lambda: square(Text("a" * n))) for n in (100, 200))
    ok(twice > 3.5 * once, "searches for what is not there", f"{once} {twice}")
    is_(steps_of(lambda: Text("abcd")[1:3]) >= 2, True, "a slice is copied")


run_tests(counts, shapes)
done()
