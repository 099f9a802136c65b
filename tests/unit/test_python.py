# SPDX-License-Identifier: Apache-2.0
"""The binding as a whole: layouts against those of C, operators, annotations, loading."""

import ast
import ctypes
import importlib
import inspect
import os
import pickle
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

tap.need_library()

import axvm_types  # noqa: E402
from axvm_types import (  # noqa: E402
    BootProtocol, EmulatedDeviceConfig, Enumeration, ErrorCode, Gpa, GpaRange, Hpa, HpaRange,
    MemConfig, VcpuSet, VmType)
from tap import is_, ok, raises  # noqa: E402

SRCDIR = Path(os.environ["srcdir"])
BUILDDIR = Path(os.environ["builddir"])
UINT64_MAX = (1 << 64) - 1


def layouts() -> None:
    dump = subprocess.run([BUILDDIR / "tests/unit/test_layout", "--dump"],
                          capture_output=True, text=True, check=True).stdout
    mirrored = set()
    for line in dump.splitlines():
        struct, member, offset, size = line.split()
        mirror = struct.removeprefix("axvm_").title().replace("_", "")
        cls = getattr(axvm_types, mirror, None)
        mirrored.add(cls)
        if member == "-":
            is_(cls and ctypes.sizeof(cls), int(size), f"size of {struct}")
        else:
            descriptor = getattr(cls, member, None)
            is_(descriptor and (descriptor.offset, descriptor.size), (int(offset), int(size)),
                f"place of {struct}.{member}")
    public = {getattr(axvm_types, name) for name in axvm_types.__all__}
    structs = {cls for cls in public if isinstance(cls, type(ctypes.Structure))}
    is_(structs - mirrored, set(), "no struct but those of C")
    for cls in structs:
        rows = len(re.findall(rf"^axvm_{_c_name(cls)} [^-]", dump, re.MULTILINE))
        is_(len(cls._fields_), rows, f"{cls.__name__} has all members")


def _c_name(cls: type) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", cls.__name__).lower()


def numbers() -> None:
    is_(Gpa(UINT64_MAX).addr, UINT64_MAX, "the last address")
    for number in (-1, 1 << 64):
        raises(OverflowError, lambda: Gpa(number), f"no address {number}")
        raises(ctypes.ArgumentError, lambda: Gpa().wrapping_add(number), f"nothing adds {number}")
        raises(OverflowError, lambda: MemConfig(size=number), f"no size {number}")
        raises(OverflowError, lambda: EmulatedDeviceConfig([number]), f"no parameter {number}")
    raises(OverflowError, lambda: setattr(MemConfig(), "map_type", 0x102), "map_type is not cut")
    raises(OverflowError, lambda: VmType(0x102), "an enumeration is not cut")
    raises(OverflowError, lambda: ErrorCode(1 << 31), "an error code is not cut")
    raises(TypeError, lambda: Gpa(1.0), "a float is no address")


