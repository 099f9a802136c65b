/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/memory.c. */
#include "layout_direct.h"
#include "layout_sample.h"

#define PAGE AXVM_PAGE_SIZE_4K
#define LAST UINT64_MAX

static void test_clean(void)
{
	sample_init(&s);
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_AARCH64;
	limits.gpa_bits = 40;
	limits.host_cpus = axvm_vcpu_set_mask(8);
	finds_nothing(&s);
}

static void test_none(void)
{
	sample_init(&s);
	s.vm.memory_region_count = 0;
	finds(&s, { AXVM_FINDING_MEMORY_NONE, ERROR, 0,
		    ENTRY(MEMORY_REGIONS, AXVM_LAYOUT_WHOLE_TABLE), NOBODY });
	s.vm.memory_region_count = 1;
	finds_nothing(&s);
}

static void test_empty(void)
{
	sample_init(&s);
	s.memory[0].size = 0;
	finds(&s, { AXVM_FINDING_MEMORY_EMPTY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x40000000), NOBODY });
	sample_init(&s);
	s.memory[1].size = 0;
	finds(&s, { AXVM_FINDING_MEMORY_EMPTY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x80000000, 0x80000000), NOBODY });
	ok(strstr(findings[0].hint, "if the VM has other memory"), "a VM needs some");
	s.memory[1].size = PAGE;
	finds_nothing(&s);
}

static void test_overflow(void)
{
	sample_init(&s);
	s.memory[1].gpa.addr = LAST - (PAGE - 1);
	s.memory[1].size = PAGE;
	finds(&s, { AXVM_FINDING_MEMORY_OVERFLOW, ERROR, PAGE,
		    GUEST(MEMORY_REGIONS, 1, LAST - (PAGE - 1), LAST), NOBODY });
	/* The last page whose end fits. */
	s.memory[1].gpa.addr = LAST - (2 * PAGE - 1);
	limits.gpa_bits = 64;
	finds_nothing(&s);

	/* The places of the boot addresses are not known then. */
	sample_init(&s);
	s.memory[0].size = LAST - (PAGE - 1);
	finds(&s, { AXVM_FINDING_MEMORY_OVERFLOW, ERROR, LAST - (PAGE - 1),
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, LAST), NOBODY });
}

static void test_beyond_width(void)
{
	sample_init(&s);
	s.memory[1].gpa.addr = 0xfffff000;
	s.memory[1].size = PAGE;
	limits.gpa_bits = 32;
	finds_nothing(&s);
	s.memory[1].size = 2 * PAGE;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 32,
		    GUEST(MEMORY_REGIONS, 1, 0xfffff000, 0x100001000), NOBODY });
	limits.gpa_bits = 33;
	finds_nothing(&s);
	limits.gpa_bits = 0;
	finds_nothing(&s);
	s.memory[1].size = PAGE;
	s.memory[1].gpa.addr = UINT64_C(0x7fffffffe000);
	finds_nothing(&s);
	s.memory[1].gpa.addr += PAGE;
	finds(&s,
	      { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 0,
		GUEST(MEMORY_REGIONS, 1, UINT64_C(0x7ffffffff000), UINT64_C(1) << 47), NOBODY });
	limits.gpa_bits = 47;
	finds_nothing(&s);
	s.memory[1].size = 2 * PAGE;
	s.memory[1].gpa.addr = LAST - (3 * PAGE - 1);
	limits.gpa_bits = 64;
	finds_nothing(&s);
	limits.gpa_bits = 63;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 63,
		    GUEST(MEMORY_REGIONS, 1, LAST - (3 * PAGE - 1), LAST - (PAGE - 1)), NOBODY });
}

/* What hangs on a gpa that is ignored is no error; a size that fits nowhere is. */
static void test_identical(void)
{
	sample_init(&s);
	s.memory[1].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	s.memory[1].size = PAGE;
	s.memory[1].gpa.addr = UINT64_C(0x7fffffffe000);
	finds_nothing(&s);
	s.memory[1].gpa.addr += PAGE;
	finds(&s,
	      { AXVM_FINDING_MEMORY_BEYOND_WIDTH, NOTE, 0,
		GUEST(MEMORY_REGIONS, 1, UINT64_C(0x7ffffffff000), UINT64_C(1) << 47), NOBODY });
	s.memory[1].gpa.addr = LAST - (PAGE - 1);
	finds(&s, { AXVM_FINDING_MEMORY_OVERFLOW, NOTE, PAGE,
		    GUEST(MEMORY_REGIONS, 1, LAST - (PAGE - 1), LAST), NOBODY });
	s.memory[1].gpa.addr = 0x80000000;
	s.memory[1].size = UINT64_C(0x7ffffffff000);
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, NOTE, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x80000000, UINT64_C(0x80007ffff000)), NOBODY });
	s.memory[1].size += PAGE;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x80000000, UINT64_C(0x800080000000)), NOBODY });
	s.memory[1].gpa.addr = LAST - (PAGE - 1);
	finds(&s, { AXVM_FINDING_MEMORY_OVERFLOW, ERROR, UINT64_C(1) << 47,
		    GUEST(MEMORY_REGIONS, 1, LAST - (PAGE - 1), LAST), NOBODY });
}

