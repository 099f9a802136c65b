/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_check.h"

/* The local APIC, which the hypervisor maps by itself. */
#define X86_LOCAL_APIC 0xfee00000

static const struct axvm_rule empty =
	AXVM_RULE(AXVM_FINDING_DEVICE_EMPTY, AXVM_SEVERITY_ERROR, "has length 0",
		  "Give it a length, or take it out.");
static const struct axvm_rule overflow =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERFLOW, AXVM_SEVERITY_ERROR,
		  "has an end that does not fit into 64 bits", "Lower its base or its length.");
static const struct axvm_rule beyond_width =
	AXVM_RULE(AXVM_FINDING_DEVICE_BEYOND_WIDTH, AXVM_SEVERITY_ERROR,
		  "reaches past the guest address width",
		  "Move it below the highest address that the guest can form.");
static const struct axvm_rule page_offset = AXVM_RULE(
	AXVM_FINDING_DEVICE_PAGE_OFFSET, AXVM_SEVERITY_ERROR,
	"has another offset in its page than its base_hpa",
	"Give base_gpa and base_hpa the same low 12 bits: only whole pages can be mapped.");
static const struct axvm_rule host_ignored = AXVM_RULE(
	AXVM_FINDING_DEVICE_HOST_IGNORED, AXVM_SEVERITY_WARNING, "differs from its base_hpa",
	"Set base_gpa = base_hpa: this version of the hypervisor maps a GPA to the same HPA.");
static const struct axvm_rule unaligned = AXVM_RULE(
	AXVM_FINDING_DEVICE_UNALIGNED, AXVM_SEVERITY_WARNING, "begins amid a page",
	"Round the base down and the end up to whole pages: else the last page may not be mapped.");
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
static const struct axvm_rule arch_lacks =
	AXVM_RULE(AXVM_FINDING_DEVICE_ARCH, AXVM_SEVERITY_WARNING,
		  "has a type that is not implemented on this architecture",
		  "Take it out: the hypervisor skips it.");
static const struct axvm_rule reserved =
	AXVM_RULE(AXVM_FINDING_DEVICE_RESERVED, AXVM_SEVERITY_WARNING,
		  "covers a page that the hypervisor maps itself", "Leave that page out.");
static const struct axvm_rule irq_unused = AXVM_RULE(AXVM_FINDING_IRQ_UNUSED, AXVM_SEVERITY_WARNING,
						     "has an IRQ, but interrupt_mode is no_irq",
						     "Set interrupt_mode, or the IRQ to 0.");

bool axvm_emulated_range(const axvm_emulated_device_config *device, axvm_gpa_range *out)
{
	axvm_gpa_range r;

	if (device->length == 0 || !axvm_emulated_device_config_footprint(device, &r) ||
	    axvm_gpa_range_is_empty(r))
		return false;
	*out = r;
	return true;
}

bool axvm_passthrough_is_discovered(const axvm_passthrough_device_config *device)
{
	return device->name && device->name[0] == '/' && device->base_gpa.addr == 0 &&
	       device->base_hpa.addr == 0 && device->length == 0 && device->irq_id == 0;
}

bool axvm_passthrough_range(const axvm_passthrough_device_config *device, axvm_gpa_range *out)
{
	return device->length != 0 && axvm_passthrough_device_config_range(device, out);
}

bool axvm_address_range(const axvm_passthrough_address_config *address, axvm_gpa_range *out)
{
	return address->length != 0 && axvm_passthrough_address_config_range(address, out);
}

static void check_irq(struct axvm_check *c, size_t vm, axvm_layout_table table, size_t index,
		      uint64_t irq)
{
	if (irq != 0 && axvm_check_vm(c, vm)->interrupt_mode == AXVM_INTERRUPT_MODE_NO_IRQ)
		axvm_check_report(c, &irq_unused, vm, table, index, irq);
}

/* A list that is too short has been reported when this is true. */
static bool check_config(struct axvm_check *c, size_t vm_index, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, vm_index);
	const axvm_emulated_device_config *device = axvm_vm_emulated(vm, index);
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_EMU_DEVICES;

	if (device->cfg_list_len < axvm_emulated_device_type_config_count(device->emu_type)) {
		axvm_check_report(c, &config_short, vm_index, table, index, device->emu_type);
		return true;
	}
	if (device->emu_type == AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR &&
	    axvm_cpu_num_is_valid(vm) && device->cfg_list[0] != vm->cpu_num)
		axvm_check_report(c, &config_cpu_num, vm_index, table, index, device->cfg_list[0]);
	return false;
}