def operators() -> None:
    for cls, span in ((Gpa, GpaRange), (Hpa, HpaRange)):
        low, high = cls(0x1000), cls(0x3000)
        is_((low + 0x2000, 0x2000 + low, high - 0x2000), (high, high, low), "plus and minus")
        is_((high - low, low - high), (0x2000, -0x2000), "what is between")
        raises(OverflowError, lambda: cls(UINT64_MAX) + 1, "no address past the last")
        raises(OverflowError, lambda: cls(0) - 1, "nor before the first")
        raises(TypeError, lambda: low + high, "no sum of addresses")
        is_((len({low, cls(0x1000), high}), hex(low)), (2, "0x1000"), "a set, and a number")
        r, inner = span(low, high), span(low, cls(0x2000))
        is_((low in r, high in r, inner in r, r in inner), (True, False, True, False), "in")
        is_((len(r), len({r, span(low, high), inner})), (0x2000, 2), "len, and a set of ranges")
        is_(sorted([r, inner]), [inner, r], "sorted ranges")
        ok(span(), "an empty range is one")
    raises(TypeError, lambda: Gpa(1) - Hpa(1), "no difference between kinds")
    raises(TypeError, lambda: Gpa(1) < Hpa(1), "no order of kinds")
    is_((Hpa(0x1000) in GpaRange(Gpa(0), Gpa(0x2000)), Gpa(1) == 1), (False, False), "no mixing")
    some, more = VcpuSet(0x3), VcpuSet(0x7)
    is_((some < more, some <= more, more > some, more >= some, some < some, some <= some),
        (True, True, True, True, False, True), "subsets")
    is_((VcpuSet(1) <= VcpuSet(2), VcpuSet(2) <= VcpuSet(1)), (False, False), "of sets apart")
    is_((len({some, VcpuSet(0x3), more}), -1 in some, str(more)), (2, False, "0-2"), "set of sets")
    is_((sorted([VmType.LINUX, VmType.HOST]), str(VmType.LINUX)),
        ([VmType.HOST, VmType.LINUX], "linux"), "enumerations")
    raises(TypeError, lambda: VmType.HOST < BootProtocol.UEFI, "of one kind")
    one, same = MemConfig(size=1), MemConfig(size=1)
    is_((len({one, same, MemConfig(size=2)}), len({EmulatedDeviceConfig(name=name)
                                                  for name in ("", None)})), (2, 1), "configs")


def annotations() -> None:
    public = {getattr(axvm_types, name) for name in axvm_types.__all__}
    for cls in {value for value in public if isinstance(value, type)
                and issubclass(value, Enumeration) and value is not Enumeration}:
        is_(set(inspect.get_annotations(cls)),
            {name for name, value in vars(cls).items() if isinstance(value, cls)},
            f"the values of {cls.__name__} are annotated")
        is_({number for number in range(256) if cls(number).name != "unknown"},
            {value.value for name, value in vars(cls).items() if isinstance(value, cls)},
            f"{cls.__name__} has each number with a name")
    for cls in {value for value in public if isinstance(value, type)
                and issubclass(value, ctypes.Structure)}:
        known = {name for base in cls.__mro__ for name in inspect.get_annotations(base)}
        missing = {name for name, *_ in cls._fields_} - known
        if not cls.__name__.endswith("List"):
            is_(missing, set(), f"the members of {cls.__name__} are annotated")
    is_(axvm_types.__version__, axvm_types.version(), "__version__")
    ok((SRCDIR / "python/axvm_types/py.typed").exists(), "py.typed")


_USER = """
from axvm_types import EmulatedDeviceType, Finding, Gpa, GpaRange, LayoutVm, MemConfig, VcpuSet
from axvm_types import Hypercall, IvcLayout, Model, VmType, ivc_region_identify, layout_findings

end: Gpa = Gpa(0x1000) + 0x1000
size: int = end - Gpa(0x1000)
inside: bool = end in GpaRange(Gpa(0), end)
cpus: list[int] = sorted(VcpuSet.full() & VcpuSet(3))
kind: VmType | None = VmType.from_name(VmType.LINUX.name)
call: Hypercall | None = Hypercall.from_name("HIVCNotify")
names: tuple[str, ...] = Hypercall.IVC_NOTIFY.arguments
layout: IvcLayout | None = ivc_region_identify(bytes(64))
types: tuple[EmulatedDeviceType, ...] = EmulatedDeviceType.all_in(Model.V0_7)
findings: list[Finding] = layout_findings([LayoutVm(memory_regions=[MemConfig(size=size)])])
texts: list[str] = [finding.hint for finding in findings]
wrong: str = end - 1
"""


