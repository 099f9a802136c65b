/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/host-memory.c. */
#include "layout_sample.h"

#define ALL_OF_IT                                                                                  \
	{                                                                                          \
		AXVM_LAYOUT_NO_VM, AXVM_LAYOUT_TABLE_HOST_MEMORY, AXVM_LAYOUT_WHOLE_TABLE,         \
			AXVM_LAYOUT_SPACE_NONE, 0, 0                                               \
	}

static struct sample s;
static axvm_hpa_range ram[ENTRIES];

static void host_has(size_t count)
{
	limits.host_memory = ram;
	limits.host_memory_count = count;
}

static axvm_hpa_range range(uint64_t start, uint64_t end)
{
	return axvm_hpa_range_new(axvm_hpa_new(start), axvm_hpa_new(end));
}

/* The reserved region of the sample is 0x80000000..0x81000000. */
static void finds_outside(uint64_t value)
{
	finds_at_both(&s, { AXVM_FINDING_TREE_RAM, WARNING, value,
			    HOST_OF(0, MEMORY_REGIONS, 1, 0x80000000, 0x81000000), ALL_OF_IT });
}

static void test_outside(void)
{
	sample_init(&s);
	finds_nothing_at_both(&s); /* nothing is known */
	ram[0] = range(0x80000000, 0xc0000000);
	host_has(1);
	finds_nothing_at_both(&s);
	ram[0] = range(0x70000000, 0x90000000);
	finds_nothing_at_both(&s);
	ram[0] = range(0x80001000, 0xc0000000);
	finds_outside(0x80000000);
	ram[0] = range(0x40000000, 0x80fff000);
	finds_outside(0x80fff000);
	ram[0] = range(0x40000000, 0x80000000);
	finds_outside(0x80000000);
	ram[0] = range(0x81000000, 0xc0000000);
	finds_outside(0x80000000);
	ram[0] = range(0x40000000, 0x70000000);
	finds_outside(0x80000000);
}

/* A page in each of several ranges of two pages, and in the gaps of two pages around them. */
static void test_search(void)
{
	sample_init_devices(&s);
	s.vm.emu_device_count = s.vm.passthrough_device_count = s.vm.passthrough_address_count = 0;
	s.vm.memory_region_count = 1;
	for (size_t i = 0; i < 7; i++)
		ram[i] = range(0x40002000 + 0x4000 * i, 0x40004000 + 0x4000 * i);
	for (size_t count = 1; count <= 7; count++) {
		host_has(count);
		for (size_t page = 0; page < 4 * count + 4; page++) {
			uint64_t at = 0x40000000 + 0x1000 * page;

			set_memory(&s.memory[0], at, 0x1000, AXVM_MEM_MAPPING_RESERVED);
			if (page % 4 >= 2 && page / 4 < count)
				finds_nothing(&s);
			else
				finds(&s, { AXVM_FINDING_TREE_RAM, WARNING, at,
					    HOST_OF(0, MEMORY_REGIONS, 0, at, at + 0x1000),
					    ALL_OF_IT });
		}
	}
}

static bool keep_value(const axvm_finding *finding, void *ctx)
{
	if (finding->code == AXVM_FINDING_TREE_RAM)
		*(uint64_t *)ctx = finding->value;
	return true;
}

/* What is in the memory before the buffer is not taken for a range of the host. */
static void test_below_the_first(void)
{
	static uint64_t room[0x4000];
	uint64_t value = 0;

	sample_init(&s);
	ram[0] = range(0x80001000, 0xc0000000);
	host_has(1);
	memset(room, 0xff, sizeof(room));
	eq_int(axvm_layout_check(&s.vm, 1, &limits, keep_value, &value, &room[0x2000],
				 sizeof(room) / 2),
	       AXVM_OK, "check");
	eq_uint(value, 0x80000000, "the region begins outside");
}

static void test_merged(void)
{
	sample_init(&s);
	/* In no order, one within another, empty ones, and two that touch in the region. */
	ram[0] = range(0x80800000, 0xa0000000);
	ram[1] = range(0x40000000, 0x70000000);
	ram[2] = range(0x7f000000, 0x80800000);
	ram[3] = range(0x7f001000, 0x7f002000);
	ram[4] = range(0x10000000, 0x10000000);
	host_has(5);
	finds_nothing_at_both(&s);
	ram[0].start.addr = 0x80801000;
	finds_outside(0x80800000);
	ram[4] = range(0x80800000, 0x80801000);
	finds_nothing_at_both(&s);
	ram[2].end.addr = ram[4].end.addr = 0x80800000;
	finds_outside(0x80800000);
}

