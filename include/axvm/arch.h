/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_ARCH_H
#define AXVM_ARCH_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stdint.h>

#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup arch Architectures
 * @brief The processor architectures that the hypervisor runs on.
 *
 * The enumeration is open: a value that this version does not know can be stored
 * and passed on, and its name is "unknown". Not in axvm-types. Every function is
 * thread-safe and async-signal-safe.
 * @{
 */

/** Architecture of host and guest; one of AXVM_ARCH_*. */
typedef uint8_t axvm_arch;

enum axvm_arch_values {
	AXVM_ARCH_UNKNOWN = 0, /**< Not known; no architecture has this number. */
	AXVM_ARCH_AARCH64 = 1, /**< "aarch64": 64-bit Arm. */
	AXVM_ARCH_RISCV64 = 2, /**< "riscv64": 64-bit RISC-V. */
	AXVM_ARCH_X86_64 = 3, /**< "x86_64": 64-bit x86. */
	AXVM_ARCH_LOONGARCH64 = 4 /**< "loongarch64": 64-bit LoongArch. */
};

/**
 * @brief Turn a number into an architecture if it is one.
 * @param value Number.
 * @param[out] out Receives the architecture; untouched on failure.
 * @return false when this version knows no such architecture; so for 0.
 */
AXVM_MUST_CHECK bool axvm_arch_try_from_usize(uint64_t value, axvm_arch *out);

/**
 * @brief The stable name of an architecture.
 * @param arch Architecture.
 * @return A string with static lifetime, "unknown" for an unknown value.
 */
const char *axvm_arch_name(axvm_arch arch);

/**
 * @brief Find an architecture by its name.
 * @param name "aarch64" (alias arm64), "riscv64" (riscv), "x86_64" (x86-64, amd64) or
 *             "loongarch64" (loongarch); NULL is no name.
 * @param[out] out Receives the architecture; untouched on failure.
 * @return false when no architecture has that name.
 */
AXVM_MUST_CHECK bool axvm_arch_from_name(const char *name, axvm_arch *out);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
