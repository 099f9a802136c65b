/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_TLB_H
#define AXVM_TLB_H

#include <axvm/error.h>
#include <axvm/gpa.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup tlb TLB flush
 * @brief Flush of guest translations, by the backend that configure has chosen.
 *
 * | backend      | flush                                     | called in user mode |
 * |--------------|-------------------------------------------|---------------------|
 * | riscv-hfence | one hfence.vvma over all addresses        | SIGILL              |
 * | none         | nothing; AXVM_ERROR_UNSUPPORTED           | the same            |
 *
 * The fence is privileged: it runs in HS and M mode and takes an illegal
 * instruction trap in user mode. A build for user space therefore has backend
 * none (`configure --with-tlb-backend=none`). Both functions are thread-safe and
 * async-signal-safe.
 * @{
 */

/**
 * @brief Flush the translations of guest virtual addresses on this hart.
 * @param addr Guest physical address whose mapping has changed, or NULL. The model
 *             flushes everything, and so does this, whatever @p addr is.
 * @return AXVM_OK; AXVM_ERROR_UNSUPPORTED when the backend is none, and then
 *         nothing is executed. With riscv-hfence the processor traps outside HS
 *         and M mode.
 *
 * The fence reaches this hart only, and on it every VMID.
 *
 * Model: SvVirtAddr::flush_tlb of GuestPhysAddr.
 */
axvm_error axvm_gpa_flush_tlb(const axvm_gpa *addr);

/**
 * @brief The backend that this library was built with.
 * @return "riscv-hfence" or "none", with static lifetime.
 *
 * Beyond the model.
 */
const char *axvm_tlb_backend(void);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
