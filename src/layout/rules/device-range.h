/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_RULES_DEVICE_RANGE_H
#define LAYOUT_RULES_DEVICE_RANGE_H

#include "layout/report.h"

/*
 * What is wrong with the range of a device, whatever kind of device it is. The files of the kinds
 * report these rules; they are here so that each code is in one file.
 */
extern const struct axvm_rule axvm_device_empty;
extern const struct axvm_rule axvm_ports_empty;
extern const struct axvm_rule axvm_device_overflow;
extern const struct axvm_rule axvm_frames_overflow; /* of a redistributor */
extern const struct axvm_rule axvm_ports_overflow;
extern const struct axvm_rule axvm_device_beyond_width;
extern const struct axvm_rule axvm_device_beyond_all; /* emulated, past every width */

#endif
