/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_CONTEXT_H
#define LAYOUT_CONTEXT_H

#include <axvm/layout.h>

#include "span.h"

/* A check that runs: what it is about, who gets its findings, and its one list. */
struct axvm_check {
	const axvm_layout_vm *vms;
	size_t vm_count;
	axvm_layout_limits limits;
	axvm_finding_fn found;
	void *ctx;
	bool stopped; /* by the caller */
	struct axvm_spans spans;
};

/* Later versions of the struct are longer. */
static inline const axvm_layout_vm *axvm_layout_vm_at(const axvm_layout_vm *vms, size_t i)
{
	return (const axvm_layout_vm *)(const void *)((const char *)vms + i * vms->size);
}

static inline const axvm_layout_vm *axvm_check_vm(const struct axvm_check *c, size_t i)
{
	return axvm_layout_vm_at(c->vms, i);
}

/*
 * Whether VM files have devices with addresses, and interrupts. From 0.7.3 on they have not: such
 * lists of a VM are ignored, and of passthrough devices the names count, as paths.
 */
static inline bool axvm_lists_devices(const struct axvm_check *c)
{
	return c->limits.model < AXVM_MODEL_0_7_3;
}

/*
 * Whether the host describes its hardware by a device tree. Of an architecture that is not known
 * neither is true.
 */
static inline bool axvm_host_has_tree(const struct axvm_check *c)
{
	return c->limits.arch == AXVM_ARCH_AARCH64 || c->limits.arch == AXVM_ARCH_RISCV64;
}

static inline bool axvm_host_has_no_tree(const struct axvm_check *c)
{
	return c->limits.arch == AXVM_ARCH_X86_64 || c->limits.arch == AXVM_ARCH_LOONGARCH64;
}

/* Whether what is not set is absent, and so may be a finding. */
static inline bool axvm_vm_is_complete(const axvm_layout_vm *vm)
{
	return (vm->flags & AXVM_LAYOUT_COMPLETE) != 0;
}

/* Whether all of these flags are set. */
static inline bool axvm_vm_has(const axvm_layout_vm *vm, axvm_layout_flags flags)
{
	return (vm->flags & flags) == flags;
}

static inline bool axvm_cpu_num_is_valid(const axvm_layout_vm *vm)
{
	return vm->cpu_num != 0 && vm->cpu_num <= AXVM_MAX_VCPU_NUM;
}

#endif
