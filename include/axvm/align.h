/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_ALIGN_H
#define AXVM_ALIGN_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stdint.h>

#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup align Alignment
 * @brief Page sizes and alignment of plain 64-bit numbers.
 *
 * The formulas are applied as they are for every alignment, 0 and numbers
 * that are not a power of two included; their results mean "aligned" for powers
 * of two only: axvm_align_up(0x1235, 0x3000) is 0x4000. So does the model. An alignment that is
 * not checked yet is for axvm_checked_align_up(), the only one that refuses it.
 *
 * Model: the functions of the same names in ax-memory-addr.
 *
 * Every function is thread-safe and async-signal-safe.
 * @{
 */

/** Size of a 4 KiB page in bytes; the model's PAGE_SIZE_4K. */
#define AXVM_PAGE_SIZE_4K UINT64_C(0x1000)
/** Size of a 2 MiB page in bytes; the model's PAGE_SIZE_2M. */
#define AXVM_PAGE_SIZE_2M UINT64_C(0x200000)
/** Size of a 1 GiB page in bytes; the model's PAGE_SIZE_1G. */
#define AXVM_PAGE_SIZE_1G UINT64_C(0x40000000)

/**
 * @brief Round an address down to a multiple of @p align.
 * @param addr Address in bytes.
 * @param align Alignment in bytes, a power of two. Another number is not refused: the formula
 *              is applied as it is.
 * @return `addr & ~(align - 1)`.
 *
 * Model: align_down.
 */
AXVM_INLINE uint64_t axvm_align_down(uint64_t addr, uint64_t align)
{
	return addr & ~(align - 1);
}

/**
 * @brief How far an address is past a multiple of @p align.
 * @param addr Address in bytes.
 * @param align Alignment in bytes, a power of two. Another number is not refused: the formula
 *              is applied as it is.
 * @return `addr & (align - 1)`, in bytes.
 *
 * Model: align_offset.
 */
AXVM_INLINE uint64_t axvm_align_offset(uint64_t addr, uint64_t align)
{
	return addr & (align - 1);
}

/**
 * @brief Check whether an address is a multiple of @p align.
 * @param addr Address in bytes.
 * @param align Alignment in bytes, a power of two. Another number is not refused: the formula
 *              is applied as it is.
 * @return true when axvm_align_offset() is 0.
 *
 * Model: is_aligned.
 */
AXVM_INLINE bool axvm_is_aligned(uint64_t addr, uint64_t align)
{
	return axvm_align_offset(addr, align) == 0;
}

/**
 * @brief Round an address up to a multiple of @p align, modulo 2^64.
 * @param addr Address in bytes.
 * @param align Alignment in bytes, a power of two. Another number is not refused: the formula
 *              is applied as it is.
 * @return `(addr + (align - 1)) & ~(align - 1)`; 0 when the multiple is 2^64.
 *
 * Model: align_up as a release build of it computes.
 */
AXVM_INLINE uint64_t axvm_wrapping_align_up(uint64_t addr, uint64_t align)
{
	return (addr + (align - 1)) & ~(align - 1);
}

/**
 * @brief Round an address up to a multiple of @p align.
 * @param addr Address in bytes. An aligned address of the last page is its own
 *             result.
 * @param align Alignment in bytes, a power of two. Another number is not refused: the formula
 *              is applied as it is.
 * @return The formula of axvm_wrapping_align_up(). Traps when that is below
 *         @p addr.
 *
 * Model: align_up.
 */
AXVM_INLINE uint64_t axvm_align_up(uint64_t addr, uint64_t align)
{
	uint64_t up = axvm_wrapping_align_up(addr, align);

	if (up < addr)
		__builtin_trap();
	return up;
}

/**
 * @brief Round an address up to a multiple of @p align if the result fits.
 * @param addr Address in bytes.
 * @param align Alignment in bytes.
 * @param[out] out Receives the rounded address in bytes; untouched on failure.
 * @return false when the result does not fit or @p align is not a power of two
 *         (0 is none).
 *
 * Model: align_up, reported instead of trapping.
 */
AXVM_MUST_CHECK AXVM_INLINE bool axvm_checked_align_up(uint64_t addr, uint64_t align, uint64_t *out)
{
	uint64_t mask = align - 1, up = (addr + mask) & ~mask;

	/* The highest bit of what is no power of two is in its mask, too. */
	if ((align ^ mask) <= mask || up < addr)
		return false;
	*out = up;
	return true;
}

/** @} */

#ifdef __cplusplus
}
#endif

#endif
