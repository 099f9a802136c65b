/* SPDX-License-Identifier: Apache-2.0 */
/* Guests of several boot protocols, and what is found about where they boot. */
#ifndef LAYOUT_BOOT_H
#define LAYOUT_BOOT_H

#include "layout_sample.h"

__attribute__((__unused__)) static struct sample s;

#define RAM UINT64_C(0x40000000)
#define RAM_END UINT64_C(0x50000000)

/* A guest of x86_64 that boots by multiboot, with the built-in BIOS. */
__attribute__((__unused__)) static void multiboot_init(void)
{
	sample_init(&s);
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_ENABLE_BIOS;
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	s.vm.emu_device_count = 0;
	set_memory(&s.memory[1], 0, 0x100000, AXVM_MEM_MAPPING_ALLOC);
	limits.arch = AXVM_ARCH_X86_64;
}

#define MISSING(key)                                                                               \
	{                                                                                          \
		AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(key, 0), NOBODY                   \
	}

__attribute__((__unused__)) static void place_init(axvm_mem_mapping_type first)
{
	sample_init(&s);
	s.vm.emu_device_count = 0;
	s.memory[0].map_type = first;
	limits.arch = AXVM_ARCH_AARCH64;
}

#define NOWHERE(severity, key, address)                                                            \
	{                                                                                          \
		AXVM_FINDING_BOOT_ADDRESS, severity, 0, ADDRESS(key, address), NOBODY              \
	}

/* A guest with a firmware, but without memory where multiboot wants it. */
__attribute__((__unused__)) static void protocol_init(axvm_arch arch, axvm_boot_protocol protocol)
{
	sample_init(&s);
	limits.arch = arch;
	s.vm.emu_device_count = 0;
	s.vm.boot_protocol = protocol;
	s.vm.bios_load_addr.addr = 0x40400000;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_ENABLE_BIOS |
		      AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
}

#endif
