/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_HYPERCALL_H
#define AXVM_HYPERCALL_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/guest/hypercall.h>
#include <axvm/inline.h>
#include <axvm/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup hypercall Hypercalls
 * @brief Names, arguments and releases of the calls that guests make.
 *
 * For tools that read logs or trace guests. The numbers are AXVM_HYPERCALL_* of
 * axvm/guest/hypercall.h, which also describes registers, arguments and results; code in a
 * guest includes that header alone. The library makes no calls.
 *
 * The numbers 0 to 6 are the same in every release of Axvisor. PSCI's numbers, which
 * Axvisor on aarch64 accepts by the same path, are Arm's and not known here. Codes of
 * branches and of other hypervisors are unknown here as well.
 *
 * The codes are open: a number that this version does not know can be stored and passed on,
 * and its name is "unknown". Not in axvm-types: these are the numbers of the crate axhvc.
 * Every function is thread-safe and async-signal-safe.
 * @{
 */

/** Code of a hypercall; one of AXVM_HYPERCALL_*. */
typedef uint32_t axvm_hypercall;

/**
 * @brief Turn a number into a code if it is one.
 * @param value Number. The hypervisor looks at the low 32 bits of the register only.
 * @param[out] out Receives the code; untouched on failure.
 * @return false when this version knows no such code.
 */
AXVM_MUST_CHECK bool axvm_hypercall_try_from_u32(uint32_t value, axvm_hypercall *out);

/**
 * @brief The stable name of a code.
 * @param code Code.
 * @return A string with static lifetime, "unknown" for an unknown code.
 */
const char *axvm_hypercall_name(axvm_hypercall code);

/**
 * @brief Find a code by its name.
 * @param name "hypervisor-disable", "hypervisor-prepare-disable", "hypervisor-debug",
 *             "ivc-publish", "ivc-subscribe", "ivc-unpublish", "ivc-unsubscribe" or
 *             "ivc-notify"; also as the crate axhvc spells them: HypervisorDisable,
 *             HyperVisorPrepareDisable, HyperVisorDebug, HIVCPublishChannel,
 *             HIVCSubscribChannel, HIVCUnPublishChannel, HIVCUnSubscribChannel, HIVCNotify.
 *             NULL is no name.
 * @param[out] out Receives the code; untouched on failure.
 * @return false when no code has that name.
 */
AXVM_MUST_CHECK bool axvm_hypercall_from_name(const char *name, axvm_hypercall *out);

/**
 * @brief How many arguments a call takes.
 * @param code Code.
 * @return 0 to 4; 0 for an unknown code.
 */
size_t axvm_hypercall_argument_count(axvm_hypercall code);

/**
 * @brief What an argument of a call is.
 * @param code Code.
 * @param index Index of the argument, from 0.
 * @return A string with static lifetime: "key", a number; "publisher" or "target", the id of
 *         a VM; "base-slot" or "size-slot", the guest physical address of 8 bytes. "unknown"
 *         for an unknown code, and where the call has no such argument.
 */
const char *axvm_hypercall_argument_name(axvm_hypercall code, size_t index);

/**
 * @brief Whether some release of Axvisor does what the call is for.
 * @param code Code.
 * @return false for the codes that every release accepts and then refuses, which are those
 *         of "hypervisor-", and for an unknown code.
 */
bool axvm_hypercall_is_implemented(axvm_hypercall code);

/**
 * @brief The first release of Axvisor that knows a code.
 * @param code Code.
 * @return A string with static lifetime, for example "0.6.0"; "" when every release knows
 *         it, and "unknown" for an unknown code.
 */
const char *axvm_hypercall_since(axvm_hypercall code);

/**
 * @brief Whether the Axvisor of a version of the model knows a code.
 * @param code Code.
 * @param model Version of the model.
 * @return true when the newest release of Axvisor with that model knows it; false for an
 *         unknown code or model.
 *
 * An older release with the same model may not know it: AXVM_MODEL_0_7_3 has Axvisor 0.5.24,
 * without AXVM_HYPERCALL_IVC_NOTIFY, and 0.6.0, with it. axvm_hypercall_since() says which.
 */
bool axvm_hypercall_known_in(axvm_hypercall code, axvm_model model);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
