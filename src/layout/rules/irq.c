/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Interrupts. No version of the hypervisor reads irq_id, so that what is said of it are notes. */

#define SHARED_HINT "Set an IRQ of its own for each device, or 0 where it has none."
#define CONFLICT_HINT "Pass the IRQ through to one VM only."

/*
 * irq-shared
 *
 * What: Several devices of a VM have the same IRQ number; 0 means none.
 * Why: No version of the hypervisor reads irq_id yet, so nothing follows from it. In files for
 * boards the number is often a placeholder.
 * How: Give each device its own number, 0 where it has none; or disable the code.
 */
static const struct axvm_rule shared =
	AXVM_RULE(AXVM_FINDING_IRQ_SHARED, AXVM_SEVERITY_NOTE, "has the same IRQ as", SHARED_HINT);
static const struct axvm_rule shared_by_several =
	AXVM_RULE(AXVM_FINDING_IRQ_SHARED, AXVM_SEVERITY_NOTE,
		  "has the same IRQ as several devices, such as", SHARED_HINT);

/*
 * irq-unused
 *
 * What: A device has an IRQ, but interrupt_mode is no_irq, which is also the default. For 0.7 an
 * error for a RISC-V PLIC.
 * Why: The guest gets no interrupts from the device; 0.7 refuses a PLIC.
 * How: Set interrupt_mode to emu or passthrough, or the IRQ to 0.
 */
static const struct axvm_rule unused = AXVM_RULE(AXVM_FINDING_IRQ_UNUSED, AXVM_SEVERITY_NOTE,
						 "has an IRQ, but interrupt_mode is no_irq",
						 "Set interrupt_mode, or set the IRQ to 0.");
static const struct axvm_rule plic_off =
	AXVM_RULE_SINCE(AXVM_FINDING_IRQ_UNUSED, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR,
			"is a PLIC, but interrupt_mode is no_irq",
			"Set interrupt_mode to emu or passthrough, or remove the device.");

/*
 * irq-conflict
 *
 * What: Two VMs have the same IRQ for passthrough devices.
 * Why: No version of the hypervisor reads irq_id yet; but a device interrupts one VM only.
 * How: Pass it through to one VM.
 */
static const struct axvm_rule conflict = AXVM_RULE(AXVM_FINDING_IRQ_CONFLICT, AXVM_SEVERITY_NOTE,
						   "has the same physical IRQ as", CONFLICT_HINT);
static const struct axvm_rule several_conflicts =
	AXVM_RULE(AXVM_FINDING_IRQ_CONFLICT, AXVM_SEVERITY_NOTE,
		  "is the first of several devices that share physical IRQs with", CONFLICT_HINT);

static void add_passthrough(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t i = 0; i < vm->passthrough_device_count; i++) {
		uint64_t irq = vm->passthrough_devices[i].irq_id;

		if (irq != 0)
			axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
				       irq, 0);
	}
}

static void add_emulated(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];

		if (device->irq_id != 0 && device->emu_type != AXVM_EMULATED_DEVICE_DUMMY)
			axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i,
				       device->irq_id, 0);
	}
}

/* A type of another architecture is skipped. */
static bool is_plic(const struct axvm_check *c, const axvm_emulated_device_config *device)
{
	return device->emu_type == AXVM_EMULATED_DEVICE_PPPT_GLOBAL &&
	       (c->limits.arch == AXVM_ARCH_RISCV64 || c->limits.arch == AXVM_ARCH_UNKNOWN);
}

/* The mode is the one cause: whether a PLIC was found, which decides it for all interrupts. */
static bool report_plic(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	if (c->limits.model < AXVM_MODEL_0_7)
		return false;
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		if (is_plic(c, &vm->emu_devices[i])) {
			axvm_report(c, &plic_off, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i, 0);
			return true;
		}
	}
	return false;
}

/* A number is one finding, however many devices have it. */
void axvm_rules_irq(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool off = axvm_vm_is_complete(vm) && vm->interrupt_mode == AXVM_INTERRUPT_MODE_NO_IRQ;
	size_t end;

	if (off && report_plic(c, index))
		return;
	axvm_spans_clear(&c->spans);
	add_emulated(c, index);
	add_passthrough(c, index);
	axvm_spans_sort(&c->spans, NULL);
	for (size_t i = 0; i < c->spans.count; i = end) {
		const struct axvm_span *first = &c->spans.list[i];

		end = axvm_spans_run_end(&c->spans, i, NULL);
		if (off)
			axvm_report(c, &unused, index, first->table, first->index, first->start);
		else if (end - i > 1)
			axvm_report_two(c, end - i > 2 ? &shared_by_several : &shared, SIDE_GUEST,
					first, first + 1, first->start);
	}
}

/* Two VMs are one finding, however many numbers they share. */
void axvm_rules_irq_conflict(struct axvm_check *c)
{
	size_t end;

	axvm_spans_clear(&c->spans);
	for (size_t vm = 0; vm < c->vm_count; vm++) {
		if (axvm_check_vm(c, vm)->interrupt_mode != AXVM_INTERRUPT_MODE_NO_IRQ)
			add_passthrough(c, vm);
	}
	axvm_spans_sort(&c->spans, NULL);
	axvm_spans_pair(&c->spans, NULL);
	for (size_t i = 0; i < c->spans.count; i = end) {
		struct axvm_span a, b;

		end = axvm_spans_run_end(&c->spans, i, NULL);
		axvm_spans_split(&c->spans.list[i], &a, &b);
		axvm_report_two(c, end - i > 1 ? &several_conflicts : &conflict, SIDE_GUEST, &a, &b,
				axvm_check_vm(c, a.vm)->passthrough_devices[a.index].irq_id);
	}
}
