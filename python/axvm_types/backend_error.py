# SPDX-License-Identifier: Apache-2.0
"""Mirror of <axvm/backend_error.h>: what a virtualization backend answers."""

from ctypes import c_char_p

from ._library import function
from ._values import Enumeration, enumeration


@enumeration("axvm_backend_error")
class BackendError(Enumeration):
    """The answer of a backend; OK is success."""

    @property
    def message(self) -> str:
        """What it means, for people."""
        return _message(self).decode()


_message = function("axvm_backend_error_message", c_char_p, BackendError)
