/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout check at every version of the model, with a scratch buffer of exactly the
 * size that it asks for: what is valid is checked, both ways to ask find the same, and in
 * machines that are simple enough ranges meet when a look at every pair says so.
 */
#include <axvm/layout.h>

#include "../tests/layout/layout_pairs.h"
#include "fuzz.h"

#define VMS 3
#define ENTRIES 20

struct machine {
	axvm_layout_vm vms[VMS];
	axvm_mem_config memory[VMS][ENTRIES];
	axvm_emulated_device_config emulated[VMS][ENTRIES];
	axvm_passthrough_device_config passthrough[VMS][ENTRIES];
	axvm_passthrough_address_config addresses[VMS][ENTRIES];
	axvm_passthrough_port_config ports[VMS][ENTRIES];
	axvm_reserved_address_config reserved[VMS][ENTRIES];
	const char *disabled[VMS][ENTRIES];
	uint64_t ids[VMS][ENTRIES], list[3];
	axvm_vcpu_set sets[VMS][ENTRIES];
	axvm_hpa_range hypervisor[2], host_memory[2];
};

struct findings {
	axvm_finding found[4096];
	size_t count;
	uint64_t stop_at;
};

/* Few places, so that ranges meet; now and then any number. */
static uint64_t take_place(struct input *in)
{
	uint8_t byte = take_byte(in);

	if (byte == 0xff)
		return take_uint64(in);
	/* About the interrupt controller, which has a place of its own. */
	if (byte >= 0xf0)
		return UINT64_C(0x7ffe000) + (byte & 0xfU) * 0x1800;
	return (uint64_t)(byte % 48) << (byte & 0x40 ? 11 : 12);
}

static const char *take_name(struct input *in)
{
	static const char *const names[] = { NULL,	  "",	       "uart", "uart0",
					     "gic-its@1", "gic-its@2", "/",    "/uart" };

	return names[take_byte(in) % 8];
}

static void take_vm(struct machine *m, size_t v, struct input *in)
{
	static const axvm_layout_vm none = AXVM_LAYOUT_VM_INIT;
	axvm_layout_vm *vm = &m->vms[v];

	*vm = none;
	vm->name = take_name(in);
	vm->id = take_byte(in) % 3;
	vm->cpu_num = take_byte(in) % 5;
	vm->flags = (uint32_t)take_byte(in) << 8 | take_byte(in);
	vm->boot_protocol = take_byte(in) % 4;
	vm->interrupt_mode = take_byte(in) % 4;
	vm->image_location = take_byte(in) % 4;
	vm->address_space_policy = take_byte(in) % 3;
	vm->entry_point.addr = take_place(in);
	vm->kernel_load_addr.addr = take_place(in);
	vm->dtb_load_addr.addr = take_place(in);
	/* Now and then without their flags, which is refused. */
	if (take_byte(in) % 8 != 0)
		vm->flags |= AXVM_LAYOUT_HAS_ENTRY_POINT | AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR |
			     AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	vm->kernel_size = take_place(in);
	vm->dtb_size = take_place(in);
	vm->memory_regions = m->memory[v];
	vm->emu_devices = m->emulated[v];
	vm->passthrough_devices = m->passthrough[v];
	vm->passthrough_addresses = m->addresses[v];
	vm->passthrough_ports = m->ports[v];
	vm->reserved_addresses = m->reserved[v];
	vm->phys_cpu_ids = m->ids[v];
	vm->phys_cpu_sets = m->sets[v];
	vm->memory_region_count = take_byte(in) % (ENTRIES + 1);
	for (size_t i = 0; i < vm->memory_region_count; i++) {
		m->memory[v][i].gpa.addr = take_place(in);
		m->memory[v][i].size = take_place(in);
		m->memory[v][i].map_type = take_byte(in) % 4;
	}
	vm->emu_device_count = take_byte(in) % (ENTRIES + 1);
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		axvm_emulated_device_config *device = &m->emulated[v][i];
		size_t count;
		const axvm_emulated_device_type *all =
			axvm_emulated_device_type_all_in(AXVM_MODEL_0_7, &count);

		device->name = take_name(in);
		device->base_gpa.addr = take_place(in);
		device->length = take_place(in);
		device->irq_id = take_byte(in) % 4;
		device->emu_type = all[take_byte(in) % count];
		device->cfg_list = m->list;
		device->cfg_list_len = take_byte(in) % 4;
	}
	vm->passthrough_device_count = take_byte(in) % (ENTRIES + 1);
	for (size_t i = 0; i < vm->passthrough_device_count; i++) {
		axvm_passthrough_device_config *device = &m->passthrough[v][i];

		device->name = take_name(in);
		device->base_gpa.addr = take_place(in);
		device->base_hpa.addr = take_place(in);
		device->length = take_place(in);
		device->irq_id = take_byte(in) % 4;
	}
	vm->passthrough_address_count = take_byte(in) % 4;
	for (size_t i = 0; i < vm->passthrough_address_count; i++) {
		m->addresses[v][i].base_gpa.addr = take_place(in);
		m->addresses[v][i].length = take_place(in);
	}
	vm->passthrough_port_count = take_byte(in) % 4;
	for (size_t i = 0; i < vm->passthrough_port_count; i++) {
		m->ports[v][i].base = (uint16_t)take_place(in);
		m->ports[v][i].length = take_byte(in);
	}
	vm->reserved_address_count = take_byte(in) % 4;
	for (size_t i = 0; i < vm->reserved_address_count; i++) {
		m->reserved[v][i].base_gpa.addr = take_place(in);
		m->reserved[v][i].length = take_place(in);
	}
	vm->disabled_paths = m->disabled[v];
	vm->disabled_path_count = take_byte(in) % 4;
	for (size_t i = 0; i < vm->disabled_path_count; i++)
		m->disabled[v][i] = take_name(in);
	vm->auto_device_count = take_byte(in) % 2;
	vm->guest_type = take_byte(in) % 3;
	vm->phys_cpu_id_count = take_byte(in) % 4;
	vm->phys_cpu_set_count = take_byte(in) % 4;
	for (size_t i = 0; i < 4; i++) {
		m->ids[v][i] = take_byte(in) % 8;
		m->sets[v][i].bits = take_byte(in);
	}
}

