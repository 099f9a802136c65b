/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_VCPU_SET_H
#define AXVM_VCPU_SET_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/inline.h>
#include <axvm/vm.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup vcpu_set Sets of virtual CPUs
 * @brief A set of CPU indexes from 0 to 63, and its text forms.
 *
 * Bit i of the mask is index i; all 64 bits are valid. The model's
 * prev_false_index and from_raw_bits are wrong for 64 CPUs: here they do what
 * their names say.
 *
 * A VM has at most AXVM_MAX_VCPU_NUM, 64, vCPUs. For sets of the CPUs of a larger host, take
 * hwloc_bitmap_t of hwloc or cpu_set_t of libc: a list or a mask with a CPU above 63 is refused
 * here, and axvm_vcpu_set_try_set() returns false.
 *
 * Model: VCpuSet (CpuMask of 64 bits). Every function is thread-safe and
 * async-signal-safe; those that write through a pointer, for distinct objects.
 *
 * @code
 * #include <stdio.h>
 * #include <axvm/vcpu_set.h>
 *
 * int main(void)
 * {
 * 	axvm_vcpu_set set;
 * 	char text[AXVM_VCPU_SET_LIST_SIZE];
 *
 * 	if (!axvm_vcpu_set_parse_list("0-3,8", &set))
 * 		return 1;
 * 	axvm_vcpu_set_set(&set, 2, false);
 * 	axvm_vcpu_set_format_list(set, text, sizeof(text));
 * 	puts(text); // prints: 0-1,3,8
 * 	AXVM_VCPU_SET_FOREACH(index, set)
 * 		printf("%u\n", (unsigned int)index);
 * 	// prints: 0
 * 	// prints: 1
 * 	// prints: 3
 * 	// prints: 8
 * 	return 0;
 * }
 * @endcode
 * @{
 */

/**
 * @brief A set of virtual CPUs.
 *
 * Model: VCpuSet.
 */
typedef struct axvm_vcpu_set {
	uint64_t bits; /**< Bit i is set when index i is a member; every value is valid. */
} axvm_vcpu_set;

/** Initializer of an axvm_vcpu_set from the mask @p bits. */
#define AXVM_VCPU_SET_INIT(bits) { (bits) }

/**
 * @brief The set of the members of a mask.
 * @param bits Mask; bit i is index i.
 * @return The set.
 *
 * Model: CpuMask::from_raw_bits.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_from_bits(uint64_t bits)
{
	axvm_vcpu_set s = AXVM_VCPU_SET_INIT(bits);

	return s;
}

/**
 * @brief The mask of a set.
 * @param s Set.
 * @return Mask; bit i is set when index i is a member.
 *
 * Model: CpuMask::into_value.
 */
AXVM_INLINE uint64_t axvm_vcpu_set_to_bits(axvm_vcpu_set s)
{
	return s.bits;
}

/**
 * @brief The empty set.
 * @return The set without members.
 *
 * Model: CpuMask::new.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_new(void)
{
	return axvm_vcpu_set_from_bits(0);
}

/**
 * @brief The set of all indexes.
 * @return The set of 0 to 63.
 *
 * Model: CpuMask::full.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_full(void)
{
	return axvm_vcpu_set_from_bits(UINT64_MAX);
}

/**
 * @brief The set of the first indexes.
 * @param n How many, from 0 to 64. Traps above 64.
 * @return The set of 0 to @p n - 1.
 *
 * Model: CpuMask::mask.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_mask(uint64_t n)
{
	if (n > AXVM_MAX_VCPU_NUM)
		__builtin_trap();
	/* A shift by the width is undefined, hence the case of its own. */
	return axvm_vcpu_set_from_bits(n == 0 ? 0 : UINT64_MAX >> (AXVM_MAX_VCPU_NUM - n));
}

