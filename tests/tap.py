# SPDX-License-Identifier: Apache-2.0
"""A TAP producer for one test program, as tap.h is for C.

test() runs functions, each of which is one point, made of checks: ok, is_, raises. A check is
silent unless it fails. The module also says whether a Python of this machine can load the library that was built.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import NoReturn

# A program under test writes in the order that its users see, with a buffer.
os.environ.pop("PYTHONUNBUFFERED", None)

_points = 0
_failed_points = 0
# Of the function that runs.
_checks = 0
_failed_checks = 0


def test(*functions: Callable[[], None]) -> None:
    """One point for each function, which passes when all its checks do."""
    global _points, _failed_points, _checks, _failed_checks
    for function in functions:
        _checks = _failed_checks = 0
        points = _points
        function()
        # All of it may be skipped where something is missing, each time with a point of its own.
        if not _checks and _points != points:
            continue
        # A test without a check shows nothing.
        passed = _checks and not _failed_checks
        _points += 1
        _failed_points += not passed
        print(f"{'' if passed else 'not '}ok {_points} - {function.__name__} ({_checks} checks)",
              flush=True)


def ok(passed: object, what: str, *diagnosis: str) -> None:
    """Check that PASSED is true; else print the diagnosis."""
    global _checks, _failed_checks
    _checks += 1
    _failed_checks += not passed
    if not passed:
        for line in "\n".join([f"failed: {what}", *diagnosis]).splitlines():
            print(f"# {line}")


def is_(got: object, wanted: object, what: str) -> None:
    """Check that both are equal; else print how they differ."""
    same = got == wanted
    ok(same, what, *([] if same else difference(got, wanted)))


def difference(got: object, wanted: object) -> list[str]:
    """Of sets and dictionaries what one of them lacks, of lists and texts the lines that differ."""
    if isinstance(got, (set, frozenset)) and isinstance(wanted, (set, frozenset)):
        return [*(f"got    {item}" for item in sorted(map(ascii, got - wanted))),
                *(f"wanted {item}" for item in sorted(map(ascii, wanted - got)))]
    if isinstance(got, dict) and isinstance(wanted, dict):
        return [f"{word} [{key!a}] = {of[key]!a}"
                for key in dict.fromkeys([*got, *wanted])
                for word, of, other in (("got   ", got, wanted), ("wanted", wanted, got))
                if key in of and (key not in other or of[key] != other[key])]
    for kind, lines_of in ((list, lambda value: map(ascii, value)), (str, str.splitlines)):
        if isinstance(got, kind) and isinstance(wanted, kind):
            pair = [list(lines_of(value)) for value in (wanted, got)]
            if max(map(len, pair)) > 1 and pair[0] != pair[1]:
                import difflib

                return list(difflib.unified_diff(*pair, "wanted", "got", lineterm="", n=1))
    return [f"got    {got!a}", f"wanted {wanted!a}"]


def raises(error: type[Exception], function: Callable[[], object], what: str) -> None:
    """Check that FUNCTION raises ERROR."""
    try:
        got = f"no error but {function()!a}"
    except Exception as err:
        ok(isinstance(err, error), what, f"got    {err!r}")
    else:
        ok(False, what, f"got    {got}")


def skip(what: str, reason: str) -> None:
    """One point that could not be tried, and why."""
    global _points
    _points += 1
    print(f"ok {_points} - {what} # SKIP {reason}")


def done() -> NoReturn:
    """End the program with the plan."""
    print(f"1..{_points}")
    sys.exit(_failed_points != 0)


def need_library() -> None:
    """Skip the whole program where this Python cannot load the library.

    Another process tries: a sanitizer that comes too late ends the one that it is loaded into.
    """
    if os.environ["host"] != os.environ["build"]:
        skip_all(f"the library is for {os.environ['host']}")
    library = os.environ["AXVM_TYPES_LIBRARY"]
    if not os.path.exists(library):
        skip_all("no shared library was built")
    loading = subprocess.run(
        [sys.executable, "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", library],
        capture_output=True, text=True, errors="replace")
    if loading.returncode != 0:
        reason = (loading.stderr.strip().splitlines() or ["no reason given"])[-1]
        skip_all(f"this Python cannot load the library: {reason}")


def skip_all(reason: str) -> NoReturn:
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)
