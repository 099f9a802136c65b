/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_RANGE_H
#define LAYOUT_RANGE_H

#include "context.h"
#include "machine.h"

/* Ranges that take part in comparisons, and the pages that they touch. */

/* The range of a memory region; false when it is empty or overflows. */
bool axvm_memory_range(const axvm_mem_config *memory, axvm_gpa_range *out);

/* A range that begins at start, with an end of 2^64 - 1 when it does not fit. */
axvm_gpa_range axvm_range_saturated(axvm_gpa start, uint64_t size);
/* The pages that a range touches; see axvm/layout.h on the last page. */
axvm_gpa_range axvm_range_pages(axvm_gpa_range r);
/* Of a width that is not set, the widest that the hypervisor has. */
bool axvm_range_is_beyond_width(axvm_gpa_range r, uint32_t gpa_bits);
/* Whether a range covers a part of the page of the local APIC, on x86_64. */
bool axvm_range_covers_apic(const struct axvm_check *c, axvm_gpa_range r);
/* Adds a range to the list of the check that is compared by pages. */
struct axvm_span *axvm_add_pages(struct axvm_check *c, size_t vm, axvm_layout_table table,
				 size_t index, axvm_gpa_range r);

#endif
