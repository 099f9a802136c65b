/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_TEXT_H
#define AXVM_TEXT_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/error.h>
#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup text Numbers as text
 * @brief Numbers and sizes as people write them in configurations.
 *
 * The parsers are strict: the whole string or nothing, no blanks around it, no
 * sign; those named `_prefix` report where they stopped instead. They do not look at
 * the locale. Not in axvm-types. Every function is thread-safe and async-signal-safe.
 * @{
 */

/**
 * @brief Read a number that is written as in TOML, but without a sign.
 *
 * Decimal without leading zeros, or hexadecimal, octal or binary after `0x`, `0o`
 * or `0b` (lower case; hexadecimal digits are of either case). A `_` may be
 * between two digits.
 *
 * @param text String that ends by a NUL; NULL is no number.
 * @param[out] out Receives the number; untouched on failure.
 * @return false when @p text is no such number or it is above 2^64 - 1.
 */
AXVM_MUST_CHECK bool axvm_uint_parse(const char *text, uint64_t *out);

/**
 * @brief Read the number that a text begins with, and report where it stops.
 *
 * The longest number that axvm_uint_parse() reads: of `512@0x80000000` it is 512, and
 * `@0x80000000` is the rest. A text that begins with `0x`, `0o` or `0b` without a digit
 * after it, or with a leading zero like `07`, begins with no number.
 *
 * @param text String that ends by a NUL; NULL begins with no number.
 * @param[out] out Receives the number; untouched on failure.
 * @param[out] rest Receives the address of the first character after the number, that of
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
 * @brief Read the size that a text begins with, and report where it stops: `512M@0x80000000`.
 *
 * The longest size that axvm_size_parse() reads; a space is part of it only before a unit.
 * What follows is for the caller to judge: of `4KB` the size is `4K` and the rest `B`.
 *
 * @param text String that ends by a NUL; NULL begins with no size.
 * @param[out] out Receives the size in bytes; untouched on failure.
 * @param[out] rest Receives the address of the first character after the size, that of
 *                  the NUL at the end; untouched on failure. It may be the very pointer
 *                  that was given as @p text.
 * @return false when @p text begins with no size or it is above 2^64 - 1.
 */
AXVM_MUST_CHECK bool axvm_size_parse_prefix(const char *text, uint64_t *out, const char **rest);

/**
 * @brief Read a size that has a default unit: `512` is 512 MiB where the unit is 1 MiB.
 *
 * For options like `-m 512` of kvmtool and QEMU. A number as axvm_uint_parse() reads it, which
 * counts units of @p unit bytes; or, after at most one space, a suffix that says what it counts:
 * B for bytes, K, M, G, T, P or E, of either case, or KiB, MiB, GiB, TiB, PiB or EiB. All are
 * powers of 1024. `KB` is refused, as axvm_size_parse() does. After a number in hexadecimal, a B or
 * an E is one of its digits: `0x10B` is 267 units, and `0x10 B` is 16 bytes.
 *
 * @param text String that ends by a NUL; NULL is no size.
 * @param unit Bytes of one unit, for a number without a suffix.
 * @param[out] out Receives the size in bytes; untouched on failure.
 * @return false when @p text is no such size or it is above 2^64 - 1.
 */
AXVM_MUST_CHECK bool axvm_size_parse_unit(const char *text, uint64_t unit, uint64_t *out);

/**
 * @brief Read the size with a default unit that a text begins with, and report where it stops.
 *
 * The longest size that axvm_size_parse_unit() reads; a space is part of it only before a
 * suffix. Of `512@2G`, `512` is the size and `@2G` the rest.
 *
 * @param text String that ends by a NUL; NULL begins with no size.
 * @param unit Bytes of one unit, for a number without a suffix.
 * @param[out] out Receives the size in bytes; untouched on failure.
 * @param[out] rest Receives the address of the first character after the size, that of
 *                  the NUL at the end; untouched on failure. It may be the very pointer
 *                  that was given as @p text.
 * @return false when @p text begins with no size or it is above 2^64 - 1.
 */
AXVM_MUST_CHECK bool axvm_size_parse_unit_prefix(const char *text, uint64_t unit, uint64_t *out,
						 const char **rest);

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

/** Size of a buffer for a number in hexadecimal of up to 16 digits, with its NUL. */
#define AXVM_UINT_HEX_TEXT_SIZE 19

/**
 * @brief Write a number in hexadecimal, padded with zeros: `0x0000000080000000`.
 *
 * For addresses without a prefix, in columns that line up. The digits are of lower case, and
 * axvm_uint_parse() reads the number back.
 *
 * @param value Number.
 * @param digits How many digits there are at least; 0 and 1 pad nothing, 16 pads every number to
 *               one width. AXVM_UINT_HEX_TEXT_SIZE bytes suffice up to 16.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does; -1 when it is
 *         above INT_MAX.
 */
int axvm_uint_format_hex(uint64_t value, unsigned int digits, char *buf, size_t size);

/** A form of text that the library reads; one of AXVM_TEXT_*. */
typedef uint8_t axvm_text_kind;

enum axvm_text_kind_values {
	AXVM_TEXT_UINT = 0, /**< "uint": axvm_uint_parse(). */
	AXVM_TEXT_SIZE = 1, /**< "size": axvm_size_parse(). */
	AXVM_TEXT_GPA = 2, /**< "gpa": axvm_gpa_parse(). */
	AXVM_TEXT_GVA = 3, /**< "gva": axvm_gva_parse(). */
	AXVM_TEXT_HPA = 4, /**< "hpa": axvm_hpa_parse(). */
	AXVM_TEXT_HVA = 5, /**< "hva": axvm_hva_parse(). */
	AXVM_TEXT_GPA_RANGE = 6, /**< "gpa-range": axvm_gpa_range_parse(). */
	AXVM_TEXT_GVA_RANGE = 7, /**< "gva-range": axvm_gva_range_parse(). */
	AXVM_TEXT_HPA_RANGE = 8, /**< "hpa-range": axvm_hpa_range_parse(). */
	AXVM_TEXT_HVA_RANGE = 9, /**< "hva-range": axvm_hva_range_parse(). */
	AXVM_TEXT_VCPU_LIST = 10, /**< "vcpu-list": axvm_vcpu_set_parse_list(). */
	AXVM_TEXT_VCPU_MASK = 11, /**< "vcpu-mask": axvm_vcpu_set_parse_mask(). */
	AXVM_TEXT_MAPPING_FLAGS = 12 /**< "mapping-flags": axvm_mapping_flags_parse(). */
};

/**
 * @brief Turn a number into a kind of text if it is one.
 * @param value Number.
 * @param[out] out Receives the kind; untouched on failure.
 * @return false when this version knows no such kind.
 */
AXVM_MUST_CHECK bool axvm_text_kind_try_from_usize(uint64_t value, axvm_text_kind *out);

/**
 * @brief The stable name of a kind of text.
 * @param kind Kind.
 * @return A string with static lifetime, "unknown" for an unknown value.
 */
const char *axvm_text_kind_name(axvm_text_kind kind);

/**
 * @brief Find a kind of text by its name.
 * @param name The name, as at the constants of AXVM_TEXT_*; NULL is no name.
 * @param[out] out Receives the kind; untouched on failure.
 * @return false when no kind has that name.
 */
AXVM_MUST_CHECK bool axvm_text_kind_from_name(const char *name, axvm_text_kind *out);

/**
 * @brief Why a parser refuses a text, and at which character.
 *
 * For messages: the parsers themselves return true or false, and this function says why. It
 * returns AXVM_OK for exactly the texts that the parser of the kind accepts.
 *
 * A text that is malformed and has a number that is too large is -AXVM_LINUX_EINVAL. Whether a
 * range is inverted is found with 2^64 - 1 in place of a number that is too large.
 *
 * @param kind The form that the text should have, one of AXVM_TEXT_*.
 * @param text String that ends by a NUL; NULL is malformed at 0.
 * @param[out] where Receives the offset in bytes; untouched by AXVM_OK; may be NULL. For
 *                   -AXVM_LINUX_EINVAL it is the first character that cannot follow those before
 *                   it, the NUL at the end when something is missing, or the first digit of the
 *                   second number of an inverted range; for -AXVM_LINUX_ERANGE the first digit of
 *                   the first number that is too large.
 * @return AXVM_OK; -AXVM_LINUX_ERANGE when the text is well-formed, but a number, a size or the
 *         end of a range is above 2^64 - 1, or a CPU above 63; -AXVM_LINUX_EINVAL for everything
 *         else, an inverted range and an unknown @p kind (at 0) included.
 */
axvm_error axvm_text_check(axvm_text_kind kind, const char *text, size_t *where);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
