/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/tlb.h>

#include "tap.h"

typedef axvm_error flush_function(const axvm_gpa *addr);

/* A privileged instruction is SIGILL on every system, never the SIGTRAP of a broken precondition. */
static int signal_of(flush_function *flush, const axvm_gpa *addr)
{
	pid_t child;

	if (tap_fork(&child)) {
		flush(addr);
		_exit(0);
	}
	return tap_signal_of(child);
}

static void privileged(flush_function *flush)
{
	axvm_gpa addr = AXVM_GPA_INIT(0x80000000);

	eq_int(signal_of(flush, NULL), SIGILL, "user mode may not flush all");
	eq_int(signal_of(flush, &addr), SIGILL, "user mode may not flush one");
}

static void unsupported(flush_function *flush)
{
	axvm_gpa addr = AXVM_GPA_INIT(0x80000000);

	eq_int(flush(NULL), AXVM_ERROR_UNSUPPORTED, "no flush of all");
	eq_int(flush(&addr), AXVM_ERROR_UNSUPPORTED, "no flush of one");
	eq_uint(addr.addr, 0x80000000, "the address is not changed");
}

static void test_backend(void)
{
	eq_str(axvm_tlb_backend(), TLB_BACKEND, "the backend is the one that configure chose");
}

/* The model has it on RISC-V only. */
static void test_flush_tlb(void)
{
	if (strcmp(TLB_BACKEND, "riscv-hfence") == 0)
		privileged(axvm_gpa_flush_tlb);
	else
		unsupported(axvm_gpa_flush_tlb);
}

static void test_flush_stage2(void)
{
	if (strcmp(TLB_BACKEND, "none") == 0)
		unsupported(axvm_gpa_flush_stage2);
	else
		privileged(axvm_gpa_flush_stage2);
}

int main(void)
{
	test(test_backend);
	test(test_flush_tlb);
	test(test_flush_stage2);
	return done();
}
