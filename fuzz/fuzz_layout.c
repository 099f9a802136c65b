/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout check at both versions of the model, with a scratch buffer of exactly the
 * size that it asks for: what is valid is checked, both ways to ask find the same, and
 * memory regions overlap when a look at every pair says so.
 */
#include <axvm/layout.h>

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
	uint64_t ids[VMS][ENTRIES], sets[VMS][ENTRIES], list[3];
	axvm_hpa_range hypervisor[2];
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

	return byte == 0xff ? take_uint64(in) : (uint64_t)(byte % 48) << (byte & 0x40 ? 11 : 12);
}

static const char *take_name(struct input *in)
{
	static const char *const names[] = { NULL, "", "uart", "uart0", "gic-its@1", "gic-its@2" };

	return names[take_byte(in) % 6];
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
	vm->phys_cpu_id_count = take_byte(in) % 4;
	vm->phys_cpu_set_count = take_byte(in) % 4;
	for (size_t i = 0; i < 4; i++) {
		m->ids[v][i] = take_byte(in) % 8;
		m->sets[v][i] = take_byte(in);
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

/* The pages of a region that takes part, as axvm/layout.h has the last one; false for none. */
static bool pages(const axvm_mem_config *memory, axvm_gpa_range *out)
{
	if (memory->size == 0 || !axvm_mem_config_range(memory, out))
		return false;
	out->start.addr -= out->start.addr % 4096;
	if (out->end.addr > UINT64_MAX - 4095)
		out->end.addr = UINT64_MAX;
	else
		out->end.addr = (out->end.addr + 4095) / 4096 * 4096;
	return true;
}

/* A region of one VM meets another one exactly when one of the two is found to. */
static void against_pairs(const struct machine *m, size_t v, const struct findings *all)
{
	size_t count = m->vms[v].memory_region_count;
	bool meets = false, reported = false, plain = true;

	for (size_t i = 0; i < count; i++) {
		axvm_gpa_range a, b;

		/* Other types have places of their own, or rules. */
		plain = plain && m->memory[v][i].map_type == AXVM_MEM_MAPPING_ALLOC;
		for (size_t j = 0; j < i; j++)
			meets = meets ||
				(pages(&m->memory[v][i], &a) && pages(&m->memory[v][j], &b) &&
				 axvm_gpa_range_overlaps(a, b));
	}
	for (size_t i = 0; i < all->count; i++) {
		const axvm_finding *finding = &all->found[i];

		reported = reported || (finding->code == AXVM_FINDING_MEMORY_OVERLAP &&
					finding->a.vm == v && finding->b.vm == v);
	}
	if (plain)
		CHECK(meets == reported);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct machine m;
	static struct findings first, second;
	static axvm_finding array[16];
	static const axvm_layout_limits unknown = AXVM_LAYOUT_LIMITS_INIT;
	struct input in = { data, size };
	size_t vm_count = take_byte(&in) % (VMS + 1), scratch_size = 0, count = 0;
	axvm_layout_limits limits = unknown;
	axvm_error error;
	void *scratch;

	memset(&m, 0, sizeof(m));
	limits.model = take_byte(&in) % 2;
	limits.arch = take_byte(&in) % 5;
	limits.gpa_bits = take_byte(&in) % 65;
	limits.host_cpus.bits = take_byte(&in);
	limits.hypervisor = m.hypervisor;
	limits.hypervisor_count = take_byte(&in) % 3;
	for (size_t i = 0; i < 2; i++) {
		m.hypervisor[i].start.addr = take_place(&in);
		m.hypervisor[i].end.addr = take_place(&in);
	}
	for (size_t i = 0; i < 3; i++)
		m.list[i] = take_place(&in);
	for (size_t i = 0; i < vm_count; i++)
		take_vm(&m, i, &in);

	error = axvm_layout_scratch_size(m.vms, vm_count, &limits, &scratch_size);
	CHECK(error == AXVM_OK || error == AXVM_ERROR_INVALID_INPUT);
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
	for (size_t v = 0; v < vm_count; v++)
		against_pairs(&m, v, &first);
	free(scratch);
	return 0;
}
