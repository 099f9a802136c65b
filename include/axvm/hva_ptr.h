/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_HVA_PTR_H
#define AXVM_HVA_PTR_H

#include <stdint.h>

#include <axvm/hva.h>
#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup hva_ptr Host virtual addresses and pointers
 * @brief Conversion between host virtual addresses and pointers of this process.
 *
 * Both functions are thread-safe and async-signal-safe.
 * @{
 */

/**
 * @brief The host virtual address that a pointer stands for.
 * @param ptr Pointer; NULL gives address 0.
 * @return The address, in bytes.
 *
 * Model: VirtAddr::from_ptr_of.
 */
AXVM_INLINE axvm_hva axvm_hva_from_ptr(const void *ptr)
{
	return axvm_hva_new((uintptr_t)ptr);
}

/**
 * @brief The pointer that a host virtual address stands for.
 * @param a Address, in bytes.
 * @return The pointer. Traps where a 32-bit pointer cannot hold the address.
 *
 * Model: VirtAddr::as_mut_ptr.
 */
AXVM_INLINE void *axvm_hva_to_ptr(axvm_hva a)
{
	uintptr_t ptr = (uintptr_t)a.addr;

#if UINTPTR_MAX < UINT64_MAX
	if (ptr != a.addr)
		__builtin_trap();
#endif
	return (void *)ptr;
}

/** @} */

#ifdef __cplusplus
}
#endif

#endif
