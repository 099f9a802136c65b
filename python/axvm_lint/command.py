# SPDX-License-Identifier: Apache-2.0
"""The program: files in, findings and pictures out, an exit status."""

import argparse
import os
import sys
from contextlib import nullcontext, redirect_stdout
from io import StringIO, TextIOWrapper
from itertools import groupby

from axvm_types import Arch, FindingCode, LayoutLimits
from .check import Check, Unusable
from .options.machines import Machines
from .options.parser import parser
from .options.settings import BadConfiguration, Settings, WrongUse, said_by, settled
from .output import Identity, Refused, identities, write_file
from .reading.file_format import NEW_MODELS
from .reading.search import Search
from .reading.toml_file import STANDARD_INPUT
from .reporting.report import Report
from .streams import aside, complain, discard, prepare
from .text import printable

# Wrong usage, with which argparse ends as well; an internal error or an I/O error.
_TROUBLE = 2

# As the name of a picture.
STANDARD_OUTPUT = "-"


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit status."""
    prepare()
    if sys.stdout is None:
        complain("axvm-lint: standard output is closed")
        return _TROUBLE
    # A locale may lack characters that are printable elsewhere.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    usage = parser()
    try:
        options = usage.parse_intermixed_args(arguments)
        try:
            status = _run(options)
        except WrongUse as err:
            usage.error(str(err))
        except (BadConfiguration, Unusable) as err:
            complain(f"axvm-lint: {err}")
            return _TROUBLE
        sys.stdout.flush()
    except OSError as err:
        discard(sys.stdout)
        if not isinstance(err, BrokenPipeError):
            complain(f"axvm-lint: cannot write: {err.strerror}")
        return _TROUBLE
    except KeyboardInterrupt:
        import signal
        return 128 + signal.SIGINT
    return 0 if options.exit_zero and status == 1 else status


def _refuse_wrong_use(options: argparse.Namespace) -> None:
    if options.migrate and not options.files:
        raise WrongUse("--migrate needs files")
    others = [options.explain, options.template, options.list_codes, options.schema]
    asked = sum(other not in (None, False) for other in others)
    if bool(options.files) == bool(asked):
        raise WrongUse("name files, or use one of --explain, --list-codes, --schema and --template")
    if asked > 1:
        raise WrongUse("--explain, --list-codes, --schema and --template do not go together")
    if options.files.count(STANDARD_INPUT) > 1:
        raise WrongUse("standard input can be read only once")
    if options.stdin_filename is not None:
        _refuse_wrong_name(options.stdin_filename, options.files)
    _refuse_wrong_migration(options)
    if options.svg not in (None, STANDARD_OUTPUT) and _is_configuration(options.svg, options.files):
        raise WrongUse("--svg names a configuration, which the picture would replace")
    if options.output_file is not None:
        _refuse_wrong_output(options)


def _refuse_wrong_name(name: str, files: list[str]) -> None:
    if STANDARD_INPUT not in files:
        raise WrongUse("--stdin-filename names standard input: name that as well, by -")
    if name in ("", STANDARD_INPUT):
        raise WrongUse("--stdin-filename needs the name of a file")
    if name in files:
        raise WrongUse("--stdin-filename names a file that is read as well")


def _refuse_wrong_output(options: argparse.Namespace) -> None:
    if options.migrate or not options.files:
        raise WrongUse("--output-file goes with a check only")
    if _is_configuration(options.output_file, options.files):
        raise WrongUse("--output-file names a configuration, which the findings would replace")
    if options.svg is not None and (
            os.path.realpath(options.svg) == os.path.realpath(options.output_file)):
        raise WrongUse("--output-file and --svg name the same file")


def _refuse_wrong_migration(options: argparse.Namespace) -> None:
    if not options.migrate:
        if options.in_place:
            raise WrongUse("--in-place goes with --migrate")
        _refuse_wrong_fixes(options)
        return
    if (options.fix or options.svg is not None or options.map or options.axvisor or options.model
            or options.host_dtb):
        raise WrongUse("--migrate does not go with --axvisor, --model, --host-dtb, --fix, --map and "
                       "--svg")
    if options.in_place and STANDARD_INPUT in options.files:
        raise WrongUse("--in-place cannot replace standard input")
    if len(options.files) > 1 and not (options.in_place or options.diff):
        raise WrongUse("--migrate writes one file to standard output; for several use --in-place or "
                       "--diff")


def _refuse_wrong_fixes(options: argparse.Namespace) -> None:
    if (options.fix or options.diff) and not options.files:
        raise WrongUse("--fix and --diff need files")
    if options.fix and not options.diff and STANDARD_INPUT in options.files:
        raise WrongUse("--fix cannot replace standard input; --diff shows what it would change")
    if options.diff and (options.map or options.svg is not None or options.output_file is not None):
        raise WrongUse("--diff does not go with --map, --svg and --output-file")


def _is_configuration(path: str, files: list[str]) -> bool:
    """Whether it is one of the files, or looks as if the output's name were left out."""
    return path.endswith(".toml") or not identities([path]).isdisjoint(_identities(files))


