#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make mutate: breaks the library in one place at a time, and says which breaks no test sees.

usage: mutate.py SOURCE BUILD [--sample N] [--names FILE] [--only PATH] [--kinds KIND...] [--jobs N] [--list]

SOURCE is the tree that BUILD was configured from: one static library without inlining, under UBSan
that traps, each function in a section of its own, with its test programs (`make mutate` makes
it). There every call of a public inline function goes to its one copy in src/inlines.c, so most mutants
are one object and one link, of a shared library for all programs. The symbols of a test program as it
was made tell which functions it can reach.

A mutant is alive when all test programs that can reach it pass, and those that expect a trap without
the sanitizer as well. Those that tools/mutants-equivalent.txt names, with the reason why no test can
tell them from the original, are expected to live; any other survivor fails the run, and so does a line of that file
that no survivor needs. The table at the end says for each file how many were made, how many the
compiler refuses (invalid) or makes the same of, how many a test killed, and how many lived.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from mutants import mutants_of
from mutants_code import KINDS

SECONDS = 1  # of the processor that a test program gets, beside four times what it takes
SHORT = 0.05  # of the processor, as linking takes as long
WAIT = 120  # seconds for one that waits for itself
MEMORY = 4 << 20  # KiB
VERDICTS = ("invalid", "same", "killed", "argued", "alive")
FEW = 6  # programs that kill nearly all that any would kill
SHARED = "libmutant.so"
QUICK = ["-O0"]  # to compile: of what runs, that is one object
BARE = ["-O0", "-fno-sanitize=all"]
OPTIMIZED = ["-O2", "-fno-sanitize=all", "-g0"]


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          stdin=subprocess.DEVNULL, **options).returncode


