# SPDX-License-Identifier: Apache-2.0
"""Applies a plan to the pieces of a file."""

from collections.abc import Iterator

from ..schema.versions import TABLE_OF
from .arrays import new_array, toml_string, with_map_type
from .changes import TABLES, Change, Drop, Entries, Path, Plan, Regions, Set
from .comments import own
from .pieces import Kind, Pair, Piece


def rewritten(pieces: list[Piece], plan: Plan, is_flat: bool, newline: str) -> str:
    """The text of the new file; of a flat one, whose keys are in no tables, with tables."""
    rewriter = _Rewriter(pieces, plan, is_flat, newline)
    rewriter.change()
    rewriter.add()
    if is_flat:
        rewriter.make_tables()
    return rewriter.text()


class _Rewriter:
    def __init__(self, pieces: list[Piece], plan: Plan, is_flat: bool, newline: str) -> None:
        self._plan = plan
        self._is_flat = is_flat
        self._newline = newline
        if is_flat:
            for piece in pieces:
                if piece.path and piece.path[0] in TABLE_OF:
                    piece.path = (TABLE_OF[str(piece.path[0])], *piece.path)
        self._pieces = pieces
        self._out: list[Piece] = []
        # Whether something went after the last piece that stayed.
        self._has_gap = False

    def change(self) -> None:
        """Apply the changes; the pieces that stay are in _out afterwards."""
        for start, end in self._units():
            unit = self._pieces[start:end]
            self._unit(unit[:-1], unit[-1])

    def _units(self) -> Iterator[tuple[int, int]]:
        """Each header or key with the comments directly above that are its own; or another piece."""
        begin = at = 0
        while at < len(self._pieces):
            kind = self._pieces[at].kind
            if kind == Kind.COMMENT:
                at += 1
                continue
            if kind == Kind.BLANK:
                first = at
            else:
                block = [piece.text for piece in self._pieces[begin:at]]
                first = at - len(own(block))
            yield from ((each, each + 1) for each in range(begin, first))
            yield first, at + 1
            begin = at = at + 1
        yield from ((each, each + 1) for each in range(begin, at))

    def _unit(self, comments: list[Piece], piece: Piece) -> None:
        path = piece.path
        if piece.kind == Kind.BLANK:
            if not self._has_gap or self._out and not self._is_open():
                self._out.append(piece)
                self._has_gap = False
        elif piece.kind == Kind.COMMENT:
            self._keep([piece])
        elif path[0] in self._plan.tables:
            self._gone()
        elif len(path) > 2 and isinstance(path[2], int) and self._change_of(path[:2]):
            self._element(comments, piece, self._plan.changes[str(path[0]), str(path[1])])
        elif piece.kind == Kind.HEADER:
            if len(path) == 2 and isinstance(self._change_of(path), Drop):
                self._gone()
            else:
                self._keep([*comments, piece])
        elif len(path) == 1:
            self._inline(piece)
            self._keep([*comments, piece])
        else:
            self._key(comments, piece, self._change_of(path[:2]))

    def _key(self, comments: list[Piece], piece: Piece, change: Change | None) -> None:
        match change:
            case Drop():
                self._gone()
                return
            case Set() | Entries():
                texts = change.keeps([comment.text for comment in comments])
                comments = [Piece(Kind.COMMENT, text) for text in texts]
                after = piece.tail.strip()
                if after and not change.keeps([after]):
                    piece.tail = self._newline
                if len(piece.path) == 2:
                    # What follows the name are blanks of a column, perhaps.
                    piece.name = change.key + piece.name[len(piece.name.rstrip()):]
        if change and len(piece.path) == 2:
            piece.value = self._value(piece.value, change, piece.indent)
        self._keep([*comments, piece])

    def _value(self, old: str, change: Change, indent: str) -> str:
        match change:
            case Set():
                return toml_string(change.value)
            case Entries():
                return new_array(old, change, indent, self._newline)
            case Regions():
                return with_map_type(old, change.indexes)
        return old

    def _inline(self, table: Piece) -> None:
        """Change the keys of a table that is written in braces."""
        pairs: list[Pair] = []
        for pair in table.inline:
            change = self._change_of((*table.path, pair.name))
            if isinstance(change, Drop):
                continue
            if change:
                pair.value = self._value(pair.value, change, "")
            if isinstance(change, Set | Entries):
                pair.text = change.key
            pairs.append(pair)
        for (name, key), value in self._plan.added.items():
            if table.path == (name,):
                pairs.append(Pair(key, key, toml_string(value)))
        if table.inline:
            inner = ", ".join(f"{pair.text.strip()} = {pair.value}" for pair in pairs)
            table.value = f"{{ {inner} }}" if inner else "{}"

    def _element(self, comments: list[Piece], piece: Piece, change: Change) -> None:
        """A piece of an array of tables with headers."""
        index = piece.path[2]
        if isinstance(change, Regions):
            self._keep([*comments, piece])
            return
        new = change.entries[index] if isinstance(change, Entries) and isinstance(index, int) else []
        if piece.kind == Kind.KEY or len(piece.path) > 3 or not isinstance(change, Entries) or not new:
            self._gone()
            return
        name = f"{piece.path[0]}.{change.key}"
        for number, entry in enumerate(new):
            header = Piece(Kind.HEADER, path=(piece.path[0], change.key, index), indent=piece.indent,
                           name=f"[[{name}]]", tail=self._newline if number else piece.tail)
            self._keep([*comments, header] if not number else [header])
            self._keep([Piece(Kind.KEY, path=(*header.path, key), name=key, indent=piece.indent,
                              value=toml_string(value), tail=self._newline)
                        for key, value in entry.items()])

    def add(self) -> None:
        """Add the keys that no old key becomes."""
        for (table, key), value in self._plan.added.items():
            same = [(at, piece) for at, piece in enumerate(self._out) if piece.path[:1] == (table,)]
            if any(piece.kind == Kind.KEY and len(piece.path) == 1 for _, piece in same):
                # In braces.
                continue
            new = Piece(Kind.KEY, path=(table, key), name=key, value=toml_string(value),
                        tail=self._newline)
            keys = [(at, piece) for at, piece in same
                    if piece.kind == Kind.KEY and len(piece.path) == 2]
            headers = [at for at, piece in same if piece.path == (table,)]
            if keys:
                at, last = keys[-1]
                new.prefix, new.indent = last.prefix, last.indent
                self._end_line(last)
                self._out.insert(at + 1, new)
            elif headers:
                self._end_line(self._out[headers[0]])
                self._out.insert(headers[0] + 1, new)
            elif self._is_flat:
                self._out.insert(0, new)
            else:
                if self._out:
                    self._end_line(self._out[-1])
                    self._out.append(Piece(Kind.BLANK, self._newline))
                self._out += [self._table(table), new]

    def make_tables(self) -> None:
        """Put the keys of a flat file into tables, each with what is above it."""
        groups: dict[str, list[Piece]] = {}
        waiting: list[Piece] = []
        top: list[Piece] = []
        table = "base"
        for piece in self._out:
            waiting.append(piece)
            if not piece.path:
                if piece.kind == Kind.BLANK and not groups:
                    # What is before the first key, and not directly above it.
                    top += waiting
                    waiting = []
                continue
            table = str(piece.path[0])
            groups.setdefault(table, []).extend(waiting)
            waiting = []
        groups.setdefault(table, []).extend(waiting)
        self._out = top
        for name in sorted(groups, key=TABLES.index):
            pieces = groups[name]
            while pieces and pieces[0].kind == Kind.BLANK:
                del pieces[0]
            if self._out:
                self._end_line(self._out[-1])
                if self._out[-1].kind != Kind.BLANK:
                    self._out.append(Piece(Kind.BLANK, self._newline))
            plain = [piece for piece in pieces if len(piece.path) < 3]
            self._out += [self._table(name), *plain]
            for piece in pieces:
                if len(piece.path) > 2:
                    # Of an array of tables, which come after all keys.
                    if piece.kind == Kind.HEADER and len(piece.path) == 3:
                        piece.name = f"[[{piece.path[0]}.{piece.path[1]}]]"
                    self._out.append(piece)

    def _table(self, name: str) -> Piece:
        return Piece(Kind.HEADER, path=(name,), name=f"[{name}]", tail=self._newline)

    def _change_of(self, path: Path) -> Change | None:
        return self._plan.changes.get((str(path[0]), str(path[1])))

    def _keep(self, pieces: list[Piece]) -> None:
        self._out += pieces
        self._has_gap = False

    def _gone(self) -> None:
        """Take note that something is gone: two blank lines that touch there become one."""
        self._has_gap = True

    def _is_open(self) -> bool:
        """Whether a blank line here would be one too many."""
        last = self._out[-1]
        return last.kind in (Kind.BLANK, Kind.HEADER)

    @staticmethod
    def _end_line(piece: Piece) -> None:
        if not piece.written().endswith("\n"):
            if piece.text:
                piece.text += "\n"
            else:
                piece.tail += "\n"

    def text(self) -> str:
        """The text of the pieces."""
        while self._has_gap and self._out and self._out[-1].kind == Kind.BLANK:
            del self._out[-1]
        for piece in self._out[:-1]:
            self._end_line(piece)
        return "".join(piece.written() for piece in self._out)
