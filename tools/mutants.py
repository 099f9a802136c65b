# SPDX-License-Identifier: Apache-2.0
"""The mutants of a C source: one token, condition, statement or table row changed, and those of mutants_code."""

import re
from dataclasses import dataclass

import mutants_code

# What each token is exchanged for.
TOKENS = {
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
    "==": ["!="], "!=": ["=="], "&&": ["||"], "||": ["&&"],
    "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"],
    "&": ["|"], "|": ["&"], "^": ["|"], "<<": [">>"], ">>": ["<<"],
    "++": ["--"], "--": ["++"], "+=": ["-="], "-=": ["+="], "|=": ["&="], "&=": ["|="],
    "true": ["false"], "false": ["true"],
}
TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|'
    r"[A-Za-z_]\w*|0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*|"
    r"<<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.", re.S)
NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)$")
STATEMENT = re.compile(r"\t+(?:[a-z_][\w.>\[\]-]* (?:[-+|&]?=) .*;|(?:axvm_|[a-z_]+)[\w.>-]*\(.*\);|break;|continue;)$")
CONDITION = re.compile(r"(\t+(?:\} else )?(?:if|while) )\((.*)\)( \{)?$")
ROW = re.compile(r"\t+(?:\[.*\] = .*|\{.*\}|AXVM_\w+|\w+\(.*\)),$")
# A row with its key, which stays where it is, and the value that follows.
KEYED = re.compile(r"\[[^\]]+\] = (\{[^{}]*\}|[^,{}]+)(?=,)|\{ (?:AXVM_\w+|\d+), ([^{}]*) \}")
NOT_CODE = re.compile(r"\s*(?:#|_Static_assert|typedef|(?:struct|enum|union)\b[^=(]*\{|\}|\w+ \w+\[\w+\];)")


@dataclass
class Mutant:
    path: str
    function: str  # or table
    name: str  # what it is, whatever else the file holds
    original: str
    text: str
    kind: str  # of mutants_code.KINDS, or "tokens"


def functions(lines):
    """The name of the function or table that each line is in."""
    inside, names = "", []
    for line in lines:
        if line and not line[0].isspace() and line[0] not in "/#}{*":
            found = re.search(r"(\w+)(?:\[[^\]]*\])*(?:\(| = )", line)
            inside = found.group(1) if found else inside
        names.append(inside)
    return names


def changes_of_tokens(line):
    """Every change of one token: the new line."""
    tokens = TOKEN.findall(line)
    for i, token in enumerate(tokens):
        before = "".join(tokens[:i]).rstrip()
        others = list(TOKENS.get(token, []))
        if token in "+-*&" and (not before or before[-1] in "(,=<>|&+-*/%^?:[{!~" or before.endswith("return")):
            others = []  # a sign, an address or a pointer
        if token == "*" and re.search(r"(?:\b(?:void|char|axvm_\w+|struct \w+|int|size_t|uint\w+_t|const))$", before):
            others = []
        number = NUMBER.match(token)
        if number:
            value = int(number[1], 0)
            for other in (value + 1, value - 1):
                if other >= 0:
                    others.append((hex(other) if number[1][:2] in ("0x", "0X") else str(other)) + number[2])
        if len(token) == 3 and token[0] == "'":
            others.append(f"'{chr(ord(token[1]) + 1)}'" if token[1] not in "[&" else "'z'")
            others.append(f"'{chr(ord(token[1]) - 1)}'" if token[1] not in "](" else "'z'")
        for other in others:
            yield "".join(tokens[:i]) + other + "".join(tokens[i + 1:])


def changes_of_line(line):
    yield from changes_of_tokens(line)
    condition = CONDITION.match(line)
    if condition:
        for other in (f"!({condition[2]})", "0"):
            yield f"{condition[1]}({other}){condition[3] or ''}"
    if STATEMENT.match(line):
        yield re.match(r"\t+", line)[0] + ";"


def changes_of_row(lines, i):
    """Every change of the rows of a table in a line: what it is, and the lines in its place."""
    line, after = lines[i], lines[i + 1]
    keyed = list(KEYED.finditer(line))
    if ROW.match(after) and line != after and not keyed:
        yield (line, "swapped with the next row"), [after, line]
    if ROW.match(after) or ROW.match(lines[i - 1]):
        yield (line, "no such row"), []
    following = [m for m in [KEYED.search(after)] if m and ROW.match(after)]
    for row, other in zip(keyed, keyed[1:] + following):
        value, others = row[row.lastindex], other[other.lastindex]
        if value == others or is_alias(lines, i, row, other):
            continue
        here, there = row.span(row.lastindex), other.span(other.lastindex)
        if other in keyed:
            new = [line[:here[0]] + others + line[here[1]:there[0]] + value + line[there[1]:]]
        else:
            new = [line[:here[0]] + others + line[here[1]:], after[:there[0]] + value + after[there[1]:]]
        yield (row[0], "with the value of the next row"), new


def key_of(row):
    return row[0][:row.start(row.lastindex) - row.start()]


def is_alias(lines, i, row, other):
    """Whether both rows are further names of one key: only the first one has its name."""
    before = lines[i][:row.start()] + (lines[i - 1] if ROW.match(lines[i - 1]) else "")
    return key_of(row) == key_of(other) and key_of(row) in before


def mutants_of(source, path):
    """All mutants of a file, each with a name of its own."""
    text = (source / path).read_text(encoding="utf-8")
    seen, made = {}, set()
    for mutant in (*_mutants_of_lines(text, path, seen), *_mutants_of_code(text, path, seen)):
        if mutant.text not in made:
            made.add(mutant.text)
            yield mutant


def _mutants_of_code(text, path, seen):
    for function, edit in mutants_code.edits_of(text, path.startswith("src/")):
        changed = text[:edit.start] + edit.text + text[edit.end:]
        yield _mutant(path, function, edit.old, edit.new, changed, text, seen, edit.kind)


def _mutants_of_lines(text, path, seen):
    code = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.S)
    lines, shown = text.split("\n"), code.split("\n")
    names, in_macro = functions(shown), False
    inside = is_struct = False
    for i, line in enumerate(shown):
        is_code = inside and not is_struct and not NOT_CODE.match(line) and not in_macro
        in_macro = line.endswith("\\")
        # The house style: what opens at the margin closes there.
        if re.match(r"[a-z}].*\{$|\{$", line):
            inside, is_struct = True, bool(re.match(r"(?:typedef )?(?:struct|enum|union)\b[^=(]*\{$|extern", line))
        elif line.startswith("}"):
            inside = False
        if not is_code or not line.strip():
            continue
        changes = [(line, new) for new in changes_of_line(line)]
        for old, new in changes:
            yield _mutant(path, names[i], old, new, "\n".join(lines[:i] + [new] + lines[i + 1:]), text, seen)
        if ROW.match(line):
            for old, new in changes_of_row(shown, i):
                changed = lines[:i] + new + lines[i + len(new):] if new else lines[:i] + lines[i + 1:]
                yield _mutant(path, names[i], *old, "\n".join(changed), text, seen)


def _mutant(path, function, old, new, text, original, seen, kind="tokens"):
    name = f"{path} {function}: {old.strip()} => {new.strip()}"
    seen[name] = seen.get(name, 0) + 1
    if seen[name] > 1:
        name += f" ({seen[name]})"
    return Mutant(path, function, name, original, text, kind)
