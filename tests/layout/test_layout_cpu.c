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
	/* The greatest number is one that lists are compared with. */
	s.vm.phys_cpu_id_count = 63;
	finds(&s, { AXVM_FINDING_CPU_LIST, WARNING, 63, ENTRY(PHYS_CPU_IDS, WHOLE), NOBODY });
}

/* Too long: a panic, and no more than a line in the log. */
static const axvm_severity longer[] = { ERROR, WARNING };

static void test_ids_of_a_model(axvm_model model)
{
	sample_init(&s);
	limits.model = model;
	s.vm.phys_cpu_id_count = 1;
	finds(&s, { AXVM_FINDING_CPU_LIST, WARNING, 1, ENTRY(PHYS_CPU_IDS, WHOLE), NOBODY });
	s.vm.phys_cpu_id_count = 0;
	finds(&s, { AXVM_FINDING_CPU_LIST, WARNING, 0, ENTRY(PHYS_CPU_IDS, WHOLE), NOBODY });
	s.vm.phys_cpu_id_count = 3;
	s.ids[2] = 0x200;
	finds(&s, { AXVM_FINDING_CPU_LIST, longer[model], 3, ENTRY(PHYS_CPU_IDS, WHOLE), NOBODY });
	ok(!strstr(findings[0].hint, "panics") == (model != AXVM_MODEL_0_5), "what happens");
}

