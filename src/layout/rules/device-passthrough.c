/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/devices.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/device-range.h"
#include "layout/rules/rules.h"

/* Passthrough devices and addresses, each by itself, and addresses that are kept free. */

/*
 * device-page-offset
 *
 * What: base_gpa and base_hpa of a passthrough device differ in their low 12 bits. A warning for
 * 0.5, which never reads base_hpa.
 * Why: Only whole pages can be mapped, so no page table can give the registers that address: 0.7
 * refuses the VM.
 * How: Give both the same low 12 bits.
 */
static const struct axvm_rule page_offset = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_DEVICE_PAGE_OFFSET,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_WARNING),
		   AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR)),
	"does not have the same offset in its page as its base_hpa",
	"Set the same low 12 bits in base_gpa and base_hpa: only whole pages can be mapped.");

/*
 * device-host-ignored
 *
 * What: base_hpa of a passthrough device is not its base_gpa. A warning for 0.5, an error for 0.7
 * on aarch64 and riscv64.
 * Why: 0.5 maps a guest address to the same host address and never reads base_hpa: the guest gets
 * other hardware than intended. 0.7 refuses the VM on architectures with a device tree, and uses
 * base_hpa on the others.
 * How: Set base_gpa to base_hpa, and change the guest's device tree accordingly.
 */
static const struct axvm_rule host_ignored = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_DEVICE_HOST_IGNORED,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_WARNING), AXVM_GONE(AXVM_MODEL_0_7)),
	"differs from its base_hpa",
	"Set base_gpa = base_hpa: Axvisor before 0.5.16 maps a GPA to the same HPA.");
static const struct axvm_rule host_refused =
	AXVM_RULE_SINCE(AXVM_FINDING_DEVICE_HOST_IGNORED, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR,
			"differs from its base_hpa, which is refused with a device tree",
			"Set base_gpa = base_hpa: the hypervisor maps it by the tree as well.");

/*
 * device-unaligned
 *
 * What: A passthrough device or address range begins inside a page; for 0.5.
 * Why: That version maps the length, rounded up, from the beginning of that page: the last page may
 * not be mapped. 0.7 maps each page that the range touches.
 * How: Round the base down and the end up to multiples of 4 KiB.
 */
static const struct axvm_rule unaligned = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_DEVICE_UNALIGNED,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_WARNING), AXVM_GONE(AXVM_MODEL_0_7)),
	"begins inside a page",
	"Round the base down and the end up to whole pages: else the last page may not be mapped.");

/*
 * device-reserved
 *
 * What: A passthrough range of an x86_64 VM covers the page 0xfee00000.
 * Why: On Intel processors the hypervisor maps the local APIC there itself, and refuses the VM. On
 * AMD it does not.
 * How: Leave the page out, by two ranges around it.
 */
static const struct axvm_rule reserved =
	AXVM_RULE(AXVM_FINDING_DEVICE_RESERVED, AXVM_SEVERITY_ERROR,
		  "covers a page that the hypervisor maps itself on Intel processors",
		  "Leave that page out.");

/*
 * device-discovery
 *
 * What: A path of the device tree is among passthrough devices where it does not work: on x86_64,
 * or after a range. A warning for ranges after a path.
 * Why: x86_64 has no device tree to find it in. The first entry decides for the list: after a range
 * the hypervisor refuses a path, after a path it ignores the ranges.
 * How: Give paths only or ranges only; passthrough_addresses may be next to both.
 */
static const struct axvm_rule no_discovery =
	AXVM_RULE(AXVM_FINDING_DEVICE_DISCOVERY, AXVM_SEVERITY_ERROR,
		  "is a device tree path, but this architecture has no device tree",
		  "Set its range: [name, base_gpa, base_hpa, length, irq_id].");
static const struct axvm_rule after_range =
	AXVM_RULE(AXVM_FINDING_DEVICE_DISCOVERY, AXVM_SEVERITY_ERROR,
		  "is a range, so the hypervisor refuses the device tree path after it:",
		  "List ranges only, or paths only: the first entry decides.");
static const struct axvm_rule drops =
	AXVM_RULE(AXVM_FINDING_DEVICE_DISCOVERY, AXVM_SEVERITY_WARNING,
		  "is a device tree path, so the hypervisor ignores the range",
		  "List paths only, or move the range to passthrough_addresses.");
static const struct axvm_rule is_dropped =
	AXVM_RULE(AXVM_FINDING_DEVICE_DISCOVERY, AXVM_SEVERITY_WARNING,
		  "is ignored, because the list has a device tree path:", "Remove the ranges, or the entry \"/\".");