class Build:
    """The build folder: how an object is compiled and a program linked there."""

    def __init__(self, source, build):
        self.source, self.build = source, build
        self.compile = self._ask("print-compile").split()
        self.programs = self._objects(self._ask("print-test-programs").split())
        self.sources = {o: self._sources(o, ".Po") for objects in self.programs.values() for o in objects}
        self.trapping = {name for name in self.programs if self._expects_trap(name)}
        # The library's objects by what they are made from, that first.
        self.library_objects = {tuple(self._sources(o, ".Plo")): o for o in self._library_objects()}
        self.symbols = {name: self.symbols_of(name) for name in self.programs}
        self.library = str(build / ".libs/libaxvm-types.a")
        self.flags = [f for f in self.compile if f.startswith(("-f", "-O", "-g"))]
        self.link_shared(self.build / SHARED, {})
        self.shared = {name: binary for name in self.programs if (binary := self._with_shared(name))}
        self.seconds = {name: self._seconds_of(name) for name in self.programs}
        self.kills = collections.defaultdict(collections.Counter)
        self.lock = threading.Lock()

    def _ask(self, *arguments):
        return subprocess.run(["make", "-s", "--no-print-directory", *arguments], cwd=self.build, check=True,
                              capture_output=True, text=True).stdout

    def _objects(self, programs):
        """The objects that each program is linked from."""
        # As if the library had changed, make says how it would link them.
        lines = self._ask("-n", "-W", "libaxvm-types.la", *programs).splitlines()
        links = [line for line in lines if "--mode=link" in line]
        return {name: re.findall(r"\S+\.o\b", next(line for line in links if f"-o {name} " in line))
                for name in programs}

    def _library_objects(self):
        return [f"{o.parent.relative_to(self.build)}/{o.stem}.o" for o in sorted(self.build.glob("src/**/*.lo"))]

    def link_shared(self, out, replaced):
        """The library as a shared one, with other objects for some of its sources."""
        objects = [str(replaced.get(sources[0], o)) for sources, o in self.library_objects.items()]
        if run([self.compile[0], *self.flags, "-shared", "-Wl,-Bsymbolic-functions", f"-Wl,-soname,{SHARED}",
                *objects, "-o", str(out)], cwd=self.build) != 0:
            raise RuntimeError("the shared library does not link")

    def _with_shared(self, name):
        """A program that takes the shared library, so that it is linked once; None where it needs what is hidden."""
        out = self.build / f"shared-{name.replace('/', '-')}"
        linked = run([self.compile[0], *self.flags, "-pthread", *self.programs[name], f"./{SHARED}", "-o", str(out)],
                     cwd=self.build)
        return out if linked == 0 else None

    def _sources(self, built, suffix):
        """What an object is made from, its source first; a test may include one of the library."""
        path = Path(built)
        rule = (self.build / path.parent / f".deps/{path.stem}{suffix}").read_text(encoding="utf-8").split("\n\n")[0]
        files = [(self.build / word).resolve() for word in rule.replace("\\\n", " ").split()[1:]]
        # Below the build folder are the kin.
        return [str(f.relative_to(root)) for f in files for root in (self.source, self.build)
                if f.is_relative_to(root)]

    def _expects_trap(self, name):
        return any(re.search(r"\ttraps\(", self.file(self.sources[o][0]).read_text(encoding="utf-8"))
                   for o in self.programs[name])

    def _seconds_of(self, name):
        """How long a program takes of the processor, as it is."""
        def used():
            usage = resource.getrusage(resource.RUSAGE_CHILDREN)
            return usage.ru_utime + usage.ru_stime
        before = used()
        if run([str(self.build / name)], cwd=self.build) != 0:
            raise RuntimeError(f"{name} fails without a mutant")
        return used() - before

    def file(self, path):
        return next(root / path for root in (self.source, self.build) if (root / path).exists())

    def symbols_of(self, binary, *options):
        """What a program or an object defines. In a program only what it can reach was linked."""
        lines = subprocess.run(["nm", "--defined-only", *options, str(binary)], cwd=self.build, check=True,
                               capture_output=True, text=True).stdout.splitlines()
        return {line.split()[-1] for line in lines}

    def units(self, path):
        """The sources of the library that a file is compiled in: it, or those that include it."""
        if path.startswith("include/"):
            return ["src/inlines.c"]
        if path.endswith(".c"):
            return [path]
        return [sources[0] for sources in self.library_objects if path in sources]

    def replaced(self, program, path):
        """The objects of a program itself that hold a file."""
        return [o for o in self.programs[program] if path.startswith("src/") and path in self.sources[o]]

    def tests_for(self, mutant, built):
        """The programs that can reach the mutant, those first that have killed others of its function or source."""
        path = mutant.path
        reaching = [name for name in self.programs if mutant.function in self.symbols[name]]
        if not reaching:
            symbols = set().union(*map(self.symbols_of, built.values()))
            reaching = [name for name in self.programs if symbols & self.symbols[name]]
        words = set(re.split(r"[/_.-]", path)) - {"src", "include", "axvm", "layout", "rules", "c", "h"}
        def rank(name):
            # For the time that it takes: a slow one is worth its time only where it alone kills much.
            kills = 10 * self.kills[path, mutant.function][name] + self.kills[path][name]
            return (-kills / (SHORT + self.seconds[name]), self.seconds[name] > SHORT,
                    -len(words & set(re.split(r"[/_-]", name))), self.seconds[name])
        with self.lock:
            return sorted(reaching, key=rank)

    def killed_by(self, mutant, program):
        with self.lock:
            self.kills[mutant.path][program] += 1
            self.kills[mutant.path, mutant.function][program] += 1


