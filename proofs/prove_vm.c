/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vm.h>

#include "proof_names.h"

static bool is_vm_type(uint64_t value)
{
	return value <= 2;
}

void prove_axvm_vm_type_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_vm_type, is_vm_type);
}

static const struct named vm_type_names[] = {
	{ 0, "host" },
	{ 1, "rtos" },
	{ 2, "linux" },
};

void prove_axvm_vm_type_name(void)
{
	PROVE_NAME(axvm_vm_type, is_vm_type, vm_type_names);
}

void prove_axvm_vm_type_from_name(void)
{
	PROVE_FROM_NAME(axvm_vm_type, vm_type_names, no_alias);
}

void prove_axvm_vm_type_from_usize(void)
{
	uint64_t value = nondet_uint64();

	PROVE(axvm_vm_type_from_usize(value) == (value <= 2 ? value : AXVM_VM_TYPE_RTOS));
	REACHED(value > 2);
}

void prove_axvm_vm_type_to_usize(void)
{
	axvm_vm_type type = nondet_uint8();

	PROVE(axvm_vm_type_to_usize(type) == type);
	REACHED(type > 2);
}

static bool is_boot_protocol(uint64_t value)
{
	return value <= 2;
}

static bool boot_protocol_alias(const char *text, uint8_t value)
{
	switch (value) {
	case AXVM_BOOT_PROTOCOL_DIRECT:
		return same_text(text, "kernel");
	case AXVM_BOOT_PROTOCOL_MULTIBOOT:
		return same_text(text, "bios") || same_text(text, "axvm-bios");
	case AXVM_BOOT_PROTOCOL_UEFI:
		return same_text(text, "efi");
	default:
		return false;
	}
}

void prove_axvm_boot_protocol_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_boot_protocol, is_boot_protocol);
}

static const struct named boot_protocol_names[] = {
	{ 0, "direct" },
	{ 1, "multiboot" },
	{ 2, "uefi" },
};

void prove_axvm_boot_protocol_name(void)
{
	PROVE_NAME(axvm_boot_protocol, is_boot_protocol, boot_protocol_names);
}

void prove_axvm_boot_protocol_from_name(void)
{
	PROVE_FROM_NAME(axvm_boot_protocol, boot_protocol_names, boot_protocol_alias);
}

static bool is_interrupt_mode(uint64_t value)
{
	return value <= 2;
}

static bool interrupt_mode_alias(const char *text, uint8_t value)
{
	switch (value) {
	case AXVM_INTERRUPT_MODE_NO_IRQ:
		return same_text(text, "no") || same_text(text, "none");
	case AXVM_INTERRUPT_MODE_EMULATED:
		return same_text(text, "emulated");
	case AXVM_INTERRUPT_MODE_PASSTHROUGH:
		return same_text(text, "pt");
	default:
		return false;
	}
}

void prove_axvm_interrupt_mode_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_interrupt_mode, is_interrupt_mode);
}

static const struct named interrupt_mode_names[] = {
	{ 0, "no_irq" },
	{ 1, "emu" },
	{ 2, "passthrough" },
};

void prove_axvm_interrupt_mode_name(void)
{
	PROVE_NAME(axvm_interrupt_mode, is_interrupt_mode, interrupt_mode_names);
}

void prove_axvm_interrupt_mode_from_name(void)
{
	PROVE_FROM_NAME(axvm_interrupt_mode, interrupt_mode_names, interrupt_mode_alias);
}

static bool is_address_space_policy(uint64_t value)
{
	return value <= 1;
}

static bool address_space_policy_alias(const char *text, uint8_t value)
{
	switch (value) {
	case AXVM_ADDRESS_SPACE_POLICY_VIRTUALIZED:
		return same_text(text, "virtual");
	case AXVM_ADDRESS_SPACE_POLICY_PASSTHROUGH:
		return same_text(text, "pt");
	default:
		return false;
	}
}

void prove_axvm_address_space_policy_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_address_space_policy, is_address_space_policy);
}

static const struct named address_space_policy_names[] = {
	{ 0, "virtualized" },
	{ 1, "passthrough" },
};

void prove_axvm_address_space_policy_name(void)
{
	PROVE_NAME(axvm_address_space_policy, is_address_space_policy, address_space_policy_names);
}