/**
 * @brief The set of one index.
 * @param i Index, below 64. Traps at 64 and above.
 * @return The set with the one member @p i.
 *
 * Model: CpuMask::one_shot.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_one_shot(axvm_vcpu_id i)
{
	if (i >= AXVM_MAX_VCPU_NUM)
		__builtin_trap();
	return axvm_vcpu_set_from_bits(UINT64_C(1) << i);
}

/**
 * @brief The set of a range of indexes.
 * @param first First index.
 * @param last Last index; it is a member. Traps when it is below @p first or above 63.
 * @return The set of @p first to @p last, never empty.
 *
 * Not in axvm-types.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_range(axvm_vcpu_id first, axvm_vcpu_id last)
{
	if (first > last || last >= AXVM_MAX_VCPU_NUM)
		__builtin_trap();
	return axvm_vcpu_set_from_bits((UINT64_MAX << first) &
				       (UINT64_MAX >> (AXVM_MAX_VCPU_NUM - 1 - last)));
}

/**
 * @brief The number of members.
 * @param s Set.
 * @return 0 to 64.
 *
 * Model: CpuMask::len.
 */
AXVM_INLINE size_t axvm_vcpu_set_len(axvm_vcpu_set s)
{
	return (size_t)__builtin_popcountll(s.bits);
}

/**
 * @brief Check whether a set has no member.
 * @param s Set.
 * @return true when it has none.
 *
 * Model: CpuMask::is_empty.
 */
AXVM_INLINE bool axvm_vcpu_set_is_empty(axvm_vcpu_set s)
{
	return s.bits == 0;
}

/**
 * @brief Check whether a set has all 64 members.
 * @param s Set.
 * @return true when it has.
 *
 * Model: CpuMask::is_full.
 */
AXVM_INLINE bool axvm_vcpu_set_is_full(axvm_vcpu_set s)
{
	return s.bits == UINT64_MAX;
}

/**
 * @brief Check whether an index is a member.
 * @param s Set.
 * @param i Index, any.
 * @return true when it is; false at 64 and above.
 *
 * Model: CpuMask::get.
 */
AXVM_INLINE bool axvm_vcpu_set_get(axvm_vcpu_set s, axvm_vcpu_id i)
{
	return i < AXVM_MAX_VCPU_NUM && (s.bits >> i & 1) != 0;
}

/**
 * @brief Put an index in or take it out.
 * @param[in,out] set Set to change.
 * @param i Index, below 64. Traps at 64 and above.
 * @param member true to put it in, false to take it out.
 * @return Whether it was a member before.
 *
 * Model: CpuMask::set.
 */
AXVM_INLINE bool axvm_vcpu_set_set(axvm_vcpu_set *set, axvm_vcpu_id i, bool member)
{
	uint64_t bit = axvm_vcpu_set_one_shot(i).bits, before = set->bits;

	set->bits = (before & ~bit) | (uint64_t)member << i;
	return (before & bit) != 0;
}

/**
 * @brief Put an index in or take it out, if a set can have it.
 * @param[in,out] set Set to change; untouched on failure.
 * @param i Index, any.
 * @param member true to put it in, false to take it out.
 * @return false when @p i is above 63.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_vcpu_set_try_set(axvm_vcpu_set *set, axvm_vcpu_id i,
						       bool member)
{
	if (i >= AXVM_MAX_VCPU_NUM)
		return false;
	axvm_vcpu_set_set(set, i, member);
	return true;
}

/**
 * @brief The lowest member.
 * @param s Set.
 * @return Its index, or -1 for none.
 *
 * Model: CpuMask::first_index.
 */
AXVM_INLINE int axvm_vcpu_set_first_index(axvm_vcpu_set s)
{
	return s.bits == 0 ? -1 : __builtin_ctzll(s.bits);
}

/**
 * @brief The highest member.
 * @param s Set.
 * @return Its index, or -1 for none.
 *
 * Model: CpuMask::last_index.
 */
AXVM_INLINE int axvm_vcpu_set_last_index(axvm_vcpu_set s)
{
	return s.bits == 0 ? -1 : 63 - __builtin_clzll(s.bits);
}

/**
 * @brief The first member after an index.
 * @param s Set.
 * @param i Index, any; 64 and above is past the end.
 * @return Index of the member, or -1 for none.
 *
 * Model: CpuMask::next_index.
 */
AXVM_INLINE int axvm_vcpu_set_next_index(axvm_vcpu_set s, axvm_vcpu_id i)
{
	if (i >= AXVM_MAX_VCPU_NUM - 1)
		return -1;
	return axvm_vcpu_set_first_index(axvm_vcpu_set_from_bits(s.bits & UINT64_MAX << (i + 1)));
}

/**
 * @brief The last member before an index.
 * @param s Set.
 * @param i Index, any; 64 and above is past the end.
 * @return Index of the member, or -1 for none.
 *
 * Model: CpuMask::prev_index.
 */
