#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make mutate: breaks the library one token at a time, and tells which breaks no test sees.

usage: mutate.py SOURCE BUILD [--sample N] [--only PATH] [--jobs N] [--list]

SOURCE is the tree that BUILD was configured from: one static library without optimization, under
UBSan that traps, with its test programs (tests/mutate.sh makes it). There every call of an inline
function goes to its one copy in src/inlines.c, so a mutant is one object and some links.

A mutant is alive when all test programs pass. Those that tests/mutants-equivalent.txt names, with
the reason why no test can tell them from the original, are expected to live; any other survivor
fails the run, and so does a line of that file that no survivor needs.
"""

import argparse
import collections
import concurrent.futures
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from mutants import mutants_of

TIMEOUT = 20  # seconds for a test program that runs in well under one
OPTIMIZED = ["-O2", "-fno-sanitize=all", "-g0"]


class Build:
    """The build folder: how an object is compiled and a program linked there."""

    def __init__(self, source, build):
        self.source, self.build = source, build
        self.compile = self._ask("print-compile").split()
        self.programs = {name: self._objects(name) for name in self._ask("print-test-programs").split()}
        self.library = str(build / ".libs/libaxvm-types.a")
        self.flags = [f for f in self.compile if f.startswith(("-f", "-O", "-g"))]
        self.kills = collections.defaultdict(collections.Counter)
        self.lock = threading.Lock()

    def _ask(self, target, *arguments):
        return subprocess.run(["make", "-s", "--no-print-directory", target, *arguments], cwd=self.build, check=True,
                              capture_output=True, text=True).stdout

    def _objects(self, program):
        # As if the library had changed, make tells how it would link the program.
        links = self._ask(program, "-n", "-W", "libaxvm-types.la").splitlines()
        return re.findall(r"\S+\.o\b", next(line for line in links if "--mode=link" in line))

    def objects_of(self, path):
        """The objects that a source is compiled into: the library's, and those of programs."""
        folder = Path(path).parent
        if path.startswith("include/"):
            folder, path = Path("src"), "src/inlines.c"
        stem = Path(path).stem
        own = sorted({o for objects in self.programs.values() for o in objects
                      if re.fullmatch(rf"{folder}/\S+-{stem}\.o", o)})
        return path, [str(folder / f"{stem}.o"), *own]

    def tests_for(self, path):
        """All test programs, those first that have killed mutants of this source."""
        words = set(re.split(r"[/_.]", path)) - {"src", "include", "axvm", "c", "h"}
        def rank(name):
            return (-self.kills[path][name], -len(words & set(re.split(r"[/_]", name))), name)
        with self.lock:
            return sorted(self.programs, key=rank)

    def killed_by(self, path, program):
        with self.lock:
            self.kills[path][program] += 1


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          stdin=subprocess.DEVNULL, **options).returncode


class Worker:
    """One mutant after the other, in a folder of its own."""

    def __init__(self, build):
        self.build = build
        self.folder = Path(tempfile.mkdtemp(prefix="mutate-"))
        self.original = {}

    def compile(self, path, text, name, flags=()):
        """Compiles SOURCE's file with another text in the place of one of its files."""
        tree = self.folder / "tree" / path
        tree.parent.mkdir(parents=True, exist_ok=True)
        tree.write_text(text, encoding="utf-8")
        unit, objects = self.build.objects_of(path)
        source = tree if path == unit else self.build.source / unit
        out = self.folder / name
        command = [*self.build.compile, "-I", str(self.folder / "tree/include"), *flags,
                   "-iquote", str((self.build.source / path).parent), "-w", "-c", str(source), "-o", str(out)]
        # Before the tree's own: the mutated header is found first.
        include = command.index("-I")
        command[1:1] = command[include:include + 2]
        status = run(command, cwd=self.build.build)
        tree.unlink()
        return out if status == 0 else None

    def optimized(self, path, text):
        out = self.compile(path, text, "optimized.o", OPTIMIZED)
        return out.read_bytes() if out else None

    def verdict(self, mutant):
        """What becomes of a mutant: invalid, same (to the compiler), a test's name, or alive."""
        path = mutant.path
        if path not in self.original:
            self.original[path] = self.optimized(path, mutant.original)
        optimized = self.optimized(path, mutant.text)
        if optimized is None:
            return "invalid"
        if optimized == self.original[path]:
            return "same"
        mutated = self.compile(path, mutant.text, "mutant.o")
        if mutated is None:
            return "invalid"
        _, replaced = self.build.objects_of(path)
        for program in self.build.tests_for(path):
            objects = self.build.programs[program]
            rest = [o for o in objects if o not in replaced]
            test = self.folder / "test"
            link = ["gcc", *self.build.flags, *rest, str(mutated), self.build.library, "-o", str(test)]
            if run(link, cwd=self.build.build) != 0:
                continue  # it does not use the object, and has its own of that name
            try:
                if run([str(test)], cwd=self.build.build, timeout=TIMEOUT) == 0:
                    continue
            except subprocess.TimeoutExpired:
                pass
            self.build.killed_by(path, program)
            return program
        return "alive"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("build", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="take only so many, chosen at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="take only files whose path holds this")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--list", action="store_true", help="list the mutants and run none")
    options = parser.parse_args()
    source, folder = options.source.resolve(), options.build.resolve()
    files = sorted([*source.glob("src/**/*.c"), *source.glob("include/axvm/*.h")])
    mutants = [m for f in files for m in mutants_of(source, str(f.relative_to(source)))
               if options.only in m.path]
    if options.sample and options.sample < len(mutants):
        mutants = random.Random(options.seed).sample(mutants, options.sample)
    if options.list:
        for mutant in mutants:
            print(mutant.name)
        return 0

    build = Build(source, folder)
    started = time.monotonic()
    workers = threading.local()

    def judge(mutant):
        if not hasattr(workers, "mine"):
            workers.mine = Worker(build)
        return workers.mine.verdict(mutant)

    counts, alive = collections.Counter(), []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for mutant, verdict in zip(mutants, pool.map(judge, mutants)):
            counts[verdict if verdict in ("invalid", "same", "alive") else "killed"] += 1
            if verdict == "alive":
                alive.append(mutant.name)
                print(f"alive: {mutant.name}", flush=True)

    argued = {}
    for line in (source / "tests/mutants-equivalent.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, reason = line.partition(" ## ")
            argued[name] = reason
    unexpected = [name for name in alive if name not in argued]
    stale = [] if options.sample or options.only else sorted(set(argued) - set(alive))
    for name in stale:
        print(f"stale: {name}")
    print(f"{len(mutants)} mutants: {counts['invalid']} do not compile, {counts['same']} are the same "
          f"to the compiler; of the rest {counts['killed']} killed, {len(alive) - len(unexpected)} "
          f"argued equivalent, {len(unexpected)} alive; {time.monotonic() - started:.0f} s")
    return 1 if unexpected or stale else 0


if __name__ == "__main__":
    sys.exit(main())
