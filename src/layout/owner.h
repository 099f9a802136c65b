/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_OWNER_H
#define LAYOUT_OWNER_H

#include "check.h"

/*
 * Which range of its owners a finding is about: the guest's; of the host, as configured, or as
 * the version of the model maps it; of a device with a fixed place, not that one.
 */
enum axvm_side { SIDE_GUEST, SIDE_HOST, SIDE_HOST_MAPPED, SIDE_CONFIGURED };

/* Fills in what a finding tells of an owner; it is all zero before. */
void axvm_owner_fill(const struct axvm_check *c, axvm_finding_owner *owner, size_t vm,
		     axvm_layout_table table, size_t index, enum axvm_side side);

#endif
