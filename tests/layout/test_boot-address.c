/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/boot-address.c. */
#include "layout_boot.h"
#include "layout_direct.h"
#include "layout_sample.h"

#define MOVED_OUT(key, address)                                                                    \
	{                                                                                          \
		AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(key, address),                        \
			GUEST(MEMORY_REGIONS, 0, RAM, RAM_END)                                     \
	}

static void test_entry(void)
{
	sample_init(&s);
	s.vm.entry_point.addr = RAM_END - 1;
	finds_nothing(&s);
	s.vm.entry_point.addr = RAM_END;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(ENTRY_POINT, RAM_END), NOBODY });
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_ENTRY_POINT;
	finds_nothing(&s);
	sample_init(&s);
	s.vm.entry_point.addr = UINT64_MAX;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(ENTRY_POINT, UINT64_MAX), NOBODY });
	/* The place of an identical region, any of them, is not known. */
	s.memory[1].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, NOTE, 0, ADDRESS(ENTRY_POINT, UINT64_MAX), NOBODY });
	s.vm.entry_point.addr = 0x80fffffc;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, NOTE, 0, ADDRESS(ENTRY_POINT, 0x80fffffc), NOBODY });
	s.memory[1].map_type = AXVM_MEM_MAPPING_RESERVED;
	finds_nothing(&s);
}

static void test_kernel(void)
{
	sample_init(&s);
	s.vm.kernel_load_addr.addr = 0x3ffff000;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(KERNEL_LOAD_ADDR, 0x3ffff000),
		    NOBODY });
	s.vm.kernel_load_addr.addr = 0x40001000;
	finds_nothing(&s);
}

static void test_dtb(void)
{
	sample_init(&s);
	s.vm.dtb_load_addr.addr = 0;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(DTB_LOAD_ADDR, 0), NOBODY });
	/* Main memory of type identical: the address is ignored. */
	s.memory[0].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	finds_nothing(&s);
	s.vm.dtb_load_addr = s.vm.kernel_load_addr;
	finds_nothing(&s);
	sample_init(&s);
	s.vm.dtb_load_addr.addr = 0;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	finds_nothing(&s);
}

static void test_ramdisk(void)
{
	sample_init(&s);
	s.vm.ramdisk_load_addr.addr = RAM_END;
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
	finds_nothing(&s); /* without a path */
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_PATH;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(RAMDISK_LOAD_ADDR, RAM_END), NOBODY });
	s.vm.ramdisk_load_addr.addr = RAM_END - 0x1000;
	finds_nothing(&s);
}

static void test_bios(void)
{
	multiboot_init();
	s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.bios_load_addr.addr = 0xff000;
	finds_nothing(&s);
	s.vm.bios_load_addr.addr = 0x100000;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, 0x100000), NOBODY });
}

/* The kernel goes to the start of the region, and the entry point as far behind that. */
static void test_moved(void)
{
	place_init(AXVM_MEM_MAPPING_RESERVED);
	s.vm.kernel_load_addr.addr = 0x1000;
	s.vm.entry_point.addr = 0x1000 + (RAM_END - RAM) - 1;
	finds_nothing(&s);
	s.vm.entry_point.addr++;
	finds(&s, MOVED_OUT(ENTRY_POINT, RAM_END));
	eq_uint(findings[0].moved_by, RAM - 0x1000, "as far as the kernel");
	says("entry_point GPA:0x50000000 (moved with memory_regions[0] from GPA:0x10001000) is "
	     "in");
	s.memory[0].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	finds(&s, NOWHERE(NOTE, ENTRY_POINT, RAM_END));
	s.vm.entry_point.addr--;
	finds_nothing(&s);
	s.memory[0].map_type = AXVM_MEM_MAPPING_ALLOC;
	finds(&s, NOWHERE(ERROR, ENTRY_POINT, s.vm.entry_point.addr),
	      NOWHERE(ERROR, KERNEL_LOAD_ADDR, 0x1000));
	/* Without the kernel's address it is not known how far. */
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR;
	finds_nothing(&s);
}

