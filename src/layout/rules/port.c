/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/devices.h"
#include "layout/report.h"
#include "layout/rules/device-range.h"
#include "layout/rules/rules.h"

/* x86 I/O ports that are passed through, which 0.5 does not know: byte by byte, as ports are. */

#define MOST_RANGES 16

/*
 * port-conflict
 *
 * What: passthrough_ports of an x86_64 VM overlap the console's or the PIT's ports or each other,
 * or are more than 16 ranges; for 0.7, as 0.5 ignores them.
 * Why: Two devices would answer at one port, so the hypervisor refuses the VM.
 * How: Leave out the ports that are emulated, and join ranges.
 */
static const struct axvm_rule conflict =
	AXVM_RULE_SINCE(AXVM_FINDING_PORT_CONFLICT, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR, "overlaps",
			"Remove the ports that are emulated or in another range.");
static const struct axvm_rule too_many =
	AXVM_RULE_SINCE(AXVM_FINDING_PORT_CONFLICT, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR,
			"has more ranges than the hypervisor's limit of 16",
			"Join adjacent ranges, or remove some.");

static void add_emulated(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	unsigned taken = 0;
	axvm_gpa_range r;

	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];

		if (!axvm_emulated_is_skipped(c, device) &&
		    axvm_emulated_take_single(c, device, &taken) &&
		    axvm_emulated_fixed_place(device->emu_type, &r) &&
		    axvm_emulated_device_type_bus(device->emu_type) == AXVM_DEVICE_BUS_PORT)
			axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i,
				       r.start.addr, r.end.addr);
	}
}

/* How many of them are ranges. */
static size_t add_ports(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS;
	size_t count = 0;

	for (size_t i = 0; i < vm->passthrough_port_count; i++) {
		uint64_t base = vm->passthrough_ports[i].base;
		uint64_t end = base + vm->passthrough_ports[i].length;

		if (end == base) {
			axvm_report(c, &axvm_ports_empty, index, table, i, 0);
		} else if (end > UINT16_MAX + 1) {
			axvm_report(c, &axvm_ports_overflow, index, table, i, end - base);
		} else {
			axvm_spans_add(&c->spans, index, table, i, base, end);
			count++;
		}
	}
	return count;
}

void axvm_rules_port(struct axvm_check *c, size_t index)
{
	struct axvm_sweep sweep = { 0 };
	axvm_arch arch;
	size_t count;

	if (c->limits.model < AXVM_MODEL_0_7 ||
	    axvm_check_vm(c, index)->passthrough_port_count == 0)
		return;
	axvm_spans_clear(&c->spans);
	add_emulated(c, index);
	count = add_ports(c, index);
	/* Other architectures have none, and only read the list. */
	if (axvm_arch_try_from_usize(c->limits.arch, &arch) && arch != AXVM_ARCH_X86_64)
		return;
	axvm_spans_sort(&c->spans, NULL);
	for (size_t i = 0; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i];
		const struct axvm_span *owner = axvm_sweep_next(&sweep, span, 0, true);

		if (!owner)
			continue;
		axvm_report_two(c, &conflict, SIDE_GUEST, owner, span, 0);
		/* One more than 16 is not its own fault, too. */
		count--;
	}
	if (count > MOST_RANGES)
		axvm_report(c, &too_many, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS,
			    AXVM_LAYOUT_WHOLE_TABLE, count);
}
