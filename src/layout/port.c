/* SPDX-License-Identifier: Apache-2.0 */
#include "common.h"
#include "facts.h"
#include "report.h"
#include "rules.h"

/* x86 I/O ports are no pages: several devices share the first 4 KiB of them. */

void axvm_rules_port(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_sweep sweep = { 0 };

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];
		axvm_gpa_range r;

		if (axvm_emulated_device_type_bus(device->emu_type) == AXVM_DEVICE_BUS_PORT &&
		    device->length != 0 && axvm_emulated_device_config_range(device, &r))
			axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i,
				       r.start.addr, r.end.addr);
	}
	axvm_spans_sort(&c->spans, NULL);
	for (size_t i = 0; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i];
		const struct axvm_span *owner = axvm_sweep_next(&sweep, span, 0, true);

		if (owner)
			axvm_report_two(c, &axvm_rule_device_overlap, SIDE_GUEST, owner, span, 0);
	}
}