/* Behind what a multiboot kernel keeps free. */
static void test_moved_multiboot(void)
{
	place_init(AXVM_MEM_MAPPING_RESERVED);
	s.vm.flags |= AXVM_LAYOUT_ENABLE_BIOS;
	limits.arch = AXVM_ARCH_X86_64;
	set_memory(&s.memory[1], 0, 0x100000, AXVM_MEM_MAPPING_ALLOC);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	s.vm.entry_point.addr = s.vm.kernel_load_addr.addr + (RAM_END - RAM) - 0x200001;
	finds_nothing(&s);
	s.vm.entry_point.addr++;
	finds(&s, MOVED_OUT(ENTRY_POINT, RAM_END));
	eq_uint(findings[0].moved_by, 0, "where it is configured");
	s.memory[0].size = 0x200000;
	s.vm.entry_point.addr = s.vm.kernel_load_addr.addr = 0x1000;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(ENTRY_POINT, RAM + 0x200000),
		GUEST(MEMORY_REGIONS, 0, RAM, RAM + 0x200000) },
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(KERNEL_LOAD_ADDR, RAM + 0x200000),
		GUEST(MEMORY_REGIONS, 0, RAM, RAM + 0x200000) });
}

static void test_dtb_moved(void)
{
	place_init(AXVM_MEM_MAPPING_ALLOC);
	s.vm.dtb_load_addr.addr = 0;
	finds(&s, NOWHERE(ERROR, DTB_LOAD_ADDR, 0));
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	finds_nothing(&s);
	/* LoongArch loads one where it should, if there is one. */
	limits.arch = AXVM_ARCH_LOONGARCH64;
	finds_nothing(&s);
	s.vm.flags |= AXVM_LAYOUT_HAS_DTB_PATH;
	finds(&s, NOWHERE(ERROR, DTB_LOAD_ADDR, 0));
	/* x86_64 has none. */
	limits.arch = AXVM_ARCH_X86_64;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	s.vm.dtb_load_addr.addr = RAM;
	finds(&s, NOWHERE(ERROR, DTB_LOAD_ADDR, RAM));
	/* Whatever the first region is, and once. */
	s.memory[0].map_type = AXVM_MEM_MAPPING_ALLOC;
	s.vm.dtb_load_addr.addr = 0;
	finds(&s, NOWHERE(ERROR, DTB_LOAD_ADDR, 0));
	limits.model = AXVM_MODEL_0_5;
	finds_nothing(&s);
}

static void test_sizes(void)
{
	place_init(AXVM_MEM_MAPPING_ALLOC);
	s.vm.kernel_size = RAM_END - s.vm.kernel_load_addr.addr;
	finds_nothing(&s);
	s.vm.kernel_size++;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, s.vm.kernel_size,
		    ADDRESS(KERNEL_LOAD_ADDR, s.vm.kernel_load_addr.addr),
		    GUEST(MEMORY_REGIONS, 0, RAM, RAM_END) });
	s.vm.kernel_size = UINT64_MAX;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, UINT64_MAX,
		    ADDRESS(KERNEL_LOAD_ADDR, s.vm.kernel_load_addr.addr),
		    GUEST(MEMORY_REGIONS, 0, RAM, RAM_END) });
	/* Two regions side by side are two. */
	s.vm.kernel_size = RAM_END - s.vm.kernel_load_addr.addr + 1;
	s.memory[1].gpa.addr = RAM_END;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, s.vm.kernel_size,
		    ADDRESS(KERNEL_LOAD_ADDR, s.vm.kernel_load_addr.addr),
		    GUEST(MEMORY_REGIONS, 0, RAM, RAM_END) });
	/* From the start of the region it fits. */
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	finds_nothing(&s);
}

