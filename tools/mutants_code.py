# SPDX-License-Identifier: Apache-2.0
"""The mutants of a C function that are not one token: operands, types, variables, order, bounds, returns.

Each is an `Edit` of the text. What several faults would do is made once, in the form that is hardest
to see: a value that loses its bits above 32 also shows one that keeps 16 or 8 of them.
"""

import re
from dataclasses import dataclass

# A number of elements or bytes loses more, as no test has 2^32 of them.
NARROWER = {"uint64_t": "uint32_t", "size_t": "uint8_t", "uint32_t": "uint16_t"}
WIDE = "|".join(NARROWER)
# Members of one structure and type that are easily confused.
CONFUSED = {"start": "end", "end": "start", "base_gpa": "base_hpa", "base_hpa": "base_gpa"}

KINDS = ("operands", "conditions", "types", "variables", "bounds", "returns", "order")

BLANK = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^#(?:[^\n]*\\\n)*[^\n]*', re.S | re.M)
FUNCTION = re.compile(r"^(?!typedef|struct \w+ \{|enum|union)([A-Za-z_][^;{}#=]*)\n(\{\n.*?^\})", re.S | re.M)
STRUCT = re.compile(r"^(?:static )?(?:typedef )?struct \w+ \{\n.*?^\}", re.S | re.M)
TOKEN = re.compile(r"[A-Za-z_]\w*|\d\w*|<<=|>>=|->|\+\+|--|<<|>>|[-+*/%&|^<>=!]=|&&|\|\||\S")
WORD = re.compile(r"[A-Za-z_]\w*$")
DECLARATION = re.compile(
    r"((?:(?:static|const) )*(?:(?:struct|enum|unsigned) )?[A-Za-z_]\w*(?: const)?) (\**)([A-Za-z_]\w*)(?= = |;|,|\[|\)| : )")
NO_TYPE = re.compile(r"(?:return|goto|else|case|sizeof|struct|enum|const|static)\b *$")
# A bound that never changes: a counter of fewer bits counts up to it as well.
CONSTANT_BOUND = re.compile(r"[^;]*; \w+ < (?:[A-Z_0-9]+\b|COUNT\(|sizeof|\d)")
LEAVES = re.compile(r"(?:return|break|continue|goto|case|default|else|\})\b|\}")
PURE = re.compile(r"(?:is_|has_|axvm_(?:gpa|hpa|align|is_aligned|vm_has|may_be|check_vm)|sizeof|UINT64_C)")


@dataclass
class Edit:
    start: int
    end: int
    text: str
    old: str
    new: str
    kind: str = "types"


def blanked(text):
    """The code of a text, each character at its place: without comments, directives, and what is quoted."""
    def blank(match):
        quote = match[0][0] if match[0][0] in "\"'" else ""
        inside = re.sub(r"[^\n]", " ", match[0][len(quote):len(match[0]) - len(quote)])
        return quote + inside + quote
    return BLANK.sub(blank, text)


def edits_of(text, with_structs):
    """Every edit of a source, with the function or structure that it is in."""
    code = blanked(text)
    for match in FUNCTION.finditer(code):
        name = re.search(r"(\w+)\s*\(", match[1])
        if name:
            function = Function(text, code, match)
            for edit in function.edits():
                yield name[1], edit
    for match in STRUCT.finditer(code) if with_structs else ():
        for found in re.finditer(rf"\b({WIDE})(?= \w+[^(]*;)", match[0]):
            start = match.start() + found.start()
            line = line_of(code, start)
            yield match[0].split()[-2 if match[0].startswith("typedef") else 1], Edit(
                start, start + len(found[1]), NARROWER[found[1]], line, line.replace(found[1], NARROWER[found[1]], 1))


def line_of(code, at):
    return code[code.rfind("\n", 0, at) + 1:code.find("\n", at)].strip()


def words(text):
    return " ".join(text.split())


