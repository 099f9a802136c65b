/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_sample.h"

/* Images and the entry point where the hypervisor puts them, not where they are configured. */

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define NOTE AXVM_SEVERITY_NOTE
#define RAM UINT64_C(0x40000000)
#define RAM_END UINT64_C(0x50000000)

static struct sample s;

static void place_init(axvm_mem_mapping_type first)
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

#define MOVED_OUT(key, address)                                                                    \
	{                                                                                          \
		AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(key, address),                        \
			GUEST(MEMORY_REGIONS, 0, RAM, RAM_END)                                     \
	}

static void says(const char *text)
{
	char message[512];

	axvm_finding_message_format(&findings[0], NULL, NULL, message, sizeof(message));
	ok(strstr(message, text), text);
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

static void test_uefi(void)
{
	place_init(AXVM_MEM_MAPPING_RESERVED);
	limits.arch = AXVM_ARCH_X86_64;
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_ENABLE_BIOS |
		      AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.bios_load_addr.addr = RAM;
	s.vm.kernel_load_addr.addr = s.vm.entry_point.addr = 0x1000;
	/* 0.5 moves the kernel, on which it lies now; 0.7 does not, and enters where it is told. */
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_CLASH, WARNING, 0, ADDRESS(KERNEL_LOAD_ADDR, RAM),
		    ADDRESS(BIOS_LOAD_ADDR, RAM) });
	limits.model = AXVM_MODEL_0_7;
	finds(&s, NOWHERE(ERROR, ENTRY_POINT, 0x1000), NOWHERE(ERROR, KERNEL_LOAD_ADDR, 0x1000));
	s.vm.kernel_load_addr.addr = s.vm.entry_point.addr = RAM + 0x1000;
	finds_nothing(&s);
}

static void test_dtb(void)
{
	place_init(AXVM_MEM_MAPPING_ALLOC);
	s.vm.dtb_load_addr.addr = 0;
	finds(&s, NOWHERE(ERROR, DTB_LOAD_ADDR, 0));
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	finds_nothing(&s);
	/* LoongArch loads one where it is told, if there is one. */
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

static void test_images_that_meet(void)
{
	const struct wanted meet = { AXVM_FINDING_BOOT_IMAGE_CLASH, ERROR, 0,
				     ADDRESS(KERNEL_LOAD_ADDR, RAM + 0x200000),
				     ADDRESS(DTB_LOAD_ADDR, RAM + 0x201000) };

	place_init(AXVM_MEM_MAPPING_ALLOC);
	s.vm.dtb_load_addr.addr = RAM + 0x201000;
	s.vm.kernel_size = 0x1001;
	finds_nothing(&s); /* one size is not two */
	s.vm.dtb_size = 1;
	finds(&s, meet);
	s.vm.kernel_size = 0x1000;
	finds_nothing(&s);
	s.vm.dtb_load_addr.addr = RAM + 0x1ff000;
	s.vm.dtb_size = 0x1000;
	finds_nothing(&s);
	s.vm.dtb_size = 0x1001;
	finds(&s,
	      { AXVM_FINDING_BOOT_IMAGE_CLASH, ERROR, 0, ADDRESS(KERNEL_LOAD_ADDR, RAM + 0x200000),
		ADDRESS(DTB_LOAD_ADDR, RAM + 0x1ff000) });
}

/* A kernel that goes along with an identical region lies nobody knows where. */
static void test_images_apart(void)
{
	place_init(AXVM_MEM_MAPPING_IDENTICAL);
	set_memory(&s.memory[1], RAM_END, 0x1000000, AXVM_MEM_MAPPING_ALLOC);
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
	s.vm.kernel_load_addr.addr = s.vm.entry_point.addr = s.vm.ramdisk_load_addr.addr = RAM_END;
	finds_nothing(&s);
	/* A ramdisk is not moved. */
	s.vm.ramdisk_load_addr.addr = RAM;
	finds(&s, NOWHERE(NOTE, RAMDISK_LOAD_ADDR, RAM));
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_CLASH, WARNING, 0, ADDRESS(KERNEL_LOAD_ADDR, RAM),
		    ADDRESS(RAMDISK_LOAD_ADDR, RAM) });
	says("kernel_load_addr GPA:0x40000000 (moved with memory_regions[0] from GPA:0x50000000) "
	     "is the same address as ramdisk_load_addr GPA:0x40000000");
}

#define BELOW(severity)                                                                            \
	{                                                                                          \
		AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, severity, 0, ADDRESS(ENTRY_POINT, 0x40200000), \
			ADDRESS(KERNEL_LOAD_ADDR, 0x40200001)                                      \
	}

