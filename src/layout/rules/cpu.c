/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/*
 * cpu-count
 *
 * What: cpu_num is 0 or above 64.
 * Why: A VM without vCPUs never starts, and the hypervisor's sets of vCPUs end at 64.
 * How: Set cpu_num to a number from 1 to 64.
 */
static const struct axvm_rule bad_count =
	AXVM_RULE(AXVM_FINDING_CPU_COUNT, AXVM_SEVERITY_ERROR, "is not a number from 1 to 64",
		  "Set cpu_num to a number from 1 to 64.");

#define LONGER_TEXT "has more entries than the VM has vCPUs"

/* By version: a panic, no more than a line in the log, and nothing. */

/*
 * cpu-list
 *
 * What: Until 0.7, phys_cpu_ids or phys_cpu_sets does not have one entry for each vCPU. A warning
 * where it is shorter, and for 0.7 where it is longer. For aarch64 and riscv64 (--arch) also, at all
 * versions: phys_cpu_ids is absent.
 * Why: 0.5 panics at a list that is longer than cpu_num; with a shorter list the other vCPUs get
 * their own index. Hosts with a device tree refuse a VM without phys_cpu_ids, and derive
 * phys_cpu_sets from it.
 * How: Give one entry for each vCPU.
 */
static const struct axvm_rule list_longer = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_CPU_LIST,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_ERROR), AXVM_GONE(AXVM_MODEL_0_7)),
	LONGER_TEXT, "Shorten the list or raise cpu_num: else the hypervisor panics.");
static const struct axvm_rule list_longer_0_7 = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_CPU_LIST,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_WARNING), AXVM_GONE(AXVM_MODEL_0_7_3)),
	LONGER_TEXT,
	"Shorten the list or raise cpu_num: the hypervisor ignores the other entries.");
static const struct axvm_rule list_shorter = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_CPU_LIST,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_WARNING), AXVM_GONE(AXVM_MODEL_0_7_3)),
	"has fewer entries than the VM has vCPUs", "Add an entry for each vCPU.");
static const struct axvm_rule list_missing =
	AXVM_RULE(AXVM_FINDING_CPU_LIST, AXVM_SEVERITY_ERROR, "is missing",
		  "List a hardware CPU id for each vCPU: this architecture needs them.");

#define EMPTY_TEXT "is an empty mask"
#define BEYOND_TEXT "contains CPUs that the host does not have"

/*
 * cpu-mask
 *
 * What: A mask of phys_cpu_sets is 0, or has a bit of a CPU that the host (--host-cpus) does not
 * have. An error for 0.5, a warning for 0.7. From 0.7.3 on an error, but for an empty mask among
 * others, which is a warning. Where the hypervisor ignores the sets, key-unused says so.
 * Why: 0.5 panics at it. 0.7 drops the bit, and uses the lowest CPU if no bit is left. From 0.7.3
 * on the VM is refused.
 * How: Set the bit of each host CPU that the vCPU may run on, bit 0 for CPU 0.
 */
static const struct axvm_rule mask_empty =
	AXVM_RULE_BY_MODEL(AXVM_FINDING_CPU_MASK,
			   AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_ERROR),
				      AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_WARNING)),
			   EMPTY_TEXT, "Set a bit for each host CPU that the vCPU may run on.");
static const struct axvm_rule masks_empty = AXVM_RULE_SINCE(
	AXVM_FINDING_CPU_MASK, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR, "has only empty masks",
	"Set a bit for each host CPU that a vCPU may run on, or remove phys_cpu_sets.");
static const struct axvm_rule mask_beyond =
	AXVM_RULE_BY_MODEL(AXVM_FINDING_CPU_MASK,
			   AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_ERROR),
				      AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_WARNING),
				      AXVM_SINCE(AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR)),
			   BEYOND_TEXT, "Remove the bits of these CPUs.");

/*
 * cpu-repeated
 *
 * What: One hardware id is in phys_cpu_ids twice. From 0.7.3 on, an error on aarch64, also of an id
 * that equals the index of a vCPU without an id.
 * Why: Two vCPUs take turns on one CPU, and the guest cannot distinguish them by their ids. From
 * 0.7.3 on a VM of aarch64 is refused; a vCPU without an id takes its own index there.
 * How: Give each vCPU the id of a CPU of its own.
 */
static const struct axvm_rule repeated =
	AXVM_RULE(AXVM_FINDING_CPU_REPEATED, AXVM_SEVERITY_WARNING, "is the same CPU as",
		  "Give each vCPU a hardware id of its own.");
static const struct axvm_rule repeated_refused = AXVM_RULE_SINCE(
	AXVM_FINDING_CPU_REPEATED, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR, "is the same CPU as",
	"Give each vCPU a hardware id of its own: the hypervisor refuses the VM.");
static const struct axvm_rule repeated_index =
	AXVM_RULE_SINCE(AXVM_FINDING_CPU_REPEATED, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
			"is also the index of a vCPU without an id, which uses its index as its id",
			"Give each vCPU a hardware id of its own: the hypervisor refuses the VM.");

