/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define NOTE AXVM_SEVERITY_NOTE
#define WHOLE AXVM_LAYOUT_WHOLE_TABLE
#define VMS 3

static struct sample samples[VMS];
static axvm_layout_vm vms[VMS];

/* Three guests that keep out of each other's way. */
static void machine_init(void)
{
	static const char *const names[] = { "one", "two", "three" };

	for (size_t i = 0; i < VMS; i++) {
		struct sample *s = &samples[i];
		uint64_t base = 0x100000 * i;

		sample_init(s);
		s->vm.id = i + 1;
		s->vm.name = names[i];
		s->ids[0] = 0x200 * i;
		s->ids[1] = 0x200 * i + 0x100;
		s->sets[0].bits = UINT64_C(1) << 2 * i;
		s->sets[1].bits = UINT64_C(2) << 2 * i;
		s->memory[1].gpa.addr += 0x1000000 * i;
		set_passthrough(&s->passthrough[0], "uart", 0x9000000 + base, 0x9000000 + base,
				0x1000, 33 + 10 * i);
		set_passthrough(&s->passthrough[1], "rtc", 0x9010000 + base, 0x9010000 + base,
				0x1000, 34 + 10 * i);
		s->addresses[0].base_gpa.addr += base;
	}
}

static void check(const struct wanted *wanted, size_t count, int line)
{
	for (size_t i = 0; i < VMS; i++)
		vms[i] = samples[i].vm;
	check_found(vms, VMS, wanted, count, __FILE__, line);
}

#define together_nothing() check(NULL, 0, __LINE__)
#define together(...)                                                                              \
	do {                                                                                       \
		const struct wanted list[] = { __VA_ARGS__ };                                      \
                                                                                                   \
		check(list, sizeof(list) / sizeof(list[0]), __LINE__);                             \
	} while (0)

static void test_clean(void)
{
	const axvm_hpa_range hypervisor[] = { AXVM_HPA_RANGE_INIT(0x83000000, 0x84000000) };

	machine_init();
	together_nothing(); /* the same guest addresses of alloc and emulated devices */
	limits.hypervisor = hypervisor;
	limits.hypervisor_count = 1;
	together_nothing();
	check_found(NULL, 0, NULL, 0, __FILE__, __LINE__);
}

static void test_id(void)
{
	machine_init();
	samples[2].vm.id = 1;
	together({ AXVM_FINDING_VM_ID, ERROR, 1, ENTRY_OF(0, ID, 0), ENTRY_OF(2, ID, 0) });
	eq_str(findings[0].a.name, "one", "name of a");
	eq_uint(findings[0].b.vm_id, 1, "id of b");
	samples[1].vm.id = 1;
	together({ AXVM_FINDING_VM_ID, ERROR, 1, ENTRY_OF(0, ID, 0), ENTRY_OF(1, ID, 0) },
		 { AXVM_FINDING_VM_ID, ERROR, 1, ENTRY_OF(0, ID, 0), ENTRY_OF(2, ID, 0) });
	samples[1].vm.id = UINT64_C(0x100000001);
	samples[2].vm.id = 0;
	together_nothing();
}

static void test_name(void)
{
	static char one[] = "one";

	machine_init();
	samples[2].vm.name = one;
	together({ AXVM_FINDING_VM_NAME, WARNING, 0, ENTRY_OF(0, NAME, 0), ENTRY_OF(2, NAME, 0) });
	samples[0].vm.name = NULL;
	samples[1].vm.name = "";
	samples[2].vm.name = "";
	together_nothing();
}

static void test_host_memory(void)
{
	machine_init();
	samples[1].memory[1].gpa.addr -= 0x1000;
	together({ AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, MEMORY_REGIONS, 1, 0x80000000, 0x81000000),
		   HOST_OF(1, MEMORY_REGIONS, 1, 0x80fff000, 0x81fff000) });
	/* Where these lie is not known, or the hypervisor's to say. */
	samples[0].memory[1].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	together_nothing();
	samples[0].memory[1].map_type = AXVM_MEM_MAPPING_ALLOC;
	together_nothing();
	/* One without an end is a finding of its own, as is a device without a length. */
	machine_init();
	samples[0].memory[1].gpa.addr = UINT64_MAX - 0xfff;
	samples[0].memory[1].size = 0x2000;
	samples[1].passthrough[0].length = 0;
	together({ AXVM_FINDING_MEMORY_OVERFLOW, ERROR, 0x2000,
		   GUEST(MEMORY_REGIONS, 1, UINT64_MAX - 0xfff, UINT64_MAX), NOBODY },
		 { AXVM_FINDING_DEVICE_EMPTY,
		   ERROR,
		   0,
		   { 1, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0, AXVM_LAYOUT_SPACE_GUEST,
		     0x9100000, 0x9100000 },
		   NOBODY });
}

