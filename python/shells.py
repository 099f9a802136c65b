# SPDX-License-Identifier: Apache-2.0
"""The table of options as the completion of each shell has it."""

import re
from collections.abc import Iterable
from textwrap import fill

from axvm_lint.options.table import FOLDER, Option, Value, options

# A build has no library to ask; a test compares them with those that the program knows.
_LISTS = {"{arches}": "aarch64 riscv64 x86_64 loongarch64", "{models}": "0.5 0.7 0.7.3"}


def words(names: Iterable[str]) -> str:
    """Words of a shell, over several lines."""
    return fill(" ".join(names), 80, subsequent_indent="\t\t", break_on_hyphens=False)


class Completion:
    """What a template of a shell has between two @."""

    def __init__(self, codes: list[str]) -> None:
        self._lists = {**_LISTS, "{codes}": " ".join(codes),
                       "{disabled}": " ".join(code for code in codes if code != "file-syntax")}

    def filled(self) -> dict[str, str]:
        return {
            "options": words(sorted(option.name for option in options())),
            "bash.values": self._bash(),
            "zsh.options": "\n".join(map(self._zsh, options())),
            "fish.options": "\n".join(map(self._fish, options())),
        }

    def _words(self, value: Value) -> list[str]:
        return " ".join(self._lists.get(word, word) for word in value.words).split()

    def _bash(self) -> str:
        """Options that take the same are one case."""
        cases: dict[str, list[str]] = {}
        for option in options():
            if option.value:
                cases.setdefault(self._bash_values(option.value), []).append(option.name)
        return "\n".join(f"\t{' | '.join(names)})\n{lines}\t\treturn ;;"
                         for lines, names in cases.items())

    def _bash_values(self, value: Value) -> str:
        if value.words:
            return ("\t\tmapfile -t COMPREPLY < <(compgen -W "
                    f"'{words(self._words(value))}' -- \"$cur\")\n")
        if not value.suffixes:
            return ""
        ways = ["compgen -d"] if value.suffixes != ("",) else []
        ways += [f"compgen -f -X '!*{suffix}'" for suffix in value.suffixes if suffix != FOLDER]
        commands = "; ".join(f'{way} -- "$cur"' for way in ways)
        return f"\t\tcompopt -o filenames\n\t\tmapfile -t COMPREPLY < <({commands})\n"

    def _zsh(self, option: Option) -> str:
        value = option.value
        about = re.sub(r"([\[\]\\:])", r"\\\1", _short(option))
        text = f"[{about}]"
        if value:
            text = f"={text}:{value.metavar.replace(':', chr(92) + ':')}:{self._zsh_values(value)}"
        text = text.replace("'", r"'\''")
        if option.short:
            return f"\t'({option.short} {option.name})'{{{option.short},{option.name}}}'{text}' \\"
        return f"\t'{'*' if option.is_list else ''}{option.name}{text}' \\"

    def _zsh_values(self, value: Value) -> str:
        if value.words:
            return f"({' '.join(self._words(value))})"
        if value.suffixes == (FOLDER,):
            return "_files -/"
        if value.suffixes == ("",):
            return "_files"
        return f'_files -g "*({"|".join(value.suffixes)})(-.)"' if value.suffixes else " "

    def _fish(self, option: Option) -> str:
        value = option.value
        flags = f" -s {option.short[1:]}" if option.short else ""
        if value is None:
            pass
        elif value.words:
            flags += f" -x -a '{' '.join(self._words(value))}'"
        elif value.suffixes == (FOLDER,):
            flags += " -x -a '(__fish_complete_directories)'"
        elif value.suffixes == ("",):
            flags += " -r -F"
        elif value.suffixes:
            flags += f" -x -k -a '(__fish_complete_suffix {' '.join(value.suffixes)})'"
        else:
            flags += " -x"
        about = _short(option).replace("\\", "\\\\").replace("'", "\\'")
        return f"complete -c axvm-lint -l {option.name[2:]}{flags} -d '{about}'"


def _short(option: Option) -> str:
    """What an option does, in a few words."""
    return re.split(r"[:;,(]", option.about, maxsplit=1)[0].strip()
