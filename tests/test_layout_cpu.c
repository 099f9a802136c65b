/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define NOTE AXVM_SEVERITY_NOTE
#define WHOLE AXVM_LAYOUT_WHOLE_TABLE

static struct sample s;

static void test_count(void)
{
	static const uint64_t bad[] = { 0, 65, UINT64_C(0x100000002), UINT64_MAX };
	static uint64_t ids[64];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		sample_init(&s);
		s.vm.cpu_num = bad[i];
		/* Lists and redistributors are not compared with it then. */
		finds(&s, { AXVM_FINDING_CPU_COUNT, ERROR, bad[i], ENTRY(CPU_NUM, 0), NOBODY });
	}
	sample_init(&s);
	s.vm.cpu_num = 64;
	s.redistributor[0] = 64;
	s.emulated[1].base_gpa.addr = 0x20000000;
	for (size_t i = 0; i < 64; i++)
		ids[i] = 64 + i; /* hardware ids are no indexes */
	s.vm.phys_cpu_ids = ids;
	s.vm.phys_cpu_id_count = 64;
	s.vm.phys_cpu_set_count = 0;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
	finds_nothing(&s);
}

static void test_list(void)
{
	sample_init(&s);
	s.vm.phys_cpu_id_count = 1;
	finds(&s, { AXVM_FINDING_CPU_LIST, WARNING, 1, ENTRY(PHYS_CPU_IDS, WHOLE), NOBODY });
	s.vm.phys_cpu_id_count = 0;
	finds(&s, { AXVM_FINDING_CPU_LIST, WARNING, 0, ENTRY(PHYS_CPU_IDS, WHOLE), NOBODY });
	s.vm.phys_cpu_id_count = 3;
	s.ids[2] = 0x200;
	finds(&s, { AXVM_FINDING_CPU_LIST, ERROR, 3, ENTRY(PHYS_CPU_IDS, WHOLE), NOBODY });
	sample_init(&s);
	s.vm.phys_cpu_set_count = 1;
	finds(&s, { AXVM_FINDING_CPU_LIST, WARNING, 1, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
	s.vm.phys_cpu_set_count = 3;
	s.sets[2] = 4;
	finds(&s, { AXVM_FINDING_CPU_LIST, ERROR, 3, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
	/* A list that is there need not be told by its flag. */
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
	finds(&s, { AXVM_FINDING_CPU_LIST, ERROR, 3, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
	s.vm.phys_cpu_set_count = 0;
	finds_nothing(&s);
}

static void test_list_missing(void)
{
	for (int arch = 0; arch < 6; arch++) {
		sample_init(&s);
		limits.arch = (axvm_arch)arch;
		s.vm.emu_device_count = 0;
		s.vm.phys_cpu_id_count = 0;
		s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_IDS;
		if (arch == AXVM_ARCH_AARCH64 || arch == AXVM_ARCH_RISCV64)
			finds(&s, { AXVM_FINDING_CPU_LIST, ERROR, 0, ENTRY(PHYS_CPU_IDS, WHOLE),
				    NOBODY });
		else
			finds_nothing(&s);
	}
}

static void test_mask(void)
{
	sample_init(&s);
	s.sets[1] = 0;
	finds(&s, { AXVM_FINDING_CPU_MASK, ERROR, 0, ENTRY(PHYS_CPU_SETS, 1), NOBODY });
	s.sets[0] = 0; /* and these two are not shared */
	finds(&s, { AXVM_FINDING_CPU_MASK, ERROR, 0, ENTRY(PHYS_CPU_SETS, 0), NOBODY },
	      { AXVM_FINDING_CPU_MASK, ERROR, 0, ENTRY(PHYS_CPU_SETS, 1), NOBODY });

	sample_init(&s);
	s.sets[1] = UINT64_C(0x8000000000000008);
	finds_nothing(&s);
	limits.host_cpus = axvm_vcpu_set_mask(4);
	finds(&s,
	      { AXVM_FINDING_CPU_MASK, ERROR, UINT64_C(1) << 63, ENTRY(PHYS_CPU_SETS, 1), NOBODY });
	s.sets[1] = 8;
	finds_nothing(&s); /* though an id is 0x100: that is no bit */
}

static void test_twice(void)
{
	sample_init(&s);
	s.ids[1] = 0;
	finds(&s, { AXVM_FINDING_CPU_REPEATED, WARNING, 0, ENTRY(PHYS_CPU_IDS, 0),
		    ENTRY(PHYS_CPU_IDS, 1) });
	s.ids[1] = UINT64_C(1) << 32;
	finds_nothing(&s);
	s.sets[1] = 1;
	finds(&s, { AXVM_FINDING_CPU_SHARED, NOTE, 1, ENTRY(PHYS_CPU_SETS, 0),
		    ENTRY(PHYS_CPU_SETS, 1) });
	s.sets[1] = 3; /* another mask, with a CPU in common */
	finds_nothing(&s);
}

/* Each later one against the first. */
static void test_many(void)
{
	sample_init(&s);
	s.vm.emu_device_count = 0;
	s.vm.cpu_num = 4;
	s.vm.phys_cpu_id_count = 4;
	s.vm.phys_cpu_set_count = 0;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
	s.ids[0] = 9;
	s.ids[1] = 5;
	s.ids[2] = 9;
	s.ids[3] = 9;
	finds(&s,
	      { AXVM_FINDING_CPU_REPEATED, WARNING, 9, ENTRY(PHYS_CPU_IDS, 0),
		ENTRY(PHYS_CPU_IDS, 2) },
	      { AXVM_FINDING_CPU_REPEATED, WARNING, 9, ENTRY(PHYS_CPU_IDS, 0),
		ENTRY(PHYS_CPU_IDS, 3) });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_CPU_COUNT, AXVM_FINDING_CPU_SHARED);
}

int main(void)
{
	test(test_count);
	test(test_list);
	test(test_list_missing);
	test(test_mask);
	test(test_twice);
	test(test_many);
	test(test_seen);
	return done();
}
