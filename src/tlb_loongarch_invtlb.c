/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Backend loongarch-invtlb: for 64-bit LoongArch with the virtualization extension
 * at host privilege, on this core.
 *
 * The numbers of the guest operations are those that Linux's KVM uses; there is no
 * public manual of the extension.
 */
#include <axvm/tlb.h>

#include "export.h"

/* Of every guest: guest virtual to physical, and guest physical to host physical. */
#define INVTLB_ALL_GUESTS 0x12
/* Of one guest: guest physical to host physical, at an address. */
#define INVTLB_GUEST_ADDR 0x16

/* The register that holds the current guest's number in bits 16 to 23. */
#define CSR_GSTAT 0x50
#define GSTAT_GID UINT64_C(0xff0000)

AXVM_EXPORT axvm_error axvm_gpa_flush_tlb(const axvm_gpa *addr)
{
	/* The model has it on RISC-V only. */
	(void)addr;
	return AXVM_ERROR_UNSUPPORTED;
}

AXVM_EXPORT axvm_error axvm_gpa_flush_stage2(const axvm_gpa *addr)
{
	uint64_t gid, pair;

	if (!addr) {
		__asm__ __volatile__("invtlb %0, $zero, $zero"
				     :
				     : "i"(INVTLB_ALL_GUESTS)
				     : "memory");
		return AXVM_OK;
	}
	/* An entry holds an even page and the odd one after it; 4 KiB are the smallest. */
	pair = axvm_align_down(addr->addr, 2 * AXVM_PAGE_SIZE_4K);
	__asm__ __volatile__("csrrd %0, %1\n\t"
			     "and %0, %0, %2\n\t"
			     "invtlb %3, %0, %4"
			     : "=&r"(gid)
			     : "i"(CSR_GSTAT), "r"(GSTAT_GID), "i"(INVTLB_GUEST_ADDR), "r"(pair)
			     : "memory");
	return AXVM_OK;
}

AXVM_EXPORT const char *axvm_tlb_backend(void)
{
	return "loongarch-invtlb";
}
