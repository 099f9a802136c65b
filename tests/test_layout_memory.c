/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define PAGE AXVM_PAGE_SIZE_4K
#define LAST UINT64_MAX

static struct sample s;

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
	finds_nothing(&s);

	/* Where the boot addresses lie is not known then. */
	sample_init(&s);
	s.memory[0].size = LAST;
	finds(&s,
	      { AXVM_FINDING_MEMORY_OVERFLOW, ERROR, LAST,
		GUEST(MEMORY_REGIONS, 0, 0x40000000, LAST), NOBODY },
	      { AXVM_FINDING_MEMORY_UNALIGNED, WARNING, 0,
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
	s.memory[1].gpa.addr = LAST - (3 * PAGE - 1);
	limits.gpa_bits = 64;
	finds_nothing(&s);
	limits.gpa_bits = 63;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 63,
		    GUEST(MEMORY_REGIONS, 1, LAST - (3 * PAGE - 1), LAST - (PAGE - 1)), NOBODY });
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

static void test_unaligned(void)
{
	static const axvm_severity severities[] = { WARNING, WARNING, ERROR, WARNING };

	for (axvm_mem_mapping_type type = 0; type < 3; type++) {
		sample_init(&s);
		s.memory[1].map_type = type;
		s.memory[1].gpa.addr += 1;
		finds(&s, { AXVM_FINDING_MEMORY_UNALIGNED, severities[type], 0,
			    GUEST(MEMORY_REGIONS, 1, 0x80000001, 0x81000001), NOBODY });
		s.memory[1].gpa.addr -= 1;
		s.memory[1].size -= 1;
		finds(&s, { AXVM_FINDING_MEMORY_UNALIGNED, severities[type], 0,
			    GUEST(MEMORY_REGIONS, 1, 0x80000000, 0x80ffffff), NOBODY });
		/* A page is enough, 2 MiB are not asked for. */
		s.memory[1].gpa.addr = 0x80001000;
		s.memory[1].size = 0x3000;
		finds_nothing(&s);
	}
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_MEMORY_NONE, AXVM_FINDING_MEMORY_UNALIGNED);
}

int main(void)
{
	test(test_clean);
	test(test_none);
	test(test_empty);
	test(test_overflow);
	test(test_beyond_width);
	test(test_map_type);
	test(test_unaligned);
	test(test_seen);
	return done();
}
