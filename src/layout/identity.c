/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "report.h"
#include "rules.h"

/* Ids and names of the VMs of a machine. */

static const struct axvm_rule id = AXVM_RULE(AXVM_FINDING_VM_ID, AXVM_SEVERITY_ERROR,
					     "is the same as", "Give each VM an id of its own.");
static const struct axvm_rule name = AXVM_RULE(AXVM_FINDING_VM_NAME, AXVM_SEVERITY_WARNING,
					       "is the same as", "Give each VM a name of its own.");

void axvm_rules_identity(struct axvm_check *c)
{
	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < c->vm_count; i++) {
		const axvm_layout_vm *vm = axvm_check_vm(c, i);

		if (vm->id != 0 || axvm_vm_is_complete(vm))
			axvm_spans_add(&c->spans, i, AXVM_LAYOUT_TABLE_ID, 0, vm->id, 0);
	}
	axvm_spans_sort(&c->spans, NULL);
	axvm_report_runs(c, &id, NULL, true);

	axvm_spans_clear(&c->spans);
	for (size_t vm = 0; vm < c->vm_count; vm++)
		axvm_spans_add_name(&c->spans, vm, AXVM_LAYOUT_TABLE_NAME, 0,
				    axvm_check_vm(c, vm)->name);
	axvm_spans_sort(&c->spans, axvm_span_tie_name);
	axvm_report_runs(c, &name, axvm_span_tie_name, true);
}