static bool found(const axvm_finding *finding, void *ctx)
{
	struct findings *all = ctx;

	CHECK(finding->size == sizeof(*finding) && finding->text && finding->hint);
	CHECK(strcmp(axvm_finding_code_name(finding->code), "unknown") != 0);
	CHECK(strcmp(axvm_severity_name(finding->severity), "unknown") != 0);
	CHECK(finding->a.table != AXVM_LAYOUT_TABLE_NONE);
	CHECK(axvm_finding_format(finding, NULL, 0) > 0);
	if (all->count < sizeof(all->found) / sizeof(all->found[0]))
		all->found[all->count] = *finding;
	all->count++;
	return all->count != all->stop_at;
}

/* Takes away what a look at pairs does not know: see tests/layout/layout_pairs.h. */
static void simplify(struct machine *m, size_t vm_count, axvm_layout_limits *limits)
{
	static const axvm_emulated_device_type plain[] = { AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR,
							   AXVM_EMULATED_DEVICE_X86_IO_APIC,
							   AXVM_EMULATED_DEVICE_DUMMY };

	limits->arch = AXVM_ARCH_UNKNOWN;
	for (size_t v = 0; v < vm_count; v++) {
		bool single = false;

		for (size_t i = 0; i < ENTRIES; i++) {
			axvm_emulated_device_type *type = &m->emulated[v][i].emu_type;

			if (*type == AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER && !single)
				single = true;
			else
				*type = plain[*type % 3];
			if (m->memory[v][i].map_type == AXVM_MEM_MAPPING_IDENTICAL)
				m->memory[v][i].map_type = AXVM_MEM_MAPPING_ALLOC;
		}
	}
}

/* The sweeps of a machine that is simple find what a look at each pair does. */
static void against_pairs(const struct machine *m, size_t vm_count,
			  const axvm_layout_limits *limits, const struct findings *all)
{
	static struct pair_items items;
	static const axvm_finding_code guest[] = { AXVM_FINDING_MEMORY_OVERLAP,
						   AXVM_FINDING_DEVICE_IN_MEMORY,
						   AXVM_FINDING_DEVICE_OVERLAP };
	const axvm_model model = limits->model;

	for (size_t v = 0; v < vm_count; v++) {
		pair_guest_items(&items, &m->vms[v], v, model);
		for (size_t i = 0; i < sizeof(guest) / sizeof(guest[0]); i++)
			CHECK(!pairs_differ(&items, guest[i], all->found, all->count));
		pair_host_twice_items(&items, &m->vms[v], v, model);
		CHECK(!pairs_differ(&items, AXVM_FINDING_DEVICE_HOST_TWICE, all->found,
				    all->count));
	}
	pair_host_items(&items, m->vms, vm_count, limits);
	CHECK(!pairs_differ(&items, AXVM_FINDING_HOST_CONFLICT, all->found, all->count));
}

/* The first address of a region that is no memory of the host, range after range. */
static uint64_t first_outside(const axvm_layout_limits *limits, const axvm_mem_config *region)
{
	uint64_t at = region->gpa.addr, end = at + region->size;
	bool again = true;

	while (again && at < end) {
		again = false;
		for (size_t i = 0; i < limits->host_memory_count; i++) {
			const axvm_hpa_range *memory = &limits->host_memory[i];

			if (axvm_hpa_range_contains(*memory, axvm_hpa_new(at))) {
				at = memory->end.addr;
				again = true;
			}
		}
	}
	return at < end ? at : end;
}

