/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vm.h>

#include "tap.h"

#if AXVM_MAX_VCPU_NUM != 64
#error "the limit works in #if and has its value"
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

static const struct {
	const char *what;
	const struct row *rows;
	bool (*try_from_usize)(uint64_t value, uint8_t *out);
	const char *(*name)(uint8_t value);
	bool (*from_name)(const char *name, uint8_t *out);
} enumerations[] = {
	{ "vm_type", vm_types, axvm_vm_type_try_from_usize, axvm_vm_type_name,
	  axvm_vm_type_from_name },
	{ "boot_protocol", boot_protocols, axvm_boot_protocol_try_from_usize,
	  axvm_boot_protocol_name, axvm_boot_protocol_from_name },
	{ "interrupt_mode", interrupt_modes, axvm_interrupt_mode_try_from_usize,
	  axvm_interrupt_mode_name, axvm_interrupt_mode_from_name },
};

static void check_enumeration(size_t e)
{
	static const uint64_t unknown[] = {
		3, 4, 0xff, 0x100, 0x101, UINT64_C(1) << 32, UINT64_MAX
	};
	static const char *const no_names[] = { "", "unknown", "HOST", "Direct", "rtos ", "x" };
	uint8_t out;

	for (size_t i = 0; i < 3; i++) {
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
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		out = 0xee;
		ok(!enumerations[e].try_from_usize(unknown[i], &out), "unknown numbers are told");
		eq_uint(out, 0xee, "and nothing is written");
	}
	eq_str(enumerations[e].name(3), "unknown", "name of an unknown value");
	eq_str(enumerations[e].name(0xff), "unknown", "name of the last unknown value");
	out = 0xee;
	for (size_t i = 0; i < sizeof(no_names) / sizeof(no_names[0]); i++)
		ok(!enumerations[e].from_name(no_names[i], &out), "from_name is exact");
	ok(!enumerations[e].from_name(NULL, &out), "NULL is no name");
	eq_uint(out, 0xee, "and nothing is written");
}

static void test_enumerations(void)
{
	for (size_t e = 0; e < sizeof(enumerations) / sizeof(enumerations[0]); e++)
		check_enumeration(e);

	eq_uint(AXVM_VM_TYPE_DEFAULT, 1, "default VM type");
	eq_uint(AXVM_BOOT_PROTOCOL_DEFAULT, 0, "default boot protocol");
	eq_uint(AXVM_INTERRUPT_MODE_DEFAULT, 0, "default interrupt mode");
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

int main(void)
{
	test(test_enumerations);
	test(test_vm_type_usize);
	return done();
}
