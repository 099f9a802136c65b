/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "report.h"
#include "rules.h"

/* Boot protocols, and what they ask for. */

/* Where the hypervisor puts the stub of its own when bios_path is not given. */
#define BUILTIN_BIOS_ADDR 0x8000

#define PROTOCOL_RULE(text, hint)                                                                  \
	AXVM_RULE(AXVM_FINDING_BOOT_PROTOCOL, AXVM_SEVERITY_ERROR, text, hint)

static const struct axvm_rule protocol_unknown = PROTOCOL_RULE(
	"is no boot protocol that the hypervisor knows", "Use direct, multiboot or uefi.");
static const struct axvm_rule protocol_wants_bios =
	PROTOCOL_RULE("is multiboot or uefi, which the hypervisor rejects without enable_bios",
		      "Set enable_bios = true, or boot_protocol = \"direct\".");
static const struct axvm_rule protocol_rejects_bios =
	PROTOCOL_RULE("is direct, which the hypervisor rejects with enable_bios",
		      "Set enable_bios = false, or boot_protocol = \"multiboot\" or \"uefi\".");
static const struct axvm_rule protocol_of_x86 =
	PROTOCOL_RULE("asks for multiboot or uefi, which x86_64 alone has",
		      "Use boot_protocol = \"direct\" without enable_bios on this architecture.");
static const struct axvm_rule uefi_wants_firmware = PROTOCOL_RULE(
	"is uefi without a firmware", "Give uefi_firmware_path (or bios_path) and bios_load_addr.");
static const struct axvm_rule bios_wants_address =
	PROTOCOL_RULE("is not given, though a BIOS or UEFI image is to be loaded",
		      "Give bios_load_addr, where that image goes.");
static const struct axvm_rule builtin_bios_address =
	PROTOCOL_RULE("is not 0x8000, where the built-in BIOS goes",
		      "Set bios_load_addr = 0x8000 or leave it out, or give bios_path.");
static const struct axvm_rule entry_below_load =
	AXVM_RULE(AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, AXVM_SEVERITY_WARNING, "lies below",
		  "See that a boot stub is there: the kernel image begins at kernel_load_addr.");

static void check_bios_address(struct axvm_check *c, size_t index, axvm_boot_protocol protocol)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	const axvm_layout_table key = AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR;

	if (protocol == AXVM_BOOT_PROTOCOL_UEFI || axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH)) {
		if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR) && axvm_vm_is_complete(vm))
			axvm_report(c, &bios_wants_address, index, key, 0, 0);
		return;
	}
	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR) &&
	    vm->bios_load_addr.addr != BUILTIN_BIOS_ADDR)
		axvm_report(c, &builtin_bios_address, index, key, 0, 0);
}

static void check_protocol(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool given = axvm_vm_has(vm, AXVM_LAYOUT_HAS_BOOT_PROTOCOL);
	axvm_layout_table key =
		given ? AXVM_LAYOUT_TABLE_BOOT_PROTOCOL : AXVM_LAYOUT_TABLE_ENABLE_BIOS;
	axvm_arch arch;
	axvm_boot_protocol protocol;

	if (!axvm_effective_protocol(vm, &protocol)) {
		axvm_report(c, &protocol_unknown, index, key, 0, 0);
		return;
	}
	if (protocol == AXVM_BOOT_PROTOCOL_DIRECT) {
		if (axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS))
			axvm_report(c, &protocol_rejects_bios, index, key, 0, 0);
		return;
	}
	if (!axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS) && axvm_vm_is_complete(vm))
		axvm_report(c, &protocol_wants_bios, index, key, 0, 0);
	if (axvm_arch_try_from_usize(c->limits.arch, &arch) && arch != AXVM_ARCH_X86_64)
		axvm_report(c, &protocol_of_x86, index, key, 0, 0);
	if (protocol == AXVM_BOOT_PROTOCOL_UEFI && axvm_vm_is_complete(vm) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH) &&
	    !axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH))
		axvm_report(c, &uefi_wants_firmware, index, key, 0, 0);
	check_bios_address(c, index, protocol);
}

static void check_entry(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_boot_protocol protocol;

	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_ENTRY_POINT | AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR) &&
	    axvm_effective_protocol(vm, &protocol) && protocol == AXVM_BOOT_PROTOCOL_DIRECT &&
	    axvm_gpa_cmp(vm->entry_point, vm->kernel_load_addr) < 0)
		axvm_report_keys(c, &entry_below_load, index, AXVM_LAYOUT_TABLE_ENTRY_POINT,
				 AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR);
}

void axvm_rules_protocol(struct axvm_check *c, size_t vm)
{
	check_protocol(c, vm);
	check_entry(c, vm);
}
