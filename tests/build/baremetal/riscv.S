/* SPDX-License-Identifier: Apache-2.0 */
/* Boots in M mode, and stays there between the calls of run_in(). */
#if __riscv_xlen == 64
#define SIZE 8
#define STORE sd
#define LOAD ld
#else
#define SIZE 4
#define STORE sw
#define LOAD lw
#endif

#define POWER_OFF 0x100000

/* The modes of riscv.c: bit 0 is S or U, bit 2 a guest's. */
#define MODE_M 3
#define MISA_H 0x80
#define MSTATUS_SPP 0x100
#define MSTATUS_MPP 0x1800
/* By number: assemblers of our age know the name only with the H extension on. */
#define HSTATUS 0x600
#define HSTATUS_SPV 0x80

	.section .text.start, "ax"
	.globl start
start:
	la sp, stack_top
	la t0, trap
	csrw mtvec, t0
	/* No call of run_in() is under way. */
	csrw mscratch, zero
	/* Without a PMP entry the lower modes may touch nothing; not every machine has them. */
	li t0, -1
	csrw pmpaddr0, t0
	li t0, 0x1f
	csrw pmpcfg0, t0
	call main
off:
	li t0, POWER_OFF
	li t1, 0x5555
	sw t1, 0(t0)
1:	j 1b

/* bool run_in(unsigned int mode, function *fn, uintptr_t arg) */
	.text
	.globl run_in
run_in:
	addi sp, sp, -16 * SIZE
	STORE ra, 0 * SIZE(sp)
	STORE s0, 1 * SIZE(sp)
	STORE s1, 2 * SIZE(sp)
	STORE s2, 3 * SIZE(sp)
	STORE s3, 4 * SIZE(sp)
	STORE s4, 5 * SIZE(sp)
	STORE s5, 6 * SIZE(sp)
	STORE s6, 7 * SIZE(sp)
	STORE s7, 8 * SIZE(sp)
	STORE s8, 9 * SIZE(sp)
	STORE s9, 10 * SIZE(sp)
	STORE s10, 11 * SIZE(sp)
	STORE s11, 12 * SIZE(sp)
	csrw mscratch, sp

	mv t2, a0
	mv a0, a2
	la ra, returned
	li t0, MODE_M
	beq t2, t0, to_m_mode

	/*
	 * Lower modes by sret, as a hypervisor enters its guest: not by mret, as
	 * QEMU 10 keeps mstatus.MPV to itself.
	 */
	li t0, MSTATUS_SPP
	csrc mstatus, t0
	andi t1, t2, 1
	slli t1, t1, 8
	csrs mstatus, t1
	csrr t0, misa
	andi t0, t0, MISA_H
	beqz t0, 1f
	li t0, HSTATUS_SPV
	csrc HSTATUS, t0
	andi t1, t2, 4
	slli t1, t1, 5
	csrs HSTATUS, t1
1:	csrw sepc, a1
	sret

to_m_mode:
	li t0, MSTATUS_MPP
	csrs mstatus, t0
	csrw mepc, a1
	mret

returned:
	ecall

	.balign 4
trap:
	csrrw sp, mscratch, sp
	beqz sp, unexpected
	STORE t0, 13 * SIZE(sp)
	la t0, ended
	.irp n, 1, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	STORE x\n, \n * SIZE(t0)
	.endr
	csrr t1, mscratch
	STORE t1, 2 * SIZE(t0)
	LOAD t1, 13 * SIZE(sp)
	STORE t1, 5 * SIZE(t0)
	csrw mscratch, zero
	csrr t1, mcause
	STORE t1, 32 * SIZE(t0)
	csrr t1, mepc
	STORE t1, 33 * SIZE(t0)
	/* It returned when it came by the ecall above. */
	la t0, returned
	sub t0, t1, t0
	seqz a0, t0
	LOAD ra, 0 * SIZE(sp)
	LOAD s0, 1 * SIZE(sp)
	LOAD s1, 2 * SIZE(sp)
	LOAD s2, 3 * SIZE(sp)
	LOAD s3, 4 * SIZE(sp)
	LOAD s4, 5 * SIZE(sp)
	LOAD s5, 6 * SIZE(sp)
	LOAD s6, 7 * SIZE(sp)
	LOAD s7, 8 * SIZE(sp)
	LOAD s8, 9 * SIZE(sp)
	LOAD s9, 10 * SIZE(sp)
	LOAD s10, 11 * SIZE(sp)
	LOAD s11, 12 * SIZE(sp)
	addi sp, sp, 16 * SIZE
	ret

/* A fault of the test itself: off without a plan, which the script takes for a failure. */
unexpected:
	la sp, stack_top
	csrr a0, mcause
	csrr a1, mepc
	call unexpected_trap
	j off

	.section .note.GNU-stack, "", %progbits
