/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_BACKEND_ERROR_H
#define AXVM_BACKEND_ERROR_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stdint.h>

#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup backend_error Errors of backends
 * @brief What a virtualization backend of the hypervisor answers, from version 0.7 of the model on.
 *
 * Version 0.5 has axvm_error there; the two do not convert into each other.
 *
 * The enumeration is open: a value that this version does not know can be stored
 * and passed on, and its name is "unknown". A number from outside becomes a value
 * through the `_try_from_usize` function, never through a cast.
 *
 * Every function is thread-safe and async-signal-safe.
 * @{
 */

/** Answer of a backend; one of AXVM_BACKEND_ERROR_*. Model: VmBackendResult, from 0.7 on. */
typedef uint8_t axvm_backend_error;

/** The model gives its errors no numbers: these are the library's, in the model's order. */
enum axvm_backend_error_values {
	AXVM_BACKEND_ERROR_OK = 0, /**< "ok": success. Model: Ok. */
	/** "invalid-input": the caller's arguments are wrong. Model: InvalidInput. */
	AXVM_BACKEND_ERROR_INVALID_INPUT = 1,
	/** "invalid-data": what the guest or the host gave is wrong. Model: InvalidData. */
	AXVM_BACKEND_ERROR_INVALID_DATA = 2,
	/** "invalid-state": not now. Model: InvalidState. */
	AXVM_BACKEND_ERROR_INVALID_STATE = 3,
	/** "unsupported": not on this machine. Model: Unsupported. */
	AXVM_BACKEND_ERROR_UNSUPPORTED = 4,
	/** "out-of-memory": no memory is left. Model: OutOfMemory. */
	AXVM_BACKEND_ERROR_OUT_OF_MEMORY = 5,
	/** "resource-busy": somebody else has it. Model: ResourceBusy. */
	AXVM_BACKEND_ERROR_RESOURCE_BUSY = 6
};

/**
 * @brief Turn a number into a backend error if it is one.
 * @param value Number.
 * @param[out] out Receives the error; untouched on failure.
 * @return false when this version knows no such error.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_backend_error_try_from_usize(uint64_t value, axvm_backend_error *out);

/**
 * @brief The stable name of a backend error.
 * @param error Error.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Not in axvm-types.
 */
const char *axvm_backend_error_name(axvm_backend_error error);

/**
 * @brief Find a backend error by its name.
 * @param name "ok", "invalid-input", "invalid-data", "invalid-state", "unsupported",
 *             "out-of-memory" or "resource-busy"; NULL is no name.
 * @param[out] out Receives the error; untouched on failure.
 * @return false when no error has that name.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_backend_error_from_name(const char *name, axvm_backend_error *out);

/**
 * @brief What an answer means, for people.
 * @param error Error.
 * @return A string with static lifetime: the model's text for its errors, "success" for
 *         AXVM_BACKEND_ERROR_OK, "unknown virtualization backend error" for an unknown value.
 *
 * Model: Display of VmBackendError.
 */
const char *axvm_backend_error_message(axvm_backend_error error);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
