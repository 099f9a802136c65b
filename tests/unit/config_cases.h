/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of every configuration ask. */
#ifndef CONFIG_CASES_H
#define CONFIG_CASES_H

#include <axvm/gpa_range.h>

#include "tap.h"

#define LAST UINT64_MAX

static const axvm_gpa_range untouched = AXVM_GPA_RANGE_INIT(0x5ca1, 0xab1e);

/* Holds a format function against a text: count, text and a cut one. */
#define check_format(format, config, text)                                                         \
	do {                                                                                       \
		char buf[512];                                                                     \
		int length = (int)strlen(text);                                                    \
                                                                                                   \
		eq_int(format((config), NULL, 0), length, "format counts: " text);                 \
		eq_int(format((config), buf, sizeof(buf)), length, "format: the length");          \
		eq_str(buf, text, "format: the text");                                             \
		memset(buf, '#', sizeof(buf));                                                     \
		eq_int(format((config), buf, 6), length, "format cuts");                           \
		ok(memcmp(buf, text, 5) == 0 && buf[5] == '\0' && buf[6] == '#',                   \
		   "within the buffer");                                                           \
	} while (0)

/* Bases and lengths that every range function must get right. */
static const struct {
	uint64_t base, length;
	bool fits;
} ranges[] = {
	{ 0, 0, true },
	{ 0x1000, 0x234, true },
	{ 0, LAST, true },
	{ LAST, 0, true },
	{ LAST, 1, false },
	{ 1, LAST, false },
	{ LAST - 0xfff, 0x1000, false },
	{ LAST - 0xfff, 0xfff, true },
};

#define check_range(type, base_member, length_member)                                              \
	each_row(i, ranges) {                                                                      \
		axvm_gpa_range out = untouched;                                                    \
		type ranged;                                                                       \
                                                                                                   \
		type##_init(&ranged);                                                              \
		ranged.base_member = axvm_gpa_new(ranges[i].base);                                 \
		ranged.length_member = ranges[i].length;                                           \
		eq_int(type##_range(&ranged, &out), ranges[i].fits, "range returns");              \
		eq_uint(out.start.addr, ranges[i].fits ? ranges[i].base : untouched.start.addr,    \
			"range: start");                                                           \
		eq_uint(out.end.addr,                                                              \
			ranges[i].fits ? ranges[i].base + ranges[i].length : untouched.end.addr,   \
			"range: end");                                                             \
	}

#endif
