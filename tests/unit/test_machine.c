/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/machine.h>

#include "tap.h"

#if AXVM_MACHINE_MAX_DEVICES < 5
#error "AXVM_MACHINE_MAX_DEVICES does not work in #if"
#endif

static const axvm_arch archs[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_RISCV64, AXVM_ARCH_X86_64,
				   AXVM_ARCH_LOONGARCH64 };

#define ARCHS (sizeof(archs) / sizeof(archs[0]))

/* First and last byte. */
static const struct {
	axvm_arch arch;
	const char *name;
	uint64_t first, last;
} rows[] = {
	{ AXVM_ARCH_AARCH64, "gic-distributor", 0x08000000, 0x0800ffff },
	{ AXVM_ARCH_AARCH64, "gic-redistributors", 0x080a0000, 0x080fffff },
	{ AXVM_ARCH_AARCH64, "console0", 0x09000000, 0x09000fff },
	{ AXVM_ARCH_RISCV64, "plic", 0x0c000000, 0x0c5fffff },
	{ AXVM_ARCH_RISCV64, "console0", 0x10000000, 0x100000ff },
	{ AXVM_ARCH_X86_64, "pci-memory", 0xc0000000, 0xcfffffff },
	{ AXVM_ARCH_X86_64, "io-apic", 0xfec00000, 0xfec00fff },
	{ AXVM_ARCH_X86_64, "local-apic", 0xfee00000, 0xfee00fff },
	{ AXVM_ARCH_LOONGARCH64, "pch-pic", 0x10000000, 0x10000fff },
	{ AXVM_ARCH_LOONGARCH64, "fw-cfg", 0x1e020000, 0x1e020017 },
	{ AXVM_ARCH_LOONGARCH64, "console0", 0x1fe001e0, 0x1fe002df },
	{ AXVM_ARCH_LOONGARCH64, "pci-ecam", 0x20000000, 0x27ffffff },
	{ AXVM_ARCH_LOONGARCH64, "pci-memory", 0x40000000, 0x7fffffff },
};

static void test_devices(void)
{
	axvm_machine_device found[AXVM_MACHINE_MAX_DEVICES];
	size_t row = 0, count;

	each_row(a, archs) {
		count = axvm_machine_devices(AXVM_MODEL_0_7_3, archs[a], 3, found,
					     AXVM_MACHINE_MAX_DEVICES);
		ok(count > 0 && count <= AXVM_MACHINE_MAX_DEVICES, "some devices");
		for (size_t i = 0; i < count; i++, row++) {
			eq_uint(rows[row].arch, archs[a], "architecture");
			eq_str(found[i].name, rows[row].name, "name");
			eq_uint(found[i].range.start.addr, rows[row].first, rows[row].name);
			eq_uint(found[i].range.end.addr - 1, rows[row].last, rows[row].name);
		}
	}
	eq_uint(row, sizeof(rows) / sizeof(rows[0]), "all of them");
}

static void test_redistributors(void)
{
	static const struct {
		uint64_t cpu_num, frames;
	} cases[] = { { 0, 1 },
		      { 1, 1 },
		      { 2, 2 },
		      { 64, 64 },
		      { 65, 64 },
		      { UINT64_C(1) << 32, 64 },
		      { (UINT64_C(1) << 32) + 1, 64 },
		      { UINT64_MAX, 64 } };
	axvm_machine_device found[2];

	each_row(i, cases) {
		eq_uint(axvm_machine_devices(AXVM_MODEL_0_7_3, AXVM_ARCH_AARCH64, cases[i].cpu_num,
					     found, 2),
			3, "more devices than there is room for");
		eq_uint(axvm_gpa_range_size(found[0].range), 0x10000, "one distributor");
		eq_uint(axvm_gpa_range_size(found[1].range), 0x20000 * cases[i].frames,
			"a frame for each vCPU");
	}
}

