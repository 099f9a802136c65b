#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The harness of the Python tests: what a failing check says."""

import tap
from tap import is_


def differences() -> None:
    is_(tap.difference({1, 2, 3}, {2, 4}), ["got    1", "got    3", "wanted 4"], "of sets")
    is_(tap.difference(frozenset("a"), {"b"}), ["got    'a'", "wanted 'b'"], "of kinds of sets")
    is_(tap.difference({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 4}),
        ["got    ['b'] = 2", "wanted ['b'] = 4", "got    ['c'] = 3"], "of dictionaries")
    is_(tap.difference([1, 2, 3, 4, 5], [1, 2, 3, 5]),
        ["--- wanted", "+++ got", "@@ -3,2 +3,3 @@", " 3", "+4", " 5"], "of lists")
    is_(tap.difference("a\nb\nc", "a\nb\nd")[-3:], [" b", "-d", "+c"], "of texts")
    # What a diff would hide, or not make shorter, is printed whole.
    is_(tap.difference("a\n", "a"), ["got    'a\\n'", "wanted 'a'"], "of ends of lines")
    is_(tap.difference([1], [2]), ["got    [1]", "wanted [2]"], "of single items")
    is_(tap.difference(1, "1"), ["got    1", "wanted '1'"], "of kinds")


tap.test(differences)
tap.done()
