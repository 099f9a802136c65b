/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_check.h"

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
static const struct axvm_rule irq_shared =
	AXVM_RULE(AXVM_FINDING_IRQ_SHARED, AXVM_SEVERITY_WARNING, "has the IRQ of",
		  "Give each device its own IRQ, or 0 where it has none.");

static void check_names(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	c->span_count = 0;
	for (size_t i = 0; i < vm->emu_device_count; i++)
		axvm_check_add_name(c, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i,
				    axvm_vm_emulated(vm, i)->name);
	axvm_check_sort(c, axvm_span_tie_name);
	axvm_check_runs(c, &name, axvm_span_tie_name, false);

	c->span_count = 0;
	for (size_t i = 0; i < vm->passthrough_device_count; i++)
		axvm_check_add_name(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
				    axvm_vm_passthrough(vm, i)->name);
	axvm_check_sort(c, axvm_span_tie_name);
	axvm_check_runs(c, &name, axvm_span_tie_name, false);
}

static void check_irqs(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	c->span_count = 0;
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = axvm_vm_emulated(vm, i);

		if (device->irq_id != 0 && device->emu_type != AXVM_EMULATED_DEVICE_DUMMY)
			axvm_check_add(c, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i, device->irq_id,
				       0);
	}
	for (size_t i = 0; i < vm->passthrough_device_count; i++) {
		uint64_t irq = axvm_vm_passthrough(vm, i)->irq_id;

		if (irq != 0)
			axvm_check_add(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i, irq, 0);
	}
	axvm_check_sort(c, NULL);
	axvm_check_runs(c, &irq_shared, NULL, false);
}

/* The one architecture that has a type; unknown for types of all or of none. */
static axvm_arch arch_of(axvm_emulated_device_type type)
{
	static const axvm_arch archs[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_RISCV64, AXVM_ARCH_X86_64,
					   AXVM_ARCH_LOONGARCH64 };
	axvm_arch only = AXVM_ARCH_UNKNOWN;

	for (size_t i = 0; i < sizeof(archs) / sizeof(archs[0]); i++) {
		if (!axvm_emulated_device_type_supports(type, archs[i]))
			continue;
		if (only != AXVM_ARCH_UNKNOWN)
			return AXVM_ARCH_UNKNOWN;
		only = archs[i];
	}
	return only;
}

static void report_emulated(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
			    size_t first, size_t later, uint64_t value)
{
	const struct axvm_span a = { .vm = (uint32_t)vm,
				     .table = AXVM_LAYOUT_TABLE_EMU_DEVICES,
				     .index = first };
	const struct axvm_span b = { .vm = (uint32_t)vm,
				     .table = AXVM_LAYOUT_TABLE_EMU_DEVICES,
				     .index = later };

	axvm_check_report_two(c, rule, SIDE_GUEST, &a, &b, value);
}

static void check_types(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_arch known, only = AXVM_ARCH_UNKNOWN;
	/* Where the architecture is given, each device is compared with that. */
	bool is_given = axvm_arch_try_from_usize(c->limits.arch, &known);
	size_t first_arch = 0, first_ivc = SIZE_MAX;

	for (size_t i = 0; i < vm->emu_device_count; i++) {
		axvm_emulated_device_type type = axvm_vm_emulated(vm, i)->emu_type;
		axvm_arch its = is_given ? AXVM_ARCH_UNKNOWN : arch_of(type);

		if (type == AXVM_EMULATED_DEVICE_IVC_CHANNEL) {
			if (first_ivc == SIZE_MAX)
				first_ivc = i;
			else
				report_emulated(c, &ivc, index, first_ivc, i, 0);
		}
		if (its == AXVM_ARCH_UNKNOWN)
			continue;
		if (only == AXVM_ARCH_UNKNOWN) {
			only = its;
			first_arch = i;
		} else if (its != only) {
			report_emulated(c, &arch, index, first_arch, i,
					axvm_vm_emulated(vm, first_arch)->emu_type);
		}
	}
}

void axvm_check_lists(struct axvm_check *c, size_t index)
{
	check_types(c, index);
	check_names(c, index);
	check_irqs(c, index);
}
