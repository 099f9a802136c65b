/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pairs of functions to be compiled and never run: ours_X calls the inline function X of the
 * headers, hand_X is what a programmer writes on raw integers. bench/insn.sh counts the
 * instructions of both. Numbers in, numbers out, so that no struct is passed or returned.
 */
#include <axvm/types.h>

#define PAIR(result, name, parameters, ours, hand)                                                 \
	result ours_##name parameters;                                                             \
	result hand_##name parameters;                                                             \
	result ours_##name parameters ours                                                         \
	result hand_##name parameters hand

#define A(number) axvm_gpa_new(number)
#define V(address) axvm_gpa_value(address)
#define S(bits) axvm_vcpu_set_from_bits(bits)
#define B(set) axvm_vcpu_set_to_bits(set)
#define R(start, end) axvm_gpa_range_new_unchecked(A(start), A(end))

void use(uint64_t number);

/* clang-format off */

PAIR(uint64_t, align_down, (uint64_t a, uint64_t align),
	{ return V(axvm_gpa_align_down(A(a), align)); },
	{ return a & ~(align - 1); })
PAIR(uint64_t, align_up, (uint64_t a, uint64_t align),
	{ return V(axvm_gpa_align_up(A(a), align)); },
	{ uint64_t up = (a + align - 1) & ~(align - 1); if (up < a) __builtin_trap(); return up; })
PAIR(uint64_t, align_up_4k, (uint64_t a),
	{ return V(axvm_gpa_align_up_4k(A(a))); },
	{ uint64_t up = (a + 0xfff) & ~UINT64_C(0xfff); if (up < a) __builtin_trap(); return up; })
PAIR(bool, checked_align_up, (uint64_t a, uint64_t align, uint64_t *out),
	{ axvm_gpa up; if (!axvm_gpa_checked_align_up(A(a), align, &up)) return false; *out = V(up); return true; },
	{ uint64_t up = (a + (align - 1)) & ~(align - 1);
	  if (align == 0 || (align & (align - 1)) != 0 || up < a) return false; *out = up; return true; })
PAIR(bool, is_aligned_4k, (uint64_t a),
	{ return axvm_gpa_is_aligned_4k(A(a)); },
	{ return (a & 0xfff) == 0; })
PAIR(int, cmp, (uint64_t a, uint64_t b),
	{ return axvm_gpa_cmp(A(a), A(b)); },
	{ return (a > b) - (a < b); })

PAIR(uint64_t, add, (uint64_t a, uint64_t n),
	{ return V(axvm_gpa_add(A(a), n)); },
	{ uint64_t sum; if (__builtin_add_overflow(a, n, &sum)) __builtin_trap(); return sum; })
PAIR(bool, checked_add, (uint64_t a, uint64_t n, uint64_t *out),
	{ axvm_gpa sum; if (!axvm_gpa_checked_add(A(a), n, &sum)) return false; *out = V(sum); return true; },
	{ uint64_t sum; if (__builtin_add_overflow(a, n, &sum)) return false; *out = sum; return true; })
PAIR(uint64_t, wrapping_add, (uint64_t a, uint64_t n),
	{ return V(axvm_gpa_wrapping_add(A(a), n)); },
	{ return a + n; })
PAIR(bool, checked_sub, (uint64_t a, uint64_t n, uint64_t *out),
	{ axvm_gpa rest; if (!axvm_gpa_checked_sub(A(a), n, &rest)) return false; *out = V(rest); return true; },
	{ uint64_t rest; if (__builtin_sub_overflow(a, n, &rest)) return false; *out = rest; return true; })
PAIR(bool, checked_offset, (uint64_t a, int64_t n, uint64_t *out),
	{ axvm_gpa sum; if (!axvm_gpa_checked_offset(A(a), n, &sum)) return false; *out = V(sum); return true; },
	{ uint64_t sum; if (__builtin_add_overflow(a, n, &sum)) return false; *out = sum; return true; })
PAIR(uint64_t, sub_addr, (uint64_t a, uint64_t b),
	{ return axvm_gpa_sub_addr(A(a), A(b)); },
	{ uint64_t rest; if (__builtin_sub_overflow(a, b, &rest)) __builtin_trap(); return rest; })

PAIR(bool, range_contains, (uint64_t start, uint64_t end, uint64_t a),
	{ return axvm_gpa_range_contains(R(start, end), A(a)); },
	{ return start <= a && a < end; })
