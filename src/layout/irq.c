/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "report.h"
#include "rules.h"

/* Interrupts. */

static const struct axvm_rule irq_shared =
	AXVM_RULE(AXVM_FINDING_IRQ_SHARED, AXVM_SEVERITY_WARNING, "has the IRQ of",
		  "Give each device its own IRQ, or 0 where it has none.");
static const struct axvm_rule irq_conflict =
	AXVM_RULE(AXVM_FINDING_IRQ_CONFLICT, AXVM_SEVERITY_WARNING, "has the physical IRQ of",
		  "Pass the IRQ through to one VM only.");

void axvm_rules_irq(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];

		if (device->irq_id != 0 && device->emu_type != AXVM_EMULATED_DEVICE_DUMMY)
			axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i,
				       device->irq_id, 0);
	}
	for (size_t i = 0; i < vm->passthrough_device_count; i++) {
		uint64_t irq = vm->passthrough_devices[i].irq_id;

		if (irq != 0)
			axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
				       irq, 0);
	}
	axvm_spans_sort(&c->spans, NULL);
	axvm_report_runs(c, &irq_shared, NULL, false);
}

void axvm_rules_irq_conflict(struct axvm_check *c)
{
	axvm_spans_clear(&c->spans);
	for (size_t index = 0; index < c->vm_count; index++) {
		const axvm_layout_vm *vm = axvm_check_vm(c, index);

		if (vm->interrupt_mode == AXVM_INTERRUPT_MODE_NO_IRQ)
			continue;
		for (size_t i = 0; i < vm->passthrough_device_count; i++) {
			uint64_t irq = vm->passthrough_devices[i].irq_id;

			if (irq != 0)
				axvm_spans_add(&c->spans, index,
					       AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i, irq, 0);
		}
	}
	axvm_spans_sort(&c->spans, NULL);
	axvm_report_runs(c, &irq_conflict, NULL, true);
}
