/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/devices.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/*
 * device-name
 *
 * What: Two devices of one list have the same name.
 * Why: The hypervisor's messages do not distinguish them; usually a line was copied.
 * How: Give each device a name of its own.
 */
static const struct axvm_rule name =
	AXVM_RULE(AXVM_FINDING_DEVICE_NAME, AXVM_SEVERITY_WARNING, "has the same name as",
		  "Give each device a name of its own.");

/*
 * device-twice
 *
 * What: Two passthrough entries have the same range; or, an error, a VM has a second console, PIT
 * or interrupt controller 0x1, or (0.7) a second PLIC.
 * Why: The second entry adds nothing. A VM has one of each of those devices: 0.7 refuses a second
 * one.
 * How: Remove one.
 */
static const struct axvm_rule second =
	AXVM_RULE(AXVM_FINDING_DEVICE_TWICE, AXVM_SEVERITY_ERROR, "has the same place as",
		  "Remove the second one: the hypervisor has one place for all of this type.");
static const struct axvm_rule second_plic = AXVM_RULE_SINCE(
	AXVM_FINDING_DEVICE_TWICE, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR,
	"is the VM's PLIC; the hypervisor refuses a second one,", "Remove the second one.");
static const struct axvm_rule same_range =
	AXVM_RULE(AXVM_FINDING_DEVICE_TWICE, AXVM_SEVERITY_WARNING, "has the same range as",
		  "Remove one of them.");

static void check_names(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->emu_device_count; i++)
		axvm_spans_add_name(&c->spans, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i,
				    vm->emu_devices[i].name);
	axvm_spans_sort(&c->spans, axvm_span_tie_name);
	axvm_report_runs(c, &name, axvm_span_tie_name);

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->passthrough_device_count; i++)
		axvm_spans_add_name(&c->spans, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
				    vm->passthrough_devices[i].name);
	axvm_spans_sort(&c->spans, axvm_span_tie_name);
	axvm_report_runs(c, &name, axvm_span_tie_name);
}

/* Of kinds that a VM can have one of. A second IVC channel is the finding device-ivc. */
static void check_singles(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	size_t first[SINGLE_COUNT] = { 0 };
	unsigned taken = 0;

	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];
		enum axvm_single kind = axvm_emulated_single(c, device);

		if (axvm_emulated_take_single(c, device, &taken))
			first[kind] = i;
		else if (kind != SINGLE_IVC)
			axvm_report_elements(c, kind == SINGLE_PLIC ? &second_plic : &second, index,
					     AXVM_LAYOUT_TABLE_EMU_DEVICES, first[kind], i, 0);
	}
}

static int tie_end(const struct axvm_span *a, const struct axvm_span *b)
{
	return (a->end > b->end) - (a->end < b->end);
}

/* As configured. One that is mapped to another place of the host contradicts the first. */
static void check_ranges(struct axvm_check *c, size_t index)
{
	struct axvm_passed passed;
	size_t end;

	axvm_spans_clear(&c->spans);
	axvm_passed_begin(&passed, c, index);
	while (axvm_passed_next(&passed)) {
		if (!passed.is_dropped && passed.length != 0)
			axvm_spans_add(&c->spans, index, passed.table, passed.index,
				       passed.base_gpa.addr, passed.length);
	}
	axvm_spans_sort(&c->spans, tie_end);
	for (size_t i = 0; i < c->spans.count; i = end) {
		const struct axvm_span *of = &c->spans.list[i];

		end = axvm_spans_run_end(&c->spans, i, tie_end);
		for (size_t j = i + 1; j < end; j++) {
			const struct axvm_span *span = &c->spans.list[j];

			if (axvm_host_offset(c, span) == axvm_host_offset(c, of))
				axvm_report_two(c, &same_range, SIDE_GUEST, of, span, 0);
		}
	}
}

void axvm_rules_device_twice(struct axvm_check *c, size_t index)
{
	check_singles(c, index);
	check_ranges(c, index);
	check_names(c, index);
}
