/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Backend aarch64-tlbi: for AArch64 at EL2, for the VMID that VTTBR_EL2 holds, on
 * every processor of the inner shareable domain.
 *
 * The barrier before makes the page table writes seen; the barriers after wait for
 * the other processors, and then drop what this one has fetched already.
 */
#include <axvm/tlb.h>

#include "export.h"

AXVM_EXPORT axvm_error axvm_gpa_flush_tlb(const axvm_gpa *addr)
{
	/* The model has it on RISC-V only. */
	(void)addr;
	return AXVM_ERROR_UNSUPPORTED;
}

AXVM_EXPORT axvm_error axvm_gpa_flush_stage2(const axvm_gpa *addr)
{
	uint64_t page;

	if (!addr) {
		__asm__ __volatile__("dsb ishst\n\t"
				     "tlbi vmalls12e1is\n\t"
				     "dsb ish\n\t"
				     "isb"
				     :
				     :
				     : "memory");
		return AXVM_OK;
	}
	/* Bits 40 and up of the operand are hints about level and security, not address. */
	page = addr->addr >> 12 & 0xffffffffff;
	/*
	 * The first reaches stage 2 alone. What combines both stages is held by
	 * guest virtual address, which is unknown here: all of it goes.
	 */
	__asm__ __volatile__("dsb ishst\n\t"
			     "tlbi ipas2e1is, %0\n\t"
			     "dsb ish\n\t"
			     "tlbi vmalle1is\n\t"
			     "dsb ish\n\t"
			     "isb"
			     :
			     : "r"(page)
			     : "memory");
	return AXVM_OK;
}

AXVM_EXPORT const char *axvm_tlb_backend(void)
{
	return "aarch64-tlbi";
}
