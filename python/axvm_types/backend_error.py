# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/backend_error.h>: what a virtualization backend answers."""

from ctypes import c_char_p
from typing import ClassVar

from ._library import function
from ._values import Enumeration, enumeration


@enumeration("axvm_backend_error")
class BackendError(Enumeration):
    """The answer of a backend; OK is success."""

    OK: ClassVar["BackendError"]
    INVALID_INPUT: ClassVar["BackendError"]
    INVALID_DATA: ClassVar["BackendError"]
    INVALID_STATE: ClassVar["BackendError"]
    UNSUPPORTED: ClassVar["BackendError"]
    OUT_OF_MEMORY: ClassVar["BackendError"]
    RESOURCE_BUSY: ClassVar["BackendError"]

    @property
    def message(self) -> str:
        """What it means, for people."""
        return _message(self).decode()


_message = function("axvm_backend_error_message", c_char_p, BackendError)