/* The page of the local APIC, from both sides, on the one architecture that has it. */
static void test_reserved(void)
{
	for (int arch = 0; arch < 6; arch++) {
		sample_init(&s);
		s.vm.emu_device_count = 0;
		limits.arch = (axvm_arch)arch;
		set_memory(&s.memory[1], 0xfee00000, PAGE, AXVM_MEM_MAPPING_ALLOC);
		if (arch != AXVM_ARCH_X86_64)
			finds_nothing(&s);
	}
	limits.arch = AXVM_ARCH_X86_64;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	for (axvm_model model = 0; model < 2; model++) {
		limits.model = model;
		set_memory(&s.memory[1], 0xfee00000, PAGE, AXVM_MEM_MAPPING_ALLOC);
		finds(&s, { AXVM_FINDING_MEMORY_RESERVED, ERROR, 0xfee00000,
			    GUEST(MEMORY_REGIONS, 1, 0xfee00000, 0xfee01000), NOBODY });
		ok(strstr(findings[0].text, "Intel"), "not everywhere");
		set_memory(&s.memory[1], 0x80000000, 0x80000000, AXVM_MEM_MAPPING_RESERVED);
		finds(&s, { AXVM_FINDING_MEMORY_RESERVED, ERROR, 0xfee00000,
			    GUEST(MEMORY_REGIONS, 1, 0x80000000, 0x100000000), NOBODY });
		s.memory[1].map_type = AXVM_MEM_MAPPING_IDENTICAL;
		finds(&s, { AXVM_FINDING_MEMORY_RESERVED, NOTE, 0xfee00000,
			    GUEST(MEMORY_REGIONS, 1, 0x80000000, 0x100000000), NOBODY });
		set_memory(&s.memory[1], 0xfedff000, PAGE, AXVM_MEM_MAPPING_ALLOC);
		finds_nothing(&s);
		set_memory(&s.memory[1], 0xfee01000, PAGE, AXVM_MEM_MAPPING_ALLOC);
		finds_nothing(&s);
	}
}

static void test_map_type(void)
{
	for (axvm_mem_mapping_type type = 0; type < 3; type++) {
		sample_init(&s);
		s.memory[1].map_type = type;
		finds_nothing(&s);
	}
	s.memory[1].map_type = 3;
	finds(&s, { AXVM_FINDING_MEMORY_MAP_TYPE, ERROR, 3,
		    GUEST(MEMORY_REGIONS, 1, 0x80000000, 0x81000000), NOBODY });
	s.memory[1].map_type = 0xff;
	finds(&s, { AXVM_FINDING_MEMORY_MAP_TYPE, ERROR, 0xff,
		    GUEST(MEMORY_REGIONS, 1, 0x80000000, 0x81000000), NOBODY });
}

/* At both versions; but for the gpa that is ignored. */
static void check_unaligned(axvm_mem_mapping_type type)
{
	s.memory[1].map_type = type;
	s.memory[1].gpa.addr = 0x80000001;
	if (type == AXVM_MEM_MAPPING_IDENTICAL)
		finds_nothing(&s);
	else
		finds(&s, { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0,
			    GUEST(MEMORY_REGIONS, 1, 0x80000001, 0x81000001), NOBODY });
	s.memory[1].size -= 1;
	finds(&s, { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x80000001, 0x81000000), NOBODY });
	s.memory[1].gpa.addr -= 1;
	finds(&s, { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x80000000, 0x80ffffff), NOBODY });
	/* A page is enough, 2 MiB are not asked for. */
	s.memory[1].gpa.addr = 0x80001000;
	s.memory[1].size = 0x3000;
	finds_nothing(&s);
}

static void test_unaligned(void)
{
	for (axvm_model model = 0; model < 2; model++) {
		for (axvm_mem_mapping_type type = 0; type < 3; type++) {
			sample_init(&s);
			limits.model = model;
			check_unaligned(type);
		}
	}
}