/*
 * cpu-shared
 *
 * What: Two vCPUs of a VM have the same mask in phys_cpu_sets.
 * Why: They share these host CPUs and wait for each other. That may be intended.
 * How: Nothing to do if it is intended; else give each vCPU its own CPU.
 */
static const struct axvm_rule shared =
	AXVM_RULE(AXVM_FINDING_CPU_SHARED, AXVM_SEVERITY_NOTE, "is the same mask as",
		  "Check that these vCPUs are intended to share host CPUs.");

/*
 * cpu-conflict
 *
 * What: Two VMs are bound to one CPU: by one hardware id, or by a mask of one bit each.
 * Why: They take turns on it, so a real-time guest cannot keep its deadlines.
 * How: Bind them to different CPUs, or disable the code where sharing is intended.
 */
static const struct axvm_rule conflict =
	AXVM_RULE(AXVM_FINDING_CPU_CONFLICT, AXVM_SEVERITY_WARNING, "is the same CPU as",
		  "Check that these VMs are intended to share a CPU, or give them different ones.");
static const struct axvm_rule several_conflicts =
	AXVM_RULE(AXVM_FINDING_CPU_CONFLICT, AXVM_SEVERITY_WARNING, "shares CPUs with",
		  "Check that these VMs are intended to share CPUs, or give them different ones.");

static void check_length(struct axvm_check *c, size_t index, axvm_layout_table table, size_t length)
{
	uint64_t cpus = axvm_check_vm(c, index)->cpu_num;

	if (length > cpus) {
		axvm_report(c, &list_longer, index, table, AXVM_LAYOUT_WHOLE_TABLE, length);
		axvm_report(c, &list_longer_0_7, index, table, AXVM_LAYOUT_WHOLE_TABLE, length);
	} else if (length < cpus) {
		axvm_report(c, &list_shorter, index, table, AXVM_LAYOUT_WHOLE_TABLE, length);
	}
}

/* A device tree knows CPUs by their ids: masks are made from these, whatever phys_cpu_sets says. */
static bool goes_by_ids(const struct axvm_check *c)
{
	return axvm_host_has_tree(c);
}

static bool has_ids(const axvm_layout_vm *vm)
{
	return vm->flags & AXVM_LAYOUT_HAS_PHYS_CPU_IDS || vm->phys_cpu_id_count != 0;
}

static bool has_sets(const axvm_layout_vm *vm)
{
	return vm->flags & AXVM_LAYOUT_HAS_PHYS_CPU_SETS || vm->phys_cpu_set_count != 0;
}

static void check_lengths(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	if (vm->cpu_num > AXVM_MAX_VCPU_NUM || (vm->cpu_num == 0 && axvm_vm_is_complete(vm)))
		axvm_report(c, &bad_count, index, AXVM_LAYOUT_TABLE_CPU_NUM, 0, vm->cpu_num);
	if (!axvm_vm_is_complete(vm))
		return;
	/* Compared with a wrong number they would all be wrong. */
	if (axvm_cpu_num_is_valid(vm)) {
		if (has_ids(vm))
			check_length(c, index, AXVM_LAYOUT_TABLE_PHYS_CPU_IDS,
				     vm->phys_cpu_id_count);
		if (has_sets(vm) && !goes_by_ids(c))
			check_length(c, index, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS,
				     vm->phys_cpu_set_count);
	}
	if (!has_ids(vm) && goes_by_ids(c))
		axvm_report(c, &list_missing, index, AXVM_LAYOUT_TABLE_PHYS_CPU_IDS,
			    AXVM_LAYOUT_WHOLE_TABLE, 0);
}

/* From 0.7.3 on: whether every vCPU has a mask, and each of these is empty. */
static bool has_no_target(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	if (c->limits.model < AXVM_MODEL_0_7_3 || !axvm_cpu_num_is_valid(vm) ||
	    vm->phys_cpu_set_count < vm->cpu_num)
		return false;
	for (size_t i = 0; i < vm->cpu_num; i++) {
		if (!axvm_vcpu_set_is_empty(vm->phys_cpu_sets[i]))
			return false;
	}
	return true;
}

static void check_masks(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_vcpu_set host = c->limits.host_cpus;

	/* There they are ignored: key-unused. */
	if (goes_by_ids(c))
		return;
	if (has_no_target(c, vm)) {
		axvm_report(c, &masks_empty, index, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS,
			    AXVM_LAYOUT_WHOLE_TABLE, 0);
		return;
	}
	for (size_t i = 0; i < vm->phys_cpu_set_count; i++) {
		uint64_t mask = vm->phys_cpu_sets[i].bits;
		uint64_t beyond = axvm_vcpu_set_is_empty(host) ? 0 : mask & ~host.bits;

		if (mask == 0)
			axvm_report(c, &mask_empty, index, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, i, 0);
		else if (beyond != 0)
			axvm_report(c, &mask_beyond, index, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, i,
				    beyond);
	}
}

