/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/overlap.c. */
#include "layout_devices.h"
#include "layout_sample.h"

#define IDENTICAL AXVM_MEM_MAPPING_IDENTICAL

/* A byte of a device in memory; what has no length is nowhere, inside a page as well. */
static void test_in_memory(void)
{
	no_devices();
	add_passthrough(0x40001800, 0x40001800, 1);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x40001800, 0x40001801) });
	s.passthrough[0].length = 0;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			    GUEST(PASSTHROUGH_DEVICES, 0, 0x40001800, 0x40001800), NOBODY });
}

/* Of two owners as well, where the second one is such a range. */
static void test_like_ports_in_memory(void)
{
	static const struct {
		uint64_t base, length;
		bool reported;
	} rows[] = { { 0x1000, 8, true }, { 0x1000, 0x1000, false }, { 0xff00000, 8, false } };

	each_row(i, rows) {
		bool found = false;

		sample_init_devices(&s);
		limits.arch = AXVM_ARCH_X86_64;
		s.vm.emu_device_count = 0;
		set_memory(&s.memory[0], 0, 0x10000000, AXVM_MEM_MAPPING_ALLOC);
		set_passthrough(&s.passthrough[1], "com", rows[i].base, rows[i].base,
				rows[i].length, 0);
		check_vms(&s.vm, 1);
		for (size_t k = 0; k < finding_count; k++) {
			if (findings[k].code != AXVM_FINDING_DEVICE_IN_MEMORY ||
			    findings[k].b.index != 1)
				continue;
			found = true;
			eq_uint(findings[k].a.table, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, "memory");
			eq_int(strstr(findings[k].hint, "I/O ports") != NULL, rows[i].reported,
			       "the hint");
		}
		ok(found, "a device in memory");
	}
}

static void test_memory(void)
{
	sample_init(&s);
	set_memory(&s.memory[1], 0x50000000, 0x1000, AXVM_MEM_MAPPING_ALLOC);
	finds_nothing(&s); /* they touch */
	s.memory[1].gpa.addr = 0x4ffff000;
	finds(&s, { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(MEMORY_REGIONS, 1, 0x4ffff000, 0x50000000) });
	/* The one that begins first may stand last. */
	set_memory(&s.memory[1], 0x3ffff000, 0x2000, AXVM_MEM_MAPPING_RESERVED);
	finds(&s, { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(MEMORY_REGIONS, 1, 0x3ffff000, 0x40001000) });
	s.memory[1].size = 0x1000;
	finds_nothing(&s);
	s.memory[1] = s.memory[0];
	finds(&s, { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(MEMORY_REGIONS, 1, 0x40000000, 0x50000000) });
}

static void test_memory_pages(void)
{
	sample_init(&s);
	set_memory(&s.memory[1], 0x60000000, 0x800, AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s.memory[2], 0x60000800, 0x800, AXVM_MEM_MAPPING_ALLOC);
	s.vm.memory_region_count = 3;
	finds(&s,
	      { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0,
		GUEST(MEMORY_REGIONS, 1, 0x60000000, 0x60000800), NOBODY },
	      { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0,
		GUEST(MEMORY_REGIONS, 2, 0x60000800, 0x60001000), NOBODY },
	      { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0x60000000,
		GUEST(MEMORY_REGIONS, 1, 0x60000000, 0x60000800),
		GUEST(MEMORY_REGIONS, 2, 0x60000800, 0x60001000) });
}

/* At the top of the address space, where the end of a page does not fit. */
static void test_memory_top(void)
{
	const uint64_t page = UINT64_MAX - 0xfff;

	sample_init(&s);
	limits.gpa_bits = 64;
	set_memory(&s.memory[0], page - 0x1000, 0x1000, AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s.memory[1], page, 0xfff, AXVM_MEM_MAPPING_ALLOC);
	s.vm.flags = 0;
	finds(&s, { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, page, UINT64_MAX), NOBODY });
	set_memory(&s.memory[0], page + 0x800, 0x10, AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s.memory[1], page, 0x10, AXVM_MEM_MAPPING_ALLOC);
	finds(&s,
	      { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0,
		GUEST(MEMORY_REGIONS, 0, page + 0x800, page + 0x810), NOBODY },
	      { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0,
		GUEST(MEMORY_REGIONS, 1, page, page + 0x10), NOBODY },
	      { AXVM_FINDING_MEMORY_OVERLAP, ERROR, page,
		GUEST(MEMORY_REGIONS, 0, page + 0x800, page + 0x810),
		GUEST(MEMORY_REGIONS, 1, page, page + 0x10) });
}

