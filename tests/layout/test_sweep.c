/* SPDX-License-Identifier: Apache-2.0 */
/* The sweeps of the layout check against all pairs, and lists that are long. */
#include "layout_pairs.h"
#include "layout_sample.h"

static struct sample s;

static uint64_t random_state = UINT64_C(0x9e3779b97f4a7c15);

static uint64_t random_below(uint64_t limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state % limit;
}

static struct pair_items items;

/* What was found of a code is what a look at each pair says. */
static void compare(axvm_finding_code code)
{
	const char *wrong = pairs_differ(&items, code, findings, finding_count);

	ok(!wrong, wrong ? wrong : axvm_finding_code_name(code));
}

/* Up to so many regions, that begin at so many places. */
static void check_against_pairs(int rounds, size_t most, uint64_t places)
{
	for (int round = 0; round < rounds; round++) {
		sample_init(&s);
		s.vm.flags = 0;
		s.vm.emu_device_count = s.vm.passthrough_device_count = 0;
		s.vm.passthrough_address_count = 0;
		s.vm.phys_cpu_id_count = s.vm.phys_cpu_set_count = 0;
		s.vm.memory_region_count = 1 + (size_t)random_below(most);
		for (size_t i = 0; i < s.vm.memory_region_count; i++)
			set_memory(&s.memory[i], random_below(places) * 0x1000,
				   (1 + random_below(8)) * 0x1000, AXVM_MEM_MAPPING_ALLOC);
		check_vms(&s.vm, 1);
		pair_guest_items(&items, &s.vm, 0, limits.model);
		compare(AXVM_FINDING_MEMORY_OVERLAP);
	}
}

static void test_against_pairs(void)
{
	check_against_pairs(2000, 8, 24);
}

/* Runs of 16 are merged; many begin at one place, where the order of the table counts. */
static void test_ties_against_pairs(void)
{
	check_against_pairs(60, ENTRIES, 5);
	check_against_pairs(60, ENTRIES, 100);
}

static void fill_with_random(axvm_reserved_address_config *reserved, size_t reserved_count)
{
	static const axvm_emulated_device_type types[] = { AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR,
							   AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR,
							   AXVM_EMULATED_DEVICE_X86_IO_APIC,
							   AXVM_EMULATED_DEVICE_DUMMY };
	const uint64_t lowest = 0x7ff0000, unit = 0x400, places = 120;

	s.vm.emu_device_count = s.vm.passthrough_device_count = 4;
	for (size_t i = 0; i < s.vm.memory_region_count; i++)
		set_memory(&s.memory[i], lowest + random_below(places / 4) * 0x1000,
			   (1 + random_below(4)) * 0x1000, AXVM_MEM_MAPPING_ALLOC);
	for (size_t i = 0; i < 4; i++) {
		uint64_t base = lowest + random_below(places) * unit;

		set_emulated(&s.emulated[i], NULL, lowest + random_below(places) * unit,
			     random_below(2) * random_below(8) * unit, types[random_below(4)]);
		set_passthrough(&s.passthrough[i], NULL, base, base + random_below(2) * 0x100000,
				(1 + random_below(12)) * unit, 0);
	}
	if (random_below(4) == 0)
		s.emulated[random_below(4)].emu_type = AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER;
	if (random_below(4) == 0)
		set_passthrough(&s.passthrough[0], "/", 0, 0, 0, 0);
	s.vm.passthrough_address_count = 2;
	for (size_t i = 0; i < s.vm.passthrough_address_count; i++)
		set_address(&s.addresses[i], lowest + random_below(places) * unit,
			    random_below(8) * unit);
	for (size_t i = 0; i < reserved_count; i++) {
		reserved[i].base_gpa.addr = lowest + random_below(places) * unit;
		reserved[i].length = random_below(8) * unit;
	}
	s.vm.reserved_addresses = reserved;
	s.vm.reserved_address_count = reserved_count;
}

static void check_devices_against_pairs(axvm_model model)
{
	for (int round = 0; round < 2000; round++) {
		axvm_reserved_address_config reserved[2];

		sample_init(&s);
		fill_with_random(reserved, 2);
		limits.model = model;
		check_vms(&s.vm, 1);
		pair_guest_items(&items, &s.vm, 0, model);
		compare(AXVM_FINDING_MEMORY_OVERLAP);
		compare(AXVM_FINDING_DEVICE_IN_MEMORY);
		compare(AXVM_FINDING_DEVICE_OVERLAP);
	}
}