/* From 0.7.3 on, what is past the last vCPU is ignored. */
static size_t used_ids(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	if (c->limits.model >= AXVM_MODEL_0_7_3 && axvm_cpu_num_is_valid(vm) &&
	    vm->phys_cpu_id_count > vm->cpu_num)
		return (size_t)vm->cpu_num;
	return vm->phys_cpu_id_count;
}

static void add_ids(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t i = 0; i < used_ids(c, vm); i++)
		axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_PHYS_CPU_IDS, i,
			       vm->phys_cpu_ids[i], 0);
}

/* A vCPU without an id takes its own index. There are 64 of them at most. */
static void check_indexes(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	if (!axvm_vm_is_complete(vm) || !axvm_cpu_num_is_valid(vm) || !has_ids(vm))
		return;
	for (size_t i = 0; i < used_ids(c, vm); i++) {
		uint64_t id = vm->phys_cpu_ids[i];

		if (id >= vm->phys_cpu_id_count && id < vm->cpu_num)
			axvm_report(c, &repeated_index, index, AXVM_LAYOUT_TABLE_PHYS_CPU_IDS, i,
				    id);
	}
}

void axvm_rules_cpu(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	bool refused = c->limits.arch == AXVM_ARCH_AARCH64 && c->limits.model >= AXVM_MODEL_0_7_3;

	check_lengths(c, index);
	check_masks(c, index);
	axvm_spans_clear(&c->spans);
	add_ids(c, index);
	axvm_spans_sort(&c->spans, NULL);
	axvm_report_runs(c, refused ? &repeated_refused : &repeated, NULL);
	if (refused)
		check_indexes(c, index);

	/* What is ignored is not shared. */
	if (goes_by_ids(c))
		return;
	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->phys_cpu_set_count; i++) {
		if (!axvm_vcpu_set_is_empty(vm->phys_cpu_sets[i]))
			axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, i,
				       vm->phys_cpu_sets[i].bits, 0);
	}
	axvm_spans_sort(&c->spans, NULL);
	axvm_report_runs(c, &shared, NULL);
}

/* A mask of several CPUs leaves the hypervisor a choice. */
static void add_bound_sets(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t i = 0; i < vm->phys_cpu_set_count; i++) {
		if (axvm_vcpu_set_len(vm->phys_cpu_sets[i]) == 1)
			axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, i,
				       vm->phys_cpu_sets[i].bits, 0);
	}
}

/*
 * What two VMs share, as a set: of several ids those of the first VM's vCPUs, as an id may
 * be any number; of masks their bits. What is past the 64th entry of a list is in no set.
 */
static uint64_t shared_set(const struct axvm_check *c, const struct axvm_span *pair)
{
	struct axvm_span a, b;

	axvm_spans_split(pair, &a, &b);
	if (a.table == AXVM_LAYOUT_TABLE_PHYS_CPU_SETS)
		return axvm_check_vm(c, a.vm)->phys_cpu_sets[a.index].bits;
	return a.index < AXVM_MAX_VCPU_NUM ? UINT64_C(1) << a.index : 0;
}

/* Entries that two VMs have in common, all of one list of theirs. */
static void report_conflict(struct axvm_check *c, const struct axvm_span *pairs, size_t count)
{
	struct axvm_span a, b;
	uint64_t value = 0;

	axvm_spans_split(pairs, &a, &b);
	if (count == 1) {
		const axvm_layout_vm *vm = axvm_check_vm(c, a.vm);

		value = a.table == AXVM_LAYOUT_TABLE_PHYS_CPU_IDS ? vm->phys_cpu_ids[a.index]
								  : vm->phys_cpu_sets[a.index].bits;
		axvm_report_two(c, &conflict, SIDE_GUEST, &a, &b, value);
		return;
	}
	for (size_t i = 0; i < count; i++)
		value |= shared_set(c, &pairs[i]);
	a.index = b.index = AXVM_LAYOUT_WHOLE_TABLE;
	axvm_report_two(c, &several_conflicts, SIDE_GUEST, &a, &b, value);
}

/*
 * Two VMs are one finding, however many CPUs they share; where ids and masks both show that,
 * it is about the ids.
 */
void axvm_rules_cpu_conflict(struct axvm_check *c)
{
	size_t end;

	axvm_spans_clear(&c->spans);
	for (size_t vm = 0; vm < c->vm_count; vm++) {
		add_ids(c, vm);
		if (!goes_by_ids(c))
			add_bound_sets(c, vm);
	}
	/* An id that equals a mask is another thing. */
	axvm_spans_sort(&c->spans, axvm_span_tie_table);
	axvm_spans_pair(&c->spans, axvm_span_tie_table);
	axvm_spans_sort(&c->spans, axvm_span_tie_table);
	for (size_t i = 0; i < c->spans.count; i = end) {
		end = axvm_spans_run_end(&c->spans, i, NULL);
		report_conflict(c, &c->spans.list[i],
				axvm_spans_run_end(&c->spans, i, axvm_span_tie_table) - i);
	}
}
