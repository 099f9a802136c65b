#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Imports among the Python files go one way, and Makefile.am installs each of these files."""

import ast
import os
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import tap
from tap import is_, ok

PYTHON = Path(os.environ["srcdir"]) / "python"

# A file imports those of its own row and of the rows above it.
ROWS = (
    "axvm_types",
    "axvm_lint.text axvm_lint.patterns axvm_lint.streams axvm_lint.output axvm_lint.optional",
    "axvm_lint.diff",
    "axvm_lint.schema",
    "axvm_lint.findings",
    "axvm_lint.reading",
    "axvm_lint.board",
    "axvm_lint.checking",
    "axvm_lint.fixing",
    "axvm_lint.reporting axvm_lint.showing",
    "axvm_lint.migrating",
    "axvm_lint.options",
    "axvm_lint.check",
    "axvm_lint.command",
)


def module(file: Path) -> str:
    return ".".join(file.relative_to(PYTHON).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(file): file for file in PYTHON.glob("axvm_*/**/*.py")}


def imported(name: str, source: str, is_package: bool) -> Iterator[str]:
    """The modules that a source imports anywhere, also within its functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = name.split(".")[:len(name.split(".")) - node.level + is_package]
            path = ".".join([*(base if node.level else []), *filter(None, [node.module])])
            for alias in node.names:
                inner = f"{path}.{alias.name}"
                yield inner if inner in MODULES else path


def graph() -> dict[str, set[str]]:
    return {name: {other for other in imported(name, file.read_text(), file.stem == "__init__")
                   if other in MODULES} for name, file in MODULES.items()}


def has_circle(edges: dict[str, set[str]]) -> bool:
    try:
        list(TopologicalSorter(edges).static_order())
    except CycleError as err:
        print(f"# {' imports '.join(err.args[1])}")
        return True
    return False


def rank(name: str) -> tuple[int, str]:
    """A module's row, and the word of the row that it is of."""
    return max(((row, word) for row, words in enumerate(ROWS) for word in words.split()
                if name == word or name.startswith(f"{word}.")), default=(-1, ""))


def upwards(edges: dict[str, set[str]]) -> list[str]:
    wrong = []
    for name, others in edges.items():
        row, word = rank(name)
        for other in others:
            other_row, other_word = rank(other)
            if row < other_row or row == other_row and word != other_word:
                wrong.append(f"{name} imports {other}")
    return wrong


def imports() -> None:
    is_(list(imported("axvm_lint.reading.a", "def f():\n    from ..text import quote", False)),
        ["axvm_lint.text"], "an import within a function counts")
    ok(has_circle({"a": {"b"}, "b": {"a"}}), "a circle is seen")
    is_(upwards({"axvm_lint.reading.source": {"axvm_lint.reporting.report"}}),
        ["axvm_lint.reading.source imports axvm_lint.reporting.report"], "an import upwards is seen")
    is_(len(upwards({"axvm_lint.showing.svg": {"axvm_lint.reporting.report"}})), 1,
        "and one to the side")
    edges = graph()
    ok(sum(map(len, edges.values())) > 100, "a hundred imports at least")
    ok(not has_circle(edges), "no circle among the files of python/")
    is_(upwards(edges), [], "no import upwards")
    is_([name for name in MODULES if rank(name)[0] < 0 and name != "axvm_lint"], [],
        "each file has a row")
    is_(edges["axvm_lint"], set(), "the package imports nothing by itself")


# Who opens files: those that the command line names, those that a configuration names, outputs, and
# the descriptions of codes that are installed.
OPENING = {"axvm_lint.reading.toml_file", "axvm_lint.reading.opening", "axvm_lint.output",
           "axvm_lint.reporting.codes"}
# Who knows standard error, and what to do where that is closed.
STREAMS = {"axvm_lint.streams"}
FILES = {"open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes", "mkstemp",
         "NamedTemporaryFile"}


def mentions(source: str) -> set[str]:
    """The names and attributes in a source."""
    nodes = list(ast.walk(ast.parse(source)))
    return ({node.id for node in nodes if isinstance(node, ast.Name)}
            | {node.attr for node in nodes if isinstance(node, ast.Attribute)})


def files() -> None:
    """A file is opened where that is made harmless, and nowhere else."""
    ok(FILES & mentions("import os\nos.open('x', 0)"), "an opening is seen")
    for name, file in MODULES.items():
        if name.startswith("axvm_lint"):
            found = mentions(file.read_text())
            ok(name in OPENING | STREAMS or not FILES & found, f"{name} opens no file")
            ok(name in STREAMS or "stderr" not in found, f"{name} does not write to standard error")


def installed() -> None:
    makefile = (PYTHON.parent / "Makefile.am").read_text()
    listed = re.findall(r"\bpython/(axvm_\w+/[\w/]+\.py)\b", makefile)
    is_(set(listed), {str(file.relative_to(PYTHON)) for file in MODULES.values()},
        "Makefile.am installs each file")


tap.test(imports, files, installed)
tap.done()
