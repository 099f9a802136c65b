/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/device.h>

#include "tap.h"

/* Those of 0.7; in_0_5 says whether 0.5 has it as well. */
static const struct {
	axvm_emulated_device_type constant, value;
	const char *name, *describe;
	bool removable, in_0_5;
} rows[] = {
	{ AXVM_EMULATED_DEVICE_DUMMY, 0x00, "dummy", "meta device", false, true },
	{ AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER, 0x01, "interrupt-controller",
	  "interrupt controller", true, true },
	{ AXVM_EMULATED_DEVICE_CONSOLE, 0x02, "console", "console", false, true },
	{ AXVM_EMULATED_DEVICE_FW_CFG, 0x03, "fw-cfg", "fw_cfg", false, false },
	{ AXVM_EMULATED_DEVICE_IVC_CHANNEL, 0x0A, "ivc-channel", "ivc channel", false, true },
	{ AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, 0x20, "gppt-redistributor",
	  "gic partial passthrough redistributor", true, true },
	{ AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR, 0x21, "gppt-distributor",
	  "gic partial passthrough distributor", false, true },
	{ AXVM_EMULATED_DEVICE_GPPT_ITS, 0x22, "gppt-its", "gic partial passthrough its", false,
	  true },
	{ AXVM_EMULATED_DEVICE_X86_IO_APIC, 0x23, "x86-io-apic", "x86 io apic", true, true },
	{ AXVM_EMULATED_DEVICE_X86_PIT, 0x24, "x86-pit", "x86 pit", true, true },
	{ AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC, 0x25, "loongarch-pch-pic", "loongarch pch pic",
	  false, false },
	{ AXVM_EMULATED_DEVICE_PPPT_GLOBAL, 0x30, "pppt-global", "plic partial passthrough global",
	  false, true },
	{ AXVM_EMULATED_DEVICE_VIRTIO_BLK, 0xE1, "virtio-blk", "virtio block", true, true },
	{ AXVM_EMULATED_DEVICE_VIRTIO_NET, 0xE2, "virtio-net", "virtio net", true, true },
	{ AXVM_EMULATED_DEVICE_VIRTIO_CONSOLE, 0xE3, "virtio-console", "virtio console", true,
	  true },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static void test_known(void)
{
	each_row(i, rows) {
		axvm_emulated_device_type out = 0xee;

		eq_uint(rows[i].constant, rows[i].value, rows[i].name);
		eq_str(axvm_emulated_device_type_name(rows[i].value), rows[i].name, "name");
		eq_str(axvm_emulated_device_type_describe(rows[i].value), rows[i].describe,
		       "describe");
		eq_int(axvm_emulated_device_type_removable(rows[i].value), rows[i].removable,
		       "removable");
		ok(axvm_emulated_device_type_from_name(rows[i].name, &out), "from_name knows it");
		eq_uint(out, rows[i].value, "and gives it");
	}
	eq_uint(AXVM_EMULATED_DEVICE_DEFAULT, 0, "the default is dummy");
}

/* Holds what a version has against the rows: all of them, or those of 0.5. */
static void check_version(axvm_model model, bool all_rows)
{
	size_t count = 0, listed = 0;
	const axvm_emulated_device_type *all = axvm_emulated_device_type_all_in(model, &count);

	ok(axvm_emulated_device_type_all_in(model, NULL) == all, "all_in takes no count");
	each_row(i, rows) {
		axvm_emulated_device_type out = 0xee;
		bool has = all_rows || rows[i].in_0_5;

		eq_int(axvm_emulated_device_type_try_from_usize_in(model, rows[i].value, &out), has,
		       rows[i].name);
		eq_uint(out, has ? rows[i].value : 0xee, "given, or untouched");
		if (has && listed < count)
			eq_uint(all[listed], rows[i].value, "all_in ascends");
		listed += has;
	}
	eq_uint(count, listed, "all_in reports how many");
}

static void test_versions(void)
{
	size_t count = 0;

	check_version(AXVM_MODEL_0_5, false);
	check_version(AXVM_MODEL_0_7, true);
	ok(axvm_emulated_device_type_all(&count) ==
		   axvm_emulated_device_type_all_in(AXVM_MODEL_0_5, NULL),
	   "without a version, the list is that of 0.5");
	eq_uint(count, 13, "of 13");
	axvm_emulated_device_type_all_in(AXVM_MODEL_0_7, &count);
	eq_uint(count, 15, "0.7 has 15");
}

/* 0.7.3 has none either: what a VM file gives the guest are models with names. */
static void test_unknown_version(void)
{
	for (int model = 2; model < 0x100; model++) {
		axvm_emulated_device_type out = 0xee;
		size_t count = 1;

		ok(axvm_emulated_device_type_all_in((axvm_model)model, &count), "never NULL");
		eq_uint(count, 0, "an unknown version has no types");
		ok(!axvm_emulated_device_type_try_from_usize_in((axvm_model)model, 0, &out),
		   "so none is of it");
		eq_uint(out, 0xee, "nothing was written");
	}
}

static void test_unknown(void)
{
	static const uint64_t wide[] = { 0x100, 0x103, 0x1e1, UINT64_C(0x1000000e1), UINT64_MAX };
	axvm_emulated_device_type out = 0xee;
	size_t known = 0, known_0_5 = 0;
	bool silent = true;

	for (uint64_t value = 0; value < 0x100; value++) {
		axvm_emulated_device_type type = (axvm_emulated_device_type)value;
		axvm_emulated_device_type result = 0xee;

		known_0_5 += axvm_emulated_device_type_try_from_usize(value, &result);
		if (axvm_emulated_device_type_try_from_usize_in(AXVM_MODEL_0_7, value, &result)) {
			known++;
			continue;
		}
		silent = silent && result == 0xee &&
			 strcmp(axvm_emulated_device_type_name(type), "unknown") == 0 &&
			 strcmp(axvm_emulated_device_type_describe(type), "unknown device") == 0 &&
			 !axvm_emulated_device_type_removable(type);
	}
	eq_uint(known, ROWS, "of all numbers of 8 bits, as many are known as listed");
	eq_uint(known_0_5, ROWS - 2, "of them all but two without a version");
	ok(silent, "the others are written nowhere, unknown and not removable");
	ok(!axvm_emulated_device_type_try_from_usize(3, &out), "3 is of 0.7 only");
	ok(!axvm_emulated_device_type_try_from_usize(0x25, &out), "so is 0x25");
	each_row(i, wide) {
		ok(!axvm_emulated_device_type_try_from_usize(wide[i], &out),
		   "a wider number is not cut to a known one");
		ok(!axvm_emulated_device_type_try_from_usize_in(AXVM_MODEL_0_7, wide[i], &out),
		   "nor in a version");
	}
	ok(!axvm_emulated_device_type_from_name("unknown", &out), "unknown is no name");
	ok(!axvm_emulated_device_type_from_name("", &out), "nor is nothing");
	ok(!axvm_emulated_device_type_from_name("Console", &out), "case matters");
	ok(!axvm_emulated_device_type_from_name("console ", &out), "so do blanks");
	ok(!axvm_emulated_device_type_from_name(NULL, &out), "NULL is no name");
	eq_uint(out, 0xee, "nothing was written");
}

#define AARCH64 (1 << AXVM_ARCH_AARCH64)
#define RISCV64 (1 << AXVM_ARCH_RISCV64)
#define X86_64 (1 << AXVM_ARCH_X86_64)
#define LOONGARCH64 (1 << AXVM_ARCH_LOONGARCH64)
#define EACH (AARCH64 | RISCV64 | X86_64 | LOONGARCH64)

/* How Axvisor reads the types, in the order of rows. */
static const struct {
	axvm_device_bus bus;
	int archs;
	size_t config_count;
	const char *config_names[3];
} uses[ROWS] = {
	{ AXVM_DEVICE_BUS_NONE, EACH, 0, { NULL } },
	{ AXVM_DEVICE_BUS_MEMORY, AARCH64, 0, { NULL } },
	{ AXVM_DEVICE_BUS_PORT, X86_64, 0, { NULL } },
	{ AXVM_DEVICE_BUS_MEMORY, LOONGARCH64, 0, { NULL } },
	{ AXVM_DEVICE_BUS_MEMORY, EACH, 0, { NULL } },
	{ AXVM_DEVICE_BUS_MEMORY, AARCH64, 3, { "cpu_num", "stride", "pcpu_id" } },
	{ AXVM_DEVICE_BUS_MEMORY, AARCH64, 0, { NULL } },
	{ AXVM_DEVICE_BUS_MEMORY, AARCH64, 1, { "host_gits_base" } },
	{ AXVM_DEVICE_BUS_MEMORY, X86_64, 0, { NULL } },
	{ AXVM_DEVICE_BUS_PORT, X86_64, 0, { NULL } },
	{ AXVM_DEVICE_BUS_MEMORY, LOONGARCH64, 0, { NULL } },
	{ AXVM_DEVICE_BUS_MEMORY, RISCV64, 1, { "context_num" } },
	{ AXVM_DEVICE_BUS_MEMORY, 0, 0, { NULL } },
	{ AXVM_DEVICE_BUS_MEMORY, 0, 0, { NULL } },
	{ AXVM_DEVICE_BUS_MEMORY, 0, 0, { NULL } },
};

static void test_uses(void)
{
	each_row(i, rows) {
		axvm_emulated_device_type type = rows[i].value;
		size_t count = axvm_emulated_device_type_config_count(type);

		eq_uint(axvm_emulated_device_type_bus(type), uses[i].bus, rows[i].name);
		for (int arch = 0; arch < 0x100; arch++)
			ok(axvm_emulated_device_type_supports(type, (axvm_arch)arch) ==
				   (arch < 8 && (uses[i].archs >> arch & 1) != 0),
			   rows[i].name);
		eq_uint(count, uses[i].config_count, rows[i].name);
		for (size_t j = 0; j < count && j < 3; j++)
			eq_str(axvm_emulated_device_type_config_name(type, j),
			       uses[i].config_names[j], rows[i].name);
		eq_str(axvm_emulated_device_type_config_name(type, count), "unknown",
		       "no member past the last");
		eq_str(axvm_emulated_device_type_config_name(type, SIZE_MAX), "unknown",
		       "nor far past it");
	}
	for (int value = 0; value < 0x100; value++) {
		axvm_emulated_device_type type = (axvm_emulated_device_type)value, known;

		if (axvm_emulated_device_type_try_from_usize_in(AXVM_MODEL_0_7, type, &known))
			continue;
		eq_uint(axvm_emulated_device_type_bus(type), AXVM_DEVICE_BUS_NONE, "unknown type");
		ok(!axvm_emulated_device_type_supports(type, AXVM_ARCH_AARCH64), "unknown type");
		eq_uint(axvm_emulated_device_type_config_count(type), 0, "unknown type");
		eq_str(axvm_emulated_device_type_config_name(type, 0), "unknown", "unknown type");
	}
}

static void test_old_names(void)
{
	static const char *const names[] = {
		"console",    "interrupt-controller",
		"gppt",	      "virtio-blk",
		"virtio-net", "virtio-console",
		"iommu",      "icc-sre",
		"sgir",	      "gicr",
		"ivc",	      "meta",
		"unknown",
	};

	each_row(i, names)
		eq_str(axvm_emulated_device_type_old_name(i), names[i], "what it meant");
	eq_str(axvm_emulated_device_type_old_name(0x103), "unknown", "a wide number is not cut");
	eq_str(axvm_emulated_device_type_old_name(UINT64_MAX), "unknown", "nor the widest");
}

static void test_bus(void)
{
	static const char *const names[] = { "none", "memory", "port" };
	axvm_device_bus out = 0xee;

	ok(!axvm_device_bus_try_from_usize(3, &out), "three");
	ok(!axvm_device_bus_try_from_usize(0x101, &out), "a wide number is not cut");
	ok(!axvm_device_bus_from_name("unknown", &out), "unknown is no name");
	ok(!axvm_device_bus_from_name(NULL, &out), "nor is NULL");
	eq_uint(out, 0xee, "nothing was written");
	eq_str(axvm_device_bus_name(3), "unknown", "name of another number");
	for (size_t i = 0; i < 3; i++) {
		eq_str(axvm_device_bus_name((axvm_device_bus)i), names[i], "name");
		ok(axvm_device_bus_try_from_usize(i, &out) && out == i, names[i]);
		ok(axvm_device_bus_from_name(names[i], &out) && out == i, names[i]);
	}
}

int main(void)
{
	test(test_known);
	test(test_versions);
	test(test_unknown_version);
	test(test_unknown);
	test(test_uses);
	test(test_old_names);
	test(test_bus);
	return done();
}
