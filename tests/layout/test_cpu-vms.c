/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/cpu.c about several VMs. */
#include "layout_sample.h"
#include "layout_vms.h"

/* The first VM of a pair need not be the first of all; each pair has its own number of CPUs. */
static void test_every_pair(void)
{
	vms_init();
	samples[0].ids[0] = 7;
	samples[1].ids[0] = 8;
	samples[2].ids[0] = 8;
	samples[2].ids[1] = 7;
	vms[0].phys_cpu_id_count = vms[1].phys_cpu_id_count = 1;
	vms[2].phys_cpu_id_count = 2;
	among(3,
	      { AXVM_FINDING_CPU_CONFLICT, WARNING, 7, ENTRY_OF(0, PHYS_CPU_IDS, 0),
		ENTRY_OF(2, PHYS_CPU_IDS, 1) },
	      { AXVM_FINDING_CPU_CONFLICT, WARNING, 8, ENTRY_OF(1, PHYS_CPU_IDS, 0),
		ENTRY_OF(2, PHYS_CPU_IDS, 0) });
	eq_str(findings[0].text, "is the same CPU as", "of one CPU");
	eq_str(findings[1].text, "is the same CPU as", "of one CPU");
}

/* Of masks the set is that of the host's CPUs, whichever vCPUs have them. */
static void test_masks(void)
{
	vms_init();
	samples[1].sets[0].bits = samples[2].sets[1].bits = 0x10;
	samples[1].sets[1].bits = samples[2].sets[0].bits = 0x20;
	vms[1].phys_cpu_set_count = vms[2].phys_cpu_set_count = 2;
	among(3, { AXVM_FINDING_CPU_CONFLICT, WARNING, 0x30, ENTRY_OF(1, PHYS_CPU_SETS, WHOLE),
		   ENTRY_OF(2, PHYS_CPU_SETS, WHOLE) });
	eq_str(findings[0].text, "shares CPUs with", "of several CPUs");
	samples[2].sets[0].bits = 0x40;
	samples[2].sets[2].bits = 0x20;
	vms[2].phys_cpu_set_count = 3;
	among(3, { AXVM_FINDING_CPU_CONFLICT, WARNING, 0x30, ENTRY_OF(1, PHYS_CPU_SETS, WHOLE),
		   ENTRY_OF(2, PHYS_CPU_SETS, WHOLE) });
}

static void test_cpus(void)
{
	machine_init();
	samples[2].ids[1] = 0;
	together({ AXVM_FINDING_CPU_CONFLICT, WARNING, 0, ENTRY_OF(0, PHYS_CPU_IDS, 0),
		   ENTRY_OF(2, PHYS_CPU_IDS, 1) });
	/* An id that equals a mask is another thing. */
	samples[2].ids[1] = 4;
	together_nothing();
	samples[2].sets[0].bits = 1;
	together({ AXVM_FINDING_CPU_CONFLICT, WARNING, 1, ENTRY_OF(0, PHYS_CPU_SETS, 0),
		   ENTRY_OF(2, PHYS_CPU_SETS, 0) });
	samples[2].sets[0].bits = 3; /* of several CPUs, so not bound to one */
	together_nothing();
	samples[0].sets[0].bits = 3;
	together_nothing();
}

/* Masks that are ignored bind nothing; ids do. */
static void test_cpus_by_ids(void)
{
	machine_init();
	for (size_t i = 0; i < TOGETHER; i++)
		samples[i].vm.emu_device_count = 0;
	samples[2].sets[0].bits = 1;
	limits.arch = AXVM_ARCH_LOONGARCH64;
	together({ AXVM_FINDING_CPU_CONFLICT, WARNING, 1, ENTRY_OF(0, PHYS_CPU_SETS, 0),
		   ENTRY_OF(2, PHYS_CPU_SETS, 0) });
	limits.arch = AXVM_ARCH_AARCH64;
	together_nothing();
	limits.arch = AXVM_ARCH_RISCV64;
	together_nothing();
	samples[2].ids[1] = 0;
	together({ AXVM_FINDING_CPU_CONFLICT, WARNING, 0, ENTRY_OF(0, PHYS_CPU_IDS, 0),
		   ENTRY_OF(2, PHYS_CPU_IDS, 1) });
}

