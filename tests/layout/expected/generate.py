# SPDX-License-Identifier: Apache-2.0
"""Random machines: few numbers in each, so that much of what can meet does."""

import random

from .base import ARCHS, LAST, PAGE, VERSIONS, Emulated, Machine, Passed, Range, Region, Vm
from .emulated import FIXED, IVC, NUMBERS, PLIC, REDISTRIBUTOR

BASES = (0, 0x3F8, 0x40, 0x6000, 0x7000, 0x8000, 0x9F000, 0x100000, 0x8000000, 0x80A0000, 0x9000000, 0xB000000, 0xC000000,
         0x10000000, 0x11000000, 0x1E020000, 0x1FE00000, 0x20000000, 0x30000000, 0x40000000, 0x80000000, 0xC0000000,
         0xFEC00000, 0xFEE00000, 1 << 32, 1 << 39, 0x7FFF_FFFF_F000, LAST + 1 - 2 * PAGE)
LENGTHS = (0, 1, 8, 0x22, 0x200, 0x800, PAGE, PAGE, 2 * PAGE, 3 * PAGE, 0x10000, 0x20000, 0x101000, 0x200000, 0x600000,
           1 << 28, 1 << 30, 1 << 32, 1 << 39, LAST)
KINDS = (*range(0, 13), *range(0x20, 0x26), 0x30, 0x30, 0xA, 0xA, 0xE1, 0xE2, 0xE3, 0xFF)
PATHS = ("/", "/soc", "/soc/", "/soc/uart@1", "/soc/uart@10", "/soc-2", "/soc/bus", "/soc/bus/uart", "/soc/bus/uart/", "/memory",
         "soc", "", "uart")
NAMES = (None, "", "a", "b", "abcdefgh1", "abcdefgh2")
FOCUSES = ("memory", "devices", "emulated", "boot", "images", "cpus", "paths", "ports", "hosts", "all")


