/* SPDX-License-Identifier: Apache-2.0 */
#include "span.h"

/* Member by member: what was written as a byte is slow to read as a word, padding and all. */
static void set_reach(struct axvm_reach *reach, const struct axvm_span *span, uint64_t class,
		      bool alone)
{
	reach->span = span;
	reach->class = class;
	reach->alone = alone;
}

static bool may_meet(const struct axvm_reach *reach, uint64_t class, bool alone)
{
	return !reach->alone && !alone && reach->class == class;
}

const struct axvm_span *axvm_sweep_next(struct axvm_sweep *sweep, const struct axvm_span *span,
					uint64_t class, bool alone)
{
	struct axvm_reach *first = &sweep->first, *second = &sweep->second;
	bool same = first->span && may_meet(first, class, alone);
	const struct axvm_span *owner = same ? second->span : first->span;

	if (!first->span || span->end > first->span->end) {
		if (!same)
			set_reach(second, first->span, first->class, first->alone);
		set_reach(first, span, class, alone);
	} else if (!same && (!second->span || span->end > second->span->end)) {
		set_reach(second, span, class, alone);
	}
	return owner && span->start < owner->end ? owner : NULL;
}
