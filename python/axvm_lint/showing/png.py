# SPDX-License-Identifier: Apache-2.0
"""A picture as PNG, by a program or a module that not every machine has."""

import shutil
import subprocess

from ..optional import optional_module

_PROGRAM = "rsvg-convert"


class NotConverted(Exception):
    """Why there is no PNG."""


def png(svg: str) -> bytes:
    """The picture in its light colours, one pixel for each of its own."""
    program = shutil.which(_PROGRAM)
    return _by_program(program, svg.encode()) if program else _by_module(svg.encode())


def _by_program(program: str, svg: bytes) -> bytes:
    try:
        with subprocess.Popen([program, "--format=png"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            data, errors = child.communicate(svg)
    except OSError as err:
        raise NotConverted(f"{_PROGRAM} cannot be run: {err.strerror}") from err
    if child.returncode or not data:
        reasons = errors.decode(errors="replace").splitlines() or [f"status {child.returncode}"]
        raise NotConverted(f"{_PROGRAM}: {reasons[0]}")
    return data


def _by_module(svg: bytes) -> bytes:
    try:
        module = optional_module("cairosvg")
    # OSError: it does not find the library that draws.
    except (ImportError, OSError) as err:
        raise NotConverted("a PNG needs rsvg-convert (package librsvg2-bin) or python3-cairosvg; "
                           "the name of an SVG ends in .svg") from err
    try:
        data: bytes = module.svg2png(bytestring=svg)
    # Its own errors and those of what is below it have no common class.
    except Exception as err:
        raise NotConverted(f"cairosvg: {err}") from err
    return data
