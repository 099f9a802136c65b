/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/rules/device-range.h"

/*
 * device-empty
 *
 * What: A device, or a passthrough range, has length 0.
 * Why: An empty range cannot be mapped. Only a path of the device tree (a name that begins with /
 * and no numbers) and a dummy have no length.
 * How: Set its length, or remove it.
 */
const struct axvm_rule axvm_device_empty =
	AXVM_RULE(AXVM_FINDING_DEVICE_EMPTY, AXVM_SEVERITY_ERROR, "has length 0",
		  "Set its length, or remove it.");
const struct axvm_rule axvm_ports_empty = AXVM_RULE_SINCE(
	AXVM_FINDING_DEVICE_EMPTY, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR, "has length 0",
	"Set it to the number of its ports, or remove it: the file is refused.");

/*
 * device-overflow
 *
 * What: base_gpa + length of a device does not fit into 64 bits; or a range of ports ends past
 * 0xffff (0.7).
 * Why: Addresses would wrap around to 0, so the device cannot be mapped.
 * How: Lower the base or the length; often one of them has a digit too many.
 */
const struct axvm_rule axvm_device_overflow =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERFLOW, AXVM_SEVERITY_ERROR,
		  "has an end that does not fit into 64 bits", "Lower its base or its length.");
const struct axvm_rule axvm_frames_overflow =
	AXVM_RULE(AXVM_FINDING_DEVICE_OVERFLOW, AXVM_SEVERITY_ERROR,
		  "has frames, cpu_num x stride, whose end does not fit into 64 bits",
		  "Lower its base, or cpu_num or stride in its cfg_list.");
const struct axvm_rule axvm_ports_overflow =
	AXVM_RULE_SINCE(AXVM_FINDING_DEVICE_OVERFLOW, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR,
			"ends past port 0xffff", "Lower its base or its length.");

/*
 * device-beyond-width
 *
 * What: A device ends past the guest address width of --gpa-bits; without that option, past
 * 0x7ffffffff000, which for 0.5 is a warning of an emulated device.
 * Why: No guest address is above 0x7ffffffff000, and the second-stage page table of a machine may
 * end earlier.
 * How: Move the device down, or correct --gpa-bits.
 */
const struct axvm_rule axvm_device_beyond_width =
	AXVM_RULE(AXVM_FINDING_DEVICE_BEYOND_WIDTH, AXVM_SEVERITY_ERROR,
		  "ends past the guest address width",
		  "Move it to addresses that the guest can reach.");
/* 0.5 maps nothing for it: the VM starts, and the guest never reaches the device. */
const struct axvm_rule axvm_device_beyond_all =
	AXVM_RULE_BY_MODEL(AXVM_FINDING_DEVICE_BEYOND_WIDTH,
			   AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_WARNING),
				      AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR)),
			   "ends past the guest address width",
			   "Move it to addresses that the guest can reach.");