def _identities(files: list[str]) -> set[Identity]:
    """Which files are read, that of standard input included."""
    return identities(0 if file == STANDARD_INPUT else file for file in files)


def _run(options: argparse.Namespace) -> int:
    search = Search(options.stdin_filename)
    search.add(options.files)
    is_empty = bool(options.files) and not search.files
    options.files = search.files
    for problem in search.problems:
        complain(f"axvm-lint: {problem}")
    if is_empty:
        return _TROUBLE
    _refuse_wrong_use(options)
    status = _done(options, search)
    return _TROUBLE if search.problems else status


def _done(options: argparse.Namespace, search: Search) -> int:
    # What most runs have no use for is imported by those that have.
    if options.explain:
        from .reporting.codes import explain
        print(explain(options.explain.name))
        return 0
    if options.list_codes:
        from .reporting.codes import list_codes
        print("\n".join(list_codes(code.name for code in FindingCode.all())))
        return 0
    if options.schema:
        from .schema.versions import SCHEMAS
        from .showing.json_schema import json_schema
        print(json_schema(max(settled([said_by(options)]).models or SCHEMAS)), end="")
        return 0
    if options.template:
        from .showing.template import template
        print(template(options.template, settled([said_by(options)]).models), end="")
        return 0
    machines = Machines(options, options.files)
    if options.migrate:
        return _migrate(options, machines)
    return _check(options, machines, search)


def _check(options: argparse.Namespace, machines: Machines, search: Search) -> int:
    written = StringIO()
    is_alone = options.svg == STANDARD_OUTPUT
    with (redirect_stdout(written) if options.output_file is not None else
          aside() if is_alone else nullcontext()):
        check = Check(options, machines, search.load)
        status = check.run()
    inputs = _identities(options.files) | machines.inputs | check.inputs
    if options.output_file is not None and not _write(options.output_file, written.getvalue(), inputs):
        return _TROUBLE
    if options.svg is not None:
        from .showing.svg import svg
        is_one_machine = not options.separate and len(machines.all) == 1
        if not _write_picture(options.svg, svg(check.vms, is_one_machine, check.arch), inputs):
            return _TROUBLE
    return status


def _migrate(options: argparse.Namespace, machines: Machines) -> int:
    from .migrating.run import Migration
    from .reporting.printer import Printer

    def migration(settings: Settings) -> Migration:
        def limits(arch: Arch | None) -> LayoutLimits:
            return settings.limits(max(NEW_MODELS), None, arch)

        def report(printer: Printer) -> Report:
            return Report(printer, settings.rules(options.werror))

        return Migration(options.in_place, options.diff, settings.arch, limits, settings.root, report)

    return max(migration(settings).run([*files])
               for settings, files in groupby(options.files, machines.settings.__getitem__))


def _write_picture(path: str, picture: str, inputs: set[Identity]) -> bool:
    # The picture may go to standard output, after what is in the buffer.
    sys.stdout.flush()
    if path == STANDARD_OUTPUT:
        # It is UTF-8 in every locale.
        sys.stdout.buffer.write(picture.encode())
        return True
    if not path.lower().endswith(".png"):
        return _write(path, picture, inputs)
    from .showing.png import NotConverted, png
    try:
        return _write(path, png(picture), inputs)
    except NotConverted as err:
        complain(f"axvm-lint: {printable(path)}: is not written: {printable(str(err))}")
        return False


def _write(path: str, text: str | bytes, inputs: set[Identity]) -> bool:
    try:
        write_file(path, text, inputs)
        return True
    except OSError as err:
        reason = f"cannot be written: {err.strerror}"
    except Refused as err:
        reason = f"is not written: {err}"
    complain(f"axvm-lint: {printable(path)}: {reason}")
    return False
