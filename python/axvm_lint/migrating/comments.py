# SPDX-License-Identifier: Apache-2.0
"""Which comments above a key are still true when the key gets another name.

The comments directly above a key are its own, from the last key on that is commented out. They go
where the key goes; these functions take those that are to stay.
"""

import re

# What a comment calls the members of an entry of an old file.
_MEMBER = re.compile(r"name|length|base[-_](gpa|hpa|ipa|pa)|ipa[-_]len|irq([-_]id)?|alloc[-_]irq|"
                     r"emu[-_]?type|emu[-_]?config|cfg[-_]list", re.ASCII)
_WORD = re.compile(r"[a-z]+(?:[-_][a-z]+)*", re.ASCII)

_COMMENTED_KEY = re.compile(r"\s*#+\s*[A-Za-z_][\w.]*\s*=")
_VM_TYPE = re.compile(r"\d|vm_?type|rtos", re.ASCII | re.IGNORECASE)


def own(comments: list[str]) -> list[str]:
    """Those of the comments directly above a key that are its own."""
    for index in reversed(range(len(comments))):
        if _COMMENTED_KEY.match(comments[index]):
            return comments[index + 1:]
    return comments


def none(_: list[str]) -> list[str]:
    return []


def about_entries(comments: list[str]) -> list[str]:
    """Those before the first that lists the members of an old entry."""
    for index, comment in enumerate(comments):
        members = [word for word in _WORD.findall(comment.lower()) if _MEMBER.fullmatch(word)]
        if len(members) > 1:
            return comments[:index]
    return comments


def about_vm_type(comments: list[str]) -> list[str]:
    """None of them where one is about the numbers that vm_type had."""
    return [] if any(map(_VM_TYPE.search, comments)) else comments
