/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For tests of the layout check: a VM that is right, and checks of what is found once
 * one thing in it is not. Each rule has a near miss beside it that gives nothing.
 */
#ifndef LAYOUT_SAMPLE_H
#define LAYOUT_SAMPLE_H

#include <stdlib.h>

#include <axvm/layout.h>

#include "tap.h"

#define ENTRIES 48
#define MAX_FINDINGS 256

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define NOTE AXVM_SEVERITY_NOTE
#define WHOLE AXVM_LAYOUT_WHOLE_TABLE

struct sample {
	axvm_layout_vm vm;
	axvm_mem_config memory[ENTRIES];
	axvm_emulated_device_config emulated[ENTRIES];
	axvm_passthrough_device_config passthrough[ENTRIES];
	axvm_passthrough_address_config addresses[ENTRIES];
	uint64_t ids[ENTRIES], redistributor[3];
	axvm_vcpu_set sets[ENTRIES];
};

static axvm_finding findings[MAX_FINDINGS];
static size_t finding_count;
static bool seen_codes[0x100];
static axvm_layout_limits limits = AXVM_LAYOUT_LIMITS_INIT;
/*
 * What says nothing against a VM that starts, and is said of every sample: devices that are passed
 * through beside memory of type alloc, and masks where ids count. test_device-dma.c and test_key-unused.c have them.
 */
static bool tells_all;

__attribute__((__unused__)) static void set_memory(axvm_mem_config *memory, uint64_t gpa,
						   uint64_t size, axvm_mem_mapping_type map_type)
{
	axvm_mem_config_init(memory);
	memory->gpa = axvm_gpa_new(gpa);
	memory->size = size;
	memory->flags = 7;
	memory->map_type = map_type;
}

__attribute__((__unused__)) static void set_emulated(axvm_emulated_device_config *device,
						     const char *name, uint64_t base,
						     uint64_t length,
						     axvm_emulated_device_type type)
{
	axvm_emulated_device_config_init(device);
	device->name = name;
	device->base_gpa = axvm_gpa_new(base);
	device->length = length;
	device->emu_type = type;
}

__attribute__((__unused__)) static void set_passthrough(axvm_passthrough_device_config *device,
							const char *name, uint64_t base,
							uint64_t host, uint64_t length,
							uint64_t irq)
{
	device->name = name;
	device->base_gpa = axvm_gpa_new(base);
	device->base_hpa = axvm_hpa_new(host);
	device->length = length;
	device->irq_id = irq;
}

__attribute__((__unused__)) static void set_address(axvm_passthrough_address_config *address,
						    uint64_t base, uint64_t length)
{
	address->base_gpa = axvm_gpa_new(base);
	address->length = length;
}

/* An aarch64 guest of two vCPUs, of which nothing is to be said. It points into itself. */
__attribute__((__unused__)) static void sample_init(struct sample *s)
{
	static const axvm_layout_vm vm = AXVM_LAYOUT_VM_INIT;
	static const axvm_layout_limits unknown = AXVM_LAYOUT_LIMITS_INIT;

	memset(s, 0, sizeof(*s));
	limits = unknown;
	s->vm = vm;
	s->vm.id = 7;
	s->vm.name = "guest";
	s->vm.cpu_num = 2;
	s->ids[1] = 0x100;
	s->sets[0].bits = 1;
	s->sets[1].bits = 2;
	s->vm.phys_cpu_ids = s->ids;
	s->vm.phys_cpu_id_count = 2;
	s->vm.phys_cpu_sets = s->sets;
	s->vm.phys_cpu_set_count = 2;
	s->vm.entry_point = axvm_gpa_new(0x40200000);
	s->vm.kernel_load_addr = axvm_gpa_new(0x40200000);
	s->vm.dtb_load_addr = axvm_gpa_new(0x40000000);
	s->vm.flags = AXVM_LAYOUT_HAS_ENTRY_POINT | AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR |
		      AXVM_LAYOUT_HAS_DTB_LOAD_ADDR | AXVM_LAYOUT_HAS_KERNEL_PATH |
		      AXVM_LAYOUT_HAS_PHYS_CPU_IDS | AXVM_LAYOUT_HAS_PHYS_CPU_SETS |
		      AXVM_LAYOUT_COMPLETE;
	s->vm.image_location = AXVM_IMAGE_LOCATION_FS;
	s->vm.interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH;

	set_memory(&s->memory[0], 0x40000000, 0x10000000, AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s->memory[1], 0x80000000, 0x1000000, AXVM_MEM_MAPPING_RESERVED);
	s->vm.memory_regions = s->memory;
	s->vm.memory_region_count = 2;

	s->redistributor[0] = 2;
	s->redistributor[1] = 0x20000;
	set_emulated(&s->emulated[0], "gicd", 0x8000000, 0x10000,
		     AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR);
	set_emulated(&s->emulated[1], "gicr", 0x80a0000, 0x20000,
		     AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR);
	s->emulated[1].cfg_list = s->redistributor;
	s->emulated[1].cfg_list_len = 3;
	s->vm.emu_devices = s->emulated;
	s->vm.emu_device_count = 2;

	set_passthrough(&s->passthrough[0], "uart", 0x9000000, 0x9000000, 0x1000, 33);
	set_passthrough(&s->passthrough[1], "rtc", 0x9010000, 0x9010000, 0x1000, 34);
	s->vm.passthrough_devices = s->passthrough;
	s->vm.passthrough_device_count = 2;

	set_address(&s->addresses[0], 0xa000000, 0x4000);
	s->vm.passthrough_addresses = s->addresses;
	s->vm.passthrough_address_count = 1;
}

