/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OWNERS_H
#define OWNERS_H

#include <stdbool.h>

#include <axvm/finding.h>

/* Whether two owners have ranges that do not overlap, and so may share only a page. */
static inline bool axvm_owners_are_apart(const axvm_finding_owner *a, const axvm_finding_owner *b)
{
	return a->start < a->end && b->start < b->end && (a->end <= b->start || b->end <= a->start);
}

#endif
