/* SPDX-License-Identifier: Apache-2.0 */
/* The sweeps of the layout check against all pairs, and lists that are long. */
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

/* The pages of an owner. */
static axvm_gpa_range pages_of(const axvm_finding_owner *owner)
{
	axvm_gpa_range r = AXVM_GPA_RANGE_INIT(owner->start, owner->end), pages = r;

	ok(axvm_gpa_range_page_expand(r, AXVM_PAGE_SIZE_4K, &pages), "pages");
	return pages;
}

/* What the sweep must have found, by looking at each pair. */
static void compare_with_pairs(void)
{
	axvm_gpa_range r[ENTRIES];
	size_t count = s.vm.memory_region_count;

	for (size_t i = 0; i < count; i++)
		ok(axvm_mem_config_range(&s.memory[i], &r[i]), "range");
	for (size_t i = 0; i < count; i++) {
		size_t owner = SIZE_MAX, reported = 0;

		/* The furthest of those before it, in order of start and place. */
		for (size_t j = 0; j < count; j++) {
			if (j == i || r[j].start.addr > r[i].start.addr ||
			    (r[j].start.addr == r[i].start.addr && j > i) ||
			    !axvm_gpa_range_overlaps(r[i], r[j]))
				continue;
			if (owner == SIZE_MAX || r[j].end.addr > r[owner].end.addr)
				owner = j;
		}
		for (size_t k = 0; k < finding_count; k++) {
			const axvm_finding *f = &findings[k];
			axvm_gpa_range a = pages_of(&f->a), b = pages_of(&f->b);
			bool b_later = b.start.addr > a.start.addr ||
				       (b.start.addr == a.start.addr && f->b.index > f->a.index);
			size_t later = b_later ? f->b.index : f->a.index;
			size_t other = b_later ? f->a.index : f->b.index;

			ok(f->a.index < f->b.index, "a stands before b");
			if (f->code != AXVM_FINDING_MEMORY_OVERLAP || later != i)
				continue;
			reported++;
			ok(owner != SIZE_MAX && r[other].end.addr == r[owner].end.addr,
			   "it is reported against the furthest end");
		}
		eq_uint(reported, owner != SIZE_MAX, "once if it meets an earlier one, else not");
	}
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
		compare_with_pairs();
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

/* What takes part: pages, but of emulated devices bytes at 0.5. */
struct item {
	uint64_t start, end;
	uint64_t offset;
	axvm_layout_table table;
	uint32_t index;
};

static struct item items[ENTRIES];
static size_t item_count;

static void add_item(axvm_layout_table table, size_t index, uint64_t start, uint64_t end,
		     uint64_t offset, bool by_pages)
{
	const uint64_t page = AXVM_PAGE_SIZE_4K;

	if (start == end)
		return;
	items[item_count].start = by_pages ? start / page * page : start;
	items[item_count].end = by_pages ? (end + page - 1) / page * page : end;
	items[item_count].offset = offset;
	items[item_count].table = table;
	items[item_count++].index = (uint32_t)index;
}

/* 0.5 maps a length, rounded up, from the beginning of the first page. */
static void add_mapped(axvm_layout_table table, size_t index, uint64_t start, uint64_t length,
		       uint64_t offset)
{
	if (limits.model == AXVM_MODEL_0_5)
		start -= start % AXVM_PAGE_SIZE_4K;
	add_item(table, index, start, start + length, offset, true);
}

static void add_items(void)
{
	bool dropped = s.passthrough[0].length == 0;

	item_count = 0;
	for (size_t i = 0; i < s.vm.memory_region_count; i++)
		add_item(AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i, s.memory[i].gpa.addr,
			 s.memory[i].gpa.addr + s.memory[i].size, 0, true);
	for (size_t i = 0; i < s.vm.emu_device_count; i++) {
		const axvm_emulated_device_config *device = &s.emulated[i];
		uint64_t start = device->base_gpa.addr, length = device->length;

		if (device->emu_type == AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER && length != 0) {
			start = 0x8000000;
			length = 0x10000;
		}
		if (device->emu_type != AXVM_EMULATED_DEVICE_DUMMY)
			add_item(AXVM_LAYOUT_TABLE_EMU_DEVICES, i, start, start + length, 0,
				 limits.model != AXVM_MODEL_0_5);
	}
	for (size_t i = 0; i < s.vm.passthrough_device_count && !dropped; i++)
		add_mapped(AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
			   s.passthrough[i].base_gpa.addr, s.passthrough[i].length,
			   s.passthrough[i].base_hpa.addr - s.passthrough[i].base_gpa.addr);
	for (size_t i = 0; i < s.vm.passthrough_address_count; i++)
		add_mapped(AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, i, s.addresses[i].base_gpa.addr,
			   s.addresses[i].length, 0);
	for (size_t i = 0; i < s.vm.reserved_address_count; i++) {
		const axvm_reserved_address_config *reserved = &s.vm.reserved_addresses[i];

		if (limits.model != AXVM_MODEL_0_5)
			add_item(AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES, i, reserved->base_gpa.addr,
				 reserved->base_gpa.addr + reserved->length, 0, true);
	}
}

static bool is_memory(const struct item *item)
{
	return item->table == AXVM_LAYOUT_TABLE_MEMORY_REGIONS;
}

static bool is_mapped(const struct item *item)
{
	return item->table == AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES ||
	       item->table == AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES;
}

/* Whether two of them may not meet, by that code, and do. */
static bool conflict(axvm_finding_code code, const struct item *a, const struct item *b)
{
	if (a->start >= b->end || b->start >= a->end)
		return false;
	if (code == AXVM_FINDING_DEVICE_IN_MEMORY)
		return is_memory(a) != is_memory(b);
	return !is_memory(a) && !is_memory(b) &&
	       !(is_mapped(a) && is_mapped(b) && a->offset == b->offset);
}

/* In the order of the sweep: by start, then by table and index, which is that of items. */
static bool item_is_before(size_t i, size_t j)
{
	return items[i].start < items[j].start || (items[i].start == items[j].start && i < j);
}

static size_t item_of(const axvm_finding_owner *owner)
{
	size_t i = 0;

	while (i < item_count &&
	       (items[i].table != owner->table || items[i].index != owner->index))
		i++;
	return i;
}

/* Each one that meets an earlier one is told once, against one that reaches furthest. */
static void compare_item(axvm_finding_code code, size_t i)
{
	size_t reported = 0;
	uint64_t furthest = 0;

	for (size_t j = 0; j < item_count; j++) {
		if (item_is_before(j, i) && conflict(code, &items[i], &items[j]) &&
		    items[j].end > furthest)
			furthest = items[j].end;
	}
	for (size_t k = 0; k < finding_count && k < MAX_FINDINGS; k++) {
		size_t a = item_of(&findings[k].a), b = item_of(&findings[k].b);
		size_t later = a < item_count && b < item_count && item_is_before(a, b) ? b : a;

		if (findings[k].code != code || later != i)
			continue;
		reported++;
		if (ok(a < b && b < item_count, "both take part, in table order"))
			eq_uint(items[later == a ? b : a].end, furthest, "the furthest end");
	}
	eq_uint(reported, furthest != 0, "each that meets an earlier one, once");
}

static void fill_with_random(axvm_reserved_address_config *reserved, size_t reserved_count)
{
	static const axvm_emulated_device_type types[] = {
		AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR, AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR,
		AXVM_EMULATED_DEVICE_X86_IO_APIC, AXVM_EMULATED_DEVICE_DUMMY
	};
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
		add_items();
		for (size_t i = 0; i < item_count; i++) {
			compare_item(AXVM_FINDING_DEVICE_OVERLAP, i);
			compare_item(AXVM_FINDING_DEVICE_IN_MEMORY, i);
		}
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
		item_count = 0;
		if (random_below(2) == 0) {
			set_emulated(&s.emulated[0], NULL, 0x3f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
			s.vm.emu_device_count = 1;
			add_item(AXVM_LAYOUT_TABLE_EMU_DEVICES, 0, 0x3f8, 0x400, 0, false);
		}
		for (uint32_t i = 0; i < 8; i++) {
			ports[i].base = (uint16_t)(0x3c0 + random_below(100));
			ports[i].length = (uint16_t)(1 + random_below(8));
			add_item(AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS, i, ports[i].base,
				 ports[i].base + ports[i].length, 0, false);
		}
		check_vms(&s.vm, 1);
		for (size_t i = 0; i < item_count; i++)
			compare_item(AXVM_FINDING_PORT_CONFLICT, i);
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
	test(test_ports_against_pairs);
	test(test_long_lists);
	test(test_long_ties);
	return done();
}
