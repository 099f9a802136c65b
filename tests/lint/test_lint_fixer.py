# SPDX-License-Identifier: Apache-2.0
"""Which fixes are made, for a check that finds what the test says it finds."""

import tap

tap.need_library()

from axvm_lint.findings import Finding, Fix, Owner  # noqa: E402
from axvm_lint.fixing.files import Texts  # noqa: E402
from axvm_lint.fixing.fixer import Find, Fixer  # noqa: E402
from axvm_types import FindingCode, Severity  # noqa: E402
from linting import run_tests  # noqa: E402
from tap import done, is_  # noqa: E402

BAD, GOOD = "[base]\ncpu_nun = 2\n", "[base]\ncpu_num = 2\n"


def finding(name: str, to: str) -> Finding:
    owner = Owner("vm.toml", 0, "base", name=name)
    return Finding("vm.toml", FindingCode.FILE_KEY, Severity.ERROR, "", "", {}, owner,
                   fix=Fix(owner, name=to))


def fixed(find: Find) -> tuple[str, int, int]:
    """The text of BAD after the fixes of what FIND finds, how many were made, and how many not."""
    fixer = Fixer({"vm.toml": BAD}, find)
    fixer.run()
    return fixer.texts["vm.toml"], fixer.made.total(), fixer.left


def gone(texts: Texts) -> list[Finding]:
    return [finding("cpu_nun", "cpu_num")] if "cpu_nun" in texts["vm.toml"] else []


def stays(texts: Texts) -> list[Finding]:
    """It is found whatever the text is: the fix does no harm, and no good."""
    del texts
    return [finding("cpu_nun", "cpu_num")]


def made() -> None:
    is_(fixed(gone), (GOOD, 1, 0), "a fix that helps is made")
    is_(fixed(stays), (BAD, 0, 1), "one after which the same is found is not")


run_tests(made)
done()
