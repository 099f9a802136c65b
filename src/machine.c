/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/machine.h>

#include <axvm/vm.h>

#include "export.h"
#include "machine.h"

/* A device; the name is in the row, as a pointer would need a relocation. */
struct row {
	uint64_t start, size;
	axvm_arch arch;
	bool is_for_each_vcpu; /* the size is that for one of them */
	char name[20];
};

/* Of an architecture in order of addresses. */
static const struct row devices[] = {
	{ 0x08000000, 0x10000, AXVM_ARCH_AARCH64, false, "gic-distributor" },
	{ 0x080a0000, 0x20000, AXVM_ARCH_AARCH64, true, "gic-redistributors" },
	{ 0x09000000, 0x1000, AXVM_ARCH_AARCH64, false, "console0" },

	{ 0x0c000000, 0x600000, AXVM_ARCH_RISCV64, false, "plic" },
	{ 0x10000000, 0x100, AXVM_ARCH_RISCV64, false, "console0" },

	{ 0xc0000000, 0x10000000, AXVM_ARCH_X86_64, false, "pci-memory" },
	{ 0xfec00000, 0x1000, AXVM_ARCH_X86_64, false, "io-apic" },
	{ AXVM_X86_LOCAL_APIC, 0x1000, AXVM_ARCH_X86_64, false, "local-apic" },

	{ 0x10000000, 0x1000, AXVM_ARCH_LOONGARCH64, false, "pch-pic" },
	{ 0x1e020000, 0x18, AXVM_ARCH_LOONGARCH64, false, "fw-cfg" },
	{ 0x1fe001e0, 0x100, AXVM_ARCH_LOONGARCH64, false, "console0" },
	{ 0x20000000, 0x8000000, AXVM_ARCH_LOONGARCH64, false, "pci-ecam" },
	{ 0x40000000, 0x40000000, AXVM_ARCH_LOONGARCH64, false, "pci-memory" },
};

static uint64_t size_of(const struct row *row, uint64_t cpu_num)
{
	if (!row->is_for_each_vcpu || cpu_num == 0)
		return row->size;
	return row->size * (cpu_num < AXVM_MAX_VCPU_NUM ? cpu_num : AXVM_MAX_VCPU_NUM);
}

AXVM_EXPORT size_t axvm_machine_devices(axvm_model model, axvm_arch arch, uint64_t cpu_num,
					axvm_machine_device *out, size_t capacity)
{
	size_t count = 0;

	if (model < AXVM_MODEL_0_7_3)
		return 0;
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++) {
		const struct row *row = &devices[i];

		if (row->arch != arch)
			continue;
		if (count < capacity) {
			out[count].name = row->name;
			out[count].range = axvm_gpa_range_from_start_size(axvm_gpa_new(row->start),
									  size_of(row, cpu_num));
		}
		count++;
	}
	return count;
}

AXVM_EXPORT bool axvm_machine_auto_window(axvm_model model, axvm_arch arch, axvm_gpa_range *out)
{
	uint64_t start, end;

	if (model < AXVM_MODEL_0_7_3)
		return false;
	switch (arch) {
	case AXVM_ARCH_AARCH64:
		start = 0x0b000000;
		end = 0x10000000;
		break;
	case AXVM_ARCH_RISCV64:
		start = 0x11000000;
		end = 0x20000000;
		break;
	case AXVM_ARCH_X86_64:
		start = 0x80000000;
		end = 0xc0000000;
		break;
	case AXVM_ARCH_LOONGARCH64:
		start = 0x30000000;
		end = 0x40000000;
		break;
	default:
		return false;
	}
	*out = axvm_gpa_range_new(axvm_gpa_new(start), axvm_gpa_new(end));
	return true;
}
