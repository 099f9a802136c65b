/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/rules/device-range.h"

const struct axvm_rule axvm_device_empty =
	AXVM_RULE(AXVM_FINDING_DEVICE_EMPTY, AXVM_SEVERITY_ERROR, "has length 0",
		  "Give it a length, or take it out.");
const struct axvm_rule axvm_ports_empty =
	AXVM_RULE_BY_MODEL(AXVM_FINDING_DEVICE_EMPTY, 0, AXVM_SEVERITY_ERROR, "has length 0",
			   "Give it the number of its ports, or take it out: the file is refused.");

const struct axvm_rule axvm_device_overflow =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERFLOW, AXVM_SEVERITY_ERROR,
		  "has an end that does not fit into 64 bits", "Lower its base or its length.");
const struct axvm_rule axvm_frames_overflow =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERFLOW, AXVM_SEVERITY_ERROR,
		  "has frames, cpu_num x stride, whose end does not fit into 64 bits",
		  "Lower its base, or cpu_num or stride in its cfg_list.");
const struct axvm_rule axvm_ports_overflow =
	AXVM_RULE_BY_MODEL(AXVM_FINDING_DEVICE_OVERFLOW, 0, AXVM_SEVERITY_ERROR,
			   "ends past port 0xffff", "Lower its base or its length.");

const struct axvm_rule axvm_device_beyond_width =
	AXVM_RULE(AXVM_FINDING_DEVICE_BEYOND_WIDTH, AXVM_SEVERITY_ERROR,
		  "reaches past the guest address width",
		  "Move it below the highest address that the guest can form.");
/* 0.5 maps nothing for it: the VM starts, and the guest never reaches the device. */
const struct axvm_rule axvm_device_beyond_all =
	AXVM_RULE_BY_MODEL(AXVM_FINDING_DEVICE_BEYOND_WIDTH, AXVM_SEVERITY_WARNING,
			   AXVM_SEVERITY_ERROR, "reaches past the guest address width",
			   "Move it below the highest address that the guest can form.");
