#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which functions of the library the binding calls: all in the map but those listed here."""

import ctypes
import gc
import importlib
import os
import pkgutil
import re
from pathlib import Path

import tap
from tap import is_, ok

tap.need_library()

SRCDIR = Path(os.environ["srcdir"])

# What the binding lacks, and why. A name about gpa covers all four kinds of addresses.
TRAPS = "traps where a checked_ or try_ function answers: those are offered"
LACKING = {
    "a number of Python needs no function": """
        align_down align_offset align_up checked_align_up is_aligned wrapping_align_up""",
    "the class is the address, and int() the number": "gpa_new gpa_value",
    "the class is the set, and bits its number": """
        vcpu_set_from_bits vcpu_set_new vcpu_set_to_bits""",
    "a value is an int": "vm_type_to_usize",
    "the operators of the class do the same": "vcpu_set_cmp vcpu_set_invert",
    "all() of the class has the members": "emulated_device_type_all finding_code_all",
    "the function with an alignment takes 4096": """
        gpa_align_down_4k gpa_align_offset_4k gpa_align_up_4k gpa_is_aligned_4k""",
    TRAPS: """
        gpa_add gpa_align_up gpa_offset gpa_offset_from gpa_range_from_first_last
        gpa_range_from_start_size gpa_range_new gpa_sub gpa_sub_addr vcpu_set_one_shot""",
    "wrapping_ and checked_ say the same together": """
        gpa_overflowing_add gpa_overflowing_sub gpa_overflowing_sub_addr""",
    "makes a range that the other functions do not expect": """
        gpa_range_from_start_size_unchecked gpa_range_new_unchecked""",
    "an instruction of a hypervisor": "gpa_flush_stage2 gpa_flush_tlb",
    "a pointer of C": "hva_from_ptr hva_to_ptr",
    "layout_check() collects in a list": "layout_findings",
    "layout_check() has the library allocate": "layout_scratch_size",
    "the class begins with the same values": "layout_vm_init",
}


class Recorder(ctypes.CDLL):
    """The library, and what was asked of it."""

    asked: set[str] = set()

    def __getattr__(self, name: str) -> object:
        self.asked.add(name)
        return super().__getattr__(name)


def functions() -> None:
    public = set(re.findall(r"^\t(axvm_\w+);$", (SRCDIR / "src/libaxvm-types.map").read_text(),
                            re.MULTILINE))
    ok(len(public) > 300, "the map has some hundred functions")
    is_(Recorder.asked - public, set(), "what is called is public")
    reasons = [f"axvm_{name}" for names in LACKING.values() for name in names.split()]
    is_(len(reasons), len(set(reasons)), "one reason each")
    lacking = {name if name.startswith("axvm_gpa_flush_") else of_kind
               for name in reasons
               for of_kind in (re.sub("^axvm_gpa_", f"axvm_{kind}_", name)
                               for kind in ("gpa", "gva", "hpa", "hva"))}
    is_(public - Recorder.asked, lacking, "what the binding lacks has a reason, and only that")


ctypes.CDLL = Recorder  # type: ignore[misc]
binding = importlib.import_module("axvm_types")
for part in pkgutil.iter_modules(binding.__path__, "axvm_types."):
    importlib.import_module(part.name)
# They are declared when first asked for.
library = importlib.import_module("axvm_types._library")
for declared in [thing for thing in gc.get_objects() if isinstance(thing, library.Functions)]:
    for verb in dir(declared):
        getattr(declared, verb)
tap.test(functions)
tap.done()
