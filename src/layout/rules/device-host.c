/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/devices.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Host ranges that a VM has twice. */

/*
 * device-host-twice
 *
 * What: A VM has one host range under two guest addresses.
 * Why: Two drivers of the guest would use the same hardware; usually a line was copied and only
 * half of it changed.
 * How: Pass the range through once.
 */
static const struct axvm_rule host_twice =
	AXVM_RULE(AXVM_FINDING_DEVICE_HOST_TWICE, AXVM_SEVERITY_WARNING,
		  "is also passed through at another GPA by", "Pass the host range through once.");

void axvm_rules_device_host(struct axvm_check *c, size_t index)
{
	struct axvm_sweep sweep = { 0 };
	struct axvm_passed passed;
	axvm_gpa_range r;

	axvm_spans_clear(&c->spans);
	axvm_passed_begin(&passed, c, index);
	while (axvm_passed_next(&passed)) {
		if (axvm_passed_host(c, &passed, &r))
			axvm_spans_add(&c->spans, index, passed.table, passed.index, r.start.addr,
				       r.end.addr);
	}
	axvm_spans_sort(&c->spans, NULL);
	for (size_t i = 0; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i];
		const struct axvm_span *owner =
			axvm_sweep_next(&sweep, span, axvm_host_offset(c, span), false);

		if (owner)
			axvm_report_two(c, &host_twice, SIDE_HOST, owner, span, 0);
	}
}
