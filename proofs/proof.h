/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every proof is made of. `void prove_F(void)` proves the public function F for all
 * values that it takes from nondet_*(): no undefined behaviour on the way (CBMC's own
 * checks), and what it PROVEs. prove.sh runs each by itself.
 */
#ifndef PROOF_H
#define PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool nondet_bool(void);
char nondet_char(void);
uint8_t nondet_uint8(void);
uint32_t nondet_uint32(void);
int32_t nondet_int32(void);
uint64_t nondet_uint64(void);
int64_t nondet_int64(void);
size_t nondet_size(void);

#define ASSUME(condition) __CPROVER_assume(condition)
#define PROVE(condition) __CPROVER_assert((condition), #condition)
/*
 * Some input gets here with this condition, so the proof is not an empty one: prove.sh
 * wants each of these to fail, and one in each proof.
 */
#define REACHED(condition) __CPROVER_assert(!(condition), "REACHED " #condition)

/* Whether the call that comes is to trap. */
static bool trap_is_due;

/* In place of __builtin_trap(): see stubs.h. */
void proof_trap(void)
{
	__CPROVER_assert(trap_is_due, "traps only when the precondition is broken");
	ASSUME(false);
}

/* Before a call: it is to trap in this case, which happens, and in no other. */
#define TRAPS_IF(condition)                                                                        \
	do {                                                                                       \
		trap_is_due = (condition);                                                         \
		REACHED(trap_is_due);                                                              \
	} while (0)

/* After it. */
#define RETURNED()                                                                                 \
	do {                                                                                       \
		__CPROVER_assert(!trap_is_due, "traps when the precondition is broken");           \
		REACHED(true);                                                                     \
	} while (0)

/* A number twice as wide, for specifications that cannot overflow. */
typedef unsigned __int128 wide;
typedef __int128 signed_wide;

#define ABOVE_UINT64(n) ((n) > (wide)UINT64_MAX)

static inline bool bit(uint64_t n, unsigned int i)
{
	return n >> i & 1;
}

/* An index of a bit, for properties of each bit. */
static inline unsigned int nondet_bit(void)
{
	unsigned int i = nondet_uint32();

	ASSUME(i < 64);
	return i;
}

/* Any power of two. */
static inline uint64_t nondet_power(void)
{
	return UINT64_C(1) << nondet_bit();
}

/* By counting: a power of two has one bit. */
static inline bool is_power(uint64_t n)
{
	return __builtin_popcountll(n) == 1;
}

#endif
