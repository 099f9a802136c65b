/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/devices.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Devices that reach memory by themselves. */

/*
 * device-dma
 *
 * What: A device of the host is passed through, and a memory region is of type alloc (0). From 0.7.3
 * on for aarch64 and riscv64 only, also where guest_type is passthrough. On x86_64 not of the
 * interrupt controllers, timers and chipset registers from 0xfec00000 to 0xfeefffff.
 * Why: There is no IOMMU: a device that reads and writes memory by itself (DMA) does so at host
 * addresses. The guest gives it guest addresses, and with type alloc the host has other memory
 * there, of another VM or of the hypervisor.
 * How: Use type identical (1) or reserved (2) for a guest that drives devices with DMA. A device
 * without, such as a UART or a timer, may be passed through all the same.
 */
static const struct axvm_rule dma =
	AXVM_RULE(AXVM_FINDING_DEVICE_DMA, AXVM_SEVERITY_NOTE,
		  "has other host addresses, so it is not reached by the DMA of",
		  "Use map_type 1 (identical) or 2 (reserved) if the guest drives a device with "
		  "DMA: without an IOMMU a device reads and writes host addresses.");

/* From 0.7.3 on, where the device tree has the devices; x86_64 needs memory of type alloc. */
static bool passes_path(const struct axvm_check *c, const axvm_passthrough_device_config *device)
{
	if (axvm_host_has_no_tree(c))
		return false;
	return device->name && device->name[0] == '/' && device->name[1] != '\0';
}

/* PCs have the I/O APIC, timers and the local APIC there, all without DMA. */
static bool is_without_dma(const struct axvm_check *c, const struct axvm_passed *passed)
{
	const axvm_gpa_range chipset = AXVM_GPA_RANGE_INIT(0xfec00000, 0xfef00000);
	axvm_gpa_range r;

	return c->limits.arch == AXVM_ARCH_X86_64 && axvm_passed_host_mapped(c, passed, &r) &&
	       axvm_gpa_range_contains_range(chipset, r);
}

/* Whether the guest may get a device with DMA by an entry. */
static bool may_do_dma(const struct axvm_check *c, const struct axvm_passed *passed)
{
	const axvm_passthrough_device_config *device = passed->device;

	if (!axvm_lists_devices(c))
		return device && passes_path(c, device);
	if (device && axvm_passthrough_is_discovered(device))
		return axvm_passthrough_discovery_works(c, device);
	return passed->length != 0 && !is_without_dma(c, passed);
}

/* The first thing of the host that a VM gets; false when there is none. */
static bool find_passed(const struct axvm_check *c, size_t index, struct axvm_span *out)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_passed passed;

	*out = (struct axvm_span){ .vm = (uint32_t)index };
	axvm_passed_begin(&passed, c, index);
	while (axvm_passed_next(&passed)) {
		if (!may_do_dma(c, &passed))
			continue;
		out->table = passed.table;
		out->index = (uint32_t)passed.index;
		return true;
	}
	out->table = AXVM_LAYOUT_TABLE_GUEST_TYPE;
	return !axvm_lists_devices(c) && vm->guest_type == AXVM_GUEST_TYPE_PASSTHROUGH &&
	       axvm_host_has_tree(c);
}

void axvm_rules_device_dma(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_span region = { .vm = (uint32_t)index,
				    .table = AXVM_LAYOUT_TABLE_MEMORY_REGIONS };
	struct axvm_span passed;

	while (region.index < vm->memory_region_count &&
	       vm->memory_regions[region.index].map_type != AXVM_MEM_MAPPING_ALLOC)
		region.index++;
	if (region.index < vm->memory_region_count && find_passed(c, index, &passed))
		axvm_report_two(c, &dma, SIDE_GUEST, &region, &passed, 0);
}