static void test_memory_identical(void)
{
	const struct wanted note = { AXVM_FINDING_MEMORY_OVERLAP, NOTE, 0,
				     GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
				     GUEST(MEMORY_REGIONS, 1, 0x4f000000, 0x60000000) };

	sample_init(&s);
	set_memory(&s.memory[1], 0x4f000000, 0x11000000, AXVM_MEM_MAPPING_RESERVED);
	s.memory[0].map_type = IDENTICAL;
	finds(&s, note);
	s.memory[1].map_type = IDENTICAL;
	finds(&s, note);
	s.memory[0].map_type = AXVM_MEM_MAPPING_ALLOC;
	finds(&s, note);

	/* What two others do to each other is not hidden by one that covers both. */
	sample_init(&s);
	set_memory(&s.memory[0], 0x40000000, 0x10000000, IDENTICAL);
	set_memory(&s.memory[1], 0x41000000, 0x2000, AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s.memory[2], 0x41001000, 0x2000, AXVM_MEM_MAPPING_ALLOC);
	s.vm.memory_region_count = 3;
	finds(&s,
	      { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0,
		GUEST(MEMORY_REGIONS, 1, 0x41000000, 0x41002000),
		GUEST(MEMORY_REGIONS, 2, 0x41001000, 0x41003000) },
	      { AXVM_FINDING_MEMORY_OVERLAP, NOTE, 0,
		GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		GUEST(MEMORY_REGIONS, 1, 0x41000000, 0x41002000) });
}

/* Each against the one that reaches furthest so far: n - 1 findings of n that all meet. */
static void test_memory_many(void)
{
	sample_init(&s);
	s.vm.flags = 0;
	s.vm.memory_region_count = 4;
	set_memory(&s.memory[0], 0x40003000, 0x1000, AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s.memory[1], 0x40000000, 0x8000, AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s.memory[2], 0x40001000, 0x1000, AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s.memory[3], 0x40007000, 0x2000, AXVM_MEM_MAPPING_ALLOC);
	finds(&s,
	      { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0,
		GUEST(MEMORY_REGIONS, 1, 0x40000000, 0x40008000),
		GUEST(MEMORY_REGIONS, 2, 0x40001000, 0x40002000) },
	      { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0,
		GUEST(MEMORY_REGIONS, 0, 0x40003000, 0x40004000),
		GUEST(MEMORY_REGIONS, 1, 0x40000000, 0x40008000) },
	      { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0,
		GUEST(MEMORY_REGIONS, 1, 0x40000000, 0x40008000),
		GUEST(MEMORY_REGIONS, 3, 0x40007000, 0x40009000) });
}

static void test_device_in_memory(void)
{
	sample_init(&s);
	s.emulated[0].base_gpa.addr = 0x50000000;
	finds_nothing(&s);
	s.emulated[0].base_gpa.addr = 0x4fffffff; /* the last byte of the region */
	finds(&s, { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(EMU_DEVICES, 0, 0x4fffffff, 0x5000ffff) });
	s.memory[0].map_type = IDENTICAL;
	finds(&s, { AXVM_FINDING_DEVICE_IN_MEMORY, NOTE, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(EMU_DEVICES, 0, 0x4fffffff, 0x5000ffff) });

	/* By its footprint, not by its length. */
	sample_init(&s);
	s.emulated[1].base_gpa.addr = 0x3ffc0000;
	finds_nothing(&s);
	s.emulated[1].base_gpa.addr = 0x3ffd0000;
	finds(&s, { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(EMU_DEVICES, 1, 0x3ffd0000, 0x40010000) });

	sample_init(&s);
	set_passthrough(&s.passthrough[0], "x", 0x80fff000, 0x80fff000, 0x1000, 33);
	finds(&s, { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x80000000, 0x81000000),
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x80fff000, 0x81000000) });
	set_passthrough(&s.passthrough[0], "x", 0x81000000, 0x81000000, 0x1000, 33);
	finds_nothing(&s);
	set_address(&s.addresses[0], 0x3ffff000, 0x1001);
	finds(&s, { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(PASSTHROUGH_ADDRESSES, 0, 0x3ffff000, 0x40000001) });
	s.addresses[0].length = 0x1000;
	finds_nothing(&s);
}