static void test_capacity(void)
{
	axvm_machine_device found[3];

	memset(found, 0xee, sizeof(found));
	eq_uint(axvm_machine_devices(AXVM_MODEL_NEWEST, AXVM_ARCH_RISCV64, 1, NULL, 0), 2,
		"how many there are");
	eq_uint(axvm_machine_devices(AXVM_MODEL_NEWEST, AXVM_ARCH_RISCV64, 1, found, 1), 2,
		"in a short array");
	eq_str(found[0].name, "plic", "the first one");
	eq_uint(found[1].range.start.addr, UINT64_C(0xeeeeeeeeeeeeeeee), "and no other");
	axvm_machine_devices(AXVM_MODEL_NEWEST, AXVM_ARCH_RISCV64, 1, found, 3);
	eq_str(found[1].name, "console0", "the second one");
	eq_uint(found[2].range.start.addr, UINT64_C(0xeeeeeeeeeeeeeeee), "and nothing past it");
}

/* Room for more devices than there are, whatever the lower bits of its size are. */
static void test_large_capacity(void)
{
	static axvm_machine_device found[0x10000];
	static const size_t capacities[] = { 0x100, 0x10000 };

	each_row(i, capacities) {
		memset(found, 0, sizeof(found));
		eq_uint(axvm_machine_devices(AXVM_MODEL_NEWEST, AXVM_ARCH_RISCV64, 1, found,
					     capacities[i]),
			2, "how many there are");
		ok(found[0].name && found[1].name && !found[2].name,
		   "both are there, and no other");
	}
}

static void test_window(void)
{
	static const uint64_t ends[ARCHS][2] = { { 0x0b000000, 0x0fffffff },
						 { 0x11000000, 0x1fffffff },
						 { 0x80000000, 0xbfffffff },
						 { 0x30000000, 0x3fffffff } };
	axvm_machine_device found[AXVM_MACHINE_MAX_DEVICES];
	axvm_gpa_range window;

	each_row(a, archs) {
		size_t count = axvm_machine_devices(AXVM_MODEL_0_7_3, archs[a], 64, found,
						    AXVM_MACHINE_MAX_DEVICES);

		ok(axvm_machine_auto_window(AXVM_MODEL_0_7_3, archs[a], &window), "a window");
		eq_uint(window.start.addr, ends[a][0], "its start");
		eq_uint(window.end.addr - 1, ends[a][1], "its end");
		for (size_t i = 0; i < count; i++) {
			ok(!axvm_gpa_range_overlaps(found[i].range, window), "is free of devices");
			ok(i == 0 || found[i - 1].range.end.addr <= found[i].range.start.addr,
			   "which ascend, and do not overlap");
		}
	}
}

static void test_none(void)
{
	axvm_gpa_range window = AXVM_GPA_RANGE_INIT(1, 2);
	axvm_machine_device found;

	for (axvm_model model = AXVM_MODEL_0_5; model <= AXVM_MODEL_0_7; model++) {
		each_row(a, archs) {
			eq_uint(axvm_machine_devices(model, archs[a], 1, &found, 1), 0,
				"before 0.7.3 a file lists them");
			ok(!axvm_machine_auto_window(model, archs[a], &window), "and places them");
		}
	}
	eq_uint(axvm_machine_devices(AXVM_MODEL_0_7_3, AXVM_ARCH_UNKNOWN, 1, &found, 1), 0,
		"none without an architecture");
	eq_uint(axvm_machine_devices(AXVM_MODEL_0_7_3, 0xff, 1, &found, 1), 0,
		"nor with an unknown one");
	ok(!axvm_machine_auto_window(AXVM_MODEL_0_7_3, AXVM_ARCH_UNKNOWN, &window), "no window");
	ok(!axvm_machine_auto_window(AXVM_MODEL_0_7_3, 0xff, &window), "nor there");
	eq_uint(window.end.addr, 2, "nothing was written");
}

int main(void)
{
	test(test_devices);
	test(test_redistributors);
	test(test_capacity);
	test(test_large_capacity);
	test(test_window);
	test(test_none);
	return done();
}
