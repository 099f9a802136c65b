/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/devices.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Host ranges: in a VM, between VMs, and the hypervisor's own. */

/*
 * host-conflict
 *
 * What: Reserved memory or passthrough ranges of two VMs, or of one VM and the hypervisor
 * (--hypervisor), share pages of the host; so do two devices that two VMs take by their paths in
 * the host's device tree (--host-dtb). A warning where two VMs take one device by path, a note
 * where both take all of the tree.
 * Why: Each VM can overwrite what the other VM, or the hypervisor, relies on.
 * How: Give the pages to one of them.
 * Severity: warning, note
 */
static const struct axvm_rule host_conflict =
	AXVM_RULE(AXVM_FINDING_HOST_CONFLICT, AXVM_SEVERITY_ERROR, "overlaps in the host",
		  "Give these pages of the host to one owner only.");

/* Where a device is mapped: 0.5 never reads base_hpa. */
static bool mapped_host(const struct axvm_check *c, const axvm_passthrough_device_config *device,
			axvm_gpa_range *out)
{
	return c->limits.model < AXVM_MODEL_0_7 ? axvm_passthrough_range(c, device, out)
						: axvm_passthrough_host(device, out);
}

static void add_host_ranges(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool dropped = axvm_passthrough_drops_ranges(c, vm);
	axvm_gpa_range r;

	for (size_t i = 0; i < vm->memory_region_count; i++) {
		const axvm_mem_config *memory = &vm->memory_regions[i];

		if (memory->map_type == AXVM_MEM_MAPPING_RESERVED && axvm_memory_range(memory, &r))
			axvm_add_pages(c, index, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i, r);
	}
	if (!axvm_lists_devices(c))
		return;
	for (size_t i = 0; i < vm->passthrough_device_count && !dropped; i++) {
		if (mapped_host(c, &vm->passthrough_devices[i], &r))
			axvm_add_pages(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i, r);
	}
	for (size_t i = 0; i < vm->passthrough_address_count; i++) {
		if (axvm_address_range(c, &vm->passthrough_addresses[i], &r))
			axvm_add_pages(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, i, r);
	}
}

void axvm_rules_host_conflict(struct axvm_check *c)
{
	struct axvm_sweep sweep = { 0 };

	axvm_spans_clear(&c->spans);
	for (size_t vm = 0; vm < c->vm_count; vm++)
		add_host_ranges(c, vm);
	for (size_t i = 0; i < c->limits.hypervisor_count; i++) {
		const axvm_hpa_range *own = &c->limits.hypervisor[i];
		axvm_gpa_range r = AXVM_GPA_RANGE_INIT(own->start.addr, own->end.addr);

		if (!axvm_hpa_range_is_empty(*own))
			axvm_add_pages(c, AXVM_LAYOUT_NO_VM, AXVM_LAYOUT_TABLE_HYPERVISOR, i, r);
	}
	axvm_spans_sort(&c->spans, NULL);
	for (size_t i = 0; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i];
		const struct axvm_span *owner = axvm_sweep_next(&sweep, span, span->vm, false);

		if (owner)
			axvm_report_two(c, &host_conflict, SIDE_HOST_MAPPED, owner, span, 0);
	}
}
