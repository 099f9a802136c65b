/* SPDX-License-Identifier: Apache-2.0 */
/* What VMs share, of few entries each: every pair of them, in words, and nothing left over. */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define NOTE AXVM_SEVERITY_NOTE
#define WHOLE AXVM_LAYOUT_WHOLE_TABLE
#define VMS 4

static struct sample samples[VMS];
static axvm_layout_vm vms[VMS];

/* VMs with ids of their own, and of which nothing else is known. */
static void init(void)
{
	for (size_t i = 0; i < VMS; i++) {
		sample_init(&samples[i]);
		vms[i] = (axvm_layout_vm){
			.size = sizeof(vms[i]),
			.id = i + 1,
			.interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH,
			.phys_cpu_ids = samples[i].ids,
			.phys_cpu_sets = samples[i].sets,
			.memory_regions = samples[i].memory,
			.passthrough_devices = samples[i].passthrough,
			.passthrough_addresses = samples[i].addresses,
		};
	}
}

#define among(count, ...)                                                                          \
	do {                                                                                       \
		const struct wanted list[] = { __VA_ARGS__ };                                      \
                                                                                                   \
		check_found(vms, count, list, sizeof(list) / sizeof(list[0]), __FILE__, __LINE__); \
	} while (0)
#define among_nothing(count) check_found(vms, count, NULL, 0, __FILE__, __LINE__)

/* One VM that needs no memory for its lists: it shares nothing, its id included. */
static void test_alone(void)
{
	init();
	among_nothing(1);
	vms[0].name = "one";
	among_nothing(1);
	among_nothing(0);
}

/* No more VMs are looked at than there are. */
static void test_behind(void)
{
	init();
	vms[0].name = "one";
	vms[1].name = "two";
	vms[2] = vms[0];
	among_nothing(2);
	among(3, { AXVM_FINDING_VM_ID, ERROR, 1, ENTRY_OF(0, ID, 0), ENTRY_OF(2, ID, 0) },
	      { AXVM_FINDING_VM_NAME, WARNING, 0, ENTRY_OF(0, NAME, 0), ENTRY_OF(2, NAME, 0) });
}

static void test_two(void)
{
	init();
	samples[0].ids[0] = samples[1].ids[0] = 5;
	vms[0].phys_cpu_id_count = vms[1].phys_cpu_id_count = 1;
	among(2, { AXVM_FINDING_CPU_CONFLICT, WARNING, 5, ENTRY_OF(0, PHYS_CPU_IDS, 0),
		   ENTRY_OF(1, PHYS_CPU_IDS, 0) });
	init();
	set_address(&samples[1].addresses[0], 0xa003000, 0x1000);
	vms[0].passthrough_address_count = vms[1].passthrough_address_count = 1;
	among(2, { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000),
		   HOST_OF(1, PASSTHROUGH_ADDRESSES, 0, 0xa003000, 0xa004000) });
	/* Without a length it has nothing of the host. */
	samples[0].addresses[0].base_gpa.addr = 0xa003000;
	samples[0].addresses[0].length = 0;
	among(2, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
		   GUEST(PASSTHROUGH_ADDRESSES, 0, 0xa003000, 0xa003000), NOBODY });
}

/* The first VM of a pair need not be the first of all; each pair has its own number of CPUs. */
static void test_cpus(void)
{
	init();
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
	init();
	samples[1].sets[0].bits = samples[2].sets[1].bits = 0x10;
	samples[1].sets[1].bits = samples[2].sets[0].bits = 0x20;
	vms[1].phys_cpu_set_count = vms[2].phys_cpu_set_count = 2;
	among(3, { AXVM_FINDING_CPU_CONFLICT, WARNING, 0x30, ENTRY_OF(1, PHYS_CPU_SETS, WHOLE),
		   ENTRY_OF(2, PHYS_CPU_SETS, WHOLE) });
	eq_str(findings[0].text, "shares CPUs with", "of several CPUs");
}

static void set_irqs(size_t vm, const uint64_t *irqs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t base = 0x10000000 * (vm + 1) + 0x1000 * i;

		set_passthrough(&samples[vm].passthrough[i], NULL, base, base, 0x1000, irqs[i]);
	}
	vms[vm].passthrough_device_count = count;
}

static struct owner device(size_t vm, uint32_t index)
{
	const struct owner owner = { (uint32_t)vm,
				     AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES,
				     index,
				     AXVM_LAYOUT_SPACE_GUEST,
				     0x10000000 * (vm + 1) + 0x1000 * index,
				     0x10000000 * (vm + 1) + 0x1000 * index + 0x1000 };

	return owner;
}

/* Three IRQs, one, and two that the first VM shares with each of the others. */
static void test_irqs(void)
{
	static const uint64_t irqs[VMS][4] = {
		{ 40, 41, 42, 43 }, { 42, 40, 41, 0 }, { 43, 0, 0, 0 }, { 0, 41, 42, 44 }
	};
	const char *one = "has the same physical IRQ as";
	const char *several = "is the first of several devices that share physical IRQs with";

	init();
	for (size_t vm = 0; vm < VMS; vm++)
		set_irqs(vm, irqs[vm], 4);
	among(4, { AXVM_FINDING_IRQ_CONFLICT, NOTE, 40, device(0, 0), device(1, 1) },
	      { AXVM_FINDING_IRQ_CONFLICT, NOTE, 43, device(0, 3), device(2, 0) },
	      { AXVM_FINDING_IRQ_CONFLICT, NOTE, 41, device(0, 1), device(3, 1) });
	eq_str(findings[0].text, several, "of three");
	eq_str(findings[1].text, one, "of one");
	eq_str(findings[2].text, several, "of two");
}

/* The list of one rule has nothing of that of another: a mask is no range, a pair no IRQ. */
static void test_left_over(void)
{
	static const uint64_t irqs[] = { 1 };

	init();
	samples[0].sets[0].bits = 0x40000000;
	vms[0].phys_cpu_set_count = 1;
	set_memory(&samples[1].memory[0], 0x3f000000, 0x10000000, AXVM_MEM_MAPPING_ALLOC);
	vms[1].memory_region_count = vms[1].passthrough_address_count = 1;
	among_nothing(2);

	init();
	samples[0].ids[0] = samples[1].ids[0] = 5;
	vms[0].phys_cpu_id_count = vms[1].phys_cpu_id_count = 1;
	set_irqs(0, irqs, 1);
	among(2, { AXVM_FINDING_CPU_CONFLICT, WARNING, 5, ENTRY_OF(0, PHYS_CPU_IDS, 0),
		   ENTRY_OF(1, PHYS_CPU_IDS, 0) });
}

int main(void)
{
	test(test_alone);
	test(test_behind);
	test(test_two);
	test(test_cpus);
	test(test_masks);
	test(test_irqs);
	test(test_left_over);
	return done();
}
