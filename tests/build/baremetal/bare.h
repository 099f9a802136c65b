/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For an image without a libc: the words of tests/tap.h over a serial port, and
 * run_in(), which runs a function at another privilege and reports how that ended.
 */
#ifndef BARE_H
#define BARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The layout is known to the start files. */
struct ending {
	/* By number. */
	uintptr_t regs[32];
	/* What the processor says: mcause, ESR_EL2. */
	uintptr_t cause;
	/* Of the instruction that trapped. */
	uintptr_t pc;
};

/* How the last run_in() ended; what the function returned is its register 0 of the ABI. */
extern struct ending ended;

typedef uintptr_t function(uintptr_t arg);

/* Runs a function until it returns or traps; true when it returned. */
bool run_in(unsigned int mode, function *fn, uintptr_t arg);

static int points;
static int failed_points;
static int checks;
static int failed_checks;

static void put_char(char c)
{
	*(volatile unsigned char *)UART = (unsigned char)c;
}

static void put_str(const char *s)
{
	while (*s)
		put_char(*s++);
}

/* By table, not by division, which 32-bit processors take from a library. */
static void put_hex(uint64_t value)
{
	put_str("0x");
	for (int shift = 60; shift >= 0; shift -= 4)
		put_char("0123456789abcdef"[value >> shift & 15]);
}

static void put_dec(int value)
{
	if (value >= 10)
		put_dec(value / 10);
	put_char((char)('0' + value % 10));
}

static bool check(bool passed, int line, const char *what)
{
	checks++;
	if (passed)
		return true;
	failed_checks++;
	put_str("# failed: ");
	put_str(what);
	put_str(", at line ");
	put_dec(line);
	put_str("\n");
	return false;
}

static void check_eq(uint64_t got, uint64_t wanted, int line, const char *what)
{
	if (check(got == wanted, line, what))
		return;
	put_str("# got ");
	put_hex(got);
	put_str(", wanted ");
	put_hex(wanted);
	put_str("\n");
}

static void run_test(void (*fn)(void), const char *name)
{
	bool passed;

	checks = 0;
	failed_checks = 0;
	fn();
	/* A test without a check shows nothing. */
	passed = checks != 0 && failed_checks == 0;
	if (!passed)
		failed_points++;
	put_str(passed ? "ok " : "not ok ");
	put_dec(++points);
	put_str(" - ");
	put_str(name);
	put_str("\n");
}

static void done(void)
{
	put_str("1..");
	put_dec(points);
	put_str("\n");
}

#define test(fn) run_test(fn, #fn)
#define ok(passed, what) check((passed), __LINE__, (what))
#define eq(got, wanted, what) check_eq((got), (wanted), __LINE__, (what))

#endif