static void check_emulated(struct axvm_check *c, size_t vm, size_t index)
{
	const axvm_emulated_device_config *device = axvm_vm_emulated(axvm_check_vm(c, vm), index);
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_EMU_DEVICES;
	bool in_memory = axvm_emulated_device_type_bus(device->emu_type) == AXVM_DEVICE_BUS_MEMORY;
	uint8_t number = device->emu_type;
	axvm_emulated_device_type known;
	axvm_gpa_range configured, occupied;
	bool fits = axvm_emulated_device_config_range(device, &configured);
	axvm_arch arch;

	if (number == AXVM_EMULATED_DEVICE_DUMMY)
		return;
	if (!axvm_emulated_device_type_try_from_usize(number, &known)) {
		/* 10, IVC, is the number of another type today. */
		axvm_check_report(c, number >= 3 && number <= 11 ? &type_of_old_file : &type, vm,
				  table, index, number);
		if (!fits)
			axvm_check_report(c, &overflow, vm, table, index, device->length);
		check_irq(c, vm, table, index, device->irq_id);
		return;
	}
	occupied = axvm_range_saturated(device->base_gpa, device->length);
	if (!check_config(c, vm, index) && in_memory && fits)
		fits = axvm_emulated_device_config_footprint(device, &occupied);
	if (device->length == 0)
		axvm_check_report(c, &empty, vm, table, index, 0);
	else if (!fits)
		axvm_check_report(c, &overflow, vm, table, index, device->length);
	else if (in_memory && axvm_check_beyond_width(c, occupied))
		axvm_check_report(c, &beyond_width, vm, table, index, c->limits.gpa_bits);
	if (axvm_arch_try_from_usize(c->limits.arch, &arch) &&
	    !axvm_emulated_device_type_supports(device->emu_type, arch))
		axvm_check_report(c, &arch_lacks, vm, table, index, number);
	check_irq(c, vm, table, index, device->irq_id);
}

/* What pass-through devices and addresses have in common. */
static void check_placed(struct axvm_check *c, size_t vm, axvm_layout_table table, size_t index,
			 axvm_gpa_range r)
{
	axvm_gpa_range apic;

	if (axvm_check_beyond_width(c, r))
		axvm_check_report(c, &beyond_width, vm, table, index, c->limits.gpa_bits);
	if (!axvm_gpa_is_aligned_4k(r.start))
		axvm_check_report(c, &unaligned, vm, table, index, 0);
	apic = axvm_gpa_range_from_start_size(axvm_gpa_new(X86_LOCAL_APIC), AXVM_PAGE_SIZE_4K);
	if (c->limits.arch == AXVM_ARCH_X86_64 && axvm_gpa_range_overlaps(r, apic))
		axvm_check_report(c, &reserved, vm, table, index, X86_LOCAL_APIC);
}

static void check_passthrough(struct axvm_check *c, size_t vm, size_t index)
{
	const axvm_passthrough_device_config *device =
		axvm_vm_passthrough(axvm_check_vm(c, vm), index);
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES;
	axvm_hpa_range host;
	axvm_gpa_range r;

	if (axvm_passthrough_is_discovered(device))
		return;
	check_irq(c, vm, table, index, device->irq_id);
	if (device->length == 0) {
		axvm_check_report(c, &empty, vm, table, index, 0);
		return;
	}
	if (!axvm_passthrough_device_config_range(device, &r)) {
		axvm_check_report(c, &overflow, vm, table, index, device->length);
		return;
	}
	check_placed(c, vm, table, index, r);
	if (!axvm_passthrough_device_config_host_range(device, &host)) {
		axvm_check_report_host(c, &overflow, vm, table, index, device->length);
		return;
	}
	if (axvm_gpa_align_offset_4k(device->base_gpa) !=
	    axvm_hpa_align_offset_4k(device->base_hpa))
		axvm_check_report(c, &page_offset, vm, table, index, device->base_hpa.addr);
	else if (device->base_gpa.addr != device->base_hpa.addr)
		axvm_check_report(c, &host_ignored, vm, table, index, device->base_hpa.addr);
}

static void check_address(struct axvm_check *c, size_t vm, size_t index)
{
	const axvm_passthrough_address_config *address =
		axvm_vm_address(axvm_check_vm(c, vm), index);
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES;
	axvm_gpa_range r;

	if (address->length == 0)
		axvm_check_report(c, &empty, vm, table, index, 0);
	else if (!axvm_passthrough_address_config_range(address, &r))
		axvm_check_report(c, &overflow, vm, table, index, address->length);
	else
		check_placed(c, vm, table, index, r);
}

void axvm_check_devices(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t i = 0; i < vm->emu_device_count; i++)
		check_emulated(c, index, i);
	for (size_t i = 0; i < vm->passthrough_device_count; i++)
		check_passthrough(c, index, i);
	for (size_t i = 0; i < vm->passthrough_address_count; i++)
		check_address(c, index, i);
}