/* Where the first region moves the images of a bzImage, their addresses are no places. */
static void test_moved_bzimage(void)
{
	static const axvm_mem_mapping_type types[] = { AXVM_MEM_MAPPING_IDENTICAL,
						       AXVM_MEM_MAPPING_RESERVED };

	for (size_t i = 0; i < 2; i++) {
		place_init(types[i]);
		limits.arch = AXVM_ARCH_X86_64;
		set_memory(&s.memory[1], 0, 0xa0000, AXVM_MEM_MAPPING_ALLOC);
		s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
		s.vm.flags |= AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_HAS_CMDLINE |
			      AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
		s.vm.kernel_load_addr.addr = s.vm.ramdisk_load_addr.addr = RAM_END;
		finds_nothing_at_both(&s);
	}
	s.memory[0].map_type = AXVM_MEM_MAPPING_ALLOC;
	s.vm.kernel_load_addr.addr = RAM;
	finds_at_both(&s, NOWHERE(ERROR, RAMDISK_LOAD_ADDR, RAM_END));
}

/* A region whose end does not fit holds all that is behind its start, and nothing before. */
static void test_open_region(void)
{
	const uint64_t start = UINT64_MAX - 0x1fff;
	const struct wanted open = { AXVM_FINDING_MEMORY_OVERFLOW, ERROR, 0x3000,
				     GUEST(MEMORY_REGIONS, 1, start, UINT64_MAX), NOBODY };

	place_init(AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s.memory[1], start, 0x3000, AXVM_MEM_MAPPING_ALLOC);
	s.vm.entry_point.addr = start;
	finds(&s, open);
	s.vm.entry_point.addr = UINT64_MAX;
	finds(&s, open);
	s.vm.entry_point.addr = start - 1;
	finds(&s, open, NOWHERE(ERROR, ENTRY_POINT, start - 1));
}

static void test_images_adjoining(void)
{
	new_init(AXVM_ARCH_RISCV64);
	s.vm.kernel_size = 0x300000;
	set_memory(&s.memory[1], 0x480000, 0x80000, ALLOC);
	set_memory(&s.memory[2], 0x400000, 0x80000, ALLOC);
	s.vm.memory_region_count = 3;
	finds_nothing(&s);
	s.vm.kernel_size++;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x300001, ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
		    GUEST(MEMORY_REGIONS, 0, 0, 0x400000) });
	s.vm.kernel_size--;
	s.memory[1].gpa.addr += 0x1000;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x300000, ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
		    GUEST(MEMORY_REGIONS, 0, 0, 0x400000) });
	/* At 0.7 one region holds an image. */
	s.memory[1].gpa.addr -= 0x1000;
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x300000, ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
		    GUEST(MEMORY_REGIONS, 0, 0, 0x400000) });
	/* A region that overflows holds all past its start, as ever; an empty one nothing. */
	new_init(AXVM_ARCH_RISCV64);
	s.vm.kernel_size = 0x300000;
	set_memory(&s.memory[1], 0x400000, 0, ALLOC);
	s.vm.memory_region_count = 2;
	check_vms(&s.vm, 1);
	eq_uint(finding_count, 1, "one finding");
	eq_uint(findings[0].code, AXVM_FINDING_MEMORY_EMPTY, "about the region");
}

/* A region that ends before the image is no part of it. */
static void test_images_above_a_region(void)
{
	new_init(AXVM_ARCH_RISCV64);
	s.vm.kernel_size = 0x280000;
	set_memory(&s.memory[0], 0, 0x100000, ALLOC);
	set_memory(&s.memory[1], 0x200000, 0x200000, ALLOC);
	set_memory(&s.memory[2], 0x400000, 0x80000, ALLOC);
	s.vm.memory_region_count = 3;
	finds_nothing(&s);
	s.vm.kernel_size++;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x280001, ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
		    GUEST(MEMORY_REGIONS, 1, 0x200000, 0x400000) });
}

/* A kernel goes to the start of the first region. An identical one need not adjoin that. */
static void test_images_moved(void)
{
	new_init(AXVM_ARCH_RISCV64);
	s.vm.kernel_size = 0x480000;
	s.memory[0].map_type = IDENTICAL;
	set_memory(&s.memory[1], 0x400000, 0x80000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
	s.vm.kernel_size++;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x480001, ADDRESS(KERNEL_LOAD_ADDR, 0),
		    GUEST(MEMORY_REGIONS, 0, 0, 0x400000) });
	s.vm.kernel_size--;
	s.memory[1].map_type = IDENTICAL;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, NOTE, 0, ADDRESS(KERNEL_LOAD_ADDR, 0), NOBODY });
}

