/* SPDX-License-Identifier: Apache-2.0 */
/* Guests of direct boot without devices, for every architecture and version. */
#ifndef LAYOUT_DIRECT_H
#define LAYOUT_DIRECT_H

#include "layout_sample.h"

__attribute__((__unused__)) static struct sample s, other;
__attribute__((__unused__)) static const char *path_lists[2][3];

#define ALLOC AXVM_MEM_MAPPING_ALLOC
#define IDENTICAL AXVM_MEM_MAPPING_IDENTICAL
#define RESERVED AXVM_MEM_MAPPING_RESERVED
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

__attribute__((__unused__)) static const axvm_arch archs[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_RISCV64,
							       AXVM_ARCH_X86_64,
							       AXVM_ARCH_LOONGARCH64 };

/* A guest of an architecture at 0.7.3, of which nothing is to be said. */
__attribute__((__unused__)) static void new_init(axvm_arch arch)
{
	sample_init(&s);
	limits.model = AXVM_MODEL_0_7_3;
	limits.arch = arch;
	s.vm.emu_device_count = s.vm.passthrough_device_count = 0;
	s.vm.passthrough_address_count = 0;
	s.vm.flags &= ~(uint32_t)(AXVM_LAYOUT_HAS_DTB_LOAD_ADDR | AXVM_LAYOUT_HAS_PHYS_CPU_SETS);
	s.vm.phys_cpu_set_count = 0;
	s.vm.dtb_load_addr = axvm_gpa_new(0);
	s.vm.entry_point = s.vm.kernel_load_addr = axvm_gpa_new(0x200000);
	set_memory(&s.memory[0], 0, 0x400000, ALLOC);
	s.vm.memory_region_count = 1;
}

/* Mostly, the first finding decides about the next one. */
__attribute__((__unused__)) static void changes(uint32_t set, uint32_t cleared)
{
	s.vm.flags |= set;
	s.vm.flags &= ~cleared;
}

__attribute__((__unused__)) static const axvm_model models[] = { AXVM_MODEL_0_5, AXVM_MODEL_0_7,
								 AXVM_MODEL_0_7_3 };

/* Guests with a device tree come first. */
__attribute__((__unused__)) static bool has_tree(axvm_arch arch)
{
	return arch == AXVM_ARCH_AARCH64 || arch == AXVM_ARCH_RISCV64;
}

/* A guest of direct boot without devices, of which nothing is to be said. */
__attribute__((__unused__)) static void direct_init(axvm_model model, axvm_arch arch)
{
	sample_init(&s);
	tells_all = true;
	limits.model = model;
	limits.arch = arch;
	s.vm.emu_device_count = s.vm.passthrough_device_count = 0;
	s.vm.passthrough_address_count = 0;
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_EMULATED;
	s.vm.phys_cpu_set_count = 0;
	s.vm.flags &= ~(uint32_t)(AXVM_LAYOUT_HAS_DTB_LOAD_ADDR | AXVM_LAYOUT_HAS_PHYS_CPU_SETS);
	s.vm.flags |= AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	s.vm.entry_point = s.vm.kernel_load_addr = axvm_gpa_new(0x200000);
	set_memory(&s.memory[0], 0, 0x1000000, ALLOC);
	s.vm.memory_region_count = 1;
}

/* 0.7 has no direct boot on LoongArch. */
__attribute__((__unused__)) static bool boots(axvm_model model, axvm_arch arch)
{
	return arch != AXVM_ARCH_LOONGARCH64 || model != AXVM_MODEL_0_7;
}

__attribute__((__unused__)) static void set_disabled(struct sample *of, size_t count, const char *a,
						     const char *b)
{
	const char **list = path_lists[of == &other];

	list[0] = a;
	list[1] = b;
	of->vm.disabled_paths = list;
	of->vm.disabled_path_count = count;
}

__attribute__((__unused__)) static void set_passed(struct sample *of, size_t count, const char *a,
						   const char *b)
{
	set_passthrough(&of->passthrough[0], a, 0, 0, 0, 0);
	set_passthrough(&of->passthrough[1], b, 0, 0, 0, 0);
	of->vm.passthrough_devices = of->passthrough;
	of->vm.passthrough_device_count = count;
}

#define NOT_GIVEN(disabled)                                                                        \
	{                                                                                          \
		AXVM_FINDING_DEVICE_DISABLED, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 0),           \
			ENTRY(DISABLED_PATHS, disabled)                                            \
	}

#endif
