/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vm.h>

#include "tap.h"

#if AXVM_MAX_VCPU_NUM != 64
#error "the limit works in #if and has its value"
#endif
#if AXVM_IRQ_LINE_ID_TEXT_SIZE < 1
#error "TEXT_SIZE does not work in #if"
#endif

/* A row for each value, its aliases behind its name. */
struct row {
	uint8_t constant, value;
	const char *names[4];
};

static const struct row vm_types[] = {
	{ AXVM_VM_TYPE_HOST, 0, { "host" } },
	{ AXVM_VM_TYPE_RTOS, 1, { "rtos" } },
	{ AXVM_VM_TYPE_LINUX, 2, { "linux" } },
};

static const struct row boot_protocols[] = {
	{ AXVM_BOOT_PROTOCOL_DIRECT, 0, { "direct", "kernel" } },
	{ AXVM_BOOT_PROTOCOL_MULTIBOOT, 1, { "multiboot", "bios", "axvm-bios" } },
	{ AXVM_BOOT_PROTOCOL_UEFI, 2, { "uefi", "efi" } },
};

static const struct row interrupt_modes[] = {
	{ AXVM_INTERRUPT_MODE_NO_IRQ, 0, { "no_irq", "no", "none" } },
	{ AXVM_INTERRUPT_MODE_EMULATED, 1, { "emu", "emulated" } },
	{ AXVM_INTERRUPT_MODE_PASSTHROUGH, 2, { "passthrough", "pt" } },
};

static const struct row address_space_policies[] = {
	{ AXVM_ADDRESS_SPACE_POLICY_VIRTUALIZED, 0, { "virtualized", "virtual" } },
	{ AXVM_ADDRESS_SPACE_POLICY_PASSTHROUGH, 1, { "passthrough", "pt" } },
};

static const struct row guest_types[] = {
	{ AXVM_GUEST_TYPE_VIRTUALIZED, 0, { "virtualized" } },
	{ AXVM_GUEST_TYPE_PASSTHROUGH, 1, { "passthrough" } },
};

static const struct row image_locations[] = {
	{ AXVM_IMAGE_LOCATION_FS, 1, { "fs" } },
	{ AXVM_IMAGE_LOCATION_MEMORY, 2, { "memory" } },
};

static const struct row vcpu_states[] = {
	{ AXVM_VCPU_STATE_INVALID, 0, { "invalid" } },
	{ AXVM_VCPU_STATE_CREATED, 1, { "created" } },
	{ AXVM_VCPU_STATE_FREE, 2, { "free" } },
	{ AXVM_VCPU_STATE_READY, 3, { "ready" } },
	{ AXVM_VCPU_STATE_RUNNING, 4, { "running" } },
	{ AXVM_VCPU_STATE_BLOCKED, 5, { "blocked" } },
	{ AXVM_VCPU_STATE_STARTING, 6, { "starting" } },
};

static const struct row interrupt_trigger_modes[] = {
	{ AXVM_INTERRUPT_TRIGGER_MODE_EDGE_TRIGGERED, 0, { "edge-triggered", "edge" } },
	{ AXVM_INTERRUPT_TRIGGER_MODE_LEVEL_TRIGGERED, 1, { "level-triggered", "level" } },
};

#define ROWS(rows) (rows), sizeof(rows) / sizeof((rows)[0])

static const struct {
	const char *what;
	const struct row *rows;
	size_t count;
	bool (*try_from_usize)(uint64_t value, uint8_t *out);
	const char *(*name)(uint8_t value);
	bool (*from_name)(const char *name, uint8_t *out);
} enumerations[] = {
	{ "vm_type", ROWS(vm_types), axvm_vm_type_try_from_usize, axvm_vm_type_name,
	  axvm_vm_type_from_name },
	{ "boot_protocol", ROWS(boot_protocols), axvm_boot_protocol_try_from_usize,
	  axvm_boot_protocol_name, axvm_boot_protocol_from_name },
	{ "interrupt_mode", ROWS(interrupt_modes), axvm_interrupt_mode_try_from_usize,
	  axvm_interrupt_mode_name, axvm_interrupt_mode_from_name },
	{ "address_space_policy", ROWS(address_space_policies),
	  axvm_address_space_policy_try_from_usize, axvm_address_space_policy_name,
	  axvm_address_space_policy_from_name },
	{ "guest_type", ROWS(guest_types), axvm_guest_type_try_from_usize, axvm_guest_type_name,
	  axvm_guest_type_from_name },
	{ "image_location", ROWS(image_locations), axvm_image_location_try_from_usize,
	  axvm_image_location_name, axvm_image_location_from_name },
	{ "vcpu_state", ROWS(vcpu_states), axvm_vcpu_state_try_from_usize, axvm_vcpu_state_name,
	  axvm_vcpu_state_from_name },
	{ "interrupt_trigger_mode", ROWS(interrupt_trigger_modes),
	  axvm_interrupt_trigger_mode_try_from_usize, axvm_interrupt_trigger_mode_name,
	  axvm_interrupt_trigger_mode_from_name },
};

