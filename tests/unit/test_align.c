/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/align.h>

#include "tap.h"

#define LAST UINT64_MAX
#define LAST_PAGE (UINT64_MAX - 0xfff)
#define TOP (UINT64_C(1) << 63)
#define UNTOUCHED UINT64_C(0x5ca1ab1e)

#if AXVM_PAGE_SIZE_4K != 4096 || AXVM_PAGE_SIZE_2M != 2097152 || AXVM_PAGE_SIZE_1G != 1073741824
#error "page sizes work in #if and have their values"
#endif

static void test_align(void)
{
	/* up is the wrapped result; traps and checked tell what becomes of it. */
	static const struct {
		uint64_t addr, align, down, offset, up;
		bool traps, checked;
	} rows[] = {
		{ 0, 1, 0, 0, 0, false, true },
		{ LAST, 1, LAST, 0, LAST, false, true },
		{ 0, 0x1000, 0, 0, 0, false, true },
		{ 1, 0x1000, 0, 1, 0x1000, false, true },
		{ 0xfff, 0x1000, 0, 0xfff, 0x1000, false, true },
		{ 0x1000, 0x1000, 0x1000, 0, 0x1000, false, true },
		{ 0x1fffff, 0x200000, 0, 0x1fffff, 0x200000, false, true },
		{ 0x3fffffff, 0x40000000, 0, 0x3fffffff, 0x40000000, false, true },
		{ 0x100000000, 0x200000000, 0, 0x100000000, 0x200000000, false, true },
		{ LAST_PAGE, 0x1000, LAST_PAGE, 0, LAST_PAGE, false, true },
		{ LAST_PAGE + 1, 0x1000, LAST_PAGE, 1, 0, true, false },
		{ LAST, 0x1000, LAST_PAGE, 0xfff, 0, true, false },
		{ TOP, TOP, TOP, 0, TOP, false, true },
		{ TOP + 1, TOP, TOP, 1, 0, true, false },
		{ 1, TOP, 0, 1, TOP, false, true },
		/* The formulas hold for alignments that are none. */
		{ 0, 0, 0, 0, 0, false, false },
		{ 5, 0, 0, 5, 0, true, false },
		{ 8, 3, 8, 0, 8, false, false },
		{ 9, 3, 9, 0, 9, false, false },
		{ 10, 3, 8, 2, 12, false, false },
		{ 0x1234, LAST, 0, 0x1234, 0, true, false },
	};

	each_row(i, rows) {
		uint64_t addr = rows[i].addr, align = rows[i].align, out = UNTOUCHED;

		eq_uint(axvm_align_down(addr, align), rows[i].down, "align_down");
		eq_uint(axvm_align_offset(addr, align), rows[i].offset, "align_offset");
		eq_int(axvm_is_aligned(addr, align), rows[i].offset == 0, "is_aligned");
		eq_uint(axvm_wrapping_align_up(addr, align), rows[i].up, "wrapping_align_up");
		if (rows[i].traps)
			traps(axvm_align_up(addr, align), "align_up traps below its address");
		else
			eq_uint(axvm_align_up(addr, align), rows[i].up, "align_up");
		eq_int(axvm_checked_align_up(addr, align, &out), rows[i].checked,
		       "checked_align_up returns");
		eq_uint(out, rows[i].checked ? rows[i].up : UNTOUCHED,
			"checked_align_up writes on success only");
	}
}

int main(void)
{
	test(test_align);
	return done();
}
