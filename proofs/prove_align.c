/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/align.h>

#include "proof.h"

/*
 * The functions are formulas on bits that hold for every align. The specifications look at
 * each bit by itself, and for powers of two say it in multiples.
 */

/* Bit i of addr rounded down. */
static bool down_bit(uint64_t addr, uint64_t align, unsigned int i)
{
	return bit(addr, i) && !bit(align - 1, i);
}

void prove_axvm_align_down(void)
{
	uint64_t addr = nondet_uint64(), align = nondet_uint64();
	unsigned int i = nondet_bit();
	uint64_t down = axvm_align_down(addr, align);

	PROVE(bit(down, i) == down_bit(addr, align, i));
	if (is_power(align)) {
		PROVE(down % align == 0);
		PROVE(down <= addr && addr - down < align);
		REACHED(down < addr);
	}
	REACHED(!is_power(align));
}

void prove_axvm_align_offset(void)
{
	uint64_t addr = nondet_uint64(), align = nondet_uint64();
	unsigned int i = nondet_bit();
	uint64_t offset = axvm_align_offset(addr, align);

	PROVE(bit(offset, i) == (bit(addr, i) && bit(align - 1, i)));
	if (is_power(align))
		PROVE(offset == addr % align);
	REACHED(is_power(align) && offset != 0);
}

void prove_axvm_is_aligned(void)
{
	uint64_t addr = nondet_uint64(), align = nondet_uint64();
	unsigned int i = nondet_bit();
	bool aligned = axvm_is_aligned(addr, align);

	if (aligned)
		PROVE(!bit(addr, i) || !bit(align - 1, i));
	if (is_power(align))
		PROVE(aligned == (addr % align == 0));
	else if (!aligned)
		PROVE(addr != 0 && align != 1);
	REACHED(aligned);
	REACHED(!aligned);
}

void prove_axvm_wrapping_align_up(void)
{
	uint64_t addr = nondet_uint64(), align = nondet_uint64();
	unsigned int i = nondet_bit();
	uint64_t up = axvm_wrapping_align_up(addr, align);

	PROVE(bit(up, i) == down_bit(addr + align - 1, align, i));
	if (is_power(align)) {
		/* The distance to the next multiple, modulo 2^64. */
		PROVE(up % align == 0);
		PROVE(up - addr < align);
		REACHED(up < addr);
		REACHED(up > addr);
	}
	REACHED(align == 0);
}

void prove_axvm_align_up(void)
{
	uint64_t addr = nondet_uint64(), align = nondet_power(), up;
	/* The last multiple that there is. */
	uint64_t last = 0 - align;

	TRAPS_IF(addr > last);
	up = axvm_align_up(addr, align);
	RETURNED();
	PROVE(up >= addr && up - addr < align);
	PROVE(up % align == 0);
	REACHED(up == addr && up == last);
}

/* Whatever align is: the wrapped result, or a trap where that is below. */
void prove_axvm_align_up_any(void)
{
	uint64_t addr = nondet_uint64(), align = nondet_uint64();
	uint64_t wrapped = axvm_wrapping_align_up(addr, align), up;

	ASSUME(!is_power(align));
	TRAPS_IF(wrapped < addr);
	up = axvm_align_up(addr, align);
	RETURNED();
	PROVE(up == wrapped);
}

void prove_axvm_checked_align_up(void)
{
	uint64_t addr = nondet_uint64(), align = nondet_uint64(), before = nondet_uint64();
	uint64_t out = before;
	bool fits = axvm_checked_align_up(addr, align, &out);

	/* The last multiple is align below 2^64. */
	PROVE(fits == (is_power(align) && addr <= 0 - align));
	if (fits) {
		PROVE(out >= addr && out - addr < align);
		PROVE(out % align == 0);
	} else {
		PROVE(out == before);
	}
	REACHED(fits);
	REACHED(!fits && is_power(align));
	REACHED(!fits && !is_power(align));
}