AXVM_INLINE int axvm_vcpu_set_prev_index(axvm_vcpu_set s, axvm_vcpu_id i)
{
	uint64_t below = i < AXVM_MAX_VCPU_NUM ? (UINT64_C(1) << i) - 1 : UINT64_MAX;

	return axvm_vcpu_set_last_index(axvm_vcpu_set_from_bits(s.bits & below));
}

/**
 * @brief The set of the other indexes.
 * @param s Set.
 * @return The indexes from 0 to 63 that are not in @p s.
 *
 * Model: Not of CpuMask.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_not(axvm_vcpu_set s)
{
	return axvm_vcpu_set_from_bits(~s.bits);
}

/**
 * @brief The lowest index that is not a member.
 * @param s Set.
 * @return The index, or -1 for none.
 *
 * Model: CpuMask::first_false_index.
 */
AXVM_INLINE int axvm_vcpu_set_first_false_index(axvm_vcpu_set s)
{
	return axvm_vcpu_set_first_index(axvm_vcpu_set_not(s));
}

/**
 * @brief The highest index that is not a member.
 * @param s Set.
 * @return The index, or -1 for none.
 *
 * Model: CpuMask::last_false_index.
 */
AXVM_INLINE int axvm_vcpu_set_last_false_index(axvm_vcpu_set s)
{
	return axvm_vcpu_set_last_index(axvm_vcpu_set_not(s));
}

/**
 * @brief The first index after another one that is not a member.
 * @param s Set.
 * @param i Index, any; 64 and above is past the end.
 * @return The index, or -1 for none.
 *
 * Model: CpuMask::next_false_index.
 */
AXVM_INLINE int axvm_vcpu_set_next_false_index(axvm_vcpu_set s, axvm_vcpu_id i)
{
	return axvm_vcpu_set_next_index(axvm_vcpu_set_not(s), i);
}

/**
 * @brief The last index before another one that is not a member.
 * @param s Set.
 * @param i Index, any; 64 and above is past the end.
 * @return The index, or -1 for none.
 *
 * Model: CpuMask::prev_false_index.
 */
AXVM_INLINE int axvm_vcpu_set_prev_false_index(axvm_vcpu_set s, axvm_vcpu_id i)
{
	return axvm_vcpu_set_prev_index(axvm_vcpu_set_not(s), i);
}

/**
 * @brief Replace a set by the set of the other indexes.
 * @param[in,out] set Set to change.
 *
 * Model: CpuMask::invert.
 */
AXVM_INLINE void axvm_vcpu_set_invert(axvm_vcpu_set *set)
{
	*set = axvm_vcpu_set_not(*set);
}

/**
 * @brief The members of both sets.
 * @param a Set.
 * @param b Set.
 * @return Their intersection.
 *
 * Model: BitAnd of CpuMask.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_and(axvm_vcpu_set a, axvm_vcpu_set b)
{
	return axvm_vcpu_set_from_bits(a.bits & b.bits);
}

/**
 * @brief The members of either set.
 * @param a Set.
 * @param b Set.
 * @return Their union.
 *
 * Model: BitOr of CpuMask.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_or(axvm_vcpu_set a, axvm_vcpu_set b)
{
	return axvm_vcpu_set_from_bits(a.bits | b.bits);
}

/**
 * @brief The members of one of two sets, but not of both.
 * @param a Set.
 * @param b Set.
 * @return Their symmetric difference.
 *
 * Model: BitXor of CpuMask.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_xor(axvm_vcpu_set a, axvm_vcpu_set b)
{
	return axvm_vcpu_set_from_bits(a.bits ^ b.bits);
}

/**
 * @brief The members of the first set that are not in the second.
 * @param a Set.
 * @param b Set to take out.
 * @return Their difference.
 *
 * Not in axvm-types.
 */
AXVM_INLINE axvm_vcpu_set axvm_vcpu_set_andnot(axvm_vcpu_set a, axvm_vcpu_set b)
{
	return axvm_vcpu_set_from_bits(a.bits & ~b.bits);
}

/**
 * @brief Check whether two sets have the same members.
 * @param a Set.
 * @param b Set.
 * @return true when they have.
 *
 * Model: Eq of CpuMask.
 */
