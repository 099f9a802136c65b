/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/layout.h>

#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "export.h"
#include "rules/rules.h"
#include "validate.h"

AXVM_EXPORT axvm_error axvm_layout_scratch_size(const axvm_layout_vm *vms, size_t vm_count,
						const axvm_layout_limits *limits, size_t *out)
{
	axvm_error error;
	size_t entries;

	error = axvm_layout_validate(vms, vm_count, limits, &entries);
	if (error == AXVM_OK)
		*out = entries * AXVM_ENTRY_SIZE;
	return error;
}

static void run(struct axvm_check *c)
{
	for (size_t vm = 0; vm < c->vm_count && !c->stopped; vm++) {
		axvm_rules_memory(c, vm);
		axvm_rules_boot_address(c, vm);
		axvm_rules_boot_image(c, vm);
		axvm_rules_boot_memory(c, vm);
		axvm_rules_boot_protocol(c, vm);
		axvm_rules_boot_entry(c, vm);
		if (axvm_lists_devices(c)) {
			axvm_rules_device_emulated(c, vm);
			axvm_rules_device_passthrough(c, vm);
		}
		axvm_rules_overlap(c, vm);
		if (axvm_lists_devices(c)) {
			axvm_rules_port(c, vm);
			axvm_rules_device_host(c, vm);
			axvm_rules_device_emulated_list(c, vm);
			axvm_rules_device_twice(c, vm);
			axvm_rules_irq(c, vm);
		} else {
			axvm_rules_machine(c, vm);
			axvm_rules_device_path(c, vm);
		}
		axvm_rules_device_disabled(c, vm);
		axvm_rules_device_dma(c, vm);
		axvm_rules_cpu(c, vm);
		if (axvm_lists_devices(c))
			axvm_rules_vm_id(c, vm);
		axvm_rules_key(c, vm);
	}
	if (c->stopped)
		return;
	if (c->vm_count > 1)
		axvm_rules_vm_id_conflict(c);
	if (c->vm_count > 1 || c->limits.hypervisor_count != 0)
		axvm_rules_host_conflict(c);
	if (c->limits.host_memory_count != 0)
		axvm_rules_host_memory(c);
	if (c->vm_count > 1) {
		axvm_rules_host_path(c);
		axvm_rules_cpu_conflict(c);
		if (axvm_lists_devices(c))
			axvm_rules_irq_conflict(c);
	}
}

AXVM_EXPORT axvm_error axvm_layout_check(const axvm_layout_vm *vms, size_t vm_count,
					 const axvm_layout_limits *limits, axvm_finding_fn found,
					 void *ctx, void *scratch, size_t scratch_size)
{
	struct axvm_check c = { .vms = vms, .vm_count = vm_count };
	void *allocated = NULL;
	axvm_error error;
	size_t needed;

	error = axvm_layout_scratch_size(vms, vm_count, limits, &needed);
	if (error != AXVM_OK)
		return error;
	if (scratch) {
		if (scratch_size < needed || (uintptr_t)scratch % _Alignof(struct axvm_span) != 0)
			return AXVM_ERROR_INVALID_INPUT;
	} else if (needed != 0) {
		scratch = allocated = malloc(needed);
		if (!allocated)
			return AXVM_ERROR_NO_MEMORY;
	}
	if (limits)
		c.limits = *limits;
	c.found = found;
	c.ctx = ctx;
	c.spans.list = scratch;
	if (scratch)
		c.spans.second = c.spans.list + needed / sizeof(*c.spans.list) / 2;
	run(&c);
	free(allocated);
	return AXVM_OK;
}

/* A caller's array that is filled up. */
struct collection {
	char *findings;
	size_t finding_size;
	size_t capacity;
	size_t count;
};

static bool collect(const axvm_finding *finding, void *ctx)
{
	struct collection *into = ctx;

	if (into->count < into->capacity) {
		size_t known = sizeof(*finding);
		size_t size = into->finding_size < known ? into->finding_size : known;
		char *out = into->findings + into->count * into->finding_size;
		axvm_finding cut = *finding;

		cut.size = size;
		memcpy(out, &cut, size);
		memset(out + size, 0, into->finding_size - size);
	}
	into->count++;
	return true;
}

AXVM_EXPORT axvm_error axvm_layout_findings(const axvm_layout_vm *vms, size_t vm_count,
					    const axvm_layout_limits *limits,
					    axvm_finding *findings, size_t finding_size,
					    size_t capacity, size_t *count)
{
	struct collection into = { (char *)findings, finding_size, capacity, 0 };
	axvm_error error = AXVM_ERROR_INVALID_INPUT;

	if (finding_size != 0 && (findings || capacity == 0))
		error = axvm_layout_check(vms, vm_count, limits, collect, &into, NULL, 0);
	if (count)
		*count = error == AXVM_OK ? into.count : 0;
	return error;
}
