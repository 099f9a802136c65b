/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Memory of the VMs against that of the host, where it is known. */

/*
 * tree-ram
 *
 * What: A memory region of type reserved (2) is not all in the host's memory (--host-dtb), or the
 * regions that the hypervisor allocates for the VMs, of types alloc (0) and identical (1), are
 * larger than that.
 * Why: Reserved memory is mapped to the host address that equals gpa, whatever is there: without
 * RAM the guest faults or hangs. What does not fit cannot be allocated, and the VM is not created.
 * How: Move or shrink the regions. The device tree may be a placeholder that the boot loader
 * completes: check with the tree of the running board, /sys/firmware/fdt under Linux.
 */
static const struct axvm_rule outside =
	AXVM_RULE(AXVM_FINDING_TREE_RAM, AXVM_SEVERITY_WARNING, "has addresses that are not in",
		  "Move or shrink the region: type reserved maps the host's address as configured.");
static const struct axvm_rule too_large =
	AXVM_RULE(AXVM_FINDING_TREE_RAM, AXVM_SEVERITY_WARNING,
		  "needs, together with the regions before it, more than",
		  "Shrink the regions that the hypervisor allocates for the VMs.");

static const struct axvm_span host_memory = {
	.vm = AXVM_LAYOUT_NO_VM,
	.index = AXVM_LAYOUT_WHOLE_TABLE,
	.table = AXVM_LAYOUT_TABLE_HOST_MEMORY,
};

/* Makes the ranges of a sorted list so few that none overlap or touch. */
static void merge(struct axvm_spans *spans)
{
	struct axvm_span *last = NULL;
	size_t count = 0;

	for (size_t i = 0; i < spans->count; i++) {
		const struct axvm_span *span = &spans->list[i];

		if (!last || span->start > last->end) {
			last = &spans->list[count++];
			*last = *span;
		} else if (span->end > last->end) {
			last->end = span->end;
		}
	}
	spans->count = count;
}

/* Makes the list the host's memory, merged. */
static void list_memory(struct axvm_check *c)
{
	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < c->limits.host_memory_count; i++) {
		const axvm_hpa_range *r = &c->limits.host_memory[i];

		if (!axvm_hpa_range_is_empty(*r))
			axvm_spans_add(&c->spans, AXVM_LAYOUT_NO_VM, AXVM_LAYOUT_TABLE_HOST_MEMORY,
				       i, r->start.addr, r->end.addr);
	}
	axvm_spans_sort(&c->spans, NULL);
	merge(&c->spans);
}

/* The first address of a range that is not in the list; its end when all of them are. */
static uint64_t first_outside(const struct axvm_spans *memory, axvm_gpa_range r)
{
	size_t low = 0, high = memory->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memory->list[middle].start <= r.start.addr)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || memory->list[low - 1].end <= r.start.addr)
		return r.start.addr;
	return memory->list[low - 1].end < r.end.addr ? memory->list[low - 1].end : r.end.addr;
}

static uint64_t total_of(const struct axvm_spans *memory)
{
	uint64_t total = 0;

	/* They do not overlap, so it fits. */
	for (size_t i = 0; i < memory->count; i++)
		total += memory->list[i].end - memory->list[i].start;
	return total;
}

void axvm_rules_host_memory(struct axvm_check *c)
{
	uint64_t total, left;
	bool is_full = false;

	list_memory(c);
	total = left = total_of(&c->spans);
	for (size_t index = 0; index < c->vm_count; index++) {
		const axvm_layout_vm *vm = axvm_check_vm(c, index);

		for (size_t i = 0; i < vm->memory_region_count; i++) {
			const struct axvm_span region = { .vm = (uint32_t)index,
							  .index = (uint32_t)i,
							  .table = AXVM_LAYOUT_TABLE_MEMORY_REGIONS };
			const axvm_mem_config *memory = &vm->memory_regions[i];
			axvm_gpa_range r;

			if (!axvm_memory_range(memory, &r))
				continue;
			if (memory->map_type == AXVM_MEM_MAPPING_RESERVED) {
				uint64_t at = first_outside(&c->spans, r);

				if (at != r.end.addr)
					axvm_report_two(c, &outside, SIDE_HOST, &region,
							&host_memory, at);
			} else if (memory->size <= left) {
				left -= memory->size;
			} else if (!is_full) {
				is_full = true;
				axvm_report_two(c, &too_large, SIDE_GUEST, &region, &host_memory,
						total);
			}
		}
	}
}