AXVM_INLINE bool axvm_vcpu_set_eq(axvm_vcpu_set a, axvm_vcpu_set b)
{
	return a.bits == b.bits;
}

/**
 * @brief Order two sets as the 64-bit numbers that their masks are.
 * @param a Set.
 * @param b Set.
 * @return -1 when @p a is below @p b, 0 when they are equal, 1 when it is above.
 *
 * Model: Ord of CpuMask.
 */
AXVM_INLINE int axvm_vcpu_set_cmp(axvm_vcpu_set a, axvm_vcpu_set b)
{
	return (a.bits > b.bits) - (a.bits < b.bits);
}

/**
 * @brief Check whether two sets share a member.
 * @param a Set.
 * @param b Set.
 * @return true when they do.
 *
 * Not in axvm-types.
 */
AXVM_INLINE bool axvm_vcpu_set_intersects(axvm_vcpu_set a, axvm_vcpu_set b)
{
	return (a.bits & b.bits) != 0;
}

/**
 * @brief Check whether every member of the first set is in the second.
 * @param a Set.
 * @param b Set.
 * @return true when it is; the empty set is a subset of every set.
 *
 * Not in axvm-types.
 */
AXVM_INLINE bool axvm_vcpu_set_is_subset(axvm_vcpu_set a, axvm_vcpu_set b)
{
	return (a.bits & ~b.bits) == 0;
}

/**
 * @brief Loop over the members of a set in ascending order.
 *
 * Declares its own loop variable `axvm_vcpu_id i`, which takes the index of each
 * member and is always below 64. @p set is evaluated once, before the first round:
 * the body may change what it was taken from. `break` and `continue` work. A round
 * costs the count of trailing zeros of a mask and `mask &= mask - 1`. Needs C99 or
 * C++; there is no cast in it, for -Wold-style-cast.
 *
 * @param i Name of the loop variable.
 * @param set Set.
 *
 * Model: IntoIterator of CpuMask.
 */
#define AXVM_VCPU_SET_FOREACH(i, set)                                                              \
	for (axvm_vcpu_id i##_rest_ = axvm_vcpu_set_to_bits(set), i = 0;                           \
	     i##_rest_ != 0 && (i = __builtin_ctzll(i##_rest_) & 63) < 64;                         \
	     i##_rest_ &= i##_rest_ - 1)

/** Size of a buffer for every text that axvm_vcpu_set_format_list() writes, with its NUL. */
#define AXVM_VCPU_SET_LIST_SIZE 122

/** Size of a buffer for every text that axvm_vcpu_set_format_mask() writes, with its NUL. */
#define AXVM_VCPU_SET_MASK_SIZE 19

/**
 * @brief Write a set as a list of indexes and ranges, as the Linux kernel does.
 *
 * Ascending, each range as long as can be: `0-3,8`; the empty set is the empty
 * string.
 *
 * @param s Set.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Not in axvm-types.
 */
int axvm_vcpu_set_format_list(axvm_vcpu_set s, char *buf, size_t size);

/**
 * @brief Read a set from a list of indexes and ranges, as the Linux kernel writes
 *        it.
 *
 * Items `N` and `N-M` are decimal and separated by single commas; `^` before an
 * item takes it out instead of putting it in. Items apply from left to right and
 * may repeat. The empty string is the empty set. Zeros may lead a number. One newline may
 * end the text, as in the files of sysfs.
 *
 * @param text The whole text; NULL is no list.
 * @param[out] out Receives the set; untouched on failure.
 * @return false for anything else: an index above 63, a range that goes down, an
 *         empty item, a blank, a sign.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_vcpu_set_parse_list(const char *text, axvm_vcpu_set *out);

/**
 * @brief Write the mask of a set: `0xff`; `0x0` for the empty set.
 * @param s Set.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Not in axvm-types.
 */
int axvm_vcpu_set_format_mask(axvm_vcpu_set s, char *buf, size_t size);

/**
 * @brief Read a set from its mask.
 * @param text `0x` and hexadecimal digits of either case, the whole text; zeros
 *             may lead, and one newline may end it. NULL is no mask.
 * @param[out] out Receives the set; untouched on failure.
 * @return false for anything else, and for a mask of more than 64 bits.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_vcpu_set_parse_mask(const char *text, axvm_vcpu_set *out);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
