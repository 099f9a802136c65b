/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/tlb.h>

#include "tap.h"

static void test_flush(void)
{
	axvm_gpa addr = AXVM_GPA_INIT(0x80000000);
	const char *backend = axvm_tlb_backend();

	eq_str(backend, TLB_BACKEND, "the backend is the one that configure chose");
	if (strcmp(backend, "none") == 0) {
		eq_int(axvm_gpa_flush_tlb(NULL), AXVM_ERROR_UNSUPPORTED, "no flush of all");
		eq_int(axvm_gpa_flush_tlb(&addr), AXVM_ERROR_UNSUPPORTED, "no flush of one");
	} else {
		traps(axvm_gpa_flush_tlb(NULL), "the fence is privileged: flush of all");
		traps(axvm_gpa_flush_tlb(&addr), "the fence is privileged: flush of one");
	}
	eq_uint(addr.addr, 0x80000000, "the address is not changed");
}

int main(void)
{
	test(test_flush);
	return done();
}
