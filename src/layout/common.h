/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_COMMON_H
#define LAYOUT_COMMON_H

#include "report.h"

/* Rules that several files report. */
extern const struct axvm_rule axvm_rule_device_empty;
extern const struct axvm_rule axvm_rule_device_overflow;
extern const struct axvm_rule axvm_rule_device_beyond_width;
extern const struct axvm_rule axvm_rule_device_overlap;

#endif
