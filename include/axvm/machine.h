/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_MACHINE_H
#define AXVM_MACHINE_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/arch.h>
#include <axvm/gpa_range.h>
#include <axvm/inline.h>
#include <axvm/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup machine The machine of a guest
 * @brief The devices that every guest has since 0.7.3, although no VM file lists them.
 *
 * Before Axvisor 0.5.24 a VM file listed all devices of a guest. Since then the hypervisor gives
 * each guest the machine of its architecture: an interrupt controller, a console, and what its
 * firmware and its buses need. Memory must not overlap them. Other virtual devices get a place
 * that the hypervisor chooses, in a window of their own. The numbers are those of Axvisor 0.8.3.
 *
 * - On aarch64 and riscv64 the hypervisor takes the places of interrupt controller and console
 *   from the device tree of the host: those given here are the usual ones, not certain.
 * - I/O ports of x86_64 are not listed: nothing in a VM file overlaps them.
 *
 * Not in axvm-types: the facts are from the hypervisor itself. Every function is thread-safe and
 * async-signal-safe.
 * @{
 */

/** A device of the machine. Frozen. */
typedef struct axvm_machine_device {
	const char *name; /**< Name, such as "plic"; with static lifetime. */
	axvm_gpa_range range; /**< Its guest addresses. */
} axvm_machine_device;

/** More than any machine has of them; works in `#if`. */
#define AXVM_MACHINE_MAX_DEVICES 8

/**
 * @brief The devices of the machine that an architecture has, in order of their addresses.
 * @param model Version of the hypervisor's model; before AXVM_MODEL_0_7_3 there are none.
 * @param arch Architecture; an unknown one has none.
 * @param cpu_num Number of vCPUs, which decides the size of the GIC's redistributors; 0, not
 *                known, counts as 1, and more than AXVM_MAX_VCPU_NUM as that.
 * @param[out] out Receives the first devices; may be NULL when @p capacity is 0.
 * @param capacity Number of elements that @p out can hold.
 * @return How many devices there are, which may be more than @p capacity; at most
 *         AXVM_MACHINE_MAX_DEVICES.
 *
 * Not in axvm-types.
 */
size_t axvm_machine_devices(axvm_model model, axvm_arch arch, uint64_t cpu_num,
			    axvm_machine_device *out, size_t capacity);

/**
 * @brief The window where the hypervisor places virtual devices.
 * @param model Version of the hypervisor's model.
 * @param arch Architecture.
 * @param[out] out Receives the guest addresses; untouched on failure.
 * @return false when there is no window: before AXVM_MODEL_0_7_3, and on an unknown
 *         architecture.
 *
 * Memory in the window is allowed: devices are placed around it, as long as there is room.
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_machine_auto_window(axvm_model model, axvm_arch arch,
					      axvm_gpa_range *out);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
