# SPDX-License-Identifier: Apache-2.0
"""Rules about the virtual devices of a file: their ids, models and options."""

from collections.abc import Iterator

from axvm_types import Arch, FindingCode, Model, Severity
from ..findings import Finding, Fix, Owner
from ..patterns import pattern
from ..reading.virtual_machine import VirtualDevice, VirtualMachine
from ..schema.releases import NEWEST, release_text
from ..schema.types import BadValue
from ..schema.virtual_models import (CONSOLE, ID_FORM, MACHINE_IDS, OTHER_MODELS, OWNED_OPTIONS,
                                     VIRTUAL_MODELS, VirtualModel)
from ..text import choice, clip, listed, quote, value_text

_ID = pattern(ID_FORM)
_MODEL = pattern(r"[a-z0-9.-]+")

# The architectures with exactly one serial port.
_ONE_SERIAL = (Arch.LOONGARCH64,)

_HOST_CONSOLE = "host-console"


def check_virtual(vm: VirtualMachine, arch: Arch | None, models: tuple[Model, ...]) -> list[Finding]:
    """The findings about the virtual devices of a VM; without ARCH none that hangs on it."""
    check = _Check(vm, arch, models)
    check.ids()
    check.models()
    for device in vm.virtual:
        check.options(device)
    return check.findings


def window_count(vm: VirtualMachine) -> int:
    """How many virtual devices need guest addresses that the hypervisor chooses."""
    return sum(device.id != CONSOLE and device.options.get("transport") != "pci"
               and device.model in VIRTUAL_MODELS and VIRTUAL_MODELS[device.model].has_window
               for device in vm.virtual)


class _Check:
    def __init__(self, vm: VirtualMachine, arch: Arch | None, models: tuple[Model, ...]) -> None:
        self.findings: list[Finding] = []
        self._vm = vm
        self._arch = arch
        self._models = models

    # virtual-id
    #
    # What: The id of a virtual device is empty, has a character that is not allowed, occurs
    # twice, or is the id of a device of the machine (--arch).
    # Why: The hypervisor finds devices by their id, and refuses the VM.
    # How: Give each device an id of its own, of letters, digits and the characters - _ . @.
    # Severity: error
    def ids(self) -> None:
        first: dict[str, VirtualDevice] = {}
        machine = MACHINE_IDS.get(self._arch, frozenset()) if self._arch else frozenset()
        for device in self._vm.virtual:
            reason, hint, other = None, "Give each device an id of its own.", None
            if not _ID.fullmatch(device.id):
                reason = ("an empty string is not an id" if not device.id else
                          f"{_name(device.id)} has a character that an id may not have")
                hint = "Use ASCII letters, digits and the characters - _ . @."
            elif device.id in first:
                other = self._owner(first[device.id], "id")
                reason = f"{_name(device.id)} is the id of virtual[{first[device.id].index}] as well"
            elif device.id in machine:
                reason = f"{_name(device.id)} is the id of a device of the machine"
            first.setdefault(device.id, device)
            if reason:
                self._report(FindingCode.VIRTUAL_ID, device, "id", reason, hint, other)

    # virtual-model
    #
    # What: The model of a virtual device is unknown, is not for the architecture (--arch), or is
    # one of which the VM has another already; or console0, the machine's console, is no serial
    # port.
    # Why: The hypervisor refuses the VM.
    # How: Use a model that the architecture has, or remove the device.
    # Severity: error
    def models(self) -> None:
        serials = []
        for device in self._vm.virtual:
            model = VIRTUAL_MODELS.get(device.model)
            if model is None:
                self._report(FindingCode.VIRTUAL_MODEL, device, "model", *_unknown(device.model))
                continue
            reason = None
            hint = f"Use {_serials()}, or another id."
            if device.id == CONSOLE and not model.is_serial:
                reason = f"{_name(device.id)} is the machine's console, but no serial port"
            elif self._arch and model.arches and self._arch not in model.arches:
                reason = f"{device.model} does not work on {self._arch.name}"
                hint = f"It works on {listed([arch.name for arch in model.arches])} only."
            elif model.is_serial:
                serials.append(device)
            if reason:
                self._report(FindingCode.VIRTUAL_MODEL, device, "model", reason, hint)
        self._serials(serials)

    def _serials(self, serials: list[VirtualDevice]) -> None:
        """Which of the serial ports are too many."""
        console = next((device for device in serials if device.id == CONSOLE), None)
        # The machine's console has the host's unless the file says otherwise.
        owner = console if console is None or _backend(console) != "null" else None
        is_owned = console is None or owner is not None
        for device in serials:
            if device is console:
                continue
            if self._arch in _ONE_SERIAL:
                self._report(FindingCode.VIRTUAL_MODEL, device, "model",
                             f"{self._arch.name} has one serial port, {CONSOLE}",
                             f"Remove it, or set the options of {CONSOLE} by an entry with that "
                             "id.", self._owner(console, "id") if console else None)
            elif _backend(device) == _HOST_CONSOLE:
                if is_owned:
                    reason = (f"{quote(CONSOLE)}, the machine's console, has the host's console "
                              "already" if owner is None or owner is console else
                              f"{_name(owner.id)} has the host's console already")
                    self._report(FindingCode.VIRTUAL_MODEL, device, "backend", reason,
                                 f'Write backend = {{ type = "null" }} here, or in an entry with '
                                 f"the id {CONSOLE}.",
                                 self._owner(owner, "backend") if owner else None)
                else:
                    owner, is_owned = device, True

    # virtual-option
    #
    # What: An option of a virtual device is unknown to its model, is missing, has a value that
    # does not fit, or is chosen by the hypervisor.
    # Why: The hypervisor refuses the VM.
    # How: Set the option that the message names, or remove it.
    # Fix: A misspelt option is renamed where one option of the model is near, and is not set as well;
    # one that the hypervisor chooses is taken out.
    # Severity: error
    def options(self, device: VirtualDevice) -> None:
        model = VIRTUAL_MODELS.get(device.model)
        for key, value in device.options.items():
            if key in OWNED_OPTIONS:
                self._option(device, key, "the hypervisor chooses it", "Remove it.",
                             fix=Fix(self._owner(device, key)))
            elif (place := _too_large(value)) is not None:
                self._option(device, key, "a number does not fit in 64 bits with a sign",
                             "Write a number from -2^63 to 2^63 - 1.", place)
            elif model:
                self._known_option(device, model, key, value)
        if model:
            self._together(device, model)

    def _known_option(self, device: VirtualDevice, model: VirtualModel, key: str,
                      value: object) -> None:
        rule = model.options.get(key)
        if rule is None:
            if not model.ignores_others:
                from ..schema.meanings import is_only_slip, meant
                known = [*model.options]
                close = meant(key, known, value)
                is_slip = close and close not in device.options and is_only_slip(key, close, known)
                self._option(device, key, f"{device.model} does not have it",
                             f"Did you mean {close}?" if close else
                             f"It has {listed(known)}." if known else "It has no options.",
                             fix=Fix(self._owner(device, key), name=close) if is_slip else None)
            return
        try:
            rule.type.read(value)
        except BadValue as bad:
            self._option(device, key, bad.reason, bad.hint, bad.place)
            return
        arches = model.refused.get((key, value)) if isinstance(value, str) else None
        if arches and self._arch in arches:
            self._option(device, key, f"{value_text(value)} does not work on {self._arch.name}",
                         f"Use {choice([quote(word) for word in _words(rule.type, value)])}.")

    def _together(self, device: VirtualDevice, model: VirtualModel) -> None:
        """What hangs on several options."""
        options = device.options
        for key, rule in model.options.items():
            if rule.required and key not in options:
                self._option(device, key, f"{device.model} needs it", f"Add it: {rule.about}")
        for key, (other, word) in model.only_with.items():
            value = options.get(other, model.options[other].default)
            if key in options and value != word and isinstance(value, str):
                self._option(device, key, f"it goes with {other} = {quote(word)} only",
                             f"Remove it, or write {other} = {quote(word)}.")
        both = [key for key in model.exclusive if key in options]
        if len(both) > 1:
            self._option(device, both[-1], f"{listed(both)} are both set", "Remove one of them.")

    def _option(self, device: VirtualDevice, key: str, reason: str, hint: str,
                place: tuple[str | int, ...] = (), fix: Fix | None = None) -> None:
        self._report(FindingCode.VIRTUAL_OPTION, device, key, reason, hint, None, place, fix)

    def _report(self, code: FindingCode, device: VirtualDevice, key: str, reason: str, hint: str,
                other: Owner | None = None, place: tuple[str | int, ...] = (),
                fix: Fix | None = None) -> None:
        owner = self._owner(device, key, place)
        self.findings.append(Finding(
            self._vm.file, code, Severity.ERROR, f"{owner.text()}: {reason}", hint, a=owner, b=other,
            severities=dict.fromkeys(self._models, Severity.ERROR), fix=fix))

    def _owner(self, device: VirtualDevice, key: str, place: tuple[str | int, ...] = ()) -> Owner:
        return Owner(self._vm.file, self._vm.id, "virtual", device.index, device.id,
                     member=(key, *place))


