/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/cpu.c about one VM. */
#include "layout_direct.h"
#include "layout_sample.h"

/* Too long: a panic, and no more than a line in the log. */
static const axvm_severity longer[] = { ERROR, WARNING };

static void test_count(void)
{
	static const uint64_t bad[] = { 0, 65, UINT64_C(0x100000002), UINT64_MAX };
	static uint64_t ids[64];

	each_row(i, bad) {
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
	/* A list that is there need not be marked by its flag. */
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
	static const axvm_arch numbering[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_RISCV64,
					       AXVM_ARCH_X86_64, AXVM_ARCH_LOONGARCH64,
					       AXVM_ARCH_UNKNOWN };

	each_row(i, numbering) {
		sample_init(&s);
		s.vm.emu_device_count = 0;
		limits.arch = numbering[i];
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

/* Any length will do, but some list must be there where CPUs have ids. */
static void test_cpu_list(void)
{
	each_row(a, archs) {
		bool by_ids = a < 2;

		new_init(archs[a]);
		s.vm.phys_cpu_id_count = 1;
		finds_nothing(&s);
		s.ids[2] = 0x200;
		s.vm.phys_cpu_id_count = 3;
		finds_nothing(&s);
		s.vm.phys_cpu_id_count = 0;
		changes(0, AXVM_LAYOUT_HAS_PHYS_CPU_IDS);
		if (by_ids)
			finds(&s, { AXVM_FINDING_CPU_LIST, ERROR, 0, ENTRY(PHYS_CPU_IDS, WHOLE),
				    NOBODY });
		else
			finds_nothing(&s);
		changes(AXVM_LAYOUT_HAS_PHYS_CPU_IDS, 0);
		finds_nothing(&s);
	}
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_HAS_PHYS_CPU_SETS, 0);
	s.vm.phys_cpu_set_count = 1;
	finds_nothing(&s);
	s.sets[2] = axvm_vcpu_set_from_bits(4);
	s.vm.phys_cpu_set_count = 3;
	finds_nothing(&s);
}

static void test_cpu_repeated(void)
{
	each_row(a, archs) {
		axvm_severity severity = archs[a] == AXVM_ARCH_AARCH64 ? ERROR : WARNING;

		new_init(archs[a]);
		s.ids[0] = 0x100;
		finds(&s, { AXVM_FINDING_CPU_REPEATED, severity, 0x100, ENTRY(PHYS_CPU_IDS, 0),
			    ENTRY(PHYS_CPU_IDS, 1) });
		/* What is past the last vCPU is ignored. */
		s.ids[0] = 0;
		s.ids[2] = 0x100;
		s.vm.phys_cpu_id_count = 3;
		finds_nothing(&s);
	}
}

/* A vCPU without an id takes its own index. */
static void test_cpu_index(void)
{
	new_init(AXVM_ARCH_AARCH64);
	s.vm.cpu_num = 4;
	s.ids[0] = 3;
	finds(&s, { AXVM_FINDING_CPU_REPEATED, ERROR, 3, ENTRY(PHYS_CPU_IDS, 0), NOBODY });
	s.ids[0] = 4;
	finds_nothing(&s);
	/* The first ones have ids of their own. */
	s.ids[0] = 1;
	finds_nothing(&s);
	s.ids[1] = 2;
	finds(&s, { AXVM_FINDING_CPU_REPEATED, ERROR, 2, ENTRY(PHYS_CPU_IDS, 1), NOBODY });
	limits.arch = AXVM_ARCH_RISCV64;
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_AARCH64;
	changes(0, AXVM_LAYOUT_COMPLETE);
	finds_nothing(&s);
}

static void test_cpu_mask(void)
{
	static const axvm_arch with_masks[] = { AXVM_ARCH_X86_64, AXVM_ARCH_LOONGARCH64 };

	for (size_t a = 0; a < 2; a++) {
		new_init(with_masks[a]);
		changes(AXVM_LAYOUT_HAS_PHYS_CPU_SETS, 0);
		s.vm.phys_cpu_set_count = 2;
		s.sets[0] = s.sets[1] = axvm_vcpu_set_new();
		finds(&s, { AXVM_FINDING_CPU_MASK, ERROR, 0, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
		/* What is past the last vCPU does not count; a vCPU without a mask has its id. */
		s.sets[2] = axvm_vcpu_set_from_bits(1);
		s.vm.phys_cpu_set_count = 3;
		finds(&s, { AXVM_FINDING_CPU_MASK, ERROR, 0, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
		s.vm.phys_cpu_set_count = 1;
		finds(&s, { AXVM_FINDING_CPU_MASK, WARNING, 0, ENTRY(PHYS_CPU_SETS, 0), NOBODY });
		s.sets[0] = axvm_vcpu_set_from_bits(0x11);
		limits.host_cpus = axvm_vcpu_set_mask(4);
		finds(&s, { AXVM_FINDING_CPU_MASK, ERROR, 0x10, ENTRY(PHYS_CPU_SETS, 0), NOBODY });
		s.sets[0] = axvm_vcpu_set_from_bits(0xf);
		finds_nothing(&s);
	}
	/* Without a right number of vCPUs it is not known whether each has one. */
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_HAS_PHYS_CPU_SETS, 0);
	s.vm.phys_cpu_set_count = 2;
	s.sets[0] = axvm_vcpu_set_from_bits(1);
	s.sets[1] = axvm_vcpu_set_from_bits(2);
	s.vm.cpu_num = 0;
	finds(&s, { AXVM_FINDING_CPU_COUNT, ERROR, 0, ENTRY(CPU_NUM, 0), NOBODY });
	/* Where sets are ignored it is a note at most. */
	new_init(AXVM_ARCH_AARCH64);
	changes(AXVM_LAYOUT_HAS_PHYS_CPU_SETS, 0);
	s.vm.phys_cpu_set_count = 1;
	s.sets[0] = axvm_vcpu_set_from_bits(0);
	finds_nothing(&s); /* ignored: key-unused says so */
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_CPU_COUNT, AXVM_FINDING_CPU_COUNT);
	all_seen(AXVM_FINDING_CPU_LIST, AXVM_FINDING_CPU_LIST);
	all_seen(AXVM_FINDING_CPU_MASK, AXVM_FINDING_CPU_MASK);
	all_seen(AXVM_FINDING_CPU_REPEATED, AXVM_FINDING_CPU_REPEATED);
	all_seen(AXVM_FINDING_CPU_SHARED, AXVM_FINDING_CPU_SHARED);
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
	test(test_cpu_list);
	test(test_cpu_repeated);
	test(test_cpu_index);
	test(test_cpu_mask);
	test(test_seen);
	return done();
}
