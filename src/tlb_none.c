/* SPDX-License-Identifier: Apache-2.0 */
/* Backend none: for user space, and for processors without a backend. */
#include <axvm/tlb.h>

#include "export.h"

AXVM_EXPORT axvm_error axvm_gpa_flush_tlb(const axvm_gpa *addr)
{
	(void)addr;
	return AXVM_ERROR_UNSUPPORTED;
}

AXVM_EXPORT axvm_error axvm_gpa_flush_stage2(const axvm_gpa *addr)
{
	(void)addr;
	return AXVM_ERROR_UNSUPPORTED;
}

AXVM_EXPORT const char *axvm_tlb_backend(void)
{
	return "none";
}
