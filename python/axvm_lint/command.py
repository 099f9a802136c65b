# SPDX-License-Identifier: Apache-2.0
"""The program: files in, findings and pictures out, an exit status."""

import argparse
import signal
import sys
from io import TextIOWrapper
from typing import Any

from axvm_types import Arch, FindingCode, LayoutLimits, Model
from . import options as command_line
from .board.blob import BadBlob
from .board.tree import TREE_ARCHES, Tree, load_tree, summary
from .checking.arches import check_arches
from .checking.machine import check_machine
from .checking.tree import check_tree, is_for, share_of
from .checking.virtual import check_virtual
from .output import Identity, Refused, identities, write_file
from .reading.file_format import NEW_MODELS, Kind, format_of
from .reading.images import measure
from .reading.reader import read_file
from .reading.source import Source
from .reading.toml_file import STANDARD_INPUT, Unreadable, load
from .reading.versions import wanted
from .reading.virtual_machine import VirtualMachine
from .reporting.formats import FORMATS
from .reporting.lines import wants_colour
from .reporting.report import Report
from .schema.releases import remark_on
from .schema.versions import SCHEMAS
from .streams import complain, discard, prepare
from .text import printable

# Wrong usage, with which argparse ends as well; an internal error or an I/O error.
_TROUBLE = 2


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit status."""
    prepare()
    if sys.stdout is None:
        complain("axvm-lint: standard output is closed")
        return _TROUBLE
    # A locale may lack characters that are printable elsewhere.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    parser = command_line.parser()
    try:
        options = parser.parse_intermixed_args(arguments)
        _refuse_wrong_use(parser, options)
        options.model = command_line.models(options)
        status = _run(options)
        sys.stdout.flush()
    except OSError as err:
        discard(sys.stdout)
        if not isinstance(err, BrokenPipeError):
            complain(f"axvm-lint: cannot write: {err.strerror}")
        return _TROUBLE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return status


def _refuse_wrong_use(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.migrate and not options.files:
        parser.error("--migrate needs files")
    others = [options.explain, options.template, options.list_codes].count
    asked = 3 - others(None) - others(False)
    if bool(options.files) == bool(asked):
        parser.error("name files, or use one of --explain, --list-codes and --template")
    if asked > 1:
        parser.error("--explain, --list-codes and --template do not go together")
    if options.host_dtb and options.arch and options.arch not in TREE_ARCHES:
        parser.error(f"--host-dtb is of no use for {options.arch.name}: the hypervisor reads no "
                     "device tree there")
    if options.files.count(STANDARD_INPUT) > 1:
        parser.error("standard input can be read only once")
    _refuse_wrong_migration(parser, options)
    if options.svg is not None and _is_configuration(options.svg, options.files):
        parser.error("--svg names a configuration, which the picture would replace")


def _refuse_wrong_migration(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if not options.migrate:
        if options.in_place or options.diff:
            parser.error("--in-place and --diff go with --migrate")
        return
    if (options.svg is not None or options.map or options.axvisor or options.model
            or options.host_dtb):
        parser.error("--migrate does not go with --axvisor, --model, --host-dtb, --map and --svg")
    if options.in_place and STANDARD_INPUT in options.files:
        parser.error("--in-place cannot replace standard input")
    if len(options.files) > 1 and not (options.in_place or options.diff):
        parser.error("--migrate writes one file to standard output; for several use --in-place or "
                     "--diff")


def _is_configuration(path: str, files: list[str]) -> bool:
    """Whether it is one of the files, or looks as if the picture's name were left out."""
    return path.endswith(".toml") or not identities([path]).isdisjoint(_identities(files))


def _identities(files: list[str]) -> set[Identity]:
    """Which files are read, that of standard input included."""
    return identities(0 if file == STANDARD_INPUT else file for file in files)


def _run(options: argparse.Namespace) -> int:
    # What most runs have no use for is imported by those that have.
    if options.explain:
        from .reporting.codes import explain
        print(explain(options.explain.name))
        return 0
    if options.list_codes:
        from .reporting.codes import list_codes
        print("\n".join(list_codes(code.name for code in FindingCode.all())))
        return 0
    if options.template:
        from .showing.template import template
        print(template(options.template, options.model), end="")
        return 0
    if options.migrate:
        return _migrate(options)
    form = FORMATS[options.format]
    printer = form.printer(wants_colour(options.color, sys.stdout))
    report = Report(printer, options.werror, frozenset(options.disable))
    tree = None
    if options.host_dtb:
        try:
            tree = load_tree(options.host_dtb, options.arch)
        except BadBlob as err:
            complain(f"axvm-lint: {printable(options.host_dtb)}: {err}")
            return _TROUBLE
        if form.is_for_people and not options.quiet:
            print(summary(tree))
    files = [_load(file, report) for file in options.files]
    groups = [group for machine in ([[file] for file in files] if options.separate else [files])
              for group in _machine(machine, options, report, tree)]
    # Far larger than what has been read out of them.
    del files
    for vms, models in groups:
        compared = [(vm, models) for vm in vms if tree and is_for(vm, tree.arch)]
        known = tree if compared else None
        limits = [command_line.limits(options, model, known) for model in models]
        check_machine(vms, limits, report.add, known)
        if not (options.arch or tree):
            check_arches(vms, models, report.add)
        if known:
            check_tree(known, compared, options.root, report.add)
    report.end()
    if form.is_for_people and (report.has_findings or not options.quiet):
        _print_remarks(options, report, [vm for vms, _ in groups for vm in vms], tree)
    vms = [vm for group, _ in groups for vm in group]
    if options.svg is not None:
        from .showing.svg import svg
        inputs = _identities(options.files) | identities(filter(None, [options.host_dtb])) | {
            image.file.identity for vm in vms for image in vm.images.values()
            if image.file and image.file.identity}
        arch = options.arch or (tree.arch if tree else None)
        # The picture may go to standard output, after what is in the buffer.
        sys.stdout.flush()
        if not _write(options.svg, svg(vms, not options.separate, arch), inputs):
            return _TROUBLE
    return report.status


