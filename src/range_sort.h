/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RANGE_SORT_H
#define RANGE_SORT_H

#include <stddef.h>

/*
 * Sorts ranges of any kind of address by their starts: an axvm_A_range is two uint64_t.
 * Without allocation, in O(n log n).
 */
void axvm_range_sort(void *ranges, size_t count);

#endif