class Worker:
    """One mutant after the other, in a folder of its own."""

    def __init__(self, build, folder):
        self.build, self.folder, self.tree = build, folder, folder / "tree"
        self.original = {}
        # A quoted header is first looked for beside the file that includes it: all of them are in one place.
        shutil.copytree(build.source / "src", self.tree / "src")
        shutil.copytree(build.source / "include", self.tree / "include")

    def compile(self, unit, path, text, name, flags=(), warnings="-w"):
        """Compiles a source with another text in the place of it or of a file that it includes."""
        (self.tree / path).write_text(text, encoding="utf-8")
        out = self.folder / name
        # Before the other folders, so that the other text is found first.
        first = ["-I", str(self.tree / "include"), "-iquote", str(self.tree / "src")]
        source = self.tree / unit if (self.tree / unit).exists() else self.build.file(unit)
        status = run([self.build.compile[0], *first, *self.build.compile[1:], *(flags or QUICK), warnings, "-c",
                      str(source), "-o", str(out)], cwd=self.build.build)
        shutil.copy(self.build.source / path, self.tree / path)
        return out if status == 0 else None

    def compile_all(self, mutant, text, name, *how):
        """The library's objects of a mutant, by source; None where one does not compile."""
        built = {}
        for i, unit in enumerate(self.build.units(mutant.path)):
            built[unit] = self.compile(unit, mutant.path, text, f"{name}{i}.o", *how)
            if built[unit] is None:
                return None
        return built

    def same(self, mutant):
        """Whether the compiler makes the same of a mutant as of the original."""
        built = self.compile_all(mutant, mutant.text, "optimized", OPTIMIZED)
        return self.bytes_of(built) == self.original_bytes(mutant, "optimized", OPTIMIZED)

    def original_bytes(self, mutant, name, flags):
        key = mutant.path, name
        if key not in self.original:
            self.original[key] = self.bytes_of(
                self.compile_all(mutant, mutant.original, f"original-{name}", flags))
        return self.original[key]

    @staticmethod
    def bytes_of(built):
        return [o.read_bytes() for o in built.values()]

    def link(self, program, mutant, built, flags):
        """Links a program with the mutant in all its places: the library and the program's own objects."""
        objects, defined = [], set()
        replaced = self.build.replaced(program, mutant.path)
        for o in self.build.programs[program]:
            unit = self.build.sources[o][0]
            if o not in replaced:
                objects.append(o)
            elif unit in built:
                objects.append(str(built[unit]))
                defined |= self.build.symbols_of(o, "-g")
            else:
                own = self.compile(unit, mutant.path, mutant.text, f"own{len(objects)}.o", flags)
                if own is None:
                    raise RuntimeError(f"{mutant.name}: {unit} does not compile with it")
                objects.append(str(own))
                defined |= self.build.symbols_of(o, "-g")
        # A test may have a source under its own name, or under another one beside the library's.
        objects += [str(o) for o in built.values() if not defined & self.build.symbols_of(o, "-g")]
        out = self.folder / "test"
        command = [self.build.compile[0], *self.build.flags, "-pthread", "-Wl,--gc-sections"]
        if run([*command, *objects, self.build.library, "-o", str(out)], cwd=self.build.build) != 0:
            raise RuntimeError(f"{mutant.name}: {program} does not link with it")
        return out

    def survives(self, program, test, library):
        seconds = SECONDS + int(4 * self.build.seconds[program])
        limited = f'ulimit -t {seconds}; ulimit -v {MEMORY}; ulimit -c 0; exec "$0"'
        try:
            return run(["sh", "-c", limited, str(test)], cwd=self.build.build, timeout=WAIT,
                       env={**os.environ, "LD_LIBRARY_PATH": str(library)}) == 0
        except subprocess.TimeoutExpired:
            return False

    def killer(self, mutant, built, programs, flags=()):
        """The first of the programs that sees a mutant; None if none does."""
        self.build.link_shared(self.folder / SHARED, built)
        for program in programs:
            test = self.build.shared.get(program)
            if not test or self.build.replaced(program, mutant.path):
                test = self.link(program, mutant, built, flags)
            if not self.survives(program, test, self.folder):
                self.build.killed_by(mutant, program)
                return program
        return None

    def verdict(self, mutant):
        """What becomes of a mutant: invalid, same (to the compiler), a test's name, or alive."""
        built = self.compile_all(mutant, mutant.text, "mutant")
        if built is None:
            return "invalid"
        if self.bytes_of(built) == self.original_bytes(mutant, "mutant", []):
            return "same"
        programs = self.build.tests_for(mutant, built)
        killer = self.killer(mutant, built, programs[:FEW])
        if killer:
            return killer
        # Of those that live so far many are none, and that takes less to see than all programs.
        if self.same(mutant):
            return "same"
        # A build with --enable-werror, as is every one of the gate's, would not have it.
        if self.compile_all(mutant, mutant.text, "warned", OPTIMIZED, "-Werror") is None:
            return "invalid"
        killer = self.killer(mutant, built, programs[FEW:])
        if killer:
            return killer
        # Where a trap is expected, the sanitizer's may replace one that the library no longer has.
        bare = self.compile_all(mutant, mutant.text, "mutant", BARE)
        return self.killer(mutant, bare, [p for p in programs if p in self.build.trapping], BARE) or "alive"


