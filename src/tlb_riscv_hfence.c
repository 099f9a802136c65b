/* SPDX-License-Identifier: Apache-2.0 */
/* Backend riscv-hfence: for RISC-V with the hypervisor extension, privileged. */
#include <axvm/tlb.h>

#include "export.h"

AXVM_EXPORT axvm_error axvm_gpa_flush_tlb(const axvm_gpa *addr)
{
	/* The model fences everything, whatever the address. */
	(void)addr;
	/*
	 * hfence.vvma x0, x0, spelt as fields: assemblers know the mnemonic only
	 * with the H extension on, which compiler drivers of our age reject.
	 * "memory" orders page table writes before it.
	 */
	__asm__ __volatile__(".insn r 0x73, 0, 0x11, x0, x0, x0" : : : "memory");
	return AXVM_OK;
}

AXVM_EXPORT const char *axvm_tlb_backend(void)
{
	return "riscv-hfence";
}
