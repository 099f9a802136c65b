/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define NOTE AXVM_SEVERITY_NOTE
#define RAM_END UINT64_C(0x50000000)

static struct sample s;

/* A guest of x86_64 that boots by multiboot, with the built-in BIOS. */
static void multiboot_init(void)
{
	sample_init(&s);
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_ENABLE_BIOS;
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	s.vm.emu_device_count = 0;
	set_memory(&s.memory[1], 0, 0x100000, AXVM_MEM_MAPPING_ALLOC);
	limits.arch = AXVM_ARCH_X86_64;
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

#define PROTOCOL(key)                                                                              \
	{                                                                                          \
		AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(key, 0), NOBODY                        \
	}

#define MISSING(key)                                                                               \
	{                                                                                          \
		AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(key, 0), NOBODY                   \
	}

static void test_protocol_names(void)
{
	sample_init(&s);
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	finds_nothing(&s); /* direct */
	s.vm.boot_protocol = 3;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.boot_protocol = 0xff;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	finds_nothing(&s); /* not given, so not looked at */
}

static void test_protocol_and_bios(void)
{
	multiboot_init();
	finds_nothing(&s);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	multiboot_init();
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	/* Not given, it is multiboot with enable_bios and direct without. */
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	finds_nothing(&s);
}

static void test_protocol_and_arch(void)
{
	multiboot_init();
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds_nothing(&s);
	limits.arch = 0xff;
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_AARCH64;
	finds_at_both(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	finds_at_both(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	limits.model = AXVM_MODEL_0_5;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	finds(&s, PROTOCOL(ENABLE_BIOS));
	/* Of a VM that is only partly known, that is given all the same. */
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	finds(&s, PROTOCOL(ENABLE_BIOS));
	s.vm.flags |= AXVM_LAYOUT_COMPLETE;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_LOONGARCH64; /* direct is refused there at 0.7 */
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, PROTOCOL(ENABLE_BIOS));
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_ENABLE_BIOS;
	finds(&s, PROTOCOL(BOOT_PROTOCOL)); /* multiboot */
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	finds(&s, PROTOCOL(BOOT_PROTOCOL)); /* one finding, not two */
}

static void test_multiboot(void)
{
	multiboot_init();
	s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.bios_load_addr.addr = 0x8000;
	finds_nothing(&s);
	s.vm.bios_load_addr.addr = 0x9000;
	finds(&s,
	      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, 0x9000), NOBODY });
	s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_PATH;
	finds_nothing(&s);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	finds(&s, MISSING(BIOS_LOAD_ADDR));
}

static void test_uefi(void)
{
	multiboot_init();
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.flags |= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.bios_load_addr.addr = 0x40400000;
	finds_nothing(&s);
	s.vm.flags ^= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH | AXVM_LAYOUT_HAS_BIOS_PATH;
	finds_nothing(&s);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	finds(&s, MISSING(BIOS_LOAD_ADDR));
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_PATH;
	finds(&s, MISSING(RAMDISK_LOAD_ADDR), MISSING(BIOS_LOAD_ADDR));
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_RAMDISK_PATH;
	s.vm.flags ^= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.flags |= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH;
	s.vm.bios_load_addr.addr = RAM_END;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, RAM_END), NOBODY });
}

/* A guest of LoongArch that boots as 0.7 wants it. */
static void loongarch_init(void)
{
	multiboot_init();
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.flags |= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.bios_load_addr.addr = 0x40000000;
	set_memory(&s.memory[1], 0, 0x101000, AXVM_MEM_MAPPING_ALLOC);
	set_emulated(&s.emulated[0], "fw", 0x1e020000, 0x18, AXVM_EMULATED_DEVICE_FW_CFG);
	s.vm.emu_device_count = 1;
	limits.arch = AXVM_ARCH_LOONGARCH64;
	limits.model = AXVM_MODEL_0_7;
}

static void test_loongarch(void)
{
	loongarch_init();
	finds_nothing(&s);
	/* The firmware loads all but itself. */
	s.vm.entry_point.addr = s.vm.kernel_load_addr.addr = s.vm.dtb_load_addr.addr = 0x1000000000;
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_DTB_PATH;
	finds_nothing(&s);
	s.vm.bios_load_addr.addr = RAM_END;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, RAM_END), NOBODY });
	loongarch_init();
	s.vm.emu_device_count = 0;
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0,
		    ENTRY(EMU_DEVICES, AXVM_LAYOUT_WHOLE_TABLE), NOBODY });
	/* What is not known is not missed. */
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	finds_nothing(&s);
	/* It need not come first. */
	loongarch_init();
	s.emulated[1] = s.emulated[0];
	set_emulated(&s.emulated[0], "nothing", 0, 0, AXVM_EMULATED_DEVICE_DUMMY);
	s.vm.emu_device_count = 2;
	finds_nothing(&s);
	loongarch_init();
	s.memory[1].size = 0x100000;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0x100000, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
	/* 0.5 has no UEFI there, and that is all to be said. */
	limits.model = AXVM_MODEL_0_5;
	s.vm.emu_device_count = 0;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
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

#define NEEDS(severity, address)                                                                   \
	{                                                                                          \
		AXVM_FINDING_BOOT_MEMORY, severity, address, ENTRY(BOOT_PROTOCOL, 0), NOBODY       \
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

#define BZIMAGE_NEEDS(address)                                                                     \
	{                                                                                          \
		AXVM_FINDING_BOOT_MEMORY, ERROR, address, ADDRESS(KERNEL_LOAD_ADDR, 0x40200000),   \
			NOBODY                                                                     \
	}
#define CMDLINE(length)                                                                            \
	{                                                                                          \
		AXVM_FINDING_BOOT_PROTOCOL, ERROR, length, ENTRY(CMDLINE, 0), NOBODY               \
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

static void test_seen(void)
{
	/* The entry below the kernel is tests/layout/test_layout_place.c's. */
	all_seen(AXVM_FINDING_BOOT_ADDRESS, AXVM_FINDING_BOOT_PROTOCOL);
	all_seen(AXVM_FINDING_BOOT_IMAGE_MISSING, AXVM_FINDING_BOOT_MEMORY);
}

int main(void)
{
	test(test_entry);
	test(test_kernel);
	test(test_dtb);
	test(test_ramdisk);
	test(test_bios);
	test(test_clash);
	test(test_protocol_names);
	test(test_protocol_and_bios);
	test(test_protocol_and_arch);
	test(test_multiboot);
	test(test_uefi);
	test(test_loongarch);
	test(test_missing);
	test(test_multiboot_memory);
	test(test_bzimage);
	test(test_seen);
	return done();
}
