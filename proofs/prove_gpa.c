/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa.h>

#include "proof.h"

/* Specifications are sums in 128 bits: what fits in 64 is right, and all else overflows. */

static axvm_gpa nondet_gpa(void)
{
	axvm_gpa a = { nondet_uint64() };

	return a;
}

void prove_axvm_gpa_new(void)
{
	uint64_t raw = nondet_uint64();
	axvm_gpa initialized = AXVM_GPA_INIT(raw);

	PROVE(axvm_gpa_new(raw).addr == raw);
	PROVE(initialized.addr == raw);
	REACHED(true);
}

void prove_axvm_gpa_value(void)
{
	axvm_gpa a = nondet_gpa();

	PROVE(axvm_gpa_value(a) == a.addr);
	REACHED(true);
}

void prove_axvm_gpa_eq(void)
{
	axvm_gpa a = nondet_gpa(), b = nondet_gpa();

	PROVE(axvm_gpa_eq(a, b) == ((a.addr ^ b.addr) == 0));
	REACHED(axvm_gpa_eq(a, b));
}

void prove_axvm_gpa_cmp(void)
{
	axvm_gpa a = nondet_gpa(), b = nondet_gpa();
	signed_wide difference = (signed_wide)a.addr - b.addr;

	PROVE(axvm_gpa_cmp(a, b) == (difference < 0 ? -1 : difference == 0 ? 0 : 1));
	REACHED(difference > INT64_MAX);
}

/* Rounding is that of align.h, whose proofs say what it gives. */

void prove_axvm_gpa_align_down(void)
{
	axvm_gpa a = nondet_gpa();
	uint64_t align = nondet_uint64();

	PROVE(axvm_gpa_align_down(a, align).addr == axvm_align_down(a.addr, align));
	REACHED(true);
}

void prove_axvm_gpa_align_down_4k(void)
{
	axvm_gpa a = nondet_gpa();

	PROVE(axvm_gpa_align_down_4k(a).addr == a.addr / 4096 * 4096);
	REACHED(true);
}

void prove_axvm_gpa_align_offset(void)
{
	axvm_gpa a = nondet_gpa();
	uint64_t align = nondet_uint64();

	PROVE(axvm_gpa_align_offset(a, align) == axvm_align_offset(a.addr, align));
	REACHED(true);
}

void prove_axvm_gpa_align_offset_4k(void)
{
	axvm_gpa a = nondet_gpa();

	PROVE(axvm_gpa_align_offset_4k(a) == a.addr % 4096);
	REACHED(true);
}

void prove_axvm_gpa_is_aligned(void)
{
	axvm_gpa a = nondet_gpa();
	uint64_t align = nondet_uint64();

	PROVE(axvm_gpa_is_aligned(a, align) == axvm_is_aligned(a.addr, align));
	REACHED(true);
}

void prove_axvm_gpa_is_aligned_4k(void)
{
	axvm_gpa a = nondet_gpa();

	PROVE(axvm_gpa_is_aligned_4k(a) == (a.addr % 4096 == 0));
	REACHED(axvm_gpa_is_aligned_4k(a));
}

void prove_axvm_gpa_wrapping_align_up(void)
{
	axvm_gpa a = nondet_gpa();
	uint64_t align = nondet_uint64();

	PROVE(axvm_gpa_wrapping_align_up(a, align).addr == axvm_wrapping_align_up(a.addr, align));
	REACHED(true);
}

void prove_axvm_gpa_align_up(void)
{
	axvm_gpa a = nondet_gpa(), up;
	uint64_t align = nondet_uint64();

	TRAPS_IF(axvm_wrapping_align_up(a.addr, align) < a.addr);
	up = axvm_gpa_align_up(a, align);
	RETURNED();
	PROVE(up.addr == axvm_align_up(a.addr, align));
}