static void test_host_devices(void)
{
	machine_init();
	samples[2].passthrough[1] = samples[0].passthrough[0];
	samples[2].passthrough[1].irq_id = 54;
	samples[2].passthrough[1].name = "x";
	together({ AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		   HOST_OF(2, PASSTHROUGH_DEVICES, 1, 0x9000000, 0x9001000) });
	/* By pages: a page has one owner. */
	set_passthrough(&samples[0].passthrough[0], "a", 0x9000000, 0x9000000, 0x100, 33);
	set_passthrough(&samples[2].passthrough[1], "b", 0x9000000, 0x9000000, 0x200, 54);
	set_address(&samples[1].addresses[0], 0x9001000, 0x1000);
	together({ AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9000100),
		   HOST_OF(2, PASSTHROUGH_DEVICES, 1, 0x9000000, 0x9000200) });

	machine_init();
	samples[1].addresses[0].base_gpa.addr = 0x80ffc000;
	together({ AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, MEMORY_REGIONS, 1, 0x80000000, 0x81000000),
		   HOST_OF(1, PASSTHROUGH_ADDRESSES, 0, 0x80ffc000, 0x81000000) });
	samples[1].addresses[0].base_gpa.addr = 0x7fffc000;
	together_nothing();
}

/* 0.5 never reads base_hpa: two VMs meet where their guest addresses do. */
static void test_host_at_0_5(void)
{
	const struct wanted ignored = { AXVM_FINDING_DEVICE_HOST_IGNORED,
					WARNING,
					0x9000000,
					{ 1, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0,
					  AXVM_LAYOUT_SPACE_GUEST, 0x9100000, 0x9101000 },
					NOBODY };

	machine_init();
	samples[1].passthrough[0].base_hpa.addr = 0x9000000;
	together(ignored);
	samples[2].passthrough[0].base_gpa.addr = 0x9100000;
	samples[2].passthrough[0].base_hpa.addr = 0x9100000;
	together(ignored, { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
			    HOST_OF(1, PASSTHROUGH_DEVICES, 0, 0x9100000, 0x9101000),
			    HOST_OF(2, PASSTHROUGH_DEVICES, 0, 0x9100000, 0x9101000) });
}

/* One guest address in two VMs is no conflict for 0.7, one host address is. */
static void test_host_at_0_7(void)
{
	machine_init();
	limits.model = AXVM_MODEL_0_7;
	samples[1].passthrough[0].base_hpa.addr = 0x9000000;
	together({ AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		   HOST_OF(1, PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000) });
	samples[1].passthrough[0].base_gpa.addr = 0x9000000;
	samples[1].passthrough[0].base_hpa.addr = 0x9100000;
	together_nothing();
}

static void test_hypervisor(void)
{
	const axvm_hpa_range hypervisor[] = { AXVM_HPA_RANGE_INIT(0x90000000, 0x90000000),
					      AXVM_HPA_RANGE_INIT(0x9011000, 0x9012000) };
	const size_t nobody = AXVM_LAYOUT_NO_VM;
	struct sample *s = &samples[0];

	sample_init(s);
	limits.hypervisor = hypervisor;
	limits.hypervisor_count = 2;
	finds_nothing(s); /* an empty range, and one that is touched */
	s->passthrough[1].length = 0x1001;
	finds(s, { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9011001),
		   HOST_OF(nobody, HYPERVISOR, 1, 0x9011000, 0x9012000) });
}

/* Of several ranges of the hypervisor's, and of several addresses, each counts. */
static void test_several_ranges(void)
{
	const axvm_hpa_range hypervisor[] = { AXVM_HPA_RANGE_INIT(0xc000000, 0xc001000),
					      AXVM_HPA_RANGE_INIT(0xa002000, 0xa003000),
					      AXVM_HPA_RANGE_INIT(0xb000000, 0xb001000),
					      AXVM_HPA_RANGE_INIT(0xa000000, 0xa001000) };
	const size_t nobody = AXVM_LAYOUT_NO_VM;
	struct sample *s = &samples[0];

	sample_init(s);
	set_address(&s->addresses[0], 0xb000000, 0x800);
	set_address(&s->addresses[1], 0xd000000, 0x1000);
	set_address(&s->addresses[2], 0xa000000, 0x4000);
	s->vm.passthrough_address_count = 3;
	limits.hypervisor = hypervisor;
	limits.hypervisor_count = 4;
	finds(s,
	      { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		HOST_OF(0, PASSTHROUGH_ADDRESSES, 2, 0xa000000, 0xa004000),
		HOST_OF(nobody, HYPERVISOR, 3, 0xa000000, 0xa001000) },
	      { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		HOST_OF(0, PASSTHROUGH_ADDRESSES, 2, 0xa000000, 0xa004000),
		HOST_OF(nobody, HYPERVISOR, 1, 0xa002000, 0xa003000) },
	      { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		HOST_OF(0, PASSTHROUGH_ADDRESSES, 0, 0xb000000, 0xb000800),
		HOST_OF(nobody, HYPERVISOR, 2, 0xb000000, 0xb001000) });
	limits.hypervisor_count = 1;
	finds_nothing(s);
	/* Ranges of the hypervisor's may meet. */
	limits.hypervisor = (const axvm_hpa_range[]){ AXVM_HPA_RANGE_INIT(0, 0x2000),
						      AXVM_HPA_RANGE_INIT(0x1000, 0x3000) };
	limits.hypervisor_count = 2;
	finds_nothing(s);
}

