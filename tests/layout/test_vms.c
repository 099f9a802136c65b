/* SPDX-License-Identifier: Apache-2.0 */
/* What VMs share: nothing where they keep apart, and nothing left over from rule to rule. */
#include "layout_sample.h"
#include "layout_vms.h"

/* One VM that needs no memory for its lists: it shares nothing, its id included. */
static void test_alone(void)
{
	vms_init();
	among_nothing(1);
	vms[0].name = "one";
	among_nothing(1);
	among_nothing(0);
}

static void test_two(void)
{
	vms_init();
	samples[0].ids[0] = samples[1].ids[0] = 5;
	vms[0].phys_cpu_id_count = vms[1].phys_cpu_id_count = 1;
	among(2, { AXVM_FINDING_CPU_CONFLICT, WARNING, 5, ENTRY_OF(0, PHYS_CPU_IDS, 0),
		   ENTRY_OF(1, PHYS_CPU_IDS, 0) });
	vms_init();
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

/* The list of one rule has nothing of that of another: a mask is no range, a pair no IRQ. */
static void test_left_over(void)
{
	static const uint64_t irqs[] = { 1 };

	vms_init();
	samples[0].sets[0].bits = 0x40000000;
	vms[0].phys_cpu_set_count = 1;
	set_memory(&samples[1].memory[0], 0x3f000000, 0x10000000, AXVM_MEM_MAPPING_ALLOC);
	vms[1].memory_region_count = vms[1].passthrough_address_count = 1;
	among_nothing(2);

	vms_init();
	samples[0].ids[0] = samples[1].ids[0] = 5;
	vms[0].phys_cpu_id_count = vms[1].phys_cpu_id_count = 1;
	set_irqs(0, irqs, 1);
	among(2, { AXVM_FINDING_CPU_CONFLICT, WARNING, 5, ENTRY_OF(0, PHYS_CPU_IDS, 0),
		   ENTRY_OF(1, PHYS_CPU_IDS, 0) });
}

/* A VM with as many ranges as VMs come before it; one of them is a device in memory. */
static void test_as_many(void)
{
	vms_init();
	set_memory(&samples[3].memory[1], 0x60000000, 0x1000, AXVM_MEM_MAPPING_ALLOC);
	for (uint32_t vm = 2; vm < VMS; vm++) {
		vms[vm].memory_region_count = vm - 1;
		vms[vm].passthrough_device_count = 1;
		samples[vm].passthrough[0].base_gpa.addr = 0x40000000 + 0x1000 * vm;
		samples[vm].passthrough[0].base_hpa.addr = 0x40000000 + 0x1000 * vm;
		samples[vm].passthrough[0].irq_id = 0;
	}
	among(VMS,
	      { AXVM_FINDING_DEVICE_IN_MEMORY,
		ERROR,
		0,
		{ 2, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, 0, AXVM_LAYOUT_SPACE_GUEST, 0x40000000,
		  0x50000000 },
		{ 2, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0, AXVM_LAYOUT_SPACE_GUEST, 0x40002000,
		  0x40003000 } },
	      { AXVM_FINDING_DEVICE_IN_MEMORY,
		ERROR,
		0,
		{ 3, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, 0, AXVM_LAYOUT_SPACE_GUEST, 0x40000000,
		  0x50000000 },
		{ 3, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0, AXVM_LAYOUT_SPACE_GUEST, 0x40003000,
		  0x40004000 } });
}

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

int main(void)
{
	test(test_alone);
	test(test_two);
	test(test_left_over);
	test(test_as_many);
	test(test_clean);
	return done();
}
