# SPDX-License-Identifier: Apache-2.0
"""A check: the files of machines in, descriptions and findings out."""

import argparse
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from axvm_types import Arch, Model
from .checking.arches import check_arches
from .checking.machine import check_machine
from .checking.virtual import check_virtual
from .findings import Finding
from .options.machines import Machine, Machines
from .options.settings import Settings
from .output import Identity, identities
from .reading.file_format import NEW_MODELS, Kind, format_of
from .reading.images import measure
from .reading.reader import read_file
from .reading.source import Source
from .reading.toml_file import STANDARD_INPUT, Loaded, Unreadable, parse
from .reading.versions import wanted
from .reading.virtual_machine import VirtualMachine
from .reporting.formats import FORMATS
from .reporting.lines import wants_colour
from .reporting.printer import Collected, Printer
from .reporting.report import Report
from .reporting.rules import Rules
from .schema.releases import remark_on
from .schema.versions import SCHEMAS
from .streams import complain, terminal_width
from .text import printable

if TYPE_CHECKING:
    from .board.tree import Tree
    from .fixing.files import File, Texts
    from .fixing.run import Fixing

Document = dict[str, Any] | Unreadable


class Unusable(Exception):
    """Why nothing can be checked, for a terminal."""


class _Group(NamedTuple):
    """VMs of a machine that are for the same versions of the hypervisor.

    The files of a machine that are of different formats are for different versions.
    """

    vms: list[VirtualMachine]
    models: tuple[Model, ...]
    settings: Settings
    tree: "Tree | None"
    report: Callable[[Finding], None]


