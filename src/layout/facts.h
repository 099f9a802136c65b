/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_FACTS_H
#define LAYOUT_FACTS_H

#include "check.h"

/* What follows from a configuration, before anything is said about it. */

/* The range that takes part in comparisons; false where none does: empty, or one that overflows. */
bool axvm_memory_range(const axvm_mem_config *memory, axvm_gpa_range *out);

/* False when the key is not given, or is no address. */
bool axvm_boot_address(const axvm_layout_vm *vm, axvm_layout_table key, axvm_gpa *out);

/* The protocol that counts; false for a name that is none. */
bool axvm_effective_protocol(const axvm_layout_vm *vm, axvm_boot_protocol *out);

/* A range that begins at start, with an end of 2^64 - 1 when it does not fit. */
axvm_gpa_range axvm_range_saturated(axvm_gpa start, uint64_t size);
/* The pages that a range touches; see axvm/layout.h on the last page. */
axvm_gpa_range axvm_range_pages(axvm_gpa_range r);
/* Of a width that is not given, the widest that the hypervisor has. */
bool axvm_range_is_beyond_width(axvm_gpa_range r, uint32_t gpa_bits);
/* From guest to host, in whole pages; what is passed through with one offset may meet. */
uint64_t axvm_host_offset(const struct axvm_check *c, const struct axvm_span *span);
/* Adds a range to the list of the check that is compared by pages. */
struct axvm_span *axvm_add_pages(struct axvm_check *c, size_t vm, axvm_layout_table table,
				 size_t index, axvm_gpa_range r);

#endif
