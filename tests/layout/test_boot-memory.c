/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/boot-memory.c. */
#include "layout_boot.h"
#include "layout_direct.h"
#include "layout_sample.h"

#define NEEDS(severity, address)                                                                   \
	{                                                                                          \
		AXVM_FINDING_BOOT_MEMORY, severity, address, ENTRY(BOOT_PROTOCOL, 0), NOBODY       \
	}

#define BZIMAGE_NEEDS(address)                                                                     \
	{                                                                                          \
		AXVM_FINDING_BOOT_MEMORY, ERROR, address, ADDRESS(KERNEL_LOAD_ADDR, 0x40200000),   \
			NOBODY                                                                     \
	}

#define CMDLINE(length)                                                                            \
	{                                                                                          \
		AXVM_FINDING_BOOT_PROTOCOL, ERROR, length, ENTRY(CMDLINE, 0), NOBODY               \
	}

static void test_multiboot_memory(void)
{
	multiboot_init();
	set_memory(&s.memory[1], 0x6000, 0x3000, AXVM_MEM_MAPPING_ALLOC);
	finds_nothing(&s);
	set_memory(&s.memory[1], 0x7000, 0x2000, AXVM_MEM_MAPPING_ALLOC);
	finds(&s, NEEDS(ERROR, 0x6000));
	set_memory(&s.memory[1], 0x6000, 0x2000, AXVM_MEM_MAPPING_ALLOC);
	finds(&s, NEEDS(ERROR, 0x8000));
	s.memory[1].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	finds(&s, NEEDS(NOTE, 0x6000));
	s.memory[1].map_type = AXVM_MEM_MAPPING_ALLOC;
	/* Without memory, that is the finding. */
	s.vm.memory_region_count = 0;
	finds(&s, { AXVM_FINDING_MEMORY_NONE, ERROR, 0,
		    ENTRY(MEMORY_REGIONS, AXVM_LAYOUT_WHOLE_TABLE), NOBODY });
	s.vm.memory_region_count = 2;
	/* A BIOS of one's own. */
	s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.bios_load_addr.addr = 0x6000;
	finds_nothing(&s);
}

/* A guest of x86_64 with a kernel that is a bzImage. */
static void bzimage_init(void)
{
	sample_init(&s);
	s.vm.emu_device_count = 0;
	s.vm.flags |= AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_HAS_CMDLINE;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	set_memory(&s.memory[1], 0, 0xa0000, AXVM_MEM_MAPPING_ALLOC);
	limits.arch = AXVM_ARCH_X86_64;
}

static void test_bzimage(void)
{
	bzimage_init();
	s.vm.cmdline_length = 511;
	finds_nothing(&s);
	s.vm.cmdline_length = 512;
	finds(&s, CMDLINE(512));
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_CMDLINE;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, CMDLINE(0));
	s.vm.flags ^= AXVM_LAYOUT_COMPLETE | AXVM_LAYOUT_HAS_BOOT_PROTOCOL; /* direct */
	finds_nothing(&s);
	s.vm.flags ^= AXVM_LAYOUT_COMPLETE | AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	s.vm.flags ^= AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	finds_nothing(&s);

	bzimage_init();
	set_memory(&s.memory[1], 0x8000, 0x98000, AXVM_MEM_MAPPING_ALLOC);
	finds(&s, BZIMAGE_NEEDS(0x7000));
	set_memory(&s.memory[1], 0, 0x9f000, AXVM_MEM_MAPPING_ALLOC);
	finds(&s, BZIMAGE_NEEDS(0x9f800));
	limits.arch = AXVM_ARCH_AARCH64;
	finds_nothing(&s);
}

static void test_boot_memory_x86(void)
{
	static const axvm_mem_mapping_type others[] = { IDENTICAL, RESERVED };
	static const struct wanted lacks = { AXVM_FINDING_BOOT_MEMORY, ERROR, 0,
					     ENTRY(MEMORY_REGIONS, WHOLE), NOBODY };

	for (size_t i = 0; i < 2; i++) {
		new_init(AXVM_ARCH_X86_64);
		s.memory[0].map_type = others[i];
		finds(&s, lacks);
		/* Another region may be there. */
		s.vm.memory_region_count = 2;
		set_memory(&s.memory[1], 0x800000, 0x1000, ALLOC);
		finds(&s, lacks);
	}
	new_init(AXVM_ARCH_X86_64);
	s.memory[0].gpa.addr = 0x1000;
	finds(&s, lacks);
	/* It need not be the first one. */
	s.vm.memory_region_count = 2;
	set_memory(&s.memory[1], 0, 0x1000, ALLOC);
	finds_nothing(&s);
	/* Under every protocol, and in place of what the protocol asks for itself. */
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_ENABLE_BIOS, 0);
	finds_nothing(&s);
	s.memory[0].gpa.addr = 0x100000;
	finds(&s, lacks);
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_HAS_CMDLINE, 0);
	s.memory[0].gpa.addr = 0x100000;
	finds(&s, lacks);
	/* Not on other architectures, nor before. */
	new_init(AXVM_ARCH_AARCH64);
	s.memory[0].gpa.addr = 0x1000;
	finds_nothing(&s);
	new_init(AXVM_ARCH_X86_64);
	limits.model = AXVM_MODEL_0_7;
	s.memory[0].gpa.addr = 0x1000;
	finds_nothing(&s);
	new_init(AXVM_ARCH_X86_64);
	s.vm.memory_region_count = 0;
	finds(&s, { AXVM_FINDING_MEMORY_NONE, ERROR, 0, ENTRY(MEMORY_REGIONS, WHOLE), NOBODY });
}

/* Images and stubs may be in regions that adjoin. */
static void test_boot_memory_adjoining(void)
{
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_HAS_CMDLINE, 0);
	set_memory(&s.memory[0], 0, 0x8000, ALLOC);
	set_memory(&s.memory[1], 0x8000, 0x3f8000, RESERVED);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
	set_memory(&s.memory[1], 0x9000, 0x3f7000, RESERVED);
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0x7000, ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
		    NOBODY });
}

static void test_boot_memory_loongarch(void)
{
	new_init(AXVM_ARCH_LOONGARCH64);
	s.memory[0].gpa.addr = 0x1000;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0, ENTRY(ENABLE_BIOS, 0), NOBODY });
	set_memory(&s.memory[0], 0, 0x101000, ALLOC);
	set_memory(&s.memory[1], 0x200000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
	s.memory[0].size -= 0x1000;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0, ENTRY(ENABLE_BIOS, 0), NOBODY });
	new_init(AXVM_ARCH_LOONGARCH64);
	changes(AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR, 0);
	s.vm.ramdisk_load_addr.addr = 0x101000;
	finds_nothing(&s);
	s.vm.ramdisk_load_addr.addr--;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0x101000, ADDRESS(RAMDISK_LOAD_ADDR, 0x100fff),
		    NOBODY });
	limits.arch = AXVM_ARCH_RISCV64;
	finds_nothing(&s);
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_BOOT_MEMORY, AXVM_FINDING_BOOT_MEMORY);
}

int main(void)
{
	test(test_multiboot_memory);
	test(test_bzimage);
	test(test_boot_memory_x86);
	test(test_boot_memory_adjoining);
	test(test_boot_memory_loongarch);
	test(test_seen);
	return done();
}