static void check_enumeration(size_t e)
{
	static const uint64_t unknown[] = { 0xff, 0x100, 0x101, UINT64_C(1) << 32, UINT64_MAX };
	static const char *const no_names[] = { "", "unknown", "HOST", "Direct", "rtos ", "x" };
	size_t known = 0;
	uint8_t out;

	for (size_t i = 0; i < enumerations[e].count; i++) {
		const struct row *row = &enumerations[e].rows[i];

		eq_uint(row->constant, row->value, enumerations[e].what);
		out = 0xee;
		ok(enumerations[e].try_from_usize(row->value, &out), "try_from_usize knows it");
		eq_uint(out, row->value, "and gives it");
		eq_str(enumerations[e].name(row->value), row->names[0], "name");
		for (size_t n = 0; n < 4 && row->names[n]; n++) {
			out = 0xee;
			ok(enumerations[e].from_name(row->names[n], &out), row->names[n]);
			eq_uint(out, row->value, "from_name gives its value");
		}
	}
	each_row(i, unknown) {
		out = 0xee;
		ok(!enumerations[e].try_from_usize(unknown[i], &out), "unknown numbers are reported");
		eq_uint(out, 0xee, "and nothing is written");
	}
	for (uint64_t value = 0; value < 0x100; value++) {
		out = 0xee;
		if (enumerations[e].try_from_usize(value, &out))
			known++;
		else
			eq_str(enumerations[e].name((uint8_t)value), "unknown", "no other names");
	}
	eq_uint(known, enumerations[e].count, "as many values of 8 bits are known as listed");
	out = 0xee;
	each_row(i, no_names)
		ok(!enumerations[e].from_name(no_names[i], &out), "from_name is exact");
	ok(!enumerations[e].from_name(NULL, &out), "NULL is no name");
	eq_uint(out, 0xee, "and nothing is written");
}

static void test_enumerations(void)
{
	each_row(e, enumerations)
		check_enumeration(e);

	eq_uint(AXVM_VM_TYPE_DEFAULT, 1, "default VM type");
	eq_uint(AXVM_BOOT_PROTOCOL_DEFAULT, 0, "default boot protocol");
	eq_uint(AXVM_INTERRUPT_MODE_DEFAULT, 0, "default interrupt mode");
	eq_uint(AXVM_ADDRESS_SPACE_POLICY_DEFAULT, 0, "default address space policy");
	eq_uint(AXVM_GUEST_TYPE_DEFAULT, 0, "default guest type");
	eq_uint(AXVM_IMAGE_LOCATION_UNKNOWN, 0, "no image location");
}

static void test_vm_type_usize(void)
{
	eq_uint(axvm_vm_type_from_usize(0), AXVM_VM_TYPE_HOST, "from_usize of 0");
	eq_uint(axvm_vm_type_from_usize(1), AXVM_VM_TYPE_RTOS, "from_usize of 1");
	eq_uint(axvm_vm_type_from_usize(2), AXVM_VM_TYPE_LINUX, "from_usize of 2");
	eq_uint(axvm_vm_type_from_usize(3), AXVM_VM_TYPE_RTOS, "from_usize of 3 is RTOS");
	eq_uint(axvm_vm_type_from_usize(0x100), AXVM_VM_TYPE_RTOS, "of 0x100, not host");
	eq_uint(axvm_vm_type_from_usize(UINT64_MAX), AXVM_VM_TYPE_RTOS, "of the last one");
	eq_uint(axvm_vm_type_to_usize(AXVM_VM_TYPE_LINUX), 2, "to_usize");
	eq_uint(axvm_vm_type_to_usize(0xfe), 0xfe, "to_usize carries unknown values");
}

static void test_irq_line_id(void)
{
	char buf[AXVM_IRQ_LINE_ID_TEXT_SIZE];

	eq_int(axvm_irq_line_id_format(5, NULL, 0), 12, "format counts");
	eq_int(axvm_irq_line_id_format(5, buf, sizeof(buf)), 12, "format writes");
	eq_str(buf, "IrqLineId(5)", "the text");
	axvm_irq_line_id_format(5, buf, 10);
	eq_str(buf, "IrqLineId", "a short buffer gets what fits");
	eq_int(axvm_irq_line_id_format(UINT64_MAX, buf, sizeof(buf)) + 1,
	       AXVM_IRQ_LINE_ID_TEXT_SIZE, "TEXT_SIZE holds the longest");
	eq_str(buf, "IrqLineId(18446744073709551615)", "which is this");
}

int main(void)
{
	test(test_enumerations);
	test(test_vm_type_usize);
	test(test_irq_line_id);
	return done();
}
