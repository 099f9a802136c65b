# SPDX-License-Identifier: Apache-2.0
# Some of the patterns match the empty text: they match wherever they are tried.
# mypy: disable-error-code="union-attr, index, no-any-return"
"""What is wrong where a parser of TOML gives up, in words for who wrote the file.

The parser says that a file is no TOML, and where it found that. Of the usual mistakes this says
what was meant, from the text around that place.
"""

from typing import NamedTuple

from ..patterns import pattern
from ..text import clip, number_text, quote
from .toml_1_1 import TOKEN

_WORD = pattern(r"[\w.+-]*[\w]")
_BLANK = pattern(r"[ \t]*")
_UNIT = pattern(r"(?:([KMGTkmgt])(?:[Ii]?[Bb])?|B|[Bb]ytes?)(?![\w.])(?![ \t]*=)")
_NUMBER_BEFORE = pattern(r"(0x[0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9]+)?)[ \t]*\Z")
_HEADER = pattern(r"\[*[A-Za-z_][\w.-]*+\][ \t]*+\]?[ \t]*+(?:#.*)?(?:\r?\n|\Z)")
_KEY = pattern(r"[\w-]+[ \t]*=")
_VALUE_BEGINS = pattern(r"[\w\"'\[{+-]")

_IN_WORD = pattern(r"[\w.]")
_REST = pattern(r"[\w.]*")
_WORD_END = pattern(r"[\w.+-]*\Z")
_PLAIN = pattern(r"[^\s,\]}#]*")
_LAST_PART = pattern(r"[^{,]*\Z")
_LINE_KEY = pattern(r"[ \t]*([\w.-]*)")
_HEXADECIMAL = pattern(r"[0-9a-fA-F_]*[0-9][0-9a-fA-F_]*\Z")
_LEADING_ZERO = pattern(r"0[0-9_]+\Z")

# Of words and paths that are shown, and looked at before a place.
_SHOWN = 200

