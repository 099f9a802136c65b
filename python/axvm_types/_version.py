# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/version.h>, and of what <axvm/tlb.h> says about the loaded library."""

from __future__ import annotations

from ctypes import c_char_p

from ._library import function

_version = function("axvm_types_version", c_char_p)
_model = function("axvm_types_model", c_char_p)
_tlb_backend = function("axvm_tlb_backend", c_char_p)


def version() -> str:
    """The version of the loaded library."""
    return _version().decode()


def model() -> str:
    """The crates whose types the library has."""
    return _model().decode()


def tlb_backend() -> str:
    """How the loaded library flushes guest translations."""
    return _tlb_backend().decode()