class Function:
    def __init__(self, text, code, match):
        self.text, self.code = text, code
        self.head, self.body = match.span(1), match.span(2)
        self.tokens = [(m[0], m.start()) for m in TOKEN.finditer(code, *self.body)]

    def edits(self):
        for kind, changes in (("operands", self.operands()), ("conditions", self.long_conditions()),
                              ("types", self.narrowed()), ("variables", self.other_variables()),
                              ("bounds", self.bounds()), ("returns", self.returns()), ("order", self.swaps())):
            for edit in changes:
                edit.kind = kind
                yield edit

    def replace(self, start, end, text):
        """An edit inside a line, which names it."""
        line = self.code.rfind("\n", 0, start) + 1
        stop = self.code.find("\n", end)
        return Edit(start, end, text, words(self.text[line:stop]),
                    words(self.text[line:start] + text + self.text[end:stop]))

    # One side of && and ||.

    def operands(self):
        for i, (token, at) in enumerate(self.tokens):
            if token not in ("&&", "||"):
                continue
            left, right = self.side(i, token, -1), self.side(i, token, 1)
            start, end = self.tokens[left][1], self.tokens[right][1] + len(self.tokens[right][0])
            both, after = self.text[start:end], self.tokens[i + 1][1]
            if self.tokens[left - 1][0] != token:
                yield Edit(start, after, "", words(both), words(self.text[after:end]))
            last = self.tokens[i - 1]
            yield Edit(last[1] + len(last[0]), end, "", words(both), words(self.text[start:at]))

    def side(self, i, operator, step):
        """The last token of an operand, from its operator on."""
        opening, closing = ("([{", ")]}") if step > 0 else (")]}", "([{")
        depth, last = 0, i
        while True:
            i += step
            token = self.tokens[i][0]
            if token in opening:
                depth += 1
            elif token in closing:
                depth -= 1
                if depth < 0:
                    return last
            elif depth == 0 and (token in (",", ";", "?", ":", "||", operator, "return")
                                 or re.fullmatch(r"[-+*/%&|^]?=|<<=|>>=", token)):
                return last
            last = i

    # Conditions of several lines; those of one are changed by line.

    def long_conditions(self):
        for i, (token, at) in enumerate(self.tokens):
            if token not in ("if", "while") or self.tokens[i + 1][0] != "(":
                continue
            start = self.tokens[i + 1][1] + 1
            end = self.closing(i + 1)
            if "\n" in self.text[start:end]:
                old = self.text[start:end]
                yield Edit(start, end, f"!({old})", words(f"{token} ({old})"), words(f"{token} (!({old}))"))
                yield Edit(start, end, "0", words(f"{token} ({old})"), f"{token} (0)")

    def closing(self, i):
        depth = 0
        for token, at in self.tokens[i:]:
            depth += (token in "([{") - (token in ")]}")
            if depth == 0:
                return at
        raise ValueError("unbalanced")

    # Narrowed types.

    def narrowed(self):
        body = self.body[0] + 2
        for kind, name in re.findall(rf"[(,\t]\s*(?:const )?({WIDE}) (\w+)(?=[,)])", self.code[slice(*self.head)]):
            narrow = f"{name} = ({NARROWER[kind]}){name};"
            yield Edit(body, body, f"\t{narrow}\n", f"{kind} {name}", narrow)
        for found in re.finditer(rf"(?<=[\t(])(?:const )?({WIDE})(?= \w+(?: = |;|,|\[))|\((uint64_t|uint32_t)\)(?=[\w(])",
                                 self.code[slice(*self.body)]):
            group = found.lastindex
            start, end = (self.body[0] + place for place in found.span(group))
            if found[group] != "uint64_t" and CONSTANT_BOUND.match(self.code, end):
                continue
            yield self.replace(start, end, NARROWER[found[group]])

    # Another variable of the same type: for the first use in a line, the one that is declared next.

    def other_variables(self):
        variables = self.variables()
        seen = set()
        for i, (token, at) in enumerate(self.tokens):
            before = self.tokens[i - 1][0] if i else ""
            if before in (".", "->"):
                if token in CONFUSED and self.tokens[i + 1][0] != "(":
                    yield self.replace(at, at + len(token), CONFUSED[token])
                continue
            line = self.code.count("\n", 0, at)
            visible = [v for v in variables if v[2] < at < v[3]]
            here = next((v for v in reversed(visible) if v[1] == token), None)
            if here is None or (line, token) in seen:
                continue
            same = [v for v in visible if v[0] == here[0] and v[1] != token]
            later = [v for v in same if v[2] > here[2]] + same
            if later:
                seen.add((line, token))
                yield self.replace(at, at + len(token), later[0][1])

    def variables(self):
        """Parameters and local variables: type, name, and where each may be used."""
        found = []
        head = self.code[self.head[0]:self.head[1]]
        for m in DECLARATION.finditer(head, head.find("(") + 1):
            found.append((self.type_of(m[1] + m[2]), m[3], self.body[0], self.body[1]))
        for m in DECLARATION.finditer(self.code, *self.body):
            line = self.code.rfind("\n", 0, m.start()) + 1
            indent = self.code[line:m.start()]
            if NO_TYPE.search(m[1]) or not re.fullmatch(r"\t+(?:for \()?", indent):
                continue
            depth = indent.count("\t") - ("for" not in indent)
            scope = re.compile(rf"^\t{{0,{depth}}}(?=[^\t\n ])", re.M).search(self.code, self.code.find("\n", m.end()))
            end = scope.start() if scope else self.body[1]
            found.append((self.type_of(m[1] + m[2]), m[3], m.end(), end))
            statement = self.code[m.end():self.code.find(";", m.end())]
            for name in re.findall(r", (\w+)(?= = |,|$)", re.sub(r"\([^()]*\)|\{[^}]*\}", "", statement)):
                found.append((self.type_of(m[1] + m[2]), name, m.end(), end))
        return found

    @staticmethod
    def type_of(text):
        return re.sub(r"\b(?:static|const)\b *", "", text).replace(" ", "")

    # The first and the last turn of a loop.

    def bounds(self):
        for found in re.finditer(r"for \((?:\w+ )?\w+ = ([^;,\d][^;,]*); (?:(\w+) < ([^;&|]+))?", self.code[slice(*self.body)]):
            start, end = (self.body[0] + place for place in found.span(1))
            yield self.replace(start, end, f"{self.text[start:end]} + 1")
        for found in re.finditer(r"(?:for \([^;]*; |while \()(\w+) < \w", self.code[slice(*self.body)]):
            start, end = (self.body[0] + place for place in found.span(1))
            yield self.replace(start, end, f"{found[1]} + 1")

    # Early returns, but for those that are the body of a condition of one line.

    def returns(self):
        for found in re.finditer(r"\n(\t{2,})(return\b[^;]*;)", self.code[slice(*self.body)]):
            start, end = (self.body[0] + place for place in found.span(2))
            line = self.code.rfind("\n", 0, start)
            before = self.code[self.code.rfind("\n", 0, line) + 1:line]
            if not re.match(r"\t+(?:\} else )?if \(.*\)$", before):
                yield Edit(start, end, ";", words(self.text[start:end]), f"; (after {words(before)})")

    # Two statements in the other order.

    def swaps(self):
        units = self.statements()
        for first, second in zip(units, units[1:]):
            if first[2] != second[2] or self.text[first[1]:second[0]].strip():
                continue
            one, other = self.code[first[0]:first[1]], self.code[second[0]:second[1]]
            if is_fixed(one) or is_fixed(other) or not depend(one, other):
                continue
            text = self.text[second[0]:second[1]] + self.text[first[1]:second[0]] + self.text[first[0]:first[1]]
            yield Edit(first[0], second[1], text, head_of(self.text[first[0]:first[1]]),
                       "after " + head_of(self.text[second[0]:second[1]]))

    def statements(self):
        """Where each statement of every block begins and ends, and its depth."""
        found, at = [], self.body[0] + 2
        open_at = {}
        for line in self.code[at:self.body[1]].split("\n"):
            stripped = line.lstrip("\t")
            depth = len(line) - len(stripped)
            if stripped.strip() and stripped[0] != " ":
                for deeper in [d for d in open_at if d > depth]:
                    found.append((*open_at.pop(deeper), deeper))
                if depth in open_at and not stripped.startswith("}"):
                    if stripped.startswith("else"):
                        open_at[depth] = (open_at[depth][0], at + len(line))
                    else:
                        found.append((*open_at.pop(depth), depth))
                        open_at[depth] = (at, at + len(line))
                elif depth not in open_at:
                    open_at[depth] = (at, at + len(line))
                for d, (start, _) in open_at.items():
                    open_at[d] = (start, at + len(line))
            at += len(line) + 1
        found += [(*place, depth) for depth, place in open_at.items()]
        return sorted(f for f in found if f[2] > 0)


