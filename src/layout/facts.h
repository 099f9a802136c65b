/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_FACTS_H
#define LAYOUT_FACTS_H

#include "check.h"

/* What follows from a configuration, before anything is said about it. */

/*
 * Each gives the range that takes part in comparisons, and false where none does: not
 * addressed in memory, found by the hypervisor, empty, or beyond all addresses.
 */
bool axvm_memory_range(const axvm_mem_config *memory, axvm_gpa_range *out);
bool axvm_emulated_range(const axvm_emulated_device_config *device, axvm_gpa_range *out);
bool axvm_passthrough_range(const axvm_passthrough_device_config *device, axvm_gpa_range *out);
bool axvm_address_range(const axvm_passthrough_address_config *address, axvm_gpa_range *out);
/* The same of host addresses, which are alike as numbers. */
bool axvm_passthrough_host(const axvm_passthrough_device_config *device, axvm_gpa_range *out);

/* Has no range: the hypervisor finds it in the device tree. */
bool axvm_passthrough_is_discovered(const axvm_passthrough_device_config *device);

/* False when the key is not given, or is no address. */
bool axvm_boot_address(const axvm_layout_vm *vm, axvm_layout_table key, axvm_gpa *out);

/* The protocol that counts; false for a name that is none. */
bool axvm_effective_protocol(const axvm_layout_vm *vm, axvm_boot_protocol *out);

/* A range that begins at start, with an end of 2^64 - 1 when it does not fit. */
axvm_gpa_range axvm_range_saturated(axvm_gpa start, uint64_t size);
/* The pages that a range touches; see axvm/layout.h on the last page. */
axvm_gpa_range axvm_range_pages(axvm_gpa_range r);
bool axvm_range_is_beyond_width(axvm_gpa_range r, uint32_t gpa_bits);
/* From guest to host; what is passed through with one offset may meet. */
uint64_t axvm_host_offset(const struct axvm_check *c, const struct axvm_span *span);
/* Adds a range to the list of the check that is compared by pages. */
struct axvm_span *axvm_add_pages(struct axvm_check *c, size_t vm, axvm_layout_table table,
				 size_t index, axvm_gpa_range r);

#endif