static void test_entry_below_load(void)
{
	place_init(AXVM_MEM_MAPPING_ALLOC);
	finds_nothing(&s);
	s.vm.kernel_load_addr.addr += 1;
	finds(&s, { AXVM_FINDING_BOOT_ENTRY, WARNING, 0, ADDRESS(ENTRY_POINT, 0x40200000),
		    ADDRESS(KERNEL_LOAD_ADDR, 0x40200001) });
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds(&s, BELOW(NOTE)); /* a boot stub */
	limits.arch = AXVM_ARCH_AARCH64;
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	finds(&s, BELOW(ERROR));
	s.memory[0].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	finds(&s, BELOW(ERROR));
	/* A bzImage is another matter, where there are such. */
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds(&s, BELOW(WARNING));
	s.vm.flags |= AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	finds(&s, BELOW(ERROR));
	s.vm.flags ^= AXVM_LAYOUT_KERNEL_NOT_BZIMAGE | AXVM_LAYOUT_KERNEL_BZIMAGE |
		      AXVM_LAYOUT_HAS_CMDLINE;
	set_memory(&s.memory[1], 0, 0xa0000, AXVM_MEM_MAPPING_ALLOC);
	finds_nothing(&s);
}

static void test_entry_in_bios(void)
{
	place_init(AXVM_MEM_MAPPING_ALLOC);
	s.vm.flags |= AXVM_LAYOUT_ENABLE_BIOS;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	limits.arch = AXVM_ARCH_X86_64;
	set_memory(&s.memory[1], 0, 0x100000, AXVM_MEM_MAPPING_ALLOC);
	s.vm.entry_point.addr = 0x8000;
	finds_nothing(&s);
	s.vm.entry_point.addr = 0x8001;
	finds(&s, { AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, NOTE, 0, ADDRESS(ENTRY_POINT, 0x8001),
		    ADDRESS(KERNEL_LOAD_ADDR, 0x40200000) });
	/* Multiboot, but the BIOS is not enabled. */
	s.vm.flags ^= AXVM_LAYOUT_ENABLE_BIOS | AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	s.vm.entry_point.addr = 0x8000;
	finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0), NOBODY },
	      { AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, NOTE, 0, ADDRESS(ENTRY_POINT, 0x8000),
		ADDRESS(KERNEL_LOAD_ADDR, 0x40200000) });
	s.vm.flags ^= AXVM_LAYOUT_ENABLE_BIOS | AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	s.vm.entry_point.addr = 0x8001;
	s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.bios_load_addr.addr = 0x8001;
	finds_nothing(&s);
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	finds(&s, { AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, ERROR, 0, ADDRESS(ENTRY_POINT, 0x8001),
		    ADDRESS(KERNEL_LOAD_ADDR, 0x40200000) });
}

/* An image for bios_load_addr: with enable_bios, that address, and a path that its protocol reads. */
static void test_bios_that_counts(void)
{
	const uint32_t both = AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR | AXVM_LAYOUT_HAS_BIOS_PATH;

	place_init(AXVM_MEM_MAPPING_ALLOC);
	s.vm.bios_load_addr.addr = RAM_END;
	s.vm.flags |= both;
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_X86_64;
	set_memory(&s.memory[1], 0, 0x100000, AXVM_MEM_MAPPING_ALLOC);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	s.vm.flags |= AXVM_LAYOUT_ENABLE_BIOS;
	finds(&s, NOWHERE(ERROR, BIOS_LOAD_ADDR, RAM_END));
	s.vm.flags ^= AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(BIOS_LOAD_ADDR, 0), NOBODY });
	/* A firmware for UEFI is none for multiboot, which has a BIOS of its own. */
	s.vm.flags ^= both | AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH;
	s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	finds(&s,
	      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, RAM_END), NOBODY });
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	finds(&s, NOWHERE(ERROR, BIOS_LOAD_ADDR, RAM_END));
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

/* An image of one byte is one; a size of 0 is not known. */
static void test_smallest_image(void)
{
	const struct wanted meet = { AXVM_FINDING_BOOT_IMAGE_CLASH, ERROR, 0,
				     ADDRESS(KERNEL_LOAD_ADDR, RAM + 0x200000),
				     ADDRESS(DTB_LOAD_ADDR, RAM) };

	place_init(AXVM_MEM_MAPPING_ALLOC);
	s.vm.dtb_size = 0x200001;
	finds_nothing(&s);
	s.vm.kernel_size = 1;
	finds(&s, meet);
	s.vm.dtb_size--;
	finds_nothing(&s);
	s.vm.dtb_load_addr.addr = RAM + 0x200fff;
	s.vm.dtb_size = 1;
	s.vm.kernel_size = 0x1000;
	finds(&s,
	      { AXVM_FINDING_BOOT_IMAGE_CLASH, ERROR, 0, ADDRESS(KERNEL_LOAD_ADDR, RAM + 0x200000),
		ADDRESS(DTB_LOAD_ADDR, RAM + 0x200fff) });
}

int main(void)
{
	test(test_moved);
	test(test_moved_multiboot);
	test(test_uefi);
	test(test_dtb);
	test(test_sizes);
	test(test_images_that_meet);
	test(test_images_apart);
	test(test_entry_below_load);
	test(test_entry_in_bios);
	test(test_bios_that_counts);
	test(test_moved_bzimage);
	test(test_open_region);
	test(test_smallest_image);
	return done();
}
