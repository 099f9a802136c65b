/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_DEVICES_H
#define LAYOUT_DEVICES_H

#include "context.h"

/* What follows from the configuration of a device, by model and architecture. */

/*
 * Each gives the range that takes part in comparisons, and false where none does: not
 * addressed in memory, skipped, found by the hypervisor, empty, or beyond all addresses.
 */
bool axvm_emulated_range(const struct axvm_check *c, const axvm_emulated_device_config *device,
			 axvm_gpa_range *out);
bool axvm_reserved_range(const struct axvm_check *c, const axvm_reserved_address_config *reserved,
			 axvm_gpa_range *out);
/* What is mapped of a range: 0.5 maps the length, rounded up, from the beginning of a page. */
axvm_gpa_range axvm_mapped_range(const struct axvm_check *c, axvm_gpa_range r);

/*
 * A walk over what a VM passes through, in table order: the devices, then the address ranges.
 * Paths of a device tree are among the devices, with length 0.
 */
struct axvm_passed {
	/* The entry, after axvm_passed_next() was true. */
	axvm_layout_table table;
	size_t index;
	const axvm_passthrough_device_config *device; /* NULL for an address range */
	axvm_gpa base_gpa;
	uint64_t length;
	bool is_dropped; /* a device that is ignored, as the list has a path */
	/* The walk. */
	const axvm_layout_vm *vm;
	size_t next; /* place in both lists, one after the other */
	bool drops_ranges;
};
void axvm_passed_begin(struct axvm_passed *passed, const struct axvm_check *c, size_t vm);
/* False after the last entry. */
bool axvm_passed_next(struct axvm_passed *passed);
/*
 * The range of an entry that takes part in comparisons, as it is mapped; in the host, as it is
 * configured; and in the host, as it is mapped, since 0.5 never reads base_hpa. False where
 * axvm_emulated_range() is, and of what is dropped.
 */
bool axvm_passed_range(const struct axvm_check *c, const struct axvm_passed *passed,
		       axvm_gpa_range *out);
bool axvm_passed_host(const struct axvm_check *c, const struct axvm_passed *passed,
		      axvm_gpa_range *out);
bool axvm_passed_host_mapped(const struct axvm_check *c, const struct axvm_passed *passed,
			     axvm_gpa_range *out);

/* From guest to host, in whole pages; what is passed through with one offset may overlap. */
uint64_t axvm_host_offset(const struct axvm_check *c, const struct axvm_span *span);

/* Emulated devices, by model and architecture. */
bool axvm_emulated_is_known(const struct axvm_check *c, const axvm_emulated_device_config *device);
/* The architecture is set, and does not have the type. */
bool axvm_emulated_is_skipped(const struct axvm_check *c,
			      const axvm_emulated_device_config *device);
/* The one architecture that has a type; unknown for those of all or none. */
axvm_arch axvm_emulated_arch(axvm_emulated_device_type type);
/* The place that the hypervisor gives a type, whatever is configured; false for most types. */
bool axvm_emulated_fixed_place(axvm_emulated_device_type type, axvm_gpa_range *out);

/*
 * Whether its number is one of before July 2025 that is another type today: a console at what are
 * no ports was a gppt, and fw-cfg was virtio-blk, unless the VM is for loongarch64.
 */
bool axvm_emulated_is_old_gppt(const axvm_emulated_device_config *device);
bool axvm_emulated_is_of_old_file(const axvm_emulated_device_config *device);

/* Kinds of which a VM has one; a second one is nothing that takes part. */
enum axvm_single {
	SINGLE_NO,
	SINGLE_CONSOLE,
	SINGLE_PIT,
	SINGLE_INTERRUPT_CONTROLLER,
	SINGLE_IVC,
	SINGLE_PLIC,
	SINGLE_COUNT
};
enum axvm_single axvm_emulated_single(const struct axvm_check *c,
				      const axvm_emulated_device_config *device);
/*
 * For a walk in table order, with *taken 0 at its start: takes the place of the device's kind. False
 * for a surplus device, as an earlier one has that place.
 */
bool axvm_emulated_take_single(const struct axvm_check *c,
			       const axvm_emulated_device_config *device, unsigned *taken);

/* Has no range: the hypervisor finds it in the device tree. */
bool axvm_passthrough_is_discovered(const axvm_passthrough_device_config *device);
/* Whether that works; without an architecture it is taken to. */
bool axvm_passthrough_discovery_works(const struct axvm_check *c,
				      const axvm_passthrough_device_config *device);
/* Whether an entry that is discovered drops all ranges of the list. */
bool axvm_passthrough_drops_ranges(const struct axvm_check *c, const axvm_layout_vm *vm);

#endif