static void test_devices_against_pairs_0_5(void)
{
	check_devices_against_pairs(AXVM_MODEL_0_5);
}

static void test_devices_against_pairs_0_7(void)
{
	check_devices_against_pairs(AXVM_MODEL_0_7);
}

static void test_devices_against_pairs_0_7_3(void)
{
	check_devices_against_pairs(AXVM_MODEL_0_7_3);
}

/* What two VMs and the hypervisor have of the host, and what one VM has of it twice. */
static void check_hosts_against_pairs(axvm_model model)
{
	for (int round = 0; round < 500; round++) {
		static struct sample samples[2];
		axvm_reserved_address_config reserved[2];
		axvm_hpa_range hypervisor[2];
		axvm_layout_vm vms[2];

		for (size_t v = 0; v < 2; v++) {
			sample_init(&s);
			fill_with_random(reserved, 0);
			s.memory[random_below(2)].map_type = AXVM_MEM_MAPPING_RESERVED;
			samples[v] = s;
			samples[v].vm.memory_regions = samples[v].memory;
			samples[v].vm.emu_device_count = 0;
			samples[v].vm.passthrough_devices = samples[v].passthrough;
			samples[v].vm.passthrough_addresses = samples[v].addresses;
			vms[v] = samples[v].vm;
			vms[v].id = v;
			hypervisor[v].start.addr = 0x7ff0000 + random_below(120) * 0x400;
			hypervisor[v].end.addr = hypervisor[v].start.addr + random_below(3) * 0x400;
		}
		limits.model = model;
		limits.hypervisor = hypervisor;
		limits.hypervisor_count = 2;
		check_vms(vms, 2);
		pair_host_items(&items, vms, 2, &limits);
		compare(AXVM_FINDING_HOST_CONFLICT);
		for (size_t v = 0; v < 2; v++) {
			pair_host_twice_items(&items, &vms[v], v, model);
			compare(AXVM_FINDING_DEVICE_HOST_TWICE);
		}
	}
}

static void test_hosts_against_pairs(void)
{
	check_hosts_against_pairs(AXVM_MODEL_0_5);
	check_hosts_against_pairs(AXVM_MODEL_0_7);
	check_hosts_against_pairs(AXVM_MODEL_0_7_3);
}

/* Ports that meet, at 0.7: byte by byte, with those that are emulated. */
static void test_ports_against_pairs(void)
{
	for (int round = 0; round < 2000; round++) {
		axvm_passthrough_port_config ports[8];

		sample_init(&s);
		limits.model = AXVM_MODEL_0_7;
		s.vm.emu_device_count = s.vm.passthrough_device_count = 0;
		s.vm.passthrough_ports = ports;
		s.vm.passthrough_port_count = 8;
		items.count = 0;
		if (random_below(2) == 0) {
			set_emulated(&s.emulated[0], NULL, 0x3f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
			s.vm.emu_device_count = 1;
			pair_add(&items, 0, AXVM_LAYOUT_TABLE_EMU_DEVICES, 0, 0x3f8, 8, 0,
				 PAIR_BYTES);
		}
		for (uint32_t i = 0; i < 8; i++) {
			ports[i].base = (uint16_t)(0x3c0 + random_below(100));
			ports[i].length = (uint16_t)(1 + random_below(8));
			pair_add(&items, 0, AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS, i, ports[i].base,
				 ports[i].length, 0, PAIR_BYTES);
		}
		check_vms(&s.vm, 1);
		compare(AXVM_FINDING_PORT_CONFLICT);
	}
}

/* Long lists, which are merged, of names that differ in their last byte and of numbers. */
static void test_long_lists(void)
{
	enum { COUNT = 1000 };
	static axvm_passthrough_device_config devices[COUNT];
	static char names[COUNT][24];
	size_t count, names_twice = 0, irqs_twice = 0;
	axvm_finding *found = calloc(COUNT, 2 * sizeof(*found));

	if (!ok(found != NULL, "memory"))
		return;
	sample_init(&s);
	for (size_t i = 0; i < COUNT; i++) {
		/* All but the last two differ; 7 has no factor in common with 1000. */
		size_t n = (i == COUNT - 1 ? 5 : i) * 7 % COUNT;

		snprintf(names[i], sizeof(names[i]), "device-with-%zu", n);
		set_passthrough(&devices[i], names[i], 0x100000000 + n * 0x1000,
				0x100000000 + n * 0x1000, 0x1000, n + 1);
	}
	devices[COUNT - 1].length = 0x2000;
	s.vm.passthrough_devices = devices;
	s.vm.passthrough_device_count = COUNT;
	/* None of type alloc, which would be a note. */
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, found, sizeof(*found), 2 * COUNT, &count),
	       AXVM_OK, "check");
	eq_uint(count, 2, "one name and one IRQ are there twice; the ranges are merged");
	for (size_t i = 0; i < count && i < 2 * COUNT; i++) {
		names_twice += found[i].code == AXVM_FINDING_DEVICE_NAME;
		irqs_twice += found[i].code == AXVM_FINDING_IRQ_SHARED;
		eq_uint(found[i].a.index, 5, "the first of them");
		eq_uint(found[i].b.index, COUNT - 1, "the second");
	}
	eq_uint(names_twice, 1, "the name");
	eq_uint(irqs_twice, 1, "the IRQ");
	free(found);
}

