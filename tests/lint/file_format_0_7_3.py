# SPDX-License-Identifier: Apache-2.0
"""A second opinion on the VM files of Axvisor 0.5.24 to 0.8.3: which files does its parser refuse?

It is written from a description of the format and shares nothing with axvm-lint, so that each can
find the mistakes of the other. It answers for the parser alone: what the hypervisor refuses later,
such as a VM without memory or an unknown model of a virtual device, it accepts.
"""

import re

import toml_1_1

PROTOCOLS = ("direct", "multiboot", "uefi")

# The options of a virtual device that belong to the hypervisor, whatever the model.
FORBIDDEN = ("irq_id", "base_gpa", "base_hpa", "legacy_base_gpa", "legacy_length", "mmio_base",
             "pio_base", "msi_device_id", "msi_event_id", "lpi_id")

# The order of the members, for a table that is written as an array.
_BASE = ("id", "name", "guest_type", "cpu_num", "phys_cpu_ids", "phys_cpu_sets")
_KERNEL = ("entry_point", "kernel_path", "kernel_load_addr", "enable_bios", "boot_protocol",
           "bios_path", "uefi_firmware_path", "bios_load_addr", "dtb_path", "dtb_load_addr",
           "ramdisk_path", "ramdisk_load_addr", "image_location", "cmdline", "memory_regions")
_DEVICES = ("passthrough", "disabled", "virtual")
_REGION = ("gpa", "size", "flags", "map_type")


class _Refused(Exception):
    pass


def refusal(text: str, arch: str) -> str | None:
    """Why the parser refuses the file for a guest of that architecture; None where it does not.

    The reason begins with the part that is wrong and a colon: file (TOML, a key, a type or a
    value), boot-protocol, device-path, virtual-id, virtual-model or virtual-option.
    """
    try:
        base, kernel, devices = _tables(text)
        _check_base(base)
        _check_kernel(kernel)
        passthrough, disabled, virtual = _check_devices(devices)
        _check_boot(kernel, arch)
        _check_paths(passthrough, disabled)
        _check_virtual(virtual)
    except _Refused as reason:
        return str(reason)
    return None


def _need(condition: bool, reason: str, part: str = "file") -> None:
    if not condition:
        raise _Refused(f"{part}: {reason}")


def _tables(text: str) -> tuple[dict, dict, dict]:
    try:
        document = toml_1_1.read(text)
    except ValueError as error:
        raise _Refused(f"file: {error}") from None
    for key in document:
        _need(key in {"base", "kernel", "devices"}, f"unknown key or table {key}")
    return (_members(document.get("base", {}), _BASE, "base"),
            _members(document.get("kernel", {}), _KERNEL, "kernel"),
            _members(document.get("devices", {}), _DEVICES, "devices"))


def _members(value: object, order: tuple[str, ...], what: str) -> dict:
    """A table, or an array that the parser takes for one: it may be too short or too long."""
    if isinstance(value, list):
        return dict(zip(order, value))
    _need(isinstance(value, dict), f"{what} is not a table")
    return value


def _integer(value: object, what: str, most: int = 2**64 - 1) -> None:
    # A boolean is an int to Python, but not to TOML.
    _need(type(value) is int, f"{what} is not an integer")
    _need(0 <= value <= most, f"{what} is out of range")


def _integers(value: object, what: str) -> None:
    _need(isinstance(value, list), f"{what} is not a list")
    for number in value:
        _integer(number, what)


def _string(value: object, what: str) -> None:
    _need(isinstance(value, str), f"{what} is not a string")


def _check_base(base: dict) -> None:
    for key, value in base.items():
        if key in {"id", "cpu_num"}:
            _integer(value, key)
        elif key == "name":
            _string(value, key)
        elif key in {"guest_type", "vm_type"}:
            if isinstance(value, str):
                _need(value in {"virtualized", "passthrough"}, f"unknown word for {key}")
            else:
                _integer(value, key, 2)
        elif key in {"phys_cpu_ids", "phys_cpu_sets"}:
            _integers(value, key)
        else:
            _need(False, f"unknown key base.{key}")
    _need(not ("guest_type" in base and "vm_type" in base), "guest_type twice, as vm_type too")


