# SPDX-License-Identifier: Apache-2.0
"""All codes of findings in a list, with the severities that they may have.

The library tells a finding's severity, but of a code none: a test holds this table to its rules.
"""

from collections.abc import Iterator

from axvm_types import FindingCode
from .explain import meaning

SEVERITIES = {
    "memory-none": ("error",),
    "memory-empty": ("error",),
    "memory-overflow": ("error", "note"),
    "memory-beyond-width": ("error", "note"),
    "memory-map-type": ("error",),
    "memory-unaligned": ("error",),
    "memory-overlap": ("error", "note"),
    "memory-reserved": ("error", "note"),
    "boot-address": ("error", "note"),
    "boot-image-clash": ("error", "warning"),
    "boot-protocol": ("error",),
    "boot-entry-below-load": ("error", "warning", "note"),
    "boot-image-missing": ("error",),
    "boot-memory": ("error", "note"),
    "device-empty": ("error",),
    "device-overflow": ("error",),
    "device-beyond-width": ("error", "warning"),
    "device-page-offset": ("error", "warning"),
    "device-host-ignored": ("error", "warning"),
    "device-unaligned": ("warning",),
    "device-in-memory": ("error", "note"),
    "device-overlap": ("error",),
    "device-host-twice": ("warning",),
    "device-name": ("warning",),
    "device-type": ("error",),
    "device-config": ("error", "warning"),
    "device-arch": ("error", "warning"),
    "device-ivc": ("error", "warning"),
    "device-reserved": ("error",),
    "device-twice": ("error", "warning"),
    "device-fixed": ("warning",),
    "device-discovery": ("error", "warning"),
    "port-conflict": ("error",),
    "irq-shared": ("note",),
    "irq-unused": ("error", "note"),
    "irq-conflict": ("note",),
    "cpu-count": ("error",),
    "cpu-list": ("error", "warning"),
    "cpu-mask": ("error", "warning", "note"),
    "cpu-repeated": ("warning",),
    "cpu-shared": ("note",),
    "cpu-conflict": ("warning",),
    "vm-id": ("error", "warning"),
    "vm-name": ("warning",),
    "host-conflict": ("error",),
    "file-syntax": ("error",),
    "file-key": ("error", "warning"),
    "file-value": ("error", "warning"),
    "file-allow": ("warning",),
}


def list_codes() -> Iterator[str]:
    """A line for each code."""
    codes = FindingCode.all()
    names = max(len(code.name) for code in codes)
    levels = {code: "/".join(SEVERITIES[code.name]) for code in codes}
    width = max(map(len, levels.values()))
    for code in codes:
        what = meaning(code)[0]
        end = what.find(". ")
        yield f"{code.name:<{names}}  {levels[code]:<{width}}  {what[:end + 1] if end >= 0 else what}"