/* Two VMs that share CPUs are one finding, with the set. */
static void test_several_cpus(void)
{
	machine_init();
	samples[2].ids[0] = samples[0].ids[1];
	samples[2].ids[1] = samples[0].ids[0];
	together({ AXVM_FINDING_CPU_CONFLICT, WARNING, 3, ENTRY_OF(0, PHYS_CPU_IDS, WHOLE),
		   ENTRY_OF(2, PHYS_CPU_IDS, WHOLE) });
	/* The masks say the same of the same VMs, and of others. */
	samples[1].sets[1].bits = 2;
	samples[2].sets[0].bits = 1;
	samples[2].sets[1].bits = 2;
	together({ AXVM_FINDING_CPU_CONFLICT, WARNING, 2, ENTRY_OF(0, PHYS_CPU_SETS, 1),
		   ENTRY_OF(1, PHYS_CPU_SETS, 1) },
		 { AXVM_FINDING_CPU_CONFLICT, WARNING, 3, ENTRY_OF(0, PHYS_CPU_IDS, WHOLE),
		   ENTRY_OF(2, PHYS_CPU_IDS, WHOLE) });
	samples[2].ids[0] = 0x1000;
	samples[2].ids[1] = 0x1001;
	together({ AXVM_FINDING_CPU_CONFLICT, WARNING, 2, ENTRY_OF(0, PHYS_CPU_SETS, 1),
		   ENTRY_OF(1, PHYS_CPU_SETS, 1) },
		 { AXVM_FINDING_CPU_CONFLICT, WARNING, 3, ENTRY_OF(0, PHYS_CPU_SETS, WHOLE),
		   ENTRY_OF(2, PHYS_CPU_SETS, WHOLE) });
}

/* Eight CPUs, reported as a set; an id that one VM has twice is one of them. */
static void test_eight_cpus(void)
{
	static uint64_t ids[2][9] = { { 8, 7, 6, 5, 4, 3, 2, 1, 0x900 },
				      { 1, 2, 3, 4, 5, 6, 7, 8, 0x901 } };
	char text[256];

	machine_init();
	for (size_t i = 0; i < TOGETHER; i++) {
		samples[i].vm.emu_device_count = 0;
		samples[i].vm.phys_cpu_set_count = 0;
		samples[i].vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
		if (i == 2)
			continue;
		samples[i].vm.cpu_num = 9;
		samples[i].vm.phys_cpu_ids = ids[i];
		samples[i].vm.phys_cpu_id_count = 9;
	}
	together({ AXVM_FINDING_CPU_CONFLICT, WARNING, 0xff, ENTRY_OF(0, PHYS_CPU_IDS, WHOLE),
		   ENTRY_OF(1, PHYS_CPU_IDS, WHOLE) });
	axvm_finding_message_format(&findings[0], "", "b.toml: ", text, sizeof(text));
	eq_str(text, "phys_cpu_ids shares CPUs with b.toml: phys_cpu_ids, those of its vCPUs 0-7",
	       "the set");
}

/* What one VM has twice it shares once; past the 64th entry it is in no set. */
static void test_odd_cpus(void)
{
	static uint64_t ids[AXVM_MAX_VCPU_NUM + 2];

	machine_init();
	for (size_t i = 0; i < TOGETHER; i++) {
		samples[i].vm.phys_cpu_set_count = 0;
		samples[i].vm.flags &=
			~(uint32_t)(AXVM_LAYOUT_HAS_PHYS_CPU_SETS | AXVM_LAYOUT_COMPLETE);
	}
	samples[1].ids[0] = samples[1].ids[1] = samples[0].ids[0];
	together({ AXVM_FINDING_CPU_REPEATED, WARNING, 0, ENTRY_OF(1, PHYS_CPU_IDS, 0),
		   ENTRY_OF(1, PHYS_CPU_IDS, 1) },
		 { AXVM_FINDING_CPU_CONFLICT, WARNING, 0, ENTRY_OF(0, PHYS_CPU_IDS, 0),
		   ENTRY_OF(1, PHYS_CPU_IDS, 0) });
	machine_init();
	for (size_t i = 0; i < AXVM_MAX_VCPU_NUM + 2; i++)
		ids[i] = 0x10000 + i;
	for (size_t i = 0; i < TOGETHER; i++) {
		samples[i].vm.phys_cpu_set_count = 0;
		samples[i].vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
	}
	samples[0].vm.phys_cpu_ids = ids;
	samples[0].vm.phys_cpu_id_count = AXVM_MAX_VCPU_NUM + 2;
	samples[1].ids[0] = ids[AXVM_MAX_VCPU_NUM];
	samples[1].ids[1] = ids[5];
	together({ AXVM_FINDING_CPU_LIST, ERROR, AXVM_MAX_VCPU_NUM + 2,
		   ENTRY_OF(0, PHYS_CPU_IDS, WHOLE), NOBODY },
		 { AXVM_FINDING_CPU_CONFLICT, WARNING, 0x20, ENTRY_OF(0, PHYS_CPU_IDS, WHOLE),
		   ENTRY_OF(1, PHYS_CPU_IDS, WHOLE) });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_CPU_CONFLICT, AXVM_FINDING_CPU_CONFLICT);
}

int main(void)
{
	test(test_every_pair);
	test(test_masks);
	test(test_cpus);
	test(test_cpus_by_ids);
	test(test_several_cpus);
	test(test_eight_cpus);
	test(test_odd_cpus);
	test(test_seen);
	return done();
}