static void test_device_in_memory_pages(void)
{
	sample_init(&s);
	s.memory[0].size = 0xfff000 + 0x800;
	set_address(&s.addresses[0], 0x40fffc00, 0x100);
	finds(&s,
	      { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0,
		GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x40fff800), NOBODY },
	      { AXVM_FINDING_DEVICE_UNALIGNED, WARNING, 0,
		GUEST(PASSTHROUGH_ADDRESSES, 0, 0x40fffc00, 0x40fffd00), NOBODY },
	      { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0x40fff000,
		GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x40fff800),
		GUEST(PASSTHROUGH_ADDRESSES, 0, 0x40fffc00, 0x40fffd00) });
}

/* An error is not hidden by an identical region that reaches further. */
static void test_device_in_two_regions(void)
{
	sample_init(&s);
	set_memory(&s.memory[1], 0, 0x30000000, IDENTICAL);
	set_memory(&s.memory[2], 0x20000000, 0x100000, AXVM_MEM_MAPPING_RESERVED);
	s.vm.memory_region_count = 3;
	s.vm.emu_device_count = s.vm.passthrough_device_count = 0;
	set_address(&s.addresses[0], 0x20001000, 0x1000);
	finds(&s,
	      { AXVM_FINDING_MEMORY_OVERLAP, NOTE, 0, GUEST(MEMORY_REGIONS, 1, 0, 0x30000000),
		GUEST(MEMORY_REGIONS, 2, 0x20000000, 0x20100000) },
	      { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0,
		GUEST(MEMORY_REGIONS, 2, 0x20000000, 0x20100000),
		GUEST(PASSTHROUGH_ADDRESSES, 0, 0x20001000, 0x20002000) });
}

static void test_emulated_overlap(void)
{
	sample_init(&s);
	s.emulated[0].base_gpa.addr = 0x80e0000;
	finds_nothing(&s); /* behind the footprint of the other one */
	s.emulated[0].base_gpa.addr = 0x80dfffc;
	finds(&s,
	      { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0, GUEST(EMU_DEVICES, 0, 0x80dfffc, 0x80efffc),
		GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80e0000) });
	/* In one page, and in the bytes of it. */
	sample_init(&s);
	set_emulated(&s.emulated[0], "a", 0x1000, 0x200, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	set_emulated(&s.emulated[1], "b", 0x1200, 0x200, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	finds_nothing(&s);
	s.emulated[0].length = 0x201;
	finds(&s, { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0, GUEST(EMU_DEVICES, 0, 0x1000, 0x1201),
		    GUEST(EMU_DEVICES, 1, 0x1200, 0x1400) });
	s.emulated[0].length = 0x200;
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0x1000,
		    GUEST(EMU_DEVICES, 0, 0x1000, 0x1200), GUEST(EMU_DEVICES, 1, 0x1200, 0x1400) });
	s.emulated[1].base_gpa.addr = 0x2000;
	finds_nothing(&s);
	/* A device that the hypervisor skips is nowhere. */
	s.emulated[1].base_gpa.addr = 0x1000;
	s.emulated[1].emu_type = AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR;
	limits.arch = AXVM_ARCH_AARCH64;
	finds(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_X86_IO_APIC,
		    GUEST(EMU_DEVICES, 0, 0x1000, 0x1200), NOBODY });
}

static void test_emulated_and_passthrough(void)
{
	sample_init(&s);
	s.emulated[0].base_gpa.addr = 0x8ff0000;
	finds_nothing(&s);
	s.emulated[0].base_gpa.addr = 0x8ff1000;
	finds(&s,
	      { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0, GUEST(EMU_DEVICES, 0, 0x8ff1000, 0x9001000),
		GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000) });
	eq_str(findings[0].text, "overlaps", "one of them is emulated");
	s.emulated[0].base_gpa.addr = 0xa003000;
	finds(&s,
	      { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0, GUEST(EMU_DEVICES, 0, 0xa003000, 0xa013000),
		GUEST(PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000) });
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_DUMMY;
	finds_nothing(&s);
}