/* Reserved memory that is not all in the host's is found, and no other. */
static void against_memory(const struct machine *m, size_t vm_count,
			   const axvm_layout_limits *limits, const struct findings *all)
{
	size_t wanted = 0, told = 0;

	for (size_t v = 0; v < vm_count && limits->host_memory_count != 0; v++) {
		for (size_t i = 0; i < m->vms[v].memory_region_count; i++) {
			const axvm_mem_config *region = &m->memory[v][i];
			axvm_gpa_range r;

			if (region->map_type == AXVM_MEM_MAPPING_RESERVED && region->size != 0 &&
			    axvm_mem_config_range(region, &r))
				wanted += first_outside(limits, region) != r.end.addr;
		}
	}
	for (size_t k = 0; k < all->count; k++) {
		const axvm_finding *finding = &all->found[k];

		if (finding->code != AXVM_FINDING_TREE_RAM ||
		    finding->a.space != AXVM_LAYOUT_SPACE_HOST)
			continue;
		told++;
		CHECK(finding->value ==
		      first_outside(limits, &m->memory[finding->a.vm][finding->a.index]));
	}
	CHECK(told == wanted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct machine m;
	static struct findings first, second;
	static axvm_finding array[16];
	static const axvm_layout_limits unknown = AXVM_LAYOUT_LIMITS_INIT;
	struct input in = { data, size };
	uint8_t kind = take_byte(&in);
	size_t vm_count = kind % (VMS + 1), scratch_size = 0, count = 0;
	axvm_layout_limits limits = unknown;
	bool simple = (kind & 0x10) != 0;
	axvm_error error;
	void *scratch;

	memset(&m, 0, sizeof(m));
	limits.model = take_byte(&in) % (AXVM_MODEL_NEWEST + 1);
	limits.arch = take_byte(&in) % 5;
	limits.gpa_bits = take_byte(&in) % 65;
	limits.host_cpus.bits = take_byte(&in);
	limits.hypervisor = m.hypervisor;
	limits.hypervisor_count = take_byte(&in) % 3;
	for (size_t i = 0; i < 2; i++) {
		m.hypervisor[i].start.addr = take_place(&in);
		m.hypervisor[i].end.addr = take_place(&in);
	}
	limits.host_memory = m.host_memory;
	limits.host_memory_count = take_byte(&in) % 3;
	for (size_t i = 0; i < 2; i++) {
		m.host_memory[i].start.addr = take_place(&in);
		m.host_memory[i].end.addr = take_place(&in);
	}
	for (size_t i = 0; i < 3; i++)
		m.list[i] = take_place(&in);
	for (size_t i = 0; i < vm_count; i++)
		take_vm(&m, i, &in);
	if (simple)
		simplify(&m, vm_count, &limits);

	error = axvm_layout_scratch_size(m.vms, vm_count, &limits, &scratch_size);
	CHECK(error == AXVM_OK || error == AXVM_ERROR_INVALID_INPUT);
	CHECK((axvm_layout_problem(m.vms, vm_count, &limits) == NULL) == (error == AXVM_OK));
	if (error != AXVM_OK) {
		CHECK(axvm_layout_findings(m.vms, vm_count, &limits, array, sizeof(array[0]), 16,
					   &count) == error);
		CHECK(count == 0);
		return 0;
	}
	scratch = malloc(scratch_size);
	CHECK(scratch != NULL || scratch_size == 0);
	first.count = second.count = 0;
	first.stop_at = 0;
	CHECK(axvm_layout_check(m.vms, vm_count, &limits, found, &first, scratch, scratch_size) ==
	      AXVM_OK);
	if (scratch_size != 0 && scratch)
		CHECK(axvm_layout_check(m.vms, vm_count, &limits, found, &second, scratch,
					scratch_size - 1) == AXVM_ERROR_INVALID_INPUT);
	CHECK(second.count == 0);
	CHECK(axvm_layout_findings(m.vms, vm_count, &limits, array, sizeof(array[0]), 16, &count) ==
	      AXVM_OK);
	CHECK(count == first.count && count <= 4096);
	for (size_t i = 0; i < count && i < 16; i++)
		CHECK(array[i].code == first.found[i].code &&
		      array[i].a.index == first.found[i].a.index);
	if (count != 0) {
		second.stop_at = 1;
		CHECK(axvm_layout_check(m.vms, vm_count, &limits, found, &second, NULL, 0) ==
		      AXVM_OK);
		CHECK(second.count == 1);
	}
	against_memory(&m, vm_count, &limits, &first);
	if (simple)
		against_pairs(&m, vm_count, &limits, &first);
	free(scratch);
	return 0;
}