static void test_sets_of_a_model(axvm_model model)
{
	sample_init(&s);
	limits.model = model;
	s.vm.phys_cpu_set_count = 1;
	finds(&s, { AXVM_FINDING_CPU_LIST, WARNING, 1, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
	s.vm.phys_cpu_set_count = 3;
	s.sets[2].bits = 4;
	finds(&s, { AXVM_FINDING_CPU_LIST, longer[model], 3, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
	/* A list that is there need not be told by its flag. */
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
	finds(&s, { AXVM_FINDING_CPU_LIST, longer[model], 3, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
	s.vm.phys_cpu_set_count = 0;
	finds_nothing(&s);
}

static void test_list(void)
{
	for (axvm_model model = 0; model < 2; model++) {
		test_ids_of_a_model(model);
		test_sets_of_a_model(model);
	}
}

/* Where masks are made from the ids, what phys_cpu_sets says does not matter. */
static void test_ignored(void)
{
	static const axvm_arch archs[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_RISCV64, AXVM_ARCH_X86_64,
					   AXVM_ARCH_LOONGARCH64, AXVM_ARCH_UNKNOWN };

	for (size_t i = 0; i < sizeof(archs) / sizeof(archs[0]); i++) {
		sample_init(&s);
		s.vm.emu_device_count = 0;
		limits.arch = archs[i];
		limits.host_cpus = axvm_vcpu_set_mask(4);
		s.vm.phys_cpu_set_count = 3;
		s.sets[2].bits = 1;
		if (i < 2) {
			finds_nothing(&s);
			s.sets[1].bits = 0;
			s.sets[2].bits = 0x10;
			finds_nothing_at_both(&s);
			tells_all = true;
			s.vm.passthrough_device_count = s.vm.passthrough_address_count = 0;
			finds(&s, { AXVM_FINDING_KEY_UNUSED, NOTE, 0, ENTRY(PHYS_CPU_SETS, WHOLE),
				    NOBODY });
			tells_all = false;
		} else {
			finds(&s,
			      { AXVM_FINDING_CPU_LIST, ERROR, 3, ENTRY(PHYS_CPU_SETS, WHOLE),
				NOBODY },
			      { AXVM_FINDING_CPU_SHARED, NOTE, 1, ENTRY(PHYS_CPU_SETS, 0),
				ENTRY(PHYS_CPU_SETS, 2) });
		}
	}
}

static void test_list_missing(void)
{
	for (int i = 0; i < 12; i++) {
		int arch = i / 2;

		sample_init(&s);
		limits.arch = (axvm_arch)arch;
		/* How LoongArch boots at 0.7 is another matter. */
		if (i % 2 && arch != AXVM_ARCH_LOONGARCH64)
			limits.model = AXVM_MODEL_0_7;
		s.vm.emu_device_count = 0;
		s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
		s.vm.phys_cpu_id_count = 0;
		s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_IDS;
		if (arch == AXVM_ARCH_AARCH64 || arch == AXVM_ARCH_RISCV64)
			finds(&s, { AXVM_FINDING_CPU_LIST, ERROR, 0, ENTRY(PHYS_CPU_IDS, WHOLE),
				    NOBODY });
		else
			finds_nothing(&s);
	}
}

static void test_mask_of_a_model(axvm_model model)
{
	const axvm_severity severity = model == AXVM_MODEL_0_5 ? ERROR : WARNING;

	sample_init(&s);
	limits.model = model;
	s.sets[1].bits = 0;
	finds(&s, { AXVM_FINDING_CPU_MASK, severity, 0, ENTRY(PHYS_CPU_SETS, 1), NOBODY });
	s.sets[0].bits = 0; /* and these two are not shared */
	finds(&s, { AXVM_FINDING_CPU_MASK, severity, 0, ENTRY(PHYS_CPU_SETS, 0), NOBODY },
	      { AXVM_FINDING_CPU_MASK, severity, 0, ENTRY(PHYS_CPU_SETS, 1), NOBODY });

	sample_init(&s);
	limits.model = model;
	s.sets[1].bits = UINT64_C(0x8000000000000008);
	finds_nothing(&s);
	limits.host_cpus = axvm_vcpu_set_mask(4);
	finds(&s, { AXVM_FINDING_CPU_MASK, severity, UINT64_C(1) << 63, ENTRY(PHYS_CPU_SETS, 1),
		    NOBODY });
	s.sets[1].bits = 8;
	finds_nothing(&s); /* though an id is 0x100: that is no bit */
}

static void test_mask(void)
{
	for (axvm_model model = 0; model < 2; model++)
		test_mask_of_a_model(model);
}

static void test_twice(void)
{
	sample_init(&s);
	s.ids[1] = 0;
	finds(&s, { AXVM_FINDING_CPU_REPEATED, WARNING, 0, ENTRY(PHYS_CPU_IDS, 0),
		    ENTRY(PHYS_CPU_IDS, 1) });
	s.ids[1] = UINT64_C(1) << 32;
	finds_nothing(&s);
	s.sets[1].bits = 1;
	finds(&s, { AXVM_FINDING_CPU_SHARED, NOTE, 1, ENTRY(PHYS_CPU_SETS, 0),
		    ENTRY(PHYS_CPU_SETS, 1) });
	s.sets[1].bits = 3; /* another mask, with a CPU in common */
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

/* The CPU of interrupts that are passed through is the id less 1, of eight. */
static void test_interrupt_cpu(void)
{
	static const axvm_vm_id bad[] = { 0, 9, UINT64_C(0x100000001), UINT64_MAX };

	for (size_t i = 0; i < 8; i++) {
		sample_init(&s);
		limits.arch = AXVM_ARCH_AARCH64;
		limits.model = i % 2 ? AXVM_MODEL_0_7 : AXVM_MODEL_0_5;
		s.vm.id = bad[i / 2];
		finds(&s, { AXVM_FINDING_VM_ID, WARNING, bad[i / 2], ENTRY(ID, 0), NOBODY });
		s.vm.id = i + 1;
		finds_nothing(&s);
		s.vm.id = bad[i / 2];
		s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_EMULATED;
		finds_nothing(&s);
		s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH;
		s.vm.emu_device_count = 0;
		limits.arch = AXVM_ARCH_RISCV64;
		finds_nothing(&s);
		limits.arch = AXVM_ARCH_UNKNOWN;
		finds_nothing(&s);
	}
	/* An id that is not known is none. */
	limits.arch = AXVM_ARCH_AARCH64;
	s.vm.id = 0;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	finds_nothing(&s);
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_CPU_COUNT, AXVM_FINDING_CPU_SHARED);
}

int main(void)
{
	test(test_count);
	test(test_list);
	test(test_ignored);
	test(test_list_missing);
	test(test_mask);
	test(test_twice);
	test(test_many);
	test(test_interrupt_cpu);
	test(test_seen);
	return done();
}
