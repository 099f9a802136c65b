# SPDX-License-Identifier: Apache-2.0
"""Modules of other packages, which only some options need."""

import importlib
import sys
from types import ModuleType

# Where Debian has the modules of its own Python, which no other one looks at by itself.
_DISTRIBUTION = "/usr/lib/python3/dist-packages"


def optional_module(name: str) -> ModuleType:
    """The module, also for a Python that is not the distribution's; ImportError where it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError:
        sys.path.append(_DISTRIBUTION)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(_DISTRIBUTION)
