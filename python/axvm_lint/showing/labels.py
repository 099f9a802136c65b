# SPDX-License-Identifier: Apache-2.0
"""Places of labels of which each would be at its address, but for the others; texts in little room."""

from ..text import columns, fit


def spread(wanted: list[int], pitch: int, lowest: int, highest: int) -> list[int]:
    """Places for labels in the ascending order of WANTED, each as near to its own as may be.

    They are at least PITCH apart and not below LOWEST; also not above HIGHEST, if there is so much
    room.
    """
    # Without what those before it take, each place must only not be before the earlier one: groups
    # that are too near share the mean of their places. Of each, the sum and the count.
    groups: list[tuple[int, int]] = []
    for index, place in enumerate(wanted):
        total, count = place - index * pitch, 1
        while groups and groups[-1][0] * count >= total * groups[-1][1]:
            before = groups.pop()
            total, count = total + before[0], count + before[1]
        groups.append((total, count))
    most = max(lowest, highest - (len(wanted) - 1) * pitch)
    places = [min(max(total // count, lowest), most)
              for total, count in groups for _ in range(count)]
    return [place + index * pitch for index, place in enumerate(places)]


def wrap(text: str, room: int, lines: int) -> list[str]:
    """TEXT in at most so many LINES of at most ROOM columns each; what does not fit is dots."""
    rows: list[str] = []
    words = text.split(" ")
    while words and len(rows) < lines - 1:
        taken, width = 0, -1
        while taken < len(words) and (width := width + 1 + columns(words[taken])) <= room:
            taken += 1
        if not taken:
            break
        rows.append(" ".join(words[:taken]))
        words = words[taken:]
    return [*rows, fit(" ".join(words), room).rstrip()] if words else rows
