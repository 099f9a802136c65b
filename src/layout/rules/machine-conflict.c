/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/machine.h>

#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Memory and the devices that every guest of 0.7.3 and later has, although no file lists them. */

#define TEXT "overlaps a device that every guest of the architecture has:"

/*
 * machine-conflict
 *
 * What: From 0.7.3 on, a memory region, at its configured gpa, overlaps a device of the machine
 * that every guest of the architecture (--arch) has; or memory fills the window where the
 * hypervisor places virtual devices, and the VM has such a device.
 * Why: The hypervisor reserves memory and devices by their addresses, regions of type identical by
 * the configured gpa as well, and refuses the VM. A warning for aarch64 and riscv64: there it takes
 * the places of its devices from the host's device tree, and those may be elsewhere. With that tree
 * (--host-dtb) its interrupt controller and console count in their place: an error.
 * How: Move the memory, or leave a hole in it by two regions around the device.
 */
static const struct axvm_rule conflict =
	AXVM_RULE_SINCE(AXVM_FINDING_MACHINE_CONFLICT, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR, TEXT,
			"Move the memory, or leave a hole in it by two regions around the device.");
static const struct axvm_rule likely_conflict = AXVM_RULE_SINCE(
	AXVM_FINDING_MACHINE_CONFLICT, AXVM_MODEL_0_7_3, AXVM_SEVERITY_WARNING, TEXT,
	"Move the memory, unless the host's device tree has that device elsewhere.");
static const struct axvm_rule no_room = AXVM_RULE_SINCE(
	AXVM_FINDING_MACHINE_CONFLICT, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
	"fills the window where the hypervisor places virtual devices",
	"Leave a part of the window without memory, or remove the virtual devices.");

/* By bytes. Each region is reported once, against the lowest device. */
static void check_region(struct axvm_check *c, size_t index, size_t region,
			 const axvm_machine_device *devices, size_t count)
{
	/* There the devices are at the places of the host's, which may be elsewhere. */
	const struct axvm_rule *rule = axvm_host_has_tree(c) ? &likely_conflict : &conflict;
	const struct axvm_span memory = { .vm = (uint32_t)index,
					  .table = AXVM_LAYOUT_TABLE_MEMORY_REGIONS,
					  .index = (uint32_t)region };
	struct axvm_span device = { .vm = (uint32_t)index, .table = AXVM_LAYOUT_TABLE_MACHINE };
	axvm_gpa_range r;

	if (!axvm_memory_range(&axvm_check_vm(c, index)->memory_regions[region], &r))
		return;
	for (size_t i = 0; i < count; i++) {
		/* The page of the local APIC is the finding memory-reserved. */
		if (!axvm_gpa_range_overlaps(r, devices[i].range) ||
		    axvm_range_covers_apic(c, devices[i].range))
			continue;
		device.index = (uint32_t)i;
		axvm_report_two(c, rule, SIDE_GUEST, &memory, &device, 0);
		return;
	}
}

/* Whether memory covers all of a range. */
static bool fills(struct axvm_check *c, size_t index, axvm_gpa_range range)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	uint64_t covered = range.start.addr;
	axvm_gpa_range r;

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->memory_region_count; i++) {
		if (axvm_memory_range(&vm->memory_regions[i], &r) &&
		    axvm_gpa_range_overlaps(r, range))
			axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i,
				       r.start.addr, r.end.addr);
	}
	axvm_spans_sort(&c->spans, NULL);
	for (size_t i = 0; i < c->spans.count && c->spans.list[i].start <= covered; i++) {
		if (c->spans.list[i].end > covered)
			covered = c->spans.list[i].end;
	}
	return covered >= range.end.addr;
}

void axvm_rules_machine(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_machine_device devices[AXVM_MACHINE_MAX_DEVICES];
	size_t count = axvm_machine_devices(c->limits.model, c->limits.arch, vm->cpu_num, devices,
					    AXVM_MACHINE_MAX_DEVICES);
	axvm_gpa_range window;

	for (size_t i = 0; i < vm->memory_region_count; i++)
		check_region(c, index, i, devices, count);
	if (vm->auto_device_count != 0 &&
	    axvm_machine_auto_window(c->limits.model, c->limits.arch, &window) &&
	    fills(c, index, window))
		axvm_report(c, &no_room, index, AXVM_LAYOUT_TABLE_MEMORY_REGIONS,
			    AXVM_LAYOUT_WHOLE_TABLE, window.start.addr);
}
