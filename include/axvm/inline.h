/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_INLINE_H
#define AXVM_INLINE_H

/**
 * @defgroup inline Inline functions
 * @brief How the headers define functions that are inline and exported.
 *
 * Pure arithmetic is inline, so that it compiles to the bare instructions, and
 * the shared library exports the same functions for callers that cannot or do
 * not inline: foreign function interfaces and unoptimized C.
 * @{
 */

#ifndef AXVM_INLINE
#if defined(__cplusplus)
/** Storage class of every inline function in these headers. */
#define AXVM_INLINE static inline
#elif defined(__GNUC_GNU_INLINE__)
#define AXVM_INLINE extern inline __attribute__((__gnu_inline__))
#else
#define AXVM_INLINE inline
#endif
#endif

/** Marks a function whose result says whether its out-parameter was written. */
#define AXVM_MUST_CHECK __attribute__((__warn_unused_result__))

/** @} */

#endif
