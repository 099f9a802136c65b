# SPDX-License-Identifier: Apache-2.0
"""Fills in a template of the manual page or the completion: codes, output formats and options.

usage: fill.py CODES.tsv < TEMPLATE > FILE

A word between two @ is replaced; one that is not known here is an error. No library is needed.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from textwrap import fill

from axvm_lint.reporting.codes import Description, read_descriptions
from axvm_lint.reporting.formats import FORMATS
from shells import Completion


def roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("^", "\\(ha")
    return re.sub(r"^([.'])", r"\\&\1", text.replace("~", "\\(ti"), flags=re.MULTILINE)


def paragraphs(items: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Items of a list, of roff each."""
    for title, text in items:
        yield f".TP\n{title}\n{fill(text, 96, break_on_hyphens=False)}"


def described(code: str, description: Description) -> tuple[str, str]:
    severities = ", ".join(description.severities)
    return (f".BR {roff(code)} \" ({severities})\"",
            roff(" ".join([description.what, description.why, description.how, *(
                [f"--fix: {description.fix}"] if description.fix else [])])))


def main() -> None:
    codes = dict(sorted(read_descriptions(sys.argv[1]).items()))
    filled = {
        **Completion([*codes]).filled(),
        "codes.roff": "\n".join(paragraphs(described(*item) for item in codes.items())),
        "formats.roff": "\n".join(f".B {roff(name)}\n({roff(known.about)})"
                                  f"{'.' if known is [*FORMATS.values()][-1] else ','}"
                                  for name, known in FORMATS.items()),
    }
    sys.stdout.write(re.sub(r"@([\w.]+)@", lambda word: filled[word[1]], sys.stdin.read()))


main()
