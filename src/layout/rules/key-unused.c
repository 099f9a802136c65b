/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/boot.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Keys that a version knows, and that have no effect in this configuration. */

/*
 * key-unused
 *
 * What: A key that is set has no effect here. A warning for a firmware that is not loaded:
 * bios_path, uefi_firmware_path or bios_load_addr without enable_bios, or under a boot protocol that
 * does not use it. A note for ramdisk_load_addr without ramdisk_path; for disk_path (0.5, 0.7); for
 * phys_cpu_sets on aarch64 and riscv64, and disabled on x86_64 and loongarch64; and for cmdline
 * where it is not read (0.5 and 0.7 on aarch64 and riscv64, 0.5 on loongarch64).
 * Why: The hypervisor ignores it and says nothing, so the VM boots in another way than its file
 * seems to say.
 * How: Remove the key, or add the one that the message names.
 */
static const struct axvm_rule firmware =
	AXVM_RULE(AXVM_FINDING_KEY_UNUSED, AXVM_SEVERITY_WARNING,
		  "has no effect: without enable_bios no firmware is loaded",
		  "Set enable_bios = true, or remove the key: as it is, the VM starts at "
		  "entry_point.");
static const struct axvm_rule firmware_of_others =
	AXVM_RULE(AXVM_FINDING_KEY_UNUSED, AXVM_SEVERITY_WARNING,
		  "has no effect: this architecture starts a guest without a firmware",
		  "Remove the key: the VM starts at entry_point.");
static const struct axvm_rule uefi_firmware =
	AXVM_RULE(AXVM_FINDING_KEY_UNUSED, AXVM_SEVERITY_WARNING,
		  "has no effect: only boot_protocol \"uefi\" loads it",
		  "Set boot_protocol = \"uefi\", or give the firmware as bios_path.");
static const struct axvm_rule ramdisk =
	AXVM_RULE(AXVM_FINDING_KEY_UNUSED, AXVM_SEVERITY_NOTE, "has no effect without ramdisk_path",
		  "Set ramdisk_path, or remove the key.");
static const struct axvm_rule disk = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_KEY_UNUSED,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_NOTE), AXVM_GONE(AXVM_MODEL_0_7_3)),
	"has no effect: the hypervisor never reads it",
	"Remove the key: a guest of this version gets no disk from a file.");
static const struct axvm_rule sets =
	AXVM_RULE(AXVM_FINDING_KEY_UNUSED, AXVM_SEVERITY_NOTE,
		  "has no effect: on this architecture the masks are made from phys_cpu_ids",
		  "Remove the key, and list the CPUs in phys_cpu_ids.");
static const struct axvm_rule cmdline = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_KEY_UNUSED,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_NOTE), AXVM_GONE(AXVM_MODEL_0_7_3)),
	"has no effect: it is not read on this architecture",
	"Give the command line in the guest's device tree, as bootargs of /chosen.");
static const struct axvm_rule disabled =
	AXVM_RULE_SINCE(AXVM_FINDING_KEY_UNUSED, AXVM_MODEL_0_7_3, AXVM_SEVERITY_NOTE,
			"has no effect: this architecture has no device tree",
			"Remove the key: on this architecture no single device can be kept from "
			"the guest.");

static void report_key(struct axvm_check *c, const struct axvm_rule *rule, size_t index,
		       axvm_layout_table key, axvm_layout_flags flag)
{
	if (axvm_vm_has(axvm_check_vm(c, index), flag))
		axvm_report(c, rule, index, key, 0, 0);
}

/* Where the boot keys contradict each other, or the architecture, that is the finding. */
static void check_firmware(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool may_have_one =
		axvm_may_be(c, AXVM_ARCH_X86_64) || axvm_may_be(c, AXVM_ARCH_LOONGARCH64);
	const struct axvm_rule *rule = may_have_one ? &firmware : &firmware_of_others;
	bool enabled = axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS);
	axvm_boot_protocol protocol;

	if (!axvm_effective_protocol(vm, &protocol))
		return;
	if (protocol == AXVM_BOOT_PROTOCOL_MULTIBOOT && enabled &&
	    axvm_protocol_may_be(c, protocol))
		report_key(c, &uefi_firmware, index, AXVM_LAYOUT_TABLE_UEFI_FIRMWARE_PATH,
			   AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH);
	if (protocol != AXVM_BOOT_PROTOCOL_DIRECT || enabled || !axvm_vm_is_complete(vm))
		return;
	report_key(c, rule, index, AXVM_LAYOUT_TABLE_BIOS_PATH, AXVM_LAYOUT_HAS_BIOS_PATH);
	report_key(c, rule, index, AXVM_LAYOUT_TABLE_UEFI_FIRMWARE_PATH,
		   AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH);
	report_key(c, rule, index, AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR,
		   AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR);
}

void axvm_rules_key(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool nobody_reads_cmdline =
		axvm_host_has_tree(c) ||
		(c->limits.arch == AXVM_ARCH_LOONGARCH64 && c->limits.model < AXVM_MODEL_0_7);

	if (vm->phys_cpu_set_count != 0 && axvm_host_has_tree(c))
		axvm_report(c, &sets, index, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS,
			    AXVM_LAYOUT_WHOLE_TABLE, 0);
	if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_RAMDISK_PATH) && axvm_vm_is_complete(vm))
		report_key(c, &ramdisk, index, AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR,
			   AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR);
	check_firmware(c, index);
	/* One that is empty says nothing. */
	if (nobody_reads_cmdline && vm->cmdline_length != 0)
		report_key(c, &cmdline, index, AXVM_LAYOUT_TABLE_CMDLINE, AXVM_LAYOUT_HAS_CMDLINE);
	if (vm->disabled_path_count != 0 && axvm_host_has_no_tree(c))
		axvm_report(c, &disabled, index, AXVM_LAYOUT_TABLE_DISABLED_PATHS,
			    AXVM_LAYOUT_WHOLE_TABLE, 0);
	report_key(c, &disk, index, AXVM_LAYOUT_TABLE_DISK_PATH, AXVM_LAYOUT_HAS_DISK_PATH);
}