def _unknown(model: str) -> tuple[str, str]:
    """Why a model is unknown, and what to do."""
    if not _MODEL.fullmatch(model):
        reason = ("an empty string is not a model" if not model else
                  f"{_name(model)} has a character that a model may not have")
    else:
        reason = f"Axvisor {release_text(NEWEST)} does not know the model {_name(model)}"
    known = list(VIRTUAL_MODELS)
    if model in OTHER_MODELS:
        close = [other] if (other := OTHER_MODELS[model]) else []
    else:
        from ..schema.meanings import is_slip
        written = model.lower().replace("-", "_")
        close = [name for name in known if is_slip(written, name.replace("-", "_"))]
    return reason, f"Did you mean {close[0]}?" if close else f"Use {choice(known)}."


def _too_large(value: object) -> tuple[str | int, ...] | None:
    """The place of a number within a value that has no 64 bits with a sign; None where all have."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), value)]
    while waiting:
        place, inner = waiting.pop()
        if isinstance(inner, dict):
            waiting += [((*place, key), each) for key, each in inner.items()]
        elif isinstance(inner, list):
            waiting += [((*place, index), each) for index, each in enumerate(inner)]
        elif type(inner) is int and not -1 << 63 <= inner < 1 << 63:
            return place
    return None


def _backend(device: VirtualDevice) -> str | None:
    backend = device.options.get("backend")
    kind = backend.get("type") if isinstance(backend, dict) else None
    return kind if isinstance(kind, str) else None


def _serials() -> str:
    return choice([name for name, model in VIRTUAL_MODELS.items() if model.is_serial])


def _words(kind: object, but: object) -> Iterator[str]:
    """The other words of a type."""
    return (word for word in getattr(kind, "words", ()) if word != but)


def _name(text: str) -> str:
    return quote(clip(text))
