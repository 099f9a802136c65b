# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: the files of images, beside a configuration or under --root."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import tap

tap.need_library()

from axvm_types import Model  # noqa: E402
from axvm_lint.reading.images import measure  # noqa: E402
from axvm_lint.reading.virtual_machine import VirtualMachine  # noqa: E402
from axvm_lint.reading.reader import read  # noqa: E402
from axvm_lint.reading.toml_file import load  # noqa: E402
from axvm_lint.schema.versions import schema_of  # noqa: E402
from axvm_lint.showing.describe import describe  # noqa: E402
from linting import changed, found, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok  # noqa: E402

PATHS = """\
dtb_path = "board.dtb"
ramdisk_path = "images/ramdisk"
bios_path = "bios.bin"
"""


def spoil(header: bytearray, offset: int, value: int) -> bytes:
    header[offset] = value
    return bytes(header)


def bzimage(setup_sectors: int = 3) -> bytearray:
    """The beginning of a bzImage, and one sector more than its setup."""
    header = bytearray((2 + (setup_sectors or 4)) * 512)
    header[0x1f1] = setup_sectors
    header[0x1fe:0x200] = b"\x55\xaa"
    header[0x202:0x206] = b"HdrS"
    header[0x211] = 1
    return header


BOTH = Model.V0_5, Model.V0_7


def machine(file: str, kernel: str = "/guest/kernel", more: str = "") -> VirtualMachine:
    write(file, changed('kernel_path = "/guest/kernel"',
                        f'kernel_path = "{kernel}"\n{PATHS}{more}'))
    vm, _ = read(file, load(file)[1], schema_of(BOTH), BOTH)
    return vm


def sizes(vm: VirtualMachine) -> dict[str, int]:
    return {kind: image.file.loaded_size for kind, image in vm.images.items() if image.file}


def beside() -> None:
    Path("vms/images").mkdir(parents=True)
    write("vms/board.dtb", bytes(100))
    write("vms/images/ramdisk", bytes(1000))
    write("vms/bios.bin", bytes(10))
    write("board.dtb", bytes(1))
    vm = machine("vms/vm.toml")
    is_(measure(vm, None, BOTH), [], "what is not there is no finding")
    is_(sizes(vm), {"dtb": 100, "ramdisk": 1000},
        "relative to the file; no firmware without enable_bios, and no absolute path")
    vm = machine("vms/vm.toml", "kernel", "enable_bios = true\n")
    write("vms/kernel", b"")
    is_((measure(vm, None, BOTH), sizes(vm)),
        ([], {"kernel": 0, "dtb": 100, "ramdisk": 1000, "bios": 10}), "the firmware with it")
    vm = machine("vms/vm.toml", "kernel", "enable_bios = true\nuefi_firmware_path = 'board.dtb'\n")
    measure(vm, None, BOTH)
    is_(sizes(vm)["bios"], 100, "UEFI firmware goes before a BIOS")


def root() -> None:
    os.makedirs("root/guest")
    os.makedirs("root/images")
    write("root/guest/kernel", bytes(7))
    write("root/images/ramdisk", bytes(8))
    write("board.dtb", bytes(9))
    vm = machine("vm.toml")
    findings = measure(vm, "root", (Model.V0_7,))
    is_(sizes(vm), {"kernel": 7, "ramdisk": 8}, "an absolute path, and a relative one")
    is_([(one.severity.name, one.a.name, tuple(one.severities)) for one in findings],
        [("error", "dtb_path", (Model.V0_7,))], "one is not there")
    ok('kernel.dtb_path: "root/board.dtb" cannot be read: No such file' in findings[0].message,
       "which says why", findings[0].message)
    os.mkdir("root/board.dtb")
    ok("is not looked at: it is a directory" in measure(vm, "root", BOTH)[0].message,
       "a folder is no image")
    os.rmdir("root/board.dtb")
    status, findings = found("--root", "root", "vm.toml")
    is_((status, [(one["code"], one["a"]["name"]) for one in findings
                  if "cannot be read" in one["message"]]),
        (1, [("boot-image-missing", "dtb_path")]), "through the program")
    is_([one for one in found("vm.toml")[1] if "cannot be read" in one["message"]], [],
        "without --root it is none")


