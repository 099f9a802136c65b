/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/backend_error.h>

#include "tap.h"

static const struct {
	axvm_backend_error constant, value;
	const char *name, *message;
} rows[] = {
	{ AXVM_BACKEND_ERROR_OK, 0, "ok", "success" },
	{ AXVM_BACKEND_ERROR_INVALID_INPUT, 1, "invalid-input",
	  "invalid virtualization backend input" },
	{ AXVM_BACKEND_ERROR_INVALID_DATA, 2, "invalid-data",
	  "invalid virtualization backend data" },
	{ AXVM_BACKEND_ERROR_INVALID_STATE, 3, "invalid-state",
	  "invalid virtualization backend state" },
	{ AXVM_BACKEND_ERROR_UNSUPPORTED, 4, "unsupported",
	  "unsupported virtualization backend operation" },
	{ AXVM_BACKEND_ERROR_OUT_OF_MEMORY, 5, "out-of-memory",
	  "virtualization backend memory allocation failed" },
	{ AXVM_BACKEND_ERROR_RESOURCE_BUSY, 6, "resource-busy",
	  "virtualization backend resource is busy" },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static void test_known(void)
{
	each_row(i, rows) {
		axvm_backend_error out = 0xee;

		eq_uint(rows[i].constant, rows[i].value, rows[i].name);
		ok(axvm_backend_error_try_from_usize(rows[i].value, &out),
		   "try_from_usize knows it");
		eq_uint(out, rows[i].value, "and gives it");
		eq_str(axvm_backend_error_name(rows[i].value), rows[i].name, "name");
		eq_str(axvm_backend_error_message(rows[i].value), rows[i].message, "message");
		out = 0xee;
		ok(axvm_backend_error_from_name(rows[i].name, &out), "from_name knows it");
		eq_uint(out, rows[i].value, "and gives it");
	}
}

static void test_unknown(void)
{
	static const uint64_t wide[] = { 0x100, 0x101, UINT64_C(1) << 32, UINT64_MAX };
	axvm_backend_error out = 0xee;

	for (int value = ROWS; value < 0x100; value++) {
		axvm_backend_error error = (axvm_backend_error)value;

		ok(!axvm_backend_error_try_from_usize((uint64_t)value, &out), "no other numbers");
		eq_str(axvm_backend_error_name(error), "unknown", "name");
		eq_str(axvm_backend_error_message(error), "unknown virtualization backend error",
		       "message");
	}
	each_row(i, wide)
		ok(!axvm_backend_error_try_from_usize(wide[i], &out), "a number is not cut");
	ok(!axvm_backend_error_from_name("InvalidInput", &out), "the model's spelling is no name");
	ok(!axvm_backend_error_from_name("unknown", &out), "nor is unknown");
	ok(!axvm_backend_error_from_name(NULL, &out), "nor is NULL");
	eq_uint(out, 0xee, "nothing was written");
}

int main(void)
{
	test(test_known);
	test(test_unknown);
	return done();
}
