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

/* A device, emulated or not, in the order of the sweep: by start, then by table and index. */
static uint64_t device_start(size_t i)
{
	return i < 4 ? s.emulated[i].base_gpa.addr : s.passthrough[i - 4].base_gpa.addr;
}

static uint64_t device_end(size_t i)
{
	return device_start(i) + (i < 4 ? s.emulated[i].length : s.passthrough[i - 4].length);
}

static bool devices_conflict(size_t i, size_t j)
{
	if (device_start(i) >= device_end(j) || device_start(j) >= device_end(i))
		return false;
	/* One that is empty meets nothing, though it may lie inside. */
	if (device_start(i) == device_end(i) || device_start(j) == device_end(j))
		return false;
	return i < 4 || j < 4 ||
	       s.passthrough[i - 4].base_hpa.addr - s.passthrough[i - 4].base_gpa.addr !=
		       s.passthrough[j - 4].base_hpa.addr - s.passthrough[j - 4].base_gpa.addr;
}

static size_t device_of(const axvm_finding_owner *owner)
{
	return owner->index + (owner->table == AXVM_LAYOUT_TABLE_EMU_DEVICES ? 0 : 4);
}

static void test_devices_against_pairs(void)
{
	for (int round = 0; round < 2000; round++) {
		sample_init(&s);
		s.vm.emu_device_count = s.vm.passthrough_device_count = 4;
		s.vm.passthrough_address_count = 0;
		for (size_t i = 0; i < 4; i++) {
			uint64_t base = random_below(24) * 0x1000;

			set_emulated(&s.emulated[i], NULL, random_below(24) * 0x1000,
				     random_below(2) * random_below(4) * 0x1000,
				     AXVM_EMULATED_DEVICE_VIRTIO_BLK);
			set_passthrough(&s.passthrough[i], NULL, base,
					base + random_below(3) * 0x100000,
					(1 + random_below(8)) * 0x1000, 0);
		}
		check_vms(&s.vm, 1);
		for (size_t i = 0; i < 8; i++) {
			size_t wanted = 0, reported = 0;

			for (size_t j = 0; j < 8; j++) {
				bool before = device_start(j) < device_start(i) ||
					      (device_start(j) == device_start(i) && j < i);

				if (before && devices_conflict(i, j))
					wanted = 1;
			}
			for (size_t k = 0; k < finding_count; k++) {
				size_t a = device_of(&findings[k].a), b = device_of(&findings[k].b);

				if (findings[k].code != AXVM_FINDING_DEVICE_OVERLAP)
					continue;
				ok(a < b && devices_conflict(a, b), "what is reported conflicts");
				reported += i == (device_start(a) > device_start(b) ? a : b);
			}
			eq_uint(reported, wanted, "each that meets an earlier one, once");
		}
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
	test(test_devices_against_pairs);
	test(test_long_lists);
	test(test_long_ties);
	return done();
}
