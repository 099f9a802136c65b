# SPDX-License-Identifier: Apache-2.0
"""Text for a terminal: nothing that comes from a file gets there unescaped."""

_CLIPPED = 80


def printable(text: str) -> str:
    """TEXT with control, bidirectional and other invisible characters escaped."""
    return "".join(char if char.isprintable() else _escape(ord(char)) for char in text)


def quote(text: str) -> str:
    """TEXT in quotes and escaped so that no two texts look the same."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{printable(escaped)}"'


def clip(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= _CLIPPED else text[:_CLIPPED] + "..."


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
    """A size in bytes, in the largest unit that keeps it whole."""
    units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    while size and size % 1024 == 0 and len(units) > 1:
        size //= 1024
        del units[0]
    return f"{size} {units[0]}"


def choice(words: list[str]) -> str:
    """The words as a choice: "a, b or c"."""
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _escape(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
