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
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	finds(&s, PROTOCOL(ENABLE_BIOS));
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
	finds_nothing(&s);
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
	finds(&s, PROTOCOL(BIOS_LOAD_ADDR));
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
	finds(&s, PROTOCOL(BIOS_LOAD_ADDR));
	s.vm.flags ^= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.flags |= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH;
	s.vm.bios_load_addr.addr = RAM_END;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, RAM_END), NOBODY });
}

static void test_entry_below_load(void)
{
	const struct wanted below = { AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, WARNING, 0,
				      ADDRESS(ENTRY_POINT, 0x40200000),
				      ADDRESS(KERNEL_LOAD_ADDR, 0x40200001) };

	sample_init(&s);
	s.vm.kernel_load_addr.addr += 1;
	finds(&s, below);
	s.vm.kernel_load_addr.addr -= 1;
	finds_nothing(&s);
	multiboot_init();
	s.vm.kernel_load_addr.addr += 1;
	finds_nothing(&s);
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_BOOT_ADDRESS, AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD);
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
	test(test_entry_below_load);
	test(test_seen);
	return done();
}
