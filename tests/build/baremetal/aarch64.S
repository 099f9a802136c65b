/* SPDX-License-Identifier: Apache-2.0 */
/* Boots at EL2, and stays there between the calls of run_in(). */
#define PSCI_SYSTEM_OFF 0x84000008
/* By hvc #1. */
#define ESR_SENT_ON 0x5a000001

	.section .text.start, "ax"
	.globl start
start:
	adrp x0, stack_top
	add sp, x0, :lo12:stack_top
	adrp x0, vectors
	add x0, x0, :lo12:vectors
	msr vbar_el2, x0
	adrp x0, lower_vectors
	add x0, x0, :lo12:lower_vectors
	msr vbar_el1, x0
	isb
	bl main
off:
	ldr w0, =PSCI_SYSTEM_OFF
	smc #0
1:	b 1b

/*
 * bool run_in(unsigned int mode, function *fn, uintptr_t arg): the mode is what the
 * processor state register takes; lower levels have a stack of their own.
 */
	.text
	.globl run_in
run_in:
	stp x29, x30, [sp, #-96]!
	stp x19, x20, [sp, #16]
	stp x21, x22, [sp, #32]
	stp x23, x24, [sp, #48]
	stp x25, x26, [sp, #64]
	stp x27, x28, [sp, #80]
	mov x3, sp
	adrp x4, frame
	str x3, [x4, :lo12:frame]
	adrp x3, lower_stack_top
	add x3, x3, :lo12:lower_stack_top
	msr sp_el0, x3
	msr sp_el1, x3
	mov w0, w0
	msr spsr_el2, x0
	msr elr_el2, x1
	adr x30, returned
	/* EL0 has no hvc; from there svc comes here, as the test routes it so. */
	tst x0, #0xc
	adr x3, returned_el0
	csel x30, x3, x30, eq
	mov x0, x2
	eret
returned:
	hvc #0
returned_el0:
	svc #0

trap:
	stp x0, x1, [sp, #-16]!
	adrp x0, ended
	add x0, x0, :lo12:ended
	stp x2, x3, [x0, #16]
	stp x4, x5, [x0, #32]
	stp x6, x7, [x0, #48]
	stp x8, x9, [x0, #64]
	stp x10, x11, [x0, #80]
	stp x12, x13, [x0, #96]
	stp x14, x15, [x0, #112]
	stp x16, x17, [x0, #128]
	stp x18, x19, [x0, #144]
	stp x20, x21, [x0, #160]
	stp x22, x23, [x0, #176]
	stp x24, x25, [x0, #192]
	stp x26, x27, [x0, #208]
	stp x28, x29, [x0, #224]
	str x30, [x0, #240]
	ldp x2, x3, [sp], #16
	stp x2, x3, [x0]
	mrs x1, esr_el2
	mrs x2, elr_el2
	/* What EL1 took itself and sent on. */
	ldr w3, =ESR_SENT_ON
	cmp w1, w3
	b.ne 1f
	mrs x1, esr_el1
	mrs x2, elr_el1
1:	str x1, [x0, #256]
	str x2, [x0, #264]
	adrp x3, frame
	ldr x4, [x3, :lo12:frame]
	cbz x4, unexpected
	str xzr, [x3, :lo12:frame]
	/* It returned when it came by one of the two calls above: they tell the next address. */
	adr x3, returned_el0
	cmp x2, x3
	add x3, x3, #4
	ccmp x2, x3, #4, ne
	cset w0, eq
	mov sp, x4
	ldp x19, x20, [sp, #16]
	ldp x21, x22, [sp, #32]
	ldp x23, x24, [sp, #48]
	ldp x25, x26, [sp, #64]
	ldp x27, x28, [sp, #80]
	ldp x29, x30, [sp], #96
	ret

/* A fault of the test itself: off without a plan, which the script takes for a failure. */
unexpected:
	mov x0, x1
	mov x1, x2
	bl unexpected_trap
	b off

	.balign 0x800
vectors:
	.rept 16
	.balign 0x80
	b trap
	.endr

	/* An undefined instruction of EL1 goes to EL1. */
	.balign 0x800
lower_vectors:
	.rept 16
	.balign 0x80
	hvc #1
	.endr

	.bss
	.balign 8
frame:
	.skip 8

	.section .note.GNU-stack, "", %progbits