class Generator:
    def __init__(self, seed: str):
        self.random = random.Random(seed)
        self.bases = self.some(BASES, 1, 3)
        self.lengths = self.some(LENGTHS, 2, 4)
        self.focus = self.random.choice(FOCUSES)

    def some(self, values, least, most):
        return [self.random.choice(values) for _ in range(self.random.randint(least, most))]

    def one_in(self, n):
        return self.random.randrange(n) == 0

    def is_about(self, *focuses):
        return self.focus == "all" or self.focus in focuses

    def count(self, most, *focuses):
        return self.random.randint(0, most) if self.is_about(*focuses) or self.one_in(8) else 0

    def address(self, rough=4):
        address = self.random.choice(self.bases) + self.random.choice((0, 0, PAGE, 2 * PAGE, 3 * PAGE, 0x200000, -PAGE))
        if self.one_in(rough):
            address += self.random.choice((1, 0x200, 0x400, 0x800, 0xFFF))
        return max(0, min(address, LAST))

    def length(self):
        return self.random.choice(self.lengths) if self.one_in(2) else self.random.choice((PAGE, PAGE, 2 * PAGE, 0x200, 0))

    def region(self):
        size = self.random.choice((*self.lengths, PAGE, 2 * PAGE, 0x200000, 0x10000000))
        return Region(self.address(8), size, self.random.choice((0, 0, 0, 0, 1, 1, 2, 2, self.random.choice((3, 255)))))

    def emulated(self):
        kind = self.random.choice(KINDS)
        base, length = self.address(), self.length()
        if kind in FIXED and self.one_in(2):
            base, length = FIXED[kind]
            if self.one_in(2):
                base, length = self.random.choice(((base, length + 1), (base + 1, length)))
        numbers = tuple(self.random.choice((0, 1, 2, 4, 0x20000, PAGE, 0x200000, LAST)) for _ in range(self.random.randint(0, 4)))
        if kind == REDISTRIBUTOR and not self.one_in(4):
            numbers = (self.random.choice((0, 1, 2, 4)), self.random.choice((0x20000, PAGE, length)), 0)
        if kind == PLIC and not self.one_in(4):
            contexts = self.random.choice((0, 1, 2, 0x100000, 0x200000, LAST))
            numbers = (contexts,) + (0,) * self.one_in(4)
            length = min(LAST, 0x200004 + contexts * PAGE + self.random.choice((0, 1)))
            base = self.random.choice((0xC000000, base))
        if kind not in NUMBERS and not self.one_in(4):
            numbers = ()
        if kind == IVC and self.one_in(2):
            base &= ~0xFFF
        return Emulated(kind, base, length, numbers, self.irq(), self.random.choice(NAMES))

    def irq(self):
        return self.random.choice((0, 0, 1, 2, 33, (1 << 32) + 1)) if self.is_about("emulated", "hosts") or self.one_in(4) else 0

    def passed(self):
        if self.is_about("paths") or self.one_in(6):
            device = Passed(self.random.choice(PATHS), 0, 0, 0)
            if self.one_in(4):
                setattr(device, self.random.choice(("gpa", "hpa", "length", "irq")), self.random.choice((1, PAGE)))
            return device
        gpa = self.address()
        hpa = gpa if self.one_in(2) else self.random.choice((self.address(), LAST - 0xFFF, min(gpa + PAGE, LAST), gpa ^ (1 << 32)))
        return Passed(self.random.choice(NAMES), gpa, hpa, self.length(), self.irq())

    def key(self):
        address = self.address(8)
        return self.random.choice((address, 0x8000, 0x100000, 0x101000))

    def boot(self, vm):
        vm.enable_bios = self.one_in(2)
        vm.protocol = self.random.choice((None, None, 0, 1, 2, 2, 3))
        vm.bzimage = self.random.choice((None, True, True, False))
        vm.own_entry = self.one_in(8)
        vm.cmdline = self.random.choice((None, 0, 5, 511, 512, (1 << 32) + 1))
        for name in ("entry", "kernel", "dtb", "ramdisk", "bios"):
            if not self.one_in(3):
                vm.addr[name] = self.key()
            if self.one_in(2):
                vm.size[name] = self.random.choice((1, 0x200, PAGE, 2 * PAGE, 0x200000, 1 << 32, LAST))
            if not self.one_in(3):
                vm.paths.add(name)
        if self.one_in(3) and {"entry", "kernel"} <= set(vm.addr):
            vm.addr["entry"] = min(LAST, vm.addr["kernel"] + self.random.choice((0, 8, vm.size.get("kernel", 1) - 1, vm.size.get("kernel", 0))))
        vm.paths.discard("entry")
        vm.paths.update(name for name in ("uefi_firmware", "disk") if self.one_in(2))
        vm.run_size = self.random.choice((0, 1, 3 * PAGE, 0x400000))
        vm.size.pop("entry", None)

    def vm(self, number):
        vm = Vm(id=self.random.choice((number + 1, number + 1, 0, 8, 9, 1 << 32)), name=self.random.choice((f"vm{number}", *NAMES)))
        vm.complete = not self.one_in(3)
        vm.cpu_num = self.random.choice((0, 1, 2, 2, 4, 64, 65)) if self.is_about("cpus", "emulated") else 2
        vm.memory = [self.region() for _ in range(self.random.randint(0, 5) if self.is_about("memory", "devices", "images", "hosts")
                                                  else self.random.randint(0, 2))]
        vm.emulated = [self.emulated() for _ in range(self.count(6, "emulated", "devices", "ports"))]
        vm.passed = [self.passed() for _ in range(self.count(5, "devices", "paths", "hosts"))]
        vm.addresses = [Range(self.address(), self.length()) for _ in range(self.count(3, "devices", "hosts"))]
        vm.reserved = [Range(self.address(), self.length()) for _ in range(self.count(2, "devices"))]
        vm.ports = [Range(self.random.choice((0x3F0, 0x3F8, 0x3FF, 0x40, 0x61, 0x62, 0xFFFF, self.random.randrange(0x10000))),
                          self.random.choice((0, 1, 1, 8, 16))) for _ in range(self.count(5, "ports"))]
        if vm.ports and self.one_in(4):
            first = self.random.randrange(0x4000)
            vm.ports += [Range(first + 2 * i, 1) for i in range(self.random.randint(10, 18))]
        vm.disabled = [self.random.choice(PATHS) for _ in range(self.count(4, "paths"))]
        vm.auto_devices = self.random.choice((0, 0, 1, 3))
        if self.is_about("cpus") or self.one_in(4):
            vm.ids = self.random.choice((None, self.some((0, 1, 2, 3, 0x100, (1 << 32) + 1), 0, 4)))
            vm.sets = self.random.choice((None, [self.random.choice((0, 0, 1, 2, 3, 1 << 32, 1 << 63)) for _ in range(self.random.randint(0, 4))]))
        elif vm.complete:
            vm.ids = [number * 8, number * 8 + 1]
        if self.is_about("boot", "images") or self.one_in(6):
            self.boot(vm)
        else:
            vm.paths = {"kernel"}
        vm.irq_mode = self.random.choice((0, 1, 2))
        vm.location = self.random.choice((0, 1, 1, 2, 2, 3))
        vm.guest_type = self.random.choice((0, 0, 1))
        return vm

    def machine(self, version):
        arch = self.random.choice((None, *ARCHS))
        several = self.is_about("hosts", "cpus", "paths") or self.one_in(4)
        machine = Machine(version, arch, [self.vm(i) for i in range(self.random.randint(1, 3 if several else 1))])
        machine.gpa_bits = self.random.choice((0, 0, 0, 32, 39, 48, 63, 64))
        machine.host_cpus = self.random.choice((0, 0, 3, 0xFF, LAST))
        if self.is_about("hosts", "memory") or self.one_in(4):
            machine.hypervisor = [self.host_range() for _ in range(self.random.randint(0, 2))]
            machine.host_memory = [self.host_range() for _ in range(self.random.randint(0, 3))]
        return machine

    def host_range(self):
        start = self.address(8)
        return start, min(LAST, start + self.length())


def machines(count: int, base: str):
    """So many machines, in turn of each version, each with the seed that makes it again."""
    for i in range(count):
        seed = f"{base}-{i}"
        yield seed, Generator(seed).machine(VERSIONS[i % len(VERSIONS)])
