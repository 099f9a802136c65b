/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/devices.h"
#include "layout/path.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Host ranges: in a VM, between VMs, and the hypervisor's own. */

/*
 * host-conflict
 *
 * What: Reserved memory or passthrough ranges of two VMs, or of one VM and the hypervisor
 * (--hypervisor), share pages of the host; so do two devices that two VMs take by their paths in
 * the host's device tree (--host-dtb). A warning where two VMs take one device by path, a note
 * where both take all of the tree.
 * Why: Each VM can overwrite what the other VM, or the hypervisor, relies on.
 * How: Give the pages to one of them.
 * Severity: warning, note
 */
static const struct axvm_rule host_conflict =
	AXVM_RULE(AXVM_FINDING_HOST_CONFLICT, AXVM_SEVERITY_ERROR, "overlaps in the host",
		  "Assign these pages of the host to one owner only.");
static const struct axvm_rule host_page =
	AXVM_RULE(AXVM_FINDING_HOST_CONFLICT, AXVM_SEVERITY_ERROR, "shares the 4 KiB page",
		  "Assign both to one VM, or move one to another page: whole pages are mapped.");
static const struct axvm_rule same_device = AXVM_RULE(
	AXVM_FINDING_HOST_CONFLICT, AXVM_SEVERITY_WARNING, "is the same device of the host as",
	"Assign the device to one VM: both would map and drive it.");
static const struct axvm_rule device_above =
	AXVM_RULE(AXVM_FINDING_HOST_CONFLICT, AXVM_SEVERITY_WARNING,
		  "has in the host, as a part of it, the device",
		  "Assign the device to one VM, or exclude it from the other: both would drive it.");
static const struct axvm_rule device_below = AXVM_RULE(
	AXVM_FINDING_HOST_CONFLICT, AXVM_SEVERITY_WARNING, "is, in the host, a part of the device",
	"Assign the device to one VM, or exclude it from the other: both would drive it.");
static const struct axvm_rule all_devices =
	AXVM_RULE(AXVM_FINDING_HOST_CONFLICT, AXVM_SEVERITY_NOTE,
		  "passes all devices of the host through; so does",
		  "Name the devices of each VM, or check that they do not drive the same ones.");
static const struct axvm_rule whole_guests = AXVM_RULE_SINCE(
	AXVM_FINDING_HOST_CONFLICT, AXVM_MODEL_0_7_3, AXVM_SEVERITY_NOTE,
	"is passthrough, so the guest gets the host's devices, like the other VM:",
	"Check that the guests do not drive the same devices: one of them may be virtualized.");

static void add_host_ranges(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	struct axvm_passed passed;
	axvm_gpa_range r;

	for (size_t i = 0; i < vm->memory_region_count; i++) {
		const axvm_mem_config *memory = &vm->memory_regions[i];

		if (memory->map_type == AXVM_MEM_MAPPING_RESERVED && axvm_memory_range(memory, &r))
			axvm_add_pages(c, index, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i, r);
	}
	if (!axvm_lists_devices(c))
		return;
	axvm_passed_begin(&passed, c, index);
	while (axvm_passed_next(&passed)) {
		if (axvm_passed_host_mapped(c, &passed, &r))
			axvm_add_pages(c, index, passed.table, passed.index, r);
	}
}

void axvm_rules_host_conflict(struct axvm_check *c)
{
	struct axvm_sweep sweep = { 0 };

	axvm_spans_clear(&c->spans);
	for (size_t vm = 0; vm < c->vm_count; vm++)
		add_host_ranges(c, vm);
	for (size_t i = 0; i < c->limits.hypervisor_count; i++) {
		const axvm_hpa_range *own = &c->limits.hypervisor[i];
		axvm_gpa_range r = AXVM_GPA_RANGE_INIT(own->start.addr, own->end.addr);

		if (!axvm_hpa_range_is_empty(*own))
			axvm_add_pages(c, AXVM_LAYOUT_NO_VM, AXVM_LAYOUT_TABLE_HYPERVISOR, i, r);
	}
	axvm_spans_sort(&c->spans, NULL);
	for (size_t i = 0; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i];
		const struct axvm_span *owner = axvm_sweep_next(&sweep, span, span->vm, false);

		if (owner)
			axvm_report_ranges(c, &host_conflict, &host_page, SIDE_HOST_MAPPED, owner,
					   span);
	}
}

/*
 * Paths of the host's device tree, of all VMs, in the order of the tree: what is below a path comes
 * right after it. A VM claims the highest node that it gets; the claim is open for all paths below,
 * and visible but for those that the VM keeps from its guest.
 */
struct claim {
	const struct axvm_span *span; /* NULL while it is not open */
	uint32_t before, after; /* VMs whose claims are visible as well, in the order they opened */
};

/* They are in the second list of the check, which has an entry for each VM. */
_Static_assert(sizeof(struct claim) <= sizeof(struct axvm_span), "room for the claims");

struct claims {
	struct claim *of; /* each VM */
	uint32_t first, last; /* that are visible; AXVM_LAYOUT_NO_VM for none */
	/* Index of the path that the next one may be below; its start is that of the one above. */
	uint64_t innermost;
};

#define NO_PATH UINT64_MAX

/* What a path did, until it is left. */
#define PATH_OPENED 0x4
#define PATH_HID 0x8