void prove_axvm_gpa_align_up_4k(void)
{
	axvm_gpa a = nondet_gpa(), up;
	wide wanted = ((wide)a.addr + 4095) / 4096 * 4096;

	TRAPS_IF(ABOVE_UINT64(wanted));
	up = axvm_gpa_align_up_4k(a);
	RETURNED();
	PROVE(up.addr == wanted);
}

void prove_axvm_gpa_checked_align_up(void)
{
	axvm_gpa a = nondet_gpa(), before = nondet_gpa(), out = before;
	uint64_t align = nondet_uint64(), wanted = before.addr;
	bool fits = axvm_gpa_checked_align_up(a, align, &out);

	PROVE(fits == axvm_checked_align_up(a.addr, align, &wanted));
	PROVE(out.addr == wanted);
	REACHED(fits);
	REACHED(!fits);
}

void prove_axvm_gpa_wrapping_add(void)
{
	axvm_gpa a = nondet_gpa();
	uint64_t n = nondet_uint64();

	PROVE(axvm_gpa_wrapping_add(a, n).addr == (uint64_t)((wide)a.addr + n));
	REACHED(true);
}

void prove_axvm_gpa_overflowing_add(void)
{
	axvm_gpa a = nondet_gpa(), out;
	uint64_t n = nondet_uint64();
	wide sum = (wide)a.addr + n;

	PROVE(axvm_gpa_overflowing_add(a, n, &out) == ABOVE_UINT64(sum));
	PROVE(out.addr == (uint64_t)sum);
	REACHED(ABOVE_UINT64(sum));
}

void prove_axvm_gpa_checked_add(void)
{
	axvm_gpa a = nondet_gpa(), before = nondet_gpa(), out = before;
	uint64_t n = nondet_uint64();
	wide sum = (wide)a.addr + n;
	bool fits = axvm_gpa_checked_add(a, n, &out);

	PROVE(fits == !ABOVE_UINT64(sum));
	PROVE(out.addr == (fits ? sum : before.addr));
	REACHED(fits);
	REACHED(!fits);
}

void prove_axvm_gpa_add(void)
{
	axvm_gpa a = nondet_gpa(), moved;
	uint64_t n = nondet_uint64();
	wide sum = (wide)a.addr + n;

	TRAPS_IF(ABOVE_UINT64(sum));
	moved = axvm_gpa_add(a, n);
	RETURNED();
	PROVE(moved.addr == sum);
}

void prove_axvm_gpa_wrapping_sub(void)
{
	axvm_gpa a = nondet_gpa();
	uint64_t n = nondet_uint64();

	PROVE(axvm_gpa_wrapping_sub(a, n).addr + n == a.addr);
	REACHED(n > a.addr);
}

void prove_axvm_gpa_overflowing_sub(void)
{
	axvm_gpa a = nondet_gpa(), out;
	uint64_t n = nondet_uint64();

	PROVE(axvm_gpa_overflowing_sub(a, n, &out) == (a.addr < n));
	PROVE(out.addr + n == a.addr);
	REACHED(a.addr < n);
}

void prove_axvm_gpa_checked_sub(void)
{
	axvm_gpa a = nondet_gpa(), before = nondet_gpa(), out = before;
	uint64_t n = nondet_uint64();
	bool fits = axvm_gpa_checked_sub(a, n, &out);

	PROVE(fits == (a.addr >= n));
	PROVE(fits ? (wide)out.addr + n == a.addr : out.addr == before.addr);
	REACHED(fits);
	REACHED(!fits);
}

void prove_axvm_gpa_sub(void)
{
	axvm_gpa a = nondet_gpa(), moved;
	uint64_t n = nondet_uint64();

	TRAPS_IF(a.addr < n);
	moved = axvm_gpa_sub(a, n);
	RETURNED();
	PROVE((wide)moved.addr + n == a.addr);
}

void prove_axvm_gpa_wrapping_offset(void)
{
	axvm_gpa a = nondet_gpa();
	int64_t n = nondet_int64();

	PROVE(axvm_gpa_wrapping_offset(a, n).addr == (uint64_t)((signed_wide)a.addr + n));
	REACHED(n < 0);
}

