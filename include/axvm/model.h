/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_MODEL_H
#define AXVM_MODEL_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stdint.h>

#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup model Versions of the model
 * @brief The versions of the hypervisor's types that the library describes.
 *
 * Types, names and numbers are those of axvm-types 0.5 wherever nothing else is said;
 * what later versions add is next to them. Where the versions differ, a function takes the
 * version, for example axvm_emulated_device_type_try_from_usize_in().
 *
 * The versions are in order, and may be compared by `<`. Those of Axvisor are other numbers:
 *
 * | version | axvm-types     | Axvisor                              |
 * |---------|----------------|--------------------------------------|
 * | 0.5     | up to 0.5.12   | before 0.5.16 (2026-07-02)           |
 * | 0.7     | 0.6.0 to 0.7.2 | 0.5.16 to 0.5.23                     |
 * | 0.7.3   | 0.7.3 to 0.7.6 | 0.5.24 (2026-08-09) to 0.8.3, newest |
 *
 * The enumeration is open: a value that this version of the library does not know can
 * be stored and passed on, and its name is "unknown". Every function is thread-safe and
 * async-signal-safe.
 * @{
 */

/** Version of the model; one of AXVM_MODEL_*. A later one is greater. Not in axvm-types. */
typedef uint8_t axvm_model;

enum axvm_model_values {
	AXVM_MODEL_0_5 = 0, /**< "0.5": axvm-types 0.5, known to its last release, 0.5.12. */
	AXVM_MODEL_0_7 = 1, /**< "0.7": axvm-types 0.7, known to release 0.7.1. */
	/** "0.7.3": axvm-types 0.7.3 and later, whose VM files have another format. */
	AXVM_MODEL_0_7_3 = 2,
	AXVM_MODEL_NEWEST = AXVM_MODEL_0_7_3, /**< The last one that this library knows. */
	AXVM_MODEL_DEFAULT = AXVM_MODEL_0_5 /**< What functions without a version go by. */
};

/**
 * @brief Turn a number into a version of the model if it is one.
 * @param value Number.
 * @param[out] out Receives the version; untouched on failure.
 * @return false when the library knows no such version.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_model_try_from_usize(uint64_t value, axvm_model *out);

/**
 * @brief The stable name of a version of the model.
 * @param model Version.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Not in axvm-types.
 */
const char *axvm_model_name(axvm_model model);

/**
 * @brief Find a version of the model by its name.
 * @param name "0.5" (alias "0.5.12"), "0.7" ("0.7.1") or "0.7.3"; NULL is no name.
 * @param[out] out Receives the version; untouched on failure.
 * @return false when no version has that name.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_model_from_name(const char *name, axvm_model *out);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
