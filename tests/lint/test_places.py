# SPDX-License-Identifier: Apache-2.0
"""The index of places against tomllib: each value of a document is found where it stands."""

import os
import random
import tomllib
from pathlib import Path

import tap
import toml_1_1

tap.need_library()

from axvm_lint.reading.places import Index, Node  # noqa: E402
from axvm_lint.reading.toml_1_1 import as_1_0  # noqa: E402
from axvm_lint.reading.toml_file import load  # noqa: E402
from linting import SRCDIR, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402

REAL = os.environ.get("AXVM_VMS_DIR") and Path(os.environ["AXVM_VMS_DIR"]).resolve()
DOCUMENTS = 600


def value_of(text: str) -> object:
    """What a text by itself is; a file is slow, so only what is of TOML 1.1 goes through one."""
    text = f"value = {text}"
    try:
        return tomllib.loads(text)["value"]
    except tomllib.TOMLDecodeError:
        pass
    try:
        return load(write("value.toml", text))[1]["value"]
    except Exception as err:
        return err


class Checker:
    """Compares an index with the document that it is of; mistakes are collected."""

    def __init__(self, text: str, document: dict) -> None:
        self.text = text
        self.index = Index(text)
        self.wrong: list[str] = []
        self.values = 0
        self.check((), document)

    def check(self, path: tuple, value: object) -> None:
        node, count = self.index.find(path)
        if count != len(path):
            self.wrong.append(f"{path} is not found")
            return
        self.values += 1
        parts = self.index.parts(node)
        if isinstance(value, dict):
            if not isinstance(parts, dict) or set(parts) != set(value):
                self.wrong.append(f"{path} has {parts}")
        elif isinstance(value, list):
            if not isinstance(parts, list) or len(parts) != len(value):
                self.wrong.append(f"{path} has {parts}")
        elif parts is not None:
            self.wrong.append(f"{path} has parts")
        self.check_span(path, node, value)
        inner = value.items() if isinstance(value, dict) else (
            enumerate(value) if isinstance(value, list) else ())
        for step, part in inner:
            self.check((*path, step), part)

    def check_span(self, path: tuple, node: Node, value: object) -> None:
        """What stands at a value's place is that value, and what stands at its key's that key."""
        if not path:
            return
        text = self.text[slice(*node.span)]
        is_header = isinstance(value, dict) and not text.startswith("{") or (
            isinstance(value, list) and text.startswith("[["))
        if is_header and isinstance(value, list):
            # An array of arrays begins as the header of an array of tables does.
            is_header = node.key is not None and node.span[0] <= node.key[0] < node.span[1]
        if not is_header:
            if repr(value_of(text)) != repr(value):
                self.wrong.append(f"{path}: {text!r} is {value_of(text)!r}")
        if isinstance(path[-1], str):
            key = self.text[slice(*node.key)]
            if tomllib.loads(f"{key} = 0") != {path[-1]: 0}:
                self.wrong.append(f"{path}: the key is {key!r}")


def check(name: str, content: str) -> int:
    text, document = load(write("document.toml", content))
    checker = Checker(text, document)
    is_(checker.wrong[:5], [], f"{name}: each value is where it stands: {text!a}"[:2000])
    return checker.values


class Maker:
    """Makes documents of all that TOML has."""

    SCALARS = ["0", "-17", "0x_", "1_000", "0o17", "0b101", "1.5", "-1e9", "6.6_2e-3_4", "inf",
               "-nan", "true", "false", "1979-05-27", "07:32:00.5", "1979-05-27T07:32:00Z",
               "1979-05-27 07:32:00.25-08:00"]
    STRINGS = ['""', "''", r'"a \" [ ] { } , = # b\\"', "'a \" [ ] { } , = # \\'", '"\\u4e2d"',
               '"""one " two "" [ # \\""" three\\\\"""', '""""""', '"""""two"""""',
               '"""a\n\n[b] # no comment\n c = \'\\\n   d"""', "''''''", "'''''two'''''",
               "'''a\n# b \\''\n[[c]]\n'''", '"\t中文 e\u0301 \U0001f600"', "'\t#\t'"]
    KEYS = ["a", "B-1", "_", "7", '""', "''", '"a.b"', "'[c]'", r'"\"q\" #"', '"\\u00e9"', '"中"']
    COMMENTS = ["", "", " # comment", "# [table] \"'", "#", "\t# 中文 ''' \"\"\""]

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def one(self, *of: str) -> str:
        return self.random.choice(of)

    def key(self, number: int) -> str:
        """A key that no other has."""
        return self.one(f"k{number}", f'"k.{number}"', f"'k{number} #'", f'"\\u4e2d{number}"')

    def value(self, depth: int) -> str:
        kind = self.random.randrange(5 if depth else 2)
        if kind == 0:
            return self.one(*self.SCALARS).replace("0x_", "0xdead_BEEF")
        if kind == 1:
            return self.one(*self.STRINGS)
        if kind < 4:
            return self.array(depth - 1)
        return self.inline(depth - 1)

    def array(self, depth: int) -> str:
        gap = self.one("", " ", "\n  ", " # ] ' \"\n\t")
        parts = [self.value(depth) for _ in range(self.random.randrange(5))]
        last = self.one("", ",") if parts else ""
        return "[" + gap + f"{gap},{gap}".join(parts) + gap + last + gap + "]"

    def inline(self, depth: int) -> str:
        gap = self.one("", " ", "\t", "\n", " # } '\n")
        pairs = [f"{self.dotted(number)}{self.equals()}{self.value(depth)}"
                 for number in range(self.random.randrange(4))]
        last = self.one("", ",") if pairs else ""
        return "{" + gap + f"{gap},{gap}".join(pairs) + gap + last + gap + "}"

    def equals(self) -> str:
        return self.one("=", " = ", "\t=\t", "= ")

    def dotted(self, number: int) -> str:
        dot = self.one(".", " . ", ".\t")
        more = [self.one("x", '"y.z"', "'w'") for _ in range(self.random.randrange(3))]
        return dot.join([self.key(number), *more])

    def document(self) -> str:
        lines = self.pairs()
        for number in range(self.random.randrange(5)):
            name = f"t{number}"
            for header in self.headers(name):
                lines += [self.one("", " ", "\t") + header + self.one(*self.COMMENTS),
                          *self.pairs()]
        text = "\n".join(lines) + self.one("", "\n", "\n# end")
        text = text.replace("\n", "\r\n") if self.random.randrange(4) == 0 else text
        return self.one("", "", "\ufeff") + text

    def headers(self, name: str) -> list[str]:
        """Headers of tables that may follow each other."""
        return self.one(
            (f"[{name}]",), (f"[ {name} . \"sub.x\" ]", f"[{name}]"), (f"[{name}]", f"[{name}.s]"),
            (f"[[{name}]]",) * 3, (f"[[{name}]]", f"[{name}.in]", f"[[{name}.\"in\".list]]",
                                   f"[[{name}]]", f"[[{name}.more]]"))

    def pairs(self) -> list[str]:
        lines = []
        for number in range(self.random.randrange(5)):
            lines.append(self.one(*self.COMMENTS))
            lines.append(f"{self.one('', '  ')}{self.dotted(number)}{self.equals()}"
                         f"{self.value(3)}{self.one(*self.COMMENTS)}")
        return lines


