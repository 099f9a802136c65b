# SPDX-License-Identifier: Apache-2.0
"""The layout check of random machines against a second opinion, `expected/`, by family of rules.

AXVM_RANDOM_MACHINES takes more of them than make check does; AXVM_RANDOM_SEED=SEED makes the one
machine of that seed again, as a failure names it.
"""

import copy
import os
import pprint
import re
from collections import Counter
from dataclasses import fields

import tap

tap.need_library()

from axvm_types import (  # noqa: E402
    EmulatedDeviceConfig, Gpa, Hpa, HpaRange, LayoutLimits, LayoutVm, MemConfig, Model,
    PassthroughAddressConfig, PassthroughDeviceConfig, PassthroughPortConfig, ReservedAddressConfig, VcpuSet, layout,
    layout_findings, layout_problem)
from axvm_types import Arch, FindingCode  # noqa: E402
from expected import base, boot, emulated, generate, images, memory, numbers, passthrough, paths, places  # noqa: E402

FAMILIES = {"memory": memory, "places": places, "passthrough": passthrough, "emulated devices": emulated, "boot": boot,
            "images": images, "CPUs, IRQs, VMs": numbers, "paths": paths}
COUNT = int(os.environ.get("AXVM_RANDOM_MACHINES", "900"))
ENOUGH = 900  # to find each code
SEED = os.environ.get("AXVM_RANDOM_SEED", "")
SHOWN = 3  # failures
OF_FILES = re.compile("file-|virtual-|tree-(?!ram)")  # codes of axvm-lint alone

ADDRESSES = {"entry": layout.HAS_ENTRY_POINT, "kernel": layout.HAS_KERNEL_LOAD_ADDR, "dtb": layout.HAS_DTB_LOAD_ADDR,
             "ramdisk": layout.HAS_RAMDISK_LOAD_ADDR, "bios": layout.HAS_BIOS_LOAD_ADDR}
PATHS = {"kernel": layout.HAS_KERNEL_PATH, "dtb": layout.HAS_DTB_PATH, "ramdisk": layout.HAS_RAMDISK_PATH,
         "bios": layout.HAS_BIOS_PATH, "uefi_firmware": layout.HAS_UEFI_FIRMWARE_PATH, "disk": layout.HAS_DISK_PATH}


def vm_of(vm: base.Vm) -> LayoutVm:
    """A VM as the library takes it."""
    flags = sum(flag for name, flag in ADDRESSES.items() if name in vm.addr)
    flags |= sum(flag for name, flag in PATHS.items() if name in vm.paths)
    flags |= layout.COMPLETE * vm.complete | layout.ENABLE_BIOS * vm.enable_bios | layout.KERNEL_HAS_ENTRY * vm.own_entry
    flags |= layout.HAS_BOOT_PROTOCOL * (vm.protocol is not None) | layout.HAS_CMDLINE * (vm.cmdline is not None)
    flags |= layout.KERNEL_BZIMAGE * (vm.bzimage is True) | layout.KERNEL_NOT_BZIMAGE * (vm.bzimage is False)
    members = {images.KEYS[name]: Gpa(address) for name, address in vm.addr.items()}
    members |= {f"{name}_size": size for name, size in vm.size.items()}
    return LayoutVm(
        vm.ids, None if vm.sets is None else [VcpuSet(bits) for bits in vm.sets],
        [MemConfig(gpa=Gpa(r.gpa), size=r.size, flags=7, map_type=r.kind) for r in vm.memory],
        [EmulatedDeviceConfig(d.numbers, name=d.name, base_gpa=Gpa(d.base), length=d.length, irq_id=d.irq, emu_type=d.kind)
         for d in vm.emulated],
        [PassthroughDeviceConfig(name=d.name, base_gpa=Gpa(d.gpa), base_hpa=Hpa(d.hpa), length=d.length, irq_id=d.irq)
         for d in vm.passed],
        [PassthroughAddressConfig(base_gpa=Gpa(a.base), length=a.length) for a in vm.addresses],
        [PassthroughPortConfig(base=p.base, length=p.length) for p in vm.ports],
        [ReservedAddressConfig(base_gpa=Gpa(a.base), length=a.length) for a in vm.reserved],
        vm.disabled, flags=flags, name=vm.name, id=vm.id, cpu_num=vm.cpu_num, auto_device_count=vm.auto_devices,
        kernel_run_size=vm.run_size, cmdline_length=vm.cmdline or 0, boot_protocol=vm.protocol or 0,
        interrupt_mode=vm.irq_mode, image_location=vm.location, guest_type=vm.guest_type, **members)


def limits_of(machine: base.Machine) -> LayoutLimits:
    return LayoutLimits([HpaRange(Hpa(start), Hpa(end)) for start, end in machine.hypervisor],
                        [HpaRange(Hpa(start), Hpa(end)) for start, end in machine.host_memory],
                        host_cpus=VcpuSet(machine.host_cpus), gpa_bits=machine.gpa_bits,
                        arch=Arch.from_name(machine.arch) if machine.arch else 0, model=Model.from_name(machine.version))


