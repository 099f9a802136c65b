/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/hypercall.h>

#include "tap.h"

#define CODES 8

/* What the hypervisor has, written out; macros of the guest header are held to it. */
/* clang-format off */
static const struct {
	uint64_t macro, code;
	const char *name, *upstream_name, *arguments[6], *since;
	size_t count;
	bool is_implemented, in_0_5, in_0_7, in_0_7_3;
} rows[CODES] = {
	{ AXVM_HYPERCALL_HYPERVISOR_DISABLE, 0, "hypervisor-disable", "HypervisorDisable",
	  { NULL }, "", 0, false, true, true, true },
	{ AXVM_HYPERCALL_HYPERVISOR_PREPARE_DISABLE, 1, "hypervisor-prepare-disable",
	  "HyperVisorPrepareDisable", { NULL }, "", 0, false, true, true, true },
	{ AXVM_HYPERCALL_HYPERVISOR_DEBUG, 2, "hypervisor-debug", "HyperVisorDebug",
	  { NULL }, "", 0, false, true, true, true },
	{ AXVM_HYPERCALL_IVC_PUBLISH, 3, "ivc-publish", "HIVCPublishChannel",
	  { "key", "base-slot", "size-slot" }, "", 3, true, true, true, true },
	{ AXVM_HYPERCALL_IVC_SUBSCRIBE, 4, "ivc-subscribe", "HIVCSubscribChannel",
	  { "publisher", "key", "base-slot", "size-slot" }, "", 4, true, true, true, true },
	{ AXVM_HYPERCALL_IVC_UNPUBLISH, 5, "ivc-unpublish", "HIVCUnPublishChannel",
	  { "key" }, "", 1, true, true, true, true },
	{ AXVM_HYPERCALL_IVC_UNSUBSCRIBE, 6, "ivc-unsubscribe", "HIVCUnSubscribChannel",
	  { "publisher", "key" }, "", 2, true, true, true, true },
	{ AXVM_HYPERCALL_IVC_NOTIFY, 7, "ivc-notify", "HIVCNotify",
	  { "publisher", "key", "target" }, "0.6.0", 3, true, false, false, true },
};
/* clang-format on */

static void test_codes(void)
{
	for (uint32_t code = 0; code < CODES; code++) {
		axvm_hypercall out = 0xee;

		eq_uint(rows[code].macro, rows[code].code, rows[code].name);
		ok(axvm_hypercall_try_from_u32(code, &out), "try_from_u32 knows it");
		eq_uint(out, code, "and gives it");
		eq_str(axvm_hypercall_name(code), rows[code].name, "name");
		out = 0xee;
		ok(axvm_hypercall_from_name(rows[code].name, &out), "from_name knows it");
		eq_uint(out, code, "and gives it");
		out = 0xee;
		ok(axvm_hypercall_from_name(rows[code].upstream_name, &out), "upstream's name");
		eq_uint(out, code, "and gives it");
		eq_uint(axvm_hypercall_argument_count(code), rows[code].count, "arguments");
		for (size_t i = 0; i < 6; i++)
			eq_str(axvm_hypercall_argument_name(code, i),
			       i < rows[code].count ? rows[code].arguments[i] : "unknown",
			       "name of an argument");
		eq_str(axvm_hypercall_argument_name(code, SIZE_MAX), "unknown", "and of the last");
		eq_uint(axvm_hypercall_is_implemented(code), rows[code].is_implemented,
			"is_implemented");
		eq_str(axvm_hypercall_since(code), rows[code].since, "since");
	}
}

static void test_models(void)
{
	for (uint32_t code = 0; code < CODES; code++) {
		eq_uint(axvm_hypercall_known_in(code, AXVM_MODEL_0_5), rows[code].in_0_5, "in 0.5");
		eq_uint(axvm_hypercall_known_in(code, AXVM_MODEL_0_7), rows[code].in_0_7, "in 0.7");
		eq_uint(axvm_hypercall_known_in(code, AXVM_MODEL_0_7_3), rows[code].in_0_7_3,
			"in 0.7.3");
		ok(axvm_hypercall_known_in(code, AXVM_MODEL_NEWEST), "in the newest");
		ok(!axvm_hypercall_known_in(code, 0xee), "in no unknown model");
	}
	ok(!axvm_hypercall_known_in(8, AXVM_MODEL_0_5), "no unknown code");
}

/* Codes of branches, of other hypervisors, PSCI's, and what a register keeps. */
static void test_unknown(void)
{
	static const uint32_t unknown[] = { 8,		9,	    20,		0x101,
					    0x102,	0x107,	    0x80000000, 0x84000000,
					    0xc4000003, 0xe0000000, 0xffffffff };

	each_row(i, unknown) {
		axvm_hypercall out = 0xee;

		ok(!axvm_hypercall_try_from_u32(unknown[i], &out), "no code");
		eq_uint(out, 0xee, "out is untouched");
		eq_str(axvm_hypercall_name(unknown[i]), "unknown", "name");
		eq_uint(axvm_hypercall_argument_count(unknown[i]), 0, "arguments");
		eq_str(axvm_hypercall_argument_name(unknown[i], 0), "unknown", "their names");
		ok(!axvm_hypercall_is_implemented(unknown[i]), "is_implemented");
		eq_str(axvm_hypercall_since(unknown[i]), "unknown", "since");
	}
}

static void test_no_names(void)
{
	static const char *const names[] = {
		"", "unknown", "IVC-PUBLISH", "ivc-publish ", "hivcnotify", "ivc-", "0"
	};
	axvm_hypercall out = 0xee;

	each_row(i, names)
		ok(!axvm_hypercall_from_name(names[i], &out), "no name");
	ok(!axvm_hypercall_from_name(NULL, &out), "nor is NULL");
	eq_uint(out, 0xee, "out is untouched");
}

static void test_results(void)
{
	eq_uint(AXVM_HYPERCALL_OK, 0, "success");
	eq_uint(AXVM_HYPERCALL_FAILED, UINT64_MAX, "failure");
	eq_uint(AXVM_IVC_NOTIFY_PEER, UINT64_MAX, "the peer");
	eq_uint(AXVM_HYPERCALL_ARGUMENTS, 6, "arguments");
	/* The text, as a number. */
	eq_uint(AXVM_HYPERCALL_RISCV_EXTENSION, 'H' << 16 | 'V' << 8 | 'C', "the extension");
	ok(AXVM_HYPERCALL_SUCCEEDED(UINT64_C(0)), "0 is success");
	ok(!AXVM_HYPERCALL_SUCCEEDED(UINT64_MAX), "all ones are not");
	ok(!AXVM_HYPERCALL_SUCCEEDED(UINT64_C(7)), "nor is a code that is left over");
	ok(!AXVM_HYPERCALL_SUCCEEDED(UINT64_C(1) << 32), "nor what an int would cut to 0");
}

int main(void)
{
	test(test_codes);
	test(test_models);
	test(test_unknown);
	test(test_no_names);
	test(test_results);
	return done();
}