class Check:
    """Unusable where a device tree cannot be read. VMS are there after run()."""

    def __init__(self, options: argparse.Namespace, machines: Machines,
                 load: Callable[[str], Loaded]) -> None:
        self._options = options
        self._load = load
        form = FORMATS[options.format]
        # Nothing but what changes goes to standard output then.
        self._is_diff: bool = options.diff
        self._is_for_people = form.is_for_people and not self._is_diff
        self._is_described = self._is_for_people and not options.quiet
        colour = (wants_colour(options.color, sys.stdout) if options.output_file is None else
                  options.color == "always")
        printer: Printer = Collected() if self._is_diff else form.printer(colour)
        self._report = Report(printer, Rules())
        self._files: "dict[str, File]" = {}
        self.vms: list[VirtualMachine] = []
        self._machines = machines.all
        self._settings = machines.settings
        self._count = machines.count
        # What was found of files that are of several machines.
        self._is_shared = sum(len(each.files) for each in self._machines) > machines.count
        self._seen: set[object] = set()
        self._trees: "dict[tuple[str, Arch | None], Tree]" = {}
        for machine in self._machines:
            self._load_tree(machine.settings)

    @property
    def inputs(self) -> set[Identity]:
        """The files besides configurations that were read."""
        return identities(tree.file for tree in self._trees.values()) | {
            image.file.identity for vm in self.vms for image in vm.images.values()
            if image.file and image.file.identity}

    @property
    def arch(self) -> Arch | None:
        """The architecture of the machines; None where it is not known, or not the same."""
        arches = {machine.settings.arch or (tree.arch if tree else None)
                  for machine in self._machines for tree in [self._tree(machine.settings)]}
        return arches.pop() if len(arches) == 1 else None

    def run(self) -> int:
        """Print all; the exit status."""
        if self._is_described:
            for tree in self._trees.values():
                from .board.tree import summary
                print(summary(tree))
        documents = {file: self._document(file) for file in self._settings}
        fixes = self._fix(documents) if self._options.fix or self._is_diff else None
        groups = [group for machine in self._machines
                  for group in self._described(machine, documents)]
        # Far larger than what has been read out of them.
        del documents
        for group in groups:
            self._check(group)
        self._report.end()
        self.vms = [vm for group in groups for vm in group.vms]
        if self._is_for_people and (self._report.has_findings or not self._options.quiet):
            self._summarize(groups, fixes)
        if not fixes:
            return self._report.status
        if self._is_diff and not self._options.quiet:
            complain(self._summary(fixes))
        return max(self._report.status, fixes.status)

    def _fix(self, documents: dict[str, Document]) -> "Fixing":
        """Fix the files, or show what would change; the documents are those of the fixed files then."""
        from .fixing.run import Fixing
        fixing = Fixing(self._is_diff)
        for machine in self._machines:
            names = [self._name(file) for file in machine.files]
            changed = fixing.machine({name: self._files[name] for name in names if name in self._files},
                                     partial(self._found, machine, documents))
            for file, name in zip(machine.files, names):
                if name in changed:
                    self._report.read(name, Source(changed[name]), self._rules(file))
                    documents[file] = parse(changed[name])
                    # What another machine with this file begins with.
                    self._files[name] = self._files[name]._replace(text=changed[name])
        self._files.clear()
        return fixing

    def _found(self, machine: Machine, documents: dict[str, Document],
               texts: "Texts") -> list[Finding]:
        """What is found in the files of a machine when they have these texts."""
        from copy import copy
        found, trial = Collected(), copy(self)
        trial._report, trial._is_described, trial._seen = self._report.another(found), False, set()
        changed = dict(documents)
        for file in machine.files:
            text = texts.get(name := self._name(file))
            if text is None:
                continue
            trial._report.read(name, Source(text), self._rules(file))
            if text != self._files[name].text:
                changed[file] = parse(text)
        for group in trial._described(machine, changed):
            trial._check(group)
        trial._report.end()
        return found.findings

    def _load_tree(self, settings: Settings) -> None:
        key = settings.host_dtb, settings.arch
        if settings.host_dtb and key not in self._trees:
            from .board.blob import BadBlob
            from .board.tree import load_tree
            try:
                self._trees[settings.host_dtb, settings.arch] = load_tree(settings.host_dtb,
                                                                          settings.arch)
            except BadBlob as err:
                raise Unusable(f"{printable(settings.host_dtb)}: {err}") from None

    def _tree(self, settings: Settings) -> "Tree | None":
        return self._trees.get((settings.host_dtb or "", settings.arch))

    def _document(self, file: str) -> Document:
        """The document of a file, or why it has none."""
        name, rules = self._name(file), self._rules(file)
        try:
            mark, text, document = self._load(file)
        except Unreadable as err:
            self._report.read(name, Source(err.text), rules)
            return err
        self._report.read(name, Source(text), rules)
        if self._options.fix or self._is_diff:
            from .fixing.files import File
            self._files[name] = File(mark, text)
        return document

    def _rules(self, file: str) -> Rules:
        """Those of a file by itself."""
        return self._settings[file].rules(self._options.werror)

    def _reporter(self, settings: Settings) -> Callable[[Finding], None]:
        """Takes what is found about a machine."""
        rules = settings.rules(self._options.werror)

        def report(finding: Finding) -> None:
            if self._is_shared:
                # The same of two machines is reported once.
                what = finding.file, finding.code, finding.message, finding.a, finding.b
                if what in self._seen:
                    return
                self._seen.add(what)
            self._report.add(finding, rules)
        return report

    def _name(self, file: str) -> str:
        """The name of a file in what is reported."""
        name: str | None = self._options.stdin_filename
        return name if file == STANDARD_INPUT and name else file

    def _described(self, machine: Machine, documents: dict[str, Document]) -> Iterable[_Group]:
        """The VMs of a machine, described; reports what is in the files."""
        settings, tree = machine.settings, self._tree(machine.settings)
        report = self._reporter(settings)
        files = [(self._name(file), documents[file]) for file in machine.files]
        formats = [None if isinstance(document, Unreadable) else format_of(document)
                   for _, document in files]
        kinds = {found.kind for found in formats if found}
        newer = next((file for (file, _), found in zip(files, formats)
                      if found and found.kind == Kind.NEW), None)
        old = () if settings.models else wanted(
            [document for (_, document), found in zip(files, formats)
             if isinstance(document, dict) and found and found.is_for_old(kinds)], settings.arch)
        groups: dict[tuple[Model, ...], list[VirtualMachine]] = {}
        vms = []
        for (file, document), found in zip(files, formats):
            if isinstance(document, Unreadable) or found is None:
                if isinstance(document, Unreadable):
                    report(document.finding(file, settings.models or tuple(SCHEMAS)))
                continue
            models = settings.models or (old if found.is_for_old(kinds) else NEW_MODELS)
            vm, findings = read_file(file, document, found, models, settings.models, newer)
            if vm:
                vms.append(vm)
                groups.setdefault(models, []).append(vm)
                findings += measure(vm, settings.root, models)
                board = _board(tree, vm)
                arch = settings.arch or (board.arch if board else None)
                findings += check_virtual(vm, arch, models)
                if self._is_described:
                    print(_described(vm, self._options.map, arch))
                    if board:
                        from .checking.tree import share_of
                        share = share_of(board, vm, models, settings.root)
                        if share:
                            print(share)
            for finding in findings:
                report(finding)
        if self._options.map and self._is_described:
            from .showing.text_map import host_map
            host = host_map(vms, terminal_width(), settings.arch or (tree.arch if tree else None))
            if host:
                print(host)
        return [_Group(group, models, settings, tree, report) for models, group in groups.items()]

    def _check(self, group: _Group) -> None:
        tree = group.tree
        compared = [(vm, group.models) for vm in group.vms if _board(tree, vm)]
        known = tree if compared else None
        limits = [group.settings.limits(model, known) for model in group.models]
        check_machine(group.vms, limits, group.report, known)
        if not (group.settings.arch or tree):
            check_arches(group.vms, group.models, group.report)
        if known:
            from .checking.tree import check_tree
            check_tree(known, compared, group.settings.root, group.report)

    def _summary(self, fixes: "Fixing | None") -> str:
        machines = 1 if self._options.separate else len(self._machines)
        return self._report.summary(self._count, machines, fixes.text if fixes else "")

    def _summarize(self, groups: list[_Group], fixes: "Fixing | None") -> None:
        """Print what is to be said after all findings."""
        for group in groups:
            for vm in group.vms:
                if group.tree and not _board(group.tree, vm):
                    print(f"axvm-lint: {printable(vm.file)}: for another architecture than "
                          f"{group.tree.name}, so not compared with it")
        for release in dict.fromkeys(machine.settings.axvisor for machine in self._machines):
            remark = release and remark_on(release)
            if remark:
                print(f"axvm-lint: note: {remark}")
        print(self._summary(fixes))
        if not self._options.separate and self._report.alternatives:
            print("axvm-lint: if the files of a folder are alternatives, not the VMs of one machine, "
                  "check each by itself with --separate")


def _board(tree: "Tree | None", vm: VirtualMachine) -> "Tree | None":
    """The board of a VM; None for one of another architecture."""
    if tree is None:
        return None
    from .checking.tree import is_for
    return tree if is_for(vm, tree.arch) else None


def _described(vm: VirtualMachine, as_map: bool, arch: Arch | None) -> str:
    if as_map:
        from .showing.text_map import text_map
        return text_map(vm, terminal_width(), arch)
    from .showing.describe import describe
    return describe(vm, arch)