def _print_remarks(options: argparse.Namespace, report: Report, vms: list[VirtualMachine],
                   tree: Tree | None) -> None:
    """Print what is to be said after all findings."""
    for vm in vms:
        if tree and not is_for(vm, tree.arch):
            print(f"axvm-lint: {printable(vm.file)}: for another architecture than {tree.name}, so "
                  "not compared with it")
    remark = options.axvisor and remark_on(options.axvisor)
    if remark:
        print(f"axvm-lint: note: {remark}")
    print(report.summary(len(options.files)))
    if not options.separate and report.alternatives:
        print("axvm-lint: if the files of a folder are alternatives, not the VMs of one machine, "
              "check each by itself with --separate")


def _migrate(options: argparse.Namespace) -> int:
    from .migrating.run import Migration
    from .reporting.printer import Printer

    def limits(arch: Arch | None) -> LayoutLimits:
        known = argparse.Namespace(**{**vars(options), "arch": arch})
        return command_line.limits(known, max(NEW_MODELS), None)

    def report(printer: Printer) -> Report:
        return Report(printer, options.werror, frozenset(options.disable))

    return Migration(options.in_place, options.diff, options.arch, limits, options.root,
                     report).run(options.files)


def _load(file: str, report: Report) -> tuple[str, dict[str, Any] | Unreadable]:
    """A file and its document, or why it has none."""
    try:
        text, document = load(file)
        report.read(file, Source(text))
        return file, document
    except Unreadable as err:
        report.read(file, Source(err.text))
        return file, err


def _machine(files: list[tuple[str, dict[str, Any] | Unreadable]], options: argparse.Namespace,
             report: Report, tree: Tree | None) -> list[tuple[list[VirtualMachine], tuple[Model, ...]]]:
    """The VMs of a machine, described, with the versions to check; reports what is in the files.

    The files of a machine that are of different formats are for different versions, so they come
    in groups.
    """
    formats = [None if isinstance(document, Unreadable) else format_of(document)
               for _, document in files]
    kinds = {found.kind for found in formats if found}
    newer = next((file for (file, _), found in zip(files, formats)
                  if found and found.kind == Kind.NEW), None)
    groups: dict[tuple[Model, ...], list[VirtualMachine]] = {}
    old = () if options.model else wanted(
        [document for (_, document), found in zip(files, formats)
         if isinstance(document, dict) and found and found.is_for_old(kinds)], options.arch)
    vms = []
    for (file, document), found in zip(files, formats):
        if isinstance(document, Unreadable) or found is None:
            models = options.model or tuple(SCHEMAS)
            if isinstance(document, Unreadable):
                report.add(document.finding(file, models))
            continue
        models = options.model or (old if found.is_for_old(kinds) else NEW_MODELS)
        vm, findings = read_file(file, document, found, models, options.model, newer)
        if vm:
            vms.append(vm)
            groups.setdefault(models, []).append(vm)
            findings += measure(vm, options.root, models)
            board = tree if tree and is_for(vm, tree.arch) else None
            arch = options.arch or (board.arch if board else None)
            findings += check_virtual(vm, arch, models)
            if FORMATS[options.format].is_for_people and not options.quiet:
                print(_described(vm, options.map, arch))
                share = share_of(board, vm, models, options.root) if board else ""
                if share:
                    print(share)
        for finding in findings:
            report.add(finding)
    if options.map and FORMATS[options.format].is_for_people and not options.quiet:
        from .showing.text_map import host_map
        host = host_map(vms, _width())
        if host:
            print(host)
    return [(vms, models) for models, vms in groups.items()]


def _described(vm: VirtualMachine, as_map: bool, arch: Arch | None) -> str:
    if as_map:
        from .showing.text_map import text_map
        return text_map(vm, _width(), arch)
    from .showing.describe import describe
    return describe(vm, arch)


def _width() -> int:
    """Of the terminal, in columns."""
    from shutil import get_terminal_size
    return get_terminal_size().columns


def _write(path: str, text: str, inputs: set[Identity]) -> bool:
    try:
        write_file(path, text, inputs)
        return True
    except OSError as err:
        reason = f"cannot be written: {err.strerror}"
    except Refused as err:
        reason = f"is not written: {err}"
    complain(f"axvm-lint: {printable(path)}: {reason}")
    return False
