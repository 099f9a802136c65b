# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Finds and loads the C library, and declares the functions that the binding calls.

The environment variable AXVM_TYPES_LIBRARY names the library's file; without it the dynamic
loader looks for the soname, and if it finds none, the library of the same prefix is taken.
"""

import ctypes
import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

_VARIABLE = "AXVM_TYPES_LIBRARY"
_SONAME = "libaxvm-types.so.0"
_FILE = os.environ.get(_VARIABLE) or _SONAME


def _of_this_prefix() -> str | None:
    """PREFIX/lib/SONAME, for PREFIX/lib/pythonX.Y/NAME-packages/axvm_types: ldconfig was not run."""
    packages = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if not packages.endswith("-packages"):
        return None
    file = os.path.join(os.path.dirname(os.path.dirname(packages)), _SONAME)
    return file if os.path.exists(file) else None


def _load() -> ctypes.CDLL:
    try:
        return ctypes.CDLL(_FILE)
    except OSError as err:
        beside = _of_this_prefix() if _FILE == _SONAME else None
        if beside:
            return ctypes.CDLL(beside)
        raise ImportError(
            f"cannot load the C library: {err} ({_VARIABLE} can name its file)") from err


_LIBRARY = _load()


def function(name: str, restype: Any, *argtypes: Any) -> Callable[..., Any]:
    """The function NAME of the library, with its prototype declared."""
    try:
        declared = getattr(_LIBRARY, name)
    except AttributeError:
        raise ImportError(f"the C library {_FILE} lacks {name}") from None
    declared.restype = restype
    declared.argtypes = argtypes
    return declared


def functions(prefix: str, **prototypes: tuple[Any, ...]) -> SimpleNamespace:
    """The functions PREFIX_KEY for every key; a prototype is (restype, *argtypes)."""
    return SimpleNamespace(**{
        verb: function(f"{prefix}_{verb}", *prototype)
        for verb, prototype in prototypes.items()})
