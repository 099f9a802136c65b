/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Describes a virtual machine by libaxvm-types, sees that no two of its ranges
 * share a page, and prints its guest physical memory map.
 *
 * Copy it: the Makefile beside it needs pkg-config and a compiler.
 */
#include <stdio.h>
#include <stdlib.h>

#include <axvm/types.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const axvm_mem_config memory[] = {
	{ AXVM_GPA_INIT(0x80000000), 0x10000000, 0x7, AXVM_MEM_MAPPING_ALLOC },
	{ AXVM_GPA_INIT(0x9f000000), 0x100000, 0x7, AXVM_MEM_MAPPING_RESERVED },
};

static const uint64_t plic_contexts[] = { 4 };

static const axvm_emulated_device_config emulated[] = {
	{ "plic", AXVM_GPA_INIT(0x0c000000), 0x4000000, 0, AXVM_EMULATED_DEVICE_PPPT_GLOBAL,
	  plic_contexts, COUNT(plic_contexts) },
};

static const axvm_passthrough_device_config passthrough[] = {
	{ "uart", AXVM_GPA_INIT(0x10000000), AXVM_HPA_INIT(0x10000000), 0x100, 10 },
	{ "rtc", AXVM_GPA_INIT(0x00101000), AXVM_HPA_INIT(0x00101000), 0x1000, 11 },
};

/* What the map shows of a memory region or a device. */
struct entry {
	axvm_gpa_range range;
	const char *what;
	const char *name;
};

static struct entry map[COUNT(memory) + COUNT(emulated) + COUNT(passthrough)];
static size_t entries;

static void add(bool fits, axvm_gpa_range range, const char *what, const char *name)
{
	if (!fits) {
		fprintf(stderr, "vm-map: %s %s: the range does not fit\n", what, name);
		exit(1);
	}
	map[entries].range = range;
	map[entries].what = what;
	map[entries].name = name;
	entries++;
}

static int by_start(const void *a, const void *b)
{
	return axvm_gpa_cmp(((const struct entry *)a)->range.start,
			    ((const struct entry *)b)->range.start);
}

/* The pages of an entry: two owners cannot share one. */
static axvm_gpa_range pages(const struct entry *entry)
{
	axvm_gpa_range range;

	if (!axvm_gpa_range_page_expand(entry->range, AXVM_PAGE_SIZE_4K, &range))
		return entry->range;
	return range;
}

int main(void)
{
	axvm_vcpu_set cpus = axvm_vcpu_set_mask(4);
	axvm_gpa_range range = AXVM_GPA_RANGE_INIT(0, 0);
	char text[64];
	int status = 0;

	for (size_t i = 0; i < COUNT(memory); i++) {
		bool fits = axvm_mem_config_range(&memory[i], &range);

		add(fits, range, "memory", axvm_mem_mapping_type_name(memory[i].map_type));
	}
	for (size_t i = 0; i < COUNT(emulated); i++) {
		bool fits = axvm_emulated_device_config_range(&emulated[i], &range);

		add(fits, range, axvm_emulated_device_type_describe(emulated[i].emu_type),
		    emulated[i].name);
	}
	for (size_t i = 0; i < COUNT(passthrough); i++) {
		bool fits = axvm_passthrough_device_config_range(&passthrough[i], &range);

		add(fits, range, "passthrough device", passthrough[i].name);
	}
	qsort(map, entries, sizeof(map[0]), by_start);

	axvm_vcpu_set_format_list(cpus, text, sizeof(text));
	printf("a %s guest on host CPUs %s\n", axvm_vm_type_name(AXVM_VM_TYPE_LINUX), text);
	for (size_t i = 0; i < entries; i++) {
		axvm_gpa_range_format(map[i].range, text, sizeof(text));
		printf("%-32s %-32s %s\n", text, map[i].what, map[i].name);
		if (i + 1 < entries && axvm_gpa_range_overlaps(pages(&map[i]), pages(&map[i + 1]))) {
			printf("  shares a page with the next one\n");
			status = 1;
		}
	}
	return status;
}
