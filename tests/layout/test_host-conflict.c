/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/host-conflict.c about ranges. */
#include "layout_sample.h"
#include "layout_vms.h"

static void test_host_memory(void)
{
	machine_init();
	samples[1].memory[1].gpa.addr -= 0x1000;
	together({ AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, MEMORY_REGIONS, 1, 0x80000000, 0x81000000),
		   HOST_OF(1, MEMORY_REGIONS, 1, 0x80fff000, 0x81fff000) });
	/* The places of these are not known, or chosen by the hypervisor. */
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
	const uint32_t nobody = AXVM_LAYOUT_NO_VM;
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
	const uint32_t nobody = AXVM_LAYOUT_NO_VM;
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
	for (size_t i = 0; i < TOGETHER; i++) {
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
	for (size_t i = 0; i < TOGETHER; i++)
		samples[i].addresses[0].base_gpa.addr = 0xa000000;
	together({ AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000),
		   HOST_OF(1, PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000) },
		 { AXVM_FINDING_HOST_CONFLICT, ERROR, 0,
		   HOST_OF(0, PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000),
		   HOST_OF(2, PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa004000) });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_HOST_CONFLICT, AXVM_FINDING_HOST_CONFLICT);
}

int main(void)
{
	test(test_host_memory);
	test(test_host_devices);
	test(test_host_at_0_5);
	test(test_host_at_0_7);
	test(test_hypervisor);
	test(test_several_ranges);
	test(test_several_addresses);
	test(test_host_many);
	test(test_seen);
	return done();
}
