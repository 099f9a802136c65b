/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Backend riscv-hfence: for RISC-V with the hypervisor extension, privileged.
 *
 * The fences are spelt as fields: assemblers know the mnemonics only with the H
 * extension on, which compiler drivers of our age reject. Register rs2 is x0: of
 * hfence.vvma every ASID, of hfence.gvma every VMID. "memory" orders page table
 * writes before them.
 */
#include <axvm/tlb.h>

#include "export.h"

AXVM_EXPORT axvm_error axvm_gpa_flush_tlb(const axvm_gpa *addr)
{
	/* The model fences everything, whatever the address: hfence.vvma x0, x0. */
	(void)addr;
	__asm__ __volatile__(".insn r 0x73, 0, 0x11, x0, x0, x0" : : : "memory");
	return AXVM_OK;
}

AXVM_EXPORT axvm_error axvm_gpa_flush_stage2(const axvm_gpa *addr)
{
	unsigned long shifted;

	if (!addr) {
		/* hfence.gvma x0, x0 */
		__asm__ __volatile__(".insn r 0x73, 0, 0x31, x0, x0, x0" : : : "memory");
		return AXVM_OK;
	}
	/* hfence.gvma rs1, x0: the shift lets 32-bit harts name their 34-bit addresses. */
	shifted = (unsigned long)(addr->addr >> 2);
	__asm__ __volatile__(".insn r 0x73, 0, 0x31, x0, %0, x0" : : "r"(shifted) : "memory");
	return AXVM_OK;
}

AXVM_EXPORT const char *axvm_tlb_backend(void)
{
	return "riscv-hfence";
}
