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
 * | backend          | runs on                    | flush_tlb   | flush_stage2 | in user mode     |
 * |------------------|----------------------------|-------------|--------------|------------------|
 * | riscv-hfence     | RISC-V with H, HS, M mode  | hfence.vvma | hfence.gvma  | SIGILL           |
 * | aarch64-tlbi     | AArch64, EL2               | unsupported | tlbi         | SIGILL by stage2 |
 * | loongarch-invtlb | LoongArch with LVZ, PLV0   | unsupported | invtlb       | SIGILL by stage2 |
 * | none             | every processor, any mode  | unsupported | unsupported  | no signal        |
 *
 * Unsupported is a return of AXVM_ERROR_UNSUPPORTED with nothing executed; no backend
 * looks at the processor first, and SIGILL is what its trap becomes in a process.
 *
 * The instructions are privileged, so the backend of a processor is for hypervisors, and
 * none is for programs of user space. `configure --with-tlb-backend=auto`, the default,
 * takes the backend of the host's processor in a cross build (`--host`), as that of a
 * hypervisor is, and none in a native build, which is for the system that it runs on. A
 * cross build for programs says `--with-tlb-backend=none`, as the packages of distributions
 * do: with auto, configure warns where the host has an operating system. Which backend is
 * installed: `pkg-config --variable=tlb_backend axvm-types`; which one is loaded:
 * axvm_tlb_backend(). A tool that may run with either asks before it flushes.
 *
 * The backends of RISC-V and AArch64 are proven on emulated machines of theirs by
 * the library's tests. loongarch-invtlb was never run: its instructions are known to be
 * encoded with the operation numbers of Linux's KVM, no more.
 *
 * All functions are thread-safe and async-signal-safe.
 * @{
 */

/**
 * @brief Flush the translations of guest virtual addresses on this hart.
 * @param addr Guest physical address whose mapping has changed, or NULL. The model
 *             flushes everything, and so does this, whatever @p addr is.
 * @return AXVM_OK; AXVM_ERROR_UNSUPPORTED when the backend is not riscv-hfence, and then
 *         nothing is executed. With riscv-hfence the processor traps outside HS
 *         and M mode: user mode gets SIGILL.
 *
 * One hfence.vvma. It reaches this hart only, and on it the guest's own stage of the
 * current VMID, for every address space. After a change of a guest physical mapping,
 * axvm_gpa_flush_stage2() is what the architecture asks for.
 *
 * Model: SvVirtAddr::flush_tlb of GuestPhysAddr.
 */
axvm_error axvm_gpa_flush_tlb(const axvm_gpa *addr);

/**
 * @brief Flush the translations of guest physical addresses: what a change of the
 *        hypervisor's stage of translation needs.
 * @param addr Guest physical address, in bytes, within the page whose mapping has
 *             changed, or NULL for all of them.
 * @return AXVM_OK; AXVM_ERROR_UNSUPPORTED when the backend is none, and then nothing is
 *         executed. With the others the processor traps where the caller lacks the
 *         privilege: user mode gets SIGILL.
 *
 * Writes to the page table that come before the call are seen by walks that come after
 * it. With NULL:
 * - riscv-hfence: hfence.gvma, for every VMID, on this hart only. It traps in HS mode too
 *   while mstatus.TVM is set.
 * - aarch64-tlbi: tlbi vmalls12e1is between barriers, for the VMID in VTTBR_EL2, on every
 *   processor of the inner shareable domain.
 * - loongarch-invtlb: invtlb of every guest's entries, of both stages, on this core only.
 *
 * With an address:
 * - riscv-hfence: the same with the address.
 * - aarch64-tlbi: tlbi ipas2e1is of the page, then tlbi vmalle1is, as combined entries are
 *   not found by their guest physical address. Under VHE the latter means the guest only
 *   while HCR_EL2.TGE is clear.
 * - loongarch-invtlb: invtlb of the page, for the guest in CSR.GSTAT.
 *
 * Not in axvm-types.
 */
axvm_error axvm_gpa_flush_stage2(const axvm_gpa *addr);

/**
 * @brief The backend that this library was built with.
 * @return "riscv-hfence", "aarch64-tlbi", "loongarch-invtlb" or "none", with static
 *         lifetime.
 *
 * Not in axvm-types.
 */
const char *axvm_tlb_backend(void);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