def typing() -> None:
    with tempfile.TemporaryDirectory() as tmp:
        user = Path(tmp) / "user.py"
        user.write_text(_USER)
        run = subprocess.run(
            ["mypy", "--strict", "--no-error-summary", "--cache-dir", tmp, "--python-version",
             "3.11", "axvm_types", "axvm_lint", user],
            cwd=SRCDIR / "python", capture_output=True, text=True,
            env={**os.environ, "MYPYPATH": ""})
        last = f":{_USER.count(chr(10))}: error: Incompatible types in assignment "
        lines = [line for line in run.stdout.splitlines() if ": error: " in line]
        is_([line for line in lines if last not in line], [], "mypy --strict accepts binding and program")
        is_(len(lines) - len([line for line in lines if last not in line]), 1,
            "and sees a wrong type")


def readme() -> None:
    example = re.search(r"^```python\n(.*?)^```", (SRCDIR / "README.md").read_text(),
                        re.MULTILINE | re.DOTALL)[1]
    run = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True)
    lines = run.stdout.splitlines()
    is_((run.returncode, lines[:1], len(example.splitlines())),
        (0, ["GPA:0x80000000..GPA:0x90000000 True [0, 1, 2, 3, 8]"], 5), "README's five lines")
    ok(lines[1].startswith("error[memory-overlap]: memory_regions[0] GPA:0x80000000.."), "find it",
       *lines)


def loading() -> None:
    makefile = (BUILDDIR / "Makefile").read_text()
    is_(axvm_types.version(), re.search(r"^VERSION = (.*)$", makefile, re.MULTILINE)[1],
        "version")
    ok(axvm_types.model().startswith("axvm-types "), "model", axvm_types.model())
    ok(axvm_types.tlb_backend() in ("none", "riscv-hfence"), "tlb_backend")
    for name, wanted in (("no/such.so", "AXVM_TYPES_LIBRARY"), ("libc.so.6", "lacks axvm_")):
        run = subprocess.run([sys.executable, "-c", "import axvm_types"], capture_output=True,
                             text=True, env={**os.environ, "AXVM_TYPES_LIBRARY": name})
        last = run.stderr.strip().splitlines()[-1]
        ok(last.startswith("ImportError: ") and wanted in last, f"loading {name} is refused", last)


# What a run of axvm-lint about one file has no use for.
_UNUSED = "access backend_error guest_memory hypercall ivc mapping_flags paging range_list".split()

_RUN = """
import runpy, sys
del sys.argv[0]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print(*(name for name in sys.modules if name.startswith("axvm_types.")), file=sys.stderr)
"""


def lazily() -> None:
    """Each name is found, and only the modules are loaded that are used."""
    tree = ast.parse((SRCDIR / "python/axvm_types/__init__.py").read_text())
    imports = {alias.name: node.module for node in ast.walk(tree)
               if isinstance(node, ast.ImportFrom) and node.level for alias in node.names}
    is_({*imports, "__version__"}, set(axvm_types.__all__), "type checkers see each name")
    is_(set(axvm_types.__all__) - set(dir(axvm_types)), set(), "and dir() too")
    for name, module in imports.items():
        value = getattr(importlib.import_module(f"axvm_types.{module}"), name)
        is_(getattr(axvm_types, name), value, f"{name} comes from {module}")
    raises(AttributeError, lambda: getattr(axvm_types, "nothing"), "an unknown name")
    is_(pickle.loads(pickle.dumps(Gpa(0x1000))), Gpa(0x1000), "an address can be pickled")
    run = subprocess.run([sys.executable, "-c", _RUN, BUILDDIR / "python/axvm-lint",
                          SRCDIR / "examples/linux-aarch64.toml"], capture_output=True, text=True)
    loaded = {name.removeprefix("axvm_types.") for name in run.stderr.split()}
    is_(run.returncode, 0, "axvm-lint runs")
    ok({"arch", "finding", "layout"} <= loaded, "and loads what it uses")
    is_(loaded & set(_UNUSED), set(), "and not what it does not")


tap.test(layouts, numbers, operators, annotations, readme, loading, lazily)
if shutil.which("mypy"):
    tap.test(typing)
else:
    tap.skip("typing", "no mypy")
tap.done()