/* The second and the last address of the second and the last VM. */
static void test_several_addresses(void)
{
	machine_init();
	for (size_t i = 0; i < VMS; i++) {
		set_address(&samples[i].addresses[1], 0x20000000 + 0x1000 * i, 0x1000);
		set_address(&samples[i].addresses[2], 0x30000000 + 0x1000 * i, 0x1000);
		samples[i].vm.passthrough_address_count = 3;
	}
	together_nothing();
	samples[1].addresses[1].length = 0x1001;
	set_address(&samples[2].addresses[2], 0x30000000, 0x1800);
	together({ AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(1, PASSTHROUGH_ADDRESSES, 1, 0x20001000, 0x20002001),
		   HOST_OF(2, PASSTHROUGH_ADDRESSES, 1, 0x20002000, 0x20003000) },
		 { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_ADDRESSES, 2, 0x30000000, 0x30001000),
		   HOST_OF(2, PASSTHROUGH_ADDRESSES, 2, 0x30000000, 0x30001800) },
		 { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(1, PASSTHROUGH_ADDRESSES, 2, 0x30001000, 0x30002000),
		   HOST_OF(2, PASSTHROUGH_ADDRESSES, 2, 0x30000000, 0x30001800) });
}

static void test_host_many(void)
{
	machine_init();
	for (size_t i = 0; i < VMS; i++)
		samples[i].addresses[0].base_gpa.addr = 0xa000000;
	together({ AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000),
		   HOST_OF(1, PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000) },
		 { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000),
		   HOST_OF(2, PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000) });
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
	for (size_t i = 0; i < VMS; i++)
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

/* Eight CPUs, told as a set; an id that one VM has twice is one of them. */
static void test_eight_cpus(void)
{
	static uint64_t ids[2][9] = { { 8, 7, 6, 5, 4, 3, 2, 1, 0x900 },
				      { 1, 2, 3, 4, 5, 6, 7, 8, 0x901 } };
	char text[256];

	machine_init();
	for (size_t i = 0; i < VMS; i++) {
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
	for (size_t i = 0; i < VMS; i++) {
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
	for (size_t i = 0; i < VMS; i++) {
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

static void test_irqs(void)
{
	machine_init();
	samples[1].passthrough[1].irq_id = 33;
	together({ AXVM_FINDING_IRQ_CONFLICT,
		   NOTE,
		   33,
		   GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		   { 1, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 1, AXVM_LAYOUT_SPACE_GUEST,
		     0x9110000, 0x9111000 } });
	/* However many they share; the third VM shares one with the first. */
	samples[1].passthrough[0].irq_id = 34;
	samples[2].passthrough[0].irq_id = 34;
	together({ AXVM_FINDING_IRQ_CONFLICT,
		   NOTE,
		   33,
		   GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		   { 1, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 1, AXVM_LAYOUT_SPACE_GUEST,
		     0x9110000, 0x9111000 } },
		 { AXVM_FINDING_IRQ_CONFLICT,
		   NOTE,
		   34,
		   GUEST(PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9011000),
		   { 2, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0, AXVM_LAYOUT_SPACE_GUEST,
		     0x9200000, 0x9201000 } });
	samples[1].passthrough[0].irq_id = 43;
	samples[2].passthrough[0].irq_id = 53;
	samples[1].passthrough[1].irq_id = 0;
	samples[0].passthrough[0].irq_id = 0;
	together_nothing();
	/* That of an emulated device is no physical one. */
	samples[0].emulated[0].irq_id = 43;
	together_nothing();
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_IRQ_CONFLICT, AXVM_FINDING_IRQ_CONFLICT);
	all_seen(AXVM_FINDING_CPU_CONFLICT, AXVM_FINDING_HOST_CONFLICT);
}

int main(void)
{
	test(test_clean);
	test(test_id);
	test(test_name);
	test(test_host_memory);
	test(test_host_devices);
	test(test_host_at_0_5);
	test(test_host_at_0_7);
	test(test_hypervisor);
	test(test_several_ranges);
	test(test_several_addresses);
	test(test_host_many);
	test(test_cpus);
	test(test_cpus_by_ids);
	test(test_several_cpus);
	test(test_eight_cpus);
	test(test_odd_cpus);
	test(test_irqs);
	test(test_seen);
	return done();
}
