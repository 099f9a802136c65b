# SPDX-License-Identifier: Apache-2.0
"""python3 -m axvm_lint: the program."""

import sys

from .command import main

sys.exit(main())
