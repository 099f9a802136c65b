/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_MAPPING_FLAGS_H
#define AXVM_MAPPING_FLAGS_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup mapping_flags Mapping flags
 * @brief What a guest may do with a mapping, and how it is cached.
 *
 * A set of bits: constants are joined by `|`, taken out by `& ~`. Bits that this version
 * does not know can be stored and passed on. A number from outside becomes flags through
 * axvm_mapping_flags_try_from_usize(), never through a cast.
 *
 * Every function is thread-safe and async-signal-safe.
 * @{
 */

/** Flags of a mapping: AXVM_MAPPING_*, joined. Model: MappingFlags, from 0.7 on. */
typedef uint64_t axvm_mapping_flags;

enum axvm_mapping_flags_values {
	AXVM_MAPPING_READ = 0x1, /**< "READ": it can be read. Model: READ. */
	AXVM_MAPPING_WRITE = 0x2, /**< "WRITE": it can be written. Model: WRITE. */
	AXVM_MAPPING_EXECUTE = 0x4, /**< "EXECUTE": code in it can run. Model: EXECUTE. */
	AXVM_MAPPING_USER = 0x8, /**< "USER": user mode can use it. Model: USER. */
	AXVM_MAPPING_DEVICE = 0x10, /**< "DEVICE": it is device memory. Model: DEVICE. */
	AXVM_MAPPING_UNCACHED = 0x20, /**< "UNCACHED": it is not cached. Model: UNCACHED. */
	AXVM_MAPPING_ALL = 0x3f /**< All of them. Model: MappingFlags::all. */
};

/**
 * @brief Turn a number into flags if all its bits are flags.
 * @param value Number.
 * @param[out] out Receives the flags; untouched on failure.
 * @return false when a bit is set that this version does not know.
 *
 * Model: MappingFlags::from_bits.
 */
AXVM_MUST_CHECK bool axvm_mapping_flags_try_from_usize(uint64_t value, axvm_mapping_flags *out);

/**
 * @brief Take the bits out that are no flags.
 * @param value Number.
 * @return The flags among its bits.
 *
 * Model: MappingFlags::from_bits_truncate.
 */
axvm_mapping_flags axvm_mapping_flags_truncate(uint64_t value);

/**
 * @brief The flags that are not set.
 * @param flags Flags; bits that this version does not know are not looked at.
 * @return Those of AXVM_MAPPING_ALL that @p flags lacks, where `~` would set unknown bits.
 *
 * Model: MappingFlags::complement.
 */
axvm_mapping_flags axvm_mapping_flags_complement(axvm_mapping_flags flags);

/**
 * @brief Check whether flags have all of some others.
 * @param flags Flags.
 * @param others Flags to look for, unknown bits included.
 * @return true when no bit of @p others is missing; so for 0.
 *
 * Model: MappingFlags::contains.
 */
bool axvm_mapping_flags_contains(axvm_mapping_flags flags, axvm_mapping_flags others);

/**
 * @brief The name of a flag.
 * @param flag One flag.
 * @return A string with static lifetime, "unknown" for what is not one known flag.
 *
 * Model: the names of the flags.
 */
const char *axvm_mapping_flags_name(axvm_mapping_flags flag);

/**
 * @brief Find a flag by its name.
 * @param name "READ", "WRITE", "EXECUTE", "USER", "DEVICE" or "UNCACHED"; NULL is no name.
 * @param[out] out Receives the flag; untouched on failure.
 * @return false when no flag has that name.
 *
 * Model: MappingFlags::from_name.
 */
AXVM_MUST_CHECK bool axvm_mapping_flags_from_name(const char *name, axvm_mapping_flags *out);

/** Size of a buffer for every text of flags, with its NUL. */
#define AXVM_MAPPING_FLAGS_TEXT_SIZE 71

/**
 * @brief Write flags as text.
 *
 * `READ | WRITE`, `0x0` for none; bits that this version does not know come last, in
 * hexadecimal: `READ | 0x40`.
 *
 * @param flags Flags.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: Debug of MappingFlags.
 */
int axvm_mapping_flags_format(axvm_mapping_flags flags, char *buf, size_t size);

/**
 * @brief Read flags from text, as axvm_mapping_flags_format() writes them.
 *
 * Names of flags, or numbers as axvm_uint_parse() reads them, with ` | ` between two: one space
 * before it and one after. They are joined in any order, and may occur twice; numbers may have
 * bits that this version does not know, which axvm_mapping_flags_try_from_usize() finds.
 *
 * @param text The whole text; NULL and the empty text are no flags, `0x0` is none of them.
 * @param[out] out Receives the flags; untouched on failure.
 * @return false when @p text is no such text, or a number in it is above 2^64 - 1.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_mapping_flags_parse(const char *text, axvm_mapping_flags *out);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
