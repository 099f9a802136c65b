/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_PATH_H
#define LAYOUT_PATH_H

#include "context.h"

/*
 * Paths of the host's device tree. A "/" at their end does not count, and "/" is above all others.
 * One that does not begin with "/" is none.
 */

/* Adds a path to the list of the check. Such a list is sorted by axvm_span_tie_path. */
void axvm_spans_add_path(struct axvm_spans *spans, size_t vm, axvm_layout_table table, size_t index,
			 const char *path);
/* Adds those that a VM passes through: of old versions where that works, and no range. */
void axvm_add_passed_paths(struct axvm_check *c, size_t vm);
/* Adds those that are kept from a VM. */
void axvm_add_disabled_paths(struct axvm_check *c, size_t vm);

/* In the order of a tree: what is below a node comes after it, before all others. */
int axvm_span_tie_path(const struct axvm_span *a, const struct axvm_span *b);

/* Whether both are one node; whether they are, or a is above b. By whole components. */
bool axvm_path_is(const char *a, const char *b);
bool axvm_path_holds(const char *a, const char *b);

/* Whether it is the root, which is above all others. */
bool axvm_path_is_root(const char *path);

#endif