/* Of one name, and of one number, each later one is reported against the first, in order. */
static void test_long_ties(void)
{
	static char names[ENTRIES][24];
	size_t twice = 0;

	sample_init(&s);
	s.vm.emu_device_count = s.vm.passthrough_address_count = 0;
	s.vm.passthrough_device_count = ENTRIES;
	for (size_t i = 0; i < ENTRIES; i++) {
		uint64_t base = UINT64_C(0x100000000) + i * 0x1000;

		/* Three names that differ past what is compared as a number. */
		snprintf(names[i], sizeof(names[i]), "device-with-%c", "bac"[i % 3]);
		set_passthrough(&s.passthrough[i], names[i], base, base, 0x1000, 0);
	}
	check_vms(&s.vm, 1);
	eq_uint(finding_count, ENTRIES - 3, "all but the first of each name");
	for (size_t k = 0; k < finding_count && k < MAX_FINDINGS; k++) {
		size_t of = k / (ENTRIES / 3 - 1), which = k % (ENTRIES / 3 - 1);
		static const uint32_t first[] = { 1, 0, 2 }; /* a, b, c */

		twice += findings[k].code == AXVM_FINDING_DEVICE_NAME;
		eq_uint(findings[k].a.index, first[of], "the first of that name");
		eq_uint(findings[k].b.index, first[of] + 3 * (which + 1), "then the next one");
	}
	eq_uint(twice, ENTRIES - 3, "names");

	s.vm.cpu_num = ENTRIES;
	s.vm.phys_cpu_id_count = ENTRIES;
	s.vm.phys_cpu_set_count = s.vm.passthrough_device_count = 0;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
	for (size_t i = 0; i < ENTRIES; i++)
		s.ids[i] = 0x100 * (i % 2);
	check_vms(&s.vm, 1);
	eq_uint(finding_count, ENTRIES - 2, "all but the first of each id");
	for (size_t k = 0; k < finding_count && k < MAX_FINDINGS; k++) {
		uint32_t of = k < ENTRIES / 2 - 1 ? 0 : 1;
		uint32_t which = (uint32_t)k - of * (ENTRIES / 2 - 1);

		eq_uint(findings[k].value, 0x100 * of, "the id");
		eq_uint(findings[k].a.index, of, "the first of that id");
		eq_uint(findings[k].b.index, of + 2 * (which + 1), "then the next one");
	}
}

int main(void)
{
	test(test_against_pairs);
	test(test_ties_against_pairs);
	test(test_devices_against_pairs_0_5);
	test(test_devices_against_pairs_0_7);
	test(test_devices_against_pairs_0_7_3);
	test(test_hosts_against_pairs);
	test(test_ports_against_pairs);
	test(test_long_lists);
	test(test_long_ties);
	return done();
}
