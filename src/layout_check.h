/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_CHECK_H
#define LAYOUT_CHECK_H

#include <axvm/layout.h>

/*
 * An entry of the lists that are sorted: a range to sweep, a number or a name, and
 * where it comes from. Entries lie in the scratch buffer, beside as many spare ones.
 */
struct axvm_span {
	uint64_t start; /* what is sorted by; of a name its first bytes */
	union {
		uint64_t end;
		const char *name;
	};
	size_t index;
	uint32_t vm; /* UINT32_MAX for the hypervisor */
	axvm_layout_table table;
	uint8_t flags;
};

_Static_assert(2 * sizeof(struct axvm_span) <= 64, "what the header says of the scratch buffer");

#define SPAN_IDENTICAL 0x1 /* memory at a place that is not known */
#define SPAN_REPORTED 0x2 /* by the rule that is being looked at */

/* A check that runs. */
struct axvm_check {
	const axvm_layout_vm *vms;
	size_t vm_size;
	size_t vm_count;
	axvm_layout_limits limits;
	axvm_finding_fn found;
	void *ctx;
	bool stopped; /* by the caller */
	struct axvm_span *spans, *spare;
	size_t span_count;
};

/* The list is filled from empty by add, in table order, then sorted. */
struct axvm_span *axvm_check_add(struct axvm_check *c, size_t vm, axvm_layout_table table,
				 size_t index, uint64_t start, uint64_t end);

/* Sorts by start, entries with one start by tie, or in the order they had if that is NULL. */
typedef int (*axvm_span_tie)(const struct axvm_span *a, const struct axvm_span *b);
void axvm_check_sort(struct axvm_check *c, axvm_span_tie tie);

/* A rule: what it says, and how badly. It holds its texts, as a pointer needs a relocation. */
struct axvm_rule {
	axvm_finding_code code;
	axvm_severity severity;
	char text[80];
	char hint[120];
};

/* Refuses a text that would lose its end. */
#define AXVM_RULE(code, severity, text, hint)                                                      \
	{                                                                                          \
		(code) + 0 * sizeof(char[sizeof(text) <= 80 && sizeof(hint) <= 120 ? 1 : -1]),     \
			(severity), text, hint                                                     \
	}

/* Which range of its owners a finding is about. */
enum axvm_side { SIDE_GUEST, SIDE_HOST };

void axvm_check_report(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		       axvm_layout_table table, size_t index, uint64_t value);
void axvm_check_report_host(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
			    axvm_layout_table table, size_t index, uint64_t value);
/* In whatever order; the earlier one becomes owner a. */
void axvm_check_report_two(struct axvm_check *c, const struct axvm_rule *rule, enum axvm_side side,
			   const struct axvm_span *x, const struct axvm_span *y, uint64_t value);

/*
 * A sweep over sorted ranges. Those of one class may meet; one that is alone may meet
 * no other. It keeps the furthest end so far, and the furthest of all other classes.
 */
struct axvm_sweep {
	struct axvm_reach {
		const struct axvm_span *span;
		uint64_t class;
		bool alone;
	} first, second;
};

/* Takes the next range, and gives the owner of the furthest end that it must not meet. */
const struct axvm_span *axvm_sweep_next(struct axvm_sweep *sweep, const struct axvm_span *span,
					uint64_t class, bool alone);

/*
 * Of sorted entries with one start and, if there is a tie, one name, reports each
 * against the first; across: only the first one of each VM.
 */
void axvm_check_runs(struct axvm_check *c, const struct axvm_rule *rule, axvm_span_tie tie,
		     bool across);

/* Sorts names; of those that are not empty, the entry is to be added by add_name. */
void axvm_check_add_name(struct axvm_check *c, size_t vm, axvm_layout_table table, size_t index,
			 const char *name);
int axvm_span_tie_name(const struct axvm_span *a, const struct axvm_span *b);

static inline const axvm_layout_vm *axvm_check_vm(const struct axvm_check *c, size_t i)
{
	return (const axvm_layout_vm *)(const void *)((const char *)c->vms + i * c->vm_size);
}