def reason(root: str | None, path: str) -> str:
    """Why a kernel is not measured; empty where it is, or nothing is said about it."""
    vm = machine("vm.toml", path)
    return "".join(one.message.partition('" ')[2] for one in measure(vm, root, BOTH)
                   if one.a.name == "kernel_path") or sizes(vm).get("kernel", "")


def outside() -> None:
    """What is outside of --root is not looked at, however a path or a link leads there."""
    os.makedirs("tree/guest/deep")
    write("tree/guest/inside", bytes(5))
    write("outside", bytes(6))
    away = "is not looked at: it is outside of --root"
    for link, target in (("up", "../../outside"), ("down", "deep/../inside"), ("deep/up", "../up"),
                         ("absolute", os.path.abspath("outside")), ("again", "absolute"),
                         ("rooted", "/guest/inside"), ("over", "/../outside"), ("folder", ".."),
                         ("out", os.path.abspath(".")), ("boot", "/guest/deep"), ("loop", "loop"), ("none", "missing")):
        os.symlink(target, f"tree/guest/{link}")
    leads = "is not looked at: a symbolic link leads out of --root"
    for path, wanted in (
            ("/guest/inside", 5), ("guest//./deep/../inside", 5), ("/guest/down", 5),
            ("/guest/rooted", 5), ("/guest/folder/guest/inside", 5),
            ("../outside", away), ("/guest/../../outside", away), ("/guest/up", away),
            ("/guest/deep/up", away), ("/guest/over", away), ("/guest/folder/../outside", away),
            ("/guest/absolute", leads), ("/guest/again", leads), ("/guest/out/outside", leads),
            ("/../tree/guest/inside", away),
            ("/guest/loop", "cannot be read: Too many levels of symbolic links"),
            ("/guest/boot/none", "cannot be read: No such file or directory"),
            ("/guest/boot/../inside", 5),
            ("/guest/none", "cannot be read: No such file or directory"),
            ("/guest/inside/x", "cannot be read: Not a directory"),
            ("/" + "x/../" * 1000, "cannot be read: File name too long"),
            ("/guest", "is not looked at: it is a directory, not a regular file"),
            ("/", "is not looked at: it is a directory, not a regular file")):
        is_(reason("tree", path), wanted, f"{path[:40]} under --root")
    os.symlink("tree", "link")
    is_(reason("link", "guest/inside"), 5, "--root itself may be a link")
    before = len(os.listdir("/proc/self/fd"))
    for path in ("/guest/loop", "/guest/deep/up", "/guest/inside", "/guest/none/x"):
        reason("tree", path)
    is_(len(os.listdir("/proc/self/fd")), before, "no descriptor stays open")
    is_(reason(None, "tree/guest/up"), 6, "beside a configuration links are followed")


def pipes() -> None:
    """What is no regular file is not opened: a writer who waits at a pipe goes on waiting."""
    os.makedirs("pipes")
    for name in ("pipes/fifo", "fifo"):
        os.mkfifo(name)
    os.symlink("fifo", "pipes/link")
    with socket.socket(socket.AF_UNIX) as local:
        local.bind("pipes/socket")
    for name, kind in (("fifo", "a named pipe"), ("link", "a named pipe"), ("socket", "a socket")):
        is_(reason("pipes", name), f"is not looked at: it is {kind}, not a regular file", kind)
    is_(reason("/dev", "null"), "is not looked at: it is a device, not a regular file", "a device")
    for root, path in (("pipes", "fifo"), ("pipes", "link"), (None, "fifo"), (None, "pipes/link")):
        folder = os.path.realpath(os.path.join(root or "", path))
        with subprocess.Popen([sys.executable, "-c", "import sys; print(flush=True); "
                               "open(sys.argv[1], 'wb')", folder],
                              stdout=subprocess.PIPE) as writer:
            writer.stdout.read(1)
            # Until it waits in the kernel.
            while Path(f"/proc/{writer.pid}/stat").read_text().rpartition(")")[2].split()[0] != "S":
                time.sleep(0.01)
            reason(root, path)
            try:
                ok(writer.wait(0.3) is None, f"the writer of {path} went on")
            except subprocess.TimeoutExpired:
                ok(True, "the writer waits")
            writer.kill()


