/* SPDX-License-Identifier: Apache-2.0 */
#include "span.h"

static bool may_meet(const struct axvm_reach *reach, uint64_t class, bool alone)
{
	return !reach->alone && !alone && reach->class == class;
}

const struct axvm_span *axvm_sweep_next(struct axvm_sweep *sweep, const struct axvm_span *span,
					uint64_t class, bool alone)
{
	struct axvm_reach reach = { span, class, alone };
	struct axvm_reach *first = &sweep->first, *second = &sweep->second;
	bool same = first->span && may_meet(first, class, alone);
	const struct axvm_span *owner = same ? second->span : first->span;

	if (!first->span || span->end > first->span->end) {
		if (!same)
			*second = *first;
		*first = reach;
	} else if (!same && (!second->span || span->end > second->span->end)) {
		*second = reach;
	}
	return owner && span->start < owner->end ? owner : NULL;
}