#define RAMDISK_NOWHERE(address) NOWHERE(NOTE, RAMDISK_LOAD_ADDR, address)

/* The kernel is in an identical first region for sure. A ramdisk, which stays, is not. */
static void test_ramdisk_stays(void)
{
	new_init(AXVM_ARCH_RISCV64);
	changes(AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR, 0);
	s.vm.kernel_size = 0x480000;
	s.vm.ramdisk_load_addr.addr = 0x3ff000;
	s.vm.ramdisk_size = 0x2000;
	s.memory[0].map_type = IDENTICAL;
	set_memory(&s.memory[1], 0x400000, 0x80000, ALLOC);
	s.vm.memory_region_count = 2;
	finds(&s, RAMDISK_NOWHERE(0x3ff000));
	/* The identical region after the other one. */
	set_memory(&s.memory[0], 0x400000, 0x400000, IDENTICAL);
	set_memory(&s.memory[1], 0, 0x400000, ALLOC);
	s.vm.kernel_size = 0x400001;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x400001, ADDRESS(KERNEL_LOAD_ADDR, 0x400000),
		GUEST(MEMORY_REGIONS, 0, 0x400000, 0x800000) },
	      RAMDISK_NOWHERE(0x3ff000));
}

/* A region without a known place changes nothing of those that adjoin. */
static void test_adjoining_and_identical(void)
{
	new_init(AXVM_ARCH_RISCV64);
	changes(AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR, 0);
	s.vm.ramdisk_load_addr.addr = 0x3ff000;
	s.vm.ramdisk_size = 0x2000;
	set_memory(&s.memory[1], 0x400000, 0x1000, ALLOC);
	set_memory(&s.memory[2], 0x600000, 0x200000, IDENTICAL);
	s.vm.memory_region_count = 3;
	finds_nothing(&s);
	s.vm.ramdisk_size++;
	finds(&s, RAMDISK_NOWHERE(0x3ff000));
	/* Of one whose size is not known, the first byte is past the end. */
	s.vm.ramdisk_size = 0;
	s.vm.ramdisk_load_addr.addr = 0x401000;
	finds(&s, RAMDISK_NOWHERE(0x401000));
	s.vm.ramdisk_load_addr.addr--;
	finds_nothing(&s);
}

/* The region that decides is the one that the kernel goes to. */
static void test_moved_too_long(void)
{
	each_row(m, models) {
		direct_init(models[m], archs[m % 2]);
		set_memory(&s.memory[0], 0x40000000, 0x200000, RESERVED);
		set_memory(&s.memory[1], 0x80000000, 0x40000000, ALLOC);
		s.vm.memory_region_count = 2;
		s.vm.kernel_load_addr.addr = s.vm.entry_point.addr = 0x80080000;
		s.vm.kernel_size = 0x200000;
		finds_nothing(&s);
		s.vm.kernel_size = 0x2800000;
		finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x2800000,
			    ADDRESS(KERNEL_LOAD_ADDR, 0x40000000),
			    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x40200000) });
		says("kernel_load_addr GPA:0x40000000 (moved with memory_regions[0] from "
		     "GPA:0x80080000) begins an image that does not fit into memory_regions[0]");
	}
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_BOOT_ADDRESS, AXVM_FINDING_BOOT_ADDRESS);
}

int main(void)
{
	test(test_entry);
	test(test_kernel);
	test(test_dtb);
	test(test_ramdisk);
	test(test_bios);
	test(test_moved);
	test(test_moved_multiboot);
	test(test_dtb_moved);
	test(test_sizes);
	test(test_moved_bzimage);
	test(test_open_region);
	test(test_images_adjoining);
	test(test_images_above_a_region);
	test(test_images_moved);
	test(test_ramdisk_stays);
	test(test_adjoining_and_identical);
	test(test_moved_too_long);
	test(test_seen);
	return done();
}
