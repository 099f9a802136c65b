/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "layout/path.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Devices of the host that a VM both gets and does not get. */

/*
 * device-disabled
 *
 * What: A path of the device tree is passed through, and the same path, or one above it, is excluded
 * (0.5, 0.7) or disabled. From 0.7.3 on the same path in both lists is device-path. This is also
 * found where the two paths are equal but for a slash at the end of one.
 * Why: What is excluded or disabled wins, with all that is below it: the guest does not get the
 * device. A path with a slash at its end names no device, as paths are compared letter by letter: it
 * gives the guest nothing, and keeps nothing from it.
 * How: Remove the path from one of the lists.
 */
static const struct axvm_rule same_path = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_DEVICE_DISABLED,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_WARNING), AXVM_GONE(AXVM_MODEL_0_7_3)),
	"is passed through, but kept from the guest as",
	"Remove the path from one of the lists: what is excluded is not passed through.");
static const struct axvm_rule but_for_slash =
	AXVM_RULE(AXVM_FINDING_DEVICE_DISABLED, AXVM_SEVERITY_WARNING,
		  "is passed through, and differs by a slash at the end alone from",
		  "Remove one of the two, and the slash: a path that ends with one has no effect.");
static const struct axvm_rule below = AXVM_RULE(
	AXVM_FINDING_DEVICE_DISABLED, AXVM_SEVERITY_WARNING,
	"is passed through, but kept from the guest by the node above it,",
	"Remove one of the two: with a node all that is below it is kept from the guest.");

/* What is kept from the guest first, so that it is known when the same path is passed through. */
static int tie(const struct axvm_span *a, const struct axvm_span *b)
{
	int order = axvm_span_tie_path(a, b);

	return order != 0 ? order : (int)b->table - (int)a->table;
}

void axvm_rules_device_disabled(struct axvm_check *c, size_t index)
{
	/* The last one, and the highest of those that are above what comes next. */
	const struct axvm_span *last = NULL, *highest = NULL;

	if (axvm_check_vm(c, index)->disabled_path_count == 0)
		return;
	axvm_spans_clear(&c->spans);
	axvm_add_passed_paths(c, index);
	axvm_add_disabled_paths(c, index);
	axvm_spans_sort(&c->spans, tie);
	for (size_t i = 0; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i];
		bool is_below = highest && axvm_path_holds(highest->name, span->name);

		if (span->table == AXVM_LAYOUT_TABLE_DISABLED_PATHS) {
			last = span;
			if (!is_below)
				highest = span;
		} else if (is_below && axvm_path_is(last->name, span->name)) {
			bool is_same = strcmp(last->name, span->name) == 0;

			axvm_report_two(c, is_same ? &same_path : &but_for_slash, SIDE_GUEST, span,
					last, 0);
		} else if (is_below) {
			axvm_report_two(c, &below, SIDE_GUEST, span, highest, 0);
		}
	}
}
