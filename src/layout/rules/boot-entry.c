/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/boot.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

#define BELOW_TEXT "lies below"

/*
 * boot-entry-below-load
 *
 * What: With direct or multiboot boot, entry_point is below kernel_load_addr. An error where the
 * first region is identical or reserved (a warning if the kernel may be a bzImage), else a note.
 * Why: With such a first region the kernel moves to its start and the entry point moves with it;
 * the hypervisor panics at an entry point below the kernel. Otherwise it is right for a boot stub.
 * How: Set entry_point to an address in the image, or disable the code for VMs with a stub.
 */
static const struct axvm_rule entry_panics = AXVM_RULE(
	AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, AXVM_SEVERITY_ERROR, BELOW_TEXT,
	"Raise entry_point: the kernel moves with this first region, and the hypervisor panics.");
static const struct axvm_rule entry_may_panic = AXVM_RULE(
	AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, AXVM_SEVERITY_WARNING, BELOW_TEXT,
	"Raise entry_point, unless the kernel is a bzImage: for any other the hypervisor panics.");
static const struct axvm_rule entry_of_stub =
	AXVM_RULE(AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, AXVM_SEVERITY_NOTE, BELOW_TEXT,
		  "See that a boot stub is there: the kernel image begins at kernel_load_addr.");

/* Whether a VM starts in the BIOS, which then is the boot stub. */
static bool enters_bios(const axvm_layout_vm *vm, axvm_boot_protocol protocol)
{
	if (protocol != AXVM_BOOT_PROTOCOL_MULTIBOOT || !axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS))
		return false;
	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH))
		return axvm_gpa_eq(vm->entry_point, vm->bios_load_addr);
	return vm->entry_point.addr == AXVM_BUILTIN_BIOS_ADDR;
}

static const struct axvm_rule *entry_rule(const struct axvm_check *c, const axvm_layout_vm *vm,
					  axvm_boot_protocol protocol)
{
	if (axvm_kernel_is_moved(c, vm))
		return axvm_may_be_bzimage(c, vm) ? &entry_may_panic : &entry_panics;
	return enters_bios(vm, protocol) ? NULL : &entry_of_stub;
}

void axvm_rules_boot_entry(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	const struct axvm_rule *rule;
	axvm_boot_protocol protocol;

	if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_ENTRY_POINT | AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR) ||
	    !axvm_effective_protocol(vm, &protocol) || protocol == AXVM_BOOT_PROTOCOL_UEFI ||
	    axvm_is_bzimage(c, vm) || axvm_gpa_cmp(vm->entry_point, vm->kernel_load_addr) >= 0)
		return;
	rule = entry_rule(c, vm, protocol);
	if (rule)
		axvm_report_keys(c, rule, index, AXVM_LAYOUT_TABLE_ENTRY_POINT,
				 AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR);
}
