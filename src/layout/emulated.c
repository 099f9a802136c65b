/* SPDX-License-Identifier: Apache-2.0 */
#include "common.h"
#include "facts.h"
#include "report.h"
#include "rules.h"

/* Emulated devices, each by itself. */

static const struct axvm_rule type =
	AXVM_RULE(AXVM_FINDING_DEVICE_TYPE, AXVM_SEVERITY_ERROR, "has an unknown emu_type",
		  "Use a type of this version.");
static const struct axvm_rule type_of_old_file =
	AXVM_RULE(AXVM_FINDING_DEVICE_TYPE, AXVM_SEVERITY_ERROR, "has an unknown emu_type",
		  "Renumber the types: this is probably a file from before July 2025.");
static const struct axvm_rule config_short =
	AXVM_RULE(AXVM_FINDING_DEVICE_CONFIG, AXVM_SEVERITY_ERROR,
		  "has fewer members in its cfg_list than its type needs",
		  "Give all members: the hypervisor panics at a list that is too short.");
static const struct axvm_rule config_cpu_num =
	AXVM_RULE(AXVM_FINDING_DEVICE_CONFIG, AXVM_SEVERITY_WARNING,
		  "is a redistributor for another number of vCPUs than the VM has",
		  "Set the first member of its cfg_list to cpu_num.");
static const struct axvm_rule frames_overflow =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERFLOW, AXVM_SEVERITY_ERROR,
		  "has frames, cpu_num x stride, whose end does not fit into 64 bits",
		  "Lower its base, or cpu_num or stride in its cfg_list.");
static const struct axvm_rule arch_lacks =
	AXVM_RULE(AXVM_FINDING_DEVICE_ARCH, AXVM_SEVERITY_WARNING,
		  "has a type that is not implemented on this architecture",
		  "Take it out: the hypervisor skips it.");

/* A list that is too short has been reported when this is true. */
static bool check_config(struct axvm_check *c, size_t vm_index, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, vm_index);
	const axvm_emulated_device_config *device = &vm->emu_devices[index];
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_EMU_DEVICES;

	if (device->cfg_list_len < axvm_emulated_device_type_config_count(device->emu_type)) {
		axvm_report(c, &config_short, vm_index, table, index, device->emu_type);
		return true;
	}
	if (device->emu_type == AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR &&
	    axvm_cpu_num_is_valid(vm) && device->cfg_list[0] != vm->cpu_num)
		axvm_report(c, &config_cpu_num, vm_index, table, index, device->cfg_list[0]);
	return false;
}

static void check_emulated(struct axvm_check *c, size_t vm, size_t index)
{
	const axvm_emulated_device_config *device = &axvm_check_vm(c, vm)->emu_devices[index];
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_EMU_DEVICES;
	bool in_memory = axvm_emulated_device_type_bus(device->emu_type) == AXVM_DEVICE_BUS_MEMORY;
	uint8_t number = device->emu_type;
	axvm_emulated_device_type known;
	axvm_gpa_range occupied;
	bool fits = axvm_emulated_device_config_range(device, &occupied), frames_fit = fits;
	axvm_arch arch;

	if (number == AXVM_EMULATED_DEVICE_DUMMY)
		return;
	if (!axvm_emulated_device_type_try_from_usize_in(c->limits.model, number, &known)) {
		/* 10, IVC, is the number of another type today. */
		axvm_report(c, number >= 3 && number <= 11 ? &type_of_old_file : &type, vm, table,
			    index, number);
		if (!fits)
			axvm_report(c, &axvm_rule_device_overflow, vm, table, index,
				    device->length);
		return;
	}
	if (!check_config(c, vm, index) && in_memory && fits)
		frames_fit = axvm_emulated_device_config_footprint(device, &occupied);
	if (device->length == 0)
		axvm_report(c, &axvm_rule_device_empty, vm, table, index, 0);
	else if (!fits)
		axvm_report(c, &axvm_rule_device_overflow, vm, table, index, device->length);
	else if (!frames_fit)
		axvm_report(c, &frames_overflow, vm, table, index, device->cfg_list[1]);
	else if (in_memory && axvm_range_is_beyond_width(occupied, c->limits.gpa_bits))
		axvm_report(c, &axvm_rule_device_beyond_width, vm, table, index,
			    c->limits.gpa_bits);
	if (axvm_arch_try_from_usize(c->limits.arch, &arch) &&
	    !axvm_emulated_device_type_supports(device->emu_type, arch))
		axvm_report(c, &arch_lacks, vm, table, index, number);
}

void axvm_rules_emulated(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t i = 0; i < vm->emu_device_count; i++)
		check_emulated(c, index, i);
}