static inline const axvm_mem_config *axvm_vm_memory(const axvm_layout_vm *vm, size_t i)
{
	return (const axvm_mem_config *)(const void *)((const char *)vm->memory_regions +
						       i * vm->memory_region_size);
}

static inline const axvm_emulated_device_config *axvm_vm_emulated(const axvm_layout_vm *vm,
								  size_t i)
{
	return (const axvm_emulated_device_config *)(const void *)((const char *)vm->emu_devices +
								   i * vm->emu_device_size);
}

static inline const axvm_passthrough_device_config *axvm_vm_passthrough(const axvm_layout_vm *vm,
									size_t i)
{
	return (const axvm_passthrough_device_config
			*)(const void *)((const char *)vm->passthrough_devices +
					 i * vm->passthrough_device_size);
}

static inline const axvm_passthrough_address_config *axvm_vm_address(const axvm_layout_vm *vm,
								     size_t i)
{
	return (const axvm_passthrough_address_config
			*)(const void *)((const char *)vm->passthrough_addresses +
					 i * vm->passthrough_address_size);
}

/* A range that begins at start, with an end of 2^64 - 1 when it does not fit. */
static inline axvm_gpa_range axvm_range_saturated(axvm_gpa start, uint64_t size)
{
	axvm_gpa end;

	if (!axvm_gpa_checked_add(start, size, &end))
		end = axvm_gpa_new(UINT64_MAX);
	return axvm_gpa_range_new_unchecked(start, end);
}

/* The pages that a range touches; see axvm/layout.h on the last page. */
static inline axvm_gpa_range axvm_range_pages(axvm_gpa_range r)
{
	axvm_gpa_range pages;

	if (!axvm_gpa_range_page_expand(r, AXVM_PAGE_SIZE_4K, &pages))
		pages = axvm_gpa_range_new_unchecked(axvm_gpa_align_down_4k(r.start),
						     axvm_gpa_new(UINT64_MAX));
	return pages;
}

static inline bool axvm_check_beyond_width(const struct axvm_check *c, axvm_gpa_range r)
{
	uint32_t bits = c->limits.gpa_bits;

	return bits != 0 && bits < 64 && r.end.addr > UINT64_C(1) << bits;
}

static inline bool axvm_cpu_num_is_valid(const axvm_layout_vm *vm)
{
	return vm->cpu_num != 0 && vm->cpu_num <= AXVM_MAX_VCPU_NUM;
}

/*
 * Each gives the range that takes part in comparisons, and false where none does: not
 * addressed in memory, found by the hypervisor, empty, or beyond all addresses.
 */
bool axvm_memory_range(const axvm_mem_config *memory, axvm_gpa_range *out);
bool axvm_emulated_range(const axvm_emulated_device_config *device, axvm_gpa_range *out);
bool axvm_passthrough_is_discovered(const axvm_passthrough_device_config *device);
bool axvm_passthrough_range(const axvm_passthrough_device_config *device, axvm_gpa_range *out);
bool axvm_address_range(const axvm_passthrough_address_config *address, axvm_gpa_range *out);

/* The rules about one VM, by its index. */
void axvm_check_memory(struct axvm_check *c, size_t vm);
void axvm_check_boot(struct axvm_check *c, size_t vm);
void axvm_check_devices(struct axvm_check *c, size_t vm);
void axvm_check_ranges(struct axvm_check *c, size_t vm);
void axvm_check_lists(struct axvm_check *c, size_t vm);
void axvm_check_cpus(struct axvm_check *c, size_t vm);
/* The rules about all VMs and the hypervisor. */
void axvm_check_machine(struct axvm_check *c);

/* What is wrong with the arguments of a check; and how many entries its list needs. */
axvm_error axvm_layout_validate(const axvm_layout_vm *vms, size_t vm_size, size_t vm_count,
				const axvm_layout_limits *limits, size_t *entries);

#endif