static void show_claim(struct claims *claims, uint32_t vm)
{
	const struct claim *claim = &claims->of[vm];
	bool is_first = claim->before == AXVM_LAYOUT_NO_VM;
	bool is_last = claim->after == AXVM_LAYOUT_NO_VM;

	*(is_first ? &claims->first : &claims->of[claim->before].after) = vm;
	*(is_last ? &claims->last : &claims->of[claim->after].before) = vm;
}

/* It keeps its place: what is hidden later is shown again earlier. */
static void hide_claim(struct claims *claims, uint32_t vm)
{
	const struct claim *claim = &claims->of[vm];
	bool is_first = claim->before == AXVM_LAYOUT_NO_VM;
	bool is_last = claim->after == AXVM_LAYOUT_NO_VM;

	*(is_first ? &claims->first : &claims->of[claim->before].after) = claim->after;
	*(is_last ? &claims->last : &claims->of[claim->after].before) = claim->before;
}

static void leave_path(struct claims *claims, const struct axvm_span *span)
{
	claims->innermost = span->start;
	if (span->flags & PATH_HID) {
		show_claim(claims, span->vm);
	} else if (span->flags & PATH_OPENED) {
		hide_claim(claims, span->vm);
		claims->of[span->vm].span = NULL;
	}
}

static bool holds(const struct axvm_span *above, const struct axvm_span *span)
{
	return above && axvm_path_holds(above->name, span->name);
}

/* What is kept from a guest comes first: the same node that is passed through is none then. */
static int tie(const struct axvm_span *a, const struct axvm_span *b)
{
	int order = axvm_span_tie_path(a, b);

	return order != 0 ? order : (int)b->table - (int)a->table;
}

static void report_claims(struct axvm_check *c, const struct axvm_span *above,
			  const struct axvm_span *span)
{
	const struct axvm_rule *rule;

	if (!axvm_path_is(above->name, span->name))
		rule = above->vm < span->vm ? &device_above : &device_below;
	else
		rule = axvm_path_is_root(span->name) ? &all_devices : &same_device;
	axvm_report_two(c, rule, SIDE_HOST, above, span, 0);
}

static void enter_path(struct axvm_check *c, struct claims *claims, struct axvm_span *span)
{
	struct claim *own = &claims->of[span->vm];
	uint32_t other = claims->first;

	if (span->table == AXVM_LAYOUT_TABLE_DISABLED_PATHS) {
		if (!own->span)
			return;
		hide_claim(claims, span->vm);
		span->flags = PATH_HID;
		return;
	}
	if (other == span->vm)
		other = own->after;
	if (other != AXVM_LAYOUT_NO_VM)
		report_claims(c, claims->of[other].span, span);
	if (own->span)
		return;
	*own = (struct claim){ span, claims->last, AXVM_LAYOUT_NO_VM };
	show_claim(claims, span->vm);
	span->flags = PATH_OPENED;
}

/* The paths of a VM, but for those that it does not get. */
static void add_paths(struct axvm_check *c, size_t vm)
{
	size_t from = c->spans.count, count = from;
	const struct axvm_span *disabled = NULL;
	struct axvm_spans own;

	axvm_add_passed_paths(c, vm);
	axvm_add_disabled_paths(c, vm);
	own.list = c->spans.list + from;
	own.second = c->spans.second + from;
	own.count = c->spans.count - from;
	axvm_spans_sort(&own, tie);
	for (size_t i = 0; i < own.count; i++) {
		const struct axvm_span span = own.list[i];
		bool is_kept = holds(disabled, &span);

		if (is_kept)
			continue;
		c->spans.list[count] = span;
		if (span.table == AXVM_LAYOUT_TABLE_DISABLED_PATHS)
			disabled = &c->spans.list[count];
		count++;
	}
	c->spans.count = count;
}

static void check_paths(struct axvm_check *c)
{
	struct claims claims = { NULL, AXVM_LAYOUT_NO_VM, AXVM_LAYOUT_NO_VM, NO_PATH };

	axvm_spans_clear(&c->spans);
	for (size_t vm = 0; vm < c->vm_count; vm++)
		add_paths(c, vm);
	axvm_spans_sort(&c->spans, tie);
	claims.of = (struct claim *)(void *)c->spans.second;
	for (size_t vm = 0; vm < c->vm_count; vm++)
		claims.of[vm].span = NULL;
	for (size_t i = 0; i < c->spans.count; i++) {
		struct axvm_span *span = &c->spans.list[i];

		while (claims.innermost != NO_PATH &&
		       !holds(&c->spans.list[claims.innermost], span))
			leave_path(&claims, &c->spans.list[claims.innermost]);
		enter_path(c, &claims, span);
		span->start = claims.innermost;
		claims.innermost = i;
	}
}

/* Each one against the first. */
static void check_guest_types(struct axvm_check *c)
{
	struct axvm_span first = { .table = AXVM_LAYOUT_TABLE_GUEST_TYPE };
	bool has_first = false;

	for (size_t vm = 0; vm < c->vm_count; vm++) {
		const struct axvm_span span = { .vm = (uint32_t)vm,
						.table = AXVM_LAYOUT_TABLE_GUEST_TYPE };

		if (axvm_check_vm(c, vm)->guest_type != AXVM_GUEST_TYPE_PASSTHROUGH)
			continue;
		if (has_first)
			axvm_report_two(c, &whole_guests, SIDE_GUEST, &first, &span, 0);
		else
			first.vm = (uint32_t)vm;
		has_first = true;
	}
}

void axvm_rules_host_path(struct axvm_check *c)
{
	check_paths(c);
	check_guest_types(c);
}