_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb`"
_EXPECTED_VALUE = "a value is expected here"


class Mistake(NamedTuple):
    """What is wrong, what to do, and where: so many characters from OFFSET on."""

    reason: str
    hint: str
    offset: int
    length: int = 0


def mistake_at(text: str, message: str, offset: int) -> Mistake | None:
    """What is wrong at the place where a parser found with that MESSAGE that TEXT is no TOML.

    None where it is none of the usual mistakes.
    """
    return (_comment(text, offset) or _quote(text, message, offset)
            or _by_message(text, message, offset))


def _by_message(text: str, message: str, offset: int) -> Mistake | None:
    if message.startswith("Expected '='"):
        return _no_equals(text, offset)
    if message.startswith("Invalid value"):
        return _no_value(text, offset)
    if message.startswith(("Cannot overwrite", "Cannot mutate")):
        return _twice(text, offset)
    if message.startswith(("Unclosed array", "Unclosed inline table", "Expected newline")):
        return (_unit(text, offset) or _rest_of_word(text, offset)
                or (_after_statement(text, offset) if message.startswith("Expected") else
                    _no_comma(text, offset, "]" if "array" in message else "}")))
    return None


def _comment(text: str, offset: int) -> Mistake | None:
    for sign in ("//", "/*"):
        if text.startswith(sign, offset):
            return Mistake(f"a comment begins with #, not with {sign}",
                           f"Write # in place of {sign}.", offset, len(sign))
    return None


def _quote(text: str, message: str, offset: int) -> Mistake | None:
    if text[offset:offset + 1] and text[offset] in _QUOTES:
        return Mistake(f"{quote(text[offset])} is not a quote of TOML",
                       """Write text between " and ".""", offset, 1)
    if message.startswith("Unterminated string") or (
            message.startswith("Illegal character '\\n'") and _open_quote(text, offset)):
        return Mistake("a string has no end", "Write the quote that ends it.", offset)
    if message.startswith("Unescaped '\\'"):
        return Mistake(r"a \ begins an escape in a string in double quotes",
                       r"Write \\ in place of it, or put the string into single quotes.",
                       text.rfind("\\", 0, offset), 1)
    return None


def _open_quote(text: str, offset: int) -> bool:
    line = text[text.rfind("\n", 0, offset) + 1:offset]
    return '"' in line or "'" in line


def _no_equals(text: str, offset: int) -> Mistake:
    key = _before(text, offset)
    name = _WORD.search(key)
    after = f" after {clip(key[name.start():].rstrip())}" if name else " after a key"
    if text.startswith(":", offset):
        return Mistake(f"= is expected{after}, not :", "Write = in place of :.", offset, 1)
    if _is_end(text, offset):
        return Mistake(f"= and a value are missing{after}",
                       "Write the value, or remove the line.", offset)
    return Mistake(f"= is missing{after}", "Write = between a key and its value.", offset)


def _twice(text: str, offset: int) -> Mistake:
    start = text.rfind("\n", 0, offset) + 1
    key = _LINE_KEY.match(text, start)
    name = clip(key[1]) or "a key"
    return Mistake(f"{name} is written twice, or names what is not a table", "Remove one of the two.",
                   key.start(1), len(key[1]))


def _before(text: str, offset: int) -> str:
    """What is on a line before a place, without what belongs to something else there."""
    start = max(text.rfind("\n", 0, offset) + 1, offset - _SHOWN)
    return _LAST_PART.search(text[start:offset])[0].strip()


def _no_value(text: str, offset: int) -> Mistake | None:
    opening = _open_bracket(text, offset)
    line = text[text.rfind("\n", 0, offset) + 1:offset]
    if opening is not None and (_KEY.match(text, offset) and not line.strip() or
                                line.strip() in ("[", "[[") and _HEADER.match(text, offset)):
        return Mistake("this array has no ] that ends it", "Write the ] where it ends.", opening, 1)
    if _is_end(text, offset):
        return Mistake("a value is missing here",
                       "Write the value after the = on the same line, or remove the key.", offset)
    word = _WORD.match(text, offset)
    if text[offset] == "/" or word and not word[0][0].isdigit():
        return _bare_word(text, offset)
    if text[offset] == ",":
        return Mistake(f"{_EXPECTED_VALUE}, before the comma", "Remove the comma.", offset, 1)
    if text[offset] == "=":
        return Mistake(f"{_EXPECTED_VALUE}, not another =", "Remove it.", offset, 1)
    return None


def _bare_word(text: str, offset: int) -> Mistake:
    end = _PLAIN.match(text, offset).end()
    word = text[offset:min(end, offset + _SHOWN)]
    if word.lower() in ("true", "false"):
        return Mistake(f"{word} is written in small letters", f"Write {word.lower()}.", offset,
                       len(word))
    hint = f"Write {quote(clip(word))}."
    if _HEXADECIMAL.match(word):
        hint = f"Write 0x{word} for the hexadecimal number, or {quote(word)} for text."
    elif word.lower() in ("yes", "no", "on", "off"):
        hint = f"Write true or false, or {quote(word)} for text."
    return Mistake(f"{quote(clip(word))} is a word without quotes: text needs quotes", hint,
                   offset, end - offset)


def _unit(text: str, offset: int) -> Mistake | None:
    """A number with a unit after it."""
    unit = _UNIT.match(text, offset)
    start = max(0, offset - _SHOWN)
    before = _NUMBER_BEFORE.search(text[start:offset])
    if not unit or not before:
        return None
    number = before[1]
    shift = " KMGT".index(unit[1].upper()) * 10 if unit[1] else 0
    size = (float(number) if "." in number else int(number, 0 if "x" in number else 10)) * (1 << shift)
    start += before.start()
    written = text[start:unit.end()]
    hint = "Write the number of bytes."
    if size == int(size):
        hint = f"Write the number of bytes, {number_text(int(size))}."
    return Mistake(f"{clip(written)} is a number with a unit, which a number in TOML has not", hint,
                   start, len(written))


def _rest_of_word(text: str, offset: int) -> Mistake | None:
    """A value that goes on where a number or true or false would have ended."""
    if not offset or not (_IN_WORD.match(text, offset - 1) and _IN_WORD.match(text, offset)):
        return None
    start = max(0, offset - _SHOWN)
    start = offset - len(_WORD_END.search(text[start:offset])[0])
    written = text[start:min(_REST.match(text, offset).end(), start + _SHOWN)]
    if not (written[:1].isdigit() or written[:1] in "+-"):
        return _bare_word(text, start)
    hint = "Write decimal digits, or 0x and hexadecimal digits."
    if written.startswith(("0X", "0B", "0O")):
        hint = f"Write {written[:2].lower()}, with a small letter."
    elif "__" in written or written.endswith("_"):
        hint = "Write each _ between two digits."
    elif _LEADING_ZERO.match(written):
        hint = "Write it without the 0 at its beginning, or with 0x where it is hexadecimal."
    return Mistake(f"{clip(written)} is not a number", hint, start, len(written))


def _after_statement(text: str, offset: int) -> Mistake | None:
    char = text[offset:offset + 1]
    if char in (",", ";"):
        rest = text[offset + 1:offset + _SHOWN].split("\n")[0].strip()
        if char == ";" and rest:
            return Mistake("a comment begins with #, not with ;", "Write # in place of ;.", offset, 1)
        if not rest or rest.startswith("#"):
            return Mistake(f"a line ends without {char}", f"Remove the {char}.", offset, 1)
    if char and char in "+-*/<>|&":
        return Mistake("a value is written out: TOML does not calculate", "Write the result.",
                       offset, 1)
    if char and char in "]}":
        return Mistake(f"this {char} ends nothing", "Remove it, or write what it ends.", offset, 1)
    if _KEY.match(text, offset) or char == "[":
        return Mistake("each key and each table begins on a line of its own",
                       "Write a line break before it.", offset)
    if _IN_WORD.match(char):
        return Mistake("there is more on the line than one value",
                       "Write # before a comment, and text in quotes.", offset)
    return None


def _no_comma(text: str, offset: int, end: str) -> Mistake | None:
    opening = _open_bracket(text, offset)
    what = "array" if end == "]" else "inline table"
    is_next = _begins_line(text, offset) and end == "]" and (
        _KEY.match(text, offset) or text.startswith("[", offset) and _HEADER.match(text, offset))
    if opening is not None and (offset >= len(text) or is_next):
        return Mistake(f"this {what} has no {end} that ends it", f"Write the {end} where it ends.",
                       opening, 1)
    if offset < len(text) and _VALUE_BEGINS.match(text, offset):
        place = _last_end(text, offset)
        # On another line, the comma is missing after what came before.
        if "\n" not in text[place:offset]:
            place = offset
        return Mistake(f"a comma or {end} is expected here",
                       "Write a comma between two values.", place)
    if text[offset:offset + 1] and text[offset] in "+*<|=:;/)}":
        return Mistake(f"a comma or {end} is expected here, not {text[offset]}",
                       f"Write a comma between two values, and {end} after the last one.", offset, 1)
    return None


def _begins_line(text: str, offset: int) -> bool:
    return not text[text.rfind("\n", 0, offset) + 1:offset].strip()


def _is_end(text: str, offset: int) -> bool:
    """Whether a line has nothing more but a comment."""
    blank = _BLANK.match(text, offset)
    at = blank.end()
    return at >= len(text) or text[at] in "\r\n#"


def _last_end(text: str, offset: int) -> int:
    """Where what is not a comment ends, before a place."""
    end = at = 0
    for token in TOKEN.finditer(text[:offset]):
        between = text[at:token.start()].rstrip()
        if between:
            end = at + len(between)
        at = token.end()
        if not (token["comment"] or token["newline"]):
            end = at
    between = text[at:offset].rstrip()
    return at + len(between) if between else end


def _open_bracket(text: str, offset: int) -> int | None:
    """The innermost [ or { that is open at a place, unless it is that of a header's line alone."""
    brackets: list[int] = []
    for token in TOKEN.finditer(text[:offset]):
        if token["open"]:
            brackets.append(token.start())
        elif token["close"] and brackets:
            brackets.pop()
    # A header within an array looks like one of its elements.
    line = text.rfind("\n", 0, offset) + 1
    while brackets and brackets[-1] >= line and len(brackets) > 1 and (
            _HEADER.match(text, brackets[-1] + 1) or text.startswith("[", brackets[-1] + 1)):
        brackets.pop()
    return brackets[-1] if brackets else None
