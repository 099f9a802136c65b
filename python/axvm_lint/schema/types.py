# SPDX-License-Identifier: Apache-2.0
"""The types that values of a VM configuration have: each reads one, or says why it cannot be used."""

from collections.abc import Mapping
from typing import Any, Protocol

from axvm_types import Enumeration
from ..text import choice, quote, value_text


class BadValue(Exception):
    """Why a value cannot be used, and what to write instead.

    PLACE leads to the element of the value that is wrong. OR_REMOVE says why the key may be removed
    instead, unless it is required.
    """

    def __init__(self, reason: str, hint: str, place: tuple[int, ...] = (),
                 or_remove: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.place = place
        self.or_remove = or_remove


class Type(Protocol):
    """What a key's value has to be."""

    def read(self, value: object) -> Any:
        """The value as the program uses it; raises BadValue."""

    def json_schema(self) -> dict[str, Any]:
        """The same in JSON Schema, as far as that can say it."""


class Integer:
    """A whole number from 0 to 2^BITS - 1."""

    def __init__(self, bits: int = 64) -> None:
        self.bits = bits
        self._hint = f"Write a whole number from 0 to 2^{bits} - 1, without quotes."

    def read(self, value: object) -> int:
        # A bool is an int to Python.
        if type(value) is not int:
            raise BadValue(f"{value_text(value)} is not a number", self._hint)
        if value < 0:
            raise BadValue(f"{value_text(value)} is negative", self._hint)
        if value >> self.bits:
            raise BadValue(f"{value_text(value)} does not fit in {self.bits} bits", self._hint)
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0, "maximum": (1 << self.bits) - 1}


class NumberOf(Integer):
    """The number of one of the library's values; an unknown one is reported later."""

    def __init__(self, kind: type[Enumeration]) -> None:
        super().__init__()
        self.kind = kind

    def json_schema(self) -> dict[str, Any]:
        return {"type": "integer", "enum": [value.value for value in self.kind.all()]}


class String:
    """A text without NUL characters."""

    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise BadValue(f"{value_text(value)} is not a string", "Write a text in quotes.")
        if "\0" in value:
            raise BadValue(f"{value_text(value)} contains a NUL character", "Remove it.")
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string"}


class FilePath(String):
    """The path of a file."""

    def read(self, value: object) -> str:
        path = super().read(value)
        if not path:
            raise BadValue("an empty string names no file", "Write the path.",
                           or_remove="an empty path counts as set.")
        return path

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


class Boolean:
    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise BadValue(f"{value_text(value)} is not true or false",
                           "Write true or false, without quotes.")
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Word(String):
    """The name or one of the ALIASES of the library's values; an unknown one is reported later."""

    def __init__(self, kind: type[Enumeration], *aliases: str) -> None:
        self.kind = kind
        self.aliases = aliases

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string",
                "enum": [*(value.name for value in self.kind.all()), *self.aliases]}


class NameOrNumber:
    """The name of one of the library's values, or one of the NUMBERS that stand for them."""

    def __init__(self, kind: type[Enumeration], numbers: Mapping[int, Enumeration]) -> None:
        self.kind = kind
        self.numbers = numbers

    def read(self, value: object) -> Any:
        # A bool is an int to Python, and a float may equal one.
        known = (self.numbers.get(value) if type(value) is int else
                 self.kind.from_name(value) if isinstance(value, str) else None)
        if known is None:
            names = choice([quote(name.name) for name in self.kind.all()])
            raise BadValue(f"{value_text(value)} is none of {names}, nor a number for one of them",
                           f"Use {names}; the numbers are {self._numbers()}.")
        return known

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "integer"],
                "enum": [*(value.name for value in self.kind.all()), *self.numbers]}

    def _numbers(self) -> str:
        return ", ".join(f"{number} ({known.name})" for number, known in self.numbers.items())


class OneOf:
    """One of these words and nothing else."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    def read(self, value: object) -> str:
        word = String().read(value)
        if word not in self.words:
            raise BadValue(f"{value_text(value)} is not {' or '.join(self.words)}",
                           f"Use {choice([quote(word) for word in self.words])}.")
        return word

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": [*self.words]}


class ListOf:
    """An array whose elements are all of one type."""

    def __init__(self, element: Type) -> None:
        self.element = element

    def read(self, value: object) -> list[Any]:
        elements = []
        for index, element in enumerate(array(value)):
            try:
                elements.append(self.element.read(element))
            except BadValue as bad:
                raise BadValue(bad.reason, bad.hint, (index, *bad.place)) from None
        return elements

    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.element.json_schema()}


def array(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadValue(f"{value_text(value)} is not an array", "Write an array, in brackets.")
    return value


def table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValue(f"{value_text(value)} is not a table",
                       "Begin the table by its name in brackets on a line.")
    return value
