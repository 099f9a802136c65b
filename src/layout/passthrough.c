/* SPDX-License-Identifier: Apache-2.0 */
#include "common.h"
#include "facts.h"
#include "report.h"
#include "rules.h"

/* Pass-through devices and addresses, each by itself. */

/* The local APIC, which the hypervisor maps by itself. */
#define X86_LOCAL_APIC 0xfee00000

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
static const struct axvm_rule reserved =
	AXVM_RULE(AXVM_FINDING_DEVICE_RESERVED, AXVM_SEVERITY_WARNING,
		  "covers a page that the hypervisor maps itself", "Leave that page out.");

/* What pass-through devices and addresses have in common. */
static void check_placed(struct axvm_check *c, size_t vm, axvm_layout_table table, size_t index,
			 axvm_gpa_range r)
{
	axvm_gpa_range apic;

	if (axvm_range_is_beyond_width(r, c->limits.gpa_bits))
		axvm_report(c, &axvm_rule_device_beyond_width, vm, table, index,
			    c->limits.gpa_bits);
	if (!axvm_gpa_is_aligned_4k(r.start))
		axvm_report(c, &unaligned, vm, table, index, 0);
	apic = axvm_gpa_range_from_start_size(axvm_gpa_new(X86_LOCAL_APIC), AXVM_PAGE_SIZE_4K);
	if (c->limits.arch == AXVM_ARCH_X86_64 && axvm_gpa_range_overlaps(r, apic))
		axvm_report(c, &reserved, vm, table, index, X86_LOCAL_APIC);
}

static void check_passthrough(struct axvm_check *c, size_t vm, size_t index)
{
	const axvm_passthrough_device_config *device =
		&axvm_check_vm(c, vm)->passthrough_devices[index];
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES;
	axvm_hpa_range host;
	axvm_gpa_range r;

	if (axvm_passthrough_is_discovered(device))
		return;
	if (device->length == 0) {
		axvm_report(c, &axvm_rule_device_empty, vm, table, index, 0);
		return;
	}
	if (!axvm_passthrough_device_config_range(device, &r)) {
		axvm_report(c, &axvm_rule_device_overflow, vm, table, index, device->length);
		return;
	}
	check_placed(c, vm, table, index, r);
	if (!axvm_passthrough_device_config_host_range(device, &host)) {
		axvm_report_host(c, &axvm_rule_device_overflow, vm, table, index, device->length);
		return;
	}
	if (axvm_gpa_align_offset_4k(device->base_gpa) !=
	    axvm_hpa_align_offset_4k(device->base_hpa))
		axvm_report(c, &page_offset, vm, table, index, device->base_hpa.addr);
	else if (device->base_gpa.addr != device->base_hpa.addr)
		axvm_report(c, &host_ignored, vm, table, index, device->base_hpa.addr);
}

static void check_address(struct axvm_check *c, size_t vm, size_t index)
{
	const axvm_passthrough_address_config *address =
		&axvm_check_vm(c, vm)->passthrough_addresses[index];
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES;
	axvm_gpa_range r;

	if (address->length == 0)
		axvm_report(c, &axvm_rule_device_empty, vm, table, index, 0);
	else if (!axvm_passthrough_address_config_range(address, &r))
		axvm_report(c, &axvm_rule_device_overflow, vm, table, index, address->length);
	else
		check_placed(c, vm, table, index, r);
}

void axvm_rules_passthrough(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t i = 0; i < vm->passthrough_device_count; i++)
		check_passthrough(c, index, i);
	for (size_t i = 0; i < vm->passthrough_address_count; i++)
		check_address(c, index, i);
}
