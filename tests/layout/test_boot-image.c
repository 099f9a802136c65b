/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/boot-image.c. */
#include "layout_boot.h"
#include "layout_direct.h"
#include "layout_sample.h"

static void test_clash(void)
{
	const uint64_t at = 0x40200000;

	sample_init(&s);
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
	s.vm.ramdisk_load_addr.addr = at + 1;
	finds_nothing(&s); /* entry_point, which is there, is no image */
	s.vm.ramdisk_load_addr.addr = at;
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_CLASH, WARNING, 0, ADDRESS(KERNEL_LOAD_ADDR, at),
		    ADDRESS(RAMDISK_LOAD_ADDR, at) });
	s.vm.dtb_load_addr.addr = at;
	finds(&s,
	      { AXVM_FINDING_BOOT_IMAGE_CLASH, WARNING, 0, ADDRESS(KERNEL_LOAD_ADDR, at),
		ADDRESS(DTB_LOAD_ADDR, at) },
	      { AXVM_FINDING_BOOT_IMAGE_CLASH, WARNING, 0, ADDRESS(KERNEL_LOAD_ADDR, at),
		ADDRESS(RAMDISK_LOAD_ADDR, at) });
	sample_init(&s);
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
	s.vm.ramdisk_load_addr.addr = at;
	finds_nothing(&s); /* no ramdisk is loaded */
}

static void test_missing(void)
{
	sample_init(&s);
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_PATH;
	finds(&s, MISSING(RAMDISK_LOAD_ADDR));
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	finds_nothing(&s);

	sample_init(&s);
	s.vm.emu_device_count = 0;
	limits.arch = AXVM_ARCH_LOONGARCH64;
	s.vm.flags ^= AXVM_LAYOUT_HAS_DTB_PATH | AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	finds(&s, MISSING(DTB_LOAD_ADDR));
	limits.arch = AXVM_ARCH_AARCH64;
	finds_nothing(&s);

	sample_init(&s);
	s.vm.image_location = AXVM_IMAGE_LOCATION_MEMORY;
	finds_nothing(&s);
	s.vm.image_location = AXVM_IMAGE_LOCATION_UNKNOWN;
	finds(&s, MISSING(IMAGE_LOCATION));
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	finds_nothing(&s);
	s.vm.image_location = 3;
	finds(&s, MISSING(IMAGE_LOCATION));
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
	/* 0.5 moves the kernel, on which it is now; 0.7 does not, and enters where it should. */
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_CLASH, WARNING, 0, ADDRESS(KERNEL_LOAD_ADDR, RAM),
		    ADDRESS(BIOS_LOAD_ADDR, RAM) });
	limits.model = AXVM_MODEL_0_7;
	finds(&s, NOWHERE(ERROR, ENTRY_POINT, 0x1000), NOWHERE(ERROR, KERNEL_LOAD_ADDR, 0x1000));
	s.vm.kernel_load_addr.addr = s.vm.entry_point.addr = RAM + 0x1000;
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

/* A kernel that goes along with an identical region is at an unknown place. */
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

static void test_kernel_path(void)
{
	each_row(a, archs) {
		new_init(archs[a]);
		changes(0, AXVM_LAYOUT_HAS_KERNEL_PATH);
		finds(&s,
		      { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(KERNEL_PATH, 0), NOBODY });
		changes(0, AXVM_LAYOUT_COMPLETE);
		finds_nothing(&s);
	}
	new_init(AXVM_ARCH_AARCH64);
	changes(0, AXVM_LAYOUT_HAS_KERNEL_PATH);
	limits.model = AXVM_MODEL_0_7;
	finds_nothing(&s);
}

/* With UEFI the firmware loads it. */
static void test_ramdisk_address(void)
{
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_HAS_RAMDISK_PATH, 0);
	finds(&s,
	      { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(RAMDISK_LOAD_ADDR, 0), NOBODY });
	changes(AXVM_LAYOUT_ENABLE_BIOS | AXVM_LAYOUT_HAS_BOOT_PROTOCOL |
			AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR,
		0);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.bios_load_addr.addr = 0x300000;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s,
	      { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(RAMDISK_LOAD_ADDR, 0), NOBODY });
}

static void test_run_size(void)
{
	each_row(m, models) {
		for (size_t a = 0; a < 2; a++) {
			direct_init(models[m], archs[a]);
			s.vm.flags |=
				AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
			s.vm.ramdisk_load_addr.addr = 0x400000;
			s.vm.ramdisk_size = 0x1000;
			s.vm.kernel_size = 0x100000;
			s.vm.kernel_run_size = 0x200000;
			finds_nothing(&s);
			s.vm.kernel_run_size++;
			finds(&s, { AXVM_FINDING_BOOT_IMAGE_CLASH, ERROR, 0,
				    ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
				    ADDRESS(RAMDISK_LOAD_ADDR, 0x400000) });
			/* The larger one counts. */
			s.vm.kernel_size = s.vm.kernel_run_size;
			s.vm.kernel_run_size = 1;
			finds(&s, { AXVM_FINDING_BOOT_IMAGE_CLASH, ERROR, 0,
				    ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
				    ADDRESS(RAMDISK_LOAD_ADDR, 0x400000) });
			s.vm.ramdisk_load_addr.addr = 0x1000;
			s.vm.kernel_run_size = 0xe00000;
			finds_nothing(&s);
			s.vm.kernel_run_size++;
			finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0xe00001,
				    ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
				    GUEST(MEMORY_REGIONS, 0, 0, 0x1000000) });
		}
	}
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_BOOT_IMAGE_CLASH, AXVM_FINDING_BOOT_IMAGE_CLASH);
	all_seen(AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_FINDING_BOOT_IMAGE_MISSING);
}

int main(void)
{
	test(test_clash);
	test(test_missing);
	test(test_uefi);
	test(test_images_that_meet);
	test(test_images_apart);
	test(test_bios_that_counts);
	test(test_smallest_image);
	test(test_kernel_path);
	test(test_ramdisk_address);
	test(test_run_size);
	test(test_seen);
	return done();
}
