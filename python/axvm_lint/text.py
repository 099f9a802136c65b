# SPDX-License-Identifier: Apache-2.0
"""Text for a terminal: nothing that comes from a file gets there unescaped."""

from unicodedata import combining, east_asian_width

from axvm_types import size_format

_CLIPPED = 80
# As in C, which is how the library escapes names.
_SHORT = {7: r"\a", 8: r"\b", 9: r"\t", 10: r"\n", 11: r"\v", 12: r"\f", 13: r"\r"}


def printable(text: str) -> str:
    """TEXT with control, bidirectional and other invisible characters escaped."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(ord(char)) for char in text)


def quote(text: str) -> str:
    """TEXT in quotes and escaped so that no two texts look the same."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{printable(escaped)}"'


def clip(text: str, limit: int = _CLIPPED) -> str:
    """The beginning of a long text."""
    return text if len(text) <= limit else text[:limit] + "..."


def columns(text: str) -> int:
    """How many columns of a terminal a printable text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 1 + (east_asian_width(char) in "WF") for char in text)


def fit(text: str, width: int) -> str:
    """TEXT in exactly WIDTH columns: filled up with blanks, or cut and dots at its end."""
    if columns(text) <= width:
        return text + " " * (width - columns(text))
    dots = "..."[:width]
    cut = width - len(dots)
    # Each character takes a column, but for the few that take none.
    text = text[:2 * cut]
    while columns(text) > cut:
        text = text[:-1]
    return text + " " * (cut - columns(text)) + dots


def number_text(number: int) -> str:
    """A number as people and as hardware manuals write it."""
    if number.bit_length() > 128:
        return "a number above 2^128" if number > 0 else "a number below -2^128"
    return f"{number} ({number:#x})" if number > 9 else str(number)


def value_text(value: object) -> str:
    """What a value of a TOML file is."""
    match value:
        case bool():
            return f"the boolean {str(value).lower()}"
        case int():
            return number_text(value)
        case float():
            return f"the float {value}"
        case str():
            return f"the string {quote(clip(value))}"
        case list():
            return "an array"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def size_text(size: int) -> str:
    """A size, with its unit also where that is bytes."""
    text = size_format(size)
    return f"{text} bytes" if text.isdigit() else text


def size_short(size: int) -> str:
    """A size in the unit that suits it, rounded to a hundredth of that."""
    unit = min(max(size.bit_length() - 1, 0) // 10, 6)
    if not unit:
        return size_text(size)
    number = f"{size / (1 << 10 * unit):.2f}".rstrip("0").rstrip(".")
    return f"{number} {'KMGTPE'[unit - 1]}iB"


def choice(words: list[str]) -> str:
    """The words as a choice: "a, b or c"."""
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def listed(words: list[str]) -> str:
    """The words together: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def count(number: int, thing: str) -> str:
    """How many things: "1 file", "2 files"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _escape(code: int) -> str:
    if code in _SHORT:
        return _SHORT[code]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
