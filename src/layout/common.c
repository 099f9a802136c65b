/* SPDX-License-Identifier: Apache-2.0 */
#include "common.h"

const struct axvm_rule axvm_rule_device_empty =
	AXVM_RULE(AXVM_FINDING_DEVICE_EMPTY, AXVM_SEVERITY_ERROR, "has length 0",
		  "Give it a length, or take it out.");
const struct axvm_rule axvm_rule_device_overflow =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERFLOW, AXVM_SEVERITY_ERROR,
		  "has an end that does not fit into 64 bits", "Lower its base or its length.");
const struct axvm_rule axvm_rule_device_beyond_width =
	AXVM_RULE(AXVM_FINDING_DEVICE_BEYOND_WIDTH, AXVM_SEVERITY_ERROR,
		  "reaches past the guest address width",
		  "Move it below the highest address that the guest can form.");
const struct axvm_rule axvm_rule_device_overlap =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERLAP, AXVM_SEVERITY_ERROR, "overlaps",
		  "Move one of them, or take one out: what they share can have one owner only.");