static void test_memory_empty(void)
{
	new_init(AXVM_ARCH_AARCH64);
	set_memory(&s.memory[1], 0x1000000, 0, ALLOC);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MEMORY_EMPTY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x1000000, 0x1000000), NOBODY });
	ok(!strstr(findings[0].hint, "panic"), "no panic");
	limits.model = AXVM_MODEL_0_7;
	check_vms(&s.vm, 1);
	ok(strstr(findings[0].hint, "panic"), "as there was");
	new_init(AXVM_ARCH_AARCH64);
	set_memory(&s.memory[1], 0x1000000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
}

/* Memory is reserved where it is configured, whatever its type. */
static void test_identical_place(void)
{
	const uint64_t past = UINT64_C(0x7fffffff0000), end = UINT64_C(0x800000000000);

	new_init(AXVM_ARCH_RISCV64);
	set_memory(&s.memory[1], past, 0x10000, IDENTICAL);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 0, GUEST(MEMORY_REGIONS, 1, past, end),
		    NOBODY });
	s.memory[1].size = 0xf000;
	finds_nothing(&s);
	limits.gpa_bits = 40;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 40,
		    GUEST(MEMORY_REGIONS, 1, past, end - 0x1000), NOBODY });
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, NOTE, 40,
		    GUEST(MEMORY_REGIONS, 1, past, end - 0x1000), NOBODY });
	new_init(AXVM_ARCH_RISCV64);
	set_memory(&s.memory[1], UINT64_MAX - 0xfff, 0x2000, IDENTICAL);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MEMORY_OVERFLOW, ERROR, 0x2000,
		    GUEST(MEMORY_REGIONS, 1, UINT64_MAX - 0xfff, UINT64_MAX), NOBODY });
	/* But there its gpa need not be aligned. */
	s.memory[1].gpa.addr = 0x1000800;
	finds_nothing(&s);
}

static void test_local_apic(void)
{
	new_init(AXVM_ARCH_X86_64);
	set_memory(&s.memory[1], 0xfee00000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MEMORY_RESERVED, ERROR, 0xfee00000,
		    GUEST(MEMORY_REGIONS, 1, 0xfee00000, 0xfee01000), NOBODY });
	ok(!strstr(findings[0].text, "Intel") && !strstr(findings[0].hint, "Intel"),
	   "on every processor");
	s.memory[1].map_type = IDENTICAL;
	finds(&s, { AXVM_FINDING_MEMORY_RESERVED, NOTE, 0xfee00000,
		    GUEST(MEMORY_REGIONS, 1, 0xfee00000, 0xfee01000), NOBODY });
	s.memory[1].gpa.addr = 0xfee01000;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	s.memory[1].gpa.addr = 0xfee00000;
	check_vms(&s.vm, 1);
	ok(strstr(findings[0].text, "Intel"), "at 0.7 on Intel's");
	/* A size that is too large for any place decides about the width, not about this. */
	set_memory(&s.memory[0], 0x80000000, UINT64_C(0x800000000000), IDENTICAL);
	s.vm.memory_region_count = 1;
	s.vm.flags = 0;
	finds(&s,
	      { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 0,
		GUEST(MEMORY_REGIONS, 0, 0x80000000, UINT64_C(0x800080000000)), NOBODY },
	      { AXVM_FINDING_MEMORY_RESERVED, NOTE, 0xfee00000,
		GUEST(MEMORY_REGIONS, 0, 0x80000000, UINT64_C(0x800080000000)), NOBODY });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_MEMORY_NONE, AXVM_FINDING_MEMORY_NONE);
	all_seen(AXVM_FINDING_MEMORY_EMPTY, AXVM_FINDING_MEMORY_EMPTY);
	all_seen(AXVM_FINDING_MEMORY_OVERFLOW, AXVM_FINDING_MEMORY_OVERFLOW);
	all_seen(AXVM_FINDING_MEMORY_BEYOND_WIDTH, AXVM_FINDING_MEMORY_BEYOND_WIDTH);
	all_seen(AXVM_FINDING_MEMORY_MAP_TYPE, AXVM_FINDING_MEMORY_MAP_TYPE);
	all_seen(AXVM_FINDING_MEMORY_UNALIGNED, AXVM_FINDING_MEMORY_UNALIGNED);
	all_seen(AXVM_FINDING_MEMORY_RESERVED, AXVM_FINDING_MEMORY_RESERVED);
}

int main(void)
{
	test(test_clean);
	test(test_none);
	test(test_empty);
	test(test_overflow);
	test(test_beyond_width);
	test(test_identical);
	test(test_reserved);
	test(test_map_type);
	test(test_unaligned);
	test(test_memory_empty);
	test(test_identical_place);
	test(test_local_apic);
	test(test_seen);
	return done();
}