void prove_axvm_address_space_policy_from_name(void)
{
	PROVE_FROM_NAME(axvm_address_space_policy, address_space_policy_names,
			address_space_policy_alias);
}

static bool is_guest_type(uint64_t value)
{
	return value <= 1;
}

void prove_axvm_guest_type_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_guest_type, is_guest_type);
}

static const struct named guest_type_names[] = {
	{ 0, "virtualized" },
	{ 1, "passthrough" },
};

void prove_axvm_guest_type_name(void)
{
	PROVE_NAME(axvm_guest_type, is_guest_type, guest_type_names);
}

void prove_axvm_guest_type_from_name(void)
{
	PROVE_FROM_NAME(axvm_guest_type, guest_type_names, no_alias);
}

/* 0 is not known yet. */
static bool is_image_location(uint64_t value)
{
	return value == 1 || value == 2;
}

void prove_axvm_image_location_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_image_location, is_image_location);
}

static const struct named image_location_names[] = {
	{ 1, "fs" },
	{ 2, "memory" },
};

void prove_axvm_image_location_name(void)
{
	PROVE_NAME(axvm_image_location, is_image_location, image_location_names);
}

void prove_axvm_image_location_from_name(void)
{
	PROVE_FROM_NAME(axvm_image_location, image_location_names, no_alias);
}

static bool is_vcpu_state(uint64_t value)
{
	return value <= 6;
}

void prove_axvm_vcpu_state_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_vcpu_state, is_vcpu_state);
}

static const struct named vcpu_state_names[] = {
	{ 0, "invalid" }, { 1, "created" }, { 2, "free" },     { 3, "ready" },
	{ 4, "running" }, { 5, "blocked" }, { 6, "starting" },
};

void prove_axvm_vcpu_state_name(void)
{
	PROVE_NAME(axvm_vcpu_state, is_vcpu_state, vcpu_state_names);
}

void prove_axvm_vcpu_state_from_name(void)
{
	PROVE_FROM_NAME(axvm_vcpu_state, vcpu_state_names, no_alias);
}

static bool is_interrupt_trigger_mode(uint64_t value)
{
	return value <= 1;
}

static bool interrupt_trigger_mode_alias(const char *text, uint8_t value)
{
	switch (value) {
	case AXVM_INTERRUPT_TRIGGER_MODE_EDGE_TRIGGERED:
		return same_text(text, "edge");
	case AXVM_INTERRUPT_TRIGGER_MODE_LEVEL_TRIGGERED:
		return same_text(text, "level");
	default:
		return false;
	}
}

void prove_axvm_interrupt_trigger_mode_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_interrupt_trigger_mode, is_interrupt_trigger_mode);
}

static const struct named interrupt_trigger_mode_names[] = {
	{ 0, "edge-triggered" },
	{ 1, "level-triggered" },
};

void prove_axvm_interrupt_trigger_mode_name(void)
{
	PROVE_NAME(axvm_interrupt_trigger_mode, is_interrupt_trigger_mode,
		   interrupt_trigger_mode_names);
}

void prove_axvm_interrupt_trigger_mode_from_name(void)
{
	PROVE_FROM_NAME(axvm_interrupt_trigger_mode, interrupt_trigger_mode_names,
			interrupt_trigger_mode_alias);
}

/*
 * Numbers below 100000, as the solver is slow at division; and the longest number. Those
 * between differ in the writer's digits only.
 */
void prove_axvm_irq_line_id_format(void)
{
	char text[AXVM_IRQ_LINE_ID_TEXT_SIZE];
	const char *at = text;
	axvm_irq_line_id line = nondet_uint64();
	int length = axvm_irq_line_id_format(UINT64_MAX, text, sizeof(text));

	PROVE(same_text(text, "IrqLineId(18446744073709551615)"));
	PROVE(length == AXVM_IRQ_LINE_ID_TEXT_SIZE - 1);
	ASSUME(line < 100000);
	length = axvm_irq_line_id_format(line, text, sizeof(text));
	PROVE(takes(&at, "IrqLineId("));
	PROVE(takes_uint(&at, line));
	PROVE(takes(&at, ")"));
	PROVE(ends(at, text, length));
	REACHED(line == 0);
	REACHED(line == 99999);
}
