# SPDX-License-Identifier: Apache-2.0
"""The files of images, where they can be read: their sizes, and whether a kernel is a bzImage."""

import os
import stat

from axvm_types import FindingCode, Model, Severity
from ..findings import Finding, Owner
from ..text import clip, quote
from .virtual_machine import ImageFile, VirtualMachine

# Where the header of a Linux kernel for x86 is in its file: Documentation/arch/x86/boot.rst.
_SETUP_SECTORS = 0x1f1
_BOOT_FLAG = slice(0x1fe, 0x200)
_MAGIC = slice(0x202, 0x206)
_LOAD_FLAGS = 0x211
_LOADED_HIGH = 0x01
_HEADER_END = 0x212
_SECTOR = 512


def measure(vm: VirtualMachine, root: str | None, models: tuple[Model, ...]) -> list[Finding]:
    """Fill in what the files of a VM's images say.

    Under a ROOT all of them should be there, so each that cannot be read gives a finding.
    """
    findings = []
    for kind, image in vm.images.items():
        key, path = vm.image_path(kind)
        # No other one is loaded.
        is_loaded = kind != "bios" or vm.enable_bios
        file = _locate(path, vm.file, root) if path and is_loaded else None
        if file is None:
            continue
        try:
            image.file = _inspect(file)
        except OSError as err:
            if root is not None:
                findings.append(Finding(
                    vm.file, FindingCode.BOOT_IMAGE_MISSING, Severity.ERROR,
                    f"kernel.{key}: {quote(clip(file))} cannot be read: {err.strerror}",
                    "Put the image there, or correct the path or --root.",
                    Owner(vm.file, vm.id, "kernel", None, key),
                    severities=dict.fromkeys(models, Severity.ERROR)))
    return findings


def _locate(path: str, configuration: str, root: str | None) -> str | None:
    """Where the file of an image is on this machine; None where that is not known.

    Under ROOT, the hypervisor's file system; without one, next to the configuration, as an absolute
    path is none of this machine's.
    """
    if root is not None:
        return os.path.join(root, path.lstrip("/"))
    return None if os.path.isabs(path) else os.path.join(os.path.dirname(configuration), path)


def _inspect(path: str) -> ImageFile:
    """What the file says; OSError where it cannot be read."""
    # A pipe would wait for its writer.
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "it is no regular file")
        return ImageFile(status.st_size, _setup_size(file.read(_HEADER_END)))


def _setup_size(header: bytes) -> int:
    """The size of the real-mode part of a bzImage; 0 for any other file."""
    if (len(header) < _HEADER_END or header[_BOOT_FLAG] != b"\x55\xaa"
            or header[_MAGIC] != b"HdrS" or not header[_LOAD_FLAGS] & _LOADED_HIGH):
        return 0
    # 0 stands for 4, as in kernels that knew no other number.
    return (1 + (header[_SETUP_SECTORS] or 4)) * _SECTOR