/* Its memory and devices only, as each architecture boots in its own way. */
__attribute__((__unused__)) static void sample_init_devices(struct sample *s)
{
	sample_init(s);
	s->vm.flags = 0;
}

/* An address that has lost its flag is refused: test_problem.c. Here it is gone as well. */
static void forget_address(axvm_layout_vm *vm, axvm_gpa *address, axvm_layout_flags flag)
{
	if ((vm->flags & flag) == 0)
		address->addr = 0;
}

static void leave_out(void)
{
	size_t count = 0;

	for (size_t i = 0; i < finding_count && i < MAX_FINDINGS; i++) {
		axvm_finding_code code = findings[i].code;

		if (tells_all ||
		    (code != AXVM_FINDING_DEVICE_DMA && code != AXVM_FINDING_KEY_UNUSED))
			findings[count++] = findings[i];
	}
	finding_count = count;
}

__attribute__((__unused__)) static void check_vms(const axvm_layout_vm *vms, size_t count)
{
	axvm_layout_vm *known = malloc((count + 1) * sizeof(*known));

	if (!ok(known != NULL, "memory"))
		return;
	for (size_t i = 0; i < count; i++) {
		known[i] = vms[i];
		forget_address(&known[i], &known[i].entry_point, AXVM_LAYOUT_HAS_ENTRY_POINT);
		forget_address(&known[i], &known[i].kernel_load_addr,
			       AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR);
		forget_address(&known[i], &known[i].dtb_load_addr, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR);
		forget_address(&known[i], &known[i].ramdisk_load_addr,
			       AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR);
		forget_address(&known[i], &known[i].bios_load_addr, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR);
	}
	eq_int(axvm_layout_findings(known, count, &limits, findings, sizeof(findings[0]),
				    MAX_FINDINGS, &finding_count),
	       AXVM_OK, "the check runs");
	ok(finding_count <= MAX_FINDINGS, "all findings are at hand");
	leave_out();
	free(known);
}

struct owner {
	uint32_t vm;
	axvm_layout_table table;
	uint32_t index;
	axvm_layout_space space;
	uint64_t start, end;
};

#define GUEST(table, index, start, end)                                                            \
	{                                                                                          \
		0, AXVM_LAYOUT_TABLE_##table, index, AXVM_LAYOUT_SPACE_GUEST, start, end           \
	}
#define HOST_OF(vm, table, index, start, end)                                                      \
	{                                                                                          \
		vm, AXVM_LAYOUT_TABLE_##table, index, AXVM_LAYOUT_SPACE_HOST, start, end           \
	}
#define PORTS(index, start, end)                                                                   \
	{                                                                                          \
		0, AXVM_LAYOUT_TABLE_EMU_DEVICES, index, AXVM_LAYOUT_SPACE_PORT, start, end        \
	}
#define ENTRY_OF(vm, table, index)                                                                 \
	{                                                                                          \
		vm, AXVM_LAYOUT_TABLE_##table, index, AXVM_LAYOUT_SPACE_NONE, 0, 0                 \
	}
#define ENTRY(table, index) ENTRY_OF(0, table, index)
#define ADDRESS(table, address) GUEST(table, 0, address, address)
#define NOBODY ENTRY(NONE, 0)

struct wanted {
	axvm_finding_code code;
	axvm_severity severity;
	uint64_t value;
	struct owner a, b;
};

__attribute__((__unused__)) static void
eq_owner(const axvm_finding_owner *got, const struct owner *wanted, const char *file, int line)
{
	tap_eq_str(axvm_layout_table_name(got->table), axvm_layout_table_name(wanted->table), file,
		   line, "table");
	tap_eq_uint(got->vm, wanted->vm, file, line, "VM");
	tap_eq_uint(got->index, wanted->index, file, line, "index");
	tap_eq_str(axvm_layout_space_name(got->space), axvm_layout_space_name(wanted->space), file,
		   line, "space");
	tap_eq_uint(got->start, wanted->start, file, line, "start");
	tap_eq_uint(got->end, wanted->end, file, line, "end");
}

