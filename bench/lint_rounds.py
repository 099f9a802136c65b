# SPDX-License-Identifier: Apache-2.0
"""usage: lint_rounds.py PROGRAM SAMPLE.toml FILES ROUNDS

Prints for each round how many nanoseconds of processor time axvm-lint takes for so many files, and
how many it may take. For one file both are what it takes above a Python that does nothing.
"""

import os
import resource
import subprocess
import sys
import tempfile

_ONE_FILE_NS = 40_000_000
_MORE_FILES_NS = 1_500_000_000


def processor_time(*arguments: str) -> int:
    """Of a Python with these arguments, in nanoseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e9)


def main(program: str, sample: str, count: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        # Byte code as an installation has it, in no folder of the sources.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/byte-code"
        with open(sample, encoding="utf-8") as file:
            text = file.read()
        files = [f"{folder}/{number}.toml" for number in range(count)]
        for name in files:
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)
        lint = [program, "--separate", *files]
        processor_time(*lint)
        for _ in range(rounds):
            taken = processor_time(*lint)
            if count == 1:
                print(taken - processor_time("-c", "pass"), _ONE_FILE_NS, flush=True)
            else:
                print(taken, _MORE_FILES_NS, flush=True)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
