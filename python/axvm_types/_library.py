# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Finds and loads the C library, and declares the functions that the binding calls.

The environment variable AXVM_TYPES_LIBRARY names the library's file; without it the dynamic
loader looks for the soname, and if it finds none, the library of the same prefix is taken.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterable
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


class Functions:
    """The functions PREFIX_KEY for every key; a prototype is (restype, *argtypes).

    Each is declared when first asked for: one run of a program calls few of them.
    """

    def __init__(self, prefix: str, **prototypes: tuple[Any, ...]) -> None:
        self._prefix = prefix
        self._prototypes = prototypes

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        # Asked for by copy and pickle before there is one.
        prototype = vars(self).get("_prototypes", {}).get(verb)
        if prototype is None:
            raise AttributeError(f"{type(self).__name__} has no attribute {verb!r}")
        declared = function(f"{self._prefix}_{verb}", *prototype)
        setattr(self, verb, declared)
        return declared

    def __dir__(self) -> Iterable[str]:
        return self._prototypes
