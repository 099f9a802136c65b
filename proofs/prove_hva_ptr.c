/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/hva_ptr.h>

#include "proof.h"

void prove_axvm_hva_from_ptr(void)
{
	char bytes[16];

	PROVE(axvm_hva_from_ptr(NULL).addr == 0);
	PROVE(axvm_hva_from_ptr(bytes).addr != 0);
	PROVE(axvm_hva_to_ptr(axvm_hva_from_ptr(&bytes[3])) == &bytes[3]);
	REACHED(true);
}

void prove_axvm_hva_to_ptr(void)
{
	axvm_hva a = { nondet_uint64() };
	void *ptr;

	trap_is_due = a.addr > UINTPTR_MAX;
	REACHED(trap_is_due == (sizeof(void *) < sizeof(uint64_t)));
	ptr = axvm_hva_to_ptr(a);
	RETURNED();
	PROVE((uintptr_t)ptr == a.addr);
}