def _check_kernel(kernel: dict) -> None:
    for key, value in kernel.items():
        if key in {"entry_point", "kernel_load_addr", "bios_load_addr", "dtb_load_addr",
                   "ramdisk_load_addr"}:
            _integer(value, key)
        elif key in {"kernel_path", "bios_path", "uefi_firmware_path", "dtb_path", "ramdisk_path",
                     "cmdline", "image_location"}:
            _string(value, key)
        elif key == "enable_bios":
            _need(isinstance(value, bool), f"{key} is not a boolean")
        elif key == "boot_protocol":
            _need(_protocol(value) in PROTOCOLS, f"{key} is not a protocol")
        elif key == "memory_regions":
            _need(isinstance(value, list), f"{key} is not a list")
            for region in value:
                _check_region(region)
        else:
            _need(False, f"unknown key kernel.{key}")


def _protocol(value: object) -> object:
    """A protocol is a word, or by an accident of the parser a table: { direct = {} }."""
    if isinstance(value, dict) and len(value) == 1:
        [(word, inside)] = value.items()
        return word if inside == {} else None
    return value if isinstance(value, str) else None


def _check_region(region: object) -> None:
    region = _members(region, _REGION, "a memory region")
    for key in _REGION:
        _need(key in region, f"a memory region without {key}")
    # A table may have more keys: nobody reads them.
    for key in ("gpa", "size", "flags"):
        _integer(region[key], key)
    _integer(region["map_type"], "map_type", 2)


def _check_devices(devices: dict) -> tuple[list[str], list[str], list[dict]]:
    """The paths that are passed through, those that are disabled, and the virtual devices."""
    for key in devices:
        _need(key in _DEVICES, f"unknown key devices.{key}")
    virtual = devices.get("virtual", [])
    _need(isinstance(virtual, list), "virtual is not a list")
    for device in virtual:
        _need(isinstance(device, dict), "a virtual device is not a table")
        for key in ("id", "model"):
            _need(isinstance(device.get(key), str), f"a virtual device without a string {key}")
        _check_signed(device)
    return (_paths(devices.get("passthrough", []), "passthrough"),
            _paths(devices.get("disabled", []), "disabled"), virtual)


def _check_signed(value: object) -> None:
    """Integers in the options of a virtual device have 64 bits and a sign, however deep."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inside in value:
            _check_signed(inside)
    if type(value) is int:
        _need(-2**63 <= value < 2**63, "an option of a virtual device is out of range")


def _paths(entries: object, what: str) -> list[str]:
    _need(isinstance(entries, list), f"{what} is not a list")
    paths = []
    for entry in entries:
        if isinstance(entry, list):
            # More members are ignored, but more keys of a table are not.
            _need(len(entry) > 0, f"an empty entry of {what}")
            path = entry[0]
        else:
            _need(isinstance(entry, dict), f"an entry of {what} is not a table")
            _need(list(entry) == ["path"], f"an entry of {what} has other keys than path")
            path = entry["path"]
        _string(path, f"a path of {what}")
        paths.append(path)
    return paths


def _check_boot(kernel: dict, arch: str) -> None:
    firmware = kernel.get("enable_bios", False)
    protocol = _protocol(kernel.get("boot_protocol", "multiboot" if firmware else "direct"))
    _need(firmware == (protocol != "direct"), f"{protocol} with enable_bios {firmware}",
          "boot-protocol")
    if protocol == "multiboot":
        _need(arch == "x86_64", f"multiboot on {arch}", "boot-protocol")
        needs_address = "bios_path" in kernel
    elif protocol == "uefi":
        _need(arch in {"x86_64", "loongarch64"}, f"uefi on {arch}", "boot-protocol")
        _need("uefi_firmware_path" in kernel or "bios_path" in kernel, "uefi without firmware",
              "boot-protocol")
        needs_address = True
    else:
        needs_address = False
    _need("bios_load_addr" in kernel or not needs_address, "firmware without an address",
          "boot-protocol")


def _check_paths(passthrough: list[str], disabled: list[str]) -> None:
    for path in passthrough + disabled:
        _need(path.startswith("/") and path != "/", f"path {path!r}", "device-path")
    for path in passthrough:
        _need(path not in disabled, f"path {path!r} in both lists", "device-path")


def _check_virtual(devices: list[dict]) -> None:
    known: set[str] = set()
    for device in devices:
        name, model = device["id"], device["model"]
        _need(re.fullmatch(r"[A-Za-z0-9._@-]+", name) is not None, f"id {name!r}", "virtual-id")
        _need(re.fullmatch(r"[a-z0-9.-]+", model) is not None, f"model {model!r}", "virtual-model")
        for option in FORBIDDEN:
            _need(option not in device, f"option {option} of {name}", "virtual-option")
        _need(name not in known, f"id {name!r} twice", "virtual-id")
        known.add(name)
