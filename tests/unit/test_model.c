/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/model.h>

#include "tap.h"

static const struct {
	axvm_model constant, value;
	const char *name, *alias;
} rows[] = {
	{ AXVM_MODEL_0_5, 0, "0.5", "0.5.12" },
	{ AXVM_MODEL_0_7, 1, "0.7", "0.7.1" },
	{ AXVM_MODEL_0_7_3, 2, "0.7.3", "0.7.3" },
};

static void test_known(void)
{
	each_row(i, rows) {
		axvm_model out = 0xee;

		eq_uint(rows[i].constant, rows[i].value, rows[i].name);
		ok(axvm_model_try_from_usize(rows[i].value, &out), "try_from_usize knows it");
		eq_uint(out, rows[i].value, "and gives it");
		eq_str(axvm_model_name(rows[i].value), rows[i].name, "name");
		out = 0xee;
		ok(axvm_model_from_name(rows[i].name, &out), "from_name knows its name");
		eq_uint(out, rows[i].value, "and gives it");
		out = 0xee;
		ok(axvm_model_from_name(rows[i].alias, &out), "from_name knows the release");
		eq_uint(out, rows[i].value, "and gives it");
	}
	eq_uint(AXVM_MODEL_DEFAULT, 0, "the default is 0.5");
	eq_uint(AXVM_MODEL_NEWEST, sizeof(rows) / sizeof(rows[0]) - 1, "the newest is the last");
}

static void test_unknown(void)
{
	static const uint64_t numbers[] = { 3, 0xff, 0x100, 0x101, UINT64_C(1) << 32, UINT64_MAX };
	static const char *const names[] = { "", "unknown", "0", "0.6", "0.7.2", "0.7.6", "0.5 ", "v0.5" };
	axvm_model out = 0xee;

	each_row(i, numbers)
		ok(!axvm_model_try_from_usize(numbers[i], &out), "no version of that number");
	each_row(i, names)
		ok(!axvm_model_from_name(names[i], &out), names[i]);
	ok(!axvm_model_from_name(NULL, &out), "NULL is no name");
	eq_uint(out, 0xee, "nothing was written");
	eq_str(axvm_model_name(3), "unknown", "name of an unknown version");
	eq_str(axvm_model_name(0xff), "unknown", "and of the last one");
}

int main(void)
{
	test(test_known);
	test(test_unknown);
	return done();
}