def flags() -> None:
    """Nothing is opened for reading without what keeps it harmless."""
    seen, real = [], os.open

    def recorded(path: object, how: int, *more: object, **options: object) -> int:
        seen.append((path, how))
        return real(path, how, *more, **options)

    os.makedirs("flags/guest")
    write("flags/guest/kernel", b"")
    os.open = recorded
    try:
        is_(reason("flags", "guest/kernel"), 0, "a kernel")
    finally:
        os.open = real
    wanted = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    read = [how for path, how in seen if path != "vm.toml" and not how & os.O_PATH]
    is_([how & wanted == wanted for how in read], [True], "it is opened once, and like that")


def locales() -> None:
    """Names in a file are UTF-8, whatever the locale."""
    os.makedirs("names/gäst")
    write("names/gäst/kernel", bytes(7))
    write("names.toml", changed('"/guest/kernel"', '"gäst/kernel"'))
    for variables in ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
                      {"LC_ALL": "C.UTF-8"}):
        for root in (["--root", "names"], ["--root", "names/gäst/.."], []):
            run = lint("--json", *root, "names.toml", env={**os.environ, **variables})
            is_((run.returncode, run.stdout, run.stderr), (0, "", ""), f"{variables} {root}")
        run = lint("--json", "--root", "gäst", "names.toml", env={**os.environ, **variables})
        is_((run.returncode, run.stderr, run.stdout.count("cannot be read")), (1, "", 1),
            f"{variables}: what is not there")


def room() -> None:
    """Images are checked by their size, in their region and against each other."""
    keys = 'kernel_path = "kernel"\nramdisk_path = "ramdisk"\nramdisk_load_addr = 0x4fff_f000'
    # A kernel in reserved memory would be moved to its beginning.
    write("vm.toml", changed('kernel_path = "/guest/kernel"', keys, changed("0x7, 2", "0x7, 0")))
    for kernel, ramdisk, codes in (
            (0x1000, 0x1000, []), (0x1000, 0x1001, [("boot-address", "ramdisk_load_addr")]),
            (0xfdf_f000, 0x1000, []),
            (0xfdf_f001, 0x1000, [("boot-image-clash", "kernel_load_addr")])):
        for name, size in (("kernel", kernel), ("ramdisk", ramdisk)):
            with open(name, "wb") as file:
                file.truncate(size)
        status, findings = found("vm.toml")
        is_((status, [(one["code"], one["a"]["name"]) for one in findings]),
            (1 if codes else 0, codes), f"images of {kernel:#x} and {ramdisk:#x} bytes")


def kernels() -> None:
    for what, content, loaded in (
            ("a bzImage", bytes(bzimage()), 512), ("the old number", bytes(bzimage(0)), 512),
            ("no boot flag", spoil(bzimage(), 0x1fe, 0), None),
            ("no magic", spoil(bzimage(), 0x203, 0), None),
            ("a zImage", spoil(bzimage(), 0x211, 0), None),
            ("one that is cut", bytes(bzimage()[:0x211]), None), ("an empty one", b"", None)):
        write("kernel", content)
        vm = machine("vm.toml", "kernel")
        measure(vm, None, BOTH)
        file = vm.images["kernel"].file
        is_((file.is_bzimage, file.loaded_size),
            (loaded is not None, len(content) if loaded is None else loaded), what)


