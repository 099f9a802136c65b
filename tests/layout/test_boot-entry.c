/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/boot-entry.c. */
#include "layout_boot.h"
#include "layout_direct.h"
#include "layout_sample.h"

#define BELOW(severity)                                                                            \
	{                                                                                          \
		AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, severity, 0, ADDRESS(ENTRY_POINT, 0x40200000), \
			ADDRESS(KERNEL_LOAD_ADDR, 0x40200001)                                      \
	}

#define ENTERS(severity, size, entry)                                                              \
	{                                                                                          \
		AXVM_FINDING_BOOT_ENTRY, severity, size, ADDRESS(ENTRY_POINT, entry),              \
			ADDRESS(KERNEL_LOAD_ADDR, 0x200000)                                        \
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

/* An address that is not given is 0 or whatever the caller left there, and is not compared. */
static void test_entry_not_given(void)
{
	protocol_init(AXVM_ARCH_AARCH64, AXVM_BOOT_PROTOCOL_DIRECT);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
	finds_nothing_at_both(&s);
	s.vm.entry_point.addr = 0x40100000;
	finds_at_both(&s, { AXVM_FINDING_BOOT_ENTRY, WARNING, 0, ADDRESS(ENTRY_POINT, 0x40100000),
			    ADDRESS(KERNEL_LOAD_ADDR, 0x40200000) });
	s.vm.flags ^= AXVM_LAYOUT_HAS_ENTRY_POINT;
	finds_nothing_at_both(&s);
	s.vm.flags ^= AXVM_LAYOUT_HAS_ENTRY_POINT | AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR;
	finds_nothing_at_both(&s);
	s.vm.flags ^= AXVM_LAYOUT_HAS_ENTRY_POINT;
	finds_nothing_at_both(&s);
}

/* A firmware is entered by itself; and of a protocol that is none nothing more is said. */
static void test_entry_of_others(void)
{
	protocol_init(AXVM_ARCH_X86_64, AXVM_BOOT_PROTOCOL_UEFI);
	s.vm.entry_point.addr = 0x40100000;
	finds_nothing_at_both(&s);
	s.vm.boot_protocol = 3;
	finds_at_both(&s,
		      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
}

static void test_entry_past_kernel(void)
{
	each_row(m, models) {
		each_row(a, archs) {
			if (!boots(models[m], archs[a]))
				continue;
			direct_init(models[m], archs[a]);
			s.vm.kernel_size = 0x1000;
			s.vm.entry_point.addr = 0x200fff;
			finds_nothing(&s);
			s.vm.entry_point.addr = 0x201000;
			finds(&s, ENTERS(ERROR, 0x1000, 0x201000));
			/* What it needs when it runs is not loaded. */
			s.vm.kernel_run_size = 0x2000;
			finds(&s, ENTERS(ERROR, 0x1000, 0x201000));
			/* Its header says where. */
			s.vm.flags |= AXVM_LAYOUT_KERNEL_HAS_ENTRY;
			finds_nothing(&s);
			s.vm.flags ^= AXVM_LAYOUT_KERNEL_HAS_ENTRY;
			s.vm.kernel_size = 0;
			finds_nothing(&s);
			/* Another image is there. */
			s.vm.kernel_size = 0x1000;
			s.vm.flags |=
				AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
			s.vm.entry_point.addr = s.vm.ramdisk_load_addr.addr = 0x400000;
			finds_nothing(&s);
			s.vm.entry_point.addr++;
			finds(&s, ENTERS(ERROR, 0x1000, 0x400001));
			s.vm.ramdisk_size = 2;
			finds_nothing(&s);
			/* Outside all memory, one cause is one finding. */
			s.vm.entry_point.addr = 0x1000000;
			finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0,
				    ADDRESS(ENTRY_POINT, 0x1000000), NOBODY });
			s.vm.memory_region_count = 0;
			finds(&s, { AXVM_FINDING_MEMORY_NONE, ERROR, 0,
				    ENTRY(MEMORY_REGIONS, WHOLE), NOBODY });
		}
		/* A bzImage has its entry by itself. */
		direct_init(models[m], AXVM_ARCH_X86_64);
		s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
		s.vm.kernel_size = 0x1000;
		s.vm.entry_point.addr = 0x201000;
		finds_nothing(&s);
	}
}

static void test_entry_before_kernel(void)
{
	each_row(m, models) {
		each_row(a, archs) {
			if (!boots(models[m], archs[a]))
				continue;
			direct_init(models[m], archs[a]);
			s.vm.entry_point.addr = 0x1fffff;
			if (archs[a] == AXVM_ARCH_X86_64) {
				finds(&s, { AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, NOTE, 0,
					    ADDRESS(ENTRY_POINT, 0x1fffff),
					    ADDRESS(KERNEL_LOAD_ADDR, 0x200000) });
				continue;
			}
			finds(&s, ENTERS(WARNING, 0, 0x1fffff));
			s.vm.kernel_size = 0x1000;
			finds(&s, ENTERS(ERROR, 0x1000, 0x1fffff));
			/* A kernel that is moved panics, as ever. */
			s.memory[0].map_type = RESERVED;
			finds(&s, { AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, ERROR, 0,
				    ADDRESS(ENTRY_POINT, 0x1fffff),
				    ADDRESS(KERNEL_LOAD_ADDR, 0x200000) });
		}
	}
}

/* Both are moved, and the message says from where. */
static void test_entry_moved(void)
{
	each_row(m, models) {
		direct_init(models[m], AXVM_ARCH_AARCH64);
		s.memory[0].map_type = RESERVED;
		s.vm.kernel_size = 0x1000;
		s.vm.entry_point.addr = 0x201000;
		finds(&s, { AXVM_FINDING_BOOT_ENTRY, ERROR, 0x1000, ADDRESS(ENTRY_POINT, 0x1000),
			    ADDRESS(KERNEL_LOAD_ADDR, 0) });
		says("entry_point GPA:0x1000 (moved with memory_regions[0] from GPA:0x201000) "
		     "is past the end of the kernel");
		s.vm.entry_point.addr = 0x200fff;
		finds_nothing(&s);
	}
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD);
	all_seen(AXVM_FINDING_BOOT_ENTRY, AXVM_FINDING_BOOT_ENTRY);
}

int main(void)
{
	test(test_entry_below_load);
	test(test_entry_in_bios);
	test(test_entry_not_given);
	test(test_entry_of_others);
	test(test_entry_past_kernel);
	test(test_entry_before_kernel);
	test(test_entry_moved);
	test(test_seen);
	return done();
}
