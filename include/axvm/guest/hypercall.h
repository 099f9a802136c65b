/* SPDX-License-Identifier: Apache-2.0 OR MIT */
#ifndef AXVM_GUEST_HYPERCALL_H
#define AXVM_GUEST_HYPERCALL_H

/**
 * @defgroup guest_hypercall Hypercall numbers for guests
 * @brief The numbers by which a guest calls the Axvisor hypervisor.
 *
 * This header is for code that runs inside a guest: Linux kernel modules, RTOSes, user
 * programs and assembler. It includes nothing, needs no library and holds macros only.
 * Its licence is Apache-2.0 or MIT, so that a kernel module under GPL-2.0 can include it.
 * axvm/hypercall.h has names, arguments and releases of the same codes, for tools.
 *
 * **Warning 1: 0 is the only success.** A call that fails returns all ones (-1), whatever
 * the reason; it is not an errno. Compare the result with 0, never with -1.
 *
 * **Warning 2: an unknown code writes no register.** The caller then sees the old value of
 * the result register: the code itself on aarch64, x86_64 and loongarch64, the first
 * argument on riscv64. No call returns the version of the hypervisor. On an Axvisor before
 * 0.6.0, AXVM_HYPERCALL_IVC_NOTIFY therefore returns 7, but on riscv64 it returns the id of
 * the publisher: a false success when that id is 0.
 *
 * **Warning 3: slots are guest physical addresses.** Where an argument is a slot, the
 * hypervisor reads or writes 8 bytes, little-endian, at that guest physical address. A
 * virtual address is wrong, so no variable on the stack of a program can be a slot. Align
 * each slot to 8 bytes: a slot that is read fails otherwise.
 *
 * The registers:
 *
 * | guest | instruction | code | arguments 1 to 6 | result |
 * |---|---|---|---|---|
 * | aarch64 | hvc #0 | x0 | x1 to x6 | x0 |
 * | riscv64 | ecall from VS mode, a7 = AXVM_HYPERCALL_RISCV_EXTENSION | a6 | a0 to a5 | a0 |
 * | x86_64, Intel | vmcall | rax | rdi, rsi, rdx, rcx, r8, r9 | rax |
 * | x86_64, AMD | vmmcall | rax | rdi, rsi, rdx, rcx, r8, r9 | rax |
 * | loongarch64 | hvcl 0 | a0 | a1 to a6 | a0 |
 *
 * All other registers keep their values. On riscv64, a1 holds no second result, unlike in
 * SBI. On aarch64 the immediate number of hvc is ignored. The hypervisor looks at the low
 * 32 bits of the code and at all 64 bits of each argument. On aarch64 and riscv64 a user
 * program cannot call. On x86_64 the wrong instruction of the two is an invalid one:
 * choose by the processor.
 *
 * Left out on purpose:
 *
 * - functions that do the call: the instruction belongs to the guest's kernel and compiler;
 *   examples/ivc-publish.c of this project shows one;
 * - PSCI: its numbers are Arm's, and kernels have them;
 * - codes of branches that no release has, and of other hypervisors: 0xE0000000 and above,
 *   0x101, 0x102, and 7 to 11 for crash dumps;
 * - ivshmem, which uses no hypercall and is in no release that we know.
 * @{
 */

/**
 * "hypervisor-disable", no arguments. Declared: no release of Axvisor does anything, the
 * call fails.
 */
#define AXVM_HYPERCALL_HYPERVISOR_DISABLE 0

/**
 * "hypervisor-prepare-disable", no arguments. Declared: no release of Axvisor does anything,
 * the call fails.
 */
#define AXVM_HYPERCALL_HYPERVISOR_PREPARE_DISABLE 1

/**
 * "hypervisor-debug", no documented arguments. Declared: no release of Axvisor does
 * anything, the call fails.
 */
#define AXVM_HYPERCALL_HYPERVISOR_DEBUG 2

/**
 * "ivc-publish": create a channel of memory that another VM can share. Done, in every
 * release.
 *
 * Arguments: key, any 64-bit number; base slot, which receives the guest physical address
 * of the channel; size slot, which holds the size in bytes that the caller asks for, and
 * receives the size in bytes that was granted. Compare that with what you need. It fails if
 * the VM has a channel with this key, has no ivc device, asks for 0 bytes, or if room or
 * memory is short.
 */
#define AXVM_HYPERCALL_IVC_PUBLISH 3

/**
 * "ivc-subscribe": map the channel of another VM. Done, in every release.
 *
 * Arguments: id of the publisher's VM; key; base slot, which receives the guest physical
 * address of the channel; size slot, which receives its size in bytes and is not read. It
 * fails if there is no such channel, or if this VM is a subscriber already; from Axvisor
 * 0.6.0 on also if any other VM is.
 */
#define AXVM_HYPERCALL_IVC_SUBSCRIBE 4

/**
 * "ivc-unpublish": unmap a channel from its publisher. Done, in every release.
 *
 * Argument: key. A subscriber keeps its mapping until it unsubscribes. A second call fails.
 */
#define AXVM_HYPERCALL_IVC_UNPUBLISH 5

/**
 * "ivc-unsubscribe": unmap a channel from its subscriber. Done, in every release.
 *
 * Arguments: id of the publisher's VM; key.
 */
#define AXVM_HYPERCALL_IVC_UNSUBSCRIBE 6

/**
 * "ivc-notify": interrupt the other end of a channel. Done, **since Axvisor 0.6.0**: see
 * warning 2 for what an earlier one returns.
 *
 * Arguments: id of the publisher's VM; key; id of the VM to notify, or
 * AXVM_IVC_NOTIFY_PEER. The publisher notifies its subscriber, a subscriber its publisher.
 * The result is 0 also when the target has no interrupt for it. The interrupt does not say
 * which channel: look at every ring.
 */
#define AXVM_HYPERCALL_IVC_NOTIFY 7

/** How many arguments the registers hold; unused ones are ignored. */
#define AXVM_HYPERCALL_ARGUMENTS 6

/** The result of a call that succeeded, the only one. */
#define AXVM_HYPERCALL_OK 0

/**
 * The result of a call that failed, all 64 bits. Not every failure gives it: see warning 2.
 * It is for code that answers calls; a caller compares with AXVM_HYPERCALL_OK.
 */
#define AXVM_HYPERCALL_FAILED 0xffffffffffffffff

/** On riscv64, what a7 holds: the text "HVC" as a number. Any other value is a call of SBI. */
#define AXVM_HYPERCALL_RISCV_EXTENSION 0x485643

/**
 * A target of AXVM_HYPERCALL_IVC_NOTIFY: the other end, whatever its id. All 64 bits; since
 * axvm 0.8.0 with axhvc 0.5.1, which is Axvisor 0.7.0 as far as we know.
 */
#define AXVM_IVC_NOTIFY_PEER 0xffffffffffffffff

#if !defined(__ASSEMBLER__) && !defined(__ASSEMBLY__)
/** Whether the result of a call, as the register holds it, is success. Not for assembler. */
#define AXVM_HYPERCALL_SUCCEEDED(result) ((result) == AXVM_HYPERCALL_OK)
#endif

/** @} */

#endif