def header(size: int, at: int, *values: tuple[int, bytes]) -> bytes:
    """The beginning of a file, with a number of 64 bits."""
    content = bytearray(0x1000)
    content[at:at + 8] = size.to_bytes(8, "little")
    for offset, value in values:
        content[offset:offset + len(value)] = value
    return bytes(content)


def run_sizes() -> None:
    """What a kernel's header says that it needs, where its magic and its version are there."""
    size = 0x123_4567_89ab
    image = header(size, 16, (56, b"ARM\x64"))
    setup = bzimage()
    setup[0x206:0x208] = b"\x0a\x02"
    setup[0x260:0x264] = b"\x00\x80\x65\x01"
    for what, content, wanted in (
            ("an arm64 Image", image, size), ("a riscv64 Image", header(size, 16, (56, b"RSC\x05")), size),
            ("one of before 2018", header(size, 16, (48, b"RISCV\0\0\0")), 0),
            ("another magic", header(size, 16, (56, b"ARM\x65")), 0),
            ("one that is cut", image[:0x3b], 0), ("all of the header", image[:0x40], size),
            ("a bzImage", bytes(setup), 0x165_8000),
            ("a bzImage of before init_size", spoil(bytearray(setup), 0x206, 9), 0),
            ("a bzImage that is cut", bytes(setup[:0x263]), 0),
            ("no bzImage", spoil(bytearray(setup), 0x202, 0), 0)):
        write("kernel", content)
        vm = machine("vm.toml", "kernel")
        measure(vm, None, BOTH)
        is_(vm.images["kernel"].file.run_size, wanted, what)
        text = describe(vm)
        is_("when it runs" in text, wanted > len(content), f"{what} in the description")


def entries() -> None:
    """An ELF file brings its own entry to loongarch64."""
    for what, content, wanted in (
            ("ELF for LoongArch", header(0, 0, (0, b"\x7fELF"), (18, b"\x02\x01")), True),
            ("for another machine", header(0, 0, (0, b"\x7fELF"), (18, b"\xb7\0")), False),
            ("no ELF", header(0, 0, (18, b"\x02\x01")), False), ("one that is cut", b"\x7fELF", False)):
        write("kernel", content)
        vm = machine("vm.toml", "kernel")
        measure(vm, None, BOTH)
        is_(vm.images["kernel"].file.has_entry, wanted, what)


def running() -> None:
    """The check takes what a kernel needs when it runs, and the entry that an ELF file brings."""
    keys = 'kernel_path = "kernel"\nramdisk_path = "ramdisk"\nramdisk_load_addr = 0x4080_0000'
    write("ramdisk", "0123")
    write("vm.toml", changed('kernel_path = "/guest/kernel"', keys, changed("0x7, 2", "0x7, 0")))
    for magic in (b"ARM\x64", b"RSC\x05"):
        for size, codes in ((0x60_0000, []), (0x60_0001, ["boot-image-clash"]),
                            (0xfe0_0001, ["boot-address", "boot-image-clash"])):
            write("kernel", header(size, 16, (56, magic)))
            is_([finding["code"] for finding in found("vm.toml")[1]], codes,
                f"{magic!r} that needs {size:#x} bytes")
    # As 0.7 has no direct boot there, of that version something else is said.
    write("vm.toml", changed("entry_point = 0x4020_0000", "entry_point = 0x4020_1000",
                             changed('"/guest/kernel"', '"kernel"', changed("0x7, 2", "0x7, 0"))))
    for kernel, codes in ((b"\x7fELF", []), (b"\x7fELG", ["boot-entry"])):
        write("kernel", header(0, 0, (0, kernel), (18, b"\x02\x01")))
        is_([finding["code"] for finding in found("--arch=loongarch64", "--model=0.5", "vm.toml")[1]
             if finding["code"].startswith("boot")], codes, f"an entry past {kernel!r}")


run_tests(beside)
run_tests(root)
run_tests(outside, pipes, flags, locales)
run_tests(room)
run_tests(kernels, run_sizes, entries, running)
done()