/* Of a range as it is configured. */
static void check_placed(struct axvm_check *c, size_t vm, axvm_layout_table table, size_t index,
			 axvm_gpa_range r)
{
	if (axvm_range_is_beyond_width(r, c->limits.gpa_bits))
		axvm_report(c, &axvm_device_beyond_width, vm, table, index, c->limits.gpa_bits);
	if (!axvm_gpa_is_aligned_4k(r.start))
		axvm_report(c, &unaligned, vm, table, index, 0);
	if (axvm_range_covers_apic(c, axvm_mapped_range(c, r)))
		axvm_report(c, &reserved, vm, table, index, AXVM_X86_LOCAL_APIC);
}

static void check_host(struct axvm_check *c, size_t vm, size_t index)
{
	const axvm_passthrough_device_config *device =
		&axvm_check_vm(c, vm)->passthrough_devices[index];
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES;
	uint64_t base = device->base_hpa.addr;
	axvm_hpa_range host;

	/* 0.5 never reads base_hpa. */
	if (c->limits.model >= AXVM_MODEL_0_7 &&
	    !axvm_passthrough_device_config_host_range(device, &host)) {
		axvm_report_host(c, &axvm_device_overflow, vm, table, index, device->length);
		return;
	}
	if (axvm_gpa_align_offset_4k(device->base_gpa) !=
	    axvm_hpa_align_offset_4k(device->base_hpa)) {
		axvm_report(c, &page_offset, vm, table, index, base);
	} else if (device->base_gpa.addr != base) {
		axvm_report(c, &host_ignored, vm, table, index, base);
		if (axvm_host_has_tree(c))
			axvm_report(c, &host_refused, vm, table, index, base);
	}
}

static void check_passed(struct axvm_check *c, size_t vm, const struct axvm_passed *passed)
{
	axvm_gpa_range r;

	if (passed->device && axvm_passthrough_is_discovered(passed->device))
		return;
	/* That refuses the file, before any is dropped. */
	if (passed->length == 0) {
		axvm_report(c, &axvm_device_empty, vm, passed->table, passed->index, 0);
		return;
	}
	if (passed->is_dropped)
		return;
	if (!axvm_gpa_range_try_from_start_size(passed->base_gpa, passed->length, &r)) {
		axvm_report(c, &axvm_device_overflow, vm, passed->table, passed->index,
			    passed->length);
		return;
	}
	check_placed(c, vm, passed->table, passed->index, r);
	if (passed->device)
		check_host(c, vm, passed->index);
}

/* The one entry that the others of the list are reported against. */
static size_t first_of(const struct axvm_check *c, const axvm_layout_vm *vm, bool dropped)
{
	size_t i = 0;

	/* What drops the others is there. */
	while (dropped && !(axvm_passthrough_is_discovered(&vm->passthrough_devices[i]) &&
			    axvm_passthrough_discovery_works(c, &vm->passthrough_devices[i])))
		i++;
	return i;
}

/* A list is of paths, or of ranges: its first entry decides. */
static void check_discovery(struct axvm_check *c, size_t index, bool dropped)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES;
	size_t first = first_of(c, vm, dropped);

	for (size_t i = 0; i < vm->passthrough_device_count; i++) {
		const axvm_passthrough_device_config *device = &vm->passthrough_devices[i];
		bool discovered = axvm_passthrough_is_discovered(device);

		if (discovered && !axvm_passthrough_discovery_works(c, device))
			axvm_report(c, &no_discovery, index, table, i, 0);
		else if (discovered && !dropped)
			axvm_report_elements(c, &after_range, index, table, first, i, 0);
		else if (!discovered && dropped && device->length != 0)
			axvm_report_elements(c, i < first ? &is_dropped : &drops, index, table,
					     first, i, 0);
	}
}

/* 0.5 has none of these. */
static void check_reserved(struct axvm_check *c, size_t vm, size_t index)
{
	const axvm_reserved_address_config *config =
		&axvm_check_vm(c, vm)->reserved_addresses[index];
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES;
	axvm_gpa_range r;

	if (config->length == 0)
		axvm_report(c, &axvm_device_empty, vm, table, index, 0);
	else if (!axvm_reserved_range(c, config, &r))
		axvm_report(c, &axvm_device_overflow, vm, table, index, config->length);
	else if (axvm_range_is_beyond_width(r, c->limits.gpa_bits))
		axvm_report(c, &axvm_device_beyond_width, vm, table, index, c->limits.gpa_bits);
}

void axvm_rules_device_passthrough(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_passed passed;

	axvm_passed_begin(&passed, c, index);
	check_discovery(c, index, passed.drops_ranges);
	while (axvm_passed_next(&passed))
		check_passed(c, index, &passed);
	for (size_t i = 0; i < vm->reserved_address_count && c->limits.model >= AXVM_MODEL_0_7; i++)
		check_reserved(c, index, i);
}
