/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans the guest physical address space of a VM: places its memory and its devices
 * where there is room, has the result checked, and prints the map.
 *
 * usage: plan RAM[@ADDRESS] [NAME=TYPE[:SIZE][@ADDRESS]]...
 * for example: plan 512M disk=virtio-blk net=virtio-net:0x200@0xa003000
 *
 * It exits with 0; with 1 when something has no room or the check finds an error; with 2
 * when the call is wrong. Copy it: the Makefile beside it needs pkg-config and a compiler.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <axvm/types.h>

#define MAX_DEVICES 32
#define MAX_FINDINGS 16

/* Where what comes without an address goes. */
static const axvm_gpa_range memory_window = AXVM_GPA_RANGE_INIT(0x80000000, 0x8000000000);
static const axvm_gpa_range device_window = AXVM_GPA_RANGE_INIT(0x0a000000, 0x40000000);

struct entry {
	axvm_gpa_range range;
	const char *name;
	const char *what;
};

/* Takes the range at an address, or the lowest free one of the window. */
static bool place(axvm_gpa_range_list *taken, axvm_gpa_range window, const axvm_gpa *at,
		  uint64_t size, uint64_t align, axvm_gpa_range *out)
{
	bool known = at ? axvm_gpa_range_try_from_start_size(*at, size, out)
			: axvm_gpa_range_list_find_gap(taken, window, size, align, out);

	return known && axvm_gpa_range_list_claim(taken, *out) == AXVM_OK;
}

/* Cuts `NAME=TYPE[:SIZE][@ADDRESS]` into its parts; *at is NULL when there is no address. */
static bool read_device(char *text, axvm_emulated_device_config *device, axvm_gpa *address,
			const axvm_gpa **at)
{
	char *type = strchr(text, '='), *size, *where;

	if (!type || type == text)
		return false;
	*type++ = '\0';
	size = strchr(type, ':');
	where = strchr(type, '@');
	if (size)
		*size++ = '\0';
	if (where)
		*where++ = '\0';
	*at = where ? address : NULL;
	device->name = text;
	device->length = AXVM_PAGE_SIZE_4K;
	return axvm_emulated_device_type_from_name(type, &device->emu_type) &&
	       (!size || axvm_size_parse(size, &device->length)) && device->length != 0 &&
	       (!where || axvm_gpa_parse(where, address));
}

/* Prints what the check finds; false when some of it is an error. */
static bool check(const axvm_mem_config *memory, const axvm_emulated_device_config *devices,
		  size_t device_count)
{
	axvm_layout_vm vm = AXVM_LAYOUT_VM_INIT;
	axvm_finding findings[MAX_FINDINGS];
	size_t count = 0;
	bool good = true;

	vm.cpu_num = 1;
	vm.interrupt_mode = AXVM_INTERRUPT_MODE_EMULATED;
	vm.memory_regions = memory;
	vm.memory_region_count = 1;
	vm.emu_devices = devices;
	vm.emu_device_count = device_count;
	if (axvm_layout_findings(&vm, 1, NULL, findings, sizeof(findings[0]), MAX_FINDINGS,
				 &count) != AXVM_OK) {
		fprintf(stderr, "plan: the check could not run\n");
		return false;
	}
	for (size_t i = 0; i < count && i < MAX_FINDINGS; i++) {
		char text[512];

		axvm_finding_format(&findings[i], text, sizeof(text));
		printf("%s\n", text);
		good = good && findings[i].severity != AXVM_SEVERITY_ERROR;
	}
	return good && count <= MAX_FINDINGS;
}

static int by_start(const void *a, const void *b)
{
	return axvm_gpa_cmp(((const struct entry *)a)->range.start,
			    ((const struct entry *)b)->range.start);
}

static void print_map(struct entry *map, size_t count)
{
	qsort(map, count, sizeof(map[0]), by_start);
	for (size_t i = 0; i < count; i++) {
		char range[AXVM_GPA_RANGE_TEXT_SIZE], size[AXVM_SIZE_TEXT_SIZE];

		axvm_gpa_range_format(map[i].range, range, sizeof(range));
		axvm_size_format(axvm_gpa_range_size(map[i].range), size, sizeof(size));
		printf("%-32s %10s  %s (%s)\n", range, size, map[i].name, map[i].what);
	}
}

static int usage(const char *what)
{
	fprintf(stderr,
		"plan: cannot read %s\nusage: plan RAM[@ADDRESS] [NAME=TYPE[:SIZE][@ADDRESS]]...\n",
		what);
	return 2;
}

static int no_room(const char *name)
{
	fprintf(stderr, "plan: no room for %s\n", name);
	return 1;
}

int main(int argc, char **argv)
{
	axvm_gpa_range storage[MAX_DEVICES + 1];
	axvm_gpa_range_list taken;
	struct entry map[MAX_DEVICES + 1];
	axvm_mem_config memory = AXVM_MEM_CONFIG_INIT;
	axvm_emulated_device_config devices[MAX_DEVICES];
	axvm_gpa address;
	const char *rest;
	size_t count = 0;

	if (argc < 2 || argc - 2 > MAX_DEVICES)
		return usage("less than a size of RAM, or more than 32 devices");
	if (!axvm_size_parse_prefix(argv[1], &memory.size, &rest) || memory.size == 0 ||
	    (*rest == '@' ? !axvm_gpa_parse(rest + 1, &address) : *rest != '\0'))
		return usage(argv[1]);

	axvm_gpa_range_list_init(&taken, storage, MAX_DEVICES + 1);
	if (!place(&taken, memory_window, *rest == '@' ? &address : NULL, memory.size,
		   AXVM_PAGE_SIZE_2M, &map[0].range))
		return no_room(argv[1]);
	memory.gpa = map[0].range.start;
	map[0].name = "RAM";
	map[0].what = axvm_mem_mapping_type_name(memory.map_type);

	for (; count < (size_t)argc - 2; count++) {
		axvm_emulated_device_config *device = &devices[count];
		struct entry *entry = &map[count + 1];
		const axvm_gpa *at;

		axvm_emulated_device_config_init(device);
		if (!read_device(argv[count + 2], device, &address, &at))
			return usage(argv[count + 2]);
		if (!place(&taken, device_window, at, device->length, AXVM_PAGE_SIZE_4K,
			   &entry->range))
			return no_room(device->name);
		device->base_gpa = entry->range.start;
		device->irq_id = 32 + count;
		entry->name = device->name;
		entry->what = axvm_emulated_device_type_describe(device->emu_type);
	}

	print_map(map, count + 1);
	return check(&memory, devices, count) ? 0 : 1;
}