def head_of(text):
    return words(text.split("\n")[0])


def is_fixed(statement):
    """A declaration, or what ends or begins its block."""
    statement = statement.strip()
    return not statement or bool(LEAVES.match(statement)) or bool(DECLARATION.match(statement)) \
        or statement[-1] not in ";}"


def written(statement):
    paths = re.findall(r"([A-Za-z_][\w.>\[\]-]*?) (?:[-+|&^*]|<<|>>)?= ", statement)
    paths += re.findall(r"([A-Za-z_][\w.>-]*)(?:\[[^\]]*\])?(?:\+\+|--)", statement)
    paths += re.findall(r"(?:\+\+|--|(?<=[(,] )&|(?<=\()&)([A-Za-z_][\w.>-]*)", statement)
    return {re.sub(r"->", ".", path) for path in paths}


def used(statement):
    return {re.sub(r"->", ".", path) for path in re.findall(r"[A-Za-z_](?:[\w.]|->)*", statement)}


def calls(statement):
    return {name for name in re.findall(r"([A-Za-z_]\w*)\(", statement) if not PURE.match(name)}


def meet(some, others):
    return any(a == b or a.startswith(b + ".") or b.startswith(a + ".") for a in some for b in others)


def depend(one, other):
    """Whether the order of two statements may matter."""
    if calls(one) and calls(other):
        return True
    exits = [set(re.findall(r"\b(?:return\b[^;]*|break|continue)", s)) for s in (one, other)]
    if exits[0] and exits[1] and exits[0] != exits[1]:
        return True
    if (exits[0] and (written(other) or calls(other))) or (exits[1] and (written(one) or calls(one))):
        return True
    return meet(written(one), used(other)) or meet(written(other), used(one))
