/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of a VMM before the first vCPU runs: reads a configuration, places memory and devices,
 * has the layout checked, maps the memory, loads a kernel into it, and prints the map.
 *
 * usage: vmm [-m SIZE[@ADDRESS]] [-c CPUS] [-p NAME=RANGE]... KERNEL
 * for example: vmm -m 512@1G -c 2-3 -p uart=0x9000000+4K Image
 *
 * SIZE is in MiB without a suffix. -p passes a device of the host through, at its host address. It
 * exits with 0; with 1 when something does not work out; with 2 when the call is wrong. Copy it:
 * the Makefile beside it needs pkg-config and a compiler.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <axvm/types.h>

#define MOST 8 /* devices */
#define MIB UINT64_C(0x100000)
#define KERNEL_OFFSET AXVM_PAGE_SIZE_2M

static const axvm_gpa_range memory_window = AXVM_GPA_RANGE_INIT(0x40000000, 0x100000000);

static axvm_mem_config memory = AXVM_MEM_CONFIG_INIT;
static axvm_passthrough_device_config passthrough[MOST];
static size_t passthrough_count;
static axvm_vcpu_set cpus = AXVM_VCPU_SET_INIT(1);
static bool memory_has_place;

/* Says what an argument lacks, and where; the exit status of a wrong call. */
static int wrong(int option, axvm_text_kind kind, const char *text)
{
	size_t where = 0;
	axvm_error error = axvm_text_check(kind, text, &where);

	fprintf(stderr, "vmm: -%c: %s\n    %s\n    %*s^\n", option,
		error == AXVM_OK ? "not accepted here" : axvm_error_message(error), text,
		(int)where, "");
	return 2;
}

static int failed(const char *what, axvm_error error)
{
	fprintf(stderr, "vmm: %s: %s\n", what ? what : "layout check", axvm_error_message(error));
	return 1;
}

static int read_memory(const char *text)
{
	const char *rest = text;
	uint64_t address = 0;

	memory_has_place = strchr(text, '@') != NULL;
	if (!axvm_size_parse_unit_prefix(text, MIB, &memory.size, &rest) || memory.size == 0 ||
	    (*rest != '\0' && *rest != '@'))
		return wrong('m', AXVM_TEXT_SIZE, text);
	if (*rest == '@' && !axvm_size_parse_unit(rest + 1, 1, &address))
		return wrong('m', AXVM_TEXT_SIZE, rest + 1);
	memory.gpa = axvm_gpa_new(address);
	return 0;
}

static int read_passthrough(char *text)
{
	char *range_text = strchr(text, '=');
	axvm_passthrough_device_config *device = &passthrough[passthrough_count++];
	axvm_hpa_range range;

	if (!range_text)
		return wrong('p', AXVM_TEXT_HPA_RANGE, text);
	*range_text++ = '\0';
	if (!axvm_hpa_range_parse(range_text, &range))
		return wrong('p', AXVM_TEXT_HPA_RANGE, range_text);
	axvm_passthrough_device_config_init(device);
	device->name = text;
	device->base_hpa = range.start;
	device->base_gpa = axvm_gpa_new(axvm_hpa_value(range.start));
	device->length = axvm_hpa_range_size(range);
	device->irq_id = 32 + passthrough_count;
	return 0;
}

static int place(void)
{
	axvm_gpa_range storage[MOST + 1], range;
	axvm_gpa_range_list taken;
	axvm_error error;

	axvm_gpa_range_list_init(&taken, storage, MOST + 1);
	for (size_t i = 0; i < passthrough_count; i++) {
		if (!axvm_passthrough_device_config_range(&passthrough[i], &range))
			return failed(passthrough[i].name, AXVM_ERROR_OUT_OF_RANGE);
		error = axvm_gpa_range_list_claim(&taken, range);
		if (error != AXVM_OK)
			return failed(passthrough[i].name, error);
	}
	/* From the top of the window, or where it was asked for. */
	if (memory_has_place
		    ? !axvm_mem_config_range(&memory, &range)
		    : !axvm_gpa_range_list_find_gap_high(&taken, memory_window, memory.size,
							 AXVM_PAGE_SIZE_2M, &range))
		return failed("memory", AXVM_ERROR_OUT_OF_RANGE);
	error = axvm_gpa_range_list_claim(&taken, range);
	if (error != AXVM_OK)
		return failed("memory", error);
	memory.gpa = range.start;
	return 0;
}

