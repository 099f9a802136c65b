/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_check.h"

/* What VMs of one machine have in common, and should not. */

static const struct axvm_rule id = AXVM_RULE(AXVM_FINDING_VM_ID, AXVM_SEVERITY_ERROR,
					     "is the same as", "Give each VM an id of its own.");
static const struct axvm_rule name = AXVM_RULE(AXVM_FINDING_VM_NAME, AXVM_SEVERITY_WARNING,
					       "is the same as", "Give each VM a name of its own.");
static const struct axvm_rule host_conflict =
	AXVM_RULE(AXVM_FINDING_HOST_CONFLICT, AXVM_SEVERITY_ERROR, "overlaps in the host",
		  "Give these pages of the host to one owner only.");
static const struct axvm_rule cpu_conflict =
	AXVM_RULE(AXVM_FINDING_CPU_CONFLICT, AXVM_SEVERITY_WARNING, "is the same CPU as",
		  "See that these VMs are meant to share a CPU, or give them different ones.");
static const struct axvm_rule irq_conflict =
	AXVM_RULE(AXVM_FINDING_IRQ_CONFLICT, AXVM_SEVERITY_WARNING, "has the physical IRQ of",
		  "Pass the IRQ through to one VM only.");

static void check_ids(struct axvm_check *c)
{
	c->span_count = 0;
	for (size_t vm = 0; vm < c->vm_count; vm++)
		axvm_check_add(c, vm, AXVM_LAYOUT_TABLE_ID, 0, axvm_check_vm(c, vm)->id, 0);
	axvm_check_sort(c, NULL);
	axvm_check_runs(c, &id, NULL, true);

	c->span_count = 0;
	for (size_t vm = 0; vm < c->vm_count; vm++)
		axvm_check_add_name(c, vm, AXVM_LAYOUT_TABLE_NAME, 0, axvm_check_vm(c, vm)->name);
	axvm_check_sort(c, axvm_span_tie_name);
	axvm_check_runs(c, &name, axvm_span_tie_name, true);
}

/* Host and guest ranges are alike as numbers. */
static void add_pages(struct axvm_check *c, size_t vm, axvm_layout_table table, size_t index,
		      uint64_t start, uint64_t end)
{
	axvm_gpa_range r = axvm_gpa_range_new_unchecked(axvm_gpa_new(start), axvm_gpa_new(end));
	axvm_gpa_range pages = axvm_range_pages(r);

	if (start != end)
		axvm_check_add(c, vm, table, index, pages.start.addr, pages.end.addr);
}

static void add_host_ranges(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_hpa_range host;
	axvm_gpa_range r;

	for (size_t i = 0; i < vm->memory_region_count; i++) {
		const axvm_mem_config *memory = axvm_vm_memory(vm, i);

		if (memory->map_type == AXVM_MEM_MAPPING_RESERVED && axvm_memory_range(memory, &r))
			add_pages(c, index, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i, r.start.addr,
				  r.end.addr);
	}
	for (size_t i = 0; i < vm->passthrough_device_count; i++) {
		if (axvm_passthrough_device_config_host_range(axvm_vm_passthrough(vm, i), &host))
			add_pages(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
				  host.start.addr, host.end.addr);
	}
	for (size_t i = 0; i < vm->passthrough_address_count; i++) {
		if (axvm_address_range(axvm_vm_address(vm, i), &r))
			add_pages(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, i,
				  r.start.addr, r.end.addr);
	}
}

static void check_host_ranges(struct axvm_check *c)
{
	struct axvm_sweep sweep = { 0 };

	c->span_count = 0;
	for (size_t vm = 0; vm < c->vm_count; vm++)
		add_host_ranges(c, vm);
	for (size_t i = 0; i < c->limits.hypervisor_count; i++)
		add_pages(c, UINT32_MAX, AXVM_LAYOUT_TABLE_HYPERVISOR, i,
			  c->limits.hypervisor[i].start.addr, c->limits.hypervisor[i].end.addr);
	axvm_check_sort(c, NULL);
	for (size_t i = 0; i < c->span_count; i++) {
		const struct axvm_span *span = &c->spans[i];
		const struct axvm_span *owner = axvm_sweep_next(&sweep, span, span->vm, false);

		if (owner)
			axvm_check_report_two(c, &host_conflict, SIDE_HOST, owner, span, 0);
	}
}

static void check_cpus(struct axvm_check *c)
{
	c->span_count = 0;
	for (size_t index = 0; index < c->vm_count; index++) {
		const axvm_layout_vm *vm = axvm_check_vm(c, index);

		for (size_t i = 0; i < vm->phys_cpu_id_count; i++)
			axvm_check_add(c, index, AXVM_LAYOUT_TABLE_PHYS_CPU_IDS, i,
				       vm->phys_cpu_ids[i], 0);
	}
	axvm_check_sort(c, NULL);
	axvm_check_runs(c, &cpu_conflict, NULL, true);

	c->span_count = 0;
	for (size_t index = 0; index < c->vm_count; index++) {
		const axvm_layout_vm *vm = axvm_check_vm(c, index);

		/* A mask of several CPUs leaves the hypervisor a choice. */
		for (size_t i = 0; i < vm->phys_cpu_set_count; i++) {
			if (axvm_vcpu_set_len(axvm_vcpu_set_from_bits(vm->phys_cpu_sets[i])) == 1)
				axvm_check_add(c, index, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, i,
					       vm->phys_cpu_sets[i], 0);
		}
	}
	axvm_check_sort(c, NULL);
	axvm_check_runs(c, &cpu_conflict, NULL, true);
}

static void check_irqs(struct axvm_check *c)
{
	c->span_count = 0;
	for (size_t index = 0; index < c->vm_count; index++) {
		const axvm_layout_vm *vm = axvm_check_vm(c, index);

		if (vm->interrupt_mode == AXVM_INTERRUPT_MODE_NO_IRQ)
			continue;
		for (size_t i = 0; i < vm->passthrough_device_count; i++) {
			uint64_t irq = axvm_vm_passthrough(vm, i)->irq_id;

			if (irq != 0)
				axvm_check_add(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
					       irq, 0);
		}
	}
	axvm_check_sort(c, NULL);
	axvm_check_runs(c, &irq_conflict, NULL, true);
}

void axvm_check_machine(struct axvm_check *c)
{
	if (c->vm_count > 1)
		check_ids(c);
	if (c->vm_count > 1 || c->limits.hypervisor_count != 0)
		check_host_ranges(c);
	if (c->vm_count > 1) {
		check_cpus(c);
		check_irqs(c);
	}
}