Found = tuple[tuple[object, ...], str]


def owner_of(owner) -> base.Owner:
    return owner.vm, owner.table.name, owner.index


def is_by_path(finding) -> bool:
    """A conflict in the host's device tree: which of several pairs is reported is free."""
    return finding.code.name == "host-conflict" and finding.a.table.name == "passthrough_devices" \
        and finding.severity.name != "error"


def found_of(machine: base.Machine) -> tuple[list[Found], set[str]]:
    """What the library finds: keys and texts; and the paths that two VMs have."""
    found, clashing = [], set()
    for f in layout_findings([vm_of(vm) for vm in machine.vms], limits_of(machine)):
        if is_by_path(f):
            both = [paths.parts(machine.vms[o.vm].passed[o.index].name) for o in (f.a, f.b)]
            clashing.add("/" + "/".join(max(both, key=len)))
            continue
        b = owner_of(f.b) if f.b.table.name != "none" else ()
        found.append(((f.code.name, f.severity.name, owner_of(f.a), b, f.value), f"{f.text} ... {f.hint}"))
    return found, clashing


def differences(machine: base.Machine, codes: Counter[object] | None = None) -> list[str]:
    """How what is found is not what is expected: a line each, which begins with the family."""
    found, clashing = found_of(machine)
    lines = []
    if codes is not None:
        codes.update(key[0] for key, _ in found)
    expected = {name: list(family.findings(machine)) for name, family in FAMILIES.items()}
    wanted = Counter(e.key() for every in expected.values() for e in every)
    got = Counter(key for key, _ in found)
    for name, every in expected.items():
        lines += [f"{name}: not found: {e}" for e in every if got[e.key()] < wanted[e.key()]]
    lines += [f"any: found in vain: {key} {text!r}" for key, text in found if got[key] > wanted[key]]
    clashes = paths.clashes(machine)
    if clashing != clashes:
        lines.append(f"paths: of two VMs: {sorted(clashing)}, not {sorted(clashes)}")
    if not lines:
        for name, every in expected.items():
            lines += [f"{name}: has another text: {e}: {[t for k, t in found if k == e.key()]}" for e in every
                      if not any(e.says in text for key, text in found if key == e.key())]
    return lines


def shrunk(machine: base.Machine) -> base.Machine:
    """The same machine without all that the difference does not need."""
    def smaller(machine):
        for i, vm in enumerate(machine.vms):
            if len(machine.vms) > 1:
                other = copy.deepcopy(machine)
                del other.vms[i]
                yield other
            for field in fields(vm):
                value = getattr(vm, field.name)
                if isinstance(value, (list, dict, set)):
                    for entry in range(len(value)):
                        other = copy.deepcopy(machine)
                        entries = getattr(other.vms[i], field.name)
                        if isinstance(entries, list):
                            del entries[entry]
                        elif isinstance(entries, dict):
                            del entries[sorted(entries)[entry]]
                        else:
                            entries.discard(sorted(entries)[entry])
                        yield other
        for name in ("hypervisor", "host_memory"):
            for entry in range(len(getattr(machine, name))):
                other = copy.deepcopy(machine)
                del getattr(other, name)[entry]
                yield other

    while True:
        less = next((m for m in smaller(machine) if differences(m)), None)
        if less is None:
            return machine
        machine = less


def show(seed: str, machine: base.Machine) -> None:
    small = shrunk(machine)
    print(f"# AXVM_RANDOM_SEED={seed} differs; the least of it that does:")
    for line in (pprint.pformat(small, width=110) + "\n" + "\n".join(differences(small))).split("\n"):
        print(f"#   {line}")


def random_machines() -> None:
    failed, codes, versions = 0, Counter[object](), set()
    for seed, machine in generate.machines(COUNT, "machine"):
        versions.add(machine.version)
        problem = layout_problem([vm_of(vm) for vm in machine.vms], limits_of(machine))
        tap.is_(problem, None, f"{seed} is valid")
        if not problem and differences(machine, codes):
            failed += 1
            if failed <= SHOWN:
                show(seed, machine)
    tap.is_(failed, 0, f"machines of {COUNT} that differ")
    tap.is_(versions, set(base.VERSIONS), "each version is tried")
    missing = {name for name in (code.name for code in FindingCode.all()) if not OF_FILES.match(name)} - set(codes)
    tap.is_(missing if COUNT >= ENOUGH else set(), set(), "each code is found")


def one_machine() -> None:
    """That of a seed."""
    version = base.VERSIONS[int(SEED.rpartition("-")[2]) % len(base.VERSIONS)]
    machine = generate.Generator(SEED).machine(version)
    lines = differences(machine)
    tap.is_(lines, [], SEED)
    if lines:
        show(SEED, machine)


tap.test(one_machine if SEED else random_machines)
tap.done()
