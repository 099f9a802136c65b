# SPDX-License-Identifier: Apache-2.0
"""The releases of Axvisor, and the version of axvm-types that each of them has."""

from collections.abc import Collection
from typing import NamedTuple

from axvm_types import Model
from ..text import choice

Release = tuple[int, int, int]


class Releases(NamedTuple):
    """The releases that have a version: from FIRST to LAST."""

    first: Release | None
    last: Release


# The last of them is the newest one whose behaviour is known.
RELEASES: dict[Model, Releases] = {
    Model.V0_5: Releases(None, (0, 5, 15)),
    Model.V0_7: Releases((0, 5, 16), (0, 5, 23)),
    Model.V0_7_3: Releases((0, 5, 24), (0, 8, 3)),
}

NEWEST = max(releases.last for releases in RELEASES.values())

# When the format of VM files changed, for texts.
NEW_FORMAT = "Axvisor 0.5.24 (2026-08-09)"


def release_text(release: Release) -> str:
    return ".".join(map(str, release))


def spans_text(models: Collection[Model]) -> str:
    """The releases of versions, for people: before 0.5.16, 0.5.24 and later.

    A version that no release has yet goes by its own name.
    """
    known = list(RELEASES)
    runs: list[list[int]] = []
    coming = sorted(model.value for model in models if model not in RELEASES)
    for index in sorted(known.index(model) for model in models if model in RELEASES):
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return ", ".join([*(_span(RELEASES[known[run[0]]].first, RELEASES[known[run[-1]]].last)
                        for run in runs),
                      *(f"with axvm-types {Model(value).name}" for value in coming)])


def _span(first: Release | None, last: Release) -> str:
    if first is None:
        return "of all releases" if last == NEWEST else f"before {release_text(_after(last))}"
    return (f"{release_text(first)} and later" if last == NEWEST else
            f"{release_text(first)} to {release_text(last)}")


def _after(release: Release) -> Release:
    """The first release of the version that follows one that ends with RELEASE."""
    return min(releases.first for releases in RELEASES.values()
               if releases.first is not None and releases.first > release)


def releases_text(*models: Model) -> str:
    """The releases of versions, for people: Axvisor 0.5.24 and later."""
    return f"Axvisor {spans_text(models)}"


def read_release(text: str) -> Release | None:
    """A release from its text, such as 0.8.1; None for another text."""
    parts = text.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 10
                                  for part in parts):
        return None
    major, minor, patch = map(int, parts)
    return major, minor, patch


def model_of(release: Release) -> Model:
    """The version that a release has, or that of the newest known one."""
    return max(model for model, releases in RELEASES.items()
               if releases.first is None or release >= releases.first)


def remark_on(release: Release) -> str | None:
    """How the check for a release may differ from what the release does; None where it does not."""
    checked = f"checked as for {release_text(NEWEST)}"
    if release > NEWEST:
        return (f"Axvisor {release_text(release)} is newer than all releases that axvm-lint knows: "
                f"{checked}")
    if model_of(release) == max(RELEASES) and release < NEWEST:
        return (f"Axvisor {release_text(release)} reads the same files as "
                f"{release_text(NEWEST)}, but may refuse more or fewer of them: {checked}")
    return None


def models_help() -> str:
    """The versions with their releases, for the help."""
    return choice([f"{model.name} ({releases_text(model)})" for model in RELEASES])