PAIR(bool, range_contains_range, (uint64_t start, uint64_t end, uint64_t other, uint64_t last),
	{ return axvm_gpa_range_contains_range(R(start, end), R(other, last)); },
	{ return start <= other && last <= end; })
PAIR(bool, range_overlaps, (uint64_t start, uint64_t end, uint64_t other, uint64_t last),
	{ return axvm_gpa_range_overlaps(R(start, end), R(other, last)); },
	{ return start < last && other < end; })
PAIR(uint64_t, range_size, (uint64_t start, uint64_t end),
	{ return axvm_gpa_range_size(R(start, end)); },
	{ return end - start; })
PAIR(bool, range_from_start_size, (uint64_t start, uint64_t size, uint64_t *out),
	{ axvm_gpa_range r; if (!axvm_gpa_range_try_from_start_size(A(start), size, &r)) return false; *out = V(r.end); return true; },
	{ uint64_t end; if (__builtin_add_overflow(start, size, &end)) return false; *out = end; return true; })
PAIR(void, page_iter, (uint64_t start, uint64_t end),
	{ axvm_gpa_page_iter it; axvm_gpa page; if (!axvm_gpa_page_iter_init(&it, A(start), A(end), AXVM_PAGE_SIZE_4K)) return;
	  while (axvm_gpa_page_iter_next(&it, &page)) use(V(page)); },
	{ if ((start & 0xfff) != 0 || (end & 0xfff) != 0) return;
	  for (uint64_t page = start; page < end; page += 0x1000) use(page); })

PAIR(uint64_t, set_mask, (uint64_t n),
	{ return B(axvm_vcpu_set_mask(n)); },
	{ if (n > 64) __builtin_trap(); return n == 0 ? 0 : UINT64_MAX >> (64 - n); })
PAIR(uint64_t, set_one_shot, (uint64_t i),
	{ return B(axvm_vcpu_set_one_shot(i)); },
	{ if (i >= 64) __builtin_trap(); return UINT64_C(1) << i; })
PAIR(bool, set_get, (uint64_t set, uint64_t i),
	{ return axvm_vcpu_set_get(S(set), i); },
	{ return i < 64 && (set >> i & 1) != 0; })
PAIR(bool, set_set, (void *set, uint64_t i, bool member),
	{ return axvm_vcpu_set_set(set, i, member); },
	{ if (i >= 64) __builtin_trap();
	  uint64_t *bits = set; uint64_t bit = UINT64_C(1) << i; bool was = (*bits & bit) != 0;
	  if (member) *bits |= bit; else *bits &= ~bit; return was; })
PAIR(size_t, set_len, (uint64_t set),
	{ return axvm_vcpu_set_len(S(set)); },
	{ return (size_t)__builtin_popcountll(set); })
PAIR(uint64_t, set_andnot, (uint64_t a, uint64_t b),
	{ return B(axvm_vcpu_set_andnot(S(a), S(b))); },
	{ return a & ~b; })
PAIR(bool, set_is_subset, (uint64_t a, uint64_t b),
	{ return axvm_vcpu_set_is_subset(S(a), S(b)); },
	{ return (a & ~b) == 0; })
PAIR(int, set_first_index, (uint64_t set),
	{ return axvm_vcpu_set_first_index(S(set)); },
	{ return set == 0 ? -1 : __builtin_ctzll(set); })
PAIR(int, set_last_index, (uint64_t set),
	{ return axvm_vcpu_set_last_index(S(set)); },
	{ return set == 0 ? -1 : 63 - __builtin_clzll(set); })
PAIR(int, set_next_index, (uint64_t set, uint64_t i),
	{ return axvm_vcpu_set_next_index(S(set), i); },
	{ if (i >= 63) return -1; set &= UINT64_MAX << (i + 1); return set == 0 ? -1 : __builtin_ctzll(set); })
PAIR(int, set_prev_index, (uint64_t set, uint64_t i),
	{ return axvm_vcpu_set_prev_index(S(set), i); },
	{ if (i < 64) set &= (UINT64_C(1) << i) - 1; return set == 0 ? -1 : 63 - __builtin_clzll(set); })
PAIR(void, set_foreach, (uint64_t set),
	{ AXVM_VCPU_SET_FOREACH(i, S(set)) use(i); },
	{ for (; set != 0; set &= set - 1) use((uint64_t)__builtin_ctzll(set)); })
