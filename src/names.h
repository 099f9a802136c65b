/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An enumeration as a table: a row for each name, a value's own name before its
 * aliases. Text stands in the rows, as a pointer would need a relocation.
 */
struct axvm_name {
	uint8_t value;
	char name[24];
};

#define AXVM_NAMES_COUNT(table) (sizeof(table) / sizeof((table)[0]))

bool axvm_names_try_from_usize(const struct axvm_name *names, size_t count, uint64_t value,
			       uint8_t *out);
const char *axvm_names_name(const struct axvm_name *names, size_t count, uint8_t value);
bool axvm_names_from_name(const struct axvm_name *names, size_t count, const char *name,
			  uint8_t *out);

#endif
