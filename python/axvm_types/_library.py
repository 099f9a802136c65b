# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Finds and loads the C library, and declares the functions that the binding calls.

The environment variable AXVM_TYPES_LIBRARY names the library's file; without it the dynamic
loader looks for the soname.
"""

import ctypes
import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

_VARIABLE = "AXVM_TYPES_LIBRARY"
_FILE = os.environ.get(_VARIABLE) or "libaxvm-types.so.0"


def _load() -> ctypes.CDLL:
    try:
        return ctypes.CDLL(_FILE)
    except OSError as err:
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
