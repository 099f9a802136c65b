# SPDX-License-Identifier: Apache-2.0
"""Paths of the host's device tree: device-path, device-disabled, and host-conflict by path."""

from collections.abc import Iterator

from .base import ERROR, NOTE, V0_7_3, WARNING, Expected, Machine, Owner, Vm, groups, pair
from .passthrough import is_path, path_works


def parts(path: str) -> tuple[str, ...]:
    return tuple(p for p in path.split("/") if p)


def is_in(path: str, above: str) -> bool:
    """Whether a node is another one, or below it."""
    return parts(path)[:len(parts(above))] == parts(above)


def passed(machine: Machine, index: int) -> list[tuple[str, Owner]]:
    found = []
    for i, device in enumerate(machine.vms[index].passed):
        if device.name and device.name[0] == "/" and (
                machine.since(V0_7_3) or (is_path(device) and path_works(machine, device))):
            found.append((device.name, (index, "passthrough_devices", i)))
    return found


def disabled(vm: Vm, index: int) -> list[tuple[str, Owner]]:
    return [(path, (index, "disabled_paths", i)) for i, path in enumerate(vm.disabled) if path.startswith("/")]


def findings(machine: Machine) -> Iterator[Expected]:
    for index, vm in enumerate(machine.vms):
        if machine.since(V0_7_3):
            yield from of_list(machine, index, vm)
        yield from of_disabled(machine, index, vm)
    yield from between(machine)


def of_list(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    good = []
    for path, owner in [*((d.name, (index, "passthrough_devices", i)) for i, d in enumerate(vm.passed)),
                        *((p, (index, "disabled_paths", i)) for i, p in enumerate(vm.disabled))]:
        if not path or path[0] != "/":
            yield Expected("device-path", ERROR, owner, says="is not an absolute path")
        elif path == "/":
            yield Expected("device-path", ERROR, owner, says="is the root")
        else:
            good.append((path, owner))
            if machine.without_tree() and owner[1] == "passthrough_devices":
                yield Expected("device-path", ERROR, owner, says="but this architecture has no device tree")
    for first, *others in groups(good):
        for other in others:
            same = first[1] == other[1]
            yield pair("device-path", NOTE if same else ERROR, first, other, 0,
                       "is the same path as" if same else "but also disabled by")


def of_disabled(machine: Machine, index: int, vm: Vm) -> Iterator[Expected]:
    for path, owner in passed(machine, index):
        above = [(hidden, place) for hidden, place in disabled(vm, index) if is_in(path, hidden)]
        if not above:
            continue
        same = [place for hidden, place in above if parts(hidden) == parts(path)]
        # The highest one hides all; of two that are the same node, the list's order decides.
        highest = min(above, key=lambda one: (len(parts(one[0])), one[1][2]))[1]
        if same:
            if vm.disabled[same[-1][2]] != path:
                yield pair("device-disabled", WARNING, owner, same[-1], 0, "differs by a slash")
            elif not machine.since(V0_7_3):
                yield pair("device-disabled", WARNING, owner, same[-1], 0, "but kept from the guest as")
        else:
            yield pair("device-disabled", WARNING, owner, highest, 0, "by the node above it")


def between(machine: Machine) -> Iterator[Expected]:
    """Two VMs that get all devices. Which pairs of paths are reported is said in `clashes`."""
    whole = [i for i, vm in enumerate(machine.vms) if vm.guest_type == 1]
    if machine.since(V0_7_3):
        for other in whole[1:]:
            yield pair("host-conflict", NOTE, (whole[0], "guest_type", 0), (other, "guest_type", 0), 0, "is passthrough, so")


def gets(machine: Machine, index: int, path: str) -> bool:
    """Whether a VM gets a node, by a path of its own."""
    hidden = [p for p, _ in disabled(machine.vms[index], index)]
    return any(is_in(path, p) for p, _ in passed(machine, index)) and not any(is_in(path, p) for p in hidden)


def clashes(machine: Machine) -> set[str]:
    """The paths of VMs that another VM gets as well: each must be in a finding, and nothing else may."""
    found = set()
    for index in range(len(machine.vms)):
        for path, _ in passed(machine, index):
            if gets(machine, index, path) and any(
                    gets(machine, other, path) for other in range(len(machine.vms)) if other != index):
                found.add("/" + "/".join(parts(path)))
    return found
