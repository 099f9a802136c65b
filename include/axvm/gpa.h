/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_GPA_H
#define AXVM_GPA_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/align.h>
#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup gpa Guest physical addresses
 * @brief A guest physical address and its arithmetic.
 *
 * Model: GuestPhysAddr, with all of the trait MemoryAddr. Addresses are 64 bits
 * wide on every host. Every function is thread-safe and async-signal-safe.
 * @{
 */

/**
 * @brief A guest physical address.
 *
 * Model: GuestPhysAddr.
 */
typedef struct axvm_gpa {
	uint64_t addr; /**< The address in bytes; every value is valid. */
} axvm_gpa;

/** Initializer of an axvm_gpa from the raw number @p raw, in bytes. */
#define AXVM_GPA_INIT(raw) { (raw) }

/**
 * @brief Make a guest physical address from a number.
 * @param raw Address in bytes.
 * @return The address.
 *
 * Model: GuestPhysAddr::from_usize.
 */
AXVM_INLINE axvm_gpa axvm_gpa_new(uint64_t raw)
{
	axvm_gpa addr = AXVM_GPA_INIT(raw);

	return addr;
}

/**
 * @brief The number of a guest physical address.
 * @param a Address.
 * @return The address in bytes.
 *
 * Model: GuestPhysAddr::as_usize.
 */
AXVM_INLINE uint64_t axvm_gpa_value(axvm_gpa a)
{
	return a.addr;
}

/**
 * @brief Check whether two addresses are the same.
 * @param a Address.
 * @param b Address.
 * @return true when they are equal.
 *
 * Model: Eq of GuestPhysAddr.
 */
AXVM_INLINE bool axvm_gpa_eq(axvm_gpa a, axvm_gpa b)
{
	return a.addr == b.addr;
}

/**
 * @brief Order two addresses.
 * @param a Address.
 * @param b Address.
 * @return -1 when @p a is below @p b, 0 when they are equal, 1 when it is above.
 *
 * Model: Ord of GuestPhysAddr.
 */
AXVM_INLINE int axvm_gpa_cmp(axvm_gpa a, axvm_gpa b)
{
	return (a.addr > b.addr) - (a.addr < b.addr);
}

/**
 * @brief Round an address down to a multiple of @p align.
 * @param a Address.
 * @param align Alignment in bytes, a power of two. Another number is not refused: see
 *              axvm_align_down().
 * @return The rounded address.
 *
 * Model: MemoryAddr::align_down.
 */
AXVM_INLINE axvm_gpa axvm_gpa_align_down(axvm_gpa a, uint64_t align)
{
	return axvm_gpa_new(axvm_align_down(a.addr, align));
}

/**
 * @brief Round an address up to a multiple of @p align.
 * @param a Address.
 * @param align Alignment in bytes, a power of two. Another number is not refused: see
 *              axvm_align_up().
 * @return The rounded address. Traps when it is below @p a.
 *
 * Model: MemoryAddr::align_up.
 */
AXVM_INLINE axvm_gpa axvm_gpa_align_up(axvm_gpa a, uint64_t align)
{
	return axvm_gpa_new(axvm_align_up(a.addr, align));
}

/**
 * @brief Round an address up to a multiple of @p align if the result fits.
 * @param a Address.
 * @param align Alignment in bytes.
 * @param[out] out Receives the rounded address; untouched on failure.
 * @return false when the result does not fit or @p align is not a power of two.
 *
 * Model: MemoryAddr::align_up, reported instead of trapping.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_checked_align_up(axvm_gpa a, uint64_t align,
							   axvm_gpa *out)
{
	return axvm_checked_align_up(a.addr, align, &out->addr);
}

/**
 * @brief Round an address up to a multiple of @p align, modulo 2^64.
 * @param a Address.
 * @param align Alignment in bytes, a power of two. Another number is not refused: see
 *              axvm_wrapping_align_up().
 * @return The rounded address; 0 when the multiple is 2^64.
 *
 * Model: MemoryAddr::align_up as a release build of it computes.
 */
AXVM_INLINE axvm_gpa axvm_gpa_wrapping_align_up(axvm_gpa a, uint64_t align)
{
	return axvm_gpa_new(axvm_wrapping_align_up(a.addr, align));
}

/**
 * @brief How far an address is past a multiple of @p align.
 * @param a Address.
 * @param align Alignment in bytes, a power of two. Another number is not refused: see
 *              axvm_align_offset().
 * @return The offset in bytes.
 *
 * Model: MemoryAddr::align_offset.
 */
AXVM_INLINE uint64_t axvm_gpa_align_offset(axvm_gpa a, uint64_t align)
{
	return axvm_align_offset(a.addr, align);
}

/**
 * @brief Check whether an address is a multiple of @p align.
 * @param a Address.
 * @param align Alignment in bytes, a power of two. Another number is not refused: see
 *              axvm_is_aligned().
 * @return true when its offset is 0.
 *
 * Model: MemoryAddr::is_aligned.
 */
AXVM_INLINE bool axvm_gpa_is_aligned(axvm_gpa a, uint64_t align)
{
	return axvm_is_aligned(a.addr, align);
}

/**
 * @brief Round an address down to its 4 KiB page.
 * @param a Address.
 * @return The rounded address.
 *
 * Model: MemoryAddr::align_down_4k.
 */
AXVM_INLINE axvm_gpa axvm_gpa_align_down_4k(axvm_gpa a)
{
	return axvm_gpa_align_down(a, AXVM_PAGE_SIZE_4K);
}

/**
 * @brief Round an address up to a multiple of 4 KiB.
 * @param a Address.
 * @return The rounded address. Traps when it is 2^64.
 *
 * Model: MemoryAddr::align_up_4k.
 */
AXVM_INLINE axvm_gpa axvm_gpa_align_up_4k(axvm_gpa a)
{
	return axvm_gpa_align_up(a, AXVM_PAGE_SIZE_4K);
}

/**
 * @brief How far an address is into its 4 KiB page.
 * @param a Address.
 * @return The offset in bytes.
 *
 * Model: MemoryAddr::align_offset_4k.
 */
AXVM_INLINE uint64_t axvm_gpa_align_offset_4k(axvm_gpa a)
{
	return axvm_gpa_align_offset(a, AXVM_PAGE_SIZE_4K);
}

/**
 * @brief Check whether an address is a multiple of 4 KiB.
 * @param a Address.
 * @return true when it is.
 *
 * Model: MemoryAddr::is_aligned_4k.
 */
AXVM_INLINE bool axvm_gpa_is_aligned_4k(axvm_gpa a)
{
	return axvm_gpa_is_aligned(a, AXVM_PAGE_SIZE_4K);
}

/**
 * @brief Add a number of bytes modulo 2^64 and report overflow.
 * @param a Address.
 * @param n Bytes to add.
 * @param[out] out Receives the sum modulo 2^64, always.
 * @return true when it overflowed.
 *
 * Model: MemoryAddr::overflowing_add.
 */
AXVM_INLINE bool axvm_gpa_overflowing_add(axvm_gpa a, uint64_t n, axvm_gpa *out)
{
	return __builtin_add_overflow(a.addr, n, &out->addr);
}

/**
 * @brief Add a number of bytes modulo 2^64.
 * @param a Address.
 * @param n Bytes to add.
 * @return The sum modulo 2^64.
 *
 * Model: MemoryAddr::wrapping_add.
 */
AXVM_INLINE axvm_gpa axvm_gpa_wrapping_add(axvm_gpa a, uint64_t n)
{
	return axvm_gpa_new(a.addr + n);
}

/**
 * @brief Add a number of bytes if the sum fits.
 * @param a Address.
 * @param n Bytes to add.
 * @param[out] out Receives the sum; untouched on failure.
 * @return false on overflow.
 *
 * Model: MemoryAddr::checked_add.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_checked_add(axvm_gpa a, uint64_t n, axvm_gpa *out)
{
	axvm_gpa sum;

	if (axvm_gpa_overflowing_add(a, n, &sum))
		return false;
	*out = sum;
	return true;
}

/**
 * @brief Add a number of bytes.
 * @param a Address.
 * @param n Bytes to add.
 * @return The sum. Traps on overflow.
 *
 * Model: MemoryAddr::add.
 */
AXVM_INLINE axvm_gpa axvm_gpa_add(axvm_gpa a, uint64_t n)
{
	axvm_gpa sum;

	if (axvm_gpa_overflowing_add(a, n, &sum))
		__builtin_trap();
	return sum;
}

/**
 * @brief Subtract a number of bytes modulo 2^64 and report overflow.
 * @param a Address.
 * @param n Bytes to subtract.
 * @param[out] out Receives the difference modulo 2^64, always.
 * @return true when it overflowed.
 *
 * Model: MemoryAddr::overflowing_sub.
 */
AXVM_INLINE bool axvm_gpa_overflowing_sub(axvm_gpa a, uint64_t n, axvm_gpa *out)
{
	return __builtin_sub_overflow(a.addr, n, &out->addr);
}

/**
 * @brief Subtract a number of bytes modulo 2^64.
 * @param a Address.
 * @param n Bytes to subtract.
 * @return The difference modulo 2^64.
 *
 * Model: MemoryAddr::wrapping_sub.
 */
AXVM_INLINE axvm_gpa axvm_gpa_wrapping_sub(axvm_gpa a, uint64_t n)
{
	return axvm_gpa_new(a.addr - n);
}

/**
 * @brief Subtract a number of bytes if the difference is not below 0.
 * @param a Address.
 * @param n Bytes to subtract.
 * @param[out] out Receives the difference; untouched on failure.
 * @return false on overflow.
 *
 * Model: MemoryAddr::checked_sub.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_checked_sub(axvm_gpa a, uint64_t n, axvm_gpa *out)
{
	axvm_gpa difference;

	if (axvm_gpa_overflowing_sub(a, n, &difference))
		return false;
	*out = difference;
	return true;
}

/**
 * @brief Subtract a number of bytes.
 * @param a Address.
 * @param n Bytes to subtract.
 * @return The difference. Traps on overflow.
 *
 * Model: MemoryAddr::sub.
 */
AXVM_INLINE axvm_gpa axvm_gpa_sub(axvm_gpa a, uint64_t n)
{
	axvm_gpa difference;

	if (axvm_gpa_overflowing_sub(a, n, &difference))
		__builtin_trap();
	return difference;
}

/**
 * @brief Move an address by a signed number of bytes modulo 2^64.
 * @param a Address.
 * @param n Bytes to move by.
 * @return The moved address modulo 2^64.
 *
 * Model: MemoryAddr::wrapping_offset.
 */
AXVM_INLINE axvm_gpa axvm_gpa_wrapping_offset(axvm_gpa a, int64_t n)
{
	return axvm_gpa_new(a.addr + (uint64_t)n);
}

/**
 * @brief Move an address by a signed number of bytes if the result fits.
 * @param a Address.
 * @param n Bytes to move by.
 * @param[out] out Receives the moved address; untouched on failure.
 * @return false when it would be below 0 or above 2^64 - 1.
 *
 * Model: MemoryAddr::offset, reported instead of trapping.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_checked_offset(axvm_gpa a, int64_t n, axvm_gpa *out)
{
	uint64_t moved;

	if (__builtin_add_overflow(a.addr, n, &moved))
		return false;
	out->addr = moved;
	return true;
}

/**
 * @brief Move an address by a signed number of bytes.
 * @param a Address.
 * @param n Bytes to move by.
 * @return The moved address. Traps when it would be below 0 or above 2^64 - 1.
 *
 * Model: MemoryAddr::offset.
 */
AXVM_INLINE axvm_gpa axvm_gpa_offset(axvm_gpa a, int64_t n)
{
	axvm_gpa moved;

	if (!axvm_gpa_checked_offset(a, n, &moved))
		__builtin_trap();
	return moved;
}

/**
 * @brief The signed distance from @p base to @p a if it fits.
 * @param a Address.
 * @param base Address that the distance is measured from.
 * @param[out] out Receives `a - base` in bytes; untouched on failure.
 * @return false when an int64_t cannot hold the distance.
 *
 * Model: MemoryAddr::offset_from, reported instead of trapping.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_checked_offset_from(axvm_gpa a, axvm_gpa base,
							      int64_t *out)
{
	int64_t distance;

	if (__builtin_sub_overflow(a.addr, base.addr, &distance))
		return false;
	*out = distance;
	return true;
}

/**
 * @brief The signed distance from @p base to @p a.
 * @param a Address.
 * @param base Address that the distance is measured from.
 * @return `a - base` in bytes. Traps when an int64_t cannot hold it.
 *
 * Model: MemoryAddr::offset_from.
 */
AXVM_INLINE int64_t axvm_gpa_offset_from(axvm_gpa a, axvm_gpa base)
{
	int64_t distance;

	if (!axvm_gpa_checked_offset_from(a, base, &distance))
		__builtin_trap();
	return distance;
}

/**
 * @brief Subtract an address modulo 2^64 and report overflow.
 * @param a Address.
 * @param b Address to subtract.
 * @param[out] out Receives `a - b` in bytes modulo 2^64, always.
 * @return true when it overflowed.
 *
 * Model: MemoryAddr::overflowing_sub_addr.
 */
AXVM_INLINE bool axvm_gpa_overflowing_sub_addr(axvm_gpa a, axvm_gpa b, uint64_t *out)
{
	return __builtin_sub_overflow(a.addr, b.addr, out);
}

/**
 * @brief Subtract an address modulo 2^64.
 * @param a Address.
 * @param b Address to subtract.
 * @return `a - b` in bytes modulo 2^64.
 *
 * Model: MemoryAddr::wrapping_sub_addr.
 */
AXVM_INLINE uint64_t axvm_gpa_wrapping_sub_addr(axvm_gpa a, axvm_gpa b)
{
	return a.addr - b.addr;
}

/**
 * @brief Subtract an address that is not above @p a.
 * @param a Address.
 * @param b Address to subtract.
 * @param[out] out Receives `a - b` in bytes; untouched on failure.
 * @return false when @p b is above @p a.
 *
 * Model: MemoryAddr::checked_sub_addr.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_gpa_checked_sub_addr(axvm_gpa a, axvm_gpa b, uint64_t *out)
{
	uint64_t difference;

	if (axvm_gpa_overflowing_sub_addr(a, b, &difference))
		return false;
	*out = difference;
	return true;
}

/**
 * @brief Subtract an address that is not above @p a.
 * @param a Address.
 * @param b Address to subtract.
 * @return `a - b` in bytes. Traps when @p b is above @p a.
 *
 * Model: MemoryAddr::sub_addr.
 */
AXVM_INLINE uint64_t axvm_gpa_sub_addr(axvm_gpa a, axvm_gpa b)
{
	uint64_t difference;

	if (axvm_gpa_overflowing_sub_addr(a, b, &difference))
		__builtin_trap();
	return difference;
}

/** Size of a buffer for every text of an address, of either case, with its NUL. */
#define AXVM_GPA_TEXT_SIZE (4 + 18 + 1)

/**
 * @brief Write an address as text, with lower case digits: `GPA:0x1abc`.
 * @param a Address.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: LowerHex, Display and Debug of GuestPhysAddr.
 */
int axvm_gpa_format(axvm_gpa a, char *buf, size_t size);

/**
 * @brief Write an address as text, with upper case digits: `GPA:0x1ABC`.
 * @param a Address.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: UpperHex of GuestPhysAddr.
 */
int axvm_gpa_format_upper(axvm_gpa a, char *buf, size_t size);

/**
 * @brief Read an address: `GPA:0x1abc`, `0x1abc`, `6844`.
 * @param text A number as axvm_uint_parse() reads it, after the prefix `GPA:` or without;
 *             NULL is no address.
 * @param[out] out Receives the address; untouched on failure.
 * @return false when @p text is no such address or it is above 2^64 - 1.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_gpa_parse(const char *text, axvm_gpa *out);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