def newlines() -> None:
    """Where inline tables have newlines and comments, by another reading of TOML 1.1: before and
    after a key with its value, but not within."""
    pieces = ["b", "=", "1", ",", "{", "}", "[", "]", '"x"', ".", "1979-05-27", "07:32:00",
              *["\n"] * 3, "#c }\n", " "]
    given = random.Random(20261130)
    wrong, good = [], 0
    for text in ["{b\n=1}", "{b=\n1}", "{b\n.c=1}", "{b= # c\n1}", "{\nb=1\n,\n}", "{b=1979-05-27\n07:32:00}",
                 *("{" + "".join(given.choices(pieces, k=given.randrange(1, 9))) + "}" for _ in range(20_000))]:
        text = f"a = {text}"
        try:
            expected = toml_1_1.read(text)
        except ValueError:
            expected = None
        try:
            value = tomllib.loads(as_1_0(text)[0])
        except ValueError:
            value = None
        good += value is not None
        if value != expected:
            wrong.append((text, value, expected))
    is_(wrong[:5], [], "the same is TOML")
    ok(good > 100, f"{good} of them are")


def samples() -> None:
    for file in sorted((SRCDIR / "examples").glob("*.toml")):
        ok(check(file.name, file.read_text()) > 20, f"{file.name}: many values")


def constructs() -> None:
    """Each construct by itself."""
    for number, text in enumerate([*Maker.SCALARS, *Maker.STRINGS]):
        value = text.replace("0x_", "0xdead_BEEF")
        check(f"value {number}", f"a = {value}\nb = [{value}, {{c = {value}}}]#\n[d]\ne={value}")
    for key in Maker.KEYS:
        check(f"key {key}", f"{key} = 1\n[t.{key}]\n{key} . {key} = 2\n[[u.{key}]]\n[[u.{key}]]\n"
                            f"v = {{{key} = 3, w.{key} = [4]}}")
    for ending in ("\n", "\r\n"):
        check("endings", ending.join(["\ufeffa = [", "1,# ]", "2", "]", "[t]# x", "b = '#'", ""]))
    check("nested", "a = " + "[" * 90 + "1" + "]" * 90)
    check("empty", "")


def generated() -> None:
    values = sum(check(f"document {seed}", Maker(seed).document()) for seed in range(DOCUMENTS))
    ok(values > 10 * DOCUMENTS, "they hold many values", str(values))


def absent() -> None:
    """What is not there leads to what should hold it."""
    text = "[a]\nb = [1, {c = 2}]\n"
    index = Index(text)
    for path, span, count in ((("x",), "", 0), (("a", "x"), "[a]", 1), (("a", "b", 2), "b", 2),
                              (("a", "b", 1, "x"), "{c = 2}", 3), (("a", "b", 0, 0), "1", 3),
                              (("a", "b", "c"), "b", 2)):
        node, found = index.find(path)
        shown = text[slice(*node.key)] if span == "b" else text[slice(*node.span)]
        is_((shown, found), (span, count), f"{path}")


def real_files() -> None:
    files = sorted(REAL.rglob("*.toml"))
    ok(files, "there are real configurations")
    for file in files:
        ok(check(str(file.relative_to(REAL)), file.read_text()) > 20, "many values")


run_tests(samples, constructs, newlines, generated, absent)
if REAL:
    run_tests(real_files)
else:
    skip("real_files", "AXVM_VMS_DIR names no folder of VM configurations")
done()
