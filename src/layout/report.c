/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "report.h"

/* False when there is nothing to tell: the model has no such rule, or the caller has enough. */
static bool init_finding(const struct axvm_check *c, axvm_finding *finding,
			 const struct axvm_rule *rule, uint64_t value)
{
	axvm_severity severity = rule->severity[c->limits.model];

	if (c->stopped || severity == 0)
		return false;
	/* Its padding, too: it may be compared or stored as bytes. */
	memset(finding, 0, sizeof(*finding));
	finding->size = sizeof(*finding);
	finding->value = value;
	finding->text = rule->texts;
	finding->hint = rule->texts + strlen(rule->texts) + 1;
	finding->code = rule->code;
	finding->severity = severity;
	return true;
}

static void tell(struct axvm_check *c, const axvm_finding *finding)
{
	if (!c->found(finding, c->ctx))
		c->stopped = true;
}

static void report_one(struct axvm_check *c, const struct axvm_rule *rule, enum axvm_side side,
		       size_t vm, axvm_layout_table table, size_t index, uint64_t value)
{
	axvm_finding finding;

	if (!init_finding(c, &finding, rule, value))
		return;
	axvm_owner_fill(c, &finding.a, vm, table, index, side);
	tell(c, &finding);
}

void axvm_report(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		 axvm_layout_table table, size_t index, uint64_t value)
{
	report_one(c, rule, SIDE_GUEST, vm, table, index, value);
}

void axvm_report_configured(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
			    axvm_layout_table table, size_t index, uint64_t value)
{
	report_one(c, rule, SIDE_CONFIGURED, vm, table, index, value);
}

void axvm_report_host(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		      axvm_layout_table table, size_t index, uint64_t value)
{
	report_one(c, rule, SIDE_HOST, vm, table, index, value);
}

static bool is_earlier(const struct axvm_span *x, const struct axvm_span *y)
{
	if (x->vm != y->vm)
		return x->vm < y->vm;
	if (x->table != y->table)
		return x->table < y->table;
	return x->index < y->index;
}

void axvm_report_two(struct axvm_check *c, const struct axvm_rule *rule, enum axvm_side side,
		     const struct axvm_span *x, const struct axvm_span *y, uint64_t value)
{
	const struct axvm_span *a = is_earlier(x, y) ? x : y;
	const struct axvm_span *b = a == x ? y : x;
	axvm_finding finding;

	if (!init_finding(c, &finding, rule, value))
		return;
	axvm_owner_fill(c, &finding.a, a->vm, a->table, a->index, side);
	axvm_owner_fill(c, &finding.b, b->vm, b->table, b->index, side);
	tell(c, &finding);
}

void axvm_report_elements(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
			  axvm_layout_table table, size_t x, size_t y, uint64_t value)
{
	const struct axvm_span a = { .vm = (uint32_t)vm, .table = table, .index = (uint32_t)x };
	const struct axvm_span b = { .vm = (uint32_t)vm, .table = table, .index = (uint32_t)y };

	axvm_report_two(c, rule, SIDE_CONFIGURED, &a, &b, value);
}

void axvm_report_keys(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		      axvm_layout_table x, axvm_layout_table y)
{
	const struct axvm_span a = { .vm = (uint32_t)vm, .table = x };
	const struct axvm_span b = { .vm = (uint32_t)vm, .table = y };

	axvm_report_two(c, rule, SIDE_GUEST, &a, &b, 0);
}

void axvm_report_runs(struct axvm_check *c, const struct axvm_rule *rule, axvm_span_tie tie)
{
	const struct axvm_span *first = c->spans.list;

	for (size_t i = 1; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i];

		if (span->start != first->start || (tie && tie(first, span) != 0)) {
			first = span;
			continue;
		}
		axvm_report_two(c, rule, SIDE_GUEST, first, span, tie ? 0 : span->start);
	}
}
