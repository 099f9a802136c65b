/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_REPORT_H
#define LAYOUT_REPORT_H

#include "context.h"

#define AXVM_MODELS 2

/*
 * A rule: what it says, and how badly, by version of the model; 0 where that version has no
 * such rule. It holds its texts, as a pointer needs a relocation; each takes as much room as it
 * needs, so there are no arrays of rules.
 */
struct axvm_rule {
	axvm_finding_code code;
	axvm_severity severity[AXVM_MODELS];
	char texts[]; /* what is wrong, NUL, what to do */
};

/* An initializer for texts[] is the one extension of C here. */
#pragma GCC diagnostic ignored "-Wpedantic"

#define AXVM_RULE_BY_MODEL(code, severity_0_5, severity_0_7, text, hint)                           \
	{                                                                                          \
		(code), { (severity_0_5), (severity_0_7) },                                        \
		{                                                                                  \
			text "\0" hint                                                             \
		}                                                                                  \
	}
/* One that is alike at all versions. */
#define AXVM_RULE(code, severity, text, hint)                                                      \
	AXVM_RULE_BY_MODEL(code, severity, severity, text, hint)

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
