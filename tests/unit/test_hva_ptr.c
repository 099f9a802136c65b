/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/hva_ptr.h>

#include "tap.h"

static void test_round_trip(void)
{
	int object = 0;
	char *last = (char *)UINTPTR_MAX;

	eq_uint(axvm_hva_from_ptr(&object).addr, (uintptr_t)&object, "from_ptr holds the address");
	ok(axvm_hva_to_ptr(axvm_hva_from_ptr(&object)) == &object, "to_ptr gives the pointer back");
	eq_uint(axvm_hva_from_ptr(NULL).addr, 0, "NULL is address 0");
	ok(axvm_hva_to_ptr(axvm_hva_new(0)) == NULL, "and back");
	eq_uint(axvm_hva_from_ptr(last).addr, UINTPTR_MAX, "the last address is not sign-extended");
	ok(axvm_hva_to_ptr(axvm_hva_new(UINTPTR_MAX)) == last, "and back");
}

static void test_too_wide(void)
{
	traps(axvm_hva_to_ptr(axvm_hva_new(UINT64_C(1) << 32)), "to_ptr of 2^32 traps");
	traps(axvm_hva_to_ptr(axvm_hva_new(UINT64_MAX)), "to_ptr of the last one traps");
}

int main(void)
{
	test(test_round_trip);
	if (sizeof(void *) < sizeof(uint64_t))
		test(test_too_wide);
	else
		skip("test_too_wide", "pointers have 64 bits");
	return done();
}
