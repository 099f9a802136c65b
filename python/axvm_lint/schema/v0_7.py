# SPDX-License-Identifier: Apache-2.0
"""The schema of axvm-types 0.7: that of 0.5 with two more keys."""

from axvm_types import AddressSpacePolicy
from .keys import Entries, Key
from .types import Integer, Word
from .v0_5 import V0_5

_PASSTHROUGH_PORT = {
    "base": Key(Integer(16), "First I/O port.", default=0),
    "length": Key(Integer(16), "Number of ports.", default=0),
}

V0_7 = V0_5.with_keys(devices={
    "passthrough_ports": Key(Entries(_PASSTHROUGH_PORT), "Ranges of I/O ports that are passed "
                             "through, on x86_64.", default=[]),
    "address_space_policy": Key(Word(AddressSpacePolicy, "virtual", "pt"),
                                "What the guest's address space has: virtualized, only what is "
                                "listed; passthrough, all of the host's.", default="virtualized"),
})
