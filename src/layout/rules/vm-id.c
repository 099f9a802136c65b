/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Ids and names of VMs. */

/*
 * vm-id
 *
 * What: Two files of one machine have the same id; or, a warning, a VM of an aarch64 machine with
 * passthrough interrupts has an id that is 0 or above 8.
 * Why: The hypervisor finds VMs by their id, and refuses the second one. On aarch64 it sends a VM's
 * interrupts to the CPU of number id - 1, of which there are 8 at most.
 * How: Give each VM its own id; or use --separate if the files are of different machines.
 */
static const struct axvm_rule id =
	AXVM_RULE(AXVM_FINDING_VM_ID, AXVM_SEVERITY_ERROR, "is the same as",
		  "Give each VM an id of its own: the hypervisor "
		  "refuses the second one.");

/*
 * vm-name
 *
 * What: Two files of one machine have the same name.
 * Why: The hypervisor's messages do not distinguish the VMs.
 * How: Give each VM its own name; or use --separate if the files are of different machines.
 */
static const struct axvm_rule name = AXVM_RULE(AXVM_FINDING_VM_NAME, AXVM_SEVERITY_WARNING,
					       "is the same as", "Give each VM a name of its own.");

/* The hypervisor binds the interrupts to CPU id - 1, as one bit of eight. */
#define HIGHEST_CPU_ID 8

static const struct axvm_rule id_routes =
	AXVM_RULE(AXVM_FINDING_VM_ID, AXVM_SEVERITY_WARNING,
		  "is not from 1 to 8: no CPU receives its passthrough interrupts",
		  "Give it an id from 1 to 8: the hypervisor routes its interrupts to CPU id - 1.");

void axvm_rules_vm_id(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	if (c->limits.arch != AXVM_ARCH_AARCH64 ||
	    vm->interrupt_mode != AXVM_INTERRUPT_MODE_PASSTHROUGH ||
	    (vm->id == 0 && !axvm_vm_is_complete(vm)))
		return;
	if (vm->id == 0 || vm->id > HIGHEST_CPU_ID)
		axvm_report(c, &id_routes, index, AXVM_LAYOUT_TABLE_ID, 0, vm->id);
}

void axvm_rules_vm_id_conflict(struct axvm_check *c)
{
	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < c->vm_count; i++) {
		const axvm_layout_vm *vm = axvm_check_vm(c, i);

		if (vm->id != 0 || axvm_vm_is_complete(vm))
			axvm_spans_add(&c->spans, i, AXVM_LAYOUT_TABLE_ID, 0, vm->id, 0);
	}
	axvm_spans_sort(&c->spans, NULL);
	axvm_report_runs(c, &id, NULL);

	axvm_spans_clear(&c->spans);
	for (size_t vm = 0; vm < c->vm_count; vm++)
		axvm_spans_add_name(&c->spans, vm, AXVM_LAYOUT_TABLE_NAME, 0,
				    axvm_check_vm(c, vm)->name);
	axvm_spans_sort(&c->spans, axvm_span_tie_name);
	axvm_report_runs(c, &name, axvm_span_tie_name);
}