def judge_all(build, mutants, jobs):
    """Each mutant with its verdict, in order; nothing is left behind, whatever ends it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    workers = threading.local()
    with tempfile.TemporaryDirectory(prefix="mutants-", dir=build.build) as folder:
        def judge(mutant):
            if not hasattr(workers, "mine"):
                workers.mine = Worker(build, Path(tempfile.mkdtemp(dir=folder)))
            return workers.mine.verdict(mutant)

        pool = concurrent.futures.ThreadPoolExecutor(jobs)
        try:
            yield from zip(mutants, pool.map(judge, mutants))
        finally:
            pool.shutdown(cancel_futures=True)


def read_argued(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.partition(" ## ")[0] for line in lines if line and not line.startswith("#")}


def print_table(table):
    """How many mutants of each file came to what."""
    total = sum(table.values(), collections.Counter())
    print(f"{'':30}{'made':>8}" + "".join(f"{verdict:>8}" for verdict in VERDICTS))
    for path, counts in [*sorted(table.items()), ("all", total)]:
        print(f"{path:30}{sum(counts.values()):8}" + "".join(f"{counts[verdict]:8}" for verdict in VERDICTS))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("build", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="take only so many, chosen at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", type=Path, help="take only those that another run printed into this file")
    parser.add_argument("--only", default="", help="take only files whose path holds this")
    parser.add_argument("--kinds", nargs="+", choices=("tokens", *KINDS), help="take only such changes")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--list", action="store_true", help="list the mutants and run none")
    options = parser.parse_args()
    source, folder = options.source.resolve(), options.build.resolve()
    files = sorted([*source.glob("src/**/*.[ch]"), *source.glob("include/axvm/*.h")])
    mutants = [m for f in files for m in mutants_of(source, str(f.relative_to(source)))
               if options.only in m.path and (not options.kinds or m.kind in options.kinds)]
    if options.names:
        names = {line.partition(": ")[2] for line in options.names.read_text(encoding="utf-8").splitlines()}
        mutants = [m for m in mutants if m.name in names]
    if options.sample and options.sample < len(mutants):
        mutants = random.Random(options.seed).sample(mutants, options.sample)
    if options.list:
        for mutant in mutants:
            print(mutant.name)
        return 0

    argued = read_argued(source / "tools/mutants-equivalent.txt")
    table, lived = collections.defaultdict(collections.Counter), set()
    started = time.monotonic()
    with contextlib.closing(judge_all(Build(source, folder), mutants, options.jobs)) as verdicts:
        for mutant, verdict in verdicts:
            if verdict == "alive":
                lived.add(mutant.name)
                verdict = "argued" if mutant.name in argued else "alive"
                if verdict == "alive":
                    print(f"alive: {mutant.name}", flush=True)
            table[mutant.path][verdict if verdict in VERDICTS else "killed"] += 1
    stale = [] if options.sample or options.kinds or options.names else \
        sorted(n for n in argued - lived if options.only in n.split()[0])
    for name in stale:
        print(f"stale: {name}")
    print_table(table)
    processor = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{len(mutants)} mutants in {time.monotonic() - started:.0f} s, "
          f"{processor.ru_utime + processor.ru_stime:.0f} s of processors")
    unexpected = any(counts["alive"] for counts in table.values())
    return 1 if unexpected or stale else 0


if __name__ == "__main__":
    sys.exit(main())