static int check_layout(axvm_gpa kernel, uint64_t kernel_size)
{
	axvm_finding findings[16];
	axvm_layout_limits limits;
	axvm_layout_vm vm;
	size_t count = 0;
	axvm_error error;
	int status = 0;

	axvm_layout_vm_init(&vm);
	axvm_layout_limits_init(&limits);
	/* The last version whose devices have addresses: later ones go by device tree path. */
	limits.model = AXVM_MODEL_0_7;
	vm.cpu_num = axvm_vcpu_set_len(cpus);
	vm.interrupt_mode = AXVM_INTERRUPT_MODE_EMULATED;
	vm.memory_regions = &memory;
	vm.memory_region_count = 1;
	vm.passthrough_devices = passthrough;
	vm.passthrough_device_count = passthrough_count;
	vm.entry_point = vm.kernel_load_addr = kernel;
	vm.kernel_size = kernel_size;
	vm.flags = AXVM_LAYOUT_HAS_ENTRY_POINT | AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR;
	error = axvm_layout_findings(&vm, 1, &limits, findings, sizeof(findings[0]), 16, &count);
	if (error != AXVM_OK)
		return failed(axvm_layout_problem(&vm, 1, &limits), error);
	for (size_t i = 0; i < count && i < 16; i++) {
		char text[512];

		/* A note is for whoever chose the layout; here the options did. */
		if (findings[i].severity == AXVM_SEVERITY_NOTE)
			continue;
		axvm_finding_format(&findings[i], text, sizeof(text));
		fprintf(stderr, "%s\n", text);
		if (findings[i].severity == AXVM_SEVERITY_ERROR)
			status = 1;
	}
	return status;
}

/* Straight from the file into the guest, and zeros up to the end of the last page. */
static int load(int image, const char *name, const axvm_guest_region *ram, axvm_gpa at,
		uint64_t length)
{
	void *to = axvm_guest_memory_at(ram, 1, at, length);
	axvm_gpa end = axvm_gpa_wrapping_add(at, length), page_end;
	ssize_t done;

	if (!to || !axvm_gpa_checked_align_up(end, AXVM_PAGE_SIZE_4K, &page_end))
		return failed(name, AXVM_ERROR_NO_MEMORY);
	done = read(image, to, (size_t)length);
	if (done < 0)
		return failed(name, axvm_error_from_errno(errno, AXVM_ERROR_IO));
	if ((uint64_t)done != length)
		return failed(name, AXVM_ERROR_UNEXPECTED_EOF);
	return axvm_guest_memory_fill(ram, 1, end, 0, axvm_gpa_sub_addr(page_end, end))
		       ? 0
		       : failed(name, AXVM_ERROR_NO_MEMORY);
}

static void print_entry(axvm_gpa start, uint64_t length, const char *name)
{
	char first[AXVM_UINT_HEX_TEXT_SIZE], size[AXVM_SIZE_TEXT_SIZE];

	axvm_uint_format_hex(axvm_gpa_value(start), 10, first, sizeof(first));
	axvm_size_format(length, size, sizeof(size));
	printf("%s %10s  %s\n", first, size, name);
}

static void print_map(axvm_gpa kernel, uint64_t kernel_size)
{
	print_entry(memory.gpa, memory.size, "memory");
	print_entry(kernel, kernel_size, "kernel");
	for (size_t i = 0; i < passthrough_count; i++)
		print_entry(passthrough[i].base_gpa, passthrough[i].length, passthrough[i].name);
	AXVM_VCPU_SET_FOREACH(cpu, cpus)
		printf("a vCPU on CPU %u\n", (unsigned int)cpu);
}

static int run(const char *name)
{
	axvm_guest_region ram = { AXVM_GPA_INIT(0), memory.size, NULL, 0 };
	axvm_gpa kernel = AXVM_GPA_INIT(0);
	struct stat file;
	int image = open(name, O_RDONLY), status;

	if (image < 0 || fstat(image, &file) != 0)
		return failed(name, axvm_error_from_errno(errno, AXVM_ERROR_IO));
	status = place();
	if (status != 0)
		return status;
	if (!axvm_gpa_checked_add(memory.gpa, KERNEL_OFFSET, &kernel))
		return failed(name, AXVM_ERROR_OUT_OF_RANGE);
	status = check_layout(kernel, (uint64_t)file.st_size);
	if (status != 0)
		return status;
	ram.gpa = memory.gpa;
	ram.host = mmap(NULL, (size_t)ram.size, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (ram.host == MAP_FAILED || !axvm_guest_memory_is_valid(&ram, 1))
		return failed("memory", axvm_error_from_errno(errno, AXVM_ERROR_NO_MEMORY));
	status = load(image, name, &ram, kernel, (uint64_t)file.st_size);
	if (status == 0)
		print_map(kernel, (uint64_t)file.st_size);
	return status;
}

int main(int argc, char **argv)
{
	int option, status = read_memory("256");

	while (status == 0 && (option = getopt(argc, argv, "m:c:p:")) != -1) {
		if (option == 'm')
			status = read_memory(optarg);
		else if (option == 'c' && !axvm_vcpu_set_parse_list(optarg, &cpus))
			status = wrong('c', AXVM_TEXT_VCPU_LIST, optarg);
		else if (option == 'p' && passthrough_count < MOST)
			status = read_passthrough(optarg);
		else if (option != 'c')
			status = 2;
	}
	if (status == 0 && optind + 1 == argc)
		return run(argv[optind]);
	fprintf(stderr, "usage: vmm [-m SIZE[@ADDRESS]] [-c CPUS] [-p NAME=RANGE]... KERNEL\n");
	return 2;
}
