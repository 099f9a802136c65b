# SPDX-License-Identifier: Apache-2.0
"""The files of images, where they can be read: their sizes, and what a kernel's header says."""

import os
from typing import BinaryIO

from axvm_types import FindingCode, Model, Severity
from ..findings import Finding, Owner
from ..output import identity
from ..text import clip, quote
from .opening import NotLookedAt, open_beside, open_under
from .virtual_machine import ImageFile, VirtualMachine

# Where the header of a Linux kernel for x86 is in its file: Documentation/arch/x86/boot.rst.
_SETUP_SECTORS = 0x1f1
_BOOT_FLAG = slice(0x1fe, 0x200)
_MAGIC = slice(0x202, 0x206)
_VERSION = slice(0x206, 0x208)
_LOAD_FLAGS = 0x211
_LOADED_HIGH = 0x01
_BZIMAGE_END = 0x212
_SECTOR = 512
# From this version of the header on.
_INIT_SIZE = slice(0x260, 0x264)
_HAS_INIT_SIZE = 0x20a

# The same of an Image: Documentation/arch/arm64/booting.rst, riscv/boot-image-header.rst.
_IMAGE_SIZE = slice(0x10, 0x18)
_IMAGE_MAGIC = slice(0x38, 0x3c)
_IMAGE_MAGICS = (b"ARM\x64", b"RSC\x05")

# An ELF file for LoongArch: the hypervisor loads that by its own addresses.
_ELF = b"\x7fELF"
_ELF_MACHINE = slice(0x12, 0x14)
_ELF_LOONGARCH = 258

_HEADER = 0x264


def measure(vm: VirtualMachine, root: str | None, models: tuple[Model, ...]) -> list[Finding]:
    """Fill in what the files of a VM's images say.

    They are looked for under ROOT, the hypervisor's file system, where each that cannot be read
    gives a finding. Without one, beside the configuration: an absolute path is none of this machine's.
    """
    findings = []
    for kind, image in vm.images.items():
        key, path = vm.image_path(kind)
        # No other one is loaded.
        is_loaded = kind != "bios" or vm.enable_bios
        if not path or not is_loaded or is_elsewhere(path, root):
            continue
        try:
            with open_image(vm, path, root) as file:
                image.file = _inspect(file)
                continue
        except OSError as err:
            reason = f"cannot be read: {err.strerror}"
        except NotLookedAt as err:
            reason = f"is not looked at: {err}"
        if root is not None:
            shown = quote(clip(os.path.join(root, path.lstrip("/"))))
            findings.append(Finding(
                vm.file, FindingCode.BOOT_IMAGE_MISSING, Severity.ERROR,
                f"kernel.{key}: {shown} {reason}",
                "Put the image there, or correct the path or --root.",
                a=Owner(vm.file, vm.id, "kernel", None, key),
                severities=dict.fromkeys(models, Severity.ERROR)))
    return findings


def is_elsewhere(path: str, root: str | None) -> bool:
    """Whether the file of an image is none of this machine's."""
    return root is None and os.path.isabs(path)


def open_image(vm: VirtualMachine, path: str, root: str | None) -> BinaryIO:
    """The file of an image of a VM; OSError or NotLookedAt where it cannot be read."""
    return (open_beside(os.path.dirname(vm.file), path) if root is None else
            open_under(root, path))


def _inspect(file: BinaryIO) -> ImageFile:
    """What the file says."""
    status = os.fstat(file.fileno())
    header = file.read(_HEADER)
    setup_size = _setup_size(header)
    return ImageFile(status.st_size, setup_size, _run_size(header, setup_size != 0),
                     header[:4] == _ELF and _number(header, _ELF_MACHINE) == _ELF_LOONGARCH,
                     identity(status))


def _run_size(header: bytes, is_bzimage: bool) -> int:
    """How much memory a kernel needs from where it is loaded; 0 where the header does not say."""
    if is_bzimage:
        # Without its last part this is an old header, or a file that is cut.
        has_it = len(header) >= _HEADER and _number(header, _VERSION) >= _HAS_INIT_SIZE
        return _number(header, _INIT_SIZE) if has_it else 0
    return _number(header, _IMAGE_SIZE) if header[_IMAGE_MAGIC] in _IMAGE_MAGICS else 0


def _number(header: bytes, part: slice) -> int:
    return int.from_bytes(header[part], "little")


def _setup_size(header: bytes) -> int:
    """The size of the real-mode part of a bzImage; 0 for any other file."""
    if (len(header) < _BZIMAGE_END or header[_BOOT_FLAG] != b"\x55\xaa"
            or header[_MAGIC] != b"HdrS" or not header[_LOAD_FLAGS] & _LOADED_HIGH):
        return 0
    # 0 means 4, as in kernels that knew no other number.
    return (1 + (header[_SETUP_SECTORS] or 4)) * _SECTOR
