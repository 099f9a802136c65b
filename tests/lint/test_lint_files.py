# SPDX-License-Identifier: Apache-2.0
"""axvm-lint with configurations that people have: the samples, and folders of real ones."""

import os
from pathlib import Path

from linting import SRCDIR, found, lint, run_tests
from tap import done, is_, ok, skip

# A folder of real configurations, none of which has an error.
REAL = os.environ.get("AXVM_VMS_DIR") and Path(os.environ["AXVM_VMS_DIR"]).resolve()
REAL_NEW = (os.environ.get("AXVM_VMS_0_7_3_DIR")
            and Path(os.environ["AXVM_VMS_0_7_3_DIR"]).resolve())


def samples() -> None:
    files = sorted((SRCDIR / "examples").glob("*.toml"))
    ok(files, "there are samples")
    for sample in files:
        arch = sample.stem.rpartition("-")[2]
        is_(found("--arch", arch, str(sample)), (0, []), f"{sample.name}: no finding")
    old = SRCDIR / "examples/old/linux-aarch64.toml"
    is_(found("--arch=aarch64", "--model=0.7", str(old)), (0, []), "an old one, for its version")
    together = [str(sample) for sample in files if sample.stem.endswith("-aarch64")]
    is_((len(together), found(*together)), (2, (0, [])), "those of one machine")


def real_files() -> None:
    real = sorted(REAL.rglob("*.toml"))
    ok(real, "there are real configurations")
    for file in real:
        # All of them are of the old format, which is one warning.
        given = found("--separate", str(file), before=())[1]
        is_([(one["code"], one["severity"]) for one in given if one["code"].startswith("file-")],
            [("file-format", "warning")], f"{file.relative_to(REAL)}: its format")
        run = lint(str(file))
        is_((run.returncode, run.stderr), (0, ""), str(file.relative_to(REAL)))
        ok("GPA:" in run.stdout, "and a description", run.stdout)


def real_new_files() -> None:
    """Files of the new format; the example of the hypervisor's documentation lacks phys_cpu_ids."""
    real = sorted(REAL_NEW.rglob("*.toml"))
    ok(real, "there are real configurations")
    for file in real:
        arch = next((arch for arch in ("riscv64", "x86_64") if arch in file.name), "aarch64")
        errors = [one["code"] for one in found("--arch", arch, str(file), before=())[1]
                  if one["severity"] == "error"]
        is_(errors, ["cpu-list"] if file.name.startswith("docs-example") else [], file.name)
        for options in ([], ["--map"]):
            run = lint(*options, str(file), before=())
            ok("GPA:" in run.stdout or "0x" in run.stdout, f"{file.name}: drawn", run.stdout)


run_tests(samples)
if REAL:
    run_tests(real_files)
else:
    skip("real_files", "AXVM_VMS_DIR names no folder of VM configurations")
if REAL_NEW:
    run_tests(real_new_files)
else:
    skip("real_new_files", "AXVM_VMS_0_7_3_DIR names no folder of VM configurations")
done()