/* Whether a + n is an address. */
static bool offset_fits(axvm_gpa a, int64_t n)
{
	signed_wide sum = (signed_wide)a.addr + n;

	return sum >= 0 && sum <= (signed_wide)UINT64_MAX;
}

void prove_axvm_gpa_checked_offset(void)
{
	axvm_gpa a = nondet_gpa(), before = nondet_gpa(), out = before;
	int64_t n = nondet_int64();
	bool fits = axvm_gpa_checked_offset(a, n, &out);

	PROVE(fits == offset_fits(a, n));
	PROVE(fits ? (signed_wide)out.addr - n == a.addr : out.addr == before.addr);
	REACHED(fits && n < 0);
	REACHED(!fits && n < 0);
	REACHED(!fits && n > 0);
}

void prove_axvm_gpa_offset(void)
{
	axvm_gpa a = nondet_gpa(), moved;
	int64_t n = nondet_int64();

	TRAPS_IF(!offset_fits(a, n));
	moved = axvm_gpa_offset(a, n);
	RETURNED();
	PROVE((signed_wide)moved.addr - n == a.addr);
}

/* Whether the way from base to a is an int64_t. */
static bool distance_fits(axvm_gpa a, axvm_gpa base)
{
	signed_wide distance = (signed_wide)a.addr - base.addr;

	return distance >= INT64_MIN && distance <= INT64_MAX;
}

void prove_axvm_gpa_checked_offset_from(void)
{
	axvm_gpa a = nondet_gpa(), base = nondet_gpa();
	int64_t before = nondet_int64(), out = before;
	bool fits = axvm_gpa_checked_offset_from(a, base, &out);

	PROVE(fits == distance_fits(a, base));
	PROVE(fits ? (signed_wide)base.addr + out == a.addr : out == before);
	REACHED(fits && out == INT64_MIN);
	REACHED(fits && out == INT64_MAX);
	REACHED(!fits);
}

void prove_axvm_gpa_offset_from(void)
{
	axvm_gpa a = nondet_gpa(), base = nondet_gpa();
	int64_t distance;

	TRAPS_IF(!distance_fits(a, base));
	distance = axvm_gpa_offset_from(a, base);
	RETURNED();
	PROVE((signed_wide)base.addr + distance == a.addr);
}

void prove_axvm_gpa_wrapping_sub_addr(void)
{
	axvm_gpa a = nondet_gpa(), b = nondet_gpa();

	PROVE(axvm_gpa_wrapping_sub_addr(a, b) + b.addr == a.addr);
	REACHED(a.addr < b.addr);
}

void prove_axvm_gpa_overflowing_sub_addr(void)
{
	axvm_gpa a = nondet_gpa(), b = nondet_gpa();
	uint64_t out;

	PROVE(axvm_gpa_overflowing_sub_addr(a, b, &out) == (a.addr < b.addr));
	PROVE(out + b.addr == a.addr);
	REACHED(a.addr < b.addr);
}

void prove_axvm_gpa_checked_sub_addr(void)
{
	axvm_gpa a = nondet_gpa(), b = nondet_gpa();
	uint64_t before = nondet_uint64(), out = before;
	bool fits = axvm_gpa_checked_sub_addr(a, b, &out);

	PROVE(fits == (a.addr >= b.addr));
	PROVE(fits ? (wide)out + b.addr == a.addr : out == before);
	REACHED(fits);
	REACHED(!fits);
}

void prove_axvm_gpa_sub_addr(void)
{
	axvm_gpa a = nondet_gpa(), b = nondet_gpa();
	uint64_t difference;

	TRAPS_IF(a.addr < b.addr);
	difference = axvm_gpa_sub_addr(a, b);
	RETURNED();
	PROVE((wide)difference + b.addr == a.addr);
}
