/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/device.h>

#include "tap.h"

static const struct {
	axvm_emulated_device_type constant, value;
	const char *name, *describe;
	bool removable;
} rows[] = {
	{ AXVM_EMULATED_DEVICE_DUMMY, 0x00, "dummy", "meta device", false },
	{ AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER, 0x01, "interrupt-controller",
	  "interrupt controller", true },
	{ AXVM_EMULATED_DEVICE_CONSOLE, 0x02, "console", "console", false },
	{ AXVM_EMULATED_DEVICE_IVC_CHANNEL, 0x0A, "ivc-channel", "ivc channel", false },
	{ AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, 0x20, "gppt-redistributor",
	  "gic partial passthrough redistributor", true },
	{ AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR, 0x21, "gppt-distributor",
	  "gic partial passthrough distributor", false },
	{ AXVM_EMULATED_DEVICE_GPPT_ITS, 0x22, "gppt-its", "gic partial passthrough its", false },
	{ AXVM_EMULATED_DEVICE_X86_IO_APIC, 0x23, "x86-io-apic", "x86 io apic", true },
	{ AXVM_EMULATED_DEVICE_X86_PIT, 0x24, "x86-pit", "x86 pit", true },
	{ AXVM_EMULATED_DEVICE_PPPT_GLOBAL, 0x30, "pppt-global", "plic partial passthrough global",
	  false },
	{ AXVM_EMULATED_DEVICE_VIRTIO_BLK, 0xE1, "virtio-blk", "virtio block", true },
	{ AXVM_EMULATED_DEVICE_VIRTIO_NET, 0xE2, "virtio-net", "virtio net", true },
	{ AXVM_EMULATED_DEVICE_VIRTIO_CONSOLE, 0xE3, "virtio-console", "virtio console", true },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static void test_known(void)
{
	size_t count = 0;
	const axvm_emulated_device_type *all = axvm_emulated_device_type_all(&count);

	eq_uint(count, ROWS, "all tells how many");
	ok(axvm_emulated_device_type_all(NULL) == all, "all takes no count");
	for (size_t i = 0; i < ROWS && i < count; i++) {
		axvm_emulated_device_type out = 0xee;

		eq_uint(rows[i].constant, rows[i].value, rows[i].name);
		eq_uint(all[i], rows[i].value, "all ascends");
		ok(axvm_emulated_device_type_try_from_usize(rows[i].value, &out),
		   "try_from_usize knows it");
		eq_uint(out, rows[i].value, "and gives it");
		eq_str(axvm_emulated_device_type_name(rows[i].value), rows[i].name, "name");
		eq_str(axvm_emulated_device_type_describe(rows[i].value), rows[i].describe,
		       "describe");
		eq_int(axvm_emulated_device_type_removable(rows[i].value), rows[i].removable,
		       "removable");
		out = 0xee;
		ok(axvm_emulated_device_type_from_name(rows[i].name, &out), "from_name knows it");
		eq_uint(out, rows[i].value, "and gives it");
	}
	eq_uint(AXVM_EMULATED_DEVICE_DEFAULT, 0, "the default is dummy");
}

static void test_unknown(void)
{
	static const uint64_t wide[] = { 0x100, 0x1e1, UINT64_C(0x1000000e1), UINT64_MAX };
	axvm_emulated_device_type out = 0xee;
	size_t known = 0;
	bool silent = true;

	for (uint64_t value = 0; value < 0x100; value++) {
		axvm_emulated_device_type type = (axvm_emulated_device_type)value;
		axvm_emulated_device_type result = 0xee;

		if (axvm_emulated_device_type_try_from_usize(value, &result)) {
			known++;
			continue;
		}
		silent = silent && result == 0xee &&
			 strcmp(axvm_emulated_device_type_name(type), "unknown") == 0 &&
			 strcmp(axvm_emulated_device_type_describe(type), "unknown device") == 0 &&
			 !axvm_emulated_device_type_removable(type);
	}
	eq_uint(known, ROWS, "of all numbers of 8 bits, as many are known as listed");
	ok(silent, "the others are written nowhere, unknown and not removable");
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		ok(!axvm_emulated_device_type_try_from_usize(wide[i], &out),
		   "a wider number is not cut to a known one");
	ok(!axvm_emulated_device_type_from_name("unknown", &out), "unknown is no name");
	ok(!axvm_emulated_device_type_from_name("", &out), "nor is nothing");
	ok(!axvm_emulated_device_type_from_name("Console", &out), "case matters");
	ok(!axvm_emulated_device_type_from_name("console ", &out), "so do blanks");
	ok(!axvm_emulated_device_type_from_name(NULL, &out), "NULL is no name");
	eq_uint(out, 0xee, "nothing was written");
}

int main(void)
{
	test(test_known);
	test(test_unknown);
	return done();
}