/* Devices of ports are in no memory, and in no device's way. */
static void test_ports(void)
{
	sample_init(&s);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	set_emulated(&s.emulated[0], "com1", 0x3f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	set_emulated(&s.emulated[1], "pit", 0x40, 0x22, AXVM_EMULATED_DEVICE_X86_PIT);
	set_memory(&s.memory[1], 0, 0x10000, AXVM_MEM_MAPPING_ALLOC);
	limits.arch = AXVM_ARCH_X86_64;
	finds_nothing(&s);
	/* A device in memory at the same numbers. */
	set_memory(&s.memory[1], 0x60000000, 0x10000, AXVM_MEM_MAPPING_ALLOC);
	set_emulated(&s.emulated[1], "apic", 0, 0x1000, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds_nothing(&s);
}

/* What is passed through with one offset is merged; one GPA cannot have two HPAs. */
static void test_passthrough_merged(void)
{
	const struct wanted two = { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0,
				    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9002000),
				    GUEST(PASSTHROUGH_DEVICES, 1, 0x9001000, 0x9002000) };
	const struct wanted ignored[] = {
		{ AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, 0xb000000,
		  GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9002000), NOBODY },
		{ AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, 0xb001000,
		  GUEST(PASSTHROUGH_DEVICES, 1, 0x9001000, 0x9002000), NOBODY },
	};

	sample_init(&s);
	s.passthrough[0].length = 0x2000;
	set_passthrough(&s.passthrough[1], "b", 0x9001000, 0x9001000, 0x1000, 34);
	set_address(&s.addresses[0], 0x9001000, 0x800);
	finds_nothing(&s);
	s.addresses[0].base_gpa.addr = 0xa000000;
	s.passthrough[0].base_hpa.addr = 0xb000000;
	s.passthrough[1].base_hpa.addr = 0xb001000;
	finds(&s, ignored[0], ignored[1]);
	s.passthrough[1].base_hpa.addr = 0x9001000;
	finds(&s, ignored[0], two);
	eq_str(findings[1].text, "maps a GPA to another HPA than", "both are passed through");
	/* They share a page only. */
	s.passthrough[0].length = 0x1001;
	finds(&s,
	      { AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, 0xb000000,
		GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001001), NOBODY },
	      { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0,
		GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001001),
		GUEST(PASSTHROUGH_DEVICES, 1, 0x9001000, 0x9002000) });
	s.passthrough[0].length = 0x1000;
	finds(&s, { AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, 0xb000000,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000), NOBODY });
}

/* A merged range that reaches far does not hide the one behind it. */
static void test_passthrough_three(void)
{
	sample_init(&s);
	s.vm.passthrough_device_count = 3;
	s.vm.passthrough_address_count = 0;
	set_passthrough(&s.passthrough[0], "a", 0x10000, 0x10000, 0x8000, 1);
	set_passthrough(&s.passthrough[1], "b", 0x11000, 0x51000, 0x4000, 2);
	set_passthrough(&s.passthrough[2], "c", 0x12000, 0x12000, 0x1000, 3);
	finds(&s,
	      { AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, 0x51000,
		GUEST(PASSTHROUGH_DEVICES, 1, 0x11000, 0x15000), NOBODY },
	      { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0,
		GUEST(PASSTHROUGH_DEVICES, 0, 0x10000, 0x18000),
		GUEST(PASSTHROUGH_DEVICES, 1, 0x11000, 0x15000) },
	      { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0,
		GUEST(PASSTHROUGH_DEVICES, 1, 0x11000, 0x15000),
		GUEST(PASSTHROUGH_DEVICES, 2, 0x12000, 0x13000) });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_MEMORY_OVERLAP, AXVM_FINDING_MEMORY_OVERLAP);
	all_seen(AXVM_FINDING_DEVICE_IN_MEMORY, AXVM_FINDING_DEVICE_IN_MEMORY);
	all_seen(AXVM_FINDING_DEVICE_OVERLAP, AXVM_FINDING_DEVICE_OVERLAP);
}

int main(void)
{
	test(test_in_memory);
	test(test_like_ports_in_memory);
	test(test_memory);
	test(test_memory_pages);
	test(test_memory_top);
	test(test_memory_identical);
	test(test_memory_many);
	test(test_device_in_memory);
	test(test_device_in_memory_pages);
	test(test_device_in_two_regions);
	test(test_emulated_overlap);
	test(test_emulated_and_passthrough);
	test(test_ports);
	test(test_passthrough_merged);
	test(test_passthrough_three);
	test(test_seen);
	return done();
}
