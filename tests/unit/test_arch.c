/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/arch.h>

#include "tap.h"

static void test_known(void)
{
	static const struct {
		axvm_arch constant, value;
		const char *name, *aliases[3];
	} rows[] = {
		{ AXVM_ARCH_AARCH64, 1, "aarch64", { "aarch64", "arm64", "arm64" } },
		{ AXVM_ARCH_RISCV64, 2, "riscv64", { "riscv64", "riscv", "riscv" } },
		{ AXVM_ARCH_X86_64, 3, "x86_64", { "x86_64", "x86-64", "amd64" } },
		{ AXVM_ARCH_LOONGARCH64, 4, "loongarch64",
		  { "loongarch64", "loongarch", "loongarch" } },
	};

	each_row(i, rows) {
		axvm_arch out = 0xee;

		eq_uint(rows[i].constant, rows[i].value, rows[i].name);
		eq_str(axvm_arch_name(rows[i].value), rows[i].name, "name");
		ok(axvm_arch_try_from_usize(rows[i].value, &out), "try_from_usize knows it");
		eq_uint(out, rows[i].value, "and gives it");
		for (size_t j = 0; j < 3; j++) {
			out = 0xee;
			ok(axvm_arch_from_name(rows[i].aliases[j], &out), "from_name knows it");
			eq_uint(out, rows[i].value, "and gives it");
		}
	}
}

/* The layout check goes from one to the next. */
static void test_no_gap(void)
{
	bool before = true;

	for (uint64_t value = AXVM_ARCH_UNKNOWN + 1; value <= UINT8_MAX; value++) {
		axvm_arch out;
		bool known = axvm_arch_try_from_usize(value, &out);

		ok(before || !known, "no gap before an architecture");
		before = known;
	}
}

static void test_unknown(void)
{
	static const uint64_t numbers[] = { 0, 5, 0xff, 0x101, UINT64_C(0x100000001), UINT64_MAX };
	static const char *const names[] = { NULL, "", "unknown", "AArch64", "x86", "i386", "arm" };
	axvm_arch out = 0xee;

	each_row(i, numbers)
		ok(!axvm_arch_try_from_usize(numbers[i], &out), "no architecture of that number");
	each_row(i, names)
		ok(!axvm_arch_from_name(names[i], &out), "no architecture of that name");
	eq_uint(out, 0xee, "nothing was written");
	eq_str(axvm_arch_name(AXVM_ARCH_UNKNOWN), "unknown", "name of none");
	eq_str(axvm_arch_name(0xff), "unknown", "name of another number");
}

int main(void)
{
	test(test_known);
	test(test_no_gap);
	test(test_unknown);
	return done();
}
