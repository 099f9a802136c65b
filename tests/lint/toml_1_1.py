# SPDX-License-Identifier: Apache-2.0
"""A reader of TOML 1.1 on top of Python's tomllib, which reads 1.0.

What 1.1 allows in addition is rewritten first: newlines, comments and a comma at the end in inline
tables, and the escapes \\e and \\xHH. Times without seconds are not rewritten, so they are refused.
"""

import re
import tomllib

_TOKEN = re.compile(
    r'''"""(?:\\.|[^\\])*?"""{1,3}|\'\'\'.*?\'\'\'\'{0,2}'''
    r'''|"(?:\\[^\n]|[^"\\\n])*"|'[^'\n]*\''''
    r'''|#[^\n]*|[^\s"'#\[\]{},]+|.''', re.DOTALL)

_ESCAPE = re.compile(r"\\(?:(e)|x([0-9A-Fa-f]{2})|.)", re.DOTALL)


def read(text: str) -> dict:
    """The document, with integers of any size; ValueError where it is not TOML 1.1."""
    return tomllib.loads(as_1_0(text.removeprefix("\ufeff")))


def as_1_0(text: str) -> str:
    """The text in the words of TOML 1.0; what is wrong stays wrong."""
    tokens: list[str] = []
    opened = []
    # Where the last two tokens are that are more than blanks, newlines and comments.
    before = last = -1
    # Where the newlines are that are allowed only if the next token is a comma or brace.
    newlines: list[int] = []
    for token in _TOKEN.findall(text.replace("\r\n", "\n")):
        in_table = opened[-1:] == ["{"]
        if token[0] == "#" and in_table:
            continue
        if token == "\n" and in_table:
            if tokens[last] in "{,":
                token = " "
            else:
                newlines.append(len(tokens))
        elif not token.isspace() and token[0] != "#":
            if token in {'"', "'"}:
                raise ValueError("a string does not end")
            if token in {",", "}"}:
                for newline in newlines:
                    tokens[newline] = " "
            newlines.clear()
            if token == "}" and in_table and tokens[last] == "," and tokens[before] != "{":
                tokens[last] = " "
            if token in {"[", "{"}:
                opened.append(token)
            elif token in {"]", "}"} and opened:
                opened.pop()
            before, last = last, len(tokens)
        tokens.append(_ESCAPE.sub(_escape, token) if token[0] == '"' else token)
    return "".join(tokens)


def _escape(escape: re.Match) -> str:
    if escape[1]:
        return "\\u001b"
    return f"\\u00{escape[2]}" if escape[2] else escape[0]
