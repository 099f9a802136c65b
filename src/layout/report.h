/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_REPORT_H
#define LAYOUT_REPORT_H

#include "context.h"

/* The most steps of a rule: its severities, and its end. */
#define AXVM_RULE_STEPS 3

/* Bit-fields of a byte, and an initializer for texts[], are the two extensions of C here. */
#pragma GCC diagnostic ignored "-Wpedantic"

/*
 * A rule: what it says, and how severe it is. A step is in force from its version of the model on,
 * until the next one; before the first step there is no such rule. So a later version inherits
 * what is not said otherwise. A rule holds its texts, as a pointer needs a relocation; each takes
 * as much room as it needs, so there are no arrays of rules.
 */
struct axvm_rule {
	axvm_finding_code code;
	struct {
		axvm_model since : 4;
		axvm_severity severity : 4; /* 0 in steps that are not used */
	} steps[AXVM_RULE_STEPS];
	char texts[]; /* what is wrong, NUL, what to do */
};

/* In place of a severity: from here on there is no such rule. */
#define AXVM_RULE_GONE 15

/*
 * The same at all versions; from one version on; and by steps. src/layout/codes.awk reads codes
 * and severities from uses of these, so no macro may hide them.
 */
#define AXVM_RULE(code, severity, text, hint)                                                      \
	AXVM_RULE_SINCE(code, AXVM_MODEL_0_5, severity, text, hint)
#define AXVM_RULE_SINCE(code, model, severity, text, hint)                                         \
	AXVM_RULE_BY_MODEL(code, AXVM_STEPS(AXVM_SINCE(model, severity)), text, hint)
#define AXVM_RULE_BY_MODEL(code, steps, text, hint)                                                \
	{                                                                                          \
		(code), steps,                                                                     \
		{                                                                                  \
			text "\0" hint                                                             \
		}                                                                                  \
	}
/* The steps, in order of their versions. */
#define AXVM_STEPS(...)                                                                            \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}
#define AXVM_SINCE(model, severity)                                                                \
	{                                                                                          \
		(model), (severity)                                                                \
	}
#define AXVM_GONE(model) AXVM_SINCE(model, AXVM_RULE_GONE)

/*
 * Which range of its owners a finding is about: the guest's; of the host, as configured, or as
 * the version of the model maps it; of a device with a fixed place, not that one.
 */
enum axvm_side { SIDE_GUEST, SIDE_HOST, SIDE_HOST_MAPPED, SIDE_CONFIGURED };

/* Reports of what one owner has: a key of a VM (index 0), an element of a list, or the whole. */
void axvm_report(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		 axvm_layout_table table, size_t index, uint64_t value);
void axvm_report_configured(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
			    axvm_layout_table table, size_t index, uint64_t value);
void axvm_report_host(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		      axvm_layout_table table, size_t index, uint64_t value);

/* Reports of two, in whatever order; the earlier one becomes owner a. */
void axvm_report_two(struct axvm_check *c, const struct axvm_rule *rule, enum axvm_side side,
		     const struct axvm_span *x, const struct axvm_span *y, uint64_t value);
/*
 * Of two that are compared by pages: one rule for those that overlap, and one for those that only
 * have a page in common, whose value is that page.
 */
void axvm_report_ranges(struct axvm_check *c, const struct axvm_rule *overlap,
			const struct axvm_rule *page, enum axvm_side side,
			const struct axvm_span *x, const struct axvm_span *y);
/* Of two elements of a list of one VM, as they are configured. */
void axvm_report_elements(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
			  axvm_layout_table table, size_t x, size_t y, uint64_t value);
/* Of two keys of one VM. */
void axvm_report_keys(struct axvm_check *c, const struct axvm_rule *rule, size_t vm,
		      axvm_layout_table x, axvm_layout_table y);

/*
 * Of sorted entries with one start and, if there is a tie, one name, reports each
 * against the first.
 */
void axvm_report_runs(struct axvm_check *c, const struct axvm_rule *rule, axvm_span_tie tie);

#endif
