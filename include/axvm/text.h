/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_TEXT_H
#define AXVM_TEXT_H

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
 * @defgroup text Numbers as text
 * @brief Numbers and sizes as people write them in configurations.
 *
 * The parsers are strict: the whole string or nothing, no blanks around it, no
 * sign; those named `_prefix` tell where they stopped instead. They do not look at
 * the locale. Beyond the model. Every function is thread-safe and async-signal-safe.
 * @{
 */

/**
 * @brief Read a number that is written as in TOML, but without a sign.
 *
 * Decimal without leading zeros, or hexadecimal, octal or binary after `0x`, `0o`
 * or `0b` (lower case; hexadecimal digits are of either case). A `_` may stand
 * between two digits.
 *
 * @param text String that ends by a NUL; NULL is no number.
 * @param[out] out Receives the number; untouched on failure.
 * @return false when @p text is no such number or it is above 2^64 - 1.
 */
AXVM_MUST_CHECK bool axvm_uint_parse(const char *text, uint64_t *out);

/**
 * @brief Read the number that a text begins with, and tell where it stops.
 *
 * The longest number that axvm_uint_parse() reads: of `512@0x80000000` it is 512, and
 * `@0x80000000` is the rest. A text that begins with `0x`, `0o` or `0b` without a digit
 * behind, or with a leading zero like `07`, begins with no number.
 *
 * @param text String that ends by a NUL; NULL begins with no number.
 * @param[out] out Receives the number; untouched on failure.
 * @param[out] rest Receives the address of the first character behind the number, that of
 *                  the NUL at the end; untouched on failure. It may be the very pointer
 *                  that was given as @p text.
 * @return false when @p text begins with no number or it is above 2^64 - 1.
 */
AXVM_MUST_CHECK bool axvm_uint_parse_prefix(const char *text, uint64_t *out, const char **rest);

/**
 * @brief Read a size in bytes: `4096`, `0x1000`, `64k`, `512M`, `1GiB`, `256 MiB`.
 *
 * A number as axvm_uint_parse() reads it; then, after at most one space, a unit: K, M, G
 * or T, of either case, or KiB, MiB, GiB or TiB. All are powers of 1024, as the tools take
 * them: 2^10, 2^20, 2^30, 2^40 bytes. Without a unit it is in bytes. Other spellings are
 * refused: `KB`, which is 1000 bytes to some, `kiB`, `Ki`, `B`, fractions.
 *
 * @param text String that ends by a NUL; NULL is no size.
 * @param[out] out Receives the size in bytes; untouched on failure.
 * @return false when @p text is no such size or it is above 2^64 - 1.
 */
AXVM_MUST_CHECK bool axvm_size_parse(const char *text, uint64_t *out);

/**
 * @brief Read the size that a text begins with, and tell where it stops: `512M@0x80000000`.
 *
 * The longest size that axvm_size_parse() reads; a space is part of it only before a unit.
 * What follows is for the caller to judge: of `4KB` the size is `4K` and the rest `B`.
 *
 * @param text String that ends by a NUL; NULL begins with no size.
 * @param[out] out Receives the size in bytes; untouched on failure.
 * @param[out] rest Receives the address of the first character behind the size, that of
 *                  the NUL at the end; untouched on failure. It may be the very pointer
 *                  that was given as @p text.
 * @return false when @p text begins with no size or it is above 2^64 - 1.
 */
AXVM_MUST_CHECK bool axvm_size_parse_prefix(const char *text, uint64_t *out, const char **rest);

/** Size of a buffer for every text that axvm_size_format() writes, with its NUL. */
#define AXVM_SIZE_TEXT_SIZE 22

/**
 * @brief Write a size, exactly: `256 MiB` for 0x10000000, `4097` for 0x1001.
 *
 * In the largest unit that divides it (0 and all else in bytes, without a unit), so
 * that axvm_size_parse() reads the same size back. AXVM_SIZE_TEXT_SIZE bytes hold every one.
 *
 * @param bytes Size in bytes.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 */
int axvm_size_format(uint64_t bytes, char *buf, size_t size);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