/* The whole of a finding: its text is there, and so is what to do. */
__attribute__((__unused__)) static void
eq_finding(const axvm_finding *got, const struct wanted *wanted, const char *file, int line)
{
	char text[512];

	tap_eq_str(axvm_finding_code_name(got->code), axvm_finding_code_name(wanted->code), file,
		   line, "code");
	tap_eq_str(axvm_severity_name(got->severity), axvm_severity_name(wanted->severity), file,
		   line, "severity");
	tap_eq_uint(got->value, wanted->value, file, line, "value");
	eq_owner(&got->a, &wanted->a, file, line);
	eq_owner(&got->b, &wanted->b, file, line);
	tap_check(got->size == sizeof(*got), file, line, "size");
	tap_check(got->text && got->text[0] != '\0', file, line, "text");
	tap_check(got->hint && got->hint[0] >= 'A' && got->hint[0] <= 'Z' &&
			  got->hint[strlen(got->hint) - 1] == '.',
		  file, line, "a hint that is a sentence");
	tap_check(axvm_finding_format(got, text, sizeof(text)) < (int)sizeof(text), file, line,
		  "one line of text");
	seen_codes[got->code] = true;
}

/* The id is that of the owner's VM, whatever of the VM it is. */
static void eq_id(const axvm_finding_owner *got, const axvm_layout_vm *vms, const char *file,
		  int line)
{
	bool none = got->table == AXVM_LAYOUT_TABLE_NONE || got->vm == AXVM_LAYOUT_NO_VM;

	tap_eq_uint(got->vm_id, none ? 0 : vms[got->vm].id, file, line, "id of the VM");
}

__attribute__((__unused__)) static void tell_findings(void)
{
	char text[512];

	for (size_t i = 0; i < finding_count && i < MAX_FINDINGS; i++) {
		axvm_finding_format(&findings[i], text, sizeof(text));
		printf("# found %s\n", text);
	}
}

__attribute__((__unused__)) static void check_found(const axvm_layout_vm *vms, size_t count,
						    const struct wanted *wanted,
						    size_t wanted_count, const char *file, int line)
{
	int failed = tap_failed_checks;

	check_vms(vms, count);
	tap_eq_uint(finding_count, wanted_count, file, line, "number of findings");
	for (size_t i = 0; i < wanted_count && i < finding_count; i++) {
		eq_finding(&findings[i], &wanted[i], file, line);
		eq_id(&findings[i].a, vms, file, line);
		eq_id(&findings[i].b, vms, file, line);
	}
	if (tap_failed_checks != failed)
		tell_findings();
}

/* The message of the first finding has this text. */
__attribute__((__unused__)) static void says(const char *text)
{
	char message[512];

	axvm_finding_message_format(&findings[0], NULL, NULL, message, sizeof(message));
	if (!ok(strstr(message, text), text))
		printf("# got %s\n", message);
}

/* Of a sample: nothing; exactly this; exactly these. */
#define finds_nothing(s) check_found(&(s)->vm, 1, NULL, 0, __FILE__, __LINE__)
#define finds(s, ...)                                                                              \
	do {                                                                                       \
		const struct wanted list[] = { __VA_ARGS__ };                                      \
                                                                                                   \
		check_found(&(s)->vm, 1, list, sizeof(list) / sizeof(list[0]), __FILE__,           \
			    __LINE__);                                                             \
	} while (0)

/* At both versions. */
#define finds_nothing_at_both(s)                                                                   \
	do {                                                                                       \
		limits.model = AXVM_MODEL_0_5;                                                     \
		finds_nothing(s);                                                                  \
		limits.model = AXVM_MODEL_0_7;                                                     \
		finds_nothing(s);                                                                  \
	} while (0)
#define finds_at_both(s, ...)                                                                      \
	do {                                                                                       \
		limits.model = AXVM_MODEL_0_5;                                                     \
		finds(s, __VA_ARGS__);                                                             \
		limits.model = AXVM_MODEL_0_7;                                                     \
		finds(s, __VA_ARGS__);                                                             \
	} while (0)

/* Every code from first to last was seen by eq_finding(). */
__attribute__((__unused__)) static void all_seen(axvm_finding_code first, axvm_finding_code last)
{
	size_t count;
	const axvm_finding_code *all = axvm_finding_code_all(&count);

	for (size_t i = 0; i < count; i++) {
		if (all[i] >= first && all[i] <= last)
			ok(seen_codes[all[i]], axvm_finding_code_name(all[i]));
	}
}

#endif
