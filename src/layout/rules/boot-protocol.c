/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/boot.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* What fits into the boot parameters of a bzImage, and of LoongArch, in bytes. */
#define MAX_CMDLINE 511

/*
 * boot-protocol
 *
 * What: boot_protocol is unknown; or boot_protocol, enable_bios and the firmware's keys contradict
 * each other; or the architecture (--arch) does not have the protocol; or cmdline does not suit a
 * bzImage: it is longer than 511 bytes, or (from 0.7 on) absent. From 0.7.3 on, direct boot on
 * loongarch64 also takes at most 511 bytes.
 * Why: The hypervisor rejects the VM. Without the key the protocol is multiboot where enable_bios
 * is true, else direct. multiboot and uefi require enable_bios, direct forbids it. multiboot is for
 * x86_64; so is uefi, and for 0.7 it is the only one for loongarch64, which from 0.7.3 on also has
 * direct. uefi requires
 * uefi_firmware_path or bios_path, and bios_load_addr; multiboot requires bios_load_addr where
 * bios_path is set, and else loads its own stub to 0x8000.
 * How: Set the key that the message names, or remove it.
 */
static const struct axvm_rule protocol_unknown = AXVM_RULE(
	AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR,
	"is not a boot protocol that the hypervisor knows", "Use direct, multiboot or uefi.");
static const struct axvm_rule protocol_wants_bios =
	AXVM_RULE(AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR,
		  "is multiboot or uefi, but enable_bios is not true",
		  "Set enable_bios = true, or boot_protocol = \"direct\".");
static const struct axvm_rule protocol_rejects_bios = AXVM_RULE(
	AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR, "is direct, but enable_bios is true",
	"Set enable_bios = false, or boot_protocol = \"multiboot\" or \"uefi\".");
static const struct axvm_rule multiboot_of_x86 = AXVM_RULE(
	AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR, "selects multiboot, which only x86_64 has",
	"Use boot_protocol = \"direct\" without enable_bios on this architecture.");
static const struct axvm_rule uefi_of_x86 =
	AXVM_RULE(AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR,
		  "selects uefi, which this architecture does not have",
		  "Use boot_protocol = \"direct\" without enable_bios on this architecture.");
static const struct axvm_rule loongarch_wants_uefi = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_BOOT_PROTOCOL,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR), AXVM_GONE(AXVM_MODEL_0_7_3)),
	"does not select uefi, but loongarch64 boots by UEFI only",
	"Set boot_protocol = \"uefi\", enable_bios = true and a firmware.");
static const struct axvm_rule uefi_wants_firmware = AXVM_RULE(
	AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR, "is uefi, but no firmware is set",
	"Set uefi_firmware_path (or bios_path) and bios_load_addr.");
static const struct axvm_rule builtin_bios_address =
	AXVM_RULE(AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR,
		  "is not 0x8000, the address of the built-in BIOS",
		  "Set bios_load_addr = 0x8000, remove it, or set bios_path.");
static const struct axvm_rule cmdline_too_long =
	AXVM_RULE(AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR, "is too long for a bzImage",
		  "Shorten it to 511 bytes.");
static const struct axvm_rule cmdline_too_long_loongarch =
	AXVM_RULE_SINCE(AXVM_FINDING_BOOT_PROTOCOL, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
			"is too long for direct boot on loongarch64", "Shorten it to 511 bytes.");
static const struct axvm_rule cmdline_missing = AXVM_RULE_SINCE(
	AXVM_FINDING_BOOT_PROTOCOL, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR,
	"is missing, but a bzImage needs it", "Set the cmdline of the kernel; it may be empty.");

/* The built-in BIOS goes to its own address: without bios_path, no other is allowed. */
static void check_builtin_bios(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH) &&
	    vm->bios_load_addr.addr != AXVM_BUILTIN_BIOS_ADDR)
		axvm_report(c, &builtin_bios_address, index, AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR, 0,
			    0);
}

/* What a protocol but direct is refused for whatever else is set; NULL if for nothing. */
static const struct axvm_rule *arch_lacks(const struct axvm_check *c, axvm_boot_protocol protocol)
{
	if (axvm_protocol_may_be(c, protocol))
		return NULL;
	if (c->limits.arch == AXVM_ARCH_LOONGARCH64 && c->limits.model >= AXVM_MODEL_0_7 &&
	    c->limits.model < AXVM_MODEL_0_7_3)
		return &loongarch_wants_uefi;
	return protocol == AXVM_BOOT_PROTOCOL_UEFI ? &uefi_of_x86 : &multiboot_of_x86;
}

static void check_uefi(struct axvm_check *c, size_t index, axvm_layout_table key)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	if (axvm_vm_is_complete(vm) && !axvm_vm_has(vm, AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH))
		axvm_report(c, &uefi_wants_firmware, index, key, 0, 0);
}

static void check_direct(struct axvm_check *c, size_t index, axvm_layout_table key)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	if (axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS))
		axvm_report(c, &protocol_rejects_bios, index, key, 0, 0);
	else if (c->limits.arch == AXVM_ARCH_LOONGARCH64)
		axvm_report(c, &loongarch_wants_uefi, index, key, 0, 0);
	if (axvm_boots_loongarch(c, vm) && vm->cmdline_length > MAX_CMDLINE)
		axvm_report(c, &cmdline_too_long_loongarch, index, AXVM_LAYOUT_TABLE_CMDLINE, 0,
			    vm->cmdline_length);
	if (!axvm_is_bzimage(c, vm))
		return;
	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_CMDLINE) && vm->cmdline_length > MAX_CMDLINE)
		axvm_report(c, &cmdline_too_long, index, AXVM_LAYOUT_TABLE_CMDLINE, 0,
			    vm->cmdline_length);
	if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_CMDLINE) && axvm_vm_is_complete(vm))
		axvm_report(c, &cmdline_missing, index, AXVM_LAYOUT_TABLE_CMDLINE, 0, 0);
}

void axvm_rules_boot_protocol(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool given = axvm_vm_has(vm, AXVM_LAYOUT_HAS_BOOT_PROTOCOL);
	axvm_layout_table key =
		given ? AXVM_LAYOUT_TABLE_BOOT_PROTOCOL : AXVM_LAYOUT_TABLE_ENABLE_BIOS;
	const struct axvm_rule *lacks;
	axvm_boot_protocol protocol;

	if (!axvm_effective_protocol(vm, &protocol)) {
		axvm_report(c, &protocol_unknown, index, key, 0, 0);
		return;
	}
	/* Of a VM that is only partly known, a missing protocol says nothing. */
	if (!given && !axvm_vm_is_complete(vm) && !axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS))
		return;
	if (protocol == AXVM_BOOT_PROTOCOL_DIRECT) {
		check_direct(c, index, key);
		return;
	}
	lacks = arch_lacks(c, protocol);
	if (lacks) {
		axvm_report(c, lacks, index, key, 0, 0);
		return;
	}
	if (!axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS) && axvm_vm_is_complete(vm))
		axvm_report(c, &protocol_wants_bios, index, key, 0, 0);
	if (protocol == AXVM_BOOT_PROTOCOL_UEFI)
		check_uefi(c, index, key);
	else
		check_builtin_bios(c, index);
}