static void test_kinds(void)
{
	sample_init(&s);
	ram[0] = range(0x90000000, 0xd0000000);
	host_has(1);
	s.memory[1].size = 0x80000000; /* what does not count is no matter of this rule */
	s.memory[1].gpa.addr = UINT64_MAX - 0xfff;
	check_vms(&s.vm, 1);
	for (size_t i = 0; i < finding_count; i++)
		ok(findings[i].code != AXVM_FINDING_TREE_RAM, "an end that does not fit");
	sample_init(&s);
	host_has(1);
	s.memory[1].map_type = AXVM_MEM_MAPPING_ALLOC;
	finds_nothing_at_both(&s); /* allocated wherever there is memory */
	s.memory[1].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	check_vms(&s.vm, 1);
	for (size_t i = 0; i < finding_count; i++)
		ok(findings[i].code != AXVM_FINDING_TREE_RAM, "identical, too");
}

/* The sample has 0x10000000 bytes of type alloc. */
static void test_too_large(void)
{
	sample_init(&s);
	s.vm.memory_region_count = 1;
	ram[0] = range(0x40000000, 0x4f000000);
	ram[1] = range(0x90000000, 0x91000000);
	host_has(2);
	finds_nothing_at_both(&s);
	ram[1].end.addr -= 0x1000;
	finds_at_both(&s, { AXVM_FINDING_TREE_RAM, WARNING, 0xffff000,
			    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000), ALL_OF_IT });
	ram[1] = range(0x40000000, 0x4f000000); /* counted once */
	finds_at_both(&s, { AXVM_FINDING_TREE_RAM, WARNING, 0xf000000,
			    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000), ALL_OF_IT });
	ram[0] = ram[1] = range(0, 0);
	finds_at_both(&s, { AXVM_FINDING_TREE_RAM, WARNING, 0,
			    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000), ALL_OF_IT });
	ram[0] = range(0, UINT64_MAX);
	finds_nothing_at_both(&s);
}

static void test_vms(void)
{
	static struct sample other;
	axvm_layout_vm vms[2];
	const struct wanted wanted[] = {
		{ AXVM_FINDING_TREE_RAM,
		  WARNING,
		  0x1fffffff,
		  { 1, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, 0, AXVM_LAYOUT_SPACE_GUEST, 0x40000000,
		    0x50000000 },
		  ALL_OF_IT },
	};

	sample_init(&other);
	sample_init(&s);
	s.vm.memory_region_count = other.vm.memory_region_count = 1;
	s.vm.flags = other.vm.flags = 0;
	s.vm.passthrough_device_count = s.vm.passthrough_address_count = 0;
	other.ids[0] = 0x200;
	other.ids[1] = 0x300;
	other.sets[0].bits = 4;
	other.sets[1].bits = 8;
	other.vm.id = 8;
	other.vm.name = "other";
	vms[0] = s.vm;
	vms[1] = other.vm;
	ram[0] = range(0x1000, 0x20001000);
	host_has(1);
	check_found(vms, 2, NULL, 0, __FILE__, __LINE__);
	ram[0].end.addr--;
	check_found(vms, 2, wanted, 1, __FILE__, __LINE__);
	/* What still fits is taken, and what does not is reported once. */
	other.memory[1].map_type = other.memory[2].map_type = AXVM_MEM_MAPPING_ALLOC;
	set_memory(&other.memory[2], 0x90000000, 0x20000000, AXVM_MEM_MAPPING_ALLOC);
	vms[1].memory_region_count = 3;
	check_found(vms, 2, wanted, 1, __FILE__, __LINE__);
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_TREE_RAM, AXVM_FINDING_TREE_RAM);
}

int main(void)
{
	test(test_outside);
	test(test_search);
	test(test_below_the_first);
	test(test_merged);
	test(test_kinds);
	test(test_too_large);
	test(test_vms);
	test(test_seen);
	return done();
}
