/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "report.h"
#include "rules.h"

/* What stands twice in the device tables of one VM. */

static const struct axvm_rule name =
	AXVM_RULE(AXVM_FINDING_DEVICE_NAME, AXVM_SEVERITY_WARNING, "has the name of",
		  "Give each device a name of its own.");
static const struct axvm_rule arch = AXVM_RULE(
	AXVM_FINDING_DEVICE_ARCH, AXVM_SEVERITY_WARNING, "is for another architecture than",
	"Take out the one of the other architecture: the hypervisor skips it.");
static const struct axvm_rule ivc =
	AXVM_RULE(AXVM_FINDING_DEVICE_IVC, AXVM_SEVERITY_WARNING,
		  "is the only IVC channel that is used, not", "Take the second one out.");

static void check_names(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->emu_device_count; i++)
		axvm_spans_add_name(&c->spans, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i,
				    vm->emu_devices[i].name);
	axvm_spans_sort(&c->spans, axvm_span_tie_name);
	axvm_report_runs(c, &name, axvm_span_tie_name, false);

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->passthrough_device_count; i++)
		axvm_spans_add_name(&c->spans, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
				    vm->passthrough_devices[i].name);
	axvm_spans_sort(&c->spans, axvm_span_tie_name);
	axvm_report_runs(c, &name, axvm_span_tie_name, false);
}

/* The one architecture that has a type; unknown for unknown types and those of all or none. */
static axvm_arch arch_of(axvm_emulated_device_type type)
{
	static const axvm_arch archs[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_RISCV64, AXVM_ARCH_X86_64,
					   AXVM_ARCH_LOONGARCH64 };
	axvm_arch only = AXVM_ARCH_UNKNOWN;
	axvm_emulated_device_type known;

	/* The check is about 0.5. */
	if (!axvm_emulated_device_type_try_from_usize(type, &known))
		return only;
	for (size_t i = 0; i < sizeof(archs) / sizeof(archs[0]); i++) {
		if (!axvm_emulated_device_type_supports(type, archs[i]))
			continue;
		if (only != AXVM_ARCH_UNKNOWN)
			return AXVM_ARCH_UNKNOWN;
		only = archs[i];
	}
	return only;
}

static void check_types(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_EMU_DEVICES;
	axvm_arch known, only = AXVM_ARCH_UNKNOWN;
	/* Where the architecture is given, each device is compared with that. */
	bool is_given = axvm_arch_try_from_usize(c->limits.arch, &known);
	size_t first_arch = 0, first_ivc = SIZE_MAX;

	for (size_t i = 0; i < vm->emu_device_count; i++) {
		axvm_emulated_device_type type = vm->emu_devices[i].emu_type;
		axvm_arch its = is_given ? AXVM_ARCH_UNKNOWN : arch_of(type);

		if (type == AXVM_EMULATED_DEVICE_IVC_CHANNEL) {
			if (first_ivc == SIZE_MAX)
				first_ivc = i;
			else
				axvm_report_elements(c, &ivc, index, table, first_ivc, i, 0);
		}
		if (its == AXVM_ARCH_UNKNOWN)
			continue;
		if (only == AXVM_ARCH_UNKNOWN) {
			only = its;
			first_arch = i;
		} else if (its != only) {
			axvm_report_elements(c, &arch, index, table, first_arch, i,
					     vm->emu_devices[first_arch].emu_type);
		}
	}
}

void axvm_rules_list(struct axvm_check *c, size_t index)
{
	check_types(c, index);
	check_names(c, index);
}
